//! Futures without a runtime: each is driven by the threads that wake it.

use std::future::Future;
use std::pin::Pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Wake, Waker};

use super::workers::guarded;

/// A future that nobody awaits. Whoever wakes it does its next step: a worker that has done its work, or a thread that talks
/// to servers. So what follows must be short.
struct Task {
    /// None once it is done.
    future: Mutex<Option<Pin<Box<dyn Future<Output = ()> + Send>>>>,
    /// How often it was woken since the thread that polls it last looked; that thread polls until this is 0 again.
    woken: AtomicUsize,
}

/// Starts a future in the calling thread. One that panics is dropped.
pub(crate) fn start(future: impl Future<Output = ()> + Send + 'static) {
    let future: Pin<Box<dyn Future<Output = ()> + Send>> = Box::pin(future);
    Arc::new(Task { future: Mutex::new(Some(future)), woken: AtomicUsize::new(0) }).wake();
}

impl Wake for Task {
    fn wake(self: Arc<Self>) {
        // Another thread polls it, and will see this.
        if self.woken.fetch_add(1, Ordering::AcqRel) > 0 {
            return;
        }
        let waker = Waker::from(Arc::clone(&self));
        let mut context = Context::from_waker(&waker);
        let mut seen = 1;
        loop {
            let mut slot = self.future.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some(future) = slot.as_mut()
                && guarded(|| Ok(future.as_mut().poll(&mut context).is_ready())).unwrap_or(true)
            {
                *slot = None;
            }
            drop(slot);
            let before = self.woken.fetch_sub(seen, Ordering::AcqRel);
            if before == seen {
                return;
            }
            seen = before - seen;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;

    use futures_channel::oneshot;

    use super::*;

    #[test]
    fn a_task_is_done_by_the_thread_that_wakes_it() {
        let (sender, receiver) = oneshot::channel::<u32>();
        let (done, came) = channel();
        start(async move { done.send((receiver.await, std::thread::current().id())).unwrap() });
        assert!(came.try_recv().is_err());
        let thread = std::thread::spawn(move || sender.send(7).unwrap());
        let id = thread.thread().id();
        thread.join().unwrap();
        assert_eq!(came.recv().unwrap(), (Ok(7), id));
    }

    #[test]
    fn a_task_may_wake_itself_and_may_panic() {
        let (done, came) = channel();
        let mut steps = 0;
        let again = done.clone();
        start(std::future::poll_fn(move |context| {
            steps += 1;
            context.waker().wake_by_ref();
            if steps < 5 {
                return std::task::Poll::Pending;
            }
            again.send(steps).unwrap();
            std::task::Poll::Ready(())
        }));
        assert_eq!(came.recv(), Ok(5));
        start(async move {
            let _dropped = done;
            panic!("for the test");
        });
        assert!(came.recv().is_err(), "it is dropped");
    }
}
