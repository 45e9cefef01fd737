//! Speaker enrollment, verification, identification and diarization, offline and without an account.
//!
//! - [`Registry`] is a registry of enrolled speakers. Most programs start with [`Registry::enroll`]: it inspects
//!   recordings, creates an enrollment or adds to it, and reports what is missing.
//! - [`Registry::inspect`] measures a recording and tells whether it would be enrolled: each [`Problem`] has a stable
//!   code, the measured value, the limit, and advice.
//! - [`Registry::diarize`] finds out who speaks when, [`Registry::identify`] where enrolled speakers speak.
//! - [`blocking`] has the same for callers without async.
#![cfg_attr(
    feature = "remote",
    doc = "- [`Registry::connect`] uses a registry on a server, with the same methods; [`JobRequest`]s are for\n  recordings that the server fetches, and [`CallRecord`]s add the names of the speakers."
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
//! - `remote`: registries on a server.
//! - `onnx`: your own speaker networks as ONNX files. Without it, only the built-in network, installed [`models`] and
//!   networks made by `training` work, and other ONNX files are refused with `model_invalid`.
//! - `server`: the web server itself.
//! - `cli`: the command `voiceroll` for registries in a file; `full`: the whole command, with all of these.
//!
//! # Time
//!
//! A place in a recording and the length of a part of it are seconds, as `f64`. A moment is the number of seconds since the
//! start of 1970 in UTC, as `u64`; only a `Job` has the moments that its server writes, as RFC 3339 text. How long a call
//! may take is a [`Duration`](std::time::Duration).
//!
//! # Errors and privacy
//!
//! Problems of a recording are values; errors are for calls that fail: [`Error`] has a kind, a stable code, a
//! sentence that says what to do, and whether a retry can succeed.
//!
//! Voiceprints are biometric data. Audio is never stored; voiceprints stay in the store and appear in no log, error or
//! `Debug` form; deleting a speaker wipes them.

#![cfg_attr(docsrs, feature(doc_cfg))]
#![deny(unsafe_code)]

mod audio;
mod audit;
#[cfg(feature = "__bench")]
#[doc(hidden)]
pub mod bench;
pub mod blocking;
#[cfg(feature = "__bridge")]
#[doc(hidden)]
pub mod bridge;
mod calibration;
#[cfg(feature = "cli")]
#[doc(hidden)]
pub mod cli;
#[cfg(feature = "remote")]
mod contract;
mod custody;
mod embedded;
pub mod formats;
mod inspect;
mod live;
pub mod models;
mod operations;
mod registry;
#[cfg(feature = "remote")]
mod remote;
pub mod rules;
mod runtime;
#[cfg(feature = "server")]
pub mod server;
mod store;
pub mod trials;
mod types;
mod voice;

#[cfg(feature = "uniffi")]
uniffi::setup_scaffolding!();

pub use audit::{AuditEntry, AuditReport};
pub use calibration::Calibration;
pub use embedded::RegistryOptions;
pub use live::{LiveEnrollment, LiveIdentification};
pub use registry::Registry;
#[cfg(feature = "remote")]
pub use remote::{Callbacks, ConnectOptions};
pub use store::KeySource;
#[cfg(feature = "remote")]
pub use types::{
    CallIdentification, CallRecord, CallSegment, Credentials, Job, JobId, JobRequest, JobResult, JobStatus,
    Participant, Transcript, Utterance, Word,
};
pub use types::{
    CallOptions, CancelToken, Candidates, CheckReport, ConsentRecord, ConsentState, Decision, Diarization,
    DiarizeOptions, Encoding, Enrollment, Error, ErrorKind, Export, Identification, Inspection, Limits, ListOptions,
    LiveFormat, LiveSpeaker, LiveStatus, LiveUpdate, Page, Prepared, Print, Problem, ProblemCode, Progress, Purpose,
    Quality, Recording, Recordings, Restored, Result, Sample, Segment, Severity, SpeakerId, Verification, Withdrawal,
};

/// The programs of the guide are run.
#[cfg(doctest)]
#[doc = include_str!("../../docs/live.md")]
struct Live;

/// What is held across threads can be; the compiler says so here rather than in a user's program.
const _: () = {
    const fn shared<T: Send + Sync>() {}
    shared::<Registry>();
    shared::<blocking::Registry>();
    shared::<Recording>();
    shared::<CallOptions>();
    shared::<CancelToken>();
    shared::<Error>();
};
