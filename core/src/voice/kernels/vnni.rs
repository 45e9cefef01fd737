//! AVX-512 with VNNI: four products of bytes for each of 16 columns, summed up in one instruction.

use std::arch::x86_64::{
    __m512, __m512i, _mm512_cvtepi32_ps, _mm512_dpbusd_epi32, _mm512_fmadd_ps, _mm512_loadu_ps, _mm512_loadu_si512,
    _mm512_mul_ps, _mm512_set1_epi32, _mm512_set1_ps, _mm512_setzero_ps, _mm512_setzero_si512, _mm512_storeu_ps,
};

use super::{Input, Planes, QUAD, ROWS, SIDE, Step, Weights};

/// Rows whose sums are held in registers at once, two for each.
const HELD: usize = 8;

pub(super) fn available() -> bool {
    is_x86_feature_detected!("avx512f")
        && is_x86_feature_detected!("avx512bw")
        && is_x86_feature_detected!("avx512vnni")
}

/// See [`super::Multiplier::multiply`], which has checked the sizes.
pub(super) fn multiply(taps: &[Input], step: Step, weights: &Weights, planes: &Planes, out: &mut [f32]) {
    let tile = weights.taps * weights.depth * SIDE;
    let product = Product { taps, step, depth: weights.depth, columns: weights.columns };
    let zeros = |plane: usize, number: usize| {
        let count = weights.taps * SIDE;
        let tiles = weights.columns / SIDE;
        planes
            .zeros
            .get((plane * tiles + number) * count..)
            .and_then(|zeros| zeros.get(..count))
            .filter(|_| step.zero != 0)
    };
    for (number, high) in planes.high.chunks_exact(tile).enumerate() {
        let first = match &planes.low {
            Some(_) => Stream { tile: high, zeros: zeros(0, number) },
            // Two tiles of narrow weights side by side.
            None if number % 2 == 0 => Stream { tile: high, zeros: zeros(0, number) },
            None => continue,
        };
        let second = match &planes.low {
            Some(low) => Stream { tile: &low[number * tile..][..tile], zeros: zeros(1, number) },
            None => Stream { tile: &planes.high[(number + 1) * tile..][..tile], zeros: zeros(0, number + 1) },
        };
        let wide = planes.low.is_some();
        let scales = &planes.scales[number * SIDE..][..if wide { SIDE } else { 2 * SIDE }];
        for row in (0..ROWS).step_by(HELD) {
            let out = &mut out[row * weights.columns + number * SIDE..];
            // SAFETY: this kernel is chosen only where `available` says that the processor has these instructions.
            unsafe {
                if wide {
                    product.block::<true>(row, &first, &second, scales, out);
                } else {
                    product.block::<false>(row, &first, &second, scales, out);
                }
            }
        }
    }
}

struct Product<'a> {
    taps: &'a [Input<'a>],
    step: Step,
    depth: usize,
    columns: usize,
}

/// Weights of 16 columns, and what the sums of each tap start with.
struct Stream<'a> {
    tile: &'a [u8],
    zeros: Option<&'a [i32]>,
}

impl Product<'_> {
    /// The sums of [`HELD`] rows from `row` on: with `WIDE` of 16 columns, whose high and low bytes are the two streams,
    /// otherwise of 32, of which each stream has half.
    #[target_feature(enable = "avx512f,avx512bw,avx512vnni")]
    fn block<const WIDE: bool>(&self, row: usize, first: &Stream, second: &Stream, scales: &[f32], out: &mut [f32]) {
        let size = self.depth * SIDE;
        let mut sums = [[_mm512_setzero_ps(); 2]; HELD];
        for (tap, input) in self.taps.iter().enumerate() {
            let mut whole = [[start(first, tap), start(second, tap)]; HELD];
            let (first, second) = (&first.tile[tap * size..][..size], &second.tile[tap * size..][..size]);
            let rows = &input.values[row * self.step.bytes..][..(HELD - 1) * self.step.bytes + self.depth];
            for quad in 0..self.depth / QUAD {
                let at = quad * SIDE * QUAD;
                // SAFETY: `at` is under `size` by at least the 64 bytes that are read of each tile.
                let (first, second) = unsafe {
                    (
                        _mm512_loadu_si512(first.as_ptr().add(at).cast::<__m512i>()),
                        _mm512_loadu_si512(second.as_ptr().add(at).cast::<__m512i>()),
                    )
                };
                for (held, sums) in whole.iter_mut().enumerate() {
                    let at = held * self.step.bytes + quad * QUAD;
                    // SAFETY: `rows` has `depth` bytes of each row, of which these are the four from `quad * QUAD` on.
                    let four = unsafe { rows.as_ptr().add(at).cast::<i32>().read_unaligned() };
                    let four = _mm512_set1_epi32(four);
                    sums[0] = _mm512_dpbusd_epi32(sums[0], four, first);
                    sums[1] = _mm512_dpbusd_epi32(sums[1], four, second);
                }
            }
            for (held, (sums, [first, second])) in sums.iter_mut().zip(whole).enumerate() {
                let scale = _mm512_set1_ps(input.scales[(row + held) * self.step.scales]);
                let (first, second) = (_mm512_cvtepi32_ps(first), _mm512_cvtepi32_ps(second));
                if WIDE {
                    let both = _mm512_fmadd_ps(first, _mm512_set1_ps(256.0), second);
                    sums[0] = _mm512_fmadd_ps(both, scale, sums[0]);
                } else {
                    sums[0] = _mm512_fmadd_ps(first, scale, sums[0]);
                    sums[1] = _mm512_fmadd_ps(second, scale, sums[1]);
                }
            }
        }
        let width = scales.len();
        for (held, sums) in sums.into_iter().enumerate() {
            let out = &mut out[held * self.columns..][..width];
            for ((sums, scales), out) in sums.into_iter().zip(scales.chunks_exact(SIDE)).zip(out.chunks_exact_mut(SIDE))
            {
                store(_mm512_mul_ps(sums, load(scales)), out);
            }
        }
    }
}

/// What the sums of a tap start with.
#[inline]
#[target_feature(enable = "avx512f")]
fn start(stream: &Stream, tap: usize) -> __m512i {
    let Some(zeros) = stream.zeros else { return _mm512_setzero_si512() };
    let zeros = &zeros[tap * SIDE..][..SIDE];
    // SAFETY: the slice has the 16 numbers that are read.
    unsafe { _mm512_loadu_si512(zeros.as_ptr().cast::<__m512i>()) }
}

#[inline]
#[target_feature(enable = "avx512f")]
fn load(values: &[f32]) -> __m512 {
    let values = &values[..SIDE];
    // SAFETY: the slice has the 16 values that are read.
    unsafe { _mm512_loadu_ps(values.as_ptr()) }
}

#[inline]
#[target_feature(enable = "avx512f")]
fn store(values: __m512, out: &mut [f32]) {
    let out = &mut out[..SIDE];
    // SAFETY: the slice has room for the 16 values that are written.
    unsafe { _mm512_storeu_ps(out.as_mut_ptr(), values) };
}
