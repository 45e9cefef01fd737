//! Where the sound stands in files that hold it in chunks behind a short header (WAV and its large
//! forms, AIFF, CAF, AU, AVI), and how it is coded.
//!
//! What is read is what the samples need. Every other chunk is skipped unseen, and a size that
//! cannot be right is overruled by what stands in the file.

mod avi;
mod other;
mod riff;

pub(crate) use riff::wave_format;

use std::ops::Range;

use super::sniff::Container;
use super::source::{ENDLESS, Reader};
use crate::types::error::{Code, Error, Result};

/// Chunks that are skipped, at most.
const MAX_CHUNKS: usize = 10_000;

/// From here on a size stands for "not known": what programs write that stream and cannot go back.
const PLACEHOLDER: u64 = 0x7000_0000;

/// How far a chunk is looked for by its name where the sizes before it lead nowhere.
const SEARCHED: u64 = 64 << 20;

/// The sound of a file.
#[derive(Debug, Clone)]
pub(crate) struct Layout {
    pub(crate) coding: Coding,
    pub(crate) channels: u16,
    pub(crate) rate: u32,
    /// Bytes that belong together: one sample of every channel, or one block of a codec.
    pub(crate) block: u32,
    /// Samples of a channel in a block, for codecs that have blocks.
    pub(crate) frames: u32,
    /// Stretches of the file.
    pub(crate) sound: Vec<Range<u64>>,
    /// Whether the header promises more than there is.
    pub(crate) cut: bool,
}

/// How the sound of a chunk is coded.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Coding {
    Pcm(Pcm),
    MuLaw,
    ALaw,
    ImaWav,
    ImaQt,
    Microsoft,
    /// GSM 6.10, frames of 33 bytes, or pairs in 65.
    Gsm,
    GsmPairs,
    G722,
    /// With so many bits a sample; the first in the low bits of a byte or in the high ones.
    G726 {
        bits: u8,
        low_first: bool,
    },
    /// A stream of MPEG audio frames.
    Mpeg,
    /// A stream of AAC frames with headers.
    Adts,
    /// What is named and not read.
    Unread(&'static str),
}

/// Samples as they are.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Pcm {
    /// Bytes a sample takes.
    pub(crate) bytes: u8,
    /// Bits of them that count, from the top, or from the bottom where `low` is set.
    pub(crate) bits: u8,
    pub(crate) low: bool,
    pub(crate) big_endian: bool,
    pub(crate) float: bool,
    pub(crate) unsigned: bool,
}

impl Pcm {
    pub(crate) fn integer(bits: u16, big_endian: bool) -> Self {
        let bytes = bits.div_ceil(8) as u8;
        Self { bytes, bits: bits as u8, low: false, big_endian, float: false, unsigned: false }
    }
}

/// Reads the header of a file that starts at `start` and ends at `end`.
pub(crate) fn read(reader: &mut Reader, container: Container, start: u64, end: u64) -> Result<Option<Layout>> {
    let layout = match container {
        Container::Wav => riff::wav(reader, start, end)?,
        Container::W64 => riff::w64(reader, start, end)?,
        Container::Avi => avi::avi(reader, start, end)?,
        Container::Aiff => other::aiff(reader, start, end)?,
        Container::Caf => other::caf(reader, start, end)?,
        Container::Au => other::au(reader, start, end)?,
        Container::Gsm => Layout { frames: 160, ..Layout::new(Coding::Gsm, 1, 8000, 33, start..end) },
        _ => return Ok(None),
    };
    Ok(Some(layout))
}

/// Reads the header of a WAV file that is still being written and of which `head` is there; none where that is too short.
pub(crate) fn streamed(reader: &mut Reader, start: u64, head: &[u8]) -> Result<Option<Layout>> {
    /// Samples that tell how they stand in their bytes.
    const SAMPLE: u64 = 64;
    let end = head.len() as u64;
    let mut layout = match riff::wav(reader, start, end) {
        Ok(layout) => layout,
        Err(_) if end < LARGEST_HEAD => return Ok(None),
        Err(error) => return Err(error),
    };
    let Some(first) = layout.sound.first().map(|sound| sound.start) else { return Ok(None) };
    if end < first + SAMPLE {
        return Ok(None);
    }
    let told = usize::try_from(first).ok().and_then(|at| head.get(at.checked_sub(4)?..at));
    let size = told.map_or(0, |told| u64::from(Fields(told).le32(0)));
    // Programs that stream write 0 or a very large number.
    let known = (1..PLACEHOLDER).contains(&size);
    layout.sound.truncate(1);
    layout.sound.iter_mut().for_each(|sound| sound.end = if known { first + size } else { ENDLESS });
    layout.cut = false;
    Ok(Some(layout))
}

/// The header of a stream has fewer bytes.
const LARGEST_HEAD: u64 = 64 << 10;

impl Layout {
    fn new(coding: Coding, channels: u16, rate: u32, block: u32, sound: Range<u64>) -> Self {
        Self { coding, channels, rate, block, frames: 1, sound: vec![sound], cut: false }
    }

    /// With the bytes that belong together worked out from the coding.
    pub(crate) fn blocked(coding: Coding, channels: u16, rate: u32, sound: Range<u64>) -> Self {
        let each = match coding {
            Coding::Pcm(pcm) => u32::from(pcm.bytes),
            _ => 1,
        };
        Self::new(coding, channels, rate, each * u32::from(channels), sound)
    }
}

fn damaged(why: &str) -> Error {
    Error::new(Code::RecordingDamaged, format!("the recording is damaged: {why}; record or export it again"))
}

/// A file whose header leads to no sound.
fn no_data() -> Error {
    damaged("its end is missing, and with it the audio")
}

/// Reads fields out of a chunk; what lies beyond its end counts as zero.
struct Fields<'a>(&'a [u8]);

impl Fields<'_> {
    fn bytes<const N: usize>(&self, at: usize) -> [u8; N] {
        self.0.get(at..at + N).and_then(|bytes| bytes.try_into().ok()).unwrap_or([0; N])
    }

    fn le16(&self, at: usize) -> u16 {
        u16::from_le_bytes(self.bytes(at))
    }

    fn le32(&self, at: usize) -> u32 {
        u32::from_le_bytes(self.bytes(at))
    }

    fn le64(&self, at: usize) -> u64 {
        u64::from_le_bytes(self.bytes(at))
    }

    fn be16(&self, at: usize) -> u16 {
        u16::from_be_bytes(self.bytes(at))
    }

    fn be32(&self, at: usize) -> u32 {
        u32::from_be_bytes(self.bytes(at))
    }

    fn be64(&self, at: usize) -> u64 {
        u64::from_be_bytes(self.bytes(at))
    }
}

/// Whether these bytes can be the head of a chunk: a name in letters, and a size that fits or belongs
/// to a name that is known.
fn is_chunk(head: &[u8], left: u64, big_endian: bool) -> bool {
    const KNOWN: &[&[u8]] = &[
        b"LIST", b"fact", b"data", b"fmt ", b"bext", b"iXML", b"cue ", b"smpl", b"inst", b"id3 ", b"ID3 ", b"JUNK",
        b"junk", b"PAD ", b"FLLR", b"PEAK", b"COMT", b"NAME", b"ANNO", b"AUTH", b"(c) ", b"MARK", b"INST", b"APPL",
        b"COMM", b"SSND", b"RIFF", b"afsp", b"SAUR", b"_PMX", b"axml", b"chna", b"LGWV", b"minf", b"elm1", b"CHAN",
    ];
    let Some(name) = head.get(..4) else { return false };
    if KNOWN.contains(&name) {
        return true;
    }
    let plain = name.iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b' ' || *byte == b'_');
    let fields = Fields(head);
    let size = u64::from(if big_endian { fields.be32(4) } else { fields.le32(4) });
    head.len() >= 8 && plain && name[0] != b' ' && size <= left.saturating_sub(8)
}

/// Where the sound of a chunk that starts at `at` ends, which promises `size` bytes, and whether bytes
/// are missing. A size that leads to no other chunk and to no end is overruled.
fn sound_end(reader: &mut Reader, at: u64, size: u64, end: u64, big_endian: bool) -> Result<(u64, bool)> {
    let left = end.saturating_sub(at);
    if size > left {
        return Ok((end, size < PLACEHOLDER));
    }
    for padding in [size & 1, 0] {
        let next = at + size + padding;
        let rest = end.saturating_sub(next);
        let head = reader.at(next, 8)?;
        if size > 0 && (rest < 8 || is_chunk(&head, rest, big_endian)) {
            return Ok((at + size, false));
        }
        // A recording without any samples may still be followed by a chunk that ends the file.
        let size_of_next = u64::from(if big_endian { Fields(&head).be32(4) } else { Fields(&head).le32(4) });
        if size == 0 && (rest == 0 || is_chunk(&head, rest, big_endian) && size_of_next + 8 == rest) {
            return Ok((at, false));
        }
    }
    Ok((end, false))
}
