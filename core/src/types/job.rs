//! Jobs: recordings that a server fetches and processes asynchronously.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::diarization::Segment;
use super::error::{Code, Error, Result};
use super::recording::Encoding;
use super::speaker_id::SpeakerId;

/// A request for a job: the server fetches a recording and processes it.
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

    /// Finds the segments in which these speakers speak. All need a complete enrollment.
    pub fn identify(content_uri: impl Into<String>, speakers: impl IntoIterator<Item = SpeakerId>) -> Self {
        Self::new(JobKind::Identify, content_uri).known(speakers)
    }

    /// Finds out who speaks when in a recording.
    pub fn diarize(content_uri: impl Into<String>) -> Self {
        Self::new(JobKind::Diarize, content_uri)
    }

    /// Transcribes a recording, with the speakers if [`known`](Self::known) speakers or their number are set. The
    /// server needs a transcriber.
    pub fn transcribe(content_uri: impl Into<String>) -> Self {
        Self::new(JobKind::Transcribe, content_uri)
    }

    /// The encoding of the recording. Default: from the extension of the URL, or else MP3; Voiceroll's own server
    /// detects it from the bytes.
    pub fn encoding(mut self, encoding: Encoding) -> Self {
        self.encoding = Some(encoding);
        self
    }

    /// The spoken language, such as `en-US`, which is the default.
    pub fn language(mut self, code: impl Into<String>) -> Self {
        self.language = code.into();
        self
    }

    /// The URL to which the server posts the result; see [`Callbacks`](crate::Callbacks). Default: none, the result is
    /// polled. Servers other than Voiceroll's may require one.
    pub fn webhook(mut self, url: impl Into<String>) -> Self {
        self.webhook = Some(url.into());
        self
    }

    /// Who is named.
    pub fn known(mut self, speakers: impl IntoIterator<Item = SpeakerId>) -> Self {
        self.known = speakers.into_iter().collect();
        self
    }

    /// The number of speakers, 1 to 20, if known.
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

/// The id of a job, as its server chose it.
///
/// It is validated on construction, since it becomes a part of a URL.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
#[cfg_attr(feature = "__bridge", derive(schemars::JsonSchema), schemars(inline, with = "String"))]
pub struct JobId(String);

impl JobId {
    /// Parses an id that was stored as text.
    ///
    /// # Errors
    /// `invalid_option` if it is empty, or contains characters that would change a URL.
    pub fn parse(text: impl Into<String>) -> Result<Self> {
        let text = text.into();
        let plain = |letter: char| !letter.is_control() && !"/\\%?#".contains(letter);
        if matches!(text.as_str(), "" | "." | "..") || !text.chars().all(plain) {
            return Err(Error::new(Code::InvalidOption, "this is not a job id; pass the one that `submit` returned"));
        }
        Ok(Self(text))
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for JobId {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        Self::parse(text)
    }
}

impl fmt::Display for JobId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl AsRef<str> for JobId {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

/// The status of a job.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "__bridge", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[non_exhaustive]
pub struct Job {
    /// The id that [`submit`](crate::Registry::submit) returned.
    pub id: JobId,
    /// Whether it is done.
    pub status: JobStatus,
    /// When it was submitted, in RFC 3339 format; empty if the server does not say.
    pub created_at: String,
    /// When it finished.
    pub completed_at: Option<String>,
    /// When the server deletes it.
    pub expires_at: String,
    /// The result, if it succeeded.
    pub result: Option<JobResult>,
    /// The server's error code, if it failed.
    pub error_code: Option<String>,
    /// The server's error message, if it failed.
    pub error_message: Option<String>,
}

/// The status of a job. There will be no other variants, as in RingCentral's API.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "__bridge", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum JobStatus {
    /// It is waiting or running.
    InProgress,
    /// It succeeded.
    Success,
    /// It failed.
    Fail,
}

/// The result of a job.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "__bridge", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[non_exhaustive]
pub struct JobResult {
    /// The number of speakers, if requested.
    pub speakers: Option<u32>,
    /// Who speaks when, sorted by start. Unknown speakers are `speaker_1`, `speaker_2` and so on, or have no id if only
    /// enrolled speakers were requested.
    pub segments: Vec<Segment>,
    /// The transcript, if requested.
    pub transcript: Option<Transcript>,
}

/// The transcript of a recording. Its `Debug` form omits the words.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "__bridge", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[non_exhaustive]
pub struct Transcript {
    /// The full text.
    pub text: String,
    /// Confidence in the speakers, 0 to 1.
    pub confidence: f64,
    /// The words.
    pub words: Vec<Word>,
    /// The text by speaker; empty if no speakers were requested.
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
    /// The word.
    pub word: String,
    /// Start in seconds.
    pub start: f64,
    /// End in seconds.
    pub end: f64,
    /// The speaker.
    pub speaker_id: Option<SpeakerId>,
}

/// Words of one speaker without a long pause.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "__bridge", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[non_exhaustive]
pub struct Utterance {
    /// The text.
    pub text: String,
    /// Start in seconds.
    pub start: f64,
    /// End in seconds.
    pub end: f64,
    /// The speaker.
    pub speaker_id: Option<SpeakerId>,
    /// Confidence in the speaker, 0 to 1.
    pub confidence: f64,
}

impl Job {
    /// What it found, if it is done.
    ///
    /// # Errors
    /// `job_failed`, or a more specific code from a Voiceroll server.
    pub(crate) fn into_result(self) -> Result<Option<JobResult>> {
        if self.status == JobStatus::Fail {
            let code = self.error_code.as_deref().and_then(Code::parse).unwrap_or(Code::JobFailed);
            let said = self.error_message.unwrap_or_default();
            return Err(Error::new(code, format!("the job failed: {said}")));
        }
        Ok(self.result)
    }
}
