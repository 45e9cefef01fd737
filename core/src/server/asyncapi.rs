//! The description of the live sessions, AsyncAPI 3.0. A test compares its fields with those that are sent.

use axum::Json;
use serde_json::{Value, json};

use super::live::PROTOCOL;

/// `GET /asyncapi.json`.
pub(super) async fn serve() -> Json<Value> {
    Json(json())
}

pub(super) fn json() -> Value {
    json!({
        "asyncapi": "3.0.0",
        "info": {
            "title": "Voiceroll, live sessions",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "Enrollment and identification while people speak: sound in binary messages, events as JSON in \
                text messages. The rest of the server is described by /openapi.json.",
            "license": { "name": "Apache-2.0", "url": "https://www.apache.org/licenses/LICENSE-2.0" },
        },
        "defaultContentType": "application/json",
        "servers": { "server": {
            "host": "localhost:8080",
            "protocol": "ws",
            "description": "The server, over TLS as `wss`",
            "security": [
                { "$ref": "#/components/securitySchemes/bearer" },
                { "$ref": "#/components/securitySchemes/protocol" },
            ],
        } },
        "channels": {
            "enrollment": {
                "address": "/voiceroll/v1/live/enrollments/{speaker_id}",
                "description": "Enrolls a speaker, or adds to an enrollment. Needs the scope `enroll`.",
                "parameters": { "speaker_id": { "description": "Letters, digits and underscores, 1 to 128" } },
                "messages": references(&[
                    "start", "sound", "finish", "cancel", "status", "enrolled", "error",
                ]),
                "bindings": { "ws": { "method": "GET", "query": query(&json!({
                    "force": { "type": "boolean", "default": false, "description": "Skip the same-speaker check" },
                })) } },
            },
            "identification": {
                "address": "/voiceroll/v1/live/identify",
                "description": "Says who speaks. Needs the scope `recognise`, and counts as one attempt at each speaker who \
                    is named in `speaker_ids`.",
                "messages": references(&["sound", "finish", "cancel", "update", "identified", "error"]),
                "bindings": { "ws": { "method": "GET", "query": query(&json!({
                    "speaker_ids": { "type": "string", "description": "Who may be named, with commas between; default: \
                        every speaker with a complete enrollment" },
                })) } },
            },
        },
        "operations": {
            "enroll": {
                "action": "receive",
                "channel": { "$ref": "#/channels/enrollment" },
                "summary": "What a client sends",
                "messages": of("enrollment", &["start", "sound", "finish", "cancel"]),
            },
            "enrolling": {
                "action": "send",
                "channel": { "$ref": "#/channels/enrollment" },
                "summary": "How it goes, at most ten times a second, and how it ended",
                "messages": of("enrollment", &["status", "enrolled", "error"]),
            },
            "identify": {
                "action": "receive",
                "channel": { "$ref": "#/channels/identification" },
                "summary": "What a client sends",
                "messages": of("identification", &["sound", "finish", "cancel"]),
            },
            "identifying": {
                "action": "send",
                "channel": { "$ref": "#/channels/identification" },
                "summary": "Who speaks, at most ten times a second, and who spoke",
                "messages": of("identification", &["update", "identified", "error"]),
            },
        },
        "components": {
            "securitySchemes": {
                "bearer": { "type": "http", "scheme": "bearer", "description": "As for every other path" },
                "protocol": {
                    "type": "httpApiKey", "in": "header", "name": "Sec-WebSocket-Protocol",
                    "description": format!("For scripts of a page, which cannot set other headers: offer the protocols \
                        `{PROTOCOL}` and `bearer.TOKEN`; the server chooses the first"),
                },
            },
            "messages": messages(),
            "schemas": schemas(),
        },
    })
}

fn references(names: &[&str]) -> Value {
    names.iter().map(|name| ((*name).to_owned(), json!({ "$ref": format!("#/components/messages/{name}") }))).collect()
}

fn of(channel: &str, names: &[&str]) -> Value {
    names.iter().map(|name| json!({ "$ref": format!("#/channels/{channel}/messages/{name}") })).collect()
}

/// The parameters of a channel, with those that all have.
fn query(own: &Value) -> Value {
    let mut properties = json!({
        "format": {
            "enum": ["i16", "f32", "container"], "default": "container",
            "description": "What the bytes are: samples, little-endian, channels interleaved; or a WAV, WebM, Ogg, MP3 or \
                AAC recording as it is written",
        },
        "sample_rate": { "type": "integer", "minimum": 4000, "maximum": 192_000, "description": "Of samples, in Hz" },
        "channels": { "type": "integer", "minimum": 1, "maximum": 8, "default": 1, "description": "Of samples" },
    });
    if let (Some(all), Some(own)) = (properties.as_object_mut(), own.as_object()) {
        all.extend(own.clone());
    }
    json!({ "type": "object", "properties": properties })
}

fn messages() -> Value {
    let said = |kind: &str, more: &Value, summary: &str| {
        let mut properties = json!({ "type": { "const": kind } });
        if let (Some(all), Some(more)) = (properties.as_object_mut(), more.as_object()) {
            all.extend(more.clone());
        }
        json!({ "summary": summary, "payload": { "type": "object", "required": ["type"], "properties": properties } })
    };
    let event = |name: &str, member: &str, schema: &str, summary: &str| {
        json!({ "summary": summary, "payload": {
            "type": "object", "required": ["event", member],
            "properties": {
                "event": { "const": name },
                member: { "$ref": format!("#/components/schemas/{schema}") },
            },
        } })
    };
    json!({
        "sound": {
            "summary": "The next bytes, in a binary message of at most 1 MiB, cut anywhere; all of them together have the \
                limits of a recording",
            "contentType": "application/octet-stream",
            "payload": { "type": "string", "format": "binary" },
        },
        "start": said("start", &json!({ "consent": { "type": "object", "description": "The consent record, as in a POST" } }),
            "Before the first sound, if there is something to say"),
        "finish": said("finish", &json!({}), "That was all: enrolls, or identifies all of it"),
        "cancel": said("cancel", &json!({}), "Ends the session; nothing is kept. Closing the connection does the same"),
        "status": event("status", "status", "Status", "How an enrollment goes"),
        "enrolled": event("enrolled", "enrollment", "Enrollment", "The last event of an enrollment"),
        "update": event("update", "update", "Update", "Who speaks now"),
        "identified": event("identified", "identification", "Identification", "The last event of an identification"),
        "error": event("error", "error", "Error", "The last event of a session that failed; nothing is kept"),
    })
}

fn schemas() -> Value {
    let number = |text: &str| json!({ "type": "number", "description": text });
    let maybe = |text: &str| json!({ "type": ["number", "null"], "description": text });
    let object = |properties: Value| {
        let required: Vec<&String> = properties.as_object().map(|all| all.keys().collect()).unwrap_or_default();
        json!({ "type": "object", "required": required, "properties": properties })
    };
    let segments = |text: &str| json!({ "type": "array", "items": { "$ref": "#/components/schemas/Segment" }, "description": text });
    let problems = json!({ "type": "array", "items": { "$ref": "#/components/schemas/Problem" } });
    json!({
        "Status": object(json!({
            "duration": number("Seconds of sound"),
            "speech_seconds": number("Seconds of speech"),
            "missing_seconds": number("Seconds of speech that are missing, with what was enrolled before"),
            "speaking": { "type": "boolean", "description": "Whether somebody speaks now" },
            "momentary_dbfs": maybe("Level of the last 0.4 s"),
            "level_dbfs": maybe("Level of the speech"),
            "peak_dbfs": maybe("Largest sample"),
            "clipped_ratio": number("Share of clipped samples, 0 to 1"),
            "snr_db": maybe("Signal-to-noise ratio"),
            "speakers": { "type": ["integer", "null"], "description": "How many people speak" },
            "problems": problems,
        })),
        "Problem": { "type": "object", "required": ["code", "severity", "advice"], "properties": {
            "code": { "type": "string", "description": "As an inspection has them" },
            "severity": { "enum": ["refuse", "warn", "note"] },
            "measured": maybe("In the unit of the code"),
            "limit": maybe("In the same unit"),
            "speaker_id": { "type": "string" },
            "advice": { "type": "string", "description": "What to do, in one sentence" },
        } },
        "Update": object(json!({
            "duration": number("Seconds of sound"),
            "speech_seconds": number("Seconds of speech"),
            "momentary_dbfs": maybe("Level of the last 0.4 s"),
            "speaker": { "oneOf": [{ "$ref": "#/components/schemas/Speaker" }, { "type": "null" }] },
            "segments": segments("Segments that are new or corrected: they take the place of all earlier ones that start \
                at the start of the first of them or later"),
        })),
        "Speaker": object(json!({
            "start": number("Since when, in seconds from the start of the session"),
            "speaker_id": { "type": ["string", "null"], "description": "null for somebody who is not known" },
            "confidence": number("0 to 1"),
            "decided": { "type": "boolean", "description": "Whether enough of the voice was heard" },
        })),
        "Segment": object(json!({
            "start": number("Seconds"), "end": number("Seconds"),
            "speaker_id": { "type": ["string", "null"] },
            "confidence": number("0 to 1"),
            "enrolled": { "type": "boolean" },
            "channel": { "type": ["integer", "null"] },
        })),
        "Identification": object(json!({
            "duration": number("Seconds"), "speakers": { "type": "integer" }, "segments": segments("All of them"),
        })),
        "Enrollment": object(json!({
            "speaker_id": { "type": "string" },
            "quality": { "enum": ["Poor", "Average", "Good", "High"] },
            "complete": { "type": "boolean" },
            "speech_seconds": number("Enrolled seconds of speech"),
            "total_seconds": number("With pauses"),
            "missing_seconds": number("Seconds of speech still needed"),
            "model": { "type": "string" },
            "recordings": { "type": "array", "items": { "type": "object" } },
        })),
        "Error": object(json!({
            "code": { "type": "string", "description": "A code of the libraries, such as session_idle" },
            "message": { "type": "string", "description": "What is wrong and what to do" },
            "retryable": { "type": "boolean" },
            "problems": problems,
        })),
    })
}
