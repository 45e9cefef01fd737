//! A forked child, as preforking servers in Python, Ruby and PHP have them.
#![cfg(unix)]
#![allow(unsafe_code, reason = "there is no safe fork")]

use std::time::{Duration, Instant};

pub(crate) struct Child(libc::pid_t);

impl Child {
    /// Does something in a child, which succeeds if that returns true.
    pub(crate) fn doing(work: impl FnOnce() -> bool) -> Self {
        Self::ending_with(|| if work() { 0 } else { 1 })
    }

    /// Does something in a child, which ends with the status that this returns.
    pub(crate) fn ending_with(work: impl FnOnce() -> i32) -> Self {
        // SAFETY: the child calls only our own code, whose locks are its own, and the allocator, which
        // the C library keeps usable across a fork; it leaves by `_exit`, running no parent's clean-up.
        let child = unsafe { libc::fork() };
        assert!(child >= 0);
        if child == 0 {
            let status = work();
            // SAFETY: ends the process without returning.
            unsafe { libc::_exit(status) };
        }
        Self(child)
    }

    /// Waits for it, for half a minute.
    pub(crate) fn succeeds(self) -> bool {
        let deadline = Instant::now() + Duration::from_secs(30);
        loop {
            if let Some(status) = self.status() {
                return status == 0;
            }
            if Instant::now() > deadline {
                self.kill();
                panic!("the child hangs");
            }
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// How it ended; none while it has not. Asked for no more once it is known.
    pub(crate) fn status(&self) -> Option<i32> {
        let mut status = 0;
        // SAFETY: looks for the child made above, with a pointer to a live integer.
        let found = unsafe { libc::waitpid(self.0, &mut status, libc::WNOHANG) };
        (found != 0).then(|| if libc::WIFEXITED(status) { libc::WEXITSTATUS(status) } else { -1 })
    }

    /// Ends it.
    pub(crate) fn kill(self) {
        // SAFETY: ends and waits for the child made above.
        unsafe {
            libc::kill(self.0, libc::SIGKILL);
            libc::waitpid(self.0, std::ptr::null_mut(), 0);
        }
    }
}
