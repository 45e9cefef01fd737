// SPDX-License-Identifier: Apache-2.0
//! What Kotlin and Swift call: UniFFI makes their code of this crate and of the core's own types.
//!
//! It adds objects and defaults, and no rule. Bytes come as `Vec<u8>`: UniFFI passes `&[u8]` wrongly to some languages.

#![allow(clippy::result_large_err, reason = "errors are copied into another language's anyway")]

mod custody;
mod error;
mod jobs;
mod options;
mod recording;
mod registry;

pub use custody::{Custody, restore};
pub use error::{ErrorDetails, VoicerollError};
pub use jobs::{Callbacks, JobRequest};
pub use options::{CallOptions, CancelToken, ProgressListener, Seconds};
pub use recording::{Prepared, Recording, SampleFormat, inspect, parse_encoding, prepare};
pub use registry::{Known, Registry};

uniffi::setup_scaffolding!();
voiceroll::uniffi_reexport_scaffolding!();

/// The version of this package, the same in every language.
#[uniffi::export]
pub fn version() -> String {
    voiceroll::bridge::VERSION.to_owned()
}
