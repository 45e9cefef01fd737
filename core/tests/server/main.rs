//! The server over a socket: the contract of the service that was retired, and what programs written
//! for it do on the wire.
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout, missing_docs)]

mod attack;
mod contract;
mod document;
mod erasure;
mod fair;
mod folder;
mod jobs;
mod live;
mod login;
mod lost;
mod running;
mod scopes;
mod sealed;
mod tls;
mod tolerance;
