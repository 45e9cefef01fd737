//! Jobs: recordings that the server fetches.

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::conversations::{Conversation, Transcription, counted, segment, segment_of};
use super::errors::{ErrorBody, sentence};
use super::ids::Asked;
use super::{DIARIZE, IDENTIFY, TRANSCRIBE};
use crate::types::error::{Code, Error, Result};
use crate::types::job::JobKind;
use crate::{Encoding, Job, JobId, JobRequest, JobResult, Transcript};

/// What a job is to do. Which members it needs depends on the job.
#[derive(Deserialize, Serialize, Default)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct JobInput {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) content_uri: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) encoding: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) language_code: Option<String>,
    #[serde(flatten)]
    pub(crate) asked: Asked,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) enable_speaker_diarization: Option<bool>,
}

/// What `speaker-identify` is to do.
#[cfg(feature = "server")]
#[derive(utoipa::ToSchema)]
#[schema(rename_all = "camelCase")]
#[expect(dead_code, reason = "documentation")]
pub(crate) struct IdentifyInput {
    /// Where the recording is: http or https.
    #[schema(format = "uri")]
    content_uri: String,
    /// What the sender says the recording is. Its bytes decide.
    encoding: Encoding,
    /// Any; a transcriber may heed it.
    language_code: String,
    /// Who may be named: enrolled, and completely. `enrollmentIds` is taken as well.
    speaker_ids: Vec<String>,
}

/// What `speaker-diarize` is to do.
#[cfg(feature = "server")]
#[derive(utoipa::ToSchema, Serialize)]
#[schema(rename_all = "camelCase")]
pub(crate) struct DiarizeInput {
    /// Where the recording is: http or https.
    #[schema(format = "uri")]
    content_uri: String,
    /// What the sender says the recording is. Its bytes decide.
    encoding: Encoding,
    /// Any; a transcriber may heed it.
    language_code: String,
    /// Who may be named: enrolled, and completely. `enrollmentIds` is taken as well.
    speaker_ids: Option<Vec<String>>,
    /// Whether each channel is one speaker; false by default.
    separate_speaker_per_channel: Option<bool>,
    /// How many speak, 1 to 20; -1, 0 or nothing if that is not known.
    #[schema(minimum = -1, maximum = 20)]
    speaker_count: Option<i32>,
}

/// What `speech-to-text` is to do.
#[cfg(feature = "server")]
#[derive(utoipa::ToSchema, Serialize)]
#[schema(rename_all = "camelCase")]
pub(crate) struct AsrInput {
    #[serde(flatten)]
    conversation: DiarizeInput,
    /// Whether to say who speaks; false by default, unless `speakerIds` are named.
    enable_speaker_diarization: Option<bool>,
}

/// A job was taken on.
#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub(crate) struct Accepted {
    pub(crate) job_id: String,
}

/// The status of a job, as polled and as sent to the webhook.
#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub(crate) struct JobStatus {
    pub(crate) job_id: String,
    #[serde(default)]
    #[cfg_attr(feature = "server", schema(required))]
    pub(crate) api: String,
    #[serde(default)]
    #[cfg_attr(feature = "server", schema(required))]
    pub(crate) creation_time: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) completion_time: Option<String>,
    #[serde(default)]
    #[cfg_attr(feature = "server", schema(required))]
    pub(crate) expiration_time: String,
    /// InProgress, Success or Fail.
    pub(crate) status: String,
    /// What was found, or `errors`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", schema(value_type = Option<Object>))]
    pub(crate) response: Option<Box<RawValue>>,
    /// What Voiceroll knows besides.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) voiceroll: Option<OfJob>,
}

/// What is known of a job beyond the contract.
#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", default)]
#[derive(Default)]
pub(crate) struct OfJob {
    /// Why the result could not be posted to the webhook, the last time that it was tried.
    pub(crate) callback_failed: String,
}

/// Where a job is asked for.
pub(crate) fn job_path(request: &JobRequest) -> &'static str {
    match request.kind {
        JobKind::Identify => IDENTIFY,
        JobKind::Diarize => DIARIZE,
        JobKind::Transcribe => TRANSCRIBE,
    }
}

/// What a server is sent for a job.
pub(crate) fn job_input(request: &JobRequest) -> JobInput {
    let encoding = request.encoding.unwrap_or_else(|| by_extension(&request.content_uri));
    let known = request.known.iter().map(ToString::to_string).collect::<Vec<_>>();
    let told_apart = !known.is_empty() || request.speakers.is_some() || request.per_channel;
    JobInput {
        content_uri: Some(request.content_uri.clone()),
        encoding: Some(encoding.to_string()),
        language_code: Some(request.language.clone()),
        asked: Asked {
            speaker_ids: Some(known).filter(|known| !known.is_empty()),
            speaker_count: request.speakers.map(i64::from),
            separate_speaker_per_channel: request.per_channel.then_some(true),
            ..Asked::default()
        },
        enable_speaker_diarization: (request.kind == JobKind::Transcribe).then_some(told_apart),
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

/// The id that a server gave a job.
pub(crate) fn job_id(text: String) -> Result<JobId> {
    let invalid = || Error::new(Code::AnswerInvalid, "the server gave the job an id that does not fit into a URL");
    JobId::parse(text).map_err(|_| invalid())
}

/// A job as a server says how it stands.
pub(crate) fn read_job(status: JobStatus) -> Result<Job> {
    let invalid = || Error::new(Code::AnswerInvalid, "what the server says of the job is not in the contract");
    let mut job = Job {
        id: job_id(status.job_id)?,
        status: match status.status.as_str() {
            "Success" => crate::JobStatus::Success,
            "Fail" => crate::JobStatus::Fail,
            "InProgress" => crate::JobStatus::InProgress,
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
        crate::JobStatus::InProgress => {}
        crate::JobStatus::Success => job.result = Some(result(response).ok_or_else(invalid)?),
        crate::JobStatus::Fail => {
            let body: ErrorBody<'_> = serde_json::from_str(response).unwrap_or_default();
            let first = body.errors.into_iter().next().unwrap_or_default();
            let own = body.voiceroll.map(|cause| cause.code.into_owned());
            job.error_code = Some(own.unwrap_or_else(|| first.error_code.into_owned()));
            job.error_message = Some(sentence(&first.message));
        }
    }
    Ok(job)
}

/// What a job found.
fn result(response: &str) -> Option<JobResult> {
    let Ok(said) = serde_json::from_str::<Transcription<'_>>(response) else {
        let Conversation { speaker_count, utterances } = serde_json::from_str(response).ok()?;
        // Who is identified has an id, which may be a number; others are counted.
        let turn = if speaker_count.is_some() { counted } else { segment };
        let segments = utterances.into_iter().map(turn).collect();
        return Some(JobResult { speakers: speaker_count, segments, transcript: None });
    };
    let said_by = |id: &str| segment_of(id, 0.0, 0.0, 0.0).speaker_id;
    let utterances = said.utterances.unwrap_or_default();
    Some(JobResult {
        speakers: said.speaker_count,
        segments: utterances.iter().map(|it| segment_of(&it.speaker_id, it.start, it.end, it.confidence)).collect(),
        transcript: Some(Transcript {
            text: said.transcript.into_owned(),
            confidence: said.confidence,
            words: said
                .words
                .into_iter()
                .map(|word| crate::Word {
                    word: word.word.into_owned(),
                    start: word.start,
                    end: word.end,
                    speaker_id: word.speaker_id.and_then(|id| said_by(&id)),
                })
                .collect(),
            utterances: utterances
                .into_iter()
                .map(|it| crate::Utterance {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::SpeakerId;

    fn job(text: &str) -> Job {
        read_job(serde_json::from_str(text).unwrap()).unwrap()
    }

    #[test]
    fn the_published_samples_are_read() {
        let running = job(r#"{"jobId":"1","api":"/ai/x","creationTime":"2023-01-01T00:00:00Z",
            "expirationTime":"2023-01-08T00:00:00Z","status":"InProgress"}"#);
        assert_eq!((running.status, running.result), (crate::JobStatus::InProgress, None));
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
        let input = serde_json::to_value(job_input(&request)).unwrap();
        assert_eq!((&input["encoding"], &input["languageCode"]), (&"Wav".into(), &"en-US".into()));
        assert_eq!((&input["enableSpeakerDiarization"], &input["speakerCount"]), (&true.into(), &2.into()));
        assert!(input.get("speakerIds").is_none());
        assert!(!format!("{request:?}").contains("secret"));
    }
}
