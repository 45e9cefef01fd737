//! The measurements on real recordings whose truth is known, where the project has them at hand.
#![allow(clippy::panic, clippy::unwrap_used, clippy::print_stderr, reason = "a test fails by panicking")]

mod common;

use std::path::{Path, PathBuf};

use common::inspect;
use serde_json::Value;
use voiceroll::{ProblemCode, Recording};

fn recordings() -> Option<(PathBuf, Vec<Value>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/voices/enroll");
    let Ok(text) = std::fs::read_to_string(folder.join("truth.jsonl")) else {
        common::skipped("there are no recordings in ../shared/voices/enroll");
        return None;
    };
    Some((folder, text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()))
}

#[test]
fn measurements_agree_with_the_truth() {
    let Some((folder, truths)) = recordings() else { return };
    let mut speech_errors = Vec::new();
    let (mut snr_right, mut snr_known) = (0, 0);
    for truth in &truths {
        let file = truth["file"].as_str().unwrap();
        let found = inspect(&Recording::from_path(folder.join(file))).unwrap();
        let speech = truth["speech_seconds"].as_f64().unwrap();
        speech_errors.push(((found.speech_seconds - speech) / speech).abs());
        if let Some(snr) = truth["snr_db"].as_f64() {
            snr_known += 1;
            snr_right += usize::from(found.snr_db.is_some_and(|measured| (measured - snr).abs() <= 4.0));
        }
        let has = |code| found.problem(code).is_some();
        let telephone = truth["voice_band_hz"] == 4000;
        assert_eq!(has(ProblemCode::NarrowBand), telephone, "{file}");
        assert_eq!(has(ProblemCode::Clipped), truth["condition"] == "clip", "{file}");
        if truth["condition"] == "half" {
            assert!(has(ProblemCode::MostlySilence), "{file}");
        }
        if truth["condition"] == "clean" {
            assert!(!has(ProblemCode::MostlySilence) && !has(ProblemCode::Noisy), "{file}");
        }
    }
    speech_errors.sort_by(f64::total_cmp);
    let middle = speech_errors.len() / 2;
    let median = (speech_errors[middle - 1] + speech_errors[middle]) / 2.0;
    assert!(median <= 0.08, "median error of speech seconds {median}");
    assert!(snr_right + 1 >= snr_known, "{snr_right} of {snr_known} ratios within 4 dB");
}
