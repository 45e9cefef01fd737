//! What can be read off the samples as they were recorded: peak, offset, clipping.

/// Width of a bin of the amplitude histogram; full scale is 1.
const BIN: f32 = 0.0025;
const BINS: usize = 520;

/// From here on a sample counts as full scale. The loudest µ-law value is 0.980.
const FULL_SCALE: f32 = 0.975;

/// Lossy coding smears clipped samples about their level. Natural speech has less than half of
/// this share within 10 % of the level that one sample in a thousand passes.
const SMEARED_SHARE: f64 = 0.01;

/// Below this level a heap of equal amplitudes is a steady tone or hum rather than clipping.
const SMEARED_LEVEL: f32 = 0.5;

/// Softer samples are not counted in the histogram: clipping is looked for above this level only.
const COUNTED_FROM: f32 = 0.4;

/// Samples are held to this, so that no float file can make a power overflow.
const LOUDEST: f32 = 1e6;

/// One channel's meter.
#[derive(Clone)]
pub(crate) struct Meter {
    count: u64,
    sum: f64,
    squares: f64,
    peak: f32,
    nonfinite: u64,
    histogram: Vec<u64>,
}

impl Meter {
    pub(crate) fn new() -> Self {
        Self { count: 0, sum: 0.0, squares: 0.0, peak: 0.0, nonfinite: 0, histogram: vec![0; BINS] }
    }

    /// Measures a block, and puts 0 in the place of samples that are not finite.
    pub(crate) fn add(&mut self, block: &mut [f32]) {
        self.count += block.len() as u64;
        for part in block.chunks_mut(512) {
            let (sums, nonfinite) = tamed(part);
            self.nonfinite += nonfinite;
            self.sum += f64::from(sums.sum);
            self.squares += f64::from(sums.squares);
            self.peak = self.peak.max(sums.peak);
            if sums.peak >= COUNTED_FROM {
                for size in part.iter().map(|sample| sample.abs()).filter(|size| *size >= COUNTED_FROM) {
                    self.histogram[((size / BIN) as usize).min(BINS - 1)] += 1;
                }
            }
        }
    }

    pub(crate) fn peak(&self) -> f32 {
        self.peak
    }

    pub(crate) fn nonfinite(&self) -> u64 {
        self.nonfinite
    }

    /// Mean power, without the offset.
    pub(crate) fn power(&self) -> f64 {
        (self.squares / self.count.max(1) as f64 - self.offset().powi(2)).max(0.0)
    }

    /// Mean of the samples: 0 unless the recorder has a fault.
    pub(crate) fn offset(&self) -> f64 {
        self.sum / self.count.max(1) as f64
    }

    /// The share of samples that were cut off at a level, 0 to 1.
    ///
    /// Two marks are looked for: samples at full scale, and, as lossy coding blurs those, a heap
    /// of samples just about the level that one in a thousand passes.
    pub(crate) fn clipped_ratio(&self) -> f64 {
        let total = self.count.max(1) as f64;
        let at_least = |level: f32| {
            let first = ((level / BIN) as usize).min(BINS - 1);
            self.histogram[first..].iter().sum::<u64>() as f64 / total
        };
        let mut above = 0;
        let top = (0..BINS).rev().find(|&bin| {
            above += self.histogram[bin];
            above as f64 / total > 0.001
        });
        let level = top.map_or(0.0, |bin| bin as f32 * BIN);
        let heap = if level >= SMEARED_LEVEL { at_least(0.9 * level) } else { 0.0 };
        if heap >= SMEARED_SHARE { heap } else { at_least(FULL_SCALE) }
    }
}

/// Puts 0 in the place of samples that are not finite and holds the others to [`LOUDEST`]. Returns
/// the sums over the stretch, and how many were not finite.
pub(crate) fn tamed(part: &mut [f32]) -> (Sums, u64) {
    let sums = Sums::of(part);
    if sums.squares.is_finite() && sums.peak <= LOUDEST {
        return (sums, 0);
    }
    let mut nonfinite = 0;
    for sample in part.iter_mut() {
        if !sample.is_finite() {
            *sample = 0.0;
            nonfinite += 1;
        }
        *sample = sample.clamp(-LOUDEST, LOUDEST);
    }
    (Sums::of(part), nonfinite)
}

/// The sum of the products of two stretches, sample by sample.
pub(crate) fn product(a: &[f32], b: &[f32]) -> f64 {
    const LANES: usize = 16;
    let part = |(a, b): (&[f32], &[f32])| {
        let mut sums = [0.0f32; LANES];
        for (a, b) in a.chunks(LANES).zip(b.chunks(LANES)) {
            for ((sum, a), b) in sums.iter_mut().zip(a).zip(b) {
                *sum += a * b;
            }
        }
        f64::from(sums.iter().sum::<f32>())
    };
    a.chunks(512).zip(b.chunks(512)).map(part).sum()
}

/// Sums over a short stretch, in lanes that the processor adds side by side.
pub(crate) struct Sums {
    pub(crate) sum: f32,
    pub(crate) squares: f32,
    pub(crate) peak: f32,
}

impl Sums {
    pub(crate) fn of(part: &[f32]) -> Self {
        const LANES: usize = 16;
        let (mut sum, mut squares, mut peak) = ([0.0f32; LANES], [0.0f32; LANES], [0.0f32; LANES]);
        let mut add = |lane: usize, sample: f32| {
            sum[lane] += sample;
            squares[lane] += sample * sample;
            peak[lane] = peak[lane].max(sample.abs());
        };
        let chunks = part.chunks_exact(LANES);
        chunks.remainder().iter().for_each(|sample| add(0, *sample));
        for chunk in chunks {
            for (lane, sample) in chunk.iter().enumerate() {
                add(lane, *sample);
            }
        }
        Self { sum: sum.iter().sum(), squares: squares.iter().sum(), peak: peak.iter().copied().fold(0.0, f32::max) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn measured(samples: impl Iterator<Item = f32>) -> Meter {
        let mut block: Vec<f32> = samples.collect();
        let mut meter = Meter::new();
        meter.add(&mut block);
        meter
    }

    #[test]
    fn clipped_samples_are_counted() {
        let meter = measured((0..10_000).map(|n| (2.0 * (n as f32 * 0.01).sin()).clamp(-1.0, 1.0)));
        assert!((meter.clipped_ratio() - 0.67).abs() < 0.07, "{}", meter.clipped_ratio());
    }

    #[test]
    fn a_soft_tone_is_not_clipped() {
        let meter = measured((0..10_000).map(|n| 0.3 * (n as f32 * 0.01).sin()));
        assert_eq!(meter.clipped_ratio(), 0.0);
    }

    #[test]
    fn no_number_is_counted_and_replaced() {
        let mut block = [0.5, f32::NAN, f32::INFINITY, -0.25];
        let mut meter = Meter::new();
        meter.add(&mut block);
        assert_eq!((meter.nonfinite(), block), (2, [0.5, 0.0, 0.0, -0.25]));
    }
}
