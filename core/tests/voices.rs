//! Whose voice it is: verification, the same-person guard, duplicates, and networks from outside.
#![allow(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

mod common;

use std::path::{Path, PathBuf};

use common::{Store, clip, id};
#[cfg(feature = "onnx")]
use voiceroll::DiarizeOptions;
use voiceroll::blocking::Registry;
use voiceroll::{ErrorKind, ListOptions, ProblemCode};

fn model(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/models").join(name)
}

#[test]
fn a_stricter_rate_asks_for_more() {
    let folder = tempfile::tempdir().unwrap();
    let open = |share| {
        voiceroll::Registry::options()
            .false_accept_rate(share)
            .open(folder.path().join("voices.db"))
            .map(Registry::from)
    };
    let usual = open(0.01).unwrap();
    usual.enroll(&id("ada"), clip("ada-1.mp3")).unwrap();
    let verify = |registry: &Registry| registry.verify(&id("ada"), &clip("ada-2.m4a")).unwrap();
    assert!(verify(&open(0.0001).unwrap()).match_llr > verify(&usual).match_llr);
    assert_eq!(open(0.0).unwrap_err().code(), "invalid_option");
    assert_eq!(open(f64::NAN).unwrap_err().code(), "invalid_option");
}

#[test]
fn a_speaker_without_any_recording_left_is_nobodys_duplicate_and_hides_nobody() {
    let Store { registry, folder: _folder } = Store::new();
    let ada = registry.enroll(&id("ada"), clip("ada-1.mp3")).unwrap();
    registry.remove_sample(&id("ada"), ada.recordings[0].id.unwrap()).unwrap();
    let duplicates = |enrollment: &voiceroll::Enrollment| {
        let problems = enrollment.recordings.iter().flat_map(|sample| &sample.problems);
        problems
            .filter(|p| p.code == ProblemCode::DuplicateVoice)
            .filter_map(|p| p.speaker_id.clone())
            .collect::<Vec<_>>()
    };
    // Another registry starts with the emptied speaker, as the first on the roll.
    let other = Registry::open(_folder.path().join("voices.db")).unwrap();
    assert!(duplicates(&other.enroll(&id("byron"), clip("ada-2.m4a")).unwrap()).is_empty());
    assert_eq!(duplicates(&other.enroll(&id("king"), clip("ada-3.webm")).unwrap()), [id("byron")]);
    assert_eq!(duplicates(&registry.enroll(&id("lovelace"), clip("ada-3.webm")).unwrap()).len(), 1);
}

#[cfg(feature = "onnx")]
#[test]
fn a_network_from_outside_enrolls_and_is_kept_apart() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("voices.db");
    let open = |name: &str| voiceroll::Registry::options().model(model(name)).open(&path).map(Registry::from);
    let builtin = Registry::open(&path).unwrap();
    builtin.enroll(&id("ada"), clip("ada-1.mp3")).unwrap();

    let own = open("small-wespeaker.onnx").unwrap();
    assert!(own.model().unwrap().starts_with("onnx-"), "{}", own.model().unwrap());
    assert_ne!(own.model().unwrap(), open("small-nemo.onnx").unwrap().model().unwrap());
    let ben = own.enroll(&id("ben"), clip("ben-1.wav")).unwrap();
    assert_eq!(ben.model, own.model().unwrap());
    for (registry, speaker) in [(&own, "ada"), (&builtin, "ben")] {
        let error = registry.enroll(&id(speaker), clip("ada-3.webm")).unwrap_err();
        assert_eq!((error.kind(), error.code()), (ErrorKind::ModelMismatch, "model_mismatch"));
    }
    assert_eq!(own.verify(&id("ben"), &clip("ben-2.ogg")).unwrap_err().code(), "calibration_missing");

    let must_return = own.outdated().unwrap();
    assert_eq!(must_return, [(id("ada"), builtin.model().unwrap().to_owned())]);
    assert_eq!(builtin.outdated().unwrap(), [(id("ben"), ben.model)]);
}

#[test]
fn an_export_of_the_built_in_network_is_that_network_and_another_of_its_plan_is_not() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("voices.db");
    let open = |name: &str| voiceroll::Registry::options().model(model(name)).open(&path).map(Registry::from);
    let builtin = Registry::open(&path).unwrap();
    builtin.enroll(&id("ada"), clip("ada-1.mp3")).unwrap();
    let exported = open("../../core/models/speaker.onnx").unwrap();
    assert_eq!(exported.model().unwrap(), builtin.model().unwrap());
    exported.enroll(&id("ada"), clip("ada-2.m4a")).unwrap();
    let other = open("small-compact.onnx").unwrap();
    assert!(other.model().unwrap().starts_with("onnx-"), "{}", other.model().unwrap());
    other.enroll(&id("ben"), clip("ben-1.wav")).unwrap();
    assert_eq!(other.enroll(&id("ada"), clip("ada-3.webm")).unwrap_err().code(), "model_mismatch");
}

#[cfg(not(feature = "onnx"))]
#[test]
fn networks_of_other_plans_need_the_feature() {
    let folder = tempfile::tempdir().unwrap();
    let options = voiceroll::Registry::options().model(model("small-wespeaker.onnx"));
    let error = options.open(folder.path().join("voices.db")).unwrap_err();
    assert_eq!((error.code(), error.kind()), ("model_invalid", ErrorKind::InvalidInput));
    assert!(error.to_string().contains("feature `onnx`"), "{error}");
}

#[cfg(feature = "onnx")]
#[test]
fn the_same_network_gives_the_same_voice_each_time() {
    let enrolled = |name: &str| {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("voices.db");
        let options = voiceroll::Registry::options().model(model(name)).encrypted(false);
        let registry = options.open(&path).unwrap();
        Registry::from(registry).enroll(&id("ada"), clip("ada-1.mp3")).unwrap();
        let connection = rusqlite::Connection::open(&path).unwrap();
        connection.query_row("SELECT vector_sum FROM voiceprint", [], |row| row.get::<_, Vec<u8>>(0)).unwrap()
    };
    for name in ["small-wespeaker.onnx", "small-nemo.onnx"] {
        let once = enrolled(name);
        assert_eq!((once.len(), &once), (32 * 4, &enrolled(name)));
    }
}

#[cfg(feature = "onnx")]
#[test]
fn a_network_that_cannot_be_used_is_refused_when_it_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let refused = |path: PathBuf| {
        let error = voiceroll::Registry::options().model(path).open(folder.path().join("voices.db")).unwrap_err();
        (error.code(), error.to_string())
    };
    for (name, why) in [
        ("fault-undeclared.onnx", "framework"),
        ("fault-constant.onnx", "the same for different inputs"),
        ("fault-fixed-frames.onnx", "300 frames"),
        ("fault-8000-hz.onnx", "8000 Hz"),
        ("fault-output-dim.onnx", "`output_dim`"),
        ("fault-many-frames.onnx", "half a second"),
    ] {
        let (code, sentence) = refused(model(name));
        assert_eq!(code, "model_invalid", "{name}");
        assert!(sentence.contains(why), "{sentence}");
    }
    assert_eq!(refused(common::clip_path("ada-1.mp3")).0, "model_invalid");
    assert_eq!(refused(model("nothing-there.onnx")).0, "io_failed");
    let damaged = folder.path().join("damaged.onnx");
    let bytes = std::fs::read(model("small-wespeaker.onnx")).unwrap();
    for length in [0, 10, 1000, bytes.len() - 1] {
        std::fs::write(&damaged, &bytes[..length]).unwrap();
        assert_eq!(refused(damaged.clone()).0, "model_invalid", "cut to {length} bytes");
    }
}

#[cfg(feature = "onnx")]
#[test]
fn a_network_that_gives_no_numbers_for_some_speech_is_blamed_for_it() {
    let folder = tempfile::tempdir().unwrap();
    let options = voiceroll::Registry::options().model(model("fault-not-a-number.onnx"));
    let registry: Registry = options.open(folder.path().join("voices.db")).unwrap().into();
    for clip in [clip("ada-1.mp3"), clip("dan-1.mp3")] {
        let errors = [
            registry.enroll(&id("ada"), clip.clone()).unwrap_err(),
            registry.diarize(&clip, &DiarizeOptions::default()).unwrap_err(),
        ];
        assert_eq!(errors.map(|error| error.code()), ["model_invalid"; 2]);
    }
    assert_eq!(registry.list(ListOptions::default()).unwrap().total, 0);
}

/// A store as version 1 made it.
const VERSION_1: &str = "
    CREATE TABLE setting (name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT, WITHOUT ROWID;
    CREATE TABLE speaker (id INTEGER PRIMARY KEY, speaker_id TEXT NOT NULL UNIQUE, model TEXT NOT NULL,
        quality TEXT NOT NULL, complete INTEGER NOT NULL, speech_seconds REAL NOT NULL, total_seconds REAL NOT NULL,
        recordings INTEGER NOT NULL, agreement REAL, snr_sum REAL NOT NULL, bandwidth_sum REAL NOT NULL) STRICT;
    CREATE INDEX speaker_by_completeness ON speaker (complete, speaker_id);
    CREATE TABLE voiceprint (speaker INTEGER PRIMARY KEY REFERENCES speaker (id) ON DELETE CASCADE,
        vector_sum BLOB NOT NULL, vector BLOB NOT NULL) STRICT;
    CREATE TABLE sample (id INTEGER PRIMARY KEY AUTOINCREMENT,
        speaker INTEGER NOT NULL REFERENCES speaker (id) ON DELETE CASCADE, speech_seconds REAL NOT NULL,
        total_seconds REAL NOT NULL, snr_db REAL, bandwidth_hz REAL, enrolled_at INTEGER NOT NULL,
        problems TEXT NOT NULL, vector BLOB NOT NULL) STRICT;
    CREATE INDEX sample_by_speaker ON sample (speaker);
    CREATE TABLE deleted (digest BLOB PRIMARY KEY) STRICT, WITHOUT ROWID;
    INSERT INTO setting VALUES ('salt', randomblob(16));
    INSERT INTO speaker VALUES (1, 'old', 'm0', 'Good', 1, 20.5, 24, 1, NULL, 400, 140000);
    INSERT INTO voiceprint VALUES (1, zeroblob(768), zeroblob(768));
    PRAGMA application_id = 0x7663726c;
    PRAGMA user_version = 1;";

#[test]
fn a_store_of_version_1_is_taken_over_with_everybody_on_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("voices.db");
    rusqlite::Connection::open(&path).unwrap().execute_batch(VERSION_1).unwrap();
    let registry = Registry::open(&path).unwrap();
    let old = registry.get(&id("old")).unwrap();
    assert_eq!((old.speech_seconds, old.complete), (20.5, true));
    assert_eq!(registry.outdated().unwrap(), [(id("old"), "m0".to_owned())]);
    registry.enroll(&id("ada"), clip("ada-1.mp3")).unwrap();
    registry.delete(&id("old")).unwrap();
    assert_eq!(Registry::open(&path).unwrap().get(&id("ada")).unwrap().recordings.len(), 1);
}
