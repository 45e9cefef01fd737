//! Diarization and identification of recordings with a registry.

use std::collections::HashSet;
use std::ops::Range;

use super::Embedded;
use super::channels::{listen, own_speech};
use crate::audio::{self, SAMPLE_RATE};
use crate::calibration::{Print, Side, confidence};
use crate::rules::{self, round};
use crate::store::{Enrolled, Sqlite};
use crate::types::error::Result;
use crate::voice::Engine;
use crate::voice::diarization::{Turn, Windows, layout, turns, voices, windows};
use crate::{
    CallOptions, Candidates, Diarization, DiarizeOptions, Identification, Limits, Problem, Recording, Segment,
    SpeakerId,
};

/// Silence that does not end a turn, in seconds.
pub(super) const PAUSE: f64 = rules::CLUSTERING.pause;

/// The share of the work that finding the speech is, for reporting progress.
const LISTENING: f64 = 0.25;

/// Who may be named.
pub(crate) enum Roll {
    Nobody,
    These(Vec<(Print, SpeakerId)>),
    All,
}

/// The turns of a recording, and the voice of each number in them.
#[derive(Default)]
pub(super) struct Conversation {
    pub(super) turns: Vec<(Turn, Option<u32>)>,
    /// Voiceprint and seconds.
    pub(super) voices: Vec<(Vec<f32>, f64)>,
    /// Whether only the telephone band carries voice.
    pub(super) narrow: bool,
    pub(super) problems: Vec<Problem>,
}

/// Who a voice is.
#[derive(Clone)]
pub(super) struct Name {
    id: Option<SpeakerId>,
    confidence: f64,
}

pub(crate) fn diarize(
    registry: &Embedded,
    recording: &Recording,
    options: &DiarizeOptions,
    control: &CallOptions,
) -> Result<Diarization> {
    options.check()?;
    let roll = roll(registry, &options.known)?;
    let (engine, limits) = (registry.engine()?, &registry.limits);
    let (duration, heard) = if options.per_channel {
        analyze_channels(engine, recording, limits, !matches!(roll, Roll::Nobody), control)?
    } else {
        analyze(engine, recording, limits, options.speakers, control)?
    };
    let mut names = names(registry, &heard, &roll)?;
    let known: Vec<SpeakerId> = names.iter().filter_map(|name| name.id.clone()).collect();
    let mut speakers = Vec::new();
    // The channels' own numbers are not for others.
    let mut last = if options.per_channel { heard.voices.len() } else { 0 };
    for (voice, (name, (_, seconds))) in names.iter_mut().zip(&heard.voices).enumerate() {
        if *seconds <= 0.0 {
            continue;
        }
        let own = if options.per_channel { free_label(&registry.store, voice + 1)? } else { None };
        let id = match name.id.clone().or(own) {
            Some(id) => id,
            None => next_label(&registry.store, &mut last)?,
        };
        if !speakers.contains(&id) {
            speakers.push(id.clone());
        }
        name.id = Some(id);
    }
    let segments = segments(&heard, &names, |id| known.contains(id));
    control.report(1.0);
    Ok(Diarization { duration, speakers: speakers.len() as u32, segments, problems: heard.problems })
}

pub(crate) fn identify(
    registry: &Embedded,
    recording: &Recording,
    known: &Candidates,
    control: &CallOptions,
) -> Result<Identification> {
    known.check()?;
    let roll = roll(registry, known)?;
    let (duration, heard) = analyze(registry.engine()?, recording, &registry.limits, None, control)?;
    let names = names(registry, &heard, &roll)?;
    let mut people: Vec<&SpeakerId> = names.iter().filter_map(|name| name.id.as_ref()).collect();
    people.sort();
    people.dedup();
    let strangers = names.iter().filter(|name| name.id.is_none()).count();
    let speakers = (people.len() + strangers) as u32;
    let segments = segments(&heard, &names, |_| true);
    control.report(1.0);
    Ok(Identification { duration, speakers, segments })
}

/// Those who may be named. Fails before anybody listens to the recording.
pub(super) fn roll(registry: &Embedded, known: &Candidates) -> Result<Roll> {
    Ok(match known {
        Candidates::Nobody => Roll::Nobody,
        Candidates::All => {
            registry.calibration_needed()?;
            registry.store.expect_any(registry.engine()?.model())?;
            Roll::All
        }
        Candidates::These(ids) => {
            let calibration = registry.calibration_needed()?;
            // An id that is there twice would be its own rival.
            let mut seen = HashSet::new();
            let ids: Vec<SpeakerId> = ids.iter().filter(|id| seen.insert(*id)).cloned().collect();
            let enrolled = registry.store.enrolled(&ids, registry.engine()?.model())?;
            let print = |one: Enrolled| (calibration.print(&one.vector, one.side), one.id);
            Roll::These(enrolled.into_iter().map(print).collect())
        }
    })
}

/// Diarizes a recording with mixed channels.
fn analyze(
    engine: &Engine,
    recording: &Recording,
    limits: &Limits,
    speakers: Option<u32>,
    control: &CallOptions,
) -> Result<(f64, Conversation)> {
    let analysis = audio::analyze(recording, limits, &control.share(0.0, LISTENING), false)?;
    let clustering = engine.clustering();
    let windows = windows(engine, &analysis, clustering, &control.share(LISTENING, 1.0))?;
    let found = voices(&windows, speakers.map(|count| count as usize), clustering, control)?;
    let turns = turns(&analysis.speech_spans(), &windows, &found, PAUSE);
    let heard = Conversation {
        turns: turns.into_iter().map(|turn| (turn, None)).collect(),
        voices: found.prints(&windows),
        narrow: rules::is_narrow(analysis.inspection.bandwidth_hz),
        problems: Vec::new(),
    };
    Ok((analysis.inspection.duration, heard))
}

/// Diarizes each channel separately. `prints`: whether speakers are to be identified.
fn analyze_channels(
    engine: &Engine,
    recording: &Recording,
    limits: &Limits,
    prints: bool,
    control: &CallOptions,
) -> Result<(f64, Conversation)> {
    let listened = listen(recording, limits, &control.share(0.0, 0.5))?;
    let channels = listened.len();
    let narrow = listened.iter().any(|one| rules::is_narrow(one.inspection.bandwidth_hz));
    let mut heard = Conversation { narrow, ..Conversation::default() };
    let duration = listened.iter().map(|one| one.inspection.duration).fold(0.0, f64::max);
    let (own, same) = own_speech(&listened);
    if same {
        heard.problems.push(rules::same_channels());
    }
    for (channel, (analysis, speech)) in listened.iter().zip(own).enumerate() {
        let part = 0.5 / channels as f64;
        let control = control.share(0.5 + part * channel as f64, 0.5 + part * (channel + 1) as f64);
        let seconds = speech.iter().map(|span| span.len() as f64).sum::<f64>() / f64::from(SAMPLE_RATE);
        let mut print = (Vec::new(), seconds);
        if prints && seconds > 0.0 {
            let mut windows = Windows::new(engine, layout(&speech, engine.clustering()), &control);
            analysis.pass(&control, &mut |samples| windows.push(samples))?;
            let windows = windows.finish()?;
            let one = voices(&windows, Some(1), engine.clustering(), &control)?;
            print.0 = one.prints(&windows).swap_remove(0).0;
        }
        heard.turns.extend(
            bridged(speech)
                .into_iter()
                .map(|span| (Turn { span, voice: channel, posterior: 1.0 }, Some(channel as u32 + 1))),
        );
        heard.voices.push(print);
    }
    heard.turns.sort_by_key(|(turn, _)| turn.span.start);
    Ok((duration, heard))
}

/// Joins stretches between which there is hardly a pause.
fn bridged(speech: Vec<Range<usize>>) -> Vec<Range<usize>> {
    let pause = (PAUSE * f64::from(SAMPLE_RATE)) as usize;
    let mut spans: Vec<Range<usize>> = Vec::new();
    for span in speech {
        match spans.last_mut() {
            Some(last) if span.start <= last.end + pause => last.end = span.end,
            _ => spans.push(span),
        }
    }
    spans
}

/// The enrolled speaker of each cluster: the best match, if its LLR is high enough and clearly above the second. The
/// confidence is the posterior probability at a prior of 0.5 for the enrolled speakers together.
pub(super) fn names(registry: &Embedded, heard: &Conversation, roll: &Roll) -> Result<Vec<Name>> {
    let unknown = || Name { id: None, confidence: 1.0 };
    if matches!(roll, Roll::Nobody) {
        return Ok(heard.voices.iter().map(|_| unknown()).collect());
    }
    let calibration = registry.calibration_needed()?;
    let name = |(vector, seconds): &(Vec<f32>, f64)| {
        let side = Side { seconds: *seconds, narrow: heard.narrow };
        let test = calibration.print(vector, side);
        let (mut ratios, voices): (Vec<(f64, SpeakerId)>, _) = match roll {
            Roll::Nobody => return Ok(unknown()),
            Roll::These(enrolled) => {
                let scored = |(one, id): &(Print, SpeakerId)| (calibration.score(one, &test), id.clone());
                (enrolled.iter().map(scored).collect(), enrolled.len())
            }
            Roll::All => {
                let nearest = registry.index.nearest(&registry.store, calibration, &test, true)?;
                let voices = registry.index.len(&registry.store, calibration)?;
                (nearest.into_iter().map(|(llr, one)| (llr, one.id)).collect(), voices)
            }
        };
        ratios.sort_by(|a, b| b.0.total_cmp(&a.0));
        let Some((best, id)) = ratios.first() else { return Ok(unknown()) };
        let second = ratios.get(1).map(|(second, _)| *second);
        let named = rules::is_named(*best, second, voices, *seconds, registry.false_accept_rate, calibration);
        let chance = confidence(best - (voices.max(1) as f64).ln());
        Ok(Name { id: named.then(|| id.clone()), confidence: if named { chance } else { 1.0 - chance } })
    };
    heard.voices.iter().map(name).collect()
}

/// The turns with the names of their voices. Two voices that turned out to be one person are one.
pub(super) fn segments(heard: &Conversation, names: &[Name], enrolled: impl Fn(&SpeakerId) -> bool) -> Vec<Segment> {
    let seconds = |samples: usize| round(samples as f64 / f64::from(SAMPLE_RATE), 3);
    let mut segments: Vec<Segment> = Vec::with_capacity(heard.turns.len());
    for (turn, channel) in &heard.turns {
        let Name { id, confidence } = &names[turn.voice];
        let segment = Segment {
            start: seconds(turn.span.start),
            end: seconds(turn.span.end),
            speaker_id: id.clone(),
            confidence: round(confidence * turn.posterior, 3),
            enrolled: id.as_ref().is_some_and(&enrolled),
            channel: *channel,
        };
        match segments.last_mut() {
            Some(last)
                if last.enrolled
                    && last.speaker_id == segment.speaker_id
                    && last.channel == segment.channel
                    && segment.start <= last.end + PAUSE =>
            {
                let (before, now) = (last.end - last.start, segment.end - segment.start);
                let mean = (last.confidence * before + segment.confidence * now) / (before + now).max(0.001);
                last.confidence = round(mean, 3);
                last.end = segment.end;
            }
            _ => segments.push(segment),
        }
    }
    segments
}

/// `speaker_1` and so on, unless that is an enrolled id.
fn free_label(store: &Sqlite, number: usize) -> Result<Option<SpeakerId>> {
    let id = SpeakerId::parse(format!("speaker_{number}"))?;
    Ok(if store.has(&id)? { None } else { Some(id) })
}

/// The next of them that is free.
fn next_label(store: &Sqlite, last: &mut usize) -> Result<SpeakerId> {
    loop {
        *last += 1;
        if let Some(id) = free_label(store, *last)? {
            return Ok(id);
        }
    }
}
