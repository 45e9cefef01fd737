//! A recording on its way to a server: JSON with base64 in it, made while it is sent.

use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};

use super::ConnectOptions;
use crate::audio::{self, Opened};
use crate::contract::Asked;
use crate::types::error::{Code, Error, Result};
use crate::{CallOptions, ConsentRecord, Encoding, Recording, SpeakerId, inspect};

/// Bytes of a recording that are turned into base64 at a time; a multiple of 3, so that no padding falls
/// in between.
const STEP: usize = 48 * 1024;

/// A recording as it is sent.
pub(super) struct Ready {
    pub(super) content: Bytes,
    pub(super) encoding: Encoding,
    /// Whether it is only the best stretch of a longer one.
    pub(super) cut: bool,
}

/// All of a recording. One in a format that the contract has no name for is sent as WAV, or, where
/// `transcode` is not wanted, as it is.
pub(super) fn whole(
    recording: &Recording,
    transcode: bool,
    options: &ConnectOptions,
    control: &CallOptions,
) -> Result<Ready> {
    let most = options.max_recording;
    let (recording, content) = recording.loaded(most)?;
    let known = Opened::new(&recording, options.limits.max_bytes)?.container.contract_encoding();
    // The server chooses a track on its own, so another is sent as a recording of that track alone.
    let as_it_is = recording.track.is_none() && (known.is_some() || !transcode);
    let (content, encoding) = if as_it_is {
        (content.ok_or_else(|| too_large(most))?, known.unwrap_or(Encoding::Wav))
    } else {
        let analysis = audio::analyze(&recording, &options.limits, control, true)?;
        (audio::whole_wav(&analysis, control)?.into(), Encoding::Wav)
    };
    if content.len() as u64 > most {
        return Err(too_large(most));
    }
    Ok(Ready { content, encoding, cut: false })
}

/// The best stretch of a recording.
pub(super) fn best(recording: &Recording, options: &ConnectOptions, control: &CallOptions) -> Result<Ready> {
    let cut = inspect::prepare(recording, &options.limits, &control.quietly())?;
    Ok(Ready { content: cut.wav.into(), encoding: Encoding::Wav, cut: true })
}

fn too_large(most: u64) -> Error {
    Error::new(
        Code::RecordingTooLarge,
        format!(
            "the recording has more than {most} bytes, the limit for uploads; shorten it, or raise `max_recording`"
        ),
    )
}

/// The body of a request. Cheap to clone: it can be sent again.
#[derive(Clone)]
pub(super) struct Upload {
    head: Bytes,
    content: Bytes,
}

const TAIL: &[u8] = b"\"}";

impl Upload {
    pub(super) fn new(
        id: Option<&SpeakerId>,
        encoding: Encoding,
        language: Option<&str>,
        asked: &Asked,
        consent: Option<&ConsentRecord>,
        content: Bytes,
    ) -> Result<Self> {
        #[derive(serde::Serialize)]
        struct Own<'a> {
            consent: &'a ConsentRecord,
        }
        #[derive(serde::Serialize)]
        #[serde(rename_all = "camelCase")]
        struct Head<'a> {
            #[serde(skip_serializing_if = "Option::is_none")]
            speaker_id: Option<&'a str>,
            /// The contract's older name, for servers that know no other.
            #[serde(skip_serializing_if = "Option::is_none")]
            enrollment_id: Option<&'a str>,
            encoding: Encoding,
            #[serde(skip_serializing_if = "Option::is_none")]
            language_code: Option<&'a str>,
            #[serde(flatten)]
            asked: &'a Asked,
            #[serde(skip_serializing_if = "Option::is_none")]
            voiceroll: Option<Own<'a>>,
        }
        let id = id.map(SpeakerId::as_str);
        let voiceroll = consent.map(|consent| Own { consent });
        let head = Head { speaker_id: id, enrollment_id: id, encoding, language_code: language, asked, voiceroll };
        let mut head = serde_json::to_vec(&head)
            .map_err(|fault| Error::new(Code::Internal, "a request could not be written").because(fault))?;
        head.pop();
        head.extend_from_slice(br#","content":""#);
        Ok(Self { head: head.into(), content })
    }

    fn len(&self) -> u64 {
        let coded = self.content.len().div_ceil(3) * 4;
        (self.head.len() + coded + TAIL.len()) as u64
    }

    pub(super) fn body(&self) -> reqwest::Body {
        reqwest::Body::wrap(Sending { left: self.len(), upload: self.clone(), at: 0, part: Part::Head })
    }
}

enum Part {
    Head,
    Content,
    Done,
}

struct Sending {
    upload: Upload,
    part: Part,
    /// How much of the recording was sent.
    at: usize,
    left: u64,
}

impl Body for Sending {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        let data = match self.part {
            Part::Done => return Poll::Ready(None),
            Part::Head => {
                self.part = Part::Content;
                self.upload.head.clone()
            }
            Part::Content => {
                let end = (self.at + STEP).min(self.upload.content.len());
                let mut coded = STANDARD.encode(&self.upload.content[self.at..end]).into_bytes();
                self.at = end;
                if end == self.upload.content.len() {
                    coded.extend_from_slice(TAIL);
                    self.part = Part::Done;
                }
                coded.into()
            }
        };
        self.left -= data.len() as u64;
        Poll::Ready(Some(Ok(Frame::data(data))))
    }

    fn is_end_stream(&self) -> bool {
        matches!(self.part, Part::Done)
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.left)
    }
}
