//! Speaker enrollment: tie an identity to a voice, so that recordings can say who spoke. Here,
//! offline, without an account.
//!
//! - [`Registry`] is the roll of enrolled speakers. [`Registry::enroll`] is the call most people
//!   want: it inspects recordings, creates or adds to an enrollment, and says what is missing.
//! - [`Registry::inspect`] says what is in a recording, and whether it would enroll, with reasons:
//!   each [`Problem`] has a stable code, the measured value, the limit, and what to do.
//! - [`Registry::diarize`] says who speaks when in a conversation, [`Registry::identify`] where
//!   enrolled speakers speak in it.
//! - [`blocking`] has the same for callers without async.
#![cfg_attr(
    feature = "remote",
    doc = "- [`Registry::connect`] keeps the roll on a server instead, with the same methods; there are [`JobRequest`]s for\n  recordings that the server fetches, and [`CallRecord`]s that give those who speak their names."
)]
//!
//! ```
//! use voiceroll::{Recording, blocking::Registry};
//!
//! # let folder = tempfile::tempdir().unwrap();
//! let registry = Registry::open(folder.path().join("voices.db"))?;
//! let ada = "ada".parse()?;
//! let enrollment = registry.enroll(
//!     &ada,
//!     [
//!         Recording::from_path("../tests/audio/ada-1.mp3"),
//!         Recording::from_path("../tests/audio/ada-2.m4a"),
//!     ],
//! )?;
//! assert!(enrollment.complete);
//! assert_eq!(enrollment.missing_seconds, 0.0);
//! # Ok::<(), voiceroll::Error>(())
//! ```
//!
//! # Features
//!
//! - `remote`: a registry that is kept on a server.
//! - `onnx`: speaker networks that people bring as ONNX files. Without it the built-in network, installed [`models`]
//!   and networks that `training` makes work, and other ONNX files are refused with `model_invalid`.
//! - `server`: the web server itself.
//! - `cli`: the command `voiceroll` for registries in a file; `full`: the whole command, with all of these.
//!
//! # Errors and privacy
//!
//! Faults of a recording are values, errors are for what cannot be done at all: [`Error`] has a
//! kind, a stable code, a sentence that says what to do, and whether a retry helps.
//!
//! Voices are biometric data. Audio is never kept; voiceprints stay in the store and appear in no
//! log, error or `Debug` form; deleting a speaker wipes them.

#![cfg_attr(docsrs, feature(doc_cfg))]
#![deny(unsafe_code)]

mod audio;
mod audit;
mod audited;
mod backend;
#[cfg(feature = "bench")]
#[doc(hidden)]
pub mod bench;
pub mod blocking;
#[cfg(feature = "remote")]
mod callbacks;
#[cfg(feature = "remote")]
mod calls;
#[cfg(feature = "cli")]
#[doc(hidden)]
pub mod cli;
mod consent;
mod control;
mod conversation;
#[cfg(feature = "remote")]
mod credentials;
mod custody;
mod decision;
mod diarize;
#[cfg(feature = "door")]
#[doc(hidden)]
pub mod door;
mod embedded;
mod enrollment;
mod error;
mod export;
#[cfg(feature = "uniffi")]
mod foreign;
mod fork;
#[cfg(feature = "remote")]
mod job;
mod jobs;
pub mod models;
mod process;
mod recognize;
mod recording;
mod registry;
#[cfg(feature = "remote")]
mod remote;
pub mod rules;
#[cfg(feature = "server")]
pub mod server;
mod speaker;
mod store;
pub mod trials;
mod voice;
#[cfg(feature = "remote")]
mod wire;

#[cfg(feature = "uniffi")]
uniffi::setup_scaffolding!();

#[doc(hidden)]
pub use audio::speech_probabilities;
pub use audio::{Inspection, Limits, Prepared, Problem, ProblemCode, Severity};
pub use audit::{AuditEntry, AuditReport};
#[cfg(feature = "remote")]
pub use callbacks::Callbacks;
#[cfg(feature = "remote")]
pub use calls::{CallIdentification, CallRecord, CallSegment, Participant};
pub use consent::{ConsentRecord, ConsentState, Purpose, Withdrawal};
pub use control::{CancelToken, Control, Progress};
pub use conversation::{Candidates, Diarization, DiarizeOptions, Identification, Segment};
#[cfg(feature = "remote")]
pub use credentials::Credentials;
pub use custody::{CheckReport, Restored};
pub use decision::{Decision, Verification};
pub use enrollment::{Enrollment, ListOptions, Page, Quality, Sample};
pub use error::{Error, ErrorKind, Result};
pub use export::{Export, Print};
#[cfg(feature = "remote")]
pub use job::{Job, JobRequest, JobResult, JobStatus, Transcript, Utterance, Word};
pub use recording::{Encoding, Recording, Recordings};
pub use registry::{Registry, RegistryOptions};
#[cfg(feature = "remote")]
pub use remote::ConnectOptions;
pub use speaker::SpeakerId;
pub use store::KeySource;
pub use voice::score::Calibration;

/// What is held across threads can be; the compiler says so here rather than in a user's program.
const _: () = {
    const fn shared<T: Send + Sync>() {}
    shared::<Registry>();
    shared::<blocking::Registry>();
    shared::<Recording>();
    shared::<Control>();
    shared::<CancelToken>();
    shared::<Error>();
};
