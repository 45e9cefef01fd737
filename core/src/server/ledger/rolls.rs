//! The accounts that have a registry, with its change counter.

use rusqlite::{OptionalExtension, Row, params};

use super::{Ledger, failed};
use crate::types::error::Result;

/// What is known of an account's roll.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Roll {
    /// What marks its file.
    pub(crate) mark: Vec<u8>,
    /// How many changes it had seen when one was last acknowledged.
    pub(crate) changes: i64,
}

impl Ledger {
    /// The state of an account's registry; none if it has none yet.
    pub(crate) fn roll(&self, account: &str) -> Result<Option<Roll>> {
        self.lock()
            .prepare_cached("SELECT account, mark, changes FROM roll WHERE account = ?1")
            .and_then(|mut rows| rows.query_row([account], |row| Ok(read(row)?.1)).optional())
            .map_err(failed)
    }

    /// All accounts that have a registry.
    pub(crate) fn rolls(&self) -> Result<Vec<(String, Roll)>> {
        let connection = self.lock();
        let mut rows = connection.prepare("SELECT account, mark, changes FROM roll").map_err(failed)?;
        rows.query_map([], read).and_then(Iterator::collect).map_err(failed)
    }

    /// Stores the change counter of a registry.
    pub(crate) fn note_roll(&self, account: &str, roll: &Roll) -> Result<()> {
        self.lock()
            .prepare_cached(
                "INSERT INTO roll (account, mark, changes) VALUES (?1, ?2, ?3)
                 ON CONFLICT (account) DO UPDATE SET changes = max(changes, excluded.changes)",
            )
            .and_then(|mut note| note.execute(params![account, roll.mark, roll.changes]))
            .map(drop)
            .map_err(failed)
    }

    /// Forgets that an account has a registry.
    pub(crate) fn forget_roll(&self, account: &str) -> Result<()> {
        self.lock().execute("DELETE FROM roll WHERE account = ?1", [account]).map(drop).map_err(failed)
    }

    /// Whether any app uses the registry of an account.
    pub(crate) fn has_apps(&self, account: &str) -> Result<bool> {
        self.lock()
            .query_row("SELECT EXISTS (SELECT 1 FROM app WHERE account = ?1)", [account], |row| row.get(0))
            .map_err(failed)
    }
}

fn read(row: &Row<'_>) -> rusqlite::Result<(String, Roll)> {
    Ok((row.get(0)?, Roll { mark: row.get(1)?, changes: row.get(2)? }))
}
