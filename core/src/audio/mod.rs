//! Recordings from strangers: bytes to 16 kHz mono, and what can be measured in them.

mod aac;
mod analyze;
mod blind;
mod decode;
mod guard;
mod inspect;
mod listen;
mod meter;
mod mix;
mod opus;
mod prepare;
mod resample;
mod sniff;
mod source;
mod spectrum;
mod speech;

pub(crate) use analyze::{Analysis, analyze};
pub use inspect::{Inspection, Problem, ProblemCode, Severity};
pub use prepare::Prepared;
pub(crate) use prepare::prepare;

/// The sample rate that everything behind the decoder works at, in Hz.
pub(crate) const SAMPLE_RATE: u32 = 16_000;

/// What a recording may cost, whatever its header claims.
///
/// Memory stays under about 40 MB for one recording within the default limits, besides the bytes
/// of a recording that was handed over in memory.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct Limits {
    /// The longest recording that is decoded, in seconds. Default: two hours.
    pub max_seconds: f64,
    /// The largest file that is read, in bytes. Default: 2 GiB.
    pub max_bytes: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { max_seconds: 2.0 * 3600.0, max_bytes: 2 << 30 }
    }
}
