//! G.722 at 64 kbit/s (ITU-T G.722): two samples at 16 kHz from a byte.

/// The decoder of one stream.
pub(crate) struct G722 {
    low: Band,
    high: Band,
    /// What the two bands are joined from.
    history: [i32; 24],
}

impl Default for G722 {
    fn default() -> Self {
        let band = |step| Band { step, ..Band::default() };
        Self { low: band(32), high: band(8), history: [0; 24] }
    }
}

/// One band's predictor, by the names of the recommendation in the comments.
#[derive(Default)]
struct Band {
    /// `s`, `sz`: what is predicted, by both filters and by the second.
    predicted: i32,
    by_zeros: i32,
    /// `r`, `p`: the last two of the reconstructed signal and of the partly reconstructed one.
    rebuilt: [i32; 2],
    partly: [i32; 2],
    /// `a`, `b`, `d`.
    poles: [i32; 2],
    zeros: [i32; 6],
    differences: [i32; 6],
    /// `nb`, `det`.
    log_step: i32,
    step: i32,
}

const LOW_6: [i32; 64] = [
    -136, -136, -136, -136, -24808, -21904, -19008, -16704, -14984, -13512, -12280, -11192, -10232, -9360, -8576,
    -7856, -7192, -6576, -6000, -5456, -4944, -4464, -4008, -3576, -3168, -2776, -2400, -2032, -1688, -1360, -1040,
    -728, 24808, 21904, 19008, 16704, 14984, 13512, 12280, 11192, 10232, 9360, 8576, 7856, 7192, 6576, 6000, 5456,
    4944, 4464, 4008, 3576, 3168, 2776, 2400, 2032, 1688, 1360, 1040, 728, 432, 136, -432, -136,
];
const LOW_4: [i32; 16] =
    [0, -20456, -12896, -8968, -6288, -4240, -2584, -1200, 20456, 12896, 8968, 6288, 4240, 2584, 1200, 0];
const LOW_WEIGHT: [i32; 16] = [-60, 3042, 1198, 538, 334, 172, 58, -30, 3042, 1198, 538, 334, 172, 58, -30, -60];
const HIGH_2: [i32; 4] = [-7408, -1616, 7408, 1616];
const HIGH_WEIGHT: [i32; 4] = [798, -214, 798, -214];
const STEPS: [i32; 32] = [
    2048, 2093, 2139, 2186, 2233, 2282, 2332, 2383, 2435, 2489, 2543, 2599, 2656, 2714, 2774, 2834, 2896, 2960, 3025,
    3091, 3158, 3228, 3298, 3371, 3444, 3520, 3597, 3676, 3756, 3838, 3922, 4008,
];
const MIRROR: [i32; 12] = [3, -11, 12, 32, -210, 951, 3876, -805, 362, -156, 53, -11];

fn held(value: i32) -> i32 {
    value.clamp(-32768, 32767)
}

impl G722 {
    /// The two samples of a byte.
    pub(super) fn byte(&mut self, byte: u8, out: &mut impl FnMut(i16)) {
        let code = usize::from(byte & 0x3f);
        let low = (self.low.predicted + (self.low.step * LOW_6[code] >> 15)).clamp(-16384, 16383);
        let difference = self.low.step * LOW_4[code >> 2] >> 15;
        self.low.scale(LOW_WEIGHT[code >> 2], 18432, 8);
        self.low.adapt(difference);

        let code = usize::from(byte >> 6);
        let difference = self.high.step * HIGH_2[code] >> 15;
        let high = (difference + self.high.predicted).clamp(-16384, 16383);
        self.high.scale(HIGH_WEIGHT[code], 22528, 10);
        self.high.adapt(difference);

        self.history.copy_within(2.., 0);
        self.history[22] = low + high;
        self.history[23] = low - high;
        let (mut first, mut second) = (0, 0);
        for (pair, at) in self.history.chunks_exact(2).zip(0..12) {
            second += pair[0] * MIRROR[at];
            first += pair[1] * MIRROR[11 - at];
        }
        out(held(first >> 11) as i16);
        out(held(second >> 11) as i16);
    }
}

impl Band {
    fn scale(&mut self, weight: i32, most: i32, shift: i32) {
        self.log_step = ((self.log_step * 127 >> 7) + weight).clamp(0, most);
        let step = STEPS[(self.log_step >> 6 & 31) as usize];
        let shift = shift - (self.log_step >> 11);
        self.step = (if shift < 0 { step << -shift } else { step >> shift }) << 2;
    }

    fn adapt(&mut self, difference: i32) {
        let rebuilt = held(self.predicted + difference);
        let partly = held(self.by_zeros + difference);
        let same = |a: i32, b: i32| (a < 0) == (b < 0);

        let lean = held(self.poles[0] << 2);
        let lean = if same(partly, self.partly[0]) { -lean } else { lean }.min(32767);
        let towards = if same(partly, self.partly[1]) { 128 } else { -128 };
        let second = (towards + (lean >> 7) + (self.poles[1] * 32512 >> 15)).clamp(-12288, 12288);
        let towards = if same(partly, self.partly[0]) { 192 } else { -192 };
        let most = held(15360 - second);
        let first = held(towards + (self.poles[0] * 32640 >> 15)).clamp(-most, most);

        let towards = if difference == 0 { 0 } else { 128 };
        for (zero, before) in self.zeros.iter_mut().zip(self.differences) {
            let step = if same(before, difference) { towards } else { -towards };
            *zero = held(step + (*zero * 32640 >> 15));
        }
        self.differences.copy_within(..5, 1);
        self.differences[0] = difference;
        self.rebuilt = [rebuilt, self.rebuilt[0]];
        self.partly = [partly, self.partly[0]];
        self.poles = [first, second];

        let by_poles =
            self.poles.iter().zip(self.rebuilt).map(|(pole, rebuilt)| pole * held(rebuilt * 2) >> 15).sum::<i32>();
        let by_zeros =
            self.zeros.iter().zip(self.differences).map(|(zero, before)| zero * held(before * 2) >> 15).sum::<i32>();
        self.by_zeros = held(by_zeros);
        self.predicted = held(held(by_poles) + self.by_zeros);
    }
}
