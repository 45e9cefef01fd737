//! Bytes from one thread to another, which reads them as a file that is still being written.

use std::io;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use bytes::Bytes;

use crate::types::recording::Growing;

/// What was written so far. All of it is kept: it is the recording.
#[derive(Default)]
pub(crate) struct Pipe {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    bytes: Vec<u8>,
    /// Whether nothing more will come.
    ended: bool,
    /// Whether the reader waits for more.
    starving: bool,
    /// Whether nobody reads any more.
    left: bool,
}

impl Pipe {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn len(&self) -> usize {
        self.lock().bytes.len()
    }

    /// Adds bytes, and waits until the reader has had all of them, but no longer than `patience`.
    pub(crate) fn write(&self, bytes: &[u8], patience: Duration) {
        let mut state = self.lock();
        state.bytes.extend_from_slice(bytes);
        state.starving = false;
        self.changed.notify_all();
        let until = Instant::now() + patience;
        while !state.starving && !state.left {
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                break;
            }
            state = self.changed.wait_timeout(state, left).unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    /// Ends it and hands out all that was written.
    pub(crate) fn take(&self) -> Vec<u8> {
        let mut state = self.lock();
        state.ended = true;
        self.changed.notify_all();
        std::mem::take(&mut state.bytes)
    }

    /// Says that nobody reads any more.
    pub(crate) fn leave(&self) {
        self.lock().left = true;
        self.changed.notify_all();
    }

    /// The first bytes, at most `most`, once there are more than `than`; none if there never will be.
    pub(crate) fn head(&self, than: usize, most: usize) -> Option<Bytes> {
        let mut state = self.lock();
        loop {
            if state.bytes.len() > than {
                return Some(Bytes::copy_from_slice(&state.bytes[..state.bytes.len().min(most)]));
            }
            if state.ended {
                return None;
            }
            state = self.starve(state);
        }
    }

    fn starve<'a>(&'a self, mut state: MutexGuard<'a, State>) -> MutexGuard<'a, State> {
        state.starving = true;
        self.changed.notify_all();
        self.changed.wait(state).unwrap_or_else(PoisonError::into_inner)
    }
}

impl Growing for Pipe {
    fn read_at(&self, at: u64, buf: &mut [u8]) -> io::Result<usize> {
        let at = usize::try_from(at).unwrap_or(usize::MAX);
        let mut state = self.lock();
        loop {
            if let Some(there) = state.bytes.get(at..).filter(|there| !there.is_empty() || buf.is_empty()) {
                let count = there.len().min(buf.len());
                buf[..count].copy_from_slice(&there[..count]);
                return Ok(count);
            }
            if state.ended {
                return Ok(0);
            }
            state = self.starve(state);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    #[test]
    fn a_reader_gets_what_was_written_and_then_the_end() {
        let pipe = Arc::new(Pipe::default());
        let reader = Arc::clone(&pipe);
        let thread = std::thread::spawn(move || {
            let mut read = Vec::new();
            let mut buf = [0; 3];
            loop {
                match reader.read_at(read.len() as u64, &mut buf).unwrap() {
                    0 => break,
                    count => read.extend_from_slice(&buf[..count]),
                }
            }
            reader.leave();
            read
        });
        pipe.write(b"one ", Duration::from_secs(5));
        pipe.write(b"two", Duration::from_secs(5));
        assert_eq!(pipe.len(), 7);
        assert_eq!(pipe.take(), b"one two");
        assert_eq!(thread.join().unwrap(), b"one two");
        let start = Instant::now();
        pipe.write(b"x", Duration::from_secs(60));
        assert!(start.elapsed() < Duration::from_secs(30), "nobody reads");
    }
}
