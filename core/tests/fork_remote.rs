//! A forked child uses a registry on a server with a session and connections of its own.
#![allow(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]
#![cfg(unix)]

mod common;
#[path = "remote/store.rs"]
mod store;

use common::child::Child;
use common::{clip, id};
use store::Store;

#[test]
fn a_forked_child_logs_in_by_itself() {
    let store = Store::new();
    let registry = &store.registry;
    registry.enroll(&id("parent"), clip("fmt-s16.wav")).unwrap();
    let child = Child::doing(|| {
        registry.enroll(&id("child"), clip("fmt-s16.wav")).is_ok() && registry.get(&id("parent")).is_ok()
    });
    assert!(child.succeeds());
    registry.enroll(&id("parent"), clip("fmt-s16.wav")).unwrap();
    assert_eq!(registry.get(&id("child")).unwrap().recordings.len(), 1);
    let server = rusqlite::Connection::open(store.folder.path().join("server.db")).unwrap();
    let sessions: u32 = server.query_row("SELECT count(*) FROM session", [], |row| row.get(0)).unwrap();
    assert_eq!(sessions, 2);
}
