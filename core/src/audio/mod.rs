//! Untrusted recordings: decoding to 16 kHz mono, and measurements.

mod aac;
mod analyze;
mod codec;
mod codecs;
mod decode;
mod decoder;
mod demux;
mod fault;
mod fingerprint;
mod guard;
mod layout;
mod leaks;
mod listen;
mod live;
mod meter;
mod mix;
mod mp4;
mod opened;
mod opus;
#[cfg(feature = "full")]
mod portrait;
mod prepare;
mod resample;
mod sniff;
mod source;
mod spectrum;
mod speech;
mod timeline;
mod vad;
mod wada;

pub(crate) use analyze::{Analysis, analyze, analyze_channel, analyze_to_enroll};
pub(crate) use decode::Sink;
pub(crate) use fingerprint::{Fingerprint, from_bytes as heard_from_bytes, to_bytes as heard_to_bytes};
pub(crate) use live::{Feed, Monitor};
#[cfg(feature = "remote")]
pub(crate) use opened::Opened;
#[cfg(feature = "full")]
pub(crate) use portrait::{BANDS, Portrait, TIMES};
pub(crate) use prepare::prepare;
#[cfg(feature = "remote")]
pub(crate) use prepare::whole_wav;
pub(crate) use speech::FRAME;
#[cfg(feature = "__bench")]
pub use vad::speech_probabilities;

/// The sample rate that everything behind the decoder works at, in Hz.
pub(crate) const SAMPLE_RATE: u32 = 16_000;
