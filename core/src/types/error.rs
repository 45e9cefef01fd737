//! The one error type of the crate, and the table of its codes.

use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use super::inspection::Problem;

/// The result of every call that can fail.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// An error with a kind to act on, a stable code, a sentence for people, and whether a retry can succeed.
///
/// Problems of a recording (noise, clipping, too little speech) are not errors but [`Problem`]s of an
/// [`Inspection`](crate::Inspection). An error contains them only if a recording was refused, so that there is no
/// enrollment to return: see [`Error::problems`].
///
/// The text never contains audio, voiceprints, secrets or names of people. It may contain a speaker id that the caller
/// passed.
#[derive(thiserror::Error)]
#[error("{message}")]
pub struct Error {
    code: Code,
    message: String,
    problems: Vec<Problem>,
    recording: Option<usize>,
    answer: Option<Box<Answer>>,
    source: Option<Box<dyn StdError + Send + Sync>>,
}

/// What a server said of an error.
#[derive(Debug, Clone, Default)]
struct Answer {
    status: Option<u16>,
    request_id: Option<String>,
    retry_after: Option<Duration>,
    /// Recordings of the call that were added before it failed.
    added: usize,
    /// Whether it is not known what was done.
    unknown: bool,
}

impl Error {
    /// The kind, for callers that handle some errors differently.
    pub fn kind(&self) -> ErrorKind {
        self.code.kind()
    }

    /// The stable code, the same in every language and on the wire, such as `speaker_exists`.
    pub fn code(&self) -> &'static str {
        self.code.as_str()
    }

    /// Whether the same call may succeed later. Always false if a part of it was done, or may have been, as it would be
    /// done twice.
    pub fn is_retryable(&self) -> bool {
        self.code.retryable() && self.answer.as_ref().is_none_or(|answer| answer.added == 0 && !answer.unknown)
    }

    /// The number of recordings of the call that were added before it failed. On a server they are added one after
    /// another; in a file, all or none.
    pub fn added(&self) -> usize {
        self.answer.as_ref().map_or(0, |answer| answer.added)
    }

    /// Whether the server may or may not have done the call: read the enrollment to find out.
    pub fn is_outcome_unknown(&self) -> bool {
        self.answer.as_ref().is_some_and(|answer| answer.unknown)
    }

    /// Which recording of the call could not be read, counted from 0; none where the error is about no single one.
    pub fn recording(&self) -> Option<usize> {
        self.recording
    }

    /// Why a recording was refused; empty for every other error.
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// The HTTP status of the server's response; none if there was no response.
    pub fn status(&self) -> Option<u16> {
        self.answer.as_ref()?.status
    }

    /// The id of the request in the server's log.
    pub fn request_id(&self) -> Option<&str> {
        self.answer.as_ref()?.request_id.as_deref()
    }

    /// How long to wait before a retry, if known.
    pub fn retry_after(&self) -> Option<Duration> {
        self.answer.as_ref()?.retry_after
    }

    pub(crate) fn new(code: Code, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), problems: Vec::new(), recording: None, answer: None, source: None }
    }

    pub(crate) fn because(mut self, source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        self.source = Some(source.into());
        self
    }

    /// Says which of several recordings could not be read, by its number from 0.
    pub(crate) fn in_recording(mut self, number: usize, of: usize) -> Self {
        if matches!(self.kind(), ErrorKind::Unreadable | ErrorKind::Limit | ErrorKind::Io) {
            self.recording = Some(number);
            if of > 1 {
                self.message = format!("recording {} of {of}: {}", number + 1, self.message);
            }
        }
        self
    }

    /// Says what of several things it is about.
    #[cfg(feature = "server")]
    pub(crate) fn in_place(mut self, place: &str) -> Self {
        self.message = format!("{place}: {}", self.message);
        self
    }

    /// Says where a list names the recording.
    pub(crate) fn on_line(mut self, line: u64) -> Self {
        self.message = format!("the recording on line {line}: {}", self.message);
        self
    }

    /// Says what the server said of it.
    #[cfg(feature = "remote")]
    pub(crate) fn told_by_server(mut self, status: u16, request_id: Option<String>) -> Self {
        let answer = self.answer.get_or_insert_default();
        (answer.status, answer.request_id) = (Some(status), request_id);
        self
    }

    /// Says when to come back.
    #[cfg(feature = "remote")]
    pub(crate) fn later(mut self, wait: Duration) -> Self {
        self.answer.get_or_insert_default().retry_after = Some(wait);
        self
    }

    /// The same error under another code or with other words.
    #[cfg(feature = "remote")]
    pub(crate) fn instead(mut self, code: Code, message: impl Into<String>) -> Self {
        (self.code, self.message) = (code, message.into());
        self
    }

    /// The same for another of those who waited for it.
    #[cfg(feature = "remote")]
    pub(crate) fn copy(&self) -> Self {
        Self {
            code: self.code,
            message: self.message.clone(),
            problems: self.problems.clone(),
            recording: self.recording,
            answer: self.answer.clone(),
            source: None,
        }
    }

    /// Says how many recordings were added before.
    #[cfg(feature = "remote")]
    pub(crate) fn after_adding(mut self, added: usize, of: usize) -> Self {
        if added > 0 {
            self.answer.get_or_insert_default().added = added;
            self.message = format!("{added} of {of} recordings were added before this: {}", self.message);
        }
        self
    }

    /// Says that it is not known whether it was done.
    #[cfg(feature = "remote")]
    pub(crate) fn unknown(mut self) -> Self {
        self.answer.get_or_insert_default().unknown = true;
        let cause = std::mem::take(&mut self.message);
        let cause = cause.trim_end_matches("; nothing was changed");
        self.message =
            format!("the server may or may not have done this, so read the enrollment before trying again: {cause}");
        self
    }

    pub(crate) fn with_problems(mut self, problems: Vec<Problem>) -> Self {
        self.problems = problems;
        self
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Error")
            .field("code", &self.code())
            .field("message", &self.message)
            .field("problems", &self.problems)
            .field("recording", &self.recording)
            .field("answer", &self.answer)
            .field("source", &self.source)
            .finish()
    }
}

/// The kinds of [`Error`]. More may come: match with a wildcard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
#[cfg_attr(feature = "__bridge", derive(serde::Serialize, schemars::JsonSchema))]
pub enum ErrorKind {
    /// An argument is invalid, such as a speaker id with a space in it.
    InvalidInput,
    /// The recording cannot be read: unsupported format, no audio, or damaged.
    Unreadable,
    /// The recording is readable but not fit for enrollment; [`Error::problems`] says why.
    Refused,
    /// A configured limit was exceeded, such as the duration of a recording.
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
    /// The caller cancelled the call.
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

/// Declares every code once: its name, kind and retry hint. `tests/errors.json` says what each
/// means to people, and a test keeps the two alike.
macro_rules! codes {
    ($($variant:ident, $text:literal, $kind:ident, $retry:literal;)*) => {
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        #[cfg_attr(not(feature = "remote"), allow(dead_code, reason = "some codes are a server's"))]
        pub(crate) enum Code { $($variant),* }

        impl Code {
            #[cfg(test)]
            pub(crate) const ALL: &[Code] = &[$(Code::$variant),*];

            pub(crate) const fn as_str(self) -> &'static str {
                match self { $(Code::$variant => $text),* }
            }

            #[cfg(feature = "remote")]
            pub(crate) fn parse(text: &str) -> Option<Self> {
                match text { $($text => Some(Code::$variant),)* _ => None }
            }

            pub(crate) const fn kind(self) -> ErrorKind {
                match self { $(Code::$variant => ErrorKind::$kind),* }
            }

            pub(crate) const fn retryable(self) -> bool {
                match self { $(Code::$variant => $retry),* }
            }
        }
    };
}

codes! {
    InvalidSpeakerId,     "invalid_speaker_id",     InvalidInput,  false;
    InvalidOption,        "invalid_option",         InvalidInput,  false;
    TrialsInvalid,        "trials_invalid",         InvalidInput,  false;
    RttmInvalid,          "rttm_invalid",           InvalidInput,  false;
    ModelInvalid,         "model_invalid",          InvalidInput,  false;
    ModelMissing,         "model_missing",          ModelMismatch, false;
    CalibrationInvalid,   "calibration_invalid",    InvalidInput,  false;
    CalibrationMissing,   "calibration_missing",    InvalidInput,  false;
    RecordingEmpty,       "recording_empty",        Unreadable,    false;
    RecordingUnsupported, "recording_unsupported",  Unreadable,    false;
    RecordingNoSound,     "recording_no_sound",     Unreadable,    false;
    RecordingDamaged,     "recording_damaged",      Unreadable,    false;
    RecordingRefused,     "recording_refused",      Refused,       false;
    DifferentVoice,       "different_voice",        Refused,       false;
    RecordingTooLong,     "recording_too_long",     Limit,         false;
    RecordingTooLarge,    "recording_too_large",    Limit,         false;
    SpeakerExists,        "speaker_exists",         Conflict,      false;
    SpeakerNotFound,      "speaker_not_found",      NotFound,      false;
    SampleNotFound,       "sample_not_found",       NotFound,      false;
    JobNotFound,          "job_not_found",          NotFound,      false;
    SpeakerDeleted,       "speaker_deleted",        Gone,          false;
    SpeakerExpired,       "speaker_expired",        Gone,          false;
    SpeakerIncomplete,    "speaker_incomplete",     Incomplete,    false;
    ConsentMissing,       "consent_missing",        Incomplete,    false;
    ModelMismatch,        "model_mismatch",         ModelMismatch, false;
    StoreBusy,            "store_busy",             Store,         true;
    StoreNewer,           "store_newer",            Store,         false;
    StoreDamaged,         "store_damaged",          Store,         false;
    StoreFailed,          "store_failed",           Store,         false;
    StoreFull,            "store_full",             Store,         true;
    StoreMissing,         "store_missing",          Store,         false;
    StoreReadOnly,        "store_read_only",        Store,         false;
    StoreTampered,        "store_tampered",         Store,         false;
    KeyMissing,           "key_missing",            Store,         false;
    KeyWrong,             "key_wrong",              Store,         false;
    AuditFailed,          "audit_failed",           Store,         false;
    IoFailed,             "io_failed",              Io,            false;
    Cancelled,            "cancelled",              Cancelled,     true;
    TimedOut,             "timed_out",              Timeout,       true;
    SessionIdle,          "session_idle",           Timeout,       false;
    SessionEnded,         "session_ended",          InvalidInput,  false;
    LoginRefused,         "login_refused",          Unauthorized,  false;
    RateLimited,          "rate_limited",           Unavailable,   true;
    ServerBusy,           "server_busy",            Unavailable,   true;
    ServerFailed,         "server_failed",          Unavailable,   true;
    ServerUnreachable,    "server_unreachable",     Unavailable,   true;
    RequestRefused,       "request_refused",        InvalidInput,  false;
    AnswerInvalid,        "answer_invalid",         Unsupported,   false;
    NotSupported,         "not_supported",          Unsupported,   false;
    JobFailed,            "job_failed",             InvalidInput,  false;
    Internal,             "internal",               Internal,      false;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shared_table_lists_every_code_with_its_kind_and_retry_hint() {
        let text = include_str!("../../../tests/errors.json");
        let table: serde_json::Value = serde_json::from_str(text).unwrap();
        let rows = table["errors"].as_array().unwrap();
        let listed: Vec<_> = rows
            .iter()
            .map(|row| {
                (
                    row["code"].as_str().unwrap().to_owned(),
                    row["kind"].as_str().unwrap().to_owned(),
                    row["retryable"].as_bool().unwrap(),
                )
            })
            .collect();
        let declared: Vec<_> = Code::ALL
            .iter()
            .map(|code| (code.as_str().to_owned(), format!("{:?}", code.kind()), code.retryable()))
            .collect();
        assert_eq!(listed, declared);
    }
}
