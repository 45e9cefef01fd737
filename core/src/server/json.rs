//! Bodies as JSON, and what is wrong with one that is not what is wanted.

use std::borrow::Cow;
use std::collections::HashMap;

use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::error::Category;
use serde_json::value::RawValue;

use super::fault::Fault;
use crate::contract::{Id, Ids, Own, whole};

/// Reads a body.
pub(crate) fn read<'a, T: Deserialize<'a>>(body: &'a [u8]) -> Result<T, Fault> {
    // A mark of the byte order, which some systems put before any text.
    let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
    serde_json::from_slice(body).map_err(|fault| malformed(body, &fault))
}

/// The text of a body is not repeated: it is a recording.
fn malformed(body: &[u8], fault: &serde_json::Error) -> Fault {
    let message = match fault.classify() {
        _ if body.is_empty() => "the body is empty; send JSON".to_owned(),
        Category::Syntax | Category::Eof if !looks_like_json(body) => return not_json(body),
        Category::Data => match misfit(body) {
            Some((member, wanted)) => {
                return Fault::invalid(member, format!("the member `{member}` has the wrong type; send {wanted}"));
            }
            None => "the body is not a JSON object, or it has a member twice; send an object in which each member \
                     stands once"
                .to_owned(),
        },
        _ => {
            format!("the body is not valid JSON at line {}, column {}; check its syntax", fault.line(), fault.column())
        }
    };
    Fault::new(StatusCode::BAD_REQUEST, "CMN-103", message)
}

fn looks_like_json(body: &[u8]) -> bool {
    matches!(body.trim_ascii_start().first(), Some(b'{' | b'['))
}

/// A body that is something else, and what to send in its place.
fn not_json(body: &[u8]) -> Fault {
    let start = body.trim_ascii_start();
    let form = || start.iter().take(200).position(|byte| *byte == b'=').is_some_and(|at| at > 0 && at < 40);
    let what = if start.starts_with(b"--") {
        "a multipart form"
    } else if start.starts_with(b"b'") || start.starts_with(b"b\"") || start.starts_with(b"'") {
        "the text form of a Python value"
    } else if start.iter().take(512).any(|byte| *byte == 0 || *byte >= 0x80) {
        "the bytes of a recording"
    } else if form() {
        "a form"
    } else {
        "not JSON"
    };
    let message = format!(
        "the body is {what}; send JSON, such as {{\"speakerId\": \"ada\", \"encoding\": \"Wav\", \"content\": \
         \"UklGR...\"}} \
         with the recording in base64"
    );
    Fault::new(StatusCode::BAD_REQUEST, "CMN-103", message)
}

/// The first member of a body that is not of its type, and what that is.
fn misfit(body: &[u8]) -> Option<(&'static str, &'static str)> {
    const TEXT: &str = "text";
    const ID: &str = "an id, as text";
    const IDS: &str = "a list of at most 1000 ids, as text";
    const TRUTH: &str = "true or false";
    const OWN: &str = "an object with the consent record of the speaker as `consent`";
    let members: HashMap<Cow<'_, str>, &RawValue> = serde_json::from_slice(body).ok()?;
    let fits = |name: &str, wanted| {
        let Some(member) = members.get(name).map(|raw| raw.get()) else { return true };
        match wanted {
            TEXT => serde_json::from_str::<Option<Cow<'_, str>>>(member).is_ok(),
            ID => serde_json::from_str::<Option<Id>>(member).is_ok(),
            IDS => serde_json::from_str::<Option<Ids>>(member).is_ok(),
            OWN => serde_json::from_str::<Option<Own>>(member).is_ok(),
            TRUTH => serde_json::from_str::<Option<bool>>(member).is_ok(),
            _ => whole(&mut serde_json::Deserializer::from_str(member)).is_ok(),
        }
    };
    let known = [
        ("speakerId", ID),
        ("enrollmentId", ID),
        ("encoding", TEXT),
        ("languageCode", TEXT),
        ("content", TEXT),
        ("contentUri", TEXT),
        ("speakerIds", IDS),
        ("enrollmentIds", IDS),
        ("everybody", TRUTH),
        ("separateSpeakerPerChannel", TRUTH),
        ("enableSpeakerDiarization", TRUTH),
        ("speakerCount", "a whole number"),
        ("voiceroll", OWN),
    ];
    known.into_iter().find(|(name, wanted)| !fits(name, wanted))
}
