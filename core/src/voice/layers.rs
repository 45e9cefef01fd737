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

    pub(crate) fn count(&self) -> usize {
        self.count
    }

    pub(crate) fn stride(&self) -> usize {
        self.stride
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

/// Weights and what is added to their sums.
pub(crate) struct Product {
    pub(crate) weights: Weights,
    pub(crate) bias: Vec<f32>,
}

impl Product {
    /// `tiles` as [`pack`] makes them.
    pub(crate) fn new(kernel: Kernel, shape: Shape, tiles: &[u16], bias: Vec<f32>) -> Self {
        assert_eq!(bias.len(), shape.columns, "a bias of another size");
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

/// A plane convolution along bands and time: the rows that each tap reads, by output plane.
pub(crate) fn convolve(
    multiplier: &mut Multiplier,
    product: &Product,
    taps: &[(&Rows, isize)],
    step: usize,
    out: &mut Rows,
) {
    let columns = product.weights.columns();
    let stride = taps[0].0.stride * step;
    let mut sums = vec![0.0; ROWS * columns];
    let mut slices: Vec<&[u16]> = Vec::with_capacity(taps.len());
    for first in (0..out.count).step_by(ROWS) {
        slices.clear();
        slices.extend(taps.iter().map(|(rows, offset)| rows.from((first * step) as isize + offset)));
        multiplier.multiply(&slices, stride, &product.weights, &mut sums);
        let count = ROWS.min(out.count - first);
        vectorized(|| {
            for (row, sums) in sums.chunks_exact(columns).take(count).enumerate() {
                let out = &mut out.row_mut(first + row)[..columns];
                out.iter_mut().zip(sums).zip(&product.bias).for_each(|((out, sum), bias)| {
                    *out = to_half((sum + bias).max(0.0));
                });
            }
        });
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
