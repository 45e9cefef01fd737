//! Bytes of a stream to blocks of samples, as they come.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use super::pipe::Pipe;
use crate::audio::decode::{Sink, decode};
use crate::audio::opened::Opened;
use crate::runtime::workers::guarded;
use crate::types::error::{Code, Error, Result};
use crate::types::live::{LiveFormat, Stream};
use crate::types::recording::{Coding, Growing, WAV_HEAD, wav_head};
use crate::{CallOptions, CancelToken, ErrorKind, Limits, Recording};

/// Samples of a channel that are handed on together.
const BLOCK: usize = 4096;

/// How long a call waits until what it brought is decoded, which takes a few milliseconds, and longer for each KiB of it.
const PATIENCE: Duration = Duration::from_millis(100);
const PER_KIB: Duration = Duration::from_millis(1);

/// A stream that cannot be named by so many bytes is none.
const MOST_HEAD: usize = 4 << 20;

/// What takes the sound, shared with the thread that decodes.
type Shared = Arc<Mutex<dyn Sink + Send>>;

/// Takes the bytes of a recording as they come, and keeps them.
pub(crate) struct Feed {
    limits: Limits,
    sink: Shared,
    way: Way,
}

enum Way {
    Samples {
        coding: Coding,
        channels: u16,
        rate: u32,
        /// A WAV file: room for the header, then the samples.
        wav: Vec<u8>,
        /// How far it was handed on.
        done: usize,
    },
    Container {
        pipe: Arc<Pipe>,
        stop: CancelToken,
        failed: Arc<Mutex<Option<Error>>>,
        /// A forked child has a copy of the pipe, which a thread that is not there may have locked.
        process: u32,
        /// Whether it has come to the limit, so that only its end is missing.
        too_long: bool,
    },
}

impl Feed {
    pub(crate) fn new(format: LiveFormat, limits: Limits, sink: Shared) -> Result<Self> {
        let way = match format.0 {
            Stream::Samples { coding, channels, rate } => {
                Way::Samples { coding, channels, rate, wav: vec![0; WAV_HEAD], done: WAV_HEAD }
            }
            Stream::Container => {
                let way = (Arc::new(Pipe::default()), CancelToken::new(), Arc::new(Mutex::new(None)));
                let (pipe, stop, failed) = way.clone();
                let sink = Arc::clone(&sink);
                let work = move || {
                    let control = CallOptions::new().cancel_with(&stop);
                    let decoded = guarded(|| listen(&pipe, &limits, &control, &sink));
                    *failed.lock().unwrap_or_else(PoisonError::into_inner) = decoded.err();
                    pipe.leave();
                };
                let thread = std::thread::Builder::new().name("voiceroll-live".to_owned()).spawn(work);
                thread.map_err(|fault| {
                    Error::new(Code::Internal, "a thread for the stream could not be started; end other sessions first")
                        .because(fault)
                })?;
                let (pipe, stop, failed) = way;
                Way::Container { pipe, stop, failed, process: std::process::id(), too_long: false }
            }
        };
        Ok(Self { limits, sink, way })
    }

    /// Takes more bytes, as many as there are.
    ///
    /// # Errors
    /// `recording_too_large` and `recording_too_long`: these bytes were not taken. Of a container also what a recording is
    /// refused for that cannot be read.
    pub(crate) fn push(&mut self, bytes: &[u8]) -> Result<()> {
        if (self.len() + bytes.len()) as u64 > self.limits.max_bytes {
            return Err(Error::new(
                Code::RecordingTooLarge,
                format!(
                    "the recording would have more than the limit of {} bytes; finish the session, or raise `max_bytes`",
                    self.limits.max_bytes
                ),
            ));
        }
        match &mut self.way {
            Way::Samples { coding, channels, rate, wav, done } => {
                let frame = usize::from(coding.bytes() * *channels);
                let seconds = (wav.len() - WAV_HEAD + bytes.len()) as f64 / (frame as f64 * f64::from(*rate));
                if seconds > self.limits.max_seconds {
                    return Err(too_long_for(&self.limits));
                }
                wav.extend_from_slice(bytes);
                let whole = *done + (wav.len() - *done) / frame * frame;
                let mut sink = self.sink.lock().unwrap_or_else(PoisonError::into_inner);
                for part in wav[*done..whole].chunks(BLOCK * frame) {
                    sink.block(*rate, &mut planes(part, *coding, usize::from(*channels)))?;
                }
                *done = whole;
                Ok(())
            }
            Way::Container { pipe, failed, too_long, .. } => {
                if *too_long {
                    return Err(too_long_for(&self.limits));
                }
                pipe.write(bytes, PATIENCE + PER_KIB * (bytes.len() / 1024) as u32);
                let failed = failed.lock().unwrap_or_else(PoisonError::into_inner).take();
                *too_long = failed.as_ref().is_some_and(|error| error.kind() == ErrorKind::Limit);
                failed.map_or(Ok(()), Err)
            }
        }
    }

    /// Bytes so far.
    fn len(&self) -> usize {
        match &self.way {
            Way::Samples { wav, .. } => wav.len(),
            Way::Container { pipe, .. } => pipe.len(),
        }
    }

    /// All of it, as one recording.
    pub(crate) fn finish(mut self) -> Recording {
        match &mut self.way {
            Way::Samples { coding, channels, rate, wav, .. } => {
                let mut wav = std::mem::take(wav);
                // A sample that is cut off is none.
                let frame = usize::from(coding.bytes() * *channels);
                let length = (wav.len() - WAV_HEAD) / frame * frame;
                wav.truncate(WAV_HEAD + length);
                wav[..WAV_HEAD].copy_from_slice(&wav_head(*coding, *channels, *rate, length));
                Recording::from_bytes(wav)
            }
            Way::Container { pipe, stop, .. } => {
                stop.cancel();
                Recording::from_bytes(pipe.take())
            }
        }
    }
}

impl Drop for Feed {
    /// The thread ends, and what was kept is given back.
    fn drop(&mut self) {
        if let Way::Container { pipe, stop, process, .. } = &self.way
            && *process == std::process::id()
        {
            stop.cancel();
            pipe.take();
        }
    }
}

fn too_long_for(limits: &Limits) -> Error {
    Error::new(
        Code::RecordingTooLong,
        format!(
            "the recording would be longer than the limit of {:.0} s; finish the session, or raise `max_seconds`",
            limits.max_seconds
        ),
    )
}

/// Decodes what comes out of a pipe until it ends.
fn listen(pipe: &Arc<Pipe>, limits: &Limits, control: &CallOptions, sink: &Shared) -> Result<()> {
    let data: Arc<dyn Growing> = Arc::<Pipe>::clone(pipe);
    let mut seen = 0;
    let opened = loop {
        let Some(head) = pipe.head(seen, MOST_HEAD) else { return Ok(()) };
        if let Some(opened) = Opened::streamed(&data, &head)? {
            break opened;
        }
        seen = head.len();
        if seen >= MOST_HEAD {
            return Err(Error::new(
                Code::RecordingUnsupported,
                "no sound was found at the start of the stream; send WAV, WebM, Ogg, MP3, AAC or samples",
            ));
        }
    };
    let mut sink = Locking(sink);
    match decode(&opened, limits, control, &mut sink) {
        // It was ended.
        Err(_) if control.ended().is_err() => Ok(()),
        decoded => decoded.map(drop),
    }
}

/// Locks what takes the sound for each block.
struct Locking<'a>(&'a Shared);

impl Sink for Locking<'_> {
    fn block(&mut self, rate: u32, channels: &mut [Vec<f32>]) -> Result<()> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).block(rate, channels)
    }
}

/// Interleaved samples, channel by channel.
fn planes(part: &[u8], coding: Coding, channels: usize) -> Vec<Vec<f32>> {
    let width = usize::from(coding.bytes());
    let sample = |bytes: &[u8]| match (coding, bytes) {
        (Coding::I16, &[a, b]) => f32::from(i16::from_le_bytes([a, b])) / 32768.0,
        (Coding::F32, &[a, b, c, d]) => f32::from_le_bytes([a, b, c, d]),
        _ => 0.0,
    };
    let frames = part.len() / (width * channels);
    let mut planes = vec![Vec::with_capacity(frames); channels];
    for frame in part.chunks_exact(width * channels) {
        for (plane, bytes) in planes.iter_mut().zip(frame.chunks_exact(width)) {
            plane.push(sample(bytes));
        }
    }
    planes
}
