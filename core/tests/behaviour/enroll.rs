//! Enrolling, as a user of either registry meets it.

use std::time::{Duration, Instant};

use voiceroll::{CallOptions, CancelToken, Enrollment, ErrorKind, ListOptions, ProblemCode, Quality};

use crate::Store;
use crate::common::{an_hour, clip, id};

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
    assert_eq!(error.recording(), Some(1));
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
fn nobody_is_shifted_out_of_sight_between_two_pages() {
    let Store { registry, folder: _folder } = Store::new();
    let enroll = |name: &str| drop(registry.enroll(&id(name), clip("ada-3.webm")).unwrap());
    ["b", "c", "d", "e"].into_iter().for_each(enroll);
    let options = ListOptions::new().partial(true).per_page(2);
    let first = registry.list(options.clone()).unwrap();
    registry.delete(&id("b")).unwrap();
    enroll("f");
    // By its number the second page would begin with e.
    let second = registry.list(options.clone().page(2).after(first.next_after.unwrap())).unwrap();
    let third = registry.list(options.page(3).after(second.next_after.clone().unwrap())).unwrap();
    let ids: Vec<&str> = second.records.iter().chain(&third.records).map(|record| record.speaker_id.as_str()).collect();
    assert_eq!((ids, third.next_after), (vec!["d", "e", "f"], None));
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
    let error = registry.with(CallOptions::new().cancel_with(&token)).enroll(&id("ada"), an_hour()).unwrap_err();
    let stopped = Instant::now();
    assert_eq!((error.kind(), error.is_retryable()), (ErrorKind::Cancelled, true));
    assert!(stopped - canceller.join().unwrap() < Duration::from_millis(500));
    assert_eq!(registry.get(&id("ada")).unwrap_err().kind(), ErrorKind::NotFound);
}

#[test]
fn a_call_keeps_to_its_time() {
    let Store { registry, folder: _folder } = Store::new();
    let hurried = registry.with(CallOptions::new().timeout(Duration::from_millis(50)));
    let started = Instant::now();
    let error = hurried.enroll(&id("ada"), an_hour()).unwrap_err();
    assert_eq!((error.kind(), error.is_retryable()), (ErrorKind::Timeout, true));
    assert!(started.elapsed() < Duration::from_secs(6));
    hurried.get(&id("ada")).unwrap_err();
}

#[test]
fn errors_and_debug_forms_hold_no_voice() {
    let store = Store::new();
    let enrollment = store.registry.enroll(&id("ada"), clip("ada-3.webm")).unwrap();
    let printed = format!("{:?} {enrollment:?} {}", store.registry, serde_json::to_string(&enrollment).unwrap());
    assert!(!printed.contains("vector") && printed.len() < 4000);
}
