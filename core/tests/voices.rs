//! Whose voice it is: verification, the same-person guard, duplicates, and networks from outside.
#![allow(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

mod common;

use std::path::{Path, PathBuf};
use std::time::Duration;

use common::{Store, clip, id};
use voiceroll::blocking::Registry;
use voiceroll::{CancelToken, Control, Decision, ErrorKind, ProblemCode, Severity};

fn model(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/models").join(name)
}

/// A roll with three voices on it.
fn roll() -> Store {
    let store = Store::new();
    store.registry.enroll(&id("ada"), [clip("ada-1.mp3"), clip("ada-2.m4a")]).unwrap();
    store.registry.enroll(&id("ben"), clip("ben-2.ogg")).unwrap();
    store.registry.enroll(&id("cleo"), [clip("cleo-1.flac"), clip("cleo-2.mp3")]).unwrap();
    store
}

#[test]
fn a_voice_is_told_from_others() {
    let Store { registry, folder: _folder } = roll();
    for (speaker, recording, expected) in [
        ("ada", "ada-3.webm", Decision::Match),
        ("ben", "ben-1.wav", Decision::Match),
        ("ada", "ben-2.ogg", Decision::NoMatch),
        ("ben", "ada-3.webm", Decision::NoMatch),
        ("cleo", "dan-1.mp3", Decision::NoMatch),
    ] {
        let found = registry.verify(&id(speaker), &clip(recording)).unwrap();
        assert_eq!(found.decision, expected, "{speaker} in {recording}: {found:?}");
        assert_eq!(found.decision == Decision::Match, found.llr.unwrap() >= found.match_llr);
        assert!((0.0..=1.0).contains(&found.confidence) && found.no_match_llr <= found.match_llr);
        assert!(found.speech_seconds > 1.5);
    }
}

#[test]
fn a_recording_with_hardly_any_speech_says_so_and_keeps_its_problems() {
    let Store { registry, folder: _folder } = roll();
    let found = registry.verify(&id("ada"), &clip("fault-silence.flac")).unwrap();
    assert_eq!((found.decision, found.llr, found.score), (Decision::TooLittleSpeech, None, None));
    assert_eq!(found.problems[0].code, ProblemCode::NoSpeech);
}

#[test]
fn whoever_is_not_on_the_roll_or_not_complete_is_named_before_anything_is_heard() {
    let Store { registry, folder: _folder } = Store::new();
    let unreadable = clip("not-text.mp3");
    let error = registry.verify(&id("nobody"), &unreadable).unwrap_err();
    assert_eq!((error.kind(), error.code()), (ErrorKind::NotFound, "speaker_not_found"));
    registry.enroll(&id("ada"), clip("ada-3.webm")).unwrap();
    let error = registry.verify(&id("ada"), &unreadable).unwrap_err();
    assert_eq!((error.kind(), error.code()), (ErrorKind::Incomplete, "speaker_incomplete"));
    assert!(error.to_string().contains("ada"));
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
fn another_voice_is_not_added_unless_forced() {
    let Store { registry, folder: _folder } = roll();
    let before = registry.get(&id("ada")).unwrap();
    for update in [Registry::update, Registry::enroll] {
        let error = update(&registry, &id("ada"), clip("ben-1.wav")).unwrap_err();
        assert_eq!((error.kind(), error.code()), (ErrorKind::Refused, "different_voice"));
        let problem = &error.problems()[0];
        assert_eq!((problem.code, problem.severity), (ProblemCode::DifferentVoice, Severity::Refuse));
        assert!(problem.measured.unwrap() < problem.limit.unwrap());
    }
    assert_eq!(registry.get(&id("ada")).unwrap(), before);

    let both = registry.update(&id("ada"), [clip("ben-1.wav"), clip("ada-3.webm")]).unwrap();
    assert_eq!(both.recordings.len(), 4);
    let refused = both.recordings.last().unwrap();
    assert!(!refused.accepted && refused.input == Some(0) && refused.id.is_none());
    assert_eq!(refused.problems[0].code, ProblemCode::DifferentVoice);
    assert_eq!(both.recordings[2].input, Some(1));

    let forced = registry.forced().update(&id("ada"), clip("ben-1.wav")).unwrap();
    assert_eq!(forced.recordings.len(), 4);
    assert!(forced.recordings.iter().all(|sample| sample.accepted));
}

#[test]
fn recordings_of_two_people_do_not_make_one_new_speaker() {
    let Store { registry, folder: _folder } = Store::new();
    let mixed = registry.create(&id("ada"), [clip("ada-1.mp3"), clip("ben-1.wav")]).unwrap();
    assert_eq!(mixed.recordings.iter().map(|sample| sample.accepted).collect::<Vec<_>>(), [true, false]);
}

#[test]
fn a_voice_that_is_on_the_roll_already_is_pointed_out() {
    let Store { registry, folder: _folder } = roll();
    let again = registry.enroll(&id("lovelace"), clip("ada-3.webm")).unwrap();
    let problem = again.recordings[0].problems.iter().find(|p| p.code == ProblemCode::DuplicateVoice).unwrap();
    assert_eq!((problem.speaker_id.as_ref(), problem.severity), (Some(&id("ada")), Severity::Warn));
    assert!(problem.measured.unwrap() >= problem.limit.unwrap());
    let seen = registry.get(&id("lovelace")).unwrap();
    assert!(
        seen.recordings[0].problems.iter().all(|p| p.code != ProblemCode::DuplicateVoice),
        "whose voice it is like is not kept: that speaker may be deleted"
    );
    // Deleted means gone for the search as well, here and in another registry on the same store.
    let other = registry.clone();
    registry.delete(&id("ada")).unwrap();
    registry.delete(&id("lovelace")).unwrap();
    let alone = other.enroll(&id("byron"), clip("ada-3.webm")).unwrap();
    assert!(alone.recordings[0].problems.iter().all(|p| p.code != ProblemCode::DuplicateVoice));
    let stranger = registry.enroll(&id("dan"), clip("dan-1.mp3")).unwrap();
    assert!(stranger.recordings[0].problems.iter().all(|p| p.code != ProblemCode::DuplicateVoice));
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

#[test]
fn verifying_can_be_cancelled_and_timed_out() {
    let Store { registry, folder: _folder } = roll();
    let token = CancelToken::new();
    token.cancel();
    let cancelled = registry.with(Control::new().cancel_with(&token)).verify(&id("ada"), &clip("ada-3.webm"));
    assert_eq!(cancelled.unwrap_err().kind(), ErrorKind::Cancelled);
    let late = registry.with(Control::new().timeout(Duration::ZERO)).verify(&id("ada"), &clip("ada-3.webm"));
    assert_eq!(late.unwrap_err().kind(), ErrorKind::Timeout);
}

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

    let must_return = own.enrolled_otherwise().unwrap();
    assert_eq!(must_return, [(id("ada"), builtin.model().unwrap().to_owned())]);
    assert_eq!(builtin.enrolled_otherwise().unwrap(), [(id("ben"), ben.model)]);
}

#[test]
fn the_same_network_gives_the_same_voice_each_time() {
    let enrolled = |name: &str| {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("voices.db");
        let registry = voiceroll::Registry::options().model(model(name)).open(&path).unwrap();
        Registry::from(registry).enroll(&id("ada"), clip("ada-1.mp3")).unwrap();
        let connection = rusqlite::Connection::open(&path).unwrap();
        connection.query_row("SELECT vector_sum FROM voiceprint", [], |row| row.get::<_, Vec<u8>>(0)).unwrap()
    };
    for name in ["small-wespeaker.onnx", "small-nemo.onnx"] {
        let once = enrolled(name);
        assert_eq!((once.len(), &once), (32 * 4, &enrolled(name)));
    }
}

#[test]
fn a_network_that_cannot_be_used_is_refused_when_it_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let refused = |path: PathBuf| {
        let error = voiceroll::Registry::options().model(path).open(folder.path().join("voices.db")).unwrap_err();
        (error.code(), error.to_string())
    };
    for (name, why) in [
        ("fault-undeclared.onnx", "framework"),
        ("fault-constant.onnx", "the same whatever it hears"),
        ("fault-fixed-frames.onnx", "300 frames"),
        ("fault-8000-hz.onnx", "8000 Hz"),
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
    assert_eq!(registry.enrolled_otherwise().unwrap(), [(id("old"), "m0".to_owned())]);
    registry.enroll(&id("ada"), clip("ada-1.mp3")).unwrap();
    registry.delete(&id("old")).unwrap();
    assert_eq!(Registry::open(&path).unwrap().get(&id("ada")).unwrap().recordings.len(), 1);
}
