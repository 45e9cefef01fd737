//! A recording from bytes to an [`Inspection`], and the speech in it.

use std::ops::Range;

use super::SAMPLE_RATE;
use super::decode::{Format, decode};
use super::fingerprint::{Fingerprint, Fingerprinter};
use super::leaks::{Leaks, Shares};
use super::listen::{Cutter, Listener, Passer};
use super::mix::{Channels, Mix};
use super::opened::Opened;
use super::speech::{FRAME, FRAMES_PER_SECOND, Frame, Speech};
use crate::rules::{self, Circumstances, round};
use crate::types::error::{Error, Result};
use crate::{CallOptions, Inspection, Limits, Recording, Severity};

/// Samples are kept from the first pass up to here, in seconds; speech that lies further back is
/// fetched by decoding a second time.
const KEPT_SECONDS: usize = 90;

/// Where channels cancel each other out, their mean keeps less than this share of their power, or,
/// as noise is not cancelled, the first two swing against each other so far (-1: exactly).
const CANCELLED: f64 = 0.02;
const AGAINST: f64 = -0.5;

/// Sound tracks that are tried until one has speech in it.
const MOST_TRACKS: u32 = 8;

/// An offset is taken out where it has more than this share of the power of the sound: it would be
/// taken for loudness, and soften the voice.
const OFFSET_SHARE: f64 = 0.01;

/// What the network gets besides the speech: so much before and after it, and pauses of up to so
/// much more between. On the development trials it knows voices better with it (3.5 % of errors on
/// accented speech without, 2.2 % with it, under the first network).
const AROUND_SECONDS: f64 = 0.13;
const JOINED_SECONDS: f64 = 0.32;

fn frames_in(seconds: f64) -> usize {
    (seconds * FRAMES_PER_SECOND) as usize
}

/// A recording that was listened to.
pub(crate) struct Analysis {
    pub(crate) inspection: Inspection,
    opened: Opened,
    limits: Limits,
    mix: Mix,
    kept: Vec<f32>,
    frames: Vec<Frame>,
    speech: Speech,
    heard: Option<Fingerprint>,
}

/// Decodes and measures a recording. `keep_audio`: whether its speech will be asked for.
pub(crate) fn analyze(
    recording: &Recording,
    limits: &Limits,
    control: &CallOptions,
    keep_audio: bool,
) -> Result<Analysis> {
    analyze_channels(recording, limits, control, keep_audio, Channels::Mean, false)
}

/// The same for a recording that may be enrolled: what it sounds like is noted, so that it is known again.
pub(crate) fn analyze_to_enroll(recording: &Recording, limits: &Limits, control: &CallOptions) -> Result<Analysis> {
    analyze_channels(recording, limits, control, true, Channels::Mean, true)
}

/// The same for one channel of it, without what leaks into it if that is known.
pub(crate) fn analyze_channel(
    recording: &Recording,
    limits: &Limits,
    control: &CallOptions,
    channel: usize,
    shares: Option<&Shares>,
) -> Result<Analysis> {
    let channel = shares.map_or(Channels::One(channel), |shares| Channels::Without(channel, *shares));
    analyze_channels(recording, limits, control, false, channel, false)
}

fn analyze_channels(
    recording: &Recording,
    limits: &Limits,
    control: &CallOptions,
    keep_audio: bool,
    channels: Channels,
    note: bool,
) -> Result<Analysis> {
    let limits = &Limits { track: recording.track, ..*limits };
    let opened = Opened::new(recording, limits.max_bytes)?;
    let first = listen_to(recording, &opened, limits, control, keep_audio, channels, note)?;
    // A film may have the music first.
    let several = 2..=first.tracks.min(MOST_TRACKS);
    if limits.track.is_none() && first.speech.segments.is_empty() {
        for track in several {
            let other = Limits { track: Some(track), ..*limits };
            match listen_to(recording, &opened, &other, control, keep_audio, channels, note) {
                Ok(found) if !found.speech.segments.is_empty() => return found.of(opened, other),
                Err(error) if error.kind() != crate::types::error::ErrorKind::Unreadable => return Err(error),
                _ => {}
            }
        }
    }
    first.of(opened, *limits)
}

/// What listening to one track came to.
struct Listened {
    inspection: Inspection,
    mix: Mix,
    kept: Vec<f32>,
    frames: Vec<Frame>,
    speech: Speech,
    heard: Option<Fingerprint>,
    tracks: u32,
}

impl Listened {
    fn of(self, opened: Opened, limits: Limits) -> Result<Analysis> {
        let Self { inspection, mix, kept, frames, speech, heard, .. } = self;
        Ok(Analysis { inspection, opened, limits, mix, kept, frames, speech, heard })
    }
}

fn listen_to(
    recording: &Recording,
    opened: &Opened,
    limits: &Limits,
    control: &CallOptions,
    keep_audio: bool,
    channels: Channels,
    note: bool,
) -> Result<Listened> {
    let keep = if keep_audio { KEPT_SECONDS * SAMPLE_RATE as usize } else { 0 };
    let listen = |mix| {
        let mut listener = Listener::new(mix, keep)?;
        listener.ear = note.then(Fingerprinter::default);
        let format = decode(opened, limits, control, &mut listener)?;
        listener.finish();
        Ok::<_, Error>((format, listener))
    };
    let first = Mix { channels, levelled: false };
    let (mut format, mut heard) = listen(first)?;
    let mix = better_mix(&heard, channels);
    if mix != first {
        (format, heard) = listen(mix)?;
    }
    let speech = Speech::find(&heard.frames);
    let kept = std::mem::take(&mut heard.kept);
    let frames = std::mem::take(&mut heard.frames);
    let noted = heard.ear.take().map(|ear| ear.finish(&speech));
    let inspection = inspect(recording, opened, &format, &heard, &frames, &speech);
    Ok(Listened { inspection, mix, kept, frames, speech, heard: noted, tracks: format.tracks })
}

/// The loudest channel alone, where the mean of the channels has lost the sound; without an offset
/// that matters.
pub(super) fn better_mix(heard: &Listener, wanted: Channels) -> Mix {
    let channels = if wanted == Channels::Mean { uncancelled(heard) } else { wanted };
    let chosen = match channels {
        Channels::One(index) => heard.meters.get(index),
        Channels::Without(..) | Channels::Mean => None,
    };
    let (offset, power) = chosen.map_or((heard.offset(), heard.power()), |meter| (meter.offset(), meter.power()));
    Mix { channels, levelled: offset.powi(2) > OFFSET_SHARE * power }
}

fn uncancelled(heard: &Listener) -> Channels {
    let powers: Vec<f64> = heard.meters.iter().map(|meter| meter.power()).collect();
    let loudest = (0..powers.len()).max_by(|&a, &b| powers[a].total_cmp(&powers[b])).unwrap_or(0);
    let lost = heard.power() < CANCELLED * powers.iter().sum::<f64>() / powers.len().max(1) as f64;
    let against = heard.together().is_some_and(|together| together < AGAINST);
    if powers.len() > 1 && (lost || against) { Channels::One(loudest) } else { Channels::Mean }
}

fn inspect(
    recording: &Recording,
    opened: &Opened,
    format: &Format,
    heard: &Listener,
    frames: &[Frame],
    speech: &Speech,
) -> Inspection {
    let mut inspection = Inspection {
        container: opened.container.as_str().to_owned(),
        codec: format.codec.clone(),
        channels: format.channels as u32,
        base64_bytes: opened.len.div_ceil(3) * 4,
        ..measured(heard, frames, speech, format.sample_rate)
    };
    let around = Circumstances {
        mismatch: mismatch(recording, opened, &format.codec),
        damaged_packets: format.damaged_packets,
        cut: format.cut,
        tracks: format.tracks,
    };
    inspection.problems = rules::problems(&inspection, &around);
    inspection
}

/// What was measured, without a name for what it was measured in, and without problems.
pub(super) fn measured(heard: &Listener, frames: &[Frame], speech: &Speech, sample_rate: u32) -> Inspection {
    let decibels = |power: f64| (power > 1e-12).then(|| round(10.0 * power.log10(), 1));
    let worst = |value: fn(&super::meter::Meter) -> f64| {
        heard.meters.iter().map(value).max_by(|a, b| a.abs().total_cmp(&b.abs())).unwrap_or(0.0)
    };
    let loudest = heard.meters.iter().map(|meter| meter.power()).fold(0.0, f64::max);
    // The mix is softer than the channel that carries the voice.
    let lost_in_mix = if heard.power() > 0.0 { (loudest / heard.power()).max(1.0) } else { 1.0 };
    let peak = f64::from(heard.meters.iter().map(|meter| meter.peak()).fold(0.0, f32::max));
    Inspection {
        container: String::new(),
        codec: String::new(),
        channels: heard.meters.len() as u32,
        sample_rate,
        bandwidth_hz: heard.spectrum().bandwidth_hz(sample_rate).filter(|_| !speech.segments.is_empty()),
        duration: round(heard.samples as f64 / f64::from(SAMPLE_RATE), 3),
        speech_seconds: round(speech.seconds(), 3),
        longest_pause: round(speech.longest_pause(), 3),
        level_dbfs: decibels(speech.power(frames) * lost_in_mix),
        peak_dbfs: decibels(peak * peak),
        clipped_ratio: round(worst(super::meter::Meter::clipped_ratio), 5),
        snr_db: speech.snr_db(frames).map(|snr| round(snr, 1)),
        snr_blind_db: heard.blind.decibels().map(|snr| round(snr, 1)),
        dc_offset: round(worst(super::meter::Meter::offset), 4),
        nonfinite_samples: heard.meters.iter().map(|meter| meter.nonfinite()).sum(),
        base64_bytes: 0,
        speakers: None,
        problems: Vec::new(),
    }
}

/// What to say where the declared encoding, or else the file name, contradicts the bytes.
fn mismatch(recording: &Recording, opened: &Opened, codec: &str) -> Option<(Severity, String)> {
    let container = opened.container;
    let instead = match container.contract_encoding() {
        Some(encoding) => format!("declare it as {encoding}"),
        None => {
            "RingCentral's API has no name for this format, so convert it to WAV or MP3 before sending it to a server"
                .to_owned()
        }
    };
    match recording.declared() {
        Some(declared) if !container.fits(declared, codec) => Some((
            Severity::Warn,
            format!("The recording was declared as {declared}, but it is {}: {instead}.", container.as_str()),
        )),
        Some(_) => None,
        None => recording.extension().filter(|extension| !container.fits_extension(extension)).map(|_| {
            (
                Severity::Note,
                format!("The extension of the file name is wrong: the recording is {}; {instead}.", container.as_str()),
            )
        }),
    }
}

impl Analysis {
    /// The best speech of the recording at 16 kHz, up to `seconds` of it, in its order.
    pub(crate) fn best_speech(&self, seconds: f64, control: &CallOptions) -> Result<Vec<f32>> {
        self.samples(&self.best_segments(seconds), control)
    }

    /// Samples at 16 kHz of some stretches, given in samples.
    pub(crate) fn samples(&self, spans: &[Range<usize>], control: &CallOptions) -> Result<Vec<f32>> {
        if spans.iter().all(|span| span.end <= self.kept.len()) {
            return Ok(spans.iter().flat_map(|span| &self.kept[span.clone()]).copied().collect());
        }
        let mut cutter = Cutter::new(self.mix, spans);
        decode(&self.opened, &self.limits, control, &mut cutter)?;
        cutter.finish();
        Ok(cutter.cut)
    }

    /// The audio from the start on, as far as it was kept.
    pub(crate) fn kept(&self) -> &[f32] {
        &self.kept
    }

    /// The measurements of the audio.
    pub(crate) fn heard(&self) -> Option<&Fingerprint> {
        self.heard.as_ref()
    }

    /// The power of every frame.
    pub(crate) fn frames(&self) -> &[Frame] {
        &self.frames
    }

    /// All of the speech at 16 kHz, where there is any, in samples.
    pub(crate) fn speech_spans(&self) -> Vec<Range<usize>> {
        self.speech.segments.iter().map(|segment| segment.start * FRAME..segment.end * FRAME).collect()
    }

    /// What of each channel is in each, on another pass.
    pub(crate) fn leaks(&self, control: &CallOptions) -> Result<Vec<Shares>> {
        let mut leaks = Leaks::default();
        decode(&self.opened, &self.limits, control, &mut leaks)?;
        Ok(leaks.finish())
    }

    /// Hands on the whole recording at 16 kHz, block by block, on a second pass.
    pub(crate) fn pass(&self, control: &CallOptions, take: &mut dyn FnMut(&[f32]) -> Result<()>) -> Result<()> {
        let mut passer = Passer::new(self.mix, take);
        decode(&self.opened, &self.limits, control, &mut passer)?;
        passer.finish()
    }

    /// The speech with what is about it, in frames: soft first and last sounds carry voice too.
    fn widened(&self) -> Vec<Range<usize>> {
        let (around, joined) = (frames_in(AROUND_SECONDS), frames_in(JOINED_SECONDS));
        let mut wide: Vec<Range<usize>> = Vec::new();
        for segment in &self.speech.segments {
            let (start, end) = (segment.start.saturating_sub(around), (segment.end + around).min(self.frames.len()));
            match wide.last_mut() {
                Some(last) if start <= last.end + joined => last.end = end,
                _ => wide.push(start..end),
            }
        }
        wide
    }

    /// The stretches of speech, in samples, without what lies beyond `seconds`: those go first
    /// in which the detector is least sure of a voice.
    fn best_segments(&self, seconds: f64) -> Vec<Range<usize>> {
        let budget = (seconds * FRAMES_PER_SECOND) as usize;
        let certainty = |segment: &Range<usize>| {
            let frames = &self.frames[segment.clone()];
            frames.iter().map(|frame| frame.voice).sum::<f32>() / frames.len().max(1) as f32
        };
        let widened = self.widened();
        let mut order: Vec<&Range<usize>> = widened.iter().collect();
        order.sort_by(|a, b| certainty(b).total_cmp(&certainty(a)));
        let mut left = budget;
        let mut chosen: Vec<Range<usize>> = Vec::new();
        for segment in order {
            let take = segment.len().min(left);
            left -= take;
            if take > 0 {
                chosen.push(segment.start * FRAME..(segment.start + take) * FRAME);
            }
        }
        chosen.sort_by_key(|span| span.start);
        chosen
    }

    /// Speech and length of the recording in frames, for choosing a stretch of it.
    pub(crate) fn speech(&self) -> (&Speech, usize) {
        (&self.speech, self.frames.len())
    }
}
