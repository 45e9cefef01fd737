//! Streams of frames with headers of their own: MPEG audio, AAC in ADTS, AMR.
//!
//! Nothing but the frames counts. What lies between them is skipped, tags that state a length are
//! not believed, and where the sound changes its rate or its channels a new stream begins.

use std::collections::VecDeque;
use std::io::Read;

use symphonia::core::audio::Channels;
use symphonia::core::codecs::audio::AudioCodecParameters;
use symphonia::core::codecs::audio::well_known::{CODEC_ID_AAC, CODEC_ID_MP1, CODEC_ID_MP2, CODEC_ID_MP3};
use symphonia::core::errors::Error as Fault;
use symphonia::core::packet::{Packet, PacketBuilder};
use symphonia::core::units::{Duration, Timestamp};

use super::freeformat::FreeFormat;
use super::{Codec, Demuxer, Track, Unit};
use crate::audio::codec::amr;
use crate::audio::sniff::{MpegHeader, adts_len, id3_len};
use crate::audio::source::Source;

/// The longest frame with what must be seen behind it.
const REACH: usize = 16 * 1024;

/// The bytes of a frame that its header takes, at most.
const HEADER: usize = 10;

/// Frames of a stream's end that are held back until it is known to be its end.
const HELD: usize = 3;

/// What the decoder of MP3 adds to the delay that a LAME tag tells of, in samples.
const DECODER_DELAY: u64 = 529;

#[derive(Clone, Copy, PartialEq)]
pub(super) enum Kind {
    Mpeg,
    Adts,
    Amr { wide: bool },
}

pub(super) struct Frames {
    source: Source,
    kind: Kind,
    buffer: Vec<u8>,
    at: usize,
    ended: bool,
    tracks: Vec<Track>,
    /// What all frames of the present stream have in common.
    stream: Option<[u8; 3]>,
    /// A frame that begins another stream.
    next: Option<(Frame, Vec<u8>)>,
    tag: Option<Tag>,
    free: Option<FreeFormat>,
    held: VecDeque<Packet>,
    /// Frames of the stream so far.
    count: u64,
    cut: bool,
}

/// A frame's place is the start of the buffer.
#[derive(Clone)]
struct Frame {
    len: usize,
    /// What must not change within a stream.
    stream: [u8; 3],
    samples: u64,
    params: Option<AudioCodecParameters>,
}

/// What an encoder noted in a frame of its own.
#[derive(Clone, Copy)]
struct Tag {
    frames: u64,
    delay: u64,
    padding: u64,
}

impl Frames {
    pub(super) fn new(source: Source, kind: Kind) -> Self {
        let mut frames = Self {
            source,
            kind,
            buffer: Vec::new(),
            at: 0,
            ended: false,
            tracks: Vec::new(),
            stream: None,
            next: None,
            tag: None,
            free: None,
            held: VecDeque::new(),
            count: 0,
            cut: false,
        };
        if let Kind::Amr { wide } = kind {
            frames.at = if wide { 9 } else { 6 };
            frames.tracks = vec![Track { id: 0, codec: Codec::Amr { wide }, delay: 0.0 }];
        } else if let Ok(Some((frame, bytes))) = frames.find() {
            frames.begin(frame, bytes);
        }
        frames
    }

    /// Starts a stream with its first frame.
    fn begin(&mut self, frame: Frame, bytes: Vec<u8>) {
        if let Some(params) = &frame.params {
            self.tracks = vec![Track { id: 0, codec: Codec::Known(params.clone()), delay: 0.0 }];
        }
        self.stream = Some(frame.stream);
        self.count = 0;
        self.tag = if self.kind == Kind::Mpeg { tag(&bytes) } else { None };
        if self.tag.is_none() {
            self.hold(&frame, bytes);
        }
    }

    fn hold(&mut self, frame: &Frame, bytes: Vec<u8>) {
        let bytes = match (&mut self.free, self.kind) {
            // The decoder will say of an empty packet that it is damaged.
            (Some(free), Kind::Mpeg) => free.usual(&bytes).unwrap_or_default(),
            (_, Kind::Adts) => adts_payload(bytes),
            _ => bytes,
        };
        let delay = self.tag.map_or(0, |tag| tag.delay).saturating_sub(self.count * frame.samples).min(frame.samples);
        self.count += 1;
        let packet = PacketBuilder::new()
            .track_id(0)
            .pts(Timestamp::ZERO)
            .dur(Duration::new(frame.samples - delay))
            .data(bytes)
            .trim_start(Duration::new(delay))
            .build();
        self.held.push_back(packet);
    }

    /// Takes the padding off the frames that end a stream, if the tag spoke of this very stream.
    fn trim_end(&mut self) {
        let Some(tag) = self.tag.take() else { return };
        // The frame that holds the tag is counted by some.
        self.cut = tag.frames != u64::MAX && tag.frames > self.count + 2;
        if tag.frames != self.count {
            return;
        }
        let mut left = tag.padding;
        for packet in self.held.iter_mut().rev() {
            let take = left.min(packet.dur.get());
            left -= take;
            packet.trim_end = Duration::new(take);
            packet.dur = Duration::new(packet.dur.get() - take);
        }
    }

    fn fill(&mut self) -> Result<(), Fault> {
        if self.at > REACH || self.ended {
            self.buffer.drain(..self.at.min(self.buffer.len()));
            self.at = 0;
        }
        while !self.ended && self.buffer.len() < self.at + 4 * REACH {
            let before = self.buffer.len();
            if self.source.is_growing() {
                // What is there, however little.
                self.buffer.resize(before + REACH, 0);
                let read = self.source.read(&mut self.buffer[before..]);
                self.buffer.truncate(before + *read.as_ref().unwrap_or(&0));
                read?;
            } else {
                (&mut self.source).take(8 * REACH as u64).read_to_end(&mut self.buffer)?;
            }
            self.ended = self.buffer.len() == before;
            if self.source.is_growing() {
                break;
            }
        }
        Ok(())
    }

    fn rest(&self) -> &[u8] {
        self.buffer.get(self.at..).unwrap_or_default()
    }

    /// The next frame and its bytes.
    fn find(&mut self) -> Result<Option<(Frame, Vec<u8>)>, Fault> {
        loop {
            while self.rest().len() < self.wanted() && !self.ended {
                self.fill()?;
            }
            let rest = self.rest();
            if rest.len() < 4 {
                return Ok(None);
            }
            if let Some(len) = tag_len(rest) {
                self.skip(len)?;
                continue;
            }
            if rest[0] == 0xff
                && let Some(frame) = self.frame_at(rest)
            {
                if rest.len() < frame.len {
                    return Ok(None);
                }
                let bytes = rest[..frame.len].to_vec();
                self.at += frame.len;
                return Ok(Some((frame, bytes)));
            }
            // Nothing but its first byte can start a frame.
            let ahead = memchr::memchr(0xff, &rest[1..]).map_or(rest.len(), |at| at + 1);
            self.at += ahead;
        }
    }

    /// How much must be seen to take the next frame. A live stream does not wait for more than that frame.
    fn wanted(&self) -> usize {
        let rest = self.rest();
        if !self.source.is_growing() || self.stream.is_none() {
            return REACH;
        }
        match self.header(rest) {
            Some(frame) if self.stream == Some(frame.stream) => frame.len,
            // A header that is cut off.
            None if rest.len() < HEADER => HEADER,
            _ => REACH,
        }
    }

    fn skip(&mut self, mut len: usize) -> Result<(), Fault> {
        loop {
            let step = len.min(self.rest().len());
            self.at += step;
            len -= step;
            if len == 0 || self.ended {
                return Ok(());
            }
            self.fill()?;
        }
    }

    /// The frame that starts here. One of the present stream is believed; a header alone is 11 bits of luck, so one
    /// of another kind must be followed by its like.
    fn frame_at(&self, rest: &[u8]) -> Option<Frame> {
        let frame = self.header(rest)?;
        if self.stream == Some(frame.stream) {
            return Some(frame);
        }
        let Some(after) = rest.get(frame.len..).filter(|after| after.len() >= 4) else {
            return (self.stream.is_none() && self.ended).then_some(frame);
        };
        let like = |other: Frame| other.stream[..2] == frame.stream[..2];
        self.header(after).is_some_and(like).then_some(frame)
    }

    fn header(&self, rest: &[u8]) -> Option<Frame> {
        match self.kind {
            Kind::Mpeg => {
                let header = MpegHeader::read(rest)?;
                let len = match header.len() {
                    Some(len) => len,
                    None => self.free.as_ref().map(|free| free.len(&header)).or_else(|| FreeFormat::measure(rest))?,
                };
                let id = [CODEC_ID_MP1, CODEC_ID_MP2, CODEC_ID_MP3][usize::from(header.layer) - 1];
                let mut params = AudioCodecParameters::new();
                params.for_codec(id).with_sample_rate(header.rate);
                Some(Frame { len, stream: header.stream(), samples: header.samples(), params: Some(params) })
            }
            Kind::Adts => adts(rest),
            Kind::Amr { .. } => None,
        }
    }

    fn amr(&mut self, wide: bool) -> Result<Option<Unit>, Fault> {
        if self.rest().len() < 128 && !self.ended {
            self.fill()?;
        }
        let rest = self.rest();
        let Some(head) = rest.first() else { return Ok(None) };
        // A type that no frame has is skipped, byte by byte.
        let len = amr::frame_len(wide, *head).map_or(1, |len| len + 1);
        let Some(bytes) = rest.get(..len).map(<[u8]>::to_vec) else { return Ok(None) };
        self.at += len;
        let packet = Packet::new(0, Timestamp::ZERO, Duration::ZERO, bytes);
        Ok(Some(Unit { time: None, packet }))
    }
}

impl Demuxer for Frames {
    fn tracks(&self) -> &[Track] {
        &self.tracks
    }

    fn is_cut(&self) -> bool {
        self.cut
    }

    fn next(&mut self) -> Result<Option<Unit>, Fault> {
        if let Kind::Amr { wide } = self.kind {
            return self.amr(wide);
        }
        if let Some((frame, bytes)) = self.next.take_if(|_| self.held.is_empty()) {
            self.free = None;
            self.begin(frame, bytes);
            return Err(Fault::ResetRequired);
        }
        while self.held.len() < HELD && self.next.is_none() {
            let Some((frame, bytes)) = self.find()? else { break };
            if self.stream.is_some_and(|stream| stream != frame.stream) {
                self.next = Some((frame, bytes));
                break;
            }
            // A recording that was put behind another begins with a tag too.
            if self.kind == Kind::Mpeg && self.count > 0 && tag(&bytes).is_some() {
                self.next = Some((frame, bytes));
                break;
            }
            if self.kind == Kind::Mpeg
                && self.free.is_none()
                && MpegHeader::read(&bytes).is_some_and(|head| head.free())
            {
                self.free = Some(FreeFormat::new(bytes.len(), &bytes));
            }
            self.hold(&frame, bytes);
        }
        if self.held.len() < HELD {
            self.trim_end();
        }
        match self.held.pop_front() {
            Some(packet) => Ok(Some(Unit { time: None, packet })),
            None if self.next.is_some() => self.next(),
            None => Ok(None),
        }
    }
}

/// The length of a tag that starts here, of those that stand between frames.
fn tag_len(bytes: &[u8]) -> Option<usize> {
    if bytes.starts_with(b"TAG") {
        return Some(128);
    }
    if let Some(head) = bytes.strip_prefix(b"APETAGEX") {
        let size = head.get(4..8)?;
        let size = u32::from_le_bytes([size[0], size[1], size[2], size[3]]);
        // A header is followed by what the size counts; a footer ends it.
        let is_header = head.get(15).is_some_and(|flags| flags & 0x20 != 0);
        return Some(32 + if is_header { size.min(1 << 28) as usize } else { 0 });
    }
    id3_len(bytes)
}

fn adts(rest: &[u8]) -> Option<Frame> {
    let len = adts_len(rest)?;
    let head = if rest[1] & 1 == 0 { 9 } else { 7 };
    let profile = rest[2] >> 6;
    let rate = rest[2] >> 2 & 0x0f;
    let channels = (rest[2] & 1) << 2 | rest[3] >> 6;
    if len < head {
        return None;
    }
    // An AudioSpecificConfig says the same (ISO/IEC 14496-3, 1.6.2.1).
    let config = (u16::from(profile) + 1) << 11 | u16::from(rate) << 7 | u16::from(channels) << 3;
    let mut params = AudioCodecParameters::new();
    params.for_codec(CODEC_ID_AAC);
    // Without channels in the header the packets tell of them.
    if channels > 0 {
        params.with_extra_data(config.to_be_bytes().into());
    }
    if let Some(hertz) = crate::audio::aac::RATES.get(usize::from(rate)) {
        params.with_sample_rate(*hertz);
    }
    if channels > 0 {
        params.with_channels(Channels::Discrete(u16::from(if channels == 7 { 8 } else { channels })));
    }
    Some(Frame { len, stream: [profile, rate, channels], samples: 1024, params: Some(params) })
}

/// An ADTS frame without its header, where the header says all; with several blocks or channels of its own it stays.
fn adts_payload(mut bytes: Vec<u8>) -> Vec<u8> {
    let head = if bytes[1] & 1 == 0 { 9 } else { 7 };
    let whole = bytes[2] & 1 == 0 && bytes[3] >> 6 == 0 || bytes[6] & 3 != 0;
    if !whole {
        bytes.drain(..head.min(bytes.len()));
    }
    bytes
}

/// What a frame says that holds no sound but a Xing, Info or VBRI tag.
fn tag(frame: &[u8]) -> Option<Tag> {
    let header = MpegHeader::read(frame)?;
    let none = Tag { frames: u64::MAX, delay: 0, padding: 0 };
    if header.layer != 3 {
        return None;
    }
    if frame.get(36..40) == Some(b"VBRI") {
        return Some(none);
    }
    // Some encoders leave room for a checksum that is not there.
    let side = 4 + header.side_info();
    let at = [side, side + 2].into_iter().find(|at| matches!(frame.get(*at..at + 4), Some(b"Xing" | b"Info")))?;
    let fields = &frame[at + 4..];
    let word = |at: usize| Some(u32::from_be_bytes(fields.get(at..at + 4)?.try_into().ok()?));
    let flags = word(0)?;
    let mut next = 4;
    let frames = if flags & 1 != 0 {
        next += 4;
        word(4).map(u64::from)
    } else {
        None
    };
    next +=
        if flags & 2 != 0 { 4 } else { 0 } + if flags & 4 != 0 { 100 } else { 0 } + if flags & 8 != 0 { 4 } else { 0 };
    // LAME and those that follow it put the delay and the padding 21 bytes behind their name, 12 bits each.
    let delays = fields.get(next + 21..next + 24).filter(|_| fields.get(next).is_some_and(u8::is_ascii_alphabetic));
    let Some([high, middle, low]) = delays else { return Some(none) };
    let delay = u64::from(*high) << 4 | u64::from(middle >> 4);
    let padding = u64::from(middle & 0x0f) << 8 | u64::from(*low);
    Some(Tag {
        frames: frames.unwrap_or(u64::MAX),
        delay: if delay > 0 { delay + DECODER_DELAY } else { 0 },
        padding: padding.saturating_sub(DECODER_DELAY),
    })
}
