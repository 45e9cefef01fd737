//! Any number of channels at any rate to one at 16 kHz.

use super::resample::Resampler;

/// How channels become one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mix {
    /// The mean of all channels.
    Mean,
    /// One channel alone, for recordings whose channels cancel each other out.
    Channel(usize),
}

/// Mixes and resamples a stream of blocks.
pub(crate) struct Mixer {
    mix: Mix,
    resampler: Option<Resampler>,
    mono: Vec<f32>,
}

impl Mixer {
    pub(crate) fn new(mix: Mix) -> Self {
        Self { mix, resampler: None, mono: Vec::new() }
    }

    /// Appends what is ready at 16 kHz to `out`. Samples must be finite. A change of rate, as in a
    /// chained Ogg stream, starts a new resampler.
    pub(crate) fn push(&mut self, rate: u32, channels: &[Vec<f32>], out: &mut Vec<f32>) {
        if self.resampler.as_ref().is_none_or(|resampler| resampler.rate() != rate) {
            self.finish(out);
        }
        let resampler = self.resampler.get_or_insert_with(|| Resampler::new(rate));
        let picked = match self.mix {
            Mix::Channel(index) => channels.get(index).or(channels.first()),
            Mix::Mean => channels.first().filter(|_| channels.len() == 1),
        };
        match picked {
            Some(channel) => resampler.push(channel, out),
            None => {
                let scale = 1.0 / channels.len() as f32;
                let (first, rest) = (&channels[0], &channels[1..]);
                self.mono.clear();
                self.mono.extend(first.iter().map(|sample| sample * scale));
                for channel in rest {
                    for (sum, sample) in self.mono.iter_mut().zip(channel) {
                        *sum += sample * scale;
                    }
                }
                resampler.push(&self.mono, out);
            }
        }
    }

    /// Appends what the resampler still holds.
    pub(crate) fn finish(&mut self, out: &mut Vec<f32>) {
        if let Some(mut resampler) = self.resampler.take() {
            resampler.finish(out);
        }
    }
}
