//! How often a server is asked, and when not at all.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::http::Answer;
use super::refusal::retry_after;
use crate::CallOptions;
use crate::types::error::{Code, Error, Result};

/// The first wait after an answer that says to come back, where it does not say when; it doubles.
pub(super) const BUSY: Duration = Duration::from_secs(2);
/// The same after a broken connection.
pub(super) const BROKEN: Duration = Duration::from_millis(500);
/// Attempts, as RingCentral advised.
const ATTEMPTS: u32 = 5;
/// The wait after 429 without a time, at least. Source: RingCentral's rules.
const PENALTY: Duration = Duration::from_secs(30);
/// No server is believed that wants to be left alone for longer.
const LONGEST: Duration = Duration::from_secs(3600);
/// Of longer waits, so much is spread.
const SPREAD: Duration = Duration::from_secs(60);

/// Keeps requests back while the server wants none: each one would start its penalty anew.
#[derive(Default)]
pub(super) struct Gate(Mutex<Option<Instant>>);

impl Gate {
    /// Waits until requests may be sent; returns whether it waited. This does not count as an attempt.
    pub(super) async fn pass(&self, waits: &mut Waits<'_>) -> Result<bool> {
        let until = *self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let closed = until.and_then(|until| until.checked_duration_since(Instant::now()));
        let Some(left) = closed.filter(|left| !left.is_zero()) else { return Ok(false) };
        let limited = || Error::new(Code::RateLimited, "the server's rate limit is reached; try again later");
        waits.sleep(left, limited).await?;
        Ok(true)
    }

    /// Minds what an answer says of further requests; the wait, if it was refused for their number.
    pub(super) fn note(&self, answer: &Answer) -> Option<Duration> {
        let number = |name: &str| answer.headers.get(name)?.to_str().ok()?.trim().parse::<u64>().ok();
        let penalty =
            (answer.status.as_u16() == 429).then(|| retry_after(&answer.headers).unwrap_or(PENALTY).min(LONGEST));
        let window = || {
            let last = number("x-rate-limit-remaining") == Some(0);
            last.then(|| Duration::from_secs(number("x-rate-limit-window").unwrap_or(0)).min(LONGEST))
        };
        if let Some(until) = penalty.or_else(window).and_then(|wait| Instant::now().checked_add(wait)) {
            let mut closed = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            *closed = Some(closed.map_or(until, |earlier| earlier.max(until)));
        }
        penalty
    }
}

/// The attempts of one request. All waits of a call, and what its failed attempts took, come out of one
/// patience.
pub(super) struct Waits<'a> {
    attempts: u32,
    patience: Duration,
    control: &'a CallOptions,
}

impl<'a> Waits<'a> {
    pub(super) fn new(patience: Duration, control: &'a CallOptions) -> Self {
        Self { attempts: 1, patience, control }
    }

    /// A wait that doubles from attempt to attempt.
    pub(super) fn next(&self, first: Duration) -> Duration {
        first * 2u32.saturating_pow(self.attempts - 1)
    }

    /// Waits before another attempt; `took`: how long the last one was.
    pub(super) async fn again(&mut self, wait: Duration, took: Duration, error: Error) -> Result<()> {
        self.attempts += 1;
        self.control.spend(took);
        if self.attempts > ATTEMPTS {
            return Err(error.later(wait));
        }
        self.sleep(wait, || error).await
    }

    /// Waits a little longer than requested, so that clients do not all return at once; fails at once if that is too
    /// long.
    async fn sleep(&mut self, wait: Duration, otherwise: impl FnOnce() -> Error) -> Result<()> {
        let left = self.patience.saturating_sub(self.control.spent());
        if wait > left || self.control.remaining().is_some_and(|remaining| wait >= remaining) {
            return Err(otherwise().later(wait));
        }
        self.control.spend(wait);
        let spread = wait.min(SPREAD).mul_f64(jitter() / 4.0);
        tokio::time::sleep(wait.saturating_add(spread)).await;
        Ok(())
    }
}

/// Between 0 and 1.
fn jitter() -> f64 {
    let mut byte = [0];
    match getrandom::fill(&mut byte) {
        Ok(()) => f64::from(byte[0]) / 255.0,
        Err(_) => 0.5,
    }
}
