//! How much is let in at once: bytes of bodies, requests that wait, and work in hand. Each account has its share.

use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::header::CONTENT_LENGTH;
use axum::http::{HeaderMap, StatusCode};
use http_body_util::BodyExt;
use tokio::time::{Instant, timeout_at};

use super::fault::Fault;
use super::shares::{Share, Shares};
use super::turns::{Turn, Turns};
use crate::runtime::workers;
use crate::types::call_options::CancelOnDrop;
use crate::{CancelToken, Registry, blocking};

/// A body must have come within this.
pub(crate) const WHOLE: Duration = Duration::from_secs(120);
/// A body may take so long, and longer for as long as so many bytes come in a second: 32 kbit/s.
const PATIENCE: Duration = Duration::from_secs(10);
const SLOWEST: u64 = 4 << 10;
/// A body without a recording: a log-in, a job. It must have come within so long.
const SMALL: u64 = 64 << 10;
const SMALL_WHOLE: Duration = Duration::from_secs(10);
/// Bodies in memory at once, in bytes.
const ROOM: u64 = 160 << 20;
/// How much base64 and JSON add to a recording, at most: a third, line breaks, escapes.
const SWELL: f64 = 1.5;
const AROUND: u64 = 64 << 10;
/// Live sessions at once.
const SESSIONS: u64 = 64;
/// Looks into a store at once.
const LOOKS: usize = 4;

/// A body, and its share of the room, to be held as long as it is in memory.
pub(crate) struct Intake {
    pub(crate) bytes: Bytes,
    pub(crate) room: (Share, Share),
}

/// Lets in what there is room for.
pub(crate) struct Gate {
    waiting: Arc<Shares>,
    sessions: Arc<Shares>,
    room: Arc<Shares>,
    work: Arc<Turns>,
    looks: Arc<Turns>,
    max_recording: u64,
}

impl Gate {
    pub(crate) fn new(max_recording: u64, queue: usize) -> Self {
        Self {
            waiting: Shares::new(queue as u64),
            sessions: Shares::new(SESSIONS),
            // So that a third account finds room for a recording still.
            room: Shares::new(ROOM.max(4 * body_of(max_recording))),
            work: Turns::new(workers::cores()),
            looks: Turns::new(LOOKS),
            max_recording,
        }
    }

    pub(crate) fn max_recording(&self) -> u64 {
        self.max_recording
    }

    /// Reads a body with a recording, as far as there is room for what arrives.
    pub(crate) async fn take(&self, account: &Arc<str>, headers: &HeaderMap, body: Body) -> Result<Intake, Fault> {
        let most = body_of(self.max_recording);
        if declared(headers).is_some_and(|length| length > most) {
            return Err(Fault::too_large(self.max_recording));
        }
        let (Some(place), Some(mut room)) = (self.waiting.take(account, 1), self.room.take(account, 0)) else {
            return Err(Fault::busy(2));
        };
        match read(body, most, WHOLE, |held| room.grow_to(held)).await {
            Ok(bytes) => Ok(Intake { bytes, room: (place, room) }),
            Err(Unread::TooMuch) => Err(Fault::too_large(self.max_recording)),
            Err(unread) => Err(unread.into()),
        }
    }

    /// A place for a live session, and room for its sound, which grows with what arrives.
    pub(crate) fn session(&self, account: &Arc<str>) -> Option<(Share, Share)> {
        self.sessions.take(account, 1).zip(self.room.take(account, 0))
    }

    /// A turn to listen to recordings: as many as there are cores have one.
    pub(crate) async fn turn(&self, account: &Arc<str>) -> Result<Turn, Fault> {
        self.work.turn(account).await.ok_or_else(Fault::internal)
    }

    /// A turn to look into a store.
    pub(crate) async fn look(&self, account: &Arc<str>) -> Result<Turn, Fault> {
        self.looks.turn(account).await.ok_or_else(Fault::internal)
    }
}

/// Listens to a recording on a thread of its own, which makes way for others now and then. It stops when this is
/// dropped.
pub(crate) async fn listen<T: Send + 'static>(
    turn: Turn,
    registry: &Registry,
    work: impl FnOnce(&blocking::Registry) -> crate::Result<T> + Send + 'static,
) -> crate::Result<T> {
    let abandoned = CancelOnDrop(CancelToken::new());
    let turn = Arc::new(turn);
    let pausing = Arc::clone(&turn);
    let control = registry.call_options().clone().cancel_with(&abandoned.0).pausing(move || pausing.pause());
    let registry = blocking::Registry::from(registry.with(control));
    let done = tokio::task::spawn_blocking(move || {
        let done = work(&registry);
        drop((registry, turn));
        done
    });
    done.await.unwrap_or_else(|_| Err(workers::stopped()))
}

/// Reads a body that has no recording in it, such as a log-in.
pub(crate) async fn small(headers: &HeaderMap, body: Body) -> Result<Bytes, Fault> {
    if declared(headers).is_some_and(|length| length > SMALL) {
        return Err(Unread::TooMuch.into());
    }
    read(body, SMALL, SMALL_WHOLE, |_| true).await.map_err(Fault::from)
}

fn declared(headers: &HeaderMap) -> Option<u64> {
    headers.get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

/// The most bytes of a body with a recording of so many.
fn body_of(recording: u64) -> u64 {
    (recording as f64 * SWELL) as u64 + AROUND
}

enum Unread {
    TooMuch,
    NoRoom,
    Late,
    Broken,
}

impl From<Unread> for Fault {
    fn from(unread: Unread) -> Self {
        match unread {
            Unread::TooMuch => {
                let message = "the body has more than 64 KiB, the limit for jobs; send the URL of the recording as \
                               `contentUri`, not the recording";
                Fault::new(StatusCode::PAYLOAD_TOO_LARGE, "CMN-104", message)
            }
            Unread::NoRoom => Fault::busy(2),
            Unread::Late => {
                let message = "the body did not arrive in time; send it at 4 KiB/s or more";
                Fault::new(StatusCode::REQUEST_TIMEOUT, "CMN-104", message)
            }
            Unread::Broken => Fault::new(
                StatusCode::BAD_REQUEST,
                "CMN-104",
                "the connection was lost before the end of the body; send the request again",
            ),
        }
    }
}

/// Reads a body of at most so many bytes, in at most so much time; `hold` says whether there is memory for so much.
async fn read(mut body: Body, most: u64, whole: Duration, mut hold: impl FnMut(u64) -> bool) -> Result<Bytes, Unread> {
    let start = Instant::now();
    let mut read: Vec<u8> = Vec::new();
    loop {
        let patience = PATIENCE + Duration::from_secs(read.len() as u64 / SLOWEST);
        match timeout_at(start + whole.min(patience), body.frame()).await {
            Err(_) => return Err(Unread::Late),
            Ok(None) => return Ok(read.into()),
            Ok(Some(Err(_))) => return Err(Unread::Broken),
            Ok(Some(Ok(frame))) => {
                let Ok(data) = frame.into_data() else { continue };
                if (read.len() + data.len()) as u64 > most {
                    return Err(Unread::TooMuch);
                }
                if read.capacity() - read.len() < data.len() {
                    // Half as much again, so that it is not moved for every packet.
                    read.reserve_exact((read.len() / 2).max(data.len()));
                    if !hold(read.capacity() as u64) {
                        return Err(Unread::NoRoom);
                    }
                }
                read.extend_from_slice(&data);
            }
        }
    }
}
