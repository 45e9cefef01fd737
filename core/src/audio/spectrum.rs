//! The long-term spectrum of the speech, and how far up it carries voice.

use super::SAMPLE_RATE;
use super::vad::features::COARSE;

/// The summed power of the frames given to it, in bands of 250 Hz.
#[derive(Default, Clone, Copy)]
pub(crate) struct Spectrum {
    power: [f64; COARSE],
}

impl Spectrum {
    pub(crate) fn add(&mut self, frame: &[f32; COARSE]) {
        for (sum, power) in self.power.iter_mut().zip(frame) {
            *sum += f64::from(*power);
        }
    }

    /// The highest frequency with speech, in Hz; none if nothing was added.
    ///
    /// It is where the level of a band last stands less than 55 dB below that of the strongest
    /// one. Telephone and other band-limited speech falls off by 70 dB and more there, while the
    /// fricatives of soft wide-band speech stay within 50 dB.
    pub(crate) fn bandwidth_hz(&self, sample_rate: u32) -> Option<f64> {
        const RANGE: f64 = 3.16e-6;
        let strongest = self.power.iter().copied().fold(0.0, f64::max);
        if strongest <= 0.0 {
            return None;
        }
        let top = self.power.iter().rposition(|power| *power >= RANGE * strongest)?;
        let width = f64::from(SAMPLE_RATE) / 2.0 / COARSE as f64;
        let highest = f64::from(sample_rate.min(SAMPLE_RATE)) / 2.0;
        Some(((top + 1) as f64 * width).min(highest))
    }
}
