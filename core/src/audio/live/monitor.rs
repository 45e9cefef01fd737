//! Measures what somebody says while they say it.

use std::ops::Range;

use crate::audio::SAMPLE_RATE;
use crate::audio::analyze::{better_mix, measured};
use crate::audio::decode::Sink;
use crate::audio::listen::Listener;
use crate::audio::mix::{Channels, Mix};
use crate::audio::speech::{FRAME, FRAMES_PER_SECOND, Frame, Speech};
use crate::rules::{self, Circumstances, round};
use crate::types::error::Result;
use crate::{Inspection, ProblemCode};

/// How often the measurements are brought up to date, in seconds of sound; in a long recording less often, as all of it is
/// gone through: twice as seldom for each so many seconds.
const LOOK_SECONDS: f64 = 0.2;
const LONG_SECONDS: f64 = 300.0;

/// What has just begun lacks speech, and is mostly silence, in any case, in seconds.
const BEGINNING_SECONDS: f64 = 3.0;

/// What the level now is measured over, in seconds: as EBU Tech 3341 has it for "momentary".
const NOW_SECONDS: f64 = 0.4;

/// Listens to sound as it comes. What it says of the newest second or two may change with what follows.
pub(crate) struct Monitor {
    listener: Listener,
    mix: Mix,
    rate: u32,
    speech: Speech,
    /// Samples at 16 kHz when it last looked.
    looked: u64,
}

impl Monitor {
    pub(crate) fn new() -> Result<Self> {
        let mix = Mix { channels: Channels::Mean, levelled: false };
        Ok(Self { listener: Listener::live(mix)?, mix, rate: 0, speech: Speech::default(), looked: 0 })
    }

    /// Whether there is enough new sound to look at.
    pub(crate) fn is_due(&self) -> bool {
        let new = (self.listener.samples - self.looked) as f64 / f64::from(SAMPLE_RATE);
        new >= LOOK_SECONDS * (1.0 + self.seconds() / LONG_SECONDS)
    }

    /// Finds the speech in what was heard so far.
    pub(crate) fn look(&mut self) {
        self.looked = self.listener.samples;
        self.listener.guess();
        // What was mixed before stays as it was: at the end all of it is mixed anew.
        let better = better_mix(&self.listener, Channels::Mean);
        let chosen = Mix {
            channels: if self.mix.channels == Channels::Mean { better.channels } else { self.mix.channels },
            levelled: self.mix.levelled || better.levelled,
        };
        if chosen != self.mix {
            self.mix = chosen;
            self.listener.mix_as(chosen);
        }
        self.speech = Speech::find(&self.listener.frames);
    }

    /// What an inspection of it would say now, but for a second voice. What is a matter of time is left out at the start.
    pub(crate) fn inspection(&self) -> Inspection {
        let mut found = measured(&self.listener, &self.listener.frames, &self.speech, self.rate);
        found.problems = rules::problems(&found, &Circumstances::default());
        if found.duration < BEGINNING_SECONDS {
            let of_time = [ProblemCode::NoSpeech, ProblemCode::MostlySilence];
            found.problems.retain(|problem| !of_time.contains(&problem.code));
        }
        found
    }

    /// How loud it is now, in dBFS; none for digital silence.
    pub(crate) fn momentary_dbfs(&self) -> Option<f64> {
        let frames: &[Frame] = &self.listener.frames;
        let newest = &frames[frames.len().saturating_sub((NOW_SECONDS * FRAMES_PER_SECOND) as usize)..];
        let power = newest.iter().map(|frame| f64::from(frame.power)).sum::<f64>() / newest.len().max(1) as f64;
        (power > 1e-12).then(|| round(10.0 * power.log10(), 1))
    }

    /// Seconds of sound so far.
    pub(crate) fn seconds(&self) -> f64 {
        self.listener.samples as f64 / f64::from(SAMPLE_RATE)
    }

    /// How long nobody has spoken; none if nobody has yet.
    pub(crate) fn pause_seconds(&self) -> Option<f64> {
        let last = self.speech.segments.last()?;
        Some(self.listener.frames.len().saturating_sub(last.end) as f64 / FRAMES_PER_SECOND)
    }

    pub(crate) fn speech_seconds(&self) -> f64 {
        self.speech.seconds()
    }

    /// Whether only the telephone band carries voice, as far as can be told.
    pub(crate) fn is_narrow(&self) -> bool {
        rules::is_narrow(self.listener.spectrum().bandwidth_hz(self.rate))
    }

    /// The speech so far that ends behind `from`, in samples at 16 kHz.
    pub(crate) fn speech_from(&self, from: usize) -> Vec<Range<usize>> {
        let segments = &self.speech.segments;
        let first = segments.partition_point(|segment| segment.end * FRAME <= from);
        segments[first..].iter().map(|segment| segment.start * FRAME..segment.end * FRAME).collect()
    }

    /// Where the sound ends at the moment, in samples at 16 kHz.
    pub(crate) fn end(&self) -> usize {
        self.listener.frames.len() * FRAME
    }

    /// The newest sound at 16 kHz, and where it begins.
    pub(crate) fn recent(&self) -> (usize, &[f32]) {
        self.listener.recent.as_ref().map_or((0, &[]), |recent| (recent.from, &recent.samples))
    }
}

impl Sink for Monitor {
    fn block(&mut self, rate: u32, channels: &mut [Vec<f32>]) -> Result<()> {
        self.rate = rate;
        self.listener.block(rate, channels)
    }
}
