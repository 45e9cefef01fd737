//! Where a session is kept: it can be used until it is over, and ends by itself when nobody does.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError, TryLockError, Weak};
use std::time::{Duration, Instant};

use crate::ErrorKind;
use crate::runtime::PerProcess;
use crate::types::error::{Code, Error, Result};

/// How often it is seen whether sessions are idle.
const LOOK: Duration = Duration::from_millis(200);

/// Why a session is over.
#[derive(Debug, Clone, Copy)]
enum Over {
    Finished,
    Cancelled,
    Idle,
    Failed,
}

pub(super) struct Slot<T> {
    state: Mutex<State<T>>,
    /// A child of this process has a copy of the memory, and not of the threads.
    process: u32,
}

struct State<T> {
    open: Option<T>,
    over: Over,
    used: Instant,
    patience: Duration,
}

impl<T: Send + 'static> Slot<T> {
    pub(super) fn new(session: T, patience: Duration) -> Arc<Self> {
        let state = State { open: Some(session), over: Over::Finished, used: Instant::now(), patience };
        let slot = Arc::new(Self { state: Mutex::new(state), process: std::process::id() });
        let weak: Weak<Self> = Arc::downgrade(&slot);
        watch(weak);
        slot
    }

    fn lock(&self) -> Result<MutexGuard<'_, State<T>>> {
        if self.process != std::process::id() {
            return Err(Error::new(
                Code::SessionEnded,
                "this live session belongs to the process that this one was forked from; start one here",
            ));
        }
        Ok(self.state.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Does something with the session. An error ends it, unless it is about a limit: then what was taken stays.
    pub(super) fn with<R>(&self, work: impl FnOnce(&mut T) -> Result<R>) -> Result<R> {
        let mut state = self.lock()?;
        let Some(session) = &mut state.open else { return Err(state.ended()) };
        let done = work(session);
        state.used = Instant::now();
        if done.as_ref().is_err_and(|error| error.kind() != ErrorKind::Limit) {
            (state.open, state.over) = (None, Over::Failed);
        }
        done
    }

    /// Ends the session and hands it out.
    pub(super) fn finish(&self) -> Result<T> {
        let mut state = self.lock()?;
        match state.open.take() {
            Some(session) => {
                state.over = Over::Finished;
                Ok(session)
            }
            None => Err(state.ended()),
        }
    }

    /// Ends the session, if it is not over.
    pub(super) fn cancel(&self) {
        if let Ok(mut state) = self.lock()
            && state.open.take().is_some()
        {
            state.over = Over::Cancelled;
        }
    }
}

impl<T> State<T> {
    fn ended(&self) -> Error {
        let text = match self.over {
            Over::Idle => return idle(self.patience),
            Over::Finished => "the live session is finished; start a new one",
            Over::Cancelled => "the live session was cancelled; start a new one",
            Over::Failed => "the live session has failed; start a new one",
        };
        Error::new(Code::SessionEnded, text)
    }
}

/// The error of a session that got no sound for so long.
pub(crate) fn idle(patience: Duration) -> Error {
    let seconds = patience.as_secs_f64();
    Error::new(
        Code::SessionIdle,
        format!("the live session got no sound for {seconds:.0} s and has ended; start a new one"),
    )
}

/// What can be idle.
trait Idle: Send + Sync {
    /// Ends it if it is; whether it still goes on.
    fn look(&self, now: Instant) -> bool;
}

impl<T: Send + 'static> Idle for Slot<T> {
    fn look(&self, now: Instant) -> bool {
        let mut state = match self.state.try_lock() {
            Ok(state) => state,
            Err(TryLockError::Poisoned(poisoned)) => poisoned.into_inner(),
            // It is in use.
            Err(TryLockError::WouldBlock) => return true,
        };
        if now.saturating_duration_since(state.used) >= state.patience && state.open.take().is_some() {
            state.over = Over::Idle;
        }
        state.open.is_some()
    }
}

#[derive(Default)]
struct Watched {
    sessions: Vec<Weak<dyn Idle>>,
    /// Whether a thread looks after them.
    awake: bool,
}

static WATCHED: PerProcess<Mutex<Watched>> = PerProcess::new();

fn watched() -> MutexGuard<'static, Watched> {
    WATCHED.get(|_| Mutex::default()).lock().unwrap_or_else(PoisonError::into_inner)
}

/// Has a session ended when it is idle. The thread that does so ends with the last session.
fn watch(session: Weak<dyn Idle>) {
    let mut watched = watched();
    watched.sessions.push(session);
    if !watched.awake {
        let thread = std::thread::Builder::new().name("voiceroll-idle".to_owned()).spawn(look_after);
        watched.awake = thread.is_ok();
    }
}

fn look_after() {
    loop {
        std::thread::sleep(LOOK);
        let mut watched = watched();
        let now = Instant::now();
        watched.sessions.retain(|session| session.upgrade().is_some_and(|session| session.look(now)));
        if watched.sessions.is_empty() {
            watched.awake = false;
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_ends_when_it_is_idle_and_says_so() {
        let gone = Arc::new(());
        let slot = Slot::new(Arc::clone(&gone), Duration::from_millis(300));
        slot.with(|_| Ok(())).unwrap();
        let until = Instant::now() + Duration::from_secs(20);
        while Arc::strong_count(&gone) > 1 {
            assert!(Instant::now() < until);
            std::thread::sleep(Duration::from_millis(20));
        }
        assert_eq!(slot.with(|_| Ok(())).unwrap_err().code(), "session_idle");
        assert_eq!(slot.finish().unwrap_err().code(), "session_idle");
    }

    #[test]
    fn a_limit_does_not_end_a_session_and_other_errors_do() {
        let slot = Slot::new((), Duration::from_secs(60));
        let fail = |code| slot.with(|()| Err::<(), _>(Error::new(code, "for the test"))).unwrap_err().code();
        assert_eq!(fail(Code::RecordingTooLong), "recording_too_long");
        assert_eq!(fail(Code::RecordingDamaged), "recording_damaged");
        assert_eq!(fail(Code::RecordingDamaged), "session_ended");
        let slot = Slot::new((), Duration::from_secs(60));
        slot.cancel();
        assert!(slot.finish().unwrap_err().to_string().contains("cancelled"));
    }
}
