//! The key, consent, time, audit trail and backups from the shell.
#![allow(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

mod common;

use std::path::{Path, PathBuf};
use std::process::Command;

use common::clip_path;
use serde_json::{Value, json};

struct Shell {
    folder: tempfile::TempDir,
}

impl Shell {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_voiceroll"));
        command.arg("--json").args(words).current_dir(clip_path(""));
        command.env("VOICEROLL_DB", self.path("voices.db")).env("VOICEROLL_KEY_DIR", self.path("keys"));
        command.env("VOICEROLL_AUDIT", self.path("trail"));
        command
    }

    fn run(&self, words: &[&str]) -> (i32, Vec<Value>) {
        finished(&mut self.command(words))
    }

    fn ok(&self, words: &[&str]) -> Vec<Value> {
        let (code, lines) = self.run(words);
        assert_eq!(code, 0, "{words:?}: {lines:?}");
        lines
    }
}

fn finished(command: &mut Command) -> (i32, Vec<Value>) {
    let output = command.output().unwrap();
    let lines = String::from_utf8(output.stdout).unwrap();
    (output.status.code().unwrap(), lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect())
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

#[test]
fn the_key_is_shown_and_replaced_and_may_come_from_a_variable_or_a_command() {
    let shell = Shell::new();
    shell.ok(&["enroll", "ada", "ada-1.mp3"]);
    let shown = &shell.ok(&["key", "show"])[0];
    let file = shown["key_file"].as_str().unwrap();
    assert!(shown["encrypted"] == true && Path::new(file).starts_with(shell.path("keys")), "{shown}");
    let key = std::fs::read_to_string(file).unwrap();
    let key = key.lines().last().unwrap();
    assert_eq!(shell.ok(&["key", "rotate"]), [json!({ "speakers": 1, "forgotten": false })]);
    assert_eq!(shell.ok(&["key", "rotate", "--forget-old"]), [json!({ "speakers": 1, "forgotten": true })]);
    let keys = std::fs::read_to_string(file).unwrap();
    let new = keys.lines().last().unwrap();
    assert!(new != key && !keys.contains(key));
    std::fs::remove_file(file).unwrap();
    assert_eq!(shell.run(&["show", "ada"]).0, 9);
    assert_eq!(finished(shell.command(&["show", "ada"]).env("VOICEROLL_KEY", new)).0, 0);
    let (code, lines) = finished(shell.command(&["show", "ada"]).env("VOICEROLL_KEY", key));
    assert_eq!((code, &lines[0]["error"]["code"]), (9, &json!("key_wrong")));
    assert_eq!(shell.run(&["--key-command", &format!("echo {new}"), "show", "ada"]).0, 0);
}

#[test]
fn a_store_is_kept_unencrypted_where_that_is_said_and_encrypted_by_a_command() {
    let shell = Shell::new();
    shell.ok(&["--unencrypted", "enroll", "ada", "ada-1.mp3"]);
    assert_eq!(shell.ok(&["key", "show"])[0]["encrypted"], false);
    assert!(!shell.path("keys").exists());
    assert_eq!(shell.ok(&["key", "encrypt"])[0]["encrypted"], true);
    assert_eq!(shell.ok(&["verify", "ada", "ada-3.webm"])[0]["speaker_id"], "ada");
}

#[test]
fn consent_is_recorded_asked_for_and_withdrawn() {
    let shell = Shell::new();
    let consent = shell.path("consent.json");
    let record = json!({
        "reference": "form 17", "given_at": 1_700_000_000, "text_version": "2026-09", "text_sha256": "ab".repeat(32),
        "purposes": ["verification", { "other": "training" }],
    });
    std::fs::write(&consent, record.to_string()).unwrap();
    assert_eq!(shell.run(&["--require-consent", "enroll", "ada", "ada-1.mp3"]).0, 12);
    shell.ok(&["--require-consent", "enroll", "ada", "ada-1.mp3", "--consent", text(&consent)]);
    assert_eq!(shell.ok(&["consent", "show", "ada"])[0]["valid"], true);
    shell.ok(&["consent", "withdraw", "ada"]);
    assert_eq!(shell.run(&["show", "ada"]).0, 7);
    let proof = &shell.ok(&["consent", "show", "ada"])[0]["withdrawals"][0];
    assert_eq!(proof["consents"][0]["reference"], "form 17");
    // What is no record is refused, and not repeated.
    std::fs::write(&consent, "{\"reference\": \"Ada Lovelace\"").unwrap();
    shell.ok(&["enroll", "ben", "ben-1.wav"]);
    let (code, lines) = shell.run(&["consent", "record", "ben", text(&consent)]);
    assert!(code == 2 && !lines[0].to_string().contains("Lovelace"), "{lines:?}");
}

#[test]
fn speakers_expire_are_purged_exported_and_imported() {
    let shell = Shell::new();
    assert_eq!(shell.ok(&["retention", "--days", "30"])[0]["retention_seconds"], 30 * 86_400);
    shell.ok(&["enroll", "ada", "ada-1.mp3"]);
    assert!(shell.ok(&["consent", "show", "ada"])[0]["expires_at"].is_u64());
    let export = shell.ok(&["export", "ada", "--voiceprints"])[0].clone();
    assert!(shell.ok(&["export", "ada"])[0]["voiceprints"].is_null());
    shell.ok(&["expire", "ada", "--at", "1700000000"]);
    assert_eq!(shell.run(&["verify", "ada", "ada-3.webm"]).0, 7);
    let purged = |deleted| json!({ "speaker_id": "ada", "deleted": deleted });
    assert_eq!(shell.ok(&["purge", "--dry-run"]), [purged(false)]);
    assert_eq!(shell.ok(&["purge"]), [purged(true)]);
    let file = shell.path("ada.json");
    std::fs::write(&file, export.to_string()).unwrap();
    assert_eq!(shell.ok(&["import", text(&file)])[0]["speaker_id"], "ada");
}

/// The library that changes what a process takes for the time, of the package `faketime`.
fn faketime() -> Option<PathBuf> {
    let places = std::fs::read_dir("/usr/lib").ok()?.filter_map(Result::ok);
    places.map(|place| place.path().join("faketime/libfaketime.so.1")).find(|path| path.is_file())
}

#[test]
fn a_clock_that_is_set_back_revives_nobody_who_was_purged_and_breaks_no_trail() {
    let Some(library) = faketime() else { return common::skipped("faketime is not installed") };
    let shell = Shell::new();
    let at = |day: &str, words: &[&str]| {
        finished(shell.command(words).env("LD_PRELOAD", &library).env("FAKETIME", format!("@{day} 12:00:00")))
    };
    assert_eq!(at("2030-05-10", &["enroll", "ada", "ada-1.mp3"]).0, 0);
    assert_eq!(at("2030-05-10", &["enroll", "ben", "ben-1.wav"]).0, 0);
    // The day before: everything works as on the day itself.
    assert_eq!(at("2030-05-09", &["enroll", "ada", "ada-2.m4a"]).0, 0);
    assert_eq!(at("2030-05-09", &["verify", "ada", "ada-3.webm"]).0, 0);
    assert_eq!(at("2030-05-09", &["expire", "ada", "--at", "1904774400"]).0, 0);
    // Expired, until the clock goes back; erased, for good.
    assert_eq!(at("2030-05-20", &["verify", "ada", "ada-3.webm"]).0, 7);
    assert_eq!(at("2030-05-11", &["verify", "ada", "ada-3.webm"]).0, 0);
    assert_eq!(at("2030-05-20", &["purge"]).1, [json!({ "speaker_id": "ada", "deleted": true })]);
    assert_eq!(at("1999-01-01", &["verify", "ada", "ada-3.webm"]).0, 7);
    assert_eq!(at("1999-01-01", &["show", "ben"]).0, 0);
    let (code, report) = at("1999-01-01", &["audit", "verify"]);
    assert!(code == 0 && report[0]["faults"] == json!([]), "{report:?}");
    assert_eq!(at("1999-01-01", &["check"]).0, 0);
}

#[test]
fn the_trail_tells_and_backups_come_back() {
    let shell = Shell::new();
    shell.ok(&["--actor", "desk 4", "enroll", "ada", "ada-1.mp3"]);
    shell.ok(&["enroll", "ben", "ben-1.wav"]);
    let backup = shell.path("backup.db");
    shell.ok(&["backup", text(&backup)]);
    shell.ok(&["delete", "ben"]);
    let told = shell.ok(&["audit", "export", "--speaker", "ada"]);
    assert!(told.len() == 2 && told[0]["actor"] == "desk 4" && told[1]["outcome"] == "done", "{told:?}");
    assert_eq!(shell.ok(&["check"])[0]["faults"], json!([]));
    let restored = &shell.ok(&["restore", text(&backup), "--replace"])[0];
    assert_eq!(restored["erased"], json!(["ben"]));
    // That it was put back on purpose stands in the trail.
    assert_eq!(shell.ok(&["audit", "verify"])[0]["faults"], json!([]));
    let trail = shell.path("trail/00000001.jsonl");
    let changed = std::fs::read_to_string(&trail).unwrap().replace("desk 4", "desk 5");
    std::fs::write(&trail, changed).unwrap();
    assert_eq!(shell.run(&["audit", "verify"]).0, 9);
    assert_eq!(shell.run(&["check"]).0, 9);
}
