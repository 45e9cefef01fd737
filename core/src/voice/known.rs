//! Networks that were measured here, and how any export of one is recognised.

use std::sync::Arc;

use super::Engine;
use crate::calibration::cohort::Cohort;
use crate::calibration::{Calibration, cosine};
use crate::rules::{CAMPPLUS_CLUSTERING, CAMPPLUS_MODEL, CLUSTERING, COMPACT_MODEL, Clustering};
use crate::types::error::{Code, Error, Result};

/// A network with all that depends on it.
pub(crate) struct Known {
    /// The name that people call it by.
    pub(crate) name: &'static str,
    /// The name under which its voiceprints are stored.
    pub(crate) model: &'static str,
    /// What it answers to [`signal`]: 32-bit floats, little end first. None for the one inside
    /// the library, which can be asked.
    answer: Option<&'static [u8]>,
    /// What scores are compared with, and the calibration that was made with it.
    cohort: &'static [u8],
    calibration: Option<&'static [u8]>,
    pub(crate) clustering: Clustering,
}

/// The network inside the library.
pub(crate) static COMPACT: Known = Known {
    name: "compact",
    model: COMPACT_MODEL,
    answer: None,
    cohort: include_bytes!("../../models/speaker.cohort.bin"),
    calibration: Some(include_bytes!("../../models/speaker.calibration.json")),
    clustering: CLUSTERING,
};

/// CAM++ of 3D-Speaker, trained on 200,000 speakers of Chinese and English.
pub(crate) static CAMPPLUS: Known = Known {
    name: "campplus",
    model: CAMPPLUS_MODEL,
    answer: Some(include_bytes!("../../models/campplus.answer.bin")),
    cohort: include_bytes!("../../models/campplus.cohort.bin"),
    calibration: Some(include_bytes!("../../models/campplus.calibration.json")),
    clustering: CAMPPLUS_CLUSTERING,
};

/// Two answers are of one network from this cosine on. On this signal, which is not speech, few bits cost 0.001;
/// another network answers something unrelated.
const SAME: f64 = 0.99;

/// The known network that gives this answer.
pub(crate) fn recognised(answer: &[f32]) -> Result<Option<&'static Known>> {
    for known in [&COMPACT, &CAMPPLUS] {
        if known.answers(answer)?.1 {
            return Ok(Some(known));
        }
    }
    Ok(None)
}

/// A cohort and the calibration that was made with it.
pub(super) type Scores = (Option<Arc<Cohort>>, Option<Calibration>);

impl Known {
    /// What the scores of this network are worth.
    pub(super) fn scores(&self) -> Result<Scores> {
        let cohort = Cohort::parse(self.cohort).map(Arc::new);
        let cohort = cohort.ok_or_else(|| Error::new(Code::Internal, "a built-in cohort is damaged"))?;
        // A cohort made anew needs a new calibration, which is made with the network that has none.
        let fits = |text: &[u8]| Calibration::parse(text)?.with_cohort(Some(&cohort));
        let calibration = self.calibration.and_then(|text| fits(text).ok());
        Ok((Some(cohort), calibration.filter(|calibration| calibration.model() == self.model)))
    }

    /// The cosine of an answer to [`signal`] with its own, and whether they are of one network.
    pub(crate) fn answers(&self, answer: &[f32]) -> Result<(f64, bool)> {
        let own = match self.answer {
            Some(own) => own.as_chunks().0.iter().map(|four| f32::from_le_bytes(*four)).collect(),
            None => Engine::compact()?.answer()?,
        };
        let likeness = if own.len() == answer.len() { cosine(&own, answer) } else { 0.0 };
        Ok((likeness, likeness >= SAME))
    }
}

/// Three seconds at 16 kHz that are always the same: a glide with overtones whose loudness swells, over noise.
pub(crate) fn signal() -> Vec<f32> {
    use std::f64::consts::TAU;
    let mut state = 1u32;
    let mut phase = 0.0f64;
    (0..48_000)
        .map(|n| {
            let t = f64::from(n) / 16_000.0;
            phase += (110.0 + 60.0 * (TAU * 0.7 * t).sin()) / 16_000.0;
            let swell = 0.55 + 0.45 * (TAU * 3.1 * t).sin();
            let voice: f64 = (1..=24).map(|k| (TAU * f64::from(k) * phase).sin() / f64::from(k)).sum();
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let noise = f64::from(state >> 8) / f64::from(1 << 23) - 1.0;
            (0.1 * swell * voice + 0.01 * noise) as f32
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_known_network_has_a_calibration_that_fits_its_cohort() {
        for known in [&COMPACT, &CAMPPLUS] {
            let (cohort, calibration) = known.scores().unwrap();
            let calibration = calibration.unwrap_or_else(|| panic!("{}", known.name));
            assert!(cohort.is_some() && calibration.cohort().is_some(), "{}", known.name);
            assert_eq!(calibration.model(), known.model);
        }
    }
}
