//! What is wrong with a recording that cannot be decoded, in words.

use symphonia::core::errors::Error as Fault;

use super::sniff::Container;
use crate::types::error::{Code, Error};

/// What went wrong, in words of our own: a library's speak of its inside.
pub(crate) fn explain(fault: Fault, container: Container) -> Error {
    match fault {
        Fault::IoError(error) if error.raw_os_error().is_some() => {
            Error::new(Code::IoFailed, "the file could not be read; check the disk and try again").because(error)
        }
        Fault::IoError(error) if error.kind() == std::io::ErrorKind::UnexpectedEof => damaged("it ends too early"),
        Fault::LimitError(_) => damaged("its header asks for more memory than is allowed"),
        _ => damaged(&format!("it starts like {}, but the rest is not valid", container.called())),
    }
}

/// The error for sound that no decoder here reads.
pub(crate) fn unsupported(found: &str) -> Error {
    Error::new(Code::RecordingUnsupported, format!("found {found}; convert it to WAV, MP3, FLAC, AAC or Opus first"))
}

/// The error for a recording without sound.
pub(crate) fn no_sound(found: &str) -> Error {
    Error::new(Code::RecordingNoSound, format!("{found}; send a recording with speech in it"))
}

/// The error for bytes that are not what they start as.
pub(crate) fn damaged(why: &str) -> Error {
    Error::new(Code::RecordingDamaged, format!("the recording is damaged: {why}; record or export it again"))
}
