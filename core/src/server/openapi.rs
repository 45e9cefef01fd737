//! The server's description, OpenAPI 3.1, made from what describes its handlers.

use axum::Json;
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityScheme};
use utoipa::{Modify, OpenApi};

use super::{auth, custody, enrollments, jobs, speech};

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
        custody::consent, custody::record, custody::withdraw, custody::expire, custody::export,
        jobs::identify, jobs::diarize, jobs::transcribe, jobs::status, jobs::delete, auth::log_in, auth::revoke,
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
