//! The bytes of a recording as the demuxers see them: the file, with what would mislead them left out
//! or replaced.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use bytes::Bytes;
use symphonia::core::io::MediaSource;

use crate::types::error::{Code, Error, Result};
#[cfg(feature = "remote")]
use crate::types::recording::Recording;
use crate::types::recording::{Data, Growing};

/// What stands for the length of a stream that goes on.
pub(crate) const ENDLESS: u64 = u64::MAX >> 2;

/// A file or bytes in memory, open for reading.
pub(crate) enum Reader {
    Bytes(io::Cursor<Bytes>),
    File(File),
    Growing(Arc<dyn Growing>, u64),
}

impl Reader {
    pub(crate) fn open(data: &Data) -> Result<Self> {
        match data {
            Data::Bytes(bytes) => Ok(Self::Bytes(io::Cursor::new(bytes.clone()))),
            Data::Growing(bytes) => Ok(Self::Growing(Arc::clone(bytes), 0)),
            Data::Path(path) => {
                // Asked first: opening a pipe would wait for its writer.
                if !path.metadata().map_err(io_failed)?.is_file() {
                    return Err(Error::new(
                        Code::IoFailed,
                        "this path is a folder, a pipe or a device, not a file; pass the path of a recording",
                    ));
                }
                Ok(Self::File(File::open(path).map_err(io_failed)?))
            }
        }
    }

    pub(crate) fn len(&self) -> Result<u64> {
        match self {
            Self::Bytes(cursor) => Ok(cursor.get_ref().len() as u64),
            Self::File(file) => Ok(file.metadata().map_err(io_failed)?.len()),
            Self::Growing(..) => Ok(ENDLESS),
        }
    }

    /// Up to `want` bytes from `at` on; fewer where the recording ends.
    pub(crate) fn at(&mut self, at: u64, want: usize) -> Result<Vec<u8>> {
        self.seek(SeekFrom::Start(at)).map_err(io_failed)?;
        let mut head = Vec::with_capacity(want.min(1 << 20));
        self.take(want as u64).read_to_end(&mut head).map_err(io_failed)?;
        Ok(head)
    }

    /// All places in a range of the file where `needle` stands.
    pub(crate) fn find(&mut self, range: Range<u64>, needle: &[u8], mut found: impl FnMut(u64) -> bool) -> Result<()> {
        const STEP: usize = 1 << 20;
        let mut at = range.start;
        while at < range.end {
            let part = self.at(at, STEP.min(usize::try_from(range.end - at).unwrap_or(STEP)))?;
            if part.len() < needle.len() {
                break;
            }
            for place in memchr::memmem::find_iter(&part, needle) {
                if !found(at + place as u64) {
                    return Ok(());
                }
            }
            at += (part.len() - (needle.len() - 1)) as u64;
        }
        Ok(())
    }
}

impl Read for Reader {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Bytes(cursor) => cursor.read(buf),
            Self::File(file) => file.read(buf),
            Self::Growing(bytes, at) => {
                let count = bytes.read_at(*at, buf)?;
                *at += count as u64;
                Ok(count)
            }
        }
    }
}

impl Seek for Reader {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        match self {
            Self::Bytes(cursor) => cursor.seek(to),
            Self::File(file) => file.seek(to),
            Self::Growing(_, at) => {
                *at = match to {
                    SeekFrom::Start(to) => Some(to),
                    SeekFrom::Current(by) => at.checked_add_signed(by),
                    SeekFrom::End(_) => None,
                }
                .ok_or(io::ErrorKind::InvalidInput)?;
                Ok(*at)
            }
        }
    }
}

pub(crate) fn io_failed(error: io::Error) -> Error {
    let sentence = match error.kind() {
        io::ErrorKind::NotFound => "there is no file at this path; check the spelling".to_owned(),
        io::ErrorKind::PermissionDenied => "permission to read this file is denied; check its permissions".to_owned(),
        kind => format!("the file could not be read ({kind}); check the disk and try again"),
    };
    Error::new(Code::IoFailed, sentence).because(error)
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
            Reader::Growing(..) => return Ok((self.clone(), None)),
        };
        let loaded = Self { data: Data::Bytes(bytes.clone()), ..self.clone() };
        Ok((loaded, Some(bytes)))
    }
}

/// What a demuxer is to see: stretches of the file, and bytes put between them.
#[derive(Clone, Default)]
pub(crate) struct View {
    pieces: Arc<Vec<Piece>>,
    len: u64,
}

struct Piece {
    /// Where it starts in the view.
    start: u64,
    bytes: Stretch,
}

/// A part of a view.
#[derive(Clone)]
pub(crate) enum Stretch {
    File(Range<u64>),
    Given(Bytes),
}

impl View {
    pub(crate) fn new(stretches: impl IntoIterator<Item = Stretch>) -> Self {
        let mut len = 0;
        let mut pieces: Vec<Piece> = Vec::new();
        for bytes in stretches {
            let start = len;
            len += match &bytes {
                Stretch::File(range) => range.end.saturating_sub(range.start),
                Stretch::Given(bytes) => bytes.len() as u64,
            };
            if len > start {
                pieces.push(Piece { start, bytes });
            }
        }
        Self { pieces: Arc::new(pieces), len }
    }

    pub(crate) fn of_file(range: Range<u64>) -> Self {
        Self::new([Stretch::File(range)])
    }

    /// A stretch of the file in which other bytes take the place of some; `patches` in their order.
    pub(crate) fn patched(range: Range<u64>, patches: impl IntoIterator<Item = (u64, Bytes)>) -> Self {
        let mut at = range.start;
        let mut stretches = Vec::new();
        for (start, bytes) in patches {
            if start >= at && start + bytes.len() as u64 <= range.end {
                stretches.push(Stretch::File(at..start));
                at = start + bytes.len() as u64;
                stretches.push(Stretch::Given(bytes));
            }
        }
        stretches.push(Stretch::File(at..range.end));
        Self::new(stretches)
    }

    /// The same with something behind it.
    pub(crate) fn followed_by(&self, more: Stretch) -> Self {
        Self::new(self.pieces.iter().map(|piece| piece.bytes.clone()).chain([more]))
    }

    pub(crate) fn len(&self) -> u64 {
        self.len
    }

    /// A reader of it from the beginning. `read` follows how far into the file it has come.
    pub(crate) fn open(&self, data: &Data, seekable: bool, read: &Arc<AtomicU64>) -> Result<Source> {
        let reader = Reader::open(data)?;
        Ok(Source {
            reader,
            view: self.clone(),
            position: 0,
            piece: 0,
            placed: false,
            seekable,
            read: Arc::clone(read),
        })
    }
}

/// Reads a view.
pub(crate) struct Source {
    reader: Reader,
    view: View,
    position: u64,
    piece: usize,
    /// Whether the file stands where the next bytes are read from.
    placed: bool,
    seekable: bool,
    read: Arc<AtomicU64>,
}

impl Source {
    /// Whether more is still coming.
    pub(crate) fn is_growing(&self) -> bool {
        matches!(self.reader, Reader::Growing(..))
    }
}

impl Read for Source {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        loop {
            let Some(piece) = self.view.pieces.get(self.piece) else { return Ok(0) };
            let inside = self.position - piece.start;
            let count = match &piece.bytes {
                Stretch::Given(bytes) => {
                    let left = bytes.get(usize::try_from(inside).unwrap_or(usize::MAX)..).unwrap_or_default();
                    let count = left.len().min(buf.len());
                    buf[..count].copy_from_slice(&left[..count]);
                    count
                }
                Stretch::File(range) => {
                    let at = range.start + inside;
                    if !self.placed {
                        self.reader.seek(SeekFrom::Start(at))?;
                        self.placed = true;
                    }
                    let left = usize::try_from(range.end - at).unwrap_or(usize::MAX);
                    let want = left.min(buf.len());
                    let count = self.reader.read(&mut buf[..want])?;
                    self.read.store(at + count as u64, Ordering::Relaxed);
                    // The file has become shorter since.
                    if count == 0 && want > 0 {
                        return Ok(0);
                    }
                    count
                }
            };
            if count > 0 || buf.is_empty() {
                self.position += count as u64;
                return Ok(count);
            }
            self.piece += 1;
            self.placed = false;
        }
    }
}

impl Seek for Source {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let to = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::Current(by) => self.position.checked_add_signed(by),
            SeekFrom::End(by) => self.view.len.checked_add_signed(by),
        };
        let to = to.ok_or(io::ErrorKind::InvalidInput)?;
        self.position = to;
        self.piece = self.view.pieces.partition_point(|piece| piece.start <= to).saturating_sub(1);
        // Behind the end nothing is read.
        if to >= self.view.len {
            self.piece = self.view.pieces.len();
        }
        self.placed = false;
        Ok(to)
    }
}

impl MediaSource for Source {
    fn is_seekable(&self) -> bool {
        self.seekable
    }

    fn byte_len(&self) -> Option<u64> {
        self.seekable.then_some(self.view.len)
    }
}
