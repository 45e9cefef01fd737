//! Between the contract and the types of a registry.

use std::collections::HashSet;

use axum::http::StatusCode;

use super::fault::Fault;
use crate::contract::{Asked, DiarizeSegment, NOT_IDENTIFIED};
use crate::{DiarizeOptions, ErrorKind, Segment, SpeakerId};

/// In place of the id of a speaker who was deleted, in the request of a job that waits; no id looks so.
pub(crate) const DELETED: &str = "(deleted)";

/// How a conversation is taken apart for a job.
pub(crate) fn options(asked: &Asked) -> Result<DiarizeOptions, Fault> {
    let mut options = DiarizeOptions::new().per_channel(asked.separate_speaker_per_channel.unwrap_or(false));
    // In RingCentral's API, -1 and 0 mean unknown.
    match asked.speaker_count {
        None | Some(-1 | 0) => {}
        // Each channel is one, however many there are.
        Some(1..=20) if asked.separate_speaker_per_channel == Some(true) => {}
        Some(count @ 1..=20) => options = options.speakers(count as u32),
        Some(_) => {
            return Err(Fault::invalid("speakerCount", "`speakerCount` is out of range; use 1 to 20, or omit it"));
        }
    }
    Ok(options)
}

/// The ids that a body names, each once, if it names any.
pub(crate) fn ids(asked: &Asked) -> Result<Option<Vec<SpeakerId>>, Fault> {
    if asked.contradicts() {
        return Err(Fault::invalid("speakerIds", "`speakerIds` and `enrollmentIds` differ; send only one of them"));
    }
    let Some(listed) = asked.speakers() else { return Ok(None) };
    if listed.iter().any(|id| id == DELETED) {
        let message = "a speaker of this job was deleted before the job ran; submit the job again without that speaker";
        return Err(Fault::new(StatusCode::BAD_REQUEST, "CAI-102", message).about(asked.named()));
    }
    let mut seen = HashSet::new();
    let mut ids = Vec::new();
    for id in listed {
        let id: SpeakerId = id.parse().map_err(|error| Fault::from(error).naming(asked.named()))?;
        if seen.insert(id.clone()) {
            ids.push(id);
        }
    }
    Ok(Some(ids))
}

/// A speaker in a body, in this member, who is not there: the address exists, so it is not 404.
pub(crate) fn unnamed(member: &'static str) -> impl Fn(crate::Error) -> Fault {
    move |error| {
        let missing = matches!(error.kind(), ErrorKind::NotFound | ErrorKind::Incomplete);
        let mut fault = Fault::from(error);
        if missing {
            fault.status = StatusCode::BAD_REQUEST;
            fault = fault.naming(member);
        }
        fault
    }
}

pub(crate) fn identified(segment: &Segment) -> DiarizeSegment {
    let id = segment.speaker_id.as_ref().map_or(NOT_IDENTIFIED, |id| id.as_str());
    DiarizeSegment { speaker_id: id.to_owned(), start: segment.start, end: segment.end, confidence: segment.confidence }
}

/// Segments as the contract calls their speakers: enrolled ones by their ids, others 0, 1, 2.
pub(crate) fn labelled(segments: &[Segment]) -> Vec<DiarizeSegment> {
    let mut others: Vec<&SpeakerId> = Vec::new();
    let mut named = Vec::with_capacity(segments.len());
    for segment in segments {
        let speaker_id = match &segment.speaker_id {
            Some(id) if !segment.enrolled => {
                let at = others.iter().position(|other| *other == id).unwrap_or_else(|| {
                    others.push(id);
                    others.len() - 1
                });
                at.to_string()
            }
            Some(id) => id.as_str().to_owned(),
            None => NOT_IDENTIFIED.to_owned(),
        };
        named.push(DiarizeSegment {
            speaker_id,
            start: segment.start,
            end: segment.end,
            confidence: segment.confidence,
        });
    }
    named
}
