//! How much of each channel of a call is in the others.

use super::decode::Sink;
use super::meter::{Sums, product, tamed};
use crate::types::error::Result;

/// So many channels can be told apart.
pub(crate) const MOST: usize = 8;

/// Compared are stretches of so much, in shares of a second.
const STRETCHES: u32 = 50;

/// A channel is louder than another one by more than this, in power, where it is measured what leaks from it: 9 dB.
const LOUDER: f64 = 8.0;

/// Softer stretches are noise that a recorder adds, as mean power: -70 dBFS.
const SOFTEST: f64 = 1e-7;

/// So many stretches are needed: half a second.
const NEEDED: u32 = STRETCHES / 2;

/// What of each channel is in one, as factors of its samples; none of itself.
pub(crate) type Shares = [f32; MOST];

/// Measures what leaks: the least squares of one channel by another, over the stretches where that is much louder. Who
/// speaks in both channels at once moves the factor hardly, as two voices do not correlate.
#[derive(Default)]
pub(crate) struct Leaks {
    channels: usize,
    /// From each channel into each: products, the power of the first, and stretches.
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
