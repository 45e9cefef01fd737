//! Products of matrices, which nearly all the time of a network goes into.
//!
//! Activations are bytes with a scale for each row, weights are whole numbers of 8 or 16 bits with a scale for each column.
//! Two kernels multiply them: one for AVX-512 with VNNI, whose sums of bytes are exact, and a portable one in 32-bit floats
//! that [`pulp`] compiles for AVX-512, AVX2, NEON and plain code. The first that the processor has is chosen once, at run
//! time. On Emerald Rapids `vpdpbusd` gives 375 G products a second and floats 78; weights of 16 bits take two of them.

mod portable;
#[cfg(target_arch = "x86_64")]
#[allow(unsafe_code)]
mod vnni;

use std::sync::OnceLock;

use crate::runtime::apart;

use pulp::Arch;

/// Rows that are multiplied at once.
pub(crate) const ROWS: usize = 32;

/// The depth of a product is a multiple of this.
pub(crate) const DEPTH: usize = 16;

/// The columns of a product are a multiple of this.
pub(crate) const COLUMNS: usize = 32;

/// Columns in one tile of weights.
const SIDE: usize = 16;

/// Inputs that stand side by side in a tile.
const QUAD: usize = 4;

/// What multiplies on this processor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kernel {
    #[cfg(target_arch = "x86_64")]
    Vnni,
    Portable,
}

impl Kernel {
    /// The fastest one here. `VOICEROLL_KERNEL` names another of those that the processor has, for measuring.
    pub(crate) fn best() -> Self {
        static BEST: OnceLock<Kernel> = OnceLock::new();
        let find = || {
            let wanted = std::env::var("VOICEROLL_KERNEL").unwrap_or_default();
            let here = Self::all();
            here.iter().copied().find(|kernel| kernel.name() == wanted).unwrap_or(here[0])
        };
        *apart(|| BEST.get_or_init(find))
    }

    /// Those that this processor has, the fastest first.
    pub(crate) fn all() -> Vec<Self> {
        let mut all = Vec::new();
        #[cfg(target_arch = "x86_64")]
        if vnni::available() {
            all.push(Self::Vnni);
        }
        all.push(Self::Portable);
        all
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            #[cfg(target_arch = "x86_64")]
            Self::Vnni => "avx512-vnni",
            Self::Portable => "portable",
        }
    }
}

/// The activations that one tap of a product reads: bytes from the first row on, and the scale of each row.
#[derive(Clone, Copy)]
pub(crate) struct Input<'a> {
    pub(crate) values: &'a [u8],
    pub(crate) scales: &'a [f32],
}

/// Where the rows of all taps stand: so many bytes and so many scales apart. `zero` is the byte that stands for zero: 0, or
/// [`SIGNED`] where there are activations below it.
#[derive(Clone, Copy)]
pub(crate) struct Step {
    pub(crate) bytes: usize,
    pub(crate) scales: usize,
    pub(crate) zero: u8,
}

/// The byte for zero among activations of both signs.
pub(crate) const SIGNED: u8 = 128;

/// A kernel with what it needs to work.
pub(crate) struct Multiplier {
    kernel: Kernel,
    /// Activations of one block as 32-bit floats, for the portable kernel.
    expanded: Vec<f32>,
}

impl Multiplier {
    pub(crate) fn new(kernel: Kernel) -> Self {
        Self { kernel, expanded: Vec::new() }
    }

    /// Multiplies [`ROWS`] rows by `weights` and writes the sums to `out`, [`ROWS`] x `weights.columns()`. All rows are read.
    pub(crate) fn multiply(&mut self, taps: &[Input], step: Step, weights: &Weights, out: &mut [f32]) {
        let depth = weights.depth;
        assert!(taps.len() == weights.taps && out.len() >= ROWS * weights.columns, "a product of other sizes");
        assert!(step.zero == 0 || weights.signed(), "activations of another sign");
        for tap in taps {
            assert!(tap.values.len() >= (ROWS - 1) * step.bytes + depth, "rows of other sizes");
            assert!(tap.scales.len() > (ROWS - 1) * step.scales, "scales of other sizes");
        }
        match (&weights.tiles, self.kernel) {
            #[cfg(target_arch = "x86_64")]
            (Tiles::Bytes(planes), Kernel::Vnni) => vnni::multiply(taps, step, weights, planes, out),
            (Tiles::Floats(tiles), _) => {
                expand(taps, step, depth, &mut self.expanded);
                portable::multiply(&self.expanded, depth, tiles, weights.columns, out);
            }
            // Weights for the portable kernel were expanded when they were taken.
            (Tiles::Bytes(_), Kernel::Portable) => {}
        }
    }
}

/// The activations of one block as 32-bit floats: for each tap [`ROWS`] rows of `depth` values.
fn expand(taps: &[Input], step: Step, depth: usize, whole: &mut Vec<f32>) {
    whole.resize(taps.len() * ROWS * depth, 0.0);
    let zero = f32::from(step.zero);
    vectorized(
        #[inline(always)]
        || {
            for (rows, tap) in whole.chunks_exact_mut(ROWS * depth).zip(taps) {
                for (number, row) in rows.chunks_exact_mut(depth).enumerate() {
                    let scale = tap.scales[number * step.scales];
                    let bytes = &tap.values[number * step.bytes..][..depth];
                    row.iter_mut().zip(bytes).for_each(|(whole, byte)| *whole = (f32::from(*byte) - zero) * scale);
                }
            }
        },
    );
}

/// The weights of one product, as a kernel reads them.
pub(crate) struct Weights {
    taps: usize,
    depth: usize,
    columns: usize,
    tiles: Tiles,
}

enum Tiles {
    #[cfg_attr(not(target_arch = "x86_64"), allow(dead_code, reason = "only kernels of x86-64 read bytes"))]
    Bytes(Planes),
    /// Tiles of 16 inputs x 32 columns.
    Floats(Vec<f32>),
}

/// Weights of 8 bits, or the high and the low bytes of 16, and what is taken off their sums.
#[cfg_attr(not(target_arch = "x86_64"), allow(dead_code, reason = "only kernels of x86-64 read bytes"))]
struct Planes {
    high: Lines,
    low: Option<Lines>,
    scales: Vec<f32>,
    /// For activations of both signs: what the byte for zero adds to the sums, negated, for each tile, tap and column; the
    /// high bytes first. Otherwise empty.
    zeros: Vec<i32>,
}

impl Weights {
    /// Takes what [`Packed::new`] made. `signed`: whether activations have both signs.
    pub(crate) fn new(kernel: Kernel, shape: Shape, packed: &Packed, signed: bool) -> Self {
        let Shape { taps, depth, columns, .. } = shape;
        assert!(packed.fits(shape), "weights of another size");
        let tiles = match kernel {
            Kernel::Portable => Tiles::Floats(packed.unpacked(shape)),
            #[cfg(target_arch = "x86_64")]
            Kernel::Vnni => {
                let zeros = |plane: &[u8]| plane.chunks_exact(SIDE * depth).flat_map(zeros).collect::<Vec<i32>>();
                let mut of_zero = Vec::new();
                if signed {
                    of_zero = zeros(&packed.high);
                    of_zero.extend(zeros(&packed.low));
                }
                Tiles::Bytes(Planes {
                    high: Lines::from(&packed.high[..]),
                    low: (!packed.low.is_empty()).then(|| Lines::from(&packed.low[..])),
                    scales: packed.scales.clone(),
                    zeros: of_zero,
                })
            }
        };
        Self { taps, depth, columns, tiles }
    }

    pub(crate) fn columns(&self) -> usize {
        self.columns
    }

    pub(crate) fn depth(&self) -> usize {
        self.depth
    }

    fn signed(&self) -> bool {
        match &self.tiles {
            Tiles::Bytes(planes) => !planes.zeros.is_empty(),
            Tiles::Floats(_) => true,
        }
    }
}

/// What [`SIGNED`] adds to the sums of one tap of one tile, negated.
fn zeros(tile: &[u8]) -> [i32; SIDE] {
    let mut sums = [0; SIDE];
    for quads in tile.chunks_exact(SIDE * QUAD) {
        for (sum, quad) in sums.iter_mut().zip(quads.chunks_exact(QUAD)) {
            *sum -= i32::from(SIGNED) * quad.iter().map(|byte| i32::from(byte.cast_signed())).sum::<i32>();
        }
    }
    sums
}

/// The sizes of a product.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Shape {
    pub(crate) taps: usize,
    pub(crate) depth: usize,
    pub(crate) columns: usize,
    /// Whether weights are rounded to 8 bits.
    pub(crate) narrow: bool,
}

impl Shape {
    pub(crate) const fn new(taps: usize, depth: usize, columns: usize) -> Self {
        let (depth, columns) = (depth.next_multiple_of(DEPTH), columns.next_multiple_of(COLUMNS));
        Self { taps, depth, columns, narrow: false }
    }

    pub(crate) const fn narrow(self) -> Self {
        Self { narrow: true, ..self }
    }

    pub(crate) fn len(self) -> usize {
        self.taps * self.depth * self.columns
    }

    /// Where a weight stands in a plane: in tiles of 16 columns, tap after tap, and in each four inputs of all columns.
    fn place(self, tap: usize, input: usize, column: usize) -> usize {
        let tile = (column / SIDE * self.taps + tap) * self.depth / QUAD + input / QUAD;
        (tile * SIDE + column % SIDE) * QUAD + input % QUAD
    }
}

/// Weights as whole numbers of 8 or 16 bits.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Packed {
    /// For each column.
    pub(crate) scales: Vec<f32>,
    /// Signed bytes; where `low` is empty they are the weights.
    pub(crate) high: Vec<u8>,
    /// Signed bytes; a weight is 256 times the high one and this.
    pub(crate) low: Vec<u8>,
}

/// The greatest number of which both bytes are signed.
const GREATEST: f32 = 127.0 * 256.0 + 127.0;

/// A weight this far from a whole number, of 127, takes 16 bits.
const WHOLE: f32 = 1e-3;

impl Packed {
    /// `weight` gives that of a tap, an input and a column. Weights that were stored in 8 bits with a scale for each column
    /// take 8 bits again.
    pub(crate) fn new(shape: Shape, weight: impl Fn(usize, usize, usize) -> f32) -> Self {
        let Shape { taps, depth, columns, narrow } = shape;
        let mut whole = Vec::with_capacity(shape.len());
        for column in 0..columns {
            for tap in 0..taps {
                whole.extend((0..depth).map(|input| weight(tap, input, column)));
            }
        }
        let inputs = taps * depth;
        let scales: Vec<f32> = whole.chunks_exact(inputs).map(greatest).collect();
        let factor = |most: f32, greatest: f32| if greatest > 0.0 { most / greatest } else { 0.0 };
        let narrow = narrow
            || whole.chunks_exact(inputs).zip(&scales).all(|(weights, greatest)| {
                let factor = factor(127.0, *greatest);
                weights.iter().all(|weight| (weight * factor - nearest(weight * factor)).abs() < WHOLE)
            });
        let most = if narrow { 127.0 } else { GREATEST };
        let mut packed = Self {
            scales: scales.iter().map(|greatest| greatest / most).collect(),
            high: vec![0; shape.len()],
            low: vec![0; if narrow { 0 } else { shape.len() }],
        };
        for (column, (weights, greatest)) in whole.chunks_exact(inputs).zip(&scales).enumerate() {
            let factor = factor(most, *greatest);
            for (tap, weights) in weights.chunks_exact(depth).enumerate() {
                for (quad, weights) in weights.as_chunks::<QUAD>().0.iter().enumerate() {
                    let at = shape.place(tap, quad * QUAD, column);
                    for (at, weight) in (at..).zip(weights) {
                        let whole = nearest(weight * factor) as i32;
                        if narrow {
                            packed.high[at] = whole as u8;
                        } else {
                            // The low byte is signed, and the high one makes up for that.
                            packed.low[at] = whole as u8;
                            packed.high[at] = ((whole - i32::from(whole as i8)) >> 8) as u8;
                        }
                    }
                }
            }
        }
        packed
    }

    pub(crate) fn fits(&self, shape: Shape) -> bool {
        let low = self.low.is_empty() || self.low.len() == shape.len();
        self.scales.len() == shape.columns && self.high.len() == shape.len() && low
    }

    /// Tiles for the portable kernel.
    fn unpacked(&self, shape: Shape) -> Vec<f32> {
        let Shape { taps, depth, columns, .. } = shape;
        let mut tiles = Vec::with_capacity(shape.len());
        for first in (0..columns).step_by(COLUMNS) {
            for tap in 0..taps {
                for input in 0..depth {
                    tiles.extend((first..first + COLUMNS).map(|column| {
                        let at = shape.place(tap, input, column);
                        let high = f32::from(self.high[at].cast_signed());
                        let low = self.low.get(at).map(|low| f32::from(low.cast_signed()));
                        low.map_or(high, |low| 256.0 * high + low) * self.scales[column]
                    }));
                }
            }
        }
        tiles
    }
}

/// Bytes that start on a cache line, so that no tile crosses one.
#[derive(Clone, Default)]
pub(crate) struct Lines {
    values: Vec<u8>,
    start: usize,
    len: usize,
}

impl Lines {
    /// The size of a cache line in bytes.
    const LINE: usize = 64;

    pub(crate) fn filled(value: u8, len: usize) -> Self {
        let values = vec![value; len + Self::LINE];
        let start = values.as_ptr().align_offset(Self::LINE).min(Self::LINE);
        Self { values, start, len }
    }
}

impl From<&[u8]> for Lines {
    fn from(values: &[u8]) -> Self {
        let mut lines = Self::filled(0, values.len());
        lines.copy_from_slice(values);
        lines
    }
}

impl std::ops::Deref for Lines {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.values[self.start..self.start + self.len]
    }
}

impl std::ops::DerefMut for Lines {
    fn deref_mut(&mut self) -> &mut [u8] {
        &mut self.values[self.start..self.start + self.len]
    }
}

/// The nearest whole number, for values that are not large.
#[inline(always)]
pub(crate) fn nearest(value: f32) -> f32 {
    // Between this and its double, floats are whole numbers.
    const WHOLE: f32 = 12_582_912.0;
    (value + WHOLE) - WHOLE
}

/// Writes values that are 0 or more as bytes; their scale.
#[inline(always)]
pub(crate) fn quantized(values: &[f32], bytes: &mut [u8]) -> f32 {
    let scale = Scale::of(values);
    scale.write(values, bytes);
    scale.scale
}

/// How values that are 0 or more become bytes.
#[derive(Clone, Copy)]
pub(crate) struct Scale {
    /// What one of a byte counts.
    pub(crate) scale: f32,
    factor: f32,
}

impl Scale {
    /// The finest for some values.
    #[inline(always)]
    pub(crate) fn of(values: &[f32]) -> Self {
        let most = greatest(values);
        Self { scale: most / 255.0, factor: if most > 0.0 { 255.0 / most } else { 0.0 } }
    }

    #[inline(always)]
    pub(crate) fn write(self, values: &[f32], bytes: &mut [u8]) {
        // Adding this leaves the nearest whole number in the lowest bits.
        const ROUND: f32 = 8_388_608.0;
        let byte = |x: f32| (x * self.factor + ROUND).to_bits() as u8;
        // Loops of a fixed length become vectors whatever the number of values.
        let (chunks, rest) = values.as_chunks::<SIDE>();
        let (byte_chunks, byte_rest) = bytes.as_chunks_mut::<SIDE>();
        for (bytes, values) in byte_chunks.iter_mut().zip(chunks) {
            *bytes = values.map(byte);
        }
        if !rest.is_empty() {
            let bytes = byte_chunks.get_mut(chunks.len()).map_or(byte_rest, |bytes| &mut bytes[..]);
            bytes.iter_mut().zip(rest).for_each(|(out, x)| *out = byte(*x));
        }
    }
}

/// The greatest of some values without their signs.
#[inline(always)]
pub(crate) fn greatest(values: &[f32]) -> f32 {
    // Compared as whole numbers, for which a compiler finds vectors.
    const SIGN: u32 = 1 << 31;
    let (chunks, rest) = values.as_chunks::<SIDE>();
    let mut most = [0; SIDE];
    for chunk in chunks {
        for (most, x) in most.iter_mut().zip(chunk) {
            *most = (*most).max(x.to_bits() & !SIGN);
        }
    }
    let rest = rest.iter().map(|x| x.to_bits() & !SIGN);
    f32::from_bits(most.into_iter().chain(rest).fold(0, u32::max))
}

/// The nearest bfloat16; ties go to the even one. Values are finite.
#[inline(always)]
pub(crate) fn to_half(value: f32) -> u16 {
    let bits = value.to_bits();
    (bits.wrapping_add(0x7fff + ((bits >> 16) & 1)) >> 16) as u16
}

#[inline(always)]
pub(crate) fn from_half(value: u16) -> f32 {
    f32::from_bits(u32::from(value) << 16)
}

/// Runs `work` compiled for the best vector instructions of this processor.
#[inline(always)]
pub(crate) fn vectorized<R>(work: impl FnOnce() -> R) -> R {
    Arch::new().dispatch(work)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Values between -1 and 1.
    fn value(n: usize) -> f32 {
        ((n.wrapping_mul(2_654_435_761) >> 7) % 255) as f32 / 128.0 - 0.992_187_5
    }

    #[test]
    fn every_kernel_gives_the_product() {
        for (shape, step, zero, narrow) in [
            (Shape::new(1, 16, 32), 1, 0, false),
            (Shape::new(9, 32, 32), 1, SIGNED, false),
            (Shape::new(3, 128, 32), 2, 0, true),
            (Shape::new(1, 96, 128), 1, SIGNED, true),
            (Shape::new(2, 1024, 64), 1, 0, false),
        ] {
            let bytes = shape.depth + 16;
            let values: Vec<u8> =
                (0..(ROWS * step + shape.taps) * bytes).map(|n| (255.0 * value(n).abs()) as u8).collect();
            let scales: Vec<f32> = (0..ROWS * step + shape.taps).map(|n| 0.5 + value(n).abs()).collect();
            let weight = |tap: usize, input: usize, column: usize| {
                let value = value(tap * 7919 + input * 131 + column);
                // Each column has its greatest weight in the first input.
                if !narrow {
                    // Not the multiples of one value, which would take 8 bits.
                    value * (0.5 + 0.001 * input as f32)
                } else if input == 0 {
                    1.0
                } else {
                    (127.0 * value).round() / 127.0
                }
            };
            let packed = Packed::new(shape, weight);
            assert_eq!(packed.low.is_empty(), narrow);
            let taps: Vec<Input> =
                (0..shape.taps).map(|tap| Input { values: &values[tap * bytes..], scales: &scales[tap..] }).collect();
            for kernel in Kernel::all() {
                let weights = Weights::new(kernel, shape, &packed, zero != 0);
                let mut out = vec![f32::NAN; ROWS * shape.columns];
                let step = Step { bytes: step * bytes, scales: step, zero };
                Multiplier::new(kernel).multiply(&taps, step, &weights, &mut out);
                for row in 0..ROWS {
                    for column in 0..shape.columns {
                        let mut exact = 0.0;
                        for (number, tap) in taps.iter().enumerate() {
                            for input in 0..shape.depth {
                                let byte = f64::from(tap.values[row * step.bytes + input]) - f64::from(zero);
                                let scale = f64::from(tap.scales[row * step.scales]);
                                exact += byte * scale * f64::from(weight(number, input, column));
                            }
                        }
                        let found = f64::from(out[row * shape.columns + column]);
                        let far = (found - exact).abs() / (255.0 * (shape.len() / shape.columns) as f64);
                        assert!(far < 2e-5, "{} {shape:?} {row} {column}: {found} {exact}", kernel.name());
                    }
                }
            }
        }
    }

    #[test]
    fn bytes_are_the_nearest() {
        let values = [0.0, 1.0, 0.25, 0.501, 0.499];
        let mut bytes = [9; 5];
        let scale = quantized(&values, &mut bytes);
        assert_eq!((bytes, scale), ([0, 255, 64, 128, 127], 1.0 / 255.0));
        assert_eq!((quantized(&[0.0; 5], &mut bytes), bytes), (0.0, [0; 5]));
        assert_eq!((greatest(&[-3.0, 2.0, -0.0]), greatest(&[])), (3.0, 0.0));
    }

    #[test]
    fn halves_are_the_nearest() {
        for (value, half) in [(1.0, 0x3f80), (-2.0, 0xc000), (1.003_906_2, 0x3f80), (1.011_718_8, 0x3f82), (0.0, 0)] {
            assert_eq!(to_half(value), half, "{value}");
        }
        assert_eq!(from_half(to_half(-0.75)), -0.75);
    }
}
