//! A process that forks, as preforking servers in Python, Ruby and PHP do, can go on in the child.
#![allow(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]
#![cfg(unix)]

mod common;

use std::time::{Duration, Instant};

use common::child::Child;
use common::{Store, clip, id};
use voiceroll::Registry;

#[test]
fn a_forked_child_enrolls_with_threads_and_connections_of_its_own() {
    let store = Store::new();
    let registry = Registry::open(store.path()).unwrap();
    // The same recording twice would count once.
    let enroll = |name: &str, from: &str| futures_executor::block_on(registry.enroll(&id(name), clip(from)));
    // The parent's workers, network threads and connection exist before the fork.
    enroll("parent", "ada-1.mp3").unwrap();

    let (said, closed) = (store.folder.path().join("said"), store.folder.path().join("closed"));
    let wait_for = |file: &std::path::Path| {
        let deadline = Instant::now() + Duration::from_secs(30);
        while !file.exists() && Instant::now() < deadline {
            std::thread::sleep(Duration::from_millis(5));
        }
        file.exists()
    };
    let child = Child::doing(|| {
        let mut done = enroll("child", "ada-1.mp3").is_ok() && store.registry.get(&id("parent")).is_ok();
        done &= std::fs::write(&said, "").is_ok() && wait_for(&closed);
        // The parent has closed the store meanwhile, and must not have taken it for unused.
        done && enroll("child", "ada-3.webm").is_ok()
    });

    let path = store.path();
    let spoke = wait_for(&said);
    enroll("parent", "ada-3.webm").unwrap();
    drop((registry, store.registry));
    std::fs::write(&closed, "").unwrap();

    assert!(child.succeeds() && spoke);
    let registry = voiceroll::blocking::Registry::open(path).unwrap();
    assert_eq!(registry.get(&id("child")).unwrap().recordings.len(), 2);
    assert_eq!(registry.get(&id("parent")).unwrap().recordings.len(), 2);
}
