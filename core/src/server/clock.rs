//! Whether the clock on the wall can be believed.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::runtime::now;

/// Between two looks the clock may go so much faster or slower than time does.
const DRIFT: u64 = 60;
/// After a jump nothing runs out by the clock for so long: it may jump back.
const DISTRUST: Duration = Duration::from_secs(3600);

pub(crate) struct Clock(Mutex<Seen>);

struct Seen {
    at: Instant,
    wall: u64,
    jumped: Option<Instant>,
}

impl Clock {
    pub(crate) fn new() -> Self {
        Self(Mutex::new(Seen { at: Instant::now(), wall: now(), jumped: None }))
    }

    /// Whether the clock has not jumped of late. To be asked now and then.
    pub(crate) fn is_steady(&self) -> bool {
        self.looked(Instant::now(), now())
    }

    fn looked(&self, at: Instant, wall: u64) -> bool {
        let mut seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let expected = seen.wall + at.duration_since(seen.at).as_secs();
        if wall.abs_diff(expected) > DRIFT {
            tracing::warn!("the system clock jumped; no expired data is removed for an hour");
            seen.jumped = Some(at);
        }
        (seen.at, seen.wall) = (at, wall);
        seen.jumped.is_none_or(|jumped| at.duration_since(jumped) >= DISTRUST)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_that_jumped_is_not_believed_for_an_hour() {
        let (start, wall) = (Instant::now(), 1_700_000_000);
        let clock = Clock(Mutex::new(Seen { at: start, wall, jumped: None }));
        let at = |seconds: u64, wrong: i64| {
            clock.looked(start + Duration::from_secs(seconds), (wall + seconds).saturating_add_signed(wrong))
        };
        let days = 24 * 3600;
        assert!(at(60, 0) && at(120, 3));
        assert!(!at(180, 8 * days));
        assert!(!at(240, 0), "corrected, which is a jump too");
        assert!(!at(3000, 0));
        assert!(at(4000, 0));
        assert!(!at(4060, -30 * days));
    }
}
