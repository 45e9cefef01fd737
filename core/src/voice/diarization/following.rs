//! Voiceprints of short windows of speech while somebody speaks.

use std::ops::Range;

use super::windows::Window;
use crate::CallOptions;
use crate::audio::SAMPLE_RATE;
use crate::rules::Clustering;
use crate::types::error::Result;
use crate::voice::Engine;

/// Less speech than this says too little of a voice to be a window, in samples: 0.4 s.
const LEAST: usize = 6400;

/// Speech that ended this long ago goes on no more, in samples: longer than a pause that counts as speech, and than the
/// detector takes to make up its mind.
const OVER: usize = 8000;

/// Lays windows over speech as it is found. What was laid stays, even if the detector thinks otherwise of it later.
pub(crate) struct Following {
    /// How many of the newest windows are kept.
    most: usize,
    /// Where the next window may start, and where the last one ended, in samples.
    next: usize,
    last: usize,
    windows: Vec<Window>,
}

impl Following {
    pub(crate) fn new(most: usize) -> Self {
        Self { most, next: 0, last: 0, windows: Vec::new() }
    }

    /// The newest windows, by their start.
    pub(crate) fn windows(&self) -> &[Window] {
        &self.windows
    }

    /// Speech that ends before this sample is done with.
    pub(crate) fn next(&self) -> usize {
        self.next
    }

    /// Makes the windows over what is new of some speech, in a recording that has `end` samples so far and of which
    /// `recent`, from a place on, is still there. Returns how many there were.
    pub(crate) fn follow(
        &mut self,
        engine: &Engine,
        speech: &[Range<usize>],
        end: usize,
        recent: (usize, &[f32]),
        control: &CallOptions,
    ) -> Result<usize> {
        let spans = self.lay(speech, end, engine.clustering());
        let mut made = 0;
        for span in spans {
            let (from, samples) = recent;
            let there = span.start.checked_sub(from).and_then(|start| samples.get(start..start + span.len()));
            let Some(samples) = there else { continue };
            control.check()?;
            let vector = engine.embed(samples)?;
            self.windows.push(Window { span, vector });
            made += 1;
        }
        self.windows.drain(..self.windows.len().saturating_sub(self.most));
        Ok(made)
    }

    /// Where the next windows stand.
    fn lay(&mut self, speech: &[Range<usize>], end: usize, rules: &Clustering) -> Vec<Range<usize>> {
        let samples = |seconds: f64| (seconds * f64::from(SAMPLE_RATE)) as usize;
        let (length, step) = (samples(rules.window), samples(rules.step).max(1));
        let mut spans = Vec::new();
        for segment in speech {
            if segment.end <= self.next {
                continue;
            }
            let mut start = self.next.max(segment.start);
            while start + length <= segment.end {
                spans.push(start..start + length);
                self.last = start + length;
                start += step;
                self.next = start;
            }
            if segment.end + OVER <= end {
                // What is left of it: as much as fills a window, where there was one, or else all there is.
                let from = segment.start.max(segment.end.saturating_sub(length));
                let new = segment.end.saturating_sub(self.last.max(segment.start));
                if new >= LEAST {
                    spans.push(from..segment.end);
                    self.last = segment.end;
                }
                self.next = segment.end;
            }
        }
        spans
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::CLUSTERING;

    #[test]
    fn windows_cover_speech_as_it_comes() {
        let second = SAMPLE_RATE as usize;
        let truth = [second..6 * second, 8 * second..9 * second, 20 * second..40 * second];
        let mut following = Following::new(100);
        let mut spans = Vec::new();
        for end in (0..45 * second).step_by(second / 5) {
            let so_far: Vec<_> = truth.iter().filter(|s| s.start < end).map(|s| s.start..s.end.min(end)).collect();
            spans.extend(following.lay(&so_far, end, &CLUSTERING));
        }
        assert!(spans.windows(2).all(|pair| pair[0].start <= pair[1].start));
        for segment in &truth {
            let inside: Vec<_> = spans.iter().filter(|span| segment.contains(&span.start)).collect();
            assert_eq!(inside[0].start, segment.start);
            assert!(inside.iter().all(|span| span.end <= segment.end));
            assert!(segment.end - inside[inside.len() - 1].end < LEAST);
        }
        // A second of speech is a window of its own.
        assert!(spans.contains(&(8 * second..9 * second)));
    }
}
