//! A recording that comes in the body of a request.

use axum::http::HeaderMap;
use tokio::sync::OwnedSemaphorePermit;

use super::Shared;
use super::fault::Fault;
use super::intake::Intake;
use super::json;
use crate::wire::{Asked, AudioInput, decode_base64};
use crate::{Encoding, Recording};

/// What a body brought, and its share of what can be done at once.
pub(crate) struct Content {
    pub(crate) speaker_id: Option<String>,
    pub(crate) asked: Asked,
    pub(crate) recording: Recording,
    pub(crate) turn: (OwnedSemaphorePermit, OwnedSemaphorePermit, Option<OwnedSemaphorePermit>),
}

impl Content {
    /// Takes a body in, and waits for its turn.
    pub(crate) async fn take(state: &Shared, headers: &HeaderMap, body: axum::body::Body) -> Result<Self, Fault> {
        let Intake { bytes, room: (place, room) } = state.gate.take(headers, body).await?;
        let turn = state.gate.turn().await;
        let most = state.gate.max_recording();
        let (speaker_id, asked, recording) =
            tokio::task::spawn_blocking(move || read(&bytes, most)).await.map_err(|_| Fault::internal())??;
        Ok(Self { speaker_id, asked, recording, turn: (place, room, turn) })
    }
}

fn read(bytes: &[u8], most: u64) -> Result<(Option<String>, Asked, Recording), Fault> {
    let input: AudioInput<'_> = json::read(bytes)?;
    let Some(encoding) = input.encoding else {
        return Err(Fault::invalid("encoding", "the member `encoding` is missing"));
    };
    let encoding: Encoding = encoding.parse().map_err(|error| Fault::from(error).about("encoding"))?;
    let Some(content) = input.content else {
        return Err(Fault::invalid("content", "the member `content`, the recording in base64, is missing"));
    };
    let content =
        decode_base64(&content).ok_or_else(|| Fault::invalid("content", "the member `content` is not base64"))?;
    if content.len() as u64 > most {
        return Err(Fault::too_large(most));
    }
    let recording = Recording::from_bytes(content).encoding(encoding);
    let given = |id: Option<String>| id.filter(|id| !id.is_empty());
    let speaker_id = match (given(input.speaker_id), given(input.enrollment_id)) {
        (Some(one), Some(other)) if one != other => {
            return Err(Fault::invalid("speakerId", "`speakerId` and `enrollmentId` are two ids; send one"));
        }
        (one, other) => one.or(other),
    };
    Ok((speaker_id, input.asked, recording))
}
