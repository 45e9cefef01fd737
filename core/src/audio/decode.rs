//! Bytes to samples: demux, decode, and hand on block by block.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

use symphonia::core::errors::Error as Fault;

use super::decoder::Decoder;
use super::demux::{Demuxer, Track, Unit};
use super::fault::{damaged, explain, no_sound, unsupported};
use super::opened::Opened;
use super::sniff::Container;
use super::timeline::Timeline;
use crate::types::error::{Code, Error, ErrorKind, Result};
use crate::{CallOptions, Limits};

/// Sample rates outside this range are taken for a damaged header.
const SAMPLE_RATES: std::ops::RangeInclusive<u32> = 4_000..=384_000;

/// Streams chained in one file, and changes of the sample rate, that are followed.
const MAX_CHAINED: usize = 1000;
const MAX_RATE_CHANGES: u32 = 20;

/// How long the reading of a recording may take whatever its size, on the slowest machine.
const PATIENCE: Duration = Duration::from_secs(30);

/// A packet that took longer waited for something else: this process was stopped, or a disk slept.
const LONGEST_STEP: Duration = Duration::from_secs(1);

/// What a recording turned out to be, known once it is decoded.
#[derive(Debug, Clone)]
pub(crate) struct Format {
    pub(crate) codec: String,
    pub(crate) channels: usize,
    pub(crate) sample_rate: u32,
    /// Packets that could not be decoded, and were left out.
    pub(crate) damaged_packets: u64,
    /// Whether the file ends before its header says so.
    pub(crate) cut: bool,
    /// How many sound tracks there are.
    pub(crate) tracks: u32,
}

/// Takes decoded audio, one slice of samples per channel, nominally in -1 to 1.
pub(crate) trait Sink {
    fn block(&mut self, sample_rate: u32, channels: &mut [Vec<f32>]) -> Result<()>;
}

/// Decodes the first audio track that can be decoded into `sink`, each packet at its time.
///
/// A file whose index is missing or cut is tried a second time from its packets alone. Decoders
/// are run inside `catch_unwind`: with overflow checks on, some panic on hostile input.
///
/// # Errors
/// `recording_no_sound`, `recording_unsupported`, `recording_damaged`, `recording_too_long`, and
/// what `sink` or `control` return.
pub(crate) fn decode(opened: &Opened, limits: &Limits, control: &CallOptions, sink: &mut dyn Sink) -> Result<Format> {
    let mut run = Run {
        opened,
        limits,
        control,
        sink,
        reading: Duration::ZERO,
        packets: 0,
        rates: (0, 0),
        seconds: 0.0,
        reported: 0.0,
        format: None,
        damaged: 0,
        cut: false,
        tracks: 1,
    };
    for part in 0..opened.parts() {
        match run.guarded(part, true) {
            Err(error) if run.format.is_none() && run.part_is_foreign() && worth_a_second_try(&error) => {
                run.guarded(part, false).map_err(|_| error)?;
            }
            // The audio before an unreadable part was decoded.
            Err(error) if part > 0 && worth_a_second_try(&error) => run.damaged += 1,
            other => other?,
        }
    }
    let Run { damaged, tracks, mut cut, seconds, .. } = run;
    match run.format {
        Some(format) => {
            cut |= opened.is_cut(seconds * f64::from(format.sample_rate));
            Ok(Format { damaged_packets: damaged, cut, tracks, ..format })
        }
        None => Err(no_samples(opened)),
    }
}

/// The error if nothing was decoded: a frame stream without frames is truncated.
fn no_samples(opened: &Opened) -> Error {
    match opened.container {
        Container::Mp3 | Container::Adts | Container::Amr | Container::AmrWb => {
            damaged("its end is missing, and no complete audio frame is left")
        }
        _ => no_sound("the recording has an audio track without samples"),
    }
}

fn worth_a_second_try(error: &Error) -> bool {
    error.kind() == ErrorKind::Unreadable
}

struct Run<'a> {
    opened: &'a Opened,
    limits: &'a Limits,
    control: &'a CallOptions,
    sink: &'a mut dyn Sink,
    /// Time spent in demuxer and decoder, without the analysis.
    reading: Duration,
    packets: u64,
    rates: (u32, u32),
    seconds: f64,
    reported: f64,
    format: Option<Format>,
    damaged: u64,
    cut: bool,
    tracks: u32,
}

impl Run<'_> {
    fn guarded(&mut self, part: usize, seekable: bool) -> Result<()> {
        match catch_unwind(AssertUnwindSafe(|| self.tracks(part, seekable))) {
            Ok(result) => result,
            Err(_) => Err(damaged("the decoder failed on it")),
        }
    }

    /// Whether a container is read that has an index, without which its packets may still be found.
    fn part_is_foreign(&self) -> bool {
        self.opened.container.is_mp4_family() || matches!(self.opened.container, Container::Ogg | Container::Flac)
    }

    /// Reads the chosen track, and the next one where a chained stream starts over.
    fn tracks(&mut self, part: usize, seekable: bool) -> Result<()> {
        self.packets = 0;
        let mut demuxer = self.opened.demuxer(part, seekable)?;
        let heard = self.seconds;
        self.tracks = u32::try_from(demuxer.tracks().len()).unwrap_or(u32::MAX).max(1);
        for _ in 0..MAX_CHAINED {
            let track = match choose_track(&*demuxer, self.opened, self.limits.track) {
                // Another recording after the decoded one, which is not read.
                Err(_) if self.seconds > heard => {
                    self.damaged += 1;
                    break;
                }
                chosen => chosen?,
            };
            if !self.packets(&mut *demuxer, track)? {
                break;
            }
        }
        if self.seconds > heard {
            return Ok(());
        }
        Err(match self.damaged {
            0 => no_samples(self.opened),
            _ => damaged("none of its packets could be decoded"),
        })
    }

    /// Decodes packets to the end; true where the stream starts over.
    fn packets(&mut self, demuxer: &mut dyn Demuxer, (id, delay, mut decoder): Chosen) -> Result<bool> {
        let mut planes: Vec<Vec<f32>> = Vec::new();
        let mut timeline = self.timeline(id);
        let mut delay = Some(delay);
        loop {
            self.control.check()?;
            self.report();
            let Unit { time, packet } = match self.clocked(|| demuxer.next()) {
                Ok(Some(unit)) => unit,
                Ok(None) => {
                    self.cut |= demuxer.is_cut();
                    return self.end(timeline, &decoder, planes.len()).map(|()| false);
                }
                Err(Fault::ResetRequired) => return Ok(true),
                // A file that ends early ends here: what came before stands.
                Err(fault) if self.format.is_some() => {
                    self.damaged += u64::from(!self.ends_anywhere(&fault));
                    return Ok(false);
                }
                Err(fault) => return Err(explain(fault, self.opened.container)),
            };
            self.still_sane()?;
            if packet.track_id != id {
                if let (Some(timeline), Some(time)) = (&mut timeline, time) {
                    timeline.other(time);
                }
                continue;
            }
            let time = timeline.as_mut().zip(time).map(|(timeline, time)| timeline.place(time));
            match self.clocked(|| decoder.decode(&packet, &mut planes)) {
                Ok(rate) => {
                    if let Some(seconds) = delay {
                        delay = without(&mut planes, seconds, rate);
                    }
                    match (&mut timeline, time) {
                        (Some(timeline), Some(time)) => self.timed(timeline, time, rate, &decoder, &mut planes)?,
                        (Some(timeline), None) => {
                            timeline.dropped(decoder.dropped(), rate.max(1));
                            self.heard(timeline, rate, decoder.codec(), &mut planes)?;
                        }
                        _ => self.block(rate, decoder.codec(), &mut planes)?,
                    }
                    if timeline.as_ref().is_some_and(Timeline::is_over) {
                        return Ok(false);
                    }
                }
                Err(Fault::ResetRequired) => return Ok(true),
                Err(Fault::Unsupported(_)) if self.format.is_none() => {
                    return Err(unsupported(&format!("a variant of {} that Voiceroll cannot decode", decoder.codec())));
                }
                Err(_) => self.damaged += 1,
            }
        }
    }

    /// Hands on the silence that ends a track.
    fn end(&mut self, timeline: Option<Timeline>, decoder: &Decoder, channels: usize) -> Result<()> {
        let (Some(mut timeline), rate) = (timeline, self.rates.0) else { return Ok(()) };
        if channels == 0 || rate == 0 {
            return Ok(());
        }
        let mut silence = timeline.end(rate);
        while silence > 0 {
            self.control.check()?;
            let some = silence.min(rate as usize);
            silence -= some;
            self.heard(&mut timeline, rate, decoder.codec(), &mut vec![vec![0.0; some]; channels])?;
        }
        Ok(())
    }

    /// The time of a track, where the container keeps times of its own.
    fn timeline(&self, id: u32) -> Option<Timeline> {
        match self.opened.container {
            Container::Webm | Container::Matroska => Some(Timeline::default()),
            container if container.is_mp4_family() => {
                let movie = &self.opened.movie;
                Some(Timeline::of_movie(movie.edits(id), movie.track(id), movie.origin()))
            }
            _ => None,
        }
    }

    /// Hands on a block where its time has it, behind the silence that was left out before it.
    fn timed(
        &mut self,
        timeline: &mut Timeline,
        time: f64,
        rate: u32,
        decoder: &Decoder,
        planes: &mut [Vec<f32>],
    ) -> Result<()> {
        if !planes.is_empty() && SAMPLE_RATES.contains(&rate) {
            let mut silence = timeline.gap(time, rate);
            while silence > 0 {
                let some = silence.min(rate as usize);
                silence -= some;
                let mut silent = vec![vec![0.0; some]; planes.len()];
                self.heard(timeline, rate, decoder.codec(), &mut silent)?;
            }
        }
        timeline.dropped(decoder.dropped(), rate.max(1));
        self.heard(timeline, rate, decoder.codec(), planes)
    }

    fn heard(&mut self, timeline: &mut Timeline, rate: u32, codec: &str, planes: &mut [Vec<f32>]) -> Result<()> {
        let frames = planes.first().map_or(0, Vec::len);
        for piece in timeline.pieces(frames, rate.max(1)) {
            let mut silence = piece.silence;
            while silence > 0 {
                self.control.check()?;
                let some = silence.min(rate as usize);
                silence -= some;
                self.block(rate, codec, &mut vec![vec![0.0; some]; planes.len()])?;
            }
            if piece.sound == (0..frames) {
                self.block(rate, codec, planes)?;
            } else {
                let mut part: Vec<_> = planes.iter().map(|plane| plane[piece.sound.clone()].to_vec()).collect();
                self.block(rate, codec, &mut part)?;
            }
        }
        Ok(())
    }

    fn clocked<T>(&mut self, work: impl FnOnce() -> T) -> T {
        let began = Instant::now();
        let done = work();
        self.reading += began.elapsed().min(LONGEST_STEP);
        done
    }

    /// Stops at a file that would keep the demuxer busy without end: one with more packets than
    /// bytes, or one that takes longer to read than to play.
    fn still_sane(&mut self) -> Result<()> {
        self.packets += 1;
        if self.packets > self.opened.len + 1000 {
            return Err(damaged("its header announces more packets than it has bytes"));
        }
        let fair = PATIENCE + Duration::from_secs_f64(2.0 * self.seconds + self.opened.len as f64 / 1e6);
        if self.reading > fair {
            return Err(damaged("reading it takes longer than playing it would"));
        }
        Ok(())
    }

    /// What a browser records into WebM does not say where it ends.
    fn ends_anywhere(&self, fault: &Fault) -> bool {
        let cut = matches!(fault, Fault::IoError(error) if error.kind() == std::io::ErrorKind::UnexpectedEof);
        cut && matches!(self.opened.container, Container::Webm | Container::Matroska)
    }

    /// Reading is nine tenths of the work; what comes after it reports the rest.
    fn report(&mut self) {
        let done = 0.9 * self.opened.fraction_read();
        if done - self.reported >= 0.01 {
            self.reported = done;
            self.control.report(done);
        }
    }

    fn block(&mut self, rate: u32, codec: &str, planes: &mut [Vec<f32>]) -> Result<()> {
        let frames = planes.first().map_or(0, Vec::len);
        if frames == 0 {
            return Ok(());
        }
        if !SAMPLE_RATES.contains(&rate) {
            return Err(damaged(&format!("its header announces a sample rate of {rate} Hz")));
        }
        if self.rates.0 != rate {
            self.rates = (rate, self.rates.1 + 1);
            if self.rates.1 > MAX_RATE_CHANGES {
                return Err(damaged("its sample rate changes too often"));
            }
        }
        let format = self.format.get_or_insert_with(|| Format {
            codec: codec.to_owned(),
            channels: planes.len(),
            sample_rate: rate,
            damaged_packets: 0,
            cut: false,
            tracks: 1,
        });
        // A recording that becomes stereo has two channels, though the first part of it is in both.
        format.channels = format.channels.max(planes.len());
        self.seconds += frames as f64 / f64::from(rate);
        if self.seconds > self.limits.max_seconds {
            return Err(Error::new(
                Code::RecordingTooLong,
                format!(
                    "the recording is longer than the limit of {:.0} s; cut it, or raise `max_seconds`",
                    self.limits.max_seconds
                ),
            ));
        }
        self.sink.block(rate, planes)
    }
}

/// A track with what comes before its sound, in seconds, and its decoder.
type Chosen = (u32, f64, Decoder);

/// Takes what an encoder put before the sound off its start; what is left to take, in seconds.
fn without(planes: &mut [Vec<f32>], seconds: f64, rate: u32) -> Option<f64> {
    let frames = planes.first().map_or(0, Vec::len);
    let take = ((seconds * f64::from(rate)).round() as usize).min(frames);
    planes.iter_mut().for_each(|plane| drop(plane.drain(..take)));
    let left = seconds - take as f64 / f64::from(rate.max(1));
    (left > 0.5 / f64::from(rate.max(1))).then_some(left)
}

/// The track that was asked for, or else the first that can be decoded: a film may begin with one that cannot.
fn choose_track(demuxer: &dyn Demuxer, opened: &Opened, wanted: Option<u32>) -> Result<Chosen> {
    let tracks = demuxer.tracks();
    let decoder = |track: &Track| Decoder::new(&track.codec).map(|decoder| (track.id, track.delay, decoder));
    if let Some(number) = wanted {
        let count = tracks.len();
        let track = (number as usize).checked_sub(1).and_then(|at| tracks.get(at));
        return decoder(track.ok_or_else(|| {
            Error::new(
                Code::InvalidOption,
                format!(
                    "the recording has {count} audio tracks, so there is no track {number}; omit `track` to use the \
                     first track with speech"
                ),
            )
        })?);
    }
    let mut refused = None;
    for track in tracks {
        match decoder(track) {
            Ok(chosen) => return Ok(chosen),
            Err(error) => _ = refused.get_or_insert(error),
        }
    }
    Err(match refused {
        Some(error) => error,
        None if demuxer.has_picture() => no_sound("the file is a video without sound"),
        None if matches!(opened.container, Container::Webm | Container::Matroska) => {
            damaged("its end is missing, and with it the index of its contents")
        }
        None => no_samples(opened),
    })
}
