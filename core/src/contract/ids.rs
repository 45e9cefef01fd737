//! Ids and lists of them, in either spelling, and what is asked of a recording.

use serde::de::{Error as _, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

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

pub(super) fn ids<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Vec<String>>, D::Error> {
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
