//! What goes wrong in the store, in words.

use rusqlite::ErrorCode;

use crate::SpeakerId;
use crate::error::{Code, Error, Result};

/// What goes wrong inside the store, on its way to becoming an [`Error`].
pub(crate) struct Fault(pub(crate) Error);

pub(crate) type Outcome<T> = Result<T, Fault>;

impl From<Error> for Fault {
    fn from(error: Error) -> Self {
        Self(error)
    }
}

pub(crate) fn exists(id: &SpeakerId) -> Error {
    Error::new(
        Code::SpeakerExists,
        format!("speaker {id} is already enrolled; use update (or enroll) for the same person, another id for another"),
    )
}

pub(crate) fn not_found(id: &SpeakerId) -> Error {
    Error::new(
        Code::SpeakerNotFound,
        format!("speaker {id} is not enrolled; check the id, or create the enrollment first"),
    )
}

pub(crate) fn deleted(id: &SpeakerId) -> Error {
    Error::new(Code::SpeakerDeleted, format!("speaker {id} was deleted before; there is nothing left to delete"))
}

pub(super) fn mixed(id: &SpeakerId, stored: &str, model: &str) -> Error {
    Error::new(
        Code::ModelMismatch,
        format!(
            "speaker {id} was enrolled with model {stored} and this registry uses {model}; voiceprints of two models \
             cannot be mixed, so delete the speaker and enroll again"
        ),
    )
}

pub(super) fn all_mixed(model: &str) -> Error {
    Error::new(
        Code::ModelMismatch,
        format!(
            "everybody on the roll was enrolled with another model than this registry's, {model}, so nobody could be \
             found; `voiceroll reenroll --from-samples` lists who must come back"
        ),
    )
}

const FULL: &str = "the disk of the store is full, and nothing was changed; make room, then try again";

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
                (Code::StoreBusy, "the store is busy with another writer; try again")
            }
            Some(ErrorCode::NotADatabase) => {
                (Code::StoreDamaged, "this file is no Voiceroll store; name another one, or restore it from a backup")
            }
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
                    "the store could not be opened for writing; check that the file and its folder may be written to",
                ));
            }
            _ => (Code::StoreFailed, "the store could not be read or written; check its disk"),
        };
        Self(Error::new(code, sentence).because(error))
    }
}
