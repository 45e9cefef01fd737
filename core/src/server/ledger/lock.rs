//! The key of the server's own file: it encrypts what the server signs with, and what jobs say.

use rusqlite::{OptionalExtension as _, Transaction, params};
use zeroize::Zeroizing;

use super::jobs;
use crate::server::secrets::{Key, random};
use crate::store::{Envelope, Outcome, Protection};
use crate::types::error::{Code, Error};

/// The name of the setting that the server signs with.
const SIGNING: &str = "key";

pub(super) struct Opened {
    pub(super) envelope: Envelope,
    pub(super) key: Key,
    /// Whether plain text was encrypted just now.
    pub(super) changed: bool,
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
