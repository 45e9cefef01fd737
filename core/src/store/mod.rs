//! Where the roll is kept.

mod fault;
mod profile;
mod roll;
mod sqlite;

pub(crate) use fault::{Fault, Outcome};
pub(crate) use profile::{NewSample, Profile};
pub(crate) use roll::{Change, Enrolled};
pub(crate) use sqlite::{Guard, Sqlite, Write, patiently};
