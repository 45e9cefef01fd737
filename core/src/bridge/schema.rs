//! The JSON of the bridge, as a JSON Schema made from the types themselves.

use schemars::generate::SchemaSettings;
use schemars::{Schema, SchemaGenerator};
use serde_json::{Map, Value, json};

use super::operation::OPERATIONS;
use super::{ErrorBody, Settings, Source};
#[cfg(feature = "remote")]
use crate::Job;
use crate::Progress;

/// Every request and every reply of the bridge.
pub fn schema() -> Value {
    let mut asked = SchemaSettings::draft2020_12().for_deserialize().into_generator();
    let mut said = SchemaSettings::draft2020_12().for_serialize().into_generator();
    let (mut requests, mut replies) = (Vec::new(), Map::new());
    for (verb, args, reply) in OPERATIONS {
        let args = args(&mut asked);
        let required = required(&asked, &args);
        requests.push(request(verb, &args, required));
        replies.insert((*verb).to_owned(), reply(&mut said).to_value());
    }
    let mut document = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Requests and replies of Voiceroll",
        "type": "object",
        "properties": {
            "settings": asked.subschema_for::<Settings>(),
            "request": {
                "description": "What a call is asked to do: an operation with its arguments.",
                "oneOf": requests,
            },
            "recording": asked.subschema_for::<Source>(),
            "progress": said.subschema_for::<Progress>(),
            "error": said.subschema_for::<ErrorBody<'_>>(),
            "replies": { "type": "object", "properties": replies },
        },
    });
    #[cfg(feature = "remote")]
    {
        document["properties"]["callback"] = said.subschema_for::<Job>().to_value();
    }
    let mut types = asked.take_definitions(true);
    types.append(&mut said.take_definitions(true));
    types.sort_keys();
    document["$defs"] = Value::Object(types);
    plain(&mut document);
    document
}

/// A request for one operation.
fn request(verb: &str, args: &Schema, required: bool) -> Value {
    let mut needed = vec!["verb"];
    if required {
        needed.push("args");
    }
    json!({
        "type": "object",
        "properties": {
            "verb": { "const": verb },
            "args": args,
            "progress": { "type": "boolean", "default": false, "description": "Whether progress is reported." },
        },
        "required": needed,
        "additionalProperties": false,
    })
}

/// Whether any of some arguments must be there.
fn required(types: &SchemaGenerator, args: &Schema) -> bool {
    let name = args.get("$ref").and_then(Value::as_str).and_then(|path| path.rsplit('/').next());
    name.and_then(|name| types.definitions().get(name)).is_some_and(|args| args.get("required").is_some())
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
        let Some((word, target)) = after.split_once(']') else {
            rest = after;
            break;
        };
        plain += word;
        rest = target.strip_prefix('(').and_then(|link| link.split_once(')')).map_or(target, |(_, target)| target);
    }
    plain + rest
}
