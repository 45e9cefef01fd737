//! What a picture of a recording shows: its waveform, where somebody speaks, and its spectrum over time.

use realfft::RealFftPlanner;

use super::SAMPLE_RATE;
use super::analyze::analyze;
use super::speech::FRAME;
use crate::types::error::Result;
use crate::{CallOptions, Limits, Recording};

/// A picture has so many columns, and the spectrum so many times and bands up to 8 kHz.
const COLUMNS: usize = 1000;
pub(crate) const TIMES: usize = 300;
pub(crate) const BANDS: usize = 48;

/// Samples of one spectrum, at 16 kHz: 32 ms.
const WINDOW: usize = 512;

/// A sample counts as clipped in a picture above this share of the largest one.
const FLAT: f32 = 0.97;

pub(crate) struct Portrait {
    /// Seconds.
    pub(crate) duration: f64,
    /// The smallest and the largest sample of each column.
    pub(crate) wave: Vec<(f32, f32)>,
    /// The power of each column, in dBFS.
    pub(crate) level: Vec<f32>,
    /// The loudest spectrum at each time, in dBFS, from low to high.
    pub(crate) spectrum: Vec<[f32; BANDS]>,
    /// From and to, in seconds.
    pub(crate) speech: Vec<(f64, f64)>,
}

impl Portrait {
    pub(crate) fn new(recording: &Recording, limits: &Limits, control: &CallOptions) -> Result<Self> {
        let analysis = analyze(recording, limits, control, false)?;
        let samples = (analysis.frames().len() * FRAME).max(1);
        let mut painter = Painter::new(samples);
        analysis.pass(control, &mut |block| {
            painter.add(block);
            Ok(())
        })?;
        let seconds = |sample: usize| sample as f64 / f64::from(SAMPLE_RATE);
        Ok(Self {
            duration: seconds(samples),
            level: painter.power.iter().map(|(sum, count)| decibels(*sum / (*count).max(1) as f32)).collect(),
            wave: painter.wave,
            spectrum: painter.spectrum.iter().map(|powers| powers.map(decibels)).collect(),
            speech: analysis.speech_spans().iter().map(|span| (seconds(span.start), seconds(span.end))).collect(),
        })
    }

    /// The columns whose samples reach as far as any, as seconds.
    pub(crate) fn flat(&self) -> Vec<f64> {
        let reach = |(low, high): &(f32, f32)| high.max(-low);
        let most = self.wave.iter().map(reach).fold(0.0, f32::max);
        let width = self.duration / self.wave.len().max(1) as f64;
        let flat = self.wave.iter().enumerate().filter(|(_, column)| most > 0.0 && reach(column) >= FLAT * most);
        flat.map(|(at, _)| (at as f64 + 0.5) * width).collect()
    }
}

fn decibels(power: f32) -> f32 {
    10.0 * (power + 1e-12).log10()
}

/// Takes the samples one after the other.
struct Painter {
    samples: usize,
    position: usize,
    wave: Vec<(f32, f32)>,
    power: Vec<(f32, u32)>,
    window: Vec<f32>,
    recent: Vec<f32>,
    planner: RealFftPlanner<f32>,
    spectrum: Vec<[f32; BANDS]>,
}

impl Painter {
    fn new(samples: usize) -> Self {
        let window = (0..WINDOW).map(|at| (std::f32::consts::PI * (at as f32 + 0.5) / WINDOW as f32).sin().powi(2));
        Self {
            samples,
            position: 0,
            wave: vec![(0.0, 0.0); COLUMNS.min(samples)],
            power: vec![(0.0, 0); COLUMNS.min(samples)],
            window: window.collect(),
            recent: Vec::with_capacity(WINDOW),
            planner: RealFftPlanner::new(),
            spectrum: vec![[0.0; BANDS]; (samples / WINDOW).clamp(1, TIMES)],
        }
    }

    fn add(&mut self, block: &[f32]) {
        for &sample in block {
            let column = (self.position * self.wave.len() / self.samples).min(self.wave.len() - 1);
            let (low, high) = &mut self.wave[column];
            (*low, *high) = (low.min(sample), high.max(sample));
            let (sum, count) = &mut self.power[column];
            *sum += sample * sample;
            *count += 1;
            self.position += 1;
            self.recent.push(sample);
            if self.recent.len() == WINDOW {
                self.look();
            }
        }
    }

    /// Adds the spectrum of the last window.
    fn look(&mut self) {
        let fft = self.planner.plan_fft_forward(WINDOW);
        for (sample, weight) in self.recent.iter_mut().zip(&self.window) {
            *sample *= weight;
        }
        let mut bins = fft.make_output_vec();
        // Both have the lengths that it asks for.
        if fft.process(&mut self.recent, &mut bins).is_ok() {
            let middle = self.position - WINDOW / 2;
            let time = (middle * self.spectrum.len() / self.samples).min(self.spectrum.len() - 1);
            for (bin, value) in bins.iter().enumerate() {
                let band = (bin * BANDS / bins.len()).min(BANDS - 1);
                // A sine of full scale has a quarter of the window's length, squared, in its bin.
                let power = value.norm_sqr() / (WINDOW as f32 / 4.0).powi(2) / 2.0;
                let loudest = &mut self.spectrum[time][band];
                *loudest = loudest.max(power);
            }
        }
        self.recent.clear();
    }
}
