//! The plan of the networks that `training` makes: a 2-D stem, residual bottleneck blocks along time, and statistics
//! with attention. Sizes are those of the file; `training/voiceroll_training/speaker_network.py` has the same in
//! PyTorch.

mod build;
#[cfg(test)]
#[cfg(feature = "onnx")]
mod tests;

use super::kernels::{Kernel, Multiplier, SIGNED, Weights, vectorized};
use super::layers::{Gate, Product, Rows, Tap, coarse_and_fine, convolve, dense, each_row, exp, rectified, tanh};
pub(crate) use build::build;

/// Mel bands that go in.
const BANDS: usize = 64;

/// Values of a row of features: a band and those beside it, coarse, and one that is not used; then the same, fine.
const AROUND: usize = 8;

/// Added to a variance.
const EPSILON: f32 = 1e-5;

/// A 3 x 3 convolution of the stem. Bands are planes; a row of one holds the channels of one frame, or of two.
struct Layer {
    product: Product,
    channels: usize,
    /// Frames in one row of what comes out.
    together: usize,
    stride_bands: usize,
    stride_frames: usize,
    /// Planes that one of what comes out is made of: one of features, which has three bands in it, or else three.
    planes: usize,
    /// The rows of each that one row of what comes out is made of.
    offsets: Vec<isize>,
    /// Rows of what goes in for one of what comes out.
    step: usize,
    /// Whether what goes in is added to what comes out.
    residual: bool,
}

/// A residual block along time: down to a few channels, across time, up again, and a gate.
struct Block {
    narrow: Product,
    along: Product,
    dilation: usize,
    wide: Product,
    gate: Gate,
}

/// The network with its weights.
pub(crate) struct Compact {
    kernel: Kernel,
    stem: Vec<Layer>,
    into: Product,
    blocks: Vec<Block>,
    /// How many of the last blocks are gathered.
    gathered: usize,
    gather: Product,
    attend: Product,
    weigh: Weights,
    out: Vec<f32>,
    out_bias: Vec<f32>,
}

/// What comes out of a block: as products read it, and as it goes around the next block.
struct Output {
    rows: Rows,
    values: Vec<f32>,
}

impl Output {
    #[inline(always)]
    fn set(&mut self, row: usize, values: &[f32]) {
        self.rows.set(row, values);
        self.values[row * values.len()..][..values.len()].copy_from_slice(values);
    }
}

impl Compact {
    /// The embedding of some frames of [`BANDS`] features, frame after frame: at least one.
    pub(crate) fn run(&self, features: &[f32]) -> Vec<f32> {
        let mut multiplier = Multiplier::new(self.kernel);
        let bands = self.stem(features, &mut multiplier);
        let (count, width) = (bands[0].count(), self.into.bias.len());
        let mut first = Output { rows: Rows::zeros(count, width, 0), values: vec![0.0; count * width] };
        let taps: Vec<Tap> = bands.iter().map(|band| (band, 0)).collect();
        each_row(
            &mut multiplier,
            &self.into.weights,
            &taps,
            1,
            count,
            #[inline(always)]
            |row, sums| {
                first.set(row, rectified(sums, &self.into.bias));
            },
        );
        let mut outputs = vec![first];
        for block in &self.blocks {
            outputs.push(block.run(&outputs[outputs.len() - 1], &mut multiplier));
        }
        let gathered: Vec<Tap> =
            outputs[outputs.len() - self.gathered..].iter().map(|output| (&output.rows, 0)).collect();
        let statistics = self.statistics(&gathered, count, &mut multiplier);
        dense(&self.out, &self.out_bias, &statistics)
    }

    /// For each band that is left its rows in time.
    fn stem(&self, features: &[f32], multiplier: &mut Multiplier) -> Vec<Rows> {
        let mut frames = features.len() / BANDS;
        let mut planes = planes(features, frames, &self.stem[0]);
        for layer in &self.stem {
            frames = frames.div_ceil(layer.stride_frames);
            planes = layer.run(&planes, frames, multiplier);
        }
        planes
    }

    /// Mean and deviation of each channel over time, each moment weighed by how much it says of that channel.
    fn statistics(&self, gathered: &[Tap], count: usize, multiplier: &mut Multiplier) -> Vec<f32> {
        let channels = self.gather.bias.len();
        let mut values = vec![0.0f32; count * channels];
        let mut rows = Rows::zeros(count, channels, 0);
        each_row(
            multiplier,
            &self.gather.weights,
            gathered,
            1,
            count,
            #[inline(always)]
            |row, sums| {
                let gathered = rectified(sums, &self.gather.bias);
                values[row * channels..][..channels].copy_from_slice(gathered);
                rows.set(row, gathered);
            },
        );
        let mut attention = Rows::signed(count, self.attend.bias.len(), 0);
        each_row(
            multiplier,
            &self.attend.weights,
            &[(&rows, 0)],
            1,
            count,
            #[inline(always)]
            |row, sums| {
                let (bytes, scale) = attention.row_mut(row);
                *scale = 1.0 / 127.0;
                bytes.iter_mut().zip(sums.iter().zip(&self.attend.bias)).for_each(|(byte, (sum, bias))| {
                    *byte = (127.0 * tanh(sum + bias) + f32::from(SIGNED) + 0.5) as u8;
                });
            },
        );
        let mut weights = vec![0.0f32; count * channels];
        let mut most = vec![f32::MIN; channels];
        each_row(
            multiplier,
            &self.weigh,
            &[(&attention, 0)],
            1,
            count,
            #[inline(always)]
            |row, sums| {
                let weights = &mut weights[row * channels..][..channels];
                weights.iter_mut().zip(sums).zip(&mut most).for_each(|((weight, sum), most)| {
                    *weight = *sum;
                    *most = most.max(*sum);
                });
            },
        );
        vectorized(
            #[inline(always)]
            || weighed(&values, &mut weights, &most),
        )
    }
}

/// Means and deviations of channels, from rows of values and the logarithms of their weights.
#[inline(always)]
fn weighed(values: &[f32], weights: &mut [f32], most: &[f32]) -> Vec<f32> {
    let channels = most.len();
    let (mut total, mut means, mut squares) = (vec![0.0f32; channels], vec![0.0f32; channels], vec![0.0f32; channels]);
    for (values, weights) in values.chunks_exact(channels).zip(weights.chunks_exact_mut(channels)) {
        let terms = values.iter().zip(weights).zip(most).zip(&mut total).zip(&mut means);
        terms.for_each(|((((value, weight), most), total), mean)| {
            *weight = exp(*weight - most);
            *total += *weight;
            *mean += *weight * value;
        });
    }
    means.iter_mut().zip(&total).for_each(|(mean, total)| *mean /= total);
    for (values, weights) in values.chunks_exact(channels).zip(weights.chunks_exact(channels)) {
        let terms = values.iter().zip(weights).zip(&means).zip(&mut squares);
        terms.for_each(|(((value, weight), mean), square)| *square += weight * (value - mean) * (value - mean));
    }
    let deviations = squares.iter().zip(&total).map(|(square, total)| (square / total + EPSILON).sqrt());
    means.iter().copied().chain(deviations).collect()
}

impl Layer {
    /// The planes that come out, `frames` frames of each.
    fn run(&self, planes: &[Rows], frames: usize, multiplier: &mut Multiplier) -> Vec<Rows> {
        let nothing = planes[0].like();
        (0..self.bands(planes))
            .map(|band| {
                let mut out = Rows::zeros(frames.div_ceil(self.together), self.channels * self.together, 1);
                convolve(multiplier, &self.product, &self.taps(planes, band, &nothing), self.step, &mut out);
                // What stands behind the last frame is not audio.
                if !frames.is_multiple_of(self.together) {
                    out.row_mut(frames / self.together).0[frames % self.together * self.channels..].fill(0);
                }
                out
            })
            .collect()
    }

    /// How many planes come out.
    fn bands(&self, planes: &[Rows]) -> usize {
        if self.planes == 1 { planes.len() } else { planes.len().div_ceil(self.stride_bands) }
    }

    fn taps<'a>(&self, planes: &'a [Rows], band: usize, nothing: &'a Rows) -> Vec<Tap<'a>> {
        if self.planes == 1 {
            return self.offsets.iter().map(|offset| (&planes[band], *offset)).collect();
        }
        let centre = band * self.stride_bands;
        let neighbours = [centre.checked_sub(1), Some(centre), Some(centre + 1)];
        let neighbours = neighbours.map(|at| at.and_then(|at| planes.get(at)).unwrap_or(nothing));
        let mut taps: Vec<Tap> =
            neighbours.into_iter().flat_map(|rows| self.offsets.iter().map(move |offset| (rows, *offset))).collect();
        taps.extend(self.residual.then(|| (&planes[centre], 0)));
        taps
    }
}

impl Block {
    fn run(&self, before: &Output, multiplier: &mut Multiplier) -> Output {
        let (count, inside, width) = (before.rows.count(), self.narrow.bias.len(), self.wide.bias.len());
        let mut narrow = Rows::zeros(count, inside, self.dilation);
        convolve(multiplier, &self.narrow, &[(&before.rows, 0)], 1, &mut narrow);
        let mut along = Rows::zeros(count, inside, 0);
        let taps = [-1, 0, 1].map(|tap| (&narrow, tap * self.dilation as isize));
        convolve(multiplier, &self.along, &taps, 1, &mut along);
        let mut body = vec![0.0f32; count * width];
        let mut average = vec![0.0f32; width];
        each_row(
            multiplier,
            &self.wide.weights,
            &[(&along, 0)],
            1,
            count,
            #[inline(always)]
            |row, sums| {
                let body = &mut body[row * width..][..width];
                let sums = sums.iter().zip(&self.wide.bias).zip(&mut average);
                body.iter_mut().zip(sums).for_each(|(body, ((sum, bias), average))| {
                    *body = sum + bias;
                    *average += *body;
                });
            },
        );
        average.iter_mut().for_each(|sum| *sum /= count as f32);
        let gate = self.gate.of(&average);
        let mut rows = Rows::zeros(count, width, 0);
        vectorized(
            #[inline(always)]
            || {
                for (row, (body, before)) in
                    body.chunks_exact_mut(width).zip(before.values.chunks_exact(width)).enumerate()
                {
                    body.iter_mut().zip(&gate).zip(before).for_each(|((body, gate), before)| {
                        *body = (before + *body * gate).max(0.0);
                    });
                    rows.set(row, body);
                }
            },
        );
        Output { rows, values: body }
    }
}

/// For each band that the first layer makes a row for each frame: the features of that band and of those beside it,
/// without their mean over time. `layer` reads several rows at once.
fn planes(features: &[f32], frames: usize, layer: &Layer) -> Vec<Rows> {
    let mut means = [0.0f32; BANDS];
    for frame in features.chunks_exact(BANDS) {
        means.iter_mut().zip(frame).for_each(|(mean, x)| *mean += x / frames as f32);
    }
    let apart = || features.chunks_exact(BANDS).flat_map(|frame| frame.iter().zip(&means).map(|(x, mean)| x - mean));
    let (scale, parts) = coarse_and_fine(apart());
    let depth = layer.product.weights.depth();
    let mut planes: Vec<Rows> = (0..BANDS.div_ceil(layer.stride_bands))
        .map(|_| Rows::overlapping(frames, AROUND, 1, layer.step, depth, scale))
        .collect();
    // A band beyond the last is zero, as one before the first is.
    let mut bytes = [[SIGNED; 2]; BANDS + 3];
    for (number, frame) in features.chunks_exact(BANDS).enumerate() {
        bytes[1..].iter_mut().zip(frame.iter().zip(&means)).for_each(|(bytes, (x, mean))| *bytes = parts(x - mean));
        for (plane, band) in planes.iter_mut().zip((0..).step_by(layer.stride_bands)) {
            let (row, _) = plane.row_mut(number);
            for (at, [coarse, fine]) in bytes[band..band + 3].iter().enumerate() {
                row[at] = *coarse;
                row[AROUND / 2 + at] = *fine;
            }
        }
    }
    planes
}
