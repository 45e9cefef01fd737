//! What the speech detector takes for speech, and what not.
#![allow(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

mod common;

use std::f64::consts::TAU;

use common::{clip_bytes, inspect};
use voiceroll::{ProblemCode, Recording};

const RATE: f64 = 16_000.0;
const SECONDS: f64 = 30.0;

/// 16 kHz mono 16-bit WAV.
fn wav(samples: impl Iterator<Item = f64>) -> Recording {
    let pcm: Vec<u8> =
        samples.flat_map(|sample| ((sample.clamp(-1.0, 1.0) * 32_767.0).round() as i16).to_le_bytes()).collect();
    let mut file = b"RIFF\0\0\0\0WAVEfmt \x10\0\0\0\x01\0\x01\0\x80\x3e\0\0\0\x7d\0\0\x02\0\x10\0data".to_vec();
    file[4..8].copy_from_slice(&(36 + pcm.len() as u32).to_le_bytes());
    file.extend_from_slice(&(pcm.len() as u32).to_le_bytes());
    file.extend_from_slice(&pcm);
    Recording::from_bytes(file)
}

/// 30 s of a sound, given by its value at each moment.
fn heard_in(sound: impl FnMut(f64) -> f64) -> f64 {
    let samples = (0..(SECONDS * RATE) as usize).map(|n| n as f64 / RATE).map(sound);
    inspect(&wav(samples)).unwrap().speech_seconds
}

/// Noise that is the same each time, -1 to 1.
fn noise() -> impl FnMut() -> f64 {
    let mut state = 1u64;
    move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as f64 / f64::from(1u32 << 30) - 1.0
    }
}

fn harmonics(hz: f64, t: f64) -> f64 {
    (1..=6).map(f64::from).map(|k| (TAU * k * hz * t).sin() / k).sum()
}

#[track_caller]
fn assert_no_speech(sound: &str, seconds: f64) {
    assert!(seconds <= 0.5, "{seconds} s of speech in 30 s of {sound}");
}

#[test]
fn music_is_not_speech() {
    let scale = [261.6, 293.7, 329.6, 349.2, 392.0, 440.0, 493.9, 523.3];
    let melody = heard_in(|t| {
        let note = (t / 0.3) as usize;
        0.2 * harmonics(scale[(note * 5 + note / 3) % 8], t) * (-(t % 0.3) * 4.0).exp()
    });
    assert_no_speech("melody", melody);
    let chords = heard_in(|t| {
        let root = scale[(t / 0.8) as usize * 3 % 8] / 2.0;
        [1.0, 1.26, 1.498].iter().map(|ratio| 0.08 * harmonics(root * ratio, t)).sum::<f64>() * (-(t % 0.8)).exp()
    });
    assert_no_speech("chords", chords);
    let mut random = noise();
    let drums = heard_in(|t| {
        let since = t % 0.25;
        let kick = (TAU * 55.0 * since).sin() * (-since * 25.0).exp();
        0.4 * kick + 0.2 * random() * (-since * 40.0).exp()
    });
    assert_no_speech("drums", drums);
}

#[test]
fn tones_are_not_speech() {
    assert_no_speech("tone", heard_in(|t| 0.3 * (TAU * 440.0 * t).sin()));
    assert_no_speech("sweep", heard_in(|t| 0.3 * (TAU * (100.0 + 60.0 * t) * t).sin()));
    let digits = heard_in(|t| {
        let digit = (t / 0.3) as usize;
        let (low, high) = ([697.0, 770.0, 852.0, 941.0][digit * 7 % 4], [1209.0, 1336.0, 1477.0][digit * 5 % 3]);
        if t % 0.3 < 0.15 { 0.2 * ((TAU * low * t).sin() + (TAU * high * t).sin()) } else { 0.0 }
    });
    assert_no_speech("dialled digits", digits);
    let ringing =
        heard_in(|t| if t % 6.0 < 2.0 { 0.2 * ((TAU * 440.0 * t).sin() + (TAU * 480.0 * t).sin()) } else { 0.0 });
    assert_no_speech("ringing", ringing);
    assert_no_speech("mains hum", heard_in(|t| 0.1 * harmonics(50.0, t)));
}

#[test]
fn noise_and_silence_are_not_speech() {
    let mut random = noise();
    assert_no_speech("white noise", heard_in(|_| 0.1 * random()));
    let mut random = noise();
    let mut sums = [0.0; 3];
    let pink = heard_in(|_| {
        let white = random();
        for (sum, keep) in sums.iter_mut().zip([0.997, 0.963, 0.570]) {
            *sum = keep * *sum + 0.05 * white;
        }
        0.2 * sums.iter().sum::<f64>()
    });
    assert_no_speech("pink noise", pink);
    let (mut random, mut sum) = (noise(), 0.0);
    let brown = heard_in(|_| {
        sum = 0.999 * sum + 0.01 * random();
        sum
    });
    assert_no_speech("brown noise", brown);
    let mut random = noise();
    assert_no_speech("clicks", heard_in(|t| if t % 0.37 < 0.001 { 0.8 * random() } else { 1e-4 * random() }));
    assert_no_speech("silence", heard_in(|_| 0.0));
    let mut random = noise();
    assert_no_speech("rounding", heard_in(|_| 3e-5 * random()));
}

#[test]
fn a_soft_voice_is_heard_like_a_loud_one() {
    let file = clip_bytes("ben-1.wav");
    let start = file.windows(4).position(|window| window == b"data").unwrap() + 8;
    let loud = inspect(&Recording::from_bytes(file.clone())).unwrap();
    let mut soft = file[..start].to_vec();
    let samples = file[start..].as_chunks().0.iter().map(|bytes| i16::from_le_bytes(*bytes));
    soft.extend(samples.flat_map(|sample| (sample / 200).to_le_bytes()));
    let soft = inspect(&Recording::from_bytes(soft)).unwrap();
    assert!(soft.problem(ProblemCode::TooQuiet).is_some(), "{:?}", soft.level_dbfs);
    let off = (soft.speech_seconds - loud.speech_seconds).abs();
    assert!(off <= 0.1 * loud.speech_seconds, "{} of {} s", soft.speech_seconds, loud.speech_seconds);
}
