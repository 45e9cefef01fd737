//! What the server keeps besides voices: apps, logins, sessions and jobs, in one SQLite file.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rusqlite::{Connection, OptionalExtension, Row, TransactionBehavior, params};

mod apps;
mod jobs;
mod lock;
mod rolls;

use super::scopes::Scopes;
use super::secrets::{Digest, Key};
use crate::CallOptions;
use crate::runtime::now;
use crate::store::{Envelope, Fault, Files, Outcome, Protection, patiently, private_file};
use crate::types::error::{Code, Error, Result};
pub(crate) use apps::{App, Listed, Login};
pub(crate) use jobs::{Calls, JOB_SECONDS, Job, JobRow, anonymous};
pub(crate) use rolls::Roll;

const VERSION: i32 = 3;
/// How long a writer waits for another process, `voiceroll apps` for one.
const BUSY: Duration = Duration::from_secs(10);

/// Sessions of one app and owner; the oldest ends when another begins.
const SESSIONS: u32 = 1000;
/// An old refresh token lasts so long if the new access token is never used, and so long after it
/// was used for the first time, in seconds.
const PREVIOUS_UNUSED: u64 = 3600;
/// No refresh token lasts longer, in seconds: 30 days, and what a clock may be set back by.
const LONGEST_REFRESH: u64 = 2_592_000 + 300;
const PREVIOUS_USED: u64 = 10;

/// A new session, or a session's new tokens.
pub(crate) struct Grant {
    pub(crate) session: String,
    pub(crate) client_id: String,
    pub(crate) owner: String,
    pub(crate) access: Digest,
    pub(crate) access_until: u64,
    pub(crate) refresh: Digest,
    pub(crate) refresh_until: u64,
}

/// A session as the requests of its owner need it.
pub(crate) struct Session {
    pub(crate) id: String,
    pub(crate) client_id: String,
    pub(crate) account: String,
    pub(crate) owner: String,
    pub(crate) scopes: Scopes,
    pub(crate) access: Digest,
    pub(crate) access_until: u64,
}

pub(crate) struct Ledger {
    connection: Mutex<Connection>,
    path: PathBuf,
    files: Files,
    envelope: Envelope,
    /// What the server signs with.
    key: Key,
}

impl Ledger {
    pub(crate) fn open(path: &Path, protection: &Protection) -> Result<Self> {
        let path = private_file(path)?;
        patiently(&CallOptions::new(), || {
            let mut connection = Connection::open(&path)?;
            connection.busy_timeout(BUSY)?;
            connection.execute_batch(
                "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;
                 PRAGMA secure_delete = ON;",
            )?;
            let (envelope, key) = set_up(&mut connection, protection)?;
            let files = Files::at(&path);
            Ok(Self { connection: Mutex::new(connection), path: path.clone(), files, envelope, key })
        })
    }

    /// Fails where the file was removed or replaced while it was open.
    pub(crate) fn check_files(&self) -> Result<()> {
        self.files.check(&self.path).map_err(|error| error.in_place("server.db"))
    }

    fn lock(&self) -> MutexGuard<'_, Connection> {
        self.connection.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What the server signs with.
    pub(crate) fn key(&self) -> &Key {
        &self.key
    }

    /// Fails where the file cannot be read.
    pub(crate) fn answers(&self) -> Result<()> {
        self.lock().query_row("SELECT count(*) FROM setting", [], |_| Ok(())).map_err(failed)
    }

    /// Begins a session; the access tokens of those that it pushes out.
    pub(crate) fn begin(&self, grant: &Grant) -> Result<Vec<Digest>> {
        let mut connection = self.lock();
        let tx = connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(failed)?;
        tx.execute(
            "INSERT INTO session (id, client_id, owner, access, access_until, refresh, refresh_until)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            params![
                grant.session,
                grant.client_id,
                grant.owner,
                grant.access.0,
                grant.access_until as i64,
                grant.refresh.0,
                grant.refresh_until as i64
            ],
        )
        .map_err(failed)?;
        let ended = tx
            .prepare_cached(
                "DELETE FROM session WHERE id IN (SELECT id FROM session WHERE client_id = ?1 AND owner = ?2
                 ORDER BY refresh_until DESC LIMIT -1 OFFSET ?3) RETURNING access",
            )
            .and_then(|mut rows| {
                let read = |row: &Row<'_>| row.get::<_, Vec<u8>>(0);
                rows.query_map(params![grant.client_id, grant.owner, SESSIONS], read)?
                    .collect::<rusqlite::Result<Vec<_>>>()
            })
            .map_err(failed)?;
        tx.commit().map_err(failed)?;
        Ok(ended.iter().filter_map(|bytes| Digest::read(bytes)).collect())
    }

    /// Gives the session of a refresh token new tokens; also with the token before it, while that
    /// lasts, which the answer says. `renew` makes them from the session and its owner. The old access token ends.
    pub(crate) fn renew(
        &self,
        refresh: Digest,
        client_id: &str,
        renew: impl FnOnce(String, String) -> Grant,
    ) -> Result<Option<(Grant, Digest, bool)>> {
        let mut connection = self.lock();
        let tx = connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(failed)?;
        let time = now() as i64;
        let found = tx
            .query_row(
                "SELECT id, owner, access, refresh <> ?1 FROM session WHERE client_id = ?2 AND refresh_until <= ?4
                 AND (refresh = ?1 AND refresh_until > ?3 OR previous = ?1 AND previous_until > ?3)",
                // One that runs out later than any can was given under a clock that was wrong.
                params![refresh.0, client_id, time, time + LONGEST_REFRESH as i64],
                |row| {
                    let text = |column| row.get::<_, String>(column);
                    Ok((text(0)?, text(1)?, row.get::<_, Vec<u8>>(2)?, row.get::<_, bool>(3)?))
                },
            )
            .optional()
            .map_err(failed)?;
        let Some((id, owner, access, again)) = found else { return Ok(None) };
        let grant = renew(id, owner);
        tx.execute(
            "UPDATE session SET access = ?2, access_until = ?3, refresh = ?4, refresh_until = ?5, previous = ?6,
             previous_until = ?7 WHERE id = ?1",
            params![
                grant.session,
                grant.access.0,
                grant.access_until as i64,
                grant.refresh.0,
                grant.refresh_until as i64,
                refresh.0,
                time + PREVIOUS_UNUSED as i64
            ],
        )
        .map_err(failed)?;
        tx.commit().map_err(failed)?;
        Ok(Digest::read(&access).map(|access| (grant, access, again)))
    }

    /// The new access token of a session was used: the refresh token before it ends soon.
    pub(crate) fn settle(&self, session: &str) -> Result<()> {
        self.lock()
            .execute(
                "UPDATE session SET previous_until = min(previous_until, ?2) WHERE id = ?1 AND previous IS NOT NULL",
                params![session, (now() + PREVIOUS_USED) as i64],
            )
            .map(drop)
            .map_err(failed)
    }

    /// Ends the session of an access or a refresh token; its access token.
    pub(crate) fn end(&self, token: Digest, client_id: &str) -> Result<Option<Digest>> {
        let ended: Option<Vec<u8>> = self
            .lock()
            .query_row(
                "DELETE FROM session WHERE client_id = ?2 AND (access = ?1 OR refresh = ?1 OR previous = ?1)
                 RETURNING access",
                params![token.0, client_id],
                |row| row.get(0),
            )
            .optional()
            .map_err(failed)?;
        Ok(ended.and_then(|bytes| Digest::read(&bytes)))
    }

    /// The session of an access token.
    pub(crate) fn session(&self, access: Digest) -> Result<Option<Session>> {
        self.lock()
            .prepare_cached(
                "SELECT session.id, client_id, app.account, owner, access_until, app.scopes
                 FROM session JOIN app USING (client_id)
                 WHERE access = ?1 AND (app.expires_at IS NULL OR app.expires_at > ?2)",
            )
            .and_then(|mut rows| {
                rows.query_row(params![access.0, now() as i64], |row| {
                    Ok(Session {
                        id: row.get(0)?,
                        client_id: row.get(1)?,
                        account: row.get(2)?,
                        owner: row.get(3)?,
                        access,
                        access_until: row.get::<_, i64>(4)? as u64,
                        scopes: Scopes::stored(row.get(5)?),
                    })
                })
                .optional()
            })
            .map_err(failed)
    }

    /// Forgets what has run out: sessions and jobs; and what was wiped and may still stand in the log.
    pub(crate) fn sweep(&self, by_clock: bool) -> Result<()> {
        let connection = self.lock();
        if by_clock {
            connection.execute("DELETE FROM session WHERE refresh_until <= ?1", [now() as i64]).map_err(failed)?;
            connection.execute("DELETE FROM login WHERE ends_at <= ?1", [now() as i64]).map_err(failed)?;
            jobs::sweep(&connection)?;
        }
        connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())).map_err(failed)
    }
}

fn set_up(connection: &mut Connection, protection: &Protection) -> Outcome<(Envelope, Key)> {
    let tx = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let version: i32 = tx.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    if version > VERSION {
        return Err(Error::new(Code::StoreNewer, "a newer Voiceroll made this server's folder; use that one").into());
    }
    match version {
        0 => tx.execute_batch(include_str!("schema.sql"))?,
        1 => tx.execute_batch(concat!(include_str!("to_2.sql"), include_str!("to_3.sql")))?,
        2 => tx.execute_batch(include_str!("to_3.sql"))?,
        _ => {}
    }
    let opened = lock::open(&tx, protection)?;
    tx.execute_batch(&format!("PRAGMA user_version = {VERSION}"))?;
    tx.commit()?;
    if opened.changed {
        // What was written in plain text may still stand in free pages and in the log.
        connection.execute_batch("VACUUM")?;
        connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
    }
    Ok((opened.envelope, opened.key))
}

fn failed(fault: rusqlite::Error) -> Error {
    Fault::from(fault).0
}
