//! Opus packets (RFC 6716) out of Ogg, WebM and MP4, decoded at 48 kHz in their own channels.

use rusty_opus::OpusDecoder;
use rusty_opus::multistream::OpusMSDecoder;
use symphonia::core::errors::Error as Fault;
use symphonia::core::packet::Packet;

/// The longest packet allowed, 120 ms, in samples per channel (RFC 6716, 3.2.5).
const MAX_FRAMES: usize = 5760;

/// The Opus track of one stream.
pub(crate) struct OpusTrack {
    decoder: Streams,
    channels: usize,
    skip: usize,
    gain: f32,
    /// Samples of the last packet that were left out, per channel.
    pub(crate) dropped: usize,
    interleaved: Vec<f32>,
}

enum Streams {
    One(Box<OpusDecoder>),
    Many(OpusMSDecoder),
}

impl OpusTrack {
    pub(crate) const SAMPLE_RATE: u32 = 48_000;

    /// Starts from an `OpusHead` (RFC 7845, 5.1); without one the stream is taken for stereo.
    pub(crate) fn new(head: Option<&[u8]>) -> Result<Self, String> {
        let head = Head::parse(head);
        let rate = Self::SAMPLE_RATE as i32;
        let decoder = match (head.family, head.channels) {
            (0, channels @ (1 | 2)) => OpusDecoder::new(rate, channels).map(|decoder| Streams::One(Box::new(decoder))),
            (1, channels @ 1..=8) => OpusMSDecoder::new(rate, channels, 1).map(Streams::Many),
            (family, channels) => {
                return Err(format!("Opus sound with {channels} channels in mapping family {family}"));
            }
        };
        let decoder = decoder.map_err(|error| format!("Opus sound that cannot be decoded ({error})"))?;
        Ok(Self {
            decoder,
            channels: head.channels,
            skip: head.pre_skip,
            gain: head.gain,
            dropped: 0,
            interleaved: vec![0.0; MAX_FRAMES * head.channels],
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
        let decoded = match &mut self.decoder {
            Streams::One(decoder) => decoder.decode(&packet.data, MAX_FRAMES, &mut self.interleaved),
            Streams::Many(decoder) => decoder.decode(&packet.data, MAX_FRAMES, &mut self.interleaved),
        };
        let frames = decoded.map_err(|_| Fault::DecodeError("opus: invalid packet"))?.min(MAX_FRAMES);
        let from = self.skip.min(frames);
        self.skip -= from;
        let padding = usize::try_from(packet.trim_end.get()).unwrap_or(0);
        let to = frames.saturating_sub(padding).max(from);
        self.dropped = frames - (to - from);
        for (channel, plane) in planes.iter_mut().enumerate() {
            let samples = self.interleaved[channel..].iter().step_by(self.channels);
            plane.extend(samples.skip(from).take(to - from).map(|sample| sample * self.gain));
        }
        Ok(())
    }
}

struct Head {
    channels: usize,
    pre_skip: usize,
    /// What the samples are to be multiplied by.
    gain: f32,
    family: u8,
}

impl Head {
    fn parse(head: Option<&[u8]>) -> Self {
        let fields = head.and_then(|head| head.strip_prefix(b"OpusHead")).filter(|fields| fields.len() >= 11);
        let Some(fields) = fields else { return Self { channels: 2, pre_skip: 0, gain: 1.0, family: 0 } };
        // MP4 keeps these fields big-endian and marks them by version 0; the demuxer passes them
        // on unchanged.
        let number = |at: usize| {
            let bytes = [fields[at], fields[at + 1]];
            if fields[0] == 0 { u16::from_be_bytes(bytes) } else { u16::from_le_bytes(bytes) }
        };
        // In 256ths of a decibel.
        let decibels = f32::from(number(8) as i16) / 256.0;
        Self {
            channels: usize::from(fields[1]),
            pre_skip: usize::from(number(2)),
            gain: 10f32.powf(decibels / 20.0),
            family: fields[10],
        }
    }
}
