//! Pushes recordings into live sessions, a tenth of a second at a time but as fast as they are taken, and tells what was
//! answered and what it cost, for `bench/live.py`.
//!
//! ```sh
//! cargo run --release --example live -- voices.db call.wav...
//! ```
//!
//! For each WAV of 16 bits it identifies who speaks, then enrolls nobody: both sessions get the same bytes, and the second is
//! cancelled. One line of JSON: `seconds` of sound; `cpu_identify` and `cpu_enroll`, seconds of processor time for the
//! pushes; `longest_push` and `longest_status`, seconds of one push; `answers`, what each push said of who speaks now: null in
//! a pause, or the id (null for somebody who is not known) and whether it is decided; `segments` at the end.
#![allow(clippy::print_stdout, reason = "a program talks to people there")]

use std::error::Error;
use std::time::Instant;

use serde_json::json;
use voiceroll::blocking::Registry;
use voiceroll::{Candidates, LiveFormat, SpeakerId};

/// Of a WAV file without other chunks.
const HEAD: usize = 44;

fn main() -> Result<(), Box<dyn Error>> {
    let mut words = std::env::args().skip(1);
    let registry = Registry::open(words.next().ok_or("pass the store")?)?;
    let nobody: SpeakerId = "nobody".parse()?;
    for file in words {
        let wav = std::fs::read(&file)?;
        let rate = u32::from_le_bytes(wav.get(24..28).ok_or("a WAV is longer")?.try_into()?);
        let (sound, format) = (&wav[HEAD..], LiveFormat::i16(rate, 1)?);
        let chunk = rate as usize / 10 * 2;

        let session = registry.live_identification(Candidates::All, format)?;
        let mut answers = Vec::new();
        let (cpu_identify, longest_push) = measured(sound.chunks(chunk), |part| {
            let update = session.push(part)?;
            answers.push(update.speaker.map(|speaker| (speaker.speaker_id, speaker.decided)));
            Ok(())
        })?;
        let found = session.finish()?;

        let session = registry.live_enrollment(&nobody, format)?;
        let (cpu_enroll, longest_status) = measured(sound.chunks(chunk), |part| session.push(part).map(drop))?;
        session.cancel();

        println!(
            "{}",
            json!({
                "file": file, "seconds": found.duration, "cpu_identify": cpu_identify, "cpu_enroll": cpu_enroll,
                "longest_push": longest_push, "longest_status": longest_status, "answers": answers,
                "segments": found.segments,
            })
        );
    }
    Ok(())
}

/// Processor time of all pushes, and the longest that one took on the wall, in seconds.
fn measured<'a>(
    parts: impl Iterator<Item = &'a [u8]>,
    mut push: impl FnMut(&[u8]) -> voiceroll::Result<()>,
) -> Result<(f64, f64), Box<dyn Error>> {
    let (before, mut longest) = (processor_seconds()?, 0.0f64);
    for part in parts {
        let start = Instant::now();
        push(part)?;
        longest = longest.max(start.elapsed().as_secs_f64());
    }
    Ok((processor_seconds()? - before, longest))
}

/// What this process has used, in steps of a hundredth of a second.
fn processor_seconds() -> Result<f64, Box<dyn Error>> {
    let stat = std::fs::read_to_string("/proc/self/stat")?;
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    let ticks = |at: usize| fields.get(at).and_then(|field| field.parse::<f64>().ok()).ok_or("no processor time");
    Ok((ticks(11)? + ticks(12)?) / 100.0)
}
