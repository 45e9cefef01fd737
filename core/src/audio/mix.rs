//! Any number of channels at any rate to one at 16 kHz.

use std::f64::consts::TAU;

use super::SAMPLE_RATE;
use super::leaks::Shares;
use super::resample::Resampler;

/// The cutoff of the high-pass filter that removes a DC offset, in Hz.
const SLOWEST_HZ: f64 = 20.0;

/// How a recording becomes one channel.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Mix {
    pub(crate) channels: Channels,
    /// Whether an offset is taken out.
    pub(crate) levelled: bool,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Channels {
    /// The mean of all.
    Mean,
    /// One alone, for recordings whose channels cancel each other out.
    One(usize),
    /// One without what leaks into it from the others.
    Without(usize, Shares),
}

/// Mixes and resamples a stream of blocks.
pub(crate) struct Mixer {
    mix: Mix,
    resampler: Option<Resampler>,
    mono: Vec<f32>,
    leveller: Option<Leveller>,
}

impl Mixer {
    pub(crate) fn new(mix: Mix) -> Self {
        Self { mix, resampler: None, mono: Vec::new(), leveller: mix.levelled.then(Leveller::default) }
    }

    /// Appends what is ready at 16 kHz to `out`. Samples must be finite. A change of rate, as in a
    /// chained Ogg stream, starts a new resampler.
    pub(crate) fn push(&mut self, rate: u32, channels: &[Vec<f32>], out: &mut Vec<f32>) {
        if self.resampler.as_ref().is_none_or(|resampler| resampler.rate() != rate) {
            self.finish(out);
        }
        let before = out.len();
        let resampler = self.resampler.get_or_insert_with(|| Resampler::new(rate));
        let picked = match self.mix.channels {
            Channels::One(index) => channels.get(index).or(channels.first()),
            Channels::Without(index, shares) => {
                self.mono.clear();
                self.mono.extend_from_slice(channels.get(index).or(channels.first()).map_or(&[][..], Vec::as_slice));
                for (channel, share) in channels.iter().zip(shares).filter(|(_, share)| *share != 0.0) {
                    for (rest, sample) in self.mono.iter_mut().zip(channel) {
                        *rest -= share * sample;
                    }
                }
                Some(&self.mono)
            }
            Channels::Mean => channels.first().filter(|_| channels.len() == 1),
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
        self.level(&mut out[before..]);
    }

    /// Appends what the resampler still holds.
    pub(crate) fn finish(&mut self, out: &mut Vec<f32>) {
        if let Some(mut resampler) = self.resampler.take() {
            let before = out.len();
            resampler.finish(out);
            self.level(out.get_mut(before..).unwrap_or_default());
        }
    }

    fn level(&mut self, samples: &mut [f32]) {
        if let Some(leveller) = &mut self.leveller {
            leveller.level(samples);
        }
    }
}

/// Takes away what does not swing: a filter with a zero at 0 Hz and a pole beside it.
#[derive(Default)]
struct Leveller {
    /// The last sample, and what was made of it. What comes first counts as having lasted: an
    /// offset that begins with the recording makes no thump.
    last: Option<(f32, f32)>,
}

impl Leveller {
    fn level(&mut self, samples: &mut [f32]) {
        let keep = (-TAU * SLOWEST_HZ / f64::from(SAMPLE_RATE)).exp() as f32;
        for sample in samples {
            let (before, made) = self.last.unwrap_or((*sample, 0.0));
            let now = *sample - before + keep * made;
            self.last = Some((*sample, now));
            *sample = now;
        }
    }
}
