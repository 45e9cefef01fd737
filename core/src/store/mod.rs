//! Where the roll is kept.

mod fault;
mod profile;
mod roll;
mod sqlite;

#[cfg(feature = "server")]
pub(crate) use fault::{Fault, Outcome};
#[cfg(feature = "remote")]
pub(crate) use fault::{deleted, exists, not_found};
pub(crate) use profile::{NewSample, Profile};
#[cfg(feature = "remote")]
pub(crate) use roll::incomplete;
pub(crate) use roll::{Change, Enrolled};
pub(crate) use sqlite::{Guard, Sqlite, Write};
#[cfg(feature = "server")]
pub(crate) use sqlite::{patiently, private_file};
