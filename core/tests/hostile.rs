//! Recordings made to do harm: damaged at random, or built to cost time or memory.
//!
//! An answer or an error has to come back each time, soon, without a panic and within memory that
//! has to do with the size of the file.
//!
//! `cargo test --release --test hostile`. The environment variable `VOICEROLL_MUTATIONS` says how
//! many damaged inputs are tried, and `VOICEROLL_MUTATION` tries a single one again by its number.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stderr)]

use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, Once, PoisonError};
use std::time::{Duration, Instant};

use voiceroll::{Control, Error, Inspection, Limits, Recording, blocking};

/// One inspection may take this long. The slowest clip takes 0.1 s in a release build; the rest
/// allows for a slow build on a busy machine, and a hang is still found.
const PATIENCE: Duration = Duration::from_secs(if cfg!(debug_assertions) { 20 } else { 5 });

/// One inspection may add this much to the memory in use, in MB. The limits promise 40 MB within
/// two hours of sound; a decoder's tables and the demuxer's index of a strange file come on top.
const MEMORY_MB: u64 = 150;

/// Many inspections, one after the other, may add this much, in MB: memory that was given back
/// may stay with the process, in pieces.
const MEMORY_OF_ALL_MB: u64 = 400;

/// All that bytes in memory may be answered with, besides an inspection.
const CODES: [&str; 5] =
    ["recording_empty", "recording_unsupported", "recording_no_sound", "recording_damaged", "recording_too_long"];

static ALONE: Mutex<()> = Mutex::new(());
static PANICS: AtomicUsize = AtomicUsize::new(0);
static INPUT: Mutex<String> = Mutex::new(String::new());

/// Lets one test run at a time, as memory and panics are counted for the whole process. A panic
/// in a decoder is caught by the crate and would not be seen without the hook.
fn alone() -> MutexGuard<'static, ()> {
    static HOOK: Once = Once::new();
    let guard = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    HOOK.call_once(|| {
        let usual = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            PANICS.fetch_add(1, Ordering::SeqCst);
            eprintln!("panic while reading: {}", INPUT.lock().unwrap_or_else(PoisonError::into_inner));
            usual(info);
        }));
    });
    guard
}

/// What an inspection cost.
struct Cost {
    time: Duration,
    memory_mb: u64,
}

/// Inspects and checks everything that has to hold for any bytes at all.
fn inspect(name: &str, bytes: Vec<u8>, limits: &Limits) -> (Result<Inspection, Error>, Cost) {
    name.clone_into(&mut INPUT.lock().unwrap_or_else(PoisonError::into_inner));
    let panics = PANICS.load(Ordering::SeqCst);
    let before = forget_peak();
    let start = Instant::now();
    let result = blocking::inspect(&Recording::from_bytes(bytes), limits, &Control::new());
    let cost = Cost { time: start.elapsed(), memory_mb: peak_mb().saturating_sub(before) };
    match &result {
        Ok(found) => check(name, found, limits),
        Err(error) => {
            assert!(!error.to_string().is_empty(), "{name}");
            assert!(CODES.contains(&error.code()), "{name}: {error:?}");
        }
    }
    assert_eq!(PANICS.load(Ordering::SeqCst), panics, "{name}: a decoder panicked");
    assert!(cost.time < PATIENCE, "{name}: took {:?}", cost.time);
    assert!(cost.memory_mb < MEMORY_MB, "{name}: took {} MB", cost.memory_mb);
    (result, cost)
}

fn check(name: &str, found: &Inspection, limits: &Limits) {
    let optional = [found.bandwidth_hz, found.level_dbfs, found.peak_dbfs, found.snr_db, found.snr_blind_db];
    let plain = [found.duration, found.speech_seconds, found.longest_pause, found.clipped_ratio, found.dc_offset];
    let limits_of_problems = found.problems.iter().flat_map(|problem| [problem.measured, problem.limit]);
    let numbers = optional.into_iter().chain(limits_of_problems).flatten().chain(plain);
    for number in numbers {
        assert!(number.is_finite(), "{name}: {found:?}");
    }
    assert!((0.0..=1.0).contains(&found.clipped_ratio), "{name}: {found:?}");
    assert!((0.0..=limits.max_seconds + 0.1).contains(&found.duration), "{name}: {found:?}");
    assert!((0.0..=found.duration + 0.05).contains(&found.speech_seconds), "{name}: {found:?}");
    assert!((1..=64).contains(&found.channels), "{name}: {found:?}");
    assert!((4_000..=384_000).contains(&found.sample_rate), "{name}: {found:?}");
    assert!(found.problems.iter().all(|problem| !problem.advice.is_empty()), "{name}: {found:?}");
}

/// Inspects a crafted input; the code of the error, or `ok`.
fn answer(name: &str, bytes: Vec<u8>) -> String {
    let size = bytes.len();
    let (result, cost) = inspect(name, bytes, &seconds(60.0));
    let answer = result.map_or_else(|error| error.code().to_owned(), |_| "ok".to_owned());
    eprintln!("{name}: {size} bytes, {answer}, {:.2} s, {} MB", cost.time.as_secs_f64(), cost.memory_mb);
    answer
}

fn seconds(max_seconds: f64) -> Limits {
    let mut limits = Limits::default();
    limits.max_seconds = max_seconds;
    limits
}

fn clip(name: &str) -> Vec<u8> {
    std::fs::read(Path::new("../tests/audio").join(name)).unwrap()
}

/// Starts the count of the most memory in use anew, and returns what is in use now, in MB. Linux
/// alone can tell; elsewhere memory is not checked.
fn forget_peak() -> u64 {
    let _ = std::fs::write("/proc/self/clear_refs", "5");
    status_mb("VmRSS:")
}

fn peak_mb() -> u64 {
    status_mb("VmHWM:")
}

fn status_mb(field: &str) -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(field));
    line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok()).unwrap_or(0) / 1024
}

// Damage at random.

/// SplitMix64.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ z >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ z >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ z >> 31
    }

    fn below(&mut self, end: usize) -> usize {
        (self.next() % end.max(1) as u64) as usize
    }

    fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }

    /// A place in a file, more often where its headers and its index are.
    fn place(&mut self, len: usize) -> usize {
        match self.below(4) {
            0 => self.below(len),
            1 => len.saturating_sub(1 + self.below(4096)).max(self.below(64).min(len)),
            2 => self.below(len.min(256)),
            _ => self.below(len.min(4096)),
        }
    }

    fn block(&mut self, len: usize) -> std::ops::Range<usize> {
        let start = self.place(len);
        let longest = *self.pick(&[4, 64, 1024, 16 * 1024]);
        start..(start + 1 + self.below(longest)).min(len)
    }
}

/// One kind of damage, with its name.
fn damage(bytes: &mut Vec<u8>, clips: &[(String, Vec<u8>)], random: &mut Random) -> &'static str {
    if bytes.is_empty() {
        return "empty";
    }
    let len = bytes.len();
    match random.below(9) {
        0 => {
            bytes.truncate(random.below(len));
            "truncated"
        }
        1 => {
            for _ in 0..=random.below(32) {
                bytes[random.place(len)] ^= 1 << random.below(8);
            }
            "bits flipped"
        }
        2 => {
            for _ in 0..=random.below(32) {
                bytes[random.place(len)] = random.next() as u8;
            }
            "random bytes"
        }
        3 => {
            let block = random.block(len);
            bytes[block].fill(0);
            "zeroed block"
        }
        4 => {
            let block = random.block(len);
            bytes.drain(block);
            "removed block"
        }
        5 => {
            let block = random.block(len);
            let copy = bytes[block.clone()].to_vec();
            bytes.splice(block.end..block.end, copy);
            "doubled block"
        }
        6 => {
            let (_, other) = random.pick(clips);
            bytes.truncate(random.below(len));
            bytes.extend_from_slice(&other[random.below(other.len())..]);
            "spliced"
        }
        7 => {
            let values = [u32::MAX, 0x7fff_ffff, 0x8000_0000, 0xffff_0000, 0x00ff_ffff, 1, 0];
            let value = *random.pick(&values);
            write(
                bytes,
                random.place(len),
                &if random.below(2) == 0 { value.to_le_bytes() } else { value.to_be_bytes() },
            );
            "hostile 32-bit length"
        }
        _ => {
            // The second and third are lengths of 2^56 - 2 and 2^40 in EBML, the last one is
            // "unknown" there.
            let values =
                [u64::MAX, 0x01ff_ffff_ffff_fffe, 0x0100_0100_0000_0000, 1 << 40, 1 << 63, 0x01ff_ffff_ffff_ffff];
            let value = *random.pick(&values);
            write(bytes, random.place(len), &value.to_be_bytes());
            "hostile 64-bit length"
        }
    }
}

fn write(bytes: &mut [u8], at: usize, value: &[u8]) {
    for (slot, byte) in bytes[at..].iter_mut().zip(value) {
        *slot = *byte;
    }
}

/// The input of a number, the same on every machine.
fn mutation(number: usize, clips: &[(String, Vec<u8>)]) -> (String, Vec<u8>) {
    let mut random = Random(number as u64);
    let (file, bytes) = &clips[number % clips.len()];
    let mut bytes = bytes.clone();
    let times = *random.pick(&[1, 1, 1, 2, 4]);
    let kinds: Vec<_> = (0..times).map(|_| damage(&mut bytes, clips, &mut random)).collect();
    (format!("VOICEROLL_MUTATION={number} ({file}: {})", kinds.join(", ")), bytes)
}

fn clips() -> Vec<(String, Vec<u8>)> {
    let mut clips: Vec<(String, Vec<u8>)> = std::fs::read_dir("../tests/audio")
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| ["ada-", "ben-", "cleo-", "dan-", "fmt-", "fault-", "not-"].iter().any(|p| name.starts_with(p)))
        .map(|name| (name.clone(), clip(&name)))
        .collect();
    clips.sort();
    assert!(clips.len() > 70);
    clips
}

#[test]
fn damaged_recordings_get_an_answer() {
    let _alone = alone();
    let number = |name: &str| std::env::var(name).ok().map(|value| value.parse::<usize>().unwrap());
    let clips = clips();
    let numbers = match number("VOICEROLL_MUTATION") {
        Some(one) => one..one + 1,
        None => 0..number("VOICEROLL_MUTATIONS").unwrap_or(400),
    };
    let (mut ok, mut slowest, mut largest) = (0, (Duration::ZERO, String::new()), (0, String::new()));
    let before = forget_peak();
    let mut peak = before;
    let mut failures = Vec::new();
    let total = numbers.len();
    for number in numbers {
        let (name, bytes) = mutation(number, &clips);
        let tried = std::panic::catch_unwind(|| inspect(&name, bytes, &seconds(60.0)));
        peak = peak.max(peak_mb());
        match tried {
            Ok((result, cost)) => {
                ok += usize::from(result.is_ok());
                slowest = slowest.max((cost.time, name.clone()));
                largest = largest.max((cost.memory_mb, name));
            }
            Err(_) => failures.push(name),
        }
    }
    eprintln!(
        "{total} inputs: {ok} read, {} refused, {} failed; slowest {:.2} s {}; most memory {} MB {}; all of it {} MB",
        total - ok - failures.len(),
        failures.len(),
        slowest.0.as_secs_f64(),
        slowest.1,
        largest.0,
        largest.1,
        peak - before,
    );
    assert!(failures.is_empty(), "{failures:#?}");
    assert!(peak - before < MEMORY_OF_ALL_MB, "{} MB", peak - before);
}

// Limits.

#[test]
fn a_small_file_of_ten_hours_is_stopped_at_the_limit() {
    let _alone = alone();
    for limit in [60.0, 120.0] {
        let (result, _) = inspect("ten hours", clip("fault-ten-hours.flac"), &seconds(limit));
        let error = result.unwrap_err();
        assert_eq!(error.code(), "recording_too_long");
        assert!(error.to_string().contains(&format!("{limit:.0} s")), "{error}");
    }
    let (result, _) = inspect("one clip", clip("fmt-s16.wav"), &seconds(0.5));
    assert_eq!(result.unwrap_err().code(), "recording_too_long");
}

#[test]
fn a_large_file_is_not_read() {
    let _alone = alone();
    let bytes = clip("fmt-s16.wav");
    let mut limits = Limits::default();
    limits.max_bytes = bytes.len() as u64 - 1;
    let found = blocking::inspect(&Recording::from_bytes(bytes.clone()), &limits, &Control::new());
    assert_eq!(found.unwrap_err().code(), "recording_too_large");
    limits.max_bytes += 1;
    assert!(blocking::inspect(&Recording::from_bytes(bytes), &limits, &Control::new()).is_ok());
}

#[test]
fn a_header_that_claims_hours_counts_for_what_is_there() {
    let _alone = alone();
    let (result, _) = inspect("claims hours", clip("fault-claims-hours.wav"), &seconds(60.0));
    assert!((result.unwrap().duration - 1.0).abs() < 0.1);
}

#[test]
fn a_sample_rate_beyond_reason_is_damage() {
    let _alone = alone();
    assert_eq!(answer("128 Hz", clip("fault-rate-128.wav")), "recording_damaged");
    for rate in [0, 1, 3_999, 384_001, u32::MAX] {
        let code = answer(&format!("{rate} Hz"), wav(1, rate, 16, &[1; 32_000]));
        assert_ne!(code, "ok", "{rate} Hz");
    }
    assert_eq!(answer("383,999 Hz", wav(1, 383_999, 16, &[1; 1_000_000])), "ok");
}

// RIFF.

fn chunk(id: &[u8; 4], body: &[u8]) -> Vec<u8> {
    [id, &(body.len() as u32).to_le_bytes()[..], body].concat()
}

fn wav(channels: u16, rate: u32, bits: u16, data: &[u8]) -> Vec<u8> {
    let frame = channels.wrapping_mul(bits / 8);
    let format = [
        &1u16.to_le_bytes()[..],
        &channels.to_le_bytes(),
        &rate.to_le_bytes(),
        &rate.wrapping_mul(u32::from(frame)).to_le_bytes(),
        &frame.to_le_bytes(),
        &bits.to_le_bytes(),
    ]
    .concat();
    chunk(b"RIFF", &[b"WAVE", &chunk(b"fmt ", &format)[..], &chunk(b"data", data)].concat())
}

#[test]
fn many_channels_cost_nothing() {
    let _alone = alone();
    for channels in [0, 65, 1000, 32_768, u16::MAX] {
        for bits in [8, 16, 32] {
            let code =
                answer(&format!("WAV, {channels} channels of {bits} bits"), wav(channels, 16_000, bits, &[7; 1 << 20]));
            assert_ne!(code, "ok");
        }
    }
    let common = [
        &u16::MAX.to_be_bytes()[..],
        &9u32.to_be_bytes(),
        &8u16.to_be_bytes(),
        &[0x40, 0x0c, 0xfa, 0, 0, 0, 0, 0, 0, 0],
    ]
    .concat();
    let sound = [&[0; 8][..], &vec![1; 600_000]].concat();
    let aiff = be_chunk(b"FORM", &[b"AIFF", &be_chunk(b"COMM", &common)[..], &be_chunk(b"SSND", &sound)].concat());
    assert_ne!(answer("AIFF, 65535 channels", aiff), "ok");
}

fn be_chunk(id: &[u8; 4], body: &[u8]) -> Vec<u8> {
    [id, &(body.len() as u32).to_be_bytes()[..], body].concat()
}

#[test]
fn nested_lists_do_not_exhaust_the_stack() {
    let _alone = alone();
    for id in [b"LIST", b"RIFF"] {
        let headers: Vec<u8> = (0..100_000u32)
            .rev()
            .flat_map(|depth| [&id[..], &(depth * 12 + 4).to_le_bytes(), b"INFO"].concat())
            .collect();
        let inside = [b"WAVE", &headers[..]].concat();
        answer("nested LIST", chunk(b"RIFF", &inside));
    }
}

// ID3.

fn id3(size: u32) -> Vec<u8> {
    let bytes = [size >> 21 & 0x7f, size >> 14 & 0x7f, size >> 7 & 0x7f, size & 0x7f].map(|b| b as u8);
    [b"ID3\x04\0\0", &bytes[..]].concat()
}

#[test]
fn tags_that_claim_or_repeat_are_passed_over() {
    let _alone = alone();
    let claims = [id3((1 << 28) - 1), vec![0; 90]].concat();
    assert_eq!(answer("ID3 of 256 MB in 100 bytes", claims), "recording_no_sound");
    assert_ne!(answer("a million ID3 tags", id3(0).repeat(1_000_000)), "ok");
    let tagged = [id3(0).repeat(1000), clip("fmt-s16.wav")].concat();
    answer("a thousand ID3 tags, then sound", tagged);
}

// MPEG audio.

#[test]
fn a_rate_that_changes_with_every_frame_costs_no_more_than_its_size() {
    let _alone = alone();
    // MPEG-1 layer III, 32 kbit/s, mono, at 44.1 and at 48 kHz: frames of 104 and 96 bytes.
    let frame = |rate: u8, len: usize| {
        let mut frame = vec![0; len];
        frame[..4].copy_from_slice(&[0xff, 0xfb, 0x10 | rate << 2, 0xc4]);
        frame
    };
    let bytes = [frame(0, 104), frame(1, 96)].concat().repeat(1100);
    answer("MP3 of 60 s with two rates", bytes);
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

fn mvhd() -> Vec<u8> {
    atom(b"mvhd", &words(&[&[0, 0, 0, 1000, 0, 0x0001_0000, 0x0100_0000], &[0; 18][..]].concat()))
}

/// A track of 16-bit PCM at 16 kHz with the given sample tables.
fn trak(id: u32, tables: &[Vec<u8>]) -> Vec<u8> {
    let tkhd = atom(b"tkhd", &words(&[&[7, 0, 0, id, 0, 0], &[0; 15][..]].concat()));
    let mdhd = atom(b"mdhd", &words(&[0, 0, 0, 16_000, u32::MAX, 0x55c4_0000]));
    let hdlr = atom(b"hdlr", &[&words(&[0, 0])[..], b"soun", &[0; 13]].concat());
    let entry = atom(b"sowt", &words(&[0, 1, 0, 0, 0x0001_0010, 0, 16_000 << 16]));
    let stsd = atom(b"stsd", &[words(&[0, 1]), entry].concat());
    let stbl = atom(b"stbl", &[vec![stsd], tables.to_vec()].concat().concat());
    let minf = atom(b"minf", &[atom(b"smhd", &[0; 8]), stbl].concat());
    atom(b"trak", &[tkhd, atom(b"mdia", &[mdhd, hdlr, minf].concat())].concat())
}

fn no_tables() -> [Vec<u8>; 4] {
    [
        atom(b"stts", &words(&[0, 0])),
        atom(b"stsc", &words(&[0, 0])),
        atom(b"stsz", &words(&[0, 0, 0])),
        atom(b"stco", &words(&[0, 0])),
    ]
}

fn moof(number: u32, traf: &[u8]) -> Vec<u8> {
    atom(b"moof", &[&atom(b"mfhd", &words(&[0, number]))[..], traf].concat())
}

fn trex(id: u32) -> Vec<u8> {
    atom(b"trex", &words(&[0, id, 1, 1, 0, 0]))
}

#[test]
fn atoms_larger_than_the_file_or_empty_are_damage() {
    let _alone = alone();
    for size in [0u32, 1, 2, 7, 0x7fff_ffff, u32::MAX] {
        for name in [b"moov", b"mdat", b"meta", b"free", b"moof", b"sidx"] {
            let bytes = [&ftyp()[..], &size.to_be_bytes(), name, &[0; 64]].concat();
            assert_ne!(answer(&format!("atom {} of {size}", name.escape_ascii()), bytes), "ok");
        }
    }
}

#[test]
fn nested_atoms_do_not_exhaust_the_stack() {
    let _alone = alone();
    let paths: [&[&[u8; 4]]; 5] = [
        &[b"moov"],
        &[b"moov", b"trak"],
        &[b"udta", b"meta"],
        &[b"moov", b"udta", b"meta", b"ilst"],
        &[b"moof", b"traf"],
    ];
    for path in paths {
        const DEPTH: u32 = 100_000;
        let headers = (0..DEPTH).flat_map(|depth| {
            let name = path[depth as usize % path.len()];
            [&((DEPTH - depth) * 12).to_be_bytes()[..], name, &[0; 4]].concat()
        });
        let bytes = [ftyp(), headers.collect()].concat();
        assert_ne!(answer(&format!("nested {}", path[0].escape_ascii()), bytes), "ok");
    }
}

#[test]
fn billions_of_empty_samples_end_soon() {
    let _alone = alone();
    let moov = atom(b"moov", &[mvhd(), trak(1, &no_tables()), atom(b"mvex", &trex(1))].concat());
    let tfhd = atom(b"tfhd", &words(&[0, 1]));
    let trun = atom(b"trun", &words(&[0, u32::MAX]));
    let moof = moof(1, &atom(b"traf", &[tfhd, trun].concat()));
    let bytes = [ftyp(), moov, moof, atom(b"mdat", &[0; 64])].concat();
    assert_ne!(answer("MP4 fragment of 4 billion empty samples", bytes), "ok");
}

#[test]
fn many_tracks_and_fragments_take_no_memory_of_their_product() {
    let _alone = alone();
    const TRACKS: u32 = 2000;
    let traks: Vec<u8> = (1..=TRACKS).flat_map(|id| trak(id, &no_tables())).collect();
    let trexs: Vec<u8> = (1..=TRACKS).flat_map(trex).collect();
    let moov = atom(b"moov", &[mvhd(), traks, atom(b"mvex", &trexs)].concat());
    let fragments: Vec<u8> = (1..=10_000).flat_map(|number| moof(number, &[])).collect();
    let bytes = [ftyp(), moov, fragments, atom(b"mdat", &[0; 64])].concat();
    assert_ne!(answer("MP4 with 2000 tracks and 10,000 fragments", bytes), "ok");
}

// Matroska.

fn element(id: u32, body: &[u8]) -> Vec<u8> {
    let id: Vec<u8> = id.to_be_bytes().into_iter().skip_while(|byte| *byte == 0).collect();
    [&id[..], &(body.len() as u64 | 1 << 56).to_be_bytes(), body].concat()
}

fn ebml_header() -> Vec<u8> {
    element(0x1a45_dfa3, &element(0x4282, b"webm"))
}

#[test]
fn nested_masters_do_not_exhaust_the_stack() {
    let _alone = alone();
    // Segment, then tags in tags, chapters in chapters, and block groups in clusters.
    let paths: [&[u32]; 3] = [&[0x1254_c367, 0x7373, 0x67c8], &[0x1043_a770, 0x45b9, 0xb6], &[0x1f43_b675, 0xa0]];
    for path in paths {
        const DEPTH: u64 = 100_000;
        let mut headers = Vec::new();
        for depth in 0..DEPTH {
            let id = path.get(depth as usize).or(path.last()).unwrap();
            headers.extend(id.to_be_bytes().into_iter().skip_while(|byte| *byte == 0));
            headers.extend((((DEPTH - depth) * 10) | 1 << 56).to_be_bytes());
        }
        let bytes = [ebml_header(), element(0x1853_8067, &headers)].concat();
        assert_ne!(answer(&format!("nested element {:x}", path[0]), bytes), "ok");
    }
}

#[test]
fn elements_larger_than_the_file_take_no_memory() {
    let _alone = alone();
    for size in [0x0100_0100_0000_0000u64, 0x01ff_ffff_ffff_fffe, 0x0100_0000_7fff_ffff] {
        let private = [&[0x63, 0xa2][..], &size.to_be_bytes(), &[0; 64]].concat();
        let track = element(0xae, &[element(0xd7, &[1]), element(0x86, b"A_OPUS"), private].concat());
        let bytes = [ebml_header(), element(0x1853_8067, &element(0x1654_ae6b, &track))].concat();
        assert_ne!(answer(&format!("element of {size:x}"), bytes), "ok");
    }
}

// FLAC.

#[test]
fn a_picture_that_claims_16_mb_takes_no_memory() {
    let _alone = alone();
    let flac = clip("fmt-flac.flac");
    let info = &flac[8..42];
    let picture = words(&[3, u32::MAX, 0, 0, 0, 0, 0, 0]);
    for claim in [0x00ff_ffffu32, 64] {
        let blocks = [&b"fLaC\0\0\0\x22"[..], info, &(0x8600_0000 | claim).to_be_bytes(), &picture, &[0; 32]].concat();
        assert_ne!(answer(&format!("FLAC with a picture of {claim} bytes"), blocks), "ok");
    }
}

// Ogg.

/// A page of whole packets.
fn page(serial: u32, number: u32, flags: u8, granule: u64, packets: &[&[u8]]) -> Vec<u8> {
    let lacing: Vec<u8> = packets
        .iter()
        .flat_map(|packet| std::iter::repeat_n(255, packet.len() / 255).chain([(packet.len() % 255) as u8]))
        .collect();
    assert!(lacing.len() < 256);
    let mut page =
        [&b"OggS\0"[..], &[flags], &granule.to_le_bytes(), &serial.to_le_bytes(), &number.to_le_bytes()].concat();
    page.extend([0, 0, 0, 0, lacing.len() as u8]);
    page.extend(lacing);
    page.extend(packets.concat());
    let sum = page.iter().fold(0u32, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte) << 24, |sum, _| sum << 1 ^ if sum >> 31 == 1 { 0x04c1_1db7 } else { 0 })
    });
    page[22..26].copy_from_slice(&sum.to_le_bytes());
    page
}

const FIRST: u8 = 2;
const LAST: u8 = 4;

fn opus_head(channels: u8, family: u8) -> Vec<u8> {
    let mut head = [&b"OpusHead\x01"[..], &[channels, 0, 0, 0x80, 0xbb, 0, 0, 0, 0, family]].concat();
    if family != 0 {
        head.extend([channels, 0]);
        head.extend(0..channels);
    }
    head
}

fn opus_tags() -> Vec<u8> {
    b"OpusTags\0\0\0\0\0\0\0\0".to_vec()
}

#[test]
fn opus_of_many_channels_is_refused() {
    let _alone = alone();
    for (channels, family) in [(255, 255), (255, 0), (255, 1), (0, 0), (0, 1), (0, 255), (8, 1), (2, 255), (16, 2)] {
        let packet: &[u8] = &[0xfc; 200];
        let bytes = [
            page(1, 0, FIRST, 0, &[&opus_head(channels, family)]),
            page(1, 1, 0, 0, &[&opus_tags()]),
            page(1, 2, LAST, 9600, &[packet; 10]),
        ]
        .concat();
        let code = answer(&format!("{channels} channels of Opus in family {family}"), bytes);
        assert!(code != "ok" || (channels, family) == (8, 1), "{code}");
    }
}

#[test]
fn pages_without_packets_end() {
    let _alone = alone();
    let head = [page(1, 0, FIRST, 0, &[&opus_head(1, 0)]), page(1, 1, 0, 0, &[&opus_tags()])].concat();
    for serial in [1, 2] {
        let empty: Vec<u8> = (2..100_000).flat_map(|number| page(serial, number, 0, 0, &[])).collect();
        assert_ne!(answer("Ogg pages without packets", [&head[..], &empty].concat()), "ok");
        assert_ne!(answer("Ogg pages without packets at the start", empty), "ok");
    }
}

#[test]
fn streams_that_start_over_and_over_end_soon() {
    let _alone = alone();
    for logical in [1, 20] {
        let chains = (0..3000u32).flat_map(|chain| {
            let serials = chain * logical..(chain + 1) * logical;
            let heads = serials.clone().flat_map(|serial| page(serial, 0, FIRST, 0, &[&opus_head(1, 0)]));
            let rest = [
                page(serials.start, 1, 0, 0, &[&opus_tags()]),
                page(serials.start, 2, LAST, 960, &[&[0xf8, 0xff, 0xfe]]),
            ];
            heads.chain(rest.concat()).collect::<Vec<u8>>()
        });
        answer(&format!("3000 chained streams of {logical}"), chains.collect());
    }
}

/// Bits from the low end of each byte up, as Vorbis has them.
#[derive(Default)]
struct Bits {
    bytes: Vec<u8>,
    used: usize,
}

impl Bits {
    fn put(&mut self, value: u32, count: usize) {
        for bit in 0..count {
            if self.used % 8 == 0 {
                self.bytes.push(0);
            }
            self.bytes[self.used / 8] |= (value >> bit & 1) as u8 * (1 << (self.used % 8));
            self.used += 1;
        }
    }
}

#[test]
fn tables_of_vorbis_take_no_memory_without_end() {
    let _alone = alone();
    let ident = [&b"\x01vorbis\0\0\0\0\x01\x80\x3e\0\0"[..], &[0; 12], &[0xb8, 1]].concat();
    let comment = b"\x03vorbis\0\0\0\0\0\0\0\0\x01".to_vec();
    // Each codebook takes 27 bytes and becomes 131,072 entries of 32 numbers.
    let mut setup = Bits::default();
    setup.put(255, 8);
    for _ in 0..256 {
        setup.put(0x0056_4342, 24);
        setup.put(32, 16);
        setup.put(131_072, 24);
        setup.put(1, 1);
        setup.put(16, 5);
        setup.put(131_072, 18);
        setup.put(1, 4);
        setup.put(0, 32);
        setup.put(0, 32);
        setup.put(0, 4);
        setup.put(0, 1);
        setup.put(0, 1);
    }
    let setup = [&b"\x05vorbis"[..], &setup.bytes].concat();
    let bytes = [
        page(1, 0, FIRST, 0, &[&ident]),
        page(1, 1, 0, 0, &[&comment, &setup]),
        page(1, 2, LAST, 64, &[&[0; 32], &[0; 32]]),
    ]
    .concat();
    assert_ne!(answer("Vorbis with 256 large codebooks", bytes), "ok");
}
