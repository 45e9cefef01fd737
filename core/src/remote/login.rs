//! Logging in with a JSON Web Token, and staying logged in.

use std::sync::Arc;
use std::time::{Duration, Instant};

use reqwest::{Method, RequestBuilder, StatusCode, Url};
use tokio::sync::Mutex;

use super::http::{Answer, Ask, Broken, Http};
use super::pace::{BROKEN, BUSY, Gate, Waits};
use super::refusal::{self, retry_after};
use crate::contract::{JWT_GRANT, REVOKE, TOKEN, TokenInfo};
use crate::types::error::{Code, Error, Result};
use crate::{Credentials, ErrorKind};

/// A token is renewed so long before it ends, or when a tenth of its time is left.
const AHEAD: Duration = Duration::from_secs(60);
/// Credentials that were refused are not tried again for so long: too many tries lock an app out.
const REFUSED: Duration = Duration::from_secs(60);

/// The session of a connection. Without `Debug`: it is all secrets.
pub(super) struct Login {
    credentials: Credentials,
    state: Mutex<State>,
    gate: Gate,
}

#[derive(Default)]
struct State {
    access: Option<Access>,
    refresh: Option<(String, Instant)>,
    /// When the credentials were refused, and how.
    refused: Option<(Instant, Error)>,
}

struct Access {
    token: Arc<str>,
    /// From when on another is fetched.
    stale: Instant,
    ends: Instant,
}

impl Login {
    pub(super) fn new(credentials: Credentials) -> Self {
        Self { credentials, state: Mutex::default(), gate: Gate::default() }
    }

    /// A token that is good for a while. However many calls want one, one of them fetches it and the
    /// others wait for that.
    pub(super) async fn token(&self, http: &Http, waits: &mut Waits<'_>) -> Result<Arc<str>> {
        let mut state = self.state.lock().await;
        if let Some(Access { token, stale, .. }) = &state.access
            && *stale > Instant::now()
        {
            return Ok(Arc::clone(token));
        }
        if let Some((at, refused)) = &state.refused
            && at.elapsed() < REFUSED
        {
            return Err(refused.copy());
        }
        match (self.fetch(&mut state, http, waits).await, &state.access) {
            (Ok(token), _) => Ok(token),
            // It could not be renewed, and is still good.
            (Err(error), Some(access)) if error.is_retryable() && access.ends > Instant::now() => {
                Ok(Arc::clone(&access.token))
            }
            (Err(error), _) => {
                if error.kind() == ErrorKind::Unauthorized {
                    state.refused = Some((Instant::now(), error.copy()));
                }
                Err(error)
            }
        }
    }

    /// Ends the session. As RingCentral advised, the response is ignored.
    pub(super) async fn end(&self, http: &Http) {
        let State { access, refresh, .. } = std::mem::take(&mut *self.state.lock().await);
        let token = refresh.map(|(refresh, _)| refresh).or(access.map(|access| access.token.to_string()));
        let Some(token) = token else { return };
        let ask = Ask::new(Method::POST, REVOKE).form(form(&[("token", &token)]));
        let _ = http.once_as(&ask, |request| self.sign(request)).await;
    }

    fn sign(&self, request: RequestBuilder) -> RequestBuilder {
        request.basic_auth(&self.credentials.client_id, Some(&self.credentials.client_secret))
    }

    /// The server does not know this token any more, unless it was renewed in the meantime.
    pub(super) async fn reject(&self, token: &str) {
        let mut state = self.state.lock().await;
        if state.access.as_ref().is_some_and(|access| &*access.token == token) {
            state.access = None;
        }
    }

    async fn fetch(&self, state: &mut State, http: &Http, waits: &mut Waits<'_>) -> Result<Arc<str>> {
        if let Some((refresh, until)) = &state.refresh
            && *until > Instant::now()
        {
            let form = form(&[("grant_type", "refresh_token"), ("refresh_token", refresh)]);
            match self.ask(form, http, waits).await {
                Ok(granted) => return Ok(keep(state, granted)),
                // The session is over; the token that began it may begin another.
                Err(error) if !error.is_retryable() => state.refresh = None,
                Err(error) => return Err(error),
            }
        }
        let form = form(&[("grant_type", JWT_GRANT), ("assertion", &self.credentials.jwt)]);
        self.ask(form, http, waits).await.map(|granted| keep(state, granted))
    }

    async fn ask(&self, form: String, http: &Http, waits: &mut Waits<'_>) -> Result<TokenInfo> {
        let ask = Ask::new(Method::POST, TOKEN).form(form);
        loop {
            while self.gate.pass(waits).await? {}
            let start = Instant::now();
            let (error, wait) = match http.once_as(&ask, |request| self.sign(request)).await {
                Err(Broken { error, .. }) if !error.is_retryable() => return Err(error),
                Err(Broken { error, .. }) => (error, waits.next(BROKEN)),
                Ok(answer) => {
                    let penalty = self.gate.note(&answer);
                    match answer.status {
                        status if status.is_success() => return answer.read(),
                        StatusCode::TOO_MANY_REQUESTS => (refusal::wordless(answer), penalty.unwrap_or_default()),
                        status if status.is_server_error() || status == StatusCode::REQUEST_TIMEOUT => {
                            let wait = retry_after(&answer.headers).unwrap_or_else(|| waits.next(BUSY));
                            (refusal::wordless(answer), wait)
                        }
                        _ => return Err(wrong(answer)),
                    }
                }
            };
            waits.again(wait, start.elapsed(), error).await?;
        }
    }
}

/// Wrong credentials, unless the answer says that it is no such server. Of what it says the code alone is
/// passed on: it may repeat a secret.
fn wrong(answer: Answer) -> Error {
    let said = refusal::code(&answer).map(|code| format!(" ({code})")).unwrap_or_default();
    let error = refusal::wordless(answer);
    if error.kind() == ErrorKind::Unsupported {
        return error;
    }
    error.instead(
        Code::LoginRefused,
        format!("the server rejected the credentials{said}; check the client id, the client secret and the JWT"),
    )
}

/// Keeps what was granted. Its times count from now on our own steady clock, so that neither clock's being
/// wrong does harm.
fn keep(state: &mut State, granted: TokenInfo) -> Arc<str> {
    let lasts = Duration::from_secs(granted.expires_in);
    let now = Instant::now();
    let lasts = lasts.min(Duration::from_secs(86_400));
    let token: Arc<str> = granted.access_token.into();
    let stale = now + (lasts - AHEAD.min(lasts / 10));
    state.access = Some(Access { token: Arc::clone(&token), stale, ends: now + lasts });
    state.refused = None;
    state.refresh = granted.refresh_token.map(|refresh| {
        let lasts = Duration::from_secs(granted.refresh_token_expires_in.unwrap_or(3600).min(31_536_000));
        (refresh, now + lasts)
    });
    token
}

fn form(fields: &[(&str, &str)]) -> String {
    // A form is written as a query is.
    let Ok(mut url) = Url::parse("http://localhost/") else { return String::new() };
    url.query_pairs_mut().extend_pairs(fields);
    url.query().unwrap_or_default().to_owned()
}
