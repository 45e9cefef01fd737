//! Where the registry is kept.

mod deleted;
mod fault;
mod file;
mod files;
pub(crate) mod index;
mod profile;
mod roll;
mod sqlite;
mod wipe;

#[cfg(feature = "server")]
pub(crate) use fault::{Fault, Outcome, unwritten};
#[cfg(feature = "server")]
pub(crate) use file::private_file;
#[cfg(feature = "server")]
pub(crate) use files::{Files, missing};
pub(crate) use profile::{NewSample, Profile};
pub(crate) use roll::Enrolled;
#[cfg(feature = "server")]
pub(crate) use sqlite::patiently;
pub(crate) use sqlite::{Access, Guard, Sqlite};
