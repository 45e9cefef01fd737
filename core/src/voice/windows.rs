//! Voiceprints of short windows all along the speech of a recording.

use std::ops::Range;

use super::Engine;
use super::fbank::{BANDS, FRAME, HOP, Scratch, levelled};
use crate::Control;
use crate::audio::SAMPLE_RATE;
use crate::error::Result;
use crate::rules::Clustering;

/// A short stretch of a recording, and how the voice in it sounds.
#[derive(Clone)]
pub(crate) struct Window {
    /// Samples at 16 kHz from the start of the recording.
    pub(crate) span: Range<usize>,
    /// Of length 1.
    pub(crate) vector: Vec<f32>,
}

impl Window {
    pub(crate) fn seconds(&self) -> f64 {
        self.span.len() as f64 / f64::from(SAMPLE_RATE)
    }
}

/// Takes a recording's samples in order, and makes the voiceprints of all windows over its speech.
/// Overlapping windows share the filterbank; what lies behind the last window is forgotten.
pub(crate) struct Windows<'a> {
    engine: &'a Engine,
    control: &'a Control,
    /// The spans still to come.
    spans: std::iter::Peekable<std::vec::IntoIter<Range<usize>>>,
    /// Samples that are still needed, and where the first of them stands in the recording.
    samples: Vec<f32>,
    from: usize,
    /// Energies and squares of whole hops, from `hops_from` on, on the grid of the present segment.
    energies: Vec<f32>,
    squares: Vec<f64>,
    hops_from: usize,
    scratch: Scratch,
    pub(crate) windows: Vec<Window>,
}

/// The windows over some stretches of speech, in samples: evenly spaced in each, on a grid of
/// hops from its start. A stretch shorter than a window is one window.
pub(crate) fn layout(speech: &[Range<usize>], rules: &Clustering) -> Vec<Range<usize>> {
    let samples = |seconds: f64| (seconds * f64::from(SAMPLE_RATE)) as usize / HOP * HOP;
    let (length, step) = (samples(rules.window), samples(rules.step).max(HOP));
    let mut spans = Vec::new();
    for segment in speech {
        if segment.len() <= length + step / 2 {
            spans.push(segment.clone());
            continue;
        }
        let room = segment.len() - length;
        let steps = room.div_ceil(step);
        for at in 0..=steps {
            let start = segment.start + room * at / steps / HOP * HOP;
            spans.push(start..start + length);
        }
    }
    spans
}

impl<'a> Windows<'a> {
    /// `spans`: the windows, by their start.
    pub(crate) fn new(engine: &'a Engine, spans: Vec<Range<usize>>, control: &'a Control) -> Self {
        Self {
            engine,
            control,
            windows: Vec::with_capacity(spans.len()),
            spans: spans.into_iter().peekable(),
            samples: Vec::new(),
            from: 0,
            energies: Vec::new(),
            squares: Vec::new(),
            hops_from: 0,
            scratch: engine.filterbank.scratch(),
        }
    }

    /// The next samples of the recording.
    pub(crate) fn push(&mut self, samples: &[f32]) -> Result<()> {
        let Some(next) = self.spans.peek() else { return Ok(()) };
        let end = self.from + self.samples.len();
        if end + samples.len() <= next.start && self.samples.is_empty() {
            self.from = end + samples.len();
            return Ok(());
        }
        self.samples.extend_from_slice(samples);
        self.make()
    }

    /// The windows that are left, where the recording ended a little early.
    pub(crate) fn finish(mut self) -> Result<Vec<Window>> {
        let end = self.from + self.samples.len();
        while let Some(span) = self.spans.next() {
            let span = span.start.min(end)..span.end.min(end);
            if span.len() >= FRAME {
                self.one(span)?;
            }
        }
        Ok(self.windows)
    }

    fn make(&mut self) -> Result<()> {
        let end = self.from + self.samples.len();
        while let Some(span) = self.spans.next_if(|span| span.end <= end) {
            self.one(span)?;
        }
        let keep = self.spans.peek().map_or(end, |next| next.start.min(end));
        self.samples.drain(..keep.saturating_sub(self.from));
        self.from = self.from.max(keep);
        Ok(())
    }

    /// Makes the window's voiceprint. The energies that the last window left are used again where
    /// this one overlaps it on the same grid.
    fn one(&mut self, span: Range<usize>) -> Result<()> {
        self.control.check()?;
        let known = self.hops_from..self.hops_from + HOP * self.energies.len() / BANDS;
        if known.contains(&span.start) && (span.start - known.start).is_multiple_of(HOP) {
            let hops = (span.start - known.start) / HOP;
            self.energies.drain(..hops * BANDS);
            self.squares.drain(..hops.min(self.squares.len()));
        } else {
            self.energies.clear();
            self.squares.clear();
        }
        self.hops_from = span.start;
        let samples = &self.samples[span.start - self.from..span.end - self.from];
        let frames = 1 + samples.len().saturating_sub(FRAME) / HOP;
        for frame in self.energies.len() / BANDS..frames {
            match samples.get(frame * HOP..frame * HOP + FRAME) {
                Some(frame) => self.engine.filterbank.energies(frame, &mut self.scratch, &mut self.energies),
                None => {
                    let mut filled = samples[frame * HOP..].to_vec();
                    filled.resize(FRAME, 0.0);
                    self.engine.filterbank.energies(&filled, &mut self.scratch, &mut self.energies);
                }
            }
        }
        let square = |samples: &[f32]| samples.iter().map(|x| f64::from(*x).powi(2)).sum::<f64>();
        for hop in self.squares.len()..samples.len() / HOP {
            self.squares.push(square(&samples[hop * HOP..(hop + 1) * HOP]));
        }
        let whole = samples.len() / HOP;
        let squares = self.squares[..whole].iter().sum::<f64>() + square(&samples[whole * HOP..]);
        let energies = self.energies[..frames * BANDS].iter().copied();
        let vector = self.engine.embed(&levelled(energies, squares, samples.len()))?;
        self.windows.push(Window { span, vector });
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::CLUSTERING;

    #[test]
    fn windows_cover_the_speech_and_overlap_evenly() {
        let second = SAMPLE_RATE as usize;
        let speech = [0..second / 2, 2 * second..4 * second, 10 * second..20 * second];
        let spans = layout(&speech, &CLUSTERING);
        assert_eq!(spans[0], speech[0]);
        for segment in &speech {
            let inside: Vec<_> = spans.iter().filter(|span| segment.contains(&span.start)).collect();
            assert_eq!(inside[0].start, segment.start);
            assert!(inside.iter().all(|span| span.end <= segment.end));
            assert!(segment.end - inside[inside.len() - 1].end < HOP);
            assert!(inside.windows(2).all(|pair| pair[1].start - pair[0].start <= second * 3 / 4 + HOP));
        }
    }

    #[test]
    fn shared_energies_give_what_each_window_gives_alone() {
        let engine = Engine::builtin().unwrap();
        let control = Control::new();
        let samples: Vec<f32> =
            (0..100_000).map(|n| (n as f32 * 0.05).sin() * (0.1 + 0.05 * (n as f32 * 0.0007).sin())).collect();
        let spans = layout(&[1_000..7_000, 10_240..60_000, 61_000..99_999], &CLUSTERING);
        let mut windows = Windows::new(engine, spans.clone(), &control);
        for block in samples.chunks(1_111) {
            windows.push(block).unwrap();
        }
        let windows = windows.finish().unwrap();
        assert_eq!(windows.iter().map(|window| window.span.clone()).collect::<Vec<_>>(), spans);
        for window in windows {
            let alone = engine.voiceprint(&samples[window.span.clone()], &control).unwrap().vector;
            assert!(crate::voice::cosine(&alone, &window.vector) > 0.9999, "{:?}", window.span);
        }
    }
}
