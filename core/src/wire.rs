//! The JSON of the old contract, as it travels. `docs/server.md` says where the contract is silent and
//! what was chosen.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{Enrollment, Page, Problem, Quality};

/// What creates an enrollment or adds to it. Both spellings of the id are taken.
// What is documented of it is in `EnrollmentInputSchema` and `EnrollmentPatchInput`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct EnrollmentInput<'a> {
    pub(crate) speaker_id: Option<String>,
    pub(crate) enrollment_id: Option<String>,
    pub(crate) encoding: Option<String>,
    #[serde(rename = "languageCode")]
    pub(crate) _language_code: Option<String>,
    /// Base64, perhaps with line breaks.
    #[serde(borrow)]
    pub(crate) content: Option<Cow<'a, str>>,
}

/// An enrollment. Everything beyond the contract is in `voiceroll`.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct EnrollmentStatus {
    pub(crate) speaker_id: String,
    /// The same, as the contract once called it.
    pub(crate) enrollment_id: String,
    /// Whether there is speech enough to recognise the voice: at least 12 s.
    pub(crate) enrollment_complete: bool,
    /// Seconds of speech.
    pub(crate) total_speech_duration: f64,
    /// Seconds of all recordings, pauses included.
    pub(crate) total_enroll_duration: f64,
    /// Poor, Average, Good or High.
    #[schema(value_type = String)]
    pub(crate) enrollment_quality: Quality,
    /// All that Voiceroll knows of it; see the reference.
    #[schema(value_type = Object)]
    pub(crate) voiceroll: Enrollment,
}

/// A recording of one person speaking.
#[derive(ToSchema)]
#[schema(rename_all = "camelCase", as = EnrollmentPatchInput)]
#[expect(dead_code, reason = "documentation")]
pub(crate) struct EnrollmentPatchInputSchema {
    encoding: EncodingSchema,
    /// Any; nothing depends on it.
    language_code: Option<String>,
    /// The recording in base64, which may be broken into lines.
    content: String,
}

/// A recording of one person speaking, and the id to enroll the voice under.
#[derive(ToSchema)]
#[schema(rename_all = "camelCase", as = EnrollmentInput)]
#[expect(dead_code, reason = "documentation")]
pub(crate) struct EnrollmentInputSchema {
    /// Letters, digits and underscores; `enrollmentId` is taken as well.
    #[schema(pattern = "^[a-zA-Z0-9_]{1,128}$")]
    speaker_id: String,
    encoding: EncodingSchema,
    /// Any; nothing depends on it.
    language_code: Option<String>,
    /// The recording in base64, which may be broken into lines.
    content: String,
}

/// What the sender says the recording is. Its bytes decide.
#[derive(ToSchema)]
#[schema(as = Encoding)]
#[expect(dead_code, reason = "documentation")]
pub(crate) enum EncodingSchema {
    Mpeg,
    Mp4,
    Wav,
    Webm,
    Webp,
    Aac,
    Avi,
    Ogg,
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
            voiceroll: enrollment,
        }
    }
}

/// One page of the roll.
#[derive(Serialize, ToSchema)]
pub(crate) struct EnrolledSpeakers {
    pub(crate) paging: Paging,
    pub(crate) records: Vec<EnrollmentStatus>,
}

/// Which page it is.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Paging {
    pub(crate) page: u32,
    pub(crate) total_pages: u32,
    pub(crate) per_page: u32,
    /// Beyond the contract.
    pub(crate) total_elements: u64,
}

impl From<Page> for EnrolledSpeakers {
    fn from(page: Page) -> Self {
        let Page { records, page, per_page, total_pages, total } = page;
        Self {
            paging: Paging { page, total_pages, per_page, total_elements: total },
            records: records.into_iter().map(EnrollmentStatus::from).collect(),
        }
    }
}

/// What every refusal says: the contract's `errors`, the same at the top level for the SDKs that look
/// there, and Voiceroll's own code.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ErrorBody<'a> {
    #[schema(value_type = Vec<ErrorDetail<'a>>)]
    pub(crate) errors: [ErrorDetail<'a>; 1],
    pub(crate) error_code: &'a str,
    pub(crate) message: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) parameter_name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) voiceroll: Option<Cause<'a>>,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ErrorDetail<'a> {
    pub(crate) error_code: &'a str,
    pub(crate) message: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) parameter_name: Option<&'a str>,
}

/// An error as `tests/errors.json` lists it.
#[derive(Serialize, ToSchema)]
pub(crate) struct Cause<'a> {
    pub(crate) code: &'a str,
    pub(crate) retryable: bool,
    #[serde(skip_serializing_if = "<[Problem]>::is_empty")]
    #[schema(value_type = Vec<Object>)]
    pub(crate) problems: &'a [Problem],
}

/// What a job is to do. Which members it needs depends on the job.
#[derive(Deserialize, Serialize, Default)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct JobInput {
    pub(crate) content_uri: Option<String>,
    pub(crate) encoding: Option<String>,
    pub(crate) language_code: Option<String>,
    pub(crate) speaker_ids: Option<Vec<String>>,
    pub(crate) enrollment_ids: Option<Vec<String>>,
    pub(crate) separate_speaker_per_channel: Option<bool>,
    pub(crate) speaker_count: Option<i64>,
    pub(crate) enable_speaker_diarization: Option<bool>,
}

impl JobInput {
    /// The ids under either spelling.
    pub(crate) fn speakers(&self) -> &[String] {
        self.speaker_ids.as_deref().or(self.enrollment_ids.as_deref()).unwrap_or_default()
    }
}

/// What `speaker-identify` is to do.
#[derive(ToSchema)]
#[schema(rename_all = "camelCase")]
#[expect(dead_code, reason = "documentation")]
pub(crate) struct IdentifyInput {
    /// Where the recording is: http or https.
    #[schema(format = "uri")]
    content_uri: String,
    encoding: EncodingSchema,
    /// Any; a transcriber may heed it.
    language_code: String,
    /// Who may be named: enrolled, and completely. `enrollmentIds` is taken as well.
    speaker_ids: Vec<String>,
}

/// What `speaker-diarize` is to do.
#[derive(ToSchema)]
#[schema(rename_all = "camelCase")]
#[expect(dead_code, reason = "documentation")]
pub(crate) struct DiarizeInput {
    /// Where the recording is: http or https.
    #[schema(format = "uri")]
    content_uri: String,
    encoding: EncodingSchema,
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
#[derive(ToSchema)]
#[schema(rename_all = "camelCase")]
#[expect(dead_code, reason = "documentation")]
pub(crate) struct AsrInput {
    /// Where the recording is: http or https.
    #[schema(format = "uri")]
    content_uri: String,
    encoding: EncodingSchema,
    /// Any; a transcriber may heed it.
    language_code: String,
    /// Who may be named: enrolled, and completely. `enrollmentIds` is taken as well.
    speaker_ids: Option<Vec<String>>,
    /// Whether each channel is one speaker; false by default.
    separate_speaker_per_channel: Option<bool>,
    /// How many speak, 1 to 20; -1, 0 or nothing if that is not known.
    #[schema(minimum = -1, maximum = 20)]
    speaker_count: Option<i32>,
    /// Whether to say who speaks; false by default, unless `speakerIds` are named.
    enable_speaker_diarization: Option<bool>,
}

/// A job was taken on.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Accepted {
    pub(crate) job_id: String,
}

/// How a job stands: the answer to a question about it, and the callback.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct JobStatus {
    pub(crate) job_id: String,
    pub(crate) api: String,
    pub(crate) creation_time: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) completion_time: Option<String>,
    pub(crate) expiration_time: String,
    /// InProgress, Success or Fail.
    pub(crate) status: &'static str,
    /// What was found, or `errors`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    pub(crate) response: Option<Box<serde_json::value::RawValue>>,
}

/// A stretch of one speaker.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct DiarizeSegment {
    pub(crate) speaker_id: String,
    pub(crate) start: f64,
    pub(crate) end: f64,
    pub(crate) confidence: f64,
}

/// Who a segment of `speaker-identify` is whose voice is nobody's on the list.
pub(crate) const NOT_IDENTIFIED: &str = "UserNotIdentified";

/// The bytes of base64 that may hold white space.
pub(crate) fn decode_base64(text: &str) -> Option<Vec<u8>> {
    use base64::Engine as _;
    use base64::alphabet::STANDARD;
    use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
    const ENGINE: GeneralPurpose = GeneralPurpose::new(
        &STANDARD,
        GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
    );
    if memchr::memchr3(b'\n', b'\r', b' ', text.as_bytes()).is_none() {
        return ENGINE.decode(text).ok();
    }
    let packed: Vec<u8> = text.bytes().filter(|byte| !byte.is_ascii_whitespace()).collect();
    ENGINE.decode(packed).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_may_be_broken_into_lines_and_unpadded() {
        assert_eq!(decode_base64("Vm9pY2U=").unwrap(), b"Voice");
        assert_eq!(decode_base64("Vm9p\nY2U=\n").unwrap(), b"Voice");
        assert_eq!(decode_base64("Vm9p\r\n Y2U").unwrap(), b"Voice");
        assert_eq!(decode_base64("Vm9pY2U*"), None);
    }

    #[test]
    fn escapes_and_both_spellings_of_the_id_are_read() {
        let input: EnrollmentInput<'_> =
            serde_json::from_str(r#"{"enrollmentId":"a","content":"ab\/c\u003d\n","encoding":"Wav","more":[1]}"#)
                .unwrap();
        assert_eq!(input.enrollment_id.as_deref(), Some("a"));
        assert_eq!(input.content.as_deref(), Some("ab/c=\n"));
    }
}
