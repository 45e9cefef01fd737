//! Sound that stands in the file as it is, block behind block.

use std::io::Read;

use symphonia::core::audio::Channels;
use symphonia::core::codecs::audio::AudioCodecParameters;
use symphonia::core::codecs::audio::well_known::{CODEC_ID_ADPCM_IMA_QT, CODEC_ID_ADPCM_IMA_WAV, CODEC_ID_ADPCM_MS};
use symphonia::core::errors::Error as Fault;
use symphonia::core::packet::Packet;
use symphonia::core::units::{Duration, Timestamp};

use super::{Codec, Demuxer, Track, Unit};
use crate::audio::layout::{Coding, Layout};
use crate::audio::source::Source;

/// Samples of a channel that are handed on together, about.
const FRAMES: u32 = 4096;

/// Bytes that are handed on together, at most.
const BYTES: u64 = 1 << 20;

pub(super) struct Blocks {
    source: Source,
    tracks: [Track; 1],
    block: usize,
    frames: u64,
    /// Blocks in a packet.
    many: usize,
    /// The bytes of a block that is cut off; a codec makes nothing of it.
    rest: bool,
}

impl Blocks {
    pub(super) fn new(source: Source, layout: Layout) -> Self {
        let block = layout.block.max(1);
        let frames = layout.frames.max(1);
        // A live stream is read in pieces of 40 ms, so that its status does not lag behind.
        let together = if source.is_growing() { (layout.rate / 25).clamp(1, FRAMES) } else { FRAMES };
        let many = u64::from(together.div_ceil(frames)).min((BYTES / u64::from(block)).max(1));
        let tracks = [Track { id: 0, codec: codec(&layout, frames * many as u32), delay: 0.0 }];
        Self { source, tracks, block: block as usize, frames: u64::from(frames), many: many as usize, rest: false }
    }
}

/// Symphonia decodes ADPCM; what is simpler is decoded here.
fn codec(layout: &Layout, most: u32) -> Codec {
    let id = match layout.coding {
        Coding::Microsoft => CODEC_ID_ADPCM_MS,
        Coding::ImaWav => CODEC_ID_ADPCM_IMA_WAV,
        Coding::ImaQt => CODEC_ID_ADPCM_IMA_QT,
        Coding::Unread(name) => return Codec::Unread(name.to_owned()),
        _ => return Codec::Plain(layout.clone()),
    };
    let mut params = AudioCodecParameters::new();
    params
        .for_codec(id)
        .with_sample_rate(layout.rate)
        .with_channels(Channels::Discrete(layout.channels))
        .with_frames_per_block(u64::from(layout.frames))
        .with_max_frames_per_packet(u64::from(most));
    Codec::Known(params)
}

impl Demuxer for Blocks {
    fn tracks(&self) -> &[Track] {
        &self.tracks
    }

    fn next(&mut self) -> Result<Option<Unit>, Fault> {
        if self.rest {
            return Ok(None);
        }
        let want = self.block * self.many;
        let mut bytes = Vec::with_capacity(want);
        (&mut self.source).take(want as u64).read_to_end(&mut bytes)?;
        self.rest = bytes.len() < want;
        let blocks = bytes.len() / self.block;
        bytes.truncate(blocks * self.block);
        if blocks == 0 {
            return Ok(None);
        }
        let duration = Duration::new(blocks as u64 * self.frames);
        Ok(Some(Unit { time: None, packet: Packet::new(0, Timestamp::new(0), duration, bytes) }))
    }
}
