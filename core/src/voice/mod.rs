//! Speech to voiceprint.

mod cluster;
mod custom;
mod fbank;
pub(crate) mod index;
mod network;
pub(crate) mod score;
mod turns;
mod windows;

use std::fmt;
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
/// compared with each other. On the development trials their mean is as good as one long stretch.
const STRETCH_SECONDS: f64 = 2.5;

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
                calibration.model(),
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
        self.calibration.is_some()
    }

    /// The voiceprint of some speech at 16 kHz, at least half a second of it.
    pub(crate) fn voiceprint(&self, speech: &[f32], control: &Control) -> Result<Voiceprint> {
        Ok(self.listen(speech, control)?.0)
    }

    /// The same, and the vectors of the stretches that it is the mean of.
    pub(crate) fn listen(&self, speech: &[f32], control: &Control) -> Result<(Voiceprint, Vec<Vec<f32>>)> {
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
        if sum.iter().any(|x| !x.is_finite()) || sum.iter().all(|x| *x == 0.0) {
            return Err(Error::new(Code::Internal, "the network gave no usable voiceprint for this recording"));
        }
        Ok((Voiceprint { model: self.model.clone(), vector: sum }, parts))
    }

    /// What the network makes of one stretch of speech: a vector of length 1.
    fn embed(&self, speech: &[f32]) -> Result<Vec<f32>> {
        let mut vector = self
            .try_embed(speech)
            .map_err(|fault| Error::new(Code::Internal, format!("the network could not be run: {fault}")))?;
        normalize(&mut vector);
        Ok(vector)
    }

    fn try_embed(&self, speech: &[f32]) -> Result<Vec<f32>, String> {
        self.network.run(&self.filterbank.features(speech))
    }
}

/// What the quietest moments of a recording sound like: the mean of 19 cepstral coefficients over
/// the quietest 15 % of its frames. It tells rooms and devices apart, and knows no voice.
pub(crate) fn quiet_profile(samples: &[f32]) -> Vec<f32> {
    const COEFFICIENTS: usize = 19;
    const SHARE: f64 = 0.15;
    let front_end = FrontEnd { floor: fbank::Floor::Add(1e-9), ..FrontEnd::builtin() };
    let bands = front_end.bands;
    let features = Filterbank::new(front_end).features(samples);
    let loudness = |frame: &[f32]| frame.iter().sum::<f32>();
    let mut frames: Vec<&[f32]> = features.chunks_exact(bands).collect();
    frames.sort_by(|a, b| loudness(a).total_cmp(&loudness(b)));
    frames.truncate(((SHARE * frames.len() as f64) as usize).max(1));
    (1..=COEFFICIENTS)
        .map(|k| {
            let turn = |band: usize| (std::f32::consts::PI * k as f32 * (band as f32 + 0.5) / bands as f32).cos();
            let of = |frame: &&[f32]| frame.iter().enumerate().map(|(band, x)| x * turn(band)).sum::<f32>();
            frames.iter().map(of).sum::<f32>() / frames.len() as f32
        })
        .collect()
}
