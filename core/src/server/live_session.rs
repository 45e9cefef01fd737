//! The two kinds of live sessions, as a socket sees them.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use serde_json::{Value, json};

use super::Shared;
use super::auth::Caller;
use super::fault::Fault;
use super::intake::listen;
use crate::types::error::{Code, Error, Result};
use crate::{
    Candidates, ConsentRecord, LiveEnrollment, LiveFormat, LiveIdentification, LiveStatus, LiveUpdate, Registry,
    SpeakerId,
};

/// What a socket does with a session.
pub(super) trait Session: Send + Sized + 'static {
    /// What is told while it goes on.
    type Event: Send + Sync;

    fn registry(&self) -> &Registry;

    /// How long there may be no sound.
    fn patience(&self) -> Duration {
        // A registry of a server is a file.
        self.registry().store().map_or(Duration::from_secs(60), |store| store.live_idle)
    }

    /// Takes what is said before the first sound.
    fn start(&mut self, consent: Option<ConsentRecord>) -> impl Future<Output = Result<()>> + Send;

    fn push(&mut self, sound: Bytes) -> impl Future<Output = Result<Self::Event>> + Send;

    /// One event for two.
    fn merged(before: Option<Self::Event>, now: Self::Event) -> Self::Event;

    fn told(event: &Self::Event) -> Value;

    /// Ends it well, with the last event.
    fn finish(&mut self, state: &Shared, caller: &Caller) -> impl Future<Output = Result<Value, Fault>> + Send;
}

/// Enrolls somebody.
pub(super) struct Enrolls {
    registry: Registry,
    id: SpeakerId,
    format: LiveFormat,
    /// Begins with the first message, which may bring a consent.
    session: Option<Arc<LiveEnrollment>>,
}

impl Enrolls {
    pub(super) fn new(registry: Registry, id: SpeakerId, format: LiveFormat) -> Self {
        Self { registry, id, format, session: None }
    }

    async fn session(&mut self) -> Result<Arc<LiveEnrollment>> {
        if let Some(session) = &self.session {
            return Ok(Arc::clone(session));
        }
        let session = Arc::new(self.registry.live_enrollment(&self.id, self.format).await?);
        self.session = Some(Arc::clone(&session));
        Ok(session)
    }
}

impl Session for Enrolls {
    type Event = LiveStatus;

    fn registry(&self) -> &Registry {
        &self.registry
    }

    async fn start(&mut self, consent: Option<ConsentRecord>) -> Result<()> {
        if self.session.is_some() {
            return Err(started());
        }
        if let Some(consent) = consent {
            self.registry = self.registry.with_consent(consent);
        }
        self.session().await.map(drop)
    }

    async fn push(&mut self, sound: Bytes) -> Result<LiveStatus> {
        self.session().await?.push(sound).await
    }

    fn merged(_: Option<LiveStatus>, now: LiveStatus) -> LiveStatus {
        now
    }

    fn told(status: &LiveStatus) -> Value {
        json!({ "event": "status", "status": status })
    }

    async fn finish(&mut self, state: &Shared, caller: &Caller) -> Result<Value, Fault> {
        let session = self.session().await?;
        let turn = state.gate.turn(&caller.account).await?;
        let enrollment =
            listen(turn, &self.registry, move |registry| session.finish_with(registry.call_options())).await?;
        state.acknowledge(&caller.account).await?;
        Ok(json!({ "event": "enrolled", "enrollment": enrollment }))
    }
}

/// Says who speaks.
pub(super) struct Identifies {
    registry: Registry,
    session: Arc<LiveIdentification>,
    heard: bool,
}

impl Identifies {
    pub(super) async fn start(registry: Registry, speakers: Candidates, format: LiveFormat) -> Result<Self> {
        let session = Arc::new(registry.live_identification(speakers, format).await?);
        Ok(Self { registry, session, heard: false })
    }
}

impl Session for Identifies {
    type Event = LiveUpdate;

    fn registry(&self) -> &Registry {
        &self.registry
    }

    async fn start(&mut self, consent: Option<ConsentRecord>) -> Result<()> {
        match consent {
            _ if self.heard => Err(started()),
            Some(_) => Err(Error::new(
                Code::InvalidOption,
                "an identification takes no consent; those who are enrolled have given theirs",
            )),
            None => Ok(()),
        }
    }

    async fn push(&mut self, sound: Bytes) -> Result<LiveUpdate> {
        self.heard = true;
        self.session.push(sound).await
    }

    /// The newer segments take the place of the older ones that start with them or later.
    fn merged(before: Option<LiveUpdate>, mut now: LiveUpdate) -> LiveUpdate {
        let mut segments = before.map_or(Vec::new(), |before| before.segments);
        if let Some(first) = now.segments.first() {
            segments.retain(|segment| segment.start < first.start);
        }
        segments.append(&mut now.segments);
        LiveUpdate { segments, ..now }
    }

    fn told(update: &LiveUpdate) -> Value {
        json!({ "event": "update", "update": update })
    }

    async fn finish(&mut self, state: &Shared, caller: &Caller) -> Result<Value, Fault> {
        let session = Arc::clone(&self.session);
        let turn = state.gate.turn(&caller.account).await?;
        let found = listen(turn, &self.registry, move |registry| session.finish_with(registry.call_options())).await?;
        Ok(json!({ "event": "identified", "identification": found }))
    }
}

fn started() -> Error {
    Error::new(Code::InvalidOption, "the session has begun; send `start` before the first sound, and once")
}
