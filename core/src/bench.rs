//! What the benchmarks need of the inside. No part of the interface: it may change at any time.

use std::path::Path;

pub use crate::diarize::tune::{cluster, listen};

use crate::error::Result;
use crate::store::Sqlite;
use crate::voice::index::Index;

/// The voices of a store, searched without listening to anything.
pub struct Search {
    store: Sqlite,
    index: Index,
    model: String,
}

impl Search {
    /// Opens a store and loads the voices enrolled with a model.
    ///
    /// # Errors
    /// `store_*`.
    pub fn open(path: &Path, model: &str) -> Result<Self> {
        let search = Self {
            store: Sqlite::open(path, crate::store::Access::Create)?,
            index: Index::default(),
            model: model.to_owned(),
        };
        search.voices()?;
        Ok(search)
    }

    /// How many voices there are.
    ///
    /// # Errors
    /// `store_*`.
    pub fn voices(&self) -> Result<usize> {
        self.index.len(&self.store, &self.model)
    }

    /// The likest voices, with their exact cosines.
    ///
    /// # Errors
    /// `store_*`.
    pub fn likest(&self, vector: &[f32]) -> Result<Vec<(f64, String)>> {
        let found = self.index.likest(&self.store, &self.model, vector, true)?;
        Ok(found.into_iter().map(|(score, enrolled)| (score, enrolled.id.as_str().to_owned())).collect())
    }
}
