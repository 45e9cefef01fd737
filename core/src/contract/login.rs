//! Logging in, as in OAuth 2.

use serde::{Deserialize, Serialize};

#[cfg(feature = "server")]
use super::errors::ErrorBody;

/// What logs in, as a form.
#[cfg(feature = "server")]
#[derive(utoipa::ToSchema)]
#[expect(dead_code, reason = "documentation")]
pub(crate) struct LogIn {
    /// `urn:ietf:params:oauth:grant-type:jwt-bearer` or `refresh_token`.
    grant_type: String,
    /// The JSON Web Token, for the first.
    assertion: Option<String>,
    /// For the second.
    refresh_token: Option<String>,
    /// Seconds, 600 to 3600.
    access_token_ttl: Option<i64>,
    /// Seconds, 600 to 2592000.
    refresh_token_ttl: Option<i64>,
}

/// What ends, as a form.
#[cfg(feature = "server")]
#[derive(utoipa::ToSchema)]
#[expect(dead_code, reason = "documentation")]
pub(crate) struct Revocation {
    /// An access or a refresh token.
    token: String,
}

pub(crate) const JWT_GRANT: &str = "urn:ietf:params:oauth:grant-type:jwt-bearer";

/// The tokens of a session. Without `Debug`: they are secrets.
#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub(crate) struct TokenInfo {
    pub(crate) access_token: String,
    #[serde(default)]
    #[cfg_attr(feature = "server", schema(required))]
    pub(crate) token_type: String,
    /// Seconds.
    pub(crate) expires_in: u64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) refresh_token: Option<String>,
    /// Seconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) refresh_token_expires_in: Option<u64>,
    #[serde(default)]
    #[cfg_attr(feature = "server", schema(required))]
    pub(crate) scope: String,
    /// The extension id of the owner of the login.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) owner_id: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) endpoint_id: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) session_id: Option<String>,
}

/// A refusal to log in: OAuth's words (RFC 6749, section 5.2) beside the contract's.
#[cfg(feature = "server")]
#[derive(Serialize, utoipa::ToSchema)]
pub(crate) struct LogInRefused<'a> {
    pub(crate) error: &'a str,
    pub(crate) error_description: &'a str,
    #[serde(flatten)]
    pub(crate) body: ErrorBody<'a>,
}
