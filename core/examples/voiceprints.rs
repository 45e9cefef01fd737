//! `voiceprints LIST OUT [MODEL]`: the voiceprint of each recording of a list, one path a line, as an enrollment
//! would have it. For `python -m voiceroll_training speaker cohort`.
//!
//! Written are 32-bit floats, little end first: the size of a voiceprint, and then one after another; all zeros
//! for a recording without enough speech.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use voiceroll::bench;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (list, out, model) = match &arguments[..] {
        [list, out] => (list, out, None),
        [list, out, model] => (list, out, Some(Path::new(model))),
        _ => return Err("voiceprints LIST OUT [MODEL]".into()),
    };
    let paths: Vec<PathBuf> = fs::read_to_string(list)?.lines().map(PathBuf::from).collect();
    let vectors = bench::voiceprints(&paths, model)?;
    let size = vectors.iter().flatten().map(Vec::len).next().ok_or("no recording has speech enough")?;
    let mut values = vec![size as f32];
    for vector in vectors {
        values.extend(vector.unwrap_or_else(|| vec![0.0; size]));
    }
    fs::write(out, values.iter().flat_map(|value| value.to_le_bytes()).collect::<Vec<u8>>())?;
    Ok(())
}
