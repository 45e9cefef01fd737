//! The detector's network: dilated convolutions over pairs of frames, 64 channels wide.

use std::sync::OnceLock;

use pulp::{Arch, Simd, WithSimd};

use crate::runtime::apart;

use super::features::BANDS;

const CHANNELS: usize = 64;

/// Steps that each channel's own filter looks at, `dilation` apart.
const TAPS: usize = 5;

/// Frames that the first layer looks at. It moves on by two, and two come before the pair.
const STEM_FRAMES: usize = 6;
const BEFORE: usize = 2;

/// Steps worked on side by side, and vectors of channels: their sums fit a processor's registers.
const TILE: usize = 4;
const VECTORS: usize = 2;

type Row = [f32; CHANNELS];

/// What lies before the start and behind the end.
const NOTHING: Row = [0.0; CHANNELS];

/// The weights, from the file that `training` writes.
pub(crate) struct Network {
    mean: [f32; BANDS],
    scale: [f32; BANDS],
    stem: Dense,
    blocks: Vec<Block>,
    head: Vec<f32>,
    head_bias: [f32; 2],
}

struct Dense {
    /// One row of outputs for each input.
    weights: Vec<Row>,
    bias: Row,
}

struct Block {
    dilation: usize,
    along: [Row; TAPS],
    along_bias: Row,
    across: Dense,
}

impl Network {
    /// The built-in network; none only if its file were damaged.
    pub(crate) fn builtin() -> Option<&'static Self> {
        static BUILTIN: OnceLock<Option<Network>> = OnceLock::new();
        apart(|| BUILTIN.get_or_init(|| Self::read(include_bytes!("../../../models/detector.bin")))).as_ref()
    }

    fn read(file: &[u8]) -> Option<Self> {
        let (head, rest) = file.split_at_checked(6)?;
        let (dilations, numbers) = rest.split_at_checked(usize::from(head[5]))?;
        if &head[..4] != b"VRD1" || usize::from(head[4]) != CHANNELS {
            return None;
        }
        let mut weights = Weights(numbers);
        let network = Self {
            mean: weights.array()?,
            scale: weights.array()?,
            stem: weights.dense(STEM_FRAMES * BANDS)?,
            blocks: dilations.iter().map(|&dilation| weights.block(dilation.into())).collect::<Option<_>>()?,
            head: (0..2 * CHANNELS).map(|_| weights.next()).collect::<Option<_>>()?,
            head_bias: weights.array()?,
        };
        weights.0.is_empty().then_some(network)
    }

    /// How many frames before and after a frame bear on its answer, and a few more; even.
    pub(crate) fn reach(&self) -> usize {
        let steps: usize = self.blocks.iter().map(|block| TAPS / 2 * block.dilation).sum();
        2 * (steps + STEM_FRAMES)
    }

    /// Brings a frame's features to the scale that the network was trained with.
    pub(crate) fn scaled(&self, features: &mut [f32; BANDS]) {
        for ((feature, mean), scale) in features.iter_mut().zip(&self.mean).zip(&self.scale) {
            *feature = (*feature - mean) * scale;
        }
    }

    /// The probability of speech in each frame, from scaled features, one frame after another.
    pub(crate) fn run(&self, features: &[f32]) -> Vec<f32> {
        Arch::new().dispatch(Run { network: self, features })
    }

    #[inline(always)]
    fn forward<S: Simd>(&self, simd: S, features: &[f32]) -> Vec<f32> {
        let frames = features.len() / BANDS;
        let steps = frames.div_ceil(2);
        let rows = steps.next_multiple_of(TILE);
        let mut padded = vec![0.0; (2 * rows + STEM_FRAMES) * BANDS];
        padded[BEFORE * BANDS..][..features.len()].copy_from_slice(features);
        let mut now = vec![NOTHING; rows];
        for (tile, outputs) in now.chunks_exact_mut(TILE).enumerate() {
            let at = |step: usize| &padded[(TILE * tile + step) * 2 * BANDS..][..STEM_FRAMES * BANDS];
            outputs.fill(NOTHING);
            self.stem.add(simd, [at(0), at(1), at(2), at(3)], outputs);
        }
        let mut next = now.clone();
        for block in &self.blocks {
            block.forward(simd, &now[..steps], &mut next);
            std::mem::swap(&mut now, &mut next);
        }
        let mut voices = Vec::with_capacity(2 * steps);
        for row in &now[..steps] {
            let mut odds = self.head_bias;
            for (x, weights) in row.iter().zip(self.head.chunks_exact(2)) {
                odds[0] += x * weights[0];
                odds[1] += x * weights[1];
            }
            voices.extend(odds.map(|odds| 1.0 / (1.0 + (-odds).exp())));
        }
        voices.truncate(frames);
        voices
    }
}

/// One run of the network, compiled for each kind of processor; `pulp` picks the best.
struct Run<'a> {
    network: &'a Network,
    features: &'a [f32],
}

impl WithSimd for Run<'_> {
    type Output = Vec<f32>;

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) -> Vec<f32> {
        self.network.forward(simd, self.features)
    }
}

impl Block {
    #[inline(always)]
    fn forward<S: Simd>(&self, simd: S, now: &[Row], next: &mut [Row]) {
        let before = TAPS / 2 * self.dilation;
        let along = self.along.each_ref().map(|row| S::as_simd_f32s(row).0);
        let bias = S::as_simd_f32s(&self.along_bias).0;
        let zero = simd.splat_f32s(0.0);
        for (tile, outputs) in next.chunks_exact_mut(TILE).enumerate() {
            let mut inner = [NOTHING; TILE];
            for (step, (inner, output)) in (TILE * tile..).zip(inner.iter_mut().zip(outputs.iter_mut())) {
                let row = |at: usize| at.checked_sub(before).and_then(|at| now.get(at)).unwrap_or(&NOTHING);
                let rows: [&[S::f32s]; TAPS] =
                    std::array::from_fn(|tap| S::as_simd_f32s(row(step + tap * self.dilation)).0);
                for (lane, inner) in S::as_mut_simd_f32s(inner).0.iter_mut().enumerate() {
                    let mut sum = bias[lane];
                    for (row, weights) in rows.iter().zip(&along) {
                        sum = simd.mul_add_e_f32s(row[lane], weights[lane], sum);
                    }
                    *inner = simd.max_f32s(sum, zero);
                }
                *output = *row(step + before);
            }
            self.across.add(simd, [&inner[0], &inner[1], &inner[2], &inner[3]], outputs);
        }
    }
}

impl Dense {
    /// Adds the layer on four steps, without what is negative.
    #[inline(always)]
    fn add<S: Simd>(&self, simd: S, inputs: [&[f32]; TILE], outputs: &mut [Row]) {
        let count = self.weights.len();
        let inputs = inputs.map(|input| &input[..count]);
        let zero = simd.splat_f32s(0.0);
        for lane in (0..CHANNELS).step_by(VECTORS * S::F32_LANES) {
            let vectors = |row: &Row| -> [S::f32s; VECTORS] {
                let vectors = S::as_simd_f32s(&row[lane..][..VECTORS * S::F32_LANES]).0;
                std::array::from_fn(|vector| vectors[vector])
            };
            let mut sums = [vectors(&self.bias); TILE];
            for (at, row) in self.weights.iter().enumerate() {
                let weights = vectors(row);
                for (sums, input) in sums.iter_mut().zip(&inputs) {
                    let x = simd.splat_f32s(input[at]);
                    for (sum, weight) in sums.iter_mut().zip(weights) {
                        *sum = simd.mul_add_e_f32s(x, weight, *sum);
                    }
                }
            }
            for (output, sums) in outputs.iter_mut().zip(sums) {
                let parts = S::as_mut_simd_f32s(&mut output[lane..][..VECTORS * S::F32_LANES]).0;
                for (part, sum) in parts.iter_mut().zip(sums) {
                    *part = simd.add_f32s(*part, simd.max_f32s(sum, zero));
                }
            }
        }
    }
}

/// The numbers of the file that were not read yet, bfloat16.
struct Weights<'a>(&'a [u8]);

impl Weights<'_> {
    fn next(&mut self) -> Option<f32> {
        let (number, rest) = self.0.split_first_chunk::<2>()?;
        self.0 = rest;
        Some(f32::from_bits(u32::from(u16::from_le_bytes(*number)) << 16))
    }

    fn array<const N: usize>(&mut self) -> Option<[f32; N]> {
        let mut array = [0.0; N];
        for slot in &mut array {
            *slot = self.next()?;
        }
        Some(array)
    }

    fn dense(&mut self, inputs: usize) -> Option<Dense> {
        let weights = (0..inputs).map(|_| self.array()).collect::<Option<_>>()?;
        Some(Dense { weights, bias: self.array()? })
    }

    fn block(&mut self, dilation: usize) -> Option<Block> {
        let mut along = [[0.0; CHANNELS]; TAPS];
        for row in &mut along {
            *row = self.array()?;
        }
        Some(Block { dilation, along, along_bias: self.array()?, across: self.dense(CHANNELS)? })
    }
}
