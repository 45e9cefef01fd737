//! Sessions on sound that is still coming: what is sent, and what comes back.

use serde::{Deserialize, Serialize};

use super::diarization::Segment;
use super::error::{Code, Error, Result};
use super::inspection::{Problem, ProblemCode};
use super::recording::Coding;
use super::speaker_id::SpeakerId;

/// Sample rates of a session, in Hz, and channels.
const RATES: std::ops::RangeInclusive<u32> = 4_000..=192_000;
const CHANNELS: std::ops::RangeInclusive<u16> = 1..=8;

/// What the bytes of a live session are.
///
/// ```
/// use voiceroll::LiveFormat;
///
/// let microphone = LiveFormat::i16(48_000, 1)?;
/// assert!(LiveFormat::f32(48_000, 9).is_err());
/// # Ok::<(), voiceroll::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LiveFormat(pub(crate) Stream);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stream {
    Samples { coding: Coding, channels: u16, rate: u32 },
    Container,
}

impl LiveFormat {
    /// Samples of 16 bits, little-endian, channels interleaved: 4,000 to 192,000 Hz, 1 to 8 channels, which are mixed.
    ///
    /// # Errors
    /// `invalid_option` for another rate or number of channels.
    pub fn i16(sample_rate: u32, channels: u16) -> Result<Self> {
        Self::samples(Coding::I16, sample_rate, channels)
    }

    /// The same with floating-point samples of 32 bits, -1 to 1.
    ///
    /// # Errors
    /// As for [`i16`](Self::i16).
    pub fn f32(sample_rate: u32, channels: u16) -> Result<Self> {
        Self::samples(Coding::F32, sample_rate, channels)
    }

    /// A recording as a browser, a telephone system or another program writes it: WAV, WebM, Matroska, Ogg, MP3 or AAC
    /// (ADTS), detected from its first bytes. Other formats are refused by the first pushes with `recording_unsupported`.
    pub fn container() -> Self {
        Self(Stream::Container)
    }

    fn samples(coding: Coding, rate: u32, channels: u16) -> Result<Self> {
        if !RATES.contains(&rate) {
            return Err(Error::new(
                Code::InvalidOption,
                format!("the sample rate is {rate} Hz and must be {} to {}", RATES.start(), RATES.end()),
            ));
        }
        if !CHANNELS.contains(&channels) {
            return Err(Error::new(
                Code::InvalidOption,
                format!("the number of channels is {channels} and must be {} to {}", CHANNELS.start(), CHANNELS.end()),
            ));
        }
        Ok(Self(Stream::Samples { coding, channels, rate }))
    }
}

/// How an enrollment goes while somebody speaks. Everything is about the sound so far.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "__bridge", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct LiveStatus {
    /// Seconds of sound.
    pub duration: f64,
    /// Seconds of speech.
    pub speech_seconds: f64,
    /// Seconds of speech that are still missing for a complete enrollment, with what was enrolled before; 0 if none.
    pub missing_seconds: f64,
    /// Whether somebody speaks now.
    pub speaking: bool,
    /// The level of the last 0.4 s, in dBFS; none for digital silence.
    pub momentary_dbfs: Option<f64>,
    /// The level of the speech, in dBFS.
    pub level_dbfs: Option<f64>,
    /// The largest sample, in dB relative to full scale; none for digital silence.
    pub peak_dbfs: Option<f64>,
    /// Share of clipped samples, 0 to 1, in the worst channel.
    pub clipped_ratio: f64,
    /// Signal-to-noise ratio in dB; none as long as it cannot be measured.
    pub snr_db: Option<f64>,
    /// Number of speakers; none with little speech, or with a network of your own.
    pub speakers: Option<u32>,
    /// The problems as of now, the most severe first. They come and go with what is said.
    pub problems: Vec<Problem>,
}

impl LiveStatus {
    /// The problem with this code, if there is one now.
    pub fn problem(&self, code: ProblemCode) -> Option<&Problem> {
        self.problems.iter().find(|problem| problem.code == code)
    }
}

/// Who speaks now.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "__bridge", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct LiveSpeaker {
    /// Since when, in seconds from the start of the session.
    pub start: f64,
    /// The enrolled speaker; none for somebody who is not known, or not known yet.
    pub speaker_id: Option<SpeakerId>,
    /// Confidence in this answer, 0 to 1.
    pub confidence: f64,
    /// Whether enough was heard of the voice: somebody who is named, or who spoke for 3 s without being named.
    pub decided: bool,
}

/// Who speaks in a stream, as far as it can be said now.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "__bridge", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct LiveUpdate {
    /// Seconds of sound.
    pub duration: f64,
    /// Seconds of speech.
    pub speech_seconds: f64,
    /// The level of the last 0.4 s, in dBFS; none for digital silence.
    pub momentary_dbfs: Option<f64>,
    /// Who speaks now; none in a pause, and in the first second and a half of somebody.
    pub speaker: Option<LiveSpeaker>,
    /// Segments that are new or were corrected since the last update. They take the place of all earlier ones that start
    /// at `segments[0].start` or later.
    pub segments: Vec<Segment>,
}
