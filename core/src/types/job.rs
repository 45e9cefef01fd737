//! Jobs: recordings that a server fetches and listens to while nobody waits.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::diarization::Segment;
use super::error::{Code, Error, Result};
use super::recording::Encoding;
use super::speaker_id::SpeakerId;

/// What a server is to do with a recording that it fetches itself.
///
/// ```
/// use std::time::Duration;
/// use voiceroll::{CallOptions, JobRequest, blocking::Registry};
///
/// # fn example(registry: &Registry) -> voiceroll::Result<()> {
/// let request = JobRequest::identify("https://media.example.com/call.mp3", ["59586".parse()?]);
/// let job = registry.submit(request)?;
/// let found = registry.with(CallOptions::new().timeout(Duration::from_secs(600))).wait(&job)?;
/// for turn in found.segments {
///     println!("{:.1} s to {:.1} s: {:?}", turn.start, turn.end, turn.speaker_id);
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
#[must_use = "a request does nothing until it is submitted"]
pub struct JobRequest {
    pub(crate) kind: JobKind,
    pub(crate) content_uri: String,
    pub(crate) encoding: Option<Encoding>,
    pub(crate) language: String,
    pub(crate) webhook: Option<String>,
    pub(crate) known: Vec<SpeakerId>,
    pub(crate) speakers: Option<u32>,
    pub(crate) per_channel: bool,
}

/// What a job does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum JobKind {
    Identify,
    Diarize,
    Transcribe,
}

impl JobRequest {
    fn new(kind: JobKind, content_uri: impl Into<String>) -> Self {
        Self {
            kind,
            content_uri: content_uri.into(),
            encoding: None,
            language: "en-US".to_owned(),
            webhook: None,
            known: Vec::new(),
            speakers: None,
            per_channel: false,
        }
    }

    /// Says where in a recording these speakers speak. All must be enrolled completely.
    pub fn identify(content_uri: impl Into<String>, speakers: impl IntoIterator<Item = SpeakerId>) -> Self {
        Self::new(JobKind::Identify, content_uri).known(speakers)
    }

    /// Says who speaks when in a recording.
    pub fn diarize(content_uri: impl Into<String>) -> Self {
        Self::new(JobKind::Diarize, content_uri)
    }

    /// Says what is said in a recording, and by whom if speakers are [`known`](Self::known), or how many
    /// they are. The server needs a transcriber for it.
    pub fn transcribe(content_uri: impl Into<String>) -> Self {
        Self::new(JobKind::Transcribe, content_uri)
    }

    /// What the recording is. Default: what its address ends with, or MP3; Voiceroll's own server goes by
    /// the bytes.
    pub fn encoding(mut self, encoding: Encoding) -> Self {
        self.encoding = Some(encoding);
        self
    }

    /// The language spoken, as `en-US`, which is the default.
    pub fn language(mut self, code: impl Into<String>) -> Self {
        self.language = code.into();
        self
    }

    /// Where the server posts the result; see [`Callbacks`](crate::Callbacks). Default: nowhere, the
    /// result is asked for. A server other than Voiceroll's may insist on one.
    pub fn webhook(mut self, url: impl Into<String>) -> Self {
        self.webhook = Some(url.into());
        self
    }

    /// Who is named.
    pub fn known(mut self, speakers: impl IntoIterator<Item = SpeakerId>) -> Self {
        self.known = speakers.into_iter().collect();
        self
    }

    /// How many people speak, 1 to 20, where that is known.
    pub fn speakers(mut self, count: u32) -> Self {
        self.speakers = Some(count);
        self
    }

    /// Whether each channel is one speaker.
    pub fn per_channel(mut self, per_channel: bool) -> Self {
        self.per_channel = per_channel;
        self
    }
}

/// Without the address: a token may stand in it.
impl fmt::Debug for JobRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("JobRequest").field("kind", &self.kind).field("known", &self.known).finish_non_exhaustive()
    }
}

/// How a job stands.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "__bridge", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[non_exhaustive]
pub struct Job {
    /// As [`submit`](crate::Registry::submit) returned it.
    pub id: String,
    /// Whether it is done.
    pub status: JobStatus,
    /// When it was submitted, as RFC 3339; empty where the server does not say.
    pub created_at: String,
    /// When it ended.
    pub completed_at: Option<String>,
    /// When the server forgets it.
    pub expires_at: String,
    /// What was found, once it succeeded.
    pub result: Option<JobResult>,
    /// Why it failed, if it did: the server's code.
    pub error_code: Option<String>,
    /// The same in words.
    pub error_message: Option<String>,
}

/// Whether a job is done. These three are all there will be, as in the old contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "__bridge", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum JobStatus {
    /// It waits or runs.
    InProgress,
    /// It was done.
    Success,
    /// It could not be done.
    Fail,
}

/// What a job found.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "__bridge", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[non_exhaustive]
pub struct JobResult {
    /// How many people speak, where that was asked.
    pub speakers: Option<u32>,
    /// Who speaks when, in the order of the starts. Voices that are not known are `speaker_1`,
    /// `speaker_2` and so on, or nobody where only enrolled ones were asked for.
    pub segments: Vec<Segment>,
    /// What is said, where that was asked.
    pub transcript: Option<Transcript>,
}

/// What is said in a recording. Its `Debug` form leaves the words out.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "__bridge", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[non_exhaustive]
pub struct Transcript {
    /// All of it.
    pub text: String,
    /// How sure it is who speaks, 0 to 1.
    pub confidence: f64,
    /// Each word.
    pub words: Vec<Word>,
    /// What each speaker says at a time; empty where nobody asked who speaks.
    pub utterances: Vec<Utterance>,
}

impl fmt::Debug for Transcript {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Transcript").field("words", &self.words.len()).finish_non_exhaustive()
    }
}

/// A word of a [`Transcript`].
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "__bridge", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[non_exhaustive]
pub struct Word {
    /// As it is written.
    pub word: String,
    /// Where it starts, in seconds.
    pub start: f64,
    /// Where it ends.
    pub end: f64,
    /// Who says it.
    pub speaker_id: Option<SpeakerId>,
}

/// What one speaker says without a long pause.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "__bridge", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[non_exhaustive]
pub struct Utterance {
    /// What is said.
    pub text: String,
    /// Where it starts, in seconds.
    pub start: f64,
    /// Where it ends.
    pub end: f64,
    /// Who says it.
    pub speaker_id: Option<SpeakerId>,
    /// How sure that is, 0 to 1.
    pub confidence: f64,
}

impl Job {
    /// What it found, if it is done.
    ///
    /// # Errors
    /// `job_failed`, or the error's own code where the server is Voiceroll's.
    pub(crate) fn into_result(self) -> Result<Option<JobResult>> {
        if self.status == JobStatus::Fail {
            let code = self.error_code.as_deref().and_then(Code::parse).unwrap_or(Code::JobFailed);
            let said = self.error_message.unwrap_or_default();
            return Err(Error::new(code, format!("the job failed: {said}")));
        }
        Ok(self.result)
    }
}
