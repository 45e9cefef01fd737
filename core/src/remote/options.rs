//! How a registry on a server is used.

use std::time::Duration;

use crate::Limits;

/// How a registry on a server is used.
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
    /// What a recording may cost here; see [`Limits`] for the defaults.
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// Whether recordings are inspected here before they are enrolled there, so that one that will be
    /// refused is never sent. Default: yes.
    pub fn inspect(mut self, inspect: bool) -> Self {
        self.inspect = inspect;
        self
    }

    /// The most bytes of a recording that are sent. Of a larger one its best stretch is enrolled, as
    /// [`prepare`](crate::Registry::prepare) cuts it; to be recognised it must be smaller. Default: 16 MiB,
    /// what Voiceroll's own server takes.
    pub fn max_recording(mut self, bytes: u64) -> Self {
        self.max_recording = bytes;
        self
    }

    /// The longest that a single request may take. Default: 300 s. To bound whole calls, see
    /// [`CallOptions::timeout`](crate::CallOptions::timeout).
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// How long a call waits, all in all, for a server that says to come back later; one that says a
    /// longer time fails at once. Default: 120 s.
    pub fn patience(mut self, patience: Duration) -> Self {
        self.patience = patience;
        self
    }

    /// Whether voices and secrets may travel unencrypted to another machine. Default: no; to this one
    /// they always may.
    pub fn plain_http(mut self, plain_http: bool) -> Self {
        self.plain_http = plain_http;
        self
    }
}
