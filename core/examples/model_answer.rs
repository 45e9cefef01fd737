//! Writes what a speaker network answers to the signal by which known ones are recognised, as 32-bit floats.
//!
//! ```sh
//! cargo run --release --features __bench --example model_answer -- MODEL > core/models/campplus.answer.bin
//! ```
use std::error::Error;
use std::io::Write;
use std::path::Path;

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1).ok_or("name a model file")?;
    for value in voiceroll::bench::answer(Path::new(&path))? {
        std::io::stdout().write_all(&value.to_le_bytes())?;
    }
    Ok(())
}
