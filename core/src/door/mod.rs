//! What the doors of all languages share: verbs by name, with arguments and results in JSON and recordings
//! beside them. A door adds its language's types and idioms, and no rule.
//!
//! Not part of the crate's interface: it changes with the doors, which are built and released with it.

mod call;
mod verbs;

pub use call::{Call, Next};

use std::path::PathBuf;
use std::sync::{PoisonError, RwLock};
use std::time::Duration;

use serde::Deserialize;
use serde_json::json;

use crate::error::{Code, Error, Result};
use crate::jobs::guarded;
use crate::recording::Coding;
use crate::{Calibration, Callbacks, CancelToken, Credentials, Limits, Recording, Registry, credentials};
use verbs::Args;

/// The version of this package, the same in every language.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// The most channels of samples: more are a matrix that lies on its side.
const MAX_CHANNELS: u16 = 16;

/// What a verb gives back.
#[derive(Clone)]
pub struct Reply {
    /// The result as JSON.
    pub json: String,
    /// The sound of a prepared recording.
    pub bytes: Option<Vec<u8>>,
}

/// A registry as a language holds it.
pub struct Door(RwLock<Behind>);

#[derive(Clone)]
enum Behind {
    /// Only what needs no registry.
    Nothing,
    Registry(Registry),
    Callbacks(Callbacks),
    Closed,
}

/// How a registry is opened: `path` for one that is kept here, `url` for one on a server, `callbacks` for an
/// inbox of results.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Settings {
    path: Option<PathBuf>,
    model: Option<PathBuf>,
    calibration: Option<PathBuf>,
    false_accept_rate: Option<f64>,
    max_seconds: Option<f64>,
    max_bytes: Option<u64>,
    /// An empty one is looked for in the environment.
    url: Option<String>,
    client_id: Option<String>,
    client_secret: Option<String>,
    jwt: Option<String>,
    inspect: Option<bool>,
    max_recording: Option<u64>,
    request_timeout: Option<f64>,
    patience: Option<f64>,
    plain_http: Option<bool>,
    callbacks: Option<bool>,
    secret: Option<String>,
}

impl Door {
    /// A door that leads to what needs no registry: `inspect` and `prepare`.
    pub const fn free() -> Self {
        Self(RwLock::new(Behind::Nothing))
    }

    /// Opens a registry by its settings, a JSON object.
    ///
    /// # Errors
    /// As for [`Registry::open`] and [`Registry::connect`]; `invalid_option` for settings that are none.
    pub fn open(settings: &str) -> Result<Self> {
        guarded(|| {
            let settings: Settings =
                read(settings).map_err(|fault| invalid(format!("a setting cannot be used: {fault}")))?;
            Ok(Self(RwLock::new(settings.open()?)))
        })
    }

    /// Opens a registry in a file whose name JSON may not be able to say; the settings as for [`open`](Self::open).
    ///
    /// # Errors
    /// As there.
    pub fn open_file(path: PathBuf, settings: &str) -> Result<Self> {
        guarded(|| {
            let settings: Settings =
                read(settings).map_err(|fault| invalid(format!("a setting cannot be used: {fault}")))?;
            Ok(Self(RwLock::new(Settings { path: Some(path), ..settings }.open()?)))
        })
    }

    /// Starts a verb. Whatever goes wrong, the call says.
    pub fn start(&self, verb: &str, args: &str, recordings: Vec<Recording>, steering: Steering) -> Call {
        Call::start(steering, |control| {
            let args: Args = read(args).map_err(|fault| invalid(format!("an argument cannot be used: {fault}")))?;
            let control = args.control(control)?;
            match self.behind() {
                Behind::Nothing => verbs::freely(verb, args, recordings, control),
                Behind::Registry(registry) => verbs::with(registry.with(control), verb, args, recordings),
                Behind::Callbacks(callbacks) => verbs::waiting(callbacks, verb, args, control),
                Behind::Closed => Err(invalid("this registry was closed; open it again")),
            }
        })
    }

    /// Takes in a callback; see [`Callbacks::take`].
    ///
    /// # Errors
    /// As there.
    pub fn take(&self, timestamp: Option<&str>, signature: Option<&str>, body: &[u8]) -> Result<String> {
        match self.behind() {
            Behind::Callbacks(callbacks) => guarded(|| verbs::json(&callbacks.take(timestamp, signature, body)?)),
            _ => Err(invalid("this receives no callbacks")),
        }
    }

    /// Gives up the registry. Calls that are under way go on; others fail.
    pub fn close(&self) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = Behind::Closed;
    }

    /// Whether it was closed.
    pub fn is_closed(&self) -> bool {
        matches!(self.behind(), Behind::Closed)
    }

    fn behind(&self) -> Behind {
        self.0.read().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Settings {
    fn open(self) -> Result<Behind> {
        if self.callbacks == Some(true) {
            if self.secret.as_deref() == Some("") {
                return Err(invalid("the secret is empty; leave it out to take callbacks that are not signed"));
            }
            return Ok(Behind::Callbacks(self.secret.map_or_else(Callbacks::new, Callbacks::signed)));
        }
        let limits = limits(self.max_seconds, self.max_bytes);
        let Some(path) = self.path else { return self.connect(limits) };
        let mut options = Registry::options().limits(limits);
        if let Some(model) = self.model {
            options = options.model(model);
        }
        if let Some(calibration) = self.calibration {
            options = options.calibration(Calibration::read(calibration)?);
        }
        if let Some(share) = self.false_accept_rate {
            options = options.false_accept_rate(share);
        }
        Ok(Behind::Registry(options.open(path)?))
    }

    fn connect(self, limits: Limits) -> Result<Behind> {
        let given = [self.client_id, self.client_secret, self.jwt];
        let credentials = match given {
            [Some(id), Some(secret), Some(jwt)] => Credentials::new(id, secret, jwt),
            [None, None, None] => Credentials::from_env()?,
            _ => {
                return Err(invalid(
                    "give all of `client_id`, `client_secret` and `jwt`, or none for the environment's",
                ));
            }
        };
        let url = match self.url {
            Some(url) if !url.is_empty() => url,
            _ => credentials::server_from_env()?,
        };
        let mut options = Registry::connect_options().limits(limits);
        if let Some(inspect) = self.inspect {
            options = options.inspect(inspect);
        }
        if let Some(bytes) = self.max_recording {
            options = options.max_recording(bytes);
        }
        if let Some(time) = seconds("request_timeout", self.request_timeout)? {
            options = options.timeout(time);
        }
        if let Some(time) = seconds("patience", self.patience)? {
            options = options.patience(time);
        }
        if let Some(plain) = self.plain_http {
            options = options.plain_http(plain);
        }
        Ok(Behind::Registry(options.connect(&url, credentials)?))
    }
}

/// How a call is stopped and watched.
#[derive(Default)]
pub struct Steering {
    /// Stops the call.
    pub tokens: Vec<CancelToken>,
    /// Whether progress is told.
    pub progress: bool,
    /// Called from another thread when there is something to look for with [`Call::next`]. It must be short.
    pub notify: Option<Box<dyn Fn() + Send + Sync>>,
}

/// Samples of `length` bytes, the lowest of each first, which `fill` writes: `i16`, or `f32` or `f64` of -1 to 1;
/// those of several channels take turns.
///
/// # Errors
/// `invalid_option` for another format, no rate, and no channels or too many.
pub fn samples(
    length: usize,
    format: &str,
    channels: u64,
    sample_rate: u64,
    fill: impl FnOnce(&mut [u8]),
) -> Result<Recording> {
    let Some(channels) = u16::try_from(channels).ok().filter(|channels| (1..=MAX_CHANNELS).contains(channels)) else {
        return Err(invalid(format!(
            "samples of {channels} channels; there are 1 to {MAX_CHANNELS}, and those of one moment stand together"
        )));
    };
    let Some(rate) = u32::try_from(sample_rate).ok().filter(|rate| *rate > 0) else {
        return Err(invalid("samples need a sample rate in Hz"));
    };
    match format {
        "i16" => Ok(Recording::wav(Coding::I16, channels, rate, length, fill)),
        "f32" => Ok(Recording::wav(Coding::F32, channels, rate, length, fill)),
        "f64" => {
            let mut bytes = vec![0; length];
            fill(&mut bytes);
            let samples = bytes.as_chunks().0.iter().map(|sample| f64::from_le_bytes(*sample) as f32);
            Ok(Recording::from_f32(&samples.collect::<Vec<_>>(), channels, rate))
        }
        _ => Err(invalid("samples are integers of 16 bits, or floats of 32 or 64 bits from -1 to 1")),
    }
}

/// An error as every language reads it.
pub fn error_json(error: &Error) -> String {
    json!({
        "code": error.code(),
        "kind": format!("{:?}", error.kind()),
        "message": error.to_string(),
        "retryable": error.is_retryable(),
        "status": error.status(),
        "request_id": error.request_id(),
        "retry_after": error.retry_after().map(|wait| wait.as_secs_f64()),
        "added": error.added(),
        "outcome_unknown": error.is_outcome_unknown(),
        "problems": error.problems(),
    })
    .to_string()
}

/// The error for a misuse that a door itself finds, such as an object that is no recording.
pub fn invalid(sentence: impl Into<String>) -> Error {
    Error::new(Code::InvalidOption, sentence)
}

/// Turns a panic at the border, which would be a defect of ours, into an error.
///
/// # Errors
/// Those of `work`, and `internal`.
pub fn guard<T>(work: impl FnOnce() -> Result<T>) -> Result<T> {
    guarded(work)
}

/// Reads JSON; otherwise says what of it is wrong. What stands there is not repeated: it may be a secret.
fn read<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, String> {
    serde_path_to_error::deserialize(&mut serde_json::Deserializer::from_str(text)).map_err(|fault| {
        let path = fault.path().to_string();
        let said = fault.inner().to_string();
        match said.strip_prefix("unknown field `").and_then(|rest| rest.split('`').next()) {
            Some(name) => format!("there is no `{name}`"),
            None => format!("`{path}` is of the wrong type or out of range"),
        }
    })
}

fn limits(max_seconds: Option<f64>, max_bytes: Option<u64>) -> Limits {
    let mut limits = Limits::default();
    limits.max_seconds = max_seconds.unwrap_or(limits.max_seconds);
    limits.max_bytes = max_bytes.unwrap_or(limits.max_bytes);
    limits
}

fn seconds(name: &str, value: Option<f64>) -> Result<Option<Duration>> {
    let read =
        |value| Duration::try_from_secs_f64(value).map_err(|_| invalid(format!("`{name}` is no number of seconds")));
    value.map(read).transpose()
}
