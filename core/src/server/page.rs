//! The page at `/`, for people: its files are in the binary, and a browser takes nothing from elsewhere.

use axum::Router;
use axum::http::HeaderName;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};
use axum::routing::get;

use super::Shared;

const HTML: &str = "text/html; charset=utf-8";
const SCRIPT: &str = "text/javascript; charset=utf-8";

/// Each file: its path, its type, and its text.
const FILES: [(&str, &str, &str); 10] = [
    ("/", HTML, include_str!("page/index.html")),
    ("/page/icon.svg", "image/svg+xml", include_str!("page/icon.svg")),
    ("/page/page.css", "text/css; charset=utf-8", include_str!("page/page.css")),
    ("/page/page.js", SCRIPT, include_str!("page/page.js")),
    ("/page/api.js", SCRIPT, include_str!("page/api.js")),
    ("/page/live.js", SCRIPT, include_str!("page/live.js")),
    ("/page/take.js", SCRIPT, include_str!("page/take.js")),
    ("/page/timeline.js", SCRIPT, include_str!("page/timeline.js")),
    ("/page/words.js", SCRIPT, include_str!("page/words.js")),
    ("/page/worklet.js", SCRIPT, include_str!("page/worklet.js")),
];

/// Scripts and styles of this server alone, requests to it alone, and recordings that the page itself made; in no frame.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; \
                      media-src blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

pub(crate) fn routes() -> Router<Shared> {
    FILES.into_iter().fold(Router::new(), |router, (path, kind, text)| {
        let head = [
            (CONTENT_TYPE, kind),
            // With a new version of the server comes a new page.
            (CACHE_CONTROL, "no-cache"),
            (CONTENT_SECURITY_POLICY, POLICY),
            (REFERRER_POLICY, "no-referrer"),
            (X_CONTENT_TYPE_OPTIONS, "nosniff"),
            (HeaderName::from_static("permissions-policy"), "microphone=(self), camera=(), geolocation=()"),
            (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        ];
        router.route(path, get(move || async move { (head, text) }))
    })
}
