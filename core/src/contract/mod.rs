//! The JSON of RingCentral's contract, as it travels: written by one side, read by the other. `docs/server.md`
//! says where the contract is silent and what was chosen.

#[cfg(feature = "server")]
mod base64;
mod conversations;
mod enrollments;
mod errors;
mod ids;
mod jobs;
mod login;

#[cfg(feature = "server")]
pub(crate) use base64::decode_base64;
pub(crate) use conversations::*;
pub(crate) use enrollments::*;
pub(crate) use errors::*;
pub(crate) use ids::*;
pub(crate) use jobs::*;
pub(crate) use login::*;

pub(crate) const ENROLLMENTS: &str = "/ai/audio/v1/enrollments";
pub(crate) const IDENTIFY: &str = "/ai/audio/v1/async/speaker-identify";
pub(crate) const DIARIZE: &str = "/ai/audio/v1/async/speaker-diarize";
pub(crate) const TRANSCRIBE: &str = "/ai/audio/v1/async/speech-to-text";
pub(crate) const IDENTIFY_NOW: &str = "/ai/audio/v1/speaker-identify";
pub(crate) const DIARIZE_NOW: &str = "/ai/audio/v1/speaker-diarize";
pub(crate) const VERIFY_NOW: &str = "/ai/audio/v1/speaker-verify";
pub(crate) const MODEL: &str = "/voiceroll/v1/model";
pub(crate) const JOBS: &str = "/ai/status/v1/jobs";
pub(crate) const TOKEN: &str = "/restapi/oauth/token";
pub(crate) const REVOKE: &str = "/restapi/oauth/revoke";
