//! How a registry on a server is used.

use std::time::Duration;

use crate::Limits;

/// Options of a registry on a server.
#[derive(Debug, Clone)]
#[must_use = "options do nothing until `connect` is called"]
pub struct ConnectOptions {
    pub(crate) limits: Limits,
    pub(crate) inspect: bool,
    pub(crate) max_recording: u64,
    pub(crate) timeout: Duration,
    pub(crate) patience: Duration,
    pub(crate) plain_http: bool,
}

impl Default for ConnectOptions {
    fn default() -> Self {
        Self {
            limits: Limits::default(),
            inspect: true,
            max_recording: 16 << 20,
            timeout: Duration::from_secs(300),
            patience: Duration::from_secs(120),
            plain_http: false,
        }
    }
}

impl ConnectOptions {
    /// Limits for decoding a recording locally; see [`Limits`] for the defaults.
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// Whether recordings are inspected locally before the upload, so that one that would be refused is not sent.
    /// Default: true.
    pub fn inspect(mut self, inspect: bool) -> Self {
        self.inspect = inspect;
        self
    }

    /// The largest recording to send, in bytes. Of a larger one the best stretch is enrolled, as
    /// [`prepare`](crate::Registry::prepare) cuts it; other calls fail. Default: 16 MiB, the limit of Voiceroll's own server.
    pub fn max_recording(mut self, bytes: u64) -> Self {
        self.max_recording = bytes;
        self
    }

    /// The timeout of a single request. Default: 300 s. To limit whole calls, see [`CallOptions::timeout`](crate::CallOptions::timeout).
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// The total time that a call waits for a busy server; if the server asks for a longer wait, the call fails at
    /// once. Default: 120 s.
    pub fn patience(mut self, patience: Duration) -> Self {
        self.patience = patience;
        self
    }

    /// Whether to allow unencrypted http to another machine. Default: false; to this machine it is always allowed.
    pub fn plain_http(mut self, plain_http: bool) -> Self {
        self.plain_http = plain_http;
        self
    }
}
