//! Whether two voices are one person's, said in words.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::inspection::Problem;
use super::speaker_id::SpeakerId;

/// What a comparison of two voices comes to. These four are all there will be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "__bridge", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum), uniffi::export(Display))]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    /// The same person, at the false-accept rate that was asked for.
    Match,
    /// The voices neither agree nor differ enough: ask for more speech, or for other proof.
    Undecided,
    /// Another person.
    NoMatch,
    /// Too little speech to compare.
    TooLittleSpeech,
}

impl Decision {
    /// The decision as text, as in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Decision::Match => "match",
            Decision::Undecided => "undecided",
            Decision::NoMatch => "no_match",
            Decision::TooLittleSpeech => "too_little_speech",
        }
    }
}

impl fmt::Display for Decision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// Whether a recording is of an enrolled speaker.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "__bridge", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[non_exhaustive]
pub struct Verification {
    /// The speaker it was held against.
    pub speaker_id: SpeakerId,
    /// What it comes to.
    pub decision: Decision,
    /// The chance that it is this person, 0 to 1, if that was as likely as not beforehand; none where there is too
    /// little speech.
    pub confidence: Option<f64>,
    /// How much likelier the recording is from this person than from another, as a natural
    /// logarithm; none where there is too little speech.
    pub llr: Option<f64>,
    /// The `llr` from which on it is a match, at the false-accept rate asked for.
    pub match_llr: f64,
    /// The `llr` below which it is no match.
    pub no_match_llr: f64,
    /// Cosine of the two voiceprints, -1 to 1; none where there is too little speech.
    pub score: Option<f64>,
    /// Seconds of speech in the recording.
    pub speech_seconds: f64,
    /// What is wrong with the recording, the worst first.
    pub problems: Vec<Problem>,
}
