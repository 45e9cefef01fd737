//! How much is let in at once: bytes of bodies, requests that wait, and work in hand.

use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::header::CONTENT_LENGTH;
use axum::http::{HeaderMap, StatusCode};
use http_body_util::BodyExt;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, timeout_at};

use super::fault::Fault;
use crate::jobs;

/// A body must have come within this.
pub(crate) const WHOLE: Duration = Duration::from_secs(120);
/// Bodies in memory at once, in bytes.
const ROOM: u64 = 160 << 20;
const UNIT: u64 = 1024;
/// How much base64 and JSON add to a recording, at most: a third, line breaks, escapes.
const SWELL: f64 = 1.5;
const AROUND: u64 = 64 << 10;

/// A body, and its share of the room, to be held as long as it is in memory.
pub(crate) struct Intake {
    pub(crate) bytes: Bytes,
    pub(crate) room: (OwnedSemaphorePermit, OwnedSemaphorePermit),
}

/// Lets in what there is room for.
pub(crate) struct Gate {
    waiting: Arc<Semaphore>,
    room: Arc<Semaphore>,
    work: Arc<Semaphore>,
    max_recording: u64,
}

impl Gate {
    pub(crate) fn new(max_recording: u64, queue: usize) -> Self {
        let room = ROOM.max(2 * body_of(max_recording));
        Self {
            waiting: Arc::new(Semaphore::new(queue)),
            room: Arc::new(Semaphore::new((room / UNIT) as usize)),
            work: Arc::new(Semaphore::new(jobs::cores())),
            max_recording,
        }
    }

    pub(crate) fn max_recording(&self) -> u64 {
        self.max_recording
    }

    /// Reads a body, if there is room for it.
    pub(crate) async fn take(&self, headers: &HeaderMap, body: Body) -> Result<Intake, Fault> {
        let most = body_of(self.max_recording);
        let declared = headers.get(CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse::<u64>().ok());
        if declared.is_some_and(|length| length > most) {
            return Err(Fault::too_large(self.max_recording));
        }
        let units = declared.unwrap_or(most).div_ceil(UNIT).max(1) as u32;
        let place = Arc::clone(&self.waiting).try_acquire_owned();
        let room = Arc::clone(&self.room).try_acquire_many_owned(units);
        let (Ok(place), Ok(room)) = (place, room) else { return Err(Fault::busy(2)) };
        let bytes = read(body, most, declared.unwrap_or(0)).await;
        match bytes {
            Ok(bytes) => Ok(Intake { bytes, room: (place, room) }),
            Err(Unread::TooMuch) => Err(Fault::too_large(self.max_recording)),
            Err(Unread::Late) => {
                Err(Fault::new(StatusCode::REQUEST_TIMEOUT, "CMN-104", "the body did not come in time"))
            }
            Err(Unread::Broken) => Err(Fault::new(StatusCode::BAD_REQUEST, "CMN-104", "the body broke off")),
        }
    }

    /// A turn to work: as many as there are cores have one.
    pub(crate) async fn turn(&self) -> Option<OwnedSemaphorePermit> {
        // It is never closed.
        Arc::clone(&self.work).acquire_owned().await.ok()
    }
}

/// The most bytes of a body with a recording of so many.
fn body_of(recording: u64) -> u64 {
    (recording as f64 * SWELL) as u64 + AROUND
}

enum Unread {
    TooMuch,
    Late,
    Broken,
}

async fn read(mut body: Body, most: u64, expected: u64) -> Result<Bytes, Unread> {
    let end = Instant::now() + WHOLE;
    let mut read: Vec<u8> = Vec::with_capacity(expected as usize);
    loop {
        match timeout_at(end, body.frame()).await {
            Err(_) => return Err(Unread::Late),
            Ok(None) => return Ok(read.into()),
            Ok(Some(Err(_))) => return Err(Unread::Broken),
            Ok(Some(Ok(frame))) => {
                let Ok(data) = frame.into_data() else { continue };
                if (read.len() + data.len()) as u64 > most {
                    return Err(Unread::TooMuch);
                }
                read.extend_from_slice(&data);
            }
        }
    }
}
