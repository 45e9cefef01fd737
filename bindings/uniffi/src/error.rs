// SPDX-License-Identifier: Apache-2.0
//! Errors: one type, with a case for each kind.

use voiceroll::{Error, ErrorKind, Problem, bridge};

use crate::Seconds;

/// What went wrong, in all kinds of errors.
#[derive(Debug, Clone, uniffi::Record)]
pub struct ErrorDetails {
    /// Stable name of what happened, such as `speaker_exists`; the same in every language.
    pub code: String,
    /// A sentence that says what to do.
    pub message: String,
    /// Whether the same call may succeed later. Never where a part was done, or may have been.
    pub retryable: bool,
    /// HTTP status with which a server refused.
    pub status: Option<i32>,
    /// The id of the request in the server's log.
    pub request_id: Option<String>,
    /// How long to wait before a retry, if known.
    pub retry_after: Option<Seconds>,
    /// How many recordings of the call were added before it failed.
    pub added: i32,
    /// Whether it is not known what a server did: read the enrollment to know.
    pub outcome_unknown: bool,
    /// Why a recording was refused.
    pub problems: Vec<Problem>,
}

/// Declares every kind once.
macro_rules! kinds {
    ($($(#[$doc:meta])* $kind:ident,)*) => {
        /// Something that could not be done; each kind is a case of its own. Faults of a recording, such as noise,
        /// are no errors but problems of its inspection.
        #[derive(Debug, thiserror::Error, uniffi::Error)]
        pub enum VoicerollError {
            $($(#[$doc])* #[error("{}", details.message)] $kind {
                /// Code, sentence and the rest.
                details: ErrorDetails,
            },)*
        }

        impl VoicerollError {
            fn of(kind: ErrorKind, details: ErrorDetails) -> Self {
                match kind {
                    $(ErrorKind::$kind => Self::$kind { details },)*
                    _ => Self::Internal { details },
                }
            }

            /// Code, sentence and the rest.
            pub fn details(&self) -> &ErrorDetails {
                match self {
                    $(Self::$kind { details } => details,)*
                }
            }
        }
    };
}

kinds! {
    /// An argument is invalid, such as a speaker id with a space in it.
    InvalidInput,
    /// The recording cannot be read: unsupported format, no audio, or damaged.
    Unreadable,
    /// The recording can be read, but is not fit to enroll; `problems` says why.
    Refused,
    /// A limit was passed, such as the longest recording that is read.
    Limit,
    /// The speaker id is already enrolled.
    Conflict,
    /// There is no such speaker, recording or job.
    NotFound,
    /// The speaker id was enrolled once and has been deleted, or has expired.
    Gone,
    /// The enrollment lacks speech to recognise anybody by, or a consent.
    Incomplete,
    /// Voiceprints made by different models cannot be compared or mixed.
    ModelMismatch,
    /// The store could not be read or written.
    Store,
    /// A file could not be read or written.
    Io,
    /// A cancel token stopped the work.
    Cancelled,
    /// The call exceeded its timeout.
    Timeout,
    /// The server rejected the credentials.
    Unauthorized,
    /// The server cannot be reached, is busy or failed; try again later.
    Unavailable,
    /// The server does not support this, or is not a compatible server.
    Unsupported,
    /// A defect in Voiceroll itself.
    Internal,
}

/// Arguments that Kotlin and Swift spell otherwise than the library, as its sentences name them.
const ARGUMENTS: [(&str, &str); 8] = [
    ("`false_accept_rate`", "`falseAcceptRate`"),
    ("`max_bytes`", "`maxBytes`"),
    ("`max_recording`", "`maxRecording`"),
    ("`max_seconds`", "`maxSeconds`"),
    ("`per_channel`", "`perChannel`"),
    ("`per_page`", "`perPage`"),
    ("`plain_http`", "`plainHttp`"),
    ("`text_sha256`", "`textSha256`"),
];

impl From<Error> for VoicerollError {
    fn from(error: Error) -> Self {
        let details = ErrorDetails {
            code: error.code().to_owned(),
            message: ARGUMENTS.iter().fold(error.to_string(), |said, (name, here)| said.replace(name, here)),
            retryable: error.is_retryable(),
            status: error.status().map(i32::from),
            request_id: error.request_id().map(str::to_owned),
            retry_after: error.retry_after().map(|wait| Seconds(wait.as_secs_f64())),
            added: i32::try_from(error.added()).unwrap_or(i32::MAX),
            outcome_unknown: error.is_outcome_unknown(),
            problems: error.problems().to_vec(),
        };
        Self::of(error.kind(), details)
    }
}

/// What a progress listener threw.
impl From<uniffi::UnexpectedUniFFICallbackError> for VoicerollError {
    fn from(thrown: uniffi::UnexpectedUniFFICallbackError) -> Self {
        // Behind the first line comes a stack trace.
        let what = thrown.reason.lines().next().unwrap_or_default();
        bridge::invalid(format!("the progress listener failed, so the call was stopped: {what}")).into()
    }
}

/// The result of every call that can fail.
pub(crate) type Result<T, E = VoicerollError> = std::result::Result<T, E>;
