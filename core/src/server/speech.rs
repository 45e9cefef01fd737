//! Who speaks in a recording that comes in the body, answered at once. RingCentral's service had the first of
//! these, in 2022; the others are in its style.

use axum::Json;
use axum::extract::{Extension, State};
use axum::http::HeaderMap;
use serde::Serialize;

use super::Shared;
use super::auth::Asking;
use super::content::Content;
use super::convert::{identified, ids, labelled, options, unnamed};
use super::fault::Fault;
use super::intake::listen;
use super::responses::{CommonErrors, UploadErrors};
use crate::contract::{Conversation, DiarizeNow, EnrollmentInputSchema, Found, IdentifyNow, Model, Otherwise};
use crate::{Candidates, Diarization, Identification, Verification};

type Answer<T> = Result<Json<Found<T>>, Fault>;

/// Where in a recording enrolled speakers speak, at once.
#[utoipa::path(
    post, path = "/ai/audio/v1/speaker-identify", tag = "speech",
    request_body = IdentifyNow,
    responses(
        (status = 200, body = Object),
        CommonErrors,
        UploadErrors,
    ),
    security(("bearer" = [])),
)]
pub(crate) async fn identify(
    State(state): State<Shared>,
    Extension(caller): Asking,
    headers: HeaderMap,
    body: axum::body::Body,
) -> Answer<Identification> {
    let registry = state.registry_of(&caller).await?;
    let Content { asked, recording, turn, room: _room, .. } =
        Content::take(&state, &caller.account, &headers, body).await?;
    let speakers = ids(&asked)?.map_or(Candidates::All, Candidates::These);
    let found = listen(turn, &registry, move |registry| registry.identify(&recording, speakers))
        .await
        .map_err(unnamed(asked.named()))?;
    let utterances = found.segments.iter().map(identified).collect();
    answer(Some(Conversation { speaker_count: None, utterances }), found)
}

/// Who speaks when in a recording, at once.
#[utoipa::path(
    post, path = "/ai/audio/v1/speaker-diarize", tag = "speech",
    request_body = DiarizeNow,
    responses(
        (status = 200, body = Object),
        CommonErrors,
        UploadErrors,
    ),
    security(("bearer" = [])),
)]
pub(crate) async fn diarize(
    State(state): State<Shared>,
    Extension(caller): Asking,
    headers: HeaderMap,
    body: axum::body::Body,
) -> Answer<Diarization> {
    let registry = state.registry_of(&caller).await?;
    let Content { asked, recording, turn, room: _room, .. } =
        Content::take(&state, &caller.account, &headers, body).await?;
    let known = match ids(&asked)? {
        Some(ids) => Candidates::These(ids),
        None if asked.everybody == Some(true) => Candidates::All,
        None => Candidates::Nobody,
    };
    let options = options(&asked)?.known(known);
    let found = listen(turn, &registry, move |registry| registry.diarize(&recording, &options))
        .await
        .map_err(unnamed(asked.named()))?;
    let utterances = labelled(&found.segments);
    answer(Some(Conversation { speaker_count: Some(found.speakers), utterances }), found)
}

/// Whether a recording is of an enrolled speaker.
#[utoipa::path(
    post, path = "/ai/audio/v1/speaker-verify", tag = "speech",
    request_body = EnrollmentInputSchema,
    responses(
        (status = 200, body = Object),
        CommonErrors,
        UploadErrors,
    ),
    security(("bearer" = [])),
)]
pub(crate) async fn verify(
    State(state): State<Shared>,
    Extension(caller): Asking,
    headers: HeaderMap,
    body: axum::body::Body,
) -> Answer<Verification> {
    let registry = state.registry_of(&caller).await?;
    let Content { speaker, recording, turn, room: _room, .. } =
        Content::take(&state, &caller.account, &headers, body).await?;
    let member = speaker.member;
    let id = speaker.speaker()?;
    let found =
        listen(turn, &registry, move |registry| registry.verify(&id, &recording)).await.map_err(unnamed(member))?;
    answer(None, found)
}

fn answer<T: Serialize>(conversation: Option<Conversation>, voiceroll: T) -> Answer<T> {
    Ok(Json(Found { conversation, voiceroll }))
}

/// The model that voiceprints are made with here, and who was enrolled with another.
#[utoipa::path(
    get, path = "/voiceroll/v1/model", tag = "speech",
    responses(
        (status = 200, body = Model),
        CommonErrors,
    ),
    security(("bearer" = [])),
)]
pub(crate) async fn model(State(state): State<Shared>, Extension(caller): Asking) -> Result<Json<Model>, Fault> {
    let registry = state.registry_of(&caller).await?;
    let otherwise = registry.outdated().await?;
    let enrolled_otherwise = otherwise.into_iter().map(|(speaker_id, model)| Otherwise { speaker_id, model }).collect();
    Ok(Json(Model { model: registry.model().await?, enrolled_otherwise }))
}
