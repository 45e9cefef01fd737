//! Products of matrices, which nearly all the time of a network goes into.
//!
//! Activations are rows of bfloat16 and weights are bfloat16 tiles in one form for every processor; sums are kept in
//! 32-bit floats. Two kernels read that form: AMX tiles, and a portable one that [`pulp`] compiles for AVX-512, AVX2,
//! NEON and plain code. The first that the processor has is chosen once, at run time. The instruction that AVX-512 has for
//! bfloat16 is not used: on Emerald Rapids it gives half the products a second that 32-bit floats give.

#[cfg(target_arch = "x86_64")]
#[allow(unsafe_code)]
mod amx;
mod portable;

use std::sync::OnceLock;

use crate::runtime::apart;

use pulp::Arch;

/// Rows that are multiplied at once: two AMX tiles.
pub(crate) const ROWS: usize = 32;

/// Inputs of one step: what an AMX tile holds of a row.
pub(crate) const DEPTH: usize = 32;

/// Outputs of one step: two AMX tiles side by side.
pub(crate) const COLUMNS: usize = 32;

/// Values in the weights of one step.
const STEP: usize = DEPTH * COLUMNS;

/// What multiplies on this processor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kernel {
    #[cfg(target_arch = "x86_64")]
    Amx,
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
        {
            if amx::available() {
                all.push(Self::Amx);
            }
        }
        all.push(Self::Portable);
        all
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            #[cfg(target_arch = "x86_64")]
            Self::Amx => "amx-bf16",
            Self::Portable => "portable",
        }
    }
}

/// A kernel ready to work in this thread.
pub(crate) struct Multiplier {
    kernel: Kernel,
    #[cfg(target_arch = "x86_64")]
    _tiles: Option<amx::Configured>,
    /// Activations of one block as 32-bit floats, for the portable kernel.
    expanded: Vec<f32>,
}

impl Multiplier {
    pub(crate) fn new(kernel: Kernel) -> Self {
        Self {
            kernel,
            #[cfg(target_arch = "x86_64")]
            _tiles: (kernel == Kernel::Amx).then(amx::Configured::new),
            expanded: Vec::new(),
        }
    }

    /// Multiplies up to [`ROWS`] rows by `weights` and writes the sums to `out`, [`ROWS`] x `weights.columns`.
    ///
    /// For each tap of the weights, `taps` has the activations from its first row on; rows lie `stride` values apart.
    /// All [`ROWS`] rows are read.
    pub(crate) fn multiply(&mut self, taps: &[&[u16]], stride: usize, weights: &Weights, out: &mut [f32]) {
        let depth = weights.depth;
        assert!(taps.len() == weights.taps && out.len() >= ROWS * weights.columns, "a product of other sizes");
        assert!(taps.iter().all(|tap| tap.len() >= (ROWS - 1) * stride + depth), "rows of other sizes");
        match (&weights.tiles, self.kernel) {
            #[cfg(target_arch = "x86_64")]
            (Tiles::Half(tiles), Kernel::Amx) => amx::multiply(taps, stride, depth, tiles, weights.columns, out),
            (Tiles::Whole(tiles), _) => {
                expand(taps, stride, depth, &mut self.expanded);
                portable::multiply(&self.expanded, depth, tiles, weights.columns, out);
            }
            // Weights for the portable kernel were expanded when they were taken.
            (Tiles::Half(_), Kernel::Portable) => {}
        }
    }
}

/// The activations of one block as 32-bit floats: for each tap [`ROWS`] rows of `depth` values.
fn expand(taps: &[&[u16]], stride: usize, depth: usize, whole: &mut Vec<f32>) {
    whole.resize(taps.len() * ROWS * depth, 0.0);
    vectorized(|| {
        for (rows, tap) in whole.chunks_exact_mut(ROWS * depth).zip(taps) {
            for (number, row) in rows.chunks_exact_mut(depth).enumerate() {
                let halves = &tap[number * stride..][..depth];
                row.iter_mut().zip(halves).for_each(|(whole, half)| *whole = from_half(*half));
            }
        }
    });
}

/// The weights of one product, in tiles.
pub(crate) struct Weights {
    taps: usize,
    depth: usize,
    columns: usize,
    tiles: Tiles,
}

enum Tiles {
    /// For each 32 columns, tap and 32 inputs, two tiles of 16 pairs of inputs x 16 columns x 2, as bfloat16.
    Half(Lines),
    /// The same weights for the portable kernel: 32 inputs x 32 columns, as 32-bit floats.
    Whole(Vec<f32>),
}

impl Weights {
    /// Values that the tiles of such weights have. `depth` and `columns` are multiples of 32.
    pub(crate) fn len(taps: usize, depth: usize, columns: usize) -> usize {
        taps * depth * columns
    }

    /// Takes tiles as [`pack`] makes them.
    pub(crate) fn new(kernel: Kernel, taps: usize, depth: usize, columns: usize, tiles: &[u16]) -> Self {
        assert_eq!(tiles.len(), Self::len(taps, depth, columns), "weights of another size");
        let tiles =
            if kernel == Kernel::Portable { Tiles::Whole(unpacked(tiles)) } else { Tiles::Half(Lines::from(tiles)) };
        Self { taps, depth, columns, tiles }
    }

    pub(crate) fn columns(&self) -> usize {
        self.columns
    }
}

/// Tiles of the weights of a product; `weight` gives that of a tap, an input and a column.
pub(crate) fn pack(taps: usize, depth: usize, columns: usize, weight: impl Fn(usize, usize, usize) -> f32) -> Vec<u16> {
    const SIDE: usize = COLUMNS / 2;
    let mut tiles = vec![0; Weights::len(taps, depth, columns)];
    let places = tiles.chunks_exact_mut(STEP / 2).enumerate();
    for (number, tile) in places {
        let (step, side) = (number / 2, number % 2 * SIDE);
        let (input, step) = (step % (depth / DEPTH) * DEPTH, step / (depth / DEPTH));
        let (tap, column) = (step % taps, step / taps * COLUMNS + side);
        for (column, at) in (column..column + SIDE).zip((0..).step_by(2)) {
            for (pair, values) in tile.chunks_exact_mut(COLUMNS).enumerate() {
                values[at] = to_half(weight(tap, input + 2 * pair, column));
                values[at + 1] = to_half(weight(tap, input + 2 * pair + 1, column));
            }
        }
    }
    tiles
}

/// Tiles as 32-bit floats, inputs x columns.
fn unpacked(tiles: &[u16]) -> Vec<f32> {
    let mut whole = vec![0.0; tiles.len()];
    for (step, tiles) in whole.chunks_exact_mut(STEP).zip(tiles.chunks_exact(STEP)) {
        for (tile, side) in tiles.chunks_exact(STEP / 2).zip([0, COLUMNS / 2]) {
            for (rows, pairs) in step.chunks_exact_mut(2 * COLUMNS).zip(tile.chunks_exact(COLUMNS)) {
                for (column, pair) in pairs.as_chunks().0.iter().enumerate() {
                    let [even, odd] = pair.map(from_half);
                    rows[side + column] = even;
                    rows[COLUMNS + side + column] = odd;
                }
            }
        }
    }
    whole
}

/// Half-width values that start on a cache line, so that no row of 32 crosses one.
#[derive(Clone, Default)]
pub(crate) struct Lines {
    values: Vec<u16>,
    start: usize,
    len: usize,
}

impl Lines {
    /// The size of a cache line in bytes.
    const LINE: usize = 64;

    pub(crate) fn zeros(len: usize) -> Self {
        let values = vec![0; len + Self::LINE / 2];
        let start = values.as_ptr().align_offset(Self::LINE).min(Self::LINE / 2);
        Self { values, start, len }
    }
}

impl From<&[u16]> for Lines {
    fn from(values: &[u16]) -> Self {
        let mut lines = Self::zeros(values.len());
        lines.copy_from_slice(values);
        lines
    }
}

impl std::ops::Deref for Lines {
    type Target = [u16];

    fn deref(&self) -> &[u16] {
        &self.values[self.start..self.start + self.len]
    }
}

impl std::ops::DerefMut for Lines {
    fn deref_mut(&mut self) -> &mut [u16] {
        &mut self.values[self.start..self.start + self.len]
    }
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

    /// Values between -1 and 1 that a bfloat16 holds exactly.
    fn value(n: usize) -> f32 {
        ((n.wrapping_mul(2_654_435_761) >> 7) % 255) as f32 / 128.0 - 0.992_187_5
    }

    #[test]
    fn every_kernel_gives_the_product() {
        for (taps, depth, columns, stride) in [(1, 32, 32, 32), (9, 32, 32, 64), (3, 128, 32, 160), (1, 96, 128, 96)] {
            let rows: Vec<u16> = (0..(ROWS - 1) * stride + depth + taps).map(|n| to_half(value(n))).collect();
            let weight = |tap: usize, input: usize, column: usize| value(tap * 7919 + input * 131 + column);
            let tiles = pack(taps, depth, columns, weight);
            let slices: Vec<&[u16]> = (0..taps).map(|tap| &rows[tap..]).collect();
            for kernel in Kernel::all() {
                let weights = Weights::new(kernel, taps, depth, columns, &tiles);
                let mut out = vec![f32::NAN; ROWS * columns];
                Multiplier::new(kernel).multiply(&slices, stride, &weights, &mut out);
                for row in 0..ROWS {
                    for column in 0..columns {
                        let exact: f64 = (0..taps)
                            .flat_map(|tap| (0..depth).map(move |input| (tap, input)))
                            .map(|(tap, input)| {
                                f64::from(from_half(slices[tap][row * stride + input]))
                                    * f64::from(weight(tap, input, column))
                            })
                            .sum();
                        let found = f64::from(out[row * columns + column]);
                        assert!((found - exact).abs() < 1e-3, "{} {row} {column}: {found} {exact}", kernel.name());
                    }
                }
            }
        }
    }

    #[test]
    fn halves_are_the_nearest() {
        for (value, half) in [(1.0, 0x3f80), (-2.0, 0xc000), (1.003_906_2, 0x3f80), (1.011_718_8, 0x3f82), (0.0, 0)] {
            assert_eq!(to_half(value), half, "{value}");
        }
        assert_eq!(from_half(to_half(-0.75)), -0.75);
    }
}
