//! Whose voice it is: verification, the same-person guard, duplicates.

use std::time::Duration;

use voiceroll::blocking::Registry;
use voiceroll::{CallOptions, CancelToken, Decision, ErrorKind, ProblemCode, Severity};

use crate::Store;
use crate::common::talk::ada_and_ben;
use crate::common::{clip, id};

/// A roll with three voices on it.
fn roll() -> Store {
    let store = Store::new();
    store.registry.enroll(&id("ada"), [clip("ada-1.mp3"), clip("ada-2.m4a")]).unwrap();
    store.registry.enroll(&id("ben"), clip("ben-2.ogg")).unwrap();
    store.registry.enroll(&id("cleo"), [clip("cleo-1.flac"), clip("cleo-2.mp3")]).unwrap();
    store
}
#[test]
fn a_voice_is_told_from_others() {
    let Store { registry, folder: _folder } = roll();
    for (speaker, recording, expected) in [
        ("ada", "ada-3.webm", Decision::Match),
        ("ben", "ben-1.wav", Decision::Match),
        ("ada", "ben-2.ogg", Decision::NoMatch),
        ("ben", "ada-3.webm", Decision::NoMatch),
        ("cleo", "dan-1.mp3", Decision::NoMatch),
    ] {
        let found = registry.verify(&id(speaker), &clip(recording)).unwrap();
        assert_eq!(found.decision, expected, "{speaker} in {recording}: {found:?}");
        assert_eq!(found.decision == Decision::Match, found.llr.unwrap() >= found.match_llr);
        assert!((0.0..=1.0).contains(&found.confidence.unwrap()) && found.no_match_llr <= found.match_llr);
        assert!(found.speech_seconds > 1.5);
    }
}

#[test]
fn a_second_voice_is_told_of_and_changes_no_decision() {
    let Store { registry, folder: _folder } = roll();
    let second = |found: &voiceroll::Verification| found.problems.iter().any(|p| p.code == ProblemCode::SecondVoice);
    let (both, _) = ada_and_ben();
    let found = registry.verify(&id("ada"), &both).unwrap();
    assert!(second(&found) && found.llr.is_some() && found.decision != Decision::TooLittleSpeech, "{found:?}");
    assert!(!second(&registry.verify(&id("ada"), &clip("ada-3.webm")).unwrap()));
}

#[test]
fn a_recording_with_hardly_any_speech_says_so_and_keeps_its_problems() {
    let Store { registry, folder: _folder } = roll();
    let found = registry.verify(&id("ada"), &clip("fault-silence.flac")).unwrap();
    assert_eq!((found.decision, found.confidence), (Decision::TooLittleSpeech, None));
    assert_eq!((found.llr, found.score), (None, None));
    assert_eq!(found.problems[0].code, ProblemCode::NoSpeech);
}

#[test]
fn whoever_is_not_on_the_roll_or_not_complete_is_named_before_anything_is_heard() {
    let Store { registry, folder: _folder } = Store::new();
    let unreadable = clip("not-text.mp3");
    let error = registry.verify(&id("nobody"), &unreadable).unwrap_err();
    assert_eq!((error.kind(), error.code()), (ErrorKind::NotFound, "speaker_not_found"));
    registry.enroll(&id("ada"), clip("ada-3.webm")).unwrap();
    let error = registry.verify(&id("ada"), &unreadable).unwrap_err();
    assert_eq!((error.kind(), error.code()), (ErrorKind::Incomplete, "speaker_incomplete"));
    assert!(error.to_string().contains("ada"));
}

#[test]
fn another_voice_is_not_added_unless_forced() {
    let Store { registry, folder: _folder } = roll();
    let before = registry.get(&id("ada")).unwrap();
    for update in [Registry::update, Registry::enroll] {
        let error = update(&registry, &id("ada"), clip("ben-1.wav")).unwrap_err();
        assert_eq!((error.kind(), error.code()), (ErrorKind::Refused, "different_voice"));
        let problem = &error.problems()[0];
        assert_eq!((problem.code, problem.severity), (ProblemCode::DifferentVoice, Severity::Refuse));
        assert!(problem.measured.unwrap() < problem.limit.unwrap());
    }
    assert_eq!(registry.get(&id("ada")).unwrap(), before);

    let both = registry.update(&id("ada"), [clip("ben-1.wav"), clip("ada-3.webm")]).unwrap();
    assert_eq!(both.recordings.len(), 4);
    let refused = both.recordings.last().unwrap();
    assert!(!refused.accepted && refused.input == Some(0) && refused.id.is_none());
    assert_eq!(refused.problems[0].code, ProblemCode::DifferentVoice);
    assert_eq!(both.recordings[2].input, Some(1));

    let forced = registry.forced().update(&id("ada"), clip("ben-1.wav")).unwrap();
    assert_eq!(forced.recordings.len(), 4);
    assert!(forced.recordings.iter().all(|sample| sample.accepted));
}

#[test]
fn recordings_of_two_people_do_not_make_one_new_speaker() {
    let Store { registry, folder: _folder } = Store::new();
    let mixed = registry.create(&id("ada"), [clip("ada-1.mp3"), clip("ben-1.wav")]).unwrap();
    assert_eq!(mixed.recordings.iter().map(|sample| sample.accepted).collect::<Vec<_>>(), [true, false]);
}

#[test]
fn a_voice_that_is_on_the_roll_already_is_pointed_out() {
    let Store { registry, folder: _folder } = roll();
    let again = registry.enroll(&id("lovelace"), clip("ada-3.webm")).unwrap();
    let problem = again.recordings[0].problems.iter().find(|p| p.code == ProblemCode::DuplicateVoice).unwrap();
    assert_eq!((problem.speaker_id.as_ref(), problem.severity), (Some(&id("ada")), Severity::Warn));
    assert!(problem.measured.unwrap() >= problem.limit.unwrap());
    let seen = registry.get(&id("lovelace")).unwrap();
    assert!(
        seen.recordings[0].problems.iter().all(|p| p.code != ProblemCode::DuplicateVoice),
        "whose voice it is like is not kept: that speaker may be deleted"
    );
    // Deleted means gone for the search as well, here and in another registry on the same store.
    let other = registry.clone();
    registry.delete(&id("ada")).unwrap();
    registry.delete(&id("lovelace")).unwrap();
    let alone = other.enroll(&id("byron"), clip("ada-3.webm")).unwrap();
    assert!(alone.recordings[0].problems.iter().all(|p| p.code != ProblemCode::DuplicateVoice));
    let stranger = registry.enroll(&id("dan"), clip("dan-1.mp3")).unwrap();
    assert!(stranger.recordings[0].problems.iter().all(|p| p.code != ProblemCode::DuplicateVoice));
}

#[test]
fn verifying_can_be_cancelled_and_timed_out() {
    let Store { registry, folder: _folder } = roll();
    let token = CancelToken::new();
    token.cancel();
    let cancelled = registry.with(CallOptions::new().cancel_with(&token)).verify(&id("ada"), &clip("ada-3.webm"));
    assert_eq!(cancelled.unwrap_err().kind(), ErrorKind::Cancelled);
    let late = registry.with(CallOptions::new().timeout(Duration::ZERO)).verify(&id("ada"), &clip("ada-3.webm"));
    assert_eq!(late.unwrap_err().kind(), ErrorKind::Timeout);
}
