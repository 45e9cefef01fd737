//! Another key for a store: the speakers' keys are wrapped with it, some at a time, and nothing else is touched.

use rusqlite::{Transaction, params};

use super::fault::Outcome;
use super::sqlite::Sqlite;
use super::wipe::mark;
use crate::CallOptions;
use crate::types::error::{Code, Error, Result};

/// Speakers in one transaction. Others who write wait for as long as one takes, some milliseconds.
const BATCH: usize = 1000;

/// Where the key of a store is.
#[cfg(feature = "cli")]
pub(crate) enum KeyPlace {
    /// The store is not encrypted.
    Nowhere,
    File(std::path::PathBuf),
    Elsewhere,
}

/// The key in use is the first one, and no new one could be made, as the keys are not in a file.
pub(super) fn no_new_key() -> Error {
    Error::new(
        Code::InvalidOption,
        "the first key is already in use; put a new one in front of it (`openssl rand -hex 32` prints one) and keep the old \
         one after it until the rotation is done",
    )
}

impl Sqlite {
    #[cfg(feature = "cli")]
    pub(crate) fn key_place(&self) -> Result<KeyPlace> {
        if !self.vault.is_encrypted() {
            return Ok(KeyPlace::Nowhere);
        }
        Ok(self.vault.source()?.path(&self.vault.store)?.map_or(KeyPlace::Elsewhere, KeyPlace::File))
    }

    /// Puts another key in the place of the store's. Where it was interrupted, it goes on. `forget`: the old key is taken
    /// out of the file that both are in. How many speakers' keys were wrapped.
    pub(crate) fn rotate_key(&self, forget: bool, control: &CallOptions) -> Result<u64> {
        let source = self.vault.source()?;
        let store = &self.vault.store;
        if forget && !source.is_own_file() {
            return Err(Error::new(
                Code::InvalidOption,
                "the old key can be removed only from the store's own key file in the folder for keys; rotate without --forget-old, then \
                 remove the old key yourself",
            ));
        }
        self.change(control, |tx| {
            let used = used(tx)?;
            let mut keys = source.keys(store)?;
            let first_is_used = || -> Option<bool> { Some(used.last()?.as_slice() == keys.first()?.fingerprint()) };
            // Two in use: another rotation was interrupted.
            if used.len() == 1 && first_is_used() == Some(true) {
                // In the transaction, so that of several who replace the key at once the last one reads what the others wrote.
                if !source.add_new(store)? {
                    return Err(no_new_key().into());
                }
                keys = source.keys(store)?;
            }
            let Some(first) = keys.first().filter(|first| used.last() != Some(&first.fingerprint())) else {
                return Ok(());
            };
            let ring = self.vault.read_again(tx)?;
            let number = ring.current()?.0 + 1;
            let sealed = ring.secrets.seal(&first.cipher(), store, number)?;
            tx.execute(
                "INSERT INTO keyring (id, fingerprint, secrets) VALUES (?1, ?2, ?3)",
                params![number, first.fingerprint(), sealed],
            )?;
            Ok(())
        })?;
        let (mut wrapped, mut after) = (0, i64::MIN);
        loop {
            control.check()?;
            match self.change(control, |tx| self.rewrap_some(tx, after))? {
                Some((last, count)) => {
                    (after, wrapped) = (last, wrapped + count);
                    // Writers who wait have their turn.
                    std::thread::sleep(std::time::Duration::from_millis(1));
                }
                None => break,
            }
        }
        self.wipe_patiently();
        if forget {
            self.change(control, |tx| Ok(source.drop_old(store, &used(tx)?)?))?;
        }
        Ok(wrapped)
    }

    /// The last speaker whose key was wrapped, and how many were; none where all are and the old key is gone.
    fn rewrap_some(&self, tx: &Transaction<'_>, after: i64) -> Outcome<Option<(i64, u64)>> {
        let ring = self.vault.ring(tx)?;
        let (number, _) = ring.current()?;
        let some = |after: i64| -> Outcome<Vec<(i64, i64, Vec<u8>)>> {
            let sql = format!(
                "SELECT id, kek, data_key FROM speaker WHERE id > ?1 AND kek <> ?2 AND data_key IS NOT NULL
                 ORDER BY id LIMIT {BATCH}"
            );
            let mut statement = tx.prepare_cached(&sql)?;
            let rows = statement.query_map([after, number], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        };
        let mut speakers = some(after)?;
        if speakers.is_empty() {
            // Others may have enrolled with the old key meanwhile, or another rotation began before this one ended.
            speakers = some(i64::MIN)?;
        }
        let Some((last, _, _)) = speakers.last() else {
            tx.execute("DELETE FROM keyring WHERE id <> ?1", [number])?;
            mark(tx)?;
            return Ok(None);
        };
        let (last, count) = (*last, speakers.len() as u64);
        let mut update = tx.prepare_cached("UPDATE speaker SET kek = ?2, data_key = ?3 WHERE id = ?1")?;
        for (speaker, kek, wrapped) in speakers {
            let wrapped = ring.rewrap(&self.vault.store, speaker, kek, &wrapped)?;
            update.execute(params![speaker, number, wrapped])?;
        }
        Ok(Some((last, count)))
    }
}

/// The fingerprints of the keys in use, the newest last.
fn used(tx: &Transaction<'_>) -> Outcome<Vec<Vec<u8>>> {
    let mut used = tx.prepare("SELECT fingerprint FROM keyring ORDER BY id")?;
    Ok(used.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?)
}
