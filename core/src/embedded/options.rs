//! How a registry in a file is opened.

use std::path::PathBuf;

use crate::store::Access;
use crate::{Calibration, Limits};

/// How a registry is opened.
#[derive(Debug, Clone, Default)]
#[must_use = "options do nothing until `open` is called"]
pub struct RegistryOptions {
    pub(crate) limits: Limits,
    pub(crate) model: Option<PathBuf>,
    pub(crate) calibration: Option<Calibration>,
    pub(crate) false_accept_rate: Option<f64>,
    pub(crate) access: Opening,
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

    /// The false-accept rate: the share of other people's recordings that may match, between 0 and 1. Default: 0.01.
    pub fn false_accept_rate(mut self, share: f64) -> Self {
        self.false_accept_rate = Some(share);
        self
    }
}
