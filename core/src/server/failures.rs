//! Log-ins that failed: counted, slowed, and told to the operator. Those that succeed are never held up, so nobody can
//! lock an app out by failing in its name.

use std::collections::{HashMap, VecDeque};
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::Shared;
use super::listen::Peer;
use super::metrics::LogIn;
use super::rate::Group;
use crate::audit::Event;

/// Failures are counted over so long.
const WINDOW: Duration = Duration::from_secs(60);
/// So many of one peer are answered at once, further ones after a wait, and those past so many are told to wait.
const FREE: usize = 5;
const SLOW: usize = 60;
const WAIT: Duration = Duration::from_secs(1);
/// What is shown of an id that may be anything.
const SHOWN: usize = 64;

/// The failures of the last minute, by peer.
#[derive(Default)]
pub(crate) struct Failures(Mutex<HashMap<IpAddr, VecDeque<Instant>>>);

impl Failures {
    /// How many failed of late, with this one. More than matter are not counted.
    fn note(&self, peer: IpAddr, time: Instant) -> usize {
        let mut failures = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let times = failures.entry(peer).or_default();
        while times.len() > SLOW || times.front().is_some_and(|then| time.duration_since(*then) > WINDOW) {
            times.pop_front();
        }
        times.push_back(time);
        times.len()
    }

    pub(crate) fn sweep(&self, time: Instant) {
        let mut failures = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        failures.retain(|_, times| times.back().is_some_and(|then| time.duration_since(*then) <= WINDOW));
    }
}

/// Notes a log-in that failed, and holds up the answer to it. Seconds to wait, where the answer is to be that.
pub(crate) async fn failed(state: &Shared, peer: Option<&Peer>, app: &str, why: LogIn) -> Option<u64> {
    state.metrics.log_in(why);
    let plain = |letter: &char| letter.is_ascii_alphanumeric() || matches!(letter, '_' | '-');
    let app: String = app.chars().filter(plain).take(SHOWN).collect();
    let address = peer.map(|peer| peer.address);
    let times = address.map_or(0, |address| state.failures.note(address, Instant::now()));
    // Not a line for each of thousands.
    if times <= SLOW {
        let from = address.map(|address| address.to_string()).unwrap_or_default();
        tracing::warn!(peer = from, app, times, "a login failed: {}", why.as_str());
        let name = if app.is_empty() { "nobody known" } else { &app };
        if let Err(error) = note(state, peer, name, why).await {
            tracing::error!(
                code = error.code(),
                "a login that failed could not be written to the audit trail: {error}"
            );
        }
    }
    let limited =
        address.and_then(|address| state.rates.count(Group::Auth, &format!("from {address}"), Instant::now()));
    if let Some(seconds) = limited.and_then(|allowance| allowance.wait) {
        return Some(seconds);
    }
    if times > FREE {
        tokio::time::sleep(WAIT).await;
    }
    (times > SLOW).then_some(WINDOW.as_secs())
}

/// Writes a log-in to the server's own audit trail, if it keeps one.
pub(crate) async fn note(
    state: &Shared,
    peer: Option<&Peer>,
    app: &str,
    how: LogIn,
) -> crate::types::error::Result<()> {
    if state.trail.is_none() {
        return Ok(());
    }
    let from = peer.map_or_else(|| "elsewhere".to_owned(), |peer| peer.address.to_string());
    let (shared, actor) = (std::sync::Arc::clone(state), format!("app {app}, from {from}"));
    state
        .blocking(move || {
            let Some(trail) = &shared.trail else { return Ok(()) };
            let event = Event {
                actor: Some(&actor),
                action: "log_in",
                speaker: None,
                outcome: how.as_str(),
                changes: 0,
                sure: false,
            };
            trail.write(&shared.key.audit(), &event)
        })
        .await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn failures_are_counted_for_a_minute_and_for_each_peer() {
        let failures = Failures::default();
        let start = Instant::now();
        let at =
            |last: u8, seconds| failures.note(IpAddr::from([192, 0, 2, last]), start + Duration::from_secs(seconds));
        assert_eq!([at(1, 0), at(1, 1), at(2, 1), at(1, 59)], [1, 2, 1, 3]);
        assert_eq!(at(1, 62), 2);
        for _ in 0..1000 {
            assert!(at(3, 5) <= SLOW + 1);
        }
        failures.sweep(start + Duration::from_secs(300));
        assert!(failures.0.lock().unwrap().is_empty());
    }
}
