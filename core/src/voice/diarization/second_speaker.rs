//! Whether more than one person speaks in a recording that is to be enrolled.

use std::ops::Range;

use super::clustering::second_voice;
use super::windows::{Windows, layout};
use crate::CallOptions;
use crate::audio::{Analysis, SAMPLE_RATE};
use crate::calibration::cosine;
use crate::rules;
use crate::types::error::Result;
use crate::voice::Engine;

/// The number of speakers in a recording with speech, and the share of all but the main one. `parts`: voiceprints of
/// stretches of its speech; if they agree, there is one speaker, and no clustering is done.
pub(crate) fn second_speaker(
    engine: &Engine,
    analysis: &Analysis,
    parts: &[Vec<f32>],
    control: &CallOptions,
) -> Result<(u32, f64)> {
    let mut sum = vec![0.0; parts.first().map_or(0, Vec::len)];
    parts.iter().for_each(|part| sum.iter_mut().zip(part).for_each(|(sum, x)| *sum += x));
    let clustering = engine.clustering();
    if parts.iter().all(|part| cosine(part, &sum) >= clustering.second_suspected) {
        return Ok((1, 0.0));
    }
    let spans = spread(&analysis.speech_spans());
    let mut windows = Windows::new(engine, layout(&spans, clustering), control);
    let kept = analysis.kept();
    if spans.last().is_none_or(|last| last.end <= kept.len()) {
        windows.push(kept)?;
    } else {
        analysis.pass(control, &mut |samples| windows.push(samples))?;
    }
    let found = second_voice(&windows.finish()?, clustering, control)?;
    Ok((found.speakers.max(1), found.share))
}

/// The speech that is searched for a second speaker: all of it, or a limited number of seconds spread over the
/// recording.
fn spread(speech: &[Range<usize>]) -> Vec<Range<usize>> {
    let samples = |seconds: f64| (seconds * f64::from(SAMPLE_RATE)) as usize;
    let (all, enough) =
        (speech.iter().map(ExactSizeIterator::len).sum::<usize>(), samples(rules::SECOND_VOICE_SECONDS));
    if all <= enough {
        return speech.to_vec();
    }
    let stretch = samples(rules::SECOND_VOICE_STRETCH_SECONDS);
    let count = enough / stretch;
    let mut spans: Vec<Range<usize>> = Vec::new();
    let mut passed = 0;
    for span in speech {
        // Where the stretches stand in the speech alone, without the pauses.
        for number in 0..count {
            let from = (all - stretch) * number / (count - 1);
            let start = from.max(passed);
            let end = (from + stretch).min(passed + span.len());
            if start < end {
                spans.push(span.start + start - passed..span.start + end - passed);
            }
        }
        passed += span.len();
    }
    spans
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_speech_is_looked_through_all_along() {
        let second = SAMPLE_RATE as usize;
        let minutes: Vec<Range<usize>> = (0..10).map(|n| n * 70 * second..(n * 70 + 60) * second).collect();
        let spans = spread(&minutes);
        let looked = spans.iter().map(ExactSizeIterator::len).sum::<usize>();
        assert_eq!(looked, (rules::SECOND_VOICE_SECONDS * f64::from(SAMPLE_RATE)) as usize);
        assert!(spans.windows(2).all(|pair| pair[0].end <= pair[1].start));
        assert!(spans.iter().all(|span| minutes.iter().any(|one| one.start <= span.start && span.end <= one.end)));
        assert_eq!((spans[0].start, spans[spans.len() - 1].end), (0, minutes[9].end));
        let short = [second..9 * second, 200 * second..230 * second];
        assert_eq!(spread(&short), short);
    }
}
