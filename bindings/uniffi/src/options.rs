// SPDX-License-Identifier: Apache-2.0
//! How a call is stopped, bounded and watched.

use std::future::{Future, poll_fn};
use std::pin::pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use voiceroll::{Progress, bridge};

use crate::VoicerollError;
use crate::error::Result;

/// A length of time in seconds; infinite where there is no limit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Seconds(pub f64);

uniffi::custom_type!(
    /// A length of time in seconds.
    Seconds,
    f64,
    { lower: |time| time.0, try_lift: |time| Ok(Seconds(time)) }
);

/// How a call is stopped, bounded and watched.
#[derive(Default, uniffi::Record)]
pub struct CallOptions {
    /// How long the call may take. Nothing was changed when it took longer, or, on a server, the error says that
    /// this is not known.
    #[uniffi(default = None)]
    pub timeout: Option<Seconds>,
    /// Stops the call from elsewhere, under the same terms.
    #[uniffi(default = None)]
    pub cancel: Option<Arc<CancelToken>>,
    /// Receives the progress of the call.
    #[uniffi(default = None)]
    pub progress: Option<Arc<dyn ProgressListener>>,
}

/// Stops calls from another thread: each that was given this token, for good.
#[derive(Default, uniffi::Object)]
pub struct CancelToken(pub(crate) voiceroll::CancelToken);

#[uniffi::export]
impl CancelToken {
    /// A token that stops nothing yet.
    #[uniffi::constructor]
    pub fn new() -> Self {
        Self::default()
    }

    /// Stops the calls; they fail with the code `cancelled`.
    pub fn cancel(&self) {
        self.0.cancel();
    }

    /// Whether `cancel` was called.
    pub fn is_cancelled(&self) -> bool {
        self.0.is_cancelled()
    }
}

/// Receives the progress of a call, in a thread of Voiceroll. It must be fast.
#[uniffi::export(foreign)]
pub trait ProgressListener: Send + Sync {
    /// The call has come this far. What this throws stops the call.
    fn on_progress(&self, progress: Progress) -> Result<(), VoicerollError>;
}

impl Seconds {
    pub(crate) fn read(self, name: &str) -> Result<Duration> {
        if self.0 == f64::INFINITY {
            return Ok(Duration::MAX);
        }
        let read = Duration::try_from_secs_f64(self.0);
        read.map_err(|_| bridge::invalid(format!("{name} must be a number of seconds, 0 or more")).into())
    }
}

impl CallOptions {
    pub(crate) fn timeout(&self) -> Result<Option<Duration>> {
        let limit = self.timeout.filter(|time| time.0 != f64::INFINITY);
        limit.map(|time| time.read("the timeout")).transpose()
    }

    pub(crate) fn steering(self) -> Result<Steering> {
        let mut control = voiceroll::CallOptions::new();
        if let Some(time) = self.timeout()? {
            control = control.timeout(time);
        }
        if let Some(token) = self.cancel {
            control = control.cancel_with(&token.0);
        }
        let fault = Fault::default();
        if let Some(listener) = self.progress {
            let (stop, fault) = (voiceroll::CancelToken::new(), Arc::clone(&fault));
            control = control.cancel_with(&stop).on_progress(move |progress| {
                if let Err(error) = listener.on_progress(progress) {
                    lock(&fault).get_or_insert(error);
                    stop.cancel();
                }
            });
        }
        Ok(Steering { control, fault })
    }
}

/// What a progress listener threw.
type Fault = Arc<Mutex<Option<VoicerollError>>>;

/// A call's control, and what its progress listener did to it.
pub(crate) struct Steering {
    pub(crate) control: voiceroll::CallOptions,
    fault: Fault,
}

impl Steering {
    /// The result of the work. A panic, which would be a defect, is also an error.
    pub(crate) async fn end<T>(self, work: impl Future<Output = voiceroll::Result<T>> + Send) -> Result<T> {
        let mut work = pin!(work);
        let polled = poll_fn(|context| match bridge::guard(|| Ok(work.as_mut().poll(context))) {
            Ok(poll) => poll,
            Err(defect) => std::task::Poll::Ready(Err(defect)),
        });
        let result = polled.await;
        match lock(&self.fault).take() {
            Some(fault) => Err(fault),
            None => Ok(result?),
        }
    }
}

pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use futures_executor::block_on;

    use super::*;

    struct Throws;

    impl ProgressListener for Throws {
        fn on_progress(&self, _: Progress) -> Result<(), VoicerollError> {
            let reason = "ours: it is wrong\n\tat Program.main".to_owned();
            Err(uniffi::UnexpectedUniFFICallbackError { reason }.into())
        }
    }

    #[test]
    #[allow(clippy::panic, reason = "that is what is tested")]
    fn a_defect_of_ours_is_an_error() {
        let steering = CallOptions::default().steering().unwrap();
        let error = block_on(steering.end::<()>(async { panic!("a defect, for a test") })).unwrap_err();
        assert!(matches!(&error, VoicerollError::Internal { details } if details.code == "internal"));
        assert!(!error.to_string().contains("a defect, for a test"));
    }

    #[test]
    fn what_a_listener_throws_stops_the_call_and_is_told() {
        let options = CallOptions { progress: Some(Arc::new(Throws)), ..CallOptions::default() };
        let data = std::fs::read("../../tests/audio/ada-1.mp3").unwrap().repeat(20);
        let recording = crate::Recording::from_bytes(data, None);
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("voices.db").display().to_string();
        let registry = crate::Registry::open(path, None, None, None, None, None, Default::default()).unwrap();
        let error = block_on(registry.inspect(recording.into(), options)).unwrap_err();
        assert!(error.to_string().ends_with("ours: it is wrong"), "{error}");
    }

    #[test]
    fn a_dropped_call_stops_its_work() {
        let data = std::fs::read("../../tests/audio/ada-1.mp3").unwrap().repeat(100);
        let recording = Arc::new(crate::Recording::from_bytes(data, None));
        let weak = Arc::downgrade(&recording);
        let mut call = Box::pin(crate::inspect(recording, None, None, CallOptions::default()));
        let waker = std::task::Waker::noop();
        assert!(call.as_mut().poll(&mut std::task::Context::from_waker(waker)).is_pending());
        drop(call);
        assert!(weak.upgrade().is_none());
        // The next one does not wait for it.
        let clip = crate::Recording::from_path("../../tests/audio/ada-3.webm".to_owned(), None).unwrap();
        let started = Instant::now();
        block_on(crate::inspect(clip.into(), None, None, CallOptions::default())).unwrap();
        assert!(started.elapsed() < Duration::from_secs(10));
    }
}
