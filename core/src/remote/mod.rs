//! A registry on a server with RingCentral's API, Voiceroll's own or a compatible one.

mod callbacks;
mod connection;
mod custody;
mod http;
mod jobs;
mod login;
mod options;
mod pace;
mod refusal;
mod upload;
mod write;

pub use callbacks::Callbacks;
#[cfg(feature = "server")]
pub(crate) use http::choose_tls;
pub use options::ConnectOptions;

use reqwest::Method;
use serde::de::DeserializeOwned;

use crate::contract::{self, Asked, EnrolledSpeakers, EnrollmentStatus, Found, segment};
use crate::models::Choice;
use crate::rules::{incomplete, missing_seconds};
use crate::runtime::PerProcess;
use crate::runtime::workers::{self, Lane};
use crate::types::error::{Error, Result};
use crate::{
    CallOptions, Candidates, Credentials, Diarization, DiarizeOptions, Enrollment, ErrorKind, Identification,
    Inspection, ListOptions, Page, Prepared, Recording, Segment, SpeakerId, Verification, inspect,
};
use connection::{Connection, Unanswered};
use http::Ask;
use upload::{Ready, Upload};

pub(crate) struct Remote {
    base: reqwest::Url,
    credentials: Credentials,
    options: ConnectOptions,
    /// A forked child must not talk on its parent's sockets, nor with its tokens.
    connection: PerProcess<Result<Connection>>,
}

/// What is done here rather than there: listening to recordings.
async fn here<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    workers::run(Lane::Heavy, work).await
}

impl Remote {
    pub(crate) fn new(url: &str, credentials: Credentials, mut options: ConnectOptions) -> Result<Self> {
        options.limits = options.limits.checked()?;
        let base = http::address(url, options.plain_http)?;
        let remote = Self { base, credentials, options, connection: PerProcess::new() };
        remote.connection()?;
        Ok(remote)
    }

    fn connection(&self) -> Result<&Connection> {
        let make =
            |_: &[&Result<Connection>]| Connection::new(self.base.clone(), self.credentials.clone(), &self.options);
        self.connection.get(make).as_ref().map_err(Error::copy)
    }

    async fn ask<T: DeserializeOwned>(&self, ask: Ask, control: &CallOptions) -> Result<T> {
        self.connection()?.ask(&ask, control).await
    }

    pub(crate) async fn log_out(&self) -> Result<()> {
        self.connection()?.log_out().await;
        Ok(())
    }

    pub(crate) async fn inspect(&self, recording: &Recording, control: &CallOptions) -> Result<Inspection> {
        let (recording, limits, control) = (recording.clone(), self.options.limits, control.clone());
        here(move || inspect::inspect(&*Choice::preferred()?.load()?, &recording, &limits, &control)).await
    }

    pub(crate) async fn prepare(&self, recording: &Recording, control: &CallOptions) -> Result<Prepared> {
        let (recording, limits, control) = (recording.clone(), self.options.limits, control.clone());
        here(move || inspect::prepare(&recording, &limits, &control)).await
    }

    pub(crate) async fn get(&self, id: &SpeakerId, control: &CallOptions) -> Result<Enrollment> {
        let status: EnrollmentStatus = self.ask(Ask::get(path_of(id)).about(id), control).await?;
        enrollment(status, id)
    }

    pub(crate) async fn list(&self, options: &ListOptions, control: &CallOptions) -> Result<Page> {
        options.check()?;
        // A server that does not know `after` answers by the number of the page.
        let mut ask = Ask::get(contract::ENROLLMENTS)
            .query("partial", options.partial.to_string())
            .query("page", options.page.to_string())
            .query("perPage", options.per_page.to_string());
        if let Some(after) = &options.after {
            ask = ask.query("after", after.to_string());
        }
        let EnrolledSpeakers { paging, records } = self.ask(ask, control).await?;
        let mut read = Vec::with_capacity(records.len());
        for status in records {
            let id = SpeakerId::parse(named(&status)).map_err(|_| refusal::invalid("an invalid speaker id"))?;
            read.push(enrollment(status, &id)?);
        }
        if paging.next_after.as_ref().is_some_and(|next| options.after.as_ref() >= Some(next)) {
            return Err(refusal::invalid("a next page that starts before this one"));
        }
        // A server that does not say how many there are says at least on how many pages.
        let most = u64::from(paging.total_pages) * u64::from(paging.per_page);
        Ok(Page {
            records: read,
            page: paging.page,
            per_page: paging.per_page,
            total_pages: paging.total_pages,
            total: paging.total_elements.unwrap_or(most),
            next_after: paging.next_after,
        })
    }

    pub(crate) async fn delete(&self, id: &SpeakerId, control: &CallOptions) -> Result<()> {
        let ask = Ask::new(Method::DELETE, path_of(id)).about(id);
        let answer = self.connection()?.settle(&ask, control).await.map_err(Unanswered::error)?;
        let gone = matches!(answer.status.as_u16(), 404 | 410);
        // Gone after an attempt whose answer was lost: that attempt did it.
        if answer.status.is_success() || answer.repeated && gone {
            return Ok(());
        }
        Err(refusal::refused(&answer, Some(id)))
    }

    pub(crate) async fn remove_sample(&self, id: &SpeakerId, sample: i64, control: &CallOptions) -> Result<Enrollment> {
        let ask = Ask::new(Method::DELETE, format!("{}/samples/{sample}", path_of(id))).about(id);
        let answer = self.connection()?.settle(&ask, control).await.map_err(Unanswered::error)?;
        if answer.repeated && answer.status.as_u16() == 404 {
            return self.get(id, control).await;
        }
        if !answer.status.is_success() {
            return Err(refusal::refused(&answer, Some(id)));
        }
        enrollment(answer.read()?, id)
    }

    pub(crate) async fn models(&self, control: &CallOptions) -> Result<(String, Vec<(SpeakerId, String)>)> {
        let contract::Model { model, enrolled_otherwise } = self.ask(Ask::get(contract::MODEL), control).await?;
        Ok((model, enrolled_otherwise.into_iter().map(|other| (other.speaker_id, other.model)).collect()))
    }

    pub(crate) async fn verify(
        &self,
        id: &SpeakerId,
        recording: &Recording,
        control: &CallOptions,
    ) -> Result<Verification> {
        let found: Found<Verification> =
            self.listened(contract::VERIFY_NOW, recording, true, Some(id), Asked::default(), control).await?;
        Ok(found.voiceroll)
    }

    pub(crate) async fn identify(
        &self,
        recording: &Recording,
        speakers: &Candidates,
        control: &CallOptions,
    ) -> Result<Identification> {
        speakers.check()?;
        let asked = match speakers {
            Candidates::All => Asked::default(),
            Candidates::These(ids) => these(ids),
            Candidates::Nobody => Asked { speaker_ids: Some(Vec::new()), ..Asked::default() },
        };
        let found: Found<Option<Identification>> =
            self.listened(contract::IDENTIFY_NOW, recording, false, None, asked, control).await?;
        let conversation = found.conversation.map(|said| said.utterances).unwrap_or_default();
        Ok(found.voiceroll.unwrap_or_else(|| {
            let segments: Vec<Segment> = conversation.into_iter().map(segment).collect();
            Identification { duration: end_of(&segments), speakers: voices(&segments), segments }
        }))
    }

    pub(crate) async fn diarize(
        &self,
        recording: &Recording,
        options: &DiarizeOptions,
        control: &CallOptions,
    ) -> Result<Diarization> {
        options.check()?;
        let mut asked = match &options.known {
            Candidates::Nobody => Asked::default(),
            Candidates::All => Asked { everybody: Some(true), ..Asked::default() },
            Candidates::These(ids) => these(ids),
        };
        asked.speaker_count = options.speakers.map(i64::from);
        asked.separate_speaker_per_channel = options.per_channel.then_some(true);
        let found: Found<Diarization> =
            self.listened(contract::DIARIZE_NOW, recording, false, None, asked, control).await?;
        Ok(found.voiceroll)
    }

    /// Has the server listen to a recording; nothing is enrolled, so it may be sent again.
    async fn listened<T: DeserializeOwned>(
        &self,
        path: &str,
        recording: &Recording,
        transcode: bool,
        id: Option<&SpeakerId>,
        asked: Asked,
        control: &CallOptions,
    ) -> Result<T> {
        let (recording, options, steered) = (recording.clone(), self.options.clone(), control.clone());
        let ready = here(move || upload::whole(&recording, transcode, &options, &steered)).await;
        let Ready { content, encoding, .. } = match ready {
            Ok(ready) => ready,
            // As embedded: speakers that cannot be identified are reported before the recording is read.
            Err(unreadable) => {
                for id in asked.speaker_ids.iter().flatten().map(String::as_str).chain(id.map(SpeakerId::as_str)) {
                    self.recognisable(&SpeakerId::parse(id)?, control).await?;
                }
                return Err(unreadable);
            }
        };
        let upload = Upload::new(id, encoding, Some("en-US"), &asked, None, content)?;
        let answer = self.ask(Ask::new(Method::POST, path).upload(upload).again(), control).await;
        control.report(1.0);
        answer
    }
}

impl Remote {
    async fn recognisable(&self, id: &SpeakerId, control: &CallOptions) -> Result<()> {
        let found = self.get(id, control).await?;
        if found.complete { Ok(()) } else { Err(incomplete(id, found.speech_seconds)) }
    }
}

fn path_of(id: &SpeakerId) -> String {
    format!("{}/{id}", contract::ENROLLMENTS)
}

fn these(ids: &[SpeakerId]) -> Asked {
    Asked { speaker_ids: Some(ids.iter().map(ToString::to_string).collect()), ..Asked::default() }
}

fn named(status: &EnrollmentStatus) -> &str {
    if status.speaker_id.is_empty() { &status.enrollment_id } else { &status.speaker_id }
}

/// An enrollment as the nouns have it: all that Voiceroll's own server knows, or what the contract says.
fn enrollment(status: EnrollmentStatus, id: &SpeakerId) -> Result<Enrollment> {
    if named(&status) != id.as_str() {
        return Err(refusal::invalid("a different speaker than the requested one"));
    }
    Ok(status.voiceroll.unwrap_or_else(|| Enrollment {
        speaker_id: id.clone(),
        quality: status.enrollment_quality,
        complete: status.enrollment_complete,
        speech_seconds: status.total_speech_duration,
        total_seconds: status.total_enroll_duration,
        missing_seconds: if status.enrollment_complete { 0.0 } else { missing_seconds(status.total_speech_duration) },
        model: String::new(),
        recordings: Vec::new(),
    }))
}

/// Whether a speaker may be asked for in a recording.
fn enrolled_completely(found: Result<Enrollment>) -> Result<bool> {
    match found {
        Ok(enrollment) => Ok(enrollment.complete),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

fn end_of(segments: &[Segment]) -> f64 {
    segments.iter().map(|segment| segment.end).fold(0.0, f64::max)
}

fn voices(segments: &[Segment]) -> u32 {
    let mut ids: Vec<_> = segments.iter().map(|segment| &segment.speaker_id).collect();
    ids.sort();
    ids.dedup();
    ids.len() as u32
}
