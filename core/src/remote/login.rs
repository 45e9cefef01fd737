//! Logging in with a JSON Web Token, and staying logged in.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use reqwest::{Method, RequestBuilder, StatusCode, Url};
use tokio::sync::Mutex;

use super::connection::{Ask, Broken, Http, Waits};
use super::refusal::{refused, retry_after};
use crate::error::{Code, Error, Result};
use crate::wire::{JWT_GRANT, REVOKE, TOKEN, TokenInfo};
use crate::{Control, Credentials, ErrorKind};

/// A token is renewed so long before it ends, or when a tenth of its time is left.
const AHEAD: Duration = Duration::from_secs(60);
/// The first wait after a login that failed by no fault of its own.
const WAIT: Duration = Duration::from_secs(1);
const PENALTY: Duration = Duration::from_secs(30);

/// The session of a connection. Without `Debug`: it is all secrets.
pub(super) struct Login {
    credentials: Credentials,
    /// How many logins were tried, so that those who waited for one that failed do not each try again.
    tried: AtomicU64,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    access: Option<(Arc<str>, Instant)>,
    refresh: Option<(String, Instant)>,
    failed: Option<Error>,
}

impl Login {
    pub(super) fn new(credentials: Credentials) -> Self {
        Self { credentials, tried: AtomicU64::new(0), state: Mutex::default() }
    }

    /// A token that is good for a while. However many calls want one, one of them fetches it and the
    /// others wait for that.
    pub(super) async fn token(&self, http: &Http, waits: &mut Waits, control: &Control) -> Result<Arc<str>> {
        let seen = self.tried.load(Ordering::Acquire);
        let mut state = self.state.lock().await;
        if let Some((token, until)) = &state.access
            && *until > Instant::now()
        {
            return Ok(Arc::clone(token));
        }
        if let Some(failed) = &state.failed
            && self.tried.load(Ordering::Acquire) > seen
        {
            return Err(failed.copy());
        }
        let fetched = self.fetch(&mut state, http, waits, control).await;
        self.tried.fetch_add(1, Ordering::Release);
        match fetched {
            Ok(token) => {
                state.failed = None;
                Ok(token)
            }
            Err(error) => {
                state.failed = Some(error.copy());
                Err(error)
            }
        }
    }

    /// Ends the session. As the old platform advised, what the server says of it does not matter.
    pub(super) async fn end(&self, http: &Http) {
        let State { access, refresh, .. } = std::mem::take(&mut *self.state.lock().await);
        let token = refresh.map(|(refresh, _)| refresh).or(access.map(|(access, _)| access.to_string()));
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
        if state.access.as_ref().is_some_and(|(held, _)| &**held == token) {
            state.access = None;
        }
    }

    async fn fetch(&self, state: &mut State, http: &Http, waits: &mut Waits, control: &Control) -> Result<Arc<str>> {
        if let Some((refresh, until)) = &state.refresh
            && *until > Instant::now()
        {
            let form = form(&[("grant_type", "refresh_token"), ("refresh_token", refresh)]);
            match self.ask(form, http, waits, control).await {
                Ok(granted) => return Ok(keep(state, granted)),
                // The session is over; the token that began it may begin another.
                Err(error) if !error.is_retryable() => state.refresh = None,
                Err(error) => return Err(error),
            }
        }
        let form = form(&[("grant_type", JWT_GRANT), ("assertion", &self.credentials.jwt)]);
        self.ask(form, http, waits, control).await.map(|granted| keep(state, granted))
    }

    async fn ask(&self, form: String, http: &Http, waits: &mut Waits, control: &Control) -> Result<TokenInfo> {
        let ask = Ask::new(Method::POST, TOKEN).form(form);
        loop {
            let (error, wait) = match http.once_as(&ask, |request| self.sign(request)).await {
                Err(Broken { error, .. }) => (error, waits.next(WAIT)),
                Ok(answer) => match answer.status {
                    status if status.is_success() => return answer.read(),
                    StatusCode::TOO_MANY_REQUESTS => {
                        (refused(&answer, None), retry_after(&answer.headers).unwrap_or(PENALTY))
                    }
                    status if status.is_server_error() || status == StatusCode::REQUEST_TIMEOUT => {
                        let wait = retry_after(&answer.headers).unwrap_or_else(|| waits.next(WAIT));
                        (refused(&answer, None), wait)
                    }
                    // Wrong credentials stay wrong, and too many tries lock the app out.
                    _ => return Err(self.refusal(refused(&answer, None))),
                },
            };
            waits.sleep(wait, control, || error).await?;
        }
    }

    /// Wrong credentials, unless the server says otherwise. What it says is passed on if it does not repeat
    /// a secret.
    fn refusal(&self, error: Error) -> Error {
        if error.kind() == ErrorKind::Unsupported {
            return error;
        }
        let said = error.to_string();
        let Credentials { client_secret, jwt, .. } = &self.credentials;
        let secret = [client_secret, jwt].iter().any(|secret| !secret.is_empty() && said.contains(secret.as_str()));
        let said = if secret { String::new() } else { format!(" ({said})") };
        error.instead(Code::LoginRefused, format!("the server does not let these credentials in{said}; check them"))
    }
}

/// Keeps what was granted. Its times count from now on our own steady clock, so that neither clock's being
/// wrong does harm.
fn keep(state: &mut State, granted: TokenInfo) -> Arc<str> {
    let lasts = Duration::from_secs(granted.expires_in);
    let now = Instant::now();
    let good = lasts - AHEAD.min(lasts / 10);
    let token: Arc<str> = granted.access_token.into();
    state.access = Some((Arc::clone(&token), now + good.min(Duration::from_secs(86_400))));
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
