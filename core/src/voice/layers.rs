//! What the built-in networks are made of: rows of activations, and layers that multiply them.

use super::kernels::{
    DEPTH, Input, Kernel, Lines, Multiplier, Packed, ROWS, SIGNED, Scale, Shape, Step, Weights, from_half, nearest,
    quantized, vectorized,
};

/// Activations that products read, along time: rows of bytes with a scale each, and rows of zeros before and after.
pub(crate) struct Rows {
    values: Lines,
    scales: Vec<f32>,
    stride: usize,
    margin: usize,
    count: usize,
    zero: u8,
}

impl Rows {
    /// `count` rows of `width` values that are 0 or more, all of them 0, and `margin` rows of zeros at both ends.
    pub(crate) fn zeros(count: usize, width: usize, margin: usize) -> Self {
        Self::filled(0, count, width, margin)
    }

    /// The same for values of both signs.
    pub(crate) fn signed(count: usize, width: usize, margin: usize) -> Self {
        Self::filled(SIGNED, count, width, margin)
    }

    fn filled(zero: u8, count: usize, width: usize, margin: usize) -> Self {
        // Rows that lie a power of two apart would share a few places of the cache.
        let stride =
            if width > 2 * DEPTH { width.next_multiple_of(DEPTH) + DEPTH } else { width.next_multiple_of(DEPTH) };
        // Products read whole blocks of rows, also of every second row.
        let rows = count.next_multiple_of(ROWS) + 2 * margin + 2 * ROWS;
        Self { values: Lines::filled(zero, rows * stride), scales: vec![0.0; rows], stride, margin, count, zero }
    }

    /// Rows of `width` values of both signs with one scale, where a product reads, of every `step`th row, `depth` values: that
    /// row and those after it.
    pub(crate) fn overlapping(
        count: usize,
        width: usize,
        margin: usize,
        step: usize,
        depth: usize,
        scale: f32,
    ) -> Self {
        let rows = (count.div_ceil(step) + ROWS) * step + 2 * margin;
        let values = Lines::filled(SIGNED, rows * width + depth);
        Self { values, scales: vec![scale; rows], stride: width, margin, count, zero: SIGNED }
    }

    /// Zeros in the same places.
    pub(crate) fn like(&self) -> Self {
        Self { values: Lines::filled(self.zero, self.values.len()), scales: vec![0.0; self.scales.len()], ..*self }
    }

    pub(crate) fn count(&self) -> usize {
        self.count
    }

    /// A row to write to, and its scale.
    pub(crate) fn row_mut(&mut self, row: usize) -> (&mut [u8], &mut f32) {
        let start = (self.margin + row) * self.stride;
        (&mut self.values[start..start + self.stride], &mut self.scales[self.margin + row])
    }

    /// Writes a row of values that are 0 or more.
    #[inline(always)]
    pub(crate) fn set(&mut self, row: usize, values: &[f32]) {
        let (bytes, scale) = self.row_mut(row);
        *scale = quantized(values, &mut bytes[..values.len()]);
    }

    /// Writes rows of values that are 0 or more, `columns` apart, with one scale.
    #[inline(always)]
    fn set_block(&mut self, first: usize, values: &[f32], columns: usize, width: usize) {
        let scale = Scale::of(values);
        let from = self.margin + first;
        let rows = self.values[from * self.stride..].chunks_exact_mut(self.stride);
        for ((values, bytes), its) in values.chunks_exact(columns).zip(rows).zip(&mut self.scales[from..]) {
            *its = scale.scale;
            scale.write(&values[..width], bytes);
        }
    }

    /// What a tap reads from a row on; rows of the margin before the first are negative.
    fn from(&self, row: isize) -> Input<'_> {
        let row = (self.margin as isize + row) as usize;
        Input { values: &self.values[row * self.stride..], scales: &self.scales[row..] }
    }
}

/// Values along time that products do not read: rows of bfloat16.
pub(crate) struct Halves {
    values: Vec<u16>,
    width: usize,
    count: usize,
}

impl Halves {
    pub(crate) fn zeros(count: usize, width: usize) -> Self {
        // Whole blocks of rows are read.
        Self { values: vec![0; count.next_multiple_of(ROWS) * width], width, count }
    }

    pub(crate) fn count(&self) -> usize {
        self.count
    }

    pub(crate) fn row_mut(&mut self, row: usize) -> &mut [u16] {
        &mut self.values[row * self.width..][..self.width]
    }
}

/// One block of rows that a product reads once.
pub(crate) struct Active {
    values: Lines,
    scales: [f32; ROWS],
    stride: usize,
    row: Vec<f32>,
}

impl Active {
    pub(crate) fn new(width: usize) -> Self {
        let stride = width.next_multiple_of(DEPTH) + DEPTH;
        Self { values: Lines::filled(0, ROWS * stride), scales: [0.0; ROWS], stride, row: vec![0.0; width] }
    }

    pub(crate) fn multiply(&self, multiplier: &mut Multiplier, weights: &Weights, sums: &mut [f32]) {
        let step = Step { bytes: self.stride, scales: 1, zero: 0 };
        multiplier.multiply(&[Input { values: &self.values, scales: &self.scales }], step, weights, sums);
    }
}

/// Weights and what is added to their sums: one value for each output. Columns beyond them are there to fill up tiles.
pub(crate) struct Product {
    pub(crate) weights: Weights,
    pub(crate) bias: Vec<f32>,
}

impl Product {
    /// For activations that are 0 or more.
    pub(crate) fn new(kernel: Kernel, shape: Shape, packed: &Packed, bias: Vec<f32>) -> Self {
        Self::of(kernel, shape, packed, bias, false)
    }

    /// For activations of both signs.
    pub(crate) fn signed(kernel: Kernel, shape: Shape, packed: &Packed, bias: Vec<f32>) -> Self {
        Self::of(kernel, shape, packed, bias, true)
    }

    fn of(kernel: Kernel, shape: Shape, packed: &Packed, bias: Vec<f32>, signed: bool) -> Self {
        assert!(bias.len() <= shape.columns, "a bias of another size");
        Self { weights: Weights::new(kernel, shape, packed, signed), bias }
    }
}

/// A value times `scale` plus `shift`, for each channel.
#[derive(Clone)]
pub(crate) struct Affine {
    pub(crate) scale: Vec<f32>,
    pub(crate) shift: Vec<f32>,
}

impl Affine {
    /// What is above zero of rows `first..first + ROWS` of `input` after it.
    pub(crate) fn rectified(&self, input: &Halves, first: usize, out: &mut Active) {
        let Active { values, scales, stride, row } = out;
        vectorized(
            #[inline(always)]
            || {
                let halves = input.values[first * input.width..].chunks_exact(input.width);
                for ((halves, bytes), scale) in halves.zip(values.chunks_exact_mut(*stride)).zip(scales) {
                    let terms = halves.iter().zip(&self.scale).zip(&self.shift);
                    row.iter_mut().zip(terms).for_each(|(out, ((half, scale), shift))| {
                        *out = (from_half(*half) * scale + shift).max(0.0);
                    });
                    *scale = quantized(row, bytes);
                }
            },
        );
    }
}

/// The rows that one tap of a product reads, and how many rows before or after its own.
pub(crate) type Tap<'a> = (&'a Rows, isize);

/// A convolution along time, or a plane of one along bands and time: what is above zero of it goes into `out`. For one row of
/// `out`, taps move on by `step` rows.
pub(crate) fn convolve(multiplier: &mut Multiplier, product: &Product, taps: &[Tap], step: usize, out: &mut Rows) {
    let columns = product.weights.columns();
    each_block(
        multiplier,
        &product.weights,
        taps,
        step,
        out.count,
        #[inline(always)]
        |first, sums| {
            sums.chunks_exact_mut(columns).for_each(|sums| {
                rectified(sums, &product.bias);
            });
            out.set_block(first, sums, columns, product.bias.len());
        },
    );
}

/// Adds the bias to sums; what is above zero of them, without the columns that fill up tiles.
#[inline(always)]
pub(crate) fn rectified<'a>(sums: &'a mut [f32], bias: &[f32]) -> &'a [f32] {
    let sums = &mut sums[..bias.len()];
    each_lane(sums, bias, |sum, bias| (sum + bias).max(0.0));
    sums
}

/// Changes each value by the other of its place, in loops of a fixed length that become vectors.
#[inline(always)]
fn each_lane(values: &mut [f32], others: &[f32], change: impl Fn(f32, f32) -> f32) {
    const LANES: usize = 16;
    let ((chunks, rest), (other_chunks, other_rest)) = (values.as_chunks_mut::<LANES>(), others.as_chunks::<LANES>());
    for (values, others) in chunks.iter_mut().zip(other_chunks) {
        for lane in 0..LANES {
            values[lane] = change(values[lane], others[lane]);
        }
    }
    rest.iter_mut().zip(other_rest).for_each(|(value, other)| *value = change(*value, *other));
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
    each_block(
        multiplier,
        weights,
        taps,
        step,
        count,
        #[inline(always)]
        |first, sums| {
            for (number, sums) in sums.chunks_exact_mut(columns).enumerate() {
                work(first + number, sums);
            }
        },
    );
}

/// The same with the sums of some rows at once, which begin with the row whose number `work` gets.
#[inline(always)]
fn each_block(
    multiplier: &mut Multiplier,
    weights: &Weights,
    taps: &[Tap],
    step: usize,
    count: usize,
    mut work: impl FnMut(usize, &mut [f32]),
) {
    let columns = weights.columns();
    let one = taps[0].0;
    debug_assert!(
        taps.iter().all(|(rows, _)| rows.stride == one.stride && rows.zero == one.zero),
        "rows of another kind"
    );
    let moves = Step { bytes: one.stride * step, scales: step, zero: one.zero };
    let mut sums = vec![0.0; ROWS * columns];
    let mut inputs: Vec<Input> = Vec::with_capacity(taps.len());
    for first in (0..count).step_by(ROWS) {
        inputs.clear();
        inputs.extend(taps.iter().map(|(rows, offset)| rows.from((first * step) as isize + offset)));
        multiplier.multiply(&inputs, moves, weights, &mut sums);
        let rows = ROWS.min(count - first);
        vectorized(
            #[inline(always)]
            || work(first, &mut sums[..rows * columns]),
        );
    }
}

/// The coarse and the fine part of values of both signs, as whole numbers from -127 to 127, and the scale of the coarse
/// ones; fine ones count [`FINE`] of it. A byte alone has too few steps for a logarithm of energy.
pub(crate) fn coarse_and_fine(values: impl Iterator<Item = f32> + Clone) -> (f32, impl Fn(f32) -> [u8; 2]) {
    let most = values.fold(0.0f32, |most, x| most.max(x.abs()));
    let scale = most / 127.0;
    let factor = if most > 0.0 { 127.0 / most } else { 0.0 };
    let byte = |x: f32| (x as i32 + i32::from(SIGNED)) as u8;
    (scale, move |x| {
        let coarse = nearest(x * factor);
        [byte(coarse), byte(nearest((x * factor - coarse) / FINE))]
    })
}

/// What fine parts count of coarse ones.
pub(crate) const FINE: f32 = 1.0 / 254.0;

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
    vectorized(
        #[inline(always)]
        || weights.chunks_exact(input.len()).zip(bias).map(|(row, bias)| bias + dot(row, input)).collect(),
    )
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
