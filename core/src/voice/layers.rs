//! What the built-in networks are made of: rows of activations, and layers that multiply them.

use super::kernels::{COLUMNS, DEPTH, Kernel, Lines, Multiplier, ROWS, Weights, from_half, pack, to_half, vectorized};

/// Activations along time: rows of bfloat16, with rows of zeros before and after.
pub(crate) struct Rows {
    values: Lines,
    stride: usize,
    margin: usize,
    count: usize,
}

impl Rows {
    /// `count` rows of `width` values, and `margin` rows of zeros at both ends.
    pub(crate) fn zeros(count: usize, width: usize, margin: usize) -> Self {
        // Rows that lie a power of two apart would share a few places of the cache.
        let stride = if width > DEPTH { width.next_multiple_of(DEPTH) + DEPTH } else { DEPTH };
        // Products read whole blocks of rows, also of every second row.
        let rows = count.next_multiple_of(ROWS) + 2 * margin + 2 * ROWS;
        Self { values: Lines::zeros(rows * stride), stride, margin, count }
    }

    /// The same where a product reads, of every `step`th row, the whole depth: that row and those after it.
    pub(crate) fn overlapping(count: usize, width: usize, margin: usize, step: usize) -> Self {
        let rows = (count.div_ceil(step) + ROWS) * step + 2 * margin;
        Self { values: Lines::zeros(rows * width + DEPTH), stride: width, margin, count }
    }

    /// Zeros in the same places.
    pub(crate) fn like(&self) -> Self {
        Self { values: Lines::zeros(self.values.len()), ..*self }
    }

    pub(crate) fn count(&self) -> usize {
        self.count
    }

    /// The values from a row on; rows of the margin before the first are negative.
    pub(crate) fn from(&self, row: isize) -> &[u16] {
        &self.values[(self.margin as isize + row) as usize * self.stride..]
    }

    pub(crate) fn row_mut(&mut self, row: usize) -> &mut [u16] {
        let start = (self.margin + row) * self.stride;
        &mut self.values[start..start + self.stride]
    }
}

/// Weights and what is added to their sums: one value for each output. Columns beyond them are there to fill up tiles.
pub(crate) struct Product {
    pub(crate) weights: Weights,
    pub(crate) bias: Vec<f32>,
}

impl Product {
    /// `tiles` as [`pack`] makes them.
    pub(crate) fn new(kernel: Kernel, shape: Shape, tiles: &[u16], bias: Vec<f32>) -> Self {
        assert!(bias.len() <= shape.columns, "a bias of another size");
        Self { weights: Weights::new(kernel, shape.taps, shape.depth, shape.columns, tiles), bias }
    }
}

/// The sizes of a product.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Shape {
    pub(crate) taps: usize,
    pub(crate) depth: usize,
    pub(crate) columns: usize,
}

impl Shape {
    pub(crate) fn new(taps: usize, depth: usize, columns: usize) -> Self {
        Self { taps, depth: depth.next_multiple_of(DEPTH), columns: columns.next_multiple_of(COLUMNS) }
    }

    pub(crate) fn len(self) -> usize {
        Weights::len(self.taps, self.depth, self.columns)
    }

    pub(crate) fn pack(self, weight: impl Fn(usize, usize, usize) -> f32) -> Vec<u16> {
        pack(self.taps, self.depth, self.columns, weight)
    }
}

/// A value times `scale` plus `shift`, for each channel.
#[derive(Clone)]
pub(crate) struct Affine {
    pub(crate) scale: Vec<f32>,
    pub(crate) shift: Vec<f32>,
}

impl Affine {
    /// What is above zero of rows `first..first + ROWS` of `input` after it, row after row in `out`.
    pub(crate) fn rectified(&self, input: &Rows, first: usize, out: &mut [u16], out_stride: usize) {
        let width = self.scale.len();
        let rows = input.from(first as isize);
        vectorized(|| {
            for (row, out) in out.chunks_exact_mut(out_stride).enumerate().take(ROWS) {
                let input = &rows[row * input.stride..][..width];
                let terms = input.iter().zip(&self.scale).zip(&self.shift);
                out[..width].iter_mut().zip(terms).for_each(|(out, ((input, scale), shift))| {
                    *out = to_half((from_half(*input) * scale + shift).max(0.0));
                });
            }
        });
    }
}

/// The rows that one tap of a product reads, and how many rows before or after its own.
pub(crate) type Tap<'a> = (&'a Rows, isize);

/// A convolution along time, or a plane of one along bands and time: what is above zero of it goes into the columns of
/// `out` from `at` on. For one row of `out`, taps move on by `step` rows.
pub(crate) fn convolve(
    multiplier: &mut Multiplier,
    product: &Product,
    taps: &[Tap],
    step: usize,
    out: &mut Rows,
    at: usize,
) {
    let columns = at..at + product.bias.len();
    each_row(multiplier, &product.weights, taps, step, out.count, |row, sums| {
        let out = &mut out.row_mut(row)[columns.clone()];
        out.iter_mut().zip(sums).zip(&product.bias).for_each(|((out, sum), bias)| {
            *out = to_half((*sum + bias).max(0.0));
        });
    });
}

/// Multiplies row after row and hands the sums of each to `work`.
#[inline(always)]
pub(crate) fn each_row(
    multiplier: &mut Multiplier,
    weights: &Weights,
    taps: &[Tap],
    step: usize,
    count: usize,
    mut work: impl FnMut(usize, &mut [f32]),
) {
    let columns = weights.columns();
    let stride = taps[0].0.stride * step;
    let mut sums = vec![0.0; ROWS * columns];
    let mut slices: Vec<&[u16]> = Vec::with_capacity(taps.len());
    for first in (0..count).step_by(ROWS) {
        slices.clear();
        slices.extend(taps.iter().map(|(rows, offset)| rows.from((first * step) as isize + offset)));
        multiplier.multiply(&slices, stride, weights, &mut sums);
        vectorized(|| {
            for (number, sums) in sums.chunks_exact_mut(columns).take(count - first).enumerate() {
                work(first + number, sums);
            }
        });
    }
}

/// How much of each channel passes, from what the channels are on average: squeeze and excitation.
pub(crate) struct Gate {
    pub(crate) squeeze: Vec<f32>,
    pub(crate) squeeze_bias: Vec<f32>,
    pub(crate) excite: Vec<f32>,
    pub(crate) excite_bias: Vec<f32>,
}

impl Gate {
    pub(crate) fn of(&self, average: &[f32]) -> Vec<f32> {
        let mut squeezed = dense(&self.squeeze, &self.squeeze_bias, average);
        squeezed.iter_mut().for_each(|x| *x = x.max(0.0));
        let mut gate = dense(&self.excite, &self.excite_bias, &squeezed);
        gate.iter_mut().for_each(|x| *x = 1.0 / (1.0 + (-*x).exp()));
        gate
    }
}

/// A small matrix times a vector, in 32-bit floats: one row of weights for each output.
pub(crate) fn dense(weights: &[f32], bias: &[f32], input: &[f32]) -> Vec<f32> {
    vectorized(|| weights.chunks_exact(input.len()).zip(bias).map(|(row, bias)| bias + dot(row, input)).collect())
}

/// An inner product, summed up in lanes so that the compiler can use vector registers.
#[inline(always)]
fn dot(a: &[f32], b: &[f32]) -> f32 {
    let mut sums = [0.0f32; 16];
    let (pairs_a, pairs_b) = (a.chunks_exact(16), b.chunks_exact(16));
    let rest: f32 = pairs_a.remainder().iter().zip(pairs_b.remainder()).map(|(x, y)| x * y).sum();
    for (a, b) in pairs_a.zip(pairs_b) {
        for lane in 0..16 {
            sums[lane] += a[lane] * b[lane];
        }
    }
    sums.iter().sum::<f32>() + rest
}

/// e to the power of a value, within 3e-7 of it, in operations that a compiler finds vectors for. Powers that a float
/// cannot hold become the least or the greatest that this can.
#[inline(always)]
pub(crate) fn exp(x: f32) -> f32 {
    // Adding this rounds to a whole number, which then stands in the lowest bits.
    const ROUND: f32 = 12_582_912.0;
    const HIGH: f32 = 0.693_359_4;
    const LOW: f32 = -2.121_944_4e-4;
    let x = x.clamp(-87.0, 88.0);
    let shifted = x * std::f32::consts::LOG2_E + ROUND;
    let whole = shifted - ROUND;
    let rest = (x - whole * HIGH) - whole * LOW;
    let series = [1.0 / 720.0, 1.0 / 120.0, 1.0 / 24.0, 1.0 / 6.0, 0.5, 1.0, 1.0];
    let power = series.iter().fold(0.0, |sum, term| sum * rest + term);
    power * f32::from_bits(shifted.to_bits().wrapping_add(127) << 23)
}

#[inline(always)]
pub(crate) fn tanh(x: f32) -> f32 {
    1.0 - 2.0 / (exp(2.0 * x) + 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn powers_are_those_of_the_standard_library() {
        for n in -8700..8800 {
            let x = n as f32 / 100.0;
            let exact = f64::from(x).exp();
            assert!((f64::from(exp(x)) / exact - 1.0).abs() < 3e-7, "{x}");
            assert!((f64::from(tanh(x)) - f64::from(x).tanh()).abs() < 3e-7, "{x}");
        }
        assert!(exp(-1e9) < 1e-37 && exp(1e9).is_finite() && tanh(-1e9) == -1.0 && tanh(1e9) == 1.0);
    }
}
