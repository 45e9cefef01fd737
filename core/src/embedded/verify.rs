//! Whose voice it is: verification, the check that a new recording is of the same person, and the search for duplicates.

use super::Embedded;
use super::audited::decided;
use crate::audio;
use crate::calibration::{Calibration, Side, confidence, cosine};
use crate::rules::{self, round};
use crate::store::{Guard, NewSample, Profile};
#[cfg(feature = "remote")]
use crate::types::call_record::named;
use crate::types::error::{Code, Error, Result};
#[cfg(feature = "remote")]
use crate::{CallIdentification, CallRecord, Candidates, DiarizeOptions, ErrorKind};
use crate::{CallOptions, Decision, Problem, Recording, SpeakerId, Verification, inspect};

impl Embedded {
    /// Whether a recording is of an enrolled speaker.
    pub(crate) fn verify(&self, id: &SpeakerId, recording: &Recording, control: &CallOptions) -> Result<Verification> {
        self.asking(control, "verify", Some(id), decided, || {
            let mut found = self.verified(id, recording, control)?;
            if self.decisions_only {
                (found.confidence, found.llr, found.score) = (None, None, None);
            }
            Ok(found)
        })
    }

    fn verified(&self, id: &SpeakerId, recording: &Recording, control: &CallOptions) -> Result<Verification> {
        let engine = self.engine()?;
        let calibration = self.calibration_needed()?;
        let enrolled = self.store.enrolled(std::slice::from_ref(id), engine.model())?;
        let Some(enrolled) = enrolled.first() else {
            return Err(Error::new(Code::Internal, "a speaker in the search index is missing from the store"));
        };
        self.attempts.count(id)?;
        let mut analysis = audio::analyze(recording, &self.limits, control, true)?;
        let enough = analysis.inspection.speech_seconds >= rules::LEAST_TEST_SECONDS;
        let voiceprint = if enough { Some(inspect::voiceprint(engine, &mut analysis, control)?) } else { None };
        let found = &analysis.inspection;
        let accept = calibration.threshold(self.false_accept_rate);
        let mut verification = Verification {
            speaker_id: id.clone(),
            decision: Decision::TooLittleSpeech,
            confidence: None,
            llr: None,
            match_llr: round(accept, 3),
            no_match_llr: round(rules::no_match_below(calibration, accept), 3),
            score: None,
            speech_seconds: found.speech_seconds,
            problems: found.problems.clone(),
        };
        if let Some(voiceprint) = voiceprint {
            let score = cosine(&voiceprint, &enrolled.vector);
            let side = Side { seconds: found.speech_seconds, narrow: rules::is_narrow(found.bandwidth_hz) };
            let test = calibration.print(&voiceprint, side);
            let llr = calibration.score(&calibration.print(&enrolled.vector, enrolled.side), &test);
            verification.decision = rules::decide(llr, side.seconds, calibration, self.false_accept_rate);
            verification.confidence = Some(round(confidence(llr), 4));
            verification.llr = Some(round(llr, 3));
            verification.score = Some(round(score, 4));
        }
        control.report(1.0);
        Ok(verification)
    }

    /// Who spoke when in a call, with the names that its record knows.
    #[cfg(feature = "remote")]
    pub(crate) fn identify_call(
        &self,
        record: &CallRecord,
        recording: &Recording,
        control: &CallOptions,
    ) -> Result<CallIdentification> {
        let (mut enrolled, mut not_enrolled) = (Vec::new(), Vec::new());
        for id in record.speaker_ids() {
            match self.get(&id) {
                Ok(enrollment) if enrollment.complete => enrolled.push(id),
                Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
                _ => not_enrolled.push(id),
            }
        }
        let segments = if enrolled.is_empty() {
            self.diarize(recording, &DiarizeOptions::new(), control)?.segments
        } else {
            self.identify(recording, &Candidates::These(enrolled), control)?.segments
        };
        let segments = named(segments, |id| record.name_of(id).map(str::to_owned));
        Ok(CallIdentification { segments, not_enrolled })
    }

    pub(crate) fn outdated(&self) -> Result<Vec<(SpeakerId, String)>> {
        self.store.outdated(self.engine()?.model())
    }

    pub(crate) fn calibration_needed(&self) -> Result<&Calibration> {
        self.calibration()?.ok_or_else(|| {
            Error::new(
                Code::CalibrationMissing,
                "this speaker network has no calibration, so its scores cannot be interpreted; make a calibration \
                 with `voiceroll calibrate` on your own recordings and open the registry with it",
            )
        })
    }

    /// What tells the voice of a new recording from the one enrolled so far; nothing does if the
    /// caller insists, or without a calibration.
    pub(crate) fn guard(&self, force: bool) -> Result<Guard<'_>> {
        let Some(calibration) = self.calibration()?.filter(|_| !force) else { return Ok(Box::new(|_, _| None)) };
        Ok(Box::new(|profile: &Profile, sample: &NewSample| {
            if profile.recordings == 0 {
                return None;
            }
            let enrolled = calibration.print(&profile.vector_sum, profile.side());
            let test = calibration.print(&sample.vector, sample.side());
            rules::different_voice(calibration.score(&enrolled, &test), calibration)
        }))
    }

    /// Another enrolled speaker with the voice that was just enrolled.
    pub(crate) fn duplicate(&self, id: &SpeakerId, samples: &[NewSample]) -> Result<Option<Problem>> {
        let Some(calibration) = self.calibration()? else { return Ok(None) };
        let mut profile = Profile::default();
        samples.iter().for_each(|sample| profile.add(&sample.folded()));
        let new = calibration.print(&profile.vector_sum, profile.side());
        let others = self.index.nearest(&self.store, calibration, &new, false)?;
        let Some((llr, other)) = others.into_iter().find(|(_, other)| other.id != *id) else { return Ok(None) };
        let voices = self.index.len(&self.store, calibration)?;
        Ok(rules::duplicate_voice(llr, voices, &other.id, calibration))
    }
}
