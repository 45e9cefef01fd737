//! What a cosine is worth: calibrated log-likelihood ratios, and the thresholds that go with them.

pub(crate) mod cohort;
pub(crate) mod vectors;

use std::path::Path;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use serde::{Deserialize, Serialize};

use crate::types::error::{Code, Error, Result};
use cohort::{Cohort, Place, Room};
pub(crate) use vectors::{cosine, normalize};

/// The form of a calibration file. Rises when an older Voiceroll could not read it right.
const VERSION: u32 = 2;

/// The seconds of speech that are told apart: less counts as the least, so that a logarithm stays tame,
/// and more adds nothing to a comparison; see `rules::ENGINE_SECONDS`.
const SECONDS: [f64; 2] = [1.0, 30.0];

/// What is known of the speech on one side of a comparison.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Side {
    /// Seconds of speech behind the voiceprint.
    pub(crate) seconds: f64,
    /// Whether only the telephone band carried voice.
    pub(crate) narrow: bool,
}

impl Side {
    /// The side as if it had no less and no more speech than this.
    fn within(self, [least, most]: [f64; 2]) -> Self {
        Self { seconds: self.seconds.max(least).min(most), ..self }
    }
}

/// A voice as comparisons take it. It has no `Debug` form: that would show the voiceprint.
#[derive(Clone)]
pub(crate) struct Print {
    pub(crate) vector: Vec<f32>,
    pub(crate) side: Side,
    /// Where it stands in the cohort, if the calibration has one.
    pub(crate) place: Option<Place>,
}

/// What one side adds to a ratio: a share of what the cosine is multiplied by, and a constant. All inputs
/// are such sums, so that a voice of a million costs one multiplication more than its cosine.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Line {
    pub(crate) slope: f64,
    pub(crate) offset: f64,
}

/// What the weights of a calibration are for, in their order.
pub(crate) const INPUTS: [&str; 7] = [
    "cosine",
    "log_enrolled_seconds",
    "log_test_seconds",
    "narrow_band_sides",
    "cosine_times_narrow_band_sides",
    "normalised_cosine",
    "cohort_mean",
];

/// What one side of a comparison makes of each input: the slope over the cosine, and the constant.
/// `at`: 0 for the enrolled side, 1 for the tested one.
fn side_inputs(side: Side, place: Option<Place>, at: usize) -> [[f64; 2]; INPUTS.len()] {
    let narrow = if side.narrow { 0.5 } else { 0.0 };
    let mut inputs = [[0.0; 2]; INPUTS.len()];
    inputs[0] = [0.5, 0.0];
    inputs[1 + at] = [0.0, side.seconds.clamp(SECONDS[0], SECONDS[1]).ln()];
    inputs[3] = [0.0, narrow];
    inputs[4] = [narrow, 0.0];
    if let Some(Place { mean, deviation }) = place {
        inputs[5] = [0.5 / deviation, -0.5 * mean / deviation];
        inputs[6] = [0.0, 0.5 * mean];
    }
    inputs
}

/// The calibration of one model: maps cosines to log-likelihood ratios, and thresholds to error rates. Made by
/// `voiceroll calibrate` from a list of trials.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Calibration {
    /// The form of this file.
    version: u32,
    /// The model of the calibration.
    model: String,
    /// The fingerprint of the cohort that scores are compared with, if any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    cohort: Option<String>,
    /// The cohort itself in base64, where it is not the model's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    cohort_voices: Option<String>,
    /// Added to the weighted inputs.
    bias: f64,
    /// One weight for each input; natural logarithms come out. Those of the first version have fewer.
    weights: Vec<f64>,
    /// The seconds of speech, enrolled and tested, between which the list could tell what a length is
    /// worth: `[least, most]` each.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    seconds: Option<[[f64; 2]; 2]>,
    /// Share of trials of different people whose ratio lies at or above a value: `[share, value]`,
    /// by falling share.
    false_accepts: Vec<[f64; 2]>,
    /// Share of trials of the same person whose ratio lies below a value, by falling share.
    false_rejects: Vec<[f64; 2]>,
    /// The ratio below which it is another person, also in conditions that the list does not have.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    no_match: Option<f64>,
    #[serde(skip)]
    loaded: Option<Arc<Cohort>>,
}

/// What a fit on trials came to.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Fitted {
    pub(crate) bias: f64,
    pub(crate) weights: [f64; INPUTS.len()],
    pub(crate) seconds: Option<[[f64; 2]; 2]>,
    pub(crate) false_accepts: Vec<[f64; 2]>,
    pub(crate) false_rejects: Vec<[f64; 2]>,
    pub(crate) no_match: Option<f64>,
}

impl Calibration {
    /// `cohort`: what scores are compared with, and whether it is the model's own.
    pub(crate) fn new(model: &str, fitted: Fitted, cohort: Option<(Arc<Cohort>, bool)>) -> Self {
        let voices = |(cohort, own): &(Arc<Cohort>, bool)| (!own).then(|| BASE64.encode(cohort.to_bytes()));
        Self {
            version: VERSION,
            model: model.to_owned(),
            cohort: cohort.as_ref().map(|(cohort, _)| cohort.fingerprint()),
            cohort_voices: cohort.as_ref().and_then(voices),
            bias: fitted.bias,
            weights: fitted.weights.to_vec(),
            seconds: fitted.seconds,
            false_accepts: fitted.false_accepts,
            false_rejects: fitted.false_rejects,
            no_match: fitted.no_match,
            loaded: cohort.map(|(cohort, _)| cohort),
        }
    }

    /// Reads a calibration file.
    ///
    /// # Errors
    /// `io_failed`, or `calibration_invalid` for an invalid file, or one of a newer Voiceroll.
    pub fn read(path: impl AsRef<Path>) -> Result<Self> {
        let bytes = std::fs::read(path).map_err(|error| {
            Error::new(Code::IoFailed, format!("the calibration could not be read ({}); check the path", error.kind()))
        })?;
        Self::parse(&bytes)
    }

    pub(crate) fn parse(bytes: &[u8]) -> Result<Self> {
        let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let mut read: Self =
            serde_json::from_slice(text).map_err(|_| invalid("it was made by another version of Voiceroll"))?;
        if !(1..=VERSION).contains(&read.version) {
            return Err(invalid(&format!(
                "its version is {}, and this Voiceroll reads versions up to {VERSION}",
                read.version
            )));
        }
        if read.weights.len() < INPUTS_OF_VERSION_1 || read.weights.len() > INPUTS.len() {
            return Err(invalid("it was made by another version of Voiceroll"));
        }
        read.weights.resize(INPUTS.len(), 0.0);
        let numbers = read.weights.iter().chain([&read.bias]).chain(read.seconds.iter().flatten().flatten());
        let tables = read.false_accepts.iter().chain(&read.false_rejects).flatten();
        if numbers.chain(tables).chain(&read.no_match).any(|x| !x.is_finite()) {
            return Err(invalid("it contains non-finite numbers"));
        }
        if !read.rises() {
            return Err(invalid("its scores for the same person are lower than those for different people"));
        }
        let in_order = |table: &[[f64; 2]], sign: f64| {
            !table.is_empty()
                && table.iter().all(|[share, _]| *share > 0.0 && *share <= 1.0)
                && table.windows(2).all(|pair| pair[0][0] > pair[1][0] && sign * pair[0][1] <= sign * pair[1][1])
        };
        if !in_order(&read.false_accepts, 1.0) || !in_order(&read.false_rejects, -1.0) {
            return Err(invalid("its error rates are out of order"));
        }
        if let Some(voices) = &read.cohort_voices {
            let bytes = BASE64.decode(voices).map_err(|_| invalid("its cohort is damaged"))?;
            let cohort = Cohort::parse(&bytes).ok_or_else(|| invalid("its cohort is damaged"))?;
            if read.cohort.as_ref() != Some(&cohort.fingerprint()) {
                return Err(invalid("its cohort is damaged"));
            }
            read.loaded = Some(Arc::new(cohort));
        }
        Ok(read)
    }

    /// The same with the model's own cohort, where it was made with that.
    ///
    /// # Errors
    /// `calibration_invalid` if it was made with another than is there.
    pub(crate) fn with_cohort(mut self, own: Option<&Arc<Cohort>>) -> Result<Self> {
        if let (Some(wanted), None) = (&self.cohort, &self.loaded) {
            let there = own.filter(|own| own.fingerprint() == *wanted);
            let there = there.ok_or_else(|| invalid("it was made with a cohort that this version does not have"))?;
            self.loaded = Some(Arc::clone(there));
        }
        Ok(self)
    }

    /// Whether a higher cosine gives a higher ratio, on the telephone and off it.
    pub(crate) fn rises(&self) -> bool {
        let weight = |at: usize| self.weights.get(at).copied().unwrap_or(0.0);
        let (plain, narrow, normalised) = (weight(0), weight(4), weight(5));
        normalised >= 0.0 && plain.min(plain + narrow) + normalised > 0.0
    }

    /// The calibration as the text of its file.
    pub fn to_json(&self) -> String {
        serde_json::to_string_pretty(self).unwrap_or_default()
    }

    /// The model of the calibration.
    pub fn model(&self) -> &str {
        &self.model
    }

    /// What scores are compared with.
    pub(crate) fn cohort(&self) -> Option<&Arc<Cohort>> {
        self.loaded.as_ref()
    }

    /// A voice, ready to be compared.
    pub(crate) fn print(&self, vector: &[f32], side: Side) -> Print {
        self.print_among(vector, side, &mut Room::default())
    }

    /// The same for many voices, with room to work in.
    pub(crate) fn print_among(&self, vector: &[f32], side: Side, room: &mut Room) -> Print {
        print(self.cohort().map(Arc::as_ref), vector, side, &[], room)
    }

    /// What the comparison of two voices comes to.
    pub(crate) fn score(&self, enrolled: &Print, test: &Print) -> f64 {
        let (one, other) = (self.line(enrolled.side, enrolled.place, 0), self.line(test.side, test.place, 1));
        let cosine = cosine(&enrolled.vector, &test.vector);
        self.bias + (one.slope + other.slope) * cosine + one.offset + other.offset
    }

    /// What one side adds to the ratio: `at` 0 for the enrolled one, 1 for the tested one.
    pub(crate) fn line(&self, side: Side, place: Option<Place>, at: usize) -> Line {
        let range = self.seconds.map_or(SECONDS, |seconds| seconds[at]);
        let inputs = side_inputs(side.within(range), place, at);
        let mut line = Line { slope: 0.0, offset: 0.0 };
        for (weight, [slope, offset]) in self.weights.iter().zip(inputs) {
            line.slope += weight * slope;
            line.offset += weight * offset;
        }
        line
    }

    /// The LLR that this share of comparisons of different people reaches, 0 to 1.
    ///
    /// For rates below those of the trials, the threshold is extrapolated, by 1 for each factor e: an LLR of t has a
    /// probability of at most e^-t for different people.
    pub fn threshold(&self, false_accept_rate: f64) -> f64 {
        interpolated(&self.false_accepts, false_accept_rate, 1.0)
    }

    /// The LLR that this share of comparisons of the same person does not reach, 0 to 1.
    pub fn rejection_threshold(&self, false_reject_rate: f64) -> f64 {
        interpolated(&self.false_rejects, false_reject_rate, -1.0)
    }

    /// The ratio below which it is another person, also where voices are recorded otherwise than on the list;
    /// none if the list could not tell.
    pub(crate) fn no_match(&self) -> Option<f64> {
        self.no_match
    }
}

/// How many inputs calibrations of the first version weigh.
const INPUTS_OF_VERSION_1: usize = 5;

fn invalid(why: &str) -> Error {
    Error::new(
        Code::CalibrationInvalid,
        format!("the calibration cannot be used ({why}); make one with `voiceroll calibrate`"),
    )
}

/// A voice, ready to be compared by a cohort, without the voices of it that are `left_out`.
pub(crate) fn print(cohort: Option<&Cohort>, vector: &[f32], side: Side, left_out: &[usize], room: &mut Room) -> Print {
    let Some(cohort) = cohort else { return Print { vector: vector.to_vec(), side, place: None } };
    let vector = cohort.compared(vector);
    let place = Some(cohort.place(&vector, left_out, room));
    Print { vector, side, place }
}

/// The numbers that a ratio is a weighted sum of, besides a constant. `seconds`: see [`Fitted`].
pub(crate) fn inputs(enrolled: &Print, test: &Print, seconds: [[f64; 2]; 2]) -> [f64; INPUTS.len()] {
    let cosine = cosine(&enrolled.vector, &test.vector);
    let mut inputs = [0.0; INPUTS.len()];
    for (at, print) in [enrolled, test].into_iter().enumerate() {
        let side = side_inputs(print.side.within(seconds[at]), print.place, at);
        inputs.iter_mut().zip(side).for_each(|(sum, [slope, offset])| *sum += slope * cosine + offset);
    }
    inputs
}

/// The value at a share, between the table's logarithms of shares; outside, the value moves by
/// `slope` for each e-fold fewer.
fn interpolated(table: &[[f64; 2]], share: f64, slope: f64) -> f64 {
    let share = share.clamp(1e-12, 1.0);
    let (Some(first), Some(last)) = (table.first(), table.last()) else { return f64::INFINITY };
    if share >= first[0] {
        return first[1] - slope * (share / first[0]).ln();
    }
    for pair in table.windows(2) {
        let ([more, high], [less, low]) = (pair[0], pair[1]);
        if share >= less {
            let part = (share / more).ln() / (less / more).ln();
            return high + part * (low - high);
        }
    }
    last[1] + slope * (last[0] / share).ln()
}

/// The chance that it is the same person, 0 to 1, where both were equally likely beforehand.
pub(crate) fn confidence(llr: f64) -> f64 {
    1.0 / (1.0 + (-llr).exp())
}

#[cfg(test)]
mod tests {
    use super::*;

    const STEEP: [f64; INPUTS.len()] = [10.0, 0.0, 0.5, 0.0, 0.0, 0.0, 0.0];

    fn fitted() -> Fitted {
        Fitted {
            bias: -4.0,
            weights: STEEP,
            false_accepts: vec![[0.1, 0.0], [0.01, 2.0]],
            false_rejects: vec![[0.1, 1.0], [0.01, -1.0]],
            ..Fitted::default()
        }
    }

    fn calibration() -> Calibration {
        Calibration::new("m", fitted(), None)
    }

    fn cohort() -> Arc<Cohort> {
        let voices: Vec<Vec<f32>> =
            (0..8).map(|at| (0..8).map(|n| if n == at { 1.0 } else { 0.1 }).collect()).collect();
        Arc::new(Cohort::new(&voices, Vec::new(), 4))
    }

    #[test]
    fn thresholds_lie_between_what_was_measured_and_go_on_beyond_it() {
        let c = calibration();
        assert_eq!((c.threshold(0.1), c.threshold(0.01)), (0.0, 2.0));
        let between = c.threshold(0.03);
        assert!(between > 0.0 && between < 2.0);
        assert!((c.threshold(0.001) - (2.0 + 10f64.ln())).abs() < 1e-9);
        assert!(c.threshold(0.5) < 0.0);
        assert!(c.rejection_threshold(0.001) < -1.0);
    }

    #[test]
    fn a_file_is_read_back_as_it_was_and_damage_is_found() {
        let c = calibration();
        assert_eq!(Calibration::parse(c.to_json().as_bytes()).unwrap(), c);
        let worse = c.to_json().replace("0.01", "0.2");
        assert_eq!(Calibration::parse(worse.as_bytes()).unwrap_err().code(), "calibration_invalid");
        assert_eq!(Calibration::parse(b"{}").unwrap_err().code(), "calibration_invalid");
        let newer = c.to_json().replace("\"version\": 2", "\"version\": 3");
        assert!(Calibration::parse(newer.as_bytes()).unwrap_err().to_string().contains("version is 3"));
        let marked = format!("\u{feff}{}", c.to_json());
        assert_eq!(Calibration::parse(marked.as_bytes()).unwrap(), c);
        let upside_down = Fitted { weights: STEEP.map(|weight| -weight), ..fitted() };
        assert!(Calibration::parse(Calibration::new("m", upside_down, None).to_json().as_bytes()).is_err());
        let falling = Fitted { false_accepts: vec![[0.1, 0.0], [0.01, -50.0]], ..fitted() };
        assert!(Calibration::parse(Calibration::new("m", falling, None).to_json().as_bytes()).is_err());
    }

    #[test]
    fn a_file_of_the_first_version_still_counts() {
        let old = r#"{"version": 1, "model": "m", "bias": -4.0, "weights": [10.0, 0.0, 0.5, 0.0, 0.0],
            "false_accepts": [[0.1, 0.0], [0.01, 2.0]], "false_rejects": [[0.1, 1.0], [0.01, -1.0]]}"#;
        let (old, new) = (Calibration::parse(old.as_bytes()).unwrap(), calibration());
        let side = Side { seconds: 8.0, narrow: true };
        let score = |c: &Calibration| c.score(&c.print(&[1.0, 0.0], side), &c.print(&[0.6, 0.8], side));
        assert_eq!(score(&old), score(&new));
        assert!(Calibration::parse(old.to_json().replace("0.5", "0.5, 1, 1, 1, 1").as_bytes()).is_err());
    }

    #[test]
    fn a_cohort_of_its_own_travels_with_a_calibration_and_the_models_own_has_to_be_the_same() {
        let cohort = cohort();
        let own = Calibration::new("m", fitted(), Some((Arc::clone(&cohort), false)));
        let read = Calibration::parse(own.to_json().as_bytes()).unwrap().with_cohort(None).unwrap();
        assert_eq!(read, own);
        let damaged = own.to_json().replace("\"cohort\": \"", "\"cohort\": \"0");
        assert_eq!(Calibration::parse(damaged.as_bytes()).unwrap_err().code(), "calibration_invalid");

        let shared = Calibration::new("m", fitted(), Some((Arc::clone(&cohort), true)));
        let read = Calibration::parse(shared.to_json().as_bytes()).unwrap();
        assert!(read.cohort().is_none());
        assert_eq!(read.clone().with_cohort(Some(&cohort)).unwrap(), shared);
        assert_eq!(read.with_cohort(None).unwrap_err().code(), "calibration_invalid");
    }

    #[test]
    fn a_ratio_is_the_weighted_sum_of_its_inputs() {
        let weights = [3.0, 0.2, 0.3, -0.4, 1.5, 0.7, -2.0];
        let seconds = [[2.0, 20.0], [1.0, 10.0]];
        let c = Calibration::new("m", Fitted { weights, seconds: Some(seconds), ..fitted() }, Some((cohort(), true)));
        let one = c.print(&[0.9, 0.1, 0.2, 0.0, 0.3, 0.1, 0.0, 0.2], Side { seconds: 30.0, narrow: true });
        let other = c.print(&[0.7, 0.3, 0.1, 0.2, 0.1, 0.4, 0.1, 0.0], Side { seconds: 0.4, narrow: false });
        let inputs = inputs(&one, &other, seconds);
        assert_eq!((inputs[1], inputs[2], inputs[3]), (20f64.ln(), 0.0, 0.5));
        let (place, there) = (one.place.unwrap(), other.place.unwrap());
        let cosine = cosine(&one.vector, &other.vector);
        let normalised = ((cosine - place.mean) / place.deviation + (cosine - there.mean) / there.deviation) / 2.0;
        assert!((inputs[5] - normalised).abs() < 1e-9);
        let sum = -4.0 + weights.iter().zip(inputs).map(|(weight, input)| weight * input).sum::<f64>();
        assert!((c.score(&one, &other) - sum).abs() < 1e-9);
    }

    #[test]
    fn more_speech_counts_as_its_weight_says() {
        let c = calibration();
        let score = |c: &Calibration, test: f64| {
            let print = |seconds| c.print(&[0.6, 0.8], Side { seconds, narrow: false });
            c.score(&print(20.0), &print(test))
        };
        assert!(score(&c, 8.0) > score(&c, 2.0));
        assert_eq!(score(&c, 40.0), score(&c, 30.0));
        let short = Calibration::new("m", Fitted { seconds: Some([[1.0, 30.0], [2.0, 6.0]]), ..fitted() }, None);
        assert_eq!(score(&short, 20.0), score(&short, 6.0));
        assert_eq!(score(&short, 1.0), score(&short, 2.0));
        assert!((confidence(0.0) - 0.5).abs() < 1e-12 && confidence(900.0) == 1.0 && confidence(-900.0) == 0.0);
    }
}
