//! Consent, retention, and what is held about one person.

use std::fs::File;
use std::io::{self, Read as _, Write as _};
use std::path::Path;
use std::time::Duration;

use serde::de::DeserializeOwned;
use serde_json::json;

use super::args::{Args, AuditCommand, ConsentCommand};
use super::report::{Report, print_json};
use super::{Failure, Limits, look, open};
use crate::runtime::now;
use crate::types::error::{Code, Error};
use crate::{ConsentRecord, Enrollment, SpeakerId};

const DAY: u64 = 86_400;
/// The most bytes of a file that is read.
const MOST: u64 = 256 << 20;

/// What a file says, or standard input.
pub(crate) fn json<T: DeserializeOwned>(file: &Path) -> Result<T, Failure> {
    let mut text = Vec::new();
    if file.as_os_str() == "-" {
        io::stdin().lock().take(MOST).read_to_end(&mut text)?;
    } else {
        let unread = |fault: io::Error| {
            Error::new(Code::IoFailed, format!("the file could not be read ({}); check the path", fault.kind()))
        };
        File::open(file).and_then(|file| file.take(MOST).read_to_end(&mut text)).map_err(unread)?;
    }
    // Where it went wrong, and not what stands there, which may be personal.
    Ok(serde_json::from_slice(&text).map_err(|fault| {
        let place = format!("line {}, column {}", fault.line(), fault.column());
        Error::new(
            Code::InvalidOption,
            format!("the file is not the expected JSON, from {place} on; see the reference for its form"),
        )
    })?)
}

pub(crate) fn consent(args: &Args, what: &ConsentCommand) -> Result<(), Failure> {
    let registry = look(args, Limits::default(), None)?;
    let mut out = io::stdout().lock();
    match what {
        ConsentCommand::Record { id, file } => {
            let id: SpeakerId = id.parse()?;
            registry.record_consent(&id, json::<ConsentRecord>(file)?)?;
            drop(out);
            shown(args, &id, &registry.consent(&id)?)
        }
        ConsentCommand::Show { id } => {
            let id: SpeakerId = id.parse()?;
            drop(out);
            shown(args, &id, &registry.consent(&id)?)
        }
        ConsentCommand::Withdraw { id } => {
            let id: SpeakerId = id.parse()?;
            registry.withdraw_consent(&id)?;
            match args.json {
                true => writeln!(out, "{}", json!({ "speaker_id": id, "withdrawn": true }))?,
                false => writeln!(out, "{id}: deleted; the proof of the withdrawal is kept")?,
            }
            Ok(())
        }
    }
}

fn shown(args: &Args, id: &SpeakerId, state: &crate::ConsentState) -> Result<(), Failure> {
    if args.json {
        return Ok(print_json(state)?);
    }
    let mut out = io::stdout().lock();
    let valid = if state.valid { "a valid consent" } else { "no valid consent" };
    writeln!(out, "{id}: {valid}, {} records, {} withdrawals", state.consents.len(), state.withdrawals.len())?;
    for record in &state.consents {
        let until = record.valid_until.map_or(String::new(), |until| format!(", until {until}"));
        let (version, given) = (super::report::shown(&record.text_version), record.given_at);
        writeln!(out, "  to version {version}, given at {given}{until}")?;
    }
    if let Some(second) = state.expires_at {
        writeln!(out, "  kept until {second}")?;
    }
    Ok(())
}

pub(crate) fn expire(args: &Args, id: &str, days: Option<u64>, at: Option<u64>) -> Result<(), Failure> {
    let id: SpeakerId = id.parse()?;
    let at = at.or(days.map(|days| now().saturating_add(days.saturating_mul(DAY))));
    look(args, Limits::default(), None)?.expire(&id, at)?;
    let mut out = io::stdout().lock();
    match (args.json, at) {
        (true, at) => writeln!(out, "{}", json!({ "speaker_id": id, "expires_at": at }))?,
        (false, Some(second)) => writeln!(out, "{id} is kept until {second}, in seconds since 1970")?,
        (false, None) => writeln!(out, "{id} is kept until it is deleted")?,
    }
    Ok(())
}

pub(crate) fn retention(args: &Args, days: Option<u64>, forever: bool) -> Result<(), Failure> {
    let registry = open(args, Limits::default(), None)?;
    if forever || days.is_some() {
        registry.set_retention(days.map(|days| Duration::from_secs(days.saturating_mul(DAY))))?;
    }
    let seconds = registry.retention()?.map(|time| time.as_secs());
    let mut out = io::stdout().lock();
    match (args.json, seconds) {
        (true, seconds) => writeln!(out, "{}", json!({ "retention_seconds": seconds }))?,
        (false, Some(seconds)) => writeln!(out, "new speakers are kept for {} days", seconds / DAY)?,
        (false, None) => writeln!(out, "new speakers are kept until they are deleted")?,
    }
    Ok(())
}

pub(crate) fn purge(args: &Args, dry_run: bool) -> Result<(), Failure> {
    let registry = look(args, Limits::default(), None)?;
    let ids = if dry_run { registry.expired()? } else { registry.purge()? };
    let mut out = io::stdout().lock();
    for id in &ids {
        match args.json {
            true => writeln!(out, "{}", json!({ "speaker_id": id, "deleted": !dry_run }))?,
            false => writeln!(out, "{id}{}", if dry_run { " would be erased" } else { " was erased" })?,
        }
    }
    Ok(())
}

pub(crate) fn export(args: &Args, id: &str, voiceprints: bool) -> Result<(), Failure> {
    let export = look(args, Limits::default(), None)?.export_speaker(&id.parse()?, voiceprints)?;
    Ok(print_json(&export)?)
}

pub(crate) fn import(args: &Args, file: &Path) -> Result<Enrollment, Failure> {
    Ok(open(args, Limits::default(), None)?.import_speaker(&json(file)?)?)
}

pub(crate) fn audit(args: &Args, what: &AuditCommand, report: &mut Report) -> Result<(), Failure> {
    let registry = look(args, Limits::default(), None)?;
    match what {
        AuditCommand::Export { speaker } => {
            let wanted = speaker.as_ref().map(|id| registry.audit_pseudonym(&id.parse()?)).transpose()?;
            for entry in registry.audit_entries()? {
                if wanted.is_none() || entry.speaker == wanted {
                    print_json(&entry)?;
                }
            }
            Ok(())
        }
        AuditCommand::Verify => {
            let found = registry.verify_audit()?;
            let mut out = io::stdout().lock();
            if args.json {
                drop(out);
                print_json(&found)?;
            } else {
                writeln!(out, "entries: {}, first number: {}", found.entries, found.first)?;
                for fault in &found.faults {
                    writeln!(out, "  {fault}")?;
                }
            }
            if !found.faults.is_empty() {
                report.fail(crate::ErrorKind::Store);
            }
            Ok(())
        }
    }
}

pub(crate) fn backup(args: &Args, file: &Path) -> Result<(), Failure> {
    look(args, Limits::default(), None)?.backup(file)?;
    let mut out = io::stdout().lock();
    match args.json {
        true => writeln!(out, "{}", json!({ "backup": file }))?,
        false => writeln!(out, "backup written; keep the key of the store in another place")?,
    }
    Ok(())
}

pub(crate) fn restore(args: &Args, file: &Path, replace: bool) -> Result<(), Failure> {
    let options = super::options(args, Limits::default())?;
    let restored = options.restore(file, super::store(args)?, replace)?;
    if args.json {
        return Ok(print_json(&restored)?);
    }
    let mut out = io::stdout().lock();
    writeln!(out, "speakers enrolled: {}", restored.speakers)?;
    for id in &restored.erased {
        writeln!(out, "  {id}: deleted since the backup, erased again")?;
    }
    if !restored.deletions_known {
        writeln!(out, "deletions since the backup are unknown: repeat them by your own records")?;
    }
    if let Some(aside) = &restored.aside {
        writeln!(out, "the replaced store was moved to {}", aside.display())?;
    }
    Ok(())
}

pub(crate) fn check(args: &Args, report: &mut Report) -> Result<(), Failure> {
    let found = look(args, Limits::default(), None)?.check()?;
    if args.json {
        print_json(&found)?;
    } else {
        let mut out = io::stdout().lock();
        writeln!(
            out,
            "speakers: {}, recordings: {}, faults: {}",
            found.speakers,
            found.recordings,
            found.faults.len()
        )?;
        for fault in &found.faults {
            writeln!(out, "  {fault}")?;
        }
    }
    if !found.faults.is_empty() {
        report.fail(crate::ErrorKind::Store);
    }
    Ok(())
}
