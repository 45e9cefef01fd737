//! What stands behind a registry: a store here, or a server. Each verb says once how either does it.

use std::future::Future;
use std::sync::Arc;

use crate::embedded::Embedded;
use crate::error::Result;
#[cfg(feature = "remote")]
use crate::error::{Code, Error};
use crate::jobs::{self, Lane, guarded};
#[cfg(feature = "remote")]
use crate::remote::Remote;
use crate::store::Write;
#[cfg(feature = "remote")]
use crate::{CallIdentification, CallRecord, Job, JobRequest, JobResult};
use crate::{
    CancelToken, Candidates, ConsentRecord, Control, Diarization, DiarizeOptions, Enrollment, Identification,
    Inspection, ListOptions, Page, Prepared, Recording, Recordings, SpeakerId, Verification,
};

#[derive(Clone)]
pub(crate) enum Backend {
    Embedded(Arc<Embedded>),
    #[cfg(feature = "remote")]
    Remote(Arc<Remote>),
}

/// Something that can be asked of a registry.
pub(crate) trait Verb: Send + Sync + 'static {
    type Answer: Send + 'static;
    /// Which threads do it here.
    const LANE: Lane = Lane::Quick;

    fn here(&self, embedded: &Embedded, control: &Control) -> Result<Self::Answer>;

    #[cfg(feature = "remote")]
    fn there(&self, remote: &Remote, control: &Control) -> impl Future<Output = Result<Self::Answer>> + Send;
}

impl Backend {
    /// Does it without holding up the caller's runtime; stops when the future is dropped.
    pub(crate) fn run<V: Verb>(
        &self,
        verb: V,
        control: &Control,
    ) -> impl Future<Output = Result<V::Answer>> + Send + use<V> {
        let (backend, control) = (self.clone(), control.clone());
        async move {
            let control = control.started();
            match backend {
                Self::Embedded(embedded) => {
                    let abandoned = CancelOnDrop(CancelToken::new());
                    let control = control.cancel_with(&abandoned.0);
                    jobs::run(V::LANE, move || {
                        control.check()?;
                        verb.here(&embedded, &control)
                    })
                    .await
                }
                #[cfg(feature = "remote")]
                Self::Remote(remote) => crate::remote::run(remote, verb, control).await,
            }
        }
    }

    /// Does it in the calling thread.
    pub(crate) fn wait<V: Verb>(&self, verb: V, control: &Control) -> Result<V::Answer> {
        let control = control.started();
        match self {
            Self::Embedded(embedded) => guarded(|| {
                control.check()?;
                verb.here(embedded, &control)
            }),
            #[cfg(feature = "remote")]
            Self::Remote(remote) => jobs::wait(crate::remote::run(Arc::clone(remote), verb, control)),
        }
    }
}

/// Stops the work of a future that was dropped before it was done.
pub(crate) struct CancelOnDrop(pub(crate) CancelToken);

impl Drop for CancelOnDrop {
    fn drop(&mut self) {
        self.0.cancel();
    }
}

pub(crate) struct Inspect(pub(crate) Recording);

impl Verb for Inspect {
    type Answer = Inspection;
    const LANE: Lane = Lane::Heavy;

    fn here(&self, embedded: &Embedded, control: &Control) -> Result<Inspection> {
        embedded.inspect(&self.0, control)
    }

    #[cfg(feature = "remote")]
    async fn there(&self, remote: &Remote, control: &Control) -> Result<Inspection> {
        remote.inspect(&self.0, control).await
    }
}

pub(crate) struct Prepare(pub(crate) Recording);

impl Verb for Prepare {
    type Answer = Prepared;
    const LANE: Lane = Lane::Heavy;

    fn here(&self, embedded: &Embedded, control: &Control) -> Result<Prepared> {
        embedded.prepare(&self.0, control)
    }

    #[cfg(feature = "remote")]
    async fn there(&self, remote: &Remote, control: &Control) -> Result<Prepared> {
        remote.prepare(&self.0, control).await
    }
}

pub(crate) struct Enroll {
    pub(crate) id: SpeakerId,
    pub(crate) write: Write,
    pub(crate) recordings: Recordings,
    pub(crate) force: bool,
    pub(crate) consent: Option<Arc<ConsentRecord>>,
}

impl Verb for Enroll {
    type Answer = Enrollment;
    const LANE: Lane = Lane::Heavy;

    fn here(&self, embedded: &Embedded, control: &Control) -> Result<Enrollment> {
        embedded.write(self, control)
    }

    #[cfg(feature = "remote")]
    async fn there(&self, remote: &Remote, control: &Control) -> Result<Enrollment> {
        if self.consent.is_some() {
            return Err(Error::new(Code::NotSupported, "this registry is on a server, which takes no consent records"));
        }
        remote.write(&self.id, self.write, &self.recordings, self.force, control).await
    }
}

pub(crate) struct Get(pub(crate) SpeakerId);

impl Verb for Get {
    type Answer = Enrollment;

    fn here(&self, embedded: &Embedded, _: &Control) -> Result<Enrollment> {
        embedded.get(&self.0)
    }

    #[cfg(feature = "remote")]
    async fn there(&self, remote: &Remote, control: &Control) -> Result<Enrollment> {
        remote.get(&self.0, control).await
    }
}

pub(crate) struct List(pub(crate) ListOptions);

impl Verb for List {
    type Answer = Page;

    fn here(&self, embedded: &Embedded, _: &Control) -> Result<Page> {
        embedded.list(&self.0)
    }

    #[cfg(feature = "remote")]
    async fn there(&self, remote: &Remote, control: &Control) -> Result<Page> {
        remote.list(&self.0, control).await
    }
}

pub(crate) struct Delete(pub(crate) SpeakerId);

impl Verb for Delete {
    type Answer = ();

    fn here(&self, embedded: &Embedded, control: &Control) -> Result<()> {
        embedded.delete(&self.0, control)
    }

    #[cfg(feature = "remote")]
    async fn there(&self, remote: &Remote, control: &Control) -> Result<()> {
        remote.delete(&self.0, control).await
    }
}

pub(crate) struct RemoveSample(pub(crate) SpeakerId, pub(crate) i64);

impl Verb for RemoveSample {
    type Answer = Enrollment;

    fn here(&self, embedded: &Embedded, control: &Control) -> Result<Enrollment> {
        embedded.remove_sample(&self.0, self.1, control)
    }

    #[cfg(feature = "remote")]
    async fn there(&self, remote: &Remote, control: &Control) -> Result<Enrollment> {
        remote.remove_sample(&self.0, self.1, control).await
    }
}

pub(crate) struct Verify(pub(crate) SpeakerId, pub(crate) Recording);

impl Verb for Verify {
    type Answer = Verification;
    const LANE: Lane = Lane::Heavy;

    fn here(&self, embedded: &Embedded, control: &Control) -> Result<Verification> {
        embedded.verify(&self.0, &self.1, control)
    }

    #[cfg(feature = "remote")]
    async fn there(&self, remote: &Remote, control: &Control) -> Result<Verification> {
        remote.verify(&self.0, &self.1, control).await
    }
}

pub(crate) struct Identify(pub(crate) Recording, pub(crate) Candidates);

impl Verb for Identify {
    type Answer = Identification;
    const LANE: Lane = Lane::Heavy;

    fn here(&self, embedded: &Embedded, control: &Control) -> Result<Identification> {
        embedded.identify(&self.0, &self.1, control)
    }

    #[cfg(feature = "remote")]
    async fn there(&self, remote: &Remote, control: &Control) -> Result<Identification> {
        remote.identify(&self.0, &self.1, control).await
    }
}

pub(crate) struct Diarize(pub(crate) Recording, pub(crate) DiarizeOptions);

impl Verb for Diarize {
    type Answer = Diarization;
    const LANE: Lane = Lane::Heavy;

    fn here(&self, embedded: &Embedded, control: &Control) -> Result<Diarization> {
        embedded.diarize(&self.0, &self.1, control)
    }

    #[cfg(feature = "remote")]
    async fn there(&self, remote: &Remote, control: &Control) -> Result<Diarization> {
        remote.diarize(&self.0, &self.1, control).await
    }
}

/// Ends the session on a server; a registry that is kept here has none.
#[cfg(feature = "remote")]
pub(crate) struct LogOut;

#[cfg(feature = "remote")]
impl Verb for LogOut {
    type Answer = ();

    fn here(&self, _: &Embedded, _: &Control) -> Result<()> {
        Ok(())
    }

    async fn there(&self, remote: &Remote, _: &Control) -> Result<()> {
        remote.log_out().await
    }
}

/// Something that a server alone does: it fetches recordings by itself.
#[cfg(feature = "remote")]
fn on_a_server(instead: &str) -> Error {
    Error::new(
        Code::NotSupported,
        format!("this registry is not on a server, which could fetch a recording; {instead}"),
    )
}

#[cfg(feature = "remote")]
pub(crate) struct Submit(pub(crate) JobRequest);

#[cfg(feature = "remote")]
impl Verb for Submit {
    type Answer = String;

    fn here(&self, _: &Embedded, _: &Control) -> Result<String> {
        Err(on_a_server("call `identify` or `diarize` with the recording"))
    }

    async fn there(&self, remote: &Remote, control: &Control) -> Result<String> {
        remote.submit(&self.0, control).await
    }
}

#[cfg(feature = "remote")]
pub(crate) struct GetJob(pub(crate) String);

#[cfg(feature = "remote")]
impl Verb for GetJob {
    type Answer = Job;

    fn here(&self, _: &Embedded, _: &Control) -> Result<Job> {
        Err(on_a_server("there are no jobs here"))
    }

    async fn there(&self, remote: &Remote, control: &Control) -> Result<Job> {
        remote.job(&self.0, control).await
    }
}

#[cfg(feature = "remote")]
pub(crate) struct WaitForJob(pub(crate) String);

#[cfg(feature = "remote")]
impl Verb for WaitForJob {
    type Answer = JobResult;

    fn here(&self, _: &Embedded, _: &Control) -> Result<JobResult> {
        Err(on_a_server("there are no jobs here"))
    }

    async fn there(&self, remote: &Remote, control: &Control) -> Result<JobResult> {
        remote.wait(&self.0, control).await
    }
}

#[cfg(feature = "remote")]
pub(crate) struct IdentifyCall(pub(crate) CallRecord, pub(crate) Option<Recording>);

#[cfg(feature = "remote")]
impl Verb for IdentifyCall {
    type Answer = CallIdentification;
    const LANE: Lane = Lane::Heavy;

    fn here(&self, embedded: &Embedded, control: &Control) -> Result<CallIdentification> {
        let Self(record, recording) = self;
        let recording = recording.as_ref().ok_or_else(|| match record.content_uri {
            Some(_) => on_a_server("fetch it and give it beside the record"),
            None => crate::remote::not_recorded(),
        })?;
        embedded.identify_call(record, recording, control)
    }

    async fn there(&self, remote: &Remote, control: &Control) -> Result<CallIdentification> {
        remote.identify_call(&self.0, self.1.as_ref(), control).await
    }
}

/// The model of the voiceprints, and who was enrolled with another.
pub(crate) struct Models;

impl Verb for Models {
    type Answer = (String, Vec<(SpeakerId, String)>);

    fn here(&self, embedded: &Embedded, _: &Control) -> Result<Self::Answer> {
        Ok((embedded.engine()?.model().to_owned(), embedded.enrolled_otherwise()?))
    }

    #[cfg(feature = "remote")]
    async fn there(&self, remote: &Remote, control: &Control) -> Result<Self::Answer> {
        remote.models(control).await
    }
}

/// What is done where the store is, and by no server for others.
pub(crate) struct Here<F>(pub(crate) F);

impl<T, F> Verb for Here<F>
where
    T: Send + 'static,
    F: Fn(&Embedded, &Control) -> Result<T> + Send + Sync + 'static,
{
    type Answer = T;

    fn here(&self, embedded: &Embedded, control: &Control) -> Result<T> {
        (self.0)(embedded, control)
    }

    #[cfg(feature = "remote")]
    async fn there(&self, _: &Remote, _: &Control) -> Result<T> {
        Err(Error::new(
            Code::NotSupported,
            "this registry is on a server, and this is done where its stores are; use `voiceroll` on that machine",
        ))
    }
}
