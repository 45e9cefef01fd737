//! Enrolling, as a user of the registry meets it.
#![allow(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

mod common;

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Barrier, Mutex};
use std::time::{Duration, Instant};

use common::{Store, an_hour, clip, id};
use sha2::{Digest as _, Sha256};
use voiceroll::{CallOptions, ErrorKind, ListOptions, Recording, Registry};

/// The bytes of every file of the store.
fn on_disk(store: &Store) -> Vec<u8> {
    std::fs::read_dir(store.folder.path())
        .unwrap()
        .flat_map(|entry| std::fs::read(entry.unwrap().path()).unwrap())
        .collect()
}

#[test]
fn nothing_of_a_deleted_voice_stays_on_the_disk() {
    let store = Store::plain();
    store.registry.enroll(&id("ada"), clip("ada-3.webm")).unwrap();
    let vectors: Vec<Vec<u8>> = {
        let connection = rusqlite::Connection::open(store.path()).unwrap();
        let read = |sql: &str| connection.query_row(sql, [], |row| row.get::<_, Vec<u8>>(0)).unwrap();
        vec![read("SELECT vector FROM sample"), read("SELECT vector_sum FROM voiceprint")]
    };
    let stored = |needle: &[u8]| on_disk(&store).windows(needle.len()).any(|window| window == needle);
    assert!(vectors.iter().all(|vector| stored(vector)));
    store.registry.delete(&id("ada")).unwrap();
    for vector in &vectors {
        assert!(!vector.chunks(64).any(stored), "part of a voiceprint is still there");
    }
    assert!(!stored(b"ada"), "the id is still there");
}

#[test]
fn voiceprints_of_two_models_are_never_mixed() {
    let store = Store::plain();
    store.registry.enroll(&id("ada"), clip("ada-3.webm")).unwrap();
    let connection = rusqlite::Connection::open(store.path()).unwrap();
    connection.execute("UPDATE speaker SET model = 'another'", []).unwrap();
    let error = store.registry.enroll(&id("ada"), clip("ada-2.m4a")).unwrap_err();
    assert_eq!((error.kind(), error.code()), (ErrorKind::ModelMismatch, "model_mismatch"));
    assert!(error.to_string().contains("another") && error.to_string().contains("voiceroll-m3"));
}

#[test]
fn a_store_without_a_name_is_a_wrong_argument() {
    let error = Registry::open("").unwrap_err();
    assert_eq!((error.code(), error.kind()), ("invalid_option", ErrorKind::InvalidInput));
}

#[test]
fn a_store_that_is_none_of_ours_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let open = |name: &str| Registry::open(folder.path().join(name)).map(drop).unwrap_err();
    std::fs::write(folder.path().join("text.db"), "this is no database, but long enough to look at".repeat(40))
        .unwrap();
    assert_eq!(open("text.db").code(), "store_damaged");

    rusqlite::Connection::open(folder.path().join("other.db")).unwrap().execute("CREATE TABLE t (x)", []).unwrap();
    assert_eq!(open("other.db").code(), "store_damaged");

    Registry::open(folder.path().join("new.db")).unwrap();
    let connection = rusqlite::Connection::open(folder.path().join("new.db")).unwrap();
    connection.pragma_update(None, "user_version", 99).unwrap();
    assert_eq!(open("new.db").code(), "store_newer");
}

#[cfg(unix)]
#[test]
fn the_store_is_private_to_its_owner() {
    use std::os::unix::fs::PermissionsExt;
    let store = Store::new();
    store.registry.enroll(&id("ada"), clip("ada-3.webm")).unwrap();
    for entry in std::fs::read_dir(store.folder.path()).unwrap() {
        let mode = entry.unwrap().metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0, "{mode:o}");
    }
}

#[test]
fn many_at_once_lose_nothing() {
    const THREADS: usize = 6;
    let store = Store::new();
    let together = Arc::new(Barrier::new(THREADS));
    // Parts of one recording: the same one would count once.
    let spoken = common::talk::spoken("ada-1.mp3");
    let threads: Vec<_> = spoken
        .chunks_exact(spoken.len() / THREADS)
        .take(THREADS)
        .map(|part| {
            let part = Recording::from_i16(part, 1, 16_000);
            let (path, together) = (store.path(), Arc::clone(&together));
            std::thread::spawn(move || {
                let registry = voiceroll::blocking::Registry::open(path).unwrap();
                together.wait();
                registry.enroll(&id("ada"), part).unwrap();
            })
        })
        .collect();
    threads.into_iter().for_each(|thread| thread.join().unwrap());
    assert_eq!(store.registry.get(&id("ada")).unwrap().recordings.len(), THREADS);
}

#[test]
fn a_store_that_is_just_being_made_is_not_taken_for_another_database() {
    for _ in 0..20 {
        let folder = tempfile::tempdir().unwrap();
        let together = Arc::new(Barrier::new(8));
        let threads: Vec<_> = (0..8)
            .map(|_| {
                let (path, together) = (folder.path().join("voices.db"), Arc::clone(&together));
                std::thread::spawn(move || {
                    together.wait();
                    Registry::open(path).unwrap()
                })
            })
            .collect();
        threads.into_iter().for_each(|thread| drop(thread.join().unwrap()));
    }
}

#[tokio::test(flavor = "current_thread")]
async fn heavy_work_leaves_the_runtime_free() {
    let folder = tempfile::tempdir().unwrap();
    let registry = Registry::open(folder.path().join("voices.db")).unwrap();
    let ticks = Arc::new(AtomicUsize::new(0));
    let ticking = {
        let ticks = Arc::clone(&ticks);
        tokio::spawn(async move {
            loop {
                tokio::time::sleep(Duration::from_millis(5)).await;
                ticks.fetch_add(1, Ordering::Relaxed);
            }
        })
    };
    let work = (0..8).map(|n| {
        let registry = registry.clone();
        tokio::spawn(async move { registry.enroll(&id(&format!("s_{n}")), clip("ada-1.mp3")).await })
    });
    let started = Instant::now();
    for task in work.collect::<Vec<_>>() {
        task.await.unwrap().unwrap();
    }
    let expected = started.elapsed().as_millis() as usize / 5;
    ticking.abort();
    // A runtime that waits for the work ticks eight times at most; a loaded machine may skip most ticks.
    assert!(ticks.load(Ordering::Relaxed) * 20 >= expected, "{ticks:?} of {expected} ticks");
    assert_eq!(registry.list(ListOptions::new()).await.unwrap().total, 8);
}

#[tokio::test(flavor = "current_thread")]
async fn dropping_a_future_stops_its_work() {
    let folder = tempfile::tempdir().unwrap();
    let registry = Registry::open(folder.path().join("voices.db")).unwrap();
    let (ada, hour) = (id("ada"), an_hour());
    for _ in 0..8 {
        let work = registry.enroll(&ada, hour.clone());
        assert!(tokio::time::timeout(Duration::from_millis(20), work).await.is_err());
    }
    // The workers are free again, or this would wait for eight hours of noise.
    let started = Instant::now();
    registry.enroll(&id("ben"), clip("ben-1.wav")).await.unwrap();
    assert!(started.elapsed() < Duration::from_secs(10), "{:?}", started.elapsed());
}

#[test]
fn progress_rises_to_the_end() {
    let Store { registry, folder: _folder } = Store::new();
    let seen = Arc::new(Mutex::new(Vec::new()));
    let control = {
        let seen = Arc::clone(&seen);
        CallOptions::new().on_progress(move |progress| seen.lock().unwrap().push(progress))
    };
    registry.with(control).enroll(&id("ada"), [clip("ada-1.mp3"), clip("ada-2.m4a")]).unwrap();
    let seen = seen.lock().unwrap();
    assert!(seen.len() > 4);
    assert!(seen.is_sorted_by(|a, b| a.fraction <= b.fraction));
    assert_eq!(seen.last().unwrap().fraction, 1.0);
    assert!(seen.iter().all(|progress| progress.recordings == 2));
    assert!(seen.iter().any(|progress| progress.recording == 1));
}

#[test]
fn a_foreign_database_is_not_touched() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("other.db");
    rusqlite::Connection::open(&path).unwrap().execute("CREATE TABLE t (x)", []).unwrap();
    let before = std::fs::read(&path).unwrap();
    assert_eq!(Registry::open(&path).unwrap_err().code(), "store_damaged");
    assert_eq!(std::fs::read(&path).unwrap(), before);
}

#[test]
fn the_file_alone_does_not_say_which_ids_were_deleted() {
    let store = Store::plain();
    let registry = &store.registry;
    registry.enroll(&id("ada"), clip("ada-1.mp3")).unwrap();
    registry.delete(&id("ada")).unwrap();
    assert_eq!(registry.delete(&id("ada")).unwrap_err().code(), "speaker_deleted");

    // By what the file has, a digest of the id cannot be made.
    let file = rusqlite::Connection::open(store.path()).unwrap();
    let salt: Vec<u8> = file.query_row("SELECT value FROM setting WHERE name = 'salt'", [], |row| row.get(0)).unwrap();
    let kept: Vec<u8> = file.query_row("SELECT digest FROM deleted", [], |row| row.get(0)).unwrap();
    assert_ne!(kept, Sha256::new().chain_update(salt).chain_update("ada").finalize().to_vec());

    let key = store.folder.path().join("voices.db-key");
    #[cfg(unix)]
    assert_eq!(std::os::unix::fs::PermissionsExt::mode(&key.metadata().unwrap().permissions()) & 0o777, 0o600);
    std::fs::remove_file(&key).unwrap();
    assert_eq!(registry.delete(&id("ada")).unwrap_err().code(), "speaker_not_found");
    // It works on without, and makes another.
    registry.enroll(&id("ada"), clip("ada-1.mp3")).unwrap();
    registry.delete(&id("ada")).unwrap();
    assert_eq!(registry.delete(&id("ada")).unwrap_err().code(), "speaker_deleted");
}

#[test]
fn a_deletion_does_not_wait_long_for_a_reader_and_is_wiped_later() {
    let store = Store::new();
    store.registry.enroll(&id("ada"), clip("ada-3.webm")).unwrap();
    let reader = rusqlite::Connection::open(store.path()).unwrap();
    reader.execute_batch("BEGIN; SELECT count(*) FROM speaker").unwrap();
    let vector: Vec<u8> = reader.query_row("SELECT vector FROM sample", [], |row| row.get(0)).unwrap();
    let started = Instant::now();
    store.registry.delete(&id("ada")).unwrap();
    assert!(started.elapsed() < Duration::from_secs(4), "{:?}", started.elapsed());
    reader.execute_batch("COMMIT").unwrap();
    store.registry.enroll(&id("ben"), clip("ben-1.wav")).unwrap();
    let part = &vector[..64];
    assert!(!on_disk(&store).windows(64).any(|window| window == part));
}

/// Nobody who deleted is left, and the last one to leave did not empty the log.
#[test]
fn a_deletion_under_a_reader_is_wiped_by_whoever_comes_next() {
    let enroll = |store: &Store| drop(store.registry.enroll(&id("ben"), clip("ben-1.wav")).unwrap());
    let open = |store: &Store| drop(Registry::open(store.path()).unwrap());
    let read = |store: &Store| (0..20).for_each(|_| drop(store.registry.get(&id("ada"))));
    let next: [fn(&Store); 3] = [enroll, open, read];
    for (way, next) in next.into_iter().enumerate() {
        for whole in [true, false] {
            let store = Store::new();
            let ada = store.registry.enroll(&id("ada"), clip("ada-3.webm")).unwrap();
            let reader = rusqlite::Connection::open(store.path()).unwrap();
            reader.execute_batch("BEGIN").unwrap();
            let vector = |sql: &str| reader.query_row(sql, [], |row| row.get::<_, Vec<u8>>(0)).unwrap();
            let vectors = [vector("SELECT vector FROM sample"), vector("SELECT vector_sum FROM voiceprint")];
            let deleter = voiceroll::blocking::Registry::open(store.path()).unwrap();
            match whole {
                true => deleter.delete(&id("ada")).unwrap(),
                false => drop(deleter.remove_sample(&id("ada"), ada.recordings[0].id.unwrap()).unwrap()),
            }
            drop(deleter);
            reader.execute_batch("COMMIT").unwrap();
            let stored = || vectors.iter().any(|vector| on_disk(&store).windows(64).any(|part| part == &vector[..64]));
            assert!(stored(), "the reader held nothing back");
            next(&store);
            assert!(!stored(), "still there, {way}, {whole}");
            let marks = "SELECT count(*) FROM setting WHERE name = 'unwiped'";
            assert_eq!(reader.query_row(marks, [], |row| row.get::<_, i64>(0)).unwrap(), 0);
        }
    }
}

#[test]
fn limits_are_checked() {
    let folder = tempfile::tempdir().unwrap();
    for seconds in [0.0, -1.0, f64::NAN] {
        let limits = voiceroll::Limits::new().max_seconds(seconds);
        let error = Registry::options().limits(limits).open(folder.path().join("voices.db")).map(drop).unwrap_err();
        assert_eq!(error.code(), "invalid_option", "{seconds}");
    }
}

#[tokio::test(flavor = "current_thread")]
async fn a_look_into_the_store_does_not_wait_behind_recordings() {
    let folder = tempfile::tempdir().unwrap();
    let registry = Registry::open(folder.path().join("voices.db")).unwrap();
    registry.enroll(&id("ben"), clip("ben-1.wav")).await.unwrap();
    let hour = an_hour();
    let long: Vec<_> = (0..32)
        .map(|n| {
            let (registry, hour) = (registry.clone(), hour.clone());
            tokio::spawn(async move { registry.enroll(&id(&format!("s_{n}")), hour).await })
        })
        .collect();
    tokio::task::yield_now().await;
    let started = Instant::now();
    registry.get(&id("ben")).await.unwrap();
    assert!(started.elapsed() < Duration::from_secs(5), "{:?}", started.elapsed());
    long.iter().for_each(tokio::task::JoinHandle::abort);
}
