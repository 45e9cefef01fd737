//! The roll in an SQLite file: one transaction for each change, any number of processes.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};
#[cfg(feature = "server")]
use sha2::{Digest, Sha256};

use super::consent::{Terms, no_consent, permit};
use super::deleted;
use super::fault::{self, Fault, Outcome, exists, mixed, not_found};
use super::file::{existing_file, migrate, plain_connection, private_file, read_connection, refuse_foreign, set_up};
use super::files::{Files, replaced};
use super::profile::{Folded, NewSample, Profile};
use super::row::{COLUMNS, SampleRow, Speaker, of_sample, vector};
use super::vault::{Locker, Protection, Vault};
use super::wipe::{mark, wipe};
use crate::audio::{REPEATED_SHARE, heard_from_bytes, heard_to_bytes};
use crate::enrollment::{Enrollment, ListOptions, Page, Sample, now};
use crate::error::{Code, Error, Result};
use crate::fork::apart;
use crate::process::PerProcess;
use crate::rules;
use crate::{ConsentRecord, Control, Problem, SpeakerId};

/// How long a writer waits for another one.
pub(super) const BUSY: Duration = Duration::from_secs(10);
/// How long it waits before it looks whether it is to wait on.
const TURN: Duration = Duration::from_millis(50);
/// How long a deletion waits for readers before it leaves the wiping to others.
const WIPE: Duration = Duration::from_secs(1);

/// Whether a write may create the speaker, must find it, or either.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Write {
    Create,
    Update,
    Either,
}

/// Says what is wrong with adding a recording to what is known of a speaker, if anything.
pub(crate) type Guard<'a> = Box<dyn Fn(&Profile, &NewSample) -> Option<Problem> + 'a>;

/// What is added to a speaker.
pub(crate) struct Adding<'a> {
    pub(crate) samples: &'a [NewSample],
    pub(crate) guard: &'a Guard<'a>,
    /// What the speaker consented to, to be kept with them.
    pub(crate) consent: Option<&'a ConsentRecord>,
}

/// What came of adding recordings.
pub(crate) struct Added {
    /// None where nothing was added.
    pub(crate) enrollment: Option<Enrollment>,
    /// The recordings of another voice, by their number, and why.
    pub(crate) others: Vec<(usize, Problem)>,
}

/// How a store is opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Access {
    /// Made where there is none.
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
    pub(super) vault: Vault,
    /// What is asked of speakers.
    pub(crate) terms: Terms,
}

/// A connection and the files behind it.
struct Held {
    connection: Connection,
    files: Files,
}

impl Sqlite {
    /// Opens a store; where it is made, it is readable by its owner alone.
    pub(crate) fn open(path: &Path, access: Access, protection: &Protection) -> Result<Self> {
        apart(|| Self::opened(path, access, protection))
    }

    fn opened(path: &Path, access: Access, protection: &Protection) -> Result<Self> {
        let path = if access == Access::Create { private_file(path)? } else { existing_file(path)? };
        static KEYS: AtomicU64 = AtomicU64::new(0);
        let key = KEYS.fetch_add(1, Ordering::Relaxed);
        if access == Access::Read {
            let files = Files::at(&path);
            let vault = reading(&path, &files, |connection, _| {
                refuse_foreign(connection)?;
                Vault::look(connection, &path, protection)
            })?;
            return Ok(Self {
                files,
                path,
                access,
                key,
                broken: AtomicBool::new(false),
                calls: AtomicU32::new(0),
                vault,
                terms: Terms::default(),
            });
        }
        let (mut connection, vault) = patiently(&Control::new(), || {
            let mut connection = plain_connection(&path)?;
            refuse_foreign(&connection)?;
            set_up(&connection)?;
            migrate(&mut connection)?;
            let vault = Vault::open(&mut connection, &path, protection)?;
            Ok((connection, vault))
        })?;
        wipe(&connection, TURN);
        let files = settled(&path, &mut connection).map_err(|Fault(error)| error)?;
        let store = Self {
            path,
            access,
            key,
            files,
            broken: AtomicBool::new(false),
            calls: AtomicU32::new(0),
            vault,
            terms: Terms::default(),
        };
        store.give_back(Held { connection, files });
        Ok(store)
    }

    /// Opens a store for a command that only looks: for writing where that can be, as every process does its part in
    /// wiping what was deleted.
    pub(crate) fn open_to_look(path: &Path, protection: &Protection) -> Result<Self> {
        match Self::open(path, Access::Existing, protection) {
            Err(error) if error.code() == Code::StoreFailed.as_str() => Self::open(path, Access::Read, protection),
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
    pub(crate) fn expect(
        &self,
        id: &SpeakerId,
        write: Write,
        model: &str,
        consent: Option<&ConsentRecord>,
    ) -> Result<()> {
        self.with(|connection| {
            let found = find(connection, &self.vault, id)?;
            self.check(connection, id, write, model, consent, found.as_ref())
        })
    }

    fn check(
        &self,
        connection: &Connection,
        id: &SpeakerId,
        write: Write,
        model: &str,
        consent: Option<&ConsentRecord>,
        found: Option<&(Speaker, Locker)>,
    ) -> Outcome<()> {
        match (found, write) {
            (Some(_), Write::Create) => Err(exists(id).into()),
            (None, Write::Update) => Err(not_found(id).into()),
            (Some((speaker, _)), _) if speaker.model != model => Err(mixed(id, &speaker.model, model).into()),
            (Some((speaker, locker)), _) => permit(connection, self.terms, speaker, locker, consent),
            (None, _) if self.terms.require_consent && !consent.is_some_and(|record| record.is_valid_at(now())) => {
                Err(no_consent(id).into())
            }
            (None, _) => Ok(()),
        }
    }

    /// Adds recordings to a speaker in one transaction, but for those that `guard` finds to be of
    /// another voice than the one enrolled so far: those come back with what it found. Where no
    /// recording is left nothing is changed, and there is no enrollment.
    pub(crate) fn add(
        &self,
        id: &SpeakerId,
        model: &str,
        write: Write,
        adding: &Adding<'_>,
        control: &Control,
    ) -> Result<Added> {
        let Adding { samples, guard, consent } = *adding;
        self.change(control, |tx| {
            let found = find(tx, &self.vault, id)?;
            self.check(tx, id, write, model, consent, found.as_ref())?;
            let mut profile = match &found {
                Some((speaker, locker)) => read_profile(tx, speaker, locker)?,
                None => Profile::default(),
            };
            let known = match &found {
                Some((speaker, locker)) => read_heard(tx, speaker, locker)?,
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
                let enrollment = if again.is_empty() { None } else { Some(enrollment(tx, &self.vault, id)?) };
                others.extend(told(&[]));
                others.sort_by_key(|(number, _)| *number);
                return Ok(Added { enrollment, others });
            }
            let (mut speaker, locker) = match found {
                Some(found) => found,
                None => {
                    deleted::forget(tx, &self.vault, id)?;
                    insert_speaker(tx, &self.vault, id, model)?
                }
            };
            let mut ids = Vec::with_capacity(fitting.len());
            for (number, sample) in fitting {
                let heard = sample.heard.as_ref().map(|heard| heard_to_bytes(&heard.kept()));
                let inserted = insert_sample(tx, &speaker, &locker, sample, heard.as_deref(), now() as i64)?;
                ids.push((number, inserted));
            }
            others.extend(told(&ids));
            others.sort_by_key(|(number, _)| *number);
            write_profile(tx, &mut speaker, &locker, &profile)?;
            if let Some(record) = consent {
                super::consent::add(tx, speaker.key, &locker, record)?;
            }
            Ok(Added { enrollment: Some(enrollment(tx, &self.vault, id)?), others })
        })
    }

    pub(crate) fn get(&self, id: &SpeakerId) -> Result<Enrollment> {
        // One snapshot for the speaker and the recordings.
        self.with(|connection| {
            let snapshot = connection.transaction()?;
            enrollment(&snapshot, &self.vault, id)
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
            let mut speakers = tx
                .prepare_cached(&format!(
                    "SELECT {COLUMNS} FROM speaker {choice} AND speaker_id > ?1 ORDER BY speaker_id LIMIT ?2 OFFSET ?3"
                ))?
                .query_map(params![after, i64::from(per_page) + 1, skipped], Speaker::read)?
                .collect::<rusqlite::Result<Vec<_>>>()?;
            let more = speakers.len() > per_page as usize;
            speakers.truncate(per_page as usize);
            let next_after = speakers.last().filter(|_| more).map(|last| last.id.clone());
            let records =
                speakers.into_iter().map(|speaker| whole(&tx, &self.vault, speaker)).collect::<Outcome<Vec<_>>>()?;
            Ok(Page {
                records,
                page,
                per_page,
                total_pages: u32::try_from((total as u64).div_ceil(u64::from(per_page))).unwrap_or(u32::MAX),
                total: total as u64,
                next_after,
            })
        })
    }

    /// Removes a speaker, wipes what was stored of the voice, and remembers that the id was there.
    pub(crate) fn delete(&self, id: &SpeakerId, control: &Control) -> Result<()> {
        self.change(control, |tx| remove(tx, &self.vault, id))?;
        self.wipe_patiently();
        Ok(())
    }

    /// Removes one recording and folds the rest anew. A speaker without recordings stays, incomplete.
    pub(crate) fn remove_sample(&self, id: &SpeakerId, sample: i64, control: &Control) -> Result<Enrollment> {
        let after = self.change(control, |tx| {
            let Some((mut speaker, locker)) = find(tx, &self.vault, id)? else { return Err(not_found(id).into()) };
            let removed = tx.execute("DELETE FROM sample WHERE id = ?1 AND speaker = ?2", [sample, speaker.key])?;
            if removed == 0 {
                return Err(Error::new(
                    Code::SampleNotFound,
                    format!("speaker {id} has no recording {sample}; its enrollment lists their numbers"),
                )
                .into());
            }
            let left = refold(tx, &speaker, &locker)?;
            write_profile(tx, &mut speaker, &locker, &left)?;
            mark(tx)?;
            enrollment(tx, &self.vault, id)
        })?;
        self.wipe_patiently();
        Ok(after)
    }

    /// Whether an id is on the roll.
    pub(crate) fn has(&self, id: &SpeakerId) -> Result<bool> {
        self.with(|connection| Ok(find(connection, &self.vault, id)?.is_some()))
    }

    /// One transaction, taking its turn as a writer before it reads anything. Until it is committed the caller may
    /// end it. What is reported as done stands in the file that is there.
    pub(super) fn change<T>(&self, control: &Control, work: impl FnOnce(&Transaction<'_>) -> Outcome<T>) -> Result<T> {
        if self.access == Access::Read {
            return Err(Error::new(
                Code::StoreReadOnly,
                "the store was opened for reading alone, and nothing was changed; open it for writing",
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
    pub(super) fn wipe_patiently(&self) {
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
            return reading(&self.path, &self.files, work);
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
        patiently(&Control::new(), || {
            let mut connection = plain_connection(&self.path)?;
            set_up(&connection)?;
            let files = settled(&self.path, &mut connection)?;
            if files.main != self.files.main {
                return Err(replaced().into());
            }
            Ok(Held { connection, files })
        })
    }

    fn give_back(&self, held: Held) {
        idle().entry(self.key).or_default().push(held);
    }
}

/// Reads without leaving a trace. Where there is no log, nobody has the store open for writing, and it is read as
/// a file that does not change; whether that was so is seen afterwards.
fn reading<T>(path: &Path, files: &Files, work: impl FnOnce(&mut Connection, &Files) -> Outcome<T>) -> Result<T> {
    let state = || {
        let main = std::fs::metadata(path).ok();
        (Files::at(path), main.and_then(|main| Some((main.len(), main.modified().ok()?))))
    };
    let before = state();
    if before.0.main != files.main {
        return Err(replaced());
    }
    let quiet = std::fs::metadata(super::files::beside(path, "-wal")).map_or(true, |log| log.len() == 0);
    let done = read_connection(path, quiet).and_then(|mut connection| work(&mut connection, &before.0));
    if quiet && state() != before {
        return Err(Error::new(Code::StoreBusy, "the store was written to while it was read; try again"));
    }
    done.map_err(|Fault(error)| error)
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
/// child's own. The parent's real locks keep this closing from touching the file. No connection was in use: a fork waits
/// for that.
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
pub(crate) fn patiently<T>(control: &Control, work: impl Fn() -> Outcome<T>) -> Result<T> {
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

/// The speaker of an id, whose row was found to be what was written.
pub(super) fn find(connection: &Connection, vault: &Vault, id: &SpeakerId) -> Outcome<Option<(Speaker, Locker)>> {
    let found = connection
        .prepare_cached(&format!("SELECT {COLUMNS} FROM speaker WHERE speaker_id = ?1"))?
        .query_row([id.as_str()], Speaker::read)
        .optional()?;
    let Some(speaker) = found else { return Ok(None) };
    let locker = speaker.locker(connection, vault)?;
    Ok(Some((speaker, locker)))
}

pub(super) fn enrollment(connection: &Connection, vault: &Vault, id: &SpeakerId) -> Outcome<Enrollment> {
    let Some((speaker, locker)) = find(connection, vault, id)? else { return Err(not_found(id).into()) };
    let recordings = read_samples(connection, &speaker, &locker)?;
    Ok(Enrollment { recordings, ..speaker.enrollment() })
}

/// A speaker's row with the recordings.
fn whole(connection: &Connection, vault: &Vault, speaker: Speaker) -> Outcome<Enrollment> {
    let locker = speaker.locker(connection, vault)?;
    let recordings = read_samples(connection, &speaker, &locker)?;
    Ok(Enrollment { recordings, ..speaker.enrollment() })
}

fn read_samples(connection: &Connection, speaker: &Speaker, locker: &Locker) -> Outcome<Vec<Sample>> {
    let mut statement = connection.prepare_cached(
        "SELECT id, speech_seconds, total_seconds, snr_db, bandwidth_hz, enrolled_at, problems, seal
         FROM sample WHERE speaker = ?1 ORDER BY id",
    )?;
    let mut rows = statement.query([speaker.key])?;
    let mut samples = Vec::new();
    while let Some(row) = rows.next()? {
        let sample = SampleRow {
            speaker: speaker.key,
            id: row.get(0)?,
            speech_seconds: row.get(1)?,
            total_seconds: row.get(2)?,
            snr_db: row.get(3)?,
            bandwidth_hz: row.get(4)?,
            enrolled_at: row.get(5)?,
            problems: row.get_ref(6)?.as_str()?,
        };
        locker.check(&sample.bound(locker), row.get_ref(7)?.as_blob_or_null()?)?;
        samples.push(Sample {
            id: Some(sample.id),
            input: None,
            accepted: true,
            speech_seconds: sample.speech_seconds,
            total_seconds: sample.total_seconds,
            snr_db: sample.snr_db,
            bandwidth_hz: sample.bandwidth_hz,
            enrolled_at: Some(sample.enrolled_at as u64),
            problems: serde_json::from_str::<Vec<Problem>>(sample.problems).unwrap_or_default(),
        });
    }
    Ok(samples)
}

/// A new speaker, of whom nothing is known yet.
pub(super) fn insert_speaker(
    tx: &Transaction<'_>,
    vault: &Vault,
    id: &SpeakerId,
    model: &str,
) -> Outcome<(Speaker, Locker)> {
    tx.prepare_cached(
        "INSERT INTO speaker (speaker_id, model, quality, complete, speech_seconds, total_seconds, recordings, snr_sum,
         bandwidth_sum, changed, expires_at) VALUES (?1, ?2, 'Poor', 0, 0, 0, 0, 0, 0, 0, ?3)",
    )?
    .execute(params![id.as_str(), model, super::consent::default_expiry(tx)?])?;
    let key = tx.last_insert_rowid();
    let locker = vault.make_key(tx, key)?;
    let speaker =
        tx.prepare_cached(&format!("SELECT {COLUMNS} FROM speaker WHERE id = ?1"))?.query_row([key], Speaker::read)?;
    Ok((speaker, locker))
}

/// Adds a recording; its number. `heard`: by what it is known again.
pub(super) fn insert_sample(
    tx: &Transaction<'_>,
    speaker: &Speaker,
    locker: &Locker,
    sample: &NewSample,
    heard: Option<&[u8]>,
    enrolled_at: i64,
) -> Outcome<i64> {
    let problems = serde_json::to_string(&sample.problems)
        .map_err(|error| Error::new(Code::Internal, "a problem could not be written as JSON").because(error))?;
    // The number is known beforehand, as what is encrypted is bound to it; nobody else writes now.
    let last: Option<i64> = tx
        .prepare_cached("SELECT seq FROM sqlite_sequence WHERE name = 'sample'")?
        .query_row([], |row| row.get(0))
        .optional()?;
    let id = last.unwrap_or(0) + 1;
    let row = SampleRow {
        speaker: speaker.key,
        id,
        speech_seconds: sample.speech_seconds,
        total_seconds: sample.total_seconds,
        snr_db: sample.snr_db,
        bandwidth_hz: sample.bandwidth_hz,
        enrolled_at,
        problems: &problems,
    };
    let bound = |kind| of_sample(locker, kind, speaker.key, id, &speaker.model);
    tx.prepare_cached(
        "INSERT INTO sample (id, speaker, speech_seconds, total_seconds, snr_db, bandwidth_hz, enrolled_at, problems,
         vector, heard, seal) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
    )?
    .execute(params![
        id,
        row.speaker,
        row.speech_seconds,
        row.total_seconds,
        row.snr_db,
        row.bandwidth_hz,
        row.enrolled_at,
        row.problems,
        locker.seal(&bound(b's'), &to_blob(&sample.vector))?,
        heard.map(|heard| locker.seal(&bound(b'h'), heard)).transpose()?,
        locker.tag(&row.bound(locker))?,
    ])?;
    Ok(id)
}

/// A recording that was enrolled before: on the roll, or earlier in the same call.
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

fn read_heard(tx: &Transaction<'_>, speaker: &Speaker, locker: &Locker) -> Outcome<Vec<(i64, Vec<u16>)>> {
    let mut statement =
        tx.prepare_cached("SELECT id, heard FROM sample WHERE speaker = ?1 AND heard IS NOT NULL ORDER BY id")?;
    let mut rows = statement.query([speaker.key])?;
    let mut known = Vec::new();
    while let Some(row) = rows.next()? {
        let id = row.get(0)?;
        let bound = of_sample(locker, b'h', speaker.key, id, &speaker.model);
        known.push((id, heard_from_bytes(&locker.open(&bound, row.get_ref(1)?.as_blob().unwrap_or_default())?)));
    }
    Ok(known)
}

fn read_profile(tx: &Transaction<'_>, speaker: &Speaker, locker: &Locker) -> Outcome<Profile> {
    let sealed: Option<Vec<u8>> = tx
        .prepare_cached("SELECT vector_sum FROM voiceprint WHERE speaker = ?1")?
        .query_row([speaker.key], |row| row.get(0))
        .optional()?;
    let vector = match sealed {
        Some(sealed) => vector(locker, &speaker.of_voiceprint(locker), &sealed)?,
        None => Vec::new(),
    };
    Ok(speaker.profile(vector))
}

pub(super) fn write_profile(
    tx: &Transaction<'_>,
    speaker: &mut Speaker,
    locker: &Locker,
    profile: &Profile,
) -> Outcome<()> {
    speaker.set(profile, next_change(tx)?);
    speaker.write(tx, locker)?;
    let sealed = locker.seal(&speaker.of_voiceprint(locker), &to_blob(&profile.vector_sum))?;
    tx.prepare_cached("INSERT OR REPLACE INTO voiceprint (speaker, vector_sum) VALUES (?1, ?2)")?
        .execute(params![speaker.key, sealed])?;
    Ok(())
}

/// Removes a speaker with all that is known of the voice, and remembers that the id was there.
pub(super) fn remove(tx: &Transaction<'_>, vault: &Vault, id: &SpeakerId) -> Outcome<()> {
    let key = tx
        .prepare_cached("DELETE FROM speaker WHERE speaker_id = ?1 RETURNING id")?
        .query_row([id.as_str()], |row| row.get::<_, i64>(0))
        .optional()?;
    let Some(key) = key else {
        let gone = deleted::remembers(tx, vault, id)?;
        return Err(if gone { fault::deleted(id) } else { not_found(id) }.into());
    };
    let changed = next_change(tx)?;
    tx.prepare_cached("INSERT INTO removal (changed, speaker) VALUES (?1, ?2)")?.execute([changed, key])?;
    deleted::remember(tx, vault, id)?;
    mark(tx)
}

/// Counts one more change of the roll.
fn next_change(tx: &Transaction<'_>) -> Outcome<i64> {
    Ok(tx
        .prepare_cached("UPDATE counter SET value = value + 1 WHERE name = 'changes' RETURNING value")?
        .query_row([], |row| row.get(0))?)
}

/// The profile made again from the recordings that are left.
pub(super) fn refold(tx: &Connection, speaker: &Speaker, locker: &Locker) -> Outcome<Profile> {
    let mut profile = Profile::default();
    let mut statement = tx.prepare_cached(
        "SELECT id, vector, speech_seconds, total_seconds, snr_db, bandwidth_hz FROM sample WHERE speaker = ?1 ORDER BY id",
    )?;
    let mut rows = statement.query([speaker.key])?;
    while let Some(row) = rows.next()? {
        let bound = of_sample(locker, b's', speaker.key, row.get(0)?, &speaker.model);
        let vector = vector(locker, &bound, row.get_ref(1)?.as_blob().unwrap_or_default())?;
        profile.add(&Folded {
            vector: &vector,
            speech_seconds: row.get(2)?,
            total_seconds: row.get(3)?,
            snr_db: row.get(4)?,
            bandwidth_hz: row.get(5)?,
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
