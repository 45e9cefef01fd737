//! AVX-512 with bfloat16: 16 columns and two inputs in one instruction.

use std::arch::x86_64::{
    __cpuid, __m512bh, __m512i, _mm512_dpbf16_ps, _mm512_loadu_si512, _mm512_set1_epi32, _mm512_setzero_ps,
    _mm512_storeu_ps,
};

use super::{COLUMNS, DEPTH, ROWS, STEP};

pub(super) fn available() -> bool {
    is_x86_feature_detected!("avx512f") && is_x86_feature_detected!("avx512bf16")
}

/// Whether it is worth it: on Intel's processors it is slower than the portable kernel, as `VOICEROLL_KERNEL` with
/// `voiceroll model check` shows. They have AMX besides, but virtual machines may hide that.
pub(super) fn faster_than_floats() -> bool {
    let vendor = __cpuid(0);
    [vendor.ebx, vendor.edx, vendor.ecx].map(u32::to_le_bytes).concat() != b"GenuineIntel"
}

/// Rows that are summed up in registers at once: 8 rows x 2 registers, and room for weights.
const HELD: usize = 8;

/// See [`super::Multiplier::multiply`], which has checked the sizes.
pub(super) fn multiply(taps: &[&[u16]], stride: usize, depth: usize, tiles: &[u16], columns: usize, out: &mut [f32]) {
    let side = tiles.len() / (columns / COLUMNS);
    assert!(out.len() >= ROWS * columns && side == taps.len() * depth * COLUMNS);
    for (number, tiles) in tiles.chunks_exact(side).enumerate() {
        for row in (0..ROWS).step_by(HELD) {
            let out = &mut out[row * columns + number * COLUMNS..];
            // SAFETY: `available` was asked before this kernel was chosen.
            unsafe { block(taps, row, stride, depth, tiles, columns, out) };
        }
    }
}

#[target_feature(enable = "avx512f,avx512bf16")]
fn block(taps: &[&[u16]], row: usize, stride: usize, depth: usize, tiles: &[u16], columns: usize, out: &mut [f32]) {
    let mut sums = [[_mm512_setzero_ps(); 2]; HELD];
    let mut steps = tiles.chunks_exact(STEP);
    for tap in taps {
        for first in (0..depth).step_by(DEPTH) {
            let Some(step) = steps.next() else { return };
            // Closures of this function cannot become part of those of the standard library, so there are none here.
            let mut inputs = [&[0; DEPTH]; HELD];
            for (held, inputs) in inputs.iter_mut().enumerate() {
                if let Some(found) = tap[(row + held) * stride + first..].first_chunk() {
                    *inputs = found;
                }
            }
            for pair in 0..DEPTH / 2 {
                let weights = [&step[pair * COLUMNS..][..COLUMNS], &step[STEP / 2 + pair * COLUMNS..][..COLUMNS]];
                // SAFETY: each slice has the 64 bytes that are loaded.
                let weights = unsafe {
                    [
                        halves(_mm512_loadu_si512(weights[0].as_ptr().cast())),
                        halves(_mm512_loadu_si512(weights[1].as_ptr().cast())),
                    ]
                };
                for (sums, inputs) in sums.iter_mut().zip(&inputs) {
                    let inputs = u32::from(inputs[2 * pair]) | u32::from(inputs[2 * pair + 1]) << 16;
                    let inputs = halves(_mm512_set1_epi32(inputs.cast_signed()));
                    sums[0] = _mm512_dpbf16_ps(sums[0], inputs, weights[0]);
                    sums[1] = _mm512_dpbf16_ps(sums[1], inputs, weights[1]);
                }
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

/// The same bits as pairs of bfloat16.
#[inline]
#[target_feature(enable = "avx512f,avx512bf16")]
fn halves(bits: __m512i) -> __m512bh {
    // SAFETY: both are 512 bits without a meaning of their own.
    unsafe { std::mem::transmute::<__m512i, __m512bh>(bits) }
}
