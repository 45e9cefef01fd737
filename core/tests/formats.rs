//! Headers that lie, formats of telephony, recordings put one behind another: what programs write and recorders leave.
//! The files here are made by the tests, of clips that the project ships or of plain samples.
#![allow(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

mod common;

use common::{clip_bytes, inspect};
use voiceroll::{Inspection, ProblemCode, Recording};

fn found(bytes: Vec<u8>) -> Inspection {
    inspect(&Recording::from_bytes(bytes)).unwrap()
}

#[track_caller]
fn refused(bytes: Vec<u8>, code: &str, says: &str) {
    let error = inspect(&Recording::from_bytes(bytes)).map(|found| found.container).unwrap_err();
    assert_eq!(error.code(), code, "{error}");
    assert!(error.to_string().contains(says), "{error}");
}

/// The samples of a clip of speech, 16 kHz, one channel.
fn speech() -> Vec<i16> {
    let whole = clip_bytes("ben-1.wav");
    let data = whole.windows(4).position(|window| window == b"data").unwrap() + 8;
    whole[data..].chunks_exact(2).map(|pair| i16::from_le_bytes([pair[0], pair[1]])).collect()
}

fn chunk(name: &[u8; 4], body: &[u8]) -> Vec<u8> {
    let mut chunk = [&name[..], &(body.len() as u32).to_le_bytes(), body].concat();
    if body.len() % 2 == 1 {
        chunk.push(0);
    }
    chunk
}

/// A format chunk of so many bytes.
fn fmt(tag: u16, channels: u16, rate: u32, block: u16, bits: u16, len: usize) -> Vec<u8> {
    let mut body = Vec::new();
    body.extend(tag.to_le_bytes());
    body.extend(channels.to_le_bytes());
    body.extend(rate.to_le_bytes());
    body.extend((rate * u32::from(block)).to_le_bytes());
    body.extend(block.to_le_bytes());
    body.extend(bits.to_le_bytes());
    body.resize(len, 0);
    chunk(b"fmt ", &body)
}

fn riff(chunks: &[Vec<u8>]) -> Vec<u8> {
    let body = chunks.concat();
    [&b"RIFF"[..], &(body.len() as u32 + 4).to_le_bytes(), b"WAVE", &body].concat()
}

fn bytes16(samples: &[i16]) -> Vec<u8> {
    samples.iter().flat_map(|sample| sample.to_le_bytes()).collect()
}

#[track_caller]
fn same(found: &Inspection, plain: &Inspection) {
    assert_eq!((found.duration, found.speech_seconds), (plain.duration, plain.speech_seconds), "{found:?}");
}

#[test]
fn the_size_of_the_format_chunk_decides_nothing() {
    let samples = speech();
    let plain = found(riff(&[fmt(1, 1, 16_000, 2, 16, 16), chunk(b"data", &bytes16(&samples))]));
    assert!(plain.speech_seconds > 4.0);
    let floats: Vec<u8> = samples.iter().flat_map(|sample| (f32::from(*sample) / 32768.0).to_le_bytes()).collect();
    for len in [16, 18, 20, 28, 40] {
        same(&found(riff(&[fmt(1, 1, 16_000, 2, 16, len), chunk(b"data", &bytes16(&samples))])), &plain);
        same(&found(riff(&[fmt(3, 1, 16_000, 4, 32, len), chunk(b"data", &floats)])), &plain);
        for (tag, codec) in [(7, "pcm_mulaw"), (6, "pcm_alaw")] {
            let silence = vec![0xd5; 8000];
            let told = found(riff(&[fmt(tag, 1, 8000, 1, 8, len), chunk(b"data", &silence)]));
            assert_eq!((told.codec.as_str(), told.duration), (codec, 1.0), "{len}");
        }
    }
}

#[test]
fn chunks_beside_the_sound_decide_nothing() {
    let data = chunk(b"data", &bytes16(&speech()));
    let fmt = fmt(1, 1, 16_000, 2, 16, 16);
    let plain = found(riff(&[fmt.clone(), data.clone()]));
    for len in [0, 2, 12] {
        same(&found(riff(&[fmt.clone(), chunk(b"fact", &vec![0xff; len]), data.clone()])), &plain);
    }
    // A list whose size is odd and not padded, too small, too large, or far too large.
    let list = [&b"LIST"[..], &11u32.to_le_bytes(), b"INFOISFT\x01\0\0"].concat();
    same(&found(riff(&[fmt.clone(), list, data.clone()])), &plain);
    for size in [0u32, 3, 9, 17, 5000, u32::MAX] {
        let mut list = chunk(b"LIST", b"INFOISFT\x0e\0\0\0Lavf58.29.100\0");
        list[4..8].copy_from_slice(&size.to_le_bytes());
        same(&found(riff(&[fmt.clone(), list, data.clone()])), &plain);
    }
}

#[test]
fn the_size_of_the_sound_is_overruled_by_what_is_there() {
    let data = bytes16(&speech());
    let fmt = fmt(1, 1, 16_000, 2, 16, 16);
    let plain = found(riff(&[fmt.clone(), chunk(b"data", &data)]));
    // Less than is there, nothing, not known: all of it is read.
    for size in [44u32, 0, 0x7fff_f000, u32::MAX] {
        let mut told = chunk(b"data", &data);
        told[4..8].copy_from_slice(&size.to_le_bytes());
        let told = found(riff(&[fmt.clone(), told]));
        same(&told, &plain);
        assert!(told.problem(ProblemCode::Damaged).is_none(), "{size}");
    }
    // Cut off: what is there is read, and it is said.
    let mut cut = chunk(b"data", &data);
    cut.truncate(8 + data.len() / 2);
    let cut = found(riff(&[fmt.clone(), cut]));
    assert!((cut.duration - plain.duration / 2.0).abs() < 0.02);
    assert!(cut.problem(ProblemCode::Damaged).is_some());
    // What stands behind the sound is no sound.
    same(&found(riff(&[fmt, chunk(b"data", &data), chunk(b"LIST", &[7; 5000])])), &plain);
}

#[test]
fn samples_of_24_bits_may_stand_in_four_bytes_at_either_end() {
    let samples = speech();
    let plain = found(riff(&[fmt(1, 1, 16_000, 2, 16, 16), chunk(b"data", &bytes16(&samples))]));
    let high: Vec<u8> = samples.iter().flat_map(|sample| (i32::from(*sample) << 16).to_le_bytes()).collect();
    let high = found(riff(&[fmt(1, 1, 16_000, 4, 24, 16), chunk(b"data", &high)]));
    same(&high, &plain);
    assert_eq!(high.peak_dbfs, plain.peak_dbfs);
    let low: Vec<u8> = samples.iter().flat_map(|sample| (i32::from(*sample) << 8 | 1).to_le_bytes()).collect();
    let low = found(riff(&[fmt(1, 1, 16_000, 4, 24, 16), chunk(b"data", &low)]));
    assert_eq!((low.duration, low.peak_dbfs), (plain.duration, plain.peak_dbfs));
    let wrong = riff(&[fmt(1, 1, 16_000, 3, 32, 16), chunk(b"data", &bytes16(&samples))]);
    refused(wrong, "recording_damaged", "contradicts itself");
}

#[test]
fn the_large_and_the_other_forms_of_wav_hold_the_same() {
    let data = bytes16(&speech());
    let format = &fmt(1, 1, 16_000, 2, 16, 16)[8..];
    let plain = found(riff(&[fmt(1, 1, 16_000, 2, 16, 16), chunk(b"data", &data)]));

    let mut ds64 = vec![0; 28];
    ds64[8..16].copy_from_slice(&(data.len() as u64).to_le_bytes());
    let mut long = chunk(b"data", &data);
    long[4..8].copy_from_slice(&u32::MAX.to_le_bytes());
    let body = [chunk(b"ds64", &ds64), fmt(1, 1, 16_000, 2, 16, 16), long].concat();
    same(&found([&b"RF64\xff\xff\xff\xffWAVE"[..], &body].concat()), &plain);

    let guid = |name: &[u8; 4], rest: &[u8; 12], size: u64| [&name[..], &rest[..], &size.to_le_bytes()].concat();
    let riff_guid = b"\x2e\x91\xcf\x11\xa5\xd6\x28\xdb\x04\xc1\0\0";
    let wave_guid = b"\xf3\xac\xd3\x11\x8c\xd1\0\xc0\x4f\x8e\xdb\x8a";
    let head = guid(b"riff", riff_guid, 104 + data.len() as u64);
    let wave = [&b"wave"[..], wave_guid].concat();
    let fmt = [guid(b"fmt ", wave_guid, 40), format.to_vec()].concat();
    let w64 = [head, wave, fmt, guid(b"data", wave_guid, 24 + data.len() as u64), data.clone()].concat();
    let w64 = found(w64);
    same(&w64, &plain);
    assert_eq!(w64.container, "w64");

    let big: Vec<u8> = speech().iter().flat_map(|sample| sample.to_be_bytes()).collect();
    let word = |value: u32| value.to_be_bytes();
    let au = |size: u32| [&b".snd"[..], &word(24), &word(size), &word(3), &word(16_000), &word(1), &big].concat();
    for size in [big.len() as u32, 0, u32::MAX] {
        same(&found(au(size)), &plain);
    }
    assert!(found(au(big.len() as u32 * 2)).problem(ProblemCode::Damaged).is_some());

    let desc = [&16_000f64.to_be_bytes()[..], b"lpcm", &word(0), &word(2), &word(1), &word(1), &word(16)].concat();
    let caf_chunk = |name: &[u8; 4], size: i64, body: &[u8]| [&name[..], &size.to_be_bytes(), body].concat();
    for size in [big.len() as i64 + 4, -1] {
        let sound = [&[0; 4][..], &big].concat();
        let caf =
            [b"caff\0\x01\0\0".to_vec(), caf_chunk(b"desc", 32, &desc), caf_chunk(b"data", size, &sound)].concat();
        same(&found(caf), &plain);
    }
}

#[test]
fn aiff_from_a_pipe_is_read_to_its_end() {
    let whole = clip_bytes("fmt-s16.aiff");
    let plain = found(whole.clone());
    let at = whole.windows(4).position(|window| window == b"SSND").unwrap() + 4;
    for size in [0u32, 0x7fff_ffff, u32::MAX] {
        let mut file = whole.clone();
        file[4..8].copy_from_slice(&size.to_be_bytes());
        file[at..at + 4].copy_from_slice(&size.to_be_bytes());
        assert!((found(file).duration - plain.duration).abs() < 0.01, "{size}");
    }
}

#[test]
fn gsm_frames_are_read_bare_and_in_wav() {
    // Frames of silence with a pulse: what matters here is how many there are.
    let frame = |n: u8| [vec![0xd0 | n & 0xf], vec![n.wrapping_mul(37); 32]].concat();
    let bare: Vec<u8> = (0..100).flat_map(frame).collect();
    let bare = found(bare);
    assert_eq!((bare.container.as_str(), bare.codec.as_str(), bare.duration), ("gsm", "gsm", 2.0));
    let pairs = vec![0x5a; 65 * 50];
    let wav = found(riff(&[fmt(0x31, 1, 8000, 65, 0, 20), chunk(b"data", &pairs)]));
    assert_eq!((wav.codec.as_str(), wav.duration), ("gsm_ms", 2.0));
    let wav = found(riff(&[fmt(0x28f, 1, 16_000, 1, 4, 18), chunk(b"data", &[0xfa; 16_000])]));
    assert_eq!((wav.codec.as_str(), wav.duration), ("adpcm_g722", 2.0));
    for (bits, bytes) in [(2u16, 4000), (3, 6000), (4, 8000), (5, 10_000)] {
        let wav = found(riff(&[fmt(0x45, 1, 8000, 1, bits, 18), chunk(b"data", &vec![0x55; bytes])]));
        assert_eq!((wav.codec.as_str(), wav.duration), ("adpcm_g726", 2.0), "{bits}");
    }
}

#[test]
fn what_is_not_read_in_wav_is_named() {
    for (tag, name) in [(0x42u16, "G.723.1"), (0x83, "G.729"), (0x161, "WMA"), (0x22, "TrueSpeech")] {
        refused(riff(&[fmt(tag, 1, 8000, 1, 8, 18), chunk(b"data", &[0; 400])]), "recording_unsupported", name);
    }
}

#[test]
fn mp3_is_read_in_wav_and_in_avi() {
    let mp3 = clip_bytes("fmt-mpeg2-16k.mp3");
    let plain = found(mp3.clone());
    let wav = found(riff(&[fmt(0x55, 1, 16_000, 1, 0, 30), chunk(b"data", &mp3)]));
    assert_eq!((wav.container.as_str(), wav.codec.as_str()), ("wav", "mp3"));
    same(&wav, &plain);
    let strh = [&b"auds"[..], &[0; 52]].concat();
    let list = |kind: &[u8; 4], body: &[Vec<u8>]| chunk(b"LIST", &[&kind[..], &body.concat()].concat());
    let stream = list(b"strl", &[chunk(b"strh", &strh), chunk(b"strf", &fmt(0x55, 1, 16_000, 1, 0, 30)[8..])]);
    let movie: Vec<Vec<u8>> = mp3.chunks(1000).map(|part| chunk(b"00wb", part)).collect();
    let body = [list(b"hdrl", &[stream]), list(b"movi", &movie)].concat();
    let avi = found([&b"RIFF"[..], &(body.len() as u32 + 4).to_le_bytes(), b"AVI ", &body].concat());
    assert_eq!((avi.container.as_str(), avi.codec.as_str()), ("avi", "mp3"));
    same(&avi, &plain);
}

#[test]
fn recordings_put_one_behind_another_are_read_to_the_end() {
    for (first, second) in [
        ("fmt-mpeg2-16k.mp3", "fmt-mpeg2-22k.mp3"),
        ("fmt-vbr-xing.mp3", "fmt-cbr-id3.mp3"),
        ("fmt-flac.flac", "fmt-flac.flac"),
        ("fmt-opus.webm", "fmt-vorbis.webm"),
        ("fmt-opus-live.webm", "fmt-opus.webm"),
        ("fmt-opus.ogg", "fmt-opus.ogg"),
        ("fmt-adts.aac", "fmt-adts.aac"),
        ("fmt-s16.wav", "fmt-s16.wav"),
    ] {
        let both = found([clip_bytes(first), clip_bytes(second)].concat());
        let sum = found(clip_bytes(first)).duration + found(clip_bytes(second)).duration;
        assert!((both.duration - sum).abs() < 0.15, "{first}, {second}: {} of {sum} s", both.duration);
    }
}

#[test]
fn tags_never_cost_a_recording() {
    let mut state = 7u64;
    let mut random = move |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    let flac = |whole: &[u8]| (42, whole.windows(2).position(|pair| pair == [0xff, 0xf8]).unwrap());
    let atom = |whole: &[u8]| {
        let at = whole.windows(4).position(|name| name == b"udta").unwrap() - 4;
        (at, at + u32::from_be_bytes(whole[at..at + 4].try_into().unwrap()) as usize)
    };
    let tags = |whole: &[u8]| {
        let id = [0x12, 0x54, 0xc3, 0x67];
        // The first time it stands in the list of what follows.
        let at = whole.windows(4).enumerate().filter(|(_, name)| **name == id).map(|(at, _)| at).next_back().unwrap();
        let cluster = whole[at..].windows(4).position(|name| name == [0x1f, 0x43, 0xb6, 0x75]);
        (at + 4, cluster.map_or(whole.len(), |length| at + length))
    };
    type Region<'a> = &'a dyn Fn(&[u8]) -> (usize, usize);
    let regions: [(&str, Region<'_>); 4] =
        [("fmt-flac.flac", &flac), ("fmt-aac.m4a", &atom), ("fmt-opus.webm", &tags), ("fmt-opus.mkv", &tags)];
    for (name, region) in regions {
        let whole = clip_bytes(name);
        let (from, to) = region(&whole);
        let plain = found(whole.clone()).duration;
        for number in 0..70 {
            let mut file = whole.clone();
            for _ in 0..1 << random(4) {
                file[from + random(to - from)] = [0, 0xff, random(256) as u8][random(3)];
            }
            let told = inspect(&Recording::from_bytes(file));
            let told = told.unwrap_or_else(|error| panic!("{name}, {number}: {error}"));
            assert!((told.duration - plain).abs() < 0.05, "{name}, {number}: {} of {plain} s", told.duration);
        }
    }
}

#[test]
fn what_went_wrong_on_the_way_is_named() {
    let whole = clip_bytes("fmt-s16.wav");
    let mangled = String::from_utf8_lossy(&whole).into_owned().into_bytes();
    refused(mangled, "recording_damaged", "text conversion");
    let letters: String = whole.iter().map(|byte| char::from(*byte)).collect();
    refused(letters.into_bytes(), "recording_damaged", "text conversion");
    let webm = clip_bytes("fmt-opus-live.webm");
    let cluster = webm.windows(4).position(|name| name == [0x1f, 0x43, 0xb6, 0x75]).unwrap();
    refused(webm[cluster..].to_vec(), "recording_damaged", "a later part of a WebM");
    let data = whole.windows(4).position(|name| name == b"data").unwrap() + 8;
    refused(whole[data..data + 20_000].to_vec(), "recording_unsupported", "raw samples");
    let form = [&b"--xyz\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\n"[..], &whole].concat();
    refused(form, "recording_unsupported", "multipart");
    let id3 = b"ID3\x04\0\0\0\0\0\x0a0123456789\xff\xfb\x90\x00\0\0";
    refused(id3.to_vec(), "recording_damaged", "its end is missing");
    refused(riff(&[fmt(1, 1, 16_000, 2, 16, 16)]), "recording_damaged", "its end is missing");
}
