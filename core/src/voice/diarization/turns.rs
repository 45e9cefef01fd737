//! From labelled windows to turns.

use std::ops::Range;

use super::clustering::Voices;
use super::windows::Window;
use crate::audio::SAMPLE_RATE;

/// A stretch of a recording in which one voice speaks.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Turn {
    /// Samples at 16 kHz.
    pub(crate) span: Range<usize>,
    pub(crate) voice: usize,
    /// The confidence, 0 to 1, averaged over its windows.
    pub(crate) posterior: f64,
}

/// The turns of a recording. Between two windows of different voices the change is put half-way
/// between their middles. `pause`: seconds of silence that do not end a turn.
pub(crate) fn turns(speech: &[Range<usize>], windows: &[Window], voices: &Voices, pause: f64) -> Vec<Turn> {
    let pause = (pause * f64::from(SAMPLE_RATE)) as usize;
    let middle = |at: usize| (windows[at].span.start + windows[at].span.end) / 2;
    let mut turns: Vec<(Turn, usize)> = Vec::new();
    let mut first = 0;
    for segment in speech {
        let last = first + windows[first..].iter().take_while(|window| window.span.start < segment.end).count();
        let mut start = segment.start;
        for at in first..last {
            let end = if at + 1 < last { (middle(at) + middle(at + 1)) / 2 } else { segment.end };
            let (voice, sure) = (voices.labels[at], f64::from(voices.posterior[at]));
            match turns.last_mut() {
                Some((turn, count)) if turn.voice == voice && start <= turn.span.end + pause => {
                    turn.span.end = end;
                    turn.posterior += sure;
                    *count += 1;
                }
                _ => turns.push((Turn { span: start..end, voice, posterior: sure }, 1)),
            }
            start = end;
        }
        first = last;
    }
    turns.into_iter().map(|(turn, count)| Turn { posterior: turn.posterior / count as f64, ..turn }).collect()
}
