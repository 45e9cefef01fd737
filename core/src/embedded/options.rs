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
    /// What a recording may cost; see [`Limits`] for the defaults.
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// Takes this speaker network: `compact`, `campplus`, or one of your own. Where none is named, the
    /// environment variable `VOICEROLL_MODEL` may name one; else it is the one that the store was made
    /// with, or the most accurate one installed.
    ///
    /// A network of your own is an ONNX file whose metadata describe its front end as
    /// sherpa-onnx wants it; the reference lists the keys. Voiceprints of two networks cannot be
    /// mixed. Without a [`calibration`](Self::calibration) it enrolls, but recognises nobody.
    pub fn model(mut self, path: impl Into<PathBuf>) -> Self {
        self.model = Some(path.into());
        self
    }

    /// Takes a calibration made by [`trials::calibrate`](crate::trials::calibrate) on recordings
    /// like yours, in place of the built-in one.
    pub fn calibration(mut self, calibration: Calibration) -> Self {
        self.calibration = Some(calibration);
        self
    }

    /// Opens the store for reading alone: a backup, or one in a folder or on a disk that cannot be written. Nothing is
    /// written beside it either; whatever would change the roll fails with `store_read_only`. Where there is no store,
    /// `open` fails with `store_missing`.
    pub fn read_only(mut self, read_only: bool) -> Self {
        self.access = Opening::As(if read_only { Access::Read } else { Access::Create });
        self
    }

    /// Opens a store that must be there: where there is none, `open` fails with `store_missing` in place of making one.
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

    /// How often the voice of another person may pass, as a share between 0 and 1. Default: 0.01.
    pub fn false_accept_rate(mut self, share: f64) -> Self {
        self.false_accept_rate = Some(share);
        self
    }
}
