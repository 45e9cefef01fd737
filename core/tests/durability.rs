//! What was acknowledged stays, whatever happens to the process that wrote it.
//!
//! `VOICEROLL_KILLS` sets how often a writer is killed; the default keeps the test short.
#![allow(clippy::panic, clippy::unwrap_used, clippy::print_stdout, reason = "a test fails by panicking")]

mod common;

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use common::{Store, clip, id};
use voiceroll::blocking::Registry;
use voiceroll::{ListOptions, Recording};

/// Set for the child: the store to write to.
const CHILD: &str = "VOICEROLL_TEST_STORE";

/// Recordings of one voice, of which each counts.
const CLIPS: [&str; 3] = ["ada-1.mp3", "ada-2.m4a", "ada-3.webm"];

/// One of two parts of a short recording, which both count.
fn part(number: usize) -> Recording {
    const HEAD: usize = 44;
    let bytes = common::clip_bytes("ben-1.wav");
    let samples: Vec<i16> = bytes[HEAD..].chunks_exact(2).map(|two| i16::from_le_bytes([two[0], two[1]])).collect();
    let half = samples.len() / 2;
    Recording::from_i16(&samples[number * half..(number + 1) * half], 1, 16_000)
}

/// Not a test of its own: this program starts itself again as the writer that is killed.
#[test]
fn writer() {
    let Ok(path) = std::env::var(CHILD) else { return };
    let registry = Registry::open(path).unwrap();
    for round in 0.. {
        let speaker = id(&format!("s_{}_{}", std::process::id(), round / 2));
        match round % 4 {
            3 => {
                registry.delete(&speaker).unwrap();
                println!("deleted {speaker}");
            }
            _ => {
                let recordings = registry.enroll(&speaker, part(round % 2)).unwrap().recordings.len();
                println!("enrolled {speaker} {recordings}");
            }
        }
    }
}

#[test]
fn kill_9_loses_no_acknowledged_change() {
    let kills: u32 = std::env::var("VOICEROLL_KILLS").ok().and_then(|text| text.parse().ok()).unwrap_or(25);
    let store = Store::new();
    let mut acknowledged = 0;
    for round in 0..kills {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "writer", "--nocapture", "--test-threads", "1"])
            .env(CHILD, store.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        // Times from 30 to 530 ms, in an order that does not repeat.
        std::thread::sleep(Duration::from_millis(30 + u64::from(round.wrapping_mul(2_654_435_761) >> 23)));
        child.kill().unwrap();
        let lines: Vec<String> = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok).collect();
        child.wait().unwrap();
        acknowledged += check(&store, &lines);
    }
    assert!(acknowledged > u64::from(kills), "only {acknowledged} changes in {kills} lives");
    let connection = rusqlite::Connection::open(store.path()).unwrap();
    let sound: String = connection.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    assert_eq!(sound, "ok");
    println!("{kills} kills, {acknowledged} acknowledged changes, none lost");
}

/// Checks the last state that the writer reported of each speaker, and returns how many changes
/// it reported. One further change may have been made and not reported.
fn check(store: &Store, lines: &[String]) -> u64 {
    let registry = Registry::open(store.path()).unwrap();
    let reports: Vec<Vec<&str>> = lines
        .iter()
        .map(|line| line.split_whitespace().collect::<Vec<_>>())
        .filter(|words| matches!(words[..], ["enrolled", _, _] | ["deleted", _]))
        .collect();
    for (at, report) in reports.iter().enumerate() {
        let speaker = report[1];
        let later = reports[at + 1..].iter().any(|other| other[1] == speaker);
        let last = at + 1 == reports.len();
        match report[..] {
            ["enrolled", _, count] if !later => {
                let count: usize = count.parse().unwrap();
                match registry.get(&id(speaker)) {
                    Ok(found) => {
                        let stored = found.recordings.len();
                        assert!(stored == count || last && stored == count + 1, "{speaker}: {stored} of {count}");
                    }
                    Err(error) => assert!(last && error.code() == "speaker_not_found", "{speaker}: {error}"),
                }
            }
            ["deleted", _] => {
                assert_eq!(registry.delete(&id(speaker)).unwrap_err().code(), "speaker_deleted");
            }
            _ => {}
        }
    }
    reports.len() as u64
}

#[test]
fn processes_that_make_the_store_together_all_succeed() {
    for _ in 0..4 {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("voices.db");
        let children: Vec<_> = CLIPS.iter().map(|clip| enroll_in_a_process(&path, "new", clip)).collect();
        for mut child in children {
            assert!(child.wait().unwrap().success());
        }
        assert_eq!(Registry::open(&path).unwrap().get(&id("new")).unwrap().recordings.len(), CLIPS.len());
    }
}

#[test]
fn another_process_that_leaves_takes_nothing_along() {
    let store = Store::new();
    // A second handle in this process, as two parts of one program have: opening it must not drop
    // the locks of the first.
    let second = Registry::open(store.path()).unwrap();
    store.registry.enroll(&id("before"), clip("fmt-s16.wav")).unwrap();
    Registry::open(store.path()).unwrap();
    assert!(enroll_in_a_process(&store.path(), "other", "fmt-s16.wav").wait().unwrap().success());
    store.registry.enroll(&id("after"), clip("fmt-s16.wav")).unwrap();
    second.enroll(&id("second"), clip("fmt-s16.wav")).unwrap();
    drop((second, store.registry));
    let registry = Registry::open(store.folder.path().join("voices.db")).unwrap();
    let total = registry.list(ListOptions::new().partial(true)).unwrap().total;
    assert_eq!(total, 4);
}

fn enroll_in_a_process(store: &Path, speaker: &str, clip: &str) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "enroll_once", "--nocapture"])
        .env(CHILD, store)
        .env("VOICEROLL_TEST_SPEAKER", speaker)
        .env("VOICEROLL_TEST_CLIP", clip)
        .stdout(Stdio::null())
        .spawn()
        .unwrap()
}

#[test]
fn two_processes_enroll_the_same_new_id_at_once() {
    let store = Store::new();
    for round in 0..3 {
        let speaker = format!("new_{round}");
        let children: Vec<_> =
            CLIPS[..2].iter().map(|clip| enroll_in_a_process(&store.path(), &speaker, clip)).collect();
        for mut child in children {
            assert!(child.wait().unwrap().success());
        }
        assert_eq!(store.registry.get(&id(&speaker)).unwrap().recordings.len(), 2);
    }
    assert_eq!(store.registry.list(ListOptions::new().partial(true)).unwrap().total, 3);
}

/// Not a test of its own: one of the two processes above.
#[test]
fn enroll_once() {
    let said = |name: &str| std::env::var(name).ok();
    let (Some(path), Some(speaker)) = (said(CHILD), said("VOICEROLL_TEST_SPEAKER")) else { return };
    let recording = clip(&said("VOICEROLL_TEST_CLIP").unwrap());
    Registry::open(path).unwrap().enroll(&id(&speaker), recording).unwrap();
}
