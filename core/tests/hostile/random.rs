//! Damage at random.

use super::*;

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
            1 => len.saturating_sub(1 + self.below(4096)),
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
    clips.extend(made());
    clips.sort();
    assert!(clips.len() > 70);
    clips
}

/// Formats that no clip is in, each with some sound.
fn made() -> Vec<(String, Vec<u8>)> {
    let le = |value: u32| value.to_le_bytes();
    let be = |value: u32| value.to_be_bytes();
    let whole = clip("fmt-s16.wav");
    let samples = whole[44..].to_vec();
    let mut random = Random(99);
    let mut noise = |len: usize| (0..len).map(|_| random.next() as u8).collect::<Vec<u8>>();
    let wav = |tag: u16, rate: u32, block: u16, bits: u16, sound: &[u8]| {
        let format =
            [&tag.to_le_bytes()[..], &[1, 0], &le(rate), &le(rate), &block.to_le_bytes(), &bits.to_le_bytes(), &[0; 4]];
        let format = format.concat();
        let parts =
            [&b"RIFF"[..], &le(sound.len() as u32 + 56), b"WAVEfmt ", &le(20), &format, b"LIST", &le(4), b"INFO"];
        [&parts.concat()[..], b"data", &le(sound.len() as u32), sound].concat()
    };
    let gsm: Vec<u8> =
        noise(3300).chunks(33).flat_map(|frame| [&[0xd0 | frame[0] & 0xf], &frame[1..]].concat()).collect();
    let amr = |head: &[u8], kind: u8, len: usize, noise: Vec<u8>| {
        let frames = noise.chunks_exact(len).flat_map(|frame| [&[kind][..], frame].concat());
        [head.to_vec(), frames.collect()].concat()
    };
    let rf64 = {
        let mut ds64 = vec![0; 28];
        ds64[8..16].copy_from_slice(&(samples.len() as u64).to_le_bytes());
        let format = [&[1, 0, 1, 0][..], &le(16_000), &le(32_000), &[2, 0, 16, 0]].concat();
        let head = [&b"RF64"[..], &le(u32::MAX), b"WAVEds64", &le(28), &ds64, b"fmt ", &le(16), &format];
        [&head.concat()[..], b"data", &le(u32::MAX), &samples].concat()
    };
    let w64 = {
        let tail = b"\xf3\xac\xd3\x11\x8c\xd1\0\xc0\x4f\x8e\xdb\x8a";
        let format = [&[1, 0, 1, 0][..], &le(16_000), &le(32_000), &[2, 0, 16, 0]].concat();
        let chunk = |name: &[u8], size: usize| [name, tail, &(size as u64).to_le_bytes()].concat();
        let head = [&b"riff\x2e\x91\xcf\x11\xa5\xd6\x28\xdb\x04\xc1\0\0"[..], &[0; 8], b"wave", tail].concat();
        [head, chunk(b"fmt ", 40), format, chunk(b"data", 24 + samples.len()), samples.clone()].concat()
    };
    let caf = {
        let desc = [&16_000f64.to_be_bytes()[..], b"lpcm", &be(2), &be(2), &be(1), &be(1), &be(16)].concat();
        let head = [&b"caff\0\x01\0\0desc"[..], &32u64.to_be_bytes(), &desc, b"data"].concat();
        [&head[..], &(samples.len() as u64 + 4).to_be_bytes(), &[0; 4], &samples].concat()
    };
    let au = [&b".snd"[..], &be(24), &be(samples.len() as u32), &be(3), &be(16_000), &be(1), &samples].concat();
    let named = |name: &str, bytes| (format!("made-{name}"), bytes);
    vec![
        named("gsm.wav", wav(0x31, 8000, 65, 0, &noise(6500))),
        named("g722.wav", wav(0x28f, 16_000, 1, 4, &noise(16_000))),
        named("g726.wav", wav(0x45, 8000, 1, 5, &noise(8000))),
        named("mp3.wav", wav(0x55, 16_000, 1, 0, &clip("fmt-mpeg2-16k.mp3"))),
        named("bare.gsm", gsm),
        named("narrow.amr", amr(b"#!AMR\n", 0x3c, 31, noise(3100))),
        named("wide.awb", amr(b"#!AMR-WB\n", 0x44, 60, noise(3000))),
        named("long.rf64", rf64),
        named("long.w64", w64),
        named("apple.caf", caf),
        named("sun.au", au),
    ]
}

#[test]
fn damaged_recordings_get_an_answer() {
    let _alone = alone();
    let number = |name: &str| std::env::var(name).ok().map(|value| value.parse::<usize>().unwrap());
    let clips = clips();
    let numbers = match number("VOICEROLL_MUTATION") {
        Some(one) => one..one + 1,
        None => 0..number("VOICEROLL_MUTATIONS").unwrap_or(1000),
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
