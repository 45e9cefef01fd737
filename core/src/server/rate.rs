//! Rate limits as RingCentral's service had them: a sliding minute for each app and owner, and a penalty
//! that any request starts anew.

use std::collections::{HashMap, VecDeque};
use std::str::FromStr;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::types::error::{Code, Error, Result};

/// Seconds that requests are counted over, and seconds of the penalty.
pub(crate) const WINDOW: u64 = 60;

/// The kinds of requests that are counted together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Group {
    Heavy,
    Auth,
}

impl Group {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Group::Heavy => "heavy",
            Group::Auth => "auth",
        }
    }
}

/// How many requests of each group one app and owner may make in a minute. None: as many as they
/// like.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct RateLimits {
    /// All calls but those that log in.
    pub heavy: Option<u32>,
    /// Calls that log in.
    pub auth: Option<u32>,
}

impl FromStr for RateLimits {
    type Err = Error;

    /// Reads `heavy=10,auth=5`, or either of them.
    fn from_str(text: &str) -> Result<Self> {
        let mut limits = Self::default();
        for part in text.split(',') {
            let (name, number) = part.split_once('=').unwrap_or((part, ""));
            let place = match name.trim() {
                "heavy" => &mut limits.heavy,
                "auth" => &mut limits.auth,
                _ => return Err(unclear()),
            };
            *place = Some(number.trim().parse().ok().filter(|number| *number > 0).ok_or_else(unclear)?);
        }
        Ok(limits)
    }
}

fn unclear() -> Error {
    Error::new(Code::InvalidOption, "the rate limits are invalid; write requests per minute, such as `heavy=10,auth=5`")
}

/// What a request is told of the limit it counts for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Allowance {
    pub(crate) limit: u32,
    pub(crate) remaining: u32,
    pub(crate) window: u64,
    /// Seconds to wait, where the request is refused.
    pub(crate) wait: Option<u64>,
}

#[derive(Default)]
struct Counter {
    requests: VecDeque<Instant>,
    penalty_until: Option<Instant>,
}

pub(crate) struct Rates {
    limits: RateLimits,
    counters: Mutex<HashMap<(Group, String), Counter>>,
}

impl Rates {
    pub(crate) fn new(limits: RateLimits) -> Self {
        Self { limits, counters: Mutex::default() }
    }

    /// Counts a request of somebody; none if there is no limit.
    pub(crate) fn count(&self, group: Group, who: &str, time: Instant) -> Option<Allowance> {
        let limit = match group {
            Group::Heavy => self.limits.heavy,
            Group::Auth => self.limits.auth,
        }?;
        let window = Duration::from_secs(WINDOW);
        let mut counters = self.counters.lock().unwrap_or_else(PoisonError::into_inner);
        let counter = counters.entry((group, who.to_owned())).or_default();
        while counter.requests.front().is_some_and(|&then| time.duration_since(then) >= window) {
            counter.requests.pop_front();
        }
        let punished = counter.penalty_until.is_some_and(|until| time < until);
        if punished || counter.requests.len() >= limit as usize {
            counter.penalty_until = Some(time + window);
            return Some(Allowance { limit, remaining: 0, window: WINDOW, wait: Some(WINDOW) });
        }
        counter.requests.push_back(time);
        let remaining = limit - counter.requests.len() as u32;
        Some(Allowance { limit, remaining, window: WINDOW, wait: None })
    }

    /// Forgets who has not asked for a while.
    pub(crate) fn sweep(&self, time: Instant) {
        let window = Duration::from_secs(WINDOW);
        self.counters.lock().unwrap_or_else(PoisonError::into_inner).retain(|_, counter| {
            counter.requests.back().is_some_and(|&then| time.duration_since(then) < window)
                || counter.penalty_until.is_some_and(|until| time < until)
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_during_the_penalty_starts_it_anew() {
        let rates = Rates::new("heavy=2".parse().unwrap());
        let start = Instant::now();
        let at = |seconds| rates.count(Group::Heavy, "app", start + Duration::from_secs(seconds)).unwrap();
        assert_eq!((at(0).remaining, at(1).remaining), (1, 0));
        assert_eq!(at(2).wait, Some(60));
        assert_eq!(at(59).wait, Some(60));
        assert_eq!(at(100).wait, Some(60));
        assert_eq!(at(161).wait, None);
        assert!(rates.count(Group::Auth, "app", start).is_none());
        assert_eq!(rates.count(Group::Heavy, "other", start).unwrap().remaining, 1);
    }

    #[test]
    fn limits_are_read_and_nonsense_is_refused() {
        let limits: RateLimits = "heavy=10, auth=5".parse().unwrap();
        assert_eq!((limits.heavy, limits.auth), (Some(10), Some(5)));
        for text in ["", "heavy", "heavy=0", "heavy=x", "light=5"] {
            assert!(text.parse::<RateLimits>().is_err(), "{text}");
        }
    }
}
