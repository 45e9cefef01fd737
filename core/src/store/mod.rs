//! Where the registry is kept.

mod deleted;
mod fault;
mod file;
mod files;
mod profile;
mod roll;
mod sqlite;
mod wipe;

#[cfg(feature = "server")]
pub(crate) use fault::{Fault, Outcome, unwritten};
#[cfg(feature = "remote")]
pub(crate) use fault::{deleted, exists, not_found};
#[cfg(feature = "server")]
pub(crate) use file::private_file;
#[cfg(feature = "server")]
pub(crate) use files::{Files, missing};
pub(crate) use profile::{NewSample, Profile};
#[cfg(feature = "remote")]
pub(crate) use roll::incomplete;
pub(crate) use roll::{Change, Enrolled};
#[cfg(feature = "server")]
pub(crate) use sqlite::patiently;
pub(crate) use sqlite::{Access, Guard, Sqlite, Write};
