//! Voiceprints of short windows all along the speech of a recording.

use std::ops::Range;

use crate::CallOptions;
use crate::audio::{Analysis, SAMPLE_RATE};
use crate::rules::Clustering;
use crate::types::error::Result;
use crate::voice::Engine;

/// Windows start on a grid of this many samples from the start of their stretch: one frame of the
/// networks' front ends.
const HOP: usize = 160;

/// Less speech than this many samples, a frame and a half, says nothing.
const LEAST: usize = 600;

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
/// What lies behind the last window is forgotten.
pub(crate) struct Windows<'a> {
    engine: &'a Engine,
    control: &'a CallOptions,
    /// The spans still to come.
    spans: std::iter::Peekable<std::vec::IntoIter<Range<usize>>>,
    /// Samples that are still needed, and where the first of them stands in the recording.
    samples: Vec<f32>,
    from: usize,
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
    pub(crate) fn new(engine: &'a Engine, spans: Vec<Range<usize>>, control: &'a CallOptions) -> Self {
        Self {
            engine,
            control,
            windows: Vec::with_capacity(spans.len()),
            spans: spans.into_iter().peekable(),
            samples: Vec::new(),
            from: 0,
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
            if span.len() >= LEAST {
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

    fn one(&mut self, span: Range<usize>) -> Result<()> {
        self.control.check()?;
        let vector = self.engine.embed(&self.samples[span.start - self.from..span.end - self.from])?;
        self.windows.push(Window { span, vector });
        Ok(())
    }
}

/// The voiceprints of short windows all along the speech of a recording.
pub(crate) fn windows(
    engine: &Engine,
    analysis: &Analysis,
    rules: &Clustering,
    control: &CallOptions,
) -> Result<Vec<Window>> {
    let mut windows = Windows::new(engine, layout(&analysis.speech_spans(), rules), control);
    analysis.pass(control, &mut |samples| windows.push(samples))?;
    windows.finish()
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
    fn windows_cut_from_blocks_are_what_each_is_alone() {
        let engine = &*Engine::compact().unwrap();
        let control = CallOptions::new();
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
            let alone = engine.voiceprint(&samples[window.span.clone()], &control).unwrap();
            assert!(crate::calibration::cosine(&alone, &window.vector) > 0.9999, "{:?}", window.span);
        }
    }
}
