//! Consent, expiry and export on a server of this project: endpoints that the old contract does not have. A server of this
//! project says which speaker is not there; 404 from another one means that it has no such endpoint.

use reqwest::Method;
use serde::Serialize;
use serde_json::json;

use super::connection::Unanswered;
use super::http::Ask;
use super::{Remote, refusal};
use crate::types::error::{Code, Error, Result};
use crate::{CallOptions, ConsentRecord, ConsentState, Export, SpeakerId};

impl Remote {
    pub(crate) async fn record_consent(
        &self,
        id: &SpeakerId,
        record: &ConsentRecord,
        control: &CallOptions,
    ) -> Result<()> {
        // A consent that is kept already is not kept twice.
        self.done(Ask::new(Method::POST, path(id, "consent")).again().json(written(record)?), control).await
    }

    pub(crate) async fn consent(&self, id: &SpeakerId, control: &CallOptions) -> Result<ConsentState> {
        self.ask(Ask::get(path(id, "consent")), control).await
    }

    pub(crate) async fn withdraw_consent(&self, id: &SpeakerId, control: &CallOptions) -> Result<()> {
        self.done(Ask::new(Method::DELETE, path(id, "consent")), control).await
    }

    pub(crate) async fn expire(&self, id: &SpeakerId, at: Option<u64>, control: &CallOptions) -> Result<()> {
        self.done(Ask::new(Method::PUT, path(id, "expiry")).json(written(&json!({ "at": at }))?), control).await
    }

    pub(crate) async fn export(&self, id: &SpeakerId, voiceprints: bool, control: &CallOptions) -> Result<Export> {
        let ask = Ask::get(path(id, "export")).query("voiceprints", voiceprints.to_string());
        self.ask(ask, control).await
    }

    /// For what is answered without a body.
    async fn done(&self, ask: Ask, control: &CallOptions) -> Result<()> {
        let deletes = ask.method == Method::DELETE;
        let answer = self.connection()?.settle(&ask, control).await.map_err(Unanswered::error)?;
        // Gone after an attempt whose answer was lost: that attempt did it.
        let gone = answer.repeated && matches!(answer.status.as_u16(), 404 | 410);
        if answer.status.is_success() || deletes && gone {
            return Ok(());
        }
        Err(refusal::refused(&answer, None))
    }
}

fn path(id: &SpeakerId, what: &str) -> String {
    format!("/voiceroll/v1/enrollments/{id}/{what}")
}

fn written(value: &impl Serialize) -> Result<Vec<u8>> {
    serde_json::to_vec(value)
        .map_err(|fault| Error::new(Code::Internal, "a request could not be written").because(fault))
}
