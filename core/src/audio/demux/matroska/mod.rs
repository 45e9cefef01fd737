//! WebM and Matroska (RFC 9559), as recorders write them: without sizes, cut off anywhere, one behind
//! another, and with whatever tags.
//!
//! Sizes are believed where they lead to something. Where one does not, the next cluster is looked for
//! from there on, so that what is wrong with an element that does not matter costs no sound.

mod tracks;

use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Read, Seek, SeekFrom};

use symphonia::core::errors::Error as Fault;
use symphonia::core::packet::{Packet, PacketBuilder};
use symphonia::core::units::{Duration, Timestamp};

use super::{Demuxer, Track, Unit};
use crate::audio::source::Source;
use tracks::Entry;

const EBML: u32 = 0x1a45_dfa3;
const SEGMENT: u32 = 0x1853_8067;
const INFO: u32 = 0x1549_a966;
const TRACKS: u32 = 0x1654_ae6b;
const CLUSTER: u32 = 0x1f43_b675;
const TIME: u32 = 0xe7;
const SIMPLE_BLOCK: u32 = 0xa3;
const BLOCK_GROUP: u32 = 0xa0;

/// What stands beside clusters in a segment, besides what is read: seek head, cues, chapters, attachments, tags.
const BESIDE: [u32; 5] = [0x114d_9b74, 0x1c53_bb6b, 0x1043_a770, 0x1941_a469, 0x1254_c367];

/// The most that is read at once: the description of the tracks, or a block.
const LARGEST: u64 = 16 << 20;

/// How often a place to go on from is looked for: each time may cost a pass over the file.
const SEARCHES: u32 = 64;

pub(super) struct Matroska {
    source: BufReader<Source>,
    at: u64,
    len: u64,
    tracks: Vec<Track>,
    entries: Vec<Entry>,
    picture: bool,
    /// Nanoseconds of a unit of time, and the time of the cluster in units.
    scale: u64,
    cluster: u64,
    ready: VecDeque<Unit>,
    searches: u32,
    /// Whether a recording has begun, and another one behind it.
    described: bool,
    anew: bool,
    /// Whether some sound was met.
    sounded: bool,
}

struct Element {
    id: u32,
    /// None if it is unknown.
    size: Option<u64>,
}

impl Matroska {
    pub(super) fn new(source: Source, len: u64) -> Self {
        let mut demuxer = Self {
            source: BufReader::with_capacity(64 << 10, source),
            at: 0,
            len,
            tracks: Vec::new(),
            entries: Vec::new(),
            picture: false,
            scale: 1_000_000,
            cluster: 0,
            ready: VecDeque::new(),
            searches: 0,
            described: false,
            anew: false,
            sounded: false,
        };
        // What goes wrong here is met again by the first packet.
        while !demuxer.described && demuxer.step().unwrap_or(false) {}
        demuxer
    }

    /// Reads one element; false at the end.
    fn step(&mut self) -> Result<bool, Fault> {
        let start = self.at;
        let Some(element) = self.element()? else { return Ok(false) };
        let body = self.at;
        match element.id {
            // Their children are read as they come, whether or not their sizes are right.
            SEGMENT | CLUSTER => {}
            EBML => {
                self.cluster = 0;
                self.scale = 1_000_000;
                self.pass(body, element.size)?;
            }
            INFO => {
                let info = self.body(element.size)?;
                let scale =
                    tracks::children(&info).find(|(id, _)| *id == 0x002a_d7b1).map(|(_, body)| tracks::number(body));
                self.scale = scale.filter(|scale| *scale > 0).unwrap_or(1_000_000);
                self.pass(body, element.size)?;
            }
            TRACKS => {
                let described = self.body(element.size)?;
                self.describe(&described);
                self.pass(body, element.size)?;
            }
            TIME => {
                let time = self.body(element.size.filter(|size| *size <= 8))?;
                self.cluster = tracks::number(&time);
            }
            SIMPLE_BLOCK => {
                let block = self.body(element.size)?;
                self.block(&block, 0);
            }
            BLOCK_GROUP => {
                let group = self.body(element.size)?;
                let mut padding = 0;
                for (id, body) in tracks::children(&group) {
                    if id == 0x75a2 {
                        padding = tracks::signed(body).max(0) as u64;
                    }
                }
                if let Some((_, block)) = tracks::children(&group).find(|(id, _)| *id == 0xa1) {
                    self.block(block, padding);
                }
            }
            id if BESIDE.contains(&id) || id == 0xec => self.pass(body, element.size)?,
            // Small ones that stand in a cluster.
            0xab | 0xa7 | 0x5854 | 0xbf | 0xa4 | 0xaf if element.size.is_some_and(|size| size <= 1 << 20) => {
                self.go(body + element.size.unwrap_or(0))?;
            }
            _ => self.search(start + 1)?,
        }
        Ok(true)
    }

    /// Takes note of the tracks. Those of another recording behind the first make the decoder start anew.
    fn describe(&mut self, body: &[u8]) {
        let (entries, tracks, picture) = tracks::read(body);
        if entries.is_empty() && self.described {
            return;
        }
        if self.described {
            (self.anew, self.sounded) = (true, false);
        }
        self.described = true;
        (self.entries, self.tracks, self.picture) = (entries, tracks, picture);
    }

    /// Splits a block into its frames.
    fn block(&mut self, block: &[u8], padding: u64) {
        let Some((number, rest)) = tracks::vint(block) else { return };
        let [high, low, flags, rest @ ..] = rest else { return };
        let time = self.cluster as f64 + f64::from(i16::from_be_bytes([*high, *low]));
        let seconds = time * self.scale as f64 / 1e9;
        let Some(entry) = self.entries.iter().find(|entry| u64::from(entry.number) == number) else {
            // Of a picture that comes before the sound the time matters.
            if !self.sounded {
                let packet = Packet::new(u32::MAX, Timestamp::ZERO, Duration::ZERO, Vec::new());
                self.ready.push_back(Unit { time: Some(seconds), packet });
            }
            return;
        };
        self.sounded = true;
        let frames = laced(flags >> 1 & 3, rest);
        let last = frames.len().saturating_sub(1);
        for (place, frame) in frames.into_iter().enumerate() {
            let data = [&entry.stripped[..], frame].concat();
            // Only the first frame of a block has a time.
            let time = (place == 0).then_some(seconds);
            // At the rate that Opus is decoded at; the others pad within their frames.
            let trim = if place == last { padding.saturating_mul(48) / 1_000_000 } else { 0 };
            let packet = PacketBuilder::new()
                .track_id(entry.number)
                .pts(Timestamp::ZERO)
                .dur(Duration::ZERO)
                .data(data)
                .trim_end(Duration::new(trim))
                .build();
            self.ready.push_back(Unit { time, packet });
        }
    }

    /// An element's name and size; none at the end of the file.
    fn element(&mut self) -> Result<Option<Element>, Fault> {
        let head = self.source.fill_buf()?;
        if head.is_empty() {
            return Ok(None);
        }
        let byte = |this: &mut Self| -> Result<Option<u8>, Fault> {
            let mut byte = [0u8];
            let read = this.source.read(&mut byte)?;
            this.at += read as u64;
            Ok((read > 0).then_some(byte[0]))
        };
        let Some(first) = byte(self)? else { return Ok(None) };
        let len = first.leading_zeros() + 1;
        let mut id = u32::from(first);
        for _ in 1..len.min(4) {
            let Some(next) = byte(self)? else { return Ok(None) };
            id = id << 8 | u32::from(next);
        }
        let Some(first) = byte(self)? else { return Ok(None) };
        let width = first.leading_zeros() + 1;
        if len > 4 || width > 8 {
            return Ok(Some(Element { id: 0, size: None }));
        }
        let mut size = u64::from(first) & (0xff >> width);
        for _ in 1..width {
            let Some(next) = byte(self)? else { return Ok(None) };
            size = size << 8 | u64::from(next);
        }
        let unknown = size == (1 << (7 * width)) - 1;
        Ok(Some(Element { id, size: (!unknown).then_some(size) }))
    }

    /// What an element holds, as far as the file goes and no more than is sane.
    fn body(&mut self, size: Option<u64>) -> Result<Vec<u8>, Fault> {
        let left = self.len.saturating_sub(self.at);
        let size = size.unwrap_or(0);
        if size > LARGEST {
            return Ok(Vec::new());
        }
        let mut body = Vec::with_capacity(size.min(left).min(1 << 20) as usize);
        let read = (&mut self.source).take(size.min(left)).read_to_end(&mut body)?;
        self.at += read as u64;
        Ok(body)
    }

    /// Goes on behind an element, if something stands there, or else with the next cluster in it.
    fn pass(&mut self, body: u64, size: Option<u64>) -> Result<(), Fault> {
        let Some(end) = size.and_then(|size| body.checked_add(size)) else { return self.search(body) };
        if end == self.len {
            return self.go(end);
        }
        if end < self.len {
            self.go(end)?;
            let next = self.element()?;
            self.go(end)?;
            // Names of one byte stand in any text.
            let known = |id| [SEGMENT, INFO, TRACKS, CLUSTER, EBML, 0xec].contains(&id) || BESIDE.contains(&id);
            if next.is_some_and(|next| known(next.id)) {
                return Ok(());
            }
        }
        self.search(body)
    }

    /// Looks for the next cluster, description of tracks or recording from `from` on.
    fn search(&mut self, from: u64) -> Result<(), Fault> {
        self.searches += 1;
        if self.searches > SEARCHES {
            return self.go(self.len);
        }
        self.go(from)?;
        let mut last = [0u8; 4];
        let mut seen = 0u64;
        loop {
            let part = self.source.fill_buf()?;
            if part.is_empty() {
                return self.go(self.len);
            }
            let mut found = None;
            for (place, byte) in part.iter().enumerate() {
                last = [last[1], last[2], last[3], *byte];
                seen += 1;
                if seen >= 4 && matches!(u32::from_be_bytes(last), CLUSTER | TRACKS | EBML) {
                    found = Some(place + 1);
                    break;
                }
            }
            let count = found.unwrap_or(part.len());
            self.source.consume(count);
            self.at += count as u64;
            if found.is_some() {
                return self.go(self.at - 4);
            }
        }
    }

    fn go(&mut self, to: u64) -> Result<(), Fault> {
        match to.checked_signed_diff(self.at) {
            Some(by) => self.source.seek_relative(by)?,
            None => _ = self.source.seek(SeekFrom::Start(to))?,
        }
        self.at = to;
        Ok(())
    }
}

/// The frames of a block, which several may share in four ways.
fn laced(kind: u8, bytes: &[u8]) -> Vec<&[u8]> {
    let whole = || vec![bytes];
    if kind == 0 {
        return whole();
    }
    let Some((&count, mut rest)) = bytes.split_first() else { return Vec::new() };
    let count = usize::from(count) + 1;
    let mut sizes = Vec::with_capacity(count);
    match kind {
        1 => {
            for _ in 1..count {
                let mut size = 0;
                while let Some((&byte, after)) = rest.split_first() {
                    rest = after;
                    size += usize::from(byte);
                    if byte < 255 {
                        break;
                    }
                }
                sizes.push(size);
            }
        }
        2 => sizes.resize(count - 1, rest.len() / count),
        _ => {
            let mut size = 0i64;
            for place in 1..count {
                let Some((value, after)) = tracks::vint(rest) else { return Vec::new() };
                let width = rest.len() - after.len();
                rest = after;
                size = match place {
                    1 => value as i64,
                    // Differences are counted from the middle of what their width can say.
                    _ => size + value as i64 - ((1i64 << (7 * width - 1)) - 1),
                };
                sizes.push(usize::try_from(size).unwrap_or(usize::MAX));
            }
        }
    }
    let mut frames = Vec::with_capacity(count);
    for size in sizes {
        let Some((frame, after)) = rest.split_at_checked(size) else { return frames };
        frames.push(frame);
        rest = after;
    }
    frames.push(rest);
    frames
}

impl Demuxer for Matroska {
    fn tracks(&self) -> &[Track] {
        &self.tracks
    }

    fn has_picture(&self) -> bool {
        self.picture
    }

    fn next(&mut self) -> Result<Option<Unit>, Fault> {
        loop {
            if let Some(unit) = self.ready.pop_front() {
                return Ok(Some(unit));
            }
            if std::mem::take(&mut self.anew) {
                return Err(Fault::ResetRequired);
            }
            if !self.step()? {
                return Ok(None);
            }
        }
    }
}
