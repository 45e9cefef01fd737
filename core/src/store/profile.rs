//! What is known of one speaker, folded over the recordings in the order of their enrollment.

use crate::Problem;
use crate::audio::Fingerprint;
use crate::calibration::Side;
use crate::calibration::cosine;
use crate::rules::{self, Evidence};

/// An accepted recording on its way to the store. Its audio stays behind.
#[derive(Clone)]
pub(crate) struct NewSample {
    pub(crate) vector: Vec<f32>,
    pub(crate) speech_seconds: f64,
    pub(crate) total_seconds: f64,
    pub(crate) snr_db: Option<f64>,
    pub(crate) bandwidth_hz: Option<f64>,
    pub(crate) problems: Vec<Problem>,
    /// What it sounded like, to know it again; none if nothing is to be compared.
    pub(crate) heard: Option<Fingerprint>,
}

/// The sums over a speaker's recordings. Adding one costs the same however many there are.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Profile {
    pub(crate) speech_seconds: f64,
    pub(crate) total_seconds: f64,
    pub(crate) recordings: usize,
    /// Least cosine of a recording to the mean of those before it.
    pub(crate) agreement: Option<f64>,
    /// Signal-to-noise ratio times speech seconds.
    pub(crate) snr_sum: f64,
    /// Bandwidth times speech seconds.
    pub(crate) bandwidth_sum: f64,
    /// Sum of the vectors, each weighted by the speech that it was made from.
    pub(crate) vector_sum: Vec<f32>,
}

impl Profile {
    pub(crate) fn add(&mut self, sample: &Folded<'_>) {
        if self.recordings > 0 {
            let cosine = cosine(sample.vector, &self.vector_sum);
            self.agreement = Some(self.agreement.map_or(cosine, |least| least.min(cosine)));
        }
        let weight = sample.speech_seconds.min(rules::ENGINE_SECONDS) as f32;
        self.vector_sum.resize(sample.vector.len(), 0.0);
        for (sum, x) in self.vector_sum.iter_mut().zip(sample.vector) {
            *sum += weight * x;
        }
        self.recordings += 1;
        self.speech_seconds += sample.speech_seconds;
        self.total_seconds += sample.total_seconds;
        // Where every pause is digitally silent there is no noise to measure.
        self.snr_sum += sample.snr_db.unwrap_or(rules::NO_NOISE_DB) * sample.speech_seconds;
        self.bandwidth_sum += sample.bandwidth_hz.unwrap_or(0.0) * sample.speech_seconds;
    }

    pub(crate) fn evidence(&self) -> Evidence {
        let speech = self.speech_seconds.max(f64::MIN_POSITIVE);
        Evidence {
            speech_seconds: self.speech_seconds,
            snr_db: self.snr_sum / speech,
            bandwidth_hz: self.bandwidth_sum / speech,
            agreement: self.agreement,
        }
    }

    /// What a comparison needs to know of the speech behind the voiceprint.
    pub(crate) fn side(&self) -> Side {
        let bandwidth = self.bandwidth_sum / self.speech_seconds.max(f64::MIN_POSITIVE);
        Side { seconds: self.speech_seconds, narrow: rules::is_narrow(Some(bandwidth)) }
    }
}

/// What a profile needs of a recording, new or read back.
pub(crate) struct Folded<'a> {
    pub(crate) vector: &'a [f32],
    pub(crate) speech_seconds: f64,
    pub(crate) total_seconds: f64,
    pub(crate) snr_db: Option<f64>,
    pub(crate) bandwidth_hz: Option<f64>,
}

impl NewSample {
    /// What a comparison needs to know of the speech in it.
    pub(crate) fn side(&self) -> Side {
        Side { seconds: self.speech_seconds, narrow: rules::is_narrow(self.bandwidth_hz) }
    }

    pub(crate) fn folded(&self) -> Folded<'_> {
        Folded {
            vector: &self.vector,
            speech_seconds: self.speech_seconds,
            total_seconds: self.total_seconds,
            snr_db: self.snr_db,
            bandwidth_hz: self.bandwidth_hz,
        }
    }
}
