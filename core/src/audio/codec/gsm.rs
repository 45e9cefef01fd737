//! GSM 06.10 full rate (ETSI EN 300 961): 160 samples at 8 kHz from 260 bits.

/// The decoder of one stream.
#[derive(Default)]
pub(crate) struct Gsm {
    /// The last 120 samples of the long-term residual.
    past: Past,
    lag: usize,
    /// Log area ratios of the frame before.
    ratios: [i16; 8],
    filter: [i16; 9],
    emphasis: i16,
}

struct Past([i16; 120]);

impl Default for Past {
    fn default() -> Self {
        Self([0; 120])
    }
}

const RATIO_BITS: [u32; 8] = [6, 6, 5, 5, 4, 4, 3, 3];

/// Least code, offset and inverse step of each ratio (table 5.1 of the standard).
const RATIO: [(i16, i16, i16); 8] = [
    (-32, 0, 13107),
    (-32, 0, 13107),
    (-16, 2048, 13107),
    (-16, -2560, 13107),
    (-8, 94, 19223),
    (-8, -1792, 17476),
    (-4, -341, 31454),
    (-4, -1144, 29708),
];
const GAIN: [i16; 4] = [3277, 11469, 21299, 32767];
const MANTISSA: [i16; 8] = [18431, 20479, 22527, 24575, 26623, 28671, 30719, 32767];

fn product(a: i16, b: i16) -> i16 {
    (i32::from(a) * i32::from(b) + 16384 >> 15).clamp(-32768, 32767) as i16
}

/// Reads bits from the high end of each byte down, or from the low end up.
struct Bits<'a> {
    bytes: &'a [u8],
    at: usize,
    low_first: bool,
}

impl Bits<'_> {
    fn take(&mut self, count: u32) -> i16 {
        let mut value = 0;
        for number in 0..count {
            let byte = self.bytes.get(self.at / 8).copied().unwrap_or(0);
            if self.low_first {
                value |= i16::from(byte >> (self.at % 8) & 1) << number;
            } else {
                value = value << 1 | i16::from(byte >> (7 - self.at % 8) & 1);
            }
            self.at += 1;
        }
        value
    }
}

impl Gsm {
    /// A frame of 33 bytes, of which the first half byte only marks it.
    pub(super) fn frame(&mut self, bytes: &[u8], out: &mut impl FnMut(i16)) {
        self.decode(&mut Bits { bytes, at: 4, low_first: false }, out);
    }

    /// Two frames in 65 bytes, as WAV has them.
    pub(super) fn pair(&mut self, bytes: &[u8], out: &mut impl FnMut(i16)) {
        let mut bits = Bits { bytes, at: 0, low_first: true };
        self.decode(&mut bits, out);
        self.decode(&mut bits, out);
    }

    fn decode(&mut self, bits: &mut Bits<'_>, out: &mut impl FnMut(i16)) {
        let codes = RATIO_BITS.map(|count| bits.take(count));
        let mut residual = [0i16; 160];
        for part in residual.chunks_exact_mut(40) {
            self.long_term(bits, part);
        }
        let mut ratios = [0i16; 8];
        for ((ratio, code), (least, offset, step)) in ratios.iter_mut().zip(codes).zip(RATIO) {
            let value = ((code + least) << 10).saturating_sub(offset << 1);
            let value = product(step, value);
            *ratio = value.saturating_add(value);
        }
        let before = std::mem::replace(&mut self.ratios, ratios);
        let mut blend = |range: std::ops::Range<usize>, mix: fn(i16, i16) -> i16| {
            let mut reflections = [0i16; 8];
            for (at, reflection) in reflections.iter_mut().enumerate() {
                *reflection = reflected(mix(before[at], ratios[at]));
            }
            for sample in &mut residual[range] {
                *sample = self.short_term(&reflections, *sample);
            }
        };
        blend(0..13, |old, new| (old >> 2).saturating_add(new >> 2).saturating_add(old >> 1));
        blend(13..27, |old, new| (old >> 1).saturating_add(new >> 1));
        blend(27..40, |old, new| (old >> 2).saturating_add(new >> 2).saturating_add(new >> 1));
        blend(40..160, |_, new| new);
        for sample in residual {
            self.emphasis = sample.saturating_add(product(self.emphasis, 28180));
            out(self.emphasis.saturating_add(self.emphasis) & !7);
        }
    }

    /// The pulses of a quarter of a frame on top of what the past says.
    fn long_term(&mut self, bits: &mut Bits<'_>, part: &mut [i16]) {
        let lag = bits.take(7) as usize;
        let gain = GAIN[(bits.take(2) & 3) as usize];
        let grid = bits.take(2) as usize;
        let largest = bits.take(6);
        if (40..=120).contains(&lag) {
            self.lag = lag;
        }
        let lag = self.lag.clamp(40, 120);
        let mut exponent = if largest > 15 { (largest >> 3) - 1 } else { 0 };
        let mut mantissa = largest - (exponent << 3);
        if mantissa == 0 {
            (exponent, mantissa) = (-4, 7);
        } else {
            while mantissa <= 7 {
                mantissa = mantissa << 1 | 1;
                exponent -= 1;
            }
            mantissa -= 8;
        }
        let factor = MANTISSA[(mantissa & 7) as usize];
        let shift = (6 - exponent).clamp(0, 15);
        let half = if shift > 0 { 1i16 << (shift - 1) } else { 0 };
        for pulse in 0..13 {
            let value = product(factor, (bits.take(3) * 2 - 7) << 12);
            part[grid + 3 * pulse] = value.saturating_add(half) >> shift;
        }
        // The lag is at least as long as the part.
        for (sample, past) in part.iter_mut().zip(&self.past.0[120 - lag..]) {
            *sample = sample.saturating_add(product(gain, *past));
        }
        self.past.0.copy_within(40.., 0);
        self.past.0[80..].copy_from_slice(part);
    }

    fn short_term(&mut self, reflections: &[i16; 8], sample: i16) -> i16 {
        let mut value = sample;
        for at in (0..8).rev() {
            value = value.saturating_sub(product(reflections[at], self.filter[at]));
            self.filter[at + 1] = self.filter[at].saturating_add(product(reflections[at], value));
        }
        self.filter[0] = value;
        value
    }
}

/// A reflection coefficient from its log area ratio.
fn reflected(ratio: i16) -> i16 {
    let size = ratio.saturating_abs();
    let value = if size < 11059 {
        size << 1
    } else if size < 20070 {
        size + 11059
    } else {
        (size >> 2).saturating_add(26112)
    };
    if ratio < 0 { -value } else { value }
}
