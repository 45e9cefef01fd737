//! The command as people and programs use it.
#![allow(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

mod common;

use std::io::Write;
use std::process::{Command, Output, Stdio};

use common::{clip_bytes, clip_path};
use serde_json::Value;
use tempfile::TempDir;

struct Shell {
    folder: TempDir,
}

impl Shell {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_voiceroll"));
        command.args(words).env("VOICEROLL_DB", self.folder.path().join("voices.db"));
        command.current_dir(clip_path(""));
        command
    }

    fn run(&self, words: &[&str]) -> (i32, String, String) {
        finished(self.command(words).output().unwrap())
    }

    fn json(&self, words: &[&str]) -> (i32, Vec<Value>) {
        let (code, out, err) = self.run(&[&["--json"], words].concat());
        assert_eq!(err, "", "{words:?}");
        (code, out.lines().map(|line| serde_json::from_str(line).unwrap()).collect())
    }

    fn piped(&self, words: &[&str], input: &[u8]) -> (i32, String, String) {
        let mut child =
            self.command(words).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(input).unwrap();
        finished(child.wait_with_output().unwrap())
    }
}

fn finished(output: Output) -> (i32, String, String) {
    let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

fn exit_of(code: &str) -> i64 {
    let table: Value = serde_json::from_str(include_str!("../../tests/errors.json")).unwrap();
    let row = table["errors"].as_array().unwrap().iter().find(|row| row["code"] == code).unwrap();
    row["exit"].as_i64().unwrap()
}

#[test]
fn wrong_arguments_are_an_error_of_json_too() {
    let shell = Shell::new();
    let (code, lines) = shell.json(&["bogus"]);
    let error = &lines[0]["error"];
    assert_eq!((code, lines.len(), error["code"].as_str()), (2, 1, Some("invalid_option")));
    assert!(error["message"].as_str().unwrap().contains("bogus"));
    assert_eq!(shell.run(&["--json", "--help"]).0, 0);
}

#[cfg(unix)]
#[test]
fn the_name_of_a_file_does_not_steer_the_terminal() {
    let shell = Shell::new();
    let file = shell.folder.path().join("a\n\u{1b}[31m.mp3");
    std::fs::copy(clip_path("ada-3.webm"), &file).unwrap();
    let (code, out, _) = shell.run(&["inspect", file.to_str().unwrap()]);
    assert!(code == 0 && !out.contains('\u{1b}') && out.contains("a\\n\\u{1b}[31m.mp3"), "{out}");
}

#[test]
fn a_speaker_is_enrolled_shown_listed_and_deleted() {
    let shell = Shell::new();
    let (code, out, _) = shell.run(&["enroll", "ada", "ada-1.mp3", "ada-2.m4a"]);
    assert_eq!(code, 0);
    assert!(out.starts_with("ada: complete, quality "), "{out}");
    assert!(shell.run(&["show", "ada"]).1 == out);
    let (code, out, _) = shell.run(&["list"]);
    assert!(code == 0 && out.contains("ada"), "{out}");
    assert_eq!(shell.run(&["delete", "ada"]).0, 0);
    assert_eq!(shell.run(&["delete", "ada"]).0, 7);
}

#[test]
fn the_whole_roll_is_listed_or_what_comes_after_an_id() {
    let shell = Shell::new();
    for id in ["a", "b", "c"] {
        shell.run(&["enroll", id, "ada-3.webm"]);
    }
    let listed = |words: &[&str]| -> String {
        let (code, lines) = shell.json(&[&["list", "--partial", "--per-page", "1"], words].concat());
        assert_eq!(code, 0);
        lines.iter().map(|line| line["speaker_id"].as_str().unwrap()).collect()
    };
    assert_eq!(listed(&[]), "abc");
    assert_eq!(listed(&["--after", "a"]), "bc");
    assert_eq!(listed(&["--after", "c"]), "");
    assert_eq!(listed(&["--page", "2"]), "b");
    assert_eq!(shell.run(&["list", "--after", "a", "--page", "2"]).0, 2);
    assert_eq!(shell.json(&["list", "--after", "no spaces"]).1[0]["error"]["code"], "invalid_speaker_id");
}

#[test]
fn the_name_of_a_store_is_that_of_a_file() {
    let shell = Shell::new();
    let folder = shell.folder.path();
    for name in [":memory:", "file::memory:", "file:voices.db?mode=memory"] {
        let run = |words: &[&str]| {
            let mut command = shell.command(words);
            finished(command.env("VOICEROLL_DB", name).current_dir(folder).output().unwrap())
        };
        let (code, _, err) = run(&["enroll", "ada", clip_path("ada-3.webm").to_str().unwrap()]);
        // Not every system has files of such names.
        if code == 9 && cfg!(windows) {
            continue;
        }
        assert_eq!((code, err.as_str()), (0, ""), "{name}");
        assert!(folder.join(name).metadata().unwrap().len() > 0, "{name}");
        assert_eq!(run(&["show", "ada"]).0, 0, "{name}");
    }
}

#[test]
fn who_cannot_be_found_since_a_change_of_network_is_counted_on_standard_error() {
    let shell = Shell::new();
    shell.run(&["enroll", "ada", "ada-1.mp3", "ada-2.m4a", "--unencrypted"]);
    shell.run(&["enroll", "ben", "ben-2.ogg"]);
    let connection = rusqlite::Connection::open(shell.folder.path().join("voices.db")).unwrap();
    connection.execute("UPDATE speaker SET model = 'another' WHERE speaker_id = 'ben'", []).unwrap();
    for all in [&["identify"][..], &["diarize", "--known-all"]] {
        let (code, out, err) = shell.run(&[&["--json"], all, &["ada-3.webm"]].concat());
        assert_eq!((code, out.lines().count(), err.lines().count()), (0, 1, 1), "{err}");
        assert!(err.contains("1 in the registry was") && err.contains("list --outdated") && !err.contains("ben"));
    }
    assert_eq!(shell.run(&["identify", "--ids", "ada", "ada-3.webm"]).2, "");
    connection.execute("UPDATE speaker SET model = 'another'", []).unwrap();
    let (code, out, _) = shell.run(&["--json", "identify", "ada-3.webm"]);
    assert_eq!(i64::from(code), exit_of("model_mismatch"));
    assert!(out.contains("model_mismatch"), "{out}");
}

#[test]
fn json_is_one_documented_object_a_line() {
    let shell = Shell::new();
    let (code, lines) = shell.json(&["inspect", "ada-1.mp3", "not-text.mp3", "ben-2.ogg"]);
    assert_eq!((code, lines.len()), (3, 3));
    assert_eq!((lines[0]["container"].as_str(), lines[2]["container"].as_str()), (Some("mp3"), Some("ogg")));
    assert_eq!(lines[1]["error"]["code"], "recording_unsupported");
    assert_eq!(lines[1]["error"]["retryable"], false);
    assert!(lines[1]["error"]["message"].is_string());

    let (code, lines) = shell.json(&["enroll", "ada", "ada-1.mp3"]);
    assert_eq!((code, lines.len()), (0, 1));
    let mut names: Vec<&String> = lines[0].as_object().unwrap().keys().collect();
    names.sort();
    let mut documented = vec![
        "speaker_id",
        "quality",
        "complete",
        "speech_seconds",
        "total_seconds",
        "missing_seconds",
        "model",
        "recordings",
    ];
    documented.sort_unstable();
    assert_eq!(names, documented);
    let (mut now, listed) = (lines[0].clone(), shell.json(&["list"]).1);
    assert_eq!(now["recordings"][0]["input"], 0);
    now["recordings"][0]["input"] = Value::Null;
    assert_eq!(listed, [now]);
    assert_eq!(shell.json(&["delete", "ada"]).1[0]["deleted"], true);
}

#[test]
fn every_failure_has_its_code_and_its_exit() {
    let shell = Shell::new();
    shell.run(&["enroll", "ada", "ada-3.webm"]);
    for (words, code) in [
        (&["enroll", "no spaces", "ada-1.mp3"][..], "invalid_speaker_id"),
        (&["list", "--page", "0"], "invalid_option"),
        (&["inspect", "not-empty.wav"], "recording_empty"),
        (&["inspect", "not-supported.sph"], "recording_unsupported"),
        (&["inspect", "not-sound.mp4"], "recording_no_sound"),
        (&["inspect", "fault-rate-128.wav"], "recording_damaged"),
        (&["enroll", "ada", "fault-silence.flac"], "recording_refused"),
        (&["inspect", "--max-seconds", "5", "ada-1.mp3"], "recording_too_long"),
        (&["inspect", "--max-bytes", "100", "ada-1.mp3"], "recording_too_large"),
        (&["enroll", "--create", "ada", "ada-1.mp3"], "speaker_exists"),
        (&["enroll", "--update", "ben", "ada-1.mp3"], "speaker_not_found"),
        (&["delete", "ada", "--recording", "99"], "sample_not_found"),
        (&["identify", "--ids", "ada,ben", "missing.mp3"], "speaker_not_found"),
        (&["identify", "--ids", "ada", "missing.mp3"], "speaker_incomplete"),
        (&["diarize", "--known", "ada", "missing.mp3"], "speaker_incomplete"),
        (&["diarize", "--speakers", "0", "ada-1.mp3"], "invalid_option"),
        (&["diarize", "--per-channel", "ada-1.mp3"], "invalid_option"),
        (&["inspect", "missing.mp3"], "io_failed"),
        (&["--db", "manifest.jsonl", "show", "ada"], "store_damaged"),
    ] {
        let (exit, lines) = shell.json(words);
        assert_eq!(lines.last().unwrap()["error"]["code"], code, "{words:?}");
        assert_eq!(i64::from(exit), exit_of(code), "{words:?}");
    }
}

#[test]
fn conversations_are_one_object_a_line_and_a_table_for_people() {
    let shell = Shell::new();
    shell.run(&["enroll", "ada", "ada-1.mp3"]);
    let (code, lines) = shell.json(&["diarize", "fault-two-speakers.mp3", "not-text.mp3", "dan-1.mp3"]);
    assert_eq!((code, lines.len()), (3, 3));
    assert_eq!((&lines[0]["speakers"], &lines[2]["speakers"]), (&2.into(), &1.into()));
    assert_eq!(lines[1]["error"]["code"], "recording_unsupported");
    let first = lines[0]["segments"][0].as_object().unwrap();
    for name in ["start", "end", "speaker_id", "confidence", "enrolled"] {
        assert!(first.contains_key(name), "{name}");
    }
    assert_eq!(first["speaker_id"], "speaker_1");
    let (_, lines) = shell.json(&["diarize", "--known", "ada", "--speakers", "2", "fault-two-speakers.mp3"]);
    assert_eq!(
        (&lines[0]["segments"][0]["speaker_id"], &lines[0]["segments"][0]["enrolled"]),
        (&"ada".into(), &true.into())
    );
    let (_, lines) = shell.json(&["identify", "--ids", "ada", "fault-two-speakers.mp3"]);
    assert_eq!(lines[0]["segments"][0]["speaker_id"], "ada");
    assert_eq!(lines[0]["segments"][1]["speaker_id"], Value::Null);

    let (code, out, _) = shell.run(&["identify", "fault-two-speakers.mp3"]);
    assert!(code == 0 && out.contains("2 speakers") && out.contains("unknown") && out.contains("  ada\n"), "{out}");
}

#[test]
fn segments_are_printed_as_other_tools_read_them() {
    let shell = Shell::new();
    let call = "fault-two-speakers.mp3";
    let (code, rttm, _) = shell.run(&["diarize", "--format", "rttm", call, "dan-1.mp3"]);
    assert_eq!(code, 0);
    let fields: Vec<Vec<&str>> = rttm.lines().map(|line| line.split(' ').collect()).collect();
    assert!(fields.iter().all(|fields| fields.len() == 10 && fields[0] == "SPEAKER"), "{rttm}");
    assert_eq!((fields[0][1], fields[0][7]), ("fault-two-speakers", "speaker_1"));
    assert_eq!(fields[fields.len() - 1][1], "dan-1");
    let (_, csv, _) = shell.run(&["diarize", "--format", "csv", call, "dan-1.mp3"]);
    assert!(
        csv.starts_with("recording,start,end,speaker_id,confidence,enrolled,channel\nfault-two-speakers.mp3,"),
        "{csv}"
    );
    assert_eq!((csv.lines().count(), csv.matches("recording,").count()), (fields.len() + 1, 1));
    assert!(shell.run(&["identify", "--format", "vtt", call]).1.starts_with("WEBVTT\n\n00:00:"));
    assert!(shell.run(&["identify", "--format", "json", call]).1.starts_with('{'));
    assert!(shell.run(&["diarize", "--format", "textgrid", call]).1.starts_with("File type = \"ooTextFile\""));
    let (code, _, err) = shell.run(&["diarize", "--format", "srt", call, "dan-1.mp3"]);
    assert!(code == 2 && err.contains("one recording"), "{err}");
    // What was found against itself, and against a truth in which one person speaks.
    let path = |name: &str| shell.folder.path().join(name).to_str().unwrap().to_owned();
    let (found, truth) = (path("found.rttm"), path("truth.rttm"));
    std::fs::write(&found, &rttm).unwrap();
    let (code, lines) = shell.json(&["score", &found, &found, "--collar", "0.25"]);
    assert_eq!((code, lines.len(), &lines[2]["der"]), (0, 3, &0.0.into()));
    std::fs::write(&truth, rttm.replace("speaker_2", "speaker_1")).unwrap();
    let (_, lines) = shell.json(&["score", &found, &truth]);
    assert_eq!(lines[1]["recording"], "fault-two-speakers");
    assert!(lines[1]["confusion"].as_f64().unwrap() > 1.0 && lines[0]["der"] == 0.0, "{lines:?}");
    let (_, table, _) = shell.run(&["score", &found, &truth]);
    assert!(table.contains("DER %") && table.lines().count() == 4, "{table}");
    let (code, _, err) = shell.run(&["score", call, &truth]);
    assert!(code == 2 && err.contains("line 1"), "{err}");
}

#[test]
fn a_refused_recording_says_why_to_programs_and_people() {
    let shell = Shell::new();
    let (_, lines) = shell.json(&["enroll", "ada", "fault-silence.flac"]);
    assert_eq!(lines[0]["error"]["problems"][0]["code"], "no_speech");
    let (code, out, err) = shell.run(&["enroll", "ada", "fault-silence.flac"]);
    assert_eq!((code, out.as_str()), (4, ""));
    assert!(err.contains("no_speech") && err.contains("microphone"), "{err}");
}

#[test]
fn it_works_in_a_pipe() {
    let shell = Shell::new();
    let (code, out, _) = shell.piped(&["--json", "inspect", "-"], &clip_bytes("ada-3.webm"));
    assert_eq!(code, 0);
    assert_eq!(serde_json::from_str::<Value>(&out).unwrap()["codec"], "opus");
    let wav = shell.command(&["prepare", "ada-1.mp3"]).output().unwrap().stdout;
    assert!(wav.starts_with(b"RIFF"));
    let (code, _, _) = shell.piped(&["enroll", "ada", "-"], &wav);
    assert_eq!(code, 0);
    let (code, lines) = shell.json(&["prepare", "ada-1.mp3"]);
    assert!(code == 2 && lines[0]["error"]["message"].as_str().unwrap().contains("--output"), "{lines:?}");
}

#[test]
fn a_closed_pipe_is_no_failure() {
    let shell = Shell::new();
    let mut child = shell.command(&["--json", "inspect", "ada-1.mp3"]).stdout(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    assert!(child.wait().unwrap().success());
}

#[test]
fn help_names_every_command_and_exit_code() {
    let shell = Shell::new();
    let (_, help, _) = shell.run(&["--help"]);
    for word in [
        "inspect",
        "enroll",
        "show",
        "list",
        "delete",
        "prepare",
        "diarize",
        "identify",
        "score",
        "completions",
        "VOICEROLL_DB",
        "Exit codes",
    ] {
        assert!(help.contains(word), "{word}");
    }
    assert!(shell.run(&["completions", "bash"]).1.contains("voiceroll"));
}

#[cfg(feature = "full")]
#[test]
fn a_recording_has_a_picture_as_svg_and_as_png() {
    let shell = Shell::new();
    let file = |name: &str| shell.folder.path().join(name);
    let words = |verb: &str, clip: &str, name: &str| {
        let path = file(name);
        shell.run(&[verb, clip, "--plot", path.to_str().unwrap()])
    };
    assert_eq!(words("inspect", "fault-clipped.mp3", "one.svg").0, 0);
    let svg = std::fs::read_to_string(file("one.svg")).unwrap();
    for part in ["waveform, speech shaded", "clipped: Lower the recording level", "bandwidth", "noise"] {
        assert!(svg.contains(part), "{part}");
    }
    // A clean recording has no such mark.
    assert_eq!(words("inspect", "ada-1.mp3", "clean.svg").0, 0);
    assert!(!std::fs::read_to_string(file("clean.svg")).unwrap().contains("clipped"));
    assert_eq!(words("diarize", "fault-two-speakers.mp3", "talk.svg").0, 0);
    let talk = std::fs::read_to_string(file("talk.svg")).unwrap();
    assert!(talk.contains("speaker_1") && talk.contains("speaker_2"));
    assert_eq!(words("inspect", "ada-1.mp3", "one.png").0, 0);
    assert_eq!(&std::fs::read(file("one.png")).unwrap()[..8], b"\x89PNG\r\n\x1a\n");

    let (code, _, error) = words("inspect", "ada-1.mp3", "one.jpeg");
    assert!(code == 2 && error.contains(".svg or .png"), "{code} {error}");
    let (code, _, error) = shell.run(&["inspect", "ada-1.mp3", "ben-1.wav", "--plot", "two.svg"]);
    assert!(code == 2 && error.contains("one file"), "{code} {error}");
    // What cannot be read has no picture.
    assert_ne!(words("inspect", "not-text.mp3", "none.svg").0, 0);
    assert!(!file("none.svg").exists());
}
