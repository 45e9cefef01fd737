//! The Node bridge: JavaScript's bytes, promises and event loop on one side, the core's verbs on the other. What
//! people see of it is in `lib/*.ts`.

// napi writes unsafe code for the border; there is none of our own.
#![allow(unsafe_code, reason = "in what napi's macros write")]
#![allow(missing_docs, reason = "the documented face is the Node package")]

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use napi::bindgen_prelude::{AsyncTask, Buffer, ClassInstance, Function, ToNapiValue, TypeName};
use napi::threadsafe_function::ThreadsafeFunctionCallMode;
use napi::{Env, Error, Result, Task};
use napi_derive::napi;
use voiceroll::Limits;
use voiceroll::bridge::{self, Next, StartOptions};

/// An error as `lib/errors.ts` reads it: the core's JSON in place of a message.
fn raise(error: &voiceroll::Error) -> Error {
    Error::from_reason(bridge::error_json(error))
}

/// Work for a thread of Node's pool, as the event loop must not wait for it.
pub struct Later<T>(Option<Box<dyn FnOnce() -> voiceroll::Result<T> + Send>>);

impl<T> Later<T> {
    fn task(work: impl FnOnce() -> voiceroll::Result<T> + Send + 'static) -> AsyncTask<Self>
    where
        T: ToNapiValue + TypeName + Send + 'static,
    {
        AsyncTask::new(Self(Some(Box::new(work))))
    }
}

impl<T: ToNapiValue + TypeName + Send + 'static> Task for Later<T> {
    type Output = T;
    type JsValue = T;

    fn compute(&mut self) -> Result<T> {
        let work = self.0.take().ok_or_else(|| Error::from_reason("this work was already done"))?;
        bridge::guard(work).map_err(|error| raise(&error))
    }

    fn resolve(&mut self, _env: Env, output: T) -> Result<T> {
        Ok(output)
    }
}

/// What is to be listened to, by one call: it is given up with the start, long before JavaScript forgets it.
#[napi]
pub struct Recording(Option<voiceroll::Recording>);

#[napi]
impl Recording {
    /// A file.
    #[napi(factory, catch_unwind)]
    pub fn from_path(path: String, encoding: Option<String>, track: Option<u32>) -> Result<Self> {
        declared(voiceroll::Recording::from_path(PathBuf::from(path)), encoding, track)
    }
}

fn declared(recording: voiceroll::Recording, encoding: Option<String>, track: Option<u32>) -> Result<Recording> {
    let recording = match track {
        Some(track) => recording.track(track),
        None => recording,
    };
    let Some(encoding) = encoding else { return Ok(Recording(Some(recording))) };
    let encoding = encoding.parse().map_err(|error| raise(&error))?;
    Ok(Recording(Some(recording.encoding(encoding))))
}

/// The bytes of a recording as they come.
#[napi]
pub struct Bytes {
    bytes: Mutex<Vec<u8>>,
    most: u64,
}

#[napi]
impl Bytes {
    /// `size` is how many will come, as far as that is known, and `most` the largest recording that is read.
    #[napi(constructor, catch_unwind)]
    pub fn new(size: f64, most: Option<f64>) -> Self {
        let most = most.map_or(Limits::default().max_bytes, |most| most as u64);
        let bytes = Mutex::new(Vec::with_capacity((size as u64).min(most) as usize));
        Self { bytes, most }
    }

    /// Takes a copy of some; false once there are too many, so that the core will refuse them.
    #[napi(catch_unwind)]
    pub fn push(&self, some: &[u8]) -> bool {
        let mut bytes = self.bytes.lock().unwrap_or_else(PoisonError::into_inner);
        bytes.extend_from_slice(some);
        bytes.len() as u64 <= self.most
    }

    /// The recording, if they are those of a file.
    #[napi(catch_unwind)]
    pub fn recording(&self, encoding: Option<String>, track: Option<u32>) -> Result<Recording> {
        declared(voiceroll::Recording::from_bytes(self.take()), encoding, track)
    }

    /// The recording, if they are samples, the lowest byte of each first: `i16`, `f32` or `f64`.
    #[napi(catch_unwind)]
    pub fn samples(&self, format: String, channels: f64, sample_rate: f64) -> AsyncTask<Later<Recording>> {
        let bytes = self.take();
        Later::task(move || {
            let fill = |to: &mut [u8]| to.copy_from_slice(&bytes);
            bridge::samples(bytes.len(), &format, whole(channels), whole(sample_rate), fill)
                .map(|recording| Recording(Some(recording)))
        })
    }

    fn take(&self) -> Vec<u8> {
        std::mem::take(&mut *self.bytes.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Fails where samples of this kind would be refused.
#[napi(catch_unwind)]
pub fn check_samples(format: String, channels: f64, sample_rate: f64) -> Result<()> {
    bridge::samples(0, &format, whole(channels), whole(sample_rate), |_| ()).map(drop).map_err(|error| raise(&error))
}

/// JavaScript's numbers have fractions; a count that has one is none.
fn whole(count: f64) -> u64 {
    if count.fract() == 0.0 { count as u64 } else { 0 }
}

/// A registry, or what needs none.
#[napi]
pub struct Bridge(Arc<bridge::Bridge>);

#[napi]
impl Bridge {
    /// Opens a registry by its settings in JSON.
    #[napi(catch_unwind)]
    pub fn open(settings: String) -> AsyncTask<Later<Bridge>> {
        Later::task(move || bridge::Bridge::open(&settings).map(|bridge| Self(Arc::new(bridge))))
    }

    /// The same at once, for what neither reads nor sends anything.
    #[napi(factory, catch_unwind)]
    pub fn open_now(settings: String) -> Result<Self> {
        bridge::Bridge::open(&settings).map(|bridge| Self(Arc::new(bridge))).map_err(|error| raise(&error))
    }

    /// What needs no registry.
    #[napi(factory, catch_unwind)]
    pub fn free() -> Self {
        Self(Arc::new(bridge::Bridge::free()))
    }

    /// Starts a verb; `notify` is called in the event loop when there is news, and keeps the loop alive until the end.
    #[napi(catch_unwind)]
    pub fn start(
        &self,
        verb: String,
        args: String,
        recordings: Vec<ClassInstance<'_, Recording>>,
        progress: bool,
        notify: Function<'_, (), ()>,
    ) -> Result<Call> {
        let recordings = recordings.into_iter().filter_map(|mut recording| recording.0.take()).collect();
        let steering = StartOptions { tokens: Vec::new(), progress, notify: Some(notifying(notify)?) };
        Ok(Call(self.0.start(&verb, &args, recordings, steering)))
    }

    /// A live session by its settings in JSON; it starts with its first call.
    #[napi(catch_unwind)]
    pub fn live(&self, settings: String) -> Result<Live> {
        self.0.live(&settings).map(Live).map_err(|error| raise(&error))
    }

    /// Takes in a callback.
    #[napi(catch_unwind)]
    pub fn take(&self, timestamp: Option<String>, signature: Option<String>, body: &[u8]) -> Result<String> {
        self.0.take(timestamp.as_deref(), signature.as_deref(), body).map_err(|error| raise(&error))
    }

    /// Gives up the registry.
    #[napi(catch_unwind)]
    pub fn close(&self) -> AsyncTask<Later<()>> {
        let bridge = Arc::clone(&self.0);
        Later::task(move || {
            bridge.close();
            Ok(())
        })
    }
}

/// A live session.
#[napi]
pub struct Live(bridge::Live);

#[napi]
impl Live {
    /// Starts a verb with sound, of which a copy is taken.
    #[napi(catch_unwind)]
    pub fn start(&self, verb: String, sound: &[u8], notify: Function<'_, (), ()>) -> Result<Call> {
        let sound = [voiceroll::Recording::from_bytes(sound.to_vec())];
        let steering = StartOptions { tokens: Vec::new(), progress: false, notify: Some(notifying(notify)?) };
        Ok(Call(self.0.start(&verb, &sound, steering)))
    }

    /// Cancels it.
    #[napi(catch_unwind)]
    pub fn close(&self) {
        self.0.cancel();
    }
}

/// What has the event loop look at a call.
fn notifying(notify: Function<'_, (), ()>) -> Result<Box<dyn Fn() + Send + Sync>> {
    let notify = notify.build_threadsafe_function::<()>().build()?;
    Ok(Box::new(move || {
        // An event loop that has ended wants no news.
        let _ = notify.call((), ThreadsafeFunctionCallMode::NonBlocking);
    }))
}

/// A call that is under way.
#[napi]
pub struct Call(bridge::Call);

/// What is new of a call: how far it has come, or what it gave back.
#[napi(object, object_from_js = false)]
pub struct News {
    pub recording: Option<u32>,
    pub recordings: Option<u32>,
    pub fraction: Option<f64>,
    pub json: Option<String>,
    pub wav: Option<Buffer>,
}

#[napi]
impl Call {
    /// What is new, if there is anything. The result comes once, and as an exception if it is an error.
    #[napi(catch_unwind)]
    pub fn next(&self) -> Result<Option<News>> {
        let nothing = News { recording: None, recordings: None, fraction: None, json: None, wav: None };
        match self.0.next(Duration::ZERO) {
            Next::Nothing => Ok(None),
            Next::Progress(progress) => Ok(Some(News {
                recording: u32::try_from(progress.recording).ok(),
                recordings: u32::try_from(progress.recordings).ok(),
                fraction: Some(progress.fraction),
                ..nothing
            })),
            Next::Done(Ok(reply)) => {
                Ok(Some(News { json: Some(reply.json), wav: reply.bytes.map(Buffer::from), ..nothing }))
            }
            Next::Done(Err(error)) => Err(raise(&error)),
        }
    }

    /// Stops it.
    #[napi(catch_unwind)]
    pub fn cancel(&self) {
        self.0.cancel();
    }
}

/// The `voiceroll` command; its exit code.
#[napi(catch_unwind)]
pub fn main(args: Vec<String>) -> u8 {
    voiceroll::cli::main(args.into_iter().map(Into::into))
}

/// Looks for models in a folder, too.
#[napi(catch_unwind)]
pub fn models_in(folder: String) {
    voiceroll::models::also_in(folder);
}

/// The version of the package.
#[napi(catch_unwind)]
pub fn version() -> &'static str {
    bridge::VERSION
}
