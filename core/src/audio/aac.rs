//! HE-AAC is read as its AAC-LC core: the band that carries voice, without spectral replication.

/// Sample rates by their index (ISO/IEC 14496-3, 1.6.3.4).
pub(crate) const RATES: [u32; 13] =
    [96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8_000, 7_350];

/// The AudioSpecificConfig of AAC-LC at a usual rate.
pub(crate) fn config(rate: u32, channels: u16) -> Option<Vec<u8>> {
    let index = RATES.iter().position(|usual| *usual == rate)? as u16;
    let channels = if channels == 8 { 7 } else { channels };
    (channels < 8).then(|| (2 << 11 | index << 7 | channels << 3).to_be_bytes().to_vec())
}

/// Whether Symphonia decodes what this config speaks of: AAC-LC of one or two channels.
pub(crate) fn is_simple(config: &[u8]) -> bool {
    let mut bits = Bits { bytes: config, at: 0 };
    let fields = (bits.take(5), bits.take(4).map(|index| if index == 15 { bits.take(24) } else { None }), bits.take(4));
    // The bit behind them stands for frames of 960 samples.
    matches!(fields, (Some(2), Some(_), Some(1 | 2))) && bits.take(1) == Some(0)
}

/// AAC of several channels, and of the rarer kinds.
pub(crate) struct Whole {
    decoder: rusty_aac::AacDecoder,
}

impl Whole {
    /// For packets with headers where there is no config. None for what is not decoded.
    pub(crate) fn new(config: Option<&[u8]>) -> Option<Self> {
        let decoder = match config {
            Some(config) => rusty_aac::AacDecoder::with_config_bytes(config).ok()?,
            None => rusty_aac::AacDecoder::new(),
        };
        Some(Self { decoder })
    }

    /// Decodes a packet into one vector for each channel; the sample rate.
    pub(crate) fn decode(&mut self, data: &[u8], planes: &mut Vec<Vec<f32>>) -> Option<u32> {
        let mut sound = self.decoder.decode(data, None).ok()?;
        let channels = usize::from(sound.channels).max(1);
        planes.resize_with(channels, Vec::new);
        for (channel, plane) in planes.iter_mut().enumerate() {
            plane.clear();
            plane.extend(sound.samples.iter().skip(channel).step_by(channels));
        }
        sound.samples.clear();
        Some(sound.sample_rate)
    }
}

/// An AudioSpecificConfig for the core alone.
#[derive(Debug, PartialEq)]
pub(crate) struct CoreConfig {
    pub(crate) sample_rate: u32,
    pub(crate) bytes: Box<[u8]>,
}

/// Rewrites a config that signals HE-AAC first (audio object type 5, or 29 for version 2) into
/// that of its core. None for any other config (ISO/IEC 14496-3, 1.6.2.1).
pub(crate) fn core_config(config: &[u8]) -> Option<CoreConfig> {
    const LC: u64 = 2;
    let mut bits = Bits { bytes: config, at: 0 };
    let object_type = bits.take(5)?;
    if object_type != 5 && object_type != 29 {
        return None;
    }
    let index = bits.take(4)?;
    let sample_rate = match index {
        15 => u32::try_from(bits.take(24)?).ok()?,
        index => *RATES.get(index as usize)?,
    };
    let channels = bits.take(4)?;
    let core = match index {
        15 => LC << 35 | 15 << 31 | u64::from(sample_rate) << 7 | channels << 3,
        index => LC << 11 | index << 7 | channels << 3,
    };
    let bytes = match index {
        15 => core.to_be_bytes()[3..].into(),
        _ => core.to_be_bytes()[6..].into(),
    };
    Some(CoreConfig { sample_rate, bytes })
}

struct Bits<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Bits<'_> {
    fn take(&mut self, count: usize) -> Option<u64> {
        (0..count).try_fold(0, |value, _| {
            let byte = self.bytes.get(self.at / 8)?;
            let bit = byte >> (7 - self.at % 8) & 1;
            self.at += 1;
            Some(value << 1 | u64::from(bit))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hierarchical_he_aac_becomes_its_core() {
        // Type 5, core 24 kHz (index 6), mono, extension 48 kHz (index 3), then type 2.
        let config = [0b0010_1011, 0b0000_1001, 0b1000_1000];
        let core = core_config(&config).unwrap();
        assert_eq!(core.sample_rate, 24_000);
        assert_eq!(&core.bytes[..], &[0b0001_0011, 0b0000_1000]);
    }

    #[test]
    fn plain_lc_is_left_alone() {
        assert_eq!(core_config(&[0b0001_0011, 0b0000_1000]), None);
        assert_eq!(core_config(&[]), None);
    }
}
