//! Conversations: what is asked of a recording that comes with the request, and what is found.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

#[cfg(feature = "server")]
use super::enrollments::EnrollmentPatchInputSchema;
use crate::{Segment, SpeakerId};

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

/// A turn of `speaker-identify`, whose speakers are enrolled or nobody.
pub(crate) fn segment(said: DiarizeSegment) -> Segment {
    let id = SpeakerId::parse(said.speaker_id.as_str()).ok().filter(|_| said.speaker_id != NOT_IDENTIFIED);
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
pub(super) fn counted(said: DiarizeSegment) -> Segment {
    let number = said.speaker_id.parse::<u32>().ok().filter(|number| *number < 100);
    let label = number.and_then(|number| SpeakerId::parse(format!("speaker_{}", number + 1)).ok());
    let turn = segment(said);
    match label {
        Some(label) => Segment { speaker_id: Some(label), enrolled: false, ..turn },
        None => turn,
    }
}

pub(super) fn segment_of(id: &str, start: f64, end: f64, confidence: f64) -> Segment {
    counted(DiarizeSegment { speaker_id: id.to_owned(), start, end, confidence })
}
