//! One voice among a million: loading, searching, and what 8 bits lose.
//!
//! ```sh
//! cargo bench --features __bench --bench index
//! ```
//!
//! To hold: a search under 25 ms on two cores and at least 60 % of the memory bandwidth that the
//! same threads reach by summing up bytes in the same run; loading under 2 s, and from an encrypted store within 1.3 times
//! of one that is not.
//!
//! Limits: the voices are random directions, and a query is one of them with noise, at a cosine of
//! about 0.6, as between two calls of one person; real voices are less evenly spread. The file
//! (about 1 GB, in the temporary folder) stays in the system's page cache.

#![allow(clippy::print_stdout, clippy::unwrap_used, reason = "a benchmark talks, and may stop where it stands")]

use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

use rusqlite::{Connection, params};
use voiceroll::bench::Search;

const WIDTH: usize = 192;
/// The built-in one, whose cohort and calibration a search ranks by.
const MODEL: &str = "voiceroll-m3";
const QUERIES: u64 = 200;
const ROUNDS: usize = 30;

fn main() {
    // `cargo test --benches` only asks whether it runs.
    let voices: u64 = if std::env::args().any(|arg| arg == "--bench") { 1_000_000 } else { 2_000 };
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("voices.db");
    fill(&path, voices);

    // The better of two each, so that the system's page cache is warm for both.
    let load = || {
        let start = Instant::now();
        let search = Search::open(&path).unwrap();
        let loading = start.elapsed();
        assert_eq!(search.voices().unwrap() as u64, voices);
        (loading, search)
    };
    let plain = load().0.min(load().0);
    let start = Instant::now();
    drop(voiceroll::Registry::options().encrypted(true).open(&path).unwrap());
    let encrypting = start.elapsed();
    let first = load().0;
    let (loading, search) = load();
    let loading = loading.min(first);

    let bytes = voices as usize * WIDTH;
    let (mut searching, mut summing) = (Duration::MAX, Duration::MAX);
    let block = vec![1u8; bytes];
    for round in 0..ROUNDS {
        let query = noisy(round as u64 * 7 % voices, voices);
        let start = Instant::now();
        black_box(search.nearest(&query).unwrap());
        searching = searching.min(start.elapsed());
        let start = Instant::now();
        black_box(sum(&block));
        summing = summing.min(start.elapsed());
    }
    println!("{voices} voices, {:.0} MB of codes", bytes as f64 / 1e6);
    println!("load     {:>8.0} ms, not encrypted {:.0} ms", 1e3 * loading.as_secs_f64(), 1e3 * plain.as_secs_f64());
    println!("encrypt  {:>8.0} ms", 1e3 * encrypting.as_secs_f64());
    println!("search   {:>8.2} ms, {:.1} GB/s", 1e3 * searching.as_secs_f64(), rate(bytes, searching));
    println!("summing  {:>8.2} ms, {:.1} GB/s", 1e3 * summing.as_secs_f64(), rate(bytes, summing));
    println!("ratio    {:>8.2} of the bandwidth of summing", rate(bytes, searching) / rate(bytes, summing));

    let targets: Vec<u64> = (0..QUERIES.min(voices)).map(|n| n * (voices / QUERIES.min(voices))).collect();
    let queries: Vec<Vec<f32>> = targets.iter().map(|target| noisy(*target, voices)).collect();
    let exact = nearest_exactly(&queries, voices);
    let (mut right, mut same) = (0, 0);
    for ((query, target), exact) in queries.iter().zip(&targets).zip(exact) {
        let best = search.nearest(query).unwrap()[0].1.clone();
        right += usize::from(best == name(*target));
        same += usize::from(best == name(exact));
    }
    println!(
        "the right voice came first in {right} of {} searches; in {same} the same came first as with 32 bits",
        targets.len()
    );
}

fn rate(bytes: usize, time: Duration) -> f64 {
    bytes as f64 / 1e9 / time.as_secs_f64()
}

/// Reads every byte once on as many threads as a search has.
fn sum(block: &[u8]) -> u64 {
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        let parts: Vec<_> = block
            .chunks(block.len().div_ceil(threads))
            .map(|part| {
                scope.spawn(move || {
                    let (words, _) = part.as_chunks::<8>();
                    words.iter().map(|word| u64::from_le_bytes(*word)).fold(0u64, u64::wrapping_add)
                })
            })
            .collect();
        parts.into_iter().map(|part| part.join().unwrap()).fold(0u64, u64::wrapping_add)
    })
}

fn name(number: u64) -> String {
    format!("voice_{number}")
}

/// The direction of one voice, the same whenever it is asked for.
fn voice(number: u64) -> Vec<f32> {
    let mut state = number.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let mut vector: Vec<f32> = (0..WIDTH)
        .map(|_| {
            // The sum of four even numbers is nearly normally distributed.
            (0..4)
                .map(|_| {
                    state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                    (state >> 40) as f32 / (1u64 << 24) as f32 - 0.5
                })
                .sum()
        })
        .collect();
    normalize(&mut vector);
    vector
}

fn noisy(number: u64, voices: u64) -> Vec<f32> {
    let mut vector: Vec<f32> =
        voice(number).iter().zip(voice(voices + number)).map(|(x, y)| 0.6 * x + 0.8 * y).collect();
    normalize(&mut vector);
    vector
}

fn normalize(vector: &mut [f32]) {
    let length = vector.iter().map(|x| x * x).sum::<f32>().sqrt();
    vector.iter_mut().for_each(|x| *x /= length);
}

fn nearest_exactly(queries: &[Vec<f32>], voices: u64) -> Vec<u64> {
    let mut best = vec![(f32::NEG_INFINITY, 0); queries.len()];
    for number in 0..voices {
        let voice = voice(number);
        for (query, best) in queries.iter().zip(&mut best) {
            let score = voice.iter().zip(query).map(|(a, b)| a * b).sum::<f32>();
            if score > best.0 {
                *best = (score, number);
            }
        }
    }
    best.into_iter().map(|(_, number)| number).collect()
}

fn fill(path: &Path, voices: u64) {
    drop(voiceroll::Registry::options().encrypted(false).open(path).unwrap());
    let mut connection = Connection::open(path).unwrap();
    connection.execute_batch("PRAGMA synchronous = OFF").unwrap();
    let tx = connection.transaction().unwrap();
    {
        let mut speaker = tx
            .prepare(
                "INSERT INTO speaker (id, speaker_id, model, quality, complete, speech_seconds, total_seconds,
                 recordings, snr_sum, bandwidth_sum, changed) VALUES (?1, ?2, ?3, 'Good', 1, 20, 25, 1, 400, 140000, 1)",
            )
            .unwrap();
        let mut print = tx.prepare("INSERT INTO voiceprint (speaker, vector_sum) VALUES (?1, ?2)").unwrap();
        for number in 0..voices {
            let blob: Vec<u8> = voice(number).iter().flat_map(|x| (20.0 * x).to_le_bytes()).collect();
            speaker.execute(params![number as i64 + 1, name(number), MODEL]).unwrap();
            print.execute(params![number as i64 + 1, blob]).unwrap();
        }
    }
    tx.execute("UPDATE counter SET value = 1 WHERE name = 'changes'", []).unwrap();
    tx.commit().unwrap();
    connection.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)").unwrap();
}
