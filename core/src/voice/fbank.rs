//! Front ends: log-mel energies every 10 ms, as the built-in network and common public ones expect.

use std::f64::consts::TAU;
use std::sync::Arc;

use realfft::{RealFftPlanner, RealToComplex};

use crate::audio::SAMPLE_RATE;

/// What a network wants to be fed with.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct FrontEnd {
    /// Mel bands.
    pub(crate) bands: usize,
    /// Samples in a frame.
    pub(crate) frame: usize,
    /// Samples from one frame to the next.
    pub(crate) hop: usize,
    /// Points of the transform.
    pub(crate) fft: usize,
    pub(crate) window: Window,
    pub(crate) mel: Mel,
    /// Where the lowest triangle starts and the highest ends, in Hz.
    pub(crate) range_hz: (f64, f64),
    pub(crate) level: Level,
    /// Whether the mean of each frame is taken out.
    pub(crate) remove_offset: bool,
    pub(crate) pre_emphasis: PreEmphasis,
    pub(crate) floor: Floor,
    /// Whether frames also hang over the ends, filled up with silence.
    pub(crate) padded: bool,
    pub(crate) normalize: Normalize,
}

#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(not(feature = "onnx"), allow(dead_code, reason = "some are those of networks that people bring"))]
pub(crate) enum Window {
    Hamming,
    Hann,
    /// Kaldi's: a Hann window to the power of 0.85.
    Povey,
}

#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(not(feature = "onnx"), allow(dead_code, reason = "some are those of networks that people bring"))]
pub(crate) enum Mel {
    /// Triangles that are straight in Hz on the HTK scale.
    Htk,
    /// Triangles that are straight in mel, as in Kaldi.
    Kaldi,
    /// Slaney's scale, each triangle of area 1, as in librosa and NeMo.
    Slaney,
}

#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(not(feature = "onnx"), allow(dead_code, reason = "some are those of networks that people bring"))]
pub(crate) enum Level {
    /// The whole stretch is brought to this RMS.
    Rms(f32),
    /// Samples of -1 to 1 are multiplied by this.
    Scale(f32),
}

#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(not(feature = "onnx"), allow(dead_code, reason = "some are those of networks that people bring"))]
pub(crate) enum PreEmphasis {
    /// Inside each frame; the first sample counts as its own predecessor.
    PerFrame(f32),
    /// Over the whole stretch.
    Whole(f32),
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Floor {
    /// Added to an energy before the logarithm.
    Add(f32),
    /// An energy is at least this.
    Max(f32),
}

#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(not(feature = "onnx"), allow(dead_code, reason = "some are those of networks that people bring"))]
pub(crate) enum Normalize {
    /// The network does it.
    None,
    /// The mean of each band over time is taken out.
    Mean,
    /// That, and each band is divided by its deviation.
    MeanAndDeviation,
}

impl FrontEnd {
    /// That of the built-in network.
    pub(crate) fn builtin() -> Self {
        Self {
            bands: 64,
            frame: 400,
            hop: 160,
            fft: 512,
            window: Window::Hamming,
            mel: Mel::Htk,
            range_hz: (20.0, 7600.0),
            level: Level::Rms(0.05),
            remove_offset: true,
            pre_emphasis: PreEmphasis::PerFrame(0.97),
            floor: Floor::Add(1e-4),
            padded: false,
            normalize: Normalize::None,
        }
    }

    /// Kaldi's filterbank with 80 bands as WeSpeaker and 3D-Speaker call it: no dither, no energy.
    pub(crate) fn kaldi() -> Self {
        Self {
            bands: 80,
            window: Window::Povey,
            mel: Mel::Kaldi,
            range_hz: (20.0, 8000.0),
            level: Level::Scale(1.0),
            floor: Floor::Max(f32::EPSILON),
            normalize: Normalize::Mean,
            ..Self::builtin()
        }
    }
}

impl std::fmt::Display for FrontEnd {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { bands, frame, hop, window, mel, range_hz: (low, high), .. } = self;
        let ms = |samples: usize| samples as f64 * 1e3 / f64::from(SAMPLE_RATE);
        write!(
            f,
            "{bands} mel bands ({mel:?}, {low} to {high} Hz), {window:?} window, {} ms every {} ms",
            ms(*frame),
            ms(*hop)
        )
    }
}

/// A front end with its tables.
pub(crate) struct Filterbank {
    front_end: FrontEnd,
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
    pub(crate) fn new(front_end: FrontEnd) -> Self {
        Self {
            fft: RealFftPlanner::new().plan_fft_forward(front_end.fft),
            window: window(&front_end),
            filters: filters(&front_end),
            front_end,
        }
    }

    pub(crate) fn front_end(&self) -> &FrontEnd {
        &self.front_end
    }

    /// Features of some speech at 16 kHz, one frame after another. Speech shorter than one frame
    /// is filled up with silence.
    pub(crate) fn features(&self, speech: &[f32]) -> Vec<f32> {
        let FrontEnd { frame, hop, bands, .. } = self.front_end;
        let gain = match self.front_end.level {
            Level::Rms(level) => {
                let power = speech.iter().map(|x| f64::from(*x).powi(2)).sum::<f64>() / speech.len().max(1) as f64;
                level / (power.sqrt() as f32 + 1e-6)
            }
            Level::Scale(scale) => scale,
        };
        let changed = self.changed(speech);
        let speech = changed.as_deref().unwrap_or(speech);
        let (mut input, mut bins) = (self.fft.make_input_vec(), self.fft.make_output_vec());
        let mut scratch = self.fft.make_scratch_vec();
        let mut energies = vec![0.0f32; self.front_end.fft / 2 + 1];
        let mut features = Vec::with_capacity((1 + speech.len().saturating_sub(frame) / hop) * bands);
        for samples in speech.windows(frame).step_by(hop) {
            self.prepare(samples, gain, &mut input);
            // Fails only where the lengths of the buffers do not fit, and they come from the plan.
            let _ = self.fft.process_with_scratch(&mut input, &mut bins, &mut scratch);
            for (energy, bin) in energies.iter_mut().zip(&bins) {
                *energy = bin.norm_sqr();
            }
            features.extend(self.filters.iter().map(|filter| {
                let energy: f32 =
                    energies[filter.first..].iter().zip(&filter.weights).map(|(energy, weight)| energy * weight).sum();
                match self.front_end.floor {
                    Floor::Add(floor) => energy + floor,
                    Floor::Max(floor) => energy.max(floor),
                }
                .ln()
            }));
        }
        self.normalize(&mut features);
        features
    }

    /// The speech with what must be changed before it is cut into frames, if anything.
    fn changed(&self, speech: &[f32]) -> Option<Vec<f32>> {
        let FrontEnd { frame, padded, .. } = self.front_end;
        let mut changed = None;
        if let PreEmphasis::Whole(factor) = self.front_end.pre_emphasis {
            let later = speech.windows(2).map(|pair| pair[1] - factor * pair[0]);
            changed = Some(speech.first().copied().into_iter().chain(later).collect::<Vec<f32>>());
        }
        if padded {
            let silence = vec![0.0; frame / 2];
            let inner = changed.as_deref().unwrap_or(speech);
            changed = Some([silence.as_slice(), inner, silence.as_slice()].concat());
        }
        let length = changed.as_deref().unwrap_or(speech).len();
        if length < frame {
            let mut longer = changed.unwrap_or_else(|| speech.to_vec());
            longer.resize(frame, 0.0);
            return Some(longer);
        }
        changed
    }

    /// One frame, ready for the transform.
    fn prepare(&self, samples: &[f32], gain: f32, input: &mut [f32]) {
        let frame = samples.len();
        let mean = if self.front_end.remove_offset { samples.iter().sum::<f32>() / frame as f32 } else { 0.0 };
        let factor = match self.front_end.pre_emphasis {
            PreEmphasis::PerFrame(factor) => factor,
            PreEmphasis::Whole(_) => 0.0,
        };
        let mut before = samples[0];
        for ((slot, sample), weight) in input.iter_mut().zip(samples).zip(&self.window) {
            let emphasised = (sample - mean) - factor * (before - mean);
            *slot = emphasised * gain * weight;
            before = *sample;
        }
        input[frame..].fill(0.0);
    }

    fn normalize(&self, features: &mut [f32]) {
        let bands = self.front_end.bands;
        let frames = (features.len() / bands) as f64;
        if self.front_end.normalize == Normalize::None {
            return;
        }
        for band in 0..bands {
            let values = features.iter().skip(band).step_by(bands).map(|x| f64::from(*x));
            let mean = values.clone().sum::<f64>() / frames;
            let scale = if self.front_end.normalize == Normalize::MeanAndDeviation {
                // NeMo divides by one frame less, and adds its own small number.
                let squares = values.map(|x| (x - mean).powi(2)).sum::<f64>();
                1.0 / ((squares / (frames - 1.0).max(1.0)).sqrt() + 1e-5)
            } else {
                1.0
            };
            for x in features.iter_mut().skip(band).step_by(bands) {
                *x = ((f64::from(*x) - mean) * scale) as f32;
            }
        }
    }
}

fn window(front_end: &FrontEnd) -> Vec<f32> {
    let last = (front_end.frame - 1) as f64;
    (0..front_end.frame)
        .map(|n| {
            let cosine = (TAU * n as f64 / last).cos();
            (match front_end.window {
                Window::Hamming => 0.54 - 0.46 * cosine,
                Window::Hann => 0.5 - 0.5 * cosine,
                Window::Povey => (0.5 - 0.5 * cosine).powf(0.85),
            }) as f32
        })
        .collect()
}

fn filters(front_end: &FrontEnd) -> Vec<Filter> {
    let scale = front_end.mel;
    let to_mel = |hz: f64| match scale {
        Mel::Htk | Mel::Kaldi => 1127.0 * (1.0 + hz / 700.0).ln(),
        Mel::Slaney if hz < 1000.0 => hz * 3.0 / 200.0,
        Mel::Slaney => 15.0 + (hz / 1000.0).ln() * 27.0 / 6.4f64.ln(),
    };
    let to_hz = |mel: f64| match scale {
        Mel::Htk | Mel::Kaldi => 700.0 * ((mel / 1127.0).exp() - 1.0),
        Mel::Slaney if mel < 15.0 => mel * 200.0 / 3.0,
        Mel::Slaney => 1000.0 * ((mel - 15.0) * 6.4f64.ln() / 27.0).exp(),
    };
    let (low, high) = (to_mel(front_end.range_hz.0), to_mel(front_end.range_hz.1));
    let edge = |n: usize| low + (high - low) * n as f64 / (front_end.bands + 1) as f64;
    let top = front_end.fft / 2;
    let bin_hz = |bin: usize| f64::from(SAMPLE_RATE) / 2.0 * bin as f64 / top as f64;
    // Kaldi leaves the bin at half the sample rate out.
    let bins = if scale == Mel::Kaldi { top } else { top + 1 };
    (0..front_end.bands)
        .map(|band| {
            let edges = [edge(band), edge(band + 1), edge(band + 2)];
            let (ends, at): ([f64; 3], &dyn Fn(usize) -> f64) = match scale {
                Mel::Kaldi => (edges, &|bin| to_mel(bin_hz(bin))),
                Mel::Htk | Mel::Slaney => (edges.map(to_hz), &bin_hz),
            };
            let [left, centre, right] = ends;
            let area = if scale == Mel::Slaney { 2.0 / (right - left) } else { 1.0 };
            let weight = |bin: usize| {
                (((at(bin) - left) / (centre - left)).min((right - at(bin)) / (right - centre)).max(0.0) * area) as f32
            };
            let first = (0..bins).find(|&bin| at(bin) > left).unwrap_or(0);
            let weights = (first..bins).take_while(|&bin| at(bin) < right).map(weight).collect();
            Filter { first, weights }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tone(hz: f32, level: f32) -> Vec<f32> {
        (0..16_000).map(|n| level * (std::f32::consts::TAU * hz * n as f32 / 16_000.0).sin()).collect()
    }

    #[test]
    fn frames_are_counted_without_padding_and_stay_finite() {
        let bank = Filterbank::new(FrontEnd::builtin());
        assert_eq!(bank.features(&[0.0; 16_000]).len() / 64, 98);
        assert_eq!(bank.features(&[]).len() / 64, 1);
        assert!(bank.features(&[0.0; 1600]).iter().all(|x| (x - 1e-4f32.ln()).abs() < 1e-3));
    }

    #[test]
    fn a_tone_lights_up_its_own_band_whatever_its_level() {
        let bank = Filterbank::new(FrontEnd::builtin());
        let (loud, soft) = (bank.features(&tone(1000.0, 0.5)), bank.features(&tone(1000.0, 0.01)));
        let brightest = (0..64).max_by(|&a, &b| loud[a].total_cmp(&loud[b])).unwrap();
        let centre = &bank.filters[brightest];
        let hz = (centre.first..centre.first + centre.weights.len()).map(|bin| bin as f32 * 31.25);
        assert!(hz.clone().any(|hz| (hz - 1000.0).abs() < 31.25));
        assert!(loud.iter().zip(&soft).all(|(a, b)| (a - b).abs() < 0.05));
    }
}
