//! Detection of repeated audio, whatever its coding, cut or offset.
//!
//! Every 16 ms one bit for each of 16 bands below 1.9 kHz says whether the energy between two bands rose or fell:
//! coding, level and filters change few of them, and two recordings of one voice share them by chance alone. What is
//! kept of a recording is a quarter of them, 250 bits a second without level, pitch or fine structure: a tenth of
//! what the leanest speech codecs need, and no more than is needed to know it again.

use std::sync::Arc;

use realfft::{RealFftPlanner, RealToComplex};

use super::speech::{FRAME, Speech};

/// The bands are looked for at a quarter of the rate.
const SLOWER: usize = 4;
const RATE: f32 = 4000.0;
const WINDOW: usize = 1024;
const HOP: usize = FRAME / SLOWER;
const BANDS: usize = 16;
const LOWEST_HZ: f32 = 250.0;
const HIGHEST_HZ: f32 = 1900.0;

/// A row is compared with the one so many before it.
const BEFORE: usize = 2;

/// Of the rows one in so many is kept.
const KEPT: usize = 4;

/// Sound behind this is not looked at, in rows: ten minutes.
const MOST: usize = 37_500;

/// Kept rows that are compared together: 2 s. Shorter recordings are compared whole, down to 1 s.
const BLOCK: usize = 32;
const LEAST_BLOCK: usize = 16;

/// The share of bits that may differ. Copies at 24 kbit/s stay below 0.2, and what is not the same seldom comes to 0.35
/// (`cargo test --release --test repeated`).
const DIFFERENT: f32 = 0.25;
const DIFFERENT_SHORT: f32 = 0.2;

/// Within a recording that is looped its start comes again: so many rows of it are looked for.
const LOOPED: usize = 3750;

/// Makes rows of sound as it comes.
pub(crate) struct Fingerprinter {
    fft: Arc<dyn RealToComplex<f32>>,
    window: Vec<f32>,
    taps: Vec<f32>,
    edges: Vec<usize>,
    /// At 16 kHz, with what the filter needs of the past; and at 4 kHz.
    fast: Vec<f32>,
    slow: Vec<f32>,
    levels: [[f32; BANDS]; BEFORE],
    rows: Vec<u16>,
}

impl Default for Fingerprinter {
    fn default() -> Self {
        const TAPS: usize = 64;
        let window = (0..WINDOW).map(|n| 0.5 - 0.5 * (std::f32::consts::TAU * n as f32 / WINDOW as f32).cos());
        // A windowed sinc that ends at the new half rate.
        let tap = |n: usize| {
            let x = n as f32 - (TAPS as f32 - 1.0) / 2.0;
            let angle = std::f32::consts::PI * x / SLOWER as f32;
            let hann = 0.5 - 0.5 * (std::f32::consts::TAU * (n as f32 + 0.5) / TAPS as f32).cos();
            angle.sin() / angle * hann / SLOWER as f32
        };
        let edge = |n: usize| {
            let hertz = LOWEST_HZ * (HIGHEST_HZ / LOWEST_HZ).powf(n as f32 / (BANDS + 1) as f32);
            (hertz / RATE * WINDOW as f32).round() as usize
        };
        Self {
            fft: RealFftPlanner::new().plan_fft_forward(WINDOW),
            window: window.collect(),
            taps: (0..TAPS).map(tap).collect(),
            edges: (0..=BANDS + 1).map(edge).collect(),
            fast: vec![0.0; TAPS],
            slow: Vec::new(),
            levels: [[0.0; BANDS]; BEFORE],
            rows: Vec::new(),
        }
    }
}

impl Fingerprinter {
    /// Takes sound at 16 kHz, in multiples of a frame but for the last.
    pub(crate) fn add(&mut self, samples: &[f32]) {
        if self.rows.len() >= MOST {
            return;
        }
        self.fast.extend_from_slice(samples);
        let mut at = 0;
        while at + self.taps.len() + SLOWER <= self.fast.len() {
            at += SLOWER;
            let past = &self.fast[at..at + self.taps.len()];
            self.slow.push(past.iter().zip(&self.taps).map(|(sample, tap)| sample * tap).sum());
        }
        self.fast.drain(..at);
        let mut at = 0;
        while at + WINDOW <= self.slow.len() && self.rows.len() < MOST {
            let row = self.row(at);
            self.rows.push(row);
            at += HOP;
        }
        self.slow.drain(..at.min(self.slow.len()));
    }

    fn row(&mut self, at: usize) -> u16 {
        let mut sound: Vec<f32> = self.slow[at..at + WINDOW].iter().zip(&self.window).map(|(x, w)| x * w).collect();
        let mut spectrum = self.fft.make_output_vec();
        // Its length is that of the plan.
        if self.fft.process(&mut sound, &mut spectrum).is_err() {
            return 0;
        }
        let mut energies = [0.0f32; BANDS + 1];
        for (energy, edges) in energies.iter_mut().zip(self.edges.windows(2)) {
            let power: f32 = spectrum[edges[0]..edges[1].max(edges[0] + 1)].iter().map(|bin| bin.norm_sqr()).sum();
            *energy = (power + 1e-9).ln();
        }
        let mut levels = [0.0; BANDS];
        for (band, level) in levels.iter_mut().enumerate() {
            *level = energies[band] - energies[band + 1];
        }
        let place = self.rows.len() % BEFORE;
        let before = std::mem::replace(&mut self.levels[place], levels);
        let rose = levels.iter().zip(before).enumerate();
        rose.fold(0, |row, (band, (now, before))| row | u16::from(*now > before) << band)
    }

    /// The rows of the audio, and where in it there is speech.
    pub(crate) fn finish(self, speech: &Speech) -> Fingerprint {
        // A row looks ahead by half its window.
        let middle = WINDOW / HOP / 2;
        let mut spoken = vec![false; self.rows.len()];
        for segment in &speech.segments {
            let range = segment.start.saturating_sub(middle)..segment.end.saturating_sub(middle);
            if let Some(part) = spoken.get_mut(range.start.min(self.rows.len())..range.end.min(self.rows.len())) {
                part.fill(true);
            }
        }
        Fingerprint { rows: self.rows, spoken }
    }
}

/// The rows of one recording. Its `Debug` form leaves them out.
#[derive(Clone, Default)]
pub(crate) struct Fingerprint {
    rows: Vec<u16>,
    spoken: Vec<bool>,
}

impl std::fmt::Debug for Fingerprint {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Fingerprint").finish_non_exhaustive()
    }
}

impl Fingerprint {
    /// What is kept of it: a row in four of its speech, and 0 for one without.
    pub(crate) fn kept(&self) -> Vec<u16> {
        let rows = self.rows.iter().zip(&self.spoken).step_by(KEPT);
        rows.map(|(row, spoken)| if *spoken { (*row).max(1) } else { 0 }).collect()
    }

    /// The share of its speech that is in another recording, by what was kept of that.
    pub(crate) fn share_in(&self, kept: &[u16]) -> f64 {
        let mut again = vec![false; self.rows.len()];
        self.look_for(kept, 0, |_| 0, &mut again);
        self.share(&again)
    }

    /// The share of its speech that repeats what came before in it.
    pub(crate) fn share_looped(&self) -> f64 {
        let mut start = self.kept();
        start.truncate(LOOPED / KEPT);
        let mut again = vec![false; self.rows.len()];
        self.look_for(&start, 2 * BLOCK, |at| (at + BLOCK) * KEPT, &mut again);
        self.share(&again)
    }

    fn share(&self, again: &[bool]) -> f64 {
        let all = self.spoken.iter().filter(|spoken| **spoken).count();
        let both = self.spoken.iter().zip(again).filter(|(spoken, again)| **spoken && **again).count();
        both as f64 / all.max(1) as f64
    }

    /// Marks the rows in which blocks of `kept` are found, each from the row on that `from` gives for its place.
    fn look_for(&self, kept: &[u16], least: usize, from: impl Fn(usize) -> usize, again: &mut [bool]) {
        let most = self.rows.len() / KEPT;
        let block = BLOCK.min(kept.len()).min(most);
        if block < LEAST_BLOCK || kept.len() < least.min(BLOCK) {
            return;
        }
        let differ = if block < BLOCK { DIFFERENT_SHORT } else { DIFFERENT };
        let step = if kept.len() > 2000 { block / 2 } else { block / 4 };
        let last = kept.len() - block;
        let mut at = 0;
        loop {
            let bits: Vec<(usize, u16)> = kept[at..at + block]
                .iter()
                .enumerate()
                .filter(|(_, row)| **row != 0)
                .map(|(place, row)| (place * KEPT, *row))
                .collect();
            // A block must be speech for the most part.
            if bits.len() * 5 >= block * 3 {
                self.look_for_block(&bits, block * KEPT, from(at), differ, again);
            }
            if at == last {
                return;
            }
            at = (at + step).min(last);
        }
    }

    fn look_for_block(&self, bits: &[(usize, u16)], span: usize, from: usize, differ: f32, again: &mut [bool]) {
        let limit = (differ * (bits.len() * BANDS) as f32) as u32;
        for offset in from..(self.rows.len() + KEPT).saturating_sub(span) {
            let mut different = 0;
            let found = bits.iter().all(|(place, row)| {
                let there = self.rows.get(offset + place).copied().unwrap_or(!*row);
                different += (there ^ row).count_ones();
                different <= limit
            });
            if found {
                let end = (offset + span).min(again.len());
                again[offset..end].fill(true);
            }
        }
    }
}

/// Kept rows as bytes, and back.
pub(crate) fn to_bytes(kept: &[u16]) -> Vec<u8> {
    kept.iter().flat_map(|row| row.to_le_bytes()).collect()
}

pub(crate) fn from_bytes(bytes: &[u8]) -> Vec<u16> {
    bytes.chunks_exact(2).map(|row| u16::from_le_bytes([row[0], row[1]])).collect()
}
