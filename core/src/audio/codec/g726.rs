//! G.726 at 16, 24, 32 and 40 kbit/s (ITU-T G.726): samples at 8 kHz of 2 to 5 bits.

/// The decoder of one stream, by the names of the recommendation in the comments.
pub(crate) struct G726 {
    bits: u8,
    low_first: bool,
    /// `yl`, `yu`: slow and fast scale.
    slow: i32,
    fast: i32,
    /// `dms`, `dml`, `ap`: how fast the scale is to follow.
    short_mean: i32,
    long_mean: i32,
    speed: i32,
    /// `a`, `b`: the predictor; `pk`: signs; `dq`, `sr`: what was heard, in a floating form.
    poles: [i32; 2],
    zeros: [i32; 6],
    signs: [bool; 2],
    differences: [i32; 6],
    rebuilt: [i32; 2],
    /// `td`.
    tone: bool,
}

/// For half of the codes of each width: logarithm of the difference, weight, and rate. The other half mirrors them.
type Row = (i32, i32, i32);
const NOTHING: i32 = -2048;
const BITS_2: [Row; 2] = [(116, -22, 0), (365, 439, 7)];
const BITS_3: [Row; 4] = [(NOTHING, -4, 0), (135, 30, 1), (273, 137, 2), (373, 582, 7)];
const BITS_4: [Row; 8] = [
    (NOTHING, -12, 0),
    (4, 18, 0),
    (135, 41, 0),
    (213, 64, 1),
    (273, 112, 1),
    (323, 198, 1),
    (373, 355, 3),
    (425, 1122, 7),
];
const BITS_5: [Row; 16] = [
    (NOTHING, 14, 0),
    (-66, 14, 0),
    (28, 24, 0),
    (104, 39, 0),
    (169, 40, 0),
    (224, 41, 1),
    (274, 58, 1),
    (318, 100, 1),
    (358, 141, 1),
    (395, 179, 1),
    (429, 219, 2),
    (459, 280, 3),
    (488, 358, 4),
    (514, 440, 5),
    (539, 529, 6),
    (566, 696, 6),
];

impl G726 {
    /// `bits`: 2 to 5.
    pub(super) fn new(bits: u8, low_first: bool) -> Self {
        Self {
            bits: bits.clamp(2, 5),
            low_first,
            slow: 34816,
            fast: 544,
            short_mean: 0,
            long_mean: 0,
            speed: 0,
            poles: [0; 2],
            zeros: [0; 6],
            signs: [false; 2],
            differences: [32; 6],
            rebuilt: [32; 2],
            tone: false,
        }
    }

    /// The samples of some bytes, of which there are a multiple of the bits of a sample.
    pub(super) fn bytes(&mut self, bytes: &[u8], out: &mut impl FnMut(i16)) {
        let (mut held, mut count) = (0u32, 0);
        let (bits, mask) = (u32::from(self.bits), (1u32 << self.bits) - 1);
        for byte in bytes {
            if self.low_first {
                held |= u32::from(*byte) << count;
            } else {
                held = held << 8 | u32::from(*byte);
            }
            count += 8;
            while count >= bits {
                count -= bits;
                let code = if self.low_first {
                    let code = held & mask;
                    held >>= bits;
                    code
                } else {
                    held >> count & mask
                };
                out(self.sample(code as usize));
            }
        }
    }

    fn sample(&mut self, code: usize) -> i16 {
        let half = 1usize << (self.bits - 1);
        let negative = code & half != 0;
        let row = if negative { 2 * half - 1 - code } else { code };
        let (log, weight, rate) = match self.bits {
            2 => BITS_2[row],
            3 => BITS_3[row],
            4 => BITS_4[row],
            _ => BITS_5[row],
        };
        let by_zeros: i32 =
            self.zeros.iter().zip(self.differences).map(|(zero, before)| float_product(zero >> 2, before)).sum();
        let by_poles: i32 =
            self.poles.iter().zip(self.rebuilt).map(|(pole, before)| float_product(pole >> 2, before)).sum();
        let (by_zeros, predicted) = (by_zeros >> 1, by_zeros + by_poles >> 1);
        let scale = self.scale();
        let size = difference(log, scale);
        let rebuilt = i32::from((if negative { predicted - size } else { predicted + size }) as i16);
        self.adapt(scale, weight << 5, rate << 9, negative, size, rebuilt, rebuilt - predicted + by_zeros);
        (rebuilt << 2).clamp(-32768, 32767) as i16
    }

    /// `y`.
    fn scale(&self) -> i32 {
        if self.speed >= 256 {
            return self.fast;
        }
        let (slow, share) = (self.slow >> 6, self.speed >> 2);
        let apart = self.fast - slow;
        slow + (apart * share + if apart < 0 { 0x3f } else { 0 } >> 6)
    }

    #[allow(clippy::too_many_arguments, reason = "the signals of one step of the recommendation")]
    fn adapt(&mut self, scale: i32, weight: i32, rate: i32, negative: bool, size: i32, rebuilt: i32, partly: i32) {
        let sign = partly < 0;
        let (whole, part) = (self.slow >> 15, self.slow >> 10 & 0x1f);
        let loud = if whole > 9 { 31 << 10 } else { (32 + part) << whole };
        let jump = self.tone && size > (loud + (loud >> 1)) >> 1;

        self.fast = (scale + (weight - scale >> 5)).clamp(544, 5120);
        self.slow += self.fast + (-self.slow >> 6);

        let mut second = 0;
        if jump {
            (self.poles, self.zeros) = ([0; 2], [0; 6]);
        } else {
            let turned = sign != self.signs[0];
            second = self.poles[1] - (self.poles[1] >> 7);
            if partly != 0 {
                let first = if turned { self.poles[0] } else { -self.poles[0] };
                second += match first {
                    ..-8191 => -0x100,
                    8192.. => 0xff,
                    _ => first >> 5,
                };
                let step = if sign != self.signs[1] { -0x80 } else { 0x80 };
                second = (second + step).clamp(-12288, 12288);
            }
            self.poles[1] = second;
            self.poles[0] -= self.poles[0] >> 8;
            if partly != 0 {
                self.poles[0] += if turned { -192 } else { 192 };
            }
            let most = 15360 - second;
            self.poles[0] = self.poles[0].clamp(-most, most);
            for (zero, before) in self.zeros.iter_mut().zip(self.differences) {
                // At 40 kbit/s the recommendation has 9 here. ffmpeg's encoder has 8, and a decoder that differs from its
                // encoder overflows.
                *zero -= *zero >> 8;
                if size != 0 {
                    *zero += if negative == (before < 0) { 128 } else { -128 };
                }
            }
        }
        self.differences.copy_within(..5, 1);
        self.differences[0] = floating(size, negative);
        self.rebuilt = [floating(rebuilt.abs().min(32767), rebuilt < 0), self.rebuilt[0]];
        self.signs = [sign, self.signs[0]];
        self.tone = !jump && second < -11776;

        self.short_mean += rate - self.short_mean >> 5;
        self.long_mean += (rate << 2) - self.long_mean >> 7;
        let moving = ((self.short_mean << 2) - self.long_mean).abs() >= self.long_mean >> 3;
        self.speed = if jump {
            256
        } else if scale < 1536 || self.tone || moving {
            self.speed + (0x200 - self.speed >> 4)
        } else {
            self.speed + (-self.speed >> 4)
        };
    }
}

/// How far a code is from the prediction.
fn difference(log: i32, scale: i32) -> i32 {
    let log = log + (scale >> 2);
    if log < 0 { 0 } else { (128 + (log & 127) << 7) >> (14 - (log >> 7 & 15)).max(0) }
}

fn bit_length(value: i32) -> i32 {
    (32 - value.leading_zeros() as i32).min(15)
}

/// A sign, four bits of exponent and six of mantissa.
fn floating(size: i32, negative: bool) -> i32 {
    let exponent = bit_length(size);
    let value = if size == 0 { 0x20 } else { (exponent << 6) + (size << 6 >> exponent) };
    if negative { value - 0x400 } else { value }
}

/// The product of a coefficient and a number in that form, as the recommendation rounds it.
fn float_product(coefficient: i32, float: i32) -> i32 {
    let size = if coefficient > 0 { coefficient } else { -coefficient & 0x1fff };
    let exponent = bit_length(size) - 6;
    let mantissa = match size {
        0 => 32,
        size if exponent >= 0 => size >> exponent,
        size => size << -exponent,
    };
    let shift = exponent + (float >> 6 & 0xf) - 13;
    let product = mantissa * (float & 0x3f) + 0x30 >> 4;
    let value = if shift >= 0 { product << shift & 0x7fff } else { product >> (-shift).min(31) };
    if (coefficient ^ float) < 0 { -value } else { value }
}
