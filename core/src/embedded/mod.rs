//! The registry in a file: audio, voice and store put together, blocking.

mod attempts;
mod audited;
mod channels;
mod diarize;
mod live;
mod options;
mod verify;

use std::path::Path;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use crate::audio;
use crate::audit::Trail;
use crate::models::{self, Choice};
use crate::rules;
use crate::runtime::apart;
use crate::store::index::Index;
use crate::store::{Adding, NewSample, Sqlite};
use crate::types::enrollment::{Enroll, Sample, all_refused};
use crate::types::error::{Code, Error, Result};
use crate::voice::Engine;
use crate::{
    Calibration, CallOptions, Candidates, ConsentRecord, Diarization, DiarizeOptions, Enrollment, Identification,
    Inspection, Limits, ListOptions, Page, Prepared, Problem, Recording, Segment, SpeakerId, inspect,
};
use attempts::Attempts;
pub(crate) use diarize::Roll;
pub(crate) use live::Heard;
use options::Opening;
pub use options::RegistryOptions;

/// How long nobody may speak into a live session: longer than people look for a word, or for the next page.
const LIVE_IDLE: Duration = Duration::from_secs(60);

pub(crate) struct Embedded {
    pub(crate) store: Sqlite,
    pub(crate) limits: Limits,
    choice: Choice,
    /// What `choice` names, once it was needed.
    engine: OnceLock<Arc<Engine>>,
    /// In place of the engine's own.
    calibration: Option<Calibration>,
    pub(crate) index: Index,
    pub(crate) false_accept_rate: f64,
    pub(crate) trail: Option<Trail>,
    /// Whether answers say no more than the decision.
    decisions_only: bool,
    attempts: Attempts,
    /// After how long a live session ends by itself.
    pub(crate) live_idle: Duration,
}

impl Embedded {
    pub(crate) fn open(path: &Path, options: RegistryOptions) -> Result<Self> {
        let RegistryOptions {
            limits,
            model,
            calibration,
            false_accept_rate,
            access,
            protection,
            terms,
            audit,
            actor,
            decisions_only,
            attempts_per_hour,
            live_idle,
        } = options;
        let limits = limits.checked()?;
        let false_accept_rate = false_accept_rate.unwrap_or(rules::FALSE_ACCEPT_RATE);
        if !(false_accept_rate > 0.0 && false_accept_rate < 1.0) {
            return Err(Error::new(
                Code::InvalidOption,
                "`false_accept_rate` must be between 0 and 1; omit it for the default, 0.01",
            ));
        }
        if path.as_os_str().is_empty() {
            return Err(Error::new(Code::InvalidOption, "the path of the store is empty; pass the path of a file"));
        }
        // A network that was named is tried before anything is made.
        let model = models::wanted(model.as_deref());
        let wanted = model.as_deref().map(|model| Choice::new(Some(model), None)?.load()).transpose()?;
        if let (Some(engine), Some(calibration)) = (&wanted, &calibration) {
            engine.fitting(calibration.clone())?;
        }
        let trail = audit.map(|folder| Trail::open(&folder, actor.as_deref())).transpose()?;
        let mut store = match access {
            Opening::As(access) => Sqlite::open(path, access, &protection)?,
            Opening::ToLook => Sqlite::open_to_look(path, &protection)?,
        };
        store.terms = terms;
        let choice = Choice::new(model.as_deref(), store.model()?.as_deref())?;
        let engine = wanted.map_or_else(OnceLock::new, OnceLock::from);
        let mut opened = Self {
            store,
            limits,
            choice,
            engine,
            calibration: None,
            index: Index::default(),
            false_accept_rate,
            trail,
            decisions_only,
            attempts: Attempts::new(attempts_per_hour),
            live_idle: live_idle.unwrap_or(LIVE_IDLE),
        };
        opened.calibration = calibration.map(|calibration| opened.engine()?.fitting(calibration)).transpose()?;
        Ok(opened)
    }

    /// The network in use, loaded when it is first asked for.
    pub(crate) fn engine(&self) -> Result<&Engine> {
        if self.engine.get().is_none() {
            let engine = self.choice.load()?;
            // Another thread may have been faster; both have the same engine.
            let _ = apart(|| self.engine.set(engine));
        }
        self.engine.get().map(Arc::as_ref).ok_or_else(|| Error::new(Code::Internal, "the network was not kept"))
    }

    /// None for a network that was brought without a calibration.
    pub(crate) fn calibration(&self) -> Result<Option<&Calibration>> {
        Ok(self.calibration.as_ref().or(self.engine()?.calibration()))
    }

    pub(crate) fn inspect(&self, recording: &Recording, control: &CallOptions) -> Result<Inspection> {
        inspect::inspect(self.engine()?, recording, &self.limits, control)
    }

    pub(crate) fn prepare(&self, recording: &Recording, control: &CallOptions) -> Result<Prepared> {
        inspect::prepare(recording, &self.limits, control)
    }

    /// Processes every recording, then writes the accepted ones in one transaction. Unless
    /// `force` is set, those of another voice than the one enrolled are refused.
    pub(crate) fn write(&self, enroll: &Enroll, control: &CallOptions) -> Result<Enrollment> {
        self.changing(control, "enroll", Some(&enroll.id), || self.enroll(enroll, control))
    }

    fn enroll(&self, enroll: &Enroll, control: &CallOptions) -> Result<Enrollment> {
        let Enroll { id, write, recordings, force, consent } = enroll;
        let (write, force, consent) = (*write, *force, consent.as_deref());
        let recordings = recordings.some()?;
        let engine = self.engine()?;
        consent.map_or(Ok(()), ConsentRecord::checked)?;
        self.store.expect(id, write, engine.model(), consent)?;
        let (mut accepted, mut inputs, mut refused) = (Vec::new(), Vec::new(), Vec::new());
        for (number, recording) in recordings.iter().enumerate() {
            let control = control.at(number, recordings.len());
            match self
                .listen(engine, recording, &control)
                .map_err(|error| error.in_recording(number, recordings.len()))?
            {
                Measured::Accepted(sample) => {
                    accepted.push(sample);
                    inputs.push(number);
                }
                Measured::Refused(sample) => refused.push(Sample { input: Some(number), ..sample }),
            }
            control.report(1.0);
        }
        if accepted.is_empty() {
            return Err(all_refused(&refused));
        }
        control.check()?;
        let guard = self.guard(force)?;
        let added = self.store.add(
            id,
            engine.model(),
            write,
            &Adding { samples: &accepted, guard: &guard, consent },
            control,
        )?;
        for (number, problem) in added.others.iter().rev() {
            let sample = accepted.remove(*number);
            refused.push(other_voice(inputs.remove(*number), sample, problem.clone()));
        }
        refused.sort_by_key(|sample| sample.input);
        let Some(mut enrollment) = added.enrollment else { return Err(all_refused(&refused)) };
        // What was enrolled stays enrolled, whether or not the warning can be given.
        let duplicate = self.duplicate(id, &accepted).ok().flatten();
        // The newest in the registry are those that were just added, in their order.
        for (sample, input) in enrollment.recordings.iter_mut().rev().zip(inputs.into_iter().rev()) {
            sample.input = Some(input);
            sample.problems.extend(duplicate.clone());
        }
        enrollment.recordings.extend(refused);
        Ok(enrollment)
    }

    pub(crate) fn get(&self, id: &SpeakerId) -> Result<Enrollment> {
        self.store.get(id)
    }

    pub(crate) fn list(&self, options: &ListOptions) -> Result<Page> {
        self.store.list(options)
    }

    pub(crate) fn delete(&self, id: &SpeakerId, control: &CallOptions) -> Result<()> {
        self.changing(control, "delete", Some(id), || self.store.delete(id, control))
    }

    pub(crate) fn remove_sample(&self, id: &SpeakerId, sample: i64, control: &CallOptions) -> Result<Enrollment> {
        self.changing(control, "remove_sample", Some(id), || self.store.remove_sample(id, sample, control))
    }

    pub(crate) fn diarize(
        &self,
        recording: &Recording,
        options: &DiarizeOptions,
        control: &CallOptions,
    ) -> Result<Diarization> {
        if options.known == Candidates::Nobody {
            return diarize::diarize(self, recording, options, control);
        }
        self.asking(
            control,
            "diarize",
            None,
            |_| "done",
            || {
                self.attempted(&options.known)?;
                let mut found = diarize::diarize(self, recording, options, control)?;
                self.hide(&mut found.segments);
                Ok(found)
            },
        )
    }

    pub(crate) fn identify(
        &self,
        recording: &Recording,
        known: &Candidates,
        control: &CallOptions,
    ) -> Result<Identification> {
        self.asking(
            control,
            "identify",
            None,
            |_| "done",
            || {
                self.attempted(known)?;
                self.identified(recording, known, control)
            },
        )
    }

    fn identified(&self, recording: &Recording, known: &Candidates, control: &CallOptions) -> Result<Identification> {
        let mut found = diarize::identify(self, recording, known, control)?;
        self.hide(&mut found.segments);
        Ok(found)
    }

    /// Counts an attempt at each enrolled speaker who is asked for by name.
    fn attempted(&self, known: &Candidates) -> Result<()> {
        let Candidates::These(ids) = known else { return Ok(()) };
        for id in ids.iter().filter(|_| self.attempts.are_limited()) {
            if self.store.has(id)? {
                self.attempts.count(id)?;
            }
        }
        Ok(())
    }

    /// Leaves of the confidences what the decisions say, where that is all that is answered.
    fn hide(&self, segments: &mut [Segment]) {
        if self.decisions_only {
            segments.iter_mut().for_each(|segment| segment.confidence = f64::from(u8::from(segment.enrolled)));
        }
    }

    fn listen(&self, engine: &Engine, recording: &Recording, control: &CallOptions) -> Result<Measured> {
        let mut analysis = audio::analyze_to_enroll(recording, &self.limits, control)?;
        if !analysis.inspection.accepted() {
            return Ok(Measured::Refused(Sample::refused(&analysis.inspection)));
        }
        let vector = inspect::voiceprint(engine, &mut analysis, control)?;
        let noted = analysis.heard().cloned();
        let found = &mut analysis.inspection;
        if !found.accepted() {
            return Ok(Measured::Refused(Sample::refused(found)));
        }
        let looped = noted.as_ref().map_or(0.0, audio::Fingerprint::share_looped);
        if looped >= rules::REPEATED_SHARE {
            found.speech_seconds = rules::round(found.speech_seconds * (1.0 - looped), 3);
            found.duration = rules::round(found.duration * (1.0 - looped), 3);
            found.problems.push(rules::looped(looped));
            found.problems.sort_by_key(|problem| problem.severity);
        }
        Ok(Measured::Accepted(NewSample {
            vector,
            speech_seconds: found.speech_seconds,
            total_seconds: found.duration,
            snr_db: found.snr_db,
            bandwidth_hz: found.bandwidth_hz,
            problems: found.problems.clone(),
            heard: noted,
        }))
    }
}

enum Measured {
    Accepted(NewSample),
    Refused(Sample),
}

/// A recording that was fit to enroll, had it been of this voice.
fn other_voice(input: usize, sample: NewSample, problem: Problem) -> Sample {
    let mut problems = sample.problems;
    problems.insert(0, problem);
    Sample {
        id: None,
        input: Some(input),
        accepted: false,
        speech_seconds: sample.speech_seconds,
        total_seconds: sample.total_seconds,
        snr_db: sample.snr_db,
        bandwidth_hz: sample.bandwidth_hz,
        enrolled_at: None,
        problems,
    }
}
