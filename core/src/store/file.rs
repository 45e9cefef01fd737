//! The file of a store: made, opened, known as ours, and brought to the present schema.

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags, TransactionBehavior};

use super::fault::{Fault, Outcome, unwritten};
use super::files::missing;
use crate::types::error::{Code, Error, Result};

/// How long a writer waits for another one.
pub(super) const BUSY: Duration = Duration::from_secs(10);

/// Marks the file as ours: "vcrl".
const APPLICATION: i32 = 0x7663_726c;
/// Rises with every change to `schema.sql`, together with a step in `migrate`.
const VERSION: i32 = 4;

/// Creates the file with the rights of its owner only; SQLite gives its log the same. A file that
/// is there is never opened here: closing it would drop the locks of every SQLite connection that
/// this process has on it.
///
/// Returns where it is, which SQLite must be given in place of `path`: some names mean something else to it, such as
/// `:memory:`, and the process may go to another folder before it opens the next connection.
pub(crate) fn private_file(path: &Path) -> Result<PathBuf> {
    let path = std::path::absolute(path).map_err(unopened)?;
    let mut options = std::fs::OpenOptions::new();
    options.create_new(true).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(unopened)?;
    }
    match options.open(&path) {
        Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => Err(unopened(error)),
        _ => Ok(path),
    }
}

fn unopened(error: std::io::Error) -> Error {
    let text = format!("the store could not be created ({}); check that its folder is writable", error.kind());
    unwritten(&error, text)
}

/// Where a store is that is not to be made.
pub(super) fn existing_file(path: &Path) -> Result<PathBuf> {
    let path = std::path::absolute(path).map_err(unopened)?;
    match std::fs::metadata(&path) {
        Ok(found) if found.len() > 0 || found.is_dir() => Ok(path),
        _ => Err(missing()),
    }
}

pub(super) fn plain_connection(path: &Path) -> Outcome<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(BUSY)?;
    // An enrollment alone takes more than the 16 that are kept by default.
    connection.set_prepared_statement_cache_capacity(64);
    Ok(connection)
}

/// A connection that writes nothing; `quiet`: nobody writes, so that not even the files that readers share are needed.
pub(super) fn read_connection(path: &Path, quiet: bool) -> Outcome<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = if quiet {
        // As an address, in which some letters mean something else.
        let mut address = "file:".to_owned();
        for byte in path.as_os_str().as_encoded_bytes() {
            match byte {
                b'/' | b'-' | b'_' | b'.' | b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' => address.push(char::from(*byte)),
                other => address.push_str(&format!("%{other:02X}")),
            }
        }
        Connection::open_with_flags(address + "?immutable=1", flags | OpenFlags::SQLITE_OPEN_URI)?
    } else {
        Connection::open_with_flags(path, flags)?
    };
    connection.busy_timeout(BUSY)?;
    connection.execute_batch("PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON;")?;
    let version = marks(&connection)?.1;
    if version < VERSION {
        return Err(Fault(Error::new(
            Code::StoreReadOnly,
            "the store was created by an older Voiceroll and must be upgraded first; open it once for writing",
        )));
    }
    Ok(connection)
}

pub(super) fn set_up(connection: &Connection) -> Outcome<()> {
    // FULL: a change that was acknowledged survives a loss of power too.
    connection.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;
         PRAGMA secure_delete = ON; PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON;",
    )?;
    Ok(())
}

/// The marks that say whose file this is, and of which version.
fn marks(connection: &Connection) -> Outcome<(i32, i32)> {
    let read = |name| connection.pragma_query_value(None, name, |row| row.get(0));
    Ok((read("application_id")?, read("user_version")?))
}

/// Leaves a database of something else as it is, before anything is set in it.
pub(super) fn refuse_foreign(connection: &Connection) -> Outcome<()> {
    // One snapshot: another process may be making the store.
    let snapshot = connection.unchecked_transaction()?;
    let tables: i64 = snapshot.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    match marks(&snapshot)? {
        (APPLICATION, version) if version > VERSION => Err(Fault(Error::new(
            Code::StoreNewer,
            format!(
                "the store has version {version}, and this Voiceroll supports versions up to {VERSION}; update \
                 Voiceroll"
            ),
        ))),
        (APPLICATION, _) => Ok(()),
        (0, 0) if tables == 0 => Ok(()),
        _ => Err(Fault(Error::new(
            Code::StoreDamaged,
            "this file is an SQLite database of another program; pass another path for the store",
        ))),
    }
}

/// Brings a new file, or one of an older version, to the present schema.
pub(super) fn migrate(connection: &mut Connection) -> Outcome<()> {
    if marks(connection)? == (APPLICATION, VERSION) {
        return Ok(());
    }
    let tx = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    match marks(&tx)? {
        // Another process was faster.
        (APPLICATION, VERSION) => {}
        (APPLICATION, version @ 1..VERSION) => {
            if version == 1 {
                tx.execute_batch(include_str!("to_2.sql"))?;
            }
            if version <= 2 {
                tx.execute_batch(include_str!("to_3.sql"))?;
            }
            tx.execute_batch(include_str!("to_4.sql"))?;
        }
        _ => {
            tx.execute_batch(include_str!("schema.sql"))?;
            tx.execute("INSERT INTO setting (name, value) VALUES ('salt', randomblob(16))", [])?;
            tx.pragma_update(None, "application_id", APPLICATION)?;
        }
    }
    tx.pragma_update(None, "user_version", VERSION)?;
    tx.commit()?;
    Ok(())
}
