//! How often somebody was asked for of late.

use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::SpeakerId;
use crate::types::error::{Code, Error, Result};

const HOUR: Duration = Duration::from_secs(3600);
/// So many speakers are remembered at least before those who were not asked for in the last hour are forgotten.
const REMEMBERED: usize = 1000;

/// The attempts at each speaker in the last hour.
pub(super) struct Attempts {
    most: Option<usize>,
    times: Mutex<Times>,
}

#[derive(Default)]
struct Times {
    of: HashMap<SpeakerId, VecDeque<Instant>>,
    /// How many speakers stayed when others were last forgotten.
    stayed: usize,
}

impl Attempts {
    pub(super) fn new(most: Option<u32>) -> Self {
        Self { most: most.map(|most| most as usize), times: Mutex::default() }
    }

    pub(super) fn are_limited(&self) -> bool {
        self.most.is_some()
    }

    /// Counts an attempt at an enrolled speaker, or refuses it.
    pub(super) fn count(&self, id: &SpeakerId) -> Result<()> {
        self.count_at(id, Instant::now())
    }

    fn count_at(&self, id: &SpeakerId, now: Instant) -> Result<()> {
        let Some(most) = self.most else { return Ok(()) };
        let mut guard = self.times.lock().unwrap_or_else(PoisonError::into_inner);
        let Times { of, stayed } = &mut *guard;
        let recent = |then: &Instant| now.duration_since(*then) < HOUR;
        // Whenever their number has doubled, so that each call does a little of it on average.
        if of.len() >= REMEMBERED.max(2 * *stayed) {
            of.retain(|_, times| times.back().is_some_and(recent));
            *stayed = of.len();
        }
        let times = of.entry(id.clone()).or_default();
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
        for number in 0..5 * REMEMBERED {
            let then = start + Duration::from_secs(number as u64);
            assert!(attempts.count_at(&format!("speaker_{number}").parse().unwrap(), then).is_ok());
        }
        assert!(attempts.times.lock().unwrap().of.len() < 5 * REMEMBERED, "those of long ago are forgotten");
        assert!(Attempts::new(None).count(&"ada".parse().unwrap()).is_ok());
    }
}
