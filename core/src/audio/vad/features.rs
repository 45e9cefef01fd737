//! The detector's front end: the energy of a frame in bands.

use std::f32::consts::TAU;
use std::sync::Arc;

use realfft::num_complex::Complex32;
use realfft::{RealFftPlanner, RealToComplex};

use crate::audio::SAMPLE_RATE;

/// Samples that are looked at for one frame, and points of the transform: 31 Hz a bin at 16 kHz.
pub(crate) const WINDOW: usize = 512;

/// Mel bands, for the detector.
pub(crate) const BANDS: usize = 40;

/// Bands of 250 Hz, for the spectrum of the voice.
pub(crate) const COARSE: usize = WINDOW / 2 / COARSE_BINS;
const COARSE_BINS: usize = 8;

const LOWEST_HZ: f64 = 40.0;
const HIGHEST_HZ: f64 = 7800.0;

/// A frame's power density in each mel band and power in each band of 250 Hz.
pub(crate) struct Energies {
    pub(crate) mel: [f32; BANDS],
    pub(crate) coarse: [f32; COARSE],
}

/// Turns windows of samples into [`Energies`], exactly as in the detector's training.
pub(crate) struct Filterbank {
    fft: Arc<dyn RealToComplex<f32>>,
    window: Vec<f32>,
    filters: Vec<Filter>,
    input: Vec<f32>,
    bins: Vec<Complex32>,
    scratch: Vec<Complex32>,
}

/// A triangle: the first bin, and the weight of each from there on.
struct Filter {
    first: usize,
    weights: Vec<f32>,
}

impl Filterbank {
    pub(crate) fn new() -> Self {
        let fft = RealFftPlanner::new().plan_fft_forward(WINDOW);
        let window: Vec<f32> = (0..WINDOW).map(|n| 0.5 - 0.5 * (TAU * n as f32 / WINDOW as f32).cos()).collect();
        let weight = window.iter().map(|w| w * w).sum::<f32>();
        Self {
            filters: filters(1.0 / f64::from(weight)),
            input: fft.make_input_vec(),
            bins: fft.make_output_vec(),
            scratch: fft.make_scratch_vec(),
            window,
            fft,
        }
    }

    /// The energies of [`WINDOW`] samples.
    pub(crate) fn energies(&mut self, samples: &[f32]) -> Energies {
        for ((slot, sample), weight) in self.input.iter_mut().zip(samples).zip(&self.window) {
            *slot = sample * weight;
        }
        // Fails only where the lengths of the buffers do not fit, and they come from the plan.
        let _ = self.fft.process_with_scratch(&mut self.input, &mut self.bins, &mut self.scratch);
        let mut power = [0.0; WINDOW / 2 + 1];
        for (power, bin) in power.iter_mut().zip(&self.bins) {
            *power = bin.norm_sqr();
        }
        let mut energies = Energies { mel: [0.0; BANDS], coarse: [0.0; COARSE] };
        for (energy, filter) in energies.mel.iter_mut().zip(&self.filters) {
            *energy = power[filter.first..].iter().zip(&filter.weights).map(|(power, weight)| power * weight).sum();
        }
        for (energy, bins) in energies.coarse.iter_mut().zip(power[1..].chunks_exact(COARSE_BINS)) {
            *energy = bins.iter().sum();
        }
        energies
    }
}

/// Triangles on the HTK mel scale, the weights of each adding up to `area`.
fn filters(area: f64) -> Vec<Filter> {
    let mel = |hz: f64| 2595.0 * (1.0 + hz / 700.0).log10();
    let hz = |mel: f64| 700.0 * (10f64.powf(mel / 2595.0) - 1.0);
    let (low, high) = (mel(LOWEST_HZ), mel(HIGHEST_HZ));
    let edge = |n: usize| hz(low + (high - low) * n as f64 / (BANDS + 1) as f64);
    let bin_hz = |bin: usize| f64::from(SAMPLE_RATE) * bin as f64 / WINDOW as f64;
    (0..BANDS)
        .map(|band| {
            let (left, centre, right) = (edge(band), edge(band + 1), edge(band + 2));
            let weight = |bin: usize| {
                let at = bin_hz(bin);
                ((at - left) / (centre - left)).min((right - at) / (right - centre)).max(0.0)
            };
            let first = (0..=WINDOW / 2).find(|&bin| bin_hz(bin) > left).unwrap_or(0);
            let weights: Vec<f64> = (first..=WINDOW / 2).take_while(|&bin| bin_hz(bin) < right).map(weight).collect();
            let scale = area / weights.iter().sum::<f64>();
            Filter { first, weights: weights.iter().map(|weight| (scale * weight) as f32).collect() }
        })
        .collect()
}
