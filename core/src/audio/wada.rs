//! Signal-to-noise ratio without knowing where the speech is.

/// `ln E|x| - E ln|x|` for -10 to 60 dB in steps of 1 dB, after Kim and Stern, "Robust
/// signal-to-noise ratio estimation based on waveform amplitude distribution analysis",
/// Interspeech 2008. Made by `core/tools/wada_table.py`.
const TABLE: [f64; 71] = [
    0.4121, 0.4134, 0.4152, 0.4173, 0.4201, 0.4238, 0.4286, 0.4348, 0.4421, 0.4510, 0.4619, 0.4741, 0.4886, 0.5049,
    0.5231, 0.5434, 0.5650, 0.5886, 0.6138, 0.6399, 0.6672, 0.6953, 0.7240, 0.7531, 0.7826, 0.8121, 0.8416, 0.8710,
    0.8998, 0.9281, 0.9561, 0.9831, 1.0096, 1.0356, 1.0605, 1.0847, 1.1084, 1.1310, 1.1529, 1.1740, 1.1942, 1.2138,
    1.2327, 1.2506, 1.2681, 1.2847, 1.3006, 1.3159, 1.3305, 1.3444, 1.3578, 1.3705, 1.3828, 1.3946, 1.4057, 1.4165,
    1.4268, 1.4367, 1.4461, 1.4552, 1.4638, 1.4720, 1.4798, 1.4873, 1.4943, 1.5013, 1.5078, 1.5140, 1.5199, 1.5255,
    1.5310,
];
const LOWEST_DB: f64 = -10.0;

/// Samples that share one logarithm.
const GROUP: usize = 16;

/// Softer than this is digital silence, whose logarithm would drown all else.
const SILENCE: f32 = 1e-7;

/// Gathers the amplitude distribution of a recording.
#[derive(Default, Clone, Copy)]
pub(crate) struct BlindSnr {
    sum: f64,
    logs: f64,
    count: u64,
    product: f64,
    in_product: usize,
}

impl BlindSnr {
    pub(crate) fn add(&mut self, samples: &[f32]) {
        for size in samples.iter().map(|sample| sample.abs()).filter(|size| *size > SILENCE) {
            if self.in_product == 0 {
                self.product = 1.0;
            }
            self.product *= f64::from(size);
            self.in_product += 1;
            if self.in_product == GROUP {
                self.flush();
            }
            self.sum += f64::from(size);
            self.count += 1;
        }
    }

    fn flush(&mut self) {
        if self.in_product > 0 {
            self.logs += self.product.ln();
            self.in_product = 0;
        }
    }

    /// The ratio in dB, -10 to 60; none if there is no audio.
    pub(crate) fn decibels(mut self) -> Option<f64> {
        self.flush();
        if self.count == 0 {
            return None;
        }
        let count = self.count as f64;
        let value = (self.sum / count).ln() - self.logs / count;
        let above = TABLE.partition_point(|entry| *entry <= value);
        Some(match above {
            0 => LOWEST_DB,
            n if n == TABLE.len() => LOWEST_DB + (TABLE.len() - 1) as f64,
            n => {
                let (low, high) = (TABLE[n - 1], TABLE[n]);
                LOWEST_DB + (n - 1) as f64 + (value - low) / (high - low)
            }
        })
    }
}
