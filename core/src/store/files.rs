//! Whether the files of a store are still those that were opened: what is written to a file that somebody removed or
//! replaced meanwhile is lost, and SQLite does not notice.

use std::path::{Path, PathBuf};

use crate::types::error::{Code, Error, Result};

/// Tells a file from any other.
#[cfg(unix)]
type Id = (u64, u64);
#[cfg(not(unix))]
type Id = ();

/// The files behind a connection. As long as the connection is open nobody who means well replaces them: SQLite removes
/// a log only when the last connection is closed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Files {
    pub(super) main: Option<Id>,
    log: Option<Id>,
    index: Option<Id>,
}

impl Files {
    /// Those at a path now.
    pub(crate) fn at(path: &Path) -> Self {
        Self { main: id(path), log: id(&beside(path, "-wal")), index: id(&beside(path, "-shm")) }
    }

    /// Fails unless they are still there.
    pub(crate) fn check(&self, path: &Path) -> Result<()> {
        let now = Self::at(path);
        if now.main.is_none() {
            Err(missing())
        } else if now != *self {
            Err(replaced())
        } else {
            Ok(())
        }
    }

    /// Whether the log or its index was removed, and nobody has begun another: then what is in it can be saved.
    pub(super) fn only_log_gone(&self, path: &Path) -> bool {
        let now = Self::at(path);
        let kept_or_gone = |now: Option<Id>, then: Option<Id>| now.is_none() || now == then;
        now.main == self.main && kept_or_gone(now.log, self.log) && kept_or_gone(now.index, self.index)
    }
}

/// What a file at this path is, if it is there and has anything in it.
fn id(path: &Path) -> Option<Id> {
    let found = std::fs::metadata(path).ok()?;
    // A log is empty after a checkpoint; the store never is.
    let is_log = path.as_os_str().as_encoded_bytes().ends_with(b"-wal");
    if found.len() == 0 && !is_log {
        return None;
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt as _;
        Some((found.dev(), found.ino()))
    }
    #[cfg(not(unix))]
    Some(())
}

pub(super) fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

pub(crate) fn missing() -> Error {
    Error::new(
        Code::StoreMissing,
        "there is no store at this path, or its file is empty; check the path, or restore the file",
    )
}

pub(crate) fn replaced() -> Error {
    Error::new(
        Code::StoreMissing,
        "the store's file was removed, replaced or emptied while it was open, and the file that is there now was \
         not changed; restore the right file, and open the store again",
    )
}
