//! Enrolling, as a user of the registry meets it.
#![allow(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

mod common;

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Barrier, Mutex};
use std::time::{Duration, Instant};

use common::{Store, clip, id};
use voiceroll::{CancelToken, Control, Enrollment, ErrorKind, ListOptions, ProblemCode, Quality, Recording, Registry};

#[test]
fn an_enrollment_grows_until_it_is_complete() {
    let Store { registry, folder: _folder } = Store::new();
    let ben = id("ben");
    let first = registry.create(&ben, clip("ben-1.wav")).unwrap();
    assert!(!first.complete);
    assert_eq!(first.quality, Quality::Poor);
    assert!((first.missing_seconds + first.speech_seconds - 12.0).abs() < 0.01);

    let second = registry.update(&ben, clip("ben-2.ogg")).unwrap();
    assert!(second.complete && second.missing_seconds == 0.0);
    assert!(second.quality > Quality::Poor);
    assert!(second.speech_seconds > first.speech_seconds + 10.0);
    assert!(second.total_seconds > second.speech_seconds);
    assert_eq!(second.recordings.iter().map(|sample| sample.input).collect::<Vec<_>>(), [None, Some(0)]);
    assert_eq!(registry.get(&ben).unwrap(), on_the_roll(second));
}

/// The enrollment as a later call sees it.
fn on_the_roll(mut enrollment: Enrollment) -> Enrollment {
    enrollment.recordings.iter_mut().for_each(|sample| sample.input = None);
    enrollment
}

#[test]
fn create_conflicts_and_update_misses() {
    let Store { registry, folder: _folder } = Store::new();
    let ada = id("ada");
    let error = registry.update(&ada, clip("ada-3.webm")).unwrap_err();
    assert_eq!((error.kind(), error.code()), (ErrorKind::NotFound, "speaker_not_found"));
    registry.create(&ada, clip("ada-3.webm")).unwrap();
    let error = registry.create(&ada, clip("ada-3.webm")).unwrap_err();
    assert_eq!((error.kind(), error.code()), (ErrorKind::Conflict, "speaker_exists"));
    assert_eq!(registry.get(&ada).unwrap().recordings.len(), 1);
}

#[test]
fn a_recording_without_speech_changes_nothing() {
    let Store { registry, folder: _folder } = Store::new();
    let ada = id("ada");
    let error = registry.enroll(&ada, clip("fault-silence.flac")).unwrap_err();
    assert_eq!((error.kind(), error.code()), (ErrorKind::Refused, "recording_refused"));
    assert_eq!(error.problems()[0].code, ProblemCode::NoSpeech);
    assert_eq!(registry.get(&ada).unwrap_err().kind(), ErrorKind::NotFound);

    let before = on_the_roll(registry.enroll(&ada, clip("ada-3.webm")).unwrap());
    registry.enroll(&ada, clip("fault-silence.flac")).unwrap_err();
    assert_eq!(registry.get(&ada).unwrap(), before);
}

#[test]
fn of_several_recordings_each_is_accepted_or_refused_with_its_reasons() {
    let Store { registry, folder: _folder } = Store::new();
    let enrollment = registry.enroll(&id("ada"), [clip("ada-1.mp3"), clip("fault-silence.flac")]).unwrap();
    let [good, bad] = &enrollment.recordings[..] else { panic!("{:?}", enrollment.recordings) };
    assert!(good.accepted && good.id.is_some() && good.enrolled_at.is_some());
    assert!(!bad.accepted && bad.id.is_none());
    assert_eq!((good.input, bad.input), (Some(0), Some(1)));
    assert_eq!(bad.problems[0].code, ProblemCode::NoSpeech);
    assert_eq!(registry.get(&id("ada")).unwrap().recordings.len(), 1, "what was refused is not on the roll");
}

#[test]
fn one_unreadable_recording_of_several_stops_the_call_and_is_named() {
    let Store { registry, folder: _folder } = Store::new();
    let error = registry.enroll(&id("ada"), [clip("ada-3.webm"), clip("not-text.mp3")]).unwrap_err();
    assert_eq!(error.code(), "recording_unsupported");
    assert!(error.to_string().starts_with("recording 2 of 2"), "{error}");
    assert_eq!(registry.get(&id("ada")).unwrap_err().code(), "speaker_not_found");
    assert_eq!(registry.enroll(&id("ada"), Vec::new()).unwrap_err().code(), "invalid_option");
}

#[test]
fn a_deleted_speaker_is_gone_and_may_come_back() {
    let Store { registry, folder: _folder } = Store::new();
    let ada = id("ada");
    assert_eq!(registry.delete(&ada).unwrap_err().kind(), ErrorKind::NotFound);
    registry.enroll(&ada, clip("ada-3.webm")).unwrap();
    registry.delete(&ada).unwrap();
    assert_eq!(registry.get(&ada).unwrap_err().kind(), ErrorKind::NotFound);
    assert_eq!(registry.delete(&ada).unwrap_err().kind(), ErrorKind::Gone);
    registry.create(&ada, clip("ada-3.webm")).unwrap();
    registry.delete(&ada).unwrap();
}

/// The bytes of every file of the store.
fn on_disk(store: &Store) -> Vec<u8> {
    std::fs::read_dir(store.folder.path())
        .unwrap()
        .flat_map(|entry| std::fs::read(entry.unwrap().path()).unwrap())
        .collect()
}

#[test]
fn nothing_of_a_deleted_voice_stays_on_the_disk() {
    let store = Store::new();
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
fn one_recording_can_be_removed_and_the_rest_made_anew() {
    let Store { registry, folder: _folder } = Store::new();
    let (ada, other) = (id("ada"), id("other"));
    let one = on_the_roll(registry.enroll(&ada, clip("ada-2.m4a")).unwrap());
    let both = registry.enroll(&ada, clip("ada-3.webm")).unwrap();
    registry.enroll(&other, clip("ben-1.wav")).unwrap();
    let second = both.recordings[1].id.unwrap();
    assert_eq!(registry.remove_sample(&ada, 999_999).unwrap_err().code(), "sample_not_found");
    assert_eq!(registry.remove_sample(&other, second).unwrap_err().code(), "sample_not_found");
    assert_eq!(registry.remove_sample(&ada, second).unwrap(), one);
    assert_eq!(registry.get(&ada).unwrap(), one);
}

#[test]
fn the_roll_is_listed_in_pages() {
    let Store { registry, folder: _folder } = Store::new();
    for name in ["a_1", "b_2", "c_3"] {
        registry.enroll(&id(name), clip("ada-1.mp3")).unwrap();
    }
    registry.enroll(&id("short"), clip("ben-1.wav")).unwrap();
    let ids = |options: ListOptions| -> Vec<String> {
        registry.list(options).unwrap().records.iter().map(|record| record.speaker_id.to_string()).collect()
    };
    assert_eq!(ids(ListOptions::new()), ["a_1", "b_2", "c_3"], "only complete ones");
    assert_eq!(ids(ListOptions::new().partial(true)), ["a_1", "b_2", "c_3", "short"]);
    assert_eq!(ids(ListOptions::new().per_page(2).page(2)), ["c_3"]);
    assert!(ids(ListOptions::new().per_page(2).page(3)).is_empty());
    let page = registry.list(ListOptions::new().per_page(2)).unwrap();
    assert_eq!((page.page, page.per_page, page.total_pages, page.total), (1, 2, 2, 3));
    assert_eq!(page.records[0], registry.get(&id("a_1")).unwrap());
    assert_eq!(registry.list(ListOptions::new().page(0)).unwrap_err().code(), "invalid_option");
    assert_eq!(registry.list(ListOptions::new().per_page(1001)).unwrap_err().code(), "invalid_option");
}

#[test]
fn more_agreeing_speech_earns_a_better_word() {
    let Store { registry, folder: _folder } = Store::new();
    let ada = id("ada");
    let mut words = Vec::new();
    for file in ["ada-3.webm", "ada-2.m4a", "ada-1.mp3"] {
        words.push(registry.enroll(&ada, clip(file)).unwrap().quality);
    }
    assert!(words.is_sorted(), "{words:?}");
    assert_eq!(words[0], Quality::Poor, "too little speech");
    assert!(words[2] >= Quality::Good, "{words:?}");

    let mixed = id("mixed");
    registry.enroll(&mixed, [clip("ada-1.mp3"), clip("ben-2.ogg")]).unwrap();
    assert!(registry.get(&mixed).unwrap().quality < words[2], "two people under one id do not agree");
}

#[test]
fn voiceprints_of_two_models_are_never_mixed() {
    let store = Store::new();
    store.registry.enroll(&id("ada"), clip("ada-3.webm")).unwrap();
    let connection = rusqlite::Connection::open(store.path()).unwrap();
    connection.execute("UPDATE speaker SET model = 'another'", []).unwrap();
    let error = store.registry.enroll(&id("ada"), clip("ada-2.m4a")).unwrap_err();
    assert_eq!((error.kind(), error.code()), (ErrorKind::ModelMismatch, "model_mismatch"));
    assert!(error.to_string().contains("another") && error.to_string().contains("voiceroll-m3"));
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
    let threads: Vec<_> = (0..THREADS)
        .map(|_| {
            let (path, together) = (store.path(), Arc::clone(&together));
            std::thread::spawn(move || {
                let registry = voiceroll::blocking::Registry::open(path).unwrap();
                together.wait();
                registry.enroll(&id("ada"), clip("ben-1.wav")).unwrap();
            })
        })
        .collect();
    threads.into_iter().for_each(|thread| thread.join().unwrap());
    assert_eq!(store.registry.get(&id("ada")).unwrap().recordings.len(), THREADS);
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
    assert!(ticks.load(Ordering::Relaxed) * 3 >= expected, "{ticks:?} of {expected} ticks");
    assert_eq!(registry.list(ListOptions::new()).await.unwrap().total, 8);
}

/// An hour of noise would take seconds; this must end at once.
fn an_hour() -> Recording {
    let rate = 8000u32;
    let size = rate * 3600;
    let mut file = Vec::with_capacity(44 + size as usize);
    file.extend_from_slice(b"RIFF\xff\xff\xff\xffWAVEfmt \x10\0\0\0\x01\0\x01\0");
    file.extend_from_slice(&rate.to_le_bytes());
    file.extend_from_slice(&rate.to_le_bytes());
    file.extend_from_slice(b"\x01\0\x08\0data");
    file.extend_from_slice(&size.to_le_bytes());
    file.extend((0..size).map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8));
    Recording::from_bytes(file)
}

#[test]
fn a_cancelled_call_stops_soon_and_changes_nothing() {
    let Store { registry, folder: _folder } = Store::new();
    let token = CancelToken::new();
    let canceller = {
        let token = token.clone();
        std::thread::spawn(move || {
            std::thread::sleep(Duration::from_millis(50));
            token.cancel();
            Instant::now()
        })
    };
    let error = registry.with(Control::new().cancel_with(&token)).enroll(&id("ada"), an_hour()).unwrap_err();
    let stopped = Instant::now();
    assert_eq!((error.kind(), error.is_retryable()), (ErrorKind::Cancelled, true));
    assert!(stopped - canceller.join().unwrap() < Duration::from_millis(500));
    assert_eq!(registry.get(&id("ada")).unwrap_err().kind(), ErrorKind::NotFound);
}

#[test]
fn a_call_keeps_to_its_time() {
    let Store { registry, folder: _folder } = Store::new();
    let hurried = registry.with(Control::new().timeout(Duration::from_millis(50)));
    let started = Instant::now();
    let error = hurried.enroll(&id("ada"), an_hour()).unwrap_err();
    assert_eq!((error.kind(), error.is_retryable()), (ErrorKind::Timeout, true));
    assert!(started.elapsed() < Duration::from_secs(2));
    hurried.get(&id("ada")).unwrap_err();
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
    assert!(started.elapsed() < Duration::from_secs(3), "{:?}", started.elapsed());
}

#[test]
fn progress_rises_to_the_end() {
    let Store { registry, folder: _folder } = Store::new();
    let seen = Arc::new(Mutex::new(Vec::new()));
    let control = {
        let seen = Arc::clone(&seen);
        Control::new().on_progress(move |progress| seen.lock().unwrap().push(progress))
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
fn errors_and_debug_forms_hold_no_voice() {
    let store = Store::new();
    let enrollment = store.registry.enroll(&id("ada"), clip("ada-3.webm")).unwrap();
    let printed = format!("{:?} {enrollment:?} {}", store.registry, serde_json::to_string(&enrollment).unwrap());
    assert!(!printed.contains("vector") && printed.len() < 4000);
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
    assert!(started.elapsed() < Duration::from_secs(1), "{:?}", started.elapsed());
    long.iter().for_each(tokio::task::JoinHandle::abort);
}
