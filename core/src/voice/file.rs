//! The file that a network is kept in: who made it and under which licence, then the weights as the kernels read them.

use std::io::{Read, Write};
use std::path::Path;

use serde::{Deserialize, Serialize};

/// The first bytes of such a file; the last one is the version of its form.
const MAGIC: [u8; 8] = *b"VRMODEL\x03";

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
#[derive(Debug)]
pub(crate) enum Fault {
    Io(std::io::Error),
    /// It is not such a file.
    Another,
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

/// The head and the weights.
pub(crate) fn read(path: &Path) -> Result<(Head, Vec<u8>), Fault> {
    let mut file = std::fs::File::open(path)?;
    let head = head(&mut file)?;
    let left = file.metadata()?.len();
    if left > LARGEST_PAYLOAD {
        return Err(invalid("it is larger than any model file of Voiceroll"));
    }
    let mut payload = Vec::with_capacity(left as usize);
    file.read_to_end(&mut payload)?;
    head.check(&payload)?;
    Ok((head, payload))
}

/// The same of a file in memory.
pub(crate) fn parse(mut bytes: &[u8]) -> Result<(Head, &[u8]), Fault> {
    let head = head(&mut bytes)?;
    head.check(bytes)?;
    Ok((head, bytes))
}

impl Head {
    fn check(&self, payload: &[u8]) -> Result<(), Fault> {
        if crc32fast::hash(payload) == self.crc32 {
            return Ok(());
        }
        Err(invalid("it is damaged: the checksum of its weights is wrong"))
    }
}

/// The head alone.
pub(crate) fn head(file: &mut impl Read) -> Result<Head, Fault> {
    let mut start = [0; 12];
    if file.read_exact(&mut start).is_err() || start[..7] != MAGIC[..7] {
        return Err(Fault::Another);
    }
    if start[7] != MAGIC[7] {
        return Err(invalid("it was written by another version of Voiceroll; install the model again"));
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
    let text = serde_json::to_vec(&Head { crc32: crc32fast::hash(payload), ..head.clone() })?;
    let new = folder.join(format!(".{}-{}.new", head.name, std::process::id()));
    let written = || {
        let mut file = std::fs::File::create(&new)?;
        file.write_all(&MAGIC)?;
        file.write_all(&(text.len() as u32).to_le_bytes())?;
        file.write_all(&text)?;
        file.write_all(payload)?;
        file.sync_all()?;
        std::fs::rename(&new, path)
    };
    written().inspect_err(|_| drop(std::fs::remove_file(&new)))
}
