//! 32-bit floats through `pulp`: AVX-512, AVX2, NEON, or plain code.

use pulp::{Arch, Simd, WithSimd};

use super::{COLUMNS, ROWS};

/// Rows that are summed up in registers at once: 4 rows x 2 registers fit the 16 of AVX2 with room for weights.
const HELD: usize = 4;

/// See [`super::Multiplier::multiply`], which has checked the sizes. `rows` are the activations that [`super::expand`]
/// makes.
pub(super) fn multiply(rows: &[f32], depth: usize, tiles: &[f32], columns: usize, out: &mut [f32]) {
    let side = tiles.len() / (columns / COLUMNS);
    for (number, tiles) in tiles.chunks_exact(side).enumerate() {
        for row in (0..ROWS).step_by(HELD) {
            let out = &mut out[row * columns + number * COLUMNS..];
            Arch::new().dispatch(Block { rows, row, depth, tiles, columns, out });
        }
    }
}

/// [`HELD`] rows times 32 columns.
struct Block<'a> {
    rows: &'a [f32],
    row: usize,
    depth: usize,
    tiles: &'a [f32],
    columns: usize,
    out: &'a mut [f32],
}

impl WithSimd for Block<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let lanes = S::F32_LANES;
        // Two registers of columns at a time; a register of 16 holds 32 columns in two.
        for first in (0..COLUMNS).step_by(2 * lanes) {
            let mut sums = [[simd.splat_f32s(0.0); 2]; HELD];
            let taps = self.rows.chunks_exact(ROWS * self.depth);
            for (rows, tiles) in taps.zip(self.tiles.chunks_exact(self.depth * COLUMNS)) {
                let held = &rows[self.row * self.depth..][..HELD * self.depth];
                // Side by side, so that no bound is checked for each input.
                let (row_0, held) = held.split_at(self.depth);
                let (row_1, held) = held.split_at(self.depth);
                let (row_2, row_3) = held.split_at(self.depth);
                let inputs = row_0.iter().zip(row_1).zip(row_2).zip(row_3);
                for (weights, (((x_0, x_1), x_2), x_3)) in tiles.chunks_exact(COLUMNS).zip(inputs) {
                    let (weights, _) = S::as_simd_f32s(&weights[first..][..2 * lanes]);
                    for (sums, input) in sums.iter_mut().zip([x_0, x_1, x_2, x_3]) {
                        let input = simd.splat_f32s(*input);
                        sums[0] = simd.mul_add_e_f32s(input, weights[0], sums[0]);
                        sums[1] = simd.mul_add_e_f32s(input, weights[1], sums[1]);
                    }
                }
            }
            for (held, sums) in sums.iter().enumerate() {
                let (out, _) = S::as_mut_simd_f32s(&mut self.out[held * self.columns + first..][..2 * lanes]);
                out.copy_from_slice(sums);
            }
        }
    }
}
