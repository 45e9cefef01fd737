//! The contract that every language passes, `tests/cases`, run through the face that all packages stand on.
#![allow(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

mod common;
#[path = "faults/scripted.rs"]
#[allow(dead_code, reason = "the tests of faults use the rest")]
mod scripted;
#[path = "remote/store.rs"]
mod store;

use std::io::Write;
use std::time::{Duration, Instant};

use common::{clip, clip_bytes, clip_path};
use scripted::{JWT, SECRET, Scripted};
use serde_json::{Value, json};
use voiceroll::bridge::{Bridge, Call, Next, StartOptions, error_json, samples};
use voiceroll::{CancelToken, Recording};

/// Cases that this runner cannot do yet.
const MISSING: [&str; 0] = [];

#[test]
fn inspecting() {
    run(include_str!("../../tests/cases/inspect.json"));
}

#[test]
fn enrolling() {
    run(include_str!("../../tests/cases/enroll.json"));
}

#[test]
fn the_roll() {
    run(include_str!("../../tests/cases/roll.json"));
}

#[test]
fn recognizing() {
    run(include_str!("../../tests/cases/recognize.json"));
}

#[test]
fn steering() {
    run(include_str!("../../tests/cases/steering.json"));
}

#[test]
fn custody() {
    run(include_str!("../../tests/cases/custody.json"));
}

#[test]
fn faults() {
    run(include_str!("../../tests/cases/faults.json"));
}

fn run(file: &str) {
    let file: Value = serde_json::from_str(file).unwrap();
    let mut failed = Vec::new();
    for case in file["cases"].as_array().unwrap() {
        let name = case["name"].as_str().unwrap();
        assert!(!MISSING.contains(&name));
        for place in case["where"].as_array().unwrap_or(&vec![json!("embedded"), json!("server")]) {
            if let Err(why) = try_case(case, place.as_str().unwrap()) {
                failed.push(format!("{name}, {place}: {why}"));
            }
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

fn try_case(case: &Value, place: &str) -> Result<(), String> {
    let folder = tempfile::tempdir().unwrap();
    let connect = |url: &str, id: &str, secret: &str, jwt: &str, inspect: bool| {
        let settings = json!({
            "url": url, "client_id": id, "client_secret": secret, "jwt": jwt, "inspect": inspect,
        });
        Bridge::open(&settings.to_string()).unwrap()
    };
    let (mut served, mut misbehaving) = (None, None);
    let mut kept = vec![("$FOLDER".to_owned(), folder.path().to_str().unwrap().to_owned())];
    let mut bridge = match place {
        "free" => Bridge::free(),
        "embedded" => {
            let mut settings = told(case.get("open").unwrap_or(&json!({})), &kept);
            settings["path"] = json!(folder.path().join("voices.db"));
            Bridge::open(&settings.to_string()).unwrap()
        }
        "server" => {
            let running = &served.insert(store::Store::new()).folder;
            let login = &running.credentials;
            connect(&running.url, &login.client_id, &login.client_secret, &login.jwt, true)
        }
        _ => connect(&misbehaving.insert(Scripted::told(case)).url, "app", SECRET, JWT, false),
    };
    for before in case["given"].as_array().into_iter().flatten() {
        step(&mut bridge, before, &mut kept).map_err(|error| format!("given: {error}"))?;
    }
    let call = told(&case["call"], &kept);
    let expect = &case["expect"];
    let (mut reports, started) = (Vec::new(), Instant::now());
    let found = match call["verb"].as_str() {
        Some("open") => opened(&call["args"]).map(|_| Value::Null),
        Some("restore") => once(&Bridge::free(), &call, &call["args"], &mut reports),
        _ => perform(&bridge, &call, &mut reports),
    };
    record(case, place, &found);
    let within = Duration::from_secs(expect["within"].as_u64().unwrap_or(60));
    ensure(started.elapsed() < within, || format!("took {:?}", started.elapsed()))?;
    match (&found, expect.get("error")) {
        (Ok(found), None) => ensure(matches(found, &expect["result"]), || found.to_string())?,
        (Err(error), Some(expected)) => ensure(matches(error, expected), || error.to_string())?,
        _ => return Err(format!("{found:?}")),
    }
    if expect["progress"] == json!(true) {
        ensure(reports.is_sorted() && reports.last() == Some(&1.0), || format!("{reports:?}"))?;
    }
    for (method, count) in expect["requests"].as_object().into_iter().flatten() {
        let counts = misbehaving.as_ref().unwrap().counts();
        let came = counts.get(method).copied().unwrap_or(0);
        ensure(json!(came) == *count, || format!("{counts:?}"))?;
    }
    Ok(())
}

/// Makes a preparatory call, which may open another registry.
fn step(bridge: &mut Bridge, step: &Value, kept: &mut Vec<(String, String)>) -> Result<(), Value> {
    let call = told(step, kept);
    let args = &call["args"];
    match call["verb"].as_str().unwrap() {
        "open" => {
            bridge.close();
            *bridge = opened(args)?;
        }
        "restore" => drop(once(&Bridge::free(), &call, args, &mut Vec::new())?),
        "edit" => edit(args),
        _ => {
            let found = perform(bridge, &call, &mut Vec::new())?;
            if let Some(name) = call["keep"].as_str() {
                kept.push((step["keep"].as_str().unwrap_or(name).to_owned(), found.as_str().unwrap().to_owned()));
            }
        }
    }
    Ok(())
}

fn opened(settings: &Value) -> Result<Bridge, Value> {
    Bridge::open(&settings.to_string()).map_err(|error| serde_json::from_str(&error_json(&error)).unwrap())
}

/// Changes what a file has in all places.
fn edit(args: &Value) {
    let text = |name: &str| args[name].as_str().unwrap();
    let (file, from, to) = (std::fs::read(text("file")).unwrap(), text("from").as_bytes(), text("to").as_bytes());
    let mut made = Vec::new();
    let mut rest = file.as_slice();
    while let Some(at) = rest.windows(from.len()).position(|part| part == from) {
        made.extend_from_slice(&rest[..at]);
        made.extend_from_slice(to);
        rest = &rest[at + from.len()..];
    }
    made.extend_from_slice(rest);
    assert_ne!(made, file);
    std::fs::write(text("file"), made).unwrap();
}

/// A value with what its texts stand for.
fn told(value: &Value, kept: &[(String, String)]) -> Value {
    match value {
        Value::String(text) => json!(kept.iter().fold(text.clone(), |text, (name, held)| text.replace(name, held))),
        Value::Array(items) => items.iter().map(|item| told(item, kept)).collect(),
        Value::Object(members) => members
            .iter()
            .map(|(name, member)| (name.clone(), told(member, kept)))
            .collect::<serde_json::Map<_, _>>()
            .into(),
        _ => value.clone(),
    }
}

/// Notes what came of a case, for the table of all languages.
fn record(case: &Value, place: &str, found: &Result<Value, Value>) {
    let Some(file) = std::env::var_os("VOICEROLL_RESULTS").filter(|_| ["embedded", "free"].contains(&place)) else {
        return;
    };
    let (name, value) = match found {
        Ok(result) => ("result", result),
        Err(error) => ("error", &error["code"]),
    };
    let line = json!({ "case": case["name"], "where": place, name: value }).to_string() + "\n";
    // In one write, as the tests of several files run at once.
    std::fs::OpenOptions::new().create(true).append(true).open(file).unwrap().write_all(line.as_bytes()).unwrap();
}

fn ensure(holds: bool, why: impl Fn() -> String) -> Result<(), String> {
    if holds { Ok(()) } else { Err(why()) }
}

/// Makes a call of a case; the result, or the error, in JSON.
fn perform(bridge: &Bridge, call: &Value, told: &mut Vec<f64>) -> Result<Value, Value> {
    let mut args = call.get("args").cloned().unwrap_or_else(|| json!({}));
    if call["iterate"] != json!(true) {
        return once(bridge, call, &args, told);
    }
    let mut all = Vec::new();
    for page in 1u64.. {
        args["page"] = json!(page);
        let found = once(bridge, call, &args, told)?;
        all.extend(found["records"].as_array().unwrap().iter().cloned());
        let by_number = args["after"].is_null() && found["total_pages"].as_u64() > Some(page);
        args["after"] = found["next_after"].clone();
        if args["after"].is_null() && !by_number {
            break;
        }
    }
    Ok(json!(all))
}

fn once(bridge: &Bridge, call: &Value, args: &Value, told: &mut Vec<f64>) -> Result<Value, Value> {
    let recordings = call["recordings"].as_array().into_iter().flatten().map(|told| recording(told, call));
    let recordings = recordings.collect::<Result<Vec<_>, _>>()?;
    let token = CancelToken::new();
    let after = call["cancel_after"].as_f64();
    if after == Some(0.0) {
        token.cancel();
    }
    let options = StartOptions { tokens: vec![token.clone()], progress: call["progress"] == json!(true), notify: None };
    let started = Instant::now();
    let running: Call = bridge.start(call["verb"].as_str().unwrap(), &args.to_string(), recordings, options);
    loop {
        match running.next(Duration::from_millis(10)) {
            Next::Progress(progress) => told.push(progress.fraction),
            Next::Done(Ok(reply)) => return Ok(serde_json::from_str(&reply.json).unwrap()),
            Next::Done(Err(error)) => return Err(serde_json::from_str(&error_json(&error)).unwrap()),
            Next::Nothing => {}
        }
        if after.is_some_and(|after| started.elapsed().as_secs_f64() >= after) {
            token.cancel();
        }
    }
}

fn recording(told: &Value, call: &Value) -> Result<Recording, Value> {
    let text = |name: &str| told[name].as_str();
    let made = if let Some(name) = told.as_str() {
        clip(name)
    } else if let Some(name) = text("bytes").or(text("stream")) {
        Recording::from_bytes(clip_bytes(name))
    } else if let Some(words) = text("text") {
        Recording::from_bytes(words.as_bytes().to_vec())
    } else if let Some(name) = text("repeat") {
        Recording::from_bytes(clip_bytes(name).repeat(told["times"].as_u64().unwrap() as usize))
    } else if let Some(name) = text("missing") {
        Recording::from_path(clip_path(name))
    } else {
        pcm(text("samples").unwrap(), text("format").unwrap())
    };
    let wrong = |error| serde_json::from_str::<Value>(&error_json(&error)).unwrap();
    match call["encoding"].as_str() {
        Some(encoding) => Ok(made.encoding(encoding.parse().map_err(wrong)?)),
        None => Ok(made),
    }
}

/// The samples of a plain WAV file of 16 bits.
fn pcm(name: &str, format: &str) -> Recording {
    let file = clip_bytes(name);
    let number =
        |at: usize, bytes: usize| file[at..at + bytes].iter().rev().fold(0u64, |sum, b| sum << 8 | u64::from(*b));
    let start = file.windows(4).position(|four| four == b"data").unwrap() + 8;
    let data = &file[start..start + number(start - 4, 4) as usize];
    let floats = data.chunks_exact(2).map(|pair| f32::from(i16::from_le_bytes([pair[0], pair[1]])) / 32768.0);
    let data = if format == "f32" { floats.flat_map(f32::to_le_bytes).collect() } else { data.to_vec() };
    samples(data.len(), format, number(22, 2), number(24, 4), |to| to.copy_from_slice(&data)).unwrap()
}

/// Whether a value is as a case says; `tests/README.md` has the rules.
fn matches(found: &Value, expected: &Value) -> bool {
    let Some(members) = expected.as_object() else {
        return match (found.as_array(), expected.as_array()) {
            (Some(found), Some(expected)) => {
                found.len() == expected.len() && found.iter().zip(expected).all(|(found, item)| matches(found, item))
            }
            // 0 is 0.0 here.
            _ => found == expected || found.as_f64().is_some_and(|number| Some(number) == expected.as_f64()),
        };
    };
    let number = found.as_f64();
    members.iter().all(|(name, test)| match name.as_str() {
        "about" => number.is_some_and(|n| (n - test[0].as_f64().unwrap()).abs() <= test[1].as_f64().unwrap()),
        "at_least" => number.is_some_and(|number| number >= test.as_f64().unwrap()),
        "at_most" => number.is_some_and(|number| number <= test.as_f64().unwrap()),
        "contains" => found.as_str().is_some_and(|text| text.contains(test.as_str().unwrap())),
        "one_of" => test.as_array().unwrap().contains(found),
        "any" => test
            .as_array()
            .unwrap()
            .iter()
            .all(|item| found.as_array().is_some_and(|found| found.iter().any(|found| matches(found, item)))),
        "length" => found.as_array().is_some_and(|list| json!(list.len()) == *test),
        _ => found.get(name).is_some_and(|found| matches(found, test)),
    })
}
