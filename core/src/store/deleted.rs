//! The memory of ids that were deleted, so that a second deletion can be answered with "gone".
//!
//! The file holds digests of them under a key that lies beside it, in `STORE-key`: with the file alone, such as a
//! backup of it, nobody can try out ids. Without the key the ids are as unknown as if they had never been there.

use std::fs::OpenOptions;
use std::io::Write as _;
use std::path::Path;

use rusqlite::Connection;
use sha2::{Digest as _, Sha256};

use super::fault::{Outcome, unwritten};
use super::files::beside;
use crate::SpeakerId;

/// Bytes of the key.
const KEY: usize = 32;

/// Notes that an id was deleted.
pub(super) fn remember(connection: &Connection, id: &SpeakerId) -> Outcome<()> {
    let digest = match connection.path().map(Path::new) {
        Some(store) => digest(connection, id, &key(connection, store)?)?,
        None => digest(connection, id, &[])?,
    };
    connection.execute("INSERT OR IGNORE INTO deleted (digest) VALUES (?1)", [digest])?;
    Ok(())
}

/// Forgets an id that is there again.
pub(super) fn forget(connection: &Connection, id: &SpeakerId) -> Outcome<()> {
    for digest in digests(connection, id)? {
        connection.execute("DELETE FROM deleted WHERE digest = ?1", [digest])?;
    }
    Ok(())
}

/// Whether an id was deleted.
pub(super) fn remembers(connection: &Connection, id: &SpeakerId) -> Outcome<bool> {
    for digest in digests(connection, id)? {
        let found: i64 =
            connection.query_row("SELECT count(*) FROM deleted WHERE digest = ?1", [digest], |row| row.get(0))?;
        if found > 0 {
            return Ok(true);
        }
    }
    Ok(false)
}

/// What an id may be remembered by: under the key, and as earlier versions did it, without.
fn digests(connection: &Connection, id: &SpeakerId) -> Outcome<Vec<Vec<u8>>> {
    let mut digests = vec![digest(connection, id, &[])?];
    if let Some(key) = connection.path().and_then(|store| kept(Path::new(store))) {
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
fn kept(store: &Path) -> Option<Vec<u8>> {
    std::fs::read(beside(store, "-key")).ok().filter(|key| key.len() == KEY)
}

/// The key file of a store, created if there is none. The caller writes to the store, so nobody else makes one now.
fn key(connection: &Connection, store: &Path) -> Outcome<Vec<u8>> {
    if let Some(key) = kept(store) {
        return Ok(key);
    }
    let key: Vec<u8> = connection.query_row("SELECT randomblob(?1)", [KEY as i64], |row| row.get(0))?;
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
