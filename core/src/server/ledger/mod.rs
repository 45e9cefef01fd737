//! What the server keeps besides voices: apps, logins, sessions and jobs, in one SQLite file.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rusqlite::{Connection, OptionalExtension, Row, TransactionBehavior, params};

mod jobs;
mod rolls;

use super::secrets::{Digest, Key, random};
use crate::CallOptions;
use crate::runtime::now;
use crate::store::{Fault, Files, Outcome, patiently, private_file};
use crate::types::error::{Code, Error, Result};
pub(crate) use jobs::{Calls, JOB_SECONDS, Job, JobRow, anonymous};
pub(crate) use rolls::Roll;

const VERSION: i32 = 2;
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

/// A program that may log in.
pub(crate) struct App {
    pub(crate) client_id: String,
    pub(crate) account: String,
}

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
    pub(crate) access: Digest,
    pub(crate) access_until: u64,
}

pub(crate) struct Ledger {
    connection: Mutex<Connection>,
    path: PathBuf,
    files: Files,
}

impl Ledger {
    pub(crate) fn open(path: &Path) -> Result<Self> {
        let path = private_file(path)?;
        patiently(&CallOptions::new(), || {
            let mut connection = Connection::open(&path)?;
            connection.busy_timeout(BUSY)?;
            connection.execute_batch(
                "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;
                 PRAGMA secure_delete = ON;",
            )?;
            set_up(&mut connection)?;
            let files = Files::at(&path);
            Ok(Self { connection: Mutex::new(connection), path: path.clone(), files })
        })
    }

    /// Fails where the file was removed or replaced while it was open.
    pub(crate) fn check_files(&self) -> Result<()> {
        self.files.check(&self.path).map_err(|error| error.in_place("server.db"))
    }

    fn lock(&self) -> MutexGuard<'_, Connection> {
        self.connection.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn key(&self) -> Result<Key> {
        let read = |row: &Row<'_>| row.get(0);
        self.lock().query_row("SELECT value FROM setting WHERE name = 'key'", [], read).map(Key::new).map_err(failed)
    }

    /// Adds an app, or gives it another secret.
    pub(crate) fn put_app(&self, client_id: &str, account: &str, secret: Digest) -> Result<()> {
        self.lock()
            .execute(
                "INSERT INTO app (client_id, account, secret, created_at) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT (client_id) DO UPDATE SET secret = excluded.secret",
                params![client_id, account, secret.0, now() as i64],
            )
            .map(drop)
            .map_err(failed)
    }

    /// Gives an app another secret and another login, and ends its sessions; the owner whom it acts for. None if
    /// there is no such app.
    pub(crate) fn rotate_app(&self, client_id: &str, secret: Digest, login: &str) -> Result<Option<String>> {
        let mut connection = self.lock();
        let tx = connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(failed)?;
        let owner: Option<String> = tx
            .query_row(
                "SELECT owner FROM login WHERE client_id = ?1 ORDER BY created_at DESC LIMIT 1",
                [client_id],
                |row| row.get(0),
            )
            .optional()
            .map_err(failed)?;
        let Some(owner) = owner else { return Ok(None) };
        let made = now() as i64;
        tx.execute("UPDATE app SET secret = ?2 WHERE client_id = ?1", params![client_id, secret.0]).map_err(failed)?;
        tx.execute("DELETE FROM login WHERE client_id = ?1", [client_id]).map_err(failed)?;
        tx.execute("DELETE FROM session WHERE client_id = ?1", [client_id]).map_err(failed)?;
        tx.execute(
            "INSERT INTO login (id, client_id, owner, created_at) VALUES (?1, ?2, ?3, ?4)",
            params![login, client_id, owner, made],
        )
        .map_err(failed)?;
        tx.commit().map_err(failed)?;
        Ok(Some(owner))
    }

    /// Lets somebody log in to an app.
    pub(crate) fn put_login(&self, id: &str, client_id: &str, owner: &str) -> Result<()> {
        self.lock()
            .execute(
                "INSERT OR IGNORE INTO login (id, client_id, owner, created_at) VALUES (?1, ?2, ?3, ?4)",
                params![id, client_id, owner, now() as i64],
            )
            .map(drop)
            .map_err(failed)
    }

    /// Apps by account, and how many may log in to each.
    pub(crate) fn apps(&self) -> Result<Vec<(App, u64)>> {
        let connection = self.lock();
        let mut rows = connection
            .prepare(
                "SELECT client_id, account, (SELECT count(*) FROM login WHERE login.client_id = app.client_id)
                 FROM app ORDER BY account, client_id",
            )
            .map_err(failed)?;
        let read =
            |row: &Row<'_>| Ok((App { client_id: row.get(0)?, account: row.get(1)? }, row.get::<_, i64>(2)? as u64));
        rows.query_map([], read).and_then(Iterator::collect).map_err(failed)
    }

    /// Removes an app, its logins and its sessions. Whether it was there.
    pub(crate) fn remove_app(&self, client_id: &str) -> Result<bool> {
        let removed = self.lock().execute("DELETE FROM app WHERE client_id = ?1", [client_id]).map_err(failed)?;
        Ok(removed > 0)
    }

    /// The app of an id and a secret.
    pub(crate) fn app(&self, client_id: &str, secret: Digest) -> Result<Option<App>> {
        let found = self
            .lock()
            .prepare_cached("SELECT client_id, account FROM app WHERE client_id = ?1 AND secret = ?2")
            .and_then(|mut rows| {
                rows.query_row(params![client_id, secret.0], |row| {
                    Ok(App { client_id: row.get(0)?, account: row.get(1)? })
                })
                .optional()
            });
        found.map_err(failed)
    }

    /// Whom a login token stands for, if it is one of this app's.
    pub(crate) fn login(&self, id: &str, client_id: &str) -> Result<Option<String>> {
        self.lock()
            .query_row("SELECT owner FROM login WHERE id = ?1 AND client_id = ?2", [id, client_id], |row| row.get(0))
            .optional()
            .map_err(failed)
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
                "SELECT session.id, client_id, app.account, owner, access_until FROM session JOIN app USING (client_id)
                 WHERE access = ?1",
            )
            .and_then(|mut rows| {
                rows.query_row([access.0], |row| {
                    Ok(Session {
                        id: row.get(0)?,
                        client_id: row.get(1)?,
                        account: row.get(2)?,
                        owner: row.get(3)?,
                        access,
                        access_until: row.get::<_, i64>(4)? as u64,
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
            jobs::sweep(&connection)?;
        }
        connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())).map_err(failed)
    }
}

fn set_up(connection: &mut Connection) -> Outcome<()> {
    let tx = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let version: i32 = tx.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    if version > VERSION {
        return Err(Error::new(Code::StoreNewer, "a newer Voiceroll made this server's folder; use that one").into());
    }
    match version {
        0 => {
            tx.execute_batch(include_str!("schema.sql"))?;
            tx.execute("INSERT INTO setting (name, value) VALUES ('key', ?1)", [random()?])?;
        }
        1 => tx.execute_batch(include_str!("to_2.sql"))?,
        _ => {}
    }
    tx.execute_batch(&format!("PRAGMA user_version = {VERSION}"))?;
    Ok(tx.commit()?)
}

fn failed(fault: rusqlite::Error) -> Error {
    Fault::from(fault).0
}
