//! The VAD beside `earshot`, which was used before, on one thread.
//!
//! ```sh
//! cargo bench --features __bench --bench detector
//! ```
//!
//! Each hears the same 30 s at 16 kHz in turn, ten times a round; the figures are the least of nine
//! rounds, in time on the processor, so that other programs do not count. Linux only.
//!
//! Limits: one synthetic clip, again and again until it is 30 s long, already decoded.

#![allow(clippy::unwrap_used, reason = "a benchmark may stop where it stands")]
#![allow(clippy::print_stdout, reason = "a program talks to people there")]

use std::hint::black_box;

const ROUNDS: usize = 9;
const TIMES: usize = 10;
const SECONDS: usize = 30;

fn main() {
    let file = std::fs::read("../tests/audio/ben-1.wav").unwrap();
    let clip = file[44..].as_chunks().0.iter().map(|bytes| f32::from(i16::from_le_bytes(*bytes)) / 32_768.0);
    let samples: Vec<f32> = clip.cycle().take(SECONDS * 16_000).collect();
    let (mut ours, mut earshots) = (f64::INFINITY, f64::INFINITY);
    for _ in 0..ROUNDS {
        ours = ours.min(milliseconds(|| drop(black_box(voiceroll::bench::speech_probabilities(&samples).unwrap()))));
        earshots = earshots.min(milliseconds(|| {
            let mut detector = earshot::Detector::default_boxed();
            for frame in samples.chunks_exact(256) {
                black_box(detector.predict_f32(frame));
            }
        }));
    }
    println!("voiceroll {ours:.2} ms, earshot {earshots:.2} ms, ratio {:.2}", ours / earshots);
}

/// What the work takes once.
fn milliseconds(work: impl Fn()) -> f64 {
    let start = on_processor();
    (0..TIMES).for_each(|_| work());
    (on_processor() - start) / TIMES as f64
}

/// Milliseconds that this thread has had a processor.
fn on_processor() -> f64 {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap();
    stat.split(' ').next().unwrap().parse::<f64>().unwrap() / 1e6
}
