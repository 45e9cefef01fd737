//! The roll of enrolled speakers, for async callers.

use std::future::Future;
use std::path::Path;
use std::sync::Arc;

use crate::embedded::Embedded;
use crate::error::Result;
use crate::jobs::{self, Lane};
use crate::store::Write;
use crate::{
    CancelToken, Candidates, Control, Diarization, DiarizeOptions, Enrollment, Identification, Inspection, Limits,
    ListOptions, Page, Prepared, Recording, Recordings, SpeakerId,
};

/// The roll of enrolled speakers, kept here in an embedded store with the built-in engine.
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
    backend: Arc<Embedded>,
    control: Control,
}

impl Registry {
    /// Opens a store file, and makes it where there is none.
    ///
    /// # Errors
    /// `store_failed`, `store_busy`, `store_damaged`, `store_newer`.
    pub fn open(path: impl AsRef<Path>) -> Result<Self> {
        Self::options().open(path)
    }

    /// Settings other than the defaults.
    pub fn options() -> RegistryOptions {
        RegistryOptions::default()
    }

    /// A registry on the same store whose calls can be cancelled, bounded in time, or watched. It
    /// takes the place of an earlier control. Waiting for another writer, at most 10 s, is not
    /// interrupted.
    pub fn with(&self, control: Control) -> Self {
        Self { backend: Arc::clone(&self.backend), control }
    }

    /// Measures a recording and says whether it would be enrolled. Changes nothing.
    ///
    /// # Errors
    /// `recording_*` where it cannot be read at all, `io_failed`. Faults such as noise are in
    /// [`Inspection::problems`].
    pub async fn inspect(&self, recording: Recording) -> Result<Inspection> {
        self.job(Lane::Heavy, move |backend, control| backend.inspect(&recording, control)).await
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
        let id = id.clone();
        self.job(Lane::Quick, move |backend, _| backend.get(&id)).await
    }

    /// One page of the roll, in the order of the ids: complete enrollments, or all of them.
    ///
    /// # Errors
    /// `invalid_option` for a page 0 or a page size outside 1 to 1000, `store_*`.
    pub async fn list(&self, options: ListOptions) -> Result<Page> {
        self.job(Lane::Quick, move |backend, _| backend.list(options)).await
    }

    /// Deletes a speaker and all that is stored of the voice.
    ///
    /// What was stored is overwritten before this returns, unless another process reads the store
    /// at that moment; then the next change overwrites it, or whoever closes the store last.
    ///
    /// # Errors
    /// `speaker_not_found` where the id was never enrolled, `speaker_deleted` where it was deleted
    /// before, `store_*`.
    pub async fn delete(&self, id: &SpeakerId) -> Result<()> {
        let id = id.clone();
        self.job(Lane::Quick, move |backend, _| backend.delete(&id)).await
    }

    /// Takes one recording off the roll, by its [`Sample::id`](crate::Sample::id), and makes the
    /// enrollment anew from the others.
    ///
    /// # Errors
    /// `speaker_not_found`, `sample_not_found`, `store_*`.
    pub async fn remove_sample(&self, id: &SpeakerId, sample: i64) -> Result<Enrollment> {
        let id = id.clone();
        self.job(Lane::Quick, move |backend, _| backend.remove_sample(&id, sample)).await
    }

    /// Cuts the stretch with the most continuous speech, at most 30 s, out of a recording, as
    /// 16 kHz mono WAV, for services that take no more.
    ///
    /// # Errors
    /// `recording_refused` where there is no speech, and what [`inspect`](Self::inspect) returns.
    pub async fn prepare(&self, recording: Recording) -> Result<Prepared> {
        self.job(Lane::Heavy, move |backend, control| backend.prepare(&recording, control)).await
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
        self.job(Lane::Heavy, move |backend, control| backend.diarize(&recording, &options, control)).await
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
        let speakers = speakers.into();
        self.job(Lane::Heavy, move |backend, control| backend.identify(&recording, &speakers, control)).await
    }

    async fn write(&self, id: &SpeakerId, write: Write, recordings: Recordings) -> Result<Enrollment> {
        let id = id.clone();
        self.job(Lane::Heavy, move |backend, control| backend.write(&id, write, &recordings, control)).await
    }

    fn job<T: Send + 'static>(
        &self,
        lane: Lane,
        work: impl FnOnce(&Embedded, &Control) -> Result<T> + Send + 'static,
    ) -> impl Future<Output = Result<T>> + Send {
        let backend = Arc::clone(&self.backend);
        let control = self.control.clone();
        async move {
            let abandoned = CancelOnDrop(CancelToken::new());
            let control = control.started().cancel_with(&abandoned.0);
            jobs::run(lane, move || {
                control.check()?;
                work(&backend, &control)
            })
            .await
        }
    }
}

impl std::fmt::Debug for Registry {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Registry").field("control", &self.control).finish_non_exhaustive()
    }
}

/// Stops the work of a future that was dropped before it was done.
struct CancelOnDrop(CancelToken);

impl Drop for CancelOnDrop {
    fn drop(&mut self) {
        self.0.cancel();
    }
}

/// How a registry is opened.
#[derive(Debug, Clone, Default)]
#[must_use = "options do nothing until `open` is called"]
pub struct RegistryOptions {
    limits: Limits,
}

impl RegistryOptions {
    /// What a recording may cost; see [`Limits`] for the defaults.
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// Opens a store file, and makes it where there is none.
    ///
    /// # Errors
    /// As for [`Registry::open`], and `invalid_option` for a limit that is no positive number.
    pub fn open(self, path: impl AsRef<Path>) -> Result<Registry> {
        let backend = Embedded::open(path.as_ref(), self.limits)?;
        Ok(Registry { backend: Arc::new(backend), control: Control::new() })
    }
}

/// The parts of a registry that its blocking twin needs.
impl Registry {
    pub(crate) fn parts(self) -> (Arc<Embedded>, Control) {
        (self.backend, self.control)
    }
}
