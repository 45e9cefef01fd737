//! Who speaks when: the results of `diarize` and `identify`, and what they may be asked.

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
    /// Where it starts, in seconds from the start of the recording.
    pub start: f64,
    /// Where it ends.
    pub end: f64,
    /// Who speaks. [`diarize`](crate::Registry::diarize) calls voices that it does not name
    /// `speaker_1`, `speaker_2` and so on; [`identify`](crate::Registry::identify) leaves them out.
    pub speaker_id: Option<SpeakerId>,
    /// How sure that is, 0 to 1.
    pub confidence: f64,
    /// Whether `speaker_id` is an enrolled speaker.
    pub enrolled: bool,
    /// Which channel, from 1, where each channel is one speaker.
    pub channel: Option<u32>,
}

/// Who speaks when in a recording, one at a time.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "__bridge", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[non_exhaustive]
pub struct Diarization {
    /// Length of the recording in seconds.
    pub duration: f64,
    /// How many people speak.
    pub speakers: u32,
    /// Their turns, in the order of their starts. They overlap only where each channel is one speaker.
    pub segments: Vec<Segment>,
    /// What is wrong with the recording for this purpose.
    #[serde(default)]
    pub problems: Vec<Problem>,
}

/// Where in a recording enrolled speakers speak, and where others do.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "__bridge", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[non_exhaustive]
pub struct Identification {
    /// Length of the recording in seconds.
    pub duration: f64,
    /// How many people speak, enrolled or not.
    pub speakers: u32,
    /// All turns, in the order of their starts, those of unknown voices too.
    pub segments: Vec<Segment>,
}

/// Who of the roll may be named.
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
            return Err(invalid("no speaker was named; name at least one, or search for all complete ones"));
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

/// How a conversation is taken apart.
///
/// ```
/// use voiceroll::{Candidates, DiarizeOptions};
///
/// let options = DiarizeOptions::new().speakers(2).known(Candidates::All);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct DiarizeOptions {
    /// How many people speak, 1 to 20, where that is known. Default: not known.
    pub speakers: Option<u32>,
    /// Who of the roll is named. Default: nobody.
    pub known: Candidates,
    /// Whether each channel of the recording, 2 to 8 of them, is one speaker: `speaker_2`, where
    /// nobody is named, is who speaks on the second. Default: no, all channels are mixed.
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

    /// How many people speak, 1 to 20.
    pub fn speakers(mut self, count: u32) -> Self {
        self.speakers = Some(count);
        self
    }

    /// Who of the roll is named.
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
                "`speakers` must be {} to {}, not {count}; leave it out to have the speakers counted",
                SPEAKERS.start(),
                SPEAKERS.end()
            )));
        }
        if self.per_channel && self.speakers.is_some() {
            return Err(invalid("with `per_channel` each channel is one speaker; leave `speakers` out"));
        }
        Ok(())
    }
}
