//! Sessions on sound that is still coming: enrollment and identification while somebody speaks.

mod ear;
mod enrollment;
mod identification;
mod slot;

pub use enrollment::LiveEnrollment;
pub(crate) use enrollment::{Enrolling, Manner};
pub(crate) use identification::Identifying;
pub use identification::LiveIdentification;
#[cfg(feature = "server")]
pub(crate) use slot::idle;
