//! The roll of enrolled speakers, for async callers.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::backend::{
    Backend, Delete, Diarize, Enroll, Get, Here, Identify, Inspect, List, Models, Prepare, RemoveSample, Verify,
};
#[cfg(feature = "remote")]
use crate::backend::{GetJob, IdentifyCall, LogOut, Submit, WaitForJob};
use crate::embedded::Embedded;
use crate::error::Result;
use crate::store::{Access, KeySource, Protection, Terms, Write};
use crate::{
    Calibration, Candidates, ConsentRecord, Control, Diarization, DiarizeOptions, Enrollment, Identification,
    Inspection, Limits, ListOptions, Page, Prepared, Recording, Recordings, SpeakerId, Verification,
};
#[cfg(feature = "remote")]
use crate::{CallIdentification, CallRecord, ConnectOptions, Credentials, Job, JobRequest, JobResult};

/// The roll of enrolled speakers: [`open`](Self::open) keeps it here, in an embedded store with the built-in
/// engine, [`connect`](Self::connect) on a server.
///
/// Cheap to clone; clones share the store. The methods run their work on threads of their own, as
/// many as there are cores, so they may be awaited on any async runtime and never block it.
/// Dropping a future stops its work; if it was just being written, it may still be written. [`blocking::Registry`](crate::blocking::Registry) is the same
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
    control: Control,
    force: bool,
    consent: Option<Arc<ConsentRecord>>,
}

impl Registry {
    /// Opens a store file, and makes it where there is none.
    ///
    /// # Errors
    /// `store_failed`, `store_busy`, `store_damaged`, `store_newer`, `store_full`; `key_missing` or `key_wrong` for an
    /// encrypted store whose key is not there or another one; `store_tampered`.
    pub fn open(path: impl AsRef<Path>) -> Result<Self> {
        Self::options().open(path)
    }

    /// Settings other than the defaults.
    pub fn options() -> RegistryOptions {
        RegistryOptions::default()
    }

    /// A registry that is kept on a server of the old contract: `voiceroll serve`, or another one. All
    /// methods are the same; recordings are inspected and prepared here, and heard there. Nothing is sent
    /// before the first call, which logs in.
    ///
    /// Requests are repeated only where that helps and does no harm: a recording whose answer was lost is
    /// looked for on the roll, not sent again blindly. Several recordings of one call are added one after
    /// another; an error says how many were.
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
    /// `invalid_option` for an address that is none, or that is plain `http` on another machine. Of the
    /// methods, besides their own: `login_refused`, `rate_limited`, `server_busy`, `server_failed`,
    /// `server_unreachable`, `request_refused`, `answer_invalid`, `not_supported`.
    #[cfg(feature = "remote")]
    pub fn connect(url: &str, credentials: Credentials) -> Result<Self> {
        Self::connect_options().connect(url, credentials)
    }

    /// The same with what the environment says: `VOICEROLL_SERVER` or `RINGCENTRAL_SERVER_URL`, and
    /// [`Credentials::from_env`].
    ///
    /// # Errors
    /// As for [`connect`](Self::connect), and `invalid_option` where one is missing.
    #[cfg(feature = "remote")]
    pub fn connect_from_env() -> Result<Self> {
        Self::connect(&crate::credentials::server_from_env()?, Credentials::from_env()?)
    }

    /// Settings other than the defaults, for a registry on a server.
    #[cfg(feature = "remote")]
    pub fn connect_options() -> ConnectOptions {
        ConnectOptions::default()
    }

    #[cfg(feature = "remote")]
    pub(crate) fn on(backend: Backend) -> Self {
        Self { backend, control: Control::new(), force: false, consent: None }
    }

    /// A registry on the same store whose calls can be cancelled, bounded in time, or watched. It
    /// takes the place of an earlier control.
    pub fn with(&self, control: Control) -> Self {
        Self { control, ..self.clone() }
    }

    /// A registry on the same store that adds recordings to an enrollment whoever speaks in them.
    pub fn forced(&self) -> Self {
        Self { force: true, ..self.clone() }
    }

    /// A registry on the same store that keeps this consent with those whom it enrolls.
    pub fn with_consent(&self, consent: ConsentRecord) -> Self {
        Self { consent: Some(Arc::new(consent)), ..self.clone() }
    }

    /// Measures a recording and says whether it would be enrolled. Changes nothing.
    ///
    /// # Errors
    /// `recording_*` where it cannot be read at all, `io_failed`. Faults such as noise are in
    /// [`Inspection::problems`].
    pub async fn inspect(&self, recording: Recording) -> Result<Inspection> {
        self.backend.run(Inspect(recording), &self.control).await
    }

    /// Enrolls a speaker: creates the enrollment, or adds to the one there is.
    ///
    /// Each recording is inspected; those with too little speech are refused, the others are
    /// added together. Two callers who enroll the same new id at once both succeed.
    ///
    /// # Errors
    /// `recording_refused` where not one recording was accepted, `model_mismatch`, what
    /// [`inspect`](Self::inspect) returns, `store_*`. Nothing is changed then.
    pub async fn enroll(&self, id: &SpeakerId, recordings: impl Into<Recordings>) -> Result<Enrollment> {
        self.write(id, Write::Either, recordings.into()).await
    }

    /// Enrolls a new speaker.
    ///
    /// # Errors
    /// `speaker_exists` where the id is enrolled, and what [`enroll`](Self::enroll) returns.
    pub async fn create(&self, id: &SpeakerId, recordings: impl Into<Recordings>) -> Result<Enrollment> {
        self.write(id, Write::Create, recordings.into()).await
    }

    /// Adds speech to an enrollment.
    ///
    /// # Errors
    /// `speaker_not_found` where the id is not enrolled, and what [`enroll`](Self::enroll) returns.
    pub async fn update(&self, id: &SpeakerId, recordings: impl Into<Recordings>) -> Result<Enrollment> {
        self.write(id, Write::Update, recordings.into()).await
    }

    /// What is on the roll for a speaker.
    ///
    /// # Errors
    /// `speaker_not_found`, `store_*`.
    pub async fn get(&self, id: &SpeakerId) -> Result<Enrollment> {
        self.backend.run(Get(id.clone()), &self.control).await
    }

    /// One page of the roll, in the order of the ids: complete enrollments, or all of them.
    ///
    /// Who goes from page to page by [`Page::next_after`] sees each speaker who is there throughout once, whoever is
    /// added or deleted meanwhile.
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

    /// Deletes a speaker and all that is stored of the voice.
    ///
    /// What was stored is overwritten before this returns, unless somebody reads the store at that
    /// moment for longer than a second; then the next change overwrites it, by whichever process, or
    /// the next opening, or one of the next calls that only read.
    ///
    /// # Errors
    /// `speaker_not_found` where the id was never enrolled, `speaker_deleted` where it was deleted
    /// before, `store_*`.
    pub async fn delete(&self, id: &SpeakerId) -> Result<()> {
        self.backend.run(Delete(id.clone()), &self.control).await
    }

    /// Takes one recording off the roll, by its [`Sample::id`](crate::Sample::id), and makes the
    /// enrollment anew from the others.
    ///
    /// # Errors
    /// `speaker_not_found`, `sample_not_found`, `store_*`.
    pub async fn remove_sample(&self, id: &SpeakerId, sample: i64) -> Result<Enrollment> {
        self.backend.run(RemoveSample(id.clone(), sample), &self.control).await
    }

    /// Cuts the stretch with the most continuous speech, at most 30 s, out of a recording, as
    /// 16 kHz mono WAV, for services that take no more.
    ///
    /// # Errors
    /// `recording_refused` where there is no speech, and what [`inspect`](Self::inspect) returns.
    pub async fn prepare(&self, recording: Recording) -> Result<Prepared> {
        self.backend.run(Prepare(recording), &self.control).await
    }

    /// Whether a recording is of an enrolled speaker: match, no match, undecided, or too little
    /// speech to tell.
    ///
    /// The voice of another person passes at the rate that the options state, one in a hundred
    /// unless told otherwise; [`Verification::confidence`] and `llr` say how sure it is.
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
    /// `speaker_not_found`, `speaker_incomplete`, `model_mismatch`, `calibration_missing` with a
    /// network of your own, and what [`inspect`](Self::inspect) returns.
    pub async fn verify(&self, id: &SpeakerId, recording: Recording) -> Result<Verification> {
        self.backend.run(Verify(id.clone(), recording), &self.control).await
    }

    /// The model that this registry makes voiceprints with.
    ///
    /// # Errors
    /// `internal`.
    pub async fn model(&self) -> Result<String> {
        Ok(self.backend.run(Models, &self.control).await?.0)
    }

    /// Who was enrolled with another model than this registry's, and with which: as no audio is
    /// kept, these must come back and be enrolled again.
    ///
    /// # Errors
    /// `store_*`.
    pub async fn enrolled_otherwise(&self) -> Result<Vec<(SpeakerId, String)>> {
        Ok(self.backend.run(Models, &self.control).await?.1)
    }

    /// Says how many people speak in a recording, and who from when to when, one at a time.
    ///
    /// Voices are told apart by their sound alone; those of the roll are named where
    /// [`DiarizeOptions::known`] asks for it, the others are `speaker_1`, `speaker_2` and so on.
    /// Where two speak at once, one of them is heard. A recording without speech has no speakers.
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

    /// Says where in a recording speakers of the roll speak, and where others do.
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
    /// `speaker_not_found`, `speaker_incomplete` or `model_mismatch` for a speaker who was asked
    /// for, before the recording is read; `invalid_option` where nobody was; `recording_*`,
    /// `io_failed`, `store_*`.
    pub async fn identify(&self, recording: Recording, speakers: impl Into<Candidates>) -> Result<Identification> {
        self.backend.run(Identify(recording, speakers.into()), &self.control).await
    }

    /// Ends the session on the server; the next call logs in again. A server allows few sessions at once,
    /// and one that is not ended lasts until it runs out. Where the server cannot be reached, it is
    /// forgotten here all the same.
    ///
    /// # Errors
    /// `internal`.
    #[cfg(feature = "remote")]
    pub async fn log_out(&self) -> Result<()> {
        self.backend.run(LogOut, &self.control).await
    }

    /// Has the server fetch a recording and listen to it; the job's id.
    ///
    /// # Errors
    /// `not_supported` where the registry is not on a server; `speaker_not_found`, `speaker_incomplete`,
    /// `request_refused` where the server does not take it on.
    #[cfg(feature = "remote")]
    pub async fn submit(&self, request: JobRequest) -> Result<String> {
        self.backend.run(Submit(request), &self.control).await
    }

    /// How a job stands.
    ///
    /// # Errors
    /// `job_not_found`; `not_supported` where the registry is not on a server.
    #[cfg(feature = "remote")]
    pub async fn job(&self, id: &str) -> Result<Job> {
        self.backend.run(GetJob(id.to_owned()), &self.control).await
    }

    /// Waits until a job is done, looking after it less and less often. Bound the wait with
    /// [`Control::timeout`].
    ///
    /// # Errors
    /// `job_failed`, or the error's own code where the server is Voiceroll's; as for [`job`](Self::job).
    #[cfg(feature = "remote")]
    pub async fn wait(&self, id: &str) -> Result<JobResult> {
        self.backend.run(WaitForJob(id.to_owned()), &self.control).await
    }

    /// Says who spoke when in a recorded call, with names: has the server fetch the recording that the
    /// record names, and listen for those whom it names.
    ///
    /// The recording is asked for with the registry's own token where it is on the same server, or where
    /// both are the old platform's; any other address must be open to the server as it is, or hold a token
    /// (see [`CallRecord::with_content_uri`]).
    ///
    /// # Errors
    /// `not_supported` where the registry is not on a server; `invalid_option` for a call that was not
    /// recorded; as for [`wait`](Self::wait).
    #[cfg(feature = "remote")]
    pub async fn identify_call(&self, record: &CallRecord) -> Result<CallIdentification> {
        self.backend.run(IdentifyCall(record.clone(), None), &self.control).await
    }

    /// The same for a recording of the call that is at hand.
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
        work: impl Fn(&Embedded, &Control) -> Result<T> + Send + Sync + 'static,
    ) -> Result<T> {
        self.backend.run(Here(work), &self.control).await
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

/// How a registry is opened.
#[derive(Debug, Clone, Default)]
#[must_use = "options do nothing until `open` is called"]
pub struct RegistryOptions {
    pub(crate) limits: Limits,
    pub(crate) model: Option<PathBuf>,
    pub(crate) calibration: Option<Calibration>,
    pub(crate) false_accept_rate: Option<f64>,
    pub(crate) access: Opening,
    pub(crate) protection: Protection,
    pub(crate) terms: Terms,
    pub(crate) audit: Option<PathBuf>,
    pub(crate) actor: Option<String>,
}

/// How the store of a registry is opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Opening {
    As(Access),
    /// For writing if that can be, else for reading; never made.
    #[cfg_attr(not(feature = "cli"), allow(dead_code, reason = "commands look"))]
    ToLook,
}

impl Default for Opening {
    fn default() -> Self {
        Self::As(Access::Create)
    }
}

impl RegistryOptions {
    /// What a recording may cost; see [`Limits`] for the defaults.
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// Takes this speaker network: `compact`, `campplus`, or one of your own. Where none is named, the
    /// environment variable `VOICEROLL_MODEL` may name one; else it is the one that the store was made
    /// with, or the most accurate one installed.
    ///
    /// A network of your own is an ONNX file whose metadata describe its front end as
    /// sherpa-onnx wants it; the reference lists the keys. Voiceprints of two networks cannot be
    /// mixed. Without a [`calibration`](Self::calibration) it enrolls, but recognises nobody.
    pub fn model(mut self, path: impl Into<PathBuf>) -> Self {
        self.model = Some(path.into());
        self
    }

    /// Takes a calibration made by [`trials::calibrate`](crate::trials::calibrate) on recordings
    /// like yours, in place of the built-in one.
    pub fn calibration(mut self, calibration: Calibration) -> Self {
        self.calibration = Some(calibration);
        self
    }

    /// Opens the store for reading alone: a backup, or one in a folder or on a disk that cannot be written. Nothing is
    /// written beside it either; whatever would change the roll fails with `store_read_only`. Where there is no store,
    /// `open` fails with `store_missing`.
    pub fn read_only(mut self, read_only: bool) -> Self {
        self.access = Opening::As(if read_only { Access::Read } else { Access::Create });
        self
    }

    /// Opens a store that must be there: where there is none, `open` fails with `store_missing` in place of making one.
    pub fn existing(mut self) -> Self {
        self.access = Opening::As(Access::Existing);
        self
    }

    /// For a command that only looks: see [`Opening::ToLook`].
    #[cfg(feature = "cli")]
    pub(crate) fn look_only(mut self) -> Self {
        self.access = Opening::ToLook;
        self
    }

    /// Where the key of the store comes from. Default: [`KeySource::from_env`].
    ///
    /// Whoever loses the key loses the voices: nobody can read them any more.
    pub fn key(mut self, source: KeySource) -> Self {
        self.protection.source = Some(source);
        self
    }

    /// Whether the store is encrypted. Where nothing is said, a new store and one that an earlier version made are; a
    /// store that was made with `encrypted(false)` stays as it is until it is opened with `encrypted(true)`, and one that
    /// is encrypted stays encrypted.
    pub fn encrypted(mut self, encrypted: bool) -> Self {
        self.protection.encrypted = Some(encrypted);
        self
    }

    /// Keeps an audit trail in this folder: every change and every request to recognise somebody, in files that only grow
    /// and whose lines hang together ([`Registry::verify_audit`]). Where it cannot be written nothing is changed and nobody
    /// is recognised (`audit_failed`). Default: none.
    pub fn audit(mut self, folder: impl Into<PathBuf>) -> Self {
        self.audit = Some(folder.into());
        self
    }

    /// Who is named in the audit trail, at most 256 characters. Default: the user of the operating system.
    pub fn actor(mut self, actor: impl Into<String>) -> Self {
        self.actor = Some(actor.into());
        self
    }

    /// Asks for consent: without a valid [`ConsentRecord`] nobody is enrolled or recognised (`consent_missing`). Default:
    /// no.
    pub fn require_consent(mut self, require: bool) -> Self {
        self.terms.require_consent = require;
        self
    }

    /// How often the voice of another person may pass, as a share between 0 and 1. Default: 0.01.
    pub fn false_accept_rate(mut self, share: f64) -> Self {
        self.false_accept_rate = Some(share);
        self
    }

    /// Opens a store file, and makes it where there is none.
    ///
    /// # Errors
    /// As for [`Registry::open`]; `invalid_option` for a limit or a rate out of range;
    /// `model_invalid` for a network that cannot be used, `model_mismatch` for a calibration of
    /// another model.
    pub fn open(self, path: impl AsRef<Path>) -> Result<Registry> {
        let backend = Embedded::open(path.as_ref(), self)?;
        Ok(Registry {
            backend: Backend::Embedded(Arc::new(backend)),
            control: Control::new(),
            force: false,
            consent: None,
        })
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

    pub(crate) fn parts(self) -> (Backend, Control, bool, Option<Arc<ConsentRecord>>) {
        (self.backend, self.control, self.force, self.consent)
    }
}
