//! A server of a test's own, and what the tests ask it.

use base64::Engine as _;
use reqwest::{Client, Method, RequestBuilder, StatusCode};
use serde_json::{Value, json};
use tokio::sync::oneshot;
use voiceroll::server::{Apps, Credentials, Server, ServerOptions};

const JWT: &str = "urn:ietf:params:oauth:grant-type:jwt-bearer";
pub(crate) const ROLL: &str = "/ai/audio/v1/enrollments";

/// A server on a free port. It stops when this is dropped.
pub(crate) struct Running {
    pub(crate) url: String,
    pub(crate) app: Credentials,
    pub(crate) folder: tempfile::TempDir,
    pub(crate) client: Client,
    _stop: oneshot::Sender<()>,
}

impl Running {
    pub(crate) async fn new() -> Self {
        Self::with(|_| {}).await
    }

    pub(crate) async fn with(change: impl FnOnce(&mut ServerOptions)) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let app = Apps::open(folder.path()).unwrap().add("main", "1200").unwrap();
        let mut options = ServerOptions::new(folder.path());
        options.listen.set_port(0);
        change(&mut options);
        let server = Server::bind(options).await.unwrap();
        let url = format!("http://{}", server.address());
        let (stop, stopped) = oneshot::channel::<()>();
        tokio::spawn(server.run(async move {
            let _ = stopped.await;
        }));
        Self { url, app, folder, client: Client::new(), _stop: stop }
    }

    /// Another app on the same server.
    pub(crate) fn add(&self, account: &str, owner: &str) -> Credentials {
        Apps::open(self.folder.path()).unwrap().add(account, owner).unwrap()
    }

    pub(crate) async fn token_request(&self, app: &Credentials, fields: &[(&str, &str)]) -> (StatusCode, Value) {
        let request = self.client.post(format!("{}/restapi/oauth/token", self.url));
        answer(request.basic_auth(&app.client_id, Some(&app.client_secret)).form(fields)).await
    }

    pub(crate) async fn log_in(&self, app: &Credentials) -> Value {
        let (status, body) = self.token_request(app, &[("grant_type", JWT), ("assertion", &app.jwt)]).await;
        assert_eq!(status, 200, "{body}");
        body
    }

    pub(crate) async fn caller(&self) -> Caller<'_> {
        self.caller_of(&self.app).await
    }

    pub(crate) async fn caller_of(&self, app: &Credentials) -> Caller<'_> {
        let token = self.log_in(app).await["access_token"].as_str().unwrap().to_owned();
        Caller { server: self, token }
    }
}

/// Somebody who has logged in.
pub(crate) struct Caller<'a> {
    pub(crate) server: &'a Running,
    pub(crate) token: String,
}

impl Caller<'_> {
    pub(crate) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.server.client.request(method, format!("{}{path}", self.server.url)).bearer_auth(&self.token)
    }

    pub(crate) async fn get(&self, path: &str) -> (StatusCode, Value) {
        answer(self.request(Method::GET, path)).await
    }

    pub(crate) async fn delete(&self, id: &str) -> (StatusCode, Value) {
        answer(self.request(Method::DELETE, &format!("{ROLL}/{id}"))).await
    }

    pub(crate) async fn post(&self, path: &str, body: &Value) -> (StatusCode, Value) {
        answer(self.request(Method::POST, path).json(body)).await
    }

    pub(crate) async fn patch(&self, id: &str, body: &Value) -> (StatusCode, Value) {
        answer(self.request(Method::PATCH, &format!("{ROLL}/{id}")).json(body)).await
    }

    /// Enrolls somebody with one of the project's clips.
    pub(crate) async fn enroll(&self, id: &str, clip: &str) -> Value {
        let mut body = recording(clip);
        body["speakerId"] = json!(id);
        let (status, body) = self.post(ROLL, &body).await;
        assert_eq!(status, 201, "{body}");
        body
    }
}

pub(crate) async fn answer(request: RequestBuilder) -> (StatusCode, Value) {
    let response = request.send().await.unwrap();
    let status = response.status();
    let kind = response.headers().get("content-type").map(|value| value.to_str().unwrap().to_owned());
    let text = response.text().await.unwrap();
    if text.is_empty() {
        return (status, Value::Null);
    }
    assert_eq!(kind.as_deref(), Some("application/json"), "{text}");
    (status, serde_json::from_str(&text).unwrap())
}

pub(crate) fn clip(name: &str) -> Vec<u8> {
    std::fs::read(format!("{}/../tests/audio/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

/// A body with a clip, as the published programs send it.
pub(crate) fn recording(name: &str) -> Value {
    let content = base64::engine::general_purpose::STANDARD.encode(clip(name));
    json!({ "encoding": "Mpeg", "languageCode": "en-US", "content": content })
}
