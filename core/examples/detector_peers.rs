//! Hears recordings with the built-in speech detector and with `earshot`, for
//! `python -m voiceroll_training detector evaluate`.
//!
//! Each line of standard input is the path of a recording, 16 kHz mono 16-bit WAV; the answer is one
//! line of JSON with the seconds of speech by each.
#![allow(clippy::print_stdout, reason = "a program talks to people there")]

use std::error::Error;
use std::io;

use serde_json::json;
use voiceroll::{CallOptions, Limits, Recording};

const FRAME: usize = 256;
const FRAMES_PER_SECOND: f64 = 16_000.0 / FRAME as f64;

fn main() -> Result<(), Box<dyn Error>> {
    for path in io::stdin().lines() {
        let path = path?;
        let found =
            voiceroll::blocking::inspect(&Recording::from_path(&path), &Limits::default(), &CallOptions::new())?;
        println!(
            "{}",
            json!({ "voiceroll": found.speech_seconds, "earshot": earshot_seconds(&std::fs::read(&path)?) })
        );
    }
    Ok(())
}

/// Speech by earshot at its usual threshold, with the same rules for pauses and short sounds.
fn earshot_seconds(wav: &[u8]) -> f64 {
    const HEADER: usize = 44;
    let samples: Vec<i16> = wav[HEADER..].as_chunks().0.iter().map(|bytes| i16::from_le_bytes(*bytes)).collect();
    let mut detector = earshot::Detector::default_boxed();
    let mut segments: Vec<std::ops::Range<usize>> = Vec::new();
    for (at, frame) in samples.chunks_exact(FRAME).enumerate() {
        if detector.predict_i16(frame) >= 0.5 {
            match segments.last_mut() {
                Some(last) if at - last.end <= (0.3 * FRAMES_PER_SECOND) as usize => last.end = at + 1,
                _ => segments.push(at..at + 1),
            }
        }
    }
    segments.retain(|segment| segment.len() > (0.1 * FRAMES_PER_SECOND) as usize);
    segments.iter().map(ExactSizeIterator::len).sum::<usize>() as f64 / FRAMES_PER_SECOND
}
