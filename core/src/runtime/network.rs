//! The threads that talk to servers.

use std::future::Future;
use std::time::Duration;

use tokio::runtime::{Builder, Runtime};

use super::per_process::PerProcess;
use super::workers::stopped as defect;
use crate::types::error::{Code, Error, Result};
use crate::{CallOptions, ErrorKind};

/// How often a call that is under way looks whether it was cancelled.
const LOOK: Duration = Duration::from_millis(20);

static RUNTIME: PerProcess<Option<Runtime>> = PerProcess::new();

fn runtime() -> Result<&'static Runtime> {
    let make = |_: &[&Option<Runtime>]| {
        Builder::new_multi_thread().worker_threads(1).thread_name("voiceroll-remote").enable_all().build().ok()
    };
    RUNTIME.get(make).as_ref().ok_or_else(|| Error::new(Code::Internal, "the network thread could not be started"))
}

/// Drives a future on a thread of our own, so that any async runtime, or none, will do for waiting, and as long as the
/// control lets it. It is dropped when nobody waits any more.
pub(crate) async fn bounded<T: Send + 'static>(
    future: impl Future<Output = T> + Send + 'static,
    control: CallOptions,
) -> Result<T> {
    let task = runtime()?.spawn(async move {
        tokio::select! {
            value = future => Ok(value),
            error = stopped(&control) => Err(error),
        }
    });
    let _stop = AbortOnDrop(task.abort_handle());
    task.await.unwrap_or_else(|_| Err(defect()))
}

struct AbortOnDrop(tokio::task::AbortHandle);

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// Ready once the call is cancelled or its time is over.
async fn stopped(control: &CallOptions) -> Error {
    loop {
        match control.remaining() {
            _ if control.can_be_cancelled() => tokio::time::sleep(LOOK).await,
            Some(remaining) => tokio::time::sleep(remaining).await,
            None => std::future::pending().await,
        }
        if let Err(error) = control.check() {
            let code = if error.kind() == ErrorKind::Cancelled { Code::Cancelled } else { Code::TimedOut };
            let stopped = Error::new(code, "the call was stopped by its timeout or by its caller; nothing was changed");
            let (added, recordings) = control.added();
            let stopped = if control.may_have_changed() { stopped.unknown() } else { stopped };
            return stopped.after_adding(added, recordings);
        }
    }
}
