//! Options of every call: cancellation, a time limit, progress.

use std::fmt;
use std::sync::Arc;
#[cfg(feature = "remote")]
use std::sync::atomic::AtomicUsize;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use super::error::{Code, Error, Result};

/// Cancellation, timeout and progress of calls. Pass it to [`Registry::with`](crate::Registry::with).
///
/// ```
/// use std::time::Duration;
/// use voiceroll::{CancelToken, CallOptions};
///
/// let token = CancelToken::new();
/// let options = CallOptions::new()
///     .cancel_with(&token)
///     .timeout(Duration::from_secs(20))
///     .on_progress(|progress| eprintln!("{:.0} %", progress.fraction * 100.0));
/// ```
#[derive(Clone, Default)]
pub struct CallOptions {
    tokens: Vec<CancelToken>,
    timeout: Option<Duration>,
    deadline: Option<Instant>,
    progress: Option<Arc<dyn Fn(Progress) + Send + Sync>>,
    /// The bits of the largest reported fraction.
    told: Arc<AtomicU64>,
    part: Part,
    actor: Option<Arc<str>>,
    /// Called now and then from the thread that does the work, which it may hold up.
    #[cfg(feature = "server")]
    pause: Option<Arc<dyn Fn() + Send + Sync>>,
    #[cfg(feature = "remote")]
    call: Arc<Call>,
}

/// What a call on a server has done so far.
#[cfg(feature = "remote")]
#[derive(Default)]
struct Call {
    /// Whether something was sent that changes what is stored there.
    change: AtomicBool,
    /// Milliseconds spent on waiting and on attempts that failed.
    spent: AtomicU64,
    /// Recordings that are known to have been added, and of how many.
    added: AtomicUsize,
    recordings: AtomicUsize,
}

/// Which recording of a call the work has come to.
#[derive(Debug, Clone, Copy)]
struct Part {
    recording: usize,
    recordings: usize,
    /// The share of the work on it that the present step is.
    from: f64,
    to: f64,
}

impl Default for Part {
    fn default() -> Self {
        Self { recording: 0, recordings: 1, from: 0.0, to: 1.0 }
    }
}

impl CallOptions {
    /// No cancelling, no time limit, no progress.
    pub fn new() -> Self {
        Self::default()
    }

    /// Stops the call soon after the token is cancelled; it then fails with `cancelled` and has changed nothing. If a
    /// change was already sent to a server, the error says that the outcome is unknown and is not retryable.
    pub fn cancel_with(mut self, token: &CancelToken) -> Self {
        self.tokens.push(token.clone());
        self
    }

    /// The actor in the audit trail for these calls, at most 256 characters. Default: that of the registry
    /// ([`RegistryOptions::actor`](crate::RegistryOptions::actor)).
    pub fn actor(mut self, actor: &str) -> Self {
        self.actor = Some(actor.into());
        self
    }

    pub(crate) fn acting(&self) -> Option<&str> {
        self.actor.as_deref()
    }

    /// Limits the duration of each call; after that it fails with `timed_out` and has changed nothing, or, on a server,
    /// says that the outcome is unknown.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// Calls `report` with the progress, from the thread that does the work. It must be fast and must not panic.
    pub fn on_progress(mut self, report: impl Fn(Progress) + Send + Sync + 'static) -> Self {
        self.progress = Some(Arc::new(report));
        self
    }

    /// The same options with their clock started: one per call.
    pub(crate) fn started(&self) -> Self {
        let deadline = self.timeout.and_then(|timeout| Instant::now().checked_add(timeout));
        Self {
            deadline,
            told: Arc::default(),
            #[cfg(feature = "remote")]
            call: Arc::default(),
            ..self.clone()
        }
    }

    /// The same options for one of several things that are done at once, without progress.
    pub(crate) fn quietly(&self) -> Self {
        Self { progress: None, ..self.clone() }
    }

    /// Something is being sent that changes what is stored.
    #[cfg(feature = "remote")]
    pub(crate) fn note_change(&self) {
        self.call.change.store(true, Ordering::Relaxed);
    }

    #[cfg(feature = "remote")]
    pub(crate) fn may_have_changed(&self) -> bool {
        self.call.change.load(Ordering::Relaxed)
    }

    /// So many recordings are known to have been added.
    #[cfg(feature = "remote")]
    pub(crate) fn note_added(&self, added: usize, recordings: usize) {
        self.call.recordings.store(recordings, Ordering::Relaxed);
        self.call.added.store(added, Ordering::Relaxed);
    }

    /// How many recordings are known to have been added, and of how many.
    #[cfg(feature = "remote")]
    pub(crate) fn added(&self) -> (usize, usize) {
        (self.call.added.load(Ordering::Relaxed), self.call.recordings.load(Ordering::Relaxed))
    }

    #[cfg(feature = "remote")]
    pub(crate) fn spend(&self, time: Duration) {
        self.call.spent.fetch_add(time.as_millis() as u64, Ordering::Relaxed);
    }

    #[cfg(feature = "remote")]
    pub(crate) fn spent(&self) -> Duration {
        Duration::from_millis(self.call.spent.load(Ordering::Relaxed))
    }

    /// Whether a token may stop the call at any moment.
    #[cfg(feature = "remote")]
    pub(crate) fn can_be_cancelled(&self) -> bool {
        !self.tokens.is_empty()
    }

    /// How much time is left, where it is bounded.
    #[cfg(feature = "remote")]
    pub(crate) fn remaining(&self) -> Option<Duration> {
        self.deadline.map(|deadline| deadline.saturating_duration_since(Instant::now()))
    }

    /// Has the work make way for others now and then: `pause` may block.
    #[cfg(feature = "server")]
    pub(crate) fn pausing(mut self, pause: impl Fn() + Send + Sync + 'static) -> Self {
        self.pause = Some(Arc::new(pause));
        self
    }

    /// Whether the work may go on; here it may be held up for others.
    pub(crate) fn check(&self) -> Result<()> {
        #[cfg(feature = "server")]
        if let Some(pause) = &self.pause {
            pause();
        }
        self.ended()
    }

    /// Whether the work may go on, for those who hold a lock and must not be held up.
    pub(crate) fn ended(&self) -> Result<()> {
        if self.tokens.iter().any(CancelToken::is_cancelled) {
            return Err(Error::new(Code::Cancelled, "the call was cancelled; nothing was changed"));
        }
        if self.deadline.is_some_and(|deadline| Instant::now() >= deadline) {
            return Err(Error::new(
                Code::TimedOut,
                "the call exceeded its timeout, and nothing was changed; allow more time, or send less audio",
            ));
        }
        Ok(())
    }

    /// The same options for one recording of several.
    pub(crate) fn at(&self, recording: usize, recordings: usize) -> Self {
        Self { part: Part { recording, recordings, ..Part::default() }, ..self.clone() }
    }

    /// The same options for one step of the work on a recording.
    pub(crate) fn share(&self, from: f64, to: f64) -> Self {
        let within = |share: f64| self.part.from + share * (self.part.to - self.part.from);
        Self { part: Part { from: within(from), to: within(to), ..self.part }, ..self.clone() }
    }

    /// Reports how much of the present recording is done, 0 to 1. On a second pass, nothing is reported until it gets
    /// further than the first.
    pub(crate) fn report(&self, done: f64) {
        let Some(report) = &self.progress else { return };
        let Part { recording, recordings, from, to } = self.part;
        let done = from + done.clamp(0.0, 1.0) * (to - from);
        let fraction = (recording as f64 + done) / recordings as f64;
        // Of numbers that are not negative, the larger has the larger bits.
        if self.told.fetch_max(fraction.to_bits(), Ordering::Relaxed) >= fraction.to_bits() {
            return;
        }
        report(Progress { recording, recordings, fraction });
    }
}

impl fmt::Debug for CallOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CallOptions")
            .field("tokens", &self.tokens)
            .field("timeout", &self.timeout)
            .field("progress", &self.progress.is_some())
            .finish()
    }
}

/// Cancels calls from another thread or task. Clones cancel the same calls.
#[derive(Debug, Clone, Default)]
pub struct CancelToken(Arc<AtomicBool>);

impl CancelToken {
    /// A token that is not cancelled.
    pub fn new() -> Self {
        Self::default()
    }

    /// Cancels every call with this token, permanently.
    pub fn cancel(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Whether [`cancel`](Self::cancel) was called.
    pub fn is_cancelled(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// Stops the work of a future that was dropped before it was done.
pub(crate) struct CancelOnDrop(pub(crate) CancelToken);

impl Drop for CancelOnDrop {
    fn drop(&mut self) {
        self.0.cancel();
    }
}

/// The progress of a call.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "__bridge", derive(serde::Serialize, schemars::JsonSchema))]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[non_exhaustive]
pub struct Progress {
    /// Which recording of the call is being read, from 0.
    pub recording: usize,
    /// How many recordings the call has.
    pub recordings: usize,
    /// How much of the whole call is done, 0 to 1.
    pub fraction: f64,
}
