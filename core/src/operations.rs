//! Each operation of a registry once: how a store here does it, and how a server.

use std::future::Future;
use std::sync::Arc;

use crate::embedded::Embedded;
#[cfg(feature = "remote")]
use crate::remote::Remote;
#[cfg(feature = "remote")]
use crate::runtime::network;
use crate::runtime::workers::{self, Lane, guarded};
use crate::types::call_options::CancelOnDrop;
#[cfg(feature = "remote")]
use crate::types::call_record::not_recorded;
pub(crate) use crate::types::enrollment::Enroll;
use crate::types::error::Result;
#[cfg(feature = "remote")]
use crate::types::error::{Code, Error};
#[cfg(feature = "remote")]
use crate::{CallIdentification, CallRecord, Job, JobId, JobRequest, JobResult};
use crate::{
    CallOptions, CancelToken, Candidates, ConsentRecord, ConsentState, Diarization, DiarizeOptions, Enrollment, Export,
    Identification, Inspection, ListOptions, Page, Prepared, Recording, SpeakerId, Verification,
};

#[derive(Clone)]
pub(crate) enum Backend {
    Embedded(Arc<Embedded>),
    #[cfg(feature = "remote")]
    Remote(Arc<Remote>),
}

/// An operation of a registry.
pub(crate) trait Verb: Send + Sync + 'static {
    type Answer: Send + 'static;
    /// The threads that run it locally.
    const LANE: Lane = Lane::Quick;

    fn here(&self, embedded: &Embedded, control: &CallOptions) -> Result<Self::Answer>;

    #[cfg(feature = "remote")]
    fn there(&self, remote: &Remote, control: &CallOptions) -> impl Future<Output = Result<Self::Answer>> + Send;
}

impl Backend {
    /// The store, if it is here.
    pub(crate) fn embedded(&self) -> Result<Arc<Embedded>> {
        match self {
            Self::Embedded(embedded) => Ok(Arc::clone(embedded)),
            #[cfg(feature = "remote")]
            Self::Remote(_) => Err(Error::new(
                Code::NotSupported,
                "live sessions of a registry on a server are its WebSockets; use them, or enroll and identify whole \
                 recordings",
            )),
        }
    }

    /// Does it without holding up the caller's runtime; stops when the future is dropped.
    pub(crate) fn run<V: Verb>(
        &self,
        verb: V,
        control: &CallOptions,
    ) -> impl Future<Output = Result<V::Answer>> + Send + use<V> {
        let (backend, control) = (self.clone(), control.clone());
        async move {
            let control = control.started();
            match backend {
                Self::Embedded(embedded) => {
                    let abandoned = CancelOnDrop(CancelToken::new());
                    let control = control.cancel_with(&abandoned.0);
                    workers::run(V::LANE, move || {
                        control.check()?;
                        verb.here(&embedded, &control)
                    })
                    .await
                }
                #[cfg(feature = "remote")]
                Self::Remote(remote) => run_remote(remote, verb, control).await,
            }
        }
    }

    /// Does it in the calling thread.
    pub(crate) fn wait<V: Verb>(&self, verb: V, control: &CallOptions) -> Result<V::Answer> {
        let control = control.started();
        match self {
            Self::Embedded(embedded) => guarded(|| {
                control.check()?;
                verb.here(embedded, &control)
            }),
            #[cfg(feature = "remote")]
            Self::Remote(remote) => workers::wait(run_remote(Arc::clone(remote), verb, control)),
        }
    }
}

/// Does it on the threads that talk to servers; stops it where the options say so.
#[cfg(feature = "remote")]
async fn run_remote<V: Verb>(remote: Arc<Remote>, verb: V, control: CallOptions) -> Result<V::Answer> {
    let bound = control.clone();
    let task = async move {
        control.check()?;
        // What is done here must stop as well when nobody waits any more.
        let abandoned = CancelOnDrop(CancelToken::new());
        verb.there(&remote, &control.cancel_with(&abandoned.0)).await
    };
    network::bounded(task, bound).await?
}

pub(crate) struct Inspect(pub(crate) Recording);

impl Verb for Inspect {
    type Answer = Inspection;
    const LANE: Lane = Lane::Heavy;

    fn here(&self, embedded: &Embedded, control: &CallOptions) -> Result<Inspection> {
        embedded.inspect(&self.0, control)
    }

    #[cfg(feature = "remote")]
    async fn there(&self, remote: &Remote, control: &CallOptions) -> Result<Inspection> {
        remote.inspect(&self.0, control).await
    }
}

pub(crate) struct Prepare(pub(crate) Recording);

impl Verb for Prepare {
    type Answer = Prepared;
    const LANE: Lane = Lane::Heavy;

    fn here(&self, embedded: &Embedded, control: &CallOptions) -> Result<Prepared> {
        embedded.prepare(&self.0, control)
    }

    #[cfg(feature = "remote")]
    async fn there(&self, remote: &Remote, control: &CallOptions) -> Result<Prepared> {
        remote.prepare(&self.0, control).await
    }
}

impl Verb for Enroll {
    type Answer = Enrollment;
    const LANE: Lane = Lane::Heavy;

    fn here(&self, embedded: &Embedded, control: &CallOptions) -> Result<Enrollment> {
        embedded.write(self, control)
    }

    #[cfg(feature = "remote")]
    async fn there(&self, remote: &Remote, control: &CallOptions) -> Result<Enrollment> {
        let consent = self.consent.as_deref();
        consent.map_or(Ok(()), ConsentRecord::checked)?;
        remote.write(&self.id, self.write, &self.recordings, self.force, consent, control).await
    }
}

pub(crate) struct Get(pub(crate) SpeakerId);

impl Verb for Get {
    type Answer = Enrollment;

    fn here(&self, embedded: &Embedded, _: &CallOptions) -> Result<Enrollment> {
        embedded.get(&self.0)
    }

    #[cfg(feature = "remote")]
    async fn there(&self, remote: &Remote, control: &CallOptions) -> Result<Enrollment> {
        remote.get(&self.0, control).await
    }
}

pub(crate) struct List(pub(crate) ListOptions);

impl Verb for List {
    type Answer = Page;

    fn here(&self, embedded: &Embedded, _: &CallOptions) -> Result<Page> {
        embedded.list(&self.0)
    }

    #[cfg(feature = "remote")]
    async fn there(&self, remote: &Remote, control: &CallOptions) -> Result<Page> {
        remote.list(&self.0, control).await
    }
}

pub(crate) struct Delete(pub(crate) SpeakerId);

impl Verb for Delete {
    type Answer = ();

    fn here(&self, embedded: &Embedded, control: &CallOptions) -> Result<()> {
        embedded.delete(&self.0, control)
    }

    #[cfg(feature = "remote")]
    async fn there(&self, remote: &Remote, control: &CallOptions) -> Result<()> {
        remote.delete(&self.0, control).await
    }
}

pub(crate) struct RemoveSample(pub(crate) SpeakerId, pub(crate) i64);

impl Verb for RemoveSample {
    type Answer = Enrollment;

    fn here(&self, embedded: &Embedded, control: &CallOptions) -> Result<Enrollment> {
        embedded.remove_sample(&self.0, self.1, control)
    }

    #[cfg(feature = "remote")]
    async fn there(&self, remote: &Remote, control: &CallOptions) -> Result<Enrollment> {
        remote.remove_sample(&self.0, self.1, control).await
    }
}

pub(crate) struct Verify(pub(crate) SpeakerId, pub(crate) Recording);

impl Verb for Verify {
    type Answer = Verification;
    const LANE: Lane = Lane::Heavy;

    fn here(&self, embedded: &Embedded, control: &CallOptions) -> Result<Verification> {
        embedded.verify(&self.0, &self.1, control)
    }

    #[cfg(feature = "remote")]
    async fn there(&self, remote: &Remote, control: &CallOptions) -> Result<Verification> {
        remote.verify(&self.0, &self.1, control).await
    }
}

pub(crate) struct Identify(pub(crate) Recording, pub(crate) Candidates);

impl Verb for Identify {
    type Answer = Identification;
    const LANE: Lane = Lane::Heavy;

    fn here(&self, embedded: &Embedded, control: &CallOptions) -> Result<Identification> {
        embedded.identify(&self.0, &self.1, control)
    }

    #[cfg(feature = "remote")]
    async fn there(&self, remote: &Remote, control: &CallOptions) -> Result<Identification> {
        remote.identify(&self.0, &self.1, control).await
    }
}

pub(crate) struct Diarize(pub(crate) Recording, pub(crate) DiarizeOptions);

impl Verb for Diarize {
    type Answer = Diarization;
    const LANE: Lane = Lane::Heavy;

    fn here(&self, embedded: &Embedded, control: &CallOptions) -> Result<Diarization> {
        embedded.diarize(&self.0, &self.1, control)
    }

    #[cfg(feature = "remote")]
    async fn there(&self, remote: &Remote, control: &CallOptions) -> Result<Diarization> {
        remote.diarize(&self.0, &self.1, control).await
    }
}

/// Ends the session on a server; a registry that is kept here has none.
#[cfg(feature = "remote")]
pub(crate) struct LogOut;

#[cfg(feature = "remote")]
impl Verb for LogOut {
    type Answer = ();

    fn here(&self, _: &Embedded, _: &CallOptions) -> Result<()> {
        Ok(())
    }

    async fn there(&self, remote: &Remote, _: &CallOptions) -> Result<()> {
        remote.log_out().await
    }
}

/// An operation that only a server supports, as it fetches recordings.
#[cfg(feature = "remote")]
fn on_a_server(instead: &str) -> Error {
    Error::new(Code::NotSupported, format!("this registry is local and has no server to fetch a recording; {instead}"))
}

#[cfg(feature = "remote")]
pub(crate) struct Submit(pub(crate) JobRequest);

#[cfg(feature = "remote")]
impl Verb for Submit {
    type Answer = JobId;

    fn here(&self, _: &Embedded, _: &CallOptions) -> Result<JobId> {
        Err(on_a_server("pass the recording itself to `identify` or `diarize`"))
    }

    async fn there(&self, remote: &Remote, control: &CallOptions) -> Result<JobId> {
        remote.submit(&self.0, control).await
    }
}

#[cfg(feature = "remote")]
pub(crate) struct GetJob(pub(crate) JobId);

#[cfg(feature = "remote")]
impl Verb for GetJob {
    type Answer = Job;

    fn here(&self, _: &Embedded, _: &CallOptions) -> Result<Job> {
        Err(on_a_server("submit jobs to a registry on a server"))
    }

    async fn there(&self, remote: &Remote, control: &CallOptions) -> Result<Job> {
        remote.job(&self.0, control).await
    }
}

#[cfg(feature = "remote")]
pub(crate) struct WaitForJob(pub(crate) JobId);

#[cfg(feature = "remote")]
impl Verb for WaitForJob {
    type Answer = JobResult;

    fn here(&self, _: &Embedded, _: &CallOptions) -> Result<JobResult> {
        Err(on_a_server("submit jobs to a registry on a server"))
    }

    async fn there(&self, remote: &Remote, control: &CallOptions) -> Result<JobResult> {
        remote.wait(&self.0, control).await
    }
}

#[cfg(feature = "remote")]
pub(crate) struct IdentifyCall(pub(crate) CallRecord, pub(crate) Option<Recording>);

#[cfg(feature = "remote")]
impl Verb for IdentifyCall {
    type Answer = CallIdentification;
    const LANE: Lane = Lane::Heavy;

    fn here(&self, embedded: &Embedded, control: &CallOptions) -> Result<CallIdentification> {
        let Self(record, recording) = self;
        let recording = recording.as_ref().ok_or_else(|| match record.content_uri {
            Some(_) => on_a_server("download the recording and pass it together with the call record"),
            None => not_recorded(),
        })?;
        embedded.identify_call(record, recording, control)
    }

    async fn there(&self, remote: &Remote, control: &CallOptions) -> Result<CallIdentification> {
        remote.identify_call(&self.0, self.1.as_ref(), control).await
    }
}

/// The model of the voiceprints, and the speakers that were enrolled with another.
pub(crate) struct Models;

impl Verb for Models {
    type Answer = (String, Vec<(SpeakerId, String)>);

    fn here(&self, embedded: &Embedded, _: &CallOptions) -> Result<Self::Answer> {
        Ok((embedded.engine()?.model().to_owned(), embedded.outdated()?))
    }

    #[cfg(feature = "remote")]
    async fn there(&self, remote: &Remote, control: &CallOptions) -> Result<Self::Answer> {
        remote.models(control).await
    }
}

/// Declares operations that a server of this project does too.
macro_rules! verbs {
    ($($(#[doc = $doc:literal])* $name:ident($($field:ty),*) -> $answer:ty {
        here |$this:ident, $embedded:ident, $control:ident| $here:expr,
        there |$that:ident, $remote:ident, $options:ident| $there:expr,
    })*) => {
        $(
            $(#[doc = $doc])*
            pub(crate) struct $name($(pub(crate) $field),*);

            impl Verb for $name {
                type Answer = $answer;

                fn here(&self, $embedded: &Embedded, $control: &CallOptions) -> Result<$answer> {
                    let $this = self;
                    $here
                }

                #[cfg(feature = "remote")]
                async fn there(&self, $remote: &Remote, $options: &CallOptions) -> Result<$answer> {
                    let $that = self;
                    $there.await
                }
            }
        )*
    };
}

verbs! {
    RecordConsent(SpeakerId, ConsentRecord) -> () {
        here |this, embedded, control| {
            let Self(id, record) = this;
            embedded.changing(control, "record_consent", Some(id), || embedded.store.consent(id, record, control))
        },
        there |this, remote, control| remote.record_consent(&this.0, &this.1, control),
    }
    /// What a speaker consented to and withdrew.
    Consents(SpeakerId) -> ConsentState {
        here |this, embedded, _control| embedded.store.consent_of(&this.0),
        there |this, remote, control| remote.consent(&this.0, control),
    }
    WithdrawConsent(SpeakerId) -> () {
        here |this, embedded, control| {
            embedded.changing(control, "withdraw_consent", Some(&this.0), || embedded.store.withdraw(&this.0, control))
        },
        there |this, remote, control| remote.withdraw_consent(&this.0, control),
    }
    Expire(SpeakerId, Option<u64>) -> () {
        here |this, embedded, control| {
            let Self(id, at) = this;
            embedded.changing(control, "expire", Some(id), || embedded.store.expire(id, *at, control))
        },
        there |this, remote, control| remote.expire(&this.0, this.1, control),
    }
    /// Everything that is held about a speaker; with the voiceprints, or without.
    ExportSpeaker(SpeakerId, bool) -> Export {
        here |this, embedded, control| {
            let Self(id, voiceprints) = this;
            embedded.asking(control, "export", Some(id), |_| "done", || embedded.store.export(id, *voiceprints))
        },
        there |this, remote, control| remote.export(&this.0, this.1, control),
    }
}

/// What is done where the store is, and by no server for others.
pub(crate) struct Here<F>(pub(crate) F);

impl<T, F> Verb for Here<F>
where
    T: Send + 'static,
    F: Fn(&Embedded, &CallOptions) -> Result<T> + Send + Sync + 'static,
{
    type Answer = T;

    fn here(&self, embedded: &Embedded, control: &CallOptions) -> Result<T> {
        (self.0)(embedded, control)
    }

    #[cfg(feature = "remote")]
    async fn there(&self, _: &Remote, _: &CallOptions) -> Result<T> {
        Err(Error::new(
            Code::NotSupported,
            "this is not supported for a registry on a server; run `voiceroll` on the machine of the server",
        ))
    }
}
