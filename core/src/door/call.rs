//! A call that is under way.

use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::{Reply, Steering};
use crate::error::Result;
use crate::jobs::{guarded, stopped};
use crate::{CancelToken, Control, Progress, remote};

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
    news: Mutex<News>,
    changed: Condvar,
}

#[derive(Default)]
struct News {
    progress: Option<Progress>,
    done: Option<Result<Reply>>,
    /// Let go with the last news: what it holds may hold the call.
    notify: Option<Notify>,
}

impl Call {
    /// Starts what `make` returns, on a thread of our own.
    pub(super) fn start(steering: Steering, make: impl FnOnce(Control) -> Result<Pending>) -> Self {
        let token = CancelToken::new();
        let news = News { notify: steering.notify.map(Arc::from), ..News::default() };
        let shared = Arc::new(Shared { news: Mutex::new(news), ..Shared::default() });
        let mut control = Control::new().cancel_with(&token);
        for token in &steering.tokens {
            control = control.cancel_with(token);
        }
        if steering.progress {
            let shared = Arc::clone(&shared);
            control = control.on_progress(move |progress| shared.tell(|news| news.progress = Some(progress)));
        }
        let end = End(Some(Arc::clone(&shared)));
        match guarded(|| make(control)) {
            Ok(pending) => {
                let task = async move { end.with(pending.await) };
                if let Err(error) = remote::spawn(task) {
                    shared.tell(|news| news.done = Some(Err(error)));
                }
            }
            Err(error) => end.with(Err(error)),
        }
        Self { shared, token }
    }

    /// Waits for news, at most so long.
    pub fn next(&self, wait: Duration) -> Next {
        let until = Instant::now() + wait;
        let mut news = self.shared.news.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            if let Some(progress) = news.progress.take() {
                return Next::Progress(progress);
            }
            if let Some(done) = news.done.take() {
                return Next::Done(done);
            }
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Next::Nothing;
            }
            news = self.shared.changed.wait_timeout(news, left).unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    /// What it came to, if it is done; said once. Progress that was not asked for is forgotten.
    pub fn done(&self) -> Option<Result<Reply>> {
        self.shared.news.lock().unwrap_or_else(PoisonError::into_inner).done.take()
    }

    /// How far it has come, where that was not asked since it came there.
    pub fn progress(&self) -> Option<Progress> {
        self.shared.news.lock().unwrap_or_else(PoisonError::into_inner).progress.take()
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
    fn tell(&self, what: impl FnOnce(&mut News)) {
        let notify = {
            let mut news = self.news.lock().unwrap_or_else(PoisonError::into_inner);
            what(&mut news);
            if news.done.is_some() { news.notify.take() } else { news.notify.clone() }
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
            shared.tell(|news| news.done = Some(result));
        }
    }
}

impl Drop for End {
    fn drop(&mut self) {
        if let Some(shared) = self.0.take() {
            shared.tell(|news| news.done = Some(Err(stopped())));
        }
    }
}
