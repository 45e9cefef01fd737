//! Assigns speech to the channels of a call with crosstalk.

use std::ops::{Range, RangeInclusive};

use crate::audio::{self, Analysis, FRAME};
use crate::types::error::{Code, Error, Result};
use crate::{CallOptions, Limits, Recording};

/// Channels of which each may be one speaker. Every channel is listened to for itself.
const CHANNELS: RangeInclusive<u32> = 2..=8;

/// What leaks less is not taken out: -66 dB.
const LEAST_LEAK: f32 = 5e-4;

/// Somebody else's speech that leaks in is softer than where it comes from by more than this, in dB.
const LEAKS_DB: f64 = 9.0;

/// What is compared is the mean of so many frames about one: 0.14 s.
const ABOUT: usize = 4;

/// Channels whose levels differ by the same amount all along hold the same sound: by what their difference may vary
/// about its mean, in dB, and its mean may be.
const SAME_DB: f64 = 0.75;

/// Crosstalk may last this much longer than its source, in frames: 0.4 s.
const LINGERS: usize = 24;

/// A stretch of speech that is left of another by less than this is dropped, in frames: 0.1 s.
const LEAST: usize = 6;

/// Each channel, without what leaks into it from the others.
pub(super) fn listen(recording: &Recording, limits: &Limits, control: &CallOptions) -> Result<Vec<Analysis>> {
    let first = audio::analyze_channel(recording, limits, &control.share(0.0, 0.2), 0, None)?;
    let channels = first.inspection.channels;
    if !CHANNELS.contains(&channels) {
        return Err(Error::new(
            Code::InvalidOption,
            format!(
                "the recording has {channels} channel{}, and `per_channel` takes {} to {}; omit `per_channel`",
                if channels == 1 { "" } else { "s" },
                CHANNELS.start(),
                CHANNELS.end()
            ),
        ));
    }
    let leaks = first.leaks(&control.share(0.2, 0.3))?;
    let leaks = |channel: usize| leaks.get(channel).filter(|shares| shares.iter().any(|one| one.abs() > LEAST_LEAK));
    let mut first = Some(first).filter(|_| leaks(0).is_none());
    (0..channels as usize)
        .map(|channel| {
            let done = |channel: usize| 0.3 + 0.7 * channel as f64 / f64::from(channels);
            let control = control.share(done(channel), done(channel + 1));
            first
                .take()
                .map_or_else(|| audio::analyze_channel(recording, limits, &control, channel, leaks(channel)), Ok)
        })
        .collect()
}

/// The speech of each channel that comes from there, in samples, and whether channels hold the same sound: then the
/// first of them has it.
pub(super) fn own_speech(channels: &[Analysis]) -> (Vec<Vec<Range<usize>>>, bool) {
    let levels: Vec<Vec<f64>> = channels.iter().map(levels).collect();
    let speaks: Vec<Vec<bool>> = channels.iter().zip(&levels).map(|(one, levels)| speaks(one, levels.len())).collect();
    let near: Vec<Vec<bool>> = speaks.iter().map(|speaks| widened(speaks)).collect();
    let mut same = false;
    let own = (0..channels.len()).map(|channel| {
        let others = (0..channels.len()).filter(|other| *other != channel);
        let copied =
            (0..channel).any(|earlier| is_same(&levels[earlier], &levels[channel], &speaks[earlier], &speaks[channel]));
        same |= copied;
        if copied {
            return Vec::new();
        }
        let others: Vec<usize> = others.collect();
        let own: Vec<bool> = (0..levels[channel].len())
            .map(|at| {
                let leaks = others.iter().any(|&other| {
                    let there = levels[other].get(at).copied().unwrap_or(f64::NEG_INFINITY);
                    near[other].get(at) == Some(&true) && there - levels[channel][at] > LEAKS_DB
                });
                speaks[channel][at] && !leaks
            })
            .collect();
        spans(&own)
    });
    let own = own.collect();
    (own, same)
}

/// The level of each frame with those about it, in dB.
fn levels(channel: &Analysis) -> Vec<f64> {
    let powers: Vec<f64> = channel.frames().iter().map(|frame| f64::from(frame.power)).collect();
    let mut sums = vec![0.0];
    for power in &powers {
        sums.push(sums[sums.len() - 1] + power);
    }
    let level = |at: usize| {
        let (from, to) = (at.saturating_sub(ABOUT), (at + ABOUT + 1).min(powers.len()));
        10.0 * ((sums[to] - sums[from]).max(0.0) / (to - from) as f64 + 1e-12).log10()
    };
    (0..powers.len()).map(level).collect()
}

fn speaks(channel: &Analysis, frames: usize) -> Vec<bool> {
    let mut speaks = vec![false; frames];
    for span in channel.speech_spans() {
        let (from, to) = ((span.start / FRAME).min(frames), (span.end / FRAME).min(frames));
        speaks[from..to].fill(true);
    }
    speaks
}

/// With the frames about those.
fn widened(speaks: &[bool]) -> Vec<bool> {
    let mut wide = vec![false; speaks.len()];
    for at in (0..speaks.len()).filter(|at| speaks[*at]) {
        let end = (at + LINGERS + 1).min(wide.len());
        wide[at.saturating_sub(LINGERS)..end].fill(true);
    }
    wide
}

fn is_same(a: &[f64], b: &[f64], a_speaks: &[bool], b_speaks: &[bool]) -> bool {
    let both = a.iter().zip(b).zip(a_speaks.iter().zip(b_speaks)).filter(|(_, (a, b))| **a || **b);
    let apart: Vec<f64> = both.map(|((a, b), _)| a - b).collect();
    if apart.is_empty() {
        return false;
    }
    let mean = apart.iter().sum::<f64>() / apart.len() as f64;
    let varies = (apart.iter().map(|one| (one - mean).powi(2)).sum::<f64>() / apart.len() as f64).sqrt();
    // What is softer by more leaks over, and the other side was silent.
    varies < SAME_DB && mean.abs() <= LEAKS_DB
}

fn spans(own: &[bool]) -> Vec<Range<usize>> {
    let mut spans: Vec<Range<usize>> = Vec::new();
    let mut start = None;
    for (at, speaks) in own.iter().copied().chain([false]).enumerate() {
        match (start, speaks) {
            (None, true) => start = Some(at),
            (Some(from), false) => {
                if at - from >= LEAST {
                    spans.push(from * FRAME..at * FRAME);
                }
                start = None;
            }
            _ => {}
        }
    }
    spans
}
