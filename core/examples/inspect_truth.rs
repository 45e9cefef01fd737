//! Inspects recordings whose truth is known and prints how far the measurements are off.
//!
//! ```sh
//! cargo run --release --example inspect_truth -- ../shared/voices/enroll
//! ```
//!
//! The folder holds `truth.jsonl` and the recordings that it names.
#![allow(clippy::print_stderr, clippy::print_stdout, reason = "a program talks to people there")]

use std::error::Error;
use std::path::Path;

use serde::Deserialize;
use voiceroll::{CallOptions, Inspection, Limits, ProblemCode, Recording};

#[derive(Deserialize)]
struct Truth {
    file: String,
    condition: String,
    speech_seconds: f64,
    duration: f64,
    snr_db: Option<f64>,
    voice_band_hz: f64,
    clipped_sample_ratio: f64,
}

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args().nth(1).ok_or("name the folder that holds truth.jsonl")?;
    let folder = Path::new(&folder);
    let truths: Vec<Truth> = std::fs::read_to_string(folder.join("truth.jsonl"))?
        .lines()
        .map(serde_json::from_str)
        .collect::<Result<_, _>>()?;

    println!(
        "recording   condition  speech s        error   SNR dB           blind  band Hz       clipped          problems"
    );
    let mut speech_errors = Vec::new();
    let mut tally = Tally::default();
    for truth in &truths {
        let recording = Recording::from_path(folder.join(&truth.file));
        let found = voiceroll::blocking::inspect(&recording, &Limits::default(), &CallOptions::new())?;
        let error = (found.speech_seconds - truth.speech_seconds) / truth.speech_seconds;
        speech_errors.push(error.abs());
        tally.count(truth, &found);
        let or_dash = |value: Option<f64>| value.map_or("-".to_owned(), |value| format!("{value:.1}"));
        let problems: Vec<String> = found.problems.iter().map(|problem| problem.code.to_string()).collect();
        println!(
            "{:10}  {:9}  {:5.1} of {:5.1}  {:+6.1} %  {:>5} of {:>5}  {:>5}  {:4.0} of {:4.0}  {:.4} of {:.4}  {}",
            truth.file,
            truth.condition,
            found.speech_seconds,
            truth.speech_seconds,
            100.0 * error,
            or_dash(found.snr_db),
            or_dash(truth.snr_db),
            or_dash(found.snr_blind_db),
            found.bandwidth_hz.unwrap_or(0.0),
            truth.voice_band_hz,
            found.clipped_ratio,
            truth.clipped_sample_ratio,
            problems.join(" "),
        );
    }
    println!();
    println!("speech seconds, median error  {:.1} %", 100.0 * median(&mut speech_errors));
    tally.print();
    Ok(())
}

fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    match values.len() {
        0 => f64::NAN,
        n if n % 2 == 1 => values[n / 2],
        n => (values[n / 2 - 1] + values[n / 2]) / 2.0,
    }
}

#[derive(Default)]
struct Tally {
    snr: (usize, usize),
    clipped: (usize, usize),
    half_silent: (usize, usize),
    narrow: (usize, usize),
    clean_flagged: (usize, usize),
    duration_off: f64,
}

impl Tally {
    fn count(&mut self, truth: &Truth, found: &Inspection) {
        let has = |code| found.problem(code).is_some();
        let add = |(hits, of): &mut (usize, usize), hit: bool| {
            *hits += usize::from(hit);
            *of += 1;
        };
        if let Some(snr) = truth.snr_db.filter(|snr| (0.0..=30.0).contains(snr)) {
            add(&mut self.snr, found.snr_db.is_some_and(|measured| (measured - snr).abs() <= 4.0));
        }
        if truth.condition == "clip" {
            add(&mut self.clipped, has(ProblemCode::Clipped));
        }
        if truth.condition == "half" {
            add(&mut self.half_silent, has(ProblemCode::MostlySilence));
        }
        let telephone = truth.voice_band_hz <= 4000.0;
        if telephone {
            add(&mut self.narrow, has(ProblemCode::NarrowBand));
        }
        if truth.condition == "clean" {
            let faults = [ProblemCode::Clipped, ProblemCode::MostlySilence, ProblemCode::Noisy];
            let flagged = faults.into_iter().any(has) || (!telephone && has(ProblemCode::NarrowBand));
            add(&mut self.clean_flagged, flagged);
        }
        self.duration_off = self.duration_off.max((found.duration - truth.duration).abs());
    }

    fn print(&self) {
        println!("SNR within 4 dB, 0 to 30 dB   {} of {}", self.snr.0, self.snr.1);
        println!("clipped, flagged              {} of {}", self.clipped.0, self.clipped.1);
        println!("half silent, flagged          {} of {}", self.half_silent.0, self.half_silent.1);
        println!("telephone band, flagged       {} of {}", self.narrow.0, self.narrow.1);
        println!("clean, flagged wrongly        {} of {}", self.clean_flagged.0, self.clean_flagged.1);
        println!("duration, largest error       {:.3} s", self.duration_off);
    }
}
