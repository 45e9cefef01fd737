//! Who speaks when, in conversations put together from the shipped clips.
#![allow(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

mod common;

use std::sync::{Arc, Mutex};
use std::time::Duration;

use common::{Store, clip, id};
use voiceroll::blocking::{self, Registry};
use voiceroll::{CancelToken, Candidates, Control, DiarizeOptions, ErrorKind, Limits, Recording, Segment, SpeakerId};

const RATE: usize = 16_000;

/// A shipped clip as samples at 16 kHz, without what is silent about its speech.
fn spoken(name: &str) -> Vec<i16> {
    let wav = blocking::prepare(&clip(name), &Limits::default(), &Control::new()).unwrap().wav;
    wav[44..].chunks_exact(2).map(|pair| i16::from_le_bytes([pair[0], pair[1]])).collect()
}

fn wav(channels: &[Vec<i16>]) -> Recording {
    let frames = channels.iter().map(Vec::len).max().unwrap();
    let (count, bytes) = (channels.len() as u32, (frames * channels.len() * 2) as u32);
    let mut file = b"RIFF".to_vec();
    file.extend((36 + bytes).to_le_bytes());
    file.extend(b"WAVEfmt \x10\0\0\0\x01\0");
    file.extend((count as u16).to_le_bytes());
    file.extend((RATE as u32).to_le_bytes());
    file.extend((RATE as u32 * 2 * count).to_le_bytes());
    file.extend((2 * count as u16).to_le_bytes());
    file.extend(b"\x10\0data");
    file.extend(bytes.to_le_bytes());
    for at in 0..frames {
        for channel in channels {
            file.extend(channel.get(at).copied().unwrap_or(0).to_le_bytes());
        }
    }
    Recording::from_bytes(file)
}

/// A turn of the truth.
struct Turn {
    who: &'static str,
    start: f64,
    end: f64,
}

/// A conversation: `(who, clip, from, to)`, in seconds of the clip's speech, with pauses between.
fn conversation(parts: &[(&'static str, &str, f64, f64)]) -> (Vec<i16>, Vec<Turn>) {
    let (mut samples, mut turns) = (vec![0i16; RATE / 2], Vec::new());
    let at = |seconds: f64| (seconds * RATE as f64) as usize;
    for &(who, file, from, to) in parts {
        let start = samples.len() as f64 / RATE as f64;
        let clip = spoken(file);
        samples.extend(&clip[at(from)..at(to).min(clip.len())]);
        turns.push(Turn { who, start, end: samples.len() as f64 / RATE as f64 });
        samples.extend(vec![0i16; RATE * 6 / 10]);
    }
    (samples, turns)
}

/// Ada and Ben in turn, from recordings that nobody is enrolled with.
fn ada_and_ben() -> (Recording, Vec<Turn>) {
    let (samples, turns) = conversation(&[
        ("ada", "ada-1.mp3", 0.0, 5.0),
        ("ben", "ben-1.wav", 0.0, 3.0),
        ("ada", "ada-1.mp3", 5.0, 8.0),
        ("ben", "ben-1.wav", 3.0, 6.0),
        ("ada", "ada-1.mp3", 8.0, 15.0),
    ]);
    (wav(&[samples]), turns)
}

/// Who has the most of a turn's time, and how much of it.
fn heard(segments: &[Segment], turn: &Turn) -> (Option<SpeakerId>, f64) {
    let within = |segment: &Segment| (segment.end.min(turn.end) - segment.start.max(turn.start)).max(0.0);
    let ids: Vec<Option<SpeakerId>> = segments.iter().map(|segment| segment.speaker_id.clone()).collect();
    let time = |id: &Option<SpeakerId>| {
        segments.iter().filter(|segment| segment.speaker_id == *id).map(within).sum::<f64>() / (turn.end - turn.start)
    };
    ids.into_iter().map(|id| (time(&id), id)).max_by(|a, b| a.0.total_cmp(&b.0)).map(|(t, id)| (id, t)).unwrap()
}

fn enrolled() -> Store {
    let store = Store::new();
    store.registry.enroll(&id("ada"), [clip("ada-2.m4a"), clip("ada-3.webm")]).unwrap();
    store.registry.enroll(&id("ben"), clip("ben-2.ogg")).unwrap();
    store
}

fn in_order(segments: &[Segment], duration: f64) {
    assert!(segments.iter().all(|segment| 0.0 <= segment.start && segment.start < segment.end));
    assert!(segments.iter().all(|segment| segment.end <= duration + 0.02));
    assert!(segments.iter().all(|segment| (0.0..=1.0).contains(&segment.confidence)), "{segments:?}");
    assert!(segments.is_sorted_by(|a, b| a.start <= b.start));
}

#[test]
fn two_voices_are_found_with_their_times() {
    let Store { registry, folder: _folder } = Store::new();
    let (recording, turns) = ada_and_ben();
    for options in [DiarizeOptions::new(), DiarizeOptions::new().speakers(2)] {
        let found = registry.diarize(&recording, &options).unwrap();
        in_order(&found.segments, found.duration);
        assert_eq!(found.speakers, 2);
        assert!(found.segments.iter().all(|segment| !segment.enrolled && segment.channel.is_none()));
        for turn in &turns {
            let (who, share) = heard(&found.segments, turn);
            let expected = if turn.who == "ada" { "speaker_1" } else { "speaker_2" };
            assert_eq!(who, Some(id(expected)), "at {:.1} s: {:?}", turn.start, found.segments);
            assert!(share > 0.85, "{share} at {:.1} s", turn.start);
        }
        for turn in found.segments.windows(2) {
            assert!(turn[1].start >= turn[0].end, "one at a time");
        }
    }
}

#[test]
fn one_voice_is_one_speaker_and_silence_is_none() {
    let Store { registry, folder: _folder } = Store::new();
    for (name, count) in [("ada-1.mp3", 1), ("dan-1.mp3", 1), ("fault-silence.flac", 0)] {
        let found = registry.diarize(&clip(name), &DiarizeOptions::new()).unwrap();
        assert_eq!(found.speakers, count, "{name}");
        assert_eq!(found.segments.is_empty(), count == 0, "{name}");
    }
    assert!(registry.identify(&clip("fault-silence.flac"), Candidates::All).unwrap().segments.is_empty());
}

#[test]
fn known_voices_are_named_and_the_others_numbered_past_enrolled_ids() {
    let Store { registry, folder: _folder } = enrolled();
    registry.enroll(&id("speaker_1"), clip("dan-1.mp3")).unwrap();
    let (recording, turns) = ada_and_ben();
    let found = registry.diarize(&recording, &DiarizeOptions::new().known([id("ben")])).unwrap();
    assert_eq!(found.speakers, 2);
    for turn in &turns {
        let expected = if turn.who == "ben" { "ben" } else { "speaker_2" };
        assert_eq!(heard(&found.segments, turn).0, Some(id(expected)), "{:?}", found.segments);
    }
    assert!(found.segments.iter().all(|segment| segment.enrolled == (segment.speaker_id == Some(id("ben")))));
}

#[test]
fn enrolled_voices_are_identified_and_strangers_stay_unknown() {
    let Store { registry, folder: _folder } = enrolled();
    let (samples, turns) = conversation(&[
        ("ben", "ben-1.wav", 0.0, 4.0),
        ("dan", "dan-1.mp3", 0.0, 6.0),
        ("ada", "ada-1.mp3", 0.0, 6.0),
        ("dan", "dan-1.mp3", 6.0, 12.0),
    ]);
    let recording = wav(&[samples]);
    let found = registry.identify(&recording, Candidates::All).unwrap();
    in_order(&found.segments, found.duration);
    assert_eq!(found.speakers, 3);
    for turn in &turns {
        let expected = (turn.who != "dan").then(|| id(turn.who));
        assert_eq!(heard(&found.segments, turn).0, expected, "at {:.1} s: {:?}", turn.start, found.segments);
    }
    let only = registry.identify(&recording, [id("ada")]).unwrap();
    assert_eq!(heard(&only.segments, &turns[0]).0, None, "ben was not asked for");
    assert_eq!(heard(&only.segments, &turns[2]).0, Some(id("ada")));
}

#[test]
fn an_id_that_cannot_be_recognised_is_named_before_anything_is_heard() {
    let Store { registry, folder: _folder } = enrolled();
    registry.enroll(&id("brief"), clip("ben-1.wav")).unwrap();
    // It is not even there: reading it would give another error.
    let missing = Recording::from_path("no-such-file.wav");
    for (ids, code, kind) in [
        (vec![id("ada"), id("nobody")], "speaker_not_found", ErrorKind::NotFound),
        (vec![id("ada"), id("brief")], "speaker_incomplete", ErrorKind::Incomplete),
        (vec![], "invalid_option", ErrorKind::InvalidInput),
    ] {
        let named = ids.last().map_or(String::new(), ToString::to_string);
        let error = registry.identify(&missing, ids.clone()).unwrap_err();
        assert_eq!((error.code(), error.kind()), (code, kind));
        assert!(error.to_string().contains(&named), "{error}");
        if !ids.is_empty() {
            let error = registry.diarize(&missing, &DiarizeOptions::new().known(ids)).unwrap_err();
            assert_eq!(error.code(), code);
        }
    }
    assert_eq!(registry.identify(&missing, Candidates::All).unwrap_err().code(), "io_failed");
    let named = registry.identify(&clip("ben-2.ogg"), Candidates::All).unwrap();
    assert!(named.segments.iter().all(|segment| segment.speaker_id != Some(id("brief"))));
}

#[test]
fn options_that_cannot_be_are_refused() {
    let Store { registry, folder: _folder } = Store::new();
    let (recording, _) = ada_and_ben();
    for options in [
        DiarizeOptions::new().speakers(0),
        DiarizeOptions::new().speakers(21),
        DiarizeOptions::new().speakers(2).per_channel(true),
        DiarizeOptions::new().per_channel(true),
    ] {
        assert_eq!(registry.diarize(&recording, &options).unwrap_err().code(), "invalid_option", "{options:?}");
    }
}

#[test]
fn each_channel_can_be_one_speaker() {
    let Store { registry, folder: _folder } = enrolled();
    let (ada, ben) = (spoken("ada-1.mp3"), spoken("ben-1.wav"));
    let late = [vec![0; 4 * RATE], ben].concat();
    let options = DiarizeOptions::new().per_channel(true);
    let call = wav(&[ada, late]);
    let found = registry.diarize(&call, &options).unwrap();
    in_order(&found.segments, found.duration);
    assert_eq!(found.speakers, 2);
    for segment in &found.segments {
        let expected = if segment.channel == Some(1) { "speaker_1" } else { "speaker_2" };
        assert_eq!(segment.speaker_id, Some(id(expected)));
        assert!(segment.channel == Some(1) || segment.start > 3.8);
    }
    assert!(found.segments.windows(2).any(|pair| pair[1].start < pair[0].end), "channels may overlap");

    let named = registry.diarize(&call, &options.known(Candidates::All)).unwrap();
    for segment in &named.segments {
        let expected = if segment.channel == Some(1) { "ada" } else { "ben" };
        assert_eq!(segment.speaker_id, Some(id(expected)));
    }
}

#[test]
fn a_conversation_can_be_cancelled_timed_and_watched() {
    let Store { registry, folder: _folder } = enrolled();
    let (recording, _) = ada_and_ben();
    let with = |control: Control| -> Registry { registry.with(control) };
    let cancelled = CancelToken::new();
    cancelled.cancel();
    let stopped = with(Control::new().cancel_with(&cancelled));
    assert_eq!(stopped.diarize(&recording, &DiarizeOptions::new()).unwrap_err().code(), "cancelled");
    let late = with(Control::new().timeout(Duration::from_millis(1)));
    assert_eq!(late.identify(&recording, Candidates::All).unwrap_err().code(), "timed_out");

    let seen = Arc::new(Mutex::new(Vec::new()));
    let token = CancelToken::new();
    let control = Control::new().cancel_with(&token).on_progress({
        let (seen, token) = (Arc::clone(&seen), token.clone());
        move |progress| {
            seen.lock().unwrap().push(progress.fraction);
            if progress.fraction > 0.3 {
                token.cancel();
            }
        }
    });
    assert_eq!(with(control).diarize(&recording, &DiarizeOptions::new()).unwrap_err().code(), "cancelled");
    let control = Control::new().on_progress({
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
