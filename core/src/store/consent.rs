//! The consent records of a store.

use rusqlite::{Transaction, params};

use super::cipher::Bound;
use super::fault::Outcome;
use super::vault::{Locker, Vault};

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
