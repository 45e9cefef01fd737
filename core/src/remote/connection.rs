//! Requests to a server: sent, sent again where that helps, and never where it harms.

use std::time::{Duration, Instant};

use reqwest::{StatusCode, Url};
use serde::de::DeserializeOwned;

use super::ConnectOptions;
use super::http::{Answer, Ask, Broken, Http};
use super::login::Login;
use super::pace::{BROKEN, BUSY, Gate, Waits};
use super::refusal::{refused, retry_after};
use crate::types::error::{Code, Error, Result};
use crate::{CallOptions, Credentials};

/// Time limit of the log-out request.
const FAREWELL: Duration = Duration::from_secs(5);

/// Why there is no response.
pub(super) enum Unanswered {
    /// It was not done.
    Failed(Error),
    /// It may have been done.
    Lost(Error),
}

impl From<Error> for Unanswered {
    fn from(error: Error) -> Self {
        Self::Failed(error)
    }
}

impl Unanswered {
    pub(super) fn error(self) -> Error {
        match self {
            Self::Failed(error) => error,
            Self::Lost(error) => error.unknown(),
        }
    }
}

pub(super) struct Connection {
    http: Http,
    login: Login,
    gate: Gate,
    patience: Duration,
}

impl Connection {
    pub(super) fn new(base: Url, credentials: Credentials, options: &ConnectOptions) -> Result<Self> {
        Ok(Self {
            http: Http::new(base, options.timeout)?,
            login: Login::new(credentials),
            gate: Gate::default(),
            patience: options.patience,
        })
    }

    /// Not waited for long: a session that is not ended runs out by itself.
    pub(super) async fn log_out(&self) {
        let _ = tokio::time::timeout(FAREWELL, self.login.end(&self.http)).await;
    }

    /// An address with a token of this server, where that is the one it is for.
    pub(super) async fn with_token(&self, uri: &str, control: &CallOptions) -> Result<String> {
        let bad = |_| Error::new(Code::InvalidOption, "the address of the recording is not a URL");
        let mut uri = Url::parse(uri).map_err(bad)?;
        let has_one = uri.query_pairs().any(|(name, _)| name == "access_token");
        if !has_one && super::jobs::shares_tokens(&self.http.base, &uri) {
            let token = self.login.token(&self.http, &mut Waits::new(self.patience, control)).await?;
            uri.query_pairs_mut().append_pair("access_token", &token);
        }
        Ok(uri.into())
    }

    /// Sends a request and reads its answer.
    pub(super) async fn ask<T: DeserializeOwned>(&self, ask: &Ask, control: &CallOptions) -> Result<T> {
        self.send(ask, control).await.map_err(Unanswered::error)?.read()
    }

    /// Sends a request until it is done.
    pub(super) async fn send(&self, ask: &Ask, control: &CallOptions) -> Result<Answer, Unanswered> {
        let answer = self.settle(ask, control).await?;
        if answer.status.is_success() { Ok(answer) } else { Err(refused(&answer, ask.about.as_ref()).into()) }
    }

    /// Sends a request until there is an answer that settles it, whatever it says.
    pub(super) async fn settle(&self, ask: &Ask, control: &CallOptions) -> Result<Answer, Unanswered> {
        let mut waits = Waits::new(self.patience, control);
        let (mut renewed, mut repeated) = (false, false);
        loop {
            let token = self.login.token(&self.http, &mut waits).await?;
            if self.gate.pass(&mut waits).await? {
                // The token may have ended in the meantime.
                continue;
            }
            if !ask.again {
                control.note_change();
            }
            let start = Instant::now();
            let (error, wait) = match self.http.once(ask, &token).await {
                Err(Broken { error, sent }) => {
                    repeated |= sent;
                    if sent && !ask.again {
                        return Err(Unanswered::Lost(error));
                    }
                    if !error.is_retryable() {
                        return Err(Unanswered::Failed(error));
                    }
                    (error, waits.next(BROKEN))
                }
                Ok(answer) => {
                    let penalty = self.gate.note(&answer);
                    let busy = || retry_after(&answer.headers).unwrap_or_else(|| waits.next(BUSY));
                    let refusal = || refused(&answer, ask.about.as_ref());
                    match answer.status {
                        StatusCode::UNAUTHORIZED if !renewed => {
                            renewed = true;
                            self.login.reject(&token).await;
                            continue;
                        }
                        StatusCode::TOO_MANY_REQUESTS => (refusal(), penalty.unwrap_or_default()),
                        StatusCode::SERVICE_UNAVAILABLE | StatusCode::REQUEST_TIMEOUT => (refusal(), busy()),
                        StatusCode::INTERNAL_SERVER_ERROR | StatusCode::BAD_GATEWAY | StatusCode::GATEWAY_TIMEOUT => {
                            repeated = true;
                            if !ask.again {
                                return Err(Unanswered::Lost(refusal()));
                            }
                            (refusal(), busy())
                        }
                        _ => return Ok(Answer { repeated, ..answer }),
                    }
                }
            };
            waits.again(wait, start.elapsed(), error).await?;
        }
    }
}
