//! Speech to voiceprint.

pub(crate) mod campplus;
mod compact;
mod custom;
#[cfg(feature = "onnx")]
mod declared;
pub(crate) mod diarization;
pub(crate) mod fbank;
pub(crate) mod file;
pub(crate) mod kernels;
pub(crate) mod known;
mod layers;
#[cfg(feature = "onnx")]
mod network;
pub(crate) mod onnx;

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError, Weak};

use crate::CallOptions;
use crate::audio::SAMPLE_RATE;
use crate::calibration::cohort::Cohort;
use crate::calibration::{Calibration, normalize};
use crate::rules::{self, Clustering};
use crate::runtime::apart;
use crate::types::error::{Code, Error, Result};
use campplus::{Campplus, Payload};
use compact::Compact;
use fbank::{Filterbank, FrontEnd};
use file::{Fault, Head};
use kernels::Kernel;
use known::{CAMPPLUS, COMPACT, Known};
#[cfg(feature = "onnx")]
use network::Network;

/// The stretches that go through the network at once, in seconds: they bound the memory, and are
/// compared with each other. On the development trials their mean is as good as one long stretch
/// (`training/LOG.md`).
const STRETCH_SECONDS: f64 = 5.0;

/// The shortest speech, in samples, that other networks than the compact one are given; less is repeated.
const LEAST_SAMPLES: usize = SAMPLE_RATE as usize / 2;

/// Has the C library keep large blocks for reuse, instead of handing each back to the system.
///
/// Every run of the network allocates and frees some megabytes. glibc raises its threshold for
/// giving memory back once it has seen a larger block freed; without that, a tenth of the time of
/// an enrollment goes into page faults. Elsewhere this does nothing.
fn keep_freed_memory() {
    drop(std::hint::black_box(vec![0u8; 8 << 20]));
}

/// A model: its front end, its network, and the name under which its voiceprints are stored.
pub(crate) struct Engine {
    model: String,
    filterbank: Filterbank,
    runner: Runner,
    /// What was measured with this network; none for one that nobody here knows.
    known: Option<&'static Known>,
    /// None for a network that a user brought without one.
    calibration: Option<Calibration>,
    /// What scores are compared with; it ships with the model.
    cohort: Option<Arc<Cohort>>,
}

/// What runs the network.
enum Runner {
    Compact(Box<Compact>),
    Campplus(Box<Campplus>),
    #[cfg(feature = "onnx")]
    Onnx(Box<Network>),
}

impl Engine {
    fn new(model: String, filterbank: Filterbank, runner: Runner, known: Option<&'static Known>) -> Result<Self> {
        keep_freed_memory();
        let (cohort, calibration) = known.map_or(Ok((None, None)), Known::scores)?;
        Ok(Self { model, filterbank, runner, known, calibration, cohort })
    }

    /// A network of the compact one's plan.
    fn planned(model: String, network: Compact, known: Option<&'static Known>) -> Result<Self> {
        Self::new(model, Filterbank::new(FrontEnd::builtin()), Runner::Compact(Box::new(network)), known)
    }

    /// The compact model inside the library, loaded when it is first asked for.
    pub(crate) fn compact() -> Result<Arc<Self>> {
        static LOADED: OnceLock<Result<Arc<Engine>, String>> = OnceLock::new();
        let load = || {
            let network = compact::build(Kernel::best(), include_bytes!("../../models/speaker.onnx"))?;
            let engine = Engine::planned(COMPACT.model.to_owned(), network, Some(&COMPACT));
            engine.map(Arc::new).map_err(|error| error.to_string())
        };
        apart(|| LOADED.get_or_init(load))
            .clone()
            .map_err(|fault| Error::new(Code::Internal, format!("the built-in network could not be loaded: {fault}")))
    }

    /// A network in a file: one that was installed, or an ONNX file that a user brought. Registries that use the same
    /// file share it.
    pub(crate) fn load(path: &Path) -> Result<Arc<Self>> {
        apart(|| Self::shared(path))
    }

    fn shared(path: &Path) -> Result<Arc<Self>> {
        static LOADED: Mutex<Vec<(PathBuf, Weak<Engine>)>> = Mutex::new(Vec::new());
        let mut loaded = LOADED.lock().unwrap_or_else(PoisonError::into_inner);
        loaded.retain(|(_, engine)| engine.strong_count() > 0);
        if let Some(engine) = loaded.iter().find(|(other, _)| other == path).and_then(|(_, engine)| engine.upgrade()) {
            return Ok(engine);
        }
        let engine = Arc::new(Self::read(path)?);
        loaded.push((path.to_owned(), Arc::downgrade(&engine)));
        Ok(engine)
    }

    fn read(path: &Path) -> Result<Self> {
        let (head, payload) = match file::read(path) {
            Ok(read) => read,
            Err(Fault::Another) => return custom::load(path),
            Err(Fault::Io(error)) => return Err(custom::unread(error)),
            Err(Fault::Invalid(why)) => return Err(custom::invalid(&why)),
        };
        Self::installed(&head, &payload, Kernel::best()).map_err(|why| custom::invalid(&why))?
    }

    /// The network that a model file holds.
    pub(crate) fn installed(head: &Head, payload: &[u8], kernel: Kernel) -> Result<Result<Self>, String> {
        if head.architecture != CAMPPLUS.name || head.model != CAMPPLUS.model {
            return Err(format!(
                "it contains a network (`{}`) that this version does not know",
                head.model.escape_debug()
            ));
        }
        let mut payload = Payload(payload);
        let network = campplus::build(kernel, &mut payload)?;
        let filterbank = Filterbank::new(FrontEnd::kaldi());
        Ok(Self::new(head.model.clone(), filterbank, Runner::Campplus(Box::new(network)), Some(&CAMPPLUS)))
    }

    /// A calibration for this model, with the model's own cohort where it was made with that. Fails for the
    /// calibration of another model.
    pub(crate) fn fitting(&self, calibration: Calibration) -> Result<Calibration> {
        if calibration.model() == self.model {
            return calibration.with_cohort(self.cohort());
        }
        Err(Error::new(
            Code::ModelMismatch,
            format!(
                "the calibration is for model {}, and this is {}; make a calibration with `voiceroll calibrate`",
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

    /// The cohort that ships with the model.
    pub(crate) fn cohort(&self) -> Option<&Arc<Cohort>> {
        self.cohort.as_ref()
    }

    /// What was measured with this network, if it is one that is known here.
    pub(crate) fn known(&self) -> Option<&'static Known> {
        self.known
    }

    /// How conversations are taken apart with it. For a network that nobody measured that is a guess.
    pub(crate) fn clustering(&self) -> &'static Clustering {
        self.known.map_or(&rules::CLUSTERING, |known| &known.clustering)
    }

    /// How its speech is prepared, in a few words.
    pub(crate) fn front_end(&self) -> String {
        self.filterbank.front_end().to_string()
    }

    /// What it answers to a test signal, by which it is recognised.
    pub(crate) fn answer(&self) -> Result<Vec<f32>> {
        self.answer_to(&known::signal())
    }

    /// The same where the signal was made before.
    pub(crate) fn answer_to(&self, signal: &[f32]) -> Result<Vec<f32>> {
        self.embed(signal)
    }

    /// The voiceprint of some speech at 16 kHz, at least half a second of it: a vector of length 1.
    pub(crate) fn voiceprint(&self, speech: &[f32], control: &CallOptions) -> Result<Vec<f32>> {
        Ok(self.listen(speech, control)?.0)
    }

    /// The same, and the vectors of the stretches that it is the mean of.
    pub(crate) fn listen(&self, speech: &[f32], control: &CallOptions) -> Result<(Vec<f32>, Vec<Vec<f32>>)> {
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
        let again: Vec<f32>;
        let mut speech = speech;
        if !self.is_compact() && speech.len() < LEAST_SAMPLES && !speech.is_empty() {
            again = speech.iter().copied().cycle().take(LEAST_SAMPLES).collect();
            speech = &again;
        }
        let features = self.filterbank.features(speech);
        match &self.runner {
            Runner::Compact(network) => Ok(network.run(&features)),
            Runner::Campplus(network) => Ok(network.run(&features)),
            #[cfg(feature = "onnx")]
            Runner::Onnx(network) => network.run(&features),
        }
    }

    fn usable(&self, vector: &[f32]) -> Result<()> {
        if vector.iter().any(|x| !x.is_finite()) || vector.iter().all(|x| *x == 0.0) {
            return Err(self.fault("produced no valid voiceprint for this recording"));
        }
        Ok(())
    }

    /// What goes wrong in a network that a user brought is not our defect.
    fn fault(&self, what: &str) -> Error {
        let code = if self.is_compact() { Code::Internal } else { Code::ModelInvalid };
        Error::new(code, format!("the speaker network {what}"))
    }

    fn is_compact(&self) -> bool {
        self.known.is_some_and(|known| std::ptr::eq(known, &COMPACT))
    }
}
