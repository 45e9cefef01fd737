//! Work off the caller's async runtime, on threads of our own.

use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use futures_channel::oneshot;

use super::per_process::PerProcess;
use crate::types::error::{Code, Error, Result};

type Job = Box<dyn FnOnce() + Send>;

/// Which workers a job waits for.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Lane {
    /// Listening to recordings: as many workers as there are cores.
    Heavy,
    /// A look into the store, which must not wait behind an hour of audio.
    Quick,
    /// Some milliseconds of sound that is spoken now: as many workers as there are cores.
    Live,
}

type Workers = PerProcess<Mutex<Sender<Job>>>;
static HEAVY: Workers = PerProcess::new();
static QUICK: Workers = PerProcess::new();
static LIVE: Workers = PerProcess::new();

const QUICK_WORKERS: usize = 2;

/// How many cores this process may use.
pub(crate) fn cores() -> usize {
    thread::available_parallelism().map_or(1, usize::from)
}

/// Runs `work` on one of the workers. They are plain threads, so any async runtime, or none, will
/// do for waiting.
pub(crate) fn run<T: Send + 'static>(
    lane: Lane,
    work: impl FnOnce() -> Result<T> + Send + 'static,
) -> impl Future<Output = Result<T>> + Send {
    let (answer, result) = oneshot::channel();
    let job: Job = Box::new(move || {
        // The caller may have gone away; then nobody wants the answer.
        let _ = answer.send(guarded(work));
    });
    let sender = match lane {
        Lane::Heavy => HEAVY.get(|_| start(cores())),
        Lane::Quick => QUICK.get(|_| start(QUICK_WORKERS)),
        Lane::Live => LIVE.get(|_| start(cores())),
    };
    let refused = sender.lock().unwrap_or_else(PoisonError::into_inner).send(job).err();
    if let Some(refused) = refused {
        (refused.0)();
    }
    async move { result.await.unwrap_or_else(|_| Err(stopped())) }
}

/// Waits for a future in the calling thread, whatever runtime that belongs to.
#[cfg(feature = "remote")]
pub(crate) fn wait<T>(future: impl Future<Output = T>) -> T {
    struct Unpark(thread::Thread);
    impl std::task::Wake for Unpark {
        fn wake(self: Arc<Self>) {
            self.0.unpark();
        }
    }
    let waker = Arc::new(Unpark(thread::current())).into();
    let mut context = std::task::Context::from_waker(&waker);
    let mut future = std::pin::pin!(future);
    loop {
        match future.as_mut().poll(&mut context) {
            std::task::Poll::Ready(value) => return value,
            std::task::Poll::Pending => thread::park(),
        }
    }
}

/// Turns a panic, which would be a defect, into an error.
pub(crate) fn guarded<T>(work: impl FnOnce() -> Result<T>) -> Result<T> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| Err(stopped()))
}

pub(crate) fn stopped() -> Error {
    Error::new(
        Code::Internal,
        "this call failed because of a defect in Voiceroll; please report it with the steps that led here",
    )
}

fn start(workers: usize) -> Mutex<Sender<Job>> {
    let (sender, receiver) = channel::<Job>();
    let receiver = Arc::new(Mutex::new(receiver));
    for number in 0..workers {
        let receiver = Arc::clone(&receiver);
        // Where no thread can be started the job runs in the thread that sends it.
        let _ = thread::Builder::new().name(format!("voiceroll-{number}")).spawn(move || work(&receiver));
    }
    Mutex::new(sender)
}

fn work(receiver: &Mutex<Receiver<Job>>) {
    loop {
        let job = receiver.lock().unwrap_or_else(PoisonError::into_inner).recv();
        match job {
            Ok(job) => job(),
            Err(_) => return,
        }
    }
}
