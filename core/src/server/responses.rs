//! What handlers answer besides their results, as the description of the server lists it.

use crate::contract::ErrorBody;

/// What any request may be answered with.
#[derive(utoipa::IntoResponses)]
#[expect(dead_code, reason = "documentation")]
pub(super) enum CommonErrors {
    /// The request is wrong, or the recording cannot be used
    #[response(status = 400)]
    Wrong(ErrorBody<'static>),
    /// Not logged in
    #[response(status = 401)]
    LoggedOut(ErrorBody<'static>),
    /// The app lacks the scope that the request needs
    #[response(status = 403)]
    NotAllowed(ErrorBody<'static>),
    /// Too many requests
    #[response(status = 429)]
    TooMany(ErrorBody<'static>),
}

/// Further errors of endpoints that take a body.
#[derive(utoipa::IntoResponses)]
#[expect(dead_code, reason = "documentation")]
pub(super) enum UploadErrors {
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
