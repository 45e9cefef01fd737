//! What a server says when it does not do something, as errors.

use std::time::Duration;

use bytes::Bytes;
use reqwest::StatusCode;
use reqwest::header::{DATE, HeaderMap, RETRY_AFTER};

use super::http::Answer;
use crate::contract::{ErrorBody, sentence};
use crate::types::enrollment::{deleted, exists, not_found};
use crate::types::error::{Code, Error};
use crate::{Problem, SpeakerId};

/// The error of an answer that is not the one that was hoped for; `about`: whose enrollment it was.
pub(super) fn refused(answer: &Answer, about: Option<&SpeakerId>) -> Error {
    let body: ErrorBody<'_> = serde_json::from_slice(&answer.body).unwrap_or_default();
    let detail = body.errors.first();
    let said = detail.map(|detail| &*detail.message).filter(|said| !said.is_empty()).unwrap_or(&body.message);
    let said = sentence(said);
    let said_or = |otherwise: &str| if said.is_empty() { otherwise.to_owned() } else { said.clone() };
    let own = body.voiceroll.as_ref().and_then(|cause| Some((Code::parse(&cause.code)?, cause)));
    let error = match (own, answer.status, about) {
        (Some((code, cause)), _, _) => Error::new(code, said_or("the server refused the request"))
            .with_problems(cause.problems.iter().map(advised).collect()),
        (_, StatusCode::NOT_FOUND, Some(id)) => not_found(id),
        (_, StatusCode::CONFLICT, Some(id)) => exists(id),
        (_, StatusCode::GONE, Some(id)) => deleted(id),
        (_, StatusCode::PAYLOAD_TOO_LARGE, _) => {
            Error::new(Code::RecordingTooLarge, said_or("the recording is larger than the server accepts; shorten it"))
        }
        (_, StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN, _) => Error::new(
            Code::LoginRefused,
            said_or(
                "the server rejected the access token; check that the credentials belong to this server and are \
                 still valid",
            ),
        ),
        (_, StatusCode::TOO_MANY_REQUESTS, _) => {
            Error::new(Code::RateLimited, said_or("the server's rate limit is reached; try again later"))
        }
        (_, StatusCode::SERVICE_UNAVAILABLE | StatusCode::REQUEST_TIMEOUT, _) => {
            Error::new(Code::ServerBusy, said_or("the server is busy; try again later"))
        }
        (_, StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED | StatusCode::NOT_IMPLEMENTED, _) => Error::new(
            Code::NotSupported,
            "this server does not support the request; check its address, or use a server that does",
        ),
        (_, status, _) if status.is_server_error() => Error::new(
            Code::ServerFailed,
            format!("the server failed with status {}; try again later, or contact its operator", status.as_u16()),
        ),
        (_, status, _) if status.is_client_error() => {
            let otherwise = format!("the server refused the request with status {}", status.as_u16());
            Error::new(Code::RequestRefused, said_or(&otherwise))
        }
        (_, status, _) => invalid(&format!("status {}", status.as_u16())),
    };
    error.told_by_server(answer.status.as_u16(), answer.request_id.clone())
}

fn advised(problem: &Problem) -> Problem {
    Problem { advice: sentence(&problem.advice), ..problem.clone() }
}

/// The same without a word of the server's.
pub(super) fn wordless(answer: Answer) -> Error {
    refused(&Answer { body: Bytes::new(), ..answer }, None)
}

/// The contract's code for why something was refused, if that is one.
pub(super) fn code(answer: &Answer) -> Option<String> {
    let body: ErrorBody<'_> = serde_json::from_slice(&answer.body).ok()?;
    let code = body.errors.first().map_or(body.error_code.clone(), |detail| detail.error_code.clone());
    let (family, number) = code.split_once('-')?;
    let is_one = family.len() == 3 && number.len() <= 4 && number.bytes().all(|digit| digit.is_ascii_digit());
    (is_one && family.bytes().all(|letter| letter.is_ascii_uppercase())).then(|| code.to_string())
}

/// An answer that the contract does not know.
pub(super) fn invalid(what: &str) -> Error {
    Error::new(
        Code::AnswerInvalid,
        format!("the server answered with {what}, which the API does not define; check that its address is right"),
    )
}

/// How long a server says to wait, in seconds or until a moment. The moment is compared with the server's
/// own clock: ours may be wrong.
pub(super) fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = text.parse::<f64>() {
        return Duration::try_from_secs_f64(seconds).ok();
    }
    let until = httpdate::parse_http_date(text).ok()?;
    let now = headers.get(DATE).and_then(|date| httpdate::parse_http_date(date.to_str().ok()?).ok());
    Some(until.duration_since(now.unwrap_or_else(std::time::SystemTime::now)).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(fields: &[(&'static str, &str)]) -> HeaderMap {
        fields.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect()
    }

    #[test]
    fn waiting_times_are_read_in_either_form() {
        let wait = |fields: &[(&'static str, &str)]| retry_after(&headers(fields)).map(|wait| wait.as_secs());
        assert_eq!(wait(&[("retry-after", "7")]), Some(7));
        assert_eq!(wait(&[]), None);
        assert_eq!(wait(&[("retry-after", "soon")]), None);
        assert_eq!(wait(&[("retry-after", "-1")]), None);
        let late = ("retry-after", "Fri, 31 Dec 1999 23:59:59 GMT");
        assert_eq!(wait(&[late, ("date", "Fri, 31 Dec 1999 23:59:29 GMT")]), Some(30), "by the server's clock");
        assert_eq!(wait(&[late]), Some(0));
    }
}
