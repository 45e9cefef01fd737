//! What the server counts, for Prometheus. No label holds a speaker, an account or an address.

use std::time::Duration;

use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::{Registry, Unit};

use super::Shared;
use super::fault::Fault;

/// Bounds of the buckets of times, in seconds: from a look into the store to an hour of audio.
const SECONDS: [f64; 10] = [0.001, 0.005, 0.02, 0.05, 0.1, 0.25, 1.0, 5.0, 30.0, 120.0];

const METHODS: [&str; 7] = ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"];

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Answered {
    method: String,
    route: String,
    status: u16,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Routed {
    route: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Ended {
    api: String,
    status: &'static str,
}

/// How a log-in ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LogIn {
    Done,
    /// No app of this id and secret.
    App,
    /// No login, or no refresh token, of this app.
    Login,
    /// A request with a token that is not known.
    Token,
}

impl LogIn {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            LogIn::Done => "done",
            LogIn::App => "wrong app or secret",
            LogIn::Login => "wrong login or refresh token",
            LogIn::Token => "unknown access token",
        }
    }

    fn label(self) -> &'static str {
        match self {
            LogIn::Done => "done",
            LogIn::App => "app",
            LogIn::Login => "login",
            LogIn::Token => "token",
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct LoggedIn {
    result: &'static str,
}

pub(crate) struct Metrics {
    registry: Registry,
    requests: Family<Answered, Counter>,
    seconds: Family<Routed, Histogram, fn() -> Histogram>,
    jobs: Family<Ended, Counter>,
    callbacks: Family<Ended, Counter>,
    log_ins: Family<LoggedIn, Counter>,
    waiting: Gauge<i64>,
}

impl Metrics {
    pub(crate) fn new() -> Self {
        let (requests, jobs, callbacks, log_ins, waiting) = Default::default();
        let histogram: fn() -> Histogram = || Histogram::new(SECONDS);
        let seconds = Family::new_with_constructor(histogram);
        let mut metrics =
            Self { registry: Registry::with_prefix("voiceroll"), requests, seconds, jobs, callbacks, log_ins, waiting };
        let Self { registry, requests, seconds, jobs, callbacks, log_ins, waiting } = &mut metrics;
        registry.register("requests", "Requests answered", requests.clone());
        registry.register_with_unit("request", "Time from a request to its answer", Unit::Seconds, seconds.clone());
        registry.register("jobs", "Jobs done", jobs.clone());
        registry.register("callbacks", "Callbacks tried", callbacks.clone());
        registry.register("log_ins", "Log-ins, by how they ended; tokens that are not known too", log_ins.clone());
        registry.register("jobs_waiting", "Jobs that wait or run", waiting.clone());
        metrics
    }

    pub(crate) fn answered(&self, method: &str, route: &str, status: u16, took: Duration) {
        // Any word may stand there, and each would be a line of its own for ever.
        let method = if METHODS.contains(&method) { method } else { "other" };
        let answered = Answered { method: method.to_owned(), route: route.to_owned(), status };
        self.requests.get_or_create(&answered).inc();
        self.seconds.get_or_create(&Routed { route: route.to_owned() }).observe(took.as_secs_f64());
    }

    pub(crate) fn job(&self, api: &str, failed: bool) {
        let status = if failed { "fail" } else { "success" };
        self.jobs.get_or_create(&Ended { api: api.to_owned(), status }).inc();
    }

    pub(crate) fn log_in(&self, how: LogIn) {
        self.log_ins.get_or_create(&LoggedIn { result: how.label() }).inc();
    }

    pub(crate) fn callback(&self, api: &str, taken: bool) {
        let status = if taken { "taken" } else { "refused" };
        self.callbacks.get_or_create(&Ended { api: api.to_owned(), status }).inc();
    }
}

/// `GET /metrics`, where it is switched on.
pub(crate) async fn serve(State(state): State<Shared>) -> Result<Response, Fault> {
    let shared = std::sync::Arc::clone(&state);
    state.metrics.waiting.set(state.blocking(move || shared.ledger.waiting()).await? as i64);
    let mut text = String::new();
    encode(&mut text, &state.metrics.registry).map_err(|_| Fault::internal())?;
    Ok(([(CONTENT_TYPE, "application/openmetrics-text; version=1.0.0; charset=utf-8")], text).into_response())
}
