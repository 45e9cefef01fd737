//! Where the registry is kept.

mod backup;
mod check;
mod cipher;
mod consent;
mod deleted;
mod encrypt;
#[cfg(feature = "server")]
mod envelope;
mod export;
mod fault;
mod file;
mod files;
pub(crate) mod index;
mod keys;
mod load;
mod profile;
mod roll;
mod rotate;
mod row;
mod speaker;
mod sqlite;
mod vault;
mod wipe;

pub(crate) use backup::restore;
pub(crate) use consent::Terms;
#[cfg(feature = "server")]
pub(crate) use envelope::Envelope;
#[cfg(feature = "server")]
pub(crate) use fault::{Fault, Outcome, unwritten};
#[cfg(feature = "server")]
pub(crate) use file::private_file;
#[cfg(feature = "server")]
pub(crate) use files::{Files, missing};
pub use keys::KeySource;
pub(crate) use profile::{NewSample, Profile};
pub(crate) use roll::Enrolled;
#[cfg(feature = "cli")]
pub(crate) use rotate::KeyPlace;
#[cfg(feature = "server")]
pub(crate) use sqlite::patiently;
pub(crate) use sqlite::{Access, Adding, Guard, Sqlite};
pub(crate) use vault::Protection;
