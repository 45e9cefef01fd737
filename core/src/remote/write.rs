//! Enrolling on a server. A recording that may have been added is looked for, never sent again blindly.

use std::time::Duration;

use reqwest::Method;

use super::connection::{Ask, Unanswered};
use super::upload::{self, Ready, Upload};
use super::{Remote, enrollment, here, path_of};
use crate::embedded::{all_refused, no_recording, numbered, refused_sample};
use crate::enrollment::Sample;
use crate::error::{Code, Error, Result};
use crate::recording::Recordings;
use crate::store::{self, Write};
use crate::wire::{self, Asked, EnrollmentStatus};
use crate::{Control, Enrollment, ErrorKind, Inspection, ProblemCode, Recording, SpeakerId};

/// Waits before looking whether a recording was added whose answer was lost: the server may still be
/// listening to it.
const LOOKS: [Duration; 3] = [Duration::from_millis(300), Duration::from_secs(1), Duration::from_secs(3)];
/// How often one recording is sent.
const SENDS: usize = 3;
/// Durations that differ by less, in seconds, are the same: encoders pad.
const SAME: f64 = 0.5;

impl Remote {
    /// Adds recordings one after another. What was added before an error stays; the error then says how many.
    pub(crate) async fn write(
        &self,
        id: &SpeakerId,
        write: Write,
        recordings: &Recordings,
        force: bool,
        control: &Control,
    ) -> Result<Enrollment> {
        let Recordings(recordings) = recordings;
        if recordings.is_empty() {
            return Err(no_recording());
        }
        let mut known = self.find(id, control).await?;
        match (write, &known) {
            (Write::Create, Some(_)) => return Err(store::exists(id)),
            (Write::Update, None) => return Err(store::not_found(id)),
            _ => {}
        }
        let mut inspections = Vec::with_capacity(recordings.len());
        for (number, recording) in recordings.iter().enumerate() {
            let found =
                if self.options.inspect { Some(self.inspect(recording, &control.quietly()).await) } else { None };
            inspections.push(found.transpose().map_err(|error| numbered(error, number, recordings.len()))?);
        }
        let (mut added, mut refused) = (Vec::new(), Vec::new());
        for (number, (recording, found)) in recordings.iter().zip(inspections).enumerate() {
            if let Some(found) = found.as_ref().filter(|found| !found.accepted()) {
                refused.push(Sample { input: Some(number), ..refused_sample(found) });
                continue;
            }
            let one = One { id, write, force, recording, found: found.as_ref(), first: added.is_empty() };
            match self.add(&one, known.as_ref(), control).await {
                Ok(enrollment) => {
                    added.push(new_sample(number, &enrollment, known.as_ref(), found.as_ref()));
                    known = Some(enrollment);
                }
                Err(error) if error.kind() == ErrorKind::Refused => {
                    refused.push(refused_there(number, found.as_ref(), &error));
                }
                Err(error) => {
                    let error = numbered(error, number, recordings.len());
                    let done = format!("{} of {} recordings were added before this", added.len(), recordings.len());
                    return Err(if added.is_empty() { error } else { error.after(&done) });
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
    async fn find(&self, id: &SpeakerId, control: &Control) -> Result<Option<Enrollment>> {
        match self.get(id, control).await {
            Ok(found) => Ok(Some(found)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Adds one recording to what is known of its speaker.
    async fn add(&self, one: &One<'_>, known: Option<&Enrollment>, control: &Control) -> Result<Enrollment> {
        let mut known = known.cloned();
        let mut ready = self.ready(one, false, control).await?;
        let mut lost = None;
        for _ in 0..SENDS {
            let (method, path, named) = match &known {
                Some(_) => (Method::PATCH, path_of(one.id), None),
                None => (Method::POST, wire::ENROLLMENTS.to_owned(), Some(one.id)),
            };
            let upload = Upload::new(named, ready.encoding, None, &Asked::default(), ready.content.clone())?;
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
                        let found = self.look_for(one, known.as_ref(), ready.cut, control).await?;
                        return found.ok_or(error);
                    }
                    // Somebody created it, or deleted it, since it was looked for.
                    Some(409) if known.is_none() && one.may_change() => known = self.find(one.id, control).await?,
                    Some(404) if known.is_some() && one.may_change() => known = None,
                    Some(413) if !ready.cut => ready = self.ready(one, true, control).await?,
                    _ => return Err(error),
                },
                Err(Unanswered::Lost(error)) => match self.look_for(one, known.as_ref(), ready.cut, control).await {
                    Ok(Some(enrollment)) => return Ok(enrollment),
                    Ok(None) => lost = Some(error),
                    Err(_) => {
                        return Err(error.after("whether the recording was added is not known; read the enrollment"));
                    }
                },
            }
        }
        Err(lost.unwrap_or_else(|| {
            Error::new(Code::ServerBusy, format!("speaker {} is being created and deleted all the time", one.id))
        }))
    }

    /// The enrollment, if the recording was added to it after all.
    async fn look_for(
        &self,
        one: &One<'_>,
        known: Option<&Enrollment>,
        cut: bool,
        control: &Control,
    ) -> Result<Option<Enrollment>> {
        let before = known.map_or(0.0, |known| known.total_seconds);
        for wait in LOOKS {
            tokio::time::sleep(wait).await;
            let Some(now) = self.find(one.id, control).await? else { continue };
            let grown = now.total_seconds - before;
            let length = one.found.filter(|_| !cut).map(|found| found.duration);
            // Without a length to go by, whatever was added is taken for it.
            if grown > SAME && length.is_none_or(|length| grown > length - SAME) {
                return Ok(Some(now));
            }
        }
        Ok(None)
    }

    async fn ready(&self, one: &One<'_>, cut: bool, control: &Control) -> Result<Ready> {
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
    recording: &'a Recording,
    found: Option<&'a Inspection>,
    /// Whether none was added before it in this call.
    first: bool,
}

impl One<'_> {
    /// Whether it does not matter if the speaker is there before.
    fn may_change(&self) -> bool {
        self.write == Write::Either || !self.first
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
    let mut sample = new.cloned().unwrap_or_else(|| found.map_or_else(Sample::unheard, refused_sample));
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
    let mut sample = found.map_or_else(Sample::unheard, refused_sample);
    sample.input = Some(number);
    sample.problems = error.problems().to_vec();
    sample
}
