//! A registry of enrolled speakers, for async callers.

use std::path::Path;
use std::sync::Arc;

use crate::embedded::Embedded;
use crate::live::{Enrolling, Identifying, LiveEnrollment, LiveIdentification, Manner};
use crate::operations::{
    Backend, Delete, Diarize, Enroll, Get, Here, Identify, Inspect, List, Models, Prepare, RemoveSample, Verb, Verify,
};
#[cfg(feature = "remote")]
use crate::operations::{GetJob, IdentifyCall, LogOut, Submit, WaitForJob};
#[cfg(feature = "remote")]
use crate::remote::Remote;
use crate::runtime::workers::{self, Lane};
use crate::types::enrollment::Write;
use crate::types::error::Result;
#[cfg(feature = "remote")]
use crate::{CallIdentification, CallRecord, ConnectOptions, Credentials, Job, JobId, JobRequest, JobResult};
use crate::{
    CallOptions, Candidates, ConsentRecord, Diarization, DiarizeOptions, Enrollment, Identification, Inspection,
    ListOptions, LiveFormat, Page, Prepared, Recording, Recordings, RegistryOptions, SpeakerId, Verification,
};

/// A registry of enrolled speakers: [`open`](Self::open) uses a local store file, [`connect`](Self::connect) a server.
///
/// Cheap to clone; clones share the store. The methods run on their own threads, one per core, so they can be awaited
/// on any async runtime and never block it. Dropping a future stops its work; a write that is already in progress may
/// still complete. [`blocking::Registry`](crate::blocking::Registry) is the same
/// for callers without async.
///
/// ```
/// use voiceroll::{Recording, Registry, SpeakerId};
///
/// # async fn example(folder: &std::path::Path) -> voiceroll::Result<()> {
/// let registry = Registry::open(folder.join("voices.db"))?;
/// let id: SpeakerId = "ada".parse()?;
/// let enrollment = registry.enroll(&id, Recording::from_path("../tests/audio/ada-1.mp3")).await?;
/// println!("{} s of speech, quality {}", enrollment.speech_seconds, enrollment.quality);
/// if !enrollment.complete {
///     println!("{} s still missing", enrollment.missing_seconds);
/// }
/// # Ok(())
/// # }
/// # let folder = tempfile::tempdir().unwrap();
/// # futures_executor::block_on(example(folder.path())).unwrap();
/// ```
#[derive(Clone)]
pub struct Registry {
    backend: Backend,
    control: CallOptions,
    force: bool,
    consent: Option<Arc<ConsentRecord>>,
}

impl Registry {
    /// Opens a store file, and creates it if it does not exist.
    ///
    /// # Errors
    /// `store_failed`, `store_busy`, `store_damaged`, `store_newer`, `store_full`; `key_missing` or `key_wrong` for an
    /// encrypted store whose key is not there or another one; `store_tampered`.
    pub fn open(path: impl AsRef<Path>) -> Result<Self> {
        Self::options().open(path)
    }

    /// Options other than the defaults.
    pub fn options() -> RegistryOptions {
        RegistryOptions::default()
    }

    /// A registry on a server with RingCentral's API: `voiceroll serve`, or a compatible one. All methods are the same;
    /// recordings are inspected and prepared locally and processed on the server. Nothing is sent before the first
    /// call, which logs in.
    ///
    /// Requests are retried only if this is safe: if the response to an added recording is lost, the enrollment is read
    /// before the recording is sent again. Several recordings of one call are added one after another;
    /// [`Error::added`](crate::Error::added) is the number of those that were added.
    ///
    /// ```no_run
    /// use voiceroll::{Credentials, Recording, Registry, SpeakerId};
    ///
    /// # async fn example() -> voiceroll::Result<()> {
    /// let registry = Registry::connect("https://voices.example.com", Credentials::from_env()?)?;
    /// let id: SpeakerId = "59586".parse()?;
    /// let enrollment = registry.enroll(&id, Recording::from_path("call.mp3")).await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// `invalid_option` for an invalid URL, or for plain `http` to another machine. The methods return, besides their
    /// own errors: `login_refused`, `rate_limited`, `server_busy`, `server_failed`,
    /// `server_unreachable`, `request_refused`, `answer_invalid`, `not_supported`.
    #[cfg(feature = "remote")]
    pub fn connect(url: &str, credentials: Credentials) -> Result<Self> {
        Self::connect_options().connect(url, credentials)
    }

    /// The same with the settings of the environment: `VOICEROLL_SERVER` or `RINGCENTRAL_SERVER_URL`, and
    /// [`Credentials::from_env`].
    ///
    /// # Errors
    /// As for [`connect`](Self::connect), and `invalid_option` if one is missing.
    #[cfg(feature = "remote")]
    pub fn connect_from_env() -> Result<Self> {
        Self::connect(&crate::types::credentials::server_from_env()?, Credentials::from_env()?)
    }

    /// Options other than the defaults, for a registry on a server.
    #[cfg(feature = "remote")]
    pub fn connect_options() -> ConnectOptions {
        ConnectOptions::default()
    }

    /// A registry on the same store whose calls use these options: cancellation, a timeout, progress. They replace earlier
    /// ones.
    pub fn with(&self, options: CallOptions) -> Self {
        Self { control: options, ..self.clone() }
    }

    #[cfg(feature = "server")]
    pub(crate) fn call_options(&self) -> &CallOptions {
        &self.control
    }

    /// A registry on the same store that adds recordings to enrollments without the same-speaker check.
    pub fn forced(&self) -> Self {
        Self { force: true, ..self.clone() }
    }

    /// A registry on the same store that records this consent for every speaker that it enrolls.
    pub fn with_consent(&self, consent: ConsentRecord) -> Self {
        Self { consent: Some(Arc::new(consent)), ..self.clone() }
    }

    /// Measures a recording and tells whether it would be enrolled. Nothing is stored.
    ///
    /// # Errors
    /// `recording_*` where it cannot be read at all, `io_failed`. Problems such as noise are in
    /// [`Inspection::problems`].
    pub async fn inspect(&self, recording: Recording) -> Result<Inspection> {
        self.backend.run(Inspect(recording), &self.control).await
    }

    /// Enrolls a speaker: creates the enrollment, or adds to an existing one.
    ///
    /// Each recording is inspected; those with too little speech are refused, and the others are added in one
    /// transaction. Two callers that enroll the same new id at once both succeed.
    ///
    /// # Errors
    /// `recording_refused` if not one recording was accepted, `model_mismatch`, what
    /// [`inspect`](Self::inspect) returns, `store_*`. Nothing is changed in these cases.
    pub async fn enroll(&self, id: &SpeakerId, recordings: impl Into<Recordings>) -> Result<Enrollment> {
        self.write(id, Write::Either, recordings.into()).await
    }

    /// Enrolls a new speaker.
    ///
    /// # Errors
    /// `speaker_exists` if the id is enrolled, and what [`enroll`](Self::enroll) returns.
    pub async fn create(&self, id: &SpeakerId, recordings: impl Into<Recordings>) -> Result<Enrollment> {
        self.write(id, Write::Create, recordings.into()).await
    }

    /// Adds speech to an enrollment.
    ///
    /// # Errors
    /// `speaker_not_found` if the id is not enrolled, and what [`enroll`](Self::enroll) returns.
    pub async fn update(&self, id: &SpeakerId, recordings: impl Into<Recordings>) -> Result<Enrollment> {
        self.write(id, Write::Update, recordings.into()).await
    }

    /// The enrollment of a speaker.
    ///
    /// # Errors
    /// `speaker_not_found`, `store_*`.
    pub async fn get(&self, id: &SpeakerId) -> Result<Enrollment> {
        self.backend.run(Get(id.clone()), &self.control).await
    }

    /// One page of the enrollments, sorted by id: the complete ones, or all of them.
    ///
    /// With [`Page::next_after`], iterating over the pages returns each speaker that stays enrolled exactly once,
    /// even if others are added or deleted meanwhile.
    ///
    /// ```
    /// use voiceroll::{ListOptions, Registry};
    ///
    /// # async fn example(folder: &std::path::Path) -> voiceroll::Result<()> {
    /// let registry = Registry::open(folder.join("voices.db"))?;
    /// let mut options = ListOptions::new();
    /// loop {
    ///     let page = registry.list(options.clone()).await?;
    ///     for enrollment in page.records {
    ///         println!("{}", enrollment.speaker_id);
    ///     }
    ///     let Some(next) = page.next_after else { break };
    ///     options = options.after(next);
    /// }
    /// # Ok(())
    /// # }
    /// # let folder = tempfile::tempdir().unwrap();
    /// # futures_executor::block_on(example(folder.path())).unwrap();
    /// ```
    ///
    /// # Errors
    /// `invalid_option` for a page 0 or a page size outside 1 to 1000, `store_*`.
    pub async fn list(&self, options: ListOptions) -> Result<Page> {
        self.backend.run(List(options), &self.control).await
    }

    /// Deletes a speaker with all voiceprints and measurements.
    ///
    /// The stored data are overwritten before this returns, unless another process is reading the store for longer
    /// than a second at that moment; then the next change, opening or read by any process overwrites them.
    ///
    /// # Errors
    /// `speaker_not_found` if the id was never enrolled, `speaker_deleted` if it was deleted
    /// before, `store_*`.
    pub async fn delete(&self, id: &SpeakerId) -> Result<()> {
        self.backend.run(Delete(id.clone()), &self.control).await
    }

    /// Removes one recording from an enrollment, by its [`Sample::id`](crate::Sample::id), and recomputes the
    /// enrollment from the others.
    ///
    /// # Errors
    /// `speaker_not_found`, `sample_not_found`, `store_*`.
    pub async fn remove_sample(&self, id: &SpeakerId, sample: i64) -> Result<Enrollment> {
        self.backend.run(RemoveSample(id.clone(), sample), &self.control).await
    }

    /// Cuts the stretch with the most continuous speech, at most 30 s, out of a recording, as 16 kHz mono WAV, for
    /// services with that limit.
    ///
    /// # Errors
    /// `recording_refused` if there is no speech, and what [`inspect`](Self::inspect) returns.
    pub async fn prepare(&self, recording: Recording) -> Result<Prepared> {
        self.backend.run(Prepare(recording), &self.control).await
    }

    /// Decides whether a recording is of an enrolled speaker: match, no match, undecided, or too little speech.
    ///
    /// The false-accept rate is set in the options, 0.01 by default; [`Verification::confidence`] and `llr` quantify
    /// the decision.
    ///
    /// ```
    /// use voiceroll::{Decision, Recording, Registry};
    ///
    /// # async fn example(folder: &std::path::Path) -> voiceroll::Result<()> {
    /// let registry = Registry::open(folder.join("voices.db"))?;
    /// let ada = "ada".parse()?;
    /// registry.enroll(&ada, Recording::from_path("../tests/audio/ada-1.mp3")).await?;
    /// let found = registry.verify(&ada, Recording::from_path("../tests/audio/ada-2.m4a")).await?;
    /// assert_eq!(found.decision, Decision::Match);
    /// # Ok(())
    /// # }
    /// # let folder = tempfile::tempdir().unwrap();
    /// # futures_executor::block_on(example(folder.path())).unwrap();
    /// ```
    ///
    /// # Errors
    /// `speaker_not_found`, `speaker_incomplete`, `model_mismatch`, `calibration_missing` for your own network
    /// without a calibration, and what [`inspect`](Self::inspect) returns.
    pub async fn verify(&self, id: &SpeakerId, recording: Recording) -> Result<Verification> {
        self.backend.run(Verify(id.clone(), recording), &self.control).await
    }

    /// The name of the model that makes this registry's voiceprints.
    ///
    /// # Errors
    /// `internal`.
    pub async fn model(&self) -> Result<String> {
        Ok(self.backend.run(Models, &self.control).await?.0)
    }

    /// The speakers that were enrolled with another model than this registry's, with the name of that model. Audio is
    /// not stored, so these speakers have to be re-enrolled.
    ///
    /// # Errors
    /// `store_*`.
    pub async fn outdated(&self) -> Result<Vec<(SpeakerId, String)>> {
        Ok(self.backend.run(Models, &self.control).await?.1)
    }

    /// Finds out who speaks when in a recording, as segments that do not overlap.
    ///
    /// Segments of the enrolled speakers in [`DiarizeOptions::known`] get their ids, the others `speaker_1`,
    /// `speaker_2` and so on. Of two people who speak at once, one is detected. A recording without speech has no
    /// speakers.
    ///
    /// ```
    /// use voiceroll::{DiarizeOptions, Recording, Registry};
    ///
    /// # async fn example(folder: &std::path::Path) -> voiceroll::Result<()> {
    /// let registry = Registry::open(folder.join("voices.db"))?;
    /// let call = Recording::from_path("../tests/audio/fault-two-speakers.mp3");
    /// let found = registry.diarize(call, DiarizeOptions::new()).await?;
    /// for turn in &found.segments {
    ///     println!("{:.1} s to {:.1} s: {:?}", turn.start, turn.end, turn.speaker_id);
    /// }
    /// # Ok(())
    /// # }
    /// # let folder = tempfile::tempdir().unwrap();
    /// # futures_executor::block_on(example(folder.path())).unwrap();
    /// ```
    ///
    /// # Errors
    /// `invalid_option`; `speaker_not_found`, `speaker_incomplete` or `model_mismatch` for a known
    /// speaker, before the recording is read; `recording_*`, `io_failed`, `store_*`.
    pub async fn diarize(&self, recording: Recording, options: DiarizeOptions) -> Result<Diarization> {
        self.backend.run(Diarize(recording, options), &self.control).await
    }

    /// Finds the segments of a recording in which enrolled speakers speak, and those of others.
    ///
    /// ```
    /// use voiceroll::{Candidates, Recording, Registry, SpeakerId};
    ///
    /// # async fn example(folder: &std::path::Path) -> voiceroll::Result<()> {
    /// let registry = Registry::open(folder.join("voices.db"))?;
    /// let ada: SpeakerId = "ada".parse()?;
    /// registry.enroll(&ada, Recording::from_path("../tests/audio/ada-1.mp3")).await?;
    /// let call = Recording::from_path("../tests/audio/fault-two-speakers.mp3");
    /// let found = registry.identify(call, Candidates::All).await?;
    /// assert!(found.segments.iter().any(|turn| turn.speaker_id.as_ref() == Some(&ada)));
    /// # Ok(())
    /// # }
    /// # let folder = tempfile::tempdir().unwrap();
    /// # futures_executor::block_on(example(folder.path())).unwrap();
    /// ```
    ///
    /// # Errors
    /// `speaker_not_found`, `speaker_incomplete` or `model_mismatch` for a requested speaker, before the recording is
    /// read; `invalid_option` if none was; `recording_*`,
    /// `io_failed`, `store_*`.
    pub async fn identify(&self, recording: Recording, speakers: impl Into<Candidates>) -> Result<Identification> {
        self.backend.run(Identify(recording, speakers.into()), &self.control).await
    }

    /// Starts an enrollment while somebody speaks: sound is pushed as it comes, each push returns how it goes, and
    /// [`finish`](LiveEnrollment::finish) enrolls.
    ///
    /// ```
    /// use voiceroll::{LiveFormat, Registry, SpeakerId};
    ///
    /// # async fn example(folder: &std::path::Path) -> voiceroll::Result<()> {
    /// let registry = Registry::open(folder.join("voices.db"))?;
    /// let id: SpeakerId = "ada".parse()?;
    /// let session = registry.live_enrollment(&id, LiveFormat::container()).await?;
    /// # let sound = std::fs::read("../tests/audio/ada-1.mp3").unwrap();
    /// for chunk in sound.chunks(2000) {
    ///     let status = session.push(chunk.to_vec()).await?;
    ///     println!("{:.1} s of speech, {:.1} s missing", status.speech_seconds, status.missing_seconds);
    /// }
    /// let enrollment = session.finish().await?;
    /// assert!(enrollment.complete);
    /// # Ok(())
    /// # }
    /// # let folder = tempfile::tempdir().unwrap();
    /// # futures_executor::block_on(example(folder.path())).unwrap();
    /// ```
    ///
    /// # Errors
    /// `consent_missing`, `model_mismatch`, `speaker_expired`, `store_*`: what can be known before anybody speaks.
    /// `not_supported` for a registry on a server, whose WebSockets do the same.
    pub async fn live_enrollment(&self, id: &SpeakerId, format: LiveFormat) -> Result<LiveEnrollment> {
        let embedded = self.backend.embedded()?;
        let (id, consent, force, control) = (id.clone(), self.consent.clone(), self.force, self.control.clone());
        let start = move || Enrolling::start(embedded, id, format, Manner { force, consent, control });
        Ok(LiveEnrollment::new(workers::run(Lane::Quick, start).await?))
    }

    /// Starts an identification while people speak: sound is pushed as it comes, each push returns who speaks, and
    /// [`finish`](LiveIdentification::finish) returns what [`identify`](Self::identify) returns. The first answer comes after
    /// at most 3 s of speech, and is corrected as more is heard.
    ///
    /// # Errors
    /// As for [`identify`](Self::identify), before anybody speaks; it counts as one attempt at each candidate.
    /// `not_supported` for a registry on a server, whose WebSockets do the same.
    pub async fn live_identification(
        &self,
        speakers: impl Into<Candidates>,
        format: LiveFormat,
    ) -> Result<LiveIdentification> {
        let embedded = self.backend.embedded()?;
        let (speakers, control) = (speakers.into(), self.control.clone());
        let start = move || Identifying::start(embedded, speakers, format, control);
        Ok(LiveIdentification::new(workers::run(Lane::Quick, start).await?))
    }

    /// Ends the session on the server; the next call logs in again. A server allows few sessions at once, and a session
    /// that is not ended lasts until it expires. If the server cannot be reached, the session is only forgotten
    /// locally.
    ///
    /// # Errors
    /// `internal`.
    #[cfg(feature = "remote")]
    pub async fn log_out(&self) -> Result<()> {
        self.backend.run(LogOut, &self.control).await
    }

    /// Submits a job: the server fetches a recording and processes it. Returns the job id.
    ///
    /// # Errors
    /// `not_supported` if the registry is not on a server; `speaker_not_found`, `speaker_incomplete`,
    /// `request_refused` if the server rejects the job.
    #[cfg(feature = "remote")]
    pub async fn submit(&self, request: JobRequest) -> Result<JobId> {
        self.backend.run(Submit(request), &self.control).await
    }

    /// The status of a job.
    ///
    /// # Errors
    /// `job_not_found`; `not_supported` if the registry is not on a server.
    #[cfg(feature = "remote")]
    pub async fn job(&self, id: &JobId) -> Result<Job> {
        self.backend.run(GetJob(id.clone()), &self.control).await
    }

    /// Waits until a job is done, polling with exponential backoff, every 1 to 15 s. Limit the wait with
    /// [`CallOptions::timeout`].
    ///
    /// # Errors
    /// `job_failed`, or a more specific code from a Voiceroll server; as for [`job`](Self::job).
    #[cfg(feature = "remote")]
    pub async fn wait(&self, id: &JobId) -> Result<JobResult> {
        self.backend.run(WaitForJob(id.clone()), &self.control).await
    }

    /// Finds out who spoke when in a recorded call, with names. The server fetches the recording of the call record and
    /// searches it for the enrolled participants.
    ///
    /// The URL of the recording gets the registry's token if it is on the same server, or if both are RingCentral's;
    /// any other URL must be accessible to the server as it is, or contain a token (see
    /// [`CallRecord::with_content_uri`]).
    ///
    /// # Errors
    /// `not_supported` if the registry is not on a server; `invalid_option` for a call without a recording; as for
    /// [`wait`](Self::wait).
    #[cfg(feature = "remote")]
    pub async fn identify_call(&self, record: &CallRecord) -> Result<CallIdentification> {
        self.backend.run(IdentifyCall(record.clone(), None), &self.control).await
    }

    /// The same for a local recording of the call.
    ///
    /// # Errors
    /// As for [`identify`](Self::identify).
    #[cfg(feature = "remote")]
    pub async fn identify_call_in(&self, record: &CallRecord, recording: Recording) -> Result<CallIdentification> {
        self.backend.run(IdentifyCall(record.clone(), Some(recording)), &self.control).await
    }

    /// Does what only the place of the store can do.
    pub(crate) async fn here<T: Send + 'static>(
        &self,
        work: impl Fn(&Embedded, &CallOptions) -> Result<T> + Send + Sync + 'static,
    ) -> Result<T> {
        self.backend.run(Here(work), &self.control).await
    }

    pub(crate) async fn run<V: Verb>(&self, verb: V) -> Result<V::Answer> {
        self.backend.run(verb, &self.control).await
    }

    async fn write(&self, id: &SpeakerId, write: Write, recordings: Recordings) -> Result<Enrollment> {
        let consent = self.consent.clone();
        let enroll = Enroll { id: id.clone(), write, recordings, force: self.force, consent };
        self.backend.run(enroll, &self.control).await
    }
}

impl std::fmt::Debug for Registry {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Registry").field("control", &self.control).finish_non_exhaustive()
    }
}

impl RegistryOptions {
    /// Opens a store file, and creates it if it does not exist.
    ///
    /// # Errors
    /// As for [`Registry::open`]; `invalid_option` for a limit or a rate out of range;
    /// `model_invalid` for a network that cannot be used, `model_mismatch` for a calibration of
    /// another model.
    pub fn open(self, path: impl AsRef<Path>) -> Result<Registry> {
        let backend = Embedded::open(path.as_ref(), self)?;
        Ok(Registry {
            backend: Backend::Embedded(Arc::new(backend)),
            control: CallOptions::new(),
            force: false,
            consent: None,
        })
    }
}

#[cfg(feature = "remote")]
impl ConnectOptions {
    /// A registry on the server at `url`. Nothing is sent yet: the first call logs in.
    ///
    /// # Errors
    /// `invalid_option` for an invalid URL, or for `http` to another machine.
    pub fn connect(self, url: &str, credentials: Credentials) -> Result<Registry> {
        let backend = Backend::Remote(Arc::new(Remote::new(url, credentials, self)?));
        Ok(Registry { backend, control: CallOptions::new(), force: false, consent: None })
    }
}

/// The parts of a registry that its blocking twin needs.
impl Registry {
    /// The store behind it, where that is here.
    #[cfg(feature = "server")]
    pub(crate) fn store(&self) -> Option<Arc<Embedded>> {
        match &self.backend {
            Backend::Embedded(embedded) => Some(Arc::clone(embedded)),
            Backend::Remote(_) => None,
        }
    }

    pub(crate) fn parts(self) -> (Backend, CallOptions, bool, Option<Arc<ConsentRecord>>) {
        (self.backend, self.control, self.force, self.consent)
    }
}
