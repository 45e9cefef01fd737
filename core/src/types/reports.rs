//! Results of checking a store and of restoring a backup.

use crate::SpeakerId;

/// The most faults that a report holds: a damaged file may have any number.
pub(crate) const MOST_FAULTS: usize = 100;

/// The result of checking a store.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "__bridge", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[non_exhaustive]
pub struct CheckReport {
    /// How many speakers were looked at.
    pub speakers: u64,
    /// How many recordings of them.
    pub recordings: u64,
    /// The faults, in words, 100 at most; empty for an intact store.
    pub faults: Vec<String>,
}

impl CheckReport {
    /// Adds a fault, if there is room.
    pub(crate) fn fault(&mut self, fault: String) {
        if self.faults.len() < MOST_FAULTS {
            self.faults.push(fault);
        }
    }
}

/// The result of restoring a backup.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "__bridge", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
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
