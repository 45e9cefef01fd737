//! Copies of a store, and putting one back.

use std::collections::HashSet;
use std::fs::{File, OpenOptions};
use std::path::{Path, PathBuf};

use rusqlite::Connection;

use super::deleted::digests;
use super::fault::{Fault, unwritten};
use super::file::BUSY;
use super::file::{private_file, refuse_foreign};
use super::files::beside;
use super::speaker::remove;
use super::sqlite::{Access, Sqlite, patiently};
use super::vault::Protection;
use crate::Restored;
use crate::types::error::{Code, Error, Result};
use crate::{CallOptions, SpeakerId};

impl Sqlite {
    /// Writes a copy of the store as it is now, while others read and write it.
    pub(crate) fn backup(&self, to: &Path) -> Result<()> {
        if to.exists() {
            return Err(Error::new(Code::InvalidOption, "the backup file already exists; choose another name"));
        }
        let part = part(to)?;
        let copied = self.with(|connection| {
            // Page by page into a file without what was deleted, all of one moment.
            connection.execute("VACUUM INTO ?1", [part.to_string_lossy().as_ref()])?;
            Ok(())
        });
        let placed = copied.and_then(|()| place_new(&part, to));
        let _ = std::fs::remove_file(&part);
        placed
    }

    /// Digests of those whom this store remembers as deleted.
    fn deleted_digests(&self) -> Result<HashSet<Vec<u8>>> {
        self.with(|connection| {
            let mut statement = connection.prepare("SELECT digest FROM deleted")?;
            Ok(statement.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?)
        })
    }
}

/// Puts a backup in the place of a store. `replace`: also where there is one, which is moved aside.
pub(crate) fn restore(from: &Path, to: &Path, protection: &Protection, replace: bool) -> Result<Restored> {
    let backup = Sqlite::open(from, Access::Read, protection)?;
    let checked = backup.check_all(&CallOptions::new())?;
    if let Some(fault) = checked.faults.first() {
        return Err(Error::new(
            Code::StoreTampered,
            format!("the backup is damaged, and nothing was changed: {fault}"),
        ));
    }
    let there = to.exists();
    if there && !replace {
        return Err(Error::new(Code::InvalidOption, "a store already exists here; move it away, or pass --replace"));
    }
    let part = part(to)?;
    let done = (|| {
        std::fs::copy(from, &part).map_err(|fault| uncopied(&fault))?;
        // Whoever was deleted since the backup stays deleted, where the present store still says who that is.
        let (erased, known) = match Sqlite::open(to, Access::Existing, protection) {
            Ok(present) if present.vault.store == backup.vault.store => {
                let digests = present.deleted_digests()?;
                drop(present);
                (erase_deleted(&part, protection, &digests)?, true)
            }
            Ok(_) => (Vec::new(), false),
            Err(_) => (Vec::new(), !there),
        };
        File::open(&part).and_then(|file| file.sync_all()).map_err(|fault| uncopied(&fault))?;
        let aside = if there { Some(move_aside(to)?) } else { None };
        // A log of another file would be taken for one of this.
        for ending in ["-wal", "-shm", "-journal"] {
            let _ = std::fs::remove_file(beside(to, ending));
        }
        place_new(&part, to)?;
        Ok(Restored { speakers: checked.speakers - erased.len() as u64, erased, deletions_known: known, aside })
    })();
    for ending in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(beside(&part, ending));
    }
    done
}

fn erase_deleted(part: &Path, protection: &Protection, digests_known: &HashSet<Vec<u8>>) -> Result<Vec<SpeakerId>> {
    let store = Sqlite::open(part, Access::Existing, protection)?;
    let gone = store.with(|connection| {
        let ids: Vec<String> = connection
            .prepare("SELECT speaker_id FROM speaker ORDER BY speaker_id")?
            .query_map([], |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        let mut gone = Vec::new();
        for id in ids {
            let id = SpeakerId::parse(id)?;
            if digests(connection, &store.vault, &id)?.iter().any(|digest| digests_known.contains(digest)) {
                gone.push(id);
            }
        }
        Ok(gone)
    })?;
    store.change(&CallOptions::new(), |tx| {
        let mut note = tx.prepare("INSERT OR IGNORE INTO deleted (digest) VALUES (?1)")?;
        digests_known.iter().try_for_each(|digest| note.execute([digest]).map(drop))?;
        Ok(())
    })?;
    for some in gone.chunks(100) {
        store.change(&CallOptions::new(), |tx| some.iter().try_for_each(|id| remove(tx, &store.vault, id)))?;
    }
    // Out of the log and into the file, which goes alone.
    store.with(|connection| {
        let busy: i64 = connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
        if busy != 0 {
            return Err(Fault(Error::new(Code::StoreBusy, "the copy of the backup is in use; try again")));
        }
        Ok(())
    })?;
    drop(store);
    // The last connection that closes takes log and index away.
    Ok(gone)
}

/// Moves a store out of the way, with its log. Fails where somebody uses it.
fn move_aside(store: &Path) -> Result<PathBuf> {
    // A store that can be opened is closed for everybody first; a damaged one is moved as it is.
    let closed = patiently(&CallOptions::new(), || {
        let connection = Connection::open(store)?;
        connection.busy_timeout(BUSY)?;
        refuse_foreign(&connection)?;
        let mode: String = connection.query_row("PRAGMA journal_mode = DELETE", [], |row| row.get(0))?;
        if mode.eq_ignore_ascii_case("delete") { Ok(()) } else { Err(busy().into()) }
    });
    match closed {
        Err(error) if error.code() == Code::StoreBusy.as_str() => return Err(busy()),
        _ => {}
    }
    let mut own = [0; 4];
    super::cipher::random(&mut own)?;
    let aside = beside(store, &format!(".before-{}-{}", crate::runtime::now(), crate::types::hex(&own)));
    for ending in ["-wal", "-shm", ""] {
        match std::fs::rename(beside(store, ending), beside(&aside, ending)) {
            Err(fault) if fault.kind() != std::io::ErrorKind::NotFound => return Err(uncopied(&fault)),
            _ => {}
        }
    }
    Ok(aside)
}

fn busy() -> Error {
    Error::new(Code::StoreBusy, "other programs have the store open; close them, then restore it")
}

/// An empty file beside another, readable by its owner alone.
fn part(path: &Path) -> Result<PathBuf> {
    let mut own = [0; 8];
    super::cipher::random(&mut own)?;
    let part = beside(path, &format!(".{}.part", crate::types::hex(&own)));
    private_file(&part)
}

/// Gives a finished file its name, which must be free.
fn place_new(part: &Path, to: &Path) -> Result<()> {
    let synced = OpenOptions::new().read(true).open(part).and_then(|file| file.sync_all());
    synced.map_err(|fault| uncopied(&fault))?;
    match std::fs::hard_link(part, to) {
        Err(fault) if fault.kind() == std::io::ErrorKind::AlreadyExists => {
            return Err(Error::new(
                Code::InvalidOption,
                "the backup file was created by another program meanwhile; choose another name",
            ));
        }
        // Some file systems have no links.
        Err(_) => std::fs::rename(part, to).map_err(|fault| uncopied(&fault))?,
        Ok(()) => {}
    }
    super::keys::sync_folder(to);
    Ok(())
}

fn uncopied(fault: &std::io::Error) -> Error {
    let text = format!("the copy could not be written ({}); check that the folders may be written to", fault.kind());
    unwritten(fault, text)
}
