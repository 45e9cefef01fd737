//! Threads of our own, what must not cross a fork, and the runtime that talks to servers.

mod fork;
#[cfg(feature = "remote")]
pub(crate) mod network;
mod per_process;
#[cfg(feature = "__bridge")]
pub(crate) mod task;
pub(crate) mod workers;

use std::time::SystemTime;

pub(crate) use fork::apart;
pub(crate) use per_process::PerProcess;

/// Seconds since 1970.
pub(crate) fn now() -> u64 {
    SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).map_or(0, |elapsed| elapsed.as_secs())
}
