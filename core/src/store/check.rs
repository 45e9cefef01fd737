//! Whether a store is whole: its pages, and all that is encrypted in it.

use std::collections::HashMap;

use rusqlite::Connection;

use super::consent;
use super::fault::{Fault, Outcome};
use super::row::{COLUMNS, Speaker, of_sample, vector};
use super::speaker::{read_samples, refold};
use super::sqlite::Sqlite;
use super::vault::Locker;
use crate::CallOptions;
use crate::CheckReport;
use crate::calibration::cosine;
use crate::types::error::Result;

impl Sqlite {
    /// Reads everything, and says what is not as it was written.
    pub(crate) fn check_all(&self, control: &CallOptions) -> Result<CheckReport> {
        self.with(|connection| {
            let snapshot = connection.transaction()?;
            let mut report = CheckReport::default();
            pages(&snapshot, &mut report)?;
            let mut select = snapshot.prepare(&format!("SELECT {COLUMNS} FROM speaker ORDER BY id"))?;
            let mut rows = select.query([])?;
            let mut widths: HashMap<String, usize> = HashMap::new();
            while let Some(row) = rows.next()? {
                control.check()?;
                report.speakers += 1;
                let id: String = row.get(1)?;
                let looked = Speaker::read(row).map_err(Fault::from).and_then(|speaker| {
                    let locker = speaker.locker(&snapshot, &self.vault)?;
                    self::speaker(&snapshot, &speaker, &locker, &mut report, &mut widths)
                });
                if let Err(Fault(error)) = looked {
                    match error.code() {
                        "store_tampered" | "store_damaged" | "store_failed" => {
                            report.fault(format!("speaker {}: {}", shown(&id), error.code()));
                        }
                        _ => return Err(error.into()),
                    }
                }
            }
            if consent::check_withdrawals(&snapshot, &self.vault).is_err() {
                report.fault("a proof of withdrawal is not what was written".to_owned());
            }
            Ok(report)
        })
    }
}

/// An id that may be anything, as somebody changed it.
fn shown(id: &str) -> String {
    id.chars().filter(|one| one.is_ascii_alphanumeric() || *one == '_').take(128).collect()
}

fn pages(connection: &Connection, report: &mut CheckReport) -> Outcome<()> {
    let mut check = connection.prepare("PRAGMA integrity_check(10)")?;
    let mut rows = check.query([])?;
    while let Some(row) = rows.next()? {
        let found: String = row.get(0)?;
        if found != "ok" {
            report.fault(format!("pages: {}", found.lines().next().unwrap_or_default()));
        }
    }
    let mut check = connection.prepare("PRAGMA foreign_key_check")?;
    let mut rows = check.query([])?;
    while rows.next()?.is_some() {
        report.fault("a row belongs to nobody".to_owned());
    }
    Ok(())
}

fn speaker(
    connection: &Connection,
    speaker: &Speaker,
    locker: &Locker,
    report: &mut CheckReport,
    widths: &mut HashMap<String, usize>,
) -> Outcome<()> {
    let id = speaker.id.as_str();
    let samples = read_samples(connection, speaker, locker)?;
    report.recordings += samples.len() as u64;
    let mut heard =
        connection.prepare_cached("SELECT id, heard FROM sample WHERE speaker = ?1 AND heard IS NOT NULL")?;
    let mut rows = heard.query([speaker.key])?;
    while let Some(row) = rows.next()? {
        let bound = of_sample(locker, b'h', speaker.key, row.get(0)?, &speaker.model);
        locker.open(&bound, row.get_ref(1)?.as_blob().unwrap_or_default())?;
    }
    let sealed: Vec<u8> = connection
        .prepare_cached("SELECT vector_sum FROM voiceprint WHERE speaker = ?1")?
        .query_row([speaker.key], |row| row.get(0))?;
    let voiceprint = vector(locker, &speaker.of_voiceprint(locker), &sealed)?;
    consent::of(connection, speaker.key, locker)?;
    if samples.len() as i64 != speaker.recordings {
        report.fault(format!("speaker {id}: {} of {} recordings are there", samples.len(), speaker.recordings));
    }
    // What the recordings make together; a rounding apart, where another machine wrote it.
    let folded = refold(connection, speaker, locker)?;
    let same = folded.vector_sum.len() == voiceprint.len()
        && (voiceprint.iter().all(|x| *x == 0.0) || cosine(&folded.vector_sum, &voiceprint) > 0.9999);
    if !same && !samples.is_empty() {
        report.fault(format!("speaker {id}: the voiceprint is not that of the recordings"));
    }
    if !voiceprint.is_empty() && *widths.entry(speaker.model.clone()).or_insert(voiceprint.len()) != voiceprint.len() {
        report.fault(format!("speaker {id}: the voiceprint has another size than others of the model"));
    }
    Ok(())
}
