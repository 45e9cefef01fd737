//! Recordings made to do harm: damaged at random, or built to cost time or memory.
//!
//! An answer or an error has to come back each time, soon, without a panic and within memory that
//! has to do with the size of the file.
//!
//! `cargo test --release --test hostile`. The environment variable `VOICEROLL_MUTATIONS` says how
//! many damaged inputs are tried, and `VOICEROLL_MUTATION` tries a single one again by its number.

#![allow(clippy::panic, clippy::unwrap_used, clippy::print_stderr, reason = "a test fails by panicking")]

mod crafted;
mod random;

use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, Once, PoisonError};
use std::time::{Duration, Instant};

use voiceroll::{CallOptions, Error, Inspection, Limits, Recording, blocking};

/// One inspection may take this long. The slowest clip takes 0.1 s in a release build; the rest
/// allows for a slow build on a busy machine, and a hang is still found.
const PATIENCE: Duration = Duration::from_secs(if cfg!(debug_assertions) { 20 } else { 5 });

/// One inspection may add this much to the memory in use, in MB. The limits promise 40 MB within
/// two hours of sound; a decoder's tables and the demuxer's index of a strange file come on top.
const MEMORY_MB: u64 = 150;

/// Many inspections, one after the other, may add this much, in MB: memory that was given back
/// may stay with the process, in pieces.
const MEMORY_OF_ALL_MB: u64 = 400;

/// All that bytes in memory may be answered with, besides an inspection.
const CODES: [&str; 5] =
    ["recording_empty", "recording_unsupported", "recording_no_sound", "recording_damaged", "recording_too_long"];

static ALONE: Mutex<()> = Mutex::new(());
static PANICS: AtomicUsize = AtomicUsize::new(0);
static INPUT: Mutex<String> = Mutex::new(String::new());

/// Lets one test run at a time, as memory and panics are counted for the whole process. A panic
/// in a decoder is caught by the crate and would not be seen without the hook.
fn alone() -> MutexGuard<'static, ()> {
    static HOOK: Once = Once::new();
    let guard = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    HOOK.call_once(|| {
        let usual = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            PANICS.fetch_add(1, Ordering::SeqCst);
            eprintln!("panic while reading: {}", INPUT.lock().unwrap_or_else(PoisonError::into_inner));
            usual(info);
        }));
    });
    guard
}

/// What an inspection cost.
struct Cost {
    time: Duration,
    memory_mb: u64,
}

/// Inspects and checks everything that has to hold for any bytes at all.
fn inspect(name: &str, bytes: Vec<u8>, limits: &Limits) -> (Result<Inspection, Error>, Cost) {
    name.clone_into(&mut INPUT.lock().unwrap_or_else(PoisonError::into_inner));
    let panics = PANICS.load(Ordering::SeqCst);
    let before = forget_peak();
    let start = Instant::now();
    let result = blocking::inspect(&Recording::from_bytes(bytes), limits, &CallOptions::new());
    let cost = Cost { time: start.elapsed(), memory_mb: peak_mb().saturating_sub(before) };
    match &result {
        Ok(found) => check(name, found, limits),
        Err(error) => {
            assert!(!error.to_string().is_empty(), "{name}");
            assert!(CODES.contains(&error.code()), "{name}: {error:?}");
        }
    }
    assert_eq!(PANICS.load(Ordering::SeqCst), panics, "{name}: a decoder panicked");
    assert!(cost.time < PATIENCE, "{name}: took {:?}", cost.time);
    assert!(cost.memory_mb < MEMORY_MB, "{name}: took {} MB", cost.memory_mb);
    (result, cost)
}

fn check(name: &str, found: &Inspection, limits: &Limits) {
    let optional = [found.bandwidth_hz, found.level_dbfs, found.peak_dbfs, found.snr_db, found.snr_blind_db];
    let plain = [found.duration, found.speech_seconds, found.longest_pause, found.clipped_ratio, found.dc_offset];
    let limits_of_problems = found.problems.iter().flat_map(|problem| [problem.measured, problem.limit]);
    let numbers = optional.into_iter().chain(limits_of_problems).flatten().chain(plain);
    for number in numbers {
        assert!(number.is_finite(), "{name}: {found:?}");
    }
    assert!((0.0..=1.0).contains(&found.clipped_ratio), "{name}: {found:?}");
    assert!((0.0..=limits.max_seconds + 0.1).contains(&found.duration), "{name}: {found:?}");
    assert!((0.0..=found.duration + 0.05).contains(&found.speech_seconds), "{name}: {found:?}");
    assert!((1..=64).contains(&found.channels), "{name}: {found:?}");
    assert!((4_000..=384_000).contains(&found.sample_rate), "{name}: {found:?}");
    assert!(found.problems.iter().all(|problem| !problem.advice.is_empty()), "{name}: {found:?}");
}

/// Inspects a crafted input; the code of the error, or `ok`.
fn answer(name: &str, bytes: Vec<u8>) -> String {
    let size = bytes.len();
    let (result, cost) = inspect(name, bytes, &seconds(60.0));
    let (answer, why) = match result {
        Ok(found) => ("ok".to_owned(), format!("{} s", found.duration)),
        Err(error) => (error.code().to_owned(), error.to_string()),
    };
    let Cost { time, memory_mb } = cost;
    eprintln!("{name}: {size} bytes, {:.2} s, {memory_mb} MB: {answer}, {why}", time.as_secs_f64());
    answer
}

fn seconds(max_seconds: f64) -> Limits {
    let mut limits = Limits::default();
    limits.max_seconds = max_seconds;
    limits
}

fn clip(name: &str) -> Vec<u8> {
    std::fs::read(Path::new("../tests/audio").join(name)).unwrap()
}

/// Starts the count of the most memory in use anew, and returns what is in use now, in MB. Linux
/// alone can tell; elsewhere memory is not checked.
fn forget_peak() -> u64 {
    let _ = std::fs::write("/proc/self/clear_refs", "5");
    status_mb("VmRSS:")
}

fn peak_mb() -> u64 {
    status_mb("VmHWM:")
}

fn status_mb(field: &str) -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(field));
    line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok()).unwrap_or(0) / 1024
}

#[test]
fn seeds_get_an_answer() {
    let _alone = alone();
    for entry in std::fs::read_dir("../tests/seeds").unwrap() {
        let path = entry.unwrap().path();
        answer(&path.display().to_string(), std::fs::read(&path).unwrap());
    }
}
