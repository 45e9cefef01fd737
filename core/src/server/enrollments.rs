//! The registry over HTTP.

use axum::Json;
use axum::extract::rejection::PathRejection;
use axum::extract::{Extension, FromRequestParts, Path, RawPathParams, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode};
use axum::response::IntoResponse;

use super::Shared;
use super::auth::{Asking, Caller};
use super::content::Content;
use super::fault::Fault;
use super::intake::listen;
use super::query::{Query, flag, number, readable};
use super::responses::{CommonErrors, Conflict, Gone, NotFound, UploadErrors};
use crate::contract::{EnrolledSpeakers, EnrollmentInputSchema, EnrollmentPatchInputSchema, EnrollmentStatus};
use crate::{ListOptions, SpeakerId};

/// The id in a path.
pub(crate) struct Id(pub(crate) SpeakerId);

impl<S: Send + Sync> FromRequestParts<S> for Id {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Fault> {
        let bad = |_| Fault::invalid("speakerId", "the speaker id in the path is not valid UTF-8");
        let params = RawPathParams::from_request_parts(parts, state).await.map_err(bad)?;
        let text = params.iter().next().map_or("", |(_, value)| value);
        Ok(Self(text.parse()?))
    }
}

type Answer = Result<(StatusCode, Json<EnrollmentStatus>), Fault>;

/// One page of the enrollments, sorted by id.
#[utoipa::path(
    get, path = "/ai/audio/v1/enrollments", tag = "enrollments",
    params(
        ("partial" = Option<String>, Query, description = "Include incomplete enrollments: true or 1; false by default", pattern = "^([Tt][Rr][Uu][Ee]|[Ff][Aa][Ll][Ss][Ee]|[01]|)$"),
        ("page" = Option<i32>, Query, description = "Page number, from 1; 1 by default", minimum = 1),
        ("perPage" = Option<i32>, Query, description = "Page size, 1 to 1000; larger values count as 1000; 100 by default", minimum = 1),
        ("after" = Option<String>, Query, description = "Not in the original API: return only speakers whose ids sort after this one, byte by byte; pass `paging.nextAfter` of the last page. `page` is then ignored and returned as sent", pattern = "^[a-zA-Z0-9_]{1,128}$"),
    ),
    responses(
        (status = 200, body = EnrolledSpeakers),
        CommonErrors,
    ),
    security(("bearer" = [])),
)]
pub(crate) async fn list(
    State(state): State<Shared>,
    Extension(caller): Asking,
    query: Query,
) -> Result<Json<EnrolledSpeakers>, Fault> {
    let query = readable(query)?;
    let mut options = ListOptions::new().partial(flag(&query, "partial")?);
    options.page = number(&query, "page")?.unwrap_or(options.page);
    if options.page > i32::MAX as u32 {
        return Err(Fault::invalid("page", "`page` is invalid; use a whole number from 1 to 2147483647"));
    }
    // More than are put on a page are asked for by those who want all: the answer says how many there are.
    options.per_page = number(&query, "perPage")?.unwrap_or(options.per_page).min(1000);
    let after = query.get("after").map(|id| id.parse()).transpose();
    options.after = after.map_err(|error: crate::Error| Fault::from(error).naming("after"))?;
    let number = options.page;
    let page = state.registry_of(&caller).await?.list(options).await.map_err(|error| {
        let parameter = if number == 0 { "page" } else { "perPage" };
        let invalid = error.kind() == crate::ErrorKind::InvalidInput;
        let fault = Fault::from(error);
        if invalid { fault.about(parameter) } else { fault }
    })?;
    Ok(Json(page.into()))
}

/// The enrollment of a speaker.
#[utoipa::path(
    get, path = "/ai/audio/v1/enrollments/{speaker_id}", tag = "enrollments",
    params(("speaker_id" = String, Path, description = "Letters, digits and underscores", pattern = "^[a-zA-Z0-9_]{1,128}$")),
    responses(
        (status = 200, body = EnrollmentStatus),
        CommonErrors,
        NotFound,
    ),
    security(("bearer" = [])),
)]
pub(crate) async fn read(State(state): State<Shared>, Extension(caller): Asking, Id(id): Id) -> Answer {
    let found = state.registry_of(&caller).await?.get(&id).await?;
    Ok((StatusCode::OK, Json(found.into())))
}

/// Deletes a speaker with all voiceprints and measurements.
#[utoipa::path(
    delete, path = "/ai/audio/v1/enrollments/{speaker_id}", tag = "enrollments",
    params(("speaker_id" = String, Path, description = "Letters, digits and underscores", pattern = "^[a-zA-Z0-9_]{1,128}$")),
    responses(
        (status = 204, description = "Deleted"),
        CommonErrors,
        NotFound,
        Gone,
    ),
    security(("bearer" = [])),
)]
pub(crate) async fn delete(
    State(state): State<Shared>,
    Extension(caller): Asking,
    Id(id): Id,
) -> Result<impl IntoResponse, Fault> {
    let deleted = state.registry_of(&caller).await?.delete(&id).await;
    state.forgotten(&caller.account, id, deleted).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Enrolls a new speaker.
#[utoipa::path(
    post, path = "/ai/audio/v1/enrollments", tag = "enrollments",
    params(("force" = Option<bool>, Query, description = "Skip the same-speaker check; false by default")),
    request_body = EnrollmentInputSchema,
    responses(
        (status = 201, body = EnrollmentStatus),
        CommonErrors,
        UploadErrors,
        Conflict,
    ),
    security(("bearer" = [])),
)]
pub(crate) async fn create(
    State(state): State<Shared>,
    Extension(caller): Asking,
    query: Query,
    headers: HeaderMap,
    body: axum::body::Body,
) -> Answer {
    write(&state, &caller, None, query, &headers, body).await
}

/// Adds speech to an enrollment.
#[utoipa::path(
    patch, path = "/ai/audio/v1/enrollments/{speaker_id}", tag = "enrollments",
    params(
        ("speaker_id" = String, Path, description = "Letters, digits and underscores", pattern = "^[a-zA-Z0-9_]{1,128}$"),
        ("force" = Option<bool>, Query, description = "Skip the same-speaker check; false by default"),
    ),
    request_body = EnrollmentPatchInputSchema,
    responses(
        (status = 201, body = EnrollmentStatus),
        CommonErrors,
        UploadErrors,
        NotFound,
    ),
    security(("bearer" = [])),
)]
pub(crate) async fn update(
    State(state): State<Shared>,
    Extension(caller): Asking,
    Id(id): Id,
    query: Query,
    headers: HeaderMap,
    body: axum::body::Body,
) -> Answer {
    write(&state, &caller, Some(id), query, &headers, body).await
}

/// Adds a recording to the enrollment of `id`, or, without one, makes that which the body names.
async fn write(
    state: &Shared,
    caller: &Caller,
    id: Option<SpeakerId>,
    query: Query,
    headers: &HeaderMap,
    body: axum::body::Body,
) -> Answer {
    let force = flag(&readable(query)?, "force")?;
    let mut registry = state.registry_of(caller).await?;
    if force {
        registry = registry.forced();
    }
    if let Some(id) = &id {
        // Before megabytes are kept for nothing.
        registry.get(id).await?;
    }
    let Content { speaker, consent, recording, turn, room: _room, .. } =
        Content::take(state, &caller.account, headers, body).await?;
    if let Some(consent) = consent {
        registry = registry.with_consent(consent);
    }
    let written = match id {
        Some(id) if speaker.id.as_deref().is_some_and(|other| other != id.as_str()) => {
            return Err(Fault::invalid(
                speaker.member,
                "the speaker id in the body differs from the one in the path; send the same id, or omit it in the body",
            ));
        }
        Some(id) => listen(turn, &registry, move |registry| registry.update(&id, recording)).await?,
        None => {
            let id = speaker.speaker()?;
            listen(turn, &registry, move |registry| registry.create(&id, recording)).await?
        }
    };
    state.acknowledge(&caller.account).await?;
    Ok((StatusCode::CREATED, Json(written.into())))
}

/// Removes one recording from an enrollment.
#[utoipa::path(
    delete, path = "/ai/audio/v1/enrollments/{speaker_id}/samples/{sample}", tag = "enrollments",
    params(
        ("speaker_id" = String, Path, description = "Letters, digits and underscores", pattern = "^[a-zA-Z0-9_]{1,128}$"),
        ("sample" = i64, Path, description = "The `id` of the recording in `voiceroll.recordings`"),
    ),
    responses(
        (status = 200, body = EnrollmentStatus),
        CommonErrors,
        NotFound,
    ),
    security(("bearer" = [])),
)]
pub(crate) async fn remove_sample(
    State(state): State<Shared>,
    Extension(caller): Asking,
    Id(id): Id,
    path: Result<Path<(String, i64)>, PathRejection>,
) -> Result<Json<EnrollmentStatus>, Fault> {
    let unknown =
        || Fault::invalid("sample", "the recording number is invalid; use the `id` of a recording in the enrollment");
    let Path((_, sample)) = path.map_err(|_| unknown())?;
    let left = state.registry_of(&caller).await?.remove_sample(&id, sample).await?;
    state.acknowledge(&caller.account).await?;
    Ok(Json(left.into()))
}
