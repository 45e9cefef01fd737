//! The first screen of the README, run as it stands there; `core/tests/docs.rs` keeps the two alike.
#![allow(clippy::print_stdout, reason = "a program")]

fn main() -> voiceroll::Result<()> {
    use voiceroll::{Recording, blocking::Registry};

    let registry = Registry::open("voices.db")?;
    let calls = ["tests/audio/ada-1.mp3", "tests/audio/ada-2.m4a"].map(Recording::from_path);
    let enrollment = registry.enroll(&"ada".parse()?, calls)?;
    println!("{} {}", enrollment.quality, enrollment.speech_seconds);

    let found = registry.verify(&"ada".parse()?, &Recording::from_path("tests/audio/ada-3.webm"))?;
    if let Some(confidence) = found.confidence {
        println!("{} {confidence}", found.decision);
    }
    Ok(())
}
