//! The bytes of a recording as the demuxers see them, with small corrections laid over the file.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use bytes::Bytes;
use symphonia::core::io::MediaSource;

use super::mp4::{self, Movie};
use super::sniff::{self, Container};
use crate::error::{Code, Error, Result};
use crate::recording::{Data, Recording};

/// How much of the start of a recording is looked at to name it.
const HEAD: usize = 64 * 1024;

/// The ID3 tags at the start of a recording that are passed over.
const MAX_TAGS: usize = 1000;

/// The chunks before the sound of a WAV file that are passed over.
const MAX_CHUNKS: usize = 10_000;

/// A recording opened for reading: its length, its first bytes, and the corrections it needs.
pub(crate) struct Opened {
    data: Data,
    pub(crate) len: u64,
    pub(crate) container: Container,
    /// What an MP4 file says of itself; empty for any other.
    pub(crate) movie: Movie,
    start: u64,
    patches: Vec<Patch>,
    read: Arc<AtomicU64>,
}

/// Bytes that replace those at `at` when they are read.
#[derive(Clone)]
struct Patch {
    at: u64,
    bytes: [u8; 4],
}

impl Opened {
    /// Reads the first bytes, names the container and prepares the corrections.
    pub(crate) fn new(recording: &Recording, max_bytes: u64) -> Result<Self> {
        let mut reader = Reader::open(&recording.data)?;
        let len = reader.len()?;
        if len > max_bytes {
            return Err(Error::new(
                Code::RecordingTooLarge,
                format!(
                    "the recording has {len} bytes and at most {max_bytes} are read; shorten it, or raise `max_bytes`"
                ),
            ));
        }
        let head = reader.head(HEAD)?;
        let mut start = 0;
        let container = match id3_end(&head, &mut reader)? {
            0 => sniff::sniff(&head)?,
            end => {
                reader.seek(SeekFrom::Start(end)).map_err(io_failed)?;
                let body = reader.head(HEAD)?;
                if body.is_empty() {
                    return Err(Error::new(
                        Code::RecordingNoSound,
                        "found an ID3 tag and no sound after it; the file was probably cut off",
                    ));
                }
                start = end;
                sniff::sniff(&body)?
            }
        };
        let mut opened = Self {
            data: recording.data.clone(),
            len,
            container,
            movie: Movie::default(),
            start,
            patches: Vec::new(),
            read: Arc::default(),
        };
        match container {
            Container::Mp3 => opened.start = skip_xing(&mut reader, start)?,
            Container::Wav => opened.patches = wav_patches(&mut reader, start, len)?,
            _ if container.is_mp4_family() => {
                reader.seek(SeekFrom::Start(start)).map_err(io_failed)?;
                opened.movie = mp4::movie(&mut reader, len.saturating_sub(start)).map_err(io_failed)?;
                let damage = if opened.movie.endless {
                    "it claims a senseless number of tracks, fragments or samples; record or export it again"
                } else if opened.movie.cut {
                    "its end is missing, and with it the list of what it holds; upload it again"
                } else {
                    return Ok(opened);
                };
                return Err(Error::new(Code::RecordingDamaged, format!("the recording is damaged: {damage}")));
            }
            _ => {}
        }
        Ok(opened)
    }

    /// A fresh reader from the beginning. A demuxer that sees a source that cannot seek relies on
    /// the packets alone, which is what cut and headerless files need.
    pub(crate) fn source(&self, seekable: bool) -> Result<Source> {
        let mut reader = Reader::open(&self.data)?;
        reader.seek(SeekFrom::Start(self.start)).map_err(io_failed)?;
        Ok(Source {
            reader,
            start: self.start,
            position: self.start,
            len: self.len,
            seekable,
            patches: self.patches.clone(),
            read: Arc::clone(&self.read),
        })
    }

    /// How much of the recording was read by the newest source, 0 to 1.
    pub(crate) fn fraction_read(&self) -> f64 {
        self.read.load(Ordering::Relaxed) as f64 / self.len.max(1) as f64
    }
}

/// The end of the ID3v2 tags at the start, which may lie beyond what was read so far.
fn id3_end(head: &[u8], reader: &mut Reader) -> Result<u64> {
    let mut end = 0u64;
    let mut next = head.get(..10.min(head.len())).unwrap_or_default().to_vec();
    for _ in 0..MAX_TAGS {
        let Some(len) = sniff::id3_len(&next) else { break };
        end += len as u64;
        reader.seek(SeekFrom::Start(end)).map_err(io_failed)?;
        next = reader.head(10)?;
    }
    Ok(end)
}

/// Where MP3 audio starts, behind a first frame that holds only a Xing, Info or VBRI header.
///
/// That header states a length to which the demuxer would trim, and a file that was appended to
/// another, or cut, does not have that length.
fn skip_xing(reader: &mut Reader, start: u64) -> Result<u64> {
    reader.seek(SeekFrom::Start(start)).map_err(io_failed)?;
    let frame = reader.head(2048)?;
    let len = sniff::mp3_frame_len(&frame).unwrap_or(0).min(frame.len());
    let tagged = frame[..len].windows(4).take(200).any(|w| w == b"Xing" || w == b"Info" || w == b"VBRI");
    Ok(if tagged { start + len as u64 } else { start })
}

/// Corrects the sizes in a WAV header: those that a crashed recorder left at zero, that promise
/// more than the file holds, or that contradict each other.
fn wav_patches(reader: &mut Reader, start: u64, file_len: u64) -> Result<Vec<Patch>> {
    let len = file_len.saturating_sub(start);
    let patch =
        |at: u64, size: u64| Patch { at: start + at, bytes: u32::try_from(size).unwrap_or(u32::MAX).to_le_bytes() };
    let mut patches = vec![patch(4, len.saturating_sub(8))];
    let mut at = 12;
    for _ in 0..MAX_CHUNKS {
        reader.seek(SeekFrom::Start(start + at)).map_err(io_failed)?;
        let head = reader.head(16)?;
        let word = |at: usize| head.get(at..at + 4).map(|b| u32::from_le_bytes([b[0], b[1], b[2], b[3]]));
        let Some(size) = word(4) else { break };
        let left = len.saturating_sub(at + 8);
        if head.starts_with(b"data") {
            // A recording without any samples may still be followed by a chunk that ends the file.
            let ended = size == 0 && word(12).is_some_and(|next| u64::from(next) + 8 == left);
            if !ended && (size == 0 || u64::from(size) > left) {
                patches.push(patch(at + 4, left));
            }
            break;
        }
        let size = u64::from(size) + u64::from(size & 1);
        if size > left {
            break;
        }
        at += 8 + size;
    }
    Ok(patches)
}

#[cfg(feature = "remote")]
impl Recording {
    /// The same with a file of at most so many bytes read into memory, and its bytes; a larger one is left
    /// where it is.
    pub(crate) fn loaded(&self, most: u64) -> Result<(Self, Option<Bytes>)> {
        let mut reader = Reader::open(&self.data)?;
        let len = reader.len()?;
        if len > most {
            return Ok((self.clone(), None));
        }
        let bytes = match reader {
            Reader::Bytes(cursor) => cursor.into_inner(),
            Reader::File(ref mut file) => {
                let mut bytes = Vec::with_capacity(len as usize + 1);
                file.take(most).read_to_end(&mut bytes).map_err(io_failed)?;
                bytes.into()
            }
        };
        let loaded = Self { data: Data::Bytes(bytes.clone()), ..self.clone() };
        Ok((loaded, Some(bytes)))
    }
}

enum Reader {
    Bytes(io::Cursor<Bytes>),
    File(File),
}

impl Reader {
    fn open(data: &Data) -> Result<Self> {
        match data {
            Data::Bytes(bytes) => Ok(Self::Bytes(io::Cursor::new(bytes.clone()))),
            Data::Path(path) => {
                // Asked first: opening a pipe would wait for whoever writes to it.
                if !path.metadata().map_err(io_failed)?.is_file() {
                    return Err(Error::new(
                        Code::IoFailed,
                        "this path is a folder, a pipe or a device, not a file; name a recording",
                    ));
                }
                Ok(Self::File(File::open(path).map_err(io_failed)?))
            }
        }
    }

    fn len(&self) -> Result<u64> {
        match self {
            Self::Bytes(cursor) => Ok(cursor.get_ref().len() as u64),
            Self::File(file) => Ok(file.metadata().map_err(io_failed)?.len()),
        }
    }

    /// Up to `want` bytes from where the reader stands.
    fn head(&mut self, want: usize) -> Result<Vec<u8>> {
        let mut head = Vec::with_capacity(want);
        self.take(want as u64).read_to_end(&mut head).map_err(io_failed)?;
        Ok(head)
    }
}

impl Read for Reader {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Bytes(cursor) => cursor.read(buf),
            Self::File(file) => file.read(buf),
        }
    }
}

impl Seek for Reader {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        match self {
            Self::Bytes(cursor) => cursor.seek(to),
            Self::File(file) => file.seek(to),
        }
    }
}

fn io_failed(error: io::Error) -> Error {
    let sentence = match error.kind() {
        io::ErrorKind::NotFound => "there is no file at this path; check the spelling".to_owned(),
        io::ErrorKind::PermissionDenied => "this file may not be read; check its permissions".to_owned(),
        kind => format!("the file could not be read ({kind}); check the disk and try again"),
    };
    Error::new(Code::IoFailed, sentence).because(error)
}

/// What the demuxer reads from: positions count from `start`, patches are laid over.
pub(crate) struct Source {
    reader: Reader,
    start: u64,
    position: u64,
    len: u64,
    seekable: bool,
    patches: Vec<Patch>,
    read: Arc<AtomicU64>,
}

impl Read for Source {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let read = self.reader.read(buf)?;
        for patch in &self.patches {
            for (offset, byte) in patch.bytes.iter().enumerate() {
                let at = patch.at + offset as u64;
                if (self.position..self.position + read as u64).contains(&at) {
                    buf[(at - self.position) as usize] = *byte;
                }
            }
        }
        self.position += read as u64;
        self.read.store(self.position, Ordering::Relaxed);
        Ok(read)
    }
}

impl Seek for Source {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let to = match to {
            SeekFrom::Start(at) => SeekFrom::Start(at.saturating_add(self.start)),
            other => other,
        };
        self.position = self.reader.seek(to)?;
        Ok(self.position.saturating_sub(self.start))
    }
}

impl MediaSource for Source {
    fn is_seekable(&self) -> bool {
        self.seekable
    }

    fn byte_len(&self) -> Option<u64> {
        self.seekable.then(|| self.len.saturating_sub(self.start))
    }
}
