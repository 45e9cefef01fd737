// SPDX-License-Identifier: Apache-2.0
//! Recordings, and what can be asked of one without a registry.

use std::future::poll_fn;
use std::sync::{Arc, Mutex};
use std::task::{Poll, Waker};

use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use voiceroll::bridge::{self, Bridge, Reply};
use voiceroll::{Encoding, Inspection};

use crate::CallOptions;
use crate::error::Result;
use crate::options::lock;

/// What is to be listened to: a file, its bytes, or samples. Nothing is read before a call needs it.
#[derive(uniffi::Object)]
pub struct Recording(pub(crate) voiceroll::Recording);

/// How samples are written, the lowest byte of each first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum SampleFormat {
    /// Integers of 16 bits.
    I16,
    /// Floats of 32 bits from -1 to 1.
    F32,
    /// Floats of 64 bits from -1 to 1.
    F64,
}

/// A stretch cut out of a recording. The core's own type can be made in the core alone, and the bridge gives its parts.
#[derive(uniffi::Record)]
pub struct Prepared {
    /// A WAV file: 16 kHz, mono, 16 bit.
    pub wav: Vec<u8>,
    /// Where the stretch starts in the recording, in seconds.
    pub start: f64,
    /// Where it ends, in seconds.
    pub end: f64,
    /// Seconds of speech in it.
    pub speech_seconds: f64,
}

impl From<voiceroll::Prepared> for Prepared {
    fn from(cut: voiceroll::Prepared) -> Self {
        let voiceroll::Prepared { wav, start, end, speech_seconds, .. } = cut;
        Self { wav, start, end, speech_seconds }
    }
}

#[uniffi::export]
impl Recording {
    /// A recording in a file. `encoding` is what the sender says it is; the bytes decide, and where they contradict,
    /// the inspection has a problem that says so.
    #[uniffi::constructor(default(encoding = None))]
    pub fn from_path(path: String, encoding: Option<Encoding>) -> Result<Self> {
        Ok(Self(voiceroll::Recording::from_path(bridge::path(path.as_bytes())?)).declared(encoding))
    }

    /// A recording that is in memory as the bytes of a file.
    #[uniffi::constructor(default(encoding = None))]
    pub fn from_bytes(data: Vec<u8>, encoding: Option<Encoding>) -> Self {
        Self(voiceroll::Recording::from_bytes(data)).declared(encoding)
    }

    /// A recording that is in memory as samples, as a microphone gives them: `sample_rate` of them a second; up to 16
    /// channels are interleaved.
    #[uniffi::constructor(default(channels = 1))]
    pub fn from_samples(data: Vec<u8>, format: SampleFormat, sample_rate: u32, channels: u32) -> Result<Self> {
        let format = match format {
            SampleFormat::I16 => "i16",
            SampleFormat::F32 => "f32",
            SampleFormat::F64 => "f64",
        };
        let fill = |to: &mut [u8]| to.copy_from_slice(&data);
        Ok(Self(bridge::samples(data.len(), format, channels.into(), sample_rate.into(), fill)?))
    }

    /// The same recording with the audio track chosen, counted from 1, of a file that has several. By default the first
    /// one with speech is used.
    pub fn track(&self, number: u32) -> Self {
        Self(self.0.clone().track(number))
    }
}

impl Recording {
    fn declared(self, encoding: Option<Encoding>) -> Self {
        match encoding {
            Some(encoding) => Self(self.0.encoding(encoding)),
            None => self,
        }
    }
}

/// The encoding that a text names, such as `Mpeg`, in any case.
#[uniffi::export]
pub fn parse_encoding(text: String) -> Result<Encoding> {
    Ok(text.parse()?)
}

/// Measures a recording and says whether it would be enrolled, without a registry. `max_seconds` and `max_bytes` are
/// the longest recording and the largest file that are read; two hours and 2 GiB by default.
#[uniffi::export(default(max_seconds = None, max_bytes = None, options))]
pub async fn inspect(
    recording: Arc<Recording>,
    max_seconds: Option<f64>,
    max_bytes: Option<u64>,
    options: CallOptions,
) -> Result<Inspection> {
    let reply = freely("inspect", &recording, max_seconds, max_bytes, options).await?;
    read(&reply.json)
}

/// Cuts the stretch with the most continuous speech, at most 30 s, out of a recording, as 16 kHz mono WAV, without a
/// registry; limits as for `inspect`.
#[uniffi::export(default(max_seconds = None, max_bytes = None, options))]
pub async fn prepare(
    recording: Arc<Recording>,
    max_seconds: Option<f64>,
    max_bytes: Option<u64>,
    options: CallOptions,
) -> Result<Prepared> {
    let reply = freely("prepare", &recording, max_seconds, max_bytes, options).await?;
    let cut: Value = read(&reply.json)?;
    let number = |name: &str| cut.get(name).and_then(Value::as_f64).unwrap_or_default();
    Ok(Prepared {
        wav: reply.bytes.unwrap_or_default(),
        start: number("start"),
        end: number("end"),
        speech_seconds: number("speech_seconds"),
    })
}

fn read<T: DeserializeOwned>(json: &str) -> Result<T> {
    bridge::guard(|| serde_json::from_str(json).map_err(|fault| bridge::invalid(fault.to_string()))).map_err(Into::into)
}

/// Does what needs no registry on the core's threads, through the bridge that has it; dropping this stops it.
async fn freely(
    verb: &str,
    recording: &Recording,
    max_seconds: Option<f64>,
    max_bytes: Option<u64>,
    options: CallOptions,
) -> Result<Reply> {
    let timeout = options.timeout()?.map(|time| time.as_secs_f64());
    let args = json!({ "timeout": timeout, "max_seconds": max_seconds, "max_bytes": max_bytes }).to_string();
    let waker = Arc::new(Mutex::new(None::<Waker>));
    let waiting = Arc::clone(&waker);
    let steering = bridge::StartOptions {
        tokens: options.cancel.iter().map(|token| token.0.clone()).collect(),
        progress: options.progress.is_some(),
        notify: Some(Box::new(move || {
            let waiting = lock(&waiting).take();
            if let Some(waker) = waiting {
                waker.wake();
            }
        })),
    };
    let call = Bridge::free().start(verb, &args, vec![recording.0.clone()], steering);
    poll_fn(|context| {
        *lock(&waker) = Some(context.waker().clone());
        if let (Some(listener), Some(progress)) = (&options.progress, call.progress())
            && let Err(fault) = listener.on_progress(progress)
        {
            return Poll::Ready(Err(fault));
        }
        call.done().map_or(Poll::Pending, |done| Poll::Ready(done.map_err(Into::into)))
    })
    .await
}
