//! Voice activity detection (VAD): samples in blocks of any size in, the certainty of a voice out.

pub(super) mod features;
mod network;

use super::speech::FRAME;
use crate::types::error::{Code, Error, Result};
use features::{BANDS, COARSE, Energies, Filterbank, WINDOW};
use network::Network;

/// Frames that are answered at once: 33 s. It bounds the memory.
const CHUNK: usize = 2048;

/// The same where somebody waits for the answers: 1 s.
const SOON: usize = 64;

/// Frames to each side over which the level is averaged: 2 s. The VAD sees each frame relative to that, so the level
/// of a recording does not matter.
const NEAR: usize = 125;

/// What is softer than the level nearby by 60 dB counts as silence.
const RANGE: f32 = 1e-6;

/// Power density below the rounding of 16 bits.
const SILENCE: f64 = 1e-11;

/// The result of the VAD for one frame of [`FRAME`] samples.
pub(crate) struct Detected<'a> {
    /// How likely it is speech, 0 to 1. Many voices at once are speech too.
    pub(crate) voice: f32,
    /// Its power in bands of 250 Hz.
    pub(crate) spectrum: &'a [f32; COARSE],
}

/// Listens to a recording at 16 kHz; the answers do not depend on how it is cut into blocks.
pub(crate) struct Detector {
    network: &'static Network,
    filterbank: Filterbank,
    /// Samples that frames to come still need.
    samples: Vec<f32>,
    energies: Vec<Energies>,
    /// How many of `energies` were answered already and serve as context.
    answered: usize,
    chunk: usize,
}

impl Detector {
    pub(crate) fn new() -> Result<Self> {
        Self::in_chunks(CHUNK)
    }

    /// One that answers soon, for more work in all.
    pub(crate) fn live() -> Result<Self> {
        Self::in_chunks(SOON)
    }

    fn in_chunks(chunk: usize) -> Result<Self> {
        let network =
            Network::builtin().ok_or_else(|| Error::new(Code::Internal, "the built-in VAD could not be loaded"))?;
        Ok(Self {
            network,
            filterbank: Filterbank::new(),
            samples: vec![0.0; (WINDOW - FRAME) / 2],
            energies: Vec::new(),
            answered: 0,
            chunk,
        })
    }

    /// Takes samples, and tells of every frame that it has made up its mind about, in order.
    pub(crate) fn add(&mut self, samples: &[f32], mut tell: impl FnMut(Detected)) {
        self.samples.extend_from_slice(samples);
        let frames = (self.samples.len() + FRAME).saturating_sub(WINDOW) / FRAME;
        for start in (0..frames).map(|frame| frame * FRAME) {
            self.energies.push(self.filterbank.energies(&self.samples[start..start + WINDOW]));
        }
        self.samples.drain(..frames * FRAME);
        let context = self.network.reach() + NEAR;
        while self.energies.len() >= self.answered + self.chunk + context {
            self.answer(self.chunk, &mut tell);
            let past = self.answered.saturating_sub(context.next_multiple_of(2));
            self.energies.drain(..past);
            self.answered -= past;
        }
    }

    /// Reports the remaining frames, without a last incomplete one.
    pub(crate) fn finish(&mut self, mut tell: impl FnMut(Detected)) {
        self.add(&[0.0; (WINDOW - FRAME) / 2], &mut tell);
        self.answer(self.energies.len() - self.answered, &mut tell);
    }

    /// Tells of the frames that it has not made up its mind about what it would say if nothing followed.
    pub(crate) fn guess(&self, mut tell: impl FnMut(Detected)) {
        let first = self.answered.saturating_sub(self.network.reach());
        let voices = self.network.run(&self.features(first..self.energies.len()));
        for (voice, energies) in voices.into_iter().zip(&self.energies[first..]).skip(self.answered - first) {
            tell(Detected { voice, spectrum: &energies.coarse });
        }
    }

    /// Answers the next `count` frames.
    fn answer(&mut self, count: usize, tell: &mut impl FnMut(Detected)) {
        let reach = self.network.reach();
        let first = self.answered.saturating_sub(reach);
        let end = (self.answered + count + reach).min(self.energies.len());
        let voices = self.network.run(&self.features(first..end));
        let from = self.answered;
        for (at, voice) in (first..end).zip(voices).filter(|(at, _)| (from..from + count).contains(at)) {
            tell(Detected { voice, spectrum: &self.energies[at].coarse });
        }
        self.answered += count;
    }

    /// What the network takes: the logarithm of the energies relative to the level nearby.
    fn features(&self, frames: std::ops::Range<usize>) -> Vec<f32> {
        let offset = frames.start.saturating_sub(NEAR);
        let mut sums = vec![0.0f64];
        let mut sum = 0.0;
        for energies in &self.energies[offset..(frames.end + NEAR).min(self.energies.len())] {
            sum += energies.mel.iter().map(|energy| f64::from(*energy)).sum::<f64>() / BANDS as f64;
            sums.push(sum);
        }
        let mut features = Vec::with_capacity(frames.len() * BANDS);
        for at in frames {
            let (from, to) = (at.saturating_sub(NEAR), (at + NEAR + 1).min(self.energies.len()));
            let near = (sums[to - offset] - sums[from - offset]) / (to - from) as f64 + SILENCE;
            let scale = (1.0 / near) as f32;
            let mut row = self.energies[at].mel.map(|energy| (energy * scale + RANGE).ln());
            self.network.scaled(&mut row);
            features.extend_from_slice(&row);
        }
        features
    }
}

/// How likely each 16 ms of some samples at 16 kHz is to be speech, for `benches/detector.rs`.
#[cfg(any(test, feature = "__bench"))]
#[cfg_attr(not(feature = "__bench"), allow(unreachable_pub, reason = "benchmarks use it"))]
pub fn speech_probabilities(samples: &[f32]) -> Result<Vec<f32>> {
    let mut detector = Detector::new()?;
    let mut voices = Vec::new();
    detector.add(samples, |heard| voices.push(heard.voice));
    detector.finish(|heard| voices.push(heard.voice));
    Ok(voices)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 80 s, more than two chunks, of tones that come and go.
    fn samples() -> Vec<f32> {
        (0..80 * 16_000)
            .map(|n| n as f32 / 16_000.0)
            .map(|t| 0.1 * (t * 3.0).sin().max(0.0) * (800.0 * t).sin() + 0.01 * (9000.0 * t).sin())
            .collect()
    }

    #[test]
    fn the_answers_do_not_depend_on_the_blocks() {
        let samples = samples();
        let whole = speech_probabilities(&samples).unwrap();
        assert_eq!(whole.len(), samples.len() / FRAME);
        for block in [1000, 48_001] {
            let mut detector = Detector::new().unwrap();
            let mut voices = Vec::new();
            samples.chunks(block).for_each(|part| detector.add(part, |heard| voices.push(heard.voice)));
            detector.finish(|heard| voices.push(heard.voice));
            assert_eq!(voices, whole);
        }
    }

    #[test]
    fn the_answers_do_not_depend_on_where_a_chunk_ends() {
        let samples = samples();
        let whole = speech_probabilities(&samples).unwrap();
        let part = speech_probabilities(&samples[20 * 16_000..]).unwrap();
        let settled = NEAR + Network::builtin().unwrap().reach();
        for (a, b) in whole[1250..].iter().zip(&part).skip(settled) {
            assert!((a - b).abs() < 1e-3, "{a} {b}");
        }
    }

    #[test]
    fn a_recording_shorter_than_a_frame_has_no_answers() {
        for (samples, frames) in [(0, 0), (255, 0), (257, 1)] {
            assert_eq!(speech_probabilities(&vec![0.1; samples]).unwrap().len(), frames);
        }
    }
}
