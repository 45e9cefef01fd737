//! What is stored is encrypted, bound to its place, and readable with the store's key alone.
#![allow(clippy::panic, clippy::unwrap_used, clippy::print_stdout, reason = "a test fails by panicking")]

#[path = "../common/mod.rs"]
mod common;
mod killed;
mod tampered;

use std::path::{Path, PathBuf};

use common::{Store, clip, id};
use rusqlite::Connection;
use voiceroll::blocking::Registry;
use voiceroll::{Decision, KeySource, Result};

/// A store with a key file of its own.
pub(crate) struct Safe {
    pub(crate) folder: tempfile::TempDir,
}

impl Safe {
    pub(crate) fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    /// With ada and ben in it.
    pub(crate) fn with_people() -> Self {
        let safe = Self::new();
        let registry = safe.open().unwrap();
        registry.enroll(&id("ada"), [clip("ada-1.mp3"), clip("ada-2.m4a")]).unwrap();
        registry.enroll(&id("ben"), clip("ben-2.ogg")).unwrap();
        safe
    }

    /// Another one with the same in it, which nobody has open.
    pub(crate) fn copied(&self) -> Self {
        let copy = Self::new();
        std::fs::copy(self.path(), copy.path()).unwrap();
        std::fs::create_dir(copy.keys()).unwrap();
        std::fs::copy(self.key(), copy.keys().join(self.key().file_name().unwrap())).unwrap();
        copy
    }

    pub(crate) fn path(&self) -> PathBuf {
        self.folder.path().join("voices.db")
    }

    fn keys(&self) -> PathBuf {
        self.folder.path().join("elsewhere")
    }

    /// The file with the store's key, once that was made.
    pub(crate) fn key(&self) -> PathBuf {
        files(&self.keys()).find(|path| path.extension().is_some_and(|ending| ending == "key")).unwrap()
    }

    pub(crate) fn open(&self) -> Result<Registry> {
        self.open_with(KeySource::folder(self.keys()))
    }

    pub(crate) fn open_with(&self, source: KeySource) -> Result<Registry> {
        voiceroll::Registry::options().key(source).open(self.path()).map(Into::into)
    }

    pub(crate) fn sql(&self) -> Connection {
        Connection::open(self.path()).unwrap()
    }

    /// Every byte of the store, but not of its key.
    pub(crate) fn on_disk(&self) -> Vec<u8> {
        files(self.folder.path()).flat_map(|path| std::fs::read(path).unwrap()).collect()
    }
}

fn files(folder: &Path) -> impl Iterator<Item = PathBuf> + use<> {
    std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_file())
}

pub(crate) fn holds(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

pub(crate) fn code<T>(result: Result<T>) -> &'static str {
    result.map(drop).unwrap_err().code()
}

/// The vectors that a store without encryption has of these recordings.
fn plain_vectors() -> Vec<Vec<u8>> {
    let plain = Store::plain();
    plain.registry.enroll(&id("ada"), [clip("ada-1.mp3"), clip("ada-2.m4a")]).unwrap();
    vectors(&Connection::open(plain.path()).unwrap())
}

fn vectors(connection: &Connection) -> Vec<Vec<u8>> {
    ["SELECT vector FROM sample", "SELECT heard FROM sample", "SELECT vector_sum FROM voiceprint"]
        .iter()
        .flat_map(|sql| {
            let mut statement = connection.prepare(sql).unwrap();
            let rows = statement.query_map([], |row| row.get::<_, Vec<u8>>(0)).unwrap();
            rows.map(std::result::Result::unwrap).collect::<Vec<_>>()
        })
        .collect()
}

#[test]
fn neither_voiceprints_nor_keys_stand_in_the_files() {
    let safe = Safe::with_people();
    let stored = safe.on_disk();
    for vector in plain_vectors() {
        assert!(!vector.chunks_exact(32).any(|part| holds(&stored, part)), "a part of a voiceprint is readable");
    }
    let key = std::fs::read_to_string(safe.key()).unwrap();
    let key = key.lines().last().unwrap();
    let bytes: Vec<u8> = (0..32).map(|at| u8::from_str_radix(&key[2 * at..2 * at + 2], 16).unwrap()).collect();
    assert!(!holds(&stored, key.as_bytes()) && !holds(&stored, &bytes), "the key is in the store");
}

#[cfg(unix)]
#[test]
fn the_key_file_is_its_owners_alone_and_not_beside_the_store() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let keys = folder.path().join("data/keys");
    let options = voiceroll::Registry::options().key(KeySource::folder(&keys));
    options.open(folder.path().join("voices.db")).unwrap();
    let key = files(&keys).next().unwrap();
    let mode = |path: &Path| path.metadata().unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(&key), mode(&keys)), (0o600, 0o700));
    let text = std::fs::read_to_string(&key).unwrap();
    assert!(text.contains("Without it the voices in the store cannot be read"), "{text}");
    assert_eq!(files(&keys).count(), 1, "nothing else is left in the folder");
}

#[test]
fn a_missing_or_wrong_key_is_an_error_and_no_empty_registry() {
    let safe = Safe::with_people();
    let (key, moved) = (safe.key(), safe.folder.path().join("moved.key"));
    std::fs::rename(&key, &moved).unwrap();
    assert_eq!(code(safe.open()), "key_missing");
    assert!(!key.exists(), "no new key was made for a store that has one");
    assert_eq!(code(safe.open_with(KeySource::variable("VOICEROLL_NO_SUCH_VARIABLE"))), "key_missing");
    assert_eq!(code(safe.open_with(KeySource::command("exit 3"))), "key_missing");
    assert_eq!(code(safe.open_with(KeySource::command(format!("echo {}", "ab".repeat(32))))), "key_wrong");
    std::fs::write(&key, "no key").unwrap();
    assert_eq!(code(safe.open()), "key_wrong");
    let command = format!("cat '{}'", moved.display());
    assert_eq!(safe.open_with(KeySource::command(command)).unwrap().get(&id("ada")).unwrap().recordings.len(), 2);
}

#[test]
fn nothing_of_a_key_is_in_a_debug_form_or_an_error() {
    let safe = Safe::with_people();
    let key = std::fs::read_to_string(safe.key()).unwrap().lines().last().unwrap().to_owned();
    let source = KeySource::command(format!("echo {key}{key}"));
    let options = voiceroll::Registry::options().key(source.clone());
    let error = options.clone().open(safe.path()).unwrap_err();
    let said = format!("{source:?} {options:?} {error} {error:?} {:?}", safe.open().unwrap());
    assert!(!said.contains(&key[..8]) && !said.contains("elsewhere"), "{said}");
}

#[test]
fn a_store_can_be_kept_unencrypted_and_encrypted_later() {
    let store = Store::plain();
    store.registry.enroll(&id("ada"), [clip("ada-1.mp3"), clip("ada-2.m4a")]).unwrap();
    store.registry.enroll(&id("gone"), clip("ben-1.wav")).unwrap();
    store.registry.delete(&id("gone")).unwrap();
    let open = |options: voiceroll::RegistryOptions| -> Registry { options.open(store.path()).unwrap().into() };
    open(voiceroll::Registry::options()).get(&id("ada")).unwrap();
    let plain = vectors(&Connection::open(store.path()).unwrap());
    let before = store.registry.get(&id("ada")).unwrap();

    let registry = open(voiceroll::Registry::options().encrypted(true));
    let stored: Vec<u8> = files(store.folder.path()).flat_map(|path| std::fs::read(path).unwrap()).collect();
    for vector in plain {
        assert!(!vector.chunks_exact(32).any(|part| holds(&stored, part)), "a part of a voiceprint is still readable");
    }
    assert_eq!(registry.get(&id("ada")).unwrap(), before);
    assert_eq!(registry.verify(&id("ada"), &clip("ada-3.webm")).unwrap().decision, Decision::Match);
    assert_eq!(code(registry.delete(&id("gone"))), "speaker_deleted");
    assert!(!store.folder.path().join("voices.db-key").exists(), "the old key is still there");
    assert_eq!(code(store.registry.get(&id("ada"))), "key_missing", "who had it open is not misled");
    // It stays so.
    open(voiceroll::Registry::options().encrypted(false)).enroll(&id("ben"), clip("ben-2.ogg")).unwrap();
    assert_eq!(registry.identify(&clip("ben-1.wav"), voiceroll::Candidates::All).unwrap().speakers, 1);
}

#[test]
fn recognition_works_as_in_a_store_that_is_not_encrypted() {
    let (safe, plain) = (Safe::with_people(), Store::plain());
    let registry = safe.open().unwrap();
    plain.registry.enroll(&id("ada"), [clip("ada-1.mp3"), clip("ada-2.m4a")]).unwrap();
    plain.registry.enroll(&id("ben"), clip("ben-2.ogg")).unwrap();
    let (ada, test) = (id("ada"), clip("ada-3.webm"));
    assert_eq!(registry.verify(&ada, &test).unwrap(), plain.registry.verify(&ada, &test).unwrap());
    let all = || voiceroll::Candidates::All;
    assert_eq!(registry.identify(&test, all()).unwrap(), plain.registry.identify(&test, all()).unwrap());
    // What was encrypted is added to, and taken from.
    let more = registry.enroll(&ada, clip("ada-3.webm")).unwrap();
    assert_eq!(more.recordings.len(), 3);
    let fewer = registry.remove_sample(&ada, more.recordings[0].id.unwrap()).unwrap();
    assert_eq!(fewer.recordings.len(), 2);
    let repeated = registry.enroll(&ada, clip("ada-3.webm")).unwrap();
    assert_eq!(repeated.speech_seconds, fewer.speech_seconds, "a recording is known again");
}

#[test]
fn another_key_takes_the_place_of_the_old_one() {
    let safe = Safe::with_people();
    let reader = safe.open().unwrap();
    let old = std::fs::read(safe.key()).unwrap();
    let voiceprints = || vectors(&safe.sql());
    let before = voiceprints();
    let writer = safe.open().unwrap();
    assert_eq!(writer.rotate_key(false).unwrap(), 2);
    assert_eq!(voiceprints(), before, "no voiceprint was touched");
    assert_eq!(reader.get(&id("ada")).unwrap().recordings.len(), 2);
    reader.enroll(&id("dan"), clip("dan-1.mp3")).unwrap();
    // A backup from before may still be opened.
    let both = std::fs::read_to_string(safe.key()).unwrap();
    assert_eq!(both.lines().filter(|line| !line.starts_with('#')).count(), 2);
    assert_eq!(writer.rotate_key(true).unwrap(), 3);
    let one = std::fs::read_to_string(safe.key()).unwrap();
    assert_eq!(one.lines().filter(|line| !line.starts_with('#')).count(), 1);
    assert_eq!(reader.get(&id("dan")).unwrap().recordings.len(), 1);
    // The old key opens nothing any more.
    std::fs::write(safe.key(), old).unwrap();
    assert_eq!(code(safe.open()), "key_wrong");
}

#[test]
fn a_key_that_is_not_in_a_file_is_replaced_by_the_one_in_front_of_it() {
    let safe = Safe::new();
    let (old, new) = ("01".repeat(32), "02".repeat(32));
    let source = |keys: &str| KeySource::command(format!("echo {keys}"));
    let registry = safe.open_with(source(&old)).unwrap();
    registry.enroll(&id("ada"), clip("ada-1.mp3")).unwrap();
    assert_eq!(code(registry.rotate_key(false)), "invalid_option");
    safe.open_with(source(&format!("{new} {old}"))).unwrap().rotate_key(false).unwrap();
    assert_eq!(safe.open_with(source(&new)).unwrap().get(&id("ada")).unwrap().recordings.len(), 1);
    assert_eq!(code(safe.open_with(source(&old))), "key_wrong");
}

#[test]
fn an_encrypted_backup_can_be_read_where_nothing_is_written() {
    let safe = Safe::with_people();
    let read = voiceroll::Registry::options().key(KeySource::folder(safe.keys())).read_only(true).open(safe.path());
    let read = Registry::from(read.unwrap());
    assert_eq!(read.verify(&id("ada"), &clip("ada-3.webm")).unwrap().decision, Decision::Match);
    assert_eq!(code(read.rotate_key(false)), "store_read_only");
}
