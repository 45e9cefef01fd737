//! The measurements of a recording, and its problems.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::speaker_id::SpeakerId;

/// The measurements of a recording, and its problems.
///
/// Seconds, dB and ratios are plain numbers; a value that could not be measured is `None`, and
/// `null` in JSON. It contains nothing from which the voice could be reconstructed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "__bridge", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[non_exhaustive]
pub struct Inspection {
    /// The container: `mp3`, `mp4`, `m4a`, `mov`, `3gp`, `adts`, `wav`, `aiff`,
    /// `flac`, `ogg`, `webm`, `matroska`, `w64`, `caf`, `au`, `avi`, `gsm` or `amr`.
    pub container: String,
    /// The codec: `mp3`, `aac`, `opus`, `vorbis`, `flac`, `alac`, `pcm_s16le`,
    /// `pcm_mulaw`, `adpcm_ms` and so on.
    pub codec: String,
    /// Number of channels. They are mixed before the analysis.
    pub channels: u32,
    /// Samples per second after decoding. Of HE-AAC only the core is decoded, at half the nominal rate.
    pub sample_rate: u32,
    /// The highest frequency with speech, in Hz, at most 8000; none without speech.
    pub bandwidth_hz: Option<f64>,
    /// Decoded duration in seconds.
    pub duration: f64,
    /// Seconds of speech, in steps of 16 ms. A pause under 300 ms inside speech counts as speech, and so does babble.
    pub speech_seconds: f64,
    /// Longest stretch without speech in seconds, including the start and the end.
    pub longest_pause: f64,
    /// RMS level of the speech (of everything, where there is none) in the loudest channel, in
    /// dB relative to a full-scale square wave; none for digital silence.
    pub level_dbfs: Option<f64>,
    /// Largest sample of any channel, in dB relative to full scale; none for digital silence.
    pub peak_dbfs: Option<f64>,
    /// Share of clipped samples, 0 to 1, in the worst channel.
    pub clipped_ratio: f64,
    /// Signal-to-noise ratio in dB: speech level over the noise level where the VAD finds no speech.
    pub snr_db: Option<f64>,
    /// SNR in dB estimated from the amplitude distribution alone (WADA).
    pub snr_blind_db: Option<f64>,
    /// Mean of the samples, -1 to 1, in the worst channel: 0 unless the recorder has a fault.
    pub dc_offset: f64,
    /// Samples of a float recording that are not finite numbers; they count as 0.
    pub nonfinite_samples: u64,
    /// Size of the recording in base64, as RingCentral's API sends it.
    pub base64_bytes: u64,
    /// Number of speakers, estimated from 60 s of speech; none with under 1 s of speech, or with a network of your own.
    pub speakers: Option<u32>,
    /// The problems of the recording, the most severe first; empty for a good one.
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

/// A problem of a recording: the measured value, the limit, and advice.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "__bridge", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[non_exhaustive]
pub struct Problem {
    /// Which problem.
    pub code: ProblemCode,
    /// The severity.
    pub severity: Severity,
    /// The measured value, in the unit of the [`ProblemCode`]; none if nothing is measured.
    pub measured: Option<f64>,
    /// The limit, in the same unit.
    pub limit: Option<f64>,
    /// The speaker with the same voice, for `duplicate_voice`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub speaker_id: Option<SpeakerId>,
    /// What to do, in one sentence.
    pub advice: String,
}

/// The severity of a [`Problem`], most severe first. There will be no other variants.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "__bridge", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// The recording is not enrolled.
    Refuse,
    /// It is enrolled, but decisions will be less reliable.
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
    /// No speech was detected. Measured: speech seconds.
    NoSpeech,
    /// Too little speech. Measured: speech seconds.
    TooShort,
    /// Longer than RingCentral's guide recommends. Measured: seconds.
    TooLong,
    /// Larger than a server accepts. Measured: bytes in base64.
    TooLarge,
    /// Much of the recording is silence. Measured: share of speech, 0 to 1.
    MostlySilence,
    /// The noise is loud. Measured: signal-to-noise ratio in dB.
    Noisy,
    /// The recording level was too high. Measured: share of clipped samples, 0 to 1.
    Clipped,
    /// The recording level was too low. Measured: dBFS.
    TooQuiet,
    /// The recording has telephone bandwidth. Measured: Hz.
    NarrowBand,
    /// The declared encoding, or the file extension, contradicts the bytes. Nothing measured.
    EncodingMismatch,
    /// Parts could not be decoded, or the end is missing. Measured: skipped packets; none if the end is missing.
    Damaged,
    /// The samples have a DC offset. Measured: offset, -1 to 1.
    DcOffset,
    /// Some samples are not finite numbers. Measured: their number.
    NonfiniteSamples,
    /// More than one person speaks. Measured: share of the speech that is not of the main speaker.
    SecondVoice,
    /// The voice differs from the enrolled one. Measured: log-likelihood ratio of the same to different speakers.
    DifferentVoice,
    /// The voice is enrolled under another id. Measured: the same ratio.
    DuplicateVoice,
    /// This speech is already enrolled, or the recording repeats itself. Measured: share of its speech.
    Repeated,
    /// There are several audio tracks. Measured: their number.
    SeveralTracks,
    /// The channels contain the same audio, although each should be one speaker. Nothing measured.
    SameChannels,
    /// A code that a newer server reports and this version does not know.
    #[serde(other)]
    Other,
}

impl ProblemCode {
    /// All codes of this version.
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
