//! The registry in an SQLite file: one transaction for each change, any number of processes.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use rusqlite::{Connection, Transaction, TransactionBehavior, params};
#[cfg(feature = "server")]
use sha2::{Digest, Sha256};

use super::consent::{Terms, no_consent, permit};
use super::deleted;
use super::fault::{Fault, Outcome, exists, mixed, not_found};
use super::file::{
    BUSY, existing_file, migrate, plain_connection, private_file, read_connection, refuse_foreign, set_up,
};
use super::files::{Files, replaced};
use super::profile::{NewSample, Profile};
use super::row::{COLUMNS, Speaker};
use super::speaker::{
    Earlier, enrollment, find, insert_sample, insert_speaker, read_heard, read_profile, refold, remove, repeated,
    whole, write_profile,
};
use super::vault::{Locker, Protection, Vault};
use super::wipe::{mark, wipe};
use crate::audio::heard_to_bytes;
use crate::rules;
use crate::runtime::PerProcess;
use crate::runtime::apart;
use crate::runtime::now;
use crate::types::enrollment::{Enrollment, ListOptions, Page, Write};
use crate::types::error::{Code, Error, Result};
use crate::{CallOptions, ConsentRecord, Problem, SpeakerId};

/// How long it waits before it looks whether it is to wait on.
const TURN: Duration = Duration::from_millis(50);
/// How long a deletion waits for readers before it leaves the wiping to others.
const WIPE: Duration = Duration::from_secs(1);

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
        let (mut connection, vault) = patiently(&CallOptions::new(), || {
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
        control: &CallOptions,
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
    pub(crate) fn delete(&self, id: &SpeakerId, control: &CallOptions) -> Result<()> {
        self.change(control, |tx| remove(tx, &self.vault, id))?;
        self.wipe_patiently();
        Ok(())
    }

    /// Removes one recording and folds the rest anew. A speaker without recordings stays, incomplete.
    pub(crate) fn remove_sample(&self, id: &SpeakerId, sample: i64, control: &CallOptions) -> Result<Enrollment> {
        let after = self.change(control, |tx| {
            let Some((mut speaker, locker)) = find(tx, &self.vault, id)? else { return Err(not_found(id).into()) };
            let removed = tx.execute("DELETE FROM sample WHERE id = ?1 AND speaker = ?2", [sample, speaker.key])?;
            if removed == 0 {
                return Err(Error::new(
                    Code::SampleNotFound,
                    format!("speaker {id} has no recording {sample}; the enrollment lists the numbers"),
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

    /// Whether an id is enrolled.
    pub(crate) fn has(&self, id: &SpeakerId) -> Result<bool> {
        self.with(|connection| Ok(find(connection, &self.vault, id)?.is_some()))
    }

    /// One transaction, taking its turn as a writer before it reads anything. Until it is committed the caller may
    /// end it. What is reported as done stands in the file that is there.
    pub(super) fn change<T>(
        &self,
        control: &CallOptions,
        work: impl FnOnce(&Transaction<'_>) -> Outcome<T>,
    ) -> Result<T> {
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
        let result = result.map_err(|Fault(error)| self.cause(error, Some(&held.files)));
        self.give_back(held);
        result
    }

    /// Files that are gone or replaced, where they are why the database failed.
    fn cause(&self, error: Error, files: Option<&Files>) -> Error {
        if error.code() != Code::StoreFailed.as_str() {
            return error;
        }
        if self.broken.load(Ordering::Relaxed) {
            return replaced();
        }
        match files {
            Some(files) => files.check(&self.path).err().unwrap_or(error),
            // Its log may have ended and begun anew since it was opened.
            None if Files::at(&self.path).main != self.files.main => replaced(),
            None => error,
        }
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
        let begun = patiently(&CallOptions::new(), || {
            let mut connection = plain_connection(&self.path)?;
            set_up(&connection)?;
            let files = settled(&self.path, &mut connection)?;
            if files.main != self.files.main {
                return Err(replaced().into());
            }
            Ok(Held { connection, files })
        });
        begun.map_err(|error| self.cause(error, None))
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
