//! Forks, which must not fall into the middle of what other threads do.
//!
//! A forked child has a copy of all memory, but only the thread that forked. A lock that another thread held is held there
//! for ever, SQLite's own and those of values that were just being made among them; and a connection that was in use is
//! lost. So code that holds a lock or a connection runs in [`apart`], and a fork waits until none does. All of that is short:
//! decoding and networks, which take long, hold nothing.

/// Does what no fork may fall into. It may be nested. It must not wait for another thread that does the same.
pub(crate) fn apart<T>(work: impl FnOnce() -> T) -> T {
    #[cfg(unix)]
    let _inside = gate::Inside::enter();
    work()
}

#[cfg(unix)]
mod gate {
    use std::cell::Cell;
    use std::mem::ManuallyDrop;
    use std::sync::atomic::{AtomicBool, Ordering};
    use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
    use std::time::{Duration, Instant};

    /// How long a fork waits. Longer than a store waits for another writer, which is the longest of what is apart.
    const MOST: Duration = Duration::from_secs(30);

    struct State {
        inside: usize,
        /// Whether a fork waits: nobody else begins before it.
        forking: bool,
    }

    static STATE: Mutex<State> = Mutex::new(State { inside: 0, forking: false });
    static CHANGED: Condvar = Condvar::new();
    static WATCHED: AtomicBool = AtomicBool::new(false);

    thread_local! {
        static DEPTH: Cell<usize> = const { Cell::new(0) };
        /// Held from before a fork until after it. It needs no clean-up, which would have to be set up before a fork.
        static HELD: Cell<Option<ManuallyDrop<MutexGuard<'static, State>>>> = const { Cell::new(None) };
    }

    fn lock() -> MutexGuard<'static, State> {
        STATE.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) struct Inside;

    impl Inside {
        pub(super) fn enter() -> Self {
            let depth = DEPTH.get();
            DEPTH.set(depth + 1);
            if depth == 0 {
                watch();
                let mut state = lock();
                while state.forking {
                    state = CHANGED.wait(state).unwrap_or_else(PoisonError::into_inner);
                }
                state.inside += 1;
            }
            Self
        }
    }

    impl Drop for Inside {
        fn drop(&mut self) {
            let depth = DEPTH.get() - 1;
            DEPTH.set(depth);
            if depth == 0 {
                let mut state = lock();
                state.inside = state.inside.saturating_sub(1);
                if state.forking {
                    CHANGED.notify_all();
                }
            }
        }
    }

    /// Has forks wait from now on. Two threads may both do it at first, and the handlers mind that.
    #[allow(unsafe_code, reason = "there is no safe way to detect a fork")]
    fn watch() {
        unsafe extern "C" {
            fn pthread_atfork(
                prepare: Option<extern "C" fn()>,
                parent: Option<extern "C" fn()>,
                child: Option<extern "C" fn()>,
            ) -> i32;
        }
        if !WATCHED.load(Ordering::Acquire) {
            // SAFETY: the handlers are functions that live as long as the library, do not unwind, and use only memory of
            // their own; the C library forgets them where the library is unloaded.
            unsafe { pthread_atfork(Some(prepare), Some(parent), Some(child)) };
            WATCHED.store(true, Ordering::Release);
        }
    }

    extern "C" fn prepare() {
        if let Some(held) = HELD.take() {
            return HELD.set(Some(held));
        }
        let mut state = lock();
        // Another thread forks.
        while state.forking {
            state = CHANGED.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        state.forking = true;
        let own = usize::from(DEPTH.get() > 0);
        let until = Instant::now() + MOST;
        while state.inside > own {
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                break;
            }
            state = CHANGED.wait_timeout(state, left).unwrap_or_else(PoisonError::into_inner).0;
        }
        HELD.set(Some(ManuallyDrop::new(state)));
    }

    extern "C" fn parent() {
        open(|_| {});
    }

    extern "C" fn child() {
        open(|state| state.inside = usize::from(DEPTH.get() > 0));
    }

    fn open(change: impl FnOnce(&mut State)) {
        if let Some(held) = HELD.take() {
            let mut state = ManuallyDrop::into_inner(held);
            state.forking = false;
            change(&mut state);
            drop(state);
            CHANGED.notify_all();
        }
    }
}
