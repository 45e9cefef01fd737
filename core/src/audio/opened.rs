//! A recording opened for reading: what it is, and what the demuxers are to see of it.

use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use bytes::Bytes;

use super::demux::{self, Demuxer, Input};
use super::layout::{self, Layout};
use super::mp4::{self, Movie};
use super::sniff::{self, Container};
use super::source::{ENDLESS, Reader, Stretch, View, io_failed};
use crate::types::error::{Code, Error, Result};
use crate::types::recording::{Data, Growing, Recording};

/// How much of the start of a recording is looked at to name it.
const HEAD: usize = 64 * 1024;

/// How much of a stream must be seen to name it, where it has a name of its own and where it has not: some frames.
const MAGIC: usize = 64;
const NAMED: usize = 4096;

/// The ID3 tags at the start of a recording that are skipped.
const MAX_TAGS: usize = 1000;

/// Recordings that stand one behind another in a FLAC file, and the blocks before the sound of each, at most.
const MAX_PARTS: usize = 1000;
const MAX_BLOCKS: usize = 10_000;

/// A recording opened for reading: its length, its first bytes, and what is to be seen of it.
pub(crate) struct Opened {
    data: Data,
    pub(crate) len: u64,
    pub(crate) container: Container,
    /// What an MP4 file says of itself; empty for any other.
    pub(crate) movie: Movie,
    pub(crate) layout: Option<Layout>,
    /// One, or several recordings that stand one behind another.
    views: Vec<View>,
    /// Samples that FLAC promises in all; 0 where it does not say.
    promised: u64,
    read: Arc<AtomicU64>,
}

impl Opened {
    /// Reads the first bytes, names the container and finds the sound in it.
    pub(crate) fn new(recording: &Recording, max_bytes: u64) -> Result<Self> {
        let mut reader = Reader::open(&recording.data)?;
        let len = reader.len()?;
        if len > max_bytes {
            return Err(Error::new(
                Code::RecordingTooLarge,
                format!(
                    "the recording has {len} bytes, more than the limit of {max_bytes}; shorten it, or raise \
                     `max_bytes`"
                ),
            ));
        }
        let head = reader.at(0, HEAD)?;
        let start = id3_end(&head, &mut reader)?;
        let container = if start == 0 {
            sniff::sniff(&head)?
        } else {
            let body = reader.at(start, HEAD)?;
            if body.is_empty() {
                return Err(ended("a tag and no audio after it"));
            }
            match sniff::sniff(&body) {
                // A tag is followed by sound, and this is what is left of it.
                Err(error) if body.len() < 2048 && error.code() == Code::RecordingUnsupported.as_str() => {
                    return Err(ended("a tag and no complete audio frame after it"));
                }
                found => found?,
            }
        };
        let mut opened = Self {
            data: recording.data.clone(),
            len,
            container,
            movie: Movie::default(),
            layout: layout::read(&mut reader, container, start, len)?,
            views: Vec::new(),
            promised: 0,
            read: Arc::default(),
        };
        opened.views = match &opened.layout {
            Some(layout) => vec![View::new(layout.sound.iter().cloned().map(Stretch::File))],
            None if container == Container::Flac => {
                let (views, promised) = flac(&mut reader, start, len)?;
                opened.promised = promised;
                views
            }
            None if container.is_mp4_family() => {
                let (movie, view) = mp4(reader, start, len)?;
                opened.movie = movie;
                vec![view]
            }
            None => vec![View::of_file(start..len)],
        };
        Ok(opened)
    }

    /// What a stream is whose first bytes are `head`; more of it is read as it comes. None if more of it must be seen.
    ///
    /// # Errors
    /// `recording_unsupported` for what cannot be read before its end is there, and what [`new`](Self::new) returns.
    pub(crate) fn streamed(data: &Arc<dyn Growing>, head: &Bytes) -> Result<Option<Self>> {
        let mut reader = Reader::Bytes(std::io::Cursor::new(head.clone()));
        let start = id3_end(head, &mut reader)?;
        let Some(body) = head.get(usize::try_from(start).unwrap_or(usize::MAX)..) else { return Ok(None) };
        let enough = if sniff::has_magic(body) { MAGIC } else { NAMED };
        if body.len() < enough {
            return Ok(None);
        }
        let container = sniff::sniff(body)?;
        let layout = match container {
            Container::Wav => match layout::streamed(&mut reader, start, head)? {
                Some(layout) => Some(layout),
                None => return Ok(None),
            },
            Container::Webm | Container::Matroska | Container::Ogg | Container::Mp3 | Container::Adts => None,
            other => {
                return Err(Error::new(
                    Code::RecordingUnsupported,
                    format!(
                        "{} cannot be read while it is recorded; send WAV, WebM, Ogg, MP3, AAC or samples, or enroll the \
                         whole recording",
                        other.called()
                    ),
                ));
            }
        };
        let view = match &layout {
            Some(layout) => View::new(layout.sound.iter().cloned().map(Stretch::File)),
            None => View::of_file(start..ENDLESS),
        };
        Ok(Some(Self {
            data: Data::Growing(Arc::clone(data)),
            len: ENDLESS,
            container,
            movie: Movie::default(),
            layout,
            views: vec![view],
            promised: 0,
            read: Arc::default(),
        }))
    }

    /// How many recordings stand one behind another.
    pub(crate) fn parts(&self) -> usize {
        self.views.len()
    }

    /// A fresh demuxer for one of them. One that may not seek relies on the packets alone, which is what cut and
    /// headerless files need.
    pub(crate) fn demuxer(&self, part: usize, seekable: bool) -> Result<Box<dyn Demuxer>> {
        let view = self.views.get(part).cloned().unwrap_or_default();
        demux::open(&Input {
            data: &self.data,
            container: self.container,
            view: &view,
            layout: self.layout.as_ref(),
            movie: &self.movie,
            read: &self.read,
            seekable: seekable && !matches!(self.data, Data::Growing(_)),
        })
    }

    /// Whether its header promises more than there is, where so many samples were read.
    pub(crate) fn is_cut(&self, samples: f64) -> bool {
        /// A header that is off by less than a FLAC block is not worth a word.
        const BLOCK: f64 = 65_535.0;
        let layout = self.layout.as_ref().is_some_and(|layout| layout.cut);
        layout || self.movie.cut || self.promised as f64 > samples + BLOCK.min(samples / 10.0)
    }

    /// How much of the recording was read by the newest source, 0 to 1.
    pub(crate) fn fraction_read(&self) -> f64 {
        self.read.load(Ordering::Relaxed) as f64 / self.len.max(1) as f64
    }
}

fn ended(found: &str) -> Error {
    Error::new(
        Code::RecordingDamaged,
        format!("the recording is damaged: its end is missing, and it has {found}; upload it again"),
    )
}

/// The end of the ID3v2 tags at the start, which may lie beyond what was read so far.
fn id3_end(head: &[u8], reader: &mut Reader) -> Result<u64> {
    let mut end = 0u64;
    let mut next = head.get(..10.min(head.len())).unwrap_or_default().to_vec();
    for _ in 0..MAX_TAGS {
        let Some(len) = sniff::id3_len(&next) else { break };
        end += len as u64;
        next = reader.at(end, 10)?;
    }
    Ok(end)
}

/// What an MP4 file holds, and the file without what does not matter for its sound.
fn mp4(mut reader: Reader, start: u64, len: u64) -> Result<(Movie, View)> {
    std::io::Seek::seek(&mut reader, std::io::SeekFrom::Start(start)).map_err(io_failed)?;
    let mut movie = mp4::movie(&mut reader, len.saturating_sub(start)).map_err(io_failed)?;
    let damage = if movie.endless {
        "its header announces an impossible number of tracks, fragments or samples; record or export it again"
    } else if movie.is_headless() {
        "its end is missing, and with it the index of its contents; upload it again"
    } else {
        let patches = movie.take_hidden().into_iter().map(|(at, bytes)| (start + at, Bytes::from(bytes)));
        let mut view = View::patched(start..len, patches);
        if !movie.has_type {
            // Old QuickTime files do without; the demuxer does not.
            let file_type = Stretch::Given(Bytes::from_static(b"\0\0\0\x10ftypqt  \0\0\0\0"));
            view = view.followed_by(file_type);
        }
        return Ok((movie, view));
    };
    Err(Error::new(Code::RecordingDamaged, format!("the recording is damaged: {damage}")))
}

/// The recordings in a FLAC file, each with no more than what describes its sound.
fn flac(reader: &mut Reader, start: u64, len: u64) -> Result<(Vec<View>, u64)> {
    let mut begins = vec![start];
    // The magic and the head of the block that must follow it.
    for head in [b"fLaC\x00\x00\x00\x22", b"fLaC\x80\x00\x00\x22"] {
        reader.find(start + 1..len, head, |at| {
            begins.push(at);
            begins.len() < MAX_PARTS
        })?;
    }
    begins.sort_unstable();
    let ends = begins.iter().skip(1).copied().chain([len]);
    let (mut views, mut promised) = (Vec::new(), Some(0u64));
    for (start, end) in begins.iter().copied().zip(ends) {
        if let Some((view, samples)) = flac_part(reader, start..end)? {
            promised = promised.filter(|_| samples > 0).and_then(|sum| sum.checked_add(samples));
            views.push(view);
        }
    }
    if views.is_empty() {
        return Err(Error::new(
            Code::RecordingDamaged,
            "the recording is damaged: its header does not describe the audio; record or export it again",
        ));
    }
    Ok((views, promised.unwrap_or(0)))
}

/// A recording, and how many samples it is said to have.
fn flac_part(reader: &mut Reader, range: Range<u64>) -> Result<Option<(View, u64)>> {
    let mut at = range.start + 4;
    let mut described = None;
    for _ in 0..MAX_BLOCKS {
        let head = reader.at(at, 4)?;
        let &[kind, a, b, c] = &head[..] else { break };
        let size = u64::from(u32::from_be_bytes([0, a, b, c]));
        // A frame stands here: a block's size was wrong.
        if kind == 0xff && a & 0xfc == 0xf8 {
            break;
        }
        if kind & 0x7f == 0 && described.is_none() {
            described = Some(reader.at(at + 4, 34)?);
        }
        let next = at + 4 + size;
        if next >= range.end {
            break;
        }
        at = next;
        if kind & 0x80 != 0 {
            break;
        }
    }
    let Some(mut described) = described.filter(|described| described.len() == 34) else { return Ok(None) };
    let high = u64::from(described[13] & 0x0f) << 32;
    let samples = described[14..18].iter().fold(0, |value, byte| value << 8 | u64::from(*byte)) | high;
    // Neither the number of samples nor their checksum is needed, and both may be of another recording.
    described[13] &= 0xf0;
    described[14..34].fill(0);
    let sound = first_frame(reader, at, range.clone())?;
    let head = [&b"fLaC\x80\0\0\x22"[..], &described].concat();
    Ok(Some((View::new([Stretch::Given(head.into()), Stretch::File(sound..range.end)]), samples)))
}

/// Where the first frame stands: here, or, where the sizes before it were wrong, wherever one is found.
fn first_frame(reader: &mut Reader, at: u64, range: Range<u64>) -> Result<u64> {
    let is_frame = |bytes: &[u8]| matches!(bytes, [0xff, second, ..] if second & 0xfe == 0xf8);
    if is_frame(&reader.at(at, 2)?) {
        return Ok(at);
    }
    // The demuxer checks the frames by their checksums, so the first place will do.
    Ok(range.start + 4 + 4 + 34)
}
