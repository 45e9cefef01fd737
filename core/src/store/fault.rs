//! What goes wrong in the store, in words.

use rusqlite::ErrorCode;

use crate::SpeakerId;
pub(super) use crate::types::enrollment::{deleted, exists, not_found};
use crate::types::error::{Code, Error, Result};

/// What goes wrong inside the store, on its way to becoming an [`Error`].
pub(crate) struct Fault(pub(crate) Error);

pub(crate) type Outcome<T> = Result<T, Fault>;

impl From<Error> for Fault {
    fn from(error: Error) -> Self {
        Self(error)
    }
}

pub(super) fn mixed(id: &SpeakerId, stored: &str, model: &str) -> Error {
    Error::new(
        Code::ModelMismatch,
        format!(
            "speaker {id} was enrolled with model {stored}, and this registry uses {model}; open it with {stored}, \
             or delete the speaker and enroll again"
        ),
    )
}

pub(super) fn all_mixed(model: &str) -> Error {
    Error::new(
        Code::ModelMismatch,
        format!(
            "all speakers were enrolled with another model than {model}, so none can be identified; `voiceroll \
             list --outdated` lists the speakers to re-enroll"
        ),
    )
}

const FULL: &str = "the disk of the store is full, and nothing was changed; free some space, then try again";

/// A file beside the store could not be made or written.
pub(crate) fn unwritten(fault: &std::io::Error, otherwise: String) -> Error {
    match fault.kind() {
        std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => Error::new(Code::StoreFull, FULL),
        _ => Error::new(Code::StoreFailed, otherwise),
    }
}

impl From<rusqlite::types::FromSqlError> for Fault {
    fn from(error: rusqlite::types::FromSqlError) -> Self {
        rusqlite::Error::from(error).into()
    }
}

impl From<rusqlite::Error> for Fault {
    fn from(error: rusqlite::Error) -> Self {
        let (code, sentence) = match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
                (Code::StoreBusy, "another process is writing to the store; try again")
            }
            Some(ErrorCode::NotADatabase) => (
                Code::StoreDamaged,
                "this file is not a Voiceroll store; check the path, or restore the store from a backup",
            ),
            Some(ErrorCode::DatabaseCorrupt) => (Code::StoreDamaged, "the store is damaged; restore it from a backup"),
            Some(ErrorCode::DiskFull) => (Code::StoreFull, FULL),
            // The index of the log could not be made larger.
            _ if error
                .sqlite_error()
                .is_some_and(|error| error.extended_code == rusqlite::ffi::SQLITE_IOERR_SHMSIZE) =>
            {
                (Code::StoreFull, FULL)
            }
            // Its text holds the path, so it is not passed on.
            Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => {
                return Self(Error::new(
                    Code::StoreFailed,
                    "the store could not be opened for writing; check that the file and its folder are writable",
                ));
            }
            _ => (Code::StoreFailed, "the store could not be read or written; check its disk"),
        };
        Self(Error::new(code, sentence).because(error))
    }
}
