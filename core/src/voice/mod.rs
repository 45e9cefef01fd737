//! Speech to voiceprint.

pub(crate) mod campplus;
mod cluster;
mod custom;
pub(crate) mod fbank;
pub(crate) mod index;
pub(crate) mod kernels;
mod layers;
mod network;
pub(crate) mod score;
mod turns;
mod windows;

use std::path::Path;
use std::sync::OnceLock;

use crate::Control;
use crate::audio::SAMPLE_RATE;
use crate::error::{Code, Error, Result};
pub(crate) use cluster::{second_voice, voices};
use fbank::{Filterbank, FrontEnd};
use network::Network;
use score::Calibration;
pub(crate) use turns::{Turn, turns};
pub(crate) use windows::{Window, Windows, layout};

/// The stretches that go through the network at once, in seconds: they bound the memory, and are
/// compared with each other. On the development trials their mean is as good as one long stretch
/// (`training/LOG.md`).
const STRETCH_SECONDS: f64 = 5.0;

/// The shortest speech, in samples, that networks from outside are given; less is repeated.
const LEAST_SAMPLES: usize = SAMPLE_RATE as usize / 2;

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
    /// None for a network that a user brought without one.
    calibration: Option<Calibration>,
}

impl Engine {
    fn new(model: String, filterbank: Filterbank, network: Network, calibration: Option<Calibration>) -> Self {
        keep_freed_memory();
        Self { model, filterbank, network, calibration }
    }

    /// The built-in model, loaded when it is first asked for.
    pub(crate) fn builtin() -> Result<&'static Self> {
        static BUILTIN: OnceLock<Result<Engine, String>> = OnceLock::new();
        let loaded = BUILTIN.get_or_init(|| {
            let front_end = FrontEnd::builtin();
            let network = Network::builtin(include_bytes!("../../models/speaker.onnx"), front_end.bands)?;
            let calibration = Calibration::builtin().map_err(|error| error.to_string())?;
            let model = calibration.model().to_owned();
            Ok(Engine::new(model, Filterbank::new(front_end), network, Some(calibration.clone())))
        });
        loaded
            .as_ref()
            .map_err(|fault| Error::new(Code::Internal, format!("the built-in network could not be loaded: {fault}")))
    }

    /// A network that a user brought, as an ONNX file.
    pub(crate) fn load(path: &Path) -> Result<Self> {
        custom::load(path)
    }

    /// Fails for the calibration of another model.
    pub(crate) fn check(&self, calibration: &Calibration) -> Result<()> {
        if calibration.model() == self.model {
            return Ok(());
        }
        Err(Error::new(
            Code::ModelMismatch,
            format!(
                "the calibration is for model {} and this is {}; make one with `voiceroll calibrate`",
                calibration.model().escape_debug(),
                self.model
            ),
        ))
    }

    pub(crate) fn model(&self) -> &str {
        &self.model
    }

    pub(crate) fn calibration(&self) -> Option<&Calibration> {
        self.calibration.as_ref()
    }

    /// Whether [`rules::CLUSTERING`](crate::rules::CLUSTERING) was chosen for this network.
    pub(crate) fn tells_voices_apart(&self) -> bool {
        self.is_builtin()
    }

    /// The voiceprint of some speech at 16 kHz, at least half a second of it: a vector of length 1.
    pub(crate) fn voiceprint(&self, speech: &[f32], control: &Control) -> Result<Vec<f32>> {
        Ok(self.listen(speech, control)?.0)
    }

    /// The same, and the vectors of the stretches that it is the mean of.
    pub(crate) fn listen(&self, speech: &[f32], control: &Control) -> Result<(Vec<f32>, Vec<Vec<f32>>)> {
        let stretches = (speech.len() as f64 / (STRETCH_SECONDS * f64::from(SAMPLE_RATE))).round().max(1.0);
        let stretch = speech.len().div_ceil(stretches as usize).max(1);
        let mut sum: Vec<f32> = Vec::new();
        let mut parts = Vec::new();
        for part in speech.chunks(stretch) {
            control.check()?;
            let vector = self.embed(part)?;
            sum.resize(vector.len(), 0.0);
            sum.iter_mut().zip(&vector).for_each(|(sum, x)| *sum += x);
            parts.push(vector);
        }
        normalize(&mut sum);
        self.usable(&sum)?;
        Ok((sum, parts))
    }

    /// What the network makes of one stretch of speech: a vector of length 1.
    fn embed(&self, speech: &[f32]) -> Result<Vec<f32>> {
        let mut vector = self.try_embed(speech).map_err(|fault| self.fault(&format!("could not be run: {fault}")))?;
        normalize(&mut vector);
        self.usable(&vector)?;
        Ok(vector)
    }

    fn try_embed(&self, speech: &[f32]) -> Result<Vec<f32>, String> {
        // Networks from outside may need more frames than a short word has.
        if !self.is_builtin() && speech.len() < LEAST_SAMPLES && !speech.is_empty() {
            let again: Vec<f32> = speech.iter().copied().cycle().take(LEAST_SAMPLES).collect();
            return self.network.run(&self.filterbank.features(&again));
        }
        self.network.run(&self.filterbank.features(speech))
    }

    fn usable(&self, vector: &[f32]) -> Result<()> {
        if vector.iter().any(|x| !x.is_finite()) || vector.iter().all(|x| *x == 0.0) {
            return Err(self.fault("gave no usable voiceprint for this recording"));
        }
        Ok(())
    }

    /// What goes wrong in a network that a user brought is not our defect.
    fn fault(&self, what: &str) -> Error {
        let code = if self.is_builtin() { Code::Internal } else { Code::ModelInvalid };
        Error::new(code, format!("the speaker network {what}"))
    }

    fn is_builtin(&self) -> bool {
        self.calibration.is_some()
    }
}
