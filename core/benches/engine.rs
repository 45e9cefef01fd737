//! A recording through the pipeline: inspected, and enrolled into a fresh store.
//!
//! ```sh
//! cargo bench --bench engine
//! ```
//!
//! Throughput counts milliseconds of audio, so `Kelem/s` reads as times faster than real time.
//!
//! Limits: one synthetic clip of 18 s, already in the page cache; the network uses every core, and
//! `enroll` makes the store file and waits for the disk. `bench/peer/compare.py` measures on one
//! thread, beside a peer.

#![allow(clippy::unwrap_used, reason = "a benchmark may stop where it stands")]

use criterion::{BatchSize, Criterion, Throughput};
use tempfile::TempDir;
use voiceroll::blocking::{Registry, inspect};
use voiceroll::{CallOptions, Limits, Recording, SpeakerId};

fn main() {
    let clip = Recording::from_path("../tests/audio/ada-1.mp3");
    let id: SpeakerId = "ada".parse().unwrap();
    let seconds = inspect(&clip, &Limits::default(), &CallOptions::new()).unwrap().duration;

    let mut criterion = Criterion::default().configure_from_args();
    let mut group = criterion.benchmark_group("engine");
    group.throughput(Throughput::Elements((1000.0 * seconds) as u64));
    group.bench_function("inspect", |b| b.iter(|| inspect(&clip, &Limits::default(), &CallOptions::new()).unwrap()));
    group.bench_function("enroll", |b| {
        let enroll = |folder: TempDir| {
            let registry = Registry::open(folder.path().join("voices.db")).unwrap();
            registry.enroll(&id, clip.clone()).unwrap();
            (registry, folder)
        };
        b.iter_batched(|| tempfile::tempdir().unwrap(), enroll, BatchSize::PerIteration);
    });
    group.finish();
    criterion.final_summary();
}
