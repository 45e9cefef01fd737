//! Conversations put together from the shipped clips.

use voiceroll::{CallOptions, Limits, Recording, blocking};

use super::clip;

pub(crate) const RATE: usize = 16_000;

/// A shipped clip as samples at 16 kHz, without what is silent about its speech.
pub(crate) fn spoken(name: &str) -> Vec<i16> {
    let wav = blocking::prepare(&clip(name), &Limits::default(), &CallOptions::new()).unwrap().wav;
    wav[44..].chunks_exact(2).map(|pair| i16::from_le_bytes([pair[0], pair[1]])).collect()
}

pub(crate) fn wav(channels: &[Vec<i16>]) -> Recording {
    Recording::from_bytes(wav_bytes(channels))
}

pub(crate) fn wav_bytes(channels: &[Vec<i16>]) -> Vec<u8> {
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
    file
}

/// A turn of the truth.
pub(crate) struct Turn {
    pub(crate) who: &'static str,
    pub(crate) start: f64,
    pub(crate) end: f64,
}

/// A conversation: `(who, clip, from, to)`, in seconds of the clip's speech, with pauses between.
pub(crate) fn conversation(parts: &[(&'static str, &str, f64, f64)]) -> (Vec<i16>, Vec<Turn>) {
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
pub(crate) fn ada_and_ben() -> (Recording, Vec<Turn>) {
    let (samples, turns) = ada_and_ben_samples();
    (wav(&[samples]), turns)
}

pub(crate) fn ada_and_ben_samples() -> (Vec<i16>, Vec<Turn>) {
    conversation(&[
        ("ada", "ada-1.mp3", 0.0, 5.0),
        ("ben", "ben-1.wav", 0.0, 3.0),
        ("ada", "ada-1.mp3", 5.0, 8.0),
        ("ben", "ben-1.wav", 3.0, 6.0),
        ("ada", "ada-1.mp3", 8.0, 15.0),
    ])
}
