//! What stands behind the question mark, as the SDKs write it.

use std::collections::HashMap;
use std::str::FromStr;

use axum::extract;
use axum::extract::rejection::QueryRejection;
use axum::http::StatusCode;

use super::fault::Fault;

pub(crate) type Query = Result<extract::Query<HashMap<String, String>>, QueryRejection>;

pub(crate) fn readable(query: Query) -> Result<HashMap<String, String>, Fault> {
    let malformed =
        |_| Fault::new(StatusCode::BAD_REQUEST, "CMN-104", "the query string is malformed; check its encoding");
    query.map(|extract::Query(query)| query).map_err(malformed)
}

/// A boolean as the SDKs write it: `true`, `True` or `1`; PHP leaves a false one empty.
pub(crate) fn flag(query: &HashMap<String, String>, name: &'static str) -> Result<bool, Fault> {
    match query.get(name).map(|text| text.to_ascii_lowercase()).as_deref() {
        Some("true" | "1") => Ok(true),
        None | Some("false" | "0" | "") => Ok(false),
        Some(_) => Err(Fault::invalid(name, format!("`{name}` is invalid; use true or false"))),
    }
}

pub(crate) fn number<T: FromStr>(query: &HashMap<String, String>, name: &'static str) -> Result<Option<T>, Fault> {
    match query.get(name) {
        Some(text) => {
            text.parse().map(Some).map_err(|_| Fault::invalid(name, format!("`{name}` is invalid; use a whole number")))
        }
        None => Ok(None),
    }
}
