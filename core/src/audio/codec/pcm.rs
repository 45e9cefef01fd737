//! Samples as they are, and the two laws of G.711.

use crate::audio::layout::Pcm;

/// The name of a kind of samples.
pub(super) fn name(pcm: Pcm) -> &'static str {
    match (pcm.float, pcm.bytes, pcm.big_endian) {
        (true, 4, false) => "pcm_f32le",
        (true, 4, true) => "pcm_f32be",
        (true, _, false) => "pcm_f64le",
        (true, _, true) => "pcm_f64be",
        (false, 1, _) if pcm.unsigned => "pcm_u8",
        (false, 1, _) => "pcm_s8",
        (false, 2, false) => "pcm_s16le",
        (false, 2, true) => "pcm_s16be",
        (false, 3, false) => "pcm_s24le",
        (false, 3, true) => "pcm_s24be",
        // 24 bits in 4 bytes are what they hold.
        (false, _, false) if pcm.bits <= 24 => "pcm_s24le",
        (false, _, true) if pcm.bits <= 24 => "pcm_s24be",
        (false, _, false) => "pcm_s32le",
        (false, _, true) => "pcm_s32be",
    }
}

/// Takes whole samples of all channels apart.
pub(super) fn samples(pcm: Pcm, bytes: &[u8], planes: &mut [Vec<f32>]) {
    let width = usize::from(pcm.bytes);
    match (pcm.float, width, pcm.big_endian) {
        (true, 4, false) => each(bytes, planes, |b: [u8; 4]| f32::from_le_bytes(b)),
        (true, 4, true) => each(bytes, planes, |b: [u8; 4]| f32::from_be_bytes(b)),
        (true, _, false) => each(bytes, planes, |b: [u8; 8]| f64::from_le_bytes(b) as f32),
        (true, _, true) => each(bytes, planes, |b: [u8; 8]| f64::from_be_bytes(b) as f32),
        (_, 1, _) if pcm.unsigned => each(bytes, planes, |[b]: [u8; 1]| (f32::from(b) - 128.0) / 128.0),
        (_, 1, _) => each(bytes, planes, |[b]: [u8; 1]| f32::from(b as i8) / 128.0),
        (_, 2, false) => each(bytes, planes, |b: [u8; 2]| f32::from(i16::from_le_bytes(b)) / 32768.0),
        (_, 2, true) => each(bytes, planes, |b: [u8; 2]| f32::from(i16::from_be_bytes(b)) / 32768.0),
        (_, 3, false) => each(bytes, planes, |[a, b, c]: [u8; 3]| whole([0, a, b, c], false, pcm)),
        (_, 3, true) => each(bytes, planes, |[a, b, c]: [u8; 3]| whole([a, b, c, 0], true, pcm)),
        (_, _, big_endian) => each(bytes, planes, |b: [u8; 4]| whole(b, big_endian, pcm)),
    }
}

fn whole(bytes: [u8; 4], big_endian: bool, pcm: Pcm) -> f32 {
    let value = if big_endian { i32::from_be_bytes(bytes) } else { i32::from_le_bytes(bytes) };
    let value = if pcm.low { value << (32 - u32::from(pcm.bits)) } else { value };
    (f64::from(value) / 2_147_483_648.0) as f32
}

fn each<const N: usize>(bytes: &[u8], planes: &mut [Vec<f32>], read: impl Fn([u8; N]) -> f32) {
    let channels = planes.len().max(1);
    let (samples, _) = bytes.as_chunks::<N>();
    for (channel, plane) in planes.iter_mut().enumerate() {
        plane.extend(samples.iter().skip(channel).step_by(channels).map(|sample| read(*sample)));
    }
}

/// G.711.
pub(super) fn law(mu: bool, bytes: &[u8], planes: &mut [Vec<f32>]) {
    each(bytes, planes, |[byte]: [u8; 1]| {
        let value = if mu { mu_law(byte) } else { a_law(byte) };
        f32::from(value) / 32768.0
    });
}

fn mu_law(byte: u8) -> i16 {
    let byte = !byte;
    let magnitude = ((i16::from(byte & 0x0f) << 3) + 0x84 << (byte >> 4 & 7)) - 0x84;
    if byte & 0x80 != 0 { -magnitude } else { magnitude }
}

fn a_law(byte: u8) -> i16 {
    let byte = byte ^ 0x55;
    let low = (i16::from(byte & 0x0f) << 4) + 8;
    let magnitude = match byte >> 4 & 7 {
        0 => low,
        segment => low + 0x100 << (segment - 1),
    };
    if byte & 0x80 != 0 { magnitude } else { -magnitude }
}
