//! The layer that the packages of all other languages stand on: operations by name, with arguments and results in JSON and
//! recordings beside them. A package adds its language's types and idioms, and no rule.
//!
//! Not part of the crate's interface: it changes with the packages, which are built and released with it.

mod call;
mod custody;
mod live;
mod operation;
mod schema;

pub use call::{Call, Next};
pub use live::Live;
pub use schema::schema;

use std::borrow::Cow;
use std::path::PathBuf;
use std::sync::{PoisonError, RwLock};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::runtime::apart;
use crate::runtime::workers::guarded;
#[cfg(feature = "remote")]
use crate::types::credentials;
use crate::types::error::{Code, Error, ErrorKind, Result};
use crate::types::recording::Coding;
use crate::{Calibration, CallOptions, CancelToken, Limits, Problem, Progress, Recording, Registry};
#[cfg(feature = "remote")]
use crate::{Callbacks, Credentials};
use call::Pending;
use custody::Custody;
use operation::Operation;

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
pub struct Bridge(RwLock<Target>);

#[derive(Clone)]
enum Target {
    /// None: only what needs no registry.
    Standalone,
    Registry(Registry),
    #[cfg(feature = "remote")]
    Callbacks(Callbacks),
    Closed,
}

/// How a registry is opened: `path` for one that is kept here, `url` for one on a server, `callbacks` for an
/// inbox of results.
#[derive(Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
struct Settings {
    /// The store file, which is created if it does not exist.
    path: Option<PathBuf>,
    /// A speaker network of your own, as ONNX.
    model: Option<PathBuf>,
    /// A calibration made by `voiceroll calibrate`.
    calibration: Option<PathBuf>,
    /// The share of other people's recordings that may match, between 0 and 1. Default: 0.01.
    false_accept_rate: Option<f64>,
    /// The longest recording to decode, in seconds. Default: two hours.
    max_seconds: Option<f64>,
    /// The largest file to read, in bytes. Default: 2 GiB.
    max_bytes: Option<u64>,
    /// Opens the store read-only; calls that would change it fail with `store_read_only`. Default: no.
    read_only: Option<bool>,
    /// A folder in which the store's key has a file of its own. Default: what the environment says, or `keys` in the user's
    /// data folder.
    key_folder: Option<PathBuf>,
    /// A file that holds the key of the store; it is created if it does not exist.
    key_file: Option<PathBuf>,
    /// The environment variable that holds the key of the store.
    key_variable: Option<String>,
    /// A command that prints the key of the store.
    key_command: Option<String>,
    /// Whether the store is encrypted. Default: it is, unless it was created with `false`.
    encrypted: Option<bool>,
    /// Whether nobody is enrolled or recognised without a valid consent record. Default: no.
    require_consent: Option<bool>,
    /// Whether answers say no more than the decision: no confidence, ratio or score. Default: no.
    decisions_only: Option<bool>,
    /// How often in an hour a speaker may be verified, or named as a candidate. Default: without limit.
    attempts_per_hour: Option<u32>,
    /// The folder of an audit trail of every change and every recognition. Default: none is kept.
    audit: Option<PathBuf>,
    /// The actor in the audit trail. Default: the user of the operating system.
    actor: Option<String>,
    /// The server's address. An empty one is looked for in the environment.
    #[cfg(feature = "remote")]
    url: Option<String>,
    /// What to log in with. Default: what the environment says.
    #[cfg(feature = "remote")]
    client_id: Option<String>,
    /// The same.
    #[cfg(feature = "remote")]
    client_secret: Option<String>,
    /// The same.
    #[cfg(feature = "remote")]
    jwt: Option<String>,
    /// Whether recordings are inspected locally before they are sent for enrollment. Default: yes.
    #[cfg(feature = "remote")]
    inspect: Option<bool>,
    /// The largest recording to send, in bytes; of a larger one the best 30 s are sent. Default: 16 MiB.
    #[cfg(feature = "remote")]
    max_recording: Option<u64>,
    /// The timeout of a single request, in seconds. Default: 300.
    #[cfg(feature = "remote")]
    request_timeout: Option<f64>,
    /// The total time that a call waits for a busy server, in seconds. Default: 120.
    #[cfg(feature = "remote")]
    patience: Option<f64>,
    /// Whether to allow unencrypted http to another machine. Default: no.
    #[cfg(feature = "remote")]
    plain_http: Option<bool>,
    /// True for an inbox of callbacks in place of a registry.
    #[cfg(feature = "remote")]
    callbacks: Option<bool>,
    /// What callbacks are signed with.
    #[cfg(feature = "remote")]
    secret: Option<String>,
}

/// What a call is asked to do.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Request<'a> {
    /// Which operation.
    #[serde(borrow)]
    verb: Cow<'a, str>,
    /// Its arguments.
    #[serde(borrow)]
    args: Option<&'a RawValue>,
    /// Whether progress is reported.
    #[serde(default)]
    progress: bool,
}

/// The format of the bytes that follow.
#[derive(Deserialize, schemars::JsonSchema)]
#[serde(tag = "source", rename_all = "snake_case", deny_unknown_fields)]
enum Source {
    /// The name of a file.
    Path {
        /// What the sender says the recording is: one of Mpeg, Mp4, Wav, Webm, Webp, Aac, Avi, Ogg.
        encoding: Option<String>,
        /// Which audio track of a file that has several, counted from 1; the first one with speech if left out.
        track: Option<u32>,
    },
    /// What stands in a file.
    Bytes {
        /// As for a path.
        encoding: Option<String>,
        /// As for a path.
        track: Option<u32>,
    },
    /// Samples, little-endian; channels are interleaved.
    Samples {
        /// `i16`, or `f32` or `f64` of -1 to 1.
        format: String,
        /// How many channels, 1 to 16.
        channels: u64,
        /// Samples a second, in Hz.
        sample_rate: u64,
    },
}

/// An error, as every language reads it.
#[derive(Serialize, schemars::JsonSchema)]
#[schemars(rename = "Error")]
struct ErrorBody<'a> {
    /// Stable name of what happened, such as `speaker_exists`; the same in every language.
    code: &'static str,
    /// What kind of thing it is: the name of the class, without `Error`.
    kind: ErrorKind,
    /// A sentence that says what to do.
    message: String,
    /// Whether the same call may succeed later. Never where a part was done, or may have been.
    retryable: bool,
    /// HTTP status with which a server refused.
    status: Option<u16>,
    /// The id of the request in the server's log.
    request_id: Option<&'a str>,
    /// Seconds to wait before a retry, where that is known.
    retry_after: Option<f64>,
    /// How many recordings of the call were added before it failed.
    added: usize,
    /// Whether it is not known what a server did: read the enrollment to know.
    outcome_unknown: bool,
    /// Why a recording was refused.
    problems: &'a [Problem],
}

impl Bridge {
    /// What needs no registry: `inspect` and `prepare`.
    pub const fn free() -> Self {
        Self(RwLock::new(Target::Standalone))
    }

    /// Opens a registry by its settings, a JSON object.
    ///
    /// # Errors
    /// As for [`Registry::open`] and [`Registry::connect`]; `invalid_option` for invalid settings.
    pub fn open(settings: &str) -> Result<Self> {
        guarded(|| {
            let settings: Settings =
                read(settings).map_err(|fault| invalid(format!("an option is invalid: {fault}")))?;
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
                read(settings).map_err(|fault| invalid(format!("an option is invalid: {fault}")))?;
            Ok(Self(RwLock::new(Settings { path: Some(path), ..settings }.open()?)))
        })
    }

    /// Starts an operation with its arguments, a JSON object. Whatever goes wrong, the call says.
    pub fn start(&self, verb: &str, args: &str, recordings: Vec<Recording>, options: StartOptions) -> Call {
        Call::start(options, |control| self.answer(verb, args, recordings, control))
    }

    /// Starts what a request in JSON asks for. Whatever goes wrong, the call says.
    pub fn request(&self, request: &str, recordings: Vec<Recording>, notify: Option<Notify>) -> Call {
        let request: Result<Request<'_>, String> = read(request);
        let progress = request.as_ref().is_ok_and(|request| request.progress);
        Call::start(StartOptions { tokens: Vec::new(), progress, notify }, |control| {
            let Request { verb, args, .. } =
                request.map_err(|fault| invalid(format!("the request is invalid: {fault}")))?;
            self.answer(&verb, args.map_or("{}", RawValue::get), recordings, control)
        })
    }

    fn answer(&self, verb: &str, args: &str, recordings: Vec<Recording>, control: CallOptions) -> Result<Pending> {
        #[cfg(feature = "__panics")]
        if let Some(pending) = operation::panicking(verb) {
            return Ok(pending);
        }
        let operation = Operation::read(verb, args)?;
        let control = operation.control(control)?;
        match self.target() {
            Target::Standalone => operation.standalone(recordings, control),
            Target::Registry(registry) => operation.with(registry.with(control), recordings),
            #[cfg(feature = "remote")]
            Target::Callbacks(callbacks) => operation.waiting(callbacks, control),
            Target::Closed => Err(invalid("this registry is closed; open it again")),
        }
    }

    /// Takes in a callback; see [`Callbacks::take`].
    ///
    /// # Errors
    /// As there.
    #[cfg(feature = "remote")]
    pub fn take(&self, timestamp: Option<&str>, signature: Option<&str>, body: &[u8]) -> Result<String> {
        match self.target() {
            Target::Callbacks(callbacks) => guarded(|| operation::json(&callbacks.take(timestamp, signature, body)?)),
            _ => Err(invalid("this object does not receive callbacks; use the one that `Callbacks` created")),
        }
    }

    /// Gives up the registry. Calls that are under way go on; others fail.
    pub fn close(&self) {
        // What it held is dropped when the lock is free again.
        drop(apart(|| std::mem::replace(&mut *self.0.write().unwrap_or_else(PoisonError::into_inner), Target::Closed)));
    }

    /// Whether it was closed.
    pub fn is_closed(&self) -> bool {
        matches!(self.target(), Target::Closed)
    }

    fn target(&self) -> Target {
        apart(|| self.0.read().unwrap_or_else(PoisonError::into_inner).clone())
    }
}

impl Settings {
    fn open(mut self) -> Result<Target> {
        #[cfg(feature = "remote")]
        if self.callbacks == Some(true) {
            if self.secret.as_deref() == Some("") {
                return Err(invalid("the secret is empty; omit it to accept unsigned callbacks"));
            }
            return Ok(Target::Callbacks(self.secret.map_or_else(Callbacks::new, Callbacks::signed)));
        }
        let limits = limits(self.max_seconds, self.max_bytes);
        let custody = Custody {
            read_only: self.read_only,
            key_folder: self.key_folder.take(),
            key_file: self.key_file.take(),
            key_variable: self.key_variable.take(),
            key_command: self.key_command.take(),
            encrypted: self.encrypted,
            require_consent: self.require_consent,
            decisions_only: self.decisions_only,
            attempts_per_hour: self.attempts_per_hour,
            audit: self.audit.take(),
            actor: self.actor.take(),
        };
        let Some(path) = self.path else {
            custody.none()?;
            return self.connect(limits);
        };
        let mut options = custody.options(Registry::options().limits(limits))?;
        if let Some(model) = self.model {
            options = options.model(model);
        }
        if let Some(calibration) = self.calibration {
            options = options.calibration(Calibration::read(calibration)?);
        }
        if let Some(share) = self.false_accept_rate {
            options = options.false_accept_rate(share);
        }
        Ok(Target::Registry(options.open(path)?))
    }

    #[cfg(not(feature = "remote"))]
    fn connect(self, _: Limits) -> Result<Target> {
        Err(invalid("`path`, the store file, is missing"))
    }

    #[cfg(feature = "remote")]
    fn connect(self, limits: Limits) -> Result<Target> {
        let given = [self.client_id, self.client_secret, self.jwt];
        let credentials = match given {
            [Some(id), Some(secret), Some(jwt)] => Credentials::new(id, secret, jwt),
            [None, None, None] => Credentials::from_env()?,
            _ => {
                return Err(invalid(
                    "the credentials are incomplete; pass `client_id`, `client_secret` and `jwt`, or none of them \
                     to read the environment",
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
        Ok(Target::Registry(options.connect(&url, credentials)?))
    }
}

/// How a call is stopped and watched.
#[derive(Default)]
pub struct StartOptions {
    /// Stops the call.
    pub tokens: Vec<CancelToken>,
    /// Whether progress is reported.
    pub progress: bool,
    /// Called from another thread when there is something to look for with [`Call::next`]. It must be short.
    pub notify: Option<Notify>,
}

/// What is called when there is news.
pub type Notify = Box<dyn Fn() + Send + Sync>;

/// The recording that bytes are, by what `source` says of them in JSON.
///
/// # Errors
/// `invalid_option` if that is wrong.
pub fn recording(source: &str, data: &[u8]) -> Result<Recording> {
    let source = read(source).map_err(|fault| invalid(format!("the recording argument is invalid: {fault}")))?;
    let (recording, encoding, track) = match source {
        Source::Path { encoding, track } => (Recording::from_path(path(data)?), encoding, track),
        Source::Bytes { encoding, track } => (Recording::from_bytes(data.to_vec()), encoding, track),
        Source::Samples { format, channels, sample_rate } => {
            return samples(data.len(), &format, channels, sample_rate, |to| to.copy_from_slice(data));
        }
    };
    let recording = match track {
        Some(track) => recording.track(track),
        None => recording,
    };
    match encoding {
        Some(encoding) => Ok(recording.encoding(encoding.parse()?)),
        None => Ok(recording),
    }
}

/// The name of a file, which on Unix may be any bytes.
///
/// # Errors
/// `invalid_option` if the system has no such names.
pub fn path(name: &[u8]) -> Result<PathBuf> {
    if name.contains(&0) {
        return Err(invalid("the path contains a NUL byte; pass audio as bytes"));
    }
    #[cfg(unix)]
    return Ok(std::os::unix::ffi::OsStrExt::from_bytes(name)).map(|name: &std::ffi::OsStr| name.into());
    #[cfg(not(unix))]
    std::str::from_utf8(name).map(PathBuf::from).map_err(|_| invalid("the path is not valid UTF-8; rename the file"))
}

/// The progress of a call, as every language reads it.
pub fn progress_json(progress: &Progress) -> String {
    json(progress)
}

/// Samples of `length` bytes, the lowest of each first, which `fill` writes: `i16`, or `f32` or `f64` of -1 to 1;
/// channels are interleaved.
///
/// # Errors
/// `invalid_option` for another format, no rate, no channels or too many, and channels of unequal length.
pub fn samples(
    length: usize,
    format: &str,
    channels: u64,
    sample_rate: u64,
    fill: impl FnOnce(&mut [u8]),
) -> Result<Recording> {
    let Some(channels) = u16::try_from(channels).ok().filter(|channels| (1..=MAX_CHANNELS).contains(channels)) else {
        return Err(invalid(format!(
            "{channels} channels are not supported; pass 1 to {MAX_CHANNELS} interleaved channels"
        )));
    };
    let Some(rate) = u32::try_from(sample_rate).ok().filter(|rate| *rate > 0) else {
        return Err(invalid("the sample rate is missing; pass it in Hz"));
    };
    let bytes = match format {
        "i16" => 2,
        "f32" => 4,
        "f64" => 8,
        _ => {
            return Err(invalid(
                "the sample format is unknown; pass 16-bit integers, or 32-bit or 64-bit floats from -1 to 1",
            ));
        }
    };
    if !length.is_multiple_of(bytes * usize::from(channels)) {
        return Err(invalid(format!(
            "{length} bytes is not a multiple of the frame size ({channels} channels of {format}); pass whole frames"
        )));
    }
    match format {
        "i16" => Ok(Recording::wav(Coding::I16, channels, rate, length, fill)),
        "f32" => Ok(Recording::wav(Coding::F32, channels, rate, length, fill)),
        _ => {
            let mut bytes = vec![0; length];
            fill(&mut bytes);
            let samples = bytes.as_chunks().0.iter().map(|sample| f64::from_le_bytes(*sample) as f32);
            Ok(Recording::from_f32(&samples.collect::<Vec<_>>(), channels, rate))
        }
    }
}

/// An error as every language reads it.
pub fn error_json(error: &Error) -> String {
    json(&ErrorBody {
        code: error.code(),
        kind: error.kind(),
        message: error.to_string(),
        retryable: error.is_retryable(),
        status: error.status(),
        request_id: error.request_id(),
        retry_after: error.retry_after().map(|wait| wait.as_secs_f64()),
        added: error.added(),
        outcome_unknown: error.is_outcome_unknown(),
        problems: error.problems(),
    })
}

/// What can always be said in JSON.
fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

/// The error for a misuse that a package itself finds, such as an object that is not a recording.
pub fn invalid(sentence: impl Into<String>) -> Error {
    Error::new(Code::InvalidOption, sentence)
}

/// Turns a panic at the border, which would be a defect, into an error.
///
/// # Errors
/// Those of `work`, and `internal`.
pub fn guard<T>(work: impl FnOnce() -> Result<T>) -> Result<T> {
    guarded(work)
}

/// Reads JSON; otherwise says what of it is wrong. What stands there is not repeated: it may be a secret.
fn read<'a, T: Deserialize<'a>>(text: &'a str) -> Result<T, String> {
    serde_path_to_error::deserialize(&mut serde_json::Deserializer::from_str(text)).map_err(|fault| {
        let path = fault.path().to_string();
        let said = fault.inner().to_string();
        let named = |start: &str| said.strip_prefix(start).and_then(|rest| rest.split('`').next());
        if let Some(name) = named("unknown field `") {
            return format!("`{name}` is unknown");
        }
        match named("missing field `") {
            Some(name) => format!("`{name}` is missing"),
            // In what is read by its kind, the path is lost.
            None if path == "." => "a member has the wrong type or is out of range".to_owned(),
            None => {
                format!("`{path}` has the wrong type or is out of range")
            }
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
    let read = |value| {
        Duration::try_from_secs_f64(value)
            .map_err(|_| invalid(format!("`{name}` must be a number of seconds, 0 or more")))
    };
    value.map(read).transpose()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(bridge: &Bridge, request: &str, recordings: Vec<Recording>) -> String {
        match bridge.request(request, recordings, None).next(Duration::from_secs(60)) {
            Next::Done(Err(error)) if error.code() == "invalid_option" => error.to_string(),
            _ => panic!("{request} was taken"),
        }
    }

    #[test]
    fn an_operation_takes_its_own_arguments_and_no_others() {
        let folder = tempfile::tempdir().unwrap();
        let bridge = Bridge::open_file(folder.path().join("voices.db"), "{}").unwrap();
        let refused = |request: &str| refused(&bridge, request, Vec::new());
        let foreign = refused(r#"{"verb": "get", "args": {"speaker_id": "ada", "force": true}}"#);
        assert_eq!(foreign, "the arguments of `get` cannot be used: `force` is unknown");
        let missing = refused(r#"{"verb": "remove_sample", "args": {"speaker_id": "ada"}}"#);
        assert_eq!(missing, "the arguments of `remove_sample` cannot be used: `sample` is missing");
        assert!(refused(r#"{"verb": "get"}"#).contains("`speaker_id` is missing"));
        let wrong = refused(r#"{"args": {"per_page": "many"}, "verb": "list"}"#);
        assert_eq!(wrong, "the arguments of `list` cannot be used: `per_page` has the wrong type or is out of range");
        assert_eq!(refused(r#"{"verb": "fly"}"#), "there is no call `fly`; the schema lists the calls");
        assert!(refused(r#"{"verb": "model", "arguments": {}}"#).contains("`arguments` is unknown"));
        assert!(refused(r#"{"verb": "get", "args": ["ada"]}"#).contains("pass a JSON object"));
        assert!(refused(r#"{"verb": "model", "args": []}"#).starts_with("the arguments of `model` cannot be used"));
        #[cfg(not(feature = "__panics"))]
        assert!(refused(r#"{"verb": "panic"}"#).contains("no call `panic`"));
    }

    #[test]
    fn limits_and_recordings_are_refused_where_nothing_heeds_them() {
        let folder = tempfile::tempdir().unwrap();
        let bridge = Bridge::open_file(folder.path().join("voices.db"), "{}").unwrap();
        let recording = || vec![Recording::from_bytes(vec![0])];
        let limited = refused(&bridge, r#"{"verb": "inspect", "args": {"max_seconds": 5}}"#, recording());
        assert!(limited.contains("set when it is opened"));
        assert_eq!(refused(&bridge, r#"{"verb": "model"}"#, recording()), "`model` takes no recording");
        assert_eq!(
            refused(&Bridge::free(), r#"{"verb": "model"}"#, Vec::new()),
            "there is no call `model`; the schema lists the calls"
        );
    }

    #[test]
    fn the_schema_says_what_each_operation_takes() {
        let schema = schema();
        let takes = |verb: &str, option: &str| {
            let requests = schema["properties"]["request"]["oneOf"].as_array().unwrap();
            let request = requests.iter().find(|one| one["properties"]["verb"]["const"] == verb).unwrap();
            let args = request["properties"]["args"]["$ref"].as_str().unwrap().rsplit('/').next().unwrap();
            let args = &schema["$defs"][args];
            assert_eq!(args["additionalProperties"], false);
            args["properties"].get(option).is_some()
        };
        assert!(takes("enroll", "force") && takes("get", "timeout") && takes("list", "per_page"));
        assert!(!takes("get", "force") && !takes("verify", "per_page"));
    }
}
