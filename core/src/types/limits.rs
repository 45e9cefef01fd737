//! How much of a recording is read.

use super::error::{Code, Error, Result};

/// Limits for decoding a recording, whatever its header announces.
///
/// Within the default limits, one recording takes a few tens of megabytes (`bench/memory.py` measures it), in
/// addition to the bytes of a recording in memory; files crafted to waste memory take under 150 MB
/// (`core/tests/hostile`).
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct Limits {
    /// The longest recording to decode, in seconds. Default: two hours.
    pub max_seconds: f64,
    /// The largest file to read, in bytes. Default: 2 GiB.
    pub max_bytes: u64,
    /// The audio track that is read, of [`Recording::track`](crate::Recording::track).
    pub(crate) track: Option<u32>,
}

impl Limits {
    /// The defaults.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the longest recording to decode, in seconds.
    pub fn max_seconds(mut self, seconds: f64) -> Self {
        self.max_seconds = seconds;
        self
    }

    /// Sets the largest file to read, in bytes.
    pub fn max_bytes(mut self, bytes: u64) -> Self {
        self.max_bytes = bytes;
        self
    }

    pub(crate) fn checked(self) -> Result<Self> {
        if self.max_seconds > 0.0 {
            return Ok(self);
        }
        Err(Error::new(Code::InvalidOption, "`max_seconds` must be positive; omit it for the default, two hours"))
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self { max_seconds: 2.0 * 3600.0, max_bytes: 2 << 30, track: None }
    }
}
