//! The command while somebody speaks into its standard input.
#![allow(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

mod common;

use std::io::Write;
use std::process::{Command, Stdio};

use common::{clip, clip_bytes, id};
use serde_json::Value;
use voiceroll::blocking::Registry;

/// The exit code and the lines of JSON.
fn piped(folder: &std::path::Path, words: &[&str], input: &[u8]) -> (i32, Vec<Value>) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_voiceroll"));
    command.arg("--json").args(words).env("VOICEROLL_DB", folder.join("voices.db"));
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_vec();
    // Whoever has had enough stops reading.
    let writer = std::thread::spawn(move || drop(stdin.write_all(&input)));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    let lines = String::from_utf8(output.stdout).unwrap();
    (output.status.code().unwrap(), lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect())
}

#[test]
fn a_speaker_is_enrolled_from_standard_input_with_lines_that_say_how_it_goes() {
    let folder = tempfile::tempdir().unwrap();
    let (code, lines) = piped(folder.path(), &["enroll", "ada", "--live"], &clip_bytes("ada-1.mp3"));
    assert_eq!(code, 0, "{lines:?}");
    let (last, statuses) = lines.split_last().unwrap();
    assert!(statuses.iter().all(|line| line["event"] == "status" && line["status"]["duration"].is_number()));
    assert!(!statuses.is_empty() && last["complete"] == true && last["speaker_id"] == "ada", "{last}");

    let registry = Registry::open(folder.path().join("voices.db")).unwrap();
    registry.enroll(&id("ben"), clip("ben-1.wav")).unwrap();
    let prepared = registry.prepare(&clip("ada-2.m4a")).unwrap();
    drop(registry);
    let words = ["identify", "--live", "--raw", "16000", "--channels", "1", "--ids", "ada"];
    let (code, lines) = piped(folder.path(), &words, &prepared.wav[44..]);
    let (last, updates) = lines.split_last().unwrap();
    assert_eq!((code, &last["segments"][0]["speaker_id"]), (0, &Value::from("ada")), "{last}");
    assert!(updates.iter().any(|line| line["update"]["speaker"]["speaker_id"] == "ada"), "{updates:?}");
}

#[test]
fn it_stops_when_there_is_enough() {
    let folder = tempfile::tempdir().unwrap();
    let registry = Registry::open(folder.path().join("voices.db")).unwrap();
    let samples = registry.prepare(&clip("ada-1.mp3")).unwrap().wav[44..].to_vec();
    drop(registry);
    let twice = samples.repeat(20);
    let words = ["enroll", "ada", "--live", "--raw", "16000", "--until-complete"];
    let (code, lines) = piped(folder.path(), &words, &twice);
    let last = lines.last().unwrap();
    assert_eq!((code, &last["complete"]), (0, &Value::Bool(true)), "{last}");
    assert!(last["total_seconds"].as_f64().unwrap() < 40.0, "{last}");
}

#[test]
fn what_goes_wrong_has_its_code() {
    let folder = tempfile::tempdir().unwrap();
    for (words, input, code) in [
        (&["enroll", "ada", "--live", "--raw", "10"][..], &b""[..], "invalid_option"),
        (&["enroll", "ada", "--live", "ada-1.mp3"], b"", "invalid_option"),
        (&["enroll", "ada", "--raw", "16000"], b"", "invalid_option"),
        (&["enroll", "ada", "--live"], b"", "recording_empty"),
        (&["enroll", "ada", "--live", "--raw", "16000"], &[0; 64_000], "recording_refused"),
        (&["identify", "--live", "--ids", "nobody"], b"", "speaker_not_found"),
    ] {
        let (exit, lines) = piped(folder.path(), words, input);
        let last = lines.last().unwrap();
        assert_eq!(last["error"]["code"], code, "{words:?} {last}");
        assert_ne!(exit, 0);
    }
}
