//! Calls with news, in their order.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Which events of a call were already reported.
#[derive(Default)]
pub(crate) struct News {
    /// Whether there is some that was announced and not yet looked for.
    announced: AtomicBool,
    /// Whether nobody is to hear of it again.
    over: AtomicBool,
}

impl News {
    /// Before a look: whether there can still be news.
    pub(crate) fn look(&self) -> bool {
        self.announced.store(false, Ordering::SeqCst);
        !self.over.load(Ordering::SeqCst)
    }

    /// The end was reported, or the call is freed.
    pub(crate) fn over(&self) {
        self.over.store(true, Ordering::SeqCst);
    }
}

/// Calls with news, under the tokens that their callers gave them.
#[derive(Default)]
pub(crate) struct Queue {
    calls: Mutex<VecDeque<(u64, Arc<News>)>>,
    more: Condvar,
}

impl Queue {
    /// Adds one, if it does not wait there already.
    pub(crate) fn push(&self, token: u64, news: &Arc<News>) {
        if !news.announced.swap(true, Ordering::SeqCst) {
            self.calls.lock().unwrap_or_else(PoisonError::into_inner).push_back((token, Arc::clone(news)));
            self.more.notify_one();
        }
    }

    /// Takes the first, for which it is waited at most so long.
    pub(crate) fn next(&self, wait: Duration) -> Option<u64> {
        let until = Instant::now() + wait;
        let mut calls = self.calls.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            while let Some((token, news)) = calls.pop_front() {
                // The end may have been read between its coming and its announcement.
                if !news.over.load(Ordering::SeqCst) {
                    return Some(token);
                }
            }
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return None;
            }
            calls = self.more.wait_timeout(calls, left).unwrap_or_else(PoisonError::into_inner).0;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_call_is_announced_once_and_never_after_its_end() {
        let (queue, news) = (Queue::default(), Arc::new(News::default()));
        queue.push(7, &news);
        queue.push(7, &news);
        assert_eq!((queue.next(Duration::ZERO), queue.next(Duration::ZERO)), (Some(7), None));
        // The end comes and is read, by somebody who looked anyway, before it is announced.
        assert!(news.look());
        news.over();
        queue.push(7, &news);
        assert_eq!(queue.next(Duration::ZERO), None);
        assert!(!news.look());
    }
}
