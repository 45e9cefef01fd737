//! The registry for callers without async, and functions that need no registry.
//!
//! The work runs in the calling thread.
//!
//! ```
//! use voiceroll::{Recording, SpeakerId, blocking::Registry};
//!
//! # let folder = tempfile::tempdir().unwrap();
//! let registry = Registry::open(folder.path().join("voices.db"))?;
//! let id: SpeakerId = "ben".parse()?;
//! let enrollment = registry.enroll(&id, Recording::from_path("../tests/audio/ben-2.ogg"))?;
//! assert!(enrollment.speech_seconds > 10.0);
//! # Ok::<(), voiceroll::Error>(())
//! ```

use std::path::Path;
use std::sync::Arc;

use crate::embedded::Embedded;
use crate::live::{Enrolling, Identifying, Manner};
use crate::models::Choice;
use crate::operations::{
    Backend, Delete, Diarize, Enroll, Get, Here, Identify, Inspect, List, Models, Prepare, RemoveSample, Verb, Verify,
};
#[cfg(feature = "remote")]
use crate::operations::{GetJob, IdentifyCall, LogOut, Submit, WaitForJob};
use crate::runtime::workers::guarded;
use crate::types::enrollment::Write;
use crate::types::error::Result;
#[cfg(feature = "remote")]
use crate::{CallIdentification, CallRecord, ConnectOptions, Credentials, Job, JobId, JobRequest, JobResult};
use crate::{
    CallOptions, Candidates, ConsentRecord, Diarization, DiarizeOptions, Enrollment, Identification, Inspection,
    Limits, ListOptions, LiveFormat, LiveStatus, LiveUpdate, Page, Prepared, Recording, Recordings, RegistryOptions,
    SpeakerId, Verification, inspect,
};

/// Measures a recording and tells whether it would be enrolled.
///
/// ```
/// use voiceroll::{CallOptions, Limits, Recording};
///
/// let recording = Recording::from_path("../tests/audio/fault-clipped.mp3");
/// let found = voiceroll::blocking::inspect(&recording, &Limits::default(), &CallOptions::new())?;
/// assert_eq!(found.container, "mp3");
/// assert!(found.problem(voiceroll::ProblemCode::Clipped).is_some());
/// # Ok::<(), voiceroll::Error>(())
/// ```
///
/// # Errors
/// As for [`Registry::inspect`](crate::Registry::inspect).
pub fn inspect(recording: &Recording, limits: &Limits, options: &CallOptions) -> Result<Inspection> {
    guarded(|| inspect::inspect(&*Choice::preferred()?.load()?, recording, &limits.checked()?, &options.started()))
}

/// Cuts the best 30 seconds of speech out of a recording.
///
/// # Errors
/// As for [`Registry::prepare`](crate::Registry::prepare).
pub fn prepare(recording: &Recording, limits: &Limits, options: &CallOptions) -> Result<Prepared> {
    guarded(|| inspect::prepare(recording, &limits.checked()?, &options.started()))
}

/// A registry of enrolled speakers. The methods are those of [`voiceroll::Registry`](crate::Registry), with the same
/// errors.
#[derive(Clone)]
pub struct Registry {
    backend: Backend,
    control: CallOptions,
    force: bool,
    consent: Option<Arc<ConsentRecord>>,
}

impl Registry {
    /// Opens a store file, and creates it if it does not exist.
    pub fn open(path: impl AsRef<Path>) -> Result<Self> {
        crate::Registry::open(path).map(Self::from)
    }

    /// Options other than the defaults; [`open_blocking`](RegistryOptions::open_blocking) opens a store with them.
    pub fn options() -> RegistryOptions {
        RegistryOptions::default()
    }

    /// A registry on the same store whose calls use these options: cancellation, a timeout, progress.
    pub fn with(&self, options: CallOptions) -> Self {
        Self { control: options, ..self.clone() }
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
    pub fn inspect(&self, recording: &Recording) -> Result<Inspection> {
        self.run(Inspect(recording.clone()))
    }

    /// Enrolls a speaker: creates the enrollment, or adds to an existing one.
    pub fn enroll(&self, id: &SpeakerId, recordings: impl Into<Recordings>) -> Result<Enrollment> {
        self.write(id, Write::Either, recordings.into())
    }

    /// Enrolls a new speaker.
    pub fn create(&self, id: &SpeakerId, recordings: impl Into<Recordings>) -> Result<Enrollment> {
        self.write(id, Write::Create, recordings.into())
    }

    /// Adds speech to an enrollment.
    pub fn update(&self, id: &SpeakerId, recordings: impl Into<Recordings>) -> Result<Enrollment> {
        self.write(id, Write::Update, recordings.into())
    }

    /// The enrollment of a speaker.
    pub fn get(&self, id: &SpeakerId) -> Result<Enrollment> {
        self.run(Get(id.clone()))
    }

    /// One page of the enrollments, sorted by id.
    pub fn list(&self, options: ListOptions) -> Result<Page> {
        self.run(List(options))
    }

    /// Deletes a speaker with all voiceprints and measurements.
    pub fn delete(&self, id: &SpeakerId) -> Result<()> {
        self.run(Delete(id.clone()))
    }

    /// Removes one recording from an enrollment.
    pub fn remove_sample(&self, id: &SpeakerId, sample: i64) -> Result<Enrollment> {
        self.run(RemoveSample(id.clone(), sample))
    }

    /// Cuts the best 30 seconds of speech out of a recording.
    pub fn prepare(&self, recording: &Recording) -> Result<Prepared> {
        self.run(Prepare(recording.clone()))
    }

    /// Whether a recording is of an enrolled speaker.
    pub fn verify(&self, id: &SpeakerId, recording: &Recording) -> Result<Verification> {
        self.run(Verify(id.clone(), recording.clone()))
    }

    /// The name of the model that makes this registry's voiceprints.
    pub fn model(&self) -> Result<String> {
        Ok(self.run(Models)?.0)
    }

    /// The speakers that were enrolled with another model than this registry's, with the name of that model.
    pub fn outdated(&self) -> Result<Vec<(SpeakerId, String)>> {
        Ok(self.run(Models)?.1)
    }

    /// Finds out who speaks when in a recording.
    pub fn diarize(&self, recording: &Recording, options: &DiarizeOptions) -> Result<Diarization> {
        self.run(Diarize(recording.clone(), options.clone()))
    }

    /// Finds the segments of a recording in which enrolled speakers speak, and those of others.
    pub fn identify(&self, recording: &Recording, speakers: impl Into<Candidates>) -> Result<Identification> {
        self.run(Identify(recording.clone(), speakers.into()))
    }

    /// Starts an enrollment while somebody speaks.
    ///
    /// ```
    /// use voiceroll::{LiveFormat, blocking::Registry};
    ///
    /// # let folder = tempfile::tempdir().unwrap();
    /// let registry = Registry::open(folder.path().join("voices.db"))?;
    /// let session = registry.live_enrollment(&"ben".parse()?, LiveFormat::container())?;
    /// # let sound = std::fs::read("../tests/audio/ben-2.ogg").unwrap();
    /// for chunk in sound.chunks(2000) {
    ///     let status = session.push(chunk)?;
    ///     println!("{:.1} s of speech, {:.1} s missing", status.speech_seconds, status.missing_seconds);
    /// }
    /// assert!(session.finish()?.speech_seconds > 10.0);
    /// # Ok::<(), voiceroll::Error>(())
    /// ```
    pub fn live_enrollment(&self, id: &SpeakerId, format: LiveFormat) -> Result<LiveEnrollment> {
        let manner = Manner { force: self.force, consent: self.consent.clone(), control: self.control.clone() };
        guarded(|| Enrolling::start(self.backend.embedded()?, id.clone(), format, manner)).map(LiveEnrollment)
    }

    /// Starts an identification while people speak.
    pub fn live_identification(
        &self,
        speakers: impl Into<Candidates>,
        format: LiveFormat,
    ) -> Result<LiveIdentification> {
        let (speakers, control) = (speakers.into(), self.control.clone());
        guarded(|| Identifying::start(self.backend.embedded()?, speakers, format, control)).map(LiveIdentification)
    }

    /// A registry on a server with RingCentral's API.
    #[cfg(feature = "remote")]
    pub fn connect(url: &str, credentials: Credentials) -> Result<Self> {
        crate::Registry::connect(url, credentials).map(Self::from)
    }

    /// The same with the settings of the environment.
    #[cfg(feature = "remote")]
    pub fn connect_from_env() -> Result<Self> {
        crate::Registry::connect_from_env().map(Self::from)
    }

    /// Options other than the defaults, for a registry on a server;
    /// [`connect_blocking`](ConnectOptions::connect_blocking) uses them.
    #[cfg(feature = "remote")]
    pub fn connect_options() -> ConnectOptions {
        ConnectOptions::default()
    }

    /// Ends the session on the server; the next call logs in again.
    #[cfg(feature = "remote")]
    pub fn log_out(&self) -> Result<()> {
        self.run(LogOut)
    }

    /// Submits a job: the server fetches a recording and processes it. Returns the job id.
    #[cfg(feature = "remote")]
    pub fn submit(&self, request: JobRequest) -> Result<JobId> {
        self.run(Submit(request))
    }

    /// The status of a job.
    #[cfg(feature = "remote")]
    pub fn job(&self, id: &JobId) -> Result<Job> {
        self.run(GetJob(id.clone()))
    }

    /// Waits until a job is done.
    #[cfg(feature = "remote")]
    pub fn wait(&self, id: &JobId) -> Result<JobResult> {
        self.run(WaitForJob(id.clone()))
    }

    /// Finds out who spoke when in a recorded call, with names.
    #[cfg(feature = "remote")]
    pub fn identify_call(&self, record: &CallRecord) -> Result<CallIdentification> {
        self.run(IdentifyCall(record.clone(), None))
    }

    /// The same for a local recording of the call.
    #[cfg(feature = "remote")]
    pub fn identify_call_in(&self, record: &CallRecord, recording: &Recording) -> Result<CallIdentification> {
        self.run(IdentifyCall(record.clone(), Some(recording.clone())))
    }

    #[cfg(feature = "server")]
    pub(crate) fn call_options(&self) -> &CallOptions {
        &self.control
    }

    /// Where the key of the store is.
    #[cfg(feature = "cli")]
    pub(crate) fn key_place(&self) -> Result<crate::store::KeyPlace> {
        self.here(|embedded, _| embedded.store.key_place())
    }

    /// Does what only the place of the store can do.
    pub(crate) fn here<T: Send + 'static>(
        &self,
        work: impl Fn(&Embedded, &CallOptions) -> Result<T> + Send + Sync + 'static,
    ) -> Result<T> {
        self.run(Here(work))
    }

    fn write(&self, id: &SpeakerId, write: Write, recordings: Recordings) -> Result<Enrollment> {
        let consent = self.consent.clone();
        self.run(Enroll { id: id.clone(), write, recordings, force: self.force, consent })
    }

    pub(crate) fn run<V: Verb>(&self, verb: V) -> Result<V::Answer> {
        self.backend.wait(verb, &self.control)
    }
}

/// An enrollment while somebody speaks; the methods are those of [`voiceroll::LiveEnrollment`](crate::LiveEnrollment).
/// They take turns, whatever thread calls them.
pub struct LiveEnrollment(Enrolling);

impl LiveEnrollment {
    /// Takes the next bytes and returns how it goes.
    pub fn push(&self, bytes: &[u8]) -> Result<LiveStatus> {
        guarded(|| self.0.push(bytes))
    }

    /// Enrolls the speaker with all that was pushed, and ends the session.
    pub fn finish(&self) -> Result<Enrollment> {
        guarded(|| self.0.finish(None))
    }

    /// Ends the session; nothing of it is kept.
    pub fn cancel(&self) {
        self.0.cancel();
    }
}

/// An identification while people speak; the methods are those of
/// [`voiceroll::LiveIdentification`](crate::LiveIdentification). They take turns, whatever thread calls them.
pub struct LiveIdentification(Identifying);

impl LiveIdentification {
    /// Takes the next bytes and returns who speaks.
    pub fn push(&self, bytes: &[u8]) -> Result<LiveUpdate> {
        guarded(|| self.0.push(bytes))
    }

    /// Who spoke when in all that was pushed; ends the session.
    pub fn finish(&self) -> Result<Identification> {
        guarded(|| self.0.finish(None))
    }

    /// Ends the session; nothing of it is kept.
    pub fn cancel(&self) {
        self.0.cancel();
    }
}

/// Never what was said.
impl std::fmt::Debug for LiveEnrollment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("LiveEnrollment").finish_non_exhaustive()
    }
}

/// Never what was said.
impl std::fmt::Debug for LiveIdentification {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("LiveIdentification").finish_non_exhaustive()
    }
}

impl RegistryOptions {
    /// The same as [`open`](Self::open) for callers without async.
    ///
    /// # Errors
    /// As for [`open`](Self::open).
    pub fn open_blocking(self, path: impl AsRef<Path>) -> Result<Registry> {
        self.open(path).map(Registry::from)
    }
}

#[cfg(feature = "remote")]
impl ConnectOptions {
    /// The same as [`connect`](Self::connect) for callers without async.
    ///
    /// # Errors
    /// As for [`connect`](Self::connect).
    pub fn connect_blocking(self, url: &str, credentials: Credentials) -> Result<Registry> {
        self.connect(url, credentials).map(Registry::from)
    }
}

impl From<crate::Registry> for Registry {
    fn from(registry: crate::Registry) -> Self {
        let (backend, control, force, consent) = registry.parts();
        Self { backend, control, force, consent }
    }
}

impl std::fmt::Debug for Registry {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Registry").field("control", &self.control).finish_non_exhaustive()
    }
}
