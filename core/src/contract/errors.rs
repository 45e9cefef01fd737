//! Refusals.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::Problem;

/// What every refusal says: the contract's `errors`, the same at the top level for the SDKs that look
/// there, and Voiceroll's own code.
#[derive(Serialize, Deserialize, Default)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct ErrorBody<'a> {
    #[cfg_attr(feature = "server", schema(required))]
    pub(crate) errors: Vec<ErrorDetail<'a>>,
    #[cfg_attr(feature = "server", schema(required))]
    pub(crate) error_code: Cow<'a, str>,
    #[cfg_attr(feature = "server", schema(required))]
    pub(crate) message: Cow<'a, str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) parameter_name: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) voiceroll: Option<Cause<'a>>,
}

#[derive(Serialize, Deserialize, Default)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct ErrorDetail<'a> {
    #[cfg_attr(feature = "server", schema(required))]
    pub(crate) error_code: Cow<'a, str>,
    #[cfg_attr(feature = "server", schema(required))]
    pub(crate) message: Cow<'a, str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) parameter_name: Option<Cow<'a, str>>,
}

/// An error as `tests/errors.json` lists it.
#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub(crate) struct Cause<'a> {
    pub(crate) code: Cow<'a, str>,
    pub(crate) retryable: bool,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "server", schema(value_type = Vec<Object>))]
    pub(crate) problems: Vec<Problem>,
}

/// The longest sentence of a server that is passed on, in characters.
const SENTENCE: usize = 400;

/// What a server said, without what could disturb a terminal or a log, and without the token of an
/// address.
pub(crate) fn sentence(said: &str) -> String {
    let end = said.find("access_token=").unwrap_or(said.len());
    said[..end].chars().filter(|letter| !letter.is_control()).take(SENTENCE).collect()
}
