//! CAM++: densely connected time-delay layers with context-aware masks, behind a 2-D stem.
//!
//! Wang et al., "CAM++: A Fast and Efficient Network for Speaker Verification Using Context-Aware Masking" (2023), in
//! the sizes of 3D-Speaker's `speech_campplus_sv_zh_en_16k-common_advanced`. Batch normalisations that follow a
//! product are folded into it.

mod build;

use super::kernels::{Kernel, Multiplier, ROWS, Shape, to_half, vectorized};
use super::layers::{
    Active, Affine, Gate, Halves, Product, Rows, Tap, coarse_and_fine, convolve, dense, each_row, rectified,
};
pub(crate) use build::{Payload, Published, build};

/// Mel bands that go in.
pub(crate) const BANDS: usize = 80;

/// Values that come out.
pub(crate) const EMBEDDING: usize = 192;

/// Channels of the stem.
const STEM: usize = 32;

/// Channels that a dense layer adds.
const GROWTH: usize = 32;

/// Channels inside a dense layer.
const INNER: usize = 128;

/// Channels inside a mask.
const MASK: usize = 64;

/// Rows of 20 ms over which the local context of a mask is averaged.
const SEGMENT: usize = 100;

/// Dense layers, dilation and channels that go in, for each block; the half of what comes out goes on.
pub(crate) const BLOCKS: [(usize, usize, usize); 3] = [(12, 1, 128), (24, 2, 256), (16, 2, 512)];

/// Channels after the last block.
const LAST: usize = 512;

/// Residual blocks of the stem: whether each halves the bands.
pub(crate) const RESIDUALS: [bool; 4] = [true, false, true, false];

/// The sizes of all products, in the order in which a network is written.
pub(crate) struct Shapes;

impl Shapes {
    /// Each 3 x 3 neighbourhood is one row: coarse values, and what they lack; see [`neighbourhoods`].
    pub(crate) const FIRST: Shape = Shape::new(1, STEM, STEM);
    pub(crate) const PLANE: Shape = Shape::new(9, STEM, STEM);
    /// The second convolution of a residual block and, as a tenth tap, what goes around both.
    pub(crate) const AROUND: Shape = Shape::new(10, STEM, STEM);
    /// Five rows of ten planes.
    pub(crate) const INTO_TIME: Shape = Shape::new(50, STEM, 128);
    pub(crate) const LOCAL: Shape = Shape::new(3, INNER, GROWTH);

    /// In the blocks after the first, 8 bits are enough for the weights: voiceprints stay within a cosine of 0.999. In all layers
    /// they move them too far (0.997).
    pub(crate) fn inner(block: usize, channels: usize) -> Shape {
        let shape = Shape::new(1, channels, INNER);
        if block > 0 { shape.narrow() } else { shape }
    }

    pub(crate) fn transit(channels: usize) -> Shape {
        Shape::new(1, channels, channels / 2)
    }
}

/// A dense layer.
pub(crate) struct Layer {
    pub(crate) before: Affine,
    pub(crate) inner: Product,
    pub(crate) local: Product,
    pub(crate) mask: Gate,
}

/// Sizes of a mask: how much of each new channel passes, from the average of the inner channels.
pub(crate) const MASK_SIZES: [usize; 4] = [MASK * INNER, MASK, GROWTH * MASK, GROWTH];

/// What ends a block: half of the channels.
pub(crate) struct Transit {
    pub(crate) before: Affine,
    pub(crate) product: Product,
}

/// The network with its weights.
pub(crate) struct Campplus {
    pub(crate) kernel: Kernel,
    pub(crate) first: Product,
    pub(crate) residuals: Vec<(Product, Product)>,
    pub(crate) last_plane: Product,
    pub(crate) into_time: Product,
    pub(crate) blocks: Vec<(Vec<Layer>, Transit)>,
    pub(crate) after: Affine,
    pub(crate) out: Vec<f32>,
    pub(crate) out_bias: Vec<f32>,
}

impl Campplus {
    /// Values of the last layer: mean and deviation of [`LAST`] channels to an embedding.
    pub(crate) const OUT: usize = 2 * LAST * EMBEDDING;
    pub(crate) const AFTER: usize = LAST;

    /// The embedding of some frames of [`BANDS`] features, frame after frame.
    pub(crate) fn run(&self, features: &[f32]) -> Vec<f32> {
        let mut multiplier = Multiplier::new(self.kernel);
        let planes = self.stem(features, &mut multiplier);
        let count = planes[0].count().div_ceil(2);
        let mut rows = Halves::zeros(count, self.width(0));
        let taps: Vec<Tap> = (0..5).flat_map(|tap| planes.iter().map(move |plane| (plane, tap as isize - 2))).collect();
        let Product { weights, bias } = &self.into_time;
        each_row(
            &mut multiplier,
            weights,
            &taps,
            2,
            count,
            #[inline(always)]
            |row, sums| {
                let values = rectified(sums, bias);
                rows.row_mut(row).iter_mut().zip(values).for_each(|(half, x)| *half = to_half(*x));
            },
        );
        let mut last = Vec::new();
        for (number, (layers, transit)) in self.blocks.iter().enumerate() {
            let (_, dilation, mut channels) = BLOCKS[number];
            for layer in layers {
                layer.run(&mut rows, channels, dilation, &mut multiplier);
                channels += GROWTH;
            }
            let halves = transit.run(&rows, &mut multiplier);
            if number + 1 < self.blocks.len() {
                rows = narrowed(&halves, transit.product.weights.columns(), count, self.width(number + 1));
            } else {
                last = halves;
            }
        }
        let statistics = self.statistics(&last, count);
        dense(&self.out, &self.out_bias, &statistics)
    }

    /// Channels that a block ends with.
    fn width(&self, block: usize) -> usize {
        let (layers, _, channels) = BLOCKS[block];
        channels + layers * GROWTH
    }

    /// Ten planes of 32 channels, a row for each frame.
    fn stem(&self, features: &[f32], multiplier: &mut Multiplier) -> Vec<Rows> {
        let frames = features.len() / BANDS;
        let nothing = Rows::zeros(frames, STEM, 2);
        let mut planes: Vec<Rows> = neighbourhoods(features, frames)
            .iter()
            .map(|plane| {
                let mut out = Rows::zeros(frames, STEM, 2);
                convolve(multiplier, &self.first, &[(plane, 0)], 1, &mut out);
                out
            })
            .collect();
        for (halves, (inner, around)) in RESIDUALS.into_iter().zip(&self.residuals) {
            let step = if halves { 2 } else { 1 };
            let between = convolved(multiplier, inner, &planes, step, None, &nothing);
            planes = convolved(multiplier, around, &between, 1, Some((&planes, step)), &nothing);
        }
        convolved(multiplier, &self.last_plane, &planes, 2, None, &nothing)
    }

    /// Mean and deviation of each channel over time, after the last normalisation.
    fn statistics(&self, rows: &[f32], count: usize) -> Vec<f32> {
        let mut value = vec![0.0f32; LAST];
        let (mut sums, mut squares) = (vec![0.0f64; LAST], vec![0.0f64; LAST]);
        let Affine { scale, shift } = &self.after;
        let rectified = |row: &[f32], value: &mut [f32]| {
            let terms = row.iter().zip(scale).zip(shift);
            value.iter_mut().zip(terms).for_each(|(value, ((x, scale), shift))| *value = (x * scale + shift).max(0.0));
        };
        vectorized(
            #[inline(always)]
            || {
                for row in rows.chunks_exact(LAST).take(count) {
                    rectified(row, &mut value);
                    sums.iter_mut().zip(&value).for_each(|(sum, x)| *sum += f64::from(*x));
                }
                sums.iter_mut().for_each(|sum| *sum /= count as f64);
                for row in rows.chunks_exact(LAST).take(count) {
                    rectified(row, &mut value);
                    let terms = value.iter().zip(&sums);
                    squares
                        .iter_mut()
                        .zip(terms)
                        .for_each(|(square, (x, mean))| *square += (f64::from(*x) - mean).powi(2));
                }
            },
        );
        // PyTorch's deviation, by one less than the count.
        let deviations = squares.iter().map(|square| (square / (count.max(2) - 1) as f64).sqrt());
        sums.iter().copied().chain(deviations).map(|x| x as f32).collect()
    }
}

impl Layer {
    /// Adds [`GROWTH`] channels to the `channels` that the rows have.
    fn run(&self, rows: &mut Halves, channels: usize, dilation: usize, multiplier: &mut Multiplier) {
        let count = rows.count();
        let mut inner = Rows::zeros(count, INNER, dilation);
        let mut segments = vec![0.0f32; count.div_ceil(SEGMENT) * INNER];
        let mut active = Active::new(channels);
        let mut sums = vec![0.0; ROWS * INNER];
        for first in (0..count).step_by(ROWS) {
            self.before.rectified(rows, first, &mut active);
            active.multiply(multiplier, &self.inner.weights, &mut sums);
            vectorized(
                #[inline(always)]
                || {
                    for (number, sums) in sums.chunks_exact_mut(INNER).take(count - first).enumerate() {
                        let row = first + number;
                        let values = rectified(sums, &self.inner.bias);
                        let segment = &mut segments[row / SEGMENT * INNER..][..INNER];
                        segment.iter_mut().zip(values).for_each(|(segment, value)| *segment += value);
                        inner.set(row, values);
                    }
                },
            );
        }
        let masks = self.masks(&segments, count);
        let taps = [-(dilation as isize), 0, dilation as isize].map(|tap| (&inner, tap));
        each_row(
            multiplier,
            &self.local.weights,
            &taps,
            1,
            count,
            #[inline(always)]
            |row, sums| {
                let mask = &masks[row / SEGMENT * GROWTH..][..GROWTH];
                let out = &mut rows.row_mut(row)[channels..][..GROWTH];
                out.iter_mut().zip(sums).zip(mask).for_each(|((out, sum), mask)| *out = to_half(*sum * mask));
            },
        );
    }

    /// The mask of each segment, from its own mean and that of all.
    fn masks(&self, segments: &[f32], count: usize) -> Vec<f32> {
        let mut all = vec![0.0; INNER];
        for segment in segments.chunks_exact(INNER) {
            all.iter_mut().zip(segment).for_each(|(all, x)| *all += x / count as f32);
        }
        let mut masks = Vec::with_capacity(segments.len() / INNER * GROWTH);
        for (number, segment) in segments.chunks_exact(INNER).enumerate() {
            let rows = SEGMENT.min(count - number * SEGMENT) as f32;
            let context: Vec<f32> = segment.iter().zip(&all).map(|(x, all)| x / rows + all).collect();
            masks.extend(self.mask.of(&context));
        }
        masks
    }
}

impl Transit {
    /// Half of the channels, as 32-bit floats, row after row; rows beyond the last hold nothing.
    fn run(&self, rows: &Halves, multiplier: &mut Multiplier) -> Vec<f32> {
        let columns = self.product.weights.columns();
        let mut active = Active::new(self.before.scale.len());
        let mut out = vec![0.0; rows.count().next_multiple_of(ROWS) * columns];
        for (block, out) in out.chunks_exact_mut(ROWS * columns).enumerate() {
            self.before.rectified(rows, block * ROWS, &mut active);
            active.multiply(multiplier, &self.product.weights, out);
        }
        out
    }
}

/// Rows with room for the channels of the next block.
fn narrowed(halves: &[f32], columns: usize, count: usize, width: usize) -> Halves {
    let mut rows = Halves::zeros(count, width);
    vectorized(
        #[inline(always)]
        || {
            for (number, halves) in halves.chunks_exact(columns).take(count).enumerate() {
                rows.row_mut(number).iter_mut().zip(halves).for_each(|(out, x)| *out = to_half(*x));
            }
        },
    );
    rows
}

/// 3 x 3 convolutions of all planes, `step` planes apart; with the rows that go around them, if any.
fn convolved(
    multiplier: &mut Multiplier,
    product: &Product,
    planes: &[Rows],
    step: usize,
    around: Option<(&[Rows], usize)>,
    nothing: &Rows,
) -> Vec<Rows> {
    let count = planes[0].count();
    (0..planes.len().div_ceil(step))
        .map(|plane| {
            let centre = plane * step;
            let neighbours = [centre.checked_sub(1), Some(centre), Some(centre + 1)];
            let neighbours = neighbours.map(|at| at.and_then(|at| planes.get(at)).unwrap_or(nothing));
            let mut taps: Vec<Tap> =
                neighbours.into_iter().flat_map(|rows| [-1, 0, 1].map(|tap| (rows, tap))).collect();
            taps.extend(around.map(|(around, step)| (&around[plane * step], 0)));
            let mut out = Rows::zeros(count, STEM, 2);
            convolve(multiplier, product, &taps, 1, &mut out);
            out
        })
        .collect()
}

/// For each band, a row for each frame with its 3 x 3 neighbourhood, bands and frames within them: the coarse values, and the
/// fine ones.
fn neighbourhoods(features: &[f32], frames: usize) -> Vec<Rows> {
    const SIDE: usize = 3;
    let (scale, parts) = coarse_and_fine(features.iter().copied());
    let bytes: Vec<[u8; 2]> = features.iter().map(|x| parts(*x)).collect();
    (0..BANDS)
        .map(|band| {
            let mut rows = Rows::signed(frames, STEM, 0);
            for frame in 0..frames {
                let (row, its_scale) = rows.row_mut(frame);
                *its_scale = scale;
                for over in 0..SIDE {
                    let Some(band) = (band + over).checked_sub(1).filter(|band| *band < BANDS) else { continue };
                    for along in 0..SIDE {
                        let Some(frame) = (frame + along).checked_sub(1).filter(|frame| *frame < frames) else {
                            continue;
                        };
                        let [coarse, fine] = bytes[frame * BANDS + band];
                        row[over * SIDE + along] = coarse;
                        row[over * SIDE + along + 9] = fine;
                    }
                }
            }
            rows
        })
        .collect()
}
