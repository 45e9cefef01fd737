//! Whether a voice is that of an enrolled speaker.

/// What is made of a comparison.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Decision {
    /// Whether it is taken for the same person.
    pub(crate) known: bool,
    /// How sure that is, 0 to 1: that it is the same person where `known`, another one otherwise.
    pub(crate) confidence: f64,
}

/// From this cosine on, at much speech, two voices are one. Chosen on the `tune` half of
/// `bench/conversations.py`, as are the others here.
const SAME: f64 = 0.6;

/// How steeply sureness rises with the cosine.
const SLOPE: f64 = 20.0;

/// Little speech scatters: its cosine has to be higher by this much at one second.
const SHORT: f64 = 0.05;

/// Decides from the cosine of two voiceprints and the seconds of speech that each was made from.
pub(crate) fn decide(cosine: f64, enrolled: f64, tested: f64) -> Decision {
    let limit = SAME + SHORT / tested.min(enrolled).max(1.0);
    let same = 1.0 / (1.0 + (-SLOPE * (cosine - limit)).exp());
    Decision { known: same >= 0.5, confidence: same.max(1.0 - same) }
}
