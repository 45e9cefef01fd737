//! What an app may do.

use std::fmt;
use std::str::FromStr;

use axum::http::Method;

use crate::types::error::{Code, Error, Result};

/// One thing that an app may be allowed to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Scope {
    /// Create enrollments, and add recordings to them.
    Enroll,
    /// Verify, identify and diarize, at once and in jobs.
    Recognise,
    /// Read and list enrollments.
    Read,
    /// Delete enrollments and recordings of them, and withdraw consent.
    Delete,
    /// Export everything that is held about a speaker.
    Admin,
}

const ALL: [Scope; 5] = [Scope::Enroll, Scope::Recognise, Scope::Read, Scope::Delete, Scope::Admin];

impl Scope {
    /// The name, as `apps add --scope` takes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Enroll => "enroll",
            Self::Recognise => "recognise",
            Self::Read => "read",
            Self::Delete => "delete",
            Self::Admin => "admin",
        }
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Scope {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        ALL.into_iter().find(|scope| scope.as_str() == text).ok_or_else(|| {
            Error::new(Code::InvalidOption, "the scope is unknown; use enroll, recognise, read, delete or admin")
        })
    }
}

/// The scopes of an app. What nobody limited has all that the old contract needs: everything but `admin`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Scopes(Vec<Scope>);

impl Scopes {
    pub(crate) fn new(scopes: &[Scope]) -> Self {
        let mut scopes = scopes.to_vec();
        scopes.sort_unstable();
        scopes.dedup();
        Self(scopes)
    }

    /// As they stand in the server's file.
    pub(crate) fn stored(text: Option<String>) -> Self {
        match text {
            None => Self(ALL.into_iter().filter(|scope| *scope != Scope::Admin).collect()),
            // A scope that a newer version wrote allows nothing here.
            Some(text) => Self(text.split(' ').filter_map(|word| word.parse().ok()).collect()),
        }
    }

    pub(crate) fn to_store(&self) -> String {
        self.0.iter().map(|scope| scope.as_str()).collect::<Vec<_>>().join(" ")
    }

    pub(crate) fn allow(&self, scope: Scope) -> bool {
        self.0.contains(&scope)
    }

    pub(crate) fn into_vec(self) -> Vec<Scope> {
        self.0
    }
}

/// The paths of live sessions.
pub(crate) const LIVE: &str = "/voiceroll/v1/live/";
const LIVE_ENROLLMENTS: &str = "/voiceroll/v1/live/enrollments/";

/// The scope that a request needs. `route` has the names of parameters, not their values: an id may be `export`.
pub(crate) fn needed(method: &Method, route: &str) -> Scope {
    let of_enrollments = route.contains("/enrollments");
    match *method {
        _ if route.ends_with("/export") => Scope::Admin,
        // A WebSocket begins with a GET.
        _ if route.starts_with(LIVE_ENROLLMENTS) => Scope::Enroll,
        _ if route.starts_with(LIVE) => Scope::Recognise,
        Method::DELETE if of_enrollments => Scope::Delete,
        Method::GET | Method::HEAD if of_enrollments || route.starts_with("/voiceroll/") => Scope::Read,
        _ if of_enrollments => Scope::Enroll,
        _ => Scope::Recognise,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_request_needs_one_scope() {
        for (method, route, scope) in [
            (Method::POST, "/ai/audio/v1/enrollments", Scope::Enroll),
            (Method::PATCH, "/ai/audio/v1/sync/enrollments/{speaker_id}", Scope::Enroll),
            (Method::GET, "/ai/audio/v1/enrollments/{speaker_id}", Scope::Read),
            (Method::DELETE, "/ai/audio/v1/enrollments/{speaker_id}/samples/{sample}", Scope::Delete),
            (Method::POST, "/ai/audio/v1/async/speaker-identify", Scope::Recognise),
            (Method::POST, "/ai/audio/v1/speaker-verify", Scope::Recognise),
            (Method::GET, "/ai/status/v1/jobs/{job_id}", Scope::Recognise),
            (Method::DELETE, "/ai/status/v1/jobs/{job_id}", Scope::Recognise),
            (Method::GET, "/voiceroll/v1/model", Scope::Read),
            (Method::GET, "/voiceroll/v1/enrollments/{speaker_id}/export", Scope::Admin),
            (Method::POST, "/voiceroll/v1/enrollments/{speaker_id}/consent", Scope::Enroll),
            (Method::DELETE, "/voiceroll/v1/enrollments/{speaker_id}/consent", Scope::Delete),
            (Method::GET, "/voiceroll/v1/live/enrollments/{speaker_id}", Scope::Enroll),
            (Method::GET, "/voiceroll/v1/live/identify", Scope::Recognise),
        ] {
            assert_eq!(needed(&method, route), scope, "{method} {route}");
        }
    }

    #[test]
    fn an_app_that_nobody_limited_does_all_but_what_is_for_operators() {
        let usual = Scopes::stored(None);
        assert!(ALL.into_iter().all(|scope| usual.allow(scope) == (scope != Scope::Admin)));
        let few = Scopes::new(&[Scope::Read, Scope::Enroll, Scope::Read]);
        assert_eq!((few.to_store().as_str(), Scopes::stored(Some(few.to_store()))), ("enroll read", few));
        assert_eq!(Scopes::stored(Some(String::new())), Scopes(Vec::new()));
    }
}
