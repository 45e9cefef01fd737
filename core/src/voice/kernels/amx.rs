//! AMX: tiles of 16 rows x 64 bytes, multiplied in one instruction.

use std::arch::asm;

use super::{COLUMNS, DEPTH, ROWS};

/// Whether the processor multiplies bfloat16 tiles and the system lets this process use them.
pub(super) fn available() -> bool {
    has_tiles() && is_x86_feature_detected!("avx512f") && permitted()
}

fn has_tiles() -> bool {
    let leaf = std::arch::x86_64::__cpuid_count(7, 0);
    // CPUID.7.0:EDX: bit 22 is AMX-BF16, bit 24 is AMX-TILE.
    leaf.edx & (1 << 22) != 0 && leaf.edx & (1 << 24) != 0
}

/// Asks Linux for the tile registers, which a process has only once it has asked.
#[cfg(target_os = "linux")]
fn permitted() -> bool {
    const ARCH_PRCTL: i64 = 158;
    const ARCH_REQ_XCOMP_PERM: i64 = 0x1023;
    const XFEATURE_XTILEDATA: i64 = 18;
    let mut result = ARCH_PRCTL;
    // SAFETY: the call takes two numbers and touches no memory of this process; `rcx` and `r11` are what a system call
    // changes.
    unsafe {
        asm!(
            "syscall",
            inlateout("rax") result,
            in("rdi") ARCH_REQ_XCOMP_PERM,
            in("rsi") XFEATURE_XTILEDATA,
            lateout("rcx") _,
            lateout("r11") _,
            options(nostack),
        );
    }
    result == 0
}

#[cfg(not(target_os = "linux"))]
fn permitted() -> bool {
    false
}

/// Shapes of the eight tiles, as `ldtilecfg` reads them.
#[repr(C, align(64))]
struct Shapes {
    palette: u8,
    start_row: u8,
    reserved: [u8; 14],
    row_bytes: [u16; 16],
    rows: [u8; 16],
}

/// Tiles that are configured in this thread, until it is dropped.
pub(super) struct Configured {
    /// What is configured belongs to one thread.
    _thread: std::marker::PhantomData<*const ()>,
}

impl Configured {
    pub(super) fn new() -> Self {
        let mut shapes = Shapes { palette: 1, start_row: 0, reserved: [0; 14], row_bytes: [0; 16], rows: [0; 16] };
        shapes.row_bytes[..8].fill(64);
        shapes.rows[..8].fill(16);
        // SAFETY: `available` was asked before this kernel was chosen; the operand is the 64 bytes that the instruction
        // reads.
        unsafe { asm!("ldtilecfg [{0}]", in(reg) &raw const shapes, options(nostack, preserves_flags, readonly)) };
        Self { _thread: std::marker::PhantomData }
    }
}

impl Drop for Configured {
    fn drop(&mut self) {
        // SAFETY: it takes no operand; tiles hold nothing between products.
        unsafe { asm!("tilerelease", options(nostack, preserves_flags, nomem)) };
    }
}

/// See [`super::Multiplier::multiply`], which has checked the sizes.
pub(super) fn multiply(taps: &[&[u16]], stride: usize, depth: usize, tiles: &[u16], columns: usize, out: &mut [f32]) {
    let starts: Vec<*const u16> = taps.iter().map(|tap| tap.as_ptr()).collect();
    let side = tiles.len() / (columns / COLUMNS);
    for (number, tiles) in tiles.chunks_exact(side).enumerate() {
        let out = &mut out[number * COLUMNS..];
        assert!(out.len() >= (ROWS - 1) * columns + COLUMNS && tiles.len() == starts.len() * depth * COLUMNS);
        // SAFETY: the tiles were configured in this thread by `Configured`, which the caller holds. Each start has
        // `ROWS` rows of `depth` values `stride` apart; `tiles` has `depth / DEPTH` steps of 2048 bytes for each of
        // them; `out` has `ROWS` rows of `COLUMNS` values `columns` apart: asserted here and by the caller.
        unsafe {
            asm!(
                "tilezero tmm0",
                "tilezero tmm1",
                "tilezero tmm2",
                "tilezero tmm3",
                "2:",
                "mov {a}, [{starts}]",
                "lea {lower}, [{a} + {half}]",
                "mov {k}, {steps}",
                "3:",
                "tileloadd tmm4, [{a} + {stride}]",
                "tileloadd tmm6, [{b} + {line}]",
                "tileloadd tmm7, [{b} + {line} + 1024]",
                "tileloadd tmm5, [{lower} + {stride}]",
                "tdpbf16ps tmm0, tmm4, tmm6",
                "tdpbf16ps tmm1, tmm4, tmm7",
                "tdpbf16ps tmm2, tmm5, tmm6",
                "tdpbf16ps tmm3, tmm5, tmm7",
                "add {a}, 64",
                "add {lower}, 64",
                "add {b}, 2048",
                "dec {k}",
                "jnz 3b",
                "add {starts}, 8",
                "dec {taps}",
                "jnz 2b",
                "tilestored [{out} + {out_stride}], tmm0",
                "tilestored [{out} + {out_stride} + 64], tmm1",
                "mov {k}, {out_stride}",
                "shl {k}, 4",
                "add {out}, {k}",
                "tilestored [{out} + {out_stride}], tmm2",
                "tilestored [{out} + {out_stride} + 64], tmm3",
                a = out(reg) _,
                lower = out(reg) _,
                k = out(reg) _,
                starts = inout(reg) starts.as_ptr() => _,
                taps = inout(reg) starts.len() => _,
                b = inout(reg) tiles.as_ptr() => _,
                out = inout(reg) out.as_mut_ptr() => _,
                half = in(reg) 16 * stride * 2,
                steps = in(reg) depth / DEPTH,
                stride = in(reg) stride * 2,
                line = in(reg) 64usize,
                out_stride = in(reg) columns * 4,
                out("tmm0") _, out("tmm1") _, out("tmm2") _, out("tmm3") _,
                out("tmm4") _, out("tmm5") _, out("tmm6") _, out("tmm7") _,
                options(nostack),
            );
        }
    }
}
