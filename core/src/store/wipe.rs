//! A deleted voiceprint is also removed from the write-ahead log.
//!
//! Its pages are overwritten by the deletion, but their former content may still stand in the log, and a reader can
//! hold back the emptying of that for longer than anybody waits. So the deletion leaves a mark in the store, and
//! every process that comes by and finds it tries again.

use std::sync::atomic::Ordering;
use std::time::Duration;

use rusqlite::{Connection, OptionalExtension, Transaction};

use super::fault::Outcome;
use super::file::BUSY;
use super::sqlite::Sqlite;

/// Of the calls to a store, one in so many looks for the mark.
const LOOK: u32 = 16;

impl Sqlite {
    /// Lets a process that only reads do its part. It waits for nobody: it will look again.
    pub(super) fn look(&self, connection: &Connection) {
        if self.calls.fetch_add(1, Ordering::Relaxed) % LOOK == LOOK - 1 {
            wipe(connection, Duration::ZERO);
        }
    }
}

/// Marks the store in the transaction that deletes. Every mark is another, so that nobody takes away one that was
/// set while the log was being emptied for an earlier one.
pub(super) fn mark(tx: &Transaction<'_>) -> Outcome<()> {
    tx.execute("INSERT OR REPLACE INTO setting (name, value) VALUES ('unwiped', randomblob(16))", [])?;
    Ok(())
}

/// Folds the log into the file and empties it, if the store is marked. What was deleted stays deleted and the mark
/// stays where this fails, so a failure is none of the caller's.
pub(super) fn wipe(connection: &Connection, wait: Duration) {
    let _: Outcome<()> = (|| {
        let mark: Option<Vec<u8>> = connection
            .prepare_cached("SELECT value FROM setting WHERE name = 'unwiped'")?
            .query_row([], |row| row.get(0))
            .optional()?;
        let Some(mark) = mark else { return Ok(()) };
        connection.busy_timeout(wait)?;
        let done = empty(connection, &mark);
        connection.busy_timeout(BUSY)?;
        done
    })();
}

fn empty(connection: &Connection, mark: &[u8]) -> Outcome<()> {
    let busy: i64 = connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
    if busy == 0 {
        connection.execute("DELETE FROM setting WHERE name = 'unwiped' AND value = ?1", [mark])?;
    }
    Ok(())
}
