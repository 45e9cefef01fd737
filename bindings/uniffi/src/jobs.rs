// SPDX-License-Identifier: Apache-2.0
//! Recordings that a server fetches and listens to, and what it posts of them.

use voiceroll::{Encoding, Job, JobResult, bridge};

use crate::CallOptions;
use crate::error::Result;
use crate::registry::ids;

/// What a server is to do with a recording that it fetches from `content_uri`. `encoding` is what that is, by the end
/// of the address by default; `webhook` is where the server posts the result (see `Callbacks`), nowhere
/// by default.
#[derive(uniffi::Object)]
pub struct JobRequest(pub(crate) voiceroll::JobRequest);

#[uniffi::export]
impl JobRequest {
    /// Finds the segments in which these speakers speak. All need a complete enrollment.
    #[uniffi::constructor(default(encoding = None, webhook = None))]
    pub fn identify(
        content_uri: String,
        speaker_ids: Vec<String>,
        encoding: Option<Encoding>,
        webhook: Option<String>,
    ) -> Result<Self> {
        Ok(Self(with(voiceroll::JobRequest::identify(content_uri, ids(&speaker_ids)?), encoding, webhook)))
    }

    /// Says who speaks when in a recording; the rest as for `Registry.diarize`.
    #[uniffi::constructor(default(
        speaker_ids = [], speakers = None, per_channel = false, encoding = None, webhook = None
    ))]
    pub fn diarize(
        content_uri: String,
        speaker_ids: Vec<String>,
        speakers: Option<u32>,
        per_channel: bool,
        encoding: Option<Encoding>,
        webhook: Option<String>,
    ) -> Result<Self> {
        let request = told_apart(voiceroll::JobRequest::diarize(content_uri), &speaker_ids, speakers, per_channel)?;
        Ok(Self(with(request, encoding, webhook)))
    }

    /// Transcribes a recording, with the speakers if `speaker_ids` or `speakers` are given. The server needs a
    /// transcriber for it. `language` is the language spoken.
    #[allow(clippy::too_many_arguments, reason = "they have names and defaults in Kotlin and Swift")]
    #[uniffi::constructor(default(
        language = "en-US", speaker_ids = [], speakers = None, per_channel = false, encoding = None, webhook = None
    ))]
    pub fn transcribe(
        content_uri: String,
        language: String,
        speaker_ids: Vec<String>,
        speakers: Option<u32>,
        per_channel: bool,
        encoding: Option<Encoding>,
        webhook: Option<String>,
    ) -> Result<Self> {
        let request = voiceroll::JobRequest::transcribe(content_uri).language(language);
        let request = told_apart(request, &speaker_ids, speakers, per_channel)?;
        Ok(Self(with(request, encoding, webhook)))
    }
}

fn told_apart(
    request: voiceroll::JobRequest,
    speaker_ids: &[String],
    speakers: Option<u32>,
    per_channel: bool,
) -> Result<voiceroll::JobRequest> {
    let request = request.known(ids(speaker_ids)?).per_channel(per_channel);
    Ok(match speakers {
        Some(count) => request.speakers(count),
        None => request,
    })
}

fn with(
    mut request: voiceroll::JobRequest,
    encoding: Option<Encoding>,
    webhook: Option<String>,
) -> voiceroll::JobRequest {
    if let Some(encoding) = encoding {
        request = request.encoding(encoding);
    }
    if let Some(webhook) = webhook {
        request = request.webhook(webhook);
    }
    request
}

/// Receives what servers post to a webhook: hand each request to `take`, and answer 200.
#[derive(uniffi::Object)]
pub struct Callbacks(voiceroll::Callbacks);

#[uniffi::export]
impl Callbacks {
    /// With a `secret`, that of `voiceroll apps callback-secret`, only callbacks that are signed with it are taken.
    #[uniffi::constructor(default(secret = None))]
    pub fn new(secret: Option<String>) -> Result<Self> {
        Ok(Self(match secret {
            Some(secret) if secret.is_empty() => {
                Err(bridge::invalid("the secret is empty; omit it to accept unsigned callbacks"))?
            }
            Some(secret) => voiceroll::Callbacks::signed(secret),
            None => voiceroll::Callbacks::new(),
        }))
    }

    /// Takes in a request: its body, and its headers `Voiceroll-Timestamp` and `Voiceroll-Signature`. A signature
    /// that is missing, wrong or older than five minutes is `Unauthorized`: answer 401. A body that is not a job is
    /// `Unsupported`: answer 400.
    #[uniffi::method(default(timestamp = None, signature = None))]
    pub fn take(&self, body: Vec<u8>, timestamp: Option<String>, signature: Option<String>) -> Result<Job> {
        Ok(bridge::guard(|| self.0.take(timestamp.as_deref(), signature.as_deref(), &body))?)
    }

    /// Waits until the result of a job has come.
    #[uniffi::method(default(options))]
    pub async fn wait(&self, job_id: String, options: CallOptions) -> Result<JobResult> {
        let (id, steering) = (job_id.parse()?, options.steering()?);
        let control = steering.control.clone();
        steering.end(self.0.wait(&id, &control)).await
    }
}
