//! What a speaker has consented to, and until when.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::types::error::{Code, Error, Result};

/// The longest text in a record, in bytes.
const LONGEST: usize = 1024;
/// The most purposes of one record.
const MOST: usize = 32;

/// The consent of a person to being enrolled: the proof that a registry keeps beside the voiceprint.
///
/// It need not name anybody: `reference` says where your own records have the person.
///
/// ```
/// use voiceroll::{ConsentRecord, Purpose};
///
/// let text = "We store a voiceprint of your voice to recognise you when you call...";
/// let consent = ConsentRecord::new("form 1200", 1_790_000_000, "2026-09", text)
///     .purpose(Purpose::Verification)
///     .until(1_820_000_000)
///     .collected_by("desk 4");
/// assert_eq!(consent.text_sha256.len(), 64);
/// ```
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "__bridge", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[non_exhaustive]
pub struct ConsentRecord {
    /// Who consented, as your own records have it: the number of a form, or a customer's number.
    pub reference: String,
    /// When, in seconds since 1970.
    pub given_at: u64,
    /// Which version of the text the person has seen.
    pub text_version: String,
    /// The SHA-256 digest of that text, in 64 hexadecimal digits.
    pub text_sha256: String,
    /// For what: `verification`, `identification`, `diarization`, or something else in words. Empty: for all that the text
    /// says.
    #[serde(default)]
    #[cfg_attr(feature = "__bridge", schemars(with = "Vec<String>"))]
    pub purposes: Vec<Purpose>,
    /// Until when it is valid, in seconds since 1970; none where it is until it is withdrawn.
    #[serde(default)]
    pub valid_until: Option<u64>,
    /// Who collected it.
    #[serde(default)]
    pub collected_by: Option<String>,
}

/// What a voiceprint may be used for.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Word", into = "String")]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[non_exhaustive]
pub enum Purpose {
    /// Whether a person is who it is said to be.
    Verification,
    /// Which of several persons speaks.
    Identification,
    /// Names of those who speak in a conversation.
    Diarization,
    /// Something else, in words.
    Other(String),
}

/// How a purpose is read: in words, or as `{"other": words}`.
#[derive(Deserialize)]
#[serde(untagged)]
enum Word {
    Plain(String),
    Other { other: String },
}

impl From<Word> for Purpose {
    fn from(word: Word) -> Self {
        match word {
            Word::Plain(text) => match text.as_str() {
                "verification" => Self::Verification,
                "identification" => Self::Identification,
                "diarization" => Self::Diarization,
                _ => Self::Other(text),
            },
            Word::Other { other } => Self::Other(other),
        }
    }
}

impl From<Purpose> for String {
    fn from(purpose: Purpose) -> Self {
        match purpose {
            Purpose::Verification => "verification".to_owned(),
            Purpose::Identification => "identification".to_owned(),
            Purpose::Diarization => "diarization".to_owned(),
            Purpose::Other(text) => text,
        }
    }
}

impl ConsentRecord {
    /// A consent to this text, whose digest is made here: the text itself is not kept.
    pub fn new(
        reference: impl Into<String>,
        given_at: u64,
        text_version: impl Into<String>,
        text: impl AsRef<[u8]>,
    ) -> Self {
        use sha2::Digest as _;
        let digest = sha2::Sha256::digest(text.as_ref());
        Self {
            reference: reference.into(),
            given_at,
            text_version: text_version.into(),
            text_sha256: crate::types::hex(&digest),
            purposes: Vec::new(),
            valid_until: None,
            collected_by: None,
        }
    }

    /// Adds a purpose.
    pub fn purpose(mut self, purpose: Purpose) -> Self {
        self.purposes.push(purpose);
        self
    }

    /// Ends it at a second, counted from 1970.
    pub fn until(mut self, second: u64) -> Self {
        self.valid_until = Some(second);
        self
    }

    /// Says who collected it.
    pub fn collected_by(mut self, who: impl Into<String>) -> Self {
        self.collected_by = Some(who.into());
        self
    }

    /// Whether it is valid at a second, counted from 1970.
    pub fn is_valid_at(&self, second: u64) -> bool {
        self.given_at <= second && self.valid_until.is_none_or(|until| second < until)
    }

    pub(crate) fn checked(&self) -> Result<()> {
        let invalid = |what: &str| Err(Error::new(Code::InvalidOption, format!("the consent record {what}")));
        let texts = [Some(&self.reference), Some(&self.text_version), self.collected_by.as_ref()];
        let others = self.purposes.iter().filter_map(|purpose| match purpose {
            Purpose::Other(text) => Some(text),
            _ => None,
        });
        if texts.into_iter().flatten().chain(others).any(|text| text.len() > LONGEST) {
            return invalid(&format!("has a text of more than {LONGEST} bytes; keep it in your own records"));
        }
        if self.purposes.len() > MOST {
            return invalid(&format!("has more than {MOST} purposes; split it"));
        }
        if self.reference.trim().is_empty() {
            return invalid("has an empty `reference`; set it to the number of a form, for example");
        }
        if self.text_sha256.len() != 64 || !self.text_sha256.bytes().all(|digit| digit.is_ascii_hexdigit()) {
            return invalid("has an invalid `text_sha256`; pass 64 hexadecimal digits");
        }
        Ok(())
    }
}

/// Shows no reference, which may be of a person.
impl fmt::Debug for ConsentRecord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ConsentRecord")
            .field("given_at", &self.given_at)
            .field("text_version", &self.text_version)
            .field("valid_until", &self.valid_until)
            .finish_non_exhaustive()
    }
}

/// Shows no words of others.
impl fmt::Debug for Purpose {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Verification => "Verification",
            Self::Identification => "Identification",
            Self::Diarization => "Diarization",
            Self::Other(_) => "Other",
        })
    }
}

/// The proof that a consent was withdrawn, which stays when the voiceprint is gone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "__bridge", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[non_exhaustive]
pub struct Withdrawal {
    /// When it was withdrawn, in seconds since 1970.
    pub withdrawn_at: u64,
    /// What was consented to before, the oldest first. Empty where nothing was recorded.
    pub consents: Vec<ConsentRecord>,
}

/// What a speaker has consented to, and how long the speaker is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "__bridge", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[non_exhaustive]
pub struct ConsentState {
    /// The records, the oldest first.
    pub consents: Vec<ConsentRecord>,
    /// Whether one of them is valid now.
    pub valid: bool,
    /// From when on, in seconds since 1970, the speaker is not recognised and is erased by the next
    /// [`purge`](crate::Registry::purge); none where that never comes.
    pub expires_at: Option<u64>,
    /// Withdrawals under this id, the oldest first.
    pub withdrawals: Vec<Withdrawal>,
}
