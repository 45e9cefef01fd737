//! The file that a network is kept in: who made it and under which licence, then the weights as the kernels read them.

use std::io::{Read, Write};
use std::path::Path;

use serde::{Deserialize, Serialize};

/// The first bytes of such a file; the last one is the version of its form.
const MAGIC: [u8; 8] = *b"VRMODEL\x01";

/// The most that the head may take, in bytes.
const LARGEST_HEAD: usize = 64 << 10;

/// The most that the weights may take, in bytes.
const LARGEST_PAYLOAD: u64 = 256 << 20;

/// What a file says of its network.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Head {
    /// The name that people call it by.
    pub(crate) name: String,
    /// The name under which voiceprints are stored.
    pub(crate) model: String,
    /// Which code runs it.
    pub(crate) architecture: String,
    /// An SPDX identifier.
    pub(crate) licence: String,
    pub(crate) attribution: String,
    /// SHA-256 of the published file that it was made of.
    pub(crate) source_sha256: String,
    /// CRC-32 of the weights.
    pub(crate) crc32: u32,
}

/// Why a file cannot be used.
pub(crate) enum Fault {
    Io(std::io::Error),
    Invalid(String),
}

impl From<std::io::Error> for Fault {
    fn from(error: std::io::Error) -> Self {
        Self::Io(error)
    }
}

fn invalid(why: &str) -> Fault {
    Fault::Invalid(why.to_owned())
}

/// Whether bytes start as such a file does.
pub(crate) fn is_one(start: &[u8]) -> bool {
    start.starts_with(&MAGIC[..7])
}

/// The head and the weights.
pub(crate) fn read(path: &Path) -> Result<(Head, Vec<u8>), Fault> {
    let mut file = std::fs::File::open(path)?;
    let head = head(&mut file)?;
    let left = file.metadata()?.len();
    if left > LARGEST_PAYLOAD {
        return Err(invalid("it is larger than any network of ours"));
    }
    let mut payload = Vec::with_capacity(left as usize);
    file.read_to_end(&mut payload)?;
    if crc32fast::hash(&payload) != head.crc32 {
        return Err(invalid("it is damaged: its weights are not those that were written"));
    }
    Ok((head, payload))
}

/// The head alone.
pub(crate) fn head(file: &mut impl Read) -> Result<Head, Fault> {
    let mut start = [0; 12];
    file.read_exact(&mut start).map_err(|_| invalid("it is too short"))?;
    if !is_one(&start) {
        return Err(invalid("it is not a model file of Voiceroll"));
    }
    if start[7] != MAGIC[7] {
        return Err(invalid("it was written by another version of Voiceroll: install the model again"));
    }
    let length = u32::from_le_bytes([start[8], start[9], start[10], start[11]]) as usize;
    if length > LARGEST_HEAD {
        return Err(invalid("it is damaged"));
    }
    let mut text = vec![0; length];
    file.read_exact(&mut text).map_err(|_| invalid("it is too short"))?;
    serde_json::from_slice(&text).map_err(|_| invalid("it is damaged"))
}

/// Writes the file whole or not at all.
pub(crate) fn write(path: &Path, head: &Head, payload: &[u8]) -> std::io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut file = tempfile_in(folder)?;
    let head = serde_json::to_vec(&Head { crc32: crc32fast::hash(payload), ..head.clone() })?;
    file.1.write_all(&MAGIC)?;
    file.1.write_all(&(head.len() as u32).to_le_bytes())?;
    file.1.write_all(&head)?;
    file.1.write_all(payload)?;
    file.1.sync_all()?;
    std::fs::rename(&file.0, path).inspect_err(|_| drop(std::fs::remove_file(&file.0)))
}

/// A new file beside the one that it will replace.
fn tempfile_in(folder: &Path) -> std::io::Result<(std::path::PathBuf, std::fs::File)> {
    let path = folder.join(format!(".model-{}.new", std::process::id()));
    let file = std::fs::File::create(&path)?;
    Ok((path, file))
}
