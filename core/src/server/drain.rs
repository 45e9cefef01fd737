//! What an answer leaves of its request. Whoever is still sending does not hear an answer, so it is read.

use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody};
use axum::extract::Request;
use axum::http::StatusCode;
use axum::http::header::EXPECT;
use axum::middleware::Next;
use axum::response::Response;
use http_body::{Frame, SizeHint};
use http_body_util::BodyExt;
use tokio::time::{Instant, timeout_at};

use super::intake::WHOLE;

/// The most bytes that are read for nothing.
const MOST: u64 = 64 << 20;
/// For so long, and longer for as long as so many bytes come in a second.
const PATIENCE: Duration = Duration::from_secs(10);
const SLOWEST: u64 = 16 << 10;

/// A body that is lent to whoever answers the request.
struct Lent(Arc<Mutex<Kept>>);

struct Kept {
    body: Body,
    /// Whether any of it was asked for.
    touched: bool,
}

impl Lent {
    fn lock(&self) -> MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl HttpBody for Lent {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        let mut kept = self.lock();
        kept.touched = true;
        Pin::new(&mut kept.body).poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.lock().body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.lock().body.size_hint()
    }
}

/// Answers a request and reads what is left of it. One who asked first whether to send (RFC 9110, section 10.1.1) is
/// told no by the answer.
pub(crate) async fn finish(request: Request, next: Next) -> Response {
    let end = Instant::now() + WHOLE;
    let asked = request.headers().contains_key(EXPECT);
    let (parts, body) = request.into_parts();
    if body.is_end_stream() {
        return next.run(Request::from_parts(parts, body)).await;
    }
    let kept = Arc::new(Mutex::new(Kept { body, touched: false }));
    let response = next.run(Request::from_parts(parts, Body::new(Lent(Arc::clone(&kept))))).await;
    let rest = Lent(kept);
    let unsent = asked && !rest.lock().touched;
    // Whoever was too slow is not waited for again.
    if !unsent && response.status() != StatusCode::REQUEST_TIMEOUT {
        read(rest, end).await;
    }
    response
}

async fn read(mut rest: Lent, end: Instant) {
    let start = Instant::now();
    let mut bytes = 0;
    while !rest.is_end_stream() && bytes < MOST {
        let patience = PATIENCE + Duration::from_secs(bytes / SLOWEST);
        match timeout_at(end.min(start + patience), rest.frame()).await {
            Ok(Some(Ok(frame))) => bytes += frame.data_ref().map_or(0, |data| data.len() as u64),
            _ => return,
        }
    }
}
