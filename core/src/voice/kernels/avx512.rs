//! AVX-512: 16 columns in one instruction, weights as bfloat16 and all else in 32-bit floats.
//!
//! There is an instruction for bfloat16, which takes two inputs at once; on Emerald Rapids it runs at a quarter of the rate.

use std::arch::x86_64::{
    __m512, _mm512_and_si512, _mm512_castsi512_ps, _mm512_fmadd_ps, _mm512_loadu_si512, _mm512_set1_epi32,
    _mm512_set1_ps, _mm512_setzero_ps, _mm512_slli_epi32, _mm512_storeu_ps,
};

use super::{COLUMNS, DEPTH, ROWS, STEP};

pub(super) fn available() -> bool {
    is_x86_feature_detected!("avx512f")
}

/// Rows that are summed up in registers at once: 8 rows x 2 registers, and room for weights.
const HELD: usize = 8;

/// See [`super::Multiplier::multiply`], which has checked the sizes. `rows` are the activations that [`super::expand`]
/// makes.
pub(super) fn multiply(rows: &[f32], depth: usize, tiles: &[u16], columns: usize, out: &mut [f32]) {
    let side = tiles.len() / (columns / COLUMNS);
    for (number, tiles) in tiles.chunks_exact(side).enumerate() {
        for row in (0..ROWS).step_by(HELD) {
            let out = &mut out[row * columns + number * COLUMNS..];
            // SAFETY: `available` was asked before this kernel was chosen.
            unsafe { block(rows, row, depth, tiles, columns, out) };
        }
    }
}

// No closure handles a register here: a function that calls it, such as `map`, is compiled without these instructions.
#[target_feature(enable = "avx512f")]
fn block(rows: &[f32], first: usize, depth: usize, tiles: &[u16], columns: usize, out: &mut [f32]) {
    let odd = _mm512_set1_epi32(0xffff_0000_u32.cast_signed());
    let mut sums = [[_mm512_setzero_ps(); 2]; HELD];
    for (tap, tiles) in rows.chunks_exact(ROWS * depth).zip(tiles.chunks_exact(depth * COLUMNS)) {
        let held = &tap[first * depth..][..HELD * depth];
        for (step, tiles) in tiles.chunks_exact(STEP).enumerate() {
            // The values of this step alone, so that no bound is checked within.
            let mut rows = [&[0.0; DEPTH]; HELD];
            for (values, row) in rows.iter_mut().zip(held.chunks_exact(depth)) {
                if let Some(inputs) = row[step * DEPTH..].first_chunk() {
                    *values = inputs;
                }
            }
            let (left, right) = tiles.split_at(STEP / 2);
            let pairs = left.chunks_exact(COLUMNS).zip(right.chunks_exact(COLUMNS));
            for (pair, (left, right)) in pairs.enumerate().take(DEPTH / 2) {
                // SAFETY: both have the 64 bytes that are loaded.
                let (left, right) =
                    unsafe { (_mm512_loadu_si512(left.as_ptr().cast()), _mm512_loadu_si512(right.as_ptr().cast())) };
                let weights = [
                    _mm512_castsi512_ps(_mm512_slli_epi32(left, 16)),
                    _mm512_castsi512_ps(_mm512_slli_epi32(right, 16)),
                ];
                add(&mut sums, &rows, 2 * pair, weights);
                let weights = [
                    _mm512_castsi512_ps(_mm512_and_si512(left, odd)),
                    _mm512_castsi512_ps(_mm512_and_si512(right, odd)),
                ];
                add(&mut sums, &rows, 2 * pair + 1, weights);
            }
        }
    }
    for (held, sums) in sums.iter().enumerate() {
        let out = &mut out[held * columns..][..COLUMNS];
        // SAFETY: the slice has the two times 16 values that are stored.
        unsafe {
            _mm512_storeu_ps(out.as_mut_ptr(), sums[0]);
            _mm512_storeu_ps(out[COLUMNS / 2..].as_mut_ptr(), sums[1]);
        }
    }
}

/// Adds the products of one input of each row.
#[inline]
#[target_feature(enable = "avx512f")]
fn add(sums: &mut [[__m512; 2]; HELD], rows: &[&[f32; DEPTH]; HELD], input: usize, weights: [__m512; 2]) {
    for (sums, row) in sums.iter_mut().zip(rows) {
        let input = _mm512_set1_ps(row[input]);
        sums[0] = _mm512_fmadd_ps(input, weights[0], sums[0]);
        sums[1] = _mm512_fmadd_ps(input, weights[1], sums[1]);
    }
}
