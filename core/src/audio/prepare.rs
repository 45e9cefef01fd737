//! The best stretch of a long recording, as 16 kHz mono WAV, for services that want 12 to 30 s.

use super::SAMPLE_RATE;
use super::analyze::Analysis;
use super::speech::{FRAME, FRAMES_PER_SECOND, Speech};
use crate::rules::{COMPLETE_SECONDS, CONTRACT_SECONDS, round};
use crate::types::error::{Code, Error, Result};
use crate::{CallOptions, Prepared};

/// Cuts out the stretch with the most speech of at most 30 s, and no longer than needed.
pub(crate) fn prepare(analysis: &Analysis, control: &CallOptions) -> Result<Prepared> {
    let (speech, frames) = analysis.speech();
    let longest = ((CONTRACT_SECONDS * FRAMES_PER_SECOND) as usize).min(frames);
    let Some(span) = best_stretch(speech, longest) else {
        return Err(Error::new(
            Code::RecordingRefused,
            "the recording contains no speech to cut out; record someone speaking",
        )
        .with_problems(analysis.inspection.problems.clone()));
    };
    let inside = speech_within(speech, span.start, span.end);
    // A little room tone on both sides keeps the first and the last sound whole.
    let margin = (0.1 * FRAMES_PER_SECOND) as usize;
    let room = longest.saturating_sub(span.len()) / 2;
    let start = span.start.saturating_sub(margin.min(room));
    let end = (span.end + margin.min(room)).min(frames);
    let samples = analysis.samples(std::slice::from_ref(&(start * FRAME..end * FRAME)), control)?;
    Ok(Prepared {
        wav: wav(&samples),
        start: round(start as f64 / FRAMES_PER_SECOND, 3),
        end: round(end as f64 / FRAMES_PER_SECOND, 3),
        speech_seconds: round(inside as f64 / FRAMES_PER_SECOND, 3),
    })
}

/// The stretch of at most `longest` frames, from the start of some speech to the end of some,
/// with the most speech in it. Where a stretch of at least 12 s has almost as much and fewer
/// pauses, that one: continuous speech is what services ask for.
fn best_stretch(speech: &Speech, longest: usize) -> Option<std::ops::Range<usize>> {
    let segments = &speech.segments;
    let enough = (COMPLETE_SECONDS * FRAMES_PER_SECOND) as usize;
    let mut best: Option<(f64, std::ops::Range<usize>)> = None;
    let (mut last, mut inside) = (0, 0usize);
    for (first, segment) in segments.iter().enumerate() {
        if last < first {
            (last, inside) = (first, 0);
        }
        while last < segments.len() && segments[last].end - segment.start <= longest {
            inside += segments[last].len();
            last += 1;
        }
        // The stretch may end inside a segment that is too long to fit.
        let fill = segments.get(last).map_or(0, |next| (segment.start + longest).saturating_sub(next.start));
        let end = if fill > 0 { segment.start + longest } else { segments[last - 1].end };
        let (spoken, length) = (inside + fill, end - segment.start);
        let share = spoken as f64 / length.max(1) as f64;
        let score = if spoken >= enough { spoken as f64 * share } else { spoken as f64 * 0.5 * share };
        if best.as_ref().is_none_or(|(most, _)| score > *most) {
            best = Some((score, segment.start..end));
        }
        inside = inside.saturating_sub(segment.len());
    }
    best.map(|(_, span)| span)
}

fn speech_within(speech: &Speech, start: usize, end: usize) -> usize {
    speech.segments.iter().map(|segment| segment.end.min(end).saturating_sub(segment.start.max(start))).sum()
}

/// All of a recording as 16 kHz mono WAV, for services that do not know its format.
#[cfg(feature = "remote")]
pub(crate) fn whole_wav(analysis: &Analysis, control: &CallOptions) -> Result<Vec<u8>> {
    let (_, frames) = analysis.speech();
    let samples = analysis.samples(std::slice::from_ref(&(0..frames * FRAME)), control)?;
    Ok(wav(&samples))
}

/// A RIFF/WAVE file of 16-bit samples at 16 kHz.
fn wav(samples: &[f32]) -> Vec<u8> {
    let bytes = samples.len() * 2;
    let mut file = Vec::with_capacity(44 + bytes);
    let (size, rate) = (bytes as u32, SAMPLE_RATE);
    file.extend_from_slice(b"RIFF");
    file.extend_from_slice(&(36 + size).to_le_bytes());
    file.extend_from_slice(b"WAVEfmt ");
    file.extend_from_slice(&16u32.to_le_bytes());
    file.extend_from_slice(&1u16.to_le_bytes());
    file.extend_from_slice(&1u16.to_le_bytes());
    file.extend_from_slice(&rate.to_le_bytes());
    file.extend_from_slice(&(rate * 2).to_le_bytes());
    file.extend_from_slice(&2u16.to_le_bytes());
    file.extend_from_slice(&16u16.to_le_bytes());
    file.extend_from_slice(b"data");
    file.extend_from_slice(&size.to_le_bytes());
    for sample in samples {
        let value = (sample * 32768.0).round().clamp(-32768.0, 32767.0) as i16;
        file.extend_from_slice(&value.to_le_bytes());
    }
    file
}
