//! Recordings that are sent, and enrollments.

#[cfg(feature = "server")]
use std::borrow::Cow;

use serde::{Deserialize, Serialize};

#[cfg(feature = "server")]
use super::ids::{Asked, Id, ids, whole};
#[cfg(feature = "server")]
use crate::{ConsentRecord, Encoding};
use crate::{Enrollment, Page, Quality, SpeakerId};

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
    pub(crate) voiceroll: Option<Own>,
}

/// What this project adds to a body.
#[cfg(feature = "server")]
#[derive(Deserialize)]
pub(crate) struct Own {
    /// The consent of the person who is enrolled.
    pub(crate) consent: Option<ConsentRecord>,
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

#[cfg(all(test, feature = "server"))]
mod tests {
    use super::*;

    #[test]
    fn escapes_and_both_spellings_of_the_id_are_read() {
        let input: AudioInput<'_> =
            serde_json::from_str(r#"{"enrollmentId":"a","content":"ab\/c\u003d\n","encoding":"Wav","more":[1]}"#)
                .unwrap();
        assert_eq!(input.enrollment_id.map(|id| id.0).as_deref(), Some("a"));
        assert_eq!(input.content.as_deref(), Some("ab/c=\n"));
    }
}
