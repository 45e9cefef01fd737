//! A call that is under way.

use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::{Reply, StartOptions};
use crate::runtime::task;
use crate::runtime::workers::{guarded, stopped};
use crate::types::error::Result;
use crate::{CallOptions, CancelToken, Progress};

/// What a verb comes to.
pub(super) type Pending = Pin<Box<dyn Future<Output = Result<Reply>> + Send>>;

type Notify = Arc<dyn Fn() + Send + Sync>;

/// A call that is under way. Dropping it cancels it.
pub struct Call {
    shared: Arc<Shared>,
    token: CancelToken,
}

/// What a look at a call finds.
pub enum Next {
    /// Nothing new.
    Nothing,
    /// It has come this far; of several reports the last.
    Progress(Progress),
    /// It is done. Said once.
    Done(Result<Reply>),
}

#[derive(Default)]
struct Shared {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    progress: Option<Progress>,
    done: Option<Result<Reply>>,
    /// Let go with the last state: what it holds may hold the call.
    notify: Option<Notify>,
}

impl Call {
    /// Starts what `make` returns, on a thread of our own.
    pub(super) fn start(options: StartOptions, make: impl FnOnce(CallOptions) -> Result<Pending>) -> Self {
        let token = CancelToken::new();
        let state = State { notify: options.notify.map(Arc::from), ..State::default() };
        let shared = Arc::new(Shared { state: Mutex::new(state), ..Shared::default() });
        let mut control = CallOptions::new().cancel_with(&token);
        for token in &options.tokens {
            control = control.cancel_with(token);
        }
        if options.progress {
            let shared = Arc::clone(&shared);
            control = control.on_progress(move |progress| shared.tell(|state| state.progress = Some(progress)));
        }
        let end = End(Some(Arc::clone(&shared)));
        match guarded(|| make(control)) {
            Ok(pending) => {
                task::start(async move { end.with(pending.await) });
            }
            Err(error) => end.with(Err(error)),
        }
        Self { shared, token }
    }

    /// Waits for state, at most so long.
    pub fn next(&self, wait: Duration) -> Next {
        let until = Instant::now() + wait;
        let mut state = self.shared.state.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            if let Some(progress) = state.progress.take() {
                return Next::Progress(progress);
            }
            if let Some(done) = state.done.take() {
                return Next::Done(done);
            }
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Next::Nothing;
            }
            state = self.shared.changed.wait_timeout(state, left).unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    /// What it came to, if it is done; said once. Progress that was not asked for is forgotten.
    pub fn done(&self) -> Option<Result<Reply>> {
        self.shared.state.lock().unwrap_or_else(PoisonError::into_inner).done.take()
    }

    /// How far it has come, where that was not asked since it came there.
    pub fn progress(&self) -> Option<Progress> {
        self.shared.state.lock().unwrap_or_else(PoisonError::into_inner).progress.take()
    }

    /// Stops it soon; it then ends with `cancelled`.
    pub fn cancel(&self) {
        self.token.cancel();
    }
}

impl Drop for Call {
    fn drop(&mut self) {
        self.token.cancel();
    }
}

impl Shared {
    fn tell(&self, what: impl FnOnce(&mut State)) {
        let notify = {
            let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
            what(&mut state);
            if state.done.is_some() { state.notify.take() } else { state.notify.clone() }
        };
        self.changed.notify_all();
        if let Some(notify) = notify {
            notify();
        }
    }
}

/// Sees to it that a call ends, even if what it does panics.
struct End(Option<Arc<Shared>>);

impl End {
    fn with(mut self, result: Result<Reply>) {
        if let Some(shared) = self.0.take() {
            shared.tell(|state| state.done = Some(result));
        }
    }
}

impl Drop for End {
    fn drop(&mut self) {
        if let Some(shared) = self.0.take() {
            shared.tell(|state| state.done = Some(Err(stopped())));
        }
    }
}
