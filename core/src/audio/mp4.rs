//! What an MP4 file says of itself (ISO/IEC 14496-12), read before a demuxer may build tables from
//! it: what the demuxer leaves out (edits, the times of fragments, codecs without a name), and what is to
//! be hidden from it, as it does not matter for the sound: tags, pictures, other tracks.

use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};

/// Tracks times fragments, at most: the demuxer keeps an entry for each pair and walks them for
/// each packet. Two tracks in fragments of a second are below it for seven hours.
const TRACKS_TIMES_FRAGMENTS: usize = 50_000;

/// Tracks, at most.
const TRACKS: usize = 1000;

/// Samples that are claimed for each byte of the file, at most. QuickTime counts the samples of
/// ADPCM one by one, four to a byte.
const SAMPLES_A_BYTE: u64 = 8;

/// Atoms that are hidden, at most.
const HIDDEN: usize = 1_000_000;

/// Atoms that are looked at, and entries of edit lists that are kept, at most.
const ATOMS: usize = 4_000_000;
const EDITS: u32 = 1000;

/// An edit that cuts less than this from an end, in seconds, leaves out what an encoder added. At the start it is
/// left out, so that times are right; at the end it is silence, and decoded as well.
const ENCODER_DELAY: f64 = 0.2;

/// What an MP4 file holds, as far as it matters here.
#[derive(Debug, Clone, Default)]
pub(crate) struct Movie {
    pub(crate) tracks: Vec<Track>,
    /// Whether reading it would not end: so many tracks and fragments, or so many samples.
    pub(crate) endless: bool,
    /// Whether it ends in the middle of an atom.
    pub(crate) cut: bool,
    /// Whether an atom was met that the demuxer would read in a way of its own.
    astray: bool,
    /// Whether there are tracks without sound, and whether the file says what it is.
    pub(crate) has_picture: bool,
    pub(crate) has_type: bool,
    hidden: Vec<Atom>,
    /// Atoms that belong to a track by its number: defaults and fragments.
    belonging: Vec<(u32, Atom)>,
    fragments: usize,
    samples: u64,
    scale: u32,
    has_moov: bool,
}

/// Where an atom stands.
#[derive(Debug, Clone, Copy, Default)]
struct Atom {
    start: u64,
    stop: u64,
    /// Whether its size stands behind its name.
    long: bool,
}

/// What is known of a track.
#[derive(Debug, Clone, Default)]
pub(crate) struct Track {
    pub(crate) id: u32,
    pub(crate) is_sound: bool,
    /// The name of its first codec, four characters.
    pub(crate) codec: [u8; 4],
    /// Number of the first sample and time of it, of each fragment that says so.
    pub(crate) starts: Vec<(u64, u64)>,
    pub(crate) scale: u32,
    duration: u64,
    list: Vec<(u64, i64)>,
    fragmented: u64,
    atom: Atom,
}

/// A stretch of a track to decode, in seconds of its own time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Edit {
    pub(crate) silence_before: f64,
    pub(crate) from: f64,
    pub(crate) to: f64,
}

/// Which atoms hold atoms.
#[derive(Clone, Copy, PartialEq)]
enum Level {
    File,
    Moov,
    Trak,
    Edts,
    Mdia,
    Minf,
    Stbl,
    Mvex,
    Moof,
    Traf,
}

impl Level {
    /// Whether the demuxer needs an atom to find the sound.
    fn needs(self, name: [u8; 4]) -> bool {
        match self {
            Self::File => matches!(&name, b"ftyp" | b"moov" | b"moof" | b"mdat"),
            Self::Moov => matches!(&name, b"mvhd" | b"trak" | b"mvex"),
            Self::Trak => matches!(&name, b"tkhd" | b"mdia"),
            Self::Mdia => matches!(&name, b"mdhd" | b"hdlr" | b"minf"),
            Self::Minf => matches!(&name, b"smhd" | b"stbl"),
            Self::Stbl => matches!(&name, b"stsd" | b"stts" | b"stsc" | b"stsz" | b"stco" | b"co64"),
            Self::Mvex => &name == b"trex",
            Self::Moof => matches!(&name, b"mfhd" | b"traf"),
            Self::Traf => matches!(&name, b"tfhd" | b"tfdt" | b"trun"),
            Self::Edts => true,
        }
    }

    fn inside(self, name: [u8; 4]) -> Option<Self> {
        Some(match (self, &name) {
            (Self::File, b"moov") => Self::Moov,
            (Self::File, b"moof") => Self::Moof,
            (Self::Moov, b"trak") => Self::Trak,
            (Self::Moov, b"mvex") => Self::Mvex,
            (Self::Trak, b"edts") => Self::Edts,
            (Self::Trak, b"mdia") => Self::Mdia,
            (Self::Mdia, b"minf") => Self::Minf,
            (Self::Minf, b"stbl") => Self::Stbl,
            (Self::Moof, b"traf") => Self::Traf,
            _ => return None,
        })
    }
}

/// Reads the file from where it stands; `len` bytes are left of it.
///
/// The demuxer goes from atom to atom in the same way: what this walk does not meet, it does not
/// meet either. Only an atom that is to reach to the end of the file it may take for an empty one;
/// from there on the names are looked for wherever they stand.
pub(crate) fn movie(mut file: impl Read + Seek, len: u64) -> io::Result<Movie> {
    let start = file.stream_position()?;
    let mut walk = Walk {
        file: BufReader::new(file),
        at: 0,
        left: ATOMS,
        fragment: None,
        starts: 0,
        inside: Atom::default(),
        movie: Movie::default(),
    };
    let done = walk.atoms(Level::File, len);
    let Walk { file, left, mut movie, .. } = walk;
    match done {
        Ok(_) => {}
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => {}
        Err(error) => return Err(error),
    }
    if movie.astray {
        let mut file = file.into_inner();
        file.seek(SeekFrom::Start(start))?;
        search(&mut file, len, &mut movie)?;
    }
    let product = movie.tracks.len().saturating_mul(movie.fragments);
    let sound = movie.tracks.iter().any(|track| track.is_sound);
    movie.has_picture = movie.tracks.iter().any(|track| !track.is_sound);
    if sound {
        let silent: Vec<u32> = movie.tracks.iter().filter(|track| !track.is_sound).map(|track| track.id).collect();
        movie
            .hidden
            .extend(movie.tracks.iter().filter(|track| !track.is_sound && track.atom.stop > 0).map(|track| track.atom));
        movie.hidden.extend(movie.belonging.iter().filter(|(id, _)| silent.contains(id)).map(|(_, atom)| *atom));
    }
    movie.belonging = Vec::new();
    movie.endless = left == 0
        || movie.hidden.len() >= HIDDEN
        || movie.tracks.len() > TRACKS
        || product > TRACKS_TIMES_FRAGMENTS
        || movie.samples > SAMPLES_A_BYTE.saturating_mul(len).saturating_add(1000);
    Ok(movie)
}

struct Walk<R> {
    file: BufReader<R>,
    /// Counted from where the file starts.
    at: u64,
    left: usize,
    /// The track of the fragment that is read, by its place.
    fragment: Option<usize>,
    /// The times of fragments that were kept, of all tracks.
    starts: usize,
    /// The fragment of a track that is read.
    inside: Atom,
    movie: Movie,
}

impl<R: Read + Seek> Walk<R> {
    /// Walks the atoms up to `end`; false where nothing can be read behind them.
    fn atoms(&mut self, level: Level, end: u64) -> io::Result<bool> {
        while self.left > 0 && end.saturating_sub(self.at) >= 8 {
            self.left -= 1;
            let start = self.at;
            let [size, name] = [self.bytes()?, self.bytes()?];
            let long = u32::from_be_bytes(size) == 1;
            let size = match u32::from_be_bytes(size) {
                1 => u64::from_be_bytes(self.bytes()?),
                size => u64::from(size),
            };
            // What need not be read may have any size: it ends where what it stands in does.
            let stop = match start.checked_add(size).filter(|stop| *stop >= self.at) {
                Some(stop) => stop,
                None if level != Level::File && !level.needs(name) => end,
                None => {
                    self.movie.astray |= size == 0;
                    return Ok(false);
                }
            };
            if stop > end && level == Level::File {
                self.movie.cut |= level.needs(name);
            }
            let stop = stop.min(end);
            let atom = Atom { start, stop, long };
            if !level.needs(name) && self.movie.hidden.len() < HIDDEN {
                self.movie.hidden.push(atom);
            }
            self.movie.has_type |= level == Level::File && &name == b"ftyp";
            match level.inside(name) {
                Some(inside) => {
                    self.begin(inside, atom);
                    if !self.atoms(inside, stop)? {
                        return Ok(false);
                    }
                }
                None => self.leaf(level, name, stop)?,
            }
            self.skip_to(stop)?;
        }
        Ok(true)
    }

    fn begin(&mut self, inside: Level, atom: Atom) {
        match inside {
            Level::Moov => self.movie.has_moov = true,
            // More are not kept, and the file is not read.
            Level::Trak if self.movie.tracks.len() <= TRACKS => {
                self.movie.tracks.push(Track { atom, ..Track::default() });
            }
            Level::Moof => self.movie.fragments += 1,
            Level::Traf => (self.fragment, self.inside) = (None, atom),
            _ => {}
        }
    }

    /// Reads what is wanted of an atom that ends at `stop`.
    fn leaf(&mut self, level: Level, name: [u8; 4], stop: u64) -> io::Result<()> {
        if level == Level::File || stop.saturating_sub(self.at) < 8 {
            return Ok(());
        }
        let [version, ..] = match &name {
            b"mvhd" | b"tkhd" | b"elst" | b"mdhd" | b"hdlr" | b"stsd" | b"stsz" | b"tfhd" | b"tfdt" | b"trun"
            | b"trex" => self.bytes::<4>()?,
            _ => return Ok(()),
        };
        let long = version == 1;
        if level == Level::Mvex && &name == b"trex" {
            let atom = Atom { start: self.at - 12, stop, long: false };
            let id = self.word()?;
            self.belong(id, atom);
            return Ok(());
        }
        match (level, &name) {
            (Level::Moov, b"mvhd") => {
                self.skip(if long { 16 } else { 8 })?;
                self.movie.scale = self.word()?;
            }
            (Level::Moof | Level::Traf, _) => self.fragment_leaf(name, long)?,
            (Level::Stbl, b"stsz") => {
                self.skip(4)?;
                self.movie.samples += u64::from(self.word()?);
            }
            _ => self.track_leaf(level, name, long, stop)?,
        }
        Ok(())
    }

    fn track_leaf(&mut self, level: Level, name: [u8; 4], long: bool, stop: u64) -> io::Result<()> {
        let Some(mut track) = self.movie.tracks.pop() else { return Ok(()) };
        match (level, &name) {
            (Level::Trak, b"tkhd") => {
                self.skip(if long { 16 } else { 8 })?;
                track.id = self.word()?;
            }
            (Level::Edts, b"elst") => {
                let entries = u64::from(self.word()?.min(EDITS));
                let entries = entries.min(stop.saturating_sub(self.at) / if long { 20 } else { 12 });
                track.list.clear();
                for _ in 0..entries {
                    let duration = self.number(long)?;
                    let time = self.number(long)?;
                    // A time of -1 stands for silence.
                    track.list.push((duration, if long { time as i64 } else { i64::from(time as u32 as i32) }));
                    self.skip(4)?;
                }
            }
            (Level::Mdia, b"mdhd") => {
                self.skip(if long { 16 } else { 8 })?;
                track.scale = self.word()?;
                track.duration = self.number(long)?;
            }
            (Level::Mdia, b"hdlr") => {
                self.skip(4)?;
                track.is_sound = &self.bytes()? == b"soun";
            }
            (Level::Stbl, b"stsd") => {
                self.skip(8)?;
                track.codec = self.bytes()?;
            }
            _ => {}
        }
        self.movie.tracks.push(track);
        Ok(())
    }

    fn belong(&mut self, id: u32, atom: Atom) {
        if self.movie.belonging.len() < HIDDEN {
            self.movie.belonging.push((id, atom));
        }
    }

    fn fragment_leaf(&mut self, name: [u8; 4], long: bool) -> io::Result<()> {
        match &name {
            b"tfhd" => {
                let id = self.word()?;
                self.belong(id, self.inside);
                self.fragment = self.movie.tracks.iter().position(|track| track.id == id);
            }
            b"tfdt" => {
                let time = self.number(long)?;
                if self.starts < TRACKS_TIMES_FRAGMENTS
                    && let Some(track) = self.fragment.and_then(|at| self.movie.tracks.get_mut(at))
                {
                    self.starts += 1;
                    track.starts.push((track.fragmented, time));
                }
            }
            b"trun" => {
                let count = u64::from(self.word()?);
                self.movie.samples += count;
                if let Some(track) = self.fragment.and_then(|at| self.movie.tracks.get_mut(at)) {
                    track.fragmented += count;
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn bytes<const N: usize>(&mut self) -> io::Result<[u8; N]> {
        let mut bytes = [0; N];
        self.file.read_exact(&mut bytes)?;
        self.at += N as u64;
        Ok(bytes)
    }

    fn word(&mut self) -> io::Result<u32> {
        Ok(u32::from_be_bytes(self.bytes()?))
    }

    fn number(&mut self, long: bool) -> io::Result<u64> {
        if long { Ok(u64::from_be_bytes(self.bytes()?)) } else { Ok(u64::from(self.word()?)) }
    }

    fn skip(&mut self, count: u64) -> io::Result<()> {
        self.skip_to(self.at.saturating_add(count))
    }

    fn skip_to(&mut self, to: u64) -> io::Result<()> {
        // What was read of an atom that is too short for it may lie behind its end.
        let ahead = i64::try_from(to).ok().zip(i64::try_from(self.at).ok()).map(|(to, at)| to - at);
        self.file.seek_relative(ahead.ok_or(io::ErrorKind::UnexpectedEof)?)?;
        self.at = to;
        Ok(())
    }
}

/// Looks for the names wherever they stand, where what surrounds them could be an atom of theirs.
fn search(file: &mut impl Read, len: u64, movie: &mut Movie) -> io::Result<()> {
    /// A size, a name, a long size, and the 12 bytes behind it, in which the sample counts stand.
    const REACH: usize = 28;
    let (mut tracks, mut fragments, mut samples) = (0usize, 0usize, 0u64);
    let mut file = BufReader::with_capacity(1 << 20, file.take(len));
    let mut tail: Vec<u8> = Vec::new();
    loop {
        let part = file.fill_buf()?;
        let read = part.len();
        let ended = read == 0;
        tail.extend_from_slice(part);
        file.consume(read);
        if ended {
            tail.resize(tail.len() + REACH, 0);
        }
        let number = |at: usize| tail.get(at..at + 4).map_or(0, |b| u32::from_be_bytes([b[0], b[1], b[2], b[3]]));
        let sure = (tail.len() + 1).saturating_sub(REACH);
        for at in memchr::memchr2_iter(b't', b's', &tail).chain(memchr::memchr_iter(b'm', &tail)) {
            let Some(at) = at.checked_sub(4).filter(|at| *at < sure) else { continue };
            // A size of 0 reaches to the end, and one of 1 stands behind the name.
            let size = number(at);
            let room = |least: u32| size <= 1 || size >= least;
            let body = at + if size == 1 { 16 } else { 8 };
            match &tail[at + 4..at + 8] {
                b"trak" if room(8) => tracks += 1,
                b"moof" if room(8) => fragments += 1,
                b"trun" if room(16) => samples += u64::from(number(body + 4)),
                b"stsz" if room(20) => samples += u64::from(number(body + 8)),
                _ => {}
            }
        }
        if ended {
            break;
        }
        tail.drain(..sure.min(tail.len()));
    }
    // Both counts hold; what the search adds has no track to tell of.
    movie.samples = movie.samples.max(samples);
    movie.fragments = movie.fragments.max(fragments);
    movie.tracks.resize_with(movie.tracks.len().max(tracks.min(TRACKS + 1)), Track::default);
    Ok(())
}

impl Track {
    /// When it ends, by its header; 0 for one in fragments, of which that does not speak.
    pub(crate) fn ends(&self) -> f64 {
        if self.starts.is_empty() && self.scale > 0 { self.duration as f64 / f64::from(self.scale) } else { 0.0 }
    }

    fn begins(&self) -> Option<f64> {
        self.starts.first().filter(|_| self.scale > 0).map(|first| first.1 as f64 / f64::from(self.scale))
    }
}

impl Movie {
    /// When the first of all tracks begins, for a movie in fragments.
    pub(crate) fn origin(&self) -> f64 {
        self.tracks.iter().filter_map(Track::begins).reduce(f64::min).unwrap_or(0.0)
    }

    /// Whether there is no list of tracks, in which the demuxer would look for the sound.
    pub(crate) fn is_headless(&self) -> bool {
        !self.has_moov && (self.cut || !self.astray)
    }

    /// The bytes that make atoms ones that are skipped, in their order.
    pub(crate) fn take_hidden(&mut self) -> Vec<(u64, Vec<u8>)> {
        let mut hidden = std::mem::take(&mut self.hidden);
        hidden.sort_unstable_by_key(|atom| atom.start);
        let mut last = 0;
        let mut patches = Vec::new();
        for atom in hidden {
            // What stands in something hidden is hidden with it.
            if atom.start < last {
                continue;
            }
            last = atom.stop.max(atom.start + 8);
            match u32::try_from(atom.stop - atom.start) {
                Ok(size) if !atom.long => {
                    patches.push((atom.start, [&size.max(8).to_be_bytes()[..], b"free"].concat()));
                }
                _ => patches.push((atom.start + 4, b"free".to_vec())),
            }
        }
        patches
    }

    pub(crate) fn track(&self, id: u32) -> Option<&Track> {
        self.tracks.iter().find(|track| track.id == id)
    }

    /// The stretches of a track to decode; none for the whole track.
    ///
    /// Of a file in fragments nothing is cut: its list speaks of a part of it.
    pub(crate) fn edits(&self, id: u32) -> Vec<Edit> {
        let Some(track) = self.track(id).filter(|track| track.scale > 0 && self.scale > 0) else { return Vec::new() };
        let mut edits: Vec<Edit> = Vec::new();
        let mut silence_before = 0.0;
        for &(duration, time) in &track.list {
            let seconds = duration as f64 / f64::from(self.scale);
            if time < 0 {
                silence_before += seconds;
                continue;
            }
            let from = time as f64 / f64::from(track.scale);
            let endless = duration == 0 || self.fragments > 0;
            let to = if endless { f64::INFINITY } else { from + seconds };
            // Repeated or reordered edits are ignored: the audio is decoded in file order.
            let before = edits.last().map_or(0.0, |last| last.to);
            if from < before - ENCODER_DELAY {
                return Vec::new();
            }
            let from = from.max(before);
            edits.push(Edit { silence_before: std::mem::take(&mut silence_before), from, to });
        }
        let end = track.duration as f64 / f64::from(track.scale);
        if let Some(first) = edits.first_mut()
            && first.from >= ENCODER_DELAY
            && self.fragments > 0
        {
            first.from = 0.0;
        }
        if let Some(last) = edits.last_mut()
            && last.to > end - ENCODER_DELAY
        {
            last.to = f64::INFINITY;
        }
        edits
    }
}
