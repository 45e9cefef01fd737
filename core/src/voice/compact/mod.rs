//! The plan of the networks that `training` makes: a 2-D stem, residual bottleneck blocks along time, and statistics
//! with attention. Sizes are those of the file; `training/voiceroll_training/speaker_network.py` has the same in
//! PyTorch.

mod build;
#[cfg(test)]
#[cfg(feature = "onnx")]
mod tests;

use super::kernels::{Kernel, Multiplier, Weights, from_half, to_half, vectorized};
use super::layers::{Gate, Product, Rows, Tap, convolve, dense, each_row, exp, tanh};
pub(crate) use build::build;

/// Mel bands that go in.
const BANDS: usize = 64;

/// Values of a row of features: a band, those beside it, and one that is not used.
const AROUND: usize = 4;

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

impl Compact {
    /// The embedding of some frames of [`BANDS`] features, frame after frame: at least one.
    pub(crate) fn run(&self, features: &[f32]) -> Vec<f32> {
        let mut multiplier = Multiplier::new(self.kernel);
        let joined = self.stem(features, &mut multiplier);
        let count = joined.count();
        let mut rows = Rows::zeros(count, self.into.bias.len(), 0);
        convolve(&mut multiplier, &self.into, &[(&joined, 0)], 1, &mut rows, 0);
        let mut outputs = vec![rows];
        for block in &self.blocks {
            outputs.push(block.run(&outputs[outputs.len() - 1], &mut multiplier));
        }
        let gathered: Vec<Tap> = outputs[outputs.len() - self.gathered..].iter().map(|rows| (rows, 0)).collect();
        let statistics = self.statistics(&gathered, count, &mut multiplier);
        dense(&self.out, &self.out_bias, &statistics)
    }

    /// Rows in time, in each all bands one behind another.
    fn stem(&self, features: &[f32], multiplier: &mut Multiplier) -> Rows {
        let mut frames = features.len() / BANDS;
        let mut planes = planes(features, frames, &self.stem[0]);
        for layer in &self.stem[..self.stem.len() - 1] {
            frames = frames.div_ceil(layer.stride_frames);
            planes = layer.run(&planes, frames, multiplier);
        }
        let last = &self.stem[self.stem.len() - 1];
        let bands = last.bands(&planes);
        let mut joined = Rows::zeros(frames.div_ceil(last.stride_frames), bands * last.channels, 0);
        let nothing = planes[0].like();
        for band in 0..bands {
            let taps = last.taps(&planes, band, &nothing);
            convolve(multiplier, &last.product, &taps, last.step, &mut joined, band * last.channels);
        }
        joined
    }

    /// Mean and deviation of each channel over time, each moment weighed by how much it says of that channel.
    fn statistics(&self, gathered: &[Tap], count: usize, multiplier: &mut Multiplier) -> Vec<f32> {
        let channels = self.gather.bias.len();
        let mut values = vec![0.0f32; count * channels];
        let mut rows = Rows::zeros(count, channels, 0);
        each_row(multiplier, &self.gather.weights, gathered, 1, count, |row, sums| {
            let values = &mut values[row * channels..][..channels];
            let sums = sums.iter().zip(&self.gather.bias).zip(rows.row_mut(row));
            values.iter_mut().zip(sums).for_each(|(value, ((sum, bias), half))| {
                *value = (sum + bias).max(0.0);
                *half = to_half(*value);
            });
        });
        let mut attention = Rows::zeros(count, self.attend.bias.len(), 0);
        each_row(multiplier, &self.attend.weights, &[(&rows, 0)], 1, count, |row, sums| {
            let sums = sums.iter().zip(&self.attend.bias);
            attention
                .row_mut(row)
                .iter_mut()
                .zip(sums)
                .for_each(|(half, (sum, bias))| *half = to_half(tanh(sum + bias)));
        });
        let mut weights = vec![0.0f32; count * channels];
        let mut most = vec![f32::MIN; channels];
        each_row(multiplier, &self.weigh, &[(&attention, 0)], 1, count, |row, sums| {
            let weights = &mut weights[row * channels..][..channels];
            weights.iter_mut().zip(sums).zip(&mut most).for_each(|((weight, sum), most)| {
                *weight = *sum;
                *most = most.max(*sum);
            });
        });
        vectorized(|| weighed(&values, &mut weights, &most))
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
                convolve(multiplier, &self.product, &self.taps(planes, band, &nothing), self.step, &mut out, 0);
                // What stands behind the last frame is not audio.
                if !frames.is_multiple_of(self.together) {
                    out.row_mut(frames / self.together)[frames % self.together * self.channels..].fill(0);
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
    fn run(&self, rows: &Rows, multiplier: &mut Multiplier) -> Rows {
        let (count, inside, width) = (rows.count(), self.narrow.bias.len(), self.wide.bias.len());
        let mut narrow = Rows::zeros(count, inside, self.dilation);
        convolve(multiplier, &self.narrow, &[(rows, 0)], 1, &mut narrow, 0);
        let mut along = Rows::zeros(count, inside, 0);
        let taps = [-1, 0, 1].map(|tap| (&narrow, tap * self.dilation as isize));
        convolve(multiplier, &self.along, &taps, 1, &mut along, 0);
        let mut body = vec![0.0f32; count * width];
        let mut average = vec![0.0f32; width];
        each_row(multiplier, &self.wide.weights, &[(&along, 0)], 1, count, |row, sums| {
            let body = &mut body[row * width..][..width];
            let sums = sums.iter().zip(&self.wide.bias).zip(&mut average);
            body.iter_mut().zip(sums).for_each(|(body, ((sum, bias), average))| {
                *body = sum + bias;
                *average += *body;
            });
        });
        average.iter_mut().for_each(|sum| *sum /= count as f32);
        let gate = self.gate.of(&average);
        let mut out = Rows::zeros(count, width, 0);
        vectorized(|| {
            for (row, body) in body.chunks_exact(width).enumerate() {
                let terms = body.iter().zip(&gate).zip(rows.from(row as isize));
                out.row_mut(row).iter_mut().zip(terms).for_each(|(out, ((body, gate), before))| {
                    *out = to_half((from_half(*before) + body * gate).max(0.0));
                });
            }
        });
        out
    }
}

/// For each band that the first layer makes a row for each frame: the features of that band and of those beside it,
/// without their mean over time. `layer` reads several rows at once.
fn planes(features: &[f32], frames: usize, layer: &Layer) -> Vec<Rows> {
    let mut means = [0.0f32; BANDS];
    for frame in features.chunks_exact(BANDS) {
        means.iter_mut().zip(frame).for_each(|(mean, x)| *mean += x / frames as f32);
    }
    let mut planes: Vec<Rows> =
        (0..BANDS.div_ceil(layer.stride_bands)).map(|_| Rows::overlapping(frames, AROUND, 1, layer.step)).collect();
    // A band beyond the last is zero, as one before the first is.
    let mut apart = [0; BANDS + 3];
    for (number, frame) in features.chunks_exact(BANDS).enumerate() {
        apart[1..].iter_mut().zip(frame.iter().zip(&means)).for_each(|(apart, (x, mean))| *apart = to_half(x - mean));
        for (plane, band) in planes.iter_mut().zip((0..).step_by(layer.stride_bands)) {
            plane.row_mut(number)[..3].copy_from_slice(&apart[band..band + 3]);
        }
    }
    planes
}
