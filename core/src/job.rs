//! Jobs: recordings that a server fetches and processes asynchronously.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::error::{Code, Error, Result};
use crate::wire::{self, Asked, JobInput};
use crate::{Encoding, Segment, SpeakerId, remote};

/// A request for a job: the server fetches a recording and processes it.
///
/// ```
/// use std::time::Duration;
/// use voiceroll::{Control, JobRequest, blocking::Registry};
///
/// # fn example(registry: &Registry) -> voiceroll::Result<()> {
/// let request = JobRequest::identify("https://media.example.com/call.mp3", ["59586".parse()?]);
/// let job = registry.submit(request)?;
/// let found = registry.with(Control::new().timeout(Duration::from_secs(600))).wait(&job)?;
/// for turn in found.segments {
///     println!("{:.1} s to {:.1} s: {:?}", turn.start, turn.end, turn.speaker_id);
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
#[must_use = "a request does nothing until it is submitted"]
pub struct JobRequest {
    pub(crate) api: &'static str,
    pub(crate) content_uri: String,
    pub(crate) encoding: Option<Encoding>,
    pub(crate) language: String,
    pub(crate) webhook: Option<String>,
    pub(crate) known: Vec<SpeakerId>,
    pub(crate) speakers: Option<u32>,
    pub(crate) per_channel: bool,
}

impl JobRequest {
    fn new(api: &'static str, content_uri: impl Into<String>) -> Self {
        Self {
            api,
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
        Self::new(wire::IDENTIFY, content_uri).known(speakers)
    }

    /// Finds out who speaks when in a recording.
    pub fn diarize(content_uri: impl Into<String>) -> Self {
        Self::new(wire::DIARIZE, content_uri)
    }

    /// Transcribes a recording, with the speakers if [`known`](Self::known) speakers or their number are set. The
    /// server needs a transcriber.
    pub fn transcribe(content_uri: impl Into<String>) -> Self {
        Self::new(wire::TRANSCRIBE, content_uri)
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

    pub(crate) fn input(&self) -> JobInput {
        let encoding = self.encoding.unwrap_or_else(|| by_extension(&self.content_uri));
        let known = self.known.iter().map(ToString::to_string).collect::<Vec<_>>();
        let told_apart = !known.is_empty() || self.speakers.is_some() || self.per_channel;
        JobInput {
            content_uri: Some(self.content_uri.clone()),
            encoding: Some(encoding.to_string()),
            language_code: Some(self.language.clone()),
            asked: Asked {
                speaker_ids: Some(known).filter(|known| !known.is_empty()),
                speaker_count: self.speakers.map(i64::from),
                separate_speaker_per_channel: self.per_channel.then_some(true),
                ..Asked::default()
            },
            enable_speaker_diarization: (self.api == wire::TRANSCRIBE).then_some(told_apart),
        }
    }
}

/// Without the address: a token may stand in it.
impl fmt::Debug for JobRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("JobRequest").field("api", &self.api).field("known", &self.known).finish_non_exhaustive()
    }
}

fn by_extension(uri: &str) -> Encoding {
    let path = uri.split(['?', '#']).next().unwrap_or_default();
    match path.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase()).as_deref() {
        Some("mp4" | "m4a" | "mov" | "3gp") => Encoding::Mp4,
        Some("wav") => Encoding::Wav,
        Some("webm" | "mkv") => Encoding::Webm,
        Some("ogg" | "opus") => Encoding::Ogg,
        Some("aac") => Encoding::Aac,
        _ => Encoding::Mpeg,
    }
}

/// The status of a job.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "door", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[non_exhaustive]
pub struct Job {
    /// The id that [`submit`](crate::Registry::submit) returned.
    pub id: String,
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
#[cfg_attr(feature = "door", derive(schemars::JsonSchema))]
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
#[cfg_attr(feature = "door", derive(schemars::JsonSchema))]
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
#[cfg_attr(feature = "door", derive(schemars::JsonSchema))]
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
#[cfg_attr(feature = "door", derive(schemars::JsonSchema))]
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
#[cfg_attr(feature = "door", derive(schemars::JsonSchema))]
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
    pub(crate) fn read(status: wire::JobStatus) -> Result<Self> {
        let invalid = || {
            Error::new(
                Code::AnswerInvalid,
                "the server reported an unknown job status; check that its address is right",
            )
        };
        let mut job = Self {
            id: status.job_id,
            status: match status.status.as_str() {
                "Success" => JobStatus::Success,
                "Fail" => JobStatus::Fail,
                "InProgress" => JobStatus::InProgress,
                _ => return Err(invalid()),
            },
            created_at: status.creation_time,
            completed_at: status.completion_time,
            expires_at: status.expiration_time,
            result: None,
            error_code: None,
            error_message: None,
        };
        let response = status.response.as_deref().map_or("{}", |response| response.get());
        match job.status {
            JobStatus::InProgress => {}
            JobStatus::Success => job.result = Some(JobResult::read(response).ok_or_else(invalid)?),
            JobStatus::Fail => {
                let body: wire::ErrorBody<'_> = serde_json::from_str(response).unwrap_or_default();
                let first = body.errors.into_iter().next().unwrap_or_default();
                let own = body.voiceroll.map(|cause| cause.code.into_owned());
                job.error_code = Some(own.unwrap_or_else(|| first.error_code.into_owned()));
                job.error_message = Some(remote::sentence(&first.message));
            }
        }
        Ok(job)
    }

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

impl JobResult {
    fn read(response: &str) -> Option<Self> {
        let Ok(said) = serde_json::from_str::<wire::Transcription<'_>>(response) else {
            let wire::Conversation { speaker_count, utterances } = serde_json::from_str(response).ok()?;
            // Who is identified has an id, which may be a number; others are counted.
            let turn = if speaker_count.is_some() { counted } else { segment };
            let segments = utterances.into_iter().map(turn).collect();
            return Some(Self { speakers: speaker_count, segments, transcript: None });
        };
        let said_by = |id: &str| segment_of(id, 0.0, 0.0, 0.0).speaker_id;
        let utterances = said.utterances.unwrap_or_default();
        Some(Self {
            speakers: said.speaker_count,
            segments: utterances.iter().map(|it| segment_of(&it.speaker_id, it.start, it.end, it.confidence)).collect(),
            transcript: Some(Transcript {
                text: said.transcript.into_owned(),
                confidence: said.confidence,
                words: said
                    .words
                    .into_iter()
                    .map(|word| Word {
                        word: word.word.into_owned(),
                        start: word.start,
                        end: word.end,
                        speaker_id: word.speaker_id.and_then(|id| said_by(&id)),
                    })
                    .collect(),
                utterances: utterances
                    .into_iter()
                    .map(|it| Utterance {
                        speaker_id: said_by(&it.speaker_id),
                        text: it.text.into_owned(),
                        start: it.start,
                        end: it.end,
                        confidence: it.confidence,
                    })
                    .collect(),
            }),
        })
    }
}

/// A turn of `speaker-identify`, whose speakers are enrolled or nobody.
pub(crate) fn segment(said: wire::DiarizeSegment) -> Segment {
    let id = SpeakerId::parse(said.speaker_id.as_str()).ok().filter(|_| said.speaker_id != wire::NOT_IDENTIFIED);
    Segment {
        start: said.start,
        end: said.end,
        enrolled: id.is_some(),
        speaker_id: id,
        // RingCentral's service gave some in percent.
        confidence: if said.confidence > 1.0 { said.confidence / 100.0 } else { said.confidence },
        channel: None,
    }
}

/// A turn of a conversation, whose unknown voices are 0, 1, 2.
fn counted(said: wire::DiarizeSegment) -> Segment {
    let number = said.speaker_id.parse::<u32>().ok().filter(|number| *number < 100);
    let label = number.and_then(|number| SpeakerId::parse(format!("speaker_{}", number + 1)).ok());
    let turn = segment(said);
    match label {
        Some(label) => Segment { speaker_id: Some(label), enrolled: false, ..turn },
        None => turn,
    }
}

fn segment_of(id: &str, start: f64, end: f64, confidence: f64) -> Segment {
    counted(wire::DiarizeSegment { speaker_id: id.to_owned(), start, end, confidence })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn job(text: &str) -> Job {
        Job::read(serde_json::from_str(text).unwrap()).unwrap()
    }

    #[test]
    fn the_published_samples_are_read() {
        let running = job(r#"{"jobId":"1","api":"/ai/x","creationTime":"2023-01-01T00:00:00Z",
            "expirationTime":"2023-01-08T00:00:00Z","status":"InProgress"}"#);
        assert_eq!((running.status, running.result), (JobStatus::InProgress, None));
        let found = job(r#"{"jobId":"1","status":"Success","response":{"utterances":[
            {"speakerId":"62288329016","start":0,"end":6,"confidence":37.5},
            {"speakerId":"UserNotIdentified","start":6,"end":12},
            {"speakerId":"7","start":12,"end":13,"confidence":0.5}]}}"#);
        let segments = found.into_result().unwrap().unwrap().segments;
        let told: Vec<_> = segments
            .iter()
            .map(|turn| (turn.speaker_id.as_ref().map(SpeakerId::as_str), turn.enrolled, turn.confidence))
            .collect();
        assert_eq!(told, [(Some("62288329016"), true, 0.375), (None, false, 0.0), (Some("7"), true, 0.5)]);
        let turns = job(r#"{"jobId":"1","status":"Success","response":{"speakerCount":1,"utterances":[
            {"speakerId":"0","start":0,"end":6,"confidence":0.5}]}}"#);
        let turn = &turns.result.unwrap().segments[0];
        assert_eq!((turn.speaker_id.as_ref().unwrap().as_str(), turn.enrolled), ("speaker_1", false));
        let said = job(r#"{"jobId":"1","status":"Success","response":{"transcript":"hello you","confidence":0.9,
            "words":[{"word":"hello","start":0,"end":0.5,"speakerId":"1"}],"speakerCount":2,
            "utterances":[{"speakerId":"1","start":0,"end":1,"text":"hello you","confidence":0.8,"wordTimings":[]}]}}"#);
        let said = said.result.unwrap();
        let transcript = said.transcript.unwrap();
        assert_eq!((said.speakers, transcript.text.as_str(), transcript.words.len()), (Some(2), "hello you", 1));
        assert_eq!(transcript.utterances[0].speaker_id.as_ref().unwrap().as_str(), "speaker_2");
        assert!(!format!("{transcript:?}").contains("hello"));
        let failed =
            job(r#"{"jobId":"1","status":"Fail","response":{"errors":[{"errorCode":"CAI-101","message":"no"}]}}"#);
        let error = failed.into_result().unwrap_err();
        assert_eq!((error.code(), error.to_string().as_str()), ("job_failed", "the job failed: no"));
    }

    #[test]
    fn what_a_job_is_sent_with() {
        let request = JobRequest::transcribe("https://media.example.com/a.WAV?access_token=secret").speakers(2);
        let input = serde_json::to_value(request.input()).unwrap();
        assert_eq!((&input["encoding"], &input["languageCode"]), (&"Wav".into(), &"en-US".into()));
        assert_eq!((&input["enableSpeakerDiarization"], &input["speakerCount"]), (&true.into(), &2.into()));
        assert!(input.get("speakerIds").is_none());
        assert!(!format!("{request:?}").contains("secret"));
    }
}
