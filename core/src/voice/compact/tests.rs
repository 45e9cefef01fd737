//! Held against `rten`, which computes in 32-bit floats.

use super::build;
use crate::audio;
use crate::calibration::cosine;
use crate::rules;
use crate::voice::fbank::{Filterbank, FrontEnd};
use crate::voice::kernels::Kernel;
use crate::voice::network::{Layout, Network, options};
use crate::{CallOptions, Limits, Recording};

const SHIPPED: &[u8] = include_bytes!("../../../models/speaker.onnx");

/// Fewer and narrower layers than in the one that ships, weights of 32, 16 and 8 bits: `tests/models/make.py`.
const SMALL: &[u8] = include_bytes!("../../../../tests/models/small-compact.onnx");

/// Features of the speech in a clip, frame after frame.
fn features(name: &str) -> Vec<f32> {
    let clip = Recording::from_path(format!("{}/../tests/audio/{name}", env!("CARGO_MANIFEST_DIR")));
    let control = CallOptions::new();
    let analysis = audio::analyze(&clip, &Limits::default(), &control, true).unwrap();
    let speech = analysis.best_speech(rules::ENGINE_SECONDS, &control).unwrap();
    Filterbank::new(FrontEnd::builtin()).features(&speech)
}

fn exact(bytes: &[u8]) -> Network {
    Network::new(options().load(bytes.to_vec()).unwrap(), Layout::FramesFirst, super::BANDS).unwrap()
}

#[test]
fn every_kernel_gives_the_voiceprints_of_32_bit_floats() {
    let exact = exact(SHIPPED);
    let clips = ["ada-1.mp3", "ada-3.webm", "ben-1.wav", "ben-2.ogg", "cleo-1.flac", "dan-1.mp3"].map(features);
    for kernel in Kernel::all() {
        let network = build(kernel, SHIPPED).unwrap();
        for clip in &clips {
            for frames in [50, 301, 500] {
                let clip = &clip[..clip.len().min(frames * super::BANDS)];
                let likeness = cosine(&network.run(clip), &exact.run(clip).unwrap());
                assert!(likeness > 0.9995, "{}, {frames} frames: {likeness}", kernel.name());
            }
        }
    }
}

#[test]
fn networks_of_other_sizes_and_stretches_of_any_length_do_too() {
    let clip = features("ada-1.mp3");
    for bytes in [SHIPPED, SMALL] {
        let exact = exact(bytes);
        let network = build(Kernel::best(), bytes).unwrap();
        for frames in (1..12).chain([63, 64, 65, 127, 128, 129, 130]) {
            let clip = &clip[..frames * super::BANDS];
            let likeness = cosine(&network.run(clip), &exact.run(clip).unwrap());
            assert!(likeness > 0.999, "{} bytes, {frames} frames: {likeness}", bytes.len());
        }
    }
}

#[test]
fn files_of_another_plan_are_refused() {
    let other = include_bytes!("../../../../tests/models/small-wespeaker.onnx");
    assert!(build(Kernel::best(), other).is_err());
    // The scale of a tensor under another name; operators stand before the tensors.
    let mut changed = SHIPPED.to_vec();
    let name = b"blocks.2.body.3.weight.scale";
    let at = changed.windows(name.len()).rposition(|window| window == name).unwrap();
    changed[at] = b'x';
    assert!(build(Kernel::best(), &changed).is_err());
}
