//! Calls with one person in each channel, of which some leaks into the other.
#![allow(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

mod common;

use common::Store;
use common::talk::spoken;
use voiceroll::{Diarization, DiarizeOptions, ProblemCode, Recording};

const TURN: usize = 3 * 16_000;

fn diarized(left: &[f32], right: &[f32]) -> Diarization {
    let both: Vec<f32> = left.iter().zip(right).flat_map(|(left, right)| [*left, *right]).collect();
    let mut options = DiarizeOptions::default();
    options.per_channel = true;
    Store::new().registry.diarize(&Recording::from_f32(&both, 2, 16_000), &options).unwrap()
}

fn spoken_in(found: &Diarization, channel: u32) -> f64 {
    found.segments.iter().filter(|one| one.channel == Some(channel)).map(|one| one.end - one.start).sum()
}

/// Two people who take turns of three seconds, with a pause between them, in samples.
fn turns(pause: usize) -> (Vec<f32>, Vec<f32>) {
    let floats = |name: &str| spoken(name).iter().map(|sample| f32::from(*sample) / 32768.0).collect::<Vec<f32>>();
    let (ada, cleo) = (floats("ada-1.mp3"), floats("ben-1.wav"));
    let (mut left, mut right) = (Vec::new(), Vec::new());
    for (ada, ben) in ada[8000..].chunks_exact(TURN).zip(cleo.chunks_exact(TURN).cycle()).take(4) {
        left.extend_from_slice(ada);
        right.extend([0.0; TURN]);
        for side in [&mut left, &mut right] {
            side.extend(vec![0.0; pause]);
        }
        left.extend([0.0; TURN]);
        right.extend_from_slice(ben);
        for side in [&mut left, &mut right] {
            side.extend(vec![0.0; pause]);
        }
    }
    // No channel of a call is digitally silent.
    let mut state = 1u32;
    for sample in left.iter_mut().chain(&mut right) {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        *sample += (state as f32 / u32::MAX as f32 - 0.5) * 1e-4;
    }
    (left, right)
}

#[test]
fn what_leaks_into_the_other_channel_is_nobodys_speech_there() {
    // A breath, and a reply that comes at once.
    for pause in [TURN / 6, TURN / 30] {
        let (left, right) = turns(pause);
        let clean = diarized(&left, &right);
        assert_eq!(clean.speakers, 2);
        for decibels in [12, 18, 24, 36, 48, 60] {
            let leak = 10f32.powf(-(decibels as f32) / 20.0);
            let mix =
                |own: &[f32], other: &[f32]| own.iter().zip(other).map(|(a, b)| a + leak * b).collect::<Vec<f32>>();
            let found = diarized(&mix(&left, &right), &mix(&right, &left));
            for channel in [1, 2] {
                let (found, clean) = (spoken_in(&found, channel), spoken_in(&clean, channel));
                assert!(
                    (found - clean).abs() < 0.02 * clean,
                    "-{decibels} dB, channel {channel}: {found} of {clean} s"
                );
            }
        }
    }
}

#[test]
fn three_channels_leak_into_each_other() {
    let (left, right) = turns(TURN / 6);
    // A third person, who speaks while the first two are silent.
    let silence = vec![0.0; left.len()];
    let third: Vec<f32> = silence.iter().copied().chain(left.iter().rev().copied()).collect();
    let [left, right] = [left, right].map(|side| [side, silence.clone()].concat());
    let leak = |own: &[f32], others: [&[f32]; 2]| -> Vec<f32> {
        (0..own.len()).map(|at| own[at] + 0.1 * others[0][at] - 0.05 * others[1][at]).collect()
    };
    let mixed = [leak(&left, [&right, &third]), leak(&right, [&left, &third]), leak(&third, [&left, &right])];
    let all: Vec<f32> = (0..left.len()).flat_map(|at| mixed.each_ref().map(|channel| channel[at])).collect();
    let mut options = DiarizeOptions::default();
    options.per_channel = true;
    let found = Store::new().registry.diarize(&Recording::from_f32(&all, 3, 16_000), &options).unwrap();
    let clean = diarized(&left, &right);
    for channel in [1, 2] {
        let (found, clean) = (spoken_in(&found, channel), spoken_in(&clean, channel));
        assert!((found - clean).abs() < 0.05 * clean, "channel {channel}: {found} of {clean} s");
    }
}

#[test]
fn channels_that_hold_the_same_sound_are_one_speaker() {
    let (left, _) = turns(TURN / 6);
    let softer: Vec<f32> = left.iter().map(|sample| sample * 0.7).collect();
    for right in [&left, &softer] {
        let found = diarized(&left, right);
        assert_eq!(found.speakers, 1);
        assert_eq!(found.problems.first().map(|problem| problem.code), Some(ProblemCode::SameChannels));
    }
}
