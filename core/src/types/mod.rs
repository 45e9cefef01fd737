//! What goes in and what comes out: the nouns. They do no work and know nothing but each other.

pub(crate) mod call_options;
#[cfg(feature = "remote")]
pub(crate) mod call_record;
mod consent;
#[cfg(feature = "remote")]
pub(crate) mod credentials;
mod diarization;
pub(crate) mod enrollment;
pub(crate) mod error;
mod export;
mod inspection;
#[cfg(feature = "remote")]
pub(crate) mod job;
mod limits;
pub(crate) mod live;
mod prepared;
pub(crate) mod recording;
mod reports;
mod speaker_id;
#[cfg(feature = "uniffi")]
mod uniffi_types;
mod verification;

/// Bytes in hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

pub use call_options::{CallOptions, CancelToken, Progress};
#[cfg(feature = "remote")]
pub use call_record::{CallIdentification, CallRecord, CallSegment, Participant};
pub use consent::{ConsentRecord, ConsentState, Purpose, Withdrawal};
#[cfg(feature = "remote")]
pub use credentials::Credentials;
pub use diarization::{Candidates, Diarization, DiarizeOptions, Identification, Segment};
pub use enrollment::{Enrollment, ListOptions, Page, Quality, Sample};
pub use error::{Error, ErrorKind, Result};
pub use export::{Export, Print};
pub use inspection::{Inspection, Problem, ProblemCode, Severity};
#[cfg(feature = "remote")]
pub use job::{Job, JobId, JobRequest, JobResult, JobStatus, Transcript, Utterance, Word};
pub use limits::Limits;
pub use live::{LiveFormat, LiveSpeaker, LiveStatus, LiveUpdate};
pub use prepared::Prepared;
pub use recording::{Encoding, Recording, Recordings};
pub(crate) use reports::MOST_FAULTS;
pub use reports::{CheckReport, Restored};
pub use speaker_id::SpeakerId;
pub use verification::{Decision, Verification};
