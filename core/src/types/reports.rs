//! What a check of a store, and putting a backup back, have found.

use crate::SpeakerId;

/// What a check of a store has found.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
pub struct CheckReport {
    /// How many speakers were looked at.
    pub speakers: u64,
    /// How many recordings of them.
    pub recordings: u64,
    /// What is wrong, in words, at most a hundred times; empty for a store that is whole.
    pub faults: Vec<String>,
}

/// What came of putting a backup back.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
pub struct Restored {
    /// How many speakers are enrolled now.
    pub speakers: u64,
    /// Who was in the backup and had been deleted since: they were erased again.
    pub erased: Vec<SpeakerId>,
    /// Whether it is known who had been deleted since. It is not where the store that was replaced could not be read: then
    /// delete them again, by your own records.
    pub deletions_known: bool,
    /// Where the store is now that was replaced. Delete it once it is not needed.
    pub aside: Option<std::path::PathBuf>,
}
