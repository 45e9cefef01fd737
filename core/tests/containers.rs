//! What containers say besides the sound: gaps, late starts, edits, tracks that cannot be read, and
//! sizes that lie. Most files here are made by the tests, of plain samples.
#![allow(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

mod common;

use common::{clip_bytes, inspect};
use voiceroll::{Error, Inspection, Recording};

const RATE: u32 = 16_000;

fn found(bytes: Vec<u8>) -> Inspection {
    inspect(&Recording::from_bytes(bytes)).unwrap()
}

fn refused(bytes: Vec<u8>) -> Error {
    inspect(&Recording::from_bytes(bytes)).map(|found| found.duration).unwrap_err()
}

#[track_caller]
fn lasts(bytes: Vec<u8>, seconds: f64) {
    let duration = found(bytes).duration;
    assert!((duration - seconds).abs() < 0.03, "{duration} s in place of {seconds}");
}

/// So many milliseconds of a square wave, 16 bits.
fn tone(milliseconds: u32, height: i16) -> Vec<u8> {
    let samples = RATE / 1000 * milliseconds;
    (0..samples).flat_map(|n| if n / 20 % 2 == 0 { height } else { -height }.to_le_bytes()).collect()
}

// Matroska.

fn element(id: u32, body: &[u8]) -> Vec<u8> {
    let id: Vec<u8> = id.to_be_bytes().into_iter().skip_while(|byte| *byte == 0).collect();
    [&id[..], &(body.len() as u64 | 1 << 56).to_be_bytes(), body].concat()
}

fn track(number: u8, codec: &str) -> Vec<u8> {
    let is_sound = codec.starts_with("A_");
    let audio = [element(0xb5, &f64::from(RATE).to_be_bytes()), element(0x9f, &[1]), element(0x6264, &[16])];
    let video = [element(0xb0, &[16]), element(0xba, &[16])];
    let (kind, what) = if is_sound { (2, element(0xe1, &audio.concat())) } else { (1, element(0xe0, &video.concat())) };
    let fields =
        [element(0xd7, &[number]), element(0x73c5, &[number]), element(0x83, &[kind]), element(0x86, codec.as_bytes())];
    element(0xae, &[fields.concat(), what].concat())
}

/// Blocks in a cluster each: track, milliseconds, bytes.
fn matroska(tracks: &[Vec<u8>], blocks: &[(u8, u64, Vec<u8>)]) -> Vec<u8> {
    let clusters = blocks.iter().flat_map(|(track, time, bytes)| {
        let block = element(0xa3, &[&[0x80 | track, 0, 0, 0x80][..], bytes].concat());
        element(0x1f43_b675, &[element(0xe7, &time.to_be_bytes()), block].concat())
    });
    let info = [element(0x2ad7b1, &1_000_000u32.to_be_bytes()), element(0x4d80, b"test"), element(0x5741, b"test")];
    let info = element(0x1549_a966, &info.concat());
    let body = [info, element(0x1654_ae6b, &tracks.concat()), clusters.collect()].concat();
    [element(0x1a45_dfa3, &element(0x4282, b"matroska")), element(0x1853_8067, &body)].concat()
}

const PCM: &str = "A_PCM/INT/LIT";

fn pcm(times: &[u64]) -> Vec<u8> {
    let blocks: Vec<_> = times.iter().map(|time| (1, *time, tone(100, 8000))).collect();
    matroska(&[track(1, PCM)], &blocks)
}

#[test]
fn silence_that_was_not_recorded_is_put_back() {
    lasts(pcm(&[0, 100, 200]), 0.3);
    lasts(pcm(&[0, 100, 3200]), 3.3);
    // Rounded times and a clock set back are no gaps, and a stream need not begin at zero.
    lasts(pcm(&[0, 130, 230, 50, 340]), 0.5);
    lasts(pcm(&[50_000, 50_100]), 0.2);
}

#[test]
fn a_clock_that_leaps_costs_no_hours() {
    lasts(pcm(&[0, 100, 7_000_000, 7_000_100, 1 << 40, (1 << 40) + 1100]), 1.6);
    let every_minute: Vec<u64> = (0..100).map(|minute| minute * 60_000).collect();
    let duration = found(pcm(&every_minute)).duration;
    assert!((500.0..620.0).contains(&duration), "{duration}");
}

#[test]
fn sound_that_starts_after_the_picture_starts_late() {
    let tracks = [track(1, PCM), track(2, "V_MPEG4/ISO/ASP")];
    let blocks = [(2, 0, vec![0; 50]), (1, 2000, tone(100, 8000)), (2, 2000, vec![0; 50]), (1, 2100, tone(100, 8000))];
    lasts(matroska(&tracks, &blocks), 2.2);
}

#[test]
fn the_track_with_speech_is_read_or_the_one_that_is_named() {
    // A WAV file of 16 bits at this rate, without its header of 44 bytes.
    let speech = clip_bytes("ben-1.wav").split_off(44);
    let milliseconds = (speech.len() / (2 * RATE as usize / 1000)) as u64;
    let blocks = [(1, 0, vec![0; speech.len()]), (2, 0, speech)];
    let bytes = matroska(&[track(1, PCM), track(2, PCM)], &blocks);
    let recording = Recording::from_bytes(bytes);
    for (recording, speaks) in
        [(recording.clone(), true), (recording.clone().track(1), false), (recording.clone().track(2), true)]
    {
        let found = inspect(&recording).unwrap();
        assert_eq!(found.speech_seconds > 2.0, speaks, "{found:?}");
        assert!((found.duration - milliseconds as f64 / 1000.0).abs() < 0.01, "{found:?}");
        assert!(found.problems.iter().any(|problem| problem.measured == Some(2.0)), "{:?}", found.problems);
    }
    assert_eq!(inspect(&recording.track(3)).map(|_| ()).unwrap_err().code(), "invalid_option");
}

#[test]
fn the_first_track_that_can_be_decoded_is_heard() {
    let tracks = [track(1, "A_AC3"), track(2, PCM)];
    let blocks = [(1, 0, vec![0x0b, 0x77, 0, 0]), (2, 0, tone(500, 8000)), (1, 32, vec![0x0b, 0x77, 0, 0])];
    lasts(matroska(&tracks, &blocks), 0.5);
    let error = refused(matroska(&tracks[..1], &blocks[..1]));
    assert_eq!(error.code(), "recording_unsupported");
    assert!(error.to_string().contains("(AC-3)"), "{error}");
    let error = refused(matroska(&[track(1, "A_UNHEARD_OF")], &blocks[..1]));
    assert_eq!(error.code(), "recording_unsupported", "{error}");
}

// MP4.

fn atom(name: &[u8; 4], body: &[u8]) -> Vec<u8> {
    [&(body.len() as u32 + 8).to_be_bytes()[..], name, body].concat()
}

fn words(words: &[u32]) -> Vec<u8> {
    words.iter().flat_map(|word| word.to_be_bytes()).collect()
}

fn ftyp() -> Vec<u8> {
    atom(b"ftyp", b"isom\0\0\0\0isom")
}

/// A movie of one sound track: its edits (milliseconds, media time), its codec, its tables, and what
/// else is in `moov`.
fn moov(edits: &[(u32, i32)], codec: &[u8; 4], lasts: u32, tables: &[Vec<u8>], more: &[u8]) -> Vec<u8> {
    let mvhd = atom(b"mvhd", &words(&[&[0, 0, 0, 1000, 0, 0x0001_0000, 0x0100_0000], &[0; 18][..]].concat()));
    let tkhd = atom(b"tkhd", &words(&[&[7, 0, 0, 1, 0, 0], &[0; 15][..]].concat()));
    let entries = edits.iter().flat_map(|(length, from)| [*length, *from as u32, 0x0001_0000]);
    let list = [vec![0, edits.len() as u32], entries.collect()].concat();
    let edts = if edits.is_empty() { Vec::new() } else { atom(b"edts", &atom(b"elst", &words(&list))) };
    let mdhd = atom(b"mdhd", &words(&[0, 0, 0, RATE, lasts, 0x55c4_0000]));
    let hdlr = atom(b"hdlr", &[&words(&[0, 0])[..], b"soun", &[0; 13]].concat());
    let entry = atom(codec, &words(&[0, 1, 0, 0, 0x0001_0010, 0, RATE << 16]));
    let stsd = atom(b"stsd", &[words(&[0, 1]), entry].concat());
    let stbl = atom(b"stbl", &[vec![stsd], tables.to_vec()].concat().concat());
    let minf = atom(b"minf", &[atom(b"smhd", &[0; 8]), stbl].concat());
    let trak = atom(b"trak", &[tkhd, edts, atom(b"mdia", &[mdhd, hdlr, minf].concat())].concat());
    atom(b"moov", &[&mvhd[..], &trak, more].concat())
}

/// Two seconds, the second of them soft, whose samples have the given counts and durations.
fn mp4(edits: &[(u32, i32)], durations: &[u32], more: &[u8]) -> Vec<u8> {
    let sound = [tone(1000, 16_000), tone(1000, 160)].concat();
    let samples = sound.len() as u32 / 2;
    let lasts = durations.chunks(2).map(|pair| pair[0] * pair[1]).sum();
    let tables = [
        atom(b"stts", &words(&[&[0, durations.len() as u32 / 2], durations].concat())),
        atom(b"stsc", &words(&[0, 1, 1, samples, 1])),
        atom(b"stsz", &words(&[0, 2, samples])),
        atom(b"stco", &words(&[0, 1, ftyp().len() as u32 + 8])),
    ];
    [ftyp(), atom(b"mdat", &sound), moov(edits, b"sowt", lasts, &tables, more)].concat()
}

const PLAIN: [u32; 2] = [32_000, 1];

#[test]
fn what_an_edit_list_cuts_away_is_not_heard() {
    lasts(mp4(&[], &PLAIN, &[]), 2.0);
    let second = found(mp4(&[(1000, 16_000)], &PLAIN, &[]));
    assert!((second.duration - 1.0).abs() < 0.01 && second.peak_dbfs.unwrap() < -40.0, "{second:?}");
    let first = found(mp4(&[(1000, 0)], &PLAIN, &[]));
    assert!((first.duration - 1.0).abs() < 0.01 && first.peak_dbfs.unwrap() > -10.0, "{first:?}");
    lasts(mp4(&[(500, 4000), (250, 16_000)], &PLAIN, &[]), 0.75);
    // Silence before, and a movie that goes on for as long as its sound.
    lasts(mp4(&[(3000, -1), (2000, 0)], &PLAIN, &[]), 5.0);
    lasts(mp4(&[(3000, -1), (500, 16_000)], &PLAIN, &[]), 3.5);
}

#[test]
fn an_edit_for_the_encoders_delay_cuts_it_and_a_senseless_one_cuts_nothing() {
    lasts(mp4(&[(1900, 1024)], &PLAIN, &[]), 1.936);
    lasts(mp4(&[(0, 1024)], &PLAIN, &[]), 1.936);
    lasts(mp4(&[(1000, 16_000), (1000, 0)], &PLAIN, &[]), 2.0);
    lasts(mp4(&[(u32::MAX, -1), (2000, 0)], &PLAIN, &[]), 2.0);
    assert_eq!(refused(mp4(&[(1000, i32::MAX)], &PLAIN, &[])).code(), "recording_no_sound");
}

#[test]
fn a_pause_in_an_mp4_lasts() {
    lasts(mp4(&[], &[16_000, 1, 1, 48_001, 15_999, 1], &[]), 5.0);
    lasts(mp4(&[], &[31_999, 1, 1, 48_001], &[]), 5.0);
}

#[test]
fn a_pause_between_fragments_lasts() {
    let none = [
        atom(b"stts", &words(&[0, 0])),
        atom(b"stsc", &words(&[0, 0])),
        atom(b"stsz", &words(&[0, 0, 0])),
        atom(b"stco", &words(&[0, 0])),
    ];
    let trex = atom(b"trex", &words(&[0, 1, 1, 1, 2, 0]));
    let mut file = [ftyp(), moov(&[], b"sowt", 0, &none, &atom(b"mvex", &trex))].concat();
    for (number, start) in [(1, 16_000u32), (2, 32_000), (3, 80_000)] {
        let head = |offset: u32| {
            let traf = [
                atom(b"tfhd", &words(&[0x0002_0000, 1])),
                atom(b"tfdt", &words(&[0, start])),
                atom(b"trun", &words(&[1, 16_000, offset])),
            ];
            atom(b"moof", &[atom(b"mfhd", &words(&[0, number])), atom(b"traf", &traf.concat())].concat())
        };
        file.extend(head(head(0).len() as u32 + 8));
        file.extend(atom(b"mdat", &tone(1000, 8000)));
    }
    lasts(file, 5.0);
}

#[test]
fn a_title_may_have_a_trunk_in_it() {
    let title = atom(b"udta", b"the trunk of the stsz-tree, moof and trak");
    lasts(mp4(&[], &PLAIN, &title), 2.0);
}

#[test]
fn an_mp4_cut_off_before_its_index_says_so() {
    let whole = clip_bytes("fmt-aac.m4a");
    let error = refused(whole[..whole.len() / 2].to_vec());
    assert_eq!(error.code(), "recording_damaged");
    assert!(error.to_string().contains("its end is missing"), "{error}");
}

#[test]
fn sound_in_a_foreign_codec_is_no_video_without_sound() {
    for (code, name) in [(b"sawp", "AMR-WB+"), (b"ac-3", "AC-3"), (b"zyxw", "zyxw")] {
        let mut file = mp4(&[], &PLAIN, &[]);
        let at = file.windows(4).position(|name| name == b"sowt").unwrap();
        file[at..at + 4].copy_from_slice(code);
        let error = refused(file);
        assert_eq!(error.code(), "recording_unsupported", "{name}: {error}");
        assert!(error.to_string().contains(name), "{error}");
    }
}

// Others.

#[test]
fn speex_is_named() {
    let page = [&b"OggS\0\x02"[..], &[0; 20], &[1, 80], b"Speex   1.2.1", &[0; 67]].concat();
    let error = refused(page);
    assert_eq!(error.code(), "recording_unsupported");
    assert!(error.to_string().contains("Speex"), "{error}");
}

#[test]
fn the_gain_in_an_opus_header_is_applied() {
    for (file, mark, at, gain) in [
        ("fmt-opus.webm", &b"OpusHead"[..], 16, (-2560i16).to_le_bytes()),
        ("fmt-opus.mp4", &b"dOps"[..], 12, (-2560i16).to_be_bytes()),
    ] {
        let mut bytes = clip_bytes(file);
        let before = found(bytes.clone()).peak_dbfs.unwrap();
        let at = bytes.windows(mark.len()).position(|window| window == mark).unwrap() + at;
        bytes[at..at + 2].copy_from_slice(&gain);
        let after = found(bytes).peak_dbfs.unwrap();
        assert!((before - after - 10.0).abs() < 0.11, "{file}: {before}, then {after}");
    }
}

#[test]
fn a_crashed_recorders_wav_is_read_behind_a_long_chunk() {
    let whole = clip_bytes("fmt-s16.wav");
    let data = whole.windows(4).position(|window| window == b"data").unwrap();
    let long = [&b"bext"[..], &100_001u32.to_le_bytes(), &[0; 100_002]].concat();
    for size in [0, u32::MAX] {
        let mut file = [&whole[..data], &long, &whole[data..]].concat();
        let at = data + long.len() + 4;
        file[at..at + 4].copy_from_slice(&size.to_le_bytes());
        assert_eq!(found(file).duration, found(whole.clone()).duration, "{size}");
    }
}
