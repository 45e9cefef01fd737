//! The Python bridge: Python's bytes, signals and callbacks on one side, the core's verbs on the other. What
//! people see of it is in `voiceroll/*.py`.

// pyo3 writes unsafe code for the border; there is none of our own.
#![allow(unsafe_code, reason = "in what pyo3's macros write")]
#![allow(missing_docs, reason = "the documented face is the Python package")]

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use pyo3::prelude::*;
use voiceroll::Error;
use voiceroll::bridge::error_json;

/// The exception for an error, as `voiceroll._errors` makes it.
fn raise(py: Python<'_>, error: &Error) -> PyErr {
    let made = py.import("voiceroll._errors").and_then(|errors| errors.call_method1("from_json", (error_json(error),)));
    made.map_or_else(|failure| failure, PyErr::from_value)
}

/// A thread that comes to an interpreter which is going is ended where it stands, and takes the process with
/// it: so nobody comes any more once it is about to go.
struct Telling {
    ended: AtomicBool,
    under_way: AtomicUsize,
}

static TELLING: Telling = Telling { ended: AtomicBool::new(false), under_way: AtomicUsize::new(0) };

impl Telling {
    fn tell(&self, news: impl FnOnce()) {
        self.under_way.fetch_add(1, Ordering::SeqCst);
        if !self.ended() {
            news();
        }
        self.under_way.fetch_sub(1, Ordering::SeqCst);
    }

    fn ended(&self) -> bool {
        self.ended.load(Ordering::SeqCst)
    }

    /// Waits for those who are telling something. Not for ever: a forked child has inherited the number, but
    /// not the threads.
    fn end(&self) {
        self.ended.store(true, Ordering::SeqCst);
        let until = Instant::now() + Duration::from_secs(1);
        while self.under_way.load(Ordering::SeqCst) > 0 && Instant::now() < until {
            thread::sleep(Duration::from_millis(1));
        }
    }
}

/// Voiceroll as the Python package sees it; programs use `voiceroll`.
#[pymodule]
mod _native {
    use std::ffi::OsString;
    use std::path::PathBuf;
    use std::time::Duration;

    use bytes::Bytes;
    use pyo3::buffer::PyBuffer;
    use pyo3::exceptions::PyRuntimeError;
    use pyo3::prelude::*;
    use pyo3::pybacked::PyBackedBytes;
    use pyo3::types::PyBytes;
    use voiceroll::bridge::{self, Next, StartOptions};

    use super::{TELLING, raise};

    /// How long a waiting thread leaves signals alone.
    const LOOK: Duration = Duration::from_millis(50);

    /// What is to be listened to.
    #[pyclass(frozen)]
    struct Recording(voiceroll::Recording);

    #[pymethods]
    impl Recording {
        /// A file.
        #[staticmethod]
        fn from_path(py: Python<'_>, path: PathBuf, encoding: Option<&str>, track: Option<u32>) -> PyResult<Self> {
            declared(py, voiceroll::Recording::from_path(path), encoding, track)
        }

        /// The bytes of a file: `bytes` as they are, a copy of all else.
        #[staticmethod]
        fn from_bytes(data: &Bound<'_, PyAny>, encoding: Option<&str>, track: Option<u32>) -> PyResult<Self> {
            let bytes = match data.cast::<PyBytes>() {
                Ok(unchanging) => Bytes::from_owner(Held(Some(PyBackedBytes::from(unchanging.clone())))),
                Err(_) => PyBuffer::<u8>::get(data)?.to_vec(data.py())?.into(),
            };
            declared(data.py(), voiceroll::Recording::from_bytes(bytes), encoding, track)
        }

        /// Samples as bytes in one piece, the lowest byte first: `i16`, `f32` or `f64`.
        #[staticmethod]
        fn from_samples(data: &Bound<'_, PyAny>, format: &str, channels: u64, sample_rate: u64) -> PyResult<Self> {
            let (py, buffer) = (data.py(), PyBuffer::<u8>::get(data)?);
            let mut copied = Ok(());
            let made = bridge::samples(buffer.len_bytes(), format, channels, sample_rate, |to| {
                copied = buffer.copy_to_slice(py, to);
            });
            copied?;
            made.map(Self).map_err(|error| raise(py, &error))
        }
    }

    fn declared(
        py: Python<'_>,
        recording: voiceroll::Recording,
        encoding: Option<&str>,
        track: Option<u32>,
    ) -> PyResult<Recording> {
        let recording = match track {
            Some(track) => recording.track(track),
            None => recording,
        };
        let Some(encoding) = encoding else { return Ok(Recording(recording)) };
        let encoding = encoding.parse().map_err(|error| raise(py, &error))?;
        Ok(Recording(recording.encoding(encoding)))
    }

    /// Stops the calls that are given it.
    #[pyclass(frozen, module = "voiceroll")]
    struct CancelToken(voiceroll::CancelToken);

    #[pymethods]
    impl CancelToken {
        #[new]
        fn new() -> Self {
            Self(voiceroll::CancelToken::new())
        }

        /// Stops them.
        fn cancel(&self) {
            self.0.cancel();
        }

        /// Whether they are stopped.
        #[getter]
        fn cancelled(&self) -> bool {
            self.0.is_cancelled()
        }
    }

    /// Bytes of Python's. Given back as soon as nobody reads them any more: a voice is not kept until Python
    /// happens to be asked for something else.
    struct Held(Option<PyBackedBytes>);

    impl AsRef<[u8]> for Held {
        fn as_ref(&self) -> &[u8] {
            self.0.as_deref().unwrap_or_default()
        }
    }

    impl Drop for Held {
        fn drop(&mut self) {
            let bytes = self.0.take();
            TELLING.tell(|| {
                let _ = Python::try_attach(|_| drop(bytes));
            });
        }
    }

    /// A registry, or what needs none.
    #[pyclass(frozen)]
    struct Bridge(bridge::Bridge);

    #[pymethods]
    impl Bridge {
        /// Opens a registry by its settings in JSON.
        #[staticmethod]
        fn open(py: Python<'_>, settings: &str) -> PyResult<Self> {
            py.detach(|| bridge::Bridge::open(settings)).map(Self).map_err(|error| raise(py, &error))
        }

        /// Opens one in a file, whose name need not be Unicode.
        #[staticmethod]
        fn open_file(py: Python<'_>, path: PathBuf, settings: &str) -> PyResult<Self> {
            py.detach(|| bridge::Bridge::open_file(path, settings)).map(Self).map_err(|error| raise(py, &error))
        }

        /// What needs no registry.
        #[staticmethod]
        fn free() -> Self {
            Self(bridge::Bridge::free())
        }

        /// Starts a verb; `notify` is called from another thread when there is news.
        #[pyo3(signature = (verb, args, recordings, cancel, progress, notify))]
        fn start(
            &self,
            verb: &str,
            args: &str,
            recordings: Vec<PyRef<'_, Recording>>,
            cancel: Option<PyRef<'_, CancelToken>>,
            progress: bool,
            notify: Option<Py<PyAny>>,
        ) -> PyResult<Call> {
            let (recordings, options) = begun(&recordings, cancel, progress, notify)?;
            Ok(Call(self.0.start(verb, args, recordings, options)))
        }

        /// A live session by its settings in JSON; it starts with its first call.
        fn live(&self, py: Python<'_>, settings: &str) -> PyResult<Live> {
            self.0.live(settings).map(Live).map_err(|error| raise(py, &error))
        }

        /// Takes in a callback.
        #[pyo3(signature = (timestamp, signature, body))]
        fn take(
            &self,
            py: Python<'_>,
            timestamp: Option<&str>,
            signature: Option<&str>,
            body: &Bound<'_, PyAny>,
        ) -> PyResult<String> {
            let body = &PyBuffer::<u8>::get(body)?.to_vec(py)?;
            self.0.take(timestamp, signature, body).map_err(|error| raise(py, &error))
        }

        /// Whether it was closed.
        #[getter]
        fn closed(&self) -> bool {
            self.0.is_closed()
        }

        /// Gives up the registry.
        fn close(&self) {
            self.0.close();
        }
    }

    /// A live session.
    #[pyclass(frozen)]
    struct Live(bridge::Live);

    #[pymethods]
    impl Live {
        /// Starts a verb, as for a registry.
        #[pyo3(signature = (verb, args, recordings, cancel, progress, notify))]
        #[allow(unused_variables, reason = "a session's calls take sound alone")]
        fn start(
            &self,
            verb: &str,
            args: &str,
            recordings: Vec<PyRef<'_, Recording>>,
            cancel: Option<PyRef<'_, CancelToken>>,
            progress: bool,
            notify: Option<Py<PyAny>>,
        ) -> PyResult<Call> {
            let (sound, options) = begun(&recordings, cancel, progress, notify)?;
            Ok(Call(self.0.start(verb, &sound, options)))
        }

        /// Cancels it.
        fn close(&self) {
            self.0.cancel();
        }
    }

    /// What a call starts with, as the core has it.
    fn begun(
        recordings: &[PyRef<'_, Recording>],
        cancel: Option<PyRef<'_, CancelToken>>,
        progress: bool,
        notify: Option<Py<PyAny>>,
    ) -> PyResult<(Vec<voiceroll::Recording>, StartOptions)> {
        if TELLING.ended() {
            return Err(PyRuntimeError::new_err(
                "the interpreter is shutting down, so Voiceroll cannot be called any more",
            ));
        }
        let recordings = recordings.iter().map(|recording| recording.0.clone()).collect();
        let tokens = cancel.iter().map(|token| token.0.clone()).collect();
        let notify = notify.map(|notify| {
            // What an event loop that is closed says to it is of no interest.
            Box::new(move || TELLING.tell(|| drop(Python::try_attach(|py| notify.call0(py))))) as Box<_>
        });
        Ok((recordings, StartOptions { tokens, progress, notify }))
    }

    /// A call that is under way.
    #[pyclass(frozen)]
    struct Call(bridge::Call);

    /// What a verb gives back: JSON, and the sound of a prepared recording.
    type Reply<'py> = (String, Option<Bound<'py, PyBytes>>);

    #[pymethods]
    impl Call {
        /// Waits for the end, and lets Ctrl-C through.
        fn wait<'py>(&self, py: Python<'py>, on_progress: Option<&Bound<'py, PyAny>>) -> PyResult<Reply<'py>> {
            loop {
                let next = py.detach(|| self.0.next(LOOK));
                let heard = match (next, on_progress) {
                    (Next::Done(result), _) => return reply(py, result),
                    (Next::Progress(progress), Some(report)) => {
                        report.call1((progress.recording, progress.recordings, progress.fraction)).map(drop)
                    }
                    _ => py.check_signals(),
                };
                heard.inspect_err(|_| self.0.cancel())?;
            }
        }

        /// The progress that is new, if there is any: recording, recordings, fraction.
        fn progress(&self) -> Option<(usize, usize, f64)> {
            self.0.progress().map(|progress| (progress.recording, progress.recordings, progress.fraction))
        }

        /// The result, if it is there; only once.
        fn result<'py>(&self, py: Python<'py>) -> PyResult<Option<Reply<'py>>> {
            self.0.done().map(|result| reply(py, result)).transpose()
        }

        /// Stops it.
        fn cancel(&self) {
            self.0.cancel();
        }
    }

    fn reply(py: Python<'_>, result: voiceroll::Result<bridge::Reply>) -> PyResult<Reply<'_>> {
        match result {
            Ok(reply) => Ok((reply.json, reply.bytes.map(|bytes| PyBytes::new(py, &bytes)))),
            Err(error) => Err(raise(py, &error)),
        }
    }

    /// The `voiceroll` command; its exit code.
    #[pyfunction]
    fn main(py: Python<'_>, args: Vec<OsString>) -> u8 {
        py.detach(|| voiceroll::cli::main(args))
    }

    /// Looks for models in a folder, too.
    #[pyfunction]
    fn models_in(folder: PathBuf) {
        voiceroll::models::also_in(folder);
    }

    /// Ends what other threads tell the interpreter, which is about to go.
    #[pyfunction]
    fn fall_silent(py: Python<'_>) {
        py.detach(|| TELLING.end());
    }

    /// The version of the package.
    #[pyfunction]
    fn version() -> &'static str {
        bridge::VERSION
    }
}
