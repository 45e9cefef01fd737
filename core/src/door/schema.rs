//! The JSON of the doors, as a JSON Schema made from the types themselves.

use std::borrow::Cow;

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::{Map, Value, json};

use super::verbs::Cut;
use super::{Request, Settings, Source, Told};
use crate::{
    CallIdentification, Diarization, Enrollment, Identification, Inspection, Job, JobResult, Page, Progress, SpeakerId,
    Verification,
};

type Reply = fn(&mut SchemaGenerator) -> Schema;

/// What each verb gives back.
const REPLIES: [(&str, Reply); 19] = [
    ("inspect", SchemaGenerator::subschema_for::<Inspection>),
    ("prepare", SchemaGenerator::subschema_for::<Cut>),
    ("enroll", SchemaGenerator::subschema_for::<Enrollment>),
    ("create", SchemaGenerator::subschema_for::<Enrollment>),
    ("update", SchemaGenerator::subschema_for::<Enrollment>),
    ("get", SchemaGenerator::subschema_for::<Enrollment>),
    ("list", SchemaGenerator::subschema_for::<Page>),
    ("delete", SchemaGenerator::subschema_for::<()>),
    ("remove_sample", SchemaGenerator::subschema_for::<Enrollment>),
    ("verify", SchemaGenerator::subschema_for::<Verification>),
    ("identify", SchemaGenerator::subschema_for::<Identification>),
    ("diarize", SchemaGenerator::subschema_for::<Diarization>),
    ("model", SchemaGenerator::subschema_for::<String>),
    ("enrolled_otherwise", SchemaGenerator::subschema_for::<Vec<(SpeakerId, String)>>),
    ("log_out", SchemaGenerator::subschema_for::<()>),
    ("submit", SchemaGenerator::subschema_for::<String>),
    ("job", SchemaGenerator::subschema_for::<Job>),
    ("wait", SchemaGenerator::subschema_for::<JobResult>),
    ("identify_call", SchemaGenerator::subschema_for::<CallIdentification>),
];

/// A verb's name.
pub(super) struct Verb;

impl JsonSchema for Verb {
    fn schema_name() -> Cow<'static, str> {
        "Verb".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "enum": REPLIES.map(|(verb, _)| verb) })
    }
}

/// Every request, and every reply, of the doors.
pub fn schema() -> Value {
    let mut asked = SchemaSettings::draft2020_12().for_deserialize().into_generator();
    let mut said = SchemaSettings::draft2020_12().for_serialize().into_generator();
    let replies: Map<String, Value> =
        REPLIES.iter().map(|(verb, reply)| ((*verb).to_owned(), reply(&mut said).to_value())).collect();
    let mut document = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "What goes through the doors of Voiceroll",
        "type": "object",
        "properties": {
            "settings": asked.subschema_for::<Settings>(),
            "request": asked.subschema_for::<Request>(),
            "recording": asked.subschema_for::<Source>(),
            "callback": said.subschema_for::<Job>(),
            "progress": said.subschema_for::<Progress>(),
            "error": said.subschema_for::<Told<'_>>(),
            "replies": { "type": "object", "properties": replies },
        },
    });
    let mut types = asked.take_definitions(true);
    types.append(&mut said.take_definitions(true));
    types.sort_keys();
    document["$defs"] = Value::Object(types);
    plain(&mut document);
    document
}

/// Rustdoc's links lead nowhere outside Rust: their words stay.
fn plain(value: &mut Value) {
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                match member {
                    Value::String(text) if name == "description" => *text = without_links(text),
                    _ => plain(member),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(plain),
        _ => {}
    }
}

fn without_links(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('[') {
        plain += before;
        let Some((word, behind)) = after.split_once(']') else {
            rest = after;
            break;
        };
        plain += word;
        rest = behind.strip_prefix('(').and_then(|link| link.split_once(')')).map_or(behind, |(_, behind)| behind);
    }
    plain + rest
}
