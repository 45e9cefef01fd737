//! The result of a verification.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::inspection::Problem;
use super::speaker_id::SpeakerId;

/// The outcome of a verification. There will be no other variants.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "__bridge", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum), uniffi::export(Display))]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    /// The same person, at the requested false-accept rate.
    Match,
    /// The evidence is not sufficient: ask for more speech, or for other evidence.
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
    /// The speaker that the recording was compared with.
    pub speaker_id: SpeakerId,
    /// The decision.
    pub decision: Decision,
    /// Posterior probability of this speaker, 0 to 1, at a prior of 0.5; none if there is too little speech.
    pub confidence: Option<f64>,
    /// Log-likelihood ratio of this speaker to another, natural logarithm; none if there is too little speech.
    pub llr: Option<f64>,
    /// The `llr` from which the decision is a match, at the requested false-accept rate.
    pub match_llr: f64,
    /// The `llr` below which the decision is no match.
    pub no_match_llr: f64,
    /// Cosine of the two voiceprints, -1 to 1; none if there is too little speech.
    pub score: Option<f64>,
    /// Seconds of speech in the recording.
    pub speech_seconds: f64,
    /// The problems of the recording, the most severe first.
    pub problems: Vec<Problem>,
}
