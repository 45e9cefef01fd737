//! The id of a speaker.

use std::fmt;
use std::str::FromStr;

use super::error::{Code, Error, Result};

/// The longest speaker id, in characters.
pub(crate) const MAX_LEN: usize = 128;

/// The id of an enrolled speaker: 1 to 128 ASCII letters, digits and underscores.
///
/// It is validated on construction. Ids are compared byte by byte, so `Ada` and `ada` are two speakers. Do not use a
/// person's name as an id: it appears in error messages and results.
///
/// ```
/// use voiceroll::SpeakerId;
///
/// let id: SpeakerId = "agent_1200".parse()?;
/// assert_eq!(id.as_str(), "agent_1200");
/// assert!("agent 1200".parse::<SpeakerId>().is_err());
/// # Ok::<(), voiceroll::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Deserialize)]
#[serde(try_from = "String")]
#[cfg_attr(feature = "__bridge", derive(schemars::JsonSchema), schemars(inline, with = "String"))]
pub struct SpeakerId(String);

impl SpeakerId {
    /// Parses an id.
    ///
    /// # Errors
    /// `invalid_speaker_id` if it is empty, longer than 128 characters, or contains other characters than ASCII
    /// letters, digits and underscores.
    pub fn parse(text: impl Into<String>) -> Result<Self> {
        let text = text.into();
        let fault = if text.is_empty() {
            "is empty".to_owned()
        } else if text.chars().count() > MAX_LEN {
            format!("has {} characters", text.chars().count())
        } else if let Some((at, odd)) = text.chars().enumerate().find(|(_, c)| !c.is_ascii_alphanumeric() && *c != '_')
        {
            format!("{text:?} contains {odd:?} at character {}", at + 1)
        } else {
            return Ok(Self(text));
        };
        Err(Error::new(
            Code::InvalidSpeakerId,
            format!("the speaker id {fault}; use 1 to {MAX_LEN} letters (a to z, A to Z), digits and underscores"),
        ))
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for SpeakerId {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        Self::parse(text)
    }
}

impl TryFrom<String> for SpeakerId {
    type Error = Error;

    fn try_from(text: String) -> Result<Self> {
        Self::parse(text)
    }
}

impl fmt::Display for SpeakerId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl AsRef<str> for SpeakerId {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl serde::Serialize for SpeakerId {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_id_of_the_alphabet_parses_and_reads_back(text in "[A-Za-z0-9_]{1,128}") {
            let id = SpeakerId::parse(text.clone()).unwrap();
            prop_assert_eq!(id.as_str(), text);
        }

        #[test]
        fn anything_else_is_refused_with_a_code(text in ".{0,140}") {
            let valid = (1..=MAX_LEN).contains(&text.len())
                && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
            match SpeakerId::parse(text) {
                Ok(_) => prop_assert!(valid),
                Err(error) => {
                    prop_assert!(!valid);
                    prop_assert_eq!(error.code(), "invalid_speaker_id");
                }
            }
        }
    }
}
