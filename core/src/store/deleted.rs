//! The memory of ids that were deleted, so that a second deletion can be answered with "gone".
//!
//! The file holds digests of them under a key that is not in it: whoever has the file alone, such as a backup of it, cannot
//! try out ids. In an encrypted store the key is one of the secrets that the store's key protects; otherwise it lies beside
//! the store, in `STORE-key`. Without the key the ids are as unknown as if they had never been there.

use std::fs::OpenOptions;
use std::io::Write as _;
use std::path::Path;

use rusqlite::Connection;
use sha2::{Digest as _, Sha256};

use zeroize::Zeroizing;

use super::cipher::{KEY, new_key};
use super::fault::{Outcome, unwritten};
use super::files::beside;
use super::vault::Vault;
use crate::SpeakerId;

/// Notes that an id was deleted.
pub(super) fn remember(connection: &Connection, vault: &Vault, id: &SpeakerId) -> Outcome<()> {
    let digest = digest(connection, id, &vault.key_to_remember(connection)?)?;
    connection.execute("INSERT OR IGNORE INTO deleted (digest) VALUES (?1)", [digest])?;
    Ok(())
}

/// Forgets an id that is there again.
pub(super) fn forget(connection: &Connection, vault: &Vault, id: &SpeakerId) -> Outcome<()> {
    for digest in digests(connection, vault, id)? {
        connection.execute("DELETE FROM deleted WHERE digest = ?1", [digest])?;
    }
    Ok(())
}

/// Whether an id was deleted.
pub(super) fn remembers(connection: &Connection, vault: &Vault, id: &SpeakerId) -> Outcome<bool> {
    for digest in digests(connection, vault, id)? {
        let found: i64 =
            connection.query_row("SELECT count(*) FROM deleted WHERE digest = ?1", [digest], |row| row.get(0))?;
        if found > 0 {
            return Ok(true);
        }
    }
    Ok(false)
}

/// What an id may be remembered by: under the key, and as earlier versions did it, without.
pub(super) fn digests(connection: &Connection, vault: &Vault, id: &SpeakerId) -> Outcome<Vec<Vec<u8>>> {
    let mut digests = vec![digest(connection, id, &[])?];
    if let Some(key) = vault.key_of_deleted(connection)? {
        digests.push(digest(connection, id, &key)?);
    }
    Ok(digests)
}

fn digest(connection: &Connection, id: &SpeakerId, key: &[u8]) -> Outcome<Vec<u8>> {
    let salt: Vec<u8> =
        connection.prepare_cached("SELECT value FROM setting WHERE name = 'salt'")?.query_row([], |row| row.get(0))?;
    Ok(Sha256::new().chain_update(key).chain_update(salt).chain_update(id.as_str()).finalize().to_vec())
}

/// The key beside a store, if it is there.
pub(super) fn kept(store: &Path) -> Option<Zeroizing<Vec<u8>>> {
    std::fs::read(beside(store, "-key")).ok().map(Zeroizing::new).filter(|key| key.len() == KEY)
}

/// The same, made anew. The caller writes to the store, so nobody else makes one now.
pub(super) fn make_key(store: &Path) -> Outcome<Zeroizing<Vec<u8>>> {
    let key = Zeroizing::new(new_key()?.to_vec());
    let unkept = |error: std::io::Error| {
        let text = format!(
            "the key file next to the store could not be created ({}); check that its folder is writable",
            error.kind()
        );
        unwritten(&error, text)
    };
    let part = beside(store, "-key.new");
    // One that was left by a crash may have other rights.
    let _ = std::fs::remove_file(&part);
    let mut options = OpenOptions::new();
    options.create_new(true).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&part).map_err(unkept)?;
    file.write_all(&key).and_then(|()| file.sync_all()).map_err(unkept)?;
    std::fs::rename(&part, beside(store, "-key")).map_err(unkept)?;
    Ok(key)
}
