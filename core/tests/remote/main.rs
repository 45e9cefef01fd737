//! The behaviour of a registry, where it is kept on a server: the same tests, over a socket.
#![allow(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "../behaviour/mod.rs"]
mod behaviour;
#[path = "../common/mod.rs"]
mod common;
mod custody;
mod jobs;
mod store;

pub(crate) use store::Store;
