//! A recording that comes in the body of a request.

use std::sync::Arc;

use axum::http::HeaderMap;

use super::Shared;
use super::fault::Fault;
use super::intake::Intake;
use super::json;
use super::shares::Share;
use super::turns::Turn;
use crate::contract::{Asked, AudioInput, decode_base64};
use crate::{ConsentRecord, Encoding, Recording, SpeakerId};

/// What a body brought, and its share of what can be done at once.
pub(crate) struct Content {
    pub(crate) speaker: Named,
    pub(crate) asked: Asked,
    /// The consent to an enrollment.
    pub(crate) consent: Option<ConsentRecord>,
    pub(crate) recording: Recording,
    pub(crate) turn: Turn,
    pub(crate) room: (Share, Share),
}

impl Content {
    /// Takes a body in, and waits for its turn.
    pub(crate) async fn take(
        state: &Shared,
        account: &Arc<str>,
        headers: &HeaderMap,
        body: axum::body::Body,
    ) -> Result<Self, Fault> {
        let Intake { bytes, room } = state.gate.take(account, headers, body).await?;
        let turn = state.gate.turn(account).await?;
        let most = state.gate.max_recording();
        let (speaker, asked, consent, recording) =
            tokio::task::spawn_blocking(move || read(&bytes, most)).await.map_err(|_| Fault::internal())??;
        Ok(Self { speaker, asked, consent, recording, turn, room })
    }
}

/// The speaker whom a body names, and the member that does.
pub(crate) struct Named {
    pub(crate) id: Option<String>,
    pub(crate) member: &'static str,
}

impl Named {
    /// The speaker, whom the body must name.
    pub(crate) fn speaker(self) -> Result<SpeakerId, Fault> {
        let Self { id, member } = self;
        let missing =
            || Fault::invalid(member, format!("the member `{member}` is missing or empty; send the id of the speaker"));
        SpeakerId::parse(id.ok_or_else(missing)?).map_err(|error| Fault::from(error).naming(member))
    }
}

type Read = (Named, Asked, Option<ConsentRecord>, Recording);

fn read(bytes: &[u8], most: u64) -> Result<Read, Fault> {
    let mut input: AudioInput<'_> = json::read(bytes)?;
    let Some(encoding) = &input.encoding else {
        return Err(Fault::invalid(
            "encoding",
            "the member `encoding` is missing; send the format of the recording, such as `Wav`",
        ));
    };
    let encoding: Encoding = encoding.parse().map_err(|error| Fault::from(error).naming("encoding"))?;
    let Some(content) = input.content.take() else {
        return Err(Fault::invalid("content", "the member `content` is missing; send the recording in base64"));
    };
    let content = decode_base64(&content).ok_or_else(|| Fault::invalid("content", not_base64(&content)))?;
    if content.len() as u64 > most {
        return Err(Fault::too_large(most));
    }
    let recording = Recording::from_bytes(content).encoding(encoding);
    let asked = input.asked();
    let consent = input.voiceroll.take().and_then(|own| own.consent);
    let (one, other) = (input.speaker_id.map(|id| id.0), input.enrollment_id.map(|id| id.0));
    let named = match (one, other) {
        (Some(one), Some(other)) if !one.is_empty() && !other.is_empty() && one != other => {
            return Err(Fault::invalid("speakerId", "`speakerId` and `enrollmentId` differ; send only one of them"));
        }
        (one, Some(other)) if one.as_ref().is_none_or(String::is_empty) => {
            Named { id: Some(other), member: "enrollmentId" }
        }
        (one, _) => Named { id: one, member: "speakerId" },
    };
    Ok((Named { id: named.id.filter(|id| !id.is_empty()), ..named }, asked, consent, recording))
}

/// Says what a `content` that is not base64 is instead, and what to send.
fn not_base64(content: &str) -> String {
    let start = content.trim_start();
    let what = if start.starts_with("b'") || start.starts_with("b\"") {
        "is the text form of a Python bytes object; send `base64.b64encode(data).decode()`"
    } else if start.get(..5).is_some_and(|start| start.eq_ignore_ascii_case("data:")) {
        "is a `data:` URL without `;base64,`; encode the recording in base64"
    } else if start.starts_with("http://") || start.starts_with("https://") {
        "is a URL; send the recording itself in base64, or submit a job with the URL as `contentUri`"
    } else if content
        .chars()
        .take(512)
        .any(|letter| letter.is_control() && !letter.is_whitespace() || !letter.is_ascii())
    {
        "contains the raw bytes of a recording; encode them in base64"
    } else {
        "is not valid base64; encode the recording in base64"
    };
    format!("the member `content` {what}")
}
