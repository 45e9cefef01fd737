//! Consent, expiry, and what is held about one speaker: endpoints of this project's own.

use axum::Json;
use axum::extract::{Extension, State};
use axum::http::{HeaderMap, StatusCode};
use serde::Deserialize;

use super::Shared;
use super::auth::Asking;
use super::enrollments::Id;
use super::fault::Fault;
use super::intake::small;
use super::query::{Query, flag, readable};
use super::responses::{CommonErrors, NotFound, UploadErrors};
use crate::{ConsentRecord, ConsentState, Export};

type Done = Result<StatusCode, Fault>;

/// What a speaker consented to and withdrew, and until when the speaker is kept.
#[utoipa::path(
    get, path = "/voiceroll/v1/enrollments/{speaker_id}/consent", tag = "custody",
    params(("speaker_id" = String, Path, description = "Letters, digits and underscores", pattern = "^[a-zA-Z0-9_]{1,128}$")),
    responses((status = 200, description = "As the libraries return it", body = Object), CommonErrors, NotFound),
    security(("bearer" = [])),
)]
pub(crate) async fn consent(
    State(state): State<Shared>,
    Extension(caller): Asking,
    Id(id): Id,
) -> Result<Json<ConsentState>, Fault> {
    Ok(Json(state.registry_of(&caller).await?.consent(&id).await?))
}

/// Keeps a consent of an enrolled speaker.
#[utoipa::path(
    post, path = "/voiceroll/v1/enrollments/{speaker_id}/consent", tag = "custody",
    params(("speaker_id" = String, Path, description = "Letters, digits and underscores", pattern = "^[a-zA-Z0-9_]{1,128}$")),
    request_body = Object,
    responses((status = 204, description = "Kept"), CommonErrors, UploadErrors, NotFound),
    security(("bearer" = [])),
)]
pub(crate) async fn record(
    State(state): State<Shared>,
    Extension(caller): Asking,
    Id(id): Id,
    headers: HeaderMap,
    body: axum::body::Body,
) -> Done {
    let body = small(&headers, body).await?;
    let record: ConsentRecord = serde_json::from_slice(&body).map_err(|_| {
        Fault::invalid(
            "consent",
            "the body is not a consent record; send a JSON object with `reference`, `given_at`, `text_version` and \
             `text_sha256`",
        )
    })?;
    state.registry_of(&caller).await?.record_consent(&id, record).await?;
    state.acknowledge(&caller.account).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Deletes a speaker, and keeps the proof that the consent was withdrawn.
#[utoipa::path(
    delete, path = "/voiceroll/v1/enrollments/{speaker_id}/consent", tag = "custody",
    params(("speaker_id" = String, Path, description = "Letters, digits and underscores", pattern = "^[a-zA-Z0-9_]{1,128}$")),
    responses((status = 204, description = "Withdrawn"), CommonErrors, NotFound),
    security(("bearer" = [])),
)]
pub(crate) async fn withdraw(State(state): State<Shared>, Extension(caller): Asking, Id(id): Id) -> Done {
    let withdrawn = state.registry_of(&caller).await?.withdraw_consent(&id).await;
    state.forgotten(&caller.account, id, withdrawn).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// From when on a speaker is not recognised and is erased.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Expiry {
    /// In seconds since 1970; null: never. It cannot be left out: a misspelt name must not keep somebody for ever.
    #[serde(deserialize_with = "Option::deserialize")]
    at: Option<u64>,
}

/// Sets from when on a speaker is not recognised and is erased; the body is `{"at": SECONDS}`, since 1970, or null for never.
#[utoipa::path(
    put, path = "/voiceroll/v1/enrollments/{speaker_id}/expiry", tag = "custody",
    params(("speaker_id" = String, Path, description = "Letters, digits and underscores", pattern = "^[a-zA-Z0-9_]{1,128}$")),
    request_body = Object,
    responses((status = 204, description = "Set"), CommonErrors, UploadErrors, NotFound),
    security(("bearer" = [])),
)]
pub(crate) async fn expire(
    State(state): State<Shared>,
    Extension(caller): Asking,
    Id(id): Id,
    headers: HeaderMap,
    body: axum::body::Body,
) -> Done {
    let body = small(&headers, body).await?;
    let Expiry { at } = serde_json::from_slice(&body).map_err(|_| {
        Fault::invalid(
            "at",
            "the body has no valid `at`; send `{\"at\": SECONDS}`, counted from 1970, or null for never",
        )
    })?;
    state.registry_of(&caller).await?.expire(&id, at).await?;
    state.acknowledge(&caller.account).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Everything that is held about a speaker, for the speaker or for another store. Needs the scope `admin`.
#[utoipa::path(
    get, path = "/voiceroll/v1/enrollments/{speaker_id}/export", tag = "custody",
    params(
        ("speaker_id" = String, Path, description = "Letters, digits and underscores", pattern = "^[a-zA-Z0-9_]{1,128}$"),
        ("voiceprints" = Option<bool>, Query, description = "Include the voiceprints; false by default"),
    ),
    responses((status = 200, description = "As the libraries return it", body = Object), CommonErrors, NotFound),
    security(("bearer" = [])),
)]
pub(crate) async fn export(
    State(state): State<Shared>,
    Extension(caller): Asking,
    Id(id): Id,
    query: Query,
) -> Result<Json<Export>, Fault> {
    let voiceprints = flag(&readable(query)?, "voiceprints")?;
    Ok(Json(state.registry_of(&caller).await?.export_speaker(&id, voiceprints).await?))
}
