//! The registry over HTTP, in the contract of the service that was retired: programs written for it
//! work by changing their URL.

mod apps;
mod asyncapi;
mod auth;
mod calls;
mod clock;
mod content;
mod convert;
mod custody;
mod drain;
mod enrollments;
mod failures;
mod fault;
mod fetch;
mod folder;
mod intake;
mod jobs;
mod json;
mod ledger;
mod listen;
mod live;
mod live_session;
mod metrics;
mod openapi;
mod page;
mod places;
mod query;
mod rate;
mod responses;
mod rolls;
mod scopes;
mod secrets;
mod shares;
mod speech;
mod tls;
mod transcribe;
mod turns;

use std::collections::HashMap;
use std::fs::File;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use axum::Router;
use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{delete, get, post, put};
use tokio::net::TcpListener;
use tokio::sync::{Notify, RwLock};
use tokio_util::sync::CancellationToken;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::cors::{AllowHeaders, AllowOrigin, Any, CorsLayer};
use tracing::Instrument as _;

pub use crate::Credentials;
use crate::audit::Trail;
use crate::contract;
use crate::runtime::workers;
use crate::types::error::{Code, Error, Result};
use crate::{Registry, RegistryOptions};
pub use apps::{AppEntry, Apps};
use calls::Receivers;
use clock::Clock;
use failures::Failures;
use fault::Fault;
use fetch::Outside;
pub use folder::Folder;
use intake::Gate;
use ledger::Ledger;
use metrics::Metrics;
use places::Places;
pub use rate::RateLimits;
use rate::Rates;
use rolls::Rolls;
pub use scopes::Scope;
use secrets::Key;
pub use tls::Certificate;
use tls::Tls;
use transcribe::Transcriber;

/// For a program that makes connections of its own before it makes a server.
#[doc(hidden)]
pub fn choose_tls() {
    crate::remote::choose_tls();
}

/// Jobs at once. Most of one is waiting for its recording; as many as there are cores listen to theirs.
const JOBS_AT_ONCE: usize = 16;
/// How long a server that is stopping waits for what it is doing.
const GRACE: Duration = Duration::from_secs(30);
const SWEEP: Duration = Duration::from_secs(60);

/// Options of a server.
#[derive(Clone)]
#[non_exhaustive]
pub struct ServerOptions {
    /// The folder for all data; only one server can use it at a time.
    pub data: PathBuf,
    /// Options for opening the registry of each account.
    pub registry: RegistryOptions,
    /// The address to listen on. Port 0 chooses a free one.
    pub listen: SocketAddr,
    /// The certificate to serve HTTPS with; its files are read again within ten seconds after they were changed. Default:
    /// none, plain HTTP.
    pub certificate: Option<Certificate>,
    /// The largest recording in a request, in bytes. Default: 16 MiB.
    pub max_recording: u64,
    /// The largest recording that a job fetches, in bytes. Default: 1 GiB.
    pub max_content: u64,
    /// The number of requests with a recording that may wait. Default: 512.
    pub queue: usize,
    /// The number of jobs that may wait. Default: 10,000.
    pub max_jobs: usize,
    /// Whether `contentUri` and webhooks of jobs may be private and local addresses. Default: false.
    pub allow_private: bool,
    /// Rate limits in requests per minute. Default: none.
    pub rates: RateLimits,
    /// The key from which the secret of each account for signing callbacks is derived. Default: the server's own key.
    pub callback_secret: Option<String>,
    /// A server with OpenAI's `/v1/audio/transcriptions`, for speech-to-text. Default: none.
    pub transcriber: Option<String>,
    /// The model to request from the transcriber. Default: `whisper-1`.
    pub transcriber_model: String,
    /// The API key of the transcriber.
    pub transcriber_key: Option<String>,
    /// Origins from which browsers may use the server (CORS); `*` is any. Default: none.
    pub cors: Vec<String>,
    /// Accounts whose registries are accepted as they are, after an older one was restored. Default: none.
    pub accepted_rolls: Vec<String>,
    /// Whether to serve `/metrics`, without a login. Default: false.
    pub metrics: bool,
    /// Whether to serve the page at `/`. Default: true.
    pub page: bool,
}

impl ServerOptions {
    /// The defaults: this folder, and port 8080 on this machine only.
    pub fn new(data: impl Into<PathBuf>) -> Self {
        Self {
            data: data.into(),
            registry: Registry::options(),
            listen: SocketAddr::from(([127, 0, 0, 1], 8080)),
            certificate: None,
            max_recording: 16 << 20,
            max_content: 1 << 30,
            queue: 512,
            max_jobs: 10_000,
            allow_private: false,
            rates: RateLimits::default(),
            callback_secret: None,
            transcriber: None,
            transcriber_model: "whisper-1".to_owned(),
            transcriber_key: None,
            cors: Vec::new(),
            accepted_rolls: Vec::new(),
            metrics: false,
            page: true,
        }
    }
}

type Shared = Arc<Inner>;

/// What all requests share.
struct Inner {
    ledger: Ledger,
    key: Key,
    sessions: auth::Sessions,
    rolls: Rolls,
    data: PathBuf,
    /// For recordings of jobs, while they run.
    scratch: PathBuf,
    rates: Rates,
    gate: Gate,
    places: Arc<Places>,
    outside: Outside,
    metrics: Metrics,
    serves_metrics: bool,
    serves_page: bool,
    cors: Option<CorsLayer>,
    /// What the secrets are made of that callbacks are signed with.
    callback_root: Key,
    failures: Failures,
    /// Log-ins, and those that failed.
    trail: Option<Trail>,
    receivers: Receivers,
    /// The jobs that run, to stop those that are deleted.
    running: Mutex<HashMap<String, CancellationToken>>,
    /// Held while a result is kept that names speakers; alone, while a speaker is forgotten.
    naming: RwLock<()>,
    clock: Clock,
    transcriber: Option<Transcriber>,
    options: RegistryOptions,
    max_jobs: usize,
    new_job: Notify,
    new_call: Notify,
    stopping: CancellationToken,
    /// Held as long as the server lives: the folder is its own.
    _lock: File,
}

impl Inner {
    /// Runs what waits for a disk.
    async fn blocking<T: Send + 'static>(&self, work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
        let stopped = |_| Error::new(Code::Internal, "a read of the server's database was aborted");
        let done = tokio::task::spawn_blocking(work).await.map_err(stopped)??;
        // Nothing is acknowledged that stands in a file that is gone.
        self.ledger.check_files()?;
        Ok(done)
    }

    fn lock_running(&self) -> std::sync::MutexGuard<'_, HashMap<String, CancellationToken>> {
        self.running.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A listening server.
pub struct Server {
    listener: TcpListener,
    address: SocketAddr,
    tls: Option<Tls>,
    state: Shared,
}

impl Server {
    /// Opens the folder and the port. Jobs that were running when the server last stopped are queued again.
    ///
    /// # Errors
    /// `store_*`, `key_missing`, `key_wrong`; `store_busy` if another server uses the folder; `io_failed` if the port is
    /// taken; `invalid_option` for an invalid URL of the transcriber, or a certificate that cannot be used.
    pub async fn bind(options: ServerOptions) -> Result<Self> {
        let Apps(ledger) = Apps::open_with(&options.data, &options.registry)?;
        let lock = lock(&options.data.join("server.lock"))?;
        let scratch = options.data.join("jobs");
        // What a killed server left behind.
        if let Err(fault) = std::fs::remove_dir_all(&scratch)
            && fault.kind() != std::io::ErrorKind::NotFound
        {
            return Err(unmade(&fault));
        }
        private_folder(&scratch)?;
        private_folder(&options.data.join("accounts"))?;
        let unopened = |fault: std::io::Error| {
            Error::new(
                Code::IoFailed,
                format!(
                    "the server cannot listen on {} ({}); choose another address with --listen or --port",
                    options.listen,
                    fault.kind()
                ),
            )
        };
        let listener = TcpListener::bind(options.listen).await.map_err(unopened)?;
        let address = listener.local_addr().map_err(unopened)?;
        let tls = options.certificate.map(Tls::new).transpose()?;
        let transcriber = options
            .transcriber
            .map(|url| Transcriber::new(&url, options.transcriber_model, options.transcriber_key))
            .transpose()?;
        rolls::check(&ledger, &options.registry, &options.data, &options.accepted_rolls)?;
        for id in ledger.recover()? {
            let fault = Fault::new(
                StatusCode::INTERNAL_SERVER_ERROR,
                "CMN-203",
                "the server went down each time it ran this job; check the recording",
            );
            ledger.finish(&id, true, &fault.json())?;
        }
        let key = ledger.key().clone();
        let state = Inner {
            callback_root: options.callback_secret.map_or_else(|| key.clone(), |secret| Key::new(secret.into_bytes())),
            key,
            ledger,
            sessions: auth::Sessions::default(),
            rolls: Rolls::default(),
            data: options.data,
            scratch,
            rates: Rates::new(options.rates),
            gate: Gate::new(options.max_recording, options.queue),
            places: Places::new(),
            metrics: Metrics::new(),
            serves_metrics: options.metrics,
            serves_page: options.page,
            cors: cors(&options.cors)?,
            outside: Outside::new(options.allow_private, options.max_content)?,
            failures: Failures::default(),
            trail: trail(&options.registry)?,
            receivers: Receivers::default(),
            running: Mutex::default(),
            naming: RwLock::default(),
            clock: Clock::new(),
            transcriber,
            options: options.registry,
            max_jobs: options.max_jobs,
            new_job: Notify::new(),
            new_call: Notify::new(),
            stopping: CancellationToken::new(),
            _lock: lock,
        };
        Ok(Self { listener, address, tls, state: Arc::new(state) })
    }

    /// The address that it listens on.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Serves until `stop` is ready, then finishes current requests, for at most half a minute.
    pub async fn run(self, stop: impl Future<Output = ()>) {
        let Self { listener, tls, state, .. } = self;
        let mut tasks = tokio::task::JoinSet::new();
        for _ in 0..JOBS_AT_ONCE.max(workers::cores()) {
            tasks.spawn(jobs::run_jobs(Arc::clone(&state)));
        }
        tasks.spawn(calls::run_calls(Arc::clone(&state)));
        tasks.spawn(sweep(Arc::clone(&state)));
        let graceful = listen::listen(listener, router(Arc::clone(&state)), Arc::clone(&state.places), tls, stop).await;
        tracing::info!("stopping");
        state.stopping.cancel();
        let finish = async {
            graceful.shutdown().await;
            while tasks.join_next().await.is_some() {}
        };
        if tokio::time::timeout(GRACE, finish).await.is_err() {
            tracing::warn!("stopped before all requests and jobs had finished");
        }
    }
}

async fn sweep(state: Shared) {
    while !state.stopping.is_cancelled() {
        let shared = Arc::clone(&state);
        let steady = state.clock.is_steady();
        if let Err(error) = state.blocking(move || shared.ledger.sweep(steady)).await {
            tracing::error!(code = error.code(), "expired data could not be removed: {error}");
        }
        state.purge().await;
        state.rates.sweep(Instant::now());
        state.failures.sweep(Instant::now());
        state.sessions.sweep();
        state.places.sweep();
        state.receivers.sweep();
        tokio::select! {
            () = tokio::time::sleep(SWEEP) => {}
            () = state.stopping.cancelled() => {}
        }
    }
}

fn router(state: Shared) -> Router {
    let guarded = Router::new()
        .route(contract::ENROLLMENTS, get(enrollments::list).post(enrollments::create))
        .route(
            "/ai/audio/v1/enrollments/{speaker_id}",
            get(enrollments::read).patch(enrollments::update).delete(enrollments::delete),
        )
        .route("/ai/audio/v1/enrollments/{speaker_id}/samples/{sample}", delete(enrollments::remove_sample))
        // As the guide of 2022 called them.
        .route("/ai/audio/v1/sync/enrollments", get(enrollments::list).post(enrollments::create))
        .route(
            "/ai/audio/v1/sync/enrollments/{speaker_id}",
            get(enrollments::read).patch(enrollments::update).delete(enrollments::delete),
        )
        .route(contract::IDENTIFY_NOW, post(speech::identify))
        .route(contract::DIARIZE_NOW, post(speech::diarize))
        .route(contract::VERIFY_NOW, post(speech::verify))
        .route(contract::MODEL, get(speech::model))
        .route(
            "/voiceroll/v1/enrollments/{speaker_id}/consent",
            get(custody::consent).post(custody::record).delete(custody::withdraw),
        )
        .route("/voiceroll/v1/enrollments/{speaker_id}/expiry", put(custody::expire))
        .route("/voiceroll/v1/enrollments/{speaker_id}/export", get(custody::export))
        .route("/voiceroll/v1/live/enrollments/{speaker_id}", get(live::enroll))
        .route("/voiceroll/v1/live/identify", get(live::identify))
        .route(contract::IDENTIFY, post(jobs::identify))
        .route(contract::DIARIZE, post(jobs::diarize))
        .route(contract::TRANSCRIBE, post(jobs::transcribe))
        .route("/ai/status/v1/jobs/{job_id}", get(jobs::status).delete(jobs::delete))
        .route_layer(from_fn_with_state(Arc::clone(&state), auth::authorize));
    let open = if state.serves_metrics { Router::new().route("/metrics", get(metrics::serve)) } else { Router::new() };
    let open = if state.serves_page { open.merge(page::routes()) } else { open };
    open.merge(guarded)
        .route(contract::TOKEN, post(auth::log_in))
        .route(contract::REVOKE, post(auth::revoke))
        .route("/health", get(health))
        .route("/ready", get(rolls::ready))
        .route("/openapi.json", get(openapi::serve))
        .route("/asyncapi.json", get(asyncapi::serve))
        .fallback(|| async { Fault::new(StatusCode::NOT_FOUND, "CMN-120", "this path does not exist; check the URL") })
        .method_not_allowed_fallback(|| async {
            Fault::new(
                StatusCode::METHOD_NOT_ALLOWED,
                "CMN-120",
                "this path does not support this method; check the API description",
            )
        })
        .layer(from_fn(drain::finish))
        .layer(tower::util::option_layer(state.cors.clone()))
        .layer(from_fn_with_state(Arc::clone(&state), observe))
        .layer(CatchPanicLayer::custom(|_| Fault::internal().into_response()))
        .with_state(state)
}

/// What browsers are told of who may use the server; none if they are told nothing.
fn cors(origins: &[String]) -> Result<Option<CorsLayer>> {
    if origins.is_empty() {
        return Ok(None);
    }
    let bad = |_| Error::new(Code::InvalidOption, "the origin is invalid; it looks like https://app.example.com");
    let allowed = if origins.iter().any(|origin| origin == "*") {
        AllowOrigin::any()
    } else {
        let read = |origin: &String| origin.trim_end_matches('/').parse::<HeaderValue>().map_err(bad);
        AllowOrigin::list(origins.iter().map(read).collect::<Result<Vec<_>>>()?)
    };
    // No cookies are used; a token in a header is all that lets anybody in.
    let layer = CorsLayer::new().allow_origin(allowed).allow_methods(Any).allow_headers(AllowHeaders::mirror_request());
    Ok(Some(layer.expose_headers(Any).max_age(Duration::from_secs(3600))))
}

/// Whether the server answers at all.
#[utoipa::path(get, path = "/health", tag = "server", responses((status = 200, body = Object)))]
async fn health() -> axum::Json<serde_json::Value> {
    axum::Json(serde_json::json!({ "status": "ok" }))
}

/// The description of the server, OpenAPI 3.1, that `/openapi.json` serves.
pub fn openapi() -> String {
    serde_json::to_string_pretty(&openapi::json()).unwrap_or_default() + "\n"
}

/// The description of the server's live sessions, AsyncAPI 3.0, that `/asyncapi.json` serves.
pub fn asyncapi() -> String {
    serde_json::to_string_pretty(&asyncapi::json()).unwrap_or_default() + "\n"
}

/// One line of the log, one span and one count for each request, under the number that its answer bears, with the app
/// that asked: no speakers, tokens or bodies.
async fn observe(State(state): State<Shared>, mut request: Request, next: Next) -> Response {
    let start = Instant::now();
    let id = uuid::Uuid::new_v4().to_string();
    request.extensions_mut().insert(auth::RequestId(id.as_str().into()));
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().map_or("none", MatchedPath::as_str).to_owned();
    let span = tracing::info_span!(
        "request",
        otel.kind = "server",
        otel.name = format!("{method} {route}"),
        http.request.method = method.as_str(),
        http.route = route,
        http.response.status_code = tracing::field::Empty,
        id,
    );
    let mut response = next.run(request).instrument(span.clone()).await;
    let status = response.status().as_u16();
    span.record("http.response.status_code", status);
    state.metrics.answered(method.as_str(), &route, status, start.elapsed());
    let app = response.extensions().get::<auth::AppId>().map_or("", |app| &app.0);
    tracing::info!(
        id,
        method = method.as_str(),
        route,
        status,
        app,
        milliseconds = start.elapsed().as_millis() as u64,
        "request"
    );
    if let Ok(id) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(HeaderName::from_static("rcrequestid"), id);
    }
    response
}

/// The server's own audit trail, beside those of its accounts: no account has this name.
fn trail(options: &RegistryOptions) -> Result<Option<Trail>> {
    let folder = options.audit.as_ref().map(|folder| folder.join(TRAIL));
    folder.map(|folder| Trail::open(&folder, options.actor.as_deref())).transpose()
}

/// The folder of the audit trail of log-ins, in that of all trails.
const TRAIL: &str = "log-ins";

fn lock(path: &Path) -> Result<File> {
    let mut options = File::options();
    options.create(true).truncate(false).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(path).map_err(|fault| unmade(&fault))?;
    file.try_lock().map_err(|_| {
        Error::new(Code::StoreBusy, "another server uses this folder; stop it, or pass another folder with --data")
    })?;
    Ok(file)
}

fn private_folder(path: &Path) -> Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path).map_err(|fault| unmade(&fault))?;
    warn_of_others(path);
    Ok(())
}

/// Says so where others than the owner may read what holds voices or secrets. It is left to the operator: a backup
/// may need it.
fn warn_of_others(path: &Path) {
    #[cfg(unix)]
    if let Ok(found) = std::fs::metadata(path) {
        let mode = std::os::unix::fs::PermissionsExt::mode(&found.permissions()) & 0o777;
        if mode & 0o077 != 0 {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            tracing::warn!(
                "{name} can be read or changed by other users (mode {mode:o}); remove their permissions with chmod go="
            );
        }
    }
}

fn unmade(fault: &std::io::Error) -> Error {
    let text = format!("the server's folder could not be created ({}); pass another folder with --data", fault.kind());
    crate::store::unwritten(fault, text)
}
