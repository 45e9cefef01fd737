//! A recording to read: bytes or a file, with the declared encoding.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::Arc;

use bytes::Bytes;

use super::error::{Code, Error, Result};

/// A recording: bytes in memory or a path, with an optional declared [`Encoding`].
///
/// Nothing is read until it is inspected or enrolled. The format is detected from the bytes; a declared encoding that
/// contradicts them is ignored and reported as a problem.
///
/// ```
/// use voiceroll::{Encoding, Recording};
///
/// let from_disk = Recording::from_path("call.mp3");
/// let uploaded = Recording::from_bytes(vec![0u8; 4]).encoding(Encoding::Webm);
/// ```
#[derive(Clone)]
pub struct Recording {
    pub(crate) data: Data,
    pub(crate) declared: Option<Encoding>,
    pub(crate) track: Option<u32>,
}

#[derive(Clone)]
pub(crate) enum Data {
    Bytes(Bytes),
    Path(PathBuf),
    /// What is still being recorded.
    Growing(Arc<dyn Growing>),
}

/// Bytes that are still coming.
pub(crate) trait Growing: Send + Sync {
    /// Copies bytes from `at` on, at least one: it waits for that. Returns 0 at the end.
    fn read_at(&self, at: u64, buf: &mut [u8]) -> io::Result<usize>;
}

/// How samples are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Coding {
    I16,
    F32,
}

impl Coding {
    /// Bytes of a sample.
    pub(crate) fn bytes(self) -> u16 {
        match self {
            Coding::I16 => 2,
            Coding::F32 => 4,
        }
    }
}

/// Bytes of the header of a WAV file.
pub(crate) const WAV_HEAD: usize = 44;

/// The header of a WAV file with so many bytes of samples. A size that does not fit is written as the maximum: the reader
/// continues to the end.
pub(crate) fn wav_head(coding: Coding, channels: u16, sample_rate: u32, length: usize) -> [u8; WAV_HEAD] {
    let tag: u16 = match coding {
        Coding::I16 => 1,
        Coding::F32 => 3,
    };
    let bytes = coding.bytes();
    let frame = bytes.saturating_mul(channels);
    let told = u32::try_from(length).unwrap_or(u32::MAX);
    let mut head = [0; WAV_HEAD];
    let mut at = 0;
    let mut put = |field: &[u8]| {
        head[at..at + field.len()].copy_from_slice(field);
        at += field.len();
    };
    put(b"RIFF");
    put(&told.saturating_add(36).to_le_bytes());
    put(b"WAVEfmt ");
    put(&16u32.to_le_bytes());
    put(&tag.to_le_bytes());
    put(&channels.to_le_bytes());
    put(&sample_rate.to_le_bytes());
    put(&sample_rate.saturating_mul(u32::from(frame)).to_le_bytes());
    put(&frame.to_le_bytes());
    put(&(bytes * 8).to_le_bytes());
    put(b"data");
    put(&told.to_le_bytes());
    head
}

impl Recording {
    /// A recording in memory. A `Vec<u8>` is moved, not copied.
    pub fn from_bytes(bytes: impl Into<Bytes>) -> Self {
        Self { data: Data::Bytes(bytes.into()), declared: None, track: None }
    }

    /// A recording in a file, which is read in blocks.
    pub fn from_path(path: impl Into<PathBuf>) -> Self {
        Self { data: Data::Path(path.into()), declared: None, track: None }
    }

    /// A recording from samples of -1 to 1, for example from a microphone; channels are interleaved.
    ///
    /// ```
    /// use voiceroll::{CallOptions, Limits, Recording};
    ///
    /// let hum: Vec<f32> = (0..32_000).map(|at| (at as f32 * 0.05).sin() * 0.1).collect();
    /// let recording = Recording::from_f32(&hum, 1, 16_000);
    /// let found = voiceroll::blocking::inspect(&recording, &Limits::default(), &CallOptions::new())?;
    /// assert_eq!((found.sample_rate, found.duration, found.accepted()), (16_000, 2.0, false));
    /// # Ok::<(), voiceroll::Error>(())
    /// ```
    pub fn from_f32(samples: &[f32], channels: u16, sample_rate: u32) -> Self {
        Self::wav(Coding::F32, channels, sample_rate, size_of_val(samples), |bytes| {
            bytes.as_chunks_mut().0.iter_mut().zip(samples).for_each(|(to, sample)| *to = sample.to_le_bytes());
        })
    }

    /// A recording from 16-bit samples; channels are interleaved.
    pub fn from_i16(samples: &[i16], channels: u16, sample_rate: u32) -> Self {
        Self::wav(Coding::I16, channels, sample_rate, size_of_val(samples), |bytes| {
            bytes.as_chunks_mut().0.iter_mut().zip(samples).for_each(|(to, sample)| *to = sample.to_le_bytes());
        })
    }

    /// Gives samples, which `fill` writes, the header of a WAV file, so that all recordings are read in one way.
    pub(crate) fn wav(
        coding: Coding,
        channels: u16,
        sample_rate: u32,
        length: usize,
        fill: impl FnOnce(&mut [u8]),
    ) -> Self {
        let mut wav = Vec::with_capacity(WAV_HEAD + length);
        wav.extend(wav_head(coding, channels, sample_rate, length));
        wav.resize(WAV_HEAD + length, 0);
        fill(&mut wav[WAV_HEAD..]);
        Self::from_bytes(wav)
    }

    /// Sets the encoding that the sender declared.
    pub fn encoding(mut self, declared: Encoding) -> Self {
        self.declared = Some(declared);
        self
    }

    /// Chooses the audio track of a file that has several, counted from 1. By default the first one with speech is
    /// used.
    pub fn track(mut self, number: u32) -> Self {
        self.track = Some(number);
        self
    }

    pub(crate) fn declared(&self) -> Option<Encoding> {
        self.declared
    }

    /// The file name's extension in lower case: a weaker hint than a declared encoding.
    pub(crate) fn extension(&self) -> Option<String> {
        match &self.data {
            Data::Path(path) => Some(path.extension()?.to_str()?.to_ascii_lowercase()),
            Data::Bytes(_) | Data::Growing(_) => None,
        }
    }
}

/// The size of the audio or the kind of source, never the audio itself nor the path, which may
/// hold a person's name.
impl fmt::Debug for Recording {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let source = match &self.data {
            Data::Bytes(bytes) => format!("{} bytes", bytes.len()),
            Data::Path(_) => "a file".to_owned(),
            Data::Growing(_) => "a stream".to_owned(),
        };
        f.debug_struct("Recording").field("source", &source).field("declared", &self.declared).finish()
    }
}

impl From<&Path> for Recording {
    fn from(path: &Path) -> Self {
        Self::from_path(path)
    }
}

impl From<PathBuf> for Recording {
    fn from(path: PathBuf) -> Self {
        Self::from_path(path)
    }
}

impl From<Bytes> for Recording {
    fn from(bytes: Bytes) -> Self {
        Self::from_bytes(bytes)
    }
}

impl From<Vec<u8>> for Recording {
    fn from(bytes: Vec<u8>) -> Self {
        Self::from_bytes(bytes)
    }
}

/// One or more recordings of the same speaker, for `enroll`, `create` and `update`.
#[derive(Debug, Clone)]
pub struct Recordings(pub(crate) Vec<Recording>);

impl Recordings {
    /// Them, of which there must be one.
    pub(crate) fn some(&self) -> Result<&[Recording]> {
        if self.0.is_empty() {
            return Err(Error::new(Code::InvalidOption, "no recording was passed; pass at least one"));
        }
        Ok(&self.0)
    }
}

impl From<Recording> for Recordings {
    fn from(recording: Recording) -> Self {
        Self(vec![recording])
    }
}

impl From<Vec<Recording>> for Recordings {
    fn from(recordings: Vec<Recording>) -> Self {
        Self(recordings)
    }
}

impl FromIterator<Recording> for Recordings {
    fn from_iter<I: IntoIterator<Item = Recording>>(recordings: I) -> Self {
        Self(recordings.into_iter().collect())
    }
}

impl<const N: usize> From<[Recording; N]> for Recordings {
    fn from(recordings: [Recording; N]) -> Self {
        Self(recordings.into())
    }
}

/// The encodings that can be declared, as spelled in RingCentral's API.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum), uniffi::export(Display))]
pub enum Encoding {
    /// MP3. RingCentral's guide also declares MP4 with this name, so both are accepted.
    Mpeg,
    /// MP4, M4A, MOV and 3GP.
    Mp4,
    /// RIFF/WAVE.
    Wav,
    /// WebM and Matroska.
    Webm,
    /// An image format that the API lists; no recording has it.
    Webp,
    /// AAC, bare (ADTS) or inside MP4.
    Aac,
    /// AVI with PCM or MP3.
    Avi,
    /// Ogg with Vorbis, Opus or FLAC.
    Ogg,
}

impl Encoding {
    /// All encodings, in the order of the API.
    pub const ALL: [Encoding; 8] = [
        Encoding::Mpeg,
        Encoding::Mp4,
        Encoding::Wav,
        Encoding::Webm,
        Encoding::Webp,
        Encoding::Aac,
        Encoding::Avi,
        Encoding::Ogg,
    ];

    /// The name in the API.
    pub fn as_str(self) -> &'static str {
        match self {
            Encoding::Mpeg => "Mpeg",
            Encoding::Mp4 => "Mp4",
            Encoding::Wav => "Wav",
            Encoding::Webm => "Webm",
            Encoding::Webp => "Webp",
            Encoding::Aac => "Aac",
            Encoding::Avi => "Avi",
            Encoding::Ogg => "Ogg",
        }
    }
}

impl fmt::Display for Encoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Encoding {
    type Err = Error;

    /// Parses the name in the API, ignoring case.
    fn from_str(text: &str) -> Result<Self> {
        Self::ALL.into_iter().find(|encoding| encoding.as_str().eq_ignore_ascii_case(text)).ok_or_else(|| {
            Error::new(
                Code::InvalidOption,
                format!(
                    "the encoding is unknown; use one of {}, or omit it",
                    Self::ALL.map(Encoding::as_str).join(", ")
                ),
            )
        })
    }
}
