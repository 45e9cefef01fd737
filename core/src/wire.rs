//! The JSON of RingCentral's API, for the server and the client. `docs/server.md`
//! says where the contract is silent and what was chosen.

use std::borrow::Cow;

use serde::de::{Error as _, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::value::RawValue;

#[cfg(feature = "server")]
use crate::Encoding;
use crate::{Enrollment, Page, Problem, Quality, SpeakerId};

/// A body with a recording, as the server reads it. Which other members it needs depends on what is to be
/// done; both spellings of the ids are taken.
// Without `flatten`, which would keep every member in memory, whatever it is.
#[cfg(feature = "server")]
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct AudioInput<'a> {
    #[serde(default)]
    pub(crate) speaker_id: Option<Id>,
    #[serde(default)]
    pub(crate) enrollment_id: Option<Id>,
    pub(crate) encoding: Option<String>,
    #[serde(rename = "languageCode")]
    pub(crate) _language_code: Option<String>,
    /// Base64, perhaps with line breaks.
    #[serde(borrow)]
    pub(crate) content: Option<Cow<'a, str>>,
    #[serde(default, deserialize_with = "ids")]
    speaker_ids: Option<Vec<String>>,
    #[serde(default, deserialize_with = "ids")]
    enrollment_ids: Option<Vec<String>>,
    everybody: Option<bool>,
    separate_speaker_per_channel: Option<bool>,
    #[serde(default, deserialize_with = "whole")]
    speaker_count: Option<i64>,
}

#[cfg(feature = "server")]
impl AudioInput<'_> {
    /// What is asked of the recording.
    pub(crate) fn asked(&mut self) -> Asked {
        Asked {
            speaker_ids: self.speaker_ids.take(),
            enrollment_ids: self.enrollment_ids.take(),
            everybody: self.everybody,
            separate_speaker_per_channel: self.separate_speaker_per_channel,
            speaker_count: self.speaker_count,
        }
    }
}

/// Who may be named in a conversation, and what is known of it.
#[derive(Serialize, Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct Asked {
    #[serde(deserialize_with = "ids", skip_serializing_if = "Option::is_none")]
    pub(crate) speaker_ids: Option<Vec<String>>,
    #[serde(deserialize_with = "ids", skip_serializing_if = "Option::is_none")]
    pub(crate) enrollment_ids: Option<Vec<String>>,
    /// All enrolled speakers; beyond the contract.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) everybody: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) separate_speaker_per_channel: Option<bool>,
    #[serde(deserialize_with = "whole", skip_serializing_if = "Option::is_none")]
    pub(crate) speaker_count: Option<i64>,
}

/// The most ids in a list.
pub(crate) const MOST_IDS: usize = 1000;

/// An id as programs send it: text, or the number that it is in other parts of RingCentral's service.
pub(crate) struct Id(pub(crate) String);

impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Read;
        impl Visitor<'_> for Read {
            type Value = Id;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("an id, as text")
            }

            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Id, E> {
                Ok(Id(text.to_owned()))
            }

            fn visit_u64<E: serde::de::Error>(self, number: u64) -> Result<Id, E> {
                Ok(Id(number.to_string()))
            }
        }
        from.deserialize_any(Read)
    }
}

/// A list of ids that is not longer than a list may be.
pub(crate) struct Ids(pub(crate) Vec<String>);

impl<'de> Deserialize<'de> for Ids {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Read;
        impl<'de> Visitor<'de> for Read {
            type Value = Ids;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a list of ids, as text")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Ids, A::Error> {
                let mut ids = Vec::new();
                while let Some(Id(id)) = list.next_element()? {
                    if ids.len() == MOST_IDS {
                        return Err(A::Error::custom("more ids than are allowed"));
                    }
                    ids.push(id);
                }
                Ok(Ids(ids))
            }
        }
        from.deserialize_seq(Read)
    }
}

fn ids<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Vec<String>>, D::Error> {
    Ok(Option::<Ids>::deserialize(from)?.map(|ids| ids.0))
}

/// A whole number, which some languages write as 2.0.
pub(crate) fn whole<'de, D: Deserializer<'de>>(from: D) -> Result<Option<i64>, D::Error> {
    let Some(number) = Option::<f64>::deserialize(from)? else { return Ok(None) };
    if number.fract() != 0.0 || number.abs() > f64::from(i32::MAX) {
        return Err(D::Error::custom("not a whole number"));
    }
    Ok(Some(number as i64))
}

impl Asked {
    /// The ids under either spelling.
    #[cfg(feature = "server")]
    pub(crate) fn speakers(&self) -> Option<&[String]> {
        let (ids, others) = (self.speaker_ids.as_deref(), self.enrollment_ids.as_deref());
        ids.filter(|ids| !ids.is_empty()).or(others).or(ids)
    }

    /// The member that the ids came in.
    #[cfg(feature = "server")]
    pub(crate) fn named(&self) -> &'static str {
        let given = |ids: &Option<Vec<String>>| ids.as_ref().is_some_and(|ids| !ids.is_empty());
        let others = given(&self.enrollment_ids) && !given(&self.speaker_ids);
        if others || self.speaker_ids.is_none() && self.enrollment_ids.is_some() {
            return "enrollmentIds";
        }
        "speakerIds"
    }

    /// Whether the two spellings have other ids.
    #[cfg(feature = "server")]
    pub(crate) fn contradicts(&self) -> bool {
        match (self.speaker_ids.as_deref(), self.enrollment_ids.as_deref()) {
            (Some(ids), Some(others)) => !ids.is_empty() && !others.is_empty() && ids != others,
            _ => false,
        }
    }
}

/// A recording of one person speaking.
// As it is described. The client writes it without a copy: see `remote/upload.rs`.
#[cfg(feature = "server")]
#[derive(utoipa::ToSchema, Serialize)]
#[schema(rename_all = "camelCase", as = EnrollmentPatchInput)]
pub(crate) struct EnrollmentPatchInputSchema {
    /// What the sender says the recording is. Its bytes decide.
    encoding: Encoding,
    /// Any; nothing depends on it.
    language_code: Option<String>,
    /// The recording in base64, which may be broken into lines.
    content: String,
}

/// A recording of one person speaking, and the id to enroll the voice under.
#[cfg(feature = "server")]
#[derive(utoipa::ToSchema, Serialize)]
#[schema(rename_all = "camelCase", as = EnrollmentInput)]
pub(crate) struct EnrollmentInputSchema {
    /// Letters, digits and underscores; `enrollmentId` is taken as well.
    #[schema(pattern = "^[a-zA-Z0-9_]{1,128}$")]
    speaker_id: String,
    #[serde(flatten)]
    recording: EnrollmentPatchInputSchema,
}

/// An enrollment. Everything beyond the contract is in `voiceroll`.
#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub(crate) struct EnrollmentStatus {
    #[serde(default)]
    #[cfg_attr(feature = "server", schema(required))]
    pub(crate) speaker_id: String,
    /// The same, as the contract once called it.
    #[serde(default)]
    #[cfg_attr(feature = "server", schema(required))]
    pub(crate) enrollment_id: String,
    /// Whether there is enough speech for comparisons: at least 12 s.
    pub(crate) enrollment_complete: bool,
    /// Seconds of speech.
    pub(crate) total_speech_duration: f64,
    /// Seconds of all recordings, pauses included.
    #[serde(default)]
    #[cfg_attr(feature = "server", schema(required))]
    pub(crate) total_enroll_duration: f64,
    #[serde(default = "poor")]
    #[cfg_attr(feature = "server", schema(required))]
    pub(crate) enrollment_quality: Quality,
    /// All that Voiceroll knows of it; see the reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", schema(value_type = Object))]
    pub(crate) voiceroll: Option<Enrollment>,
}

fn poor() -> Quality {
    Quality::Poor
}

impl From<Enrollment> for EnrollmentStatus {
    fn from(enrollment: Enrollment) -> Self {
        Self {
            speaker_id: enrollment.speaker_id.as_str().to_owned(),
            enrollment_id: enrollment.speaker_id.as_str().to_owned(),
            enrollment_complete: enrollment.complete,
            total_speech_duration: enrollment.speech_seconds,
            total_enroll_duration: enrollment.total_seconds,
            enrollment_quality: enrollment.quality,
            voiceroll: Some(enrollment),
        }
    }
}

/// One page of the enrollments.
#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub(crate) struct EnrolledSpeakers {
    pub(crate) paging: Paging,
    pub(crate) records: Vec<EnrollmentStatus>,
}

/// Which page it is.
#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub(crate) struct Paging {
    pub(crate) page: u32,
    pub(crate) total_pages: u32,
    pub(crate) per_page: u32,
    /// Beyond the contract.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) total_elements: Option<u64>,
    /// Beyond the contract: what `after` is for the next page. Absent on the last one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", schema(value_type = Option<String>))]
    pub(crate) next_after: Option<SpeakerId>,
}

impl From<Page> for EnrolledSpeakers {
    fn from(page: Page) -> Self {
        let Page { records, page, per_page, total_pages, total, next_after } = page;
        Self {
            paging: Paging { page, total_pages, per_page, total_elements: Some(total), next_after },
            records: records.into_iter().map(EnrollmentStatus::from).collect(),
        }
    }
}

/// What every refusal says: the contract's `errors`, the same at the top level for the SDKs that look
/// there, and Voiceroll's own code.
#[derive(Serialize, Deserialize, Default)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct ErrorBody<'a> {
    #[cfg_attr(feature = "server", schema(required))]
    pub(crate) errors: Vec<ErrorDetail<'a>>,
    #[cfg_attr(feature = "server", schema(required))]
    pub(crate) error_code: Cow<'a, str>,
    #[cfg_attr(feature = "server", schema(required))]
    pub(crate) message: Cow<'a, str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) parameter_name: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) voiceroll: Option<Cause<'a>>,
}

#[derive(Serialize, Deserialize, Default)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct ErrorDetail<'a> {
    #[cfg_attr(feature = "server", schema(required))]
    pub(crate) error_code: Cow<'a, str>,
    #[cfg_attr(feature = "server", schema(required))]
    pub(crate) message: Cow<'a, str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) parameter_name: Option<Cow<'a, str>>,
}

/// An error as `tests/errors.json` lists it.
#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub(crate) struct Cause<'a> {
    pub(crate) code: Cow<'a, str>,
    pub(crate) retryable: bool,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "server", schema(value_type = Vec<Object>))]
    pub(crate) problems: Vec<Problem>,
}

/// What logs in, as a form.
#[cfg(feature = "server")]
#[derive(utoipa::ToSchema)]
#[expect(dead_code, reason = "documentation")]
pub(crate) struct LogIn {
    /// `urn:ietf:params:oauth:grant-type:jwt-bearer` or `refresh_token`.
    grant_type: String,
    /// The JSON Web Token, for the first.
    assertion: Option<String>,
    /// For the second.
    refresh_token: Option<String>,
    /// Seconds, 600 to 3600.
    access_token_ttl: Option<i64>,
    /// Seconds, 600 to 2592000.
    refresh_token_ttl: Option<i64>,
}

/// What ends, as a form.
#[cfg(feature = "server")]
#[derive(utoipa::ToSchema)]
#[expect(dead_code, reason = "documentation")]
pub(crate) struct Revocation {
    /// An access or a refresh token.
    token: String,
}

pub(crate) const JWT_GRANT: &str = "urn:ietf:params:oauth:grant-type:jwt-bearer";

/// The tokens of a session. Without `Debug`: they are secrets.
#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub(crate) struct TokenInfo {
    pub(crate) access_token: String,
    #[serde(default)]
    #[cfg_attr(feature = "server", schema(required))]
    pub(crate) token_type: String,
    /// Seconds.
    pub(crate) expires_in: u64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) refresh_token: Option<String>,
    /// Seconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) refresh_token_expires_in: Option<u64>,
    #[serde(default)]
    #[cfg_attr(feature = "server", schema(required))]
    pub(crate) scope: String,
    /// The extension id of the owner of the login.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) owner_id: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) endpoint_id: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) session_id: Option<String>,
}

/// A refusal to log in: OAuth's words (RFC 6749, section 5.2) beside the contract's.
#[cfg(feature = "server")]
#[derive(Serialize, utoipa::ToSchema)]
pub(crate) struct LogInRefused<'a> {
    pub(crate) error: &'a str,
    pub(crate) error_description: &'a str,
    #[serde(flatten)]
    pub(crate) body: ErrorBody<'a>,
}

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

pub(crate) const ENROLLMENTS: &str = "/ai/audio/v1/enrollments";
pub(crate) const IDENTIFY: &str = "/ai/audio/v1/async/speaker-identify";
pub(crate) const DIARIZE: &str = "/ai/audio/v1/async/speaker-diarize";
pub(crate) const TRANSCRIBE: &str = "/ai/audio/v1/async/speech-to-text";
pub(crate) const IDENTIFY_NOW: &str = "/ai/audio/v1/speaker-identify";
pub(crate) const DIARIZE_NOW: &str = "/ai/audio/v1/speaker-diarize";
pub(crate) const VERIFY_NOW: &str = "/ai/audio/v1/speaker-verify";
pub(crate) const MODEL: &str = "/voiceroll/v1/model";
pub(crate) const JOBS: &str = "/ai/status/v1/jobs";
pub(crate) const TOKEN: &str = "/restapi/oauth/token";
pub(crate) const REVOKE: &str = "/restapi/oauth/revoke";

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

/// A recording in which enrolled speakers are to be found at once.
#[cfg(feature = "server")]
#[derive(utoipa::ToSchema, Serialize)]
#[schema(rename_all = "camelCase")]
pub(crate) struct IdentifyNow {
    #[serde(flatten)]
    recording: EnrollmentPatchInputSchema,
    /// Who may be named: enrolled, and completely; everybody where it is left out. `enrollmentIds` is
    /// taken as well.
    speaker_ids: Option<Vec<String>>,
}

/// A conversation to take apart at once.
#[cfg(feature = "server")]
#[derive(utoipa::ToSchema, Serialize)]
#[schema(rename_all = "camelCase")]
pub(crate) struct DiarizeNow {
    #[serde(flatten)]
    recording: EnrollmentPatchInputSchema,
    /// Who may be named: enrolled, and completely; nobody where it is left out.
    speaker_ids: Option<Vec<String>>,
    /// Whether all enrolled speakers may be named; false by default.
    everybody: Option<bool>,
    /// Whether each channel is one speaker; false by default.
    separate_speaker_per_channel: Option<bool>,
    /// How many speak, 1 to 20; -1, 0 or nothing if that is not known.
    #[schema(minimum = -1, maximum = 20)]
    speaker_count: Option<i32>,
}

/// What was found at once: the contract's shape, if it has one, and all that Voiceroll knows.
#[derive(Serialize, Deserialize)]
pub(crate) struct Found<T> {
    #[serde(flatten)]
    pub(crate) conversation: Option<Conversation>,
    pub(crate) voiceroll: T,
}

/// The model of a server's voiceprints, and who was enrolled with another.
#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub(crate) struct Model {
    pub(crate) model: String,
    pub(crate) enrolled_otherwise: Vec<Otherwise>,
}

#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub(crate) struct Otherwise {
    #[cfg_attr(feature = "server", schema(value_type = String))]
    pub(crate) speaker_id: SpeakerId,
    pub(crate) model: String,
}

/// A job was taken on.
#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub(crate) struct Accepted {
    pub(crate) job_id: String,
}

/// How a job stands: the answer to a question about it, and the callback.
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

/// What `speaker-identify` and `speaker-diarize` find.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Conversation {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) speaker_count: Option<u32>,
    pub(crate) utterances: Vec<DiarizeSegment>,
}

/// A stretch of one speaker.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct DiarizeSegment {
    pub(crate) speaker_id: String,
    pub(crate) start: f64,
    pub(crate) end: f64,
    #[serde(default)]
    pub(crate) confidence: f64,
}

/// Who a segment of `speaker-identify` is whose voice is nobody's on the list.
pub(crate) const NOT_IDENTIFIED: &str = "UserNotIdentified";

/// What `speech-to-text` finds.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Transcription<'a> {
    pub(crate) transcript: Cow<'a, str>,
    #[serde(default)]
    pub(crate) words: Vec<Word<'a>>,
    /// The confidence in who speaks, on average over the words; 1 where nobody asked.
    #[serde(default)]
    pub(crate) confidence: f64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) speaker_count: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) utterances: Option<Vec<Utterance<'a>>>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Word<'a> {
    pub(crate) word: Cow<'a, str>,
    pub(crate) start: f64,
    pub(crate) end: f64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) speaker_id: Option<Cow<'a, str>>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Utterance<'a> {
    #[serde(default)]
    pub(crate) speaker_id: Cow<'a, str>,
    pub(crate) start: f64,
    pub(crate) end: f64,
    pub(crate) text: Cow<'a, str>,
    #[serde(default)]
    pub(crate) confidence: f64,
    #[serde(default)]
    pub(crate) word_timings: Vec<Word<'a>>,
}

/// The bytes of base64, of either alphabet, that may hold white space and stand in a `data:` URL.
#[cfg(feature = "server")]
pub(crate) fn decode_base64(text: &str) -> Option<Vec<u8>> {
    use base64::Engine as _;
    use base64::alphabet::{STANDARD, URL_SAFE};
    use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
    const CONFIG: GeneralPurposeConfig =
        GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);
    const ENGINE: GeneralPurpose = GeneralPurpose::new(&STANDARD, CONFIG);
    const URL: GeneralPurpose = GeneralPurpose::new(&URL_SAFE, CONFIG);
    let text = without_data_url(text)?;
    if let Ok(bytes) = ENGINE.decode(text) {
        return Some(bytes);
    }
    let packed: Vec<u8> = text.bytes().filter(|byte| !byte.is_ascii_whitespace()).collect();
    ENGINE.decode(&packed).or_else(|_| URL.decode(&packed)).ok()
}

/// What stands behind `data:audio/webm;codecs=opus;base64,`, as browsers write it; all where that is not there.
#[cfg(feature = "server")]
fn without_data_url(text: &str) -> Option<&str> {
    let text = text.trim_start();
    match text.get(..5) {
        Some(start) if start.eq_ignore_ascii_case("data:") => {
            let (head, rest) = text.split_once(',')?;
            head.trim_end().to_ascii_lowercase().ends_with(";base64").then_some(rest)
        }
        _ => Some(text),
    }
}

#[cfg(all(test, feature = "server"))]
mod tests {
    use super::*;

    #[test]
    fn base64_may_be_broken_into_lines_and_unpadded() {
        assert_eq!(decode_base64("Vm9pY2U=").unwrap(), b"Voice");
        assert_eq!(decode_base64("Vm9p\nY2U=\n").unwrap(), b"Voice");
        assert_eq!(decode_base64("Vm9p\r\n Y2U").unwrap(), b"Voice");
        assert_eq!(decode_base64("Vm9p\tY2U=").unwrap(), b"Voice");
        assert_eq!(decode_base64("Vm9pY2U*"), None);
        assert_eq!(decode_base64("-_-_").unwrap(), decode_base64("+/+/").unwrap());
        for url in
            ["data:audio/webm;codecs=opus;base64,Vm9pY2U=", " DATA:;BASE64,Vm9p\nY2U", "data:audio/wav;base64,Vm9pY2U"]
        {
            assert_eq!(decode_base64(url).unwrap(), b"Voice");
        }
        for text in ["data:audio/wav,Vm9pY2U=", "data:", "b'Vm9pY2U='", "data:audio/wav;base64"] {
            assert_eq!(decode_base64(text), None, "{text}");
        }
    }

    #[test]
    fn escapes_and_both_spellings_of_the_id_are_read() {
        let input: AudioInput<'_> =
            serde_json::from_str(r#"{"enrollmentId":"a","content":"ab\/c\u003d\n","encoding":"Wav","more":[1]}"#)
                .unwrap();
        assert_eq!(input.enrollment_id.map(|id| id.0).as_deref(), Some("a"));
        assert_eq!(input.content.as_deref(), Some("ab/c=\n"));
    }
}
