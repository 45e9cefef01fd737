//! Refusals, in the contract's shape.

use std::borrow::Cow;

use axum::Json;
use axum::http::header::{RETRY_AFTER, WWW_AUTHENTICATE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};

use crate::contract::{Cause, ErrorBody, ErrorDetail};
use crate::types::error::{Error, ErrorKind};

/// Why a request was not done.
#[derive(Debug)]
pub(crate) struct Fault {
    pub(super) status: StatusCode,
    /// The contract's code.
    pub(super) code: &'static str,
    pub(super) message: String,
    parameter: Option<&'static str>,
    pub(super) retry_after: Option<u64>,
    error: Option<Box<Error>>,
}

impl Fault {
    pub(crate) fn new(status: StatusCode, code: &'static str, message: impl Into<String>) -> Self {
        Self { status, code, message: message.into(), parameter: None, retry_after: None, error: None }
    }

    /// A parameter that is missing or malformed: the one meaning of a code that was ever published.
    pub(crate) fn invalid(parameter: &'static str, message: impl Into<String>) -> Self {
        Self { parameter: Some(parameter), ..Self::new(StatusCode::BAD_REQUEST, "CAI-101", message) }
    }

    pub(crate) fn about(mut self, parameter: &'static str) -> Self {
        self.parameter.get_or_insert(parameter);
        self
    }

    /// The parameter by the name that was sent, whatever another would call it.
    pub(crate) fn naming(mut self, parameter: &'static str) -> Self {
        self.parameter = Some(parameter);
        self
    }

    /// The recording was not in the body, but where `parameter` says.
    pub(crate) fn of_recording(mut self, parameter: &'static str) -> Self {
        if self.parameter == Some("content") {
            self.parameter = Some(parameter);
        }
        self
    }

    pub(crate) fn too_large(limit: u64) -> Self {
        let message = format!("the recording has more than {limit} bytes, the limit of this server; shorten it");
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, "CAI-107", message).about("content")
    }

    /// More is to be done than can be; `seconds` from now there may be room.
    pub(crate) fn busy(seconds: u64) -> Self {
        let message = format!("the server's queue is full; try again in {seconds} s");
        Self { retry_after: Some(seconds), ..Self::new(StatusCode::SERVICE_UNAVAILABLE, "CMN-201", message) }
    }

    pub(crate) fn limited(seconds: u64) -> Self {
        let message = format!("too many requests; wait {seconds} s, as every earlier request restarts the wait");
        Self { retry_after: Some(seconds), ..Self::new(StatusCode::TOO_MANY_REQUESTS, "CMN-301", message) }
    }

    pub(crate) fn internal() -> Self {
        Self::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "CMN-203",
            "the server failed because of a defect; its operator finds the cause in the server's log",
        )
    }

    pub(crate) fn stopping() -> Self {
        let message = "the server is stopping; connect again in a moment";
        Self { retry_after: Some(5), ..Self::new(StatusCode::SERVICE_UNAVAILABLE, "CMN-201", message) }
    }

    /// The project's own code of what no error of the library is behind.
    pub(super) fn own_code(&self) -> &'static str {
        match self.status {
            StatusCode::PAYLOAD_TOO_LARGE => "recording_too_large",
            StatusCode::SERVICE_UNAVAILABLE => "server_busy",
            StatusCode::TOO_MANY_REQUESTS => "rate_limited",
            StatusCode::INTERNAL_SERVER_ERROR => "internal",
            _ => "invalid_option",
        }
    }

    pub(crate) fn unauthorized(code: &'static str, message: &'static str) -> Self {
        Self::new(StatusCode::UNAUTHORIZED, code, message)
    }

    /// The body in the contract's shape, also that of a failed job.
    pub(crate) fn body(&self) -> ErrorBody<'_> {
        let cause = self.error.as_ref().map(|error| Cause {
            code: error.code().into(),
            retryable: error.is_retryable(),
            problems: error.problems().to_vec(),
        });
        let parameter_name = self.parameter.map(Cow::from);
        ErrorBody {
            errors: vec![ErrorDetail {
                error_code: self.code.into(),
                message: self.message.as_str().into(),
                parameter_name: parameter_name.clone(),
            }],
            error_code: self.code.into(),
            message: self.message.as_str().into(),
            parameter_name,
            voiceroll: cause,
        }
    }

    /// The same as text.
    pub(crate) fn json(&self) -> String {
        serde_json::to_string(&self.body()).unwrap_or_else(|_| "{}".to_owned())
    }
}

/// The status and the contract's code for each error. Only CAI-101 has a published meaning; the others
/// are Voiceroll's choice, listed in `docs/server.md`.
impl From<Error> for Fault {
    fn from(error: Error) -> Self {
        let (status, code) = match (error.kind(), error.code()) {
            (ErrorKind::NotFound, _) => (StatusCode::NOT_FOUND, "CAI-102"),
            (ErrorKind::Conflict, _) => (StatusCode::CONFLICT, "CAI-103"),
            (ErrorKind::Gone, _) => (StatusCode::GONE, "CAI-104"),
            (ErrorKind::Refused, _) => (StatusCode::BAD_REQUEST, "CAI-105"),
            (ErrorKind::Unreadable, _) => (StatusCode::BAD_REQUEST, "CAI-106"),
            (ErrorKind::Limit, "recording_too_large") => (StatusCode::PAYLOAD_TOO_LARGE, "CAI-107"),
            (ErrorKind::Limit, _) => (StatusCode::BAD_REQUEST, "CAI-107"),
            (ErrorKind::Incomplete | ErrorKind::ModelMismatch, _) => (StatusCode::BAD_REQUEST, "CAI-108"),
            (ErrorKind::InvalidInput, _) => (StatusCode::BAD_REQUEST, "CAI-101"),
            (ErrorKind::Unavailable, "rate_limited") => (StatusCode::TOO_MANY_REQUESTS, "CMN-301"),
            (ErrorKind::Timeout | ErrorKind::Cancelled, _) | (ErrorKind::Store, "store_busy") => {
                (StatusCode::SERVICE_UNAVAILABLE, "CMN-201")
            }
            (ErrorKind::Store | ErrorKind::Io, code) => {
                tracing::error!(code, "a request failed on the server's side: {error}");
                let full = code == "store_full";
                (if full { StatusCode::INSUFFICIENT_STORAGE } else { StatusCode::SERVICE_UNAVAILABLE }, "CMN-201")
            }
            _ => {
                tracing::error!(code = error.code(), "a request failed on the server's side: {error}");
                return Self::internal();
            }
        };
        let parameter = match error.code() {
            "invalid_speaker_id" => Some("speakerId"),
            _ if status == StatusCode::BAD_REQUEST && code != "CAI-101" && code != "CAI-108" => Some("content"),
            _ => None,
        };
        let retry_after = error.is_retryable().then_some(match status {
            // Room is made by people, which takes longer.
            StatusCode::INSUFFICIENT_STORAGE => 30,
            StatusCode::TOO_MANY_REQUESTS => 60,
            _ => 1,
        });
        Self { status, code, message: worded(&error), parameter, retry_after, error: Some(Box::new(error)) }
    }
}

/// What an error says, in the words of those who call over HTTP.
fn worded(error: &Error) -> String {
    let text = error.to_string();
    let theirs = [
        ("`per_page`", "`perPage`"),
        ("`per_channel`", "`separateSpeakerPerChannel`"),
        (", or raise `max_seconds`", ""),
        (", or omit it", ""),
        (
            "use update (or enroll) for the same person, or another id for another person",
            "add recordings with PATCH, or POST another id",
        ),
        ("or force the update", "or update with `?force=true`"),
    ];
    theirs.iter().fold(text, |text, (ours, theirs)| text.replace(ours, theirs))
}

impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        let mut response = (self.status, Json(self.body())).into_response();
        if let Some(seconds) = self.retry_after {
            response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
        }
        if self.status == StatusCode::UNAUTHORIZED {
            response.headers_mut().insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer realm=\"voiceroll\""));
        }
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::types::error::Code;

    #[test]
    fn the_shared_table_has_the_status_of_every_error_that_a_server_can_have() {
        let table: serde_json::Value = serde_json::from_str(include_str!("../../../tests/errors.json")).unwrap();
        for row in table["errors"].as_array().unwrap() {
            let Some(status) = row["status"].as_u64() else { continue };
            let code = Code::parse(row["code"].as_str().unwrap()).unwrap();
            let fault = Fault::from(Error::new(code, "a sentence"));
            assert_eq!(u64::from(fault.status.as_u16()), status, "{row}");
            let body: serde_json::Value = serde_json::from_str(&fault.json()).unwrap();
            if status != 500 {
                assert_eq!(body["voiceroll"]["code"], row["code"]);
                assert_eq!(body["voiceroll"]["retryable"], row["retryable"]);
            }
        }
    }
}
