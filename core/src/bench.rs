//! Internals for the benchmarks. Not part of the public API: it may change at any time.

mod tune;

use std::path::{Path, PathBuf};

pub use tune::{cluster, listen};

pub use crate::audio::speech_probabilities;

use crate::audio;
use crate::calibration::{Calibration, Side};
use crate::models::Choice;
use crate::rules;
use crate::store::Sqlite;
use crate::store::index::Index;
use crate::types::error::{Code, Error, Result};
use crate::voice::Engine;
use crate::{CallOptions, Limits, Recording};

/// The output of the network in a file for the test signal by which known networks are recognised.
///
/// # Errors
/// `model_invalid`, `io_failed`.
pub fn answer(path: &Path) -> Result<Vec<f32>> {
    Choice::new(Some(path), None)?.load()?.answer()
}

/// The search index of a store.
pub struct Search {
    store: Sqlite,
    index: Index,
    calibration: Calibration,
}

impl Search {
    /// Opens a store and loads the voiceprints of the built-in model.
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

    /// The number of speakers.
    ///
    /// # Errors
    /// `store_*`.
    pub fn voices(&self) -> Result<usize> {
        self.index.len(&self.store, &self.calibration)
    }

    /// The nearest voices, with their exact LLRs.
    ///
    /// # Errors
    /// `store_*`.
    pub fn nearest(&self, vector: &[f32]) -> Result<Vec<(f64, String)>> {
        let print = self.calibration.print(vector, Side { seconds: 20.0, narrow: false });
        let found = self.index.nearest(&self.store, &self.calibration, &print, true)?;
        Ok(found.into_iter().map(|(score, enrolled)| (score, enrolled.id.as_str().to_owned())).collect())
    }
}

/// The voiceprint of each recording, as an enrollment would have it; none if there is too little speech.
///
/// # Errors
/// A recording or a model that cannot be read.
pub fn voiceprints(paths: &[PathBuf], model: Option<&Path>) -> Result<Vec<Option<Vec<f32>>>> {
    let engine = Choice::new(model, None)?.load()?;
    let control = CallOptions::new();
    let voiceprint = |path: &PathBuf| {
        let analysis = audio::analyze(&Recording::from_path(path), &Limits::default(), &control, true)?;
        if analysis.inspection.speech_seconds < rules::LEAST_SPEECH_SECONDS {
            return Ok(None);
        }
        engine.voiceprint(&analysis.best_speech(rules::ENGINE_SECONDS, &control)?, &control).map(Some)
    };
    paths.iter().map(voiceprint).collect()
}
