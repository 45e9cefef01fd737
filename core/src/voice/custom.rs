//! Speaker networks that users bring: those of the compact one's plan run on our own kernels, all others need the
//! feature `onnx`. What does not work is said when the file is loaded.

use std::path::Path;

use sha2::{Digest, Sha256};

use super::kernels::Kernel;
use super::{Engine, LEAST_SAMPLES, compact, known};
use crate::calibration::cosine;
use crate::types::error::{Code, Error, Result};

/// The largest file that is taken for a speaker network, in bytes; the largest public ones stay
/// under it.
const LARGEST: u64 = 1 << 30;

/// Values of an embedding, at least and at most.
const WIDTH: std::ops::RangeInclusive<usize> = 16..=4096;

/// Loads an ONNX file and tries it out.
pub(crate) fn load(path: &Path) -> Result<Engine> {
    let size = std::fs::metadata(path).map_err(unread)?.len();
    if size > LARGEST {
        return Err(invalid(&format!("it has {size} bytes, more than the limit of {LARGEST}")));
    }
    let bytes = std::fs::read(path).map_err(unread)?;
    let digest = crate::types::hex(&Sha256::digest(&bytes)[..8]);
    let model = format!("onnx-{digest}");
    let (engine, width) = match compact::build(Kernel::best(), &bytes) {
        Ok(network) => (Engine::planned(model, network, None)?, None),
        Err(_) => of_any_plan(model, bytes)?,
    };
    try_out(&engine, width).map_err(|why| invalid(&why))?;
    // Any export of a known network is that network.
    match known::recognised(&engine.answer()?)? {
        Some(known) => Engine::new(known.model.to_owned(), engine.filterbank, engine.runner, Some(known)),
        None => Ok(engine),
    }
}

/// A network that its metadata say how to feed, and the width of its output that they declare.
#[cfg(feature = "onnx")]
fn of_any_plan(name: String, bytes: Vec<u8>) -> Result<(Engine, Option<f64>)> {
    use super::network::{Network, options};
    use super::{Runner, declared, fbank::Filterbank};

    let model = options().load(bytes).map_err(|fault| invalid(&format!("the ONNX runtime cannot run it: {fault}")))?;
    let metadata = |key: &str| model.metadata().get(key).map(str::to_owned);
    let (front_end, layout) = declared::front_end(&metadata).map_err(|why| invalid(&why))?;
    let width = declared::number(&metadata, "output_dim").map_err(|why| invalid(&why))?;
    let network = Network::new(model, layout, front_end.bands).map_err(|why| invalid(&why))?;
    Ok((Engine::new(name, Filterbank::new(front_end), Runner::Onnx(Box::new(network)), None)?, width))
}

#[cfg(not(feature = "onnx"))]
fn of_any_plan(_: String, _: Vec<u8>) -> Result<(Engine, Option<f64>)> {
    Err(invalid(
        "this build of Voiceroll runs only the networks that it knows; build it with the feature `onnx` to run \
         others, or install an export of a known one with `voiceroll model install`",
    ))
}

pub(super) fn unread(error: std::io::Error) -> Error {
    Error::new(
        Code::IoFailed,
        format!("the model could not be read ({}); check the path and its permissions", error.kind()),
    )
}

pub(super) fn invalid(why: &str) -> Error {
    Error::new(Code::ModelInvalid, format!("this speaker network cannot be used: {why}"))
}

/// Runs the network on noise of two lengths and colours: what comes out must be a vector of the
/// same width, the declared one if any, finite, the same each time, and not the same for everything.
fn try_out(engine: &Engine, declared: Option<f64>) -> Result<(), String> {
    let mut seed = 1u32;
    let mut noise = |count: usize, colour: f32| -> Vec<f32> {
        let mut last = 0.0;
        (0..count)
            .map(|_| {
                seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                last = colour * last + 0.1 * (seed as f32 / u32::MAX as f32 - 0.5);
                last
            })
            .collect()
    };
    let (first, second) = (noise(32_000, 0.9), noise(48_000, -0.5));
    let (a, again, b) = (engine.try_embed(&first)?, engine.try_embed(&first)?, engine.try_embed(&second)?);
    let short = engine.try_embed(&first[..LEAST_SAMPLES]).map_err(|fault| {
        format!("it cannot process half a second of speech ({fault}); export it with a free number of frames")
    })?;
    if !WIDTH.contains(&a.len()) {
        return Err(format!("its output has {} values; it must have {} to {}", a.len(), WIDTH.start(), WIDTH.end()));
    }
    if a.len() != b.len() || a.len() != short.len() {
        return Err("the width of its output changes with the length of the speech".to_owned());
    }
    if declared.is_some_and(|declared| declared != a.len() as f64) {
        return Err(format!("its output has {} values, which contradicts `output_dim` in its metadata", a.len()));
    }
    if a.iter().chain(&b).chain(&short).any(|x| !x.is_finite()) {
        return Err("its output contains non-finite values".to_owned());
    }
    if a != again {
        return Err("its output differs from run to run for the same speech".to_owned());
    }
    if cosine(&a, &b) > 0.999_999 {
        return Err("its output is the same for different inputs".to_owned());
    }
    Ok(())
}
