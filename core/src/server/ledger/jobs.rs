//! The queue of jobs, their results, and the callbacks that are due.

use rusqlite::{Connection, OptionalExtension, Row, TransactionBehavior, params};

use super::{Ledger, failed};
use crate::SpeakerId;
use crate::contract::{JobInput, NOT_IDENTIFIED};
use crate::runtime::now;
use crate::server::secrets::Key;
use crate::server::shares::fair;
use crate::store::{Envelope, Outcome};
use crate::types::error::Result;

/// Jobs are forgotten a week after they are done; in RingCentral's service it was a week after they came.
pub(crate) const JOB_SECONDS: u64 = 7 * 24 * 3600;
/// A callback is tried so often, as in RingCentral's service.
const CALLS: u32 = 5;
/// The wait before the second call, in seconds; it doubles from call to call.
const FIRST_WAIT: u64 = 2;
/// A callback that is due later than this, in seconds, was put off under a clock that was wrong.
const LATEST_CALL: u64 = 600;
/// A job that was running so often when the server went down is given up: it may be the reason. Many,
/// as it is more often somebody else's.
const STARTS: u32 = 20;

/// A job to run.
pub(crate) struct Job {
    pub(crate) id: String,
    pub(crate) account: String,
    /// The app that submitted it; none for one of an older version.
    pub(crate) app: Option<String>,
    pub(crate) api: String,
    pub(crate) request: String,
}

/// What is known of a job.
pub(crate) struct JobRow {
    pub(crate) id: String,
    pub(crate) account: String,
    pub(crate) app: Option<String>,
    pub(crate) api: String,
    pub(crate) webhook: Option<String>,
    pub(crate) created_at: u64,
    pub(crate) completed_at: Option<u64>,
    pub(crate) failed: bool,
    pub(crate) response: Option<String>,
    /// Why the last call failed.
    pub(crate) call_note: Option<String>,
}

/// How many callbacks may be under way.
pub(crate) struct Calls {
    pub(crate) at_once: usize,
    pub(crate) to_one: usize,
    pub(crate) of_one: usize,
}

impl Ledger {
    /// Takes on a job, unless as many as `most` wait already, or the account has its share of them.
    pub(crate) fn submit(&self, job: &Job, webhook: Option<&str>, most: usize) -> Result<bool> {
        let mut connection = self.lock();
        let tx = connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(failed)?;
        let own: i64 = tx
            .prepare_cached("SELECT count(*) FROM job WHERE state < 2 AND account = ?1")
            .and_then(|mut count| count.query_row([&job.account], |row| row.get(0)))
            .map_err(failed)?;
        if !fair(most as u64, waiting(&tx)? as u64, own as u64, 1) {
            return Ok(false);
        }
        let request = self.seal(&job.id, REQUEST, &job.request)?;
        let receiver = webhook.map(|webhook| receiver(&self.key, webhook));
        let webhook = webhook.map(|webhook| self.seal(&job.id, WEBHOOK, webhook)).transpose()?;
        tx.execute(
            "INSERT INTO job (id, account, app, api, request, webhook, receiver, state, starts, created_at, calls)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 0, 0, ?8, 0)",
            params![job.id, job.account, job.app, job.api, request, webhook, receiver, now() as i64],
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

    /// The next job, now running: of the account with the fewest that run the one that waits longest. Of `at_once`
    /// that may run each account has its share.
    pub(crate) fn next_job(&self, at_once: usize) -> Result<Option<Job>> {
        let connection = self.lock();
        let counts = |sql: &str| -> rusqlite::Result<Vec<(String, i64)>> {
            let mut rows = connection.prepare_cached(sql)?;
            rows.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
        };
        let running = counts("SELECT account, count(*) FROM job WHERE state = 1 GROUP BY account").map_err(failed)?;
        let first = counts("SELECT account, min(rowid) FROM job WHERE state = 0 GROUP BY account").map_err(failed)?;
        let all: i64 = running.iter().map(|(_, count)| count).sum();
        let of = |account: &str| running.iter().find(|(name, _)| name == account).map_or(0, |(_, count)| *count);
        let next = first
            .into_iter()
            .map(|(account, row)| (of(&account), row))
            .filter(|(own, _)| fair(at_once as u64, all as u64, *own as u64, 1))
            .min();
        let Some((_, row)) = next else { return Ok(None) };
        let taken: Option<(Job, Option<Vec<u8>>)> = connection
            .prepare_cached(
                "UPDATE job SET state = 1, starts = starts + 1 WHERE rowid = ?1 RETURNING id, account, app, api, request",
            )
            .and_then(|mut rows| {
                rows.query_row([row], |row| {
                    let request = String::new();
                    let job = Job { id: row.get(0)?, account: row.get(1)?, app: row.get(2)?, api: row.get(3)?, request };
                    Ok((job, row.get(4)?))
                })
                .optional()
            })
            .map_err(failed)?;
        let Some((job, request)) = taken else { return Ok(None) };
        // One that cannot be read is a job that fails, and holds up no other.
        let request = request.and_then(|request| self.read(&job.id, REQUEST, &request).ok()).unwrap_or_default();
        Ok(Some(Job { request, ..job }))
    }

    /// A running job waits again, as if it had not been started.
    pub(crate) fn put_back(&self, id: &str) -> Result<()> {
        self.lock()
            .execute("UPDATE job SET state = 0, starts = starts - 1 WHERE id = ?1 AND state = 1", [id])
            .map(drop)
            .map_err(failed)
    }

    /// Notes how a job ended. Its request is wiped, and its callback due. Nothing where it was deleted meanwhile.
    pub(crate) fn finish(&self, id: &str, failed_job: bool, response: &str) -> Result<()> {
        let response = self.seal(id, RESPONSE, response)?;
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
        let found = self
            .lock()
            .query_row(
                &format!("{JOB} WHERE id = ?1 AND (completed_at IS NULL OR completed_at > ?2)"),
                params![id, now().saturating_sub(JOB_SECONDS) as i64],
                read_job,
            )
            .optional()
            .map_err(failed)?;
        found.map(|sealed| self.opened(sealed)).transpose()
    }

    /// Deletes a job of an account, whether it waits, runs or is done. Whether it was there.
    pub(crate) fn delete_job(&self, id: &str, account: &str) -> Result<bool> {
        let deleted =
            self.lock().execute("DELETE FROM job WHERE id = ?1 AND account = ?2", [id, account]).map_err(failed)?;
        Ok(deleted > 0)
    }

    /// Takes a speaker's id out of the results of an account's jobs, and out of the requests of those that wait.
    pub(crate) fn forget_speaker(&self, account: &str, speaker: &SpeakerId) -> Result<()> {
        let mut connection = self.lock();
        let tx = connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(failed)?;
        let quoted = format!("\"{speaker}\"");
        let jobs: Vec<(String, [Option<Vec<u8>>; 2])> = tx
            .prepare_cached(
                "SELECT id, response, request FROM job
                 WHERE account = ?1 AND (response IS NOT NULL OR request IS NOT NULL)",
            )
            .and_then(|mut rows| {
                rows.query_map([account], |row| Ok((row.get(0)?, [row.get(1)?, row.get(2)?])))?.collect()
            })
            .map_err(failed)?;
        for (id, [response, request]) in jobs {
            let naming = |column, sealed: Option<Vec<u8>>| -> Result<Option<String>> {
                let text = sealed.map(|sealed| self.read(&id, column, &sealed)).transpose()?;
                Ok(text.filter(|text| text.contains(&quoted)))
            };
            if let Some(text) = naming(RESPONSE, response)? {
                let sealed = self.seal(&id, RESPONSE, &anonymous(&text, speaker))?;
                tx.execute("UPDATE job SET response = ?2 WHERE id = ?1", params![id, sealed]).map_err(failed)?;
            }
            if let Some(text) = naming(REQUEST, request)? {
                let sealed = self.seal(&id, REQUEST, &unnamed(&text, speaker))?;
                tx.execute("UPDATE job SET request = ?2 WHERE id = ?1", params![id, sealed]).map_err(failed)?;
            }
        }
        tx.commit().map_err(failed)
    }

    /// The callbacks that are due, and in how many seconds the next one after them will be. Those of the jobs
    /// `called` are under way already, and count.
    pub(crate) fn due(&self, called: &[String], calls: &Calls) -> Result<(Vec<JobRow>, Option<u64>)> {
        let connection = self.lock();
        let time = now();
        let most = calls.at_once.saturating_sub(called.len()) as i64;
        let called = serde_json::to_string(called).unwrap_or_default();
        let mut rows = connection.prepare_cached(DUE).map_err(failed)?;
        let limits =
            params![time as i64, called, calls.to_one as i64, most, calls.of_one as i64, (time + LATEST_CALL) as i64];
        let due: Vec<Sealed> = rows.query_map(limits, read_job).and_then(Iterator::collect).map_err(failed)?;
        let next: Option<i64> = connection
            .query_row("SELECT min(call_at) FROM job WHERE call_at > ?1", [time as i64], |row| row.get(0))
            .map_err(failed)?;
        let due = due.into_iter().map(|sealed| self.opened(sealed)).collect::<Result<_>>()?;
        Ok((due, next.map(|at| (at as u64).saturating_sub(time))))
    }

    /// Notes that a callback was tried, and why it failed; then it is tried again, later each time, unless there
    /// were enough.
    pub(crate) fn called(&self, id: &str, why_not: Option<&str>, again: bool) -> Result<()> {
        self.lock()
            .execute(
                "UPDATE job SET calls = calls + 1, call_note = ?6,
                 call_at = CASE WHEN ?2 OR calls + 1 >= ?3 THEN NULL ELSE ?4 + (?5 << calls) END,
                 webhook = CASE WHEN ?2 OR calls + 1 >= ?3 THEN NULL ELSE webhook END WHERE id = ?1",
                params![id, why_not.is_none() || !again, CALLS, now() as i64, FIRST_WAIT as i64, why_not],
            )
            .map(drop)
            .map_err(failed)
    }

    /// Puts a callback off without trying it.
    pub(crate) fn call_later(&self, id: &str, seconds: u64) -> Result<()> {
        self.lock()
            .execute("UPDATE job SET call_at = ?2 WHERE id = ?1", params![id, (now() + seconds) as i64])
            .map(drop)
            .map_err(failed)
    }

    fn seal(&self, id: &str, column: &str, text: &str) -> Result<Vec<u8>> {
        self.envelope.seal(id, column, text.as_bytes())
    }

    fn read(&self, id: &str, column: &str, sealed: &[u8]) -> Result<String> {
        let bytes = self.envelope.read(id, column, sealed).map_err(|fault| fault.0)?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }

    fn opened(&self, sealed: Sealed) -> Result<JobRow> {
        let Sealed { mut job, webhook, response } = sealed;
        let read =
            |column, sealed: Option<Vec<u8>>| sealed.map(|sealed| self.read(&job.id, column, &sealed)).transpose();
        let (webhook, response) = (read(WEBHOOK, webhook)?, read(RESPONSE, response)?);
        (job.webhook, job.response) = (webhook, response);
        Ok(job)
    }
}

/// The encrypted columns.
const REQUEST: &str = "request";
const WEBHOOK: &str = "webhook";
const RESPONSE: &str = "response";

/// A job as it is stored: its callback's address and its result are encrypted.
struct Sealed {
    job: JobRow,
    webhook: Option<Vec<u8>>,
    response: Option<Vec<u8>>,
}

/// By what jobs with the same receiver of callbacks are known: the address up to its path.
fn receiver(key: &Key, webhook: &str) -> Vec<u8> {
    const SCHEME: usize = 8;
    let path = webhook.get(SCHEME..).and_then(|rest| rest.find('/'));
    key.mark(path.and_then(|path| webhook.get(..SCHEME + path)).unwrap_or(webhook))
}

/// Jobs of which a value is not as it was written, in words.
pub(super) fn unreadable(connection: &Connection, envelope: &Envelope) -> Outcome<Vec<String>> {
    let mut rows = connection.prepare("SELECT id, request, webhook, response FROM job")?;
    let mut rows = rows.query([])?;
    let mut faults = Vec::new();
    while let Some(row) = rows.next()? {
        let id: String = row.get(0)?;
        for (at, column) in [REQUEST, WEBHOOK, RESPONSE].into_iter().enumerate() {
            let sealed: Option<Vec<u8>> = row.get(at + 1)?;
            if sealed.is_some_and(|sealed| envelope.read(&id, column, &sealed).is_err()) {
                faults.push(format!("the {column} of job {id} was changed"));
            }
        }
    }
    Ok(faults)
}

/// Encrypts the jobs of a file that was not encrypted.
pub(super) fn encrypt_all(connection: &Connection, envelope: &Envelope, key: &Key) -> Outcome<()> {
    let mut rows = connection.prepare("SELECT id, request, webhook, response FROM job")?;
    let jobs: Vec<(String, [Option<Vec<u8>>; 3])> = rows
        .query_map([], |row| Ok((row.get(0)?, [row.get(1)?, row.get(2)?, row.get(3)?])))?
        .collect::<rusqlite::Result<_>>()?;
    let mut update =
        connection.prepare("UPDATE job SET request = ?2, webhook = ?3, response = ?4, receiver = ?5 WHERE id = ?1")?;
    for (id, [request, webhook, response]) in jobs {
        let receiver = webhook.as_deref().map(|webhook| receiver(key, &String::from_utf8_lossy(webhook)));
        let seal = |column, plain: Option<Vec<u8>>| plain.map(|plain| envelope.seal(&id, column, &plain)).transpose();
        let (request, webhook) = (seal(REQUEST, request)?, seal(WEBHOOK, webhook)?);
        update.execute(params![id, request, webhook, seal(RESPONSE, response)?, receiver])?;
    }
    Ok(())
}

/// Forgets jobs that were done long ago. Those that wait or run stay, whatever the clock says.
pub(super) fn sweep(connection: &Connection) -> Result<()> {
    let oldest = now().saturating_sub(JOB_SECONDS) as i64;
    connection.execute("DELETE FROM job WHERE state = 2 AND completed_at <= ?1", [oldest]).map(drop).map_err(failed)
}

/// A result without the name of a speaker.
pub(crate) fn anonymous(text: &str, speaker: &SpeakerId) -> String {
    fn forget(value: &mut serde_json::Value, speaker: &str) {
        match value {
            serde_json::Value::Array(values) => values.iter_mut().for_each(|value| forget(value, speaker)),
            serde_json::Value::Object(members) => {
                for (name, member) in members {
                    if name == "speakerId" && member == speaker {
                        *member = NOT_IDENTIFIED.into();
                    }
                    forget(member, speaker);
                }
            }
            _ => {}
        }
    }
    let Ok(mut value) = serde_json::from_str(text) else { return "{}".to_owned() };
    forget(&mut value, speaker.as_str());
    value.to_string()
}

/// A request that names a speaker who is not there any more. It stays one that cannot be done: an empty list would
/// be another question.
fn unnamed(text: &str, speaker: &SpeakerId) -> String {
    let Ok(mut input) = serde_json::from_str::<JobInput>(text) else { return "{}".to_owned() };
    for ids in [&mut input.asked.speaker_ids, &mut input.asked.enrollment_ids].into_iter().flatten() {
        for id in ids.iter_mut().filter(|id| *id == speaker.as_str()) {
            *id = crate::server::convert::DELETED.to_owned();
        }
    }
    serde_json::to_string(&input).unwrap_or_else(|_| "{}".to_owned())
}

/// Those that are being called stand first in the ranks of their receiver, and of their account.
const DUE: &str = "
    WITH due AS (
        SELECT *, id IN (SELECT value FROM json_each(?2)) AS called
        FROM job WHERE call_at <= ?1 OR call_at > ?6
    ), ranked AS (
        SELECT *, row_number() OVER (PARTITION BY receiver ORDER BY called DESC, call_at) AS rank,
            row_number() OVER (PARTITION BY account ORDER BY called DESC, call_at) AS place FROM due
    )
    SELECT id, account, api, webhook, created_at, completed_at, failed, response, call_note, app
    FROM ranked WHERE NOT called AND rank <= ?3 AND place <= ?5 ORDER BY call_at LIMIT ?4";

const JOB: &str =
    "SELECT id, account, api, webhook, created_at, completed_at, failed, response, call_note, app FROM job";

fn read_job(row: &Row<'_>) -> rusqlite::Result<Sealed> {
    let job = JobRow {
        id: row.get(0)?,
        account: row.get(1)?,
        api: row.get(2)?,
        webhook: None,
        created_at: row.get::<_, i64>(4)? as u64,
        completed_at: row.get::<_, Option<i64>>(5)?.map(|at| at as u64),
        failed: row.get::<_, Option<bool>>(6)?.unwrap_or(false),
        response: None,
        call_note: row.get(8)?,
        app: row.get(9)?,
    };
    Ok(Sealed { job, webhook: row.get(3)?, response: row.get(7)? })
}

fn waiting(connection: &Connection) -> Result<usize> {
    let count: i64 =
        connection.query_row("SELECT count(*) FROM job WHERE state < 2", [], |row| row.get(0)).map_err(failed)?;
    Ok(count as usize)
}
