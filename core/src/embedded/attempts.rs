//! How often somebody was asked for of late.

use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::SpeakerId;
use crate::types::error::{Code, Error, Result};

const HOUR: Duration = Duration::from_secs(3600);
/// So many speakers are remembered before those who were not asked for in the last hour are forgotten.
const REMEMBERED: usize = 10_000;

/// The attempts at each speaker in the last hour.
pub(super) struct Attempts {
    most: Option<usize>,
    times: Mutex<HashMap<SpeakerId, VecDeque<Instant>>>,
}

impl Attempts {
    pub(super) fn new(most: Option<u32>) -> Self {
        Self { most: most.map(|most| most as usize), times: Mutex::default() }
    }

    /// Counts an attempt, or refuses it.
    pub(super) fn count(&self, id: &SpeakerId) -> Result<()> {
        self.count_at(id, Instant::now())
    }

    fn count_at(&self, id: &SpeakerId, now: Instant) -> Result<()> {
        let Some(most) = self.most else { return Ok(()) };
        let mut all = self.times.lock().unwrap_or_else(PoisonError::into_inner);
        let recent = |then: &Instant| now.duration_since(*then) < HOUR;
        if all.len() >= REMEMBERED {
            all.retain(|_, times| times.back().is_some_and(recent));
        }
        let times = all.entry(id.clone()).or_default();
        while times.front().is_some_and(|then| !recent(then)) {
            times.pop_front();
        }
        if times.len() < most {
            times.push_back(now);
            return Ok(());
        }
        let wait = times.front().map_or(HOUR, |first| HOUR.saturating_sub(now.duration_since(*first)));
        Err(Error::new(
            Code::RateLimited,
            format!(
                "this speaker was asked for {most} times within an hour, which is the limit; try again in {} s",
                wait.as_secs() + 1
            ),
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attempts_count_for_an_hour_and_for_each_speaker() {
        let attempts = Attempts::new(Some(2));
        let start = Instant::now();
        let at = |id: &str, seconds| {
            let then = start + Duration::from_secs(seconds);
            attempts.count_at(&id.parse().unwrap(), then).map_err(|error| error.to_string())
        };
        assert!(at("ada", 0).is_ok() && at("ada", 1).is_ok() && at("ben", 1).is_ok());
        assert!(at("ada", 600).unwrap_err().ends_with("in 3001 s"));
        // A refused attempt does not count.
        assert!(at("ada", 3600).is_ok() && at("ada", 3600).is_err() && at("ada", 3601).is_ok());
        assert!(Attempts::new(None).count(&"ada".parse().unwrap()).is_ok());
    }
}
