//! Who speaks when, in conversations put together from the shipped clips.

use voiceroll::{Candidates, DiarizeOptions, ErrorKind, Recording, Segment, SpeakerId};

use crate::Store;
use crate::common::talk::{RATE, Turn, ada_and_ben, conversation, spoken, wav};
use crate::common::{clip, id};

pub(crate) fn enrolled() -> Store {
    let store = Store::new();
    store.registry.enroll(&id("ada"), [clip("ada-2.m4a"), clip("ada-3.webm")]).unwrap();
    store.registry.enroll(&id("ben"), clip("ben-2.ogg")).unwrap();
    store
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
    assert_eq!(registry.identify(&recording, [id("ada"), id("ada")]).unwrap(), only, "an id may be there twice");
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
fn a_channel_keeps_its_number_whoever_is_named_or_silent_on_the_others() {
    let Store { registry, folder: _folder } = enrolled();
    let (ada, ben, dan) = (spoken("ada-1.mp3"), spoken("ben-1.wav"), spoken("dan-1.mp3"));
    let options = DiarizeOptions::new().per_channel(true).known([id("ada")]);
    let call = wav(&[ada, Vec::new(), dan, ben]);
    let label = |channel: u32| {
        let found = registry.diarize(&call, &options).unwrap();
        assert_eq!(found.speakers, 3);
        found.segments.into_iter().find(|segment| segment.channel == Some(channel)).unwrap().speaker_id
    };
    assert_eq!([label(1), label(3), label(4)], ["ada", "speaker_3", "speaker_4"].map(|who| Some(id(who))));
    // An enrolled id is for nobody else, and nor are the numbers of the other channels.
    registry.enroll(&id("speaker_3"), clip("cleo-1.flac")).unwrap();
    assert_eq!([label(3), label(4)], ["speaker_5", "speaker_4"].map(|who| Some(id(who))));
}
