//! How much is let in at once: bytes of bodies, requests that wait, and work in hand.

use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody};
use axum::extract::Request;
use axum::http::header::{CONTENT_LENGTH, EXPECT};
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::Next;
use axum::response::Response;
use http_body::{Frame, SizeHint};
use http_body_util::BodyExt;
use serde::Deserialize;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, timeout_at};

use super::fault::Fault;
use crate::jobs;

/// A body must have come within this.
const WHOLE: Duration = Duration::from_secs(120);
/// What is still read of a body that is refused, so that its sender hears why.
const DRAINED: u64 = 64 << 20;
/// For so long, and longer for as long as so many bytes come in a second.
const DRAIN: Duration = Duration::from_secs(10);
const SLOWEST: u64 = 16 << 10;
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

/// Reads a body as JSON.
pub(crate) fn json<'a, T: Deserialize<'a>>(bytes: &'a [u8]) -> Result<T, Fault> {
    // A mark of the byte order, which some systems put before any text.
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    serde_json::from_slice(bytes).map_err(|fault| Fault::malformed(bytes, &fault))
}

/// A body that is lent to whoever answers the request, so that what is left of it can be read afterwards.
struct Lent {
    body: Arc<Mutex<Body>>,
    touched: Arc<AtomicBool>,
}

impl HttpBody for Lent {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        self.touched.store(true, Ordering::Relaxed);
        Pin::new(&mut *self.body.lock().unwrap_or_else(PoisonError::into_inner)).poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.body.lock().unwrap_or_else(PoisonError::into_inner).is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.lock().unwrap_or_else(PoisonError::into_inner).size_hint()
    }
}

/// Reads what an answer left of its request: whoever is still sending does not hear it. One who asked first
/// whether to send (RFC 9110, section 10.1.1) is told no by the answer.
pub(crate) async fn finish(request: Request, next: Next) -> Response {
    let end = Instant::now() + WHOLE;
    let asked = request.headers().contains_key(EXPECT);
    let (parts, body) = request.into_parts();
    if body.is_end_stream() {
        return next.run(Request::from_parts(parts, body)).await;
    }
    let (body, touched) = (Arc::new(Mutex::new(body)), Arc::new(AtomicBool::new(false)));
    let lent = Lent { body: Arc::clone(&body), touched: Arc::clone(&touched) };
    let response = next.run(Request::from_parts(parts, Body::new(lent))).await;
    if !asked || touched.load(Ordering::Relaxed) {
        drain(Lent { body, touched }, end).await;
    }
    response
}

async fn drain(mut body: Lent, end: Instant) {
    let start = Instant::now();
    let mut drained = 0;
    while !body.is_end_stream() && drained < DRAINED {
        let patience = DRAIN + Duration::from_secs(drained / SLOWEST);
        match timeout_at(end.min(start + patience), body.frame()).await {
            Ok(Some(Ok(frame))) => drained += frame.data_ref().map_or(0, |data| data.len() as u64),
            _ => return,
        }
    }
}
