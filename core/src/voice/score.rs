//! What a cosine is worth: calibrated log-likelihood ratios, and the thresholds that go with them.

use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::error::{Code, Error, Result};

/// The form of a calibration file. Rises when an older Voiceroll could not read it right.
const VERSION: u32 = 1;

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
    fn log_seconds(self) -> f64 {
        self.within(SECONDS).seconds.ln()
    }

    /// The side as if it had no less and no more speech than this.
    pub(crate) fn within(self, [least, most]: [f64; 2]) -> Self {
        Self { seconds: self.seconds.max(least).min(most), ..self }
    }
}

/// What the weights of a calibration are for, in their order.
pub(crate) const INPUTS: [&str; 5] =
    ["cosine", "log_enrolled_seconds", "log_test_seconds", "narrow_band_sides", "cosine_times_narrow_band_sides"];

/// The numbers that a log-likelihood ratio is a weighted sum of, besides a constant.
pub(crate) fn inputs(cosine: f64, enrolled: Side, test: Side) -> [f64; INPUTS.len()] {
    let narrow = f64::from(u8::from(enrolled.narrow) + u8::from(test.narrow)) / 2.0;
    [cosine, enrolled.log_seconds(), test.log_seconds(), narrow, cosine * narrow]
}

/// How the cosines of one model become log-likelihood ratios, and how often a threshold on those
/// errs. Made by `voiceroll calibrate` from a list of trials.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Calibration {
    /// The form of this file.
    version: u32,
    /// The model whose scores these are.
    model: String,
    /// Added to the weighted inputs.
    bias: f64,
    /// One weight for each input; natural logarithms come out.
    weights: [f64; INPUTS.len()],
    /// The seconds of speech, enrolled and tested, between which the list could tell what a length is
    /// worth: `[least, most]` each.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    seconds: Option<[[f64; 2]; 2]>,
    /// Share of trials of different people whose ratio lies at or above a value: `[share, value]`,
    /// by falling share.
    false_accepts: Vec<[f64; 2]>,
    /// Share of trials of the same person whose ratio lies below a value, by falling share.
    false_rejects: Vec<[f64; 2]>,
}

impl Calibration {
    pub(crate) fn new(
        model: &str,
        bias: f64,
        weights: [f64; INPUTS.len()],
        seconds: Option<[[f64; 2]; 2]>,
        false_accepts: Vec<[f64; 2]>,
        false_rejects: Vec<[f64; 2]>,
    ) -> Self {
        Self { version: VERSION, model: model.to_owned(), bias, weights, seconds, false_accepts, false_rejects }
    }

    /// One that is part of the library.
    pub(crate) fn builtin(text: &[u8]) -> Result<Self> {
        Self::parse(text).map_err(|error| Error::new(Code::Internal, format!("a built-in calibration: {error}")))
    }

    /// Reads a calibration file.
    ///
    /// # Errors
    /// `io_failed`, or `calibration_invalid` where it is none, or one of a newer Voiceroll.
    pub fn read(path: impl AsRef<Path>) -> Result<Self> {
        let bytes = std::fs::read(path).map_err(|error| {
            Error::new(
                Code::IoFailed,
                format!("the calibration could not be read ({}): is the path right?", error.kind()),
            )
        })?;
        Self::parse(&bytes)
    }

    fn parse(bytes: &[u8]) -> Result<Self> {
        let invalid = |why: &str| {
            Error::new(
                Code::CalibrationInvalid,
                format!("this is no calibration that can be used ({why}); make one with `voiceroll calibrate`"),
            )
        };
        let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let read: Self = serde_json::from_slice(text).map_err(|_| invalid("its form is another"))?;
        if read.version != VERSION {
            return Err(invalid(&format!("its version is {} and this Voiceroll reads {VERSION}", read.version)));
        }
        let numbers = read.weights.iter().chain([&read.bias]).chain(read.seconds.iter().flatten().flatten());
        let tables = read.false_accepts.iter().chain(&read.false_rejects).flatten();
        if numbers.chain(tables).any(|x| !x.is_finite()) {
            return Err(invalid("it holds numbers that are none"));
        }
        if !read.rises() {
            return Err(invalid("by it, people sound less like themselves than like others"));
        }
        let in_order = |table: &[[f64; 2]], sign: f64| {
            !table.is_empty()
                && table.iter().all(|[share, _]| *share > 0.0 && *share <= 1.0)
                && table.windows(2).all(|pair| pair[0][0] > pair[1][0] && sign * pair[0][1] <= sign * pair[1][1])
        };
        if !in_order(&read.false_accepts, 1.0) || !in_order(&read.false_rejects, -1.0) {
            return Err(invalid("its error rates are out of order"));
        }
        Ok(read)
    }

    /// Whether a higher cosine gives a higher ratio, on the telephone and off it.
    pub(crate) fn rises(&self) -> bool {
        self.weights[0] > 0.0 && self.weights[0] + self.weights[4] > 0.0
    }

    /// The calibration as the text of its file.
    pub fn to_json(&self) -> String {
        serde_json::to_string_pretty(self).unwrap_or_default()
    }

    /// The model whose scores these are.
    pub fn model(&self) -> &str {
        &self.model
    }

    /// The natural logarithm of how much likelier a cosine is for the same person than for two.
    pub(crate) fn llr(&self, cosine: f64, enrolled: Side, test: Side) -> f64 {
        let [enrolled_range, test_range] = self.seconds.unwrap_or([SECONDS; 2]);
        let inputs = inputs(cosine, enrolled.within(enrolled_range), test.within(test_range));
        self.bias + self.weights.iter().zip(inputs).map(|(weight, input)| weight * input).sum::<f64>()
    }

    /// The ratio that this share of comparisons of two different people reaches, 0 to 1.
    ///
    /// Beyond what the trials could show, the ratio goes on from the highest that they did, by 1 for
    /// each e-fold fewer: a ratio of e^t is to have at most a chance of e^-t between two people.
    pub fn threshold(&self, false_accept_rate: f64) -> f64 {
        interpolated(&self.false_accepts, false_accept_rate, 1.0)
    }

    /// The ratio that this share of comparisons of one person falls short of, 0 to 1.
    pub fn rejection_threshold(&self, false_reject_rate: f64) -> f64 {
        interpolated(&self.false_rejects, false_reject_rate, -1.0)
    }
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

    fn calibration() -> Calibration {
        Calibration::new(
            "m",
            -4.0,
            [10.0, 0.0, 0.5, 0.0, 0.0],
            None,
            vec![[0.1, 0.0], [0.01, 2.0]],
            vec![[0.1, 1.0], [0.01, -1.0]],
        )
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
        let newer = c.to_json().replace("\"version\": 1", "\"version\": 2");
        assert!(Calibration::parse(newer.as_bytes()).unwrap_err().to_string().contains("version is 2"));
        let marked = format!("\u{feff}{}", c.to_json());
        assert_eq!(Calibration::parse(marked.as_bytes()).unwrap(), c);
        let upside_down = Calibration { weights: [-10.0, 0.0, 0.5, 0.0, 0.0], ..c.clone() };
        assert!(Calibration::parse(upside_down.to_json().as_bytes()).is_err());
        let falling = Calibration { false_accepts: vec![[0.1, 0.0], [0.01, -50.0]], ..c };
        assert!(Calibration::parse(falling.to_json().as_bytes()).is_err());
    }

    #[test]
    fn more_speech_counts_as_its_weight_says() {
        let c = calibration();
        let side = |seconds| Side { seconds, narrow: false };
        assert!(c.llr(0.5, side(20.0), side(8.0)) > c.llr(0.5, side(20.0), side(2.0)));
        assert_eq!(c.llr(0.5, side(20.0), side(40.0)), c.llr(0.5, side(20.0), side(30.0)));
        let short = Calibration { seconds: Some([[1.0, 30.0], [2.0, 6.0]]), ..c.clone() };
        assert_eq!(short.llr(0.5, side(20.0), side(20.0)), c.llr(0.5, side(20.0), side(6.0)));
        assert_eq!(short.llr(0.5, side(20.0), side(1.0)), c.llr(0.5, side(20.0), side(2.0)));
        assert!((confidence(0.0) - 0.5).abs() < 1e-12 && confidence(900.0) == 1.0 && confidence(-900.0) == 0.0);
    }
}
