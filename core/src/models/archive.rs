//! Members of a zip archive: of a wheel, or of a PyTorch checkpoint.

use std::io::Read;

use flate2::read::DeflateDecoder;
use rawzip::{CompressionMethod, ZipArchive, ZipArchiveEntryWayfinder, ZipSliceArchive};

/// The most members that an archive may have; a wheel of the field has some dozens, a checkpoint a thousand.
const MOST_MEMBERS: usize = 1 << 16;

/// An archive in memory, and where each member is.
pub(crate) struct Archive<'a> {
    archive: ZipSliceArchive<&'a [u8]>,
    members: Vec<(String, CompressionMethod, ZipArchiveEntryWayfinder)>,
}

impl<'a> Archive<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Result<Self, String> {
        let broken = |_| "it is not a zip archive, or it is damaged".to_owned();
        let archive = ZipArchive::from_slice(bytes).map_err(broken)?;
        let mut members = Vec::new();
        let mut entries = archive.entries();
        while let Some(entry) = entries.next_entry().map_err(broken)? {
            if members.len() == MOST_MEMBERS {
                return Err("it has too many files".to_owned());
            }
            let name = String::from_utf8_lossy(entry.file_path().as_ref()).into_owned();
            members.push((name, entry.compression_method(), entry.wayfinder()));
        }
        Ok(Self { archive, members })
    }

    /// The name of the first member that ends like this.
    pub(crate) fn ending(&self, end: &str) -> Option<&str> {
        self.members.iter().map(|(name, ..)| name.as_str()).find(|name| name.ends_with(end))
    }

    /// What a member holds, at most `most` bytes of it.
    pub(crate) fn read(&self, name: &str, most: u64) -> Result<Vec<u8>, String> {
        let unread = || format!("its file `{}` cannot be read", name.escape_debug());
        let (_, method, place) = self.members.iter().find(|(other, ..)| other == name).ok_or_else(unread)?;
        let entry = self.archive.get_entry(*place).map_err(|_| unread())?;
        let mut bytes = Vec::new();
        match *method {
            CompressionMethod::STORE => entry.data().take(most).read_to_end(&mut bytes),
            CompressionMethod::DEFLATE => DeflateDecoder::new(entry.data()).take(most).read_to_end(&mut bytes),
            _ => return Err(unread()),
        }
        .map_err(|_| unread())?;
        Ok(bytes)
    }
}
