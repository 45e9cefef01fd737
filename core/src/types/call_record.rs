//! Call-log records of RingCentral: the recording, the participants and their names.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::error::{Code, Error, Result};
use super::{Segment, SpeakerId};

/// A record of RingCentral's call log, as its API returns it. Ids can be text or numbers.
///
/// Its `Debug` form omits names and telephone numbers.
///
/// ```
/// use voiceroll::CallRecord;
///
/// let record: CallRecord = r#"{
///     "id": "WKt-N7", "direction": "Inbound",
///     "to": { "name": "Agent 1200", "extensionId": "59586" },
///     "extension": { "id": 59586 },
///     "recording": { "id": "401", "contentUri": "https://media.example.com/401/content" }
/// }"#
/// .parse()?;
/// assert_eq!(record.speaker_ids(), ["59586".parse()?]);
/// assert_eq!(record.content_uri.as_deref(), Some("https://media.example.com/401/content"));
/// # Ok::<(), voiceroll::Error>(())
/// ```
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct CallRecord {
    /// The record's id.
    pub id: String,
    /// The URL of the recording; none if the call was not recorded.
    pub content_uri: Option<String>,
    /// The participants in the record: the caller, the callee, the extension that owns the log, and those of the legs
    /// of a transferred call.
    pub participants: Vec<Participant>,
}

/// A participant of a call.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct Participant {
    /// The extension id, which is the recommended speaker id; none for external participants.
    pub speaker_id: Option<SpeakerId>,
    /// The name in the record.
    pub name: Option<String>,
}

impl CallRecord {
    /// Reads a record from a JSON value.
    ///
    /// # Errors
    /// `invalid_option` unless it is an object with an `id`.
    pub fn from_json(record: &Value) -> Result<Self> {
        let raw = Raw::deserialize(record).map_err(|_| unreadable())?;
        let mut participants: Vec<Participant> = Vec::new();
        let legs = raw.legs.unwrap_or_default();
        for leg in std::iter::once(&raw.whole).chain(&legs) {
            for party in [&leg.from, &leg.to].into_iter().flatten() {
                add(&mut participants, &party.extension_id, party.name.as_deref());
            }
            if let Some(extension) = &leg.extension {
                add(&mut participants, &extension.id, None);
            }
        }
        let content_uri = raw.recording.and_then(|recording| recording.content_uri);
        Ok(Self { id: id_text(&raw.id).ok_or_else(unreadable)?, content_uri, participants })
    }

    /// The speaker ids of the participants.
    pub fn speaker_ids(&self) -> Vec<SpeakerId> {
        self.participants.iter().filter_map(|participant| participant.speaker_id.clone()).collect()
    }

    /// The name of a speaker in the record.
    pub fn name_of(&self, id: &SpeakerId) -> Option<&str> {
        let found = self.participants.iter().find(|participant| participant.speaker_id.as_ref() == Some(id));
        found?.name.as_deref()
    }

    /// Sets another URL for the recording: that of a copy, or one with a token.
    pub fn with_content_uri(mut self, uri: impl Into<String>) -> Self {
        self.content_uri = Some(uri.into());
        self
    }
}

impl FromStr for CallRecord {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        Self::from_json(&serde_json::from_str(text).map_err(|_| unreadable())?)
    }
}

/// The error for a call without a recording.
pub(crate) fn not_recorded() -> Error {
    Error::new(Code::InvalidOption, "the call record names no recording; pass the recording if you have one")
}

fn unreadable() -> Error {
    Error::new(
        Code::InvalidOption,
        "this is not a call record; pass the JSON object that the call log returns, with at least an `id`",
    )
}

fn add(participants: &mut Vec<Participant>, id: &Value, name: Option<&str>) {
    let speaker_id = id_text(id).and_then(|id| SpeakerId::parse(id).ok());
    let name = name.filter(|name| !name.is_empty()).map(str::to_owned);
    if speaker_id.is_none() && name.is_none() {
        return;
    }
    let same = |known: &&mut Participant| match &speaker_id {
        Some(id) => known.speaker_id.as_ref() == Some(id),
        None => known.speaker_id.is_none() && known.name == name,
    };
    match participants.iter_mut().find(same) {
        Some(known) => known.name = known.name.take().or(name),
        None => participants.push(Participant { speaker_id, name }),
    }
}

/// An id as text, whichever way it was written.
fn id_text(id: &Value) -> Option<String> {
    match id {
        Value::String(text) if !text.is_empty() => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Raw {
    id: Value,
    /// The call as a whole, which has the parties of a leg.
    #[serde(flatten)]
    whole: Leg,
    #[serde(default)]
    recording: Option<Stored>,
    #[serde(default)]
    legs: Option<Vec<Leg>>,
}

#[derive(Deserialize)]
struct Leg {
    #[serde(default)]
    from: Option<Party>,
    #[serde(default)]
    to: Option<Party>,
    #[serde(default)]
    extension: Option<Extension>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Party {
    #[serde(default)]
    extension_id: Value,
    #[serde(default)]
    name: Option<String>,
}

#[derive(Deserialize)]
struct Extension {
    #[serde(default)]
    id: Value,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Stored {
    #[serde(default)]
    content_uri: Option<String>,
}

impl fmt::Debug for CallRecord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CallRecord")
            .field("recorded", &self.content_uri.is_some())
            .field("speaker_ids", &self.speaker_ids())
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Participant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Participant").field("speaker_id", &self.speaker_id).finish_non_exhaustive()
    }
}

/// Who spoke when in a call.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "__bridge", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[non_exhaustive]
pub struct CallIdentification {
    /// All segments, sorted by start, including those of unknown speakers.
    pub segments: Vec<CallSegment>,
    /// The participants that were not searched for, as they are not enrolled, or not completely.
    pub not_enrolled: Vec<SpeakerId>,
}

/// A segment of a call, with the speaker's name. Its `Debug` form omits the name.
#[derive(Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "__bridge", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[non_exhaustive]
pub struct CallSegment {
    /// The segment and its speaker.
    #[serde(flatten)]
    pub segment: Segment,
    /// The speaker's name from the record, or else from RingCentral.
    pub name: Option<String>,
}

impl fmt::Debug for CallSegment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CallSegment").field("segment", &self.segment).finish_non_exhaustive()
    }
}

/// Turns with what their speakers are called.
pub(crate) fn named(segments: Vec<Segment>, name_of: impl Fn(&SpeakerId) -> Option<String>) -> Vec<CallSegment> {
    let named = |segment: Segment| {
        let name = segment.speaker_id.as_ref().filter(|_| segment.enrolled).and_then(&name_of);
        CallSegment { segment, name }
    };
    segments.into_iter().map(named).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// JSON that is not a call record but has its member names.
    fn anything() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            ".{0,8}".prop_map(Value::from)
        ];
        let name = prop_oneof![
            Just("id"),
            Just("from"),
            Just("to"),
            Just("legs"),
            Just("extension"),
            Just("extensionId"),
            Just("name"),
            Just("recording"),
            Just("contentUri")
        ];
        leaf.prop_recursive(4, 40, 6, move |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
                prop::collection::hash_map(name.clone().prop_map(str::to_owned), inner, 0..6)
                    .prop_map(|members| members.into_iter().collect::<serde_json::Map<_, _>>().into()),
            ]
        })
    }

    proptest! {
        #[test]
        fn any_json_is_a_record_or_an_error(json in anything()) {
            match CallRecord::from_json(&json) {
                Ok(record) => prop_assert!(record.speaker_ids().len() <= record.participants.len()),
                Err(error) => prop_assert_eq!(error.code(), "invalid_option"),
            }
        }
    }

    #[test]
    fn a_record_names_everybody_once_whatever_type_the_ids_have() {
        let record: CallRecord = r#"{
            "id": 12, "from": {"name": "Somebody", "phoneNumber": "+1555"},
            "to": {"name": "Agent 1200", "extensionId": "59586"}, "extension": {"uri": "x", "id": 59586},
            "legs": [{"to": {"extensionId": 777}, "from": {"name": "Agent 1200", "extensionId": 59586}},
                     {"extension": {"id": "777"}, "to": {"name": "Second", "extensionId": "777"}}],
            "recording": {"id": "1", "uri": "u", "type": "OnDemand", "contentUri": "https://media/1"}
        }"#
        .parse()
        .unwrap();
        assert_eq!(record.id, "12");
        let ids: Vec<_> = record.speaker_ids().iter().map(ToString::to_string).collect();
        assert_eq!(ids, ["59586", "777"]);
        assert_eq!(record.name_of(&"59586".parse().unwrap()), Some("Agent 1200"));
        assert_eq!(record.name_of(&"777".parse().unwrap()), Some("Second"));
        assert_eq!(record.participants.len(), 3);
        let printed = format!("{record:?} {:?}", record.participants);
        assert!(!printed.contains("Agent") && !printed.contains("Somebody"), "{printed}");
        let bare: CallRecord = r#"{"id":"x","duration":3,"legs":null,"recording":{"id":"1"}}"#.parse().unwrap();
        assert!(bare.content_uri.is_none() && bare.participants.is_empty());
        assert_eq!("[]".parse::<CallRecord>().unwrap_err().code(), "invalid_option");
    }
}
