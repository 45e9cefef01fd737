//! Live sessions over WebSockets: sound in binary messages, events in JSON.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::ws::rejection::WebSocketUpgradeRejection;
use axum::extract::ws::{CloseFrame, Message, WebSocket, WebSocketUpgrade, close_code};
use axum::extract::{Extension, State};
use axum::http::StatusCode;
use axum::response::Response;
use bytes::Bytes;
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::time::{Instant, MissedTickBehavior, interval, sleep_until, timeout};

use super::Shared;
use super::auth::{Asking, Caller};
use super::enrollments::Id;
use super::fault::Fault;
use super::listen::Peer;
use super::live_session::{Enrolls, Identifies, Session};
use super::query::{Query, flag, number, readable};
use super::shares::Share;
use crate::contract::Cause;
use crate::{Candidates, ConsentRecord, Error, ErrorKind, LiveFormat};

/// The protocol that is spoken over the socket.
pub(crate) const PROTOCOL: &str = "voiceroll.v1";

/// The most that one message may bring.
const LARGEST: usize = 1 << 20;

/// The shortest time between two events: pieces of sound that come within it are answered together.
const TOLD_EVERY: Duration = Duration::from_millis(100);

/// How often a client is asked whether it is there, and how long it may take to take an event.
const PING_EVERY: Duration = Duration::from_secs(20);
const PATIENCE: Duration = Duration::from_secs(10);

/// What a client says besides sound.
#[derive(Deserialize)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
enum Said {
    /// Before the first sound, if there is something to say.
    Start {
        #[serde(default)]
        consent: Option<ConsentRecord>,
    },
    Finish {},
    Cancel {},
}

/// `GET /voiceroll/v1/live/enrollments/{speaker_id}`: enrolls while somebody speaks.
pub(crate) async fn enroll(
    State(state): State<Shared>,
    Extension(caller): Asking,
    Id(id): Id,
    query: Query,
    peer: Option<Extension<Peer>>,
    upgrade: Upgrade,
) -> Result<Response, Fault> {
    let query = readable(query)?;
    let (format, force) = (format(&query)?, flag(&query, "force")?);
    let upgrade = upgraded(upgrade)?;
    let room = room(&state, &caller)?;
    let registry = state.registry_of(&caller).await?;
    let registry = if force { registry.forced() } else { registry };
    let socket = Socket { state, caller, room, peer };
    Ok(socket.open(upgrade, Enrolls::new(registry, id, format)))
}

/// `GET /voiceroll/v1/live/identify`: says who speaks while they speak.
pub(crate) async fn identify(
    State(state): State<Shared>,
    Extension(caller): Asking,
    query: Query,
    peer: Option<Extension<Peer>>,
    upgrade: Upgrade,
) -> Result<Response, Fault> {
    let query = readable(query)?;
    let format = format(&query)?;
    let speakers = match query.get("speaker_ids").map(String::as_str) {
        None | Some("") => Candidates::All,
        Some(ids) => ids
            .split(',')
            .map(str::parse)
            .collect::<crate::Result<_>>()
            .map_err(|error| Fault::from(error).naming("speaker_ids"))?,
    };
    let upgrade = upgraded(upgrade)?;
    let room = room(&state, &caller)?;
    let registry = state.registry_of(&caller).await?;
    // What can be known before anybody speaks is an answer of HTTP.
    let session = Identifies::start(registry, speakers, format).await?;
    let socket = Socket { state, caller, room, peer };
    Ok(socket.open(upgrade, session))
}

/// A request to speak over a WebSocket, if it is one.
type Upgrade = Result<WebSocketUpgrade, WebSocketUpgradeRejection>;

fn upgraded(upgrade: Upgrade) -> Result<WebSocketUpgrade, Fault> {
    upgrade.map_err(|_| {
        Fault::new(
            StatusCode::UPGRADE_REQUIRED,
            "CMN-104",
            "this path speaks WebSocket (RFC 6455, version 13, over HTTP/1.1); connect with a WebSocket client",
        )
    })
}

/// What the bytes are.
fn format(query: &std::collections::HashMap<String, String>) -> Result<LiveFormat, Fault> {
    let name = query.get("format").map_or("container", String::as_str);
    if name == "container" {
        return Ok(LiveFormat::container());
    }
    let missing = || Fault::invalid("sample_rate", "`sample_rate` is missing; send the samples' rate in Hz");
    let rate = number(query, "sample_rate")?.ok_or_else(missing)?;
    let channels = number(query, "channels")?.unwrap_or(1);
    let format = match name {
        "i16" => LiveFormat::i16(rate, channels),
        "f32" => LiveFormat::f32(rate, channels),
        _ => return Err(Fault::invalid("format", "`format` is unknown; use i16, f32 or container")),
    };
    format.map_err(|error| Fault::from(error).about("sample_rate"))
}

/// A place for a session, and room for its sound: each account has its share.
fn room(state: &Shared, caller: &Caller) -> Result<(Share, Share), Fault> {
    state.gate.session(&caller.account).ok_or_else(|| Fault::busy(10))
}

/// A socket that is about to be opened.
struct Socket {
    state: Shared,
    caller: Caller,
    room: (Share, Share),
    peer: Option<Extension<Peer>>,
}

/// How a session ended.
enum End {
    /// With this event.
    Done(Value),
    Cancelled,
    Failed(Box<Fault>, bool),
    /// The connection broke.
    Lost,
}

impl From<Error> for End {
    fn from(error: Error) -> Self {
        let own = error.kind() == ErrorKind::Internal;
        Self::Failed(Box::new(error.into()), own)
    }
}

impl From<Fault> for End {
    fn from(fault: Fault) -> Self {
        Self::Failed(Box::new(fault), false)
    }
}

impl Socket {
    fn open(self, upgrade: WebSocketUpgrade, session: impl Session) -> Response {
        let upgrade = upgrade.protocols([PROTOCOL]).max_message_size(LARGEST).max_frame_size(LARGEST);
        upgrade.on_upgrade(move |socket| self.serve(socket, session))
    }

    async fn serve(self, mut socket: WebSocket, mut session: impl Session) {
        let place = self.peer.as_ref().map(|Extension(peer)| Arc::clone(&peer.place));
        if place.as_ref().is_some_and(|place| !place.work()) {
            return;
        }
        let Self { state, caller, room: (_session, mut room), .. } = self;
        let start = Instant::now();
        let end = talk(&state, &caller, &mut socket, &mut session, &mut room).await;
        let outcome = match &end {
            End::Done(_) => "done",
            End::Cancelled => "cancelled",
            End::Failed(..) => "failed",
            End::Lost => "lost",
        };
        drop(session);
        tracing::info!(app = &*caller.client_id, outcome, seconds = start.elapsed().as_secs(), "a live session ended");
        let (event, code) = match end {
            End::Done(event) => (Some(event), close_code::NORMAL),
            End::Cancelled => (None, close_code::NORMAL),
            End::Failed(fault, own) => {
                (Some(refused(&fault)), if own { close_code::ERROR } else { close_code::POLICY })
            }
            End::Lost => return,
        };
        let close = async {
            if let Some(event) = event {
                socket.send(Message::Text(event.to_string().into())).await?;
            }
            let frame = CloseFrame { code, reason: "".into() };
            socket.send(Message::Close(Some(frame))).await?;
            // Until the other side has read it.
            while let Some(Ok(_)) = socket.recv().await {}
            Ok::<_, axum::Error>(())
        };
        let _ = timeout(PATIENCE, close).await;
    }
}

/// Answers messages until the session ends. It takes one at a time, so a client that sends faster has to wait.
async fn talk<S: Session>(
    state: &Shared,
    caller: &Caller,
    socket: &mut WebSocket,
    session: &mut S,
    room: &mut Share,
) -> End {
    let idle = session.patience();
    let mut ping = interval(PING_EVERY);
    ping.set_missed_tick_behavior(MissedTickBehavior::Delay);
    ping.reset();
    let mut heard = Instant::now();
    // When the next event may be sent, and what it is.
    let mut next = heard;
    let mut untold: Option<S::Event> = None;
    let mut bytes = 0u64;
    loop {
        let message = tokio::select! {
            message = socket.recv() => message,
            _ = ping.tick() => {
                if !send(socket, Message::Ping(Bytes::new())).await {
                    return End::Lost;
                }
                continue;
            }
            () = sleep_until(next), if untold.is_some() => {
                next = Instant::now() + TOLD_EVERY;
                if let Some(event) = untold.take()
                    && !tell(socket, &S::told(&event)).await
                {
                    return End::Lost;
                }
                continue;
            }
            () = sleep_until(heard + idle) => return crate::live::idle(idle).into(),
            () = state.stopping.cancelled() => return Fault::stopping().into(),
        };
        match message {
            None | Some(Err(_)) => return End::Lost,
            Some(Ok(Message::Close(_))) => return End::Cancelled,
            Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
            Some(Ok(Message::Binary(sound))) => {
                heard = Instant::now();
                bytes += sound.len() as u64;
                if bytes > state.gate.max_recording() {
                    return Fault::too_large(state.gate.max_recording()).into();
                }
                // What keeps it grows by doubling.
                if !room.grow_to(2 * bytes) {
                    return Fault::busy(10).into();
                }
                match session.push(sound).await {
                    Ok(event) => untold = Some(S::merged(untold.take(), event)),
                    Err(error) => return error.into(),
                }
            }
            Some(Ok(Message::Text(text))) => match serde_json::from_str(text.as_str()) {
                Ok(Said::Start { consent }) => {
                    if let Err(error) = session.start(consent).await {
                        return error.into();
                    }
                }
                Ok(Said::Finish {}) => return session.finish(state, caller).await.map_or_else(End::from, End::Done),
                Ok(Said::Cancel {}) => return End::Cancelled,
                Err(_) => return misunderstood().into(),
            },
        }
    }
}

fn misunderstood() -> Fault {
    Fault::invalid(
        "type",
        "the message is not understood; send sound in binary messages, and {\"type\": \"start\"}, \
         {\"type\": \"finish\"} or {\"type\": \"cancel\"} as text",
    )
}

async fn tell(socket: &mut WebSocket, event: &Value) -> bool {
    send(socket, Message::Text(event.to_string().into())).await
}

/// Sends a message; whether the client takes it.
async fn send(socket: &mut WebSocket, message: Message) -> bool {
    timeout(PATIENCE, socket.send(message)).await.is_ok_and(|sent| sent.is_ok())
}

/// An error as an event.
fn refused(fault: &Fault) -> Value {
    let body = fault.body();
    let (code, retryable, problems) = match body.voiceroll {
        Some(Cause { code, retryable, problems }) => (code.into_owned(), retryable, problems),
        None => (fault.own_code().to_owned(), fault.retry_after.is_some(), Vec::new()),
    };
    json!({ "event": "error", "error": {
        "code": code, "message": fault.message, "retryable": retryable, "problems": problems,
    } })
}
