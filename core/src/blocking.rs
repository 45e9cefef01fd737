//! The same registry for callers without async, and what needs no registry at all.
//!
//! The work is done in the calling thread.
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

use crate::backend::{
    Backend, Delete, Diarize, Enroll, Get, Here, Identify, Inspect, List, Models, Prepare, RemoveSample, Verb, Verify,
};
#[cfg(feature = "remote")]
use crate::backend::{GetJob, IdentifyCall, LogOut, Submit, WaitForJob};
use crate::embedded::{self, Embedded};
use crate::error::Result;
use crate::jobs::guarded;
use crate::models::Choice;
use crate::store::Write;
#[cfg(feature = "remote")]
use crate::{CallIdentification, CallRecord, Credentials, Job, JobRequest, JobResult};
use crate::{
    Candidates, ConsentRecord, Control, Diarization, DiarizeOptions, Enrollment, Identification, Inspection, Limits,
    ListOptions, Page, Prepared, Recording, Recordings, SpeakerId, Verification,
};

/// Measures a recording and says whether it would be enrolled.
///
/// ```
/// use voiceroll::{Control, Limits, Recording};
///
/// let recording = Recording::from_path("../tests/audio/fault-clipped.mp3");
/// let found = voiceroll::blocking::inspect(&recording, &Limits::default(), &Control::new())?;
/// assert_eq!(found.container, "mp3");
/// assert!(found.problem(voiceroll::ProblemCode::Clipped).is_some());
/// # Ok::<(), voiceroll::Error>(())
/// ```
///
/// # Errors
/// As for [`Registry::inspect`](crate::Registry::inspect).
pub fn inspect(recording: &Recording, limits: &Limits, control: &Control) -> Result<Inspection> {
    guarded(|| embedded::inspect(&*Choice::preferred()?.load()?, recording, &limits.checked()?, &control.started()))
}

/// Cuts the best stretch out of a recording.
///
/// # Errors
/// As for [`Registry::prepare`](crate::Registry::prepare).
pub fn prepare(recording: &Recording, limits: &Limits, control: &Control) -> Result<Prepared> {
    guarded(|| embedded::prepare(recording, &limits.checked()?, &control.started()))
}

/// The roll of enrolled speakers. Each method does what its namesake of
/// [`voiceroll::Registry`](crate::Registry) does, with the same errors.
#[derive(Clone)]
pub struct Registry {
    backend: Backend,
    control: Control,
    force: bool,
    consent: Option<Arc<ConsentRecord>>,
}

impl Registry {
    /// Opens a store file, and makes it where there is none.
    pub fn open(path: impl AsRef<Path>) -> Result<Self> {
        crate::Registry::open(path).map(Self::from)
    }

    /// A registry on the same store whose calls can be cancelled, bounded in time, or watched.
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
    pub fn inspect(&self, recording: &Recording) -> Result<Inspection> {
        self.run(Inspect(recording.clone()))
    }

    /// Enrolls a speaker: creates the enrollment, or adds to the one there is.
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

    /// What is on the roll for a speaker.
    pub fn get(&self, id: &SpeakerId) -> Result<Enrollment> {
        self.run(Get(id.clone()))
    }

    /// One page of the roll, in the order of the ids.
    pub fn list(&self, options: ListOptions) -> Result<Page> {
        self.run(List(options))
    }

    /// Deletes a speaker and all that is stored of the voice.
    pub fn delete(&self, id: &SpeakerId) -> Result<()> {
        self.run(Delete(id.clone()))
    }

    /// Takes one recording off the roll.
    pub fn remove_sample(&self, id: &SpeakerId, sample: i64) -> Result<Enrollment> {
        self.run(RemoveSample(id.clone(), sample))
    }

    /// Cuts the best stretch out of a recording.
    pub fn prepare(&self, recording: &Recording) -> Result<Prepared> {
        self.run(Prepare(recording.clone()))
    }

    /// Whether a recording is of an enrolled speaker.
    pub fn verify(&self, id: &SpeakerId, recording: &Recording) -> Result<Verification> {
        self.run(Verify(id.clone(), recording.clone()))
    }

    /// The model that this registry makes voiceprints with.
    pub fn model(&self) -> Result<String> {
        Ok(self.run(Models)?.0)
    }

    /// Who was enrolled with another model than this registry's, and with which.
    pub fn enrolled_otherwise(&self) -> Result<Vec<(SpeakerId, String)>> {
        Ok(self.run(Models)?.1)
    }

    /// Says how many people speak in a recording, and who from when to when.
    pub fn diarize(&self, recording: &Recording, options: &DiarizeOptions) -> Result<Diarization> {
        self.run(Diarize(recording.clone(), options.clone()))
    }

    /// Says where in a recording speakers of the roll speak, and where others do.
    pub fn identify(&self, recording: &Recording, speakers: impl Into<Candidates>) -> Result<Identification> {
        self.run(Identify(recording.clone(), speakers.into()))
    }

    /// A registry that is kept on a server of the old contract.
    #[cfg(feature = "remote")]
    pub fn connect(url: &str, credentials: Credentials) -> Result<Self> {
        crate::Registry::connect(url, credentials).map(Self::from)
    }

    /// Ends the session on the server; the next call logs in again.
    #[cfg(feature = "remote")]
    pub fn log_out(&self) -> Result<()> {
        self.run(LogOut)
    }

    /// Has the server fetch a recording and listen to it; the job's id.
    #[cfg(feature = "remote")]
    pub fn submit(&self, request: JobRequest) -> Result<String> {
        self.run(Submit(request))
    }

    /// How a job stands.
    #[cfg(feature = "remote")]
    pub fn job(&self, id: &str) -> Result<Job> {
        self.run(GetJob(id.to_owned()))
    }

    /// Waits until a job is done.
    #[cfg(feature = "remote")]
    pub fn wait(&self, id: &str) -> Result<JobResult> {
        self.run(WaitForJob(id.to_owned()))
    }

    /// Says who spoke when in a recorded call, with names.
    #[cfg(feature = "remote")]
    pub fn identify_call(&self, record: &CallRecord) -> Result<CallIdentification> {
        self.run(IdentifyCall(record.clone(), None))
    }

    /// The same for a recording of the call that is at hand.
    #[cfg(feature = "remote")]
    pub fn identify_call_in(&self, record: &CallRecord, recording: &Recording) -> Result<CallIdentification> {
        self.run(IdentifyCall(record.clone(), Some(recording.clone())))
    }

    /// Where the key of the store is.
    #[cfg(feature = "cli")]
    pub(crate) fn key_place(&self) -> Result<crate::store::KeyPlace> {
        self.here(|embedded, _| embedded.store.key_place())
    }

    /// Does what only the place of the store can do.
    pub(crate) fn here<T: Send + 'static>(
        &self,
        work: impl Fn(&Embedded, &Control) -> Result<T> + Send + Sync + 'static,
    ) -> Result<T> {
        self.run(Here(work))
    }

    fn write(&self, id: &SpeakerId, write: Write, recordings: Recordings) -> Result<Enrollment> {
        let consent = self.consent.clone();
        self.run(Enroll { id: id.clone(), write, recordings, force: self.force, consent })
    }

    fn run<V: Verb>(&self, verb: V) -> Result<V::Answer> {
        self.backend.wait(verb, &self.control)
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
