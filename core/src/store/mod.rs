//! Where the roll is kept.

mod profile;
mod sqlite;

pub(crate) use profile::NewSample;
pub(crate) use sqlite::{Sqlite, Write};
