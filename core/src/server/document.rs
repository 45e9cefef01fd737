//! The server's description, OpenAPI 3.1, made from what describes its handlers.

use axum::Json;
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityScheme};
use utoipa::{Modify, OpenApi};

use super::{auth, enrollments, speech, work};
use crate::wire::ErrorBody;

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Voiceroll",
        description = "Speaker enrollment with the API of RingCentral's retired service.",
        license(name = "Apache-2.0", identifier = "Apache-2.0")
    ),
    paths(
        enrollments::list, enrollments::create, enrollments::read, enrollments::update, enrollments::delete,
        enrollments::remove_sample, speech::identify, speech::diarize, speech::verify, speech::model,
        work::identify, work::diarize, work::transcribe, work::status, work::delete, auth::log_in, auth::revoke,
        super::health, super::rolls::ready,
    ),
    modifiers(&Login),
)]
struct Document;

/// How requests are let in.
struct Login;

impl Modify for Login {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        let components = document.components.get_or_insert_default();
        components.add_security_scheme("bearer", SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer)));
        components.add_security_scheme("app", SecurityScheme::Http(Http::new(HttpAuthScheme::Basic)));
    }
}

/// The description as JSON.
pub(super) fn json() -> utoipa::openapi::OpenApi {
    Document::openapi()
}

/// `GET /openapi.json`.
pub(super) async fn serve() -> Json<utoipa::openapi::OpenApi> {
    Json(json())
}

/// What any request may be answered with.
#[derive(utoipa::IntoResponses)]
#[expect(dead_code, reason = "documentation")]
pub(super) enum Any {
    /// The request is wrong, or the recording cannot be used
    #[response(status = 400)]
    Wrong(ErrorBody<'static>),
    /// Not logged in
    #[response(status = 401)]
    LoggedOut(ErrorBody<'static>),
    /// Too many requests
    #[response(status = 429)]
    TooMany(ErrorBody<'static>),
}

/// Further errors of endpoints that take a body.
#[derive(utoipa::IntoResponses)]
#[expect(dead_code, reason = "documentation")]
pub(super) enum Taking {
    /// The body did not come in time
    #[response(status = 408)]
    Late(ErrorBody<'static>),
    /// The body, or the recording in it, is too large
    #[response(status = 413)]
    TooLarge(ErrorBody<'static>),
    /// The queue is full; see Retry-After
    #[response(status = 503)]
    Busy(ErrorBody<'static>),
}

/// There is none of this id
#[derive(utoipa::IntoResponses)]
#[response(status = 404)]
#[expect(dead_code, reason = "documentation")]
pub(super) struct NotFound(ErrorBody<'static>);

/// Enrolled already
#[derive(utoipa::IntoResponses)]
#[response(status = 409)]
#[expect(dead_code, reason = "documentation")]
pub(super) struct Conflict(ErrorBody<'static>);

/// Deleted before
#[derive(utoipa::IntoResponses)]
#[response(status = 410)]
#[expect(dead_code, reason = "documentation")]
pub(super) struct Gone(ErrorBody<'static>);
