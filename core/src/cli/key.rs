//! `key`.

use std::io::{self, Write as _};

use serde_json::json;

use super::args::{Args, KeyCommand};
use super::{Failure, Limits, look, open, options};
use crate::blocking::Registry;
use crate::store::KeyPlace;

pub(crate) fn run(args: &Args, what: &KeyCommand) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    match what {
        KeyCommand::Show => show(args, &look(args, Limits::default(), None)?),
        KeyCommand::Encrypt => {
            let options = options(args, Limits::default())?.existing().encrypted(true);
            show(args, &options.open(super::store(args)?)?.into())
        }
        KeyCommand::Rotate { forget_old } => {
            let registry = open(args, Limits::default(), None)?;
            let speakers = registry.rotate_key(*forget_old)?;
            if args.json {
                return Ok(writeln!(out, "{}", json!({ "speakers": speakers, "forgotten": forget_old }))?);
            }
            writeln!(out, "speaker keys wrapped with the new key: {speakers}")?;
            if !forget_old {
                writeln!(out, "the old key stays where it is, for earlier backups; remove it when they are deleted")?;
            }
            Ok(())
        }
    }
}

fn show(args: &Args, registry: &Registry) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    let place = registry.key_place()?;
    if args.json {
        let (encrypted, file) = match &place {
            KeyPlace::Nowhere => (false, None),
            KeyPlace::File(path) => (true, Some(path.to_string_lossy())),
            KeyPlace::Elsewhere => (true, None),
        };
        return Ok(writeln!(out, "{}", json!({ "encrypted": encrypted, "key_file": file }))?);
    }
    match place {
        KeyPlace::Nowhere => writeln!(out, "the store is not encrypted")?,
        KeyPlace::File(path) => writeln!(out, "the store is encrypted; its key is in {}", path.display())?,
        KeyPlace::Elsewhere => writeln!(out, "the store is encrypted; its key is not in a file")?,
    }
    Ok(())
}

/// Says of a new store where its key is.
pub(crate) fn say_where(registry: &Registry) -> Result<(), Failure> {
    if let KeyPlace::File(path) = registry.key_place()? {
        eprintln!(
            "voiceroll: the new store is encrypted; without its key nobody can read it, so keep a copy of {}",
            path.display()
        );
    }
    Ok(())
}
