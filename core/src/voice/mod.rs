//! Speech to voiceprint.

mod cluster;
mod decide;
mod fbank;
mod network;
mod turns;
mod windows;

use std::fmt;
use std::sync::OnceLock;

use crate::Control;
use crate::audio::SAMPLE_RATE;
use crate::error::{Code, Error, Result};
#[allow(unused_imports, reason = "inspect and enroll are to use it")]
pub(crate) use cluster::{SecondVoice, Voices, second_voice, voices};
pub(crate) use decide::decide;
use fbank::Filterbank;
use network::Network;
pub(crate) use turns::{Turn, turns};
pub(crate) use windows::{Window, Windows, layout};

/// The longest stretch that goes through the network at once, in seconds: it bounds the memory.
/// On the development trials the mean over stretches of 10 s is as good as one long stretch.
const STRETCH_SECONDS: f64 = 10.0;

/// A voice signature: a vector of length 1, and the model that made it. Never printed.
#[derive(Clone, PartialEq)]
pub(crate) struct Voiceprint {
    pub(crate) model: String,
    pub(crate) vector: Vec<f32>,
}

impl fmt::Debug for Voiceprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Voiceprint").field("model", &self.model).finish_non_exhaustive()
    }
}

/// Has the C library keep large blocks for reuse, instead of handing each back to the system.
///
/// Every run of the network allocates and frees some megabytes. glibc raises its threshold for
/// giving memory back once it has seen a larger block freed; without that, a tenth of the time of
/// an enrollment goes into page faults. Elsewhere this does nothing.
fn keep_freed_memory() {
    drop(std::hint::black_box(vec![0u8; 8 << 20]));
}

/// Cosine of the angle between two vectors, -1 to 1; 0 where one has no length.
pub(crate) fn cosine(a: &[f32], b: &[f32]) -> f64 {
    let dot = |a: &[f32], b: &[f32]| a.iter().zip(b).map(|(x, y)| f64::from(*x) * f64::from(*y)).sum::<f64>();
    let lengths = (dot(a, a) * dot(b, b)).sqrt();
    if lengths > 0.0 { dot(a, b) / lengths } else { 0.0 }
}

/// Scales a vector to length 1; leaves one without length alone.
pub(crate) fn normalize(vector: &mut [f32]) {
    let length = vector.iter().map(|x| f64::from(*x).powi(2)).sum::<f64>().sqrt();
    if length > 0.0 {
        vector.iter_mut().for_each(|x| *x = (f64::from(*x) / length) as f32);
    }
}

/// A model: its front end, its network, and the name under which its voiceprints are stored.
pub(crate) struct Engine {
    model: String,
    filterbank: Filterbank,
    network: Network,
}

impl Engine {
    /// The built-in model, loaded when it is first asked for.
    pub(crate) fn builtin() -> Result<&'static Self> {
        static BUILTIN: OnceLock<Result<Engine, String>> = OnceLock::new();
        let loaded = BUILTIN.get_or_init(|| {
            keep_freed_memory();
            Ok(Engine {
                model: "voiceroll-m1".to_owned(),
                filterbank: Filterbank::new(),
                network: Network::load(include_bytes!("../../models/speaker-m1.onnx"))?,
            })
        });
        loaded
            .as_ref()
            .map_err(|fault| Error::new(Code::Internal, format!("the built-in network could not be loaded: {fault}")))
    }

    pub(crate) fn model(&self) -> &str {
        &self.model
    }

    /// The voiceprint of some speech at 16 kHz, at least half a second of it.
    pub(crate) fn voiceprint(&self, speech: &[f32], control: &Control) -> Result<Voiceprint> {
        let stretches = (speech.len() as f64 / (STRETCH_SECONDS * f64::from(SAMPLE_RATE))).round().max(1.0);
        let stretch = speech.len().div_ceil(stretches as usize).max(1);
        let mut sum: Vec<f32> = Vec::new();
        for part in speech.chunks(stretch) {
            control.check()?;
            let vector = self.embed(&self.filterbank.features(part))?;
            sum.resize(vector.len(), 0.0);
            sum.iter_mut().zip(&vector).for_each(|(sum, x)| *sum += x);
        }
        normalize(&mut sum);
        if sum.iter().any(|x| !x.is_finite()) || sum.iter().all(|x| *x == 0.0) {
            return Err(Error::new(Code::Internal, "the network gave no usable voiceprint for this recording"));
        }
        Ok(Voiceprint { model: self.model.clone(), vector: sum })
    }

    /// One run of the network; a vector of length 1.
    fn embed(&self, features: &[f32]) -> Result<Vec<f32>> {
        let mut vector = self
            .network
            .run(features)
            .map_err(|fault| Error::new(Code::Internal, format!("the network could not be run: {fault}")))?;
        normalize(&mut vector);
        Ok(vector)
    }
}
