//! The behaviour of a registry, where it is kept here.
#![allow(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

mod behaviour;
mod common;

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use behaviour::conversation::enrolled;
use common::talk::ada_and_ben;
use common::{Store, clip, id};
use voiceroll::blocking::Registry;
use voiceroll::{CallOptions, CancelToken, Candidates, DiarizeOptions, Recording};

#[test]
fn a_conversation_can_be_cancelled_timed_and_watched() {
    let Store { registry, folder: _folder } = enrolled();
    let (recording, _) = ada_and_ben();
    let with = |control: CallOptions| -> Registry { registry.with(control) };
    let cancelled = CancelToken::new();
    cancelled.cancel();
    let stopped = with(CallOptions::new().cancel_with(&cancelled));
    assert_eq!(stopped.diarize(&recording, &DiarizeOptions::new()).unwrap_err().code(), "cancelled");
    let late = with(CallOptions::new().timeout(Duration::from_millis(1)));
    assert_eq!(late.identify(&recording, Candidates::All).unwrap_err().code(), "timed_out");

    let seen = Arc::new(Mutex::new(Vec::new()));
    let token = CancelToken::new();
    let control = CallOptions::new().cancel_with(&token).on_progress({
        let (seen, token) = (Arc::clone(&seen), token.clone());
        move |progress| {
            seen.lock().unwrap().push(progress.fraction);
            if progress.fraction > 0.3 {
                token.cancel();
            }
        }
    });
    assert_eq!(with(control).diarize(&recording, &DiarizeOptions::new()).unwrap_err().code(), "cancelled");
    let control = CallOptions::new().on_progress({
        let seen = Arc::clone(&seen);
        move |progress| seen.lock().unwrap().push(progress.fraction)
    });
    seen.lock().unwrap().clear();
    with(control).diarize(&recording, &DiarizeOptions::new()).unwrap();
    let seen = seen.lock().unwrap();
    assert!(seen.is_sorted() && seen.last() == Some(&1.0), "{seen:?}");
}

#[test]
fn the_async_registry_gives_the_same() {
    let Store { registry, folder } = enrolled();
    let (recording, _) = ada_and_ben();
    let other = voiceroll::Registry::open(folder.path().join("voices.db")).unwrap();
    let options = DiarizeOptions::new().known(Candidates::All);
    let found = futures_executor::block_on(other.diarize(recording.clone(), options.clone())).unwrap();
    assert_eq!(found, registry.diarize(&recording, &options).unwrap());
    let found = futures_executor::block_on(other.identify(recording.clone(), Candidates::All)).unwrap();
    assert_eq!(found, registry.identify(&recording, Candidates::All).unwrap());
}

#[test]
fn after_a_change_of_network_it_is_said_that_nobody_can_be_found() {
    let store = Store::plain();
    store.registry.enroll(&id("ada"), clip("ada-1.mp3")).unwrap();
    store.registry.enroll(&id("ben"), clip("ben-2.ogg")).unwrap();
    let connection = rusqlite::Connection::open(store.path()).unwrap();
    // It is not even there: reading it would give another error.
    let missing = Recording::from_path("no-such-file.wav");
    let known = DiarizeOptions::new().known(Candidates::All);
    let codes = || {
        let identified = store.registry.identify(&missing, Candidates::All).unwrap_err();
        (identified.code(), store.registry.diarize(&missing, &known).unwrap_err().code())
    };
    connection.execute("UPDATE speaker SET model = 'another' WHERE speaker_id = 'ada'", []).unwrap();
    assert_eq!(codes(), ("io_failed", "io_failed"), "ben can be found");
    connection.execute("UPDATE speaker SET model = 'another'", []).unwrap();
    assert_eq!(codes(), ("model_mismatch", "model_mismatch"));
    let sentence = store.registry.identify(&missing, Candidates::All).unwrap_err().to_string();
    assert!(sentence.contains("list --outdated"), "{sentence}");
    connection.execute("DELETE FROM speaker", []).unwrap();
    assert_eq!(codes(), ("io_failed", "io_failed"), "there is nobody to be found");
}

#[test]
fn a_call_that_waits_for_another_writer_ends_when_it_is_to() {
    let store = enrolled();
    let other = rusqlite::Connection::open(store.path()).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let start = Instant::now();
    let late = store.registry.with(CallOptions::new().timeout(Duration::from_millis(300)));
    assert_eq!(late.delete(&id("ada")).unwrap_err().code(), "timed_out");
    let token = CancelToken::new();
    let stopped = store.registry.with(CallOptions::new().cancel_with(&token));
    let waiting = std::thread::spawn(move || stopped.update(&id("ada"), clip("ada-3.webm")).unwrap_err());
    std::thread::sleep(Duration::from_secs(1));
    token.cancel();
    assert_eq!(waiting.join().unwrap().code(), "cancelled");
    assert!(start.elapsed() < Duration::from_secs(9), "it was waited for the other");
    let before = store.registry.get(&id("ada")).unwrap();
    other.execute_batch("ROLLBACK").unwrap();
    drop(other);
    assert_eq!(store.registry.get(&id("ada")).unwrap(), before);
    store.registry.delete(&id("ada")).unwrap();
}
