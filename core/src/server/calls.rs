//! Callbacks: the results of jobs, posted to whoever waits for them.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use tokio::task::{self, JoinSet};

use super::Shared;
use super::jobs::{LOOK, envelope};
use super::ledger::{Calls, JobRow};
use super::secrets::Key;
use crate::runtime::now;

/// Callbacks at once; of them to one receiver, so that one that does not answer holds up nobody else's; and of one
/// account.
const CALLS: Calls = Calls { at_once: 64, to_one: 4, of_one: 16 };
/// The wait after a callback of which nothing could be noted.
const UNNOTED: Duration = Duration::from_secs(10);
/// A receiver that failed so often in a row is called but once in so many seconds, until it takes one.
const PATIENCE: u32 = 10;
const PROBE: Duration = Duration::from_secs(15);

/// Receivers that fail, so that whoever names one cannot have it called over and over.
#[derive(Default)]
pub(crate) struct Receivers(Mutex<HashMap<String, Failing>>);

#[derive(Default)]
struct Failing {
    times: u32,
    called: Option<Instant>,
}

impl Receivers {
    /// Whether a receiver may be called now.
    fn may_call(&self, receiver: &str) -> bool {
        let mut receivers = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(failing) = receivers.get_mut(receiver) else { return true };
        let wait = failing.times >= PATIENCE && failing.called.is_some_and(|then| then.elapsed() < PROBE);
        if !wait {
            failing.called = Some(Instant::now());
        }
        !wait
    }

    fn called(&self, receiver: &str, taken: bool) {
        let mut receivers = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if taken {
            receivers.remove(receiver);
        } else {
            receivers.entry(receiver.to_owned()).or_default().times += 1;
        }
    }

    /// Forgets those that were not called for a while.
    pub(crate) fn sweep(&self) {
        let mut receivers = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        receivers.retain(|_, failing| failing.called.is_none_or(|then| then.elapsed() < 40 * PROBE));
    }
}

/// The secret that signs an app's callbacks: who can check those of one app cannot sign another's.
pub(crate) fn secret(root: &Key, client_id: &str) -> String {
    root.derive(&format!("callbacks of app {client_id}"))
}

/// Tells those who wait for jobs, until the server stops.
pub(crate) async fn run_calls(state: Shared) {
    let mut under_way = JoinSet::new();
    let mut jobs: HashMap<task::Id, String> = HashMap::new();
    while !state.stopping.is_cancelled() {
        let (shared, called) = (Arc::clone(&state), jobs.values().cloned().collect::<Vec<_>>());
        let due = state.blocking(move || shared.ledger.due(&called, &CALLS));
        let (due, next) = due.await.unwrap_or_else(|error| {
            tracing::error!(code = error.code(), "the pending callbacks could not be read: {error}");
            (Vec::new(), Some(1))
        });
        for row in due {
            let id = row.id.clone();
            jobs.insert(under_way.spawn(call(Arc::clone(&state), row)).id(), id);
        }
        let wait = next.map_or(LOOK, |seconds| Duration::from_secs(seconds.max(1)).min(LOOK));
        tokio::select! {
            Some(ended) = under_way.join_next_with_id() => {
                // A panic in there is the runtime's to report.
                jobs.remove(&ended.map_or_else(|fault| fault.id(), |(id, ())| id));
            }
            () = state.new_call.notified() => {}
            () = tokio::time::sleep(wait) => {}
            () = state.stopping.cancelled() => {}
        }
    }
    while under_way.join_next().await.is_some() {}
}

async fn call(state: Shared, row: JobRow) {
    let (id, api, webhook) = (row.id.clone(), row.api.clone(), row.webhook.clone().unwrap_or_default());
    let key = Key::new(secret(&state.callback_root, row.app.as_deref().unwrap_or_default()).into_bytes());
    let body = serde_json::to_string(&envelope(JobRow { call_note: None, ..row })).unwrap_or_default();
    let time = now();
    let headers = vec![
        ("rcrequestid", id.clone()),
        ("voiceroll-timestamp", time.to_string()),
        ("voiceroll-signature", format!("sha256={}", key.sign_hex(&format!("{time}.{body}")))),
    ];
    let shared = Arc::clone(&state);
    let noted = match state.outside.address(&webhook, "webhook") {
        // No better the next time.
        Err(fault) => {
            tracing::info!(job = id, taken = false, "callback: {}", fault.message);
            state.metrics.callback(&api, false);
            state.blocking(move || shared.ledger.called(&id, Some(&fault.message), false)).await
        }
        Ok(address) => {
            let receiver = format!("{:?} {:?}", address.host_str(), address.port_or_known_default());
            if !state.receivers.may_call(&receiver) {
                state.blocking(move || shared.ledger.call_later(&id, PROBE.as_secs())).await
            } else {
                let why_not = state.outside.call(address, body, headers).await.err();
                state.receivers.called(&receiver, why_not.is_none());
                tracing::info!(
                    job = id,
                    taken = why_not.is_none(),
                    "callback{}",
                    why_not.as_ref().map(|why| format!(": {why}")).unwrap_or_default()
                );
                state.metrics.callback(&api, why_not.is_none());
                state.blocking(move || shared.ledger.called(&id, why_not.as_deref(), true)).await
            }
        }
    };
    if let Err(error) = noted {
        tracing::error!(code = error.code(), "the outcome of a callback could not be stored: {error}");
        // It is still due.
        tokio::time::sleep(UNNOTED).await;
    }
}
