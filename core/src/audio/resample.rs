//! Any sample rate to 16 kHz, block by block.

use rubato::audioadapter_buffers::direct::InterleavedSlice;
use rubato::{Fft, FixedSync, Resampler as _, WindowFunction};

use super::SAMPLE_RATE;

/// The fewest input samples that are transformed at a time, up to 48 kHz; of a higher rate so many times more, because more
/// of them are filtered out. Longer blocks move the filter's edge closer to the band limit.
const BLOCK: usize = 1024;

/// How many samples of a rate are transformed at a time: the smallest number of samples that become a whole number at
/// 16 kHz, times a power of two, because a transform takes least time where its length has many small factors.
fn block(rate: u32) -> usize {
    let (mut a, mut b) = (rate, SAMPLE_RATE);
    while b > 0 {
        (a, b) = (b, a % b);
    }
    let unit = (rate / a.max(1)) as usize;
    let least = BLOCK * rate.div_ceil(48_000) as usize;
    unit * least.div_ceil(unit.max(1)).next_power_of_two()
}

/// A mono stream on its way to 16 kHz. The delay of the filter is taken out, so that the output
/// starts where the input does and is as long.
pub(crate) struct Resampler {
    rate: u32,
    fft: Option<Fft<f32>>,
    pending: Vec<f32>,
    output: Vec<f32>,
    delay: usize,
    taken: u64,
    given: u64,
}

impl Resampler {
    pub(crate) fn new(rate: u32) -> Self {
        let target = SAMPLE_RATE as usize;
        let fft = (rate != SAMPLE_RATE)
            .then(|| {
                let window = WindowFunction::BlackmanHarris2;
                let block = block(rate);
                Fft::new_custom(rate as usize, target, block, 1, 1, window, FixedSync::Both).ok()
            })
            .flatten();
        let delay = fft.as_ref().map_or(0, |fft| fft.output_delay());
        let output = vec![0.0; fft.as_ref().map_or(0, |fft| fft.output_frames_max())];
        Self { rate, fft, pending: Vec::new(), output, delay, taken: 0, given: 0 }
    }

    pub(crate) fn rate(&self) -> u32 {
        self.rate
    }

    /// Takes samples at the stream's rate and appends what is ready at 16 kHz to `out`.
    pub(crate) fn push(&mut self, samples: &[f32], out: &mut Vec<f32>) {
        self.taken += samples.len() as u64;
        if self.fft.is_none() {
            out.extend_from_slice(samples);
            return;
        }
        self.pending.extend_from_slice(samples);
        let mut from = 0;
        let block = self.fft.as_ref().map_or(1, |fft| fft.input_frames_next());
        while self.pending.len() - from >= block {
            self.block(from, block, out);
            from += block;
        }
        self.pending.drain(..from);
    }

    /// Appends what is still inside, to the exact length of the stream at 16 kHz.
    pub(crate) fn finish(&mut self, out: &mut Vec<f32>) {
        let Some(block) = self.fft.as_ref().map(|fft| fft.input_frames_next()) else { return };
        let whole = (self.taken * u64::from(SAMPLE_RATE)).div_ceil(u64::from(self.rate));
        while self.given < whole {
            self.pending.resize(block, 0.0);
            self.block(0, block, out);
            self.pending.clear();
        }
        let surplus = (self.given - whole) as usize;
        out.truncate(out.len().saturating_sub(surplus));
        self.given = whole;
    }

    fn block(&mut self, from: usize, len: usize, out: &mut Vec<f32>) {
        let Some(fft) = &mut self.fft else { return };
        let frames = self.output.len();
        let written = match (
            InterleavedSlice::new(&self.pending[from..from + len], 1, len),
            InterleavedSlice::new_mut(&mut self.output[..], 1, frames),
        ) {
            (Ok(input), Ok(mut output)) => {
                fft.process_into_buffer(&input, &mut output, None).map_or(0, |(_, written)| written)
            }
            _ => 0,
        };
        // A block that the resampler will not take (none is known) still passes time.
        let written = if written == 0 {
            self.output.fill(0.0);
            frames
        } else {
            written
        };
        let skip = self.delay.min(written);
        self.delay -= skip;
        out.extend_from_slice(&self.output[skip..written]);
        self.given += (written - skip) as u64;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_upper_voice_is_kept_at_every_rate() {
        for rate in [44_100, 48_000, 96_000, 192_000, 384_000] {
            let tone = |n: u32| (f64::from(n) * 6_500.0 / f64::from(rate) * std::f64::consts::TAU).sin() as f32;
            let mut resampler = Resampler::new(rate);
            let mut out = Vec::new();
            resampler.push(&(0..rate).map(tone).collect::<Vec<f32>>(), &mut out);
            resampler.finish(&mut out);
            let power = out[2000..14_000].iter().map(|x| x * x).sum::<f32>() / 12_000.0;
            assert!((power - 0.5).abs() < 0.06, "{rate}: {power}");
        }
    }

    #[test]
    fn a_tone_keeps_its_time_level_and_length_at_every_rate() {
        for rate in [8_000, 11_025, 16_000, 22_050, 44_100, 44_101, 48_000, 96_000] {
            let tone = |rate: u32, n: usize| (n as f64 * 1000.0 / f64::from(rate) * std::f64::consts::TAU).sin() as f32;
            let input: Vec<f32> = (0..rate as usize).map(|n| tone(rate, n)).collect();
            let mut resampler = Resampler::new(rate);
            let mut out = Vec::new();
            for block in input.chunks(777) {
                resampler.push(block, &mut out);
            }
            resampler.finish(&mut out);
            assert_eq!(out.len(), 16_000, "{rate}");
            // A block of odd length, at either rate, delays by half a sample more.
            let apart = |late: f64| {
                let tone = |n: usize| ((n as f64 - late) / 16.0 * std::f64::consts::TAU).sin() as f32;
                (2000..14_000).map(|n| (out[n] - tone(n)).abs()).fold(0.0, f32::max)
            };
            let half = 0.5 * 16_000.0 / f64::from(rate);
            let least = [0.0, half, -half, 0.5, -0.5].into_iter().map(apart).fold(f32::INFINITY, f32::min);
            assert!(least < 2e-3, "{rate}: {least}");
        }
    }
}
