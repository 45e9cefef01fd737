//! The long-term spectrum of the speech, and how far up it carries voice.

use std::sync::Arc;

use realfft::num_complex::Complex32;
use realfft::{RealFftPlanner, RealToComplex};

/// Points of the transform: 31 Hz a bin at 16 kHz.
pub(crate) const POINTS: usize = 512;

/// The mean power spectrum of the frames given to it.
pub(crate) struct Spectrum {
    fft: Arc<dyn RealToComplex<f32>>,
    window: Vec<f32>,
    input: Vec<f32>,
    output: Vec<Complex32>,
    scratch: Vec<Complex32>,
    power: Vec<f64>,
    frames: u64,
}

impl Spectrum {
    pub(crate) fn new() -> Self {
        let fft = RealFftPlanner::new().plan_fft_forward(POINTS);
        let window =
            (0..POINTS).map(|n| 0.5 - 0.5 * (std::f32::consts::TAU * n as f32 / POINTS as f32).cos()).collect();
        Self {
            window,
            input: fft.make_input_vec(),
            output: fft.make_output_vec(),
            scratch: fft.make_scratch_vec(),
            power: vec![0.0; POINTS / 2 + 1],
            frames: 0,
            fft,
        }
    }

    /// Adds one frame of [`POINTS`] samples.
    pub(crate) fn add(&mut self, frame: &[f32]) {
        for ((slot, sample), weight) in self.input.iter_mut().zip(frame).zip(&self.window) {
            *slot = sample * weight;
        }
        if self.fft.process_with_scratch(&mut self.input, &mut self.output, &mut self.scratch).is_ok() {
            for (sum, bin) in self.power.iter_mut().zip(&self.output) {
                *sum += f64::from(bin.norm_sqr());
            }
            self.frames += 1;
        }
    }

    /// The highest frequency, in Hz, at which the voice is still heard; none if nothing was added.
    ///
    /// Over bands of 250 Hz, it is where the level last stands less than 55 dB below that of the
    /// strongest band. Telephone and other band-limited speech falls off by 70 dB and more there,
    /// while the fricatives of soft wide-band speech stay within 50 dB.
    pub(crate) fn bandwidth_hz(&self, sample_rate: u32) -> Option<f64> {
        const BAND: usize = 8;
        const RANGE: f64 = 3.16e-6;
        let bands: Vec<f64> = self.power[1..].chunks(BAND).map(|bins| bins.iter().sum()).collect();
        let strongest = bands.iter().copied().fold(0.0, f64::max);
        if self.frames == 0 || strongest <= 0.0 {
            return None;
        }
        let top = bands.iter().rposition(|power| *power >= RANGE * strongest)?;
        let width = f64::from(super::SAMPLE_RATE) / POINTS as f64 * BAND as f64;
        let highest = f64::from(sample_rate.min(super::SAMPLE_RATE)) / 2.0;
        Some(((top + 1) as f64 * width).min(highest))
    }
}
