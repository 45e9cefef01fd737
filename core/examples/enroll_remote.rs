//! Enrolls recordings on a server, as `VOICEROLL_SERVER` and the credentials in the environment say.
//!
//! `cargo run --features remote --example enroll_remote -- FILE [--speakers N] [--unheard]`
//!
//! With `--speakers N` the file is enrolled as so many speakers, one after another; with `--unheard` it is
//! sent without being inspected here first. `bench/client.py` measures it.
#![allow(clippy::print_stdout, reason = "a program")]

use voiceroll::{ConnectOptions, Credentials, Recording, Registry, Result, SpeakerId, blocking};

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let after = |name: &str| arguments.iter().skip_while(|argument| *argument != name).nth(1);
    let speakers: u32 = after("--speakers").and_then(|number| number.parse().ok()).unwrap_or(1);
    let unheard = arguments.iter().any(|argument| argument == "--unheard");
    let options: ConnectOptions = Registry::connect_options().inspect(!unheard);
    let url = std::env::var("VOICEROLL_SERVER").unwrap_or_else(|_| "http://127.0.0.1:8080".to_owned());
    let registry = blocking::Registry::from(options.connect(&url, Credentials::from_env()?)?);
    let file = arguments.first().map_or("recording.mp3", String::as_str);
    for number in 0..speakers {
        let id: SpeakerId = format!("rust_{number}").parse()?;
        let enrollment = registry.enroll(&id, Recording::from_path(file))?;
        println!("{id}: {} s of speech, quality {}", enrollment.speech_seconds, enrollment.quality);
    }
    Ok(())
}
