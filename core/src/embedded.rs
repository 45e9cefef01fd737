//! The registry that works here: audio, voice and store put together, blocking.

use std::path::Path;

use crate::audio::{self, Analysis, Limits, Problem};
use crate::enrollment::Sample;
use crate::error::{Code, Error, Result};
use crate::recording::Recordings;
use crate::rules;
use crate::store::{NewSample, Sqlite, Write};
use crate::voice::Engine;
use crate::{
    Candidates, Control, Diarization, DiarizeOptions, Enrollment, Identification, Inspection, ListOptions, Page,
    Prepared, Recording, SpeakerId, diarize,
};

pub(crate) struct Embedded {
    store: Sqlite,
    limits: Limits,
}

impl Embedded {
    pub(crate) fn open(path: &Path, limits: Limits) -> Result<Self> {
        Ok(Self { store: Sqlite::open(path)?, limits: limits.checked()? })
    }

    pub(crate) fn inspect(&self, recording: &Recording, control: &Control) -> Result<Inspection> {
        inspect(recording, &self.limits, control)
    }

    pub(crate) fn prepare(&self, recording: &Recording, control: &Control) -> Result<Prepared> {
        prepare(recording, &self.limits, control)
    }

    /// Listens to every recording, then writes those that were accepted in one transaction.
    pub(crate) fn write(
        &self,
        id: &SpeakerId,
        write: Write,
        recordings: &Recordings,
        control: &Control,
    ) -> Result<Enrollment> {
        let Recordings(recordings) = recordings;
        if recordings.is_empty() {
            return Err(Error::new(Code::InvalidOption, "no recording was given; give at least one"));
        }
        let engine = Engine::builtin()?;
        self.store.expect(id, write, engine.model())?;
        let (mut accepted, mut inputs, mut refused) = (Vec::new(), Vec::new(), Vec::new());
        for (number, recording) in recordings.iter().enumerate() {
            let control = control.at(number, recordings.len());
            match self.listen(engine, recording, &control).map_err(|error| numbered(error, number, recordings.len()))? {
                Heard::Accepted(sample) => {
                    accepted.push(sample);
                    inputs.push(number);
                }
                Heard::Refused(sample) => refused.push(Sample { input: Some(number), ..sample }),
            }
            control.report(1.0);
        }
        if accepted.is_empty() {
            return Err(all_refused(&refused));
        }
        control.check()?;
        let mut enrollment = self.store.add(id, engine.model(), write, &accepted)?;
        // The newest on the roll are those that were just added, in their order.
        for (sample, input) in enrollment.recordings.iter_mut().rev().zip(inputs.into_iter().rev()) {
            sample.input = Some(input);
        }
        enrollment.recordings.extend(refused);
        Ok(enrollment)
    }

    pub(crate) fn get(&self, id: &SpeakerId) -> Result<Enrollment> {
        self.store.get(id)
    }

    pub(crate) fn list(&self, options: ListOptions) -> Result<Page> {
        self.store.list(options)
    }

    pub(crate) fn delete(&self, id: &SpeakerId) -> Result<()> {
        self.store.delete(id)
    }

    pub(crate) fn remove_sample(&self, id: &SpeakerId, sample: i64) -> Result<Enrollment> {
        self.store.remove_sample(id, sample)
    }

    pub(crate) fn diarize(
        &self,
        recording: &Recording,
        options: &DiarizeOptions,
        control: &Control,
    ) -> Result<Diarization> {
        diarize::diarize(&self.store, recording, options, &self.limits, control)
    }

    pub(crate) fn identify(
        &self,
        recording: &Recording,
        known: &Candidates,
        control: &Control,
    ) -> Result<Identification> {
        diarize::identify(&self.store, recording, known, &self.limits, control)
    }

    fn listen(&self, engine: &Engine, recording: &Recording, control: &Control) -> Result<Heard> {
        let analysis = audio::analyze(recording, &self.limits, control, true)?;
        let found = &analysis.inspection;
        if !found.accepted() {
            return Ok(Heard::Refused(refused_sample(found)));
        }
        let voiceprint = voiceprint(engine, &analysis, control)?;
        Ok(Heard::Accepted(NewSample {
            vector: voiceprint,
            speech_seconds: found.speech_seconds,
            total_seconds: found.duration,
            snr_db: found.snr_db,
            bandwidth_hz: found.bandwidth_hz,
            problems: found.problems.clone(),
        }))
    }
}

enum Heard {
    Accepted(NewSample),
    Refused(Sample),
}

fn voiceprint(engine: &Engine, analysis: &Analysis, control: &Control) -> Result<Vec<f32>> {
    let speech = analysis.best_speech(rules::ENGINE_SECONDS, control)?;
    Ok(engine.voiceprint(&speech, control)?.vector)
}

/// Inspects a recording without a registry.
pub(crate) fn inspect(recording: &Recording, limits: &Limits, control: &Control) -> Result<Inspection> {
    Ok(audio::analyze(recording, limits, control, false)?.inspection)
}

/// Cuts the best stretch out of a recording without a registry.
pub(crate) fn prepare(recording: &Recording, limits: &Limits, control: &Control) -> Result<Prepared> {
    audio::prepare(&audio::analyze(recording, limits, control, true)?, control)
}

fn refused_sample(found: &Inspection) -> Sample {
    Sample {
        id: None,
        input: None,
        accepted: false,
        speech_seconds: found.speech_seconds,
        total_seconds: found.duration,
        snr_db: found.snr_db,
        bandwidth_hz: found.bandwidth_hz,
        enrolled_at: None,
        problems: found.problems.clone(),
    }
}

/// Says which of several recordings could not be read.
fn numbered(error: Error, number: usize, of: usize) -> Error {
    if of == 1 { error } else { error.in_recording(number + 1, of) }
}

fn all_refused(refused: &[Sample]) -> Error {
    let problems: Vec<Problem> = refused.iter().flat_map(|sample| sample.problems.clone()).collect();
    let why = problems.iter().find(|problem| problem.severity == crate::Severity::Refuse);
    let sentence = match (refused.len(), why) {
        (1, Some(why)) => format!("the recording was refused ({}) and nothing was changed. {}", why.code, why.advice),
        (count, Some(why)) => {
            format!("all {count} recordings were refused ({} first) and nothing was changed. {}", why.code, why.advice)
        }
        (_, None) => "the recording was refused and nothing was changed".to_owned(),
    };
    Error::new(Code::RecordingRefused, sentence).with_problems(problems)
}
