//! Who speaks when: the results and options of `diarize` and `identify`.

use std::ops::RangeInclusive;

use serde::{Deserialize, Serialize};

use super::error::{Code, Error, Result};
use super::inspection::Problem;
use super::speaker_id::SpeakerId;

/// Speakers that may be asked for.
const SPEAKERS: RangeInclusive<u32> = 1..=20;

/// A stretch of a recording in which one person speaks.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "__bridge", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[non_exhaustive]
pub struct Segment {
    /// Start in seconds from the start of the recording.
    pub start: f64,
    /// End in seconds.
    pub end: f64,
    /// The speaker. [`diarize`](crate::Registry::diarize) labels unknown speakers `speaker_1`, `speaker_2` and so on;
    /// for [`identify`](crate::Registry::identify) they have no id.
    pub speaker_id: Option<SpeakerId>,
    /// Confidence in the speaker, 0 to 1.
    pub confidence: f64,
    /// Whether `speaker_id` is an enrolled speaker.
    pub enrolled: bool,
    /// The channel, from 1, if each channel is one speaker.
    pub channel: Option<u32>,
}

/// Who speaks when in a recording.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "__bridge", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[non_exhaustive]
pub struct Diarization {
    /// Length of the recording in seconds.
    pub duration: f64,
    /// How many people speak.
    pub speakers: u32,
    /// The segments, sorted by start. They overlap only if each channel is one speaker.
    pub segments: Vec<Segment>,
    /// Problems of the recording for diarization.
    #[serde(default)]
    pub problems: Vec<Problem>,
}

/// The segments of a recording in which enrolled speakers speak, and those of others.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "__bridge", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[non_exhaustive]
pub struct Identification {
    /// Length of the recording in seconds.
    pub duration: f64,
    /// The number of speakers, enrolled or not.
    pub speakers: u32,
    /// All segments, sorted by start, including those of unknown speakers.
    pub segments: Vec<Segment>,
}

/// The enrolled speakers to search for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Candidates {
    /// Nobody.
    Nobody,
    /// Every speaker with a complete enrollment.
    #[default]
    All,
    /// These speakers, whose enrollments must be complete.
    These(Vec<SpeakerId>),
}

impl Candidates {
    /// Whether there is anybody to look for.
    pub(crate) fn check(&self) -> Result<()> {
        if *self == Self::Nobody || *self == Self::These(Vec::new()) {
            return Err(invalid(
                "the list of speakers is empty; name at least one, or search for all speakers with complete enrollments",
            ));
        }
        Ok(())
    }
}

fn invalid(sentence: impl Into<String>) -> Error {
    Error::new(Code::InvalidOption, sentence)
}

impl From<Vec<SpeakerId>> for Candidates {
    fn from(ids: Vec<SpeakerId>) -> Self {
        Self::These(ids)
    }
}

impl<const N: usize> From<[SpeakerId; N]> for Candidates {
    fn from(ids: [SpeakerId; N]) -> Self {
        Self::These(ids.into())
    }
}

impl FromIterator<SpeakerId> for Candidates {
    fn from_iter<I: IntoIterator<Item = SpeakerId>>(ids: I) -> Self {
        Self::These(ids.into_iter().collect())
    }
}

/// Options of a diarization.
///
/// ```
/// use voiceroll::{Candidates, DiarizeOptions};
///
/// let options = DiarizeOptions::new().speakers(2).known(Candidates::All);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct DiarizeOptions {
    /// The number of speakers, 1 to 20, if known. Default: unknown.
    pub speakers: Option<u32>,
    /// The enrolled speakers to search for. Default: none.
    pub known: Candidates,
    /// Whether each channel of the recording (2 to 8 channels) is one speaker; an unknown speaker on channel 2 is then
    /// `speaker_2`. Default: false, all channels are mixed.
    pub per_channel: bool,
}

impl Default for DiarizeOptions {
    fn default() -> Self {
        Self { speakers: None, known: Candidates::Nobody, per_channel: false }
    }
}

impl DiarizeOptions {
    /// The defaults.
    pub fn new() -> Self {
        Self::default()
    }

    /// The number of speakers, 1 to 20.
    pub fn speakers(mut self, count: u32) -> Self {
        self.speakers = Some(count);
        self
    }

    /// The enrolled speakers to search for.
    pub fn known(mut self, known: impl Into<Candidates>) -> Self {
        self.known = known.into();
        self
    }

    /// Whether each channel is one speaker.
    pub fn per_channel(mut self, per_channel: bool) -> Self {
        self.per_channel = per_channel;
        self
    }

    /// Whether a conversation can be taken apart so.
    pub(crate) fn check(&self) -> Result<()> {
        if let Some(count) = self.speakers.filter(|count| !SPEAKERS.contains(count)) {
            return Err(invalid(format!(
                "`speakers` is {count} and must be {} to {}; omit it to have the speakers counted",
                SPEAKERS.start(),
                SPEAKERS.end()
            )));
        }
        if self.per_channel && self.speakers.is_some() {
            return Err(invalid(
                "`speakers` cannot be combined with `per_channel`, where each channel is one speaker; omit one of the two",
            ));
        }
        Ok(())
    }
}
