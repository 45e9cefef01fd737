//! A baseline for error rates: the EER of the background noise, that is, of room and device.

use crate::voice::fbank::{Filterbank, Floor, FrontEnd};

/// What the quietest moments of a recording sound like: the mean of 19 cepstral coefficients over
/// the quietest 15 % of its frames. It tells rooms and devices apart, and knows no voice.
pub(crate) fn quiet_profile(samples: &[f32]) -> Vec<f32> {
    const COEFFICIENTS: usize = 19;
    const SHARE: f64 = 0.15;
    let front_end = FrontEnd { floor: Floor::Add(1e-9), ..FrontEnd::builtin() };
    let bands = front_end.bands;
    let features = Filterbank::new(front_end).features(samples);
    let loudness = |frame: &[f32]| frame.iter().sum::<f32>();
    let mut frames: Vec<&[f32]> = features.chunks_exact(bands).collect();
    frames.sort_by(|a, b| loudness(a).total_cmp(&loudness(b)));
    frames.truncate(((SHARE * frames.len() as f64) as usize).max(1));
    (1..=COEFFICIENTS)
        .map(|k| {
            let turn = |band: usize| (std::f32::consts::PI * k as f32 * (band as f32 + 0.5) / bands as f32).cos();
            let of = |frame: &&[f32]| frame.iter().enumerate().map(|(band, x)| x * turn(band)).sum::<f32>();
            frames.iter().map(of).sum::<f32>() / frames.len() as f32
        })
        .collect()
}

/// Subtracts the mean over all recordings and divides by the deviation, coefficient by coefficient.
pub(crate) fn standardized(rows: &[&[f32]]) -> Vec<Vec<f32>> {
    let width = rows.first().map_or(0, |row| row.len());
    let count = rows.len().max(1) as f32;
    let mean: Vec<f32> = (0..width).map(|at| rows.iter().map(|row| row[at]).sum::<f32>() / count).collect();
    let deviation: Vec<f32> = (0..width)
        .map(|at| (rows.iter().map(|row| (row[at] - mean[at]).powi(2)).sum::<f32>() / count).sqrt().max(1e-6))
        .collect();
    rows.iter().map(|row| (0..width).map(|at| (row[at] - mean[at]) / deviation[at]).collect()).collect()
}
