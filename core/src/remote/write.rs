//! Enrolling on a server. A recording that may have been added is looked for, never sent again blindly.

use std::time::{Duration, Instant};

use reqwest::Method;

use super::connection::Unanswered;
use super::http::Ask;
use super::upload::{self, Ready, Upload};
use super::{Remote, enrollment, here, path_of};
use crate::contract::{self, Asked, EnrollmentStatus};
use crate::types::enrollment::{Sample, Write, all_refused, exists, not_found};
use crate::types::error::{Code, Error, Result};
use crate::{
    CallOptions, ConsentRecord, Enrollment, ErrorKind, Inspection, ProblemCode, Recording, Recordings, SpeakerId,
};

/// Waits before looking whether a recording was added whose answer was lost: the server may still be
/// listening to it.
const LOOKS: [Duration; 3] = [Duration::from_millis(300), Duration::from_secs(1), Duration::from_secs(3)];
/// What was read of an enrollment is old after this; somebody else may have added to it.
const FRESH: Duration = Duration::from_secs(5);
/// How often one recording is sent.
const SENDS: usize = 3;
/// Durations that differ by less, in seconds, are the same: encoders pad.
const SAME: f64 = 0.5;
/// Growth by so many seconds is that of the recording, if half of its speech is less.
const LEAST: f64 = 10.0;

impl Remote {
    /// Adds recordings one after another. What was added before an error stays; the error then says how many.
    pub(crate) async fn write(
        &self,
        id: &SpeakerId,
        write: Write,
        recordings: &Recordings,
        force: bool,
        consent: Option<&ConsentRecord>,
        control: &CallOptions,
    ) -> Result<Enrollment> {
        let recordings = recordings.some()?;
        let mut known = self.find(id, control).await?;
        match (write, &known) {
            (Write::Create, Some(_)) => return Err(exists(id)),
            (Write::Update, None) => return Err(not_found(id)),
            _ => {}
        }
        let started = Instant::now();
        let mut inspections = Vec::with_capacity(recordings.len());
        for (number, recording) in recordings.iter().enumerate() {
            let found =
                if self.options.inspect { Some(self.inspect(recording, &control.quietly()).await) } else { None };
            inspections.push(found.transpose().map_err(|error| error.in_recording(number, recordings.len()))?);
        }
        if started.elapsed() > FRESH {
            known = self.find(id, control).await?;
        }
        let (mut added, mut refused) = (Vec::new(), Vec::new());
        for (number, (recording, found)) in recordings.iter().zip(inspections).enumerate() {
            if let Some(found) = found.as_ref().filter(|found| !found.accepted()) {
                refused.push(Sample { input: Some(number), ..Sample::refused(found) });
                continue;
            }
            let one = One { id, write, force, consent, recording, found: found.as_ref(), first: added.is_empty() };
            match self.add(&one, known.as_ref(), control).await {
                Ok(enrollment) => {
                    added.push(new_sample(number, &enrollment, known.as_ref(), found.as_ref()));
                    known = Some(enrollment);
                    control.note_added(added.len(), recordings.len());
                }
                Err(error) if error.kind() == ErrorKind::Refused => {
                    refused.push(refused_there(number, found.as_ref(), &error));
                }
                Err(error) => {
                    let error = error.in_recording(number, recordings.len());
                    return Err(error.after_adding(added.len(), recordings.len()));
                }
            }
            control.at(number, recordings.len()).report(1.0);
        }
        let Some(mut enrollment) = known.filter(|_| !added.is_empty()) else { return Err(all_refused(&refused)) };
        let there = |sample: &Sample| added.iter().all(|new: &Sample| new.id != sample.id);
        enrollment.recordings.retain(there);
        enrollment.recordings.extend(added);
        enrollment.recordings.extend(refused);
        Ok(enrollment)
    }

    /// The enrollment, if there is one. Nothing but 404 says that there is none.
    async fn find(&self, id: &SpeakerId, control: &CallOptions) -> Result<Option<Enrollment>> {
        match self.get(id, control).await {
            Ok(found) => Ok(Some(found)),
            Err(error) if error.status() == Some(404) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Adds one recording to what is known of its speaker.
    async fn add(&self, one: &One<'_>, known: Option<&Enrollment>, control: &CallOptions) -> Result<Enrollment> {
        let mut known = known.cloned();
        let mut ready = self.ready(one, false, control).await?;
        let mut lost = None;
        for _ in 0..SENDS {
            let (method, path, named) = match &known {
                Some(_) => (Method::PATCH, path_of(one.id), None),
                None => (Method::POST, contract::ENROLLMENTS.to_owned(), Some(one.id)),
            };
            let upload =
                Upload::new(named, ready.encoding, None, &Asked::default(), one.consent, ready.content.clone())?;
            let mut ask = Ask::new(method, path).about(one.id).upload(upload);
            if one.force {
                ask = ask.query("force", "true".to_owned());
            }
            let answer = match self.connection()?.send(&ask, control).await {
                // It says that it was done, but not what.
                Ok(answer) => answer.read::<EnrollmentStatus>().map_err(Unanswered::Lost),
                Err(unanswered) => Err(unanswered),
            };
            match answer {
                Ok(status) => return enrollment(status, one.id),
                Err(Unanswered::Failed(error)) => match error.status() {
                    // Perhaps it was this very call that created it.
                    Some(409) if lost.is_some() => {
                        let found = self.look_for(one, known.as_ref(), control).await?;
                        return found.ok_or(error);
                    }
                    // Somebody created it, or deleted it, since it was looked for.
                    Some(409) if known.is_none() && one.may_change() => known = self.find(one.id, control).await?,
                    Some(404) if known.is_some() && one.may_change() => known = None,
                    Some(404) if known.is_some() => return Err(error),
                    Some(404) => {
                        return Err(error
                            .instead(Code::NotSupported, "this server does not enroll speakers; check its address"));
                    }
                    Some(413) if !ready.cut => ready = self.ready(one, true, control).await?,
                    _ => return Err(error),
                },
                Err(Unanswered::Lost(error)) => match self.look_for(one, known.as_ref(), control).await {
                    Ok(Some(enrollment)) => return Ok(enrollment),
                    // Creating it twice is refused, and a server that failed is done with it. A server that
                    // is merely silent may add the recording yet.
                    Ok(None) if known.is_none() || error.status() == Some(500) => lost = Some(error),
                    _ => return Err(error.unknown()),
                },
            }
        }
        Err(lost.map(Error::unknown).unwrap_or_else(|| {
            Error::new(
                Code::ServerBusy,
                format!("speaker {} was created or deleted by somebody else at every attempt; try again", one.id),
            )
        }))
    }

    /// The enrollment, if the recording was added to it after all.
    async fn look_for(
        &self,
        one: &One<'_>,
        known: Option<&Enrollment>,
        control: &CallOptions,
    ) -> Result<Option<Enrollment>> {
        let before = known.map_or(&[][..], |known| &known.recordings);
        let new = |now: &Enrollment| {
            let ours = |sample: &&Sample| {
                let length = one.found.map(|found| found.duration);
                length.is_none_or(|length| (sample.total_seconds - length).abs() < SAME)
            };
            now.recordings.iter().filter(ours).any(|sample| before.iter().all(|old| old.id != sample.id))
        };
        // A server that lists no recordings has at least grown. One of the two sums may be missing, and
        // servers do not agree which is which.
        let size = |enrollment: &Enrollment| enrollment.total_seconds.max(enrollment.speech_seconds);
        let least = known.map_or(0.0, size) + one.found.map_or(0.0, |found| found.speech_seconds / 2.0).min(LEAST);
        let added = |now: &Enrollment| if now.recordings.is_empty() { size(now) > least } else { new(now) };
        for wait in LOOKS {
            tokio::time::sleep(wait).await;
            match self.find(one.id, control).await? {
                Some(now) if added(&now) => return Ok(Some(now)),
                _ => {}
            }
        }
        Ok(None)
    }

    async fn ready(&self, one: &One<'_>, cut: bool, control: &CallOptions) -> Result<Ready> {
        let (recording, options, control) = (one.recording.clone(), self.options.clone(), control.clone());
        here(move || {
            if cut {
                return upload::best(&recording, &options, &control);
            }
            match upload::whole(&recording, true, &options, &control) {
                Err(error) if error.code() == Code::RecordingTooLarge.as_str() => {
                    upload::best(&recording, &options, &control)
                }
                ready => ready,
            }
        })
        .await
    }
}

/// A recording to add.
struct One<'a> {
    id: &'a SpeakerId,
    write: Write,
    force: bool,
    consent: Option<&'a ConsentRecord>,
    recording: &'a Recording,
    found: Option<&'a Inspection>,
    /// Whether none was added before it in this call.
    first: bool,
}

impl One<'_> {
    /// Whether it does not matter if the speaker is there before.
    fn may_change(&self) -> bool {
        self.write == Write::Either && self.first
    }
}

/// The recording that was just added, as the server lists it, or, where it lists none, as it was heard here.
fn new_sample(
    number: usize,
    enrollment: &Enrollment,
    known: Option<&Enrollment>,
    found: Option<&Inspection>,
) -> Sample {
    let before = known.map_or(&[][..], |known| &known.recordings);
    let new = enrollment.recordings.iter().rfind(|new| before.iter().all(|old| old.id != new.id));
    let mut sample = new.cloned().unwrap_or_else(|| found.map_or_else(Sample::unmeasured, Sample::refused));
    (sample.input, sample.accepted) = (Some(number), true);
    // Declared there is what the bytes are, so only here is it known that somebody said otherwise.
    let mismatch = found.and_then(|found| found.problem(ProblemCode::EncodingMismatch));
    if sample.problems.iter().all(|problem| problem.code != ProblemCode::EncodingMismatch) {
        sample.problems.extend(mismatch.cloned());
        sample.problems.sort_by_key(|problem| problem.severity);
    }
    sample
}

/// A recording that the server refused.
fn refused_there(number: usize, found: Option<&Inspection>, error: &Error) -> Sample {
    let mut sample = found.map_or_else(Sample::unmeasured, Sample::refused);
    sample.input = Some(number);
    sample.problems = error.problems().to_vec();
    sample
}
