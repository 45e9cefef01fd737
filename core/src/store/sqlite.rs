//! The registry in an SQLite file: one transaction for each change, any number of processes.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use rusqlite::{Connection, OptionalExtension, Row, Transaction, TransactionBehavior, params};
#[cfg(feature = "server")]
use sha2::{Digest, Sha256};

use super::deleted;
use super::fault::{self, Fault, Outcome, exists, mixed, not_found};
use super::file::{
    BUSY, existing_file, migrate, plain_connection, private_file, read_connection, refuse_foreign, set_up,
};
use super::files::{Files, replaced};
use super::profile::{Folded, NewSample, Profile};
use super::wipe::{mark, wipe};
use crate::audio::{heard_from_bytes, heard_to_bytes};
use crate::rules::REPEATED_SHARE;
use crate::rules::{self, round};
use crate::runtime::PerProcess;
use crate::runtime::apart;
use crate::runtime::now;
use crate::types::enrollment::{Enrollment, ListOptions, Page, Quality, Sample, Write};
use crate::types::error::{Code, Error, Result};
use crate::{CallOptions, Problem, SpeakerId};

/// How long it waits before it looks whether it is to wait on.
const TURN: Duration = Duration::from_millis(50);
/// How long a deletion waits for readers before it leaves the wiping to others.
const WIPE: Duration = Duration::from_secs(1);

const SPEAKER: &str = "SELECT id, speaker_id, model, quality, complete, speech_seconds, total_seconds FROM speaker";

/// Says what is wrong with adding a recording to what is known of a speaker, if anything.
pub(crate) type Guard<'a> = Box<dyn Fn(&Profile, &NewSample) -> Option<Problem> + 'a>;

/// What came of adding recordings.
pub(crate) struct Added {
    /// None if nothing was added.
    pub(crate) enrollment: Option<Enrollment>,
    /// The recordings of another voice, by their number, and why.
    pub(crate) others: Vec<(usize, Problem)>,
}

/// How a store is opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Access {
    /// Created if it does not exist.
    #[default]
    Create,
    /// Written to, but not made.
    Existing,
    /// Not written to, in any way: it may be a backup, or on a disk that cannot be written.
    Read,
}

/// A store file. Connections are opened as they are needed, used by one call at a time, and kept;
/// a forked child opens its own.
pub(crate) struct Sqlite {
    path: PathBuf,
    access: Access,
    /// Tells this store's idle connections from those of others.
    key: u64,
    /// The files that were opened first. Its log and index may change from process to process.
    files: Files,
    /// Whether its log was taken away while this process had it open.
    broken: AtomicBool,
    pub(super) calls: AtomicU32,
}

/// A connection and the files behind it.
struct Held {
    connection: Connection,
    files: Files,
}

impl Sqlite {
    /// Opens a store; where it is made, it is readable by its owner alone.
    pub(crate) fn open(path: &Path, access: Access) -> Result<Self> {
        apart(|| Self::opened(path, access))
    }

    fn opened(path: &Path, access: Access) -> Result<Self> {
        let path = if access == Access::Create { private_file(path)? } else { existing_file(path)? };
        static KEYS: AtomicU64 = AtomicU64::new(0);
        let key = KEYS.fetch_add(1, Ordering::Relaxed);
        if access == Access::Read {
            let store = Self {
                files: Files::at(&path),
                path,
                access,
                key,
                broken: AtomicBool::new(false),
                calls: AtomicU32::new(0),
            };
            store.with(|connection| refuse_foreign(connection))?;
            return Ok(store);
        }
        let mut connection = patiently(&CallOptions::new(), || {
            let mut connection = plain_connection(&path)?;
            refuse_foreign(&connection)?;
            set_up(&connection)?;
            migrate(&mut connection)?;
            Ok(connection)
        })?;
        wipe(&connection, TURN);
        let files = settled(&path, &mut connection).map_err(|Fault(error)| error)?;
        let store = Self { path, access, key, files, broken: AtomicBool::new(false), calls: AtomicU32::new(0) };
        store.give_back(Held { connection, files });
        Ok(store)
    }

    /// Opens a store for a command that only looks: for writing where that can be, as every process does its part in
    /// wiping what was deleted.
    pub(crate) fn open_to_look(path: &Path) -> Result<Self> {
        match Self::open(path, Access::Existing) {
            Err(error) if error.code() == Code::StoreFailed.as_str() => Self::open(path, Access::Read),
            opened => opened,
        }
    }

    /// What marks the file as this store, and how many changes it has seen.
    #[cfg(feature = "server")]
    pub(crate) fn mark(&self) -> Result<(Vec<u8>, i64)> {
        self.with(|connection| mark_of(connection))
    }

    /// Whether the file is still the one that was opened.
    #[cfg(feature = "server")]
    pub(crate) fn is_there(&self) -> bool {
        Files::at(&self.path).main == self.files.main
    }

    /// Looks at what is on the disk, past what SQLite keeps in memory, and whether it may be written to.
    #[cfg(feature = "server")]
    pub(crate) fn examine(&self) -> Result<()> {
        let examined = || -> Outcome<()> {
            let connection = plain_connection(&self.path)?;
            refuse_foreign(&connection)?;
            mark_of(&connection)?;
            connection.busy_timeout(Duration::ZERO)?;
            match connection.execute_batch("BEGIN IMMEDIATE; ROLLBACK").map_err(Fault::from) {
                Err(Fault(error)) if error.code() != Code::StoreBusy.as_str() => Err(Fault(error)),
                _ => Ok(()),
            }
        };
        apart(examined).map_err(|Fault(error)| error)?;
        // Whether the connections that are open are of what is there.
        self.with(|_| Ok(()))
    }

    /// Fails early where `add` would, before anybody listens to a recording for nothing.
    pub(crate) fn expect(&self, id: &SpeakerId, write: Write, model: &str) -> Result<()> {
        self.with(|connection| check(id, write, model, find(connection, id)?.as_ref()))
    }

    /// Adds recordings to a speaker in one transaction, but for those that `guard` finds to be of
    /// another voice than the one enrolled so far: those come back with what it found. Where no
    /// recording is left nothing is changed, and there is no enrollment.
    pub(crate) fn add(
        &self,
        id: &SpeakerId,
        model: &str,
        write: Write,
        samples: &[NewSample],
        guard: &Guard<'_>,
        control: &CallOptions,
    ) -> Result<Added> {
        self.change(control, |tx| {
            let found = find(tx, id)?;
            check(id, write, model, found.as_ref())?;
            let mut profile = match &found {
                Some(speaker) => read_profile(tx, speaker.key)?,
                None => Profile::default(),
            };
            let known = match &found {
                Some(speaker) => read_heard(tx, speaker.key)?,
                None => Vec::new(),
            };
            let (mut fitting, mut others, mut again) = (Vec::<(usize, &NewSample)>::new(), Vec::new(), Vec::new());
            for (number, sample) in samples.iter().enumerate() {
                let earlier = fitting
                    .iter()
                    .filter_map(|(number, one)| Some((Earlier::New(*number), one.heard.as_ref()?.kept())));
                let earlier = known.iter().map(|(id, kept)| (Earlier::Known(*id), kept.clone())).chain(earlier);
                if let Some((of, share)) = repeated(sample, earlier) {
                    again.push((number, of, share));
                    continue;
                }
                match guard(&profile, sample) {
                    Some(problem) => others.push((number, problem)),
                    None => {
                        profile.add(&sample.folded());
                        fitting.push((number, sample));
                    }
                }
            }
            let told = |ids: &[(usize, i64)]| {
                again
                    .iter()
                    .map(|(number, of, share)| (*number, rules::repeated(*share, &of.told(ids))))
                    .collect::<Vec<_>>()
            };
            if fitting.is_empty() {
                // Nothing new was said, and what there is stays as it is.
                let enrollment = if again.is_empty() { None } else { Some(enrollment(tx, id)?) };
                others.extend(told(&[]));
                others.sort_by_key(|(number, _)| *number);
                return Ok(Added { enrollment, others });
            }
            let key = match found {
                Some(speaker) => speaker.key,
                None => {
                    deleted::forget(tx, id)?;
                    tx.prepare_cached(
                        "INSERT INTO speaker (speaker_id, model, quality, complete, speech_seconds, total_seconds,
                         recordings, snr_sum, bandwidth_sum, changed) VALUES (?1, ?2, 'Poor', 0, 0, 0, 0, 0, 0, 0)",
                    )?
                    .execute(params![id.as_str(), model])?;
                    tx.last_insert_rowid()
                }
            };
            let mut ids = Vec::with_capacity(fitting.len());
            for (number, sample) in fitting {
                insert_sample(tx, key, sample)?;
                ids.push((number, tx.last_insert_rowid()));
            }
            others.extend(told(&ids));
            others.sort_by_key(|(number, _)| *number);
            write_profile(tx, key, &profile)?;
            Ok(Added { enrollment: Some(enrollment(tx, id)?), others })
        })
    }

    pub(crate) fn get(&self, id: &SpeakerId) -> Result<Enrollment> {
        // One snapshot for the speaker and the recordings.
        self.with(|connection| {
            let snapshot = connection.transaction()?;
            enrollment(&snapshot, id)
        })
    }

    pub(crate) fn list(&self, options: &ListOptions) -> Result<Page> {
        options.check()?;
        let ListOptions { partial, page, per_page, ref after } = *options;
        self.with(|connection| {
            // One snapshot for the count and the rows.
            let tx = connection.transaction()?;
            let choice = if partial { "WHERE true" } else { "WHERE complete = 1" };
            let total: i64 = tx
                .prepare_cached(&format!("SELECT count(*) FROM speaker {choice}"))?
                .query_row([], |row| row.get(0))?;
            let skipped = if after.is_some() { 0 } else { i64::from(page - 1) * i64::from(per_page) };
            // No id is empty, so that all come after the empty one. One more than asked for says whether more follow.
            let after = after.as_ref().map_or("", SpeakerId::as_str);
            let mut records = tx
                .prepare_cached(&format!(
                    "{SPEAKER} {choice} AND speaker_id > ?1 ORDER BY speaker_id LIMIT ?2 OFFSET ?3"
                ))?
                .query_map(params![after, i64::from(per_page) + 1, skipped], read_speaker)?
                .collect::<rusqlite::Result<Vec<_>>>()?;
            let more = records.len() > per_page as usize;
            records.truncate(per_page as usize);
            let next_after = records.last().filter(|_| more).map(|last| last.enrollment.speaker_id.clone());
            for speaker in &mut records {
                speaker.enrollment.recordings = read_samples(&tx, speaker.key)?;
            }
            Ok(Page {
                records: records.into_iter().map(|speaker| speaker.enrollment).collect(),
                page,
                per_page,
                total_pages: u32::try_from((total as u64).div_ceil(u64::from(per_page))).unwrap_or(u32::MAX),
                total: total as u64,
                next_after,
            })
        })
    }

    /// Removes a speaker, wipes what was stored of the voice, and remembers that the id was there.
    pub(crate) fn delete(&self, id: &SpeakerId, control: &CallOptions) -> Result<()> {
        self.change(control, |tx| {
            let key = tx
                .prepare_cached("DELETE FROM speaker WHERE speaker_id = ?1 RETURNING id")?
                .query_row([id.as_str()], |row| row.get::<_, i64>(0))
                .optional()?;
            let Some(key) = key else {
                let gone = deleted::remembers(tx, id)?;
                return Err(if gone { fault::deleted(id) } else { not_found(id) }.into());
            };
            let changed = next_change(tx)?;
            tx.prepare_cached("INSERT INTO removal (changed, speaker) VALUES (?1, ?2)")?.execute([changed, key])?;
            deleted::remember(tx, id)?;
            mark(tx)
        })?;
        self.wipe_patiently();
        Ok(())
    }

    /// Removes one recording and folds the rest anew. A speaker without recordings stays, incomplete.
    pub(crate) fn remove_sample(&self, id: &SpeakerId, sample: i64, control: &CallOptions) -> Result<Enrollment> {
        let after = self.change(control, |tx| {
            let Some(speaker) = find(tx, id)? else { return Err(not_found(id).into()) };
            let removed = tx.execute("DELETE FROM sample WHERE id = ?1 AND speaker = ?2", [sample, speaker.key])?;
            if removed == 0 {
                return Err(Error::new(
                    Code::SampleNotFound,
                    format!("speaker {id} has no recording {sample}; the enrollment lists the numbers"),
                )
                .into());
            }
            write_profile(tx, speaker.key, &refold(tx, speaker.key)?)?;
            mark(tx)?;
            enrollment(tx, id)
        })?;
        self.wipe_patiently();
        Ok(after)
    }

    /// Whether an id is enrolled.
    pub(crate) fn has(&self, id: &SpeakerId) -> Result<bool> {
        self.with(|connection| Ok(find(connection, id)?.is_some()))
    }

    /// One transaction, taking its turn as a writer before it reads anything. Until it is committed the caller may
    /// end it. What is reported as done stands in the file that is there.
    fn change<T>(&self, control: &CallOptions, work: impl FnOnce(&Transaction<'_>) -> Outcome<T>) -> Result<T> {
        if self.access == Access::Read {
            return Err(Error::new(
                Code::StoreReadOnly,
                "the store was opened read-only, and nothing was changed; open it for writing",
            ));
        }
        self.with_files(|connection, files| {
            connection.busy_timeout(TURN)?;
            let begun = || Ok(Transaction::new_unchecked(connection, TransactionBehavior::Immediate)?);
            let tx = patiently(control, begun);
            connection.busy_timeout(BUSY)?;
            let tx = tx?;
            let result = work(&tx)?;
            control.ended()?;
            tx.commit()?;
            files.check(&self.path)?;
            wipe(connection, TURN);
            Ok(result)
        })
    }

    /// What a deletion does: a reader may take its time.
    fn wipe_patiently(&self) {
        // The deletion itself stands.
        let _ = self.with(|connection| {
            wipe(connection, WIPE);
            Ok(())
        });
    }

    /// Lends a connection to `work`. No lock is held meanwhile.
    pub(super) fn with<T>(&self, work: impl FnOnce(&mut Connection) -> Outcome<T>) -> Result<T> {
        self.with_files(|connection, _| work(connection))
    }

    fn with_files<T>(&self, work: impl FnOnce(&mut Connection, &Files) -> Outcome<T>) -> Result<T> {
        apart(|| self.lent(work))
    }

    fn lent<T>(&self, work: impl FnOnce(&mut Connection, &Files) -> Outcome<T>) -> Result<T> {
        if self.access == Access::Read {
            return self.reading(work);
        }
        let mut held = self.take()?;
        let result = work(&mut held.connection, &held.files);
        self.look(&held.connection);
        self.give_back(held);
        result.map_err(|Fault(error)| error)
    }

    /// A connection to the files that are there.
    fn take(&self) -> Result<Held> {
        if self.broken.load(Ordering::Relaxed) {
            return Err(replaced());
        }
        let waiting = idle().get_mut(&self.key).and_then(Vec::pop);
        if let Some(held) = waiting {
            let Err(error) = held.files.check(&self.path) else { return Ok(held) };
            if Files::at(&self.path).main == self.files.main {
                // The log or its index is gone. Connections of this process share the old index, so that none may
                // begin anew beside them; but what was acknowledged is saved.
                self.broken.store(true, Ordering::Relaxed);
                if held.files.only_log_gone(&self.path) {
                    let _: rusqlite::Result<()> =
                        held.connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()));
                }
            }
            return Err(error);
        }
        patiently(&CallOptions::new(), || {
            let mut connection = plain_connection(&self.path)?;
            set_up(&connection)?;
            let files = settled(&self.path, &mut connection)?;
            if files.main != self.files.main {
                return Err(replaced().into());
            }
            Ok(Held { connection, files })
        })
    }

    /// Reads without leaving a trace. Where there is no log, nobody has the store open for writing, and it is read as
    /// a file that does not change; whether that was so is seen afterwards.
    fn reading<T>(&self, work: impl FnOnce(&mut Connection, &Files) -> Outcome<T>) -> Result<T> {
        let state = || {
            let main = std::fs::metadata(&self.path).ok();
            (Files::at(&self.path), main.and_then(|main| Some((main.len(), main.modified().ok()?))))
        };
        let before = state();
        if before.0.main != self.files.main {
            return Err(replaced());
        }
        let quiet = self.is_quiet();
        let done = read_connection(&self.path, quiet).and_then(|mut connection| work(&mut connection, &before.0));
        if quiet && state() != before {
            return Err(Error::new(Code::StoreBusy, "the store was changed during the read; try again"));
        }
        done.map_err(|Fault(error)| error)
    }

    fn is_quiet(&self) -> bool {
        std::fs::metadata(super::files::beside(&self.path, "-wal")).map_or(true, |log| log.len() == 0)
    }

    fn give_back(&self, held: Held) {
        idle().entry(self.key).or_default().push(held);
    }
}

/// The files behind a new connection, which has looked into them: only then its log is there and stays.
fn settled(path: &Path, connection: &mut Connection) -> Outcome<Files> {
    let before = Files::at(path);
    connection.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))?;
    let files = Files::at(path);
    if before.main != files.main || files.main.is_none() {
        return Err(replaced().into());
    }
    Ok(files)
}

#[cfg(feature = "server")]
fn mark_of(connection: &Connection) -> Outcome<(Vec<u8>, i64)> {
    let salt: Vec<u8> =
        connection.prepare_cached("SELECT value FROM setting WHERE name = 'salt'")?.query_row([], |row| row.get(0))?;
    let changes = connection
        .prepare_cached("SELECT value FROM counter WHERE name = 'changes'")?
        .query_row([], |row| row.get(0))?;
    // Not the salt itself: with it, ids whose digests an earlier version wrote without a key could be tried out.
    let mark = Sha256::new().chain_update(b"the mark of a store").chain_update(salt).finalize();
    Ok((mark.to_vec(), changes))
}

impl Drop for Sqlite {
    fn drop(&mut self) {
        apart(|| {
            let connections = idle().remove(&self.key);
            // Closing does I/O, and the lock is free again by now.
            drop(connections);
        });
    }
}

/// This process's idle connections, by the key of their store. A forked child first closes all that
/// it inherited: SQLite would take the parent's locks, which it finds noted in memory, for the
/// child's own. The parent's real locks keep this closing from touching the file. No connection was in use: a fork
/// waits for that.
fn idle() -> MutexGuard<'static, HashMap<u64, Vec<Held>>> {
    static IDLE: PerProcess<Mutex<HashMap<u64, Vec<Held>>>> = PerProcess::new();
    let here = IDLE.get(|inherited| {
        for stores in inherited {
            if let Ok(mut stores) = stores.try_lock() {
                stores.clear();
            }
        }
        Mutex::new(HashMap::new())
    });
    here.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Repeats what finds the store busy: some of it SQLite refuses without waiting, such as the first switch to a
/// write-ahead log.
pub(crate) fn patiently<T>(control: &CallOptions, work: impl Fn() -> Outcome<T>) -> Result<T> {
    let start = Instant::now();
    loop {
        match work() {
            Err(Fault(error)) if error.code() == Code::StoreBusy.as_str() && start.elapsed() < BUSY => {
                control.ended()?;
                std::thread::sleep(Duration::from_millis(10));
            }
            result => return result.map_err(|Fault(error)| error),
        }
    }
}

fn check(id: &SpeakerId, write: Write, model: &str, found: Option<&Speaker>) -> Outcome<()> {
    match (found, write) {
        (Some(_), Write::Create) => Err(exists(id).into()),
        (None, Write::Update) => Err(not_found(id).into()),
        (Some(speaker), _) if speaker.model != model => Err(mixed(id, &speaker.model, model).into()),
        _ => Ok(()),
    }
}

struct Speaker {
    key: i64,
    model: String,
    enrollment: Enrollment,
}

fn find(connection: &Connection, id: &SpeakerId) -> Outcome<Option<Speaker>> {
    Ok(connection
        .prepare_cached(&format!("{SPEAKER} WHERE speaker_id = ?1"))?
        .query_row([id.as_str()], read_speaker)
        .optional()?)
}

fn enrollment(connection: &Connection, id: &SpeakerId) -> Outcome<Enrollment> {
    let Some(mut speaker) = find(connection, id)? else { return Err(not_found(id).into()) };
    speaker.enrollment.recordings = read_samples(connection, speaker.key)?;
    Ok(speaker.enrollment)
}

fn read_speaker(row: &Row<'_>) -> rusqlite::Result<Speaker> {
    let damaged =
        |column| rusqlite::Error::InvalidColumnType(column, "speaker".to_owned(), rusqlite::types::Type::Text);
    let speaker_id = SpeakerId::parse(row.get::<_, String>(1)?).map_err(|_| damaged(1))?;
    let quality = Quality::parse(row.get_ref(3)?.as_str()?).ok_or_else(|| damaged(3))?;
    let model: String = row.get(2)?;
    let speech_seconds: f64 = row.get(5)?;
    Ok(Speaker {
        key: row.get(0)?,
        model: model.clone(),
        enrollment: Enrollment {
            speaker_id,
            quality,
            complete: row.get(4)?,
            speech_seconds: round(speech_seconds, 3),
            total_seconds: round(row.get(6)?, 3),
            missing_seconds: rules::missing_seconds(speech_seconds),
            model,
            recordings: Vec::new(),
        },
    })
}

fn read_samples(connection: &Connection, speaker: i64) -> Outcome<Vec<Sample>> {
    Ok(connection
        .prepare_cached(
            "SELECT id, speech_seconds, total_seconds, snr_db, bandwidth_hz, enrolled_at, problems
             FROM sample WHERE speaker = ?1 ORDER BY id",
        )?
        .query_map([speaker], |row| {
            let problems: Vec<Problem> = serde_json::from_str(row.get_ref(6)?.as_str()?).unwrap_or_default();
            Ok(Sample {
                id: row.get(0)?,
                input: None,
                accepted: true,
                speech_seconds: row.get(1)?,
                total_seconds: row.get(2)?,
                snr_db: row.get(3)?,
                bandwidth_hz: row.get(4)?,
                enrolled_at: Some(row.get::<_, i64>(5)? as u64),
                problems,
            })
        })?
        .collect::<rusqlite::Result<_>>()?)
}

fn insert_sample(tx: &Transaction<'_>, speaker: i64, sample: &NewSample) -> Outcome<()> {
    let problems = serde_json::to_string(&sample.problems)
        .map_err(|error| Error::new(Code::Internal, "a problem could not be written as JSON").because(error))?;
    tx.prepare_cached(
        "INSERT INTO sample (speaker, speech_seconds, total_seconds, snr_db, bandwidth_hz, enrolled_at, problems,
         vector, heard) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    )?
    .execute(params![
        speaker,
        sample.speech_seconds,
        sample.total_seconds,
        sample.snr_db,
        sample.bandwidth_hz,
        now() as i64,
        problems,
        to_blob(&sample.vector),
        sample.heard.as_ref().map(|heard| heard_to_bytes(&heard.kept())),
    ])?;
    Ok(())
}

/// A recording that was enrolled before: in the registry, or earlier in the same call.
enum Earlier {
    Known(i64),
    New(usize),
}

impl Earlier {
    fn told(&self, ids: &[(usize, i64)]) -> String {
        let id = match self {
            Self::Known(id) => Some(id),
            Self::New(number) => ids.iter().find(|(place, _)| place == number).map(|(_, id)| id),
        };
        id.map_or_else(|| "an earlier recording".to_owned(), |id| format!("recording {id}"))
    }
}

/// Which earlier recording a new one repeats, if any, and the share of its speech that is in it.
fn repeated(sample: &NewSample, earlier: impl Iterator<Item = (Earlier, Vec<u16>)>) -> Option<(Earlier, f64)> {
    let heard = sample.heard.as_ref()?;
    let shares = earlier.map(|(of, kept)| (of, heard.share_in(&kept)));
    shares.max_by(|a, b| a.1.total_cmp(&b.1)).filter(|(_, share)| *share >= REPEATED_SHARE)
}

fn read_heard(tx: &Transaction<'_>, speaker: i64) -> Outcome<Vec<(i64, Vec<u16>)>> {
    Ok(tx
        .prepare_cached("SELECT id, heard FROM sample WHERE speaker = ?1 AND heard IS NOT NULL ORDER BY id")?
        .query_map([speaker], |row| Ok((row.get(0)?, heard_from_bytes(row.get_ref(1)?.as_blob().unwrap_or_default()))))?
        .collect::<rusqlite::Result<_>>()?)
}

fn read_profile(tx: &Transaction<'_>, speaker: i64) -> Outcome<Profile> {
    Ok(tx
        .prepare_cached(
            "SELECT speech_seconds, total_seconds, recordings, agreement, snr_sum, bandwidth_sum, vector_sum
             FROM speaker LEFT JOIN voiceprint ON voiceprint.speaker = speaker.id WHERE speaker.id = ?1",
        )?
        .query_row([speaker], |row| {
            Ok(Profile {
                speech_seconds: row.get(0)?,
                total_seconds: row.get(1)?,
                recordings: row.get::<_, i64>(2)? as usize,
                agreement: row.get(3)?,
                snr_sum: row.get(4)?,
                bandwidth_sum: row.get(5)?,
                vector_sum: from_blob(row.get_ref(6)?.as_blob_or_null()?.unwrap_or_default()),
            })
        })?)
}

fn write_profile(tx: &Transaction<'_>, speaker: i64, profile: &Profile) -> Outcome<()> {
    let model: String =
        tx.prepare_cached("SELECT model FROM speaker WHERE id = ?1")?.query_row([speaker], |row| row.get(0))?;
    let quality = rules::quality(&profile.evidence(), &model);
    tx.prepare_cached(
        "UPDATE speaker SET quality = ?2, complete = ?3, speech_seconds = ?4, total_seconds = ?5, recordings = ?6,
         agreement = ?7, snr_sum = ?8, bandwidth_sum = ?9, changed = ?10 WHERE id = ?1",
    )?
    .execute(params![
        speaker,
        quality.as_str(),
        rules::is_complete(profile.speech_seconds),
        profile.speech_seconds,
        profile.total_seconds,
        profile.recordings as i64,
        profile.agreement,
        profile.snr_sum,
        profile.bandwidth_sum,
        next_change(tx)?,
    ])?;
    tx.prepare_cached("INSERT OR REPLACE INTO voiceprint (speaker, vector_sum) VALUES (?1, ?2)")?
        .execute(params![speaker, to_blob(&profile.vector_sum)])?;
    Ok(())
}

/// Counts one more change of the registry.
fn next_change(tx: &Transaction<'_>) -> Outcome<i64> {
    Ok(tx
        .prepare_cached("UPDATE counter SET value = value + 1 WHERE name = 'changes' RETURNING value")?
        .query_row([], |row| row.get(0))?)
}

/// The profile made again from the recordings that are left.
fn refold(tx: &Transaction<'_>, speaker: i64) -> Outcome<Profile> {
    let mut profile = Profile::default();
    let mut statement = tx.prepare_cached(
        "SELECT vector, speech_seconds, total_seconds, snr_db, bandwidth_hz FROM sample WHERE speaker = ?1 ORDER BY id",
    )?;
    let mut rows = statement.query([speaker])?;
    while let Some(row) = rows.next()? {
        let vector = from_blob(row.get_ref(0)?.as_blob().unwrap_or_default());
        profile.add(&Folded {
            vector: &vector,
            speech_seconds: row.get(1)?,
            total_seconds: row.get(2)?,
            snr_db: row.get(3)?,
            bandwidth_hz: row.get(4)?,
        });
    }
    Ok(profile)
}

fn to_blob(vector: &[f32]) -> Vec<u8> {
    vector.iter().flat_map(|x| x.to_le_bytes()).collect()
}

pub(super) fn from_blob(blob: &[u8]) -> Vec<f32> {
    blob.chunks_exact(4).map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]])).collect()
}
