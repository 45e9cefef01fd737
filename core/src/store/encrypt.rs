//! Encrypts what a store held before it was encrypted, some speakers at a time. A process that ends meanwhile leaves
//! whole speakers of either kind, and whoever opens the store next goes on.

use rusqlite::{Connection, Transaction, TransactionBehavior, params};

use super::fault::Outcome;
use super::row::{COLUMNS, SampleRow, Speaker, of_sample};
use super::sqlite::patiently;
use super::vault::Vault;
use super::wipe::{mark, wipe};
use crate::CallOptions;
use crate::types::error::Result;

/// Speakers in one transaction.
const BATCH: usize = 256;

/// Encrypts what is not. Several processes may do so at once.
pub(super) fn finish(connection: &mut Connection, vault: &Vault) -> Result<()> {
    let connection = std::cell::RefCell::new(connection);
    let mut after = i64::MIN;
    loop {
        let batch = patiently(&CallOptions::new(), || {
            let mut connection = connection.borrow_mut();
            let tx = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let last = encrypt_some(&tx, vault, after)?;
            if last.is_none() {
                done(&tx, vault)?;
            }
            mark(&tx)?;
            tx.commit()?;
            Ok(last)
        })?;
        match batch {
            Some(last) => after = last,
            None => break,
        }
    }
    let connection = connection.into_inner();
    wipe(connection, std::time::Duration::from_secs(1));
    Ok(())
}

/// The last speaker that was looked at; none where there are no more.
fn encrypt_some(tx: &Transaction<'_>, vault: &Vault, after: i64) -> Outcome<Option<i64>> {
    let plain = format!("SELECT {COLUMNS} FROM speaker WHERE data_key IS NULL AND id > ?1 ORDER BY id LIMIT {BATCH}");
    let speakers =
        tx.prepare_cached(&plain)?.query_map([after], Speaker::read)?.collect::<rusqlite::Result<Vec<_>>>()?;
    for speaker in &speakers {
        encrypt_one(tx, vault, speaker)?;
    }
    Ok(speakers.last().map(|speaker| speaker.key))
}

fn encrypt_one(tx: &Transaction<'_>, vault: &Vault, speaker: &Speaker) -> Outcome<()> {
    let locker = vault.make_key(tx, speaker.key)?;
    let voiceprint =
        locker.seal(&speaker.of_voiceprint(&locker), &blob(tx, "voiceprint", "vector_sum", speaker.key)?)?;
    tx.prepare_cached("UPDATE voiceprint SET vector_sum = ?2 WHERE speaker = ?1")?
        .execute(params![speaker.key, voiceprint])?;
    let mut select = tx.prepare_cached(
        "SELECT id, speech_seconds, total_seconds, snr_db, bandwidth_hz, enrolled_at, problems, vector, heard
         FROM sample WHERE speaker = ?1",
    )?;
    let mut update = tx.prepare_cached("UPDATE sample SET vector = ?2, heard = ?3, seal = ?4 WHERE id = ?1")?;
    let mut rows = select.query([speaker.key])?;
    let mut sealed = Vec::new();
    while let Some(row) = rows.next()? {
        let id = row.get(0)?;
        let sample = SampleRow {
            speaker: speaker.key,
            id,
            speech_seconds: row.get(1)?,
            total_seconds: row.get(2)?,
            snr_db: row.get(3)?,
            bandwidth_hz: row.get(4)?,
            enrolled_at: row.get(5)?,
            problems: row.get_ref(6)?.as_str()?,
        };
        let seal = |kind, column| -> Outcome<Option<Vec<u8>>> {
            let plain = row.get_ref(column)?.as_blob_or_null()?;
            let bound = of_sample(&locker, kind, speaker.key, id, &speaker.model);
            Ok(plain.map(|plain| locker.seal(&bound, plain)).transpose()?)
        };
        sealed.push((id, seal(b's', 7)?, seal(b'h', 8)?, locker.tag(&sample.bound(&locker))?));
    }
    for (id, vector, heard, tag) in sealed {
        update.execute(params![id, vector, heard, tag])?;
    }
    super::consent::encrypt(tx, speaker.key, &locker)?;
    speaker.write(tx, &locker)
}

fn blob(tx: &Transaction<'_>, table: &str, column: &str, speaker: i64) -> Outcome<Vec<u8>> {
    use rusqlite::OptionalExtension as _;
    let sql = format!("SELECT {column} FROM {table} WHERE speaker = ?1");
    Ok(tx.prepare_cached(&sql)?.query_row([speaker], |row| row.get(0)).optional()?.unwrap_or_default())
}

/// Notes, where only the store's key can, that from now on a speaker who is not encrypted was put there by something else.
fn done(tx: &Transaction<'_>, vault: &Vault) -> Outcome<()> {
    let ring = vault.read_again(tx)?;
    if !ring.secrets.encrypting {
        return Ok(());
    }
    super::consent::encrypt_withdrawals(tx, vault)?;
    for (number, cipher) in &ring.keys {
        let sealed = ring.secrets.finished().seal(cipher, &vault.store, *number)?;
        tx.execute("UPDATE keyring SET secrets = ?2 WHERE id = ?1", params![number, sealed])?;
    }
    drop(ring);
    vault.read_again(tx)?;
    Ok(())
}
