//! How a registry in a file is opened.

use std::path::PathBuf;
use std::time::Duration;

use crate::store::{Access, KeySource, Protection, Terms};
use crate::{Calibration, Limits};

/// Options for opening a registry.
#[derive(Debug, Clone, Default)]
#[must_use = "options do nothing until `open` is called"]
pub struct RegistryOptions {
    pub(crate) limits: Limits,
    pub(crate) model: Option<PathBuf>,
    pub(crate) calibration: Option<Calibration>,
    pub(crate) false_accept_rate: Option<f64>,
    pub(crate) access: Opening,
    pub(crate) protection: Protection,
    pub(crate) terms: Terms,
    pub(crate) audit: Option<PathBuf>,
    pub(crate) actor: Option<String>,
    pub(crate) decisions_only: bool,
    pub(crate) attempts_per_hour: Option<u32>,
    pub(crate) live_idle: Option<Duration>,
}

/// How the store of a registry is opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Opening {
    As(Access),
    /// For writing if that can be, else for reading; never made.
    #[cfg_attr(not(feature = "cli"), allow(dead_code, reason = "commands look"))]
    ToLook,
}

impl Default for Opening {
    fn default() -> Self {
        Self::As(Access::Create)
    }
}

impl RegistryOptions {
    /// Limits for decoding a recording; see [`Limits`] for the defaults.
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// Selects the speaker network: `compact`, `campplus`, or the path of your own. Default: that of the environment
    /// variable `VOICEROLL_MODEL`, or else that of the store, or for a new store the most accurate one installed.
    ///
    /// Your own network is an ONNX file whose metadata describe its front end with the keys of sherpa-onnx; the
    /// reference lists them. Voiceprints of two networks cannot be mixed. Without a
    /// [`calibration`](Self::calibration) the network enrolls, but makes no decisions.
    pub fn model(mut self, path: impl Into<PathBuf>) -> Self {
        self.model = Some(path.into());
        self
    }

    /// Uses a calibration made by [`trials::calibrate`](crate::trials::calibrate) on recordings like yours, instead
    /// of the built-in one.
    pub fn calibration(mut self, calibration: Calibration) -> Self {
        self.calibration = Some(calibration);
        self
    }

    /// Opens the store read-only: a backup, or a store in a read-only folder or on a read-only disk. No other file is
    /// written either; calls that would change the store fail with `store_read_only`. If there is no store, `open`
    /// fails with `store_missing`.
    pub fn read_only(mut self, read_only: bool) -> Self {
        self.access = Opening::As(if read_only { Access::Read } else { Access::Create });
        self
    }

    /// Opens an existing store: if there is none, `open` fails with `store_missing` instead of creating one.
    pub fn existing(mut self) -> Self {
        self.access = Opening::As(Access::Existing);
        self
    }

    /// For a command that only looks: see [`Opening::ToLook`].
    #[cfg(feature = "cli")]
    pub(crate) fn look_only(mut self) -> Self {
        self.access = Opening::ToLook;
        self
    }

    /// Where the key of the store comes from. Default: [`KeySource::from_env`].
    ///
    /// If the key is lost, the voiceprints are lost: nobody can read them any more.
    pub fn key(mut self, source: KeySource) -> Self {
        self.protection.source = Some(source);
        self
    }

    /// Whether the store is encrypted. Default: new stores and those of earlier versions are; a store that was created with
    /// `encrypted(false)` stays unencrypted until it is opened with `encrypted(true)`, and an encrypted store stays encrypted.
    pub fn encrypted(mut self, encrypted: bool) -> Self {
        self.protection.encrypted = Some(encrypted);
        self
    }

    /// Keeps an audit trail in this folder: every change and every request for recognition, in append-only files whose lines
    /// are chained by hashes ([`Registry::verify_audit`](crate::Registry::verify_audit)). If the trail cannot be written,
    /// nothing is changed and nobody is recognised (`audit_failed`). Default: none.
    pub fn audit(mut self, folder: impl Into<PathBuf>) -> Self {
        self.audit = Some(folder.into());
        self
    }

    /// The actor in the audit trail, at most 256 characters. Default: the user of the operating system.
    pub fn actor(mut self, actor: impl Into<String>) -> Self {
        self.actor = Some(actor.into());
        self
    }

    /// Requires consent: without a valid [`ConsentRecord`](crate::ConsentRecord) nobody is enrolled or recognised
    /// (`consent_missing`). Default: no.
    pub fn require_consent(mut self, require: bool) -> Self {
        self.terms.require_consent = require;
        self
    }

    /// Whether answers say no more than the decision: no `confidence`, `llr` and `score` of a verification, and as the
    /// confidence of a segment 1 for an enrolled speaker and 0 for another. Nobody can then find a recording that passes by
    /// trying which of two scores higher. Default: no.
    pub fn decisions_only(mut self, only: bool) -> Self {
        self.decisions_only = only;
        self
    }

    /// How often in an hour a speaker may be verified, or named as a candidate of `identify` and `diarize`; further attempts
    /// fail with `rate_limited`. They are counted by each open registry. Default: as often as one likes.
    pub fn attempts_per_hour(mut self, most: u32) -> Self {
        self.attempts_per_hour = Some(most);
        self
    }

    /// How long a live session may get no sound before it ends by itself (`session_idle`). Default: 60 s.
    pub fn live_idle(mut self, patience: Duration) -> Self {
        self.live_idle = Some(patience);
        self
    }

    /// The false-accept rate: the share of other people's recordings that may match, between 0 and 1. Default: 0.01.
    pub fn false_accept_rate(mut self, share: f64) -> Self {
        self.false_accept_rate = Some(share);
        self
    }
}
