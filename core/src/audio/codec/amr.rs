//! AMR and AMR-WB frames (RFC 4867, 5.3), bare or in 3GP.

use codec_core::codecs::amr::AmrCodec;
use codec_core::types::{CodecConfig, CodecType, CodedFrame, FrameKind, VariableRateCodec};

/// Bytes of a frame by its type, without the one that names the type; none for types that no frame has.
pub(crate) fn frame_len(wide: bool, head: u8) -> Option<usize> {
    const NARROW: [usize; 9] = [12, 13, 15, 17, 19, 20, 26, 31, 5];
    const WIDE: [usize; 10] = [17, 23, 32, 36, 40, 46, 50, 58, 60, 5];
    let kind = usize::from(head >> 3 & 0x0f);
    match kind {
        14 if wide => Some(0),
        15 => Some(0),
        _ if wide => WIDE.get(kind).copied(),
        _ => NARROW.get(kind).copied(),
    }
}

/// The decoder of one stream.
pub(crate) struct Amr {
    codec: AmrCodec,
    wide: bool,
    mode: u8,
}

impl Amr {
    pub(crate) fn new(wide: bool) -> Option<Self> {
        let kind = if wide { CodecType::AmrWb } else { CodecType::AmrNb };
        Some(Self { codec: AmrCodec::new(&CodecConfig::new(kind)).ok()?, wide, mode: 0 })
    }

    pub(crate) fn name(&self) -> &'static str {
        if self.wide { "amr_wb" } else { "amr_nb" }
    }

    pub(crate) fn sample_rate(&self) -> u32 {
        if self.wide { 16_000 } else { 8_000 }
    }

    /// Decodes frames that follow one another; false where one of them could not be.
    pub(crate) fn decode(&mut self, mut bytes: &[u8], out: &mut Vec<f32>) -> bool {
        let mut sound = true;
        while let [head, rest @ ..] = bytes {
            let Some((data, after)) = frame_len(self.wide, *head).and_then(|len| rest.split_at_checked(len)) else {
                return false;
            };
            bytes = after;
            let kind = head >> 3 & 0x0f;
            let comfort = if self.wide { 9 } else { 8 };
            let frame_kind = match kind {
                14 => FrameKind::Lost,
                15 => FrameKind::NoData,
                kind if kind == comfort => FrameKind::ComfortNoise,
                kind => {
                    self.mode = kind;
                    FrameKind::Speech
                }
            };
            let frame =
                CodedFrame { kind: frame_kind, mode: self.mode, quality_ok: head & 4 != 0, data: data.to_vec() };
            match self.codec.decode_frame(&frame) {
                Ok(samples) => out.extend(samples.iter().map(|sample| f32::from(*sample) / 32768.0)),
                Err(_) => {
                    sound = false;
                    out.resize(out.len() + self.sample_rate() as usize / 50, 0.0);
                }
            }
        }
        sound
    }
}
