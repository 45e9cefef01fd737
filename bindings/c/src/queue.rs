//! Calls with news, in their order.

use std::collections::VecDeque;
use std::sync::{Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Tokens of calls with news.
#[derive(Default)]
pub(crate) struct Queue {
    tokens: Mutex<VecDeque<u64>>,
    more: Condvar,
}

impl Queue {
    /// Adds one.
    pub(crate) fn push(&self, token: u64) {
        self.tokens.lock().unwrap_or_else(PoisonError::into_inner).push_back(token);
        self.more.notify_one();
    }

    /// Takes the first, for which it is waited at most so long.
    pub(crate) fn next(&self, wait: Duration) -> Option<u64> {
        let until = Instant::now() + wait;
        let mut tokens = self.tokens.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            if let Some(token) = tokens.pop_front() {
                return Some(token);
            }
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return None;
            }
            tokens = self.more.wait_timeout(tokens, left).unwrap_or_else(PoisonError::into_inner).0;
        }
    }
}
