//! What the server keeps besides voices: apps, logins, sessions and jobs, in one SQLite file.

use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rusqlite::{Connection, OptionalExtension, Row, TransactionBehavior, params};

use super::secrets::{Digest, Key, random};
use crate::Control;
use crate::enrollment::now;
use crate::error::{Code, Error, Result};
use crate::store::{Fault, Outcome, patiently, private_file};

const VERSION: i32 = 1;
/// How long a writer waits for another process, `voiceroll apps` for one.
const BUSY: Duration = Duration::from_secs(10);

/// Jobs are forgotten after a week, as in the old service.
pub(crate) const JOB_SECONDS: u64 = 7 * 24 * 3600;
/// A callback is tried so often, as in the old service.
const CALLS: u32 = 5;
/// The wait before the second call, in seconds; it doubles from call to call.
const FIRST_WAIT: u64 = 2;
/// A job that was running so often when the server went down is given up: it may be the reason. Many,
/// as it is more often somebody else's.
const STARTS: u32 = 20;
/// Sessions of one app and owner; the oldest ends when another begins.
const SESSIONS: u32 = 1000;
/// An old refresh token lasts so long if the new access token is never used, and so long after it
/// was used for the first time, in seconds.
const PREVIOUS_UNUSED: u64 = 3600;
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

/// A job to run.
pub(crate) struct Job {
    pub(crate) id: String,
    pub(crate) account: String,
    pub(crate) api: String,
    pub(crate) request: String,
}

/// What is known of a job.
pub(crate) struct JobRow {
    pub(crate) id: String,
    pub(crate) account: String,
    pub(crate) api: String,
    pub(crate) webhook: Option<String>,
    pub(crate) created_at: u64,
    pub(crate) completed_at: Option<u64>,
    pub(crate) failed: bool,
    pub(crate) response: Option<String>,
}

pub(crate) struct Ledger(Mutex<Connection>);

impl Ledger {
    pub(crate) fn open(path: &Path) -> Result<Self> {
        let path = private_file(path)?;
        patiently(&Control::new(), || {
            let mut connection = Connection::open(&path)?;
            connection.busy_timeout(BUSY)?;
            connection.execute_batch(
                "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;
                 PRAGMA secure_delete = ON;",
            )?;
            set_up(&mut connection)?;
            Ok(Self(Mutex::new(connection)))
        })
    }

    fn lock(&self) -> MutexGuard<'_, Connection> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
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
    /// lasts. `renew` makes them from the session and its owner. The old access token ends.
    pub(crate) fn renew(
        &self,
        refresh: Digest,
        client_id: &str,
        renew: impl FnOnce(String, String) -> Grant,
    ) -> Result<Option<(Grant, Digest)>> {
        let mut connection = self.lock();
        let tx = connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(failed)?;
        let time = now() as i64;
        let found = tx
            .query_row(
                "SELECT id, owner, access FROM session WHERE client_id = ?2
                 AND (refresh = ?1 AND refresh_until > ?3 OR previous = ?1 AND previous_until > ?3)",
                params![refresh.0, client_id, time],
                |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?, row.get::<_, Vec<u8>>(2)?)),
            )
            .optional()
            .map_err(failed)?;
        let Some((id, owner, access)) = found else { return Ok(None) };
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
        Ok(Digest::read(&access).map(|access| (grant, access)))
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

    /// Takes on a job, unless as many as `most` wait already.
    pub(crate) fn submit(&self, job: &Job, webhook: Option<&str>, most: usize) -> Result<bool> {
        let mut connection = self.lock();
        let tx = connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(failed)?;
        if waiting(&tx)? >= most {
            return Ok(false);
        }
        tx.execute(
            "INSERT INTO job (id, account, api, request, webhook, state, starts, created_at, calls)
             VALUES (?1, ?2, ?3, ?4, ?5, 0, 0, ?6, 0)",
            params![job.id, job.account, job.api, job.request, webhook, now() as i64],
        )
        .map_err(failed)?;
        tx.commit().map_err(failed)?;
        Ok(true)
    }

    /// How many jobs wait or run.
    pub(crate) fn waiting(&self) -> Result<usize> {
        waiting(&self.lock())
    }

    /// What ran when the server went down waits again; those that did so too often are returned.
    pub(crate) fn recover(&self) -> Result<Vec<String>> {
        let connection = self.lock();
        connection.execute("UPDATE job SET state = 0 WHERE state = 1 AND starts < ?1", [STARTS]).map_err(failed)?;
        let mut rows = connection.prepare("SELECT id FROM job WHERE state = 1").map_err(failed)?;
        rows.query_map([], |row| row.get(0)).and_then(Iterator::collect).map_err(failed)
    }

    /// The job that waits longest, now running.
    pub(crate) fn next_job(&self) -> Result<Option<Job>> {
        self.lock()
            .prepare_cached(
                "UPDATE job SET state = 1, starts = starts + 1
                 WHERE id = (SELECT id FROM job WHERE state = 0 ORDER BY created_at, rowid LIMIT 1)
                 RETURNING id, account, api, request",
            )
            .and_then(|mut rows| {
                rows.query_row([], |row| {
                    Ok(Job {
                        id: row.get(0)?,
                        account: row.get(1)?,
                        api: row.get(2)?,
                        request: row.get::<_, Option<String>>(3)?.unwrap_or_default(),
                    })
                })
                .optional()
            })
            .map_err(failed)
    }

    /// A running job waits again, as if it had not been started.
    pub(crate) fn put_back(&self, id: &str) -> Result<()> {
        self.lock()
            .execute("UPDATE job SET state = 0, starts = starts - 1 WHERE id = ?1 AND state = 1", [id])
            .map(drop)
            .map_err(failed)
    }

    /// Notes how a job ended. Its request is wiped, and its callback due.
    pub(crate) fn finish(&self, id: &str, failed_job: bool, response: &str) -> Result<()> {
        self.lock()
            .execute(
                "UPDATE job SET state = 2, request = NULL, completed_at = ?2, failed = ?3, response = ?4,
                 call_at = CASE WHEN webhook IS NULL THEN NULL ELSE ?2 END WHERE id = ?1",
                params![id, now() as i64, failed_job, response],
            )
            .map(drop)
            .map_err(failed)
    }

    pub(crate) fn job(&self, id: &str) -> Result<Option<JobRow>> {
        self.lock()
            .query_row(&format!("{JOB} WHERE id = ?1 AND created_at > ?2"), params![id, oldest()], read_job)
            .optional()
            .map_err(failed)
    }

    /// At most `most` callbacks that are due, and in how many seconds the next one after them will be. Those of the
    /// jobs `called` are under way already; with them there are at most `each` of one receiver.
    pub(crate) fn due(&self, called: &[String], most: usize, each: usize) -> Result<(Vec<JobRow>, Option<u64>)> {
        let connection = self.lock();
        let time = now() as i64;
        let called = serde_json::to_string(called).unwrap_or_default();
        let mut rows = connection.prepare_cached(DUE).map_err(failed)?;
        let due = rows
            .query_map(params![time, called, each as i64, most as i64], read_job)
            .and_then(Iterator::collect)
            .map_err(failed)?;
        let next: Option<i64> = connection
            .query_row("SELECT min(call_at) FROM job WHERE call_at > ?1", [time], |row| row.get(0))
            .map_err(failed)?;
        Ok((due, next.map(|at| (at - time).max(0) as u64)))
    }

    /// Notes that a callback was tried; it is tried again, later each time, unless it was taken or
    /// there were enough.
    pub(crate) fn called(&self, id: &str, taken: bool) -> Result<()> {
        self.lock()
            .execute(
                "UPDATE job SET calls = calls + 1,
                 call_at = CASE WHEN ?2 OR calls + 1 >= ?3 THEN NULL ELSE ?4 + (?5 << calls) END,
                 webhook = CASE WHEN ?2 OR calls + 1 >= ?3 THEN NULL ELSE webhook END WHERE id = ?1",
                params![id, taken, CALLS, now() as i64, FIRST_WAIT as i64],
            )
            .map(drop)
            .map_err(failed)
    }

    /// Forgets what has run out: sessions and jobs.
    pub(crate) fn sweep(&self) -> Result<()> {
        let connection = self.lock();
        connection.execute("DELETE FROM session WHERE refresh_until <= ?1", [now() as i64]).map_err(failed)?;
        connection.execute("DELETE FROM job WHERE created_at <= ?1", [oldest()]).map_err(failed)?;
        // What was wiped may still stand in the log.
        connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())).map_err(failed)
    }
}

/// A receiver is the address of a callback up to its path. Those that are being called stand first in the ranks of
/// theirs.
const DUE: &str = "
    WITH due AS (
        SELECT *, id IN (SELECT value FROM json_each(?2)) AS called,
            substr(webhook, 1, 8 + instr(substr(webhook, 9), '/')) AS receiver
        FROM job WHERE call_at <= ?1
    ), ranked AS (
        SELECT *, row_number() OVER (PARTITION BY receiver ORDER BY called DESC, call_at) AS rank FROM due
    )
    SELECT id, account, api, webhook, created_at, completed_at, failed, response
    FROM ranked WHERE NOT called AND rank <= ?3 ORDER BY call_at LIMIT ?4";

const JOB: &str = "SELECT id, account, api, webhook, created_at, completed_at, failed, response FROM job";

fn read_job(row: &Row<'_>) -> rusqlite::Result<JobRow> {
    Ok(JobRow {
        id: row.get(0)?,
        account: row.get(1)?,
        api: row.get(2)?,
        webhook: row.get(3)?,
        created_at: row.get::<_, i64>(4)? as u64,
        completed_at: row.get::<_, Option<i64>>(5)?.map(|at| at as u64),
        failed: row.get::<_, Option<bool>>(6)?.unwrap_or(false),
        response: row.get(7)?,
    })
}

fn waiting(connection: &Connection) -> Result<usize> {
    let count: i64 =
        connection.query_row("SELECT count(*) FROM job WHERE state < 2", [], |row| row.get(0)).map_err(failed)?;
    Ok(count as usize)
}

fn set_up(connection: &mut Connection) -> Outcome<()> {
    let tx = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let version: i32 = tx.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    if version > VERSION {
        return Err(Error::new(Code::StoreNewer, "a newer Voiceroll made this server's folder; use that one").into());
    }
    if version == 0 {
        tx.execute_batch(include_str!("ledger.sql"))?;
        tx.execute("INSERT INTO setting (name, value) VALUES ('key', ?1)", [random()?])?;
        tx.execute_batch(&format!("PRAGMA user_version = {VERSION}"))?;
    }
    Ok(tx.commit()?)
}

/// Jobs from before this have run out.
fn oldest() -> i64 {
    now().saturating_sub(JOB_SECONDS) as i64
}

fn failed(fault: rusqlite::Error) -> Error {
    Fault::from(fault).0
}
