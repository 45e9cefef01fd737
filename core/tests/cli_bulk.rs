//! Enrolling the people of a list.
#![allow(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

mod common;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::Duration;

use common::clip_path;
use serde_json::{Value, json};
use tempfile::TempDir;

struct Place {
    folder: TempDir,
}

impl Place {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        for clip in ["ada-1.mp3", "ada-2.m4a", "ben-1.wav", "cleo-1.flac", "dan-1.mp3", "fault-silence.flac"] {
            std::fs::copy(clip_path(clip), folder.path().join(clip)).unwrap();
        }
        Self { folder }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_voiceroll"));
        command.args(words).env("VOICEROLL_DB", self.path("voices.db")).current_dir(std::env::temp_dir());
        command.env("VOICEROLL_MODEL", "compact");
        command
    }

    /// Enrolls the list; the exit code, and the summary.
    fn enroll(&self, list: &str) -> (i32, Value) {
        let (list, report) = (self.path(list), self.path("report.csv"));
        let words = ["--json", "enroll", "--manifest", list.to_str().unwrap(), "--report", report.to_str().unwrap()];
        let output = self.command(&words).output().unwrap();
        let said = String::from_utf8(output.stdout).unwrap();
        (output.status.code().unwrap(), serde_json::from_str(said.lines().last().unwrap()).unwrap())
    }

    /// The report: number of a line, and its outcome and code.
    fn report(&self) -> BTreeMap<usize, (String, String)> {
        let mut reader = csv::Reader::from_path(self.path("report.csv")).unwrap();
        let head = reader.headers().unwrap().clone();
        let column = |name: &str| head.iter().position(|one| one == name).unwrap();
        let (line, outcome, code) = (column("line"), column("outcome"), column("code"));
        let rows = reader.records().map(|row| row.unwrap());
        rows.map(|row| (row[line].parse().unwrap(), (row[outcome].to_owned(), row[code].to_owned()))).collect()
    }

    fn speakers(&self) -> Vec<String> {
        let output = self.command(&["--json", "list", "--partial"]).output().unwrap();
        let said = String::from_utf8(output.stdout).unwrap();
        let lines = said.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
        lines.map(|one| format!("{} {}", one["speaker_id"], one["speech_seconds"])).collect()
    }
}

fn outcome(outcome: &str, code: &str) -> (String, String) {
    (outcome.to_owned(), code.to_owned())
}

#[test]
fn a_bad_line_stops_no_other_and_the_report_says_what_came_of_each() {
    let place = Place::new();
    let consent = json!({
        "reference": "form 12", "given_at": 1_788_220_800, "text_version": "1", "text_sha256": "0".repeat(64),
    });
    let quoted = consent.to_string().replace('"', "\"\"");
    let list = format!(
        "speaker_id,recording,encoding,consent,expiry\n\
         ada,ada-1.mp3,Mpeg,\"{quoted}\",4102444800\n\
         ada,ada-1.mp3,,,\n\
         ada,ada-2.m4a,,,\n\
         not an id,ben-1.wav,,,\n\
         ben,missing.wav,,,\n\
         ben,fault-silence.flac,,,\n\
         ben,ben-1.wav,,,\n\
         cleo,cleo-1.flac,,,soon\n"
    );
    std::fs::write(place.path("people.csv"), list).unwrap();
    let (code, summary) = place.enroll("people.csv");
    assert_ne!(code, 0);
    let counts =
        ["lines", "accepted", "repeated", "refused", "failed", "before"].map(|name| summary[name].as_u64().unwrap());
    assert_eq!(counts, [8, 3, 1, 1, 3, 0], "{summary}");
    let report = place.report();
    assert_eq!(report[&1], outcome("accepted", ""));
    assert_eq!(report[&2], outcome("repeated", ""));
    assert_eq!(report[&4].0, "failed");
    assert_eq!(report[&5], outcome("failed", "io_failed"));
    assert_eq!(report[&6], outcome("refused", "recording_refused"));
    assert_eq!(report[&8].0, "failed");
    let output = place.command(&["--json", "consent", "show", "ada"]).output().unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(said.contains("form 12") && said.contains("4102444800"), "{said}");

    // Once more: what is done is not done again, and what failed is tried again.
    std::fs::copy(clip_path("dan-1.mp3"), place.path("missing.wav")).unwrap();
    let before = place.speakers();
    let (_, summary) = place.enroll("people.csv");
    assert_eq!((&summary["before"], &summary["repeated"]), (&json!(4), &json!(0)), "{summary}");
    assert_eq!(before.len(), place.speakers().len());
}

#[test]
fn json_lines_are_read_and_other_forms_are_refused() {
    let place = Place::new();
    let lines = [
        json!({"speaker_id": "ada", "recording": "ada-1.mp3"}),
        json!({"speaker_id": "ben", "recording": "ben-1.wav"}),
    ];
    std::fs::write(place.path("people.jsonl"), lines.map(|line| line.to_string()).join("\n")).unwrap();
    assert_eq!(place.enroll("people.jsonl").1["accepted"], 2);
    // As a spreadsheet writes it, and with a recording that would never end.
    std::fs::write(place.path("people.csv"), "\u{feff}speaker_id,recording\r\ncleo,cleo-1.flac\r\ndan,/dev/zero\r\n")
        .unwrap();
    let (_, summary) = place.enroll("people.csv");
    assert_eq!((&summary["accepted"], &summary["failed"]), (&json!(1), &json!(1)), "{summary}");
    std::fs::write(place.path("empty.csv"), "speaker_id,recording\n").unwrap();
    assert_eq!(place.enroll("empty.csv").0, 0);
    std::fs::write(place.path("people.xlsx"), "x").unwrap();
    for (list, hint) in [("people.xlsx", "CSV"), ("none.csv", "none.csv")] {
        let list = place.path(list);
        let output = place.command(&["enroll", "--manifest", list.to_str().unwrap()]).output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(!output.status.success() && said.contains(hint), "{said}");
    }
    // A file that is no report is not overwritten.
    std::fs::write(place.path("report.csv"), "a,b\n1,2\n").unwrap();
    let (list, report) = (place.path("people.jsonl"), place.path("report.csv"));
    let words = ["enroll", "--manifest", list.to_str().unwrap(), "--report", report.to_str().unwrap()];
    assert!(!place.command(&words).output().unwrap().status.success());
    assert_eq!(std::fs::read_to_string(report).unwrap(), "a,b\n1,2\n");
}

#[test]
fn a_run_that_was_killed_ends_with_the_same_registry() {
    let place = Place::new();
    let clips = ["ada-1.mp3", "ben-1.wav", "cleo-1.flac", "dan-1.mp3"];
    let mut list = "speaker_id,recording\n".to_owned();
    for number in 0..60 {
        list += &format!("person_{number},{}\n", clips[number % clips.len()]);
    }
    std::fs::write(place.path("people.csv"), list).unwrap();
    let (list, report) = (place.path("people.csv"), place.path("report.csv"));
    let words = ["enroll", "--manifest", list.to_str().unwrap(), "--report", report.to_str().unwrap()];
    // Killed again and again, and later each time, until one run comes to its end.
    let mut kills = 0;
    for wait in (1..).map(|turn| Duration::from_millis(150 * turn)) {
        let mut process = place.command(&words).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        std::thread::sleep(wait);
        if process.try_wait().unwrap().is_some() {
            break;
        }
        process.kill().unwrap();
        process.wait().unwrap();
        kills += 1;
    }
    assert!(kills > 0);
    let killed = place.speakers();
    let whole = Place::new();
    std::fs::copy(&list, whole.path("people.csv")).unwrap();
    assert_eq!(whole.enroll("people.csv").0, 0);
    assert_eq!(killed, whole.speakers());
    // Each line once.
    let (_, summary) = place.enroll("people.csv");
    assert_eq!((&summary["before"], place.report().len()), (&json!(60), 60), "{summary}");
}
