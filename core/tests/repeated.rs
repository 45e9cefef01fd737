//! Evidence is counted once: what was enrolled before adds nothing, however it is coded, cut or shifted.
#![allow(clippy::panic, clippy::unwrap_used, clippy::print_stderr, reason = "a test fails by panicking")]

mod common;

use std::path::Path;

use common::talk::spoken;
use common::{Store, clip, clip_bytes, id};
use voiceroll::{ProblemCode, Recording};

fn samples(name: &str) -> Vec<f32> {
    spoken(name).iter().map(|sample| f32::from(*sample) / 32768.0).collect()
}

#[test]
fn the_same_bytes_add_nothing_and_name_the_earlier_recording() {
    let store = Store::new();
    let first = store.registry.enroll(&id("ben"), [clip("ben-1.wav")]).unwrap();
    let number = first.recordings[0].id.unwrap();
    for _ in 0..4 {
        let again = store.registry.enroll(&id("ben"), [clip("ben-1.wav")]).unwrap();
        assert_eq!((again.speech_seconds, again.quality, again.complete), (first.speech_seconds, first.quality, false));
        assert_eq!(again.recordings.len(), 2);
        let told = &again.recordings[1];
        let problem = told.problems.iter().find(|problem| problem.code == ProblemCode::Repeated).unwrap();
        assert!(!told.accepted && problem.advice.contains(&format!("recording {number} ")), "{told:?}");
    }
    assert_eq!(store.registry.get(&id("ben")).unwrap().recordings.len(), 1);
    let twice = store.registry.enroll(&id("dan"), [clip("dan-1.mp3"), clip("dan-1.mp3")]).unwrap();
    assert_eq!(twice.recordings.iter().filter(|one| one.accepted).count(), 1);
}

#[test]
fn a_cut_a_shift_and_another_level_change_nothing() {
    let store = Store::new();
    let whole = samples("ada-1.mp3");
    let first = store.registry.enroll(&id("ada"), [Recording::from_f32(&whole, 1, 16_000)]).unwrap();
    for (from, seconds, gain) in [(1237, 15, 0.5), (40_000, 8, 0.1), (90_011, 4, 1.0)] {
        let part: Vec<f32> = whole[from..from + seconds * 16_000].iter().map(|sample| sample * gain).collect();
        let after = store.registry.enroll(&id("ada"), [Recording::from_f32(&part, 1, 16_000)]).unwrap();
        assert_eq!(after.speech_seconds, first.speech_seconds, "{from}");
    }
    // Something else of hers counts.
    let more = store.registry.enroll(&id("ada"), [clip("ada-2.m4a")]).unwrap();
    assert!(more.speech_seconds > first.speech_seconds + 10.0);
}

#[test]
fn a_clip_that_is_looped_counts_once() {
    let store = Store::new();
    let once = store.registry.enroll(&id("ben"), [clip("ben-1.wav")]).unwrap();
    let looped: Vec<f32> = samples("ben-1.wav").repeat(5);
    let looped = store.registry.enroll(&id("other"), [Recording::from_f32(&looped, 1, 16_000)]).unwrap();
    assert!((looped.speech_seconds - once.speech_seconds).abs() < 0.6, "{}", looped.speech_seconds);
    assert!(!looped.complete);
    assert!(looped.recordings[0].problems.iter().any(|problem| problem.code == ProblemCode::Repeated));
}

#[test]
fn what_is_known_of_a_recording_goes_with_it() {
    let store = Store::new();
    store.registry.enroll(&id("ben"), [clip("ben-1.wav")]).unwrap();
    store.registry.delete(&id("ben")).unwrap();
    let anew = store.registry.enroll(&id("ben"), [clip("ben-1.wav")]).unwrap();
    assert_eq!(anew.recordings.len(), 1);
    assert!(anew.recordings[0].accepted);
}

/// Recordings of one speaker, of other sessions: none may count as the same. `cargo test --release --test repeated --
/// --nocapture different` says how many pairs there were.
#[test]
fn different_recordings_of_a_real_speaker_are_different() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/voices/dev");
    let Ok(manifest) = std::fs::read_to_string(folder.join("manifest.jsonl")) else {
        return common::skipped("no recordings in ../shared/voices");
    };
    let rows: Vec<serde_json::Value> = manifest.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let mut pairs = Vec::new();
    for (number, a) in rows.iter().enumerate() {
        for b in &rows[number + 1..] {
            if a["speaker"] == b["speaker"] && a["session"] != b["session"] {
                pairs.push((a["path"].as_str().unwrap(), b["path"].as_str().unwrap()));
            }
        }
    }
    let most: usize = std::env::var("VOICEROLL_PAIRS").ok().and_then(|many| many.parse().ok()).unwrap_or(20);
    let step = (pairs.len() / most).max(1);
    let (mut tried, mut flagged) = (0, 0);
    for (a, b) in pairs.iter().step_by(step).take(most) {
        let store = Store::new();
        let recordings = [a, b].map(|path| Recording::from_path(folder.join(path)));
        let Ok(enrollment) = store.registry.enroll(&id("somebody"), recordings) else { continue };
        tried += 1;
        let repeated = enrollment.recordings.iter().flat_map(|one| &one.problems);
        if repeated.into_iter().any(|problem| problem.code == ProblemCode::Repeated) {
            flagged += 1;
            eprintln!("{a} and {b} count as the same");
        }
    }
    eprintln!("{flagged} of {tried} pairs flagged, of {} there are", pairs.len());
    assert_eq!(flagged, 0);
}

/// Copies through coders at 24 kbit/s and more, shifted and trimmed: all are known. Where ffmpeg is not installed it is
/// skipped.
#[test]
fn coded_copies_are_known() {
    let folder = tempfile::tempdir().unwrap();
    let mut missed = Vec::new();
    for name in ["ada-1.mp3", "ben-2.ogg", "cleo-1.flac", "dan-1.mp3"] {
        let store = Store::new();
        store.registry.enroll(&id("somebody"), [Recording::from_bytes(clip_bytes(name))]).unwrap();
        for (end, options) in [
            ("mp3", "-c:a libmp3lame -b:a 24k"),
            ("m4a", "-c:a aac -b:a 24k"),
            ("webm", "-c:a libopus -b:a 24k"),
            ("ogg", "-ar 8000 -c:a libopus -b:a 24k"),
            ("mp3", "-ar 44100 -ac 2 -c:a libmp3lame -b:a 64k"),
        ] {
            let copy = folder.path().join(format!("copy.{end}"));
            let run = std::process::Command::new("ffmpeg")
                .args(["-v", "error", "-y", "-ss", "0.737"])
                .arg("-i")
                .arg(common::clip_path(name))
                .args(options.split(' '))
                .arg(&copy)
                .status();
            if !run.is_ok_and(|status| status.success()) {
                return common::skipped("ffmpeg is not installed, or without an encoder");
            }
            let again = store.registry.enroll(&id("somebody"), [Recording::from_path(&copy)]).unwrap();
            if again.recordings.iter().filter(|one| one.accepted).count() != 1 {
                missed.push(format!("{name} {options}"));
            }
        }
    }
    assert!(missed.is_empty(), "{missed:?}");
}
