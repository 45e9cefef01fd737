//! What the tests share: the clips that the project ships, and a store of their own.
#![allow(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]
#![allow(dead_code, reason = "every test program uses its own part of this")]

pub(crate) mod child;
pub(crate) mod talk;

use std::path::{Path, PathBuf};

use voiceroll::blocking::{self, Registry};
use voiceroll::{CallOptions, Inspection, Limits, Recording, Result, SpeakerId};

/// Says that a test did nothing, and why. The file that `VOICEROLL_SKIPPED` names gets a line, so that `./check` counts it
/// as skipped: the test runner knows no test that skips itself.
#[allow(clippy::print_stderr, reason = "people read it")]
pub(crate) fn skipped(why: &str) {
    eprintln!("skipped: {why}");
    if let Some(file) = std::env::var_os("VOICEROLL_SKIPPED") {
        let mut file = std::fs::OpenOptions::new().create(true).append(true).open(file).unwrap();
        std::io::Write::write_all(&mut file, format!("{why}\n").as_bytes()).unwrap();
    }
}

/// The path of a shipped clip.
pub(crate) fn clip_path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/audio").join(name)
}

/// A shipped clip.
pub(crate) fn clip(name: &str) -> Recording {
    Recording::from_path(clip_path(name))
}

/// The bytes of a shipped clip.
pub(crate) fn clip_bytes(name: &str) -> Vec<u8> {
    std::fs::read(clip_path(name)).unwrap()
}

/// Inspects with the default limits.
pub(crate) fn inspect(recording: &Recording) -> Result<Inspection> {
    blocking::inspect(recording, &Limits::default(), &CallOptions::new())
}

pub(crate) fn id(text: &str) -> SpeakerId {
    text.parse().unwrap()
}

/// A fresh store, gone when it is dropped.
pub(crate) struct Store {
    pub(crate) folder: tempfile::TempDir,
    pub(crate) registry: Registry,
}

impl Store {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let registry = Registry::open(folder.path().join("voices.db")).unwrap();
        Self { folder, registry }
    }

    /// One that is not encrypted, for tests that look into the file or change it.
    pub(crate) fn plain() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let registry = voiceroll::Registry::options().encrypted(false).open(folder.path().join("voices.db")).unwrap();
        Self { folder, registry: registry.into() }
    }

    pub(crate) fn path(&self) -> PathBuf {
        self.folder.path().join("voices.db")
    }
}

/// A line of `tests/audio/manifest.jsonl`.
pub(crate) struct Clip {
    pub(crate) file: String,
    pub(crate) codec: String,
    pub(crate) container: String,
    pub sample_rate: u64,
    pub(crate) duration: f64,
    pub speech_seconds: f64,
    pub(crate) fault: Option<String>,
    pub(crate) expect: Option<String>,
}

/// Every shipped clip with its truth.
pub(crate) fn manifest() -> Vec<Clip> {
    let text = std::fs::read_to_string(clip_path("manifest.jsonl")).unwrap();
    text.lines()
        .map(|line| {
            let row: serde_json::Value = serde_json::from_str(line).unwrap();
            let text = |name: &str| row[name].as_str().map(str::to_owned);
            Clip {
                file: text("file").unwrap(),
                codec: text("codec").unwrap_or_default(),
                container: text("container").unwrap_or_default(),
                sample_rate: row["sample_rate"].as_u64().unwrap_or_default(),
                duration: row["duration"].as_f64().unwrap_or_default(),
                speech_seconds: row["speech_seconds"].as_f64().unwrap_or_default(),
                fault: text("fault"),
                expect: text("expect"),
            }
        })
        .collect()
}

/// An hour of noise would take seconds; this must end at once.
pub(crate) fn an_hour() -> Recording {
    let rate = 8000u32;
    let size = rate * 3600;
    let mut file = Vec::with_capacity(44 + size as usize);
    file.extend_from_slice(b"RIFF\xff\xff\xff\xffWAVEfmt \x10\0\0\0\x01\0\x01\0");
    file.extend_from_slice(&rate.to_le_bytes());
    file.extend_from_slice(&rate.to_le_bytes());
    file.extend_from_slice(b"\x01\0\x08\0data");
    file.extend_from_slice(&size.to_le_bytes());
    file.extend((0..size).map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8));
    Recording::from_bytes(file)
}
