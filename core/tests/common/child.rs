//! A forked child, as preforking servers in Python, Ruby and PHP have them.
#![cfg(unix)]
#![allow(unsafe_code, reason = "there is no safe fork")]

use std::time::{Duration, Instant};

pub(crate) struct Child(libc::pid_t);

impl Child {
    /// Does something in a child, which succeeds if that returns true.
    pub(crate) fn doing(work: impl FnOnce() -> bool) -> Self {
        // SAFETY: the child calls only our own code, whose locks are its own, and the allocator, which
        // the C library keeps usable across a fork; it leaves by `_exit`, running no parent's clean-up.
        let child = unsafe { libc::fork() };
        assert!(child >= 0);
        if child == 0 {
            let done = work();
            // SAFETY: ends the process without returning.
            unsafe { libc::_exit(if done { 0 } else { 1 }) };
        }
        Self(child)
    }

    /// Waits for it, for half a minute.
    pub(crate) fn succeeds(self) -> bool {
        let deadline = Instant::now() + Duration::from_secs(30);
        let mut status = 0;
        // SAFETY: waits for the child made above, with a pointer to a live integer.
        while unsafe { libc::waitpid(self.0, &mut status, libc::WNOHANG) } == 0 {
            if Instant::now() > deadline {
                // SAFETY: ends the child made above.
                unsafe { libc::kill(self.0, libc::SIGKILL) };
                panic!("the child hangs");
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        status == 0
    }
}
