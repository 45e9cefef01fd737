//! Requests, each sent once.

use std::net::IpAddr;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use reqwest::header::{CONTENT_TYPE, HeaderMap, LOCATION};
use reqwest::redirect::Policy;
use reqwest::{Client, Method, StatusCode, Url};
use serde::de::DeserializeOwned;

use super::refusal::invalid;
use super::upload::Upload;
use crate::SpeakerId;
use crate::types::error::{Code, Error, Result};

const CONNECT: Duration = Duration::from_secs(10);
/// A body must have come so long after its head.
const BODY: Duration = Duration::from_secs(60);
/// What is read of an answer, at most: a page of a thousand enrollments with all their recordings.
const ANSWER_BYTES: usize = 64 << 20;
const REDIRECTS: usize = 5;

/// Has TLS use ring, unless the program that we are in chose something else before.
pub(crate) fn choose_tls() {
    let _ = rustls::crypto::ring::default_provider().install_default();
}

/// The address of a server, with or without a path before the contract's own.
pub(super) fn address(text: &str, plain_http: bool) -> Result<Url> {
    let bad = |why: &str| Err(Error::new(Code::InvalidOption, format!("the server's address {why}")));
    let Ok(url) = Url::parse(text) else { return bad("is not a URL; it looks like https://voices.example.com") };
    match url.scheme() {
        "https" => {}
        "http" if plain_http || is_here(&url) => {}
        "http" => {
            return bad(
                "uses plain http to another machine, which exposes audio and secrets on the network; use https, or \
                 allow it with `plain_http`",
            );
        }
        _ => return bad("must begin with https://"),
    }
    if !url.username().is_empty() || url.password().is_some() {
        return bad("must not contain a user name or a password; pass credentials");
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
    pub(super) method: Method,
    path: String,
    query: Vec<(&'static str, String)>,
    content: Option<Content>,
    pub(super) about: Option<SpeakerId>,
    /// Whether doing it twice is the same as doing it once.
    pub(super) again: bool,
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
    pub(super) repeated: bool,
}

impl Answer {
    pub(super) fn read<T: DeserializeOwned>(&self) -> Result<T> {
        serde_json::from_slice(&self.body).map_err(|_| {
            let kind = self.headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
            let html = kind.is_some_and(|kind| kind.starts_with("text/html"));
            invalid(if html { "a web page" } else { "an unexpected body" })
                .told_by_server(self.status.as_u16(), self.request_id.clone())
        })
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
    pub(super) base: Url,
    timeout: Duration,
}

impl Http {
    pub(super) fn new(base: Url, timeout: Duration) -> Result<Self> {
        choose_tls();
        let mut builder = Client::builder();
        if base.scheme() == "http" {
            // No certificates are looked at, so none need be loaded; and what may travel unencrypted to one
            // machine is not for a proxy.
            builder = builder.tls_certs_only([]).no_proxy();
        }
        let client = builder
            .user_agent(concat!("Voiceroll/", env!("CARGO_PKG_VERSION")))
            // Followed here: a body that is made while it is sent has to be made anew.
            .redirect(Policy::none())
            .connect_timeout(CONNECT)
            .tcp_nodelay(true)
            .build()
            .map_err(|fault| {
                Error::new(
                    Code::Internal,
                    "TLS could not be set up, most likely because the system has no CA certificates; install them \
                     (ca-certificates)",
                )
                .because(fault.without_url())
            })?;
        Ok(Self { client, base, timeout })
    }

    pub(super) async fn once(&self, ask: &Ask, token: &str) -> Result<Answer, Broken> {
        let mut answer = self.once_as(ask, |request| request.bearer_auth(token)).await?;
        if !answer.status.is_success() && memchr::memmem::find(&answer.body, token.as_bytes()).is_some() {
            // A refusal is shown to people, and logged.
            answer.body = Bytes::new();
        }
        Ok(answer)
    }

    pub(super) async fn once_as(
        &self,
        ask: &Ask,
        sign: impl Fn(reqwest::RequestBuilder) -> reqwest::RequestBuilder,
    ) -> Result<Answer, Broken> {
        match tokio::time::timeout(self.timeout, self.exchange(ask, sign)).await {
            Ok(answer) => answer,
            Err(_) => Err(Broken { error: unreachable("did not respond in time"), sent: true }),
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
                error: invalid("a redirect to another server").told_by_server(status.as_u16(), None),
                sent: false,
            };
            let next = location.to_str().ok().and_then(|location| url.join(location).ok()).ok_or_else(elsewhere)?;
            // Tokens and voices go to the server that was named, and to no other.
            if next.origin() != url.origin() {
                return Err(elsewhere());
            }
            if status == StatusCode::SEE_OTHER && method != Method::GET {
                (method, content) = (Method::GET, None);
            }
            url = next;
        }
        Err(Broken { error: invalid("too many redirects"), sent: false })
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
        while let Some(chunk) =
            response.chunk().await.map_err(|_| cut("closed the connection in the middle of its response"))?
        {
            if body.len() + chunk.len() > ANSWER_BYTES {
                return Err(Broken { error: invalid("a response that is too large"), sent: true });
            }
            body.extend_from_slice(&chunk);
        }
        Ok(body.freeze())
    };
    let body = tokio::time::timeout(BODY, body).await.unwrap_or_else(|_| Err(cut("responded too slowly")))?;
    Ok(Answer { status, body, request_id, headers, repeated: false })
}

fn broken(fault: reqwest::Error) -> Broken {
    let sent = !fault.is_connect() && !fault.is_builder();
    let why = match () {
        () if !sent => "could not be reached",
        () if fault.is_timeout() => "did not respond in time",
        () => "closed the connection",
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
