//! What speakers consented to, and how long they are kept.

use rusqlite::{Connection, OptionalExtension as _, Transaction, params};

use zeroize::Zeroizing;

use super::cipher::Bound;
use super::fault::{Fault, Outcome, not_found};
use super::row::Speaker;
use super::speaker::{find, remove};
use super::sqlite::Sqlite;
use super::vault::{Locker, Vault};
use crate::runtime::now;
use crate::types::error::{Code, Error, Result};
use crate::{CallOptions, ConsentRecord, ConsentState, SpeakerId, Withdrawal};

fn of_consent(locker: &Locker, speaker: i64, id: i64) -> Bound {
    locker.bound(b'c').int(speaker).int(id)
}

fn of_withdrawal(locker: &Locker, id: i64) -> Bound {
    locker.bound(b'w').int(id)
}

/// Encrypts the consent records of a speaker, which were not.
pub(super) fn encrypt(tx: &Transaction<'_>, speaker: i64, locker: &Locker) -> Outcome<()> {
    let records: Vec<(i64, Vec<u8>)> = tx
        .prepare_cached("SELECT id, record FROM consent WHERE speaker = ?1")?
        .query_map([speaker], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    for (id, record) in records {
        let sealed = locker.seal(&of_consent(locker, speaker, id), &record)?;
        tx.execute("UPDATE consent SET record = ?2 WHERE id = ?1", params![id, sealed])?;
    }
    Ok(())
}

/// Encrypts all proofs of withdrawal, which were not.
pub(super) fn encrypt_withdrawals(tx: &Transaction<'_>, vault: &Vault) -> Outcome<()> {
    let locker = vault.records(tx)?;
    let records: Vec<(i64, Vec<u8>)> = tx
        .prepare("SELECT id, record FROM withdrawal")?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    for (id, record) in records {
        let sealed = locker.seal(&of_withdrawal(&locker, id), &record)?;
        tx.execute("UPDATE withdrawal SET record = ?2 WHERE id = ?1", params![id, sealed])?;
    }
    Ok(())
}

/// The key of the audit trail, and what stands for a speaker in it.
pub(crate) type AuditKey = (Zeroizing<Vec<u8>>, Option<Vec<u8>>);

/// What a registry asks of speakers.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Terms {
    /// Nobody is enrolled or recognised without a valid consent.
    pub(crate) require_consent: bool,
}

impl Sqlite {
    /// The key of the audit trail, and what stands for a speaker in it.
    pub(crate) fn audit_key(&self, id: Option<&SpeakerId>) -> Result<AuditKey> {
        let key = match self.with(|connection| self.vault.key_of_deleted(connection))? {
            Some(key) => key,
            // One makes it, in its turn as a writer.
            None => self.change(&CallOptions::new(), |tx| self.vault.key_to_remember(tx))?,
        };
        let speaker = id.map(|id| super::vault::pseudonym(&key, id));
        Ok((key, speaker))
    }

    /// Keeps a consent of an enrolled speaker.
    pub(crate) fn consent(&self, id: &SpeakerId, record: &ConsentRecord, control: &CallOptions) -> Result<()> {
        record.checked()?;
        self.change(control, |tx| {
            let Some((speaker, locker)) = find(tx, &self.vault, id)? else { return Err(not_found(id).into()) };
            add(tx, speaker.key, &locker, record)
        })
    }

    /// What a speaker consented to; also of one who is gone and withdrew it.
    pub(crate) fn consent_of(&self, id: &SpeakerId) -> Result<ConsentState> {
        self.with(|connection| {
            let snapshot = connection.transaction()?;
            let withdrawals = withdrawals(&snapshot, &self.vault, id)?;
            let Some((speaker, locker)) = find(&snapshot, &self.vault, id)? else {
                if withdrawals.is_empty() {
                    return Err(not_found(id).into());
                }
                return Ok(ConsentState { consents: Vec::new(), valid: false, expires_at: None, withdrawals });
            };
            let consents = of(&snapshot, speaker.key, &locker)?;
            Ok(ConsentState {
                valid: consents.iter().any(|record| record.is_valid_at(now())),
                consents,
                expires_at: speaker.expires_at.map(|second| second as u64),
                withdrawals,
            })
        })
    }

    /// Deletes a speaker whose consent was withdrawn, and keeps the proof of that.
    pub(crate) fn withdraw(&self, id: &SpeakerId, control: &CallOptions) -> Result<()> {
        self.change(control, |tx| {
            let Some((speaker, locker)) = find(tx, &self.vault, id)? else {
                let gone = super::deleted::remembers(tx, &self.vault, id)?;
                return Err(if gone { super::fault::deleted(id) } else { not_found(id) }.into());
            };
            let consents = of(tx, speaker.key, &locker)?;
            let proof = Withdrawal { withdrawn_at: now(), consents };
            let records = self.vault.records(tx)?;
            let next: i64 = next_id(tx, "withdrawal")?;
            let sealed = records.seal(&of_withdrawal(&records, next), &json(&proof)?)?;
            tx.execute(
                "INSERT INTO withdrawal (id, pseudonym, record) VALUES (?1, ?2, ?3)",
                params![next, self.vault.pseudonym(tx, id)?, sealed],
            )?;
            remove(tx, &self.vault, id)
        })?;
        self.wipe_patiently();
        Ok(())
    }

    /// Sets from when on a speaker is not recognised, and is erased by the next [`purge`](Self::purge).
    pub(crate) fn expire(&self, id: &SpeakerId, at: Option<u64>, control: &CallOptions) -> Result<()> {
        let at = second(at)?;
        self.change(control, |tx| {
            let Some((mut speaker, locker)) = find(tx, &self.vault, id)? else { return Err(not_found(id).into()) };
            speaker.expires_at = at;
            speaker.write(tx, &locker)
        })
    }

    /// Those who have expired, in the order of the ids.
    pub(crate) fn expired(&self) -> Result<Vec<SpeakerId>> {
        self.with(|connection| expired(connection, i64::MAX))
    }

    /// Erases those who have expired; who they were.
    pub(crate) fn purge(&self, control: &CallOptions) -> Result<Vec<SpeakerId>> {
        let mut all = Vec::new();
        loop {
            control.check()?;
            let some = self.change(control, |tx| {
                let some = expired(tx, 100)?;
                some.iter().try_for_each(|id| remove(tx, &self.vault, id))?;
                Ok(some)
            })?;
            if some.is_empty() {
                break;
            }
            all.extend(some);
        }
        if !all.is_empty() {
            self.wipe_patiently();
        }
        Ok(all)
    }

    /// How many seconds a new speaker is kept; none: until somebody deletes it.
    pub(crate) fn retention(&self) -> Result<Option<u64>> {
        self.with(|connection| retention(connection))
    }

    /// Sets it for those who are enrolled from now on.
    pub(crate) fn set_retention(&self, seconds: Option<u64>, control: &CallOptions) -> Result<()> {
        let seconds = second(seconds)?;
        self.change(control, |tx| {
            tx.execute("DELETE FROM setting WHERE name = 'retention'", [])?;
            if let Some(seconds) = seconds {
                let sql = "INSERT INTO setting (name, value) VALUES ('retention', CAST(?1 AS BLOB))";
                tx.execute(sql, [seconds.to_string()])?;
            }
            Ok(())
        })
    }
}

/// SQLite counts in 63 bits.
fn second(second: Option<u64>) -> Result<Option<i64>> {
    let kept = |second| {
        i64::try_from(second).map_err(|_| Error::new(Code::InvalidOption, "the time is too far in the future"))
    };
    second.map(kept).transpose()
}

fn retention(connection: &Connection) -> Outcome<Option<u64>> {
    let kept: Option<Vec<u8>> = connection
        .prepare_cached("SELECT value FROM setting WHERE name = 'retention'")?
        .query_row([], |row| row.get(0))
        .optional()?;
    Ok(kept.and_then(|text| std::str::from_utf8(&text).ok()?.parse().ok()))
}

/// When a speaker expires who is enrolled now.
pub(super) fn default_expiry(connection: &Connection) -> Outcome<Option<i64>> {
    Ok(retention(connection)?.and_then(|seconds| i64::try_from(now().saturating_add(seconds)).ok()))
}

fn expired(connection: &Connection, most: i64) -> Outcome<Vec<SpeakerId>> {
    let mut statement = connection
        .prepare_cached("SELECT speaker_id FROM speaker WHERE expires_at <= ?1 ORDER BY speaker_id LIMIT ?2")?;
    let ids = statement.query_map(params![now() as i64, most], |row| row.get::<_, String>(0))?;
    ids.map(|id| SpeakerId::parse(id?).map_err(Fault::from)).collect()
}

/// Whether a speaker is past its time.
pub(super) fn is_expired(speaker: &Speaker) -> bool {
    speaker.expires_at.is_some_and(|second| second <= now() as i64)
}

/// Fails where a speaker may not be recognised, or added to, now.
pub(super) fn permit(
    connection: &Connection,
    terms: Terms,
    speaker: &Speaker,
    locker: &Locker,
    new: Option<&ConsentRecord>,
) -> Outcome<()> {
    if is_expired(speaker) {
        return Err(expired_error(&speaker.id).into());
    }
    if terms.require_consent && new.is_none_or(|record| !record.is_valid_at(now())) {
        let valid = of(connection, speaker.key, locker)?.iter().any(|record| record.is_valid_at(now()));
        if !valid {
            return Err(no_consent(&speaker.id).into());
        }
    }
    Ok(())
}

fn expired_error(id: &SpeakerId) -> Error {
    Error::new(
        Code::SpeakerExpired,
        format!("the enrollment of speaker {id} has expired; set another time with `expire`, or delete the speaker"),
    )
}

pub(super) fn no_consent(id: &SpeakerId) -> Error {
    Error::new(
        Code::ConsentMissing,
        format!("speaker {id} has no valid consent on record, and this registry requires one; record it first"),
    )
}

fn json(record: &impl serde::Serialize) -> Result<Vec<u8>> {
    serde_json::to_vec(record)
        .map_err(|error| Error::new(Code::Internal, "a record of consent could not be written as JSON").because(error))
}

fn read<T: serde::de::DeserializeOwned>(plain: &[u8]) -> Outcome<T> {
    Ok(serde_json::from_slice(plain).map_err(|_| super::cipher::tampered())?)
}

/// The number of the next row; nobody else writes now.
fn next_id(tx: &Transaction<'_>, table: &str) -> Outcome<i64> {
    let last: Option<i64> = tx
        .prepare_cached("SELECT seq FROM sqlite_sequence WHERE name = ?1")?
        .query_row([table], |row| row.get(0))
        .optional()?;
    Ok(last.unwrap_or(0) + 1)
}

/// Adds a record, unless it is there.
pub(super) fn add(tx: &Transaction<'_>, speaker: i64, locker: &Locker, record: &ConsentRecord) -> Outcome<()> {
    if of(tx, speaker, locker)?.contains(record) {
        return Ok(());
    }
    let next = next_id(tx, "consent")?;
    let sealed = locker.seal(&of_consent(locker, speaker, next), &json(record)?)?;
    tx.execute("INSERT INTO consent (id, speaker, record) VALUES (?1, ?2, ?3)", params![next, speaker, sealed])?;
    Ok(())
}

/// The records of a speaker, the oldest first.
pub(super) fn of(connection: &Connection, speaker: i64, locker: &Locker) -> Outcome<Vec<ConsentRecord>> {
    let mut statement = connection.prepare_cached("SELECT id, record FROM consent WHERE speaker = ?1 ORDER BY id")?;
    let mut rows = statement.query([speaker])?;
    let mut records = Vec::new();
    while let Some(row) = rows.next()? {
        let bound = of_consent(locker, speaker, row.get(0)?);
        records.push(read(&locker.open(&bound, row.get_ref(1)?.as_blob().unwrap_or_default())?)?);
    }
    Ok(records)
}

/// Fails where a proof of withdrawal is not what was written.
pub(super) fn check_withdrawals(connection: &Connection, vault: &Vault) -> Outcome<()> {
    let locker = vault.records(connection)?;
    let mut statement = connection.prepare("SELECT id, record FROM withdrawal")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        locker.open(&of_withdrawal(&locker, row.get(0)?), row.get_ref(1)?.as_blob().unwrap_or_default())?;
    }
    Ok(())
}

fn withdrawals(connection: &Connection, vault: &Vault, id: &SpeakerId) -> Outcome<Vec<Withdrawal>> {
    let locker = vault.records(connection)?;
    let Some(pseudonym) = vault.pseudonym_if_any(connection, id)? else { return Ok(Vec::new()) };
    let mut statement =
        connection.prepare_cached("SELECT id, record FROM withdrawal WHERE pseudonym = ?1 ORDER BY id")?;
    let mut rows = statement.query([pseudonym])?;
    let mut records = Vec::new();
    while let Some(row) = rows.next()? {
        let bound = of_withdrawal(&locker, row.get(0)?);
        records.push(read(&locker.open(&bound, row.get_ref(1)?.as_blob().unwrap_or_default())?)?);
    }
    Ok(records)
}
