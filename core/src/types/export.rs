//! Everything that is held about one speaker, in a form to hand over.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{ConsentState, Enrollment};

/// Everything that a registry holds about one speaker: for a person who asks (GDPR articles 15 and 20), or for
/// [`Registry::import_speaker`](crate::Registry::import_speaker) in another store of the same model. Its JSON form is documented in the
/// reference.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Export {
    /// Which form it has: `voiceroll-speaker-1`.
    pub format: String,
    /// When it was made, in seconds since 1970.
    pub exported_at: u64,
    /// The enrollment, with its recordings.
    pub enrollment: Enrollment,
    /// Consents, withdrawals, and when the speaker expires.
    pub consent: ConsentState,
    /// The vectors of the recordings, in the order of [`Enrollment::recordings`]; none unless they were asked for.
    #[serde(default)]
    pub voiceprints: Option<Vec<Print>>,
}

impl Export {
    pub(crate) const FORMAT: &str = "voiceroll-speaker-1";
}

/// What is held of the voice in one recording.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Print {
    /// The vector that the model made: 32-bit floats, little end first, in base64.
    pub vector: String,
    /// By what the same sound is known again: 16 bits for each 64 ms of speech, little end first, in base64; none for
    /// recordings of earlier versions.
    #[serde(default)]
    pub heard: Option<String>,
}

/// Shows no voiceprint.
impl fmt::Debug for Export {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Export")
            .field("exported_at", &self.exported_at)
            .field("enrollment", &self.enrollment)
            .field("consent", &self.consent)
            .field("voiceprints", &self.voiceprints.as_ref().map(Vec::len))
            .finish()
    }
}

/// Shows no voiceprint.
impl fmt::Debug for Print {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Print")
    }
}
