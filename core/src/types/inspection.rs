//! What was measured in a recording, and what that means for enrolling it.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::speaker_id::SpeakerId;

/// What was measured in a recording, and the problems found in it.
///
/// Seconds, dB and ratios are plain numbers; a value that could not be measured is `None`, and
/// `null` in JSON. Nothing in here can be turned back into a voice.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "__bridge", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[non_exhaustive]
pub struct Inspection {
    /// What the bytes are stored in: `mp3`, `mp4`, `m4a`, `mov`, `3gp`, `adts`, `wav`, `aiff`,
    /// `flac`, `ogg`, `webm`, `matroska`, `w64`, `caf`, `au`, `avi`, `gsm` or `amr`.
    pub container: String,
    /// How the sound is coded: `mp3`, `aac`, `opus`, `vorbis`, `flac`, `alac`, `pcm_s16le`,
    /// `pcm_mulaw`, `adpcm_ms` and so on.
    pub codec: String,
    /// Number of channels. They are averaged before listening.
    pub channels: u32,
    /// Samples a second, as decoded. HE-AAC is read as its core, at half the nominal rate.
    pub sample_rate: u32,
    /// The highest frequency that carries voice, in Hz, at most 8000; none without speech.
    pub bandwidth_hz: Option<f64>,
    /// Length of what could be decoded, in seconds.
    pub duration: f64,
    /// Seconds of speech, in steps of 16 ms. A pause under 300 ms inside speech counts as speech,
    /// and so do many voices at once.
    pub speech_seconds: f64,
    /// Longest stretch without speech, in seconds, at the start and the end too.
    pub longest_pause: f64,
    /// RMS level of the speech (of everything, where there is none) in the loudest channel, in
    /// dB relative to a full-scale square wave; none for digital silence.
    pub level_dbfs: Option<f64>,
    /// Largest sample of any channel, in dB relative to full scale; none for digital silence.
    pub peak_dbfs: Option<f64>,
    /// Share of samples cut off at a level, 0 to 1, in the worst channel.
    pub clipped_ratio: f64,
    /// Speech level over noise level in dB, from where the speech detector hears no voice.
    pub snr_db: Option<f64>,
    /// The same from the distribution of amplitudes alone (WADA), as a second opinion.
    pub snr_blind_db: Option<f64>,
    /// Mean of the samples, -1 to 1, in the worst channel: 0 unless the recorder has a fault.
    pub dc_offset: f64,
    /// Samples of a float recording that were no number; they count as 0.
    pub nonfinite_samples: u64,
    /// Size of the recording in base64, as the old contract sends it.
    pub base64_bytes: u64,
    /// How many people speak in it, by 60 s of its speech; none with under 1 s of speech, or with a
    /// network of your own.
    pub speakers: Option<u32>,
    /// What is wrong with the recording, the worst first; empty for a good one.
    pub problems: Vec<Problem>,
}

impl Inspection {
    /// Whether the recording would be accepted for enrollment.
    pub fn accepted(&self) -> bool {
        !self.problems.iter().any(|problem| problem.severity == Severity::Refuse)
    }

    /// The problem with this code, if it was found.
    pub fn problem(&self, code: ProblemCode) -> Option<&Problem> {
        self.problems.iter().find(|problem| problem.code == code)
    }
}

/// One thing that is wrong with a recording: what was measured, where the limit is, what to do.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "__bridge", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[non_exhaustive]
pub struct Problem {
    /// Which problem.
    pub code: ProblemCode,
    /// How bad it is.
    pub severity: Severity,
    /// The measured value, in the unit that [`ProblemCode`] gives; none where nothing is measured.
    pub measured: Option<f64>,
    /// The limit it was held against, in the same unit.
    pub limit: Option<f64>,
    /// Whose voice it is, where that is the problem.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub speaker_id: Option<SpeakerId>,
    /// What to do about it, in one sentence.
    pub advice: String,
}

/// How bad a [`Problem`] is, in the order from worst to mildest. These three are all there will be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "__bridge", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// The recording is not enrolled.
    Refuse,
    /// It is enrolled, but recognition will suffer.
    Warn,
    /// Good to know.
    Note,
}

/// The stable codes of [`Problem`]s, in snake case in JSON. More may come: match with a wildcard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "__bridge", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ProblemCode {
    /// No speech was heard. Measured: speech seconds.
    NoSpeech,
    /// Too little speech. Measured: speech seconds.
    TooShort,
    /// Longer than the old contract advises. Measured: seconds.
    TooLong,
    /// Larger than the old contract carries. Measured: bytes in base64.
    TooLarge,
    /// Much of the recording is silence. Measured: share of speech, 0 to 1.
    MostlySilence,
    /// The noise is loud. Measured: signal-to-noise ratio in dB.
    Noisy,
    /// The recording level was too high. Measured: share of clipped samples, 0 to 1.
    Clipped,
    /// The recording level was too low. Measured: dBFS.
    TooQuiet,
    /// Only the telephone band carries voice. Measured: Hz.
    NarrowBand,
    /// The declared encoding, or the file name, is not what the bytes are. Nothing measured.
    EncodingMismatch,
    /// Parts could not be decoded, or the end is missing. Measured: packets left out; none where the end is missing.
    Damaged,
    /// The samples do not swing about 0. Measured: offset, -1 to 1.
    DcOffset,
    /// Some samples are no number. Measured: how many.
    NonfiniteSamples,
    /// More than one person speaks. Measured: share of the speech that is not the first voice's.
    SecondVoice,
    /// Not the voice that is enrolled. Measured: log-likelihood ratio of one person to two.
    DifferentVoice,
    /// The voice is on the roll under another id. Measured: the same ratio.
    DuplicateVoice,
    /// This speech was enrolled before, or the recording repeats itself. Measured: share of its speech.
    Repeated,
    /// There are several audio tracks. Measured: how many.
    SeveralTracks,
    /// The channels hold the same sound, where each was to be one speaker. Nothing measured.
    SameChannels,
    /// Something that a newer server knows and this version does not.
    #[serde(other)]
    Other,
}

impl ProblemCode {
    /// Every code that this version gives.
    pub const ALL: [ProblemCode; 19] = [
        ProblemCode::NoSpeech,
        ProblemCode::TooShort,
        ProblemCode::TooLong,
        ProblemCode::TooLarge,
        ProblemCode::MostlySilence,
        ProblemCode::Noisy,
        ProblemCode::Clipped,
        ProblemCode::TooQuiet,
        ProblemCode::NarrowBand,
        ProblemCode::EncodingMismatch,
        ProblemCode::Damaged,
        ProblemCode::DcOffset,
        ProblemCode::NonfiniteSamples,
        ProblemCode::SecondVoice,
        ProblemCode::DifferentVoice,
        ProblemCode::DuplicateVoice,
        ProblemCode::Repeated,
        ProblemCode::SeveralTracks,
        ProblemCode::SameChannels,
    ];

    /// The code as text, as in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            ProblemCode::NoSpeech => "no_speech",
            ProblemCode::TooShort => "too_short",
            ProblemCode::TooLong => "too_long",
            ProblemCode::TooLarge => "too_large",
            ProblemCode::MostlySilence => "mostly_silence",
            ProblemCode::Noisy => "noisy",
            ProblemCode::Clipped => "clipped",
            ProblemCode::TooQuiet => "too_quiet",
            ProblemCode::NarrowBand => "narrow_band",
            ProblemCode::EncodingMismatch => "encoding_mismatch",
            ProblemCode::Damaged => "damaged",
            ProblemCode::DcOffset => "dc_offset",
            ProblemCode::NonfiniteSamples => "nonfinite_samples",
            ProblemCode::SecondVoice => "second_voice",
            ProblemCode::DifferentVoice => "different_voice",
            ProblemCode::DuplicateVoice => "duplicate_voice",
            ProblemCode::Repeated => "repeated",
            ProblemCode::SeveralTracks => "several_tracks",
            ProblemCode::SameChannels => "same_channels",
            ProblemCode::Other => "other",
        }
    }
}

impl fmt::Display for ProblemCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
