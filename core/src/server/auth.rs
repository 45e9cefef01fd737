//! Who is asking: logging in with OAuth, and the tokens that requests carry.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use axum::body::Body;
use axum::extract::{MatchedPath, Request, State};
use axum::http::header::{
    AUTHORIZATION, CACHE_CONTROL, CONTENT_TYPE, RETRY_AFTER, SEC_WEBSOCKET_PROTOCOL, WWW_AUTHENTICATE,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use base64::Engine as _;
use serde_json::json;

use super::Shared;
use super::failures::{failed, note};
use super::fault::Fault;
use super::intake::small;
use super::ledger::{App, Grant, Session};
use super::listen::Peer;
use super::metrics::LogIn;
use super::query::{Query, readable};
use super::rate::{Allowance, Group, WINDOW};
use super::scopes::{LIVE, needed};
use super::secrets::{Digest, token};
use crate::contract::{self, ErrorBody, JWT_GRANT, LogInRefused, Revocation, TokenInfo};
use crate::runtime::now;
use crate::types::error::Result;

/// How long tokens last, in seconds. Source: RingCentral's `BaseTokenRequest`.
const ACCESS_SECONDS: u64 = 3600;
const LEAST_ACCESS_SECONDS: u64 = 600;
const REFRESH_SECONDS: u64 = 604_800;
const MOST_REFRESH_SECONDS: u64 = 2_592_000;

/// A token may run out so much later than it can by now: the clock may have been set back a little. One that runs out
/// later was given under a clock that was wrong.
const SLACK: u64 = 300;

const SCOPE: &str = "AI";

/// The code of an app that is not known.
const NO_APP: &str = "OAU-153";
/// The code of a token that is not known.
const UNKNOWN: &str = "OAU-213";

/// Whoever a request's token stands for.
#[derive(Clone)]
pub(crate) struct Caller {
    pub(crate) account: Arc<str>,
    /// The app that asks.
    pub(crate) client_id: Arc<str>,
    /// The actor in the audit trail.
    pub(crate) actor: Arc<str>,
}

/// The number that the answer to a request bears.
#[derive(Clone)]
pub(crate) struct RequestId(pub(crate) Arc<str>);

/// Which app made a request: for the log.
#[derive(Clone)]
pub(crate) struct AppId(pub(crate) String);

/// A live session in memory.
struct Live {
    session: Session,
    account: Arc<str>,
    /// For counting requests.
    who: String,
    used: AtomicBool,
}

/// The sessions that have made a request since the server was started.
#[derive(Default)]
pub(crate) struct Sessions(Mutex<Known>);

#[derive(Default)]
struct Known {
    live: HashMap<Digest, Arc<Live>>,
    /// How many tokens were forgotten. One that was read before another was forgotten may be that one.
    forgotten: u64,
}

impl Sessions {
    fn lock(&self) -> std::sync::MutexGuard<'_, Known> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn forget(&self, access: Digest) {
        let mut known = self.lock();
        known.live.remove(&access);
        known.forgotten += 1;
    }

    /// Forgets all, to read them again: what another process revoked ends with this.
    pub(crate) fn sweep(&self) {
        let mut known = self.lock();
        known.live.clear();
        known.forgotten += 1;
    }
}

/// Lets requests through that carry a live token, within the rate that it may ask at.
pub(crate) async fn authorize(State(state): State<Shared>, mut request: Request, next: Next) -> Response {
    let route = request.extensions().get::<MatchedPath>().map_or("", MatchedPath::as_str);
    let live = match bearer(request.headers()).or_else(|| from_protocols(route, request.headers())) {
        Some(token) => find(&state, Digest::of(token)).await,
        None => Err(Fault::unauthorized(
            "OAU-123",
            "the access token is missing; log in, and send it as `Authorization: Bearer TOKEN`",
        )),
    };
    let live = match live {
        Ok(live) => live,
        Err(fault) => {
            if fault.code == UNKNOWN
                && let Some(seconds) = failed(&state, request.extensions().get::<Peer>(), "", LogIn::Token).await
            {
                return Fault::limited(seconds).into_response();
            }
            return fault.into_response();
        }
    };
    if !live.used.swap(true, Ordering::Relaxed) {
        let session = live.session.id.clone();
        let ledger = Arc::clone(&state);
        if let Err(fault) = state.blocking(move || ledger.ledger.settle(&session)).await {
            return Fault::from(fault).into_response();
        }
    }
    if request.extensions().get::<Peer>().is_some_and(|peer| !peer.place.work()) {
        return Fault::busy(2).into_response();
    }
    let allowance = state.rates.count(Group::Heavy, &live.who, Instant::now());
    if let Some(seconds) = allowance.and_then(|allowance| allowance.wait) {
        return rated(Fault::limited(seconds).into_response(), Group::Heavy, allowance);
    }
    let route = request.extensions().get::<MatchedPath>().map_or("", MatchedPath::as_str);
    let scope = needed(request.method(), route);
    if !live.session.scopes.allow(scope) {
        let text =
            format!("this app lacks the scope `{scope}`; the server's operator grants it with `voiceroll apps scope`");
        return rated(Fault::new(StatusCode::FORBIDDEN, "CMN-401", text).into_response(), Group::Heavy, allowance);
    }
    let id = request.extensions().get::<RequestId>().map_or("", |id| &id.0);
    let caller = Caller {
        account: Arc::clone(&live.account),
        client_id: live.session.client_id.as_str().into(),
        actor: format!("app {}, owner {}, request {id}", live.session.client_id, live.session.owner).into(),
    };
    request.extensions_mut().insert(caller);
    // What has no recording looks into the store and is done; many of one account must not hold up others' either.
    let _look = match *request.method() {
        Method::GET | Method::DELETE => match state.gate.look(&live.account).await {
            Ok(turn) => Some(turn),
            Err(fault) => return fault.into_response(),
        },
        _ => None,
    };
    let mut response = next.run(request).await;
    response.extensions_mut().insert(AppId(live.session.client_id.clone()));
    rated(response, Group::Heavy, allowance)
}

/// Says what is left of the rate, as RingCentral's service did with every answer. Without a limit that is as much as
/// the number can say.
fn rated(mut response: Response, group: Group, allowance: Option<Allowance>) -> Response {
    let unlimited = Allowance { limit: i32::MAX as u32, remaining: i32::MAX as u32, window: WINDOW, wait: None };
    let Allowance { limit, remaining, window, .. } = allowance.unwrap_or(unlimited);
    let headers = response.headers_mut();
    let mut put = |name, value| headers.insert(HeaderName::from_static(name), value);
    put("x-rate-limit-group", HeaderValue::from_static(group.as_str()));
    put("x-rate-limit-limit", HeaderValue::from(limit));
    put("x-rate-limit-remaining", HeaderValue::from(remaining));
    put("x-rate-limit-window", HeaderValue::from(window));
    response
}

/// The token of `Authorization: Bearer`, in any case.
fn bearer(headers: &HeaderMap) -> Option<&str> {
    let (scheme, token) = headers.get(AUTHORIZATION)?.to_str().ok()?.trim().split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then_some(token.trim())
}

/// The token among the protocols of a WebSocket, as `bearer.TOKEN`: the scripts of a page cannot set a header.
fn from_protocols<'a>(route: &str, headers: &'a HeaderMap) -> Option<&'a str> {
    if !route.starts_with(LIVE) {
        return None;
    }
    let offered = headers.get_all(SEC_WEBSOCKET_PROTOCOL).iter().filter_map(|value| value.to_str().ok());
    offered.flat_map(|value| value.split(',')).find_map(|protocol| protocol.trim().strip_prefix("bearer."))
}

async fn find(state: &Shared, access: Digest) -> Result<Arc<Live>, Fault> {
    let (known, forgotten) = {
        let sessions = state.sessions.lock();
        (sessions.live.get(&access).cloned(), sessions.forgotten)
    };
    let live = match known {
        Some(live) => live,
        None => {
            let ledger = Arc::clone(state);
            let Some(session) = state.blocking(move || ledger.ledger.session(access)).await? else {
                return Err(Fault::unauthorized(UNKNOWN, "the access token is unknown or was revoked; log in again"));
            };
            let live = Arc::new(Live {
                account: session.account.as_str().into(),
                who: format!("{}/{}", session.client_id, session.owner),
                used: AtomicBool::new(false),
                session,
            });
            let mut sessions = state.sessions.lock();
            if sessions.forgotten == forgotten {
                sessions.live.insert(access, Arc::clone(&live));
            }
            live
        }
    };
    let left = live.session.access_until.saturating_sub(now());
    if left == 0 || left > ACCESS_SECONDS + SLACK {
        state.sessions.forget(live.session.access);
        return Err(Fault::unauthorized("OAU-129", "the access token has expired; refresh it or log in again"));
    }
    Ok(live)
}

/// A refusal to log in, in the shape of OAuth (RFC 6749, section 5.2) and in the contract's.
struct Refusal {
    status: StatusCode,
    error: &'static str,
    code: &'static str,
    text: String,
    retry_after: Option<u64>,
}

impl Refusal {
    fn new(error: &'static str, code: &'static str, text: impl Into<String>) -> Self {
        Self { status: StatusCode::BAD_REQUEST, error, code, text: text.into(), retry_after: None }
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let Self { status, error, code, text, retry_after } = self;
        let fault = Fault::new(status, code, text);
        let body = LogInRefused { error, error_description: &fault.message, body: fault.body() };
        let mut response = (status, [(CACHE_CONTROL, "no-store")], Json(body)).into_response();
        if status == StatusCode::UNAUTHORIZED {
            response.headers_mut().insert(WWW_AUTHENTICATE, HeaderValue::from_static("Basic realm=\"voiceroll\""));
        }
        if let Some(seconds) = retry_after {
            response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

impl From<crate::Error> for Refusal {
    fn from(error: crate::Error) -> Self {
        Fault::from(error).into()
    }
}

impl From<Fault> for Refusal {
    fn from(fault: Fault) -> Self {
        let Fault { status, code, message, retry_after, .. } = fault;
        let error = match status {
            _ if retry_after.is_some() => "temporarily_unavailable",
            _ if status.is_client_error() => "invalid_request",
            _ => "server_error",
        };
        Self { status, error, code, text: message, retry_after }
    }
}

type Fields = HashMap<String, String>;

/// The fields of a form, whose media type may be in any case (RFC 9110, section 8.3.1). Whoever sends one is not known
/// yet, so it must be small, and come soon.
async fn form(headers: &HeaderMap, body: Body) -> Result<Fields, Refusal> {
    let kind = headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()?.split(';').next());
    if !kind.is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/x-www-form-urlencoded")) {
        let message = "the content type is wrong; send the request as application/x-www-form-urlencoded";
        return Err(Refusal::new("invalid_request", "CMN-104", message));
    }
    let body = small(headers, body).await?;
    Ok(url::form_urlencoded::parse(&body).into_owned().collect())
}

/// Logs in with a JSON Web Token, or refreshes a session.
#[utoipa::path(
    post, path = "/restapi/oauth/token", tag = "login",
    request_body(content = contract::LogIn, content_type = "application/x-www-form-urlencoded"),
    responses(
        (status = 200, description = "Tokens", body = TokenInfo),
        (status = 400, description = "Refused", body = LogInRefused<'static>),
        (status = 401, description = "The client id or the client secret is wrong", body = LogInRefused<'static>),
        (status = 429, description = "Too many requests", body = ErrorBody<'static>),
    ),
    security(("app" = [])),
)]
pub(crate) async fn log_in(
    State(state): State<Shared>,
    peer: Option<Extension<Peer>>,
    headers: HeaderMap,
    body: Body,
) -> Response {
    let fields = match form(&headers, body).await {
        Ok(fields) => fields,
        Err(refusal) => return refusal.into_response(),
    };
    let peer = peer.map(|Extension(peer)| peer);
    let app = match client(&state, &headers, &fields).await {
        Ok(app) => app,
        Err(refusal) if refusal.code == NO_APP => {
            let named = named(&headers, &fields).map(|(id, _)| id).unwrap_or_default();
            return slowed(&state, peer.as_ref(), &named, LogIn::App, refusal).await.into_response();
        }
        Err(refusal) => return refusal.into_response(),
    };
    let client_id = app.client_id.clone();
    let allowance = state.rates.count(Group::Auth, &client_id, Instant::now());
    if let Some(seconds) = allowance.and_then(|allowance| allowance.wait) {
        return rated(Fault::limited(seconds).into_response(), Group::Auth, allowance);
    }
    let response = match grant(&state, app, &fields).await {
        Ok(response) => {
            state.metrics.log_in(LogIn::Done);
            // Nobody is let in whom the trail does not know.
            match note(&state, peer.as_ref(), &client_id, LogIn::Done).await {
                Ok(()) => response,
                Err(error) => Refusal::from(error).into_response(),
            }
        }
        Err(refusal) if refusal.error == "invalid_grant" => {
            slowed(&state, peer.as_ref(), &client_id, LogIn::Login, refusal).await.into_response()
        }
        Err(refusal) => refusal.into_response(),
    };
    rated(response, Group::Auth, allowance)
}

/// A refusal that comes the later the more of them there are, and in the end says to wait.
async fn slowed(state: &Shared, peer: Option<&Peer>, app: &str, why: LogIn, refusal: Refusal) -> Refusal {
    let Some(seconds) = failed(state, peer, app, why).await else { return refusal };
    let text = format!("too many logins from this address failed; check the credentials, and wait {seconds} s");
    Refusal {
        status: StatusCode::TOO_MANY_REQUESTS,
        retry_after: Some(seconds),
        ..Refusal::new("temporarily_unavailable", "CMN-301", text)
    }
}

async fn grant(state: &Shared, app: App, fields: &Fields) -> Result<Response, Refusal> {
    let seconds = |name: &str, least: u64, most: u64, usual: u64| match fields.get(name).map(|text| text.parse::<i64>())
    {
        // -1 is what the JavaScript SDK sends when it refreshes.
        Some(Ok(wished)) if wished > 0 => (wished as u64).clamp(least, most),
        _ => usual,
    };
    let access_seconds = seconds("access_token_ttl", LEAST_ACCESS_SECONDS, ACCESS_SECONDS, ACCESS_SECONDS);
    let refresh_seconds = seconds("refresh_token_ttl", LEAST_ACCESS_SECONDS, MOST_REFRESH_SECONDS, REFRESH_SECONDS);
    let (access, refresh, session) = (token()?, token()?, token()?);
    let time = now();
    let made = Grant {
        session: session[..22].to_owned(),
        client_id: app.client_id.clone(),
        owner: String::new(),
        access: Digest::of(&access),
        access_until: time + access_seconds,
        refresh: Digest::of(&refresh),
        refresh_until: time + refresh_seconds,
    };
    let field = |name: &str| fields.get(name).map(String::as_str).filter(|text| !text.is_empty());
    let shared = Arc::clone(state);
    let granted = match field("grant_type") {
        Some(JWT_GRANT) => {
            let Some(assertion) = field("assertion") else {
                return Err(Refusal::new(
                    "invalid_request",
                    "CMN-101",
                    "the parameter `assertion` is missing; send the JWT of the app in it",
                ));
            };
            let bad = || {
                Refusal::new(
                    "invalid_grant",
                    "OAU-149",
                    "the JWT does not belong to this app, was revoked or has expired; get a new one from the \
                     server's operator",
                )
            };
            let claims = state
                .key
                .read_jwt(assertion)
                .filter(|claims| claims.aud == app.client_id && claims.exp.is_none_or(|end| end > now()))
                .ok_or_else(bad)?;
            let begun = state.blocking(move || {
                let Some(owner) = shared.ledger.login(&claims.jti, &app.client_id)? else { return Ok(None) };
                let made = Grant { owner, ..made };
                for ended in shared.ledger.begin(&made)? {
                    shared.sessions.forget(ended);
                }
                Ok(Some(made))
            });
            begun.await?.ok_or_else(bad)?
        }
        Some("refresh_token") => {
            let Some(old) = field("refresh_token").map(Digest::of) else {
                return Err(Refusal::new(
                    "invalid_request",
                    "CMN-101",
                    "the parameter `refresh_token` is missing; send the one of the last login",
                ));
            };
            let renewed = state.blocking(move || {
                let renewed =
                    shared.ledger.renew(old, &app.client_id, |session, owner| Grant { session, owner, ..made })?;
                if let Some((_, ended, again)) = &renewed {
                    shared.sessions.forget(*ended);
                    if *again {
                        // A lost answer, most likely; or somebody else has the token.
                        tracing::warn!(app = app.client_id, "a refresh token was used a second time");
                    }
                }
                Ok(renewed)
            });
            let gone = || {
                Refusal::new("invalid_grant", "OAU-210", "the refresh token is unknown or has expired; log in again")
            };
            renewed.await?.ok_or_else(gone)?.0
        }
        Some(_) => {
            return Err(Refusal::new(
                "unsupported_grant_type",
                "OAU-250",
                format!("the grant type is not supported; use {JWT_GRANT} or refresh_token"),
            ));
        }
        None => {
            return Err(Refusal::new(
                "invalid_request",
                "OAU-250",
                "the parameter `grant_type` is missing; use {JWT_GRANT} or refresh_token",
            ));
        }
    };
    let body = TokenInfo {
        access_token: access,
        token_type: "bearer".to_owned(),
        expires_in: access_seconds,
        refresh_token: Some(refresh),
        refresh_token_expires_in: Some(refresh_seconds),
        scope: SCOPE.to_owned(),
        owner_id: Some(granted.owner),
        endpoint_id: Some(field("endpoint_id").unwrap_or(&granted.session).to_owned()),
        session_id: Some(granted.session),
    };
    Ok(([(CACHE_CONTROL, "no-store")], Json(body)).into_response())
}

/// Ends the session of a token. One that is not known has none any more, which is what was asked for.
#[utoipa::path(
    post, path = "/restapi/oauth/revoke", tag = "login",
    request_body(content = Revocation, content_type = "application/x-www-form-urlencoded"),
    responses(
        (status = 200, description = "Ended", body = Object),
        (status = 400, description = "Refused", body = LogInRefused<'static>),
        (status = 401, description = "The client id or the client secret is wrong", body = LogInRefused<'static>),
    ),
    security(("app" = [])),
)]
pub(crate) async fn revoke(State(state): State<Shared>, headers: HeaderMap, query: Query, body: Body) -> Response {
    // The token may be in the address instead.
    let fields = match form(&headers, body).await {
        Ok(fields) => fields,
        Err(refusal) if refusal.status == StatusCode::BAD_REQUEST => Fields::new(),
        Err(refusal) => return refusal.into_response(),
    };
    let app = match client(&state, &headers, &fields).await {
        Ok(app) => app,
        Err(refusal) => return refusal.into_response(),
    };
    let query = match readable(query) {
        Ok(query) => query,
        Err(fault) => return fault.into_response(),
    };
    if let Some(token) = fields.get("token").or_else(|| query.get("token")).map(|token| Digest::of(token)) {
        let shared = Arc::clone(&state);
        let ended = state.blocking(move || {
            if let Some(access) = shared.ledger.end(token, &app.client_id)? {
                shared.sessions.forget(access);
            }
            Ok(())
        });
        if let Err(error) = ended.await {
            return Refusal::from(error).into_response();
        }
    }
    Json(json!({})).into_response()
}

/// The app that is asking: by HTTP Basic, or by its id and secret in the body.
async fn client(state: &Shared, headers: &HeaderMap, fields: &Fields) -> Result<App, Refusal> {
    let none = || Refusal {
        status: StatusCode::UNAUTHORIZED,
        ..Refusal::new(
            "invalid_client",
            "OAU-123",
            "the client id and the client secret are missing; send them with HTTP Basic authentication",
        )
    };
    let (client_id, secret) = named(headers, fields).ok_or_else(none)?;
    let (shared, secret) = (Arc::clone(state), Digest::of(&secret));
    let app = state.blocking(move || shared.ledger.app(&client_id, secret)).await?;
    app.ok_or_else(|| Refusal::new("invalid_client", NO_APP, "the client id or the client secret is wrong; check both"))
}

/// The id and the secret that a request names.
fn named(headers: &HeaderMap, fields: &Fields) -> Option<(String, String)> {
    let basic = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok()).and_then(basic);
    basic.or_else(|| Some((fields.get("client_id")?.clone(), fields.get("client_secret")?.clone())))
}

fn basic(header: &str) -> Option<(String, String)> {
    let (scheme, coded) = header.trim().split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let text = String::from_utf8(base64::engine::general_purpose::STANDARD.decode(coded.trim()).ok()?).ok()?;
    let (id, secret) = text.split_once(':')?;
    Some((id.to_owned(), secret.to_owned()))
}

/// What handlers behind [`authorize`] are given.
pub(crate) type Asking = Extension<Caller>;
