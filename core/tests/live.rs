//! Sessions on sound that is still coming.
#![allow(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

mod common;

use std::time::{Duration, Instant};

use common::{clip, clip_bytes, id, inspect};
use proptest::prelude::*;
use voiceroll::blocking::{LiveEnrollment, Registry};
use voiceroll::{
    Candidates, Decision, Enrollment, ErrorKind, Limits, LiveFormat, LiveStatus, LiveUpdate, ProblemCode, Recording,
    RegistryOptions, Segment,
};

struct Place {
    _folder: tempfile::TempDir,
    registry: Registry,
}

fn place_with(options: RegistryOptions) -> Place {
    let folder = tempfile::tempdir().unwrap();
    let registry = options.open_blocking(folder.path().join("voices.db")).unwrap();
    Place { _folder: folder, registry }
}

fn place() -> Place {
    place_with(Registry::options())
}

/// The samples of a clip at 16 kHz, as its preparation has them without a header.
fn samples(name: &str) -> Vec<u8> {
    let prepared = place().registry.prepare(&clip(name)).unwrap();
    prepared.wav[44..].to_vec()
}

/// What does not depend on the moment.
fn timeless(mut enrollment: Enrollment) -> Enrollment {
    enrollment.recordings.iter_mut().for_each(|sample| sample.enrolled_at = None);
    enrollment
}

/// What is kept of a speaker's voice.
fn voice(registry: &Registry) -> Vec<String> {
    let export = registry.export_speaker(&id("ada"), true).unwrap();
    export.voiceprints.unwrap().into_iter().map(|print| print.vector + &print.heard.unwrap_or_default()).collect()
}

fn push_all(session: &LiveEnrollment, bytes: &[u8], chunk: usize) -> Vec<LiveStatus> {
    bytes.chunks(chunk).map(|part| session.push(part).unwrap()).collect()
}

fn codes(status: &LiveStatus) -> Vec<&'static str> {
    status.problems.iter().map(|problem| problem.code.as_str()).collect()
}

const STREAMED: [&str; 9] = [
    "ada-1.mp3",
    "ada-3.webm",
    "ben-1.wav",
    "ben-2.ogg",
    "fmt-adts.aac",
    "fmt-opus-live.webm",
    "fmt-vorbis.ogg",
    "fmt-mulaw.wav",
    "fault-size-streamed.wav",
];

#[test]
fn a_session_enrolls_what_enrolling_the_same_bytes_does() {
    for (name, chunk) in STREAMED.into_iter().zip([1000, 777, 9600, 4001, 300, 65_536, 1 << 20, 160, 3200]) {
        let bytes = clip_bytes(name);
        let (whole, live) = (place(), place());
        let enrolled = whole.registry.enroll(&id("ada"), Recording::from_bytes(bytes.clone())).map(timeless);
        let session = live.registry.live_enrollment(&id("ada"), LiveFormat::container()).unwrap();
        let statuses = push_all(&session, &bytes, chunk);
        let finished = session.finish().map(timeless);
        match (enrolled, finished) {
            (Ok(enrolled), Ok(finished)) => {
                assert_eq!(finished, enrolled, "{name}");
                assert_eq!(voice(&live.registry), voice(&whole.registry), "{name}");
            }
            (Err(enrolled), Err(finished)) => assert_eq!(finished.to_string(), enrolled.to_string(), "{name}"),
            (enrolled, finished) => panic!("{name}: {enrolled:?} {finished:?}"),
        }
        let (last, found) = (statuses.last().unwrap(), inspect(&clip(name)).unwrap());
        assert!((last.duration - found.duration).abs() < 0.5, "{name}: {} {}", last.duration, found.duration);
        assert!((last.speech_seconds - found.speech_seconds).abs() < 0.6, "{name}: {last:?} {found:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn it_does_not_matter_how_the_bytes_are_cut(sizes in prop::collection::vec(1usize..20_000, 1..40), float: bool) {
        let samples = samples("ada-2.m4a");
        let (bytes, format) = if float {
            let floats = samples.chunks_exact(2).map(|b| f32::from(i16::from_le_bytes([b[0], b[1]])) / 32768.0);
            (floats.flat_map(f32::to_le_bytes).collect::<Vec<u8>>(), LiveFormat::f32(16_000, 1).unwrap())
        } else {
            (samples, LiveFormat::i16(16_000, 1).unwrap())
        };
        let recording = if float {
            let floats: Vec<f32> =
                bytes.chunks_exact(4).map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]])).collect();
            Recording::from_f32(&floats, 1, 16_000)
        } else {
            let whole: Vec<i16> = bytes.chunks_exact(2).map(|b| i16::from_le_bytes([b[0], b[1]])).collect();
            Recording::from_i16(&whole, 1, 16_000)
        };
        let (whole, live) = (place(), place());
        let enrolled = timeless(whole.registry.enroll(&id("ada"), recording).unwrap());
        let session = live.registry.live_enrollment(&id("ada"), format).unwrap();
        let (mut rest, mut sizes) = (&bytes[..], sizes.iter().cycle());
        while !rest.is_empty() {
            let (part, after) = rest.split_at((*sizes.next().unwrap()).min(rest.len()));
            session.push(part).unwrap();
            rest = after;
        }
        prop_assert_eq!(timeless(session.finish().unwrap()), enrolled);
        prop_assert_eq!(voice(&live.registry), voice(&whole.registry));
    }

    #[test]
    fn no_bytes_panic_or_hang(
        magic in prop::sample::select(vec![
            &b"RIFF\xff\xff\xff\xffWAVEfmt \x10\0\0\0"[..], b"\x1a\x45\xdf\xa3", b"OggS\0\x02", b"\xff\xfb\x90\x64", b"ID3\x04\0\0\x7f\x7f\x7f\x7f", b"",
        ]),
        body in prop::collection::vec(any::<u8>(), 0..20_000),
        chunk in 1usize..5000,
    ) {
        let place = place();
        let session = place.registry.live_enrollment(&id("ada"), LiveFormat::container()).unwrap();
        let start = Instant::now();
        for part in [magic, &body].concat().chunks(chunk.max(100)) {
            if session.push(part).is_err() {
                break;
            }
        }
        prop_assert!(session.finish().is_err());
        prop_assert!(start.elapsed() < Duration::from_secs(30));
    }
}

#[test]
fn the_status_follows_what_is_said_within_a_quarter_of_a_second() {
    let place = place();
    let session = place.registry.live_enrollment(&id("ada"), LiveFormat::i16(16_000, 1).unwrap()).unwrap();
    let bytes = samples("ada-1.mp3");
    let mut before = 0.0;
    for (number, part) in bytes.chunks(3200).enumerate() {
        let status = session.push(part).unwrap();
        let sound = (number + 1) as f64 * 0.1;
        assert!((status.duration - sound).abs() < 0.11, "{} {sound}", status.duration);
        assert!(status.speech_seconds > before - 0.5, "speech is not taken back");
        before = status.speech_seconds;
        if sound > 3.0 {
            assert!(status.level_dbfs.is_some() && status.momentary_dbfs.is_some());
            // What is missing and what was said are the 12 s that are needed.
            let sum = status.speech_seconds + status.missing_seconds;
            assert!(status.missing_seconds == 0.0 || (sum - 12.0).abs() < 1e-6, "{sum}");
        }
    }
    let enrollment = session.finish().unwrap();
    assert!((enrollment.speech_seconds - before).abs() < 0.6);
    // Who was enrolled before lacks less.
    let session = place.registry.live_enrollment(&id("ada"), LiveFormat::container()).unwrap();
    assert_eq!(session.push(b"").unwrap().missing_seconds, enrollment.missing_seconds);
}

#[test]
fn problems_come_with_the_codes_of_an_inspection_and_go() {
    for (name, code) in [
        ("fault-clipped.wav", ProblemCode::Clipped),
        ("fault-two-speakers.mp3", ProblemCode::SecondVoice),
        ("fault-telephone-mulaw.wav", ProblemCode::NarrowBand),
        ("fault-room-only.ogg", ProblemCode::NoSpeech),
        ("fault-dc-offset.wav", ProblemCode::DcOffset),
    ] {
        let place = place();
        let session = place.registry.live_enrollment(&id("ada"), LiveFormat::container()).unwrap();
        let statuses = push_all(&session, &clip_bytes(name), 4000);
        let last = statuses.last().unwrap();
        assert!(last.problem(code).is_some(), "{name}: {:?}", codes(last));
    }
    let place = place();
    let session = place.registry.live_enrollment(&id("ada"), LiveFormat::container()).unwrap();
    let statuses = push_all(&session, &clip_bytes("ada-1.mp3"), 2000);
    assert!(statuses.iter().any(|status| status.problem(ProblemCode::TooShort).is_some()));
    assert!(statuses.last().unwrap().problem(ProblemCode::TooShort).is_none());
    assert!(statuses.iter().all(|status| status.problem(ProblemCode::SecondVoice).is_none()));
    assert_eq!(statuses.last().unwrap().speakers, Some(1));
}

#[test]
fn channels_that_cancel_each_other_are_heard() {
    let place = place();
    let samples = samples("ada-1.mp3");
    let stereo: Vec<u8> = samples
        .chunks_exact(2)
        .flat_map(|b| {
            let sample = i16::from_le_bytes([b[0], b[1]]);
            [sample.to_le_bytes(), sample.saturating_neg().to_le_bytes()].concat()
        })
        .collect();
    let session = place.registry.live_enrollment(&id("ada"), LiveFormat::i16(16_000, 2).unwrap()).unwrap();
    let last = push_all(&session, &stereo, 6400).pop().unwrap();
    assert!(last.speech_seconds > 8.0, "{last:?}");
    assert!((session.finish().unwrap().speech_seconds - last.speech_seconds).abs() < 1.0);
}

#[test]
fn what_cannot_be_read_as_it_comes_is_refused() {
    let place = place();
    for (name, code) in [
        ("ada-2.m4a", "recording_unsupported"),
        ("cleo-1.flac", "recording_unsupported"),
        ("not-picture.png", "recording_unsupported"),
    ] {
        let session = place.registry.live_enrollment(&id("ada"), LiveFormat::container()).unwrap();
        let error = clip_bytes(name).chunks(1000).find_map(|part| session.push(part).err()).unwrap();
        assert_eq!(error.code(), code, "{name}: {error}");
        assert_eq!(session.push(b"more").unwrap_err().code(), "session_ended");
        assert_eq!(session.finish().unwrap_err().kind(), ErrorKind::InvalidInput);
    }
    for format in
        [LiveFormat::i16(100, 1), LiveFormat::f32(192_001, 1), LiveFormat::i16(16_000, 0), LiveFormat::i16(16_000, 9)]
    {
        assert_eq!(format.unwrap_err().code(), "invalid_option");
    }
}

#[test]
fn a_session_that_is_cancelled_dropped_or_idle_leaves_nothing() {
    let place = place_with(Registry::options().live_idle(Duration::from_millis(400)));
    let bytes = clip_bytes("ada-1.mp3");
    let start = || {
        let session = place.registry.live_enrollment(&id("ada"), LiveFormat::container()).unwrap();
        push_all(&session, &bytes, 10_000);
        session
    };
    let session = start();
    session.cancel();
    assert_eq!(session.finish().unwrap_err().code(), "session_ended");
    drop(start());
    let session = start();
    std::thread::sleep(Duration::from_millis(1500));
    let error = session.push(&bytes).unwrap_err();
    assert_eq!((error.code(), error.kind(), error.is_retryable()), ("session_idle", ErrorKind::Timeout, false));
    assert_eq!(place.registry.get(&id("ada")).unwrap_err().code(), "speaker_not_found");
}

#[test]
fn a_session_has_the_limits_of_a_recording() {
    let samples = samples("ada-1.mp3");
    let place = place_with(Registry::options().limits(Limits::new().max_bytes(320_044).max_seconds(20.0)));
    let session = place.registry.live_enrollment(&id("ada"), LiveFormat::i16(16_000, 1).unwrap()).unwrap();
    session.push(&samples[..320_000]).unwrap();
    assert_eq!(session.push(b"xx").unwrap_err().code(), "recording_too_large");
    assert!(session.finish().unwrap().speech_seconds > 5.0);
    let session = place.registry.live_enrollment(&id("ben"), LiveFormat::i16(4_000, 1).unwrap()).unwrap();
    session.push(&samples[..160_000]).unwrap();
    assert_eq!(session.push(b"xx").unwrap_err().code(), "recording_too_long");
    let place = place_with(Registry::options().limits(Limits::new().max_seconds(5.0)));
    let session = place.registry.live_enrollment(&id("ben"), LiveFormat::container()).unwrap();
    let errors: Vec<_> = clip_bytes("ben-1.wav").chunks(10_000).filter_map(|part| session.push(part).err()).collect();
    assert!(errors.len() > 2 && errors.iter().all(|error| error.code() == "recording_too_long"), "{errors:?}");
    assert_eq!(session.finish().unwrap_err().code(), "recording_too_long");
}

#[test]
fn consent_is_needed_before_anybody_speaks() {
    let place = place_with(Registry::options().require_consent(true));
    let refused = place.registry.live_enrollment(&id("ada"), LiveFormat::container()).unwrap_err();
    assert_eq!(refused.code(), "consent_missing");
}

fn enrolled(options: RegistryOptions) -> Place {
    let place = place_with(options);
    for (name, clips) in [("ada", ["ada-1.mp3", "ada-2.m4a"]), ("ben", ["ben-1.wav", "ben-2.ogg"])] {
        place.registry.enroll(&id(name), clips.map(clip)).unwrap();
    }
    place
}

/// The segments that somebody has who does with updates what their documentation says.
fn followed(updates: &[LiveUpdate]) -> Vec<Segment> {
    let mut segments: Vec<Segment> = Vec::new();
    for update in updates {
        if let Some(first) = update.segments.first() {
            segments.retain(|segment| segment.start < first.start);
            segments.extend_from_slice(&update.segments);
        }
    }
    segments
}

#[test]
fn who_speaks_is_said_while_they_speak_and_at_the_end_as_of_a_recording() {
    let place = enrolled(Registry::options());
    // Two people in turn, with a pause between.
    let (ada, ben) = (samples("ada-3.webm"), samples("ben-1.wav"));
    let pause = vec![0u8; 32_000];
    let talk = [&ada[..240_000.min(ada.len())], &pause, &ben[..240_000.min(ben.len())]].concat();
    let session = place.registry.live_identification(Candidates::All, LiveFormat::i16(16_000, 1).unwrap()).unwrap();
    let updates: Vec<LiveUpdate> = talk.chunks(3200).map(|part| session.push(part).unwrap()).collect();
    let named = |update: &LiveUpdate| update.speaker.as_ref()?.speaker_id.clone();
    let first = updates.iter().find(|update| update.speaker.is_some()).unwrap();
    assert!(first.speech_seconds <= 3.0, "{first:?}");
    let first_name = updates.iter().find_map(|update| named(update).map(|name| (name, update.speech_seconds))).unwrap();
    assert_eq!(first_name.0.as_str(), "ada");
    assert!(first_name.1 < 6.0, "{first_name:?}");
    let last_name = updates.iter().rev().find_map(named).unwrap();
    assert_eq!(last_name.as_str(), "ben");
    let live = followed(&updates);
    assert!(live.windows(2).all(|pair| pair[0].start < pair[1].start));
    let found = session.finish().unwrap();
    let whole: Vec<i16> = talk.chunks_exact(2).map(|b| i16::from_le_bytes([b[0], b[1]])).collect();
    assert_eq!(found, place.registry.identify(&Recording::from_i16(&whole, 1, 16_000), Candidates::All).unwrap());
    let names = |segments: &[Segment]| {
        let mut names: Vec<_> = segments.iter().filter_map(|s| s.speaker_id.clone()).map(|id| id.to_string()).collect();
        names.dedup();
        names
    };
    assert_eq!(names(&live), names(&found.segments));
}

#[test]
fn decisions_attempts_and_deletions_count_for_sessions_too() {
    let place = enrolled(Registry::options().decisions_only(true).attempts_per_hour(2));
    let these = || Candidates::These(vec![id("ada")]);
    let format = LiveFormat::i16(16_000, 1).unwrap();
    let session = place.registry.live_identification(these(), format).unwrap();
    let updates: Vec<LiveUpdate> =
        samples("ada-1.mp3").chunks(32_000).map(|part| session.push(part).unwrap()).collect();
    let segments = followed(&updates);
    assert!(!segments.is_empty());
    assert!(segments.iter().all(|segment| segment.confidence == f64::from(u8::from(segment.enrolled))));
    session.finish().unwrap();
    // The session was one attempt, its end none.
    assert_ne!(place.registry.verify(&id("ada"), &clip("ada-2.m4a")).unwrap().decision, Decision::NoMatch);
    assert_eq!(place.registry.live_identification(these(), format).unwrap_err().code(), "rate_limited");
    let unknown = place.registry.live_identification(Candidates::These(vec![id("nobody")]), format).unwrap_err();
    assert_eq!(unknown.code(), "speaker_not_found");
    assert_eq!(place.registry.live_identification(Candidates::Nobody, format).unwrap_err().code(), "invalid_option");
}

#[test]
fn a_candidate_who_is_deleted_is_named_no_more() {
    let place = enrolled(Registry::options());
    let these = Candidates::These(vec![id("ada"), id("ben")]);
    let session = place.registry.live_identification(these, LiveFormat::i16(16_000, 1).unwrap()).unwrap();
    session.push(&[0; 3200]).unwrap();
    place.registry.delete(&id("ada")).unwrap();
    std::thread::sleep(Duration::from_millis(5200));
    let error = session.push(&[0; 3200]).unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Gone | ErrorKind::NotFound), "{error}");
}

#[test]
fn the_audit_trail_knows_of_a_session_before_it_names_anybody() {
    let audit = tempfile::tempdir().unwrap();
    let place = enrolled(Registry::options().audit(audit.path()));
    let before = place.registry.audit_entries().unwrap().len();
    let session = place.registry.live_identification(Candidates::All, LiveFormat::i16(16_000, 1).unwrap()).unwrap();
    let outcomes = || {
        let entries = place.registry.audit_entries().unwrap();
        entries[before..].iter().map(|entry| (entry.action.clone(), entry.outcome.clone())).collect::<Vec<_>>()
    };
    assert_eq!(outcomes(), [("identify".to_owned(), "begun".to_owned())]);
    session.push(&samples("ada-1.mp3")).unwrap();
    session.finish().unwrap();
    assert_eq!(outcomes().last().unwrap().1, "done");
}

#[test]
fn sessions_work_on_any_async_runtime() {
    let folder = tempfile::tempdir().unwrap();
    let registry = voiceroll::Registry::open(folder.path().join("voices.db")).unwrap();
    futures_executor::block_on(async {
        let ada = id("ada");
        let session = registry.live_enrollment(&ada, LiveFormat::container()).await.unwrap();
        for part in clip_bytes("ada-1.mp3").chunks(8000) {
            session.push(part.to_vec()).await.unwrap();
        }
        assert!(session.finish().await.unwrap().complete);
        let format = LiveFormat::i16(16_000, 1).unwrap();
        let session = registry.live_identification(Candidates::All, format).await.unwrap();
        session.push(samples("ada-2.m4a")).await.unwrap();
        assert!(!session.finish().await.unwrap().segments.is_empty());
    });
}
