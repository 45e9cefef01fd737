//! A process that forks, as preforking servers in Python, Ruby and PHP do, can go on in the child.
#![allow(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]
#![cfg(unix)]
#![allow(unsafe_code, reason = "there is no safe fork")]

mod common;

use std::time::{Duration, Instant};

use common::{Store, clip, id};
use voiceroll::Registry;

#[test]
fn a_forked_child_enrolls_with_threads_and_connections_of_its_own() {
    let store = Store::new();
    let registry = Registry::open(store.path()).unwrap();
    let enroll = |name: &str| futures_executor::block_on(registry.enroll(&id(name), clip("fmt-s16.wav")));
    // The parent's workers, network threads and connection exist before the fork.
    enroll("parent").unwrap();

    let (said, closed) = (store.folder.path().join("said"), store.folder.path().join("closed"));
    let wait_for = |file: &std::path::Path| {
        let deadline = Instant::now() + Duration::from_secs(30);
        while !file.exists() && Instant::now() < deadline {
            std::thread::sleep(Duration::from_millis(5));
        }
        file.exists()
    };
    // SAFETY: the child calls only our own code, whose locks are its own, and the allocator, which
    // the C library keeps usable across a fork; it leaves by `_exit`, running no parent's clean-up.
    let child = unsafe { libc::fork() };
    assert!(child >= 0);
    if child == 0 {
        let mut done = enroll("child").is_ok() && store.registry.get(&id("parent")).is_ok();
        done &= std::fs::write(&said, "").is_ok() && wait_for(&closed);
        // The parent has closed the store meanwhile, and must not have taken it for unused.
        done &= enroll("child").is_ok();
        // SAFETY: ends the process without returning.
        unsafe { libc::_exit(if done { 0 } else { 1 }) };
    }

    let path = store.path();
    let spoke = wait_for(&said);
    enroll("parent").unwrap();
    drop((registry, store.registry));
    std::fs::write(&closed, "").unwrap();

    let deadline = Instant::now() + Duration::from_secs(30);
    let mut status = 0;
    // SAFETY: waits for the child made above, with a pointer to a live integer.
    while unsafe { libc::waitpid(child, &mut status, libc::WNOHANG) } == 0 {
        if Instant::now() > deadline {
            // SAFETY: ends the child made above.
            unsafe { libc::kill(child, libc::SIGKILL) };
            panic!("the child hangs");
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    assert!(spoke);
    assert_eq!(status, 0);
    let registry = voiceroll::blocking::Registry::open(path).unwrap();
    assert_eq!(registry.get(&id("child")).unwrap().recordings.len(), 2);
    assert_eq!(registry.get(&id("parent")).unwrap().recordings.len(), 2);
}
