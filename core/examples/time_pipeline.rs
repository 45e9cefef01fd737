//! Times the pipeline on one recording, round by round, for `bench/peer/compare.py` and `bench/bindings.py`.
//!
//! ```sh
//! printf 'inspect\nenroll\n' | cargo run --release --example time_pipeline -- call.mp3
//! ```
//!
//! Each line of standard input asks for one round: `inspect`; `bytes`, the same of bytes at hand; `enroll` into a
//! fresh store, and `unencrypted`, into one that is not encrypted; `prepare`, which is `inspect` without the network and the search for a second voice; `many` for 1,000 enrollments of as many speakers at once, into a fresh store. The
//! answer is one line of JSON with its `seconds` on the wall; for `enroll` they begin with making
//! the store, `store_seconds`, and end before it is closed. The first `enroll` also loads the
//! network, so it is for warming up.
#![allow(clippy::print_stderr, clippy::print_stdout, reason = "a program talks to people there")]

use std::error::Error;
use std::io::{self, Write};
use std::time::Instant;

use serde_json::{Value, json};
use voiceroll::blocking::{self, Registry};
use voiceroll::{CallOptions, Limits, Recording, SpeakerId};

fn main() -> Result<(), Box<dyn Error>> {
    let file = std::env::args().nth(1).ok_or("pass the path of a recording")?;
    let bytes = std::fs::read(&file)?;
    let recording = Recording::from_path(file);
    for work in io::stdin().lines() {
        let work = work?;
        let times = match work.as_str() {
            "inspect" => inspect(&recording)?,
            "prepare" => prepare(&recording)?,
            "bytes" => inspect(&Recording::from_bytes(bytes.clone()))?,
            "enroll" => enroll(&recording, true)?,
            "unencrypted" => enroll(&recording, false)?,
            "many" => many(&bytes)?,
            _ => return Err(format!("asked for `{work}`, which nobody knows").into()),
        };
        let mut out = io::stdout().lock();
        writeln!(out, "{times}")?;
        out.flush()?;
    }
    Ok(())
}

fn inspect(recording: &Recording) -> voiceroll::Result<Value> {
    let start = Instant::now();
    blocking::inspect(recording, &Limits::default(), &CallOptions::new())?;
    Ok(json!({ "seconds": start.elapsed().as_secs_f64() }))
}

fn prepare(recording: &Recording) -> voiceroll::Result<Value> {
    let start = Instant::now();
    blocking::prepare(recording, &Limits::default(), &CallOptions::new())?;
    Ok(json!({ "seconds": start.elapsed().as_secs_f64() }))
}

fn enroll(recording: &Recording, encrypted: bool) -> Result<Value, Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("voices.db");
    let id: SpeakerId = "ada".parse()?;
    let start = Instant::now();
    let registry: Registry = voiceroll::Registry::options().encrypted(encrypted).open(path)?.into();
    let store = start.elapsed();
    registry.enroll(&id, recording.clone())?;
    Ok(json!({ "seconds": start.elapsed().as_secs_f64(), "store_seconds": store.as_secs_f64() }))
}

fn many(bytes: &[u8]) -> Result<Value, Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    let registry = voiceroll::Registry::open(folder.path().join("voices.db"))?;
    let ids = (0..1000).map(|number| format!("speaker_{number}").parse()).collect::<Result<Vec<SpeakerId>, _>>()?;
    let start = Instant::now();
    let calls = ids.iter().map(|id| registry.enroll(id, Recording::from_bytes(bytes.to_vec())));
    futures_executor::block_on(futures_util::future::try_join_all(calls))?;
    Ok(json!({ "seconds": start.elapsed().as_secs_f64() }))
}
