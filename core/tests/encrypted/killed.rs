//! Encrypting a store and replacing its key can be interrupted at any moment.

use std::process::{Command, Stdio};
use std::time::Duration;

use rusqlite::Connection;
use voiceroll::{KeySource, ListOptions};

use super::common::{Store, clip, id};
use super::{Safe, vectors};

/// Set for the child: the store to work on, and what to do.
const STORE: &str = "VOICEROLL_TEST_STORE";
const WORK: &str = "VOICEROLL_TEST_WORK";

const SPEAKERS: i64 = 3000;

/// Not a test of its own: this program starts itself again as the process that is killed.
#[test]
fn worker() {
    let (Ok(path), Ok(work)) = (std::env::var(STORE), std::env::var(WORK)) else { return };
    let options = voiceroll::Registry::options().key(KeySource::folder(format!("{path}.keys")));
    if work == "encrypt" {
        drop(options.encrypted(true).open(path).unwrap());
    } else {
        let registry = voiceroll::blocking::Registry::from(options.open(path).unwrap());
        loop {
            registry.rotate_key(false).unwrap();
        }
    }
}

fn killed_after(store: &Store, work: &str, wait: Duration) -> bool {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "killed::worker", "--test-threads", "1"])
        .envs([(STORE, store.path().to_str().unwrap()), (WORK, work)])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    std::thread::sleep(wait);
    let was_there = child.try_wait().unwrap().is_none();
    child.kill().unwrap();
    child.wait().unwrap();
    was_there
}

/// One speaker under many ids.
fn crowded() -> Store {
    let store = Store::plain();
    store.registry.enroll(&id("ada"), clip("ada-1.mp3")).unwrap();
    let sql = Connection::open(store.path()).unwrap();
    sql.execute_batch(&format!(
        "BEGIN; WITH RECURSIVE n (i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < {SPEAKERS})
         INSERT INTO speaker (id, speaker_id, model, quality, complete, speech_seconds, total_seconds, recordings, agreement,
                              snr_sum, bandwidth_sum, changed)
            SELECT i, 's_' || i, model, quality, complete, speech_seconds, total_seconds, recordings, agreement, snr_sum,
                   bandwidth_sum, changed FROM n, speaker WHERE id = 1;
         INSERT INTO voiceprint SELECT speaker.id, vector_sum FROM speaker, voiceprint WHERE speaker.id > 1;
         INSERT INTO sample (speaker, speech_seconds, total_seconds, enrolled_at, problems, vector, heard)
            SELECT speaker.id, sample.speech_seconds, sample.total_seconds, enrolled_at, problems, vector, heard
            FROM speaker, sample WHERE speaker.id > 1; COMMIT"
    ))
    .unwrap();
    store
}

fn open(store: &Store) -> voiceroll::blocking::Registry {
    let keys = format!("{}.keys", store.path().display());
    voiceroll::Registry::options().key(KeySource::folder(keys)).encrypted(true).open(store.path()).unwrap().into()
}

#[test]
fn kill_9_while_a_store_is_encrypted_loses_nothing() {
    let store = crowded();
    let plain = vectors(&Connection::open(store.path()).unwrap());
    let voice = plain.iter().min_by_key(|vector| vector.len()).unwrap().clone();
    let mut killed = 0;
    for wait in [20, 60, 100, 140, 180, 220] {
        killed += u32::from(killed_after(&store, "encrypt", Duration::from_millis(wait)));
    }
    let registry = open(&store);
    let Store { folder, registry: old } = store;
    drop(old);
    let sql = Connection::open(folder.path().join("voices.db")).unwrap();
    let count = |sql_text: &str| sql.query_row(sql_text, [], |row| row.get::<_, i64>(0)).unwrap();
    assert_eq!(count("SELECT count(*) FROM speaker WHERE data_key IS NULL OR seal IS NULL"), 0);
    assert_eq!(count("SELECT count(*) FROM sample WHERE seal IS NULL"), 0);
    let mut options = ListOptions::new().per_page(1000);
    let mut seen = 0;
    loop {
        let page = registry.list(options.clone()).unwrap();
        seen += page.records.len() as i64;
        let Some(next) = page.next_after else { break };
        options = options.after(next);
    }
    assert_eq!(seen, SPEAKERS);
    let stored: Vec<u8> = super::files(folder.path()).flat_map(|p| std::fs::read(p).unwrap()).collect();
    assert!(!voice.chunks_exact(64).any(|part| super::holds(&stored, part)), "a voiceprint is still readable");
    println!("{killed} processes were killed while they encrypted");
}

#[test]
fn kill_9_while_the_key_is_replaced_loses_nothing_and_others_go_on() {
    let store = crowded();
    let reader = open(&store);
    let mut number = 0;
    for wait in [20, 50, 90, 130, 170] {
        assert!(killed_after(&store, "rotate", Duration::from_millis(wait)));
        // Half of the keys are wrapped with one key and half with another.
        for speaker in ["ada", "s_2", "s_1500", "s_3000"] {
            assert_eq!(reader.get(&id(speaker)).unwrap().recordings.len(), 1);
        }
        number += 1;
        reader.enroll(&id(&format!("new_{number}")), clip("ben-1.wav")).unwrap();
    }
    reader.rotate_key(true).unwrap();
    let sql = Connection::open(store.path()).unwrap();
    let count = |text: &str| sql.query_row(text, [], |row| row.get::<_, i64>(0)).unwrap();
    assert_eq!((count("SELECT count(DISTINCT kek) FROM speaker"), count("SELECT count(*) FROM keyring")), (1, 1));
    let again = open(&store);
    assert_eq!(again.get(&id("s_1500")).unwrap().recordings.len(), 1);
    assert_eq!(again.list(ListOptions::new().partial(true)).unwrap().total as i64, SPEAKERS + number);
}

/// Two programs that replace the key at once end with one key.
#[test]
fn two_rotations_at_once_and_a_writer_agree() {
    let safe = Safe::with_people();
    let registries = [safe.open().unwrap(), safe.open().unwrap(), safe.open().unwrap()];
    std::thread::scope(|scope| {
        let [one, two, writer] = &registries;
        for rotating in [one, two] {
            scope.spawn(move || {
                for _ in 0..5 {
                    rotating.rotate_key(false).unwrap();
                }
            });
        }
        scope.spawn(move || {
            for round in 0..8 {
                let speaker = id(&format!("s_{round}"));
                writer.enroll(&speaker, clip("ben-1.wav")).unwrap();
                writer.get(&speaker).unwrap();
            }
        });
    });
    let again = safe.open().unwrap();
    for speaker in ["ada", "ben", "s_0", "s_7"] {
        again.get(&id(speaker)).unwrap();
    }
}
