//! Requests to a server: sent, sent again where that helps, and never where it harms.

use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use bytes::{Bytes, BytesMut};
use reqwest::header::{CONTENT_TYPE, HeaderMap, LOCATION};
use reqwest::redirect::Policy;
use reqwest::{Client, Method, StatusCode, Url};
use serde::de::DeserializeOwned;

use super::ConnectOptions;
use super::login::Login;
use super::refusal::{invalid, refused, retry_after};
use super::upload::Upload;
use crate::error::{Code, Error, Result};
use crate::{Control, Credentials, SpeakerId};

const CONNECT: Duration = Duration::from_secs(10);
/// A body must have come so long after its head.
const BODY: Duration = Duration::from_secs(60);
/// What is read of an answer, at most: a page of a thousand enrollments with all their recordings.
const ANSWER_BYTES: usize = 64 << 20;
const REDIRECTS: usize = 5;

/// Attempts, as the old platform advised.
const ATTEMPTS: u32 = 5;
/// The first wait after an answer that says to come back, where it does not say when; it doubles.
const BUSY: Duration = Duration::from_secs(2);
/// The same after a broken connection.
const BROKEN: Duration = Duration::from_millis(500);
/// The wait after 429 without a time, at least. Source: the old platform's rules.
const PENALTY: Duration = Duration::from_secs(30);

/// The address of a server, with or without a path before the contract's own.
pub(super) fn address(text: &str, plain_http: bool) -> Result<Url> {
    let bad = |why: &str| Err(Error::new(Code::InvalidOption, format!("the server's address {why}")));
    let Ok(url) = Url::parse(text) else { return bad("is none; it looks like https://voices.example.com") };
    match url.scheme() {
        "https" => {}
        "http" if plain_http || is_here(&url) => {}
        "http" => {
            return bad(
                "is plain http on another machine, so that voices and secrets could be read on the way; use https, \
                 or allow it with `plain_http`",
            );
        }
        _ => return bad("must begin with https://"),
    }
    if !url.username().is_empty() || url.password().is_some() {
        return bad("must not hold a name or a password; pass credentials");
    }
    Ok(url)
}

fn is_here(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    let address = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
    host == "localhost" || host.ends_with(".localhost") || address.is_ok_and(|address| address.is_loopback())
}

/// One request of the contract.
pub(super) struct Ask {
    method: Method,
    path: String,
    query: Vec<(&'static str, String)>,
    content: Option<Content>,
    about: Option<SpeakerId>,
    /// Whether doing it twice is the same as doing it once.
    again: bool,
}

#[derive(Clone)]
enum Content {
    Upload(Upload),
    Json(Bytes),
    Form(Bytes),
}

impl Ask {
    pub(super) fn new(method: Method, path: impl Into<String>) -> Self {
        let again = !matches!(method, Method::POST | Method::PATCH);
        Self { method, path: path.into(), query: Vec::new(), content: None, about: None, again }
    }

    pub(super) fn get(path: impl Into<String>) -> Self {
        Self::new(Method::GET, path)
    }

    pub(super) fn query(mut self, name: &'static str, value: String) -> Self {
        self.query.push((name, value));
        self
    }

    pub(super) fn upload(mut self, upload: Upload) -> Self {
        self.content = Some(Content::Upload(upload));
        self
    }

    pub(super) fn json(mut self, json: Vec<u8>) -> Self {
        self.content = Some(Content::Json(json.into()));
        self
    }

    pub(super) fn form(mut self, form: String) -> Self {
        self.content = Some(Content::Form(form.into()));
        self
    }

    /// Whose enrollment it is about: 404 then means that speaker.
    pub(super) fn about(mut self, id: &SpeakerId) -> Self {
        self.about = Some(id.clone());
        self
    }

    /// Doing it twice does no harm.
    pub(super) fn again(mut self) -> Self {
        self.again = true;
        self
    }
}

pub(super) struct Answer {
    pub(super) status: StatusCode,
    pub(super) body: Bytes,
    pub(super) request_id: Option<String>,
    pub(super) headers: HeaderMap,
    /// Whether an earlier attempt may have been done, though its answer was lost.
    repeated: bool,
}

impl Answer {
    pub(super) fn read<T: DeserializeOwned>(&self) -> Result<T> {
        serde_json::from_slice(&self.body).map_err(|_| {
            let kind = self.headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
            let html = kind.is_some_and(|kind| kind.starts_with("text/html"));
            invalid(if html { "a web page" } else { "something else than was asked for" })
                .told_by_server(self.status.as_u16(), self.request_id.clone())
        })
    }
}

/// Why there is no answer.
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
            Self::Failed(error) | Self::Lost(error) => error,
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

    pub(super) async fn log_out(&self) {
        self.login.end(&self.http).await;
    }

    /// Sends a request and reads its answer.
    pub(super) async fn ask<T: DeserializeOwned>(&self, ask: &Ask, control: &Control) -> Result<T> {
        self.send(ask, control).await.map_err(Unanswered::error)?.read()
    }

    /// An address with a token of this server, where that is the one it is for.
    pub(super) async fn with_token(&self, uri: &str, control: &Control) -> Result<String> {
        let bad = |_| Error::new(Code::InvalidOption, "the address of the recording is none");
        let mut uri = Url::parse(uri).map_err(bad)?;
        let has_one = uri.query_pairs().any(|(name, _)| name == "access_token");
        if !has_one && super::jobs::shares_tokens(&self.http.base, &uri) {
            let token = self.login.token(&self.http, &mut Waits::new(self.patience), control).await?;
            uri.query_pairs_mut().append_pair("access_token", &token);
        }
        Ok(uri.into())
    }

    /// Deletes what may have been deleted by an attempt whose answer was lost.
    pub(super) async fn delete(&self, ask: &Ask, control: &Control) -> Result<()> {
        let answer = self.try_send(ask, control).await.map_err(Unanswered::error)?;
        let gone = matches!(answer.status, StatusCode::NOT_FOUND | StatusCode::GONE);
        if answer.status.is_success() || answer.repeated && gone {
            return Ok(());
        }
        Err(refused(&answer, ask.about.as_ref()))
    }

    /// Sends a request until there is an answer that settles it.
    pub(super) async fn send(&self, ask: &Ask, control: &Control) -> Result<Answer, Unanswered> {
        let answer = self.try_send(ask, control).await?;
        if answer.status.is_success() { Ok(answer) } else { Err(refused(&answer, ask.about.as_ref()).into()) }
    }

    /// The same, whatever the answer says.
    async fn try_send(&self, ask: &Ask, control: &Control) -> Result<Answer, Unanswered> {
        let mut waits = Waits::new(self.patience);
        let (mut renewed, mut repeated) = (false, false);
        loop {
            if let Some(wait) = self.gate.closed_for() {
                let limited = || Error::new(Code::RateLimited, "the server takes no more requests for now");
                waits.sleep(wait, control, limited).await?;
                continue;
            }
            let token = self.login.token(&self.http, &mut waits, control).await?;
            let (error, wait) = match self.http.once(ask, Some(&token)).await {
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
                    self.gate.note(&answer);
                    let after = retry_after(&answer.headers);
                    let refusal = || refused(&answer, ask.about.as_ref());
                    match answer.status {
                        StatusCode::UNAUTHORIZED if !renewed => {
                            renewed = true;
                            self.login.reject(&token).await;
                            continue;
                        }
                        StatusCode::TOO_MANY_REQUESTS => (refusal(), after.unwrap_or(PENALTY)),
                        StatusCode::SERVICE_UNAVAILABLE | StatusCode::REQUEST_TIMEOUT => {
                            (refusal(), after.unwrap_or_else(|| waits.next(BUSY)))
                        }
                        StatusCode::INTERNAL_SERVER_ERROR | StatusCode::BAD_GATEWAY | StatusCode::GATEWAY_TIMEOUT => {
                            repeated = true;
                            if !ask.again {
                                return Err(Unanswered::Lost(refusal()));
                            }
                            (refusal(), after.unwrap_or_else(|| waits.next(BUSY)))
                        }
                        _ => return Ok(Answer { repeated, ..answer }),
                    }
                }
            };
            waits.sleep(wait, control, || error).await?;
        }
    }
}

/// Keeps requests back while the server wants none: each one would start its penalty anew.
#[derive(Default)]
struct Gate(Mutex<Option<Instant>>);

impl Gate {
    fn closed_for(&self) -> Option<Duration> {
        let until = *self.0.lock().unwrap_or_else(PoisonError::into_inner);
        until?.checked_duration_since(Instant::now()).filter(|left| !left.is_zero())
    }

    fn note(&self, answer: &Answer) {
        let number = |name: &str| answer.headers.get(name)?.to_str().ok()?.trim().parse::<u64>().ok();
        let wait = if answer.status == StatusCode::TOO_MANY_REQUESTS {
            retry_after(&answer.headers).unwrap_or(PENALTY)
        } else if number("x-rate-limit-remaining") == Some(0) {
            Duration::from_secs(number("x-rate-limit-window").unwrap_or(0))
        } else {
            return;
        };
        let Some(until) = Instant::now().checked_add(wait) else { return };
        let mut closed = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if closed.is_none_or(|earlier| earlier < until) {
            *closed = Some(until);
        }
    }
}

/// The waits of one call, which end somewhere.
pub(super) struct Waits {
    attempts: u32,
    left: Duration,
}

impl Waits {
    fn new(patience: Duration) -> Self {
        Self { attempts: 1, left: patience }
    }

    /// A wait that doubles from attempt to attempt.
    pub(super) fn next(&self, first: Duration) -> Duration {
        first * 2u32.saturating_pow(self.attempts - 1)
    }

    /// Waits before the next attempt, a little longer than told so that not all come back at once; fails
    /// at once where that is in vain.
    pub(super) async fn sleep(
        &mut self,
        wait: Duration,
        control: &Control,
        otherwise: impl FnOnce() -> Error,
    ) -> Result<()> {
        self.attempts += 1;
        let late = wait.mul_f64(1.0 + jitter() / 4.0);
        let too_long = wait > self.left || control.remaining().is_some_and(|remaining| late >= remaining);
        if self.attempts > ATTEMPTS || too_long {
            return Err(otherwise().later(wait));
        }
        self.left = self.left.saturating_sub(wait);
        tokio::time::sleep(late).await;
        Ok(())
    }
}

/// Between 0 and 1.
fn jitter() -> f64 {
    let mut byte = [0];
    match getrandom::fill(&mut byte) {
        Ok(()) => f64::from(byte[0]) / 255.0,
        Err(_) => 0.5,
    }
}

/// A request without an answer.
pub(super) struct Broken {
    pub(super) error: Error,
    /// Whether the server may have got it.
    pub(super) sent: bool,
}

/// Requests, each sent once.
pub(super) struct Http {
    client: Client,
    base: Url,
    timeout: Duration,
}

impl Http {
    fn new(base: Url, timeout: Duration) -> Result<Self> {
        // Has TLS use ring, unless the program that we are in chose something else before.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let mut builder = Client::builder();
        if base.scheme() == "http" {
            // No certificates are looked at, so none need be loaded.
            builder = builder.tls_certs_only([]);
        }
        let client = builder
            .user_agent(concat!("Voiceroll/", env!("CARGO_PKG_VERSION")))
            // Followed here: a body that is made while it is sent has to be made anew.
            .redirect(Policy::none())
            .connect_timeout(CONNECT)
            .tcp_nodelay(true)
            .build()
            .map_err(|fault| {
                Error::new(Code::Internal, "the client for the server could not be made").because(fault.without_url())
            })?;
        Ok(Self { client, base, timeout })
    }

    pub(super) async fn once(&self, ask: &Ask, token: Option<&str>) -> Result<Answer, Broken> {
        self.once_as(ask, |request| match token {
            Some(token) => request.bearer_auth(token),
            None => request,
        })
        .await
    }

    pub(super) async fn once_as(
        &self,
        ask: &Ask,
        sign: impl Fn(reqwest::RequestBuilder) -> reqwest::RequestBuilder,
    ) -> Result<Answer, Broken> {
        match tokio::time::timeout(self.timeout, self.exchange(ask, sign)).await {
            Ok(answer) => answer,
            Err(_) => Err(Broken { error: unreachable("did not answer in time"), sent: true }),
        }
    }

    async fn exchange(
        &self,
        ask: &Ask,
        sign: impl Fn(reqwest::RequestBuilder) -> reqwest::RequestBuilder,
    ) -> Result<Answer, Broken> {
        let mut url = self.url(ask);
        let (mut method, mut content) = (ask.method.clone(), ask.content.clone());
        for _ in 0..=REDIRECTS {
            let mut request = sign(self.client.request(method.clone(), url.clone()));
            request = match &content {
                Some(Content::Upload(upload)) => request.header(CONTENT_TYPE, "application/json").body(upload.body()),
                Some(Content::Json(json)) => request.header(CONTENT_TYPE, "application/json").body(json.clone()),
                Some(Content::Form(form)) => {
                    request.header(CONTENT_TYPE, "application/x-www-form-urlencoded").body(form.clone())
                }
                None => request,
            };
            let response = request.send().await.map_err(broken)?;
            let status = response.status();
            let moved = match status.as_u16() {
                301 | 302 | 303 | 307 | 308 => response.headers().get(LOCATION),
                _ => None,
            };
            let Some(location) = moved else { return read(response).await };
            let elsewhere = || Broken {
                error: invalid("a redirection to another place").told_by_server(status.as_u16(), None),
                sent: false,
            };
            let next = location.to_str().ok().and_then(|location| url.join(location).ok()).ok_or_else(elsewhere)?;
            // Tokens and voices go to the server that was named, and never from https to http.
            if next.host_str() != url.host_str() || next.scheme() != "https" && next.scheme() != url.scheme() {
                return Err(elsewhere());
            }
            if status == StatusCode::SEE_OTHER && method != Method::GET {
                (method, content) = (Method::GET, None);
            }
            url = next;
        }
        Err(Broken { error: invalid("redirections without end"), sent: false })
    }

    fn url(&self, ask: &Ask) -> Url {
        let mut url = self.base.clone();
        url.set_path(&format!("{}{}", self.base.path().trim_end_matches('/'), ask.path));
        url.set_query(None);
        if !ask.query.is_empty() {
            url.query_pairs_mut().extend_pairs(&ask.query);
        }
        url
    }
}

async fn read(mut response: reqwest::Response) -> Result<Answer, Broken> {
    let status = response.status();
    let headers = response.headers().clone();
    let request_id = headers.get("rcrequestid").and_then(|id| id.to_str().ok()).map(|id| id.chars().take(64).collect());
    let cut = |why| Broken { error: unreachable(why), sent: true };
    let body = async {
        let mut body = BytesMut::new();
        while let Some(chunk) = response.chunk().await.map_err(|_| cut("broke off in the middle of its answer"))? {
            if body.len() + chunk.len() > ANSWER_BYTES {
                return Err(Broken { error: invalid("more than an answer can hold"), sent: true });
            }
            body.extend_from_slice(&chunk);
        }
        Ok(body.freeze())
    };
    let body = tokio::time::timeout(BODY, body).await.unwrap_or_else(|_| Err(cut("answered too slowly")))?;
    Ok(Answer { status, body, request_id, headers, repeated: false })
}

fn broken(fault: reqwest::Error) -> Broken {
    let sent = !fault.is_connect() && !fault.is_builder();
    let why = match () {
        () if !sent => "could not be reached",
        () if fault.is_timeout() => "did not answer in time",
        () => "broke the connection off",
    };
    Broken { error: unreachable(why).because(fault.without_url()), sent }
}

fn unreachable(why: &str) -> Error {
    Error::new(Code::ServerUnreachable, format!("the server {why}; check its address and the network, then try again"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn voices_do_not_travel_in_the_open() {
        assert!(address("https://voices.example.com/path", false).is_ok());
        for here in ["http://127.0.0.1:8080", "http://localhost", "http://[::1]:1", "http://app.localhost"] {
            assert!(address(here, false).is_ok(), "{here}");
        }
        for bad in ["http://voices.example.com", "http://10.0.0.1", "ftp://127.0.0.1", "voices", "https://a:b@c"] {
            assert_eq!(address(bad, false).unwrap_err().code(), "invalid_option", "{bad}");
        }
        assert!(address("http://10.0.0.1", true).is_ok());
    }
}
