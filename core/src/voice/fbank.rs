//! The front end of the built-in network: 64 log-mel energies every 10 ms.

use std::f32::consts::TAU;
use std::sync::Arc;

use realfft::num_complex::Complex;
use realfft::{RealFftPlanner, RealToComplex};

/// Mel bands.
pub(crate) const BANDS: usize = 64;

/// Samples of one frame, and from one to the next.
pub(crate) const FRAME: usize = 400;
pub(crate) const HOP: usize = 160;
const FFT: usize = 512;
const LOWEST_HZ: f64 = 20.0;
const HIGHEST_HZ: f64 = 7600.0;
const NYQUIST_HZ: f64 = 8000.0;
/// The level that every stretch is brought to, as RMS.
const LEVEL: f32 = 0.05;
const PRE_EMPHASIS: f32 = 0.97;
/// Added to a band's energy before the logarithm.
const FLOOR: f32 = 1e-4;

/// Log-mel filterbank, exactly as the built-in network was trained with: Hamming window, HTK mel
/// scale, triangles that are not normalised.
pub(crate) struct Filterbank {
    fft: Arc<dyn RealToComplex<f32>>,
    window: Vec<f32>,
    filters: Vec<Filter>,
}

/// A triangle: the first bin, and the weight of each from there on.
struct Filter {
    first: usize,
    weights: Vec<f32>,
}

impl Filterbank {
    pub(crate) fn new() -> Self {
        Self {
            fft: RealFftPlanner::new().plan_fft_forward(FFT),
            window: (0..FRAME).map(|n| 0.54 - 0.46 * (TAU * n as f32 / (FRAME - 1) as f32).cos()).collect(),
            filters: filters(),
        }
    }

    /// Features of some speech at 16 kHz, `BANDS` for each whole frame, one frame after another.
    /// Speech shorter than one frame is filled up with silence.
    pub(crate) fn features(&self, speech: &[f32]) -> Vec<f32> {
        let short;
        let speech = if speech.len() < FRAME {
            short = [speech, &vec![0.0; FRAME - speech.len()]].concat();
            &short
        } else {
            speech
        };
        let squares: f64 = speech.iter().map(|x| f64::from(*x).powi(2)).sum();
        let mut energies = Vec::with_capacity((1 + (speech.len() - FRAME) / HOP) * BANDS);
        let mut scratch = self.scratch();
        for frame in speech.windows(FRAME).step_by(HOP) {
            self.energies(frame, &mut scratch, &mut energies);
        }
        levelled(energies.into_iter(), squares, speech.len())
    }

    /// Room to work in, for [`energies`](Self::energies).
    pub(crate) fn scratch(&self) -> Scratch {
        Scratch {
            input: self.fft.make_input_vec(),
            bins: self.fft.make_output_vec(),
            fft: self.fft.make_scratch_vec(),
            energies: [0.0; FFT / 2 + 1],
        }
    }

    /// Appends the energies of one frame's bands, at the level of the recording: overlapping
    /// stretches share them, and each gets its own level from [`levelled`].
    pub(crate) fn energies(&self, frame: &[f32], scratch: &mut Scratch, bands: &mut Vec<f32>) {
        let Scratch { input, bins, fft, energies } = scratch;
        let mean = frame.iter().sum::<f32>() / FRAME as f32;
        let mut before = frame[0];
        for ((slot, sample), weight) in input.iter_mut().zip(frame).zip(&self.window) {
            let emphasised = (sample - mean) - PRE_EMPHASIS * (before - mean);
            *slot = emphasised * weight;
            before = *sample;
        }
        input[FRAME..].fill(0.0);
        // Fails only where the lengths of the buffers do not fit, and they come from the plan.
        let _ = self.fft.process_with_scratch(input, bins, fft);
        for (energy, bin) in energies.iter_mut().zip(bins.iter()) {
            *energy = bin.norm_sqr();
        }
        bands.extend(self.filters.iter().map(|filter| {
            energies[filter.first..].iter().zip(&filter.weights).map(|(energy, weight)| energy * weight).sum::<f32>()
        }));
    }
}

/// What one frame needs to be transformed.
pub(crate) struct Scratch {
    input: Vec<f32>,
    bins: Vec<Complex<f32>>,
    fft: Vec<Complex<f32>>,
    energies: [f32; FFT / 2 + 1],
}

/// Features from the energies of a stretch: brought to the one level, and the logarithm taken.
/// `squares`: the sum of the squares of its samples.
pub(crate) fn levelled(energies: impl Iterator<Item = f32>, squares: f64, samples: usize) -> Vec<f32> {
    let rms = (squares / samples.max(1) as f64).sqrt() as f32;
    let gain = (LEVEL / (rms + 1e-6)).powi(2);
    energies.map(|energy| (energy * gain + FLOOR).ln()).collect()
}

fn filters() -> Vec<Filter> {
    let mel = |hz: f64| 2595.0 * (1.0 + hz / 700.0).log10();
    let hz = |mel: f64| 700.0 * (10f64.powf(mel / 2595.0) - 1.0);
    let (low, high) = (mel(LOWEST_HZ), mel(HIGHEST_HZ));
    let edge = |n: usize| hz(low + (high - low) * n as f64 / (BANDS + 1) as f64);
    let bin_hz = |bin: usize| NYQUIST_HZ * bin as f64 / (FFT / 2) as f64;
    (0..BANDS)
        .map(|band| {
            let (left, centre, right) = (edge(band), edge(band + 1), edge(band + 2));
            let weight = |bin: usize| {
                let at = bin_hz(bin);
                ((at - left) / (centre - left)).min((right - at) / (right - centre)).max(0.0) as f32
            };
            let first = (0..=FFT / 2).find(|&bin| bin_hz(bin) > left).unwrap_or(0);
            let weights = (first..=FFT / 2).take_while(|&bin| bin_hz(bin) < right).map(weight).collect();
            Filter { first, weights }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_are_counted_without_padding_and_stay_finite() {
        let bank = Filterbank::new();
        assert_eq!(bank.features(&[0.0; 16_000]).len() / BANDS, 98);
        assert_eq!(bank.features(&[]).len() / BANDS, 1);
        assert!(bank.features(&[0.0; 1600]).iter().all(|x| (x - FLOOR.ln()).abs() < 1e-3));
    }

    #[test]
    fn a_tone_lights_up_its_own_band_whatever_its_level() {
        let bank = Filterbank::new();
        let tone = |level: f32| -> Vec<f32> {
            (0..16_000).map(|n| level * (TAU * 1000.0 * n as f32 / 16_000.0).sin()).collect()
        };
        let (loud, soft) = (bank.features(&tone(0.5)), bank.features(&tone(0.01)));
        let brightest = (0..BANDS).max_by(|&a, &b| loud[a].total_cmp(&loud[b])).unwrap();
        let centre = &bank.filters[brightest];
        let hz = (centre.first..centre.first + centre.weights.len()).map(|bin| bin as f32 * 31.25);
        assert!(hz.clone().any(|hz| (hz - 1000.0).abs() < 31.25));
        assert!(loud.iter().zip(&soft).all(|(a, b)| (a - b).abs() < 0.05));
    }
}
