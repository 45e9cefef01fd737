//! `agreement LIST MODEL OTHER`: how well two files of one network agree, such as `campplus` as it is installed and its
//! ONNX export. LIST has the path of a recording on each line.
//!
//! ```sh
//! cargo run --release --features __bench,onnx --example agreement -- LIST campplus.voicemodel campplus.onnx
//! ```
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use voiceroll::bench;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [list, model, other] = &arguments[..] else { return Err("agreement LIST MODEL OTHER".into()) };
    let paths: Vec<PathBuf> = fs::read_to_string(list)?.lines().map(PathBuf::from).collect();
    let [ours, theirs] = [model, other].map(|file| bench::voiceprints(&paths, Some(Path::new(file))));
    // Voiceprints have length 1.
    let cosine = |a: &[f32], b: &[f32]| a.iter().zip(b).map(|(a, b)| f64::from(*a) * f64::from(*b)).sum::<f64>();
    let mut cosines: Vec<f64> =
        ours?.iter().zip(&theirs?).filter_map(|(a, b)| Some(cosine(a.as_ref()?, b.as_ref()?))).collect();
    cosines.sort_by(f64::total_cmp);
    let [Some(least), Some(median)] = [cosines.first(), cosines.get(cosines.len() / 2)] else {
        return Err("no recording has speech enough".into());
    };
    let mean = cosines.iter().sum::<f64>() / cosines.len() as f64;
    let below = cosines.iter().filter(|cosine| **cosine < 0.999).count();
    println!(
        "{} recordings: cosine at least {least:.5}, median {median:.5}, mean {mean:.5}; {below} under 0.999",
        cosines.len()
    );
    Ok(())
}
