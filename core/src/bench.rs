//! What the benchmarks need of the inside. No part of the interface: it may change at any time.

use std::path::{Path, PathBuf};

pub use crate::diarize::tune::{cluster, listen};

use crate::audio;
use crate::error::{Code, Error, Result};
use crate::models::Choice;
use crate::rules;
use crate::store::Sqlite;
use crate::voice::Engine;
use crate::voice::index::Index;
use crate::voice::score::{Calibration, Side};
use crate::{Control, Limits, Recording};

/// What the network in a file answers to the signal by which known ones are recognised.
///
/// # Errors
/// `model_invalid`, `io_failed`.
pub fn answer(path: &Path) -> Result<Vec<f32>> {
    Choice::new(Some(path), None)?.load()?.answer()
}

/// The voices of a store, searched without listening to anything.
pub struct Search {
    store: Sqlite,
    index: Index,
    calibration: Calibration,
}

impl Search {
    /// Opens a store and loads the voices enrolled with the built-in model.
    ///
    /// # Errors
    /// `store_*`.
    pub fn open(path: &Path) -> Result<Self> {
        let calibration = Engine::compact()?.calibration().cloned();
        let calibration = calibration.ok_or_else(|| Error::new(Code::Internal, "the built-in model has none"))?;
        let store = Sqlite::open(path, crate::store::Access::Create, &crate::store::Protection::default())?;
        let search = Self { store, index: Index::default(), calibration };
        search.voices()?;
        Ok(search)
    }

    /// How many voices there are.
    ///
    /// # Errors
    /// `store_*`.
    pub fn voices(&self) -> Result<usize> {
        self.index.len(&self.store, &self.calibration)
    }

    /// The likest voices, with their exact ratios.
    ///
    /// # Errors
    /// `store_*`.
    pub fn likest(&self, vector: &[f32]) -> Result<Vec<(f64, String)>> {
        let print = self.calibration.print(vector, Side { seconds: 20.0, narrow: false });
        let found = self.index.likest(&self.store, &self.calibration, &print, true)?;
        Ok(found.into_iter().map(|(score, enrolled)| (score, enrolled.id.as_str().to_owned())).collect())
    }
}

/// The voiceprint of each recording, as an enrollment would have it; none where there is too little speech.
///
/// # Errors
/// A recording or a model that cannot be read.
pub fn voiceprints(paths: &[PathBuf], model: Option<&Path>) -> Result<Vec<Option<Vec<f32>>>> {
    let engine = Choice::new(model, None)?.load()?;
    let control = Control::new();
    let voiceprint = |path: &PathBuf| {
        let analysis = audio::analyze(&Recording::from_path(path), &Limits::default(), &control, true)?;
        if analysis.inspection.speech_seconds < rules::LEAST_SPEECH_SECONDS {
            return Ok(None);
        }
        engine.voiceprint(&analysis.best_speech(rules::ENGINE_SECONDS, &control)?, &control).map(Some)
    };
    paths.iter().map(voiceprint).collect()
}
