//! A process that forks, as preforking servers in Python, Ruby and PHP do, can go on in the child.
#![allow(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]
#![cfg(unix)]

mod common;

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use common::child::Child;
use common::{Store, clip, id};
use voiceroll::{ListOptions, Registry};

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

/// What a child that heard an error ends with; one that hangs is ended.
const HEARD: i32 = 3;
const HUNG: i32 = -9;

#[test]
fn no_child_hangs_whatever_other_threads_do_at_its_birth() {
    let store = Store::new();
    let registry = &store.registry;
    registry.enroll(&id("parent"), clip("ada-3.webm")).unwrap();
    let over = AtomicBool::new(false);
    let ends = std::thread::scope(|scope| {
        let whirl = |work: fn(&voiceroll::blocking::Registry)| {
            scope.spawn({
                let over = &over;
                move || {
                    while !over.load(Ordering::Relaxed) {
                        work(registry);
                    }
                }
            })
        };
        whirl(|registry| drop(registry.get(&id("parent")).unwrap()));
        whirl(|registry| drop(registry.list(ListOptions::new().partial(true)).unwrap()));
        whirl(|registry| {
            registry.enroll(&id("whirl"), clip("ben-1.wav")).unwrap();
            registry.delete(&id("whirl")).unwrap();
        });
        let (mut children, mut ends) = (Vec::new(), Vec::new());
        for number in 0..1000 {
            let child = Child::ending_with(|| {
                let done = match number % 20 {
                    0 => registry.enroll(&id("child"), clip("ben-2.ogg")).map(drop),
                    odd if odd % 2 == 1 => registry.list(ListOptions::new().partial(true)).map(drop),
                    _ => registry.get(&id("parent")).map(drop),
                };
                if done.is_ok() { 0 } else { HEARD }
            });
            children.push((child, Instant::now() + Duration::from_secs(15)));
            while children.len() > if number < 999 { 31 } else { 0 } {
                children =
                    children.into_iter().filter_map(|(child, deadline)| ended(child, deadline, &mut ends)).collect();
                std::thread::sleep(Duration::from_millis(1));
            }
        }
        over.store(true, Ordering::Relaxed);
        ends
    });
    let count = |end: i32| ends.iter().filter(|other| **other == end).count();
    let (worked, heard, hung) = (count(0), count(HEARD), count(HUNG));
    eprintln!("{worked} children worked, {heard} heard an error, {hung} hung");
    assert_eq!((worked, ends.len()), (1000, 1000), "{heard} heard an error, {hung} hung");
}

/// The child again, unless it has ended or must.
fn ended(child: Child, deadline: Instant, ends: &mut Vec<i32>) -> Option<(Child, Instant)> {
    match child.status() {
        Some(status) => ends.push(status),
        None if Instant::now() > deadline => {
            child.kill();
            ends.push(HUNG);
        }
        None => return Some((child, deadline)),
    }
    None
}
