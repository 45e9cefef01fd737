//! Opus packets (RFC 6716) out of Ogg, WebM and MP4, decoded at 48 kHz in their own channels.

use rusty_opus::OpusDecoder;
use symphonia::core::errors::Error as Fault;
use symphonia::core::packet::Packet;

/// The longest packet allowed, 120 ms, in samples per channel (RFC 6716, 3.2.5).
const MAX_FRAMES: usize = 5760;

/// Streams of one recording, at most; eight channels need no more.
const MAX_STREAMS: usize = 8;

/// The Opus track of one stream, which may be several streams of one or two channels side by side.
pub(crate) struct OpusTrack {
    /// Each with its number of channels; those of two come first.
    streams: Vec<(OpusDecoder, usize)>,
    /// For each channel, which of the decoded ones it is; 255 for silence.
    mapping: Vec<u8>,
    channels: usize,
    skip: usize,
    gain: f32,
    /// Samples of the last packet that were left out, per channel.
    pub(crate) dropped: usize,
    interleaved: Vec<f32>,
    decoded: Vec<Vec<f32>>,
}

impl OpusTrack {
    pub(crate) const SAMPLE_RATE: u32 = 48_000;

    /// Starts from an `OpusHead` (RFC 7845, 5.1); without one the stream is taken for stereo.
    pub(crate) fn new(head: Option<&[u8]>) -> Result<Self, String> {
        let head = Head::parse(head);
        let coupled = head.coupled;
        let decoders = (0..head.streams).map(|number| {
            let channels = if number < coupled { 2 } else { 1 };
            OpusDecoder::new(Self::SAMPLE_RATE as i32, channels).map(|decoder| (decoder, channels))
        });
        let streams = decoders.collect::<Result<Vec<_>, _>>().unwrap_or_default();
        let decoded = head.streams + coupled;
        let sane = head.mapping.iter().all(|from| *from == 255 || usize::from(*from) < decoded);
        if streams.is_empty()
            || coupled > head.streams
            || !sane
            || head.mapping.is_empty()
            || head.family > 2 && head.family < 255
        {
            return Err(format!("Opus audio with {} channels in an unknown order", head.mapping.len()));
        }
        Ok(Self {
            streams,
            channels: head.mapping.len(),
            mapping: head.mapping,
            skip: head.pre_skip,
            gain: head.gain,
            dropped: 0,
            interleaved: vec![0.0; MAX_FRAMES * 2],
            decoded: vec![Vec::new(); decoded],
        })
    }

    /// Decodes one packet into one vector per channel, without the samples to be skipped at the
    /// start of the stream and those that the container marks as padding at its end.
    pub(crate) fn decode(&mut self, packet: &Packet, planes: &mut Vec<Vec<f32>>) -> Result<(), Fault> {
        planes.resize_with(self.channels, Vec::new);
        planes.iter_mut().for_each(Vec::clear);
        self.dropped = 0;
        if packet.data.is_empty() {
            return Ok(());
        }
        let frames = self.streams(&packet.data).ok_or(Fault::DecodeError("opus: invalid packet"))?;
        let from = self.skip.min(frames);
        self.skip -= from;
        let padding = usize::try_from(packet.trim_end.get()).unwrap_or(0);
        let to = frames.saturating_sub(padding).max(from);
        self.dropped = frames - (to - from);
        for (plane, of) in planes.iter_mut().zip(&self.mapping) {
            match self.decoded.get(usize::from(*of)).and_then(|samples| samples.get(from..to)) {
                Some(samples) => plane.extend(samples.iter().map(|sample| sample * self.gain)),
                None => plane.resize(to - from, 0.0),
            }
        }
        Ok(())
    }

    /// Decodes the packet of each stream, one behind the other in `data`; the samples of a channel.
    fn streams(&mut self, data: &[u8]) -> Option<usize> {
        let mut rest = data;
        let mut frames = 0;
        let last = self.streams.len() - 1;
        let mut outputs = self.decoded.iter_mut();
        for (number, (decoder, channels)) in self.streams.iter_mut().enumerate() {
            let plain;
            let packet = if number == last {
                rest
            } else {
                (plain, rest) = undelimited(rest)?;
                &plain
            };
            frames = decoder.decode(packet, MAX_FRAMES, &mut self.interleaved).ok()?.min(MAX_FRAMES);
            for channel in 0..*channels {
                let output = outputs.next()?;
                output.clear();
                output.extend(self.interleaved[channel..].iter().step_by(*channels).take(frames));
            }
        }
        Some(frames)
    }
}

/// A packet that says itself how long it is, as one that does not, and what follows it (RFC 6716, appendix B).
fn undelimited(data: &[u8]) -> Option<(Vec<u8>, &[u8])> {
    let (&head, mut rest) = data.split_first()?;
    let mut plain = vec![head];
    let mut padding = 0;
    let mut sum = 0;
    let (count, variable) = match head & 3 {
        0 => (1, false),
        1 => (2, false),
        2 => (2, true),
        _ => {
            let (&about, after) = rest.split_first()?;
            rest = after;
            plain.push(about);
            let mut more = about & 0x40 != 0;
            while more {
                let (&byte, after) = rest.split_first()?;
                rest = after;
                plain.push(byte);
                more = byte == 255;
                padding += if more { 254 } else { usize::from(byte) };
            }
            (usize::from(about & 0x3f), about & 0x80 != 0)
        }
    };
    if variable {
        for _ in 1..count {
            let (size, width) = frame_size(rest)?;
            plain.extend_from_slice(&rest[..width]);
            rest = &rest[width..];
            sum += size;
        }
    }
    let (size, width) = frame_size(rest)?;
    rest = &rest[width..];
    sum += if variable { size } else { size.checked_mul(count)? };
    let (frames, after) = rest.split_at_checked(sum + padding)?;
    plain.extend_from_slice(frames);
    Some((plain, after))
}

fn frame_size(bytes: &[u8]) -> Option<(usize, usize)> {
    let first = usize::from(*bytes.first()?);
    if first < 252 { Some((first, 1)) } else { Some((first + 4 * usize::from(*bytes.get(1)?), 2)) }
}

struct Head {
    pre_skip: usize,
    /// What the samples are to be multiplied by.
    gain: f32,
    family: u8,
    streams: usize,
    coupled: usize,
    mapping: Vec<u8>,
}

impl Head {
    fn parse(head: Option<&[u8]>) -> Self {
        let fields = head.and_then(|head| head.strip_prefix(b"OpusHead")).filter(|fields| fields.len() >= 11);
        let stereo = Self { pre_skip: 0, gain: 1.0, family: 0, streams: 1, coupled: 1, mapping: vec![0, 1] };
        let Some(fields) = fields else { return stereo };
        // MP4 keeps these fields big-endian and marks them by version 0; the demuxer passes them
        // on unchanged.
        let number = |at: usize| {
            let bytes = [fields[at], fields[at + 1]];
            if fields[0] == 0 { u16::from_be_bytes(bytes) } else { u16::from_le_bytes(bytes) }
        };
        // In 256ths of a decibel.
        let decibels = f32::from(number(8) as i16) / 256.0;
        let (channels, family) = (usize::from(fields[1]), fields[10]);
        let (streams, coupled, mapping) = match (family, fields.get(11..13 + channels)) {
            (1.., Some([streams, coupled, mapping @ ..])) => {
                (usize::from(*streams), usize::from(*coupled), mapping.to_vec())
            }
            (0, _) if (1..=2).contains(&channels) => (1, channels - 1, (0..channels as u8).collect()),
            _ => (0, 0, vec![0; channels]),
        };
        Self {
            pre_skip: usize::from(number(2)),
            gain: 10f32.powf(decibels / 20.0),
            family,
            streams: streams.min(MAX_STREAMS),
            coupled,
            mapping,
        }
    }
}
