//! How much of each channel of a call is in the others.

use super::decode::Sink;
use super::meter::{Sums, product, tamed};
use crate::types::error::Result;

/// So many channels can be told apart.
pub(crate) const MOST: usize = 8;

/// Channels are compared in stretches, so many in a second.
const STRETCHES: u32 = 50;

/// What leaks from a channel is measured where its power is more than this many times that of the other one: 9 dB.
const LOUDER: f64 = 8.0;

/// Stretches with less power than this are not measured, as they hold only noise: -70 dBFS.
const SOFTEST: f64 = 1e-7;

/// A share is measured from at least so many stretches: half a second.
const NEEDED: u32 = STRETCHES / 2;

/// How much of each channel is in one of them: factors of the samples, 0 for the channel itself.
pub(crate) type Shares = [f32; MOST];

/// Measures what leaks from each channel into each other one: the factor with the least squared error, over the stretches in
/// which the first is much louder. Two people who speak at once hardly change the factor, as their voices do not correlate.
#[derive(Default)]
pub(crate) struct Leaks {
    channels: usize,
    /// From each channel into each: the sum of products, the sum of the power of the first, and how many stretches.
    sums: [[(f64, f64, u32); MOST]; MOST],
}

impl Leaks {
    /// The shares of all channels in each.
    pub(crate) fn finish(self) -> Vec<Shares> {
        let share = |from: usize, into: usize| {
            let (products, power, stretches) = self.sums[from][into];
            if stretches >= NEEDED { (products / power) as f32 } else { 0.0 }
        };
        (0..self.channels).map(|into| std::array::from_fn(|from| share(from, into))).collect()
    }
}

impl Sink for Leaks {
    fn block(&mut self, rate: u32, channels: &mut [Vec<f32>]) -> Result<()> {
        let channels = channels.get_mut(..MOST.min(channels.len())).unwrap_or_default();
        for channel in &mut *channels {
            tamed(channel);
        }
        self.channels = self.channels.max(channels.len());
        let frames = channels.iter().map(Vec::len).min().unwrap_or(0);
        let stretch = frames.min((rate / STRETCHES) as usize).max(1);
        for start in (0..frames / stretch).map(|number| number * stretch) {
            let parts: [&[f32]; MOST] = std::array::from_fn(|channel| {
                channels.get(channel).map_or(&[][..], |samples| &samples[start..start + stretch])
            });
            let count = stretch as f64;
            let sums = parts.map(Sums::of);
            let mean = |channel: usize| f64::from(sums[channel].sum) / count;
            let power = |channel: usize| f64::from(sums[channel].squares) / count - mean(channel).powi(2);
            for from in 0..channels.len() {
                for into in 0..channels.len() {
                    if from != into && power(from) > SOFTEST && power(from) > LOUDER * power(into) {
                        let (products, powers, stretches) = &mut self.sums[from][into];
                        *products += product(parts[from], parts[into]) / count - mean(from) * mean(into);
                        *powers += power(from);
                        *stretches += 1;
                    }
                }
            }
        }
        Ok(())
    }
}
