//! 32-bit floats through `pulp`: AVX-512, AVX2, NEON, or plain code.

use pulp::{Arch, Simd, WithSimd};

use super::{COLUMNS, DEPTH, ROWS};

/// Values in the weights of one step.
const STEP: usize = DEPTH * COLUMNS;

/// See [`super::Multiplier::multiply`], which has checked the sizes. `rows` are the activations that [`super::expand`]
/// makes.
pub(super) fn multiply(rows: &[f32], depth: usize, tiles: &[f32], columns: usize, out: &mut [f32]) {
    Arch::new().dispatch(Product { rows, depth, tiles, columns, out });
}

/// [`ROWS`] rows times all columns.
struct Product<'a> {
    rows: &'a [f32],
    depth: usize,
    tiles: &'a [f32],
    columns: usize,
    out: &'a mut [f32],
}

impl WithSimd for Product<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        // Sums of so many rows in two registers each, and room for weights.
        if S::REGISTER_COUNT >= 32 { self.held::<S, 8>(simd) } else { self.held::<S, 4>(simd) }
    }
}

impl Product<'_> {
    /// Sums up so many rows in registers at once.
    #[inline(always)]
    fn held<S: Simd, const HELD: usize>(self, simd: S) {
        let (depth, columns) = (self.depth, self.columns);
        let side = self.tiles.len() / (columns / COLUMNS);
        for (number, tiles) in self.tiles.chunks_exact(side).enumerate() {
            for first in (0..ROWS).step_by(HELD) {
                let out = &mut self.out[first * columns + number * COLUMNS..];
                // Two registers of columns at a time; a register of 16 holds 32 columns in two.
                for lane in (0..COLUMNS).step_by(2 * S::F32_LANES) {
                    let sums = block::<S, HELD>(simd, self.rows, first, depth, tiles, lane);
                    for (held, sums) in sums.iter().enumerate() {
                        let (out, _) = S::as_mut_simd_f32s(&mut out[held * columns + lane..][..2 * S::F32_LANES]);
                        out.copy_from_slice(sums);
                    }
                }
            }
        }
    }
}

/// The sums of `HELD` rows from `first` on, for two registers of columns from `lane` on.
#[inline(always)]
fn block<S: Simd, const HELD: usize>(
    simd: S,
    rows: &[f32],
    first: usize,
    depth: usize,
    tiles: &[f32],
    lane: usize,
) -> [[S::f32s; 2]; HELD] {
    let mut sums = [[simd.splat_f32s(0.0); 2]; HELD];
    for (rows, tiles) in rows.chunks_exact(ROWS * depth).zip(tiles.chunks_exact(depth * COLUMNS)) {
        let rows = &rows[first * depth..][..HELD * depth];
        for (step, tile) in tiles.chunks_exact(STEP).enumerate() {
            let mut inputs = [&[0.0; DEPTH]; HELD];
            for (held, inputs) in inputs.iter_mut().enumerate() {
                if let Some(found) = rows[held * depth + step * DEPTH..].first_chunk() {
                    *inputs = found;
                }
            }
            for (input, weights) in tile.chunks_exact(COLUMNS).enumerate().take(DEPTH) {
                let (weights, _) = S::as_simd_f32s(&weights[lane..][..2 * S::F32_LANES]);
                for (sums, row) in sums.iter_mut().zip(&inputs) {
                    let x = simd.splat_f32s(row[input]);
                    sums[0] = simd.mul_add_e_f32s(x, weights[0], sums[0]);
                    sums[1] = simd.mul_add_e_f32s(x, weights[1], sums[1]);
                }
            }
        }
    }
    sums
}
