//! The key of the server's own file: it encrypts what the server signs with, and what jobs say.

use std::path::Path;

use rusqlite::{OptionalExtension as _, Transaction, TransactionBehavior, params};
use zeroize::Zeroizing;

use super::{Ledger, failed, jobs};
use crate::server::secrets::{Key, random};
use crate::store::{Envelope, Outcome, Protection, private_file};
use crate::types::MOST_FAULTS;
use crate::types::error::{Code, Error, Result};

/// The name of the setting that the server signs with.
const SIGNING: &str = "key";

pub(super) struct Opened {
    pub(super) envelope: Envelope,
    pub(super) key: Key,
    /// Whether plain text was encrypted just now.
    pub(super) changed: bool,
}

impl Ledger {
    /// Wraps the data key with a new key, which is made in front of the old one where the keys are in a file.
    pub(crate) fn rotate(&self, protection: &Protection, forget_old: bool) -> Result<()> {
        let mut connection = self.lock();
        let tx = connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(failed)?;
        let setting = |name: &str| -> Result<Option<Vec<u8>>> {
            let mut rows = tx.prepare_cached("SELECT value FROM setting WHERE name = ?1").map_err(failed)?;
            rows.query_row([name], |row| row.get(0)).optional().map_err(failed)
        };
        let Some((id, wrapped)) = setting("id")?.and_then(|id| id.try_into().ok()).zip(setting("wrapped")?) else {
            return Err(Error::new(
                Code::InvalidOption,
                "the server's file is not encrypted, so it has no key to replace",
            ));
        };
        let again = Envelope::rotate(id, &wrapped, protection)?;
        tx.execute("UPDATE setting SET value = ?1 WHERE name = 'wrapped'", [again]).map_err(failed)?;
        tx.commit().map_err(failed)?;
        if forget_old { Envelope::forget_old(id, protection) } else { Ok(()) }
    }

    /// Copies the file as it is now into a new one.
    pub(crate) fn copy(&self, to: &Path) -> Result<()> {
        self.lock().execute("VACUUM INTO ?1", [to.to_string_lossy().as_ref()]).map_err(failed)?;
        private_file(to).map(drop)
    }

    /// What is not as it was written, in words.
    pub(crate) fn faults(&self) -> Result<Vec<String>> {
        let connection = self.lock();
        let mut rows = connection.prepare("PRAGMA integrity_check").map_err(failed)?;
        let said: Vec<String> = rows.query_map([], |row| row.get(0)).and_then(Iterator::collect).map_err(failed)?;
        let mut faults: Vec<String> = said.into_iter().filter(|line| line != "ok").collect();
        faults.extend(jobs::unreadable(&connection, &self.envelope).map_err(|fault| fault.0)?);
        faults.truncate(MOST_FAULTS);
        Ok(faults)
    }
}

/// Opens the key, or makes one; encrypts what is not encrypted yet, unless that is to stay so.
pub(super) fn open(tx: &Transaction<'_>, protection: &Protection) -> Outcome<Opened> {
    let setting = |name: &str| -> Outcome<Option<Vec<u8>>> {
        let mut rows = tx.prepare_cached("SELECT value FROM setting WHERE name = ?1")?;
        Ok(rows.query_row([name], |row| row.get(0)).optional()?)
    };
    let put = |name: &str, value: &[u8]| -> Outcome<()> {
        tx.prepare_cached("INSERT OR REPLACE INTO setting (name, value) VALUES (?1, ?2)")?
            .execute(params![name, value])?;
        Ok(())
    };
    let signing = setting(SIGNING)?;
    let damaged = || Error::new(Code::StoreDamaged, "the server's file lacks its own key; restore it from a backup");
    if let Some(wrapped) = setting("wrapped")? {
        let id = setting("id")?.and_then(|id| id.try_into().ok()).ok_or_else(damaged)?;
        let (envelope, again) = Envelope::open(id, &wrapped, protection)?;
        if let Some(again) = again {
            put("wrapped", &again)?;
        }
        let key = Key::new(envelope.read(SIGNING, "value", &signing.ok_or_else(damaged)?)?.to_vec());
        return Ok(Opened { envelope, key, changed: false });
    }
    let is_new = signing.is_none();
    let key = Zeroizing::new(signing.map_or_else(|| random().map(Vec::from), Ok)?);
    let stays = setting("unencrypted")?.is_some();
    let plain = match protection.encrypted {
        Some(encrypted) => !encrypted,
        None => stays,
    };
    if plain {
        let (envelope, key) = (Envelope::none(), Key::new(key.to_vec()));
        if !stays {
            put("unencrypted", &[1])?;
            put(SIGNING, key.bytes())?;
            jobs::encrypt_all(tx, &envelope, &key)?;
        }
        return Ok(Opened { envelope, key, changed: false });
    }
    let id = Envelope::new_id()?;
    let (envelope, wrapped) = Envelope::create(id, protection)?;
    put("id", &id)?;
    put("wrapped", &wrapped)?;
    put(SIGNING, &envelope.seal(SIGNING, "value", &key)?)?;
    tx.execute("DELETE FROM setting WHERE name = 'unencrypted'", [])?;
    let key = Key::new(key.to_vec());
    jobs::encrypt_all(tx, &envelope, &key)?;
    Ok(Opened { envelope, key, changed: !is_new })
}
