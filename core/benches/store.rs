//! A store with 100,000 enrollments: open, get and list, with SQLite alone as the floor.
//!
//! ```sh
//! cargo bench --bench store
//! ```
//!
//! To hold: the median of `get` under 50 µs, `open` under 50 ms. `floor` is the least that a lookup
//! by id can cost: one prepared statement on the same file, over the same ids, in the same run.
//!
//! Limits: one real enrollment is copied under 99,999 more ids, so each speaker has one recording;
//! the file (about 300 MB, in the temporary folder) stays in the system's page cache; `open` has
//! the cost of closing the store in it.

#![allow(clippy::unwrap_used, reason = "a benchmark may stop where it stands")]

use std::path::Path;

use criterion::Criterion;
use futures_executor::block_on;
use rusqlite::Connection;
use voiceroll::blocking::Registry;
use voiceroll::{ListOptions, Recording, SpeakerId};

const SPEAKERS: usize = 100_000;

/// From one id to the next: without a common factor with `SPEAKERS`, so that every id comes up.
const STRIDE: usize = 61_803;

const MULTIPLY: &str = "
    PRAGMA synchronous = OFF;
    BEGIN;
    WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 99999)
    INSERT INTO speaker (speaker_id, model, quality, complete, speech_seconds, total_seconds, recordings,
                         agreement, snr_sum, bandwidth_sum, changed)
        SELECT printf('agent_%06d', i), model, quality, complete, speech_seconds, total_seconds, recordings,
               agreement, snr_sum, bandwidth_sum, changed
        FROM n, speaker;
    INSERT INTO voiceprint (speaker, vector_sum)
        SELECT id, vector_sum FROM speaker, voiceprint WHERE id <> speaker;
    INSERT INTO sample (speaker, speech_seconds, total_seconds, snr_db, bandwidth_hz, enrolled_at, problems, vector)
        SELECT speaker.id, sample.speech_seconds, sample.total_seconds, snr_db, bandwidth_hz, enrolled_at, problems,
               vector
        FROM speaker, sample WHERE speaker.id <> sample.speaker;
    COMMIT;
    PRAGMA wal_checkpoint(TRUNCATE);";

fn main() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("voices.db");
    fill(&path);
    let ids: Vec<SpeakerId> = (0..SPEAKERS).map(|n| speaker(n * STRIDE % SPEAKERS)).collect();
    let mut turn = ids.iter().cycle();

    let mut criterion = Criterion::default().configure_from_args();
    let mut group = criterion.benchmark_group("store");

    // First, while nobody else has the file open.
    group.bench_function("open", |b| b.iter(|| Registry::open(&path).unwrap()));

    let registry = voiceroll::Registry::open(&path).unwrap();
    let blocking = Registry::from(registry.clone());
    group.bench_function("get", |b| b.iter(|| blocking.get(turn.next().unwrap()).unwrap()));
    group.bench_function("get, async", |b| b.iter(|| block_on(registry.get(turn.next().unwrap())).unwrap()));
    let connection = Connection::open(&path).unwrap();
    let mut floor = connection.prepare("SELECT speech_seconds FROM speaker WHERE speaker_id = ?").unwrap();
    group.bench_function("floor", |b| {
        b.iter(|| floor.query_row([turn.next().unwrap().as_str()], |row| row.get::<_, f64>(0)).unwrap());
    });

    let first = ListOptions::new().per_page(100);
    let last = first.clone().page((SPEAKERS / 100) as u32);
    assert_eq!(blocking.list(last.clone()).unwrap().records.len(), 100);
    group.bench_function("list, first 100", |b| b.iter(|| blocking.list(first.clone()).unwrap()));
    group.bench_function("list, last 100", |b| b.iter(|| blocking.list(last.clone()).unwrap()));

    group.finish();
    criterion.final_summary();
}

fn fill(path: &Path) {
    let options = voiceroll::Registry::options().encrypted(false);
    let registry = Registry::from(options.open(path).unwrap());
    registry.enroll(&speaker(0), Recording::from_path("../tests/audio/ada-1.mp3")).unwrap();
    drop(registry);
    Connection::open(path).unwrap().execute_batch(MULTIPLY).unwrap();
    drop(voiceroll::Registry::options().encrypted(true).open(path).unwrap());
}

fn speaker(number: usize) -> SpeakerId {
    format!("agent_{number:06}").parse().unwrap()
}
