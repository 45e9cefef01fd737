//! Copies of a store, putting them back, and finding out whether a store is whole.
#![allow(clippy::panic, clippy::unwrap_used, clippy::print_stdout, reason = "a test fails by panicking")]

mod common;

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use common::{Store, clip, id};
use rusqlite::Connection;
use voiceroll::blocking::Registry;
use voiceroll::{Decision, ListOptions, Registry as Async, RegistryOptions, Result};

/// Set for the child: the store, the backup, and what to do.
const CHILD: [&str; 3] = ["VOICEROLL_TEST_STORE", "VOICEROLL_TEST_BACKUP", "VOICEROLL_TEST_WORK"];

fn options() -> RegistryOptions {
    Async::options()
}

fn open(path: &Path) -> Registry {
    options().existing().open(path).unwrap().into()
}

fn code<T>(result: Result<T>) -> &'static str {
    result.map(drop).unwrap_err().code()
}

fn with_people() -> (Store, PathBuf) {
    let store = Store::new();
    store.registry.enroll(&id("ada"), [clip("ada-1.mp3"), clip("ada-2.m4a")]).unwrap();
    store.registry.enroll(&id("ben"), clip("ben-2.ogg")).unwrap();
    let backup = store.folder.path().join("backup.db");
    (store, backup)
}

fn people(registry: &Registry) -> Vec<String> {
    let page = registry.list(ListOptions::new().partial(true)).unwrap();
    page.records.iter().map(|record| record.speaker_id.to_string()).collect()
}

#[test]
fn a_backup_is_a_store_of_one_moment_that_is_made_while_others_write() {
    let (store, backup) = with_people();
    std::thread::scope(|scope| {
        scope.spawn(|| (0..6).for_each(|n| drop(store.registry.enroll(&id(&format!("s_{n}")), clip("ben-1.wav")))));
        store.registry.backup(&backup).unwrap();
    });
    let copy = Registry::from(options().read_only(true).open(&backup).unwrap());
    assert_eq!(copy.check().unwrap().faults, Vec::<String>::new());
    assert_eq!(copy.get(&id("ada")).unwrap(), store.registry.get(&id("ada")).unwrap());
    assert_eq!(copy.verify(&id("ada"), &clip("ada-3.webm")).unwrap().decision, Decision::Match);
    assert_eq!(code(store.registry.backup(&backup)), "invalid_option", "a backup is not written over");
    #[cfg(unix)]
    {
        let mode = std::os::unix::fs::PermissionsExt::mode(&backup.metadata().unwrap().permissions());
        assert_eq!(mode & 0o777, 0o600);
    }
}

#[test]
fn what_is_put_back_is_as_it_was_but_for_those_who_were_deleted_since() {
    let (store, backup) = with_people();
    let path = store.path();
    store.registry.backup(&backup).unwrap();
    store.registry.delete(&id("ben")).unwrap();
    store.registry.enroll(&id("dan"), clip("dan-1.mp3")).unwrap();
    store.registry.delete(&id("dan")).unwrap();
    assert_eq!(code(options().restore(&backup, &path, false)), "invalid_option");
    let Store { folder: _folder, registry } = store;
    drop(registry);
    let restored = options().restore(&backup, &path, true).unwrap();
    assert_eq!((restored.speakers, restored.erased, restored.deletions_known), (1, vec![id("ben")], true));
    let aside = restored.aside.unwrap();
    assert!(aside.exists());
    let registry = open(&path);
    assert_eq!(people(&registry), ["ada"]);
    assert_eq!(registry.check().unwrap().faults, Vec::<String>::new());
    for gone in ["ben", "dan"] {
        assert_eq!(code(registry.delete(&id(gone))), "speaker_deleted");
    }
    // Where the store is lost.
    drop(registry);
    for ending in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(format!("{}{ending}", path.display()));
    }
    let restored = options().restore(&backup, &path, false).unwrap();
    assert_eq!((restored.speakers, restored.deletions_known, restored.aside), (2, true, None));
    assert_eq!(people(&open(&path)), ["ada", "ben"]);
}

#[test]
fn a_store_that_is_damaged_is_replaced_and_it_is_said_that_deletions_are_not_known() {
    let (store, backup) = with_people();
    let path = store.path();
    store.registry.backup(&backup).unwrap();
    let Store { folder: _folder, registry } = store;
    drop(registry);
    std::fs::write(&path, "not a store any more, but long enough to be looked at".repeat(100)).unwrap();
    let restored = options().restore(&backup, &path, true).unwrap();
    assert!(!restored.deletions_known);
    assert_eq!(people(&open(&path)), ["ada", "ben"]);
}

#[test]
fn a_store_in_use_and_a_backup_that_was_changed_are_left_alone() {
    let (store, backup) = with_people();
    store.registry.backup(&backup).unwrap();
    let before = store.registry.get(&id("ada")).unwrap();
    let reader = Connection::open(store.path()).unwrap();
    reader.execute_batch("BEGIN; SELECT count(*) FROM speaker").unwrap();
    assert_eq!(code(options().restore(&backup, store.path(), true)), "store_busy");
    drop(reader);
    assert_eq!(store.registry.get(&id("ada")).unwrap(), before);
    let sql = Connection::open(&backup).unwrap();
    sql.execute("UPDATE sample SET total_seconds = 1 WHERE speaker = 2", []).unwrap();
    drop(sql);
    assert_eq!(code(options().restore(&backup, store.path(), true)), "store_tampered");
}

#[test]
fn a_check_finds_what_was_changed_and_whose_it_is() {
    let changes = [
        "UPDATE sample SET snr_db = 99 WHERE speaker = 1",
        "UPDATE sample SET vector = zeroblob(length(vector)) WHERE speaker = 1",
        "UPDATE sample SET heard = zeroblob(length(heard)) WHERE speaker = 1",
        "DELETE FROM sample WHERE id = (SELECT min(id) FROM sample WHERE speaker = 1)",
        "UPDATE voiceprint SET vector_sum = zeroblob(length(vector_sum)) WHERE speaker = 1",
        "UPDATE speaker SET quality = 'High', complete = 1, speech_seconds = 99 WHERE id = 1",
        "UPDATE speaker SET data_key = NULL WHERE id = 1",
    ];
    for sql in changes {
        let (store, _) = with_people();
        assert_eq!(store.registry.check().unwrap().faults, Vec::<String>::new());
        Connection::open(store.path()).unwrap().execute(sql, []).unwrap();
        let found = store.registry.check().unwrap();
        assert!(found.speakers == 2 && !found.faults.is_empty(), "{sql}");
        assert!(found.faults.iter().all(|fault| fault.contains("speaker ada")), "{sql}: {:?}", found.faults);
    }
}

#[test]
fn a_store_that_was_cut_off_is_an_error_and_no_empty_registry() {
    let (store, backup) = with_people();
    store.registry.backup(&backup).unwrap();
    let whole = std::fs::read(&backup).unwrap();
    for share in [0.1, 0.3, 0.5, 0.7, 0.9, 0.99] {
        let cut = store.folder.path().join("cut.db");
        std::fs::write(&cut, &whole[..(whole.len() as f64 * share) as usize]).unwrap();
        let seen = options().read_only(true).open(&cut).and_then(|registry| Registry::from(registry).check());
        assert!(
            seen.as_ref().map_or_else(|error| error.code().starts_with("store_"), |report| !report.faults.is_empty())
        );
    }
}

/// Not a test of its own: the process that is killed.
#[test]
fn worker() {
    let [Ok(store), Ok(backup), Ok(work)] = CHILD.map(std::env::var) else { return };
    if work == "backup" {
        for n in 0.. {
            open(Path::new(&store)).backup(Path::new(&format!("{backup}-{}-{n}", std::process::id()))).unwrap();
        }
    }
    loop {
        let _ = options().restore(&backup, &store, true);
    }
}

fn kill_while(work: &str, store: &Path, backup: &Path, milliseconds: u64) {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "worker", "--test-threads", "1"])
        .envs([(CHILD[0], store), (CHILD[1], backup), (CHILD[2], Path::new(work))])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    std::thread::sleep(Duration::from_millis(milliseconds));
    child.kill().unwrap();
    child.wait().unwrap();
}

#[test]
fn kill_9_leaves_whole_backups_and_a_store_that_can_be_restored() {
    let (store, backup) = with_people();
    let path = store.path();
    store.registry.backup(&backup).unwrap();
    let Store { folder, registry } = store;
    drop(registry);
    for wait in [30, 70, 110, 160, 220] {
        kill_while("backup", &path, &backup, wait);
        kill_while("restore", &path, &backup, wait);
        // It is there, or it can be put there.
        if !path.exists() {
            options().restore(&backup, &path, false).unwrap();
        }
        assert_eq!(people(&open(&path)), ["ada", "ben"]);
        assert_eq!(open(&path).check().unwrap().faults, Vec::<String>::new());
    }
    let mut whole = 0;
    for entry in std::fs::read_dir(folder.path()).unwrap() {
        let copy = entry.unwrap().path();
        let name = copy.file_name().unwrap().to_str().unwrap().to_owned();
        if name.starts_with("backup.db-") && !name.contains(".part") {
            let copy = Registry::from(options().read_only(true).open(&copy).unwrap());
            assert_eq!(copy.check().unwrap().faults, Vec::<String>::new());
            whole += 1;
        }
    }
    println!("{whole} whole backups");
}
