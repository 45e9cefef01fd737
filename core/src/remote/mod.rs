//! A registry on a server with RingCentral's API, Voiceroll's own or a compatible one.

mod connection;
mod http;
mod jobs;
mod login;
mod pace;
mod refusal;
mod upload;
mod write;

#[cfg(feature = "server")]
pub(crate) use http::choose_tls;
pub(crate) use jobs::not_recorded;
pub(crate) use refusal::sentence;

use std::sync::Arc;
use std::time::Duration;

use reqwest::Method;
use serde::de::DeserializeOwned;
use tokio::runtime::{Builder, Runtime};

use crate::audio::Limits;
use crate::backend::{Backend, CancelOnDrop, Verb};
use crate::error::{Code, Error, Result};
use crate::job;
use crate::jobs::{Lane, stopped as defect};
use crate::models::Choice;
use crate::process::PerProcess;
use crate::rules::missing_seconds;
use crate::store;
use crate::wire::{self, Asked, EnrolledSpeakers, EnrollmentStatus, Found};
use crate::{
    CancelToken, Candidates, Control, Credentials, Diarization, DiarizeOptions, Enrollment, ErrorKind, Identification,
    Inspection, ListOptions, Page, Prepared, Recording, Registry, Segment, SpeakerId, Verification, embedded,
};
use connection::{Connection, Unanswered};
use http::Ask;
use upload::{Ready, Upload};

/// How often a call that is under way looks whether it was cancelled.
const LOOK: Duration = Duration::from_millis(20);

/// Options of a registry on a server.
#[derive(Debug, Clone)]
#[must_use = "options do nothing until `connect` is called"]
pub struct ConnectOptions {
    pub(crate) limits: Limits,
    pub(crate) inspect: bool,
    pub(crate) max_recording: u64,
    pub(crate) timeout: Duration,
    pub(crate) patience: Duration,
    pub(crate) plain_http: bool,
}

impl Default for ConnectOptions {
    fn default() -> Self {
        Self {
            limits: Limits::default(),
            inspect: true,
            max_recording: 16 << 20,
            timeout: Duration::from_secs(300),
            patience: Duration::from_secs(120),
            plain_http: false,
        }
    }
}

impl ConnectOptions {
    /// Limits for decoding a recording locally; see [`Limits`] for the defaults.
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// Whether recordings are inspected locally before the upload, so that one that would be refused is not sent.
    /// Default: true.
    pub fn inspect(mut self, inspect: bool) -> Self {
        self.inspect = inspect;
        self
    }

    /// The largest recording to send, in bytes. Of a larger one the best stretch is enrolled, as
    /// [`prepare`](Registry::prepare) cuts it; other calls fail. Default: 16 MiB, the limit of Voiceroll's own server.
    pub fn max_recording(mut self, bytes: u64) -> Self {
        self.max_recording = bytes;
        self
    }

    /// The timeout of a single request. Default: 300 s. To limit whole calls, see [`Control::timeout`].
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// The total time that a call waits for a busy server; if the server asks for a longer wait, the call fails at
    /// once. Default: 120 s.
    pub fn patience(mut self, patience: Duration) -> Self {
        self.patience = patience;
        self
    }

    /// Whether to allow unencrypted http to another machine. Default: false; to this machine it is always allowed.
    pub fn plain_http(mut self, plain_http: bool) -> Self {
        self.plain_http = plain_http;
        self
    }

    /// A registry on the server at `url`. Nothing is sent yet: the first call logs in.
    ///
    /// # Errors
    /// `invalid_option` for an invalid URL, or for `http` to another machine.
    pub fn connect(mut self, url: &str, credentials: Credentials) -> Result<Registry> {
        self.limits = self.limits.checked()?;
        let base = http::address(url, self.plain_http)?;
        let remote = Remote { base, credentials, options: self, connection: PerProcess::new() };
        remote.connection()?;
        Ok(Registry::on(Backend::Remote(Arc::new(remote))))
    }
}

pub(crate) struct Remote {
    base: reqwest::Url,
    credentials: Credentials,
    options: ConnectOptions,
    /// A forked child must not talk on its parent's sockets, nor with its tokens.
    connection: PerProcess<Result<Connection>>,
}

/// The threads that talk to servers.
static RUNTIME: PerProcess<Option<Runtime>> = PerProcess::new();

fn runtime() -> Result<&'static Runtime> {
    let make = |_: &[&Option<Runtime>]| {
        Builder::new_multi_thread().worker_threads(1).thread_name("voiceroll-remote").enable_all().build().ok()
    };
    RUNTIME.get(make).as_ref().ok_or_else(|| Error::new(Code::Internal, "the network thread could not be started"))
}

/// Does what is asked on a thread of our own, so that any async runtime, or none, will do for waiting.
pub(crate) async fn run<V: Verb>(remote: Arc<Remote>, verb: V, control: Control) -> Result<V::Answer> {
    let task = runtime()?.spawn(async move {
        // What is done here must stop as well when nobody waits any more.
        let abandoned = CancelOnDrop(CancelToken::new());
        let work = control.clone().cancel_with(&abandoned.0);
        control.check()?;
        tokio::select! {
            answer = verb.there(&remote, &work) => answer,
            error = stopped(&control) => Err(error),
        }
    });
    let _stop = AbortOnDrop(task.abort_handle());
    task.await.unwrap_or_else(|_| Err(defect()))
}

/// Runs a future on our own threads.
#[cfg(feature = "door")]
pub(crate) fn spawn(task: impl Future<Output = ()> + Send + 'static) -> Result<()> {
    runtime()?.spawn(task);
    Ok(())
}

/// Waits for a future as long as the control lets it, on whatever runtime.
pub(crate) async fn bounded<T: Send + 'static>(
    future: impl Future<Output = T> + Send + 'static,
    control: Control,
) -> Result<T> {
    let task = runtime()?.spawn(async move {
        tokio::select! {
            value = future => Ok(value),
            error = stopped(&control) => Err(error),
        }
    });
    let _stop = AbortOnDrop(task.abort_handle());
    task.await.unwrap_or_else(|_| Err(defect()))
}

struct AbortOnDrop(tokio::task::AbortHandle);

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// Ready once the call is cancelled or its time is over.
async fn stopped(control: &Control) -> Error {
    loop {
        match control.remaining() {
            _ if control.can_be_cancelled() => tokio::time::sleep(LOOK).await,
            Some(remaining) => tokio::time::sleep(remaining).await,
            None => std::future::pending().await,
        }
        if let Err(error) = control.check() {
            let code = if error.kind() == ErrorKind::Cancelled { Code::Cancelled } else { Code::TimedOut };
            let stopped = Error::new(code, "the call was stopped by its timeout or by its caller; nothing was changed");
            let (added, recordings) = control.added();
            let stopped = if control.may_have_changed() { stopped.unknown() } else { stopped };
            return stopped.after_adding(added, recordings);
        }
    }
}

/// What is done here rather than there: listening to recordings.
async fn here<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    crate::jobs::run(Lane::Heavy, work).await
}

impl Remote {
    fn connection(&self) -> Result<&Connection> {
        let make =
            |_: &[&Result<Connection>]| Connection::new(self.base.clone(), self.credentials.clone(), &self.options);
        self.connection.get(make).as_ref().map_err(Error::copy)
    }

    async fn ask<T: DeserializeOwned>(&self, ask: Ask, control: &Control) -> Result<T> {
        self.connection()?.ask(&ask, control).await
    }

    pub(crate) async fn log_out(&self) -> Result<()> {
        self.connection()?.log_out().await;
        Ok(())
    }

    pub(crate) async fn inspect(&self, recording: &Recording, control: &Control) -> Result<Inspection> {
        let (recording, limits, control) = (recording.clone(), self.options.limits, control.clone());
        here(move || embedded::inspect(&*Choice::preferred()?.load()?, &recording, &limits, &control)).await
    }

    pub(crate) async fn prepare(&self, recording: &Recording, control: &Control) -> Result<Prepared> {
        let (recording, limits, control) = (recording.clone(), self.options.limits, control.clone());
        here(move || embedded::prepare(&recording, &limits, &control)).await
    }

    pub(crate) async fn get(&self, id: &SpeakerId, control: &Control) -> Result<Enrollment> {
        let status: EnrollmentStatus = self.ask(Ask::get(path_of(id)).about(id), control).await?;
        enrollment(status, id)
    }

    pub(crate) async fn list(&self, options: &ListOptions, control: &Control) -> Result<Page> {
        options.check()?;
        // A server that does not know `after` answers by the number of the page.
        let mut ask = Ask::get(wire::ENROLLMENTS)
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

    pub(crate) async fn delete(&self, id: &SpeakerId, control: &Control) -> Result<()> {
        let ask = Ask::new(Method::DELETE, path_of(id)).about(id);
        let answer = self.connection()?.settle(&ask, control).await.map_err(Unanswered::error)?;
        let gone = matches!(answer.status.as_u16(), 404 | 410);
        // Gone after an attempt whose answer was lost: that attempt did it.
        if answer.status.is_success() || answer.repeated && gone {
            return Ok(());
        }
        Err(refusal::refused(&answer, Some(id)))
    }

    pub(crate) async fn remove_sample(&self, id: &SpeakerId, sample: i64, control: &Control) -> Result<Enrollment> {
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

    pub(crate) async fn models(&self, control: &Control) -> Result<(String, Vec<(SpeakerId, String)>)> {
        let wire::Model { model, enrolled_otherwise } = self.ask(Ask::get(wire::MODEL), control).await?;
        Ok((model, enrolled_otherwise.into_iter().map(|other| (other.speaker_id, other.model)).collect()))
    }

    pub(crate) async fn verify(
        &self,
        id: &SpeakerId,
        recording: &Recording,
        control: &Control,
    ) -> Result<Verification> {
        let found: Found<Verification> =
            self.heard(wire::VERIFY_NOW, recording, true, Some(id), Asked::default(), control).await?;
        Ok(found.voiceroll)
    }

    pub(crate) async fn identify(
        &self,
        recording: &Recording,
        speakers: &Candidates,
        control: &Control,
    ) -> Result<Identification> {
        crate::diarize::check_known(speakers)?;
        let asked = match speakers {
            Candidates::All => Asked::default(),
            Candidates::These(ids) => these(ids),
            Candidates::Nobody => Asked { speaker_ids: Some(Vec::new()), ..Asked::default() },
        };
        let found: Found<Option<Identification>> =
            self.heard(wire::IDENTIFY_NOW, recording, false, None, asked, control).await?;
        let conversation = found.conversation.map(|said| said.utterances).unwrap_or_default();
        Ok(found.voiceroll.unwrap_or_else(|| {
            let segments: Vec<Segment> = conversation.into_iter().map(job::segment).collect();
            Identification { duration: end_of(&segments), speakers: voices(&segments), segments }
        }))
    }

    pub(crate) async fn diarize(
        &self,
        recording: &Recording,
        options: &DiarizeOptions,
        control: &Control,
    ) -> Result<Diarization> {
        crate::diarize::check(options)?;
        let mut asked = match &options.known {
            Candidates::Nobody => Asked::default(),
            Candidates::All => Asked { everybody: Some(true), ..Asked::default() },
            Candidates::These(ids) => these(ids),
        };
        asked.speaker_count = options.speakers.map(i64::from);
        asked.separate_speaker_per_channel = options.per_channel.then_some(true);
        let found: Found<Diarization> = self.heard(wire::DIARIZE_NOW, recording, false, None, asked, control).await?;
        Ok(found.voiceroll)
    }

    /// Has the server listen to a recording; nothing is enrolled, so it may be sent again.
    async fn heard<T: DeserializeOwned>(
        &self,
        path: &str,
        recording: &Recording,
        transcode: bool,
        id: Option<&SpeakerId>,
        asked: Asked,
        control: &Control,
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
        let upload = Upload::new(id, encoding, Some("en-US"), &asked, content)?;
        let answer = self.ask(Ask::new(Method::POST, path).upload(upload).again(), control).await;
        control.report(1.0);
        answer
    }
}

impl Remote {
    async fn recognisable(&self, id: &SpeakerId, control: &Control) -> Result<()> {
        let found = self.get(id, control).await?;
        if found.complete { Ok(()) } else { Err(store::incomplete(id, found.speech_seconds)) }
    }
}

fn path_of(id: &SpeakerId) -> String {
    format!("{}/{id}", wire::ENROLLMENTS)
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
