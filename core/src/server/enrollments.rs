//! The roll over HTTP.

use std::collections::HashMap;
use std::str::FromStr;

use axum::Json;
use axum::extract::{Extension, FromRequestParts, Query, RawPathParams, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode};
use axum::response::IntoResponse;

use super::Shared;
use super::auth::{Asking, Caller};
use super::fault::Fault;
use super::intake::Intake;
use crate::wire::{EnrolledSpeakers, EnrollmentInput, EnrollmentStatus, decode_base64};
use crate::{Encoding, ListOptions, Recording, SpeakerId};

/// The id in a path.
pub(crate) struct Id(SpeakerId);

impl<S: Send + Sync> FromRequestParts<S> for Id {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Fault> {
        let bad = |_| Fault::invalid("speakerId", "the speaker id in the path is not text");
        let params = RawPathParams::from_request_parts(parts, state).await.map_err(bad)?;
        let text = params.iter().next().map_or("", |(_, value)| value);
        Ok(Self(text.parse()?))
    }
}

type Answer = Result<(StatusCode, Json<EnrollmentStatus>), Fault>;

/// `GET /ai/audio/v1/enrollments`.
pub(crate) async fn list(
    State(state): State<Shared>,
    Extension(caller): Asking,
    query: Result<Query<HashMap<String, String>>, axum::extract::rejection::QueryRejection>,
) -> Result<Json<EnrolledSpeakers>, Fault> {
    let Query(query) = query.map_err(|_| Fault::new(StatusCode::BAD_REQUEST, "CMN-104", "the query is malformed"))?;
    let mut options = ListOptions::new().partial(flag(&query, "partial")?);
    options.page = number(&query, "page")?.unwrap_or(options.page);
    options.per_page = number(&query, "perPage")?.unwrap_or(options.per_page);
    let page = state.registry(&caller.account).await?.list(options).await.map_err(|error| {
        let parameter = if options.page == 0 { "page" } else { "perPage" };
        let invalid = error.kind() == crate::ErrorKind::InvalidInput;
        let fault = Fault::from(error);
        if invalid { fault.about(parameter) } else { fault }
    })?;
    Ok(Json(page.into()))
}

/// A boolean as the SDKs write it: `true`, `True` or `1`; PHP leaves a false one empty.
fn flag(query: &HashMap<String, String>, name: &'static str) -> Result<bool, Fault> {
    match query.get(name).map(|text| text.to_ascii_lowercase()).as_deref() {
        Some("true" | "1") => Ok(true),
        None | Some("false" | "0" | "") => Ok(false),
        Some(_) => Err(Fault::invalid(name, format!("`{name}` is true or false"))),
    }
}

fn number<T: FromStr>(query: &HashMap<String, String>, name: &'static str) -> Result<Option<T>, Fault> {
    match query.get(name).map(String::as_str).filter(|text| !text.is_empty()) {
        Some(text) => text.parse().map(Some).map_err(|_| Fault::invalid(name, format!("`{name}` is a whole number"))),
        None => Ok(None),
    }
}

/// `GET /ai/audio/v1/enrollments/{speakerId}`.
pub(crate) async fn read(State(state): State<Shared>, Extension(caller): Asking, Id(id): Id) -> Answer {
    let found = state.registry(&caller.account).await?.get(&id).await?;
    Ok((StatusCode::OK, Json(found.into())))
}

/// `DELETE /ai/audio/v1/enrollments/{speakerId}`.
pub(crate) async fn delete(
    State(state): State<Shared>,
    Extension(caller): Asking,
    Id(id): Id,
) -> Result<impl IntoResponse, Fault> {
    state.registry(&caller.account).await?.delete(&id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// `POST /ai/audio/v1/enrollments`.
pub(crate) async fn create(
    State(state): State<Shared>,
    Extension(caller): Asking,
    headers: HeaderMap,
    body: axum::body::Body,
) -> Answer {
    write(&state, &caller, None, &headers, body).await
}

/// `PATCH /ai/audio/v1/enrollments/{speakerId}`: adds speech.
pub(crate) async fn update(
    State(state): State<Shared>,
    Extension(caller): Asking,
    Id(id): Id,
    headers: HeaderMap,
    body: axum::body::Body,
) -> Answer {
    write(&state, &caller, Some(id), &headers, body).await
}

/// Adds a recording to the enrollment of `id`, or, without one, makes that which the body names.
async fn write(
    state: &Shared,
    caller: &Caller,
    id: Option<SpeakerId>,
    headers: &HeaderMap,
    body: axum::body::Body,
) -> Answer {
    let registry = state.registry(&caller.account).await?;
    if let Some(id) = &id {
        // Before anybody sends megabytes for nothing.
        registry.get(id).await?;
    }
    let Intake { bytes, room } = state.gate.take(headers, body).await?;
    let turn = state.gate.turn().await;
    let max_bytes = state.gate.max_recording();
    let named = id.clone();
    let (new, recording) = tokio::task::spawn_blocking(move || read_input(&bytes, named.is_none(), max_bytes))
        .await
        .map_err(|_| Fault::internal())??;
    let written = match (&id, &new) {
        (Some(id), _) => registry.update(id, recording).await?,
        (None, Some(id)) => registry.create(id, recording).await?,
        (None, None) => return Err(Fault::internal()),
    };
    drop((turn, room));
    Ok((StatusCode::CREATED, Json(written.into())))
}

/// The id, where one is wanted, and the recording of a body.
fn read_input(bytes: &[u8], wants_id: bool, max_bytes: u64) -> Result<(Option<SpeakerId>, Recording), Fault> {
    let input: EnrollmentInput<'_> = serde_json::from_slice(bytes).map_err(|fault| malformed(&fault))?;
    let id = match input.speaker_id.or(input.enrollment_id).filter(|_| wants_id) {
        Some(id) => Some(SpeakerId::parse(id)?),
        None if wants_id => return Err(Fault::invalid("speakerId", "the member `speakerId` is missing")),
        None => None,
    };
    let Some(encoding) = input.encoding else {
        return Err(Fault::invalid("encoding", "the member `encoding` is missing"));
    };
    let encoding: Encoding = encoding.parse().map_err(|error| Fault::from(error).about("encoding"))?;
    let Some(content) = input.content else {
        return Err(Fault::invalid("content", "the member `content`, the recording in base64, is missing"));
    };
    let content =
        decode_base64(&content).ok_or_else(|| Fault::invalid("content", "the member `content` is not base64"))?;
    if content.len() as u64 > max_bytes {
        return Err(Fault::too_large(max_bytes));
    }
    Ok((id, Recording::from_bytes(content).encoding(encoding)))
}

/// A body that is not the JSON that is wanted. The text of it is not repeated: it is a recording.
pub(crate) fn malformed(fault: &serde_json::Error) -> Fault {
    let message = match fault.classify() {
        serde_json::error::Category::Data => {
            format!("a member of the body has a wrong type, at column {}", fault.column())
        }
        _ => format!("the body is not JSON, at line {}, column {}", fault.line(), fault.column()),
    };
    Fault::new(StatusCode::BAD_REQUEST, "CMN-103", message)
}
