//! Consent, retention, and what is held about one person.
#![allow(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

mod common;

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use common::{Store, clip, id};
use voiceroll::blocking::Registry;
use voiceroll::{Candidates, ConsentRecord, Export, ListOptions, Purpose, Result};

fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs()
}

fn consent() -> ConsentRecord {
    ConsentRecord::new("form 17", 1_790_000_000, "2026-09", "We keep a voiceprint of you.")
        .purpose(Purpose::Verification)
        .purpose(Purpose::Other("training of agents".to_owned()))
        .collected_by("desk 4")
}

fn code<T>(result: Result<T>) -> &'static str {
    result.map(drop).unwrap_err().code()
}

fn strict(store: &Store) -> Registry {
    voiceroll::Registry::options().require_consent(true).open(store.path()).unwrap().into()
}

#[test]
fn without_consent_nobody_is_enrolled_or_recognised_where_it_is_asked_for() {
    let store = Store::new();
    let strict = strict(&store);
    let (ada, test) = (id("ada"), clip("ada-3.webm"));
    assert_eq!(code(strict.enroll(&ada, clip("ada-1.mp3"))), "consent_missing");
    assert_eq!(code(strict.get(&ada)), "speaker_not_found", "nothing was enrolled");
    // Whoever does not ask for it enrolls all the same; and then it is asked for.
    store.registry.enroll(&ada, clip("ada-1.mp3")).unwrap();
    assert_eq!(code(strict.verify(&ada, &test)), "consent_missing");
    assert_eq!(code(strict.enroll(&ada, clip("ada-2.m4a"))), "consent_missing");
    assert_eq!(strict.identify(&test, Candidates::All).unwrap().segments[0].speaker_id, None);

    strict.record_consent(&ada, consent()).unwrap();
    strict.record_consent(&ada, consent()).unwrap();
    assert_eq!(strict.consent(&ada).unwrap().consents, [consent()]);
    strict.verify(&ada, &test).unwrap();
    assert_eq!(strict.identify(&test, Candidates::All).unwrap().segments[0].speaker_id, Some(ada));
    strict.with_consent(consent()).enroll(&id("ben"), clip("ben-2.ogg")).unwrap();
    assert!(strict.consent(&id("ben")).unwrap().valid);
}

#[test]
fn a_consent_that_is_over_or_not_yet_given_is_none() {
    let store = Store::new();
    let strict = strict(&store);
    for (record, valid) in [
        (consent().until(now() - 1), false),
        (ConsentRecord::new("later", now() + 3600, "1", ""), false),
        (consent().until(now() + 3600), true),
    ] {
        let enrolled = strict.with_consent(record).enroll(&id("ada"), clip("ada-1.mp3"));
        assert_eq!(enrolled.is_ok(), valid);
    }
    let nameless = ConsentRecord::new(" ", now(), "1", "");
    assert_eq!(code(strict.record_consent(&id("ada"), nameless)), "invalid_option");
}

#[test]
fn withdrawing_deletes_the_voice_and_keeps_the_proof() {
    let store = Store::new();
    let registry = &store.registry;
    registry.with_consent(consent()).enroll(&id("ada"), clip("ada-1.mp3")).unwrap();
    registry.withdraw_consent(&id("ada")).unwrap();
    assert_eq!(code(registry.get(&id("ada"))), "speaker_not_found");
    assert_eq!(code(registry.delete(&id("ada"))), "speaker_deleted");
    assert_eq!(code(registry.withdraw_consent(&id("ada"))), "speaker_deleted");
    let proof = registry.consent(&id("ada")).unwrap().withdrawals;
    assert_eq!((proof.len(), &proof[0].consents[..]), (1, &[consent()][..]));
    assert!(now() - proof[0].withdrawn_at < 60);
    assert_eq!(code(registry.consent(&id("nobody"))), "speaker_not_found");
    // Neither is readable in the file.
    let stored: Vec<u8> = std::fs::read_dir(store.folder.path())
        .unwrap()
        .flat_map(|entry| std::fs::read(entry.unwrap().path()).unwrap())
        .collect();
    assert!(!stored.windows(7).any(|part| part == b"form 17"));
}

#[test]
fn whoever_has_expired_is_not_recognised_and_is_erased_by_the_next_purge() {
    let store = Store::new();
    let registry = &store.registry;
    registry.enroll(&id("ada"), clip("ada-1.mp3")).unwrap();
    registry.enroll(&id("ben"), clip("ben-2.ogg")).unwrap();
    registry.verify(&id("ada"), &clip("ada-3.webm")).unwrap();
    registry.expire(&id("ada"), Some(now())).unwrap();
    assert_eq!(code(registry.verify(&id("ada"), &clip("ada-3.webm"))), "speaker_expired");
    assert_eq!(code(registry.enroll(&id("ada"), clip("ada-2.m4a"))), "speaker_expired");
    assert_eq!(registry.identify(&clip("ada-3.webm"), Candidates::All).unwrap().segments[0].speaker_id, None);
    assert_eq!(registry.expired().unwrap(), [id("ada")]);
    assert_eq!(registry.list(ListOptions::new().partial(true)).unwrap().total, 2);
    assert_eq!(registry.purge().unwrap(), [id("ada")]);
    assert_eq!(code(registry.delete(&id("ada"))), "speaker_deleted");
    assert_eq!(registry.purge().unwrap(), []);
    registry.expire(&id("ben"), Some(now() + 3600)).unwrap();
    registry.verify(&id("ben"), &clip("ben-1.wav")).unwrap();
}

#[test]
fn new_speakers_are_kept_as_long_as_the_store_says() {
    let store = Store::new();
    let registry = &store.registry;
    registry.enroll(&id("before"), clip("ben-1.wav")).unwrap();
    registry.set_retention(Some(Duration::from_secs(3600))).unwrap();
    registry.enroll(&id("ada"), clip("ada-1.mp3")).unwrap();
    let until = registry.consent(&id("ada")).unwrap().expires_at.unwrap();
    assert!(until.abs_diff(now() + 3600) < 60);
    assert_eq!(registry.consent(&id("before")).unwrap().expires_at, None);
    let other = Registry::open(store.path()).unwrap();
    assert_eq!(other.retention().unwrap(), Some(Duration::from_secs(3600)));
    other.set_retention(None).unwrap();
    assert_eq!(registry.retention().unwrap(), None);
}

#[test]
fn everything_about_a_speaker_comes_out_and_goes_into_another_store() {
    let (store, other) = (Store::new(), Store::new());
    let registry = &store.registry;
    registry.with_consent(consent()).enroll(&id("ada"), [clip("ada-1.mp3"), clip("ada-2.m4a")]).unwrap();
    registry.expire(&id("ada"), Some(now() + 3600)).unwrap();
    let short = registry.export_speaker(&id("ada"), false).unwrap();
    assert!(short.voiceprints.is_none() && short.consent.consents == [consent()]);
    assert_eq!(code(other.registry.import_speaker(&short)), "invalid_option");

    let whole = registry.export_speaker(&id("ada"), true).unwrap();
    let vector = whole.voiceprints.as_ref().unwrap()[0].vector.clone();
    assert!(!format!("{whole:?}").contains(&vector[..16]) && !format!("{whole:?}").contains("form 17"));
    let text = serde_json::to_string(&whole).unwrap();
    let read: Export = serde_json::from_str(&text).unwrap();
    let (mut before, mut after) = (registry.get(&id("ada")).unwrap(), other.registry.import_speaker(&read).unwrap());
    before.recordings.iter_mut().chain(&mut after.recordings).for_each(|recording| recording.id = None);
    assert_eq!(after, before);
    let same = |registry: &Registry| registry.verify(&id("ada"), &clip("ada-3.webm")).unwrap();
    assert_eq!(same(&other.registry), same(registry));
    let (there, here) = (other.registry.consent(&id("ada")).unwrap(), registry.consent(&id("ada")).unwrap());
    assert_eq!((there.consents, there.expires_at), (here.consents, here.expires_at));
    assert_eq!(code(other.registry.import_speaker(&read)), "speaker_exists");
}

#[test]
fn an_export_that_somebody_made_up_is_refused() {
    let (store, other) = (Store::new(), Store::new());
    store.registry.enroll(&id("ada"), clip("ada-1.mp3")).unwrap();
    let whole = serde_json::to_value(store.registry.export_speaker(&id("ada"), true).unwrap()).unwrap();
    let cases: [(&str, serde_json::Value, &str); 8] = [
        ("/format", "other".into(), "invalid_option"),
        ("/enrollment/model", "other".into(), "model_mismatch"),
        ("/voiceprints/0/vector", "no base64!".into(), "invalid_option"),
        ("/voiceprints/0/vector", "AAAA".into(), "invalid_option"),
        ("/voiceprints/0/vector", "AADAfw==".into(), "invalid_option"),
        ("/voiceprints", serde_json::json!([]), "invalid_option"),
        ("/enrollment/recordings/0/speech_seconds", (-1.0).into(), "invalid_option"),
        ("/voiceprints/0/heard", "A".repeat(40_000).into(), "invalid_option"),
    ];
    for (place, value, expected) in cases {
        let mut made_up = whole.clone();
        *made_up.pointer_mut(place).unwrap() = value;
        let made_up: Export = serde_json::from_value(made_up).unwrap();
        assert_eq!(code(other.registry.import_speaker(&made_up)), expected, "{place}");
    }
    assert_eq!(other.registry.list(ListOptions::new().partial(true)).unwrap().total, 0);
}

/// A store with an audit trail.
fn audited(store: &Store, actor: &str) -> Registry {
    let folder = store.folder.path().join("trail");
    voiceroll::Registry::options().audit(folder).actor(actor).open(store.path()).unwrap().into()
}

fn told(registry: &Registry) -> Vec<(String, String)> {
    registry.audit_entries().unwrap().into_iter().map(|entry| (entry.action, entry.outcome)).collect()
}

fn trail(store: &Store) -> std::path::PathBuf {
    store.folder.path().join("trail/00000001.jsonl")
}

#[test]
fn changes_and_recognitions_stand_in_the_audit_trail_without_ids_or_scores() {
    let store = Store::new();
    let registry = audited(&store, "desk 4");
    registry.enroll(&id("ada_lovelace"), clip("ada-1.mp3")).unwrap();
    registry.verify(&id("ada_lovelace"), &clip("ada-3.webm")).unwrap();
    assert_eq!(code(registry.verify(&id("nobody"), &clip("ada-3.webm"))), "speaker_not_found");
    registry.identify(&clip("ada-3.webm"), Candidates::All).unwrap();
    registry.delete(&id("ada_lovelace")).unwrap();
    let said = [
        ("enroll", "begun"),
        ("enroll", "done"),
        ("verify", "match"),
        ("verify", "speaker_not_found"),
        ("identify", "done"),
        ("delete", "begun"),
        ("delete", "done"),
    ];
    assert_eq!(told(&registry), said.map(|(action, outcome)| (action.to_owned(), outcome.to_owned())));
    let entries = registry.audit_entries().unwrap();
    assert!(entries.iter().all(|entry| entry.actor == "desk 4" && now() - entry.time < 300));
    let ada = registry.audit_pseudonym(&id("ada_lovelace")).unwrap();
    assert_eq!(entries.iter().filter(|entry| entry.speaker.as_ref() == Some(&ada)).count(), 5);
    let text = std::fs::read_to_string(trail(&store)).unwrap();
    assert!(!text.contains("lovelace") && !text.contains("llr") && !text.contains('.'), "{text}");
    assert_eq!(registry.verify_audit().unwrap().faults, Vec::<String>::new());
    assert_eq!(code(store.registry.verify_audit()), "invalid_option");
}

#[test]
fn an_entry_that_was_changed_taken_out_or_put_in_is_found() {
    let store = Store::new();
    let registry = audited(&store, "a");
    registry.enroll(&id("ada"), clip("ada-1.mp3")).unwrap();
    registry.enroll(&id("ben"), clip("ben-2.ogg")).unwrap();
    registry.delete(&id("ben")).unwrap();
    let whole = std::fs::read_to_string(trail(&store)).unwrap();
    let lines: Vec<&str> = whole.lines().collect();
    let faults = |text: String| {
        std::fs::write(trail(&store), text).unwrap();
        registry.verify_audit().unwrap().faults
    };
    let joined = |lines: &[&str]| lines.join("\n") + "\n";
    assert!(faults(whole.clone()).is_empty());
    assert!(!faults(whole.replace("\"delete\"", "\"verify\"")).is_empty(), "an action was changed");
    assert!(!faults(whole.replace("\"a\"", "\"b\"")).is_empty(), "the actor was changed");
    for taken in 0..lines.len() {
        let mut left = lines.clone();
        left.remove(taken);
        // Old files may be taken away, so a trail may begin later; but the report says so.
        let found = faults(joined(&left));
        assert!(taken == 0 || !found.is_empty() || registry.verify_audit().unwrap().entries < 5, "entry {taken}");
    }
    let mut twice = lines.clone();
    twice.insert(2, lines[1]);
    assert!(!faults(joined(&twice)).is_empty(), "an entry was put in twice");
    assert!(!faults(joined(&lines[..4])).is_empty(), "the end was taken away");
    assert!(!faults(whole.replace("\"time\"", "\"tyme\"")).is_empty(), "a line is none");
    assert!(faults(whole).is_empty());
}

#[test]
fn an_older_store_beside_a_newer_trail_is_found() {
    let store = Store::new();
    let registry = audited(&store, "a");
    registry.enroll(&id("ada"), clip("ada-1.mp3")).unwrap();
    drop((registry, store.registry));
    let (path, old) = (store.folder.path().join("voices.db"), store.folder.path().join("old.db"));
    std::fs::copy(&path, &old).unwrap();
    let open = || -> Registry {
        let options = voiceroll::Registry::options().audit(store.folder.path().join("trail"));
        options.open(&path).unwrap().into()
    };
    open().delete(&id("ada")).unwrap();
    std::fs::copy(&old, &path).unwrap();
    let faults = open().verify_audit().unwrap().faults;
    assert!(faults.len() == 1 && faults[0].contains("replaced by an older one"), "{faults:?}");
}

#[test]
fn where_the_trail_cannot_be_written_nothing_is_changed_and_nobody_recognised() {
    let store = Store::new();
    let registry = audited(&store, "a");
    registry.enroll(&id("ada"), clip("ada-1.mp3")).unwrap();
    // A folder in place of the file.
    std::fs::remove_file(trail(&store)).unwrap();
    std::fs::create_dir(trail(&store)).unwrap();
    assert_eq!(code(registry.delete(&id("ada"))), "audit_failed");
    assert_eq!(code(registry.verify(&id("ada"), &clip("ada-3.webm"))), "audit_failed");
    std::fs::remove_dir(trail(&store)).unwrap();
    registry.get(&id("ada")).unwrap();
}

#[test]
fn several_writers_make_one_trail_and_a_line_that_was_cut_off_is_no_fault() {
    let store = Store::new();
    let registries: Vec<Registry> = (0..4).map(|n| audited(&store, &n.to_string())).collect();
    std::thread::scope(|scope| {
        for registry in &registries {
            scope.spawn(|| (0..20).for_each(|_| drop(registry.expire(&id("nobody"), None))));
        }
    });
    use std::io::Write as _;
    let mut file = std::fs::OpenOptions::new().append(true).open(trail(&store)).unwrap();
    file.write_all(b"{\"number\":161,\"time\":17").unwrap();
    registries[0].expire(&id("nobody"), None).unwrap_err();
    let found = registries[1].verify_audit().unwrap();
    assert_eq!((found.entries, found.faults), (4 * 20 * 2 + 2, Vec::new()));
}
