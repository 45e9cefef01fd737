//! RIFF/WAVE, RF64 and Wave64.

use super::{Coding, Fields, Layout, MAX_CHUNKS, Pcm, SEARCHED, damaged, is_chunk, no_data, sound_end};
use crate::audio::source::Reader;
use crate::types::error::Result;

/// The most of a format chunk that is read.
const FORMAT: usize = 64;

/// The sound of a WAV file, which may be of more than 4 GiB (RF64, EBU Tech 3306).
pub(super) fn wav(reader: &mut Reader, start: u64, end: u64) -> Result<Layout> {
    let mut found = Found::default();
    let mut at = start + 12;
    for _ in 0..MAX_CHUNKS {
        let head = reader.at(at, 8)?;
        let size = u64::from(Fields(&head).le32(4));
        let body = at + 8;
        match head.get(..4) {
            None => break,
            Some(b"ds64") => {
                let fields = reader.at(body, 16)?;
                found.long = Some(Fields(&fields).le64(8)).filter(|size| *size > 0);
            }
            Some(b"fmt ") if found.format.is_none() => found.format = Some(format(reader, body, size, end)?),
            Some(b"data") => {
                let size = found.long.take().filter(|_| size >= u64::from(u32::MAX)).unwrap_or(size);
                let (stop, cut) = sound_end(reader, body, size, end, false)?;
                found.sound.push(body..stop);
                found.cut = cut;
                at = stop + ((stop - body) & 1);
                if stop >= end || found.sound.len() > 1000 {
                    break;
                }
                continue;
            }
            // Another recording that was put behind the first.
            Some(b"RIFF") if !found.sound.is_empty() => {
                let next = reader.at(body, 4)?;
                if next != b"WAVE" {
                    break;
                }
                at += 12;
                continue;
            }
            _ => {}
        }
        match next(reader, body, size, end)? {
            Some(next) => at = next,
            None if found.sound.is_empty() => match search(reader, body, end, found.format.is_none())? {
                Some(next) => at = next,
                None => break,
            },
            None => break,
        }
    }
    found.layout(reader)
}

/// Where the chunk behind one begins: writers leave out the byte that makes an odd size even.
fn next(reader: &mut Reader, body: u64, size: u64, end: u64) -> Result<Option<u64>> {
    for padding in [size & 1, 0] {
        let next = body + size + padding;
        if next + 8 <= end && is_chunk(&reader.at(next, 8)?, end - next, false) {
            return Ok(Some(next));
        }
    }
    Ok(None)
}

/// The format or the sound, looked for by name where a size leads astray.
fn search(reader: &mut Reader, from: u64, end: u64, format: bool) -> Result<Option<u64>> {
    let mut place = None;
    let range = from..end.min(from.saturating_add(SEARCHED));
    if format {
        reader.find(range.clone(), b"fmt ", |at| {
            place = Some(at);
            false
        })?;
    }
    if place.is_none() {
        reader.find(range, b"data", |at| {
            place = Some(at);
            false
        })?;
    }
    Ok(place)
}

#[derive(Default)]
struct Found {
    format: Option<Vec<u8>>,
    long: Option<u64>,
    sound: Vec<std::ops::Range<u64>>,
    cut: bool,
}

impl Found {
    fn layout(self, reader: &mut Reader) -> Result<Layout> {
        let Some(format) = self.format else {
            return Err(damaged("its header does not say how the audio is encoded"));
        };
        let Some(first) = self.sound.first().cloned() else { return Err(no_data()) };
        let sample = reader.at(first.start, 4096.min(usize::try_from(first.end - first.start).unwrap_or(4096)))?;
        let mut layout = wave_format(&format, &sample)?;
        layout.sound = self.sound;
        layout.cut = self.cut;
        Ok(layout)
    }
}

fn format(reader: &mut Reader, body: u64, size: u64, end: u64) -> Result<Vec<u8>> {
    let most = size.clamp(16, FORMAT as u64).min(end.saturating_sub(body));
    let fields = reader.at(body, most as usize)?;
    if fields.len() < 14 { Err(damaged("its header is cut off")) } else { Ok(fields) }
}

/// Wave64: chunks named by 16 bytes, of 64-bit sizes that count their head, at multiples of 8.
pub(super) fn w64(reader: &mut Reader, start: u64, end: u64) -> Result<Layout> {
    let mut found = Found::default();
    let mut at = start + 40;
    for _ in 0..MAX_CHUNKS {
        let head = reader.at(at, 24)?;
        if head.len() < 24 {
            break;
        }
        let size = Fields(&head).le64(16);
        let body = at + 24;
        let bytes = size.saturating_sub(24);
        match &head[..4] {
            b"fmt " => found.format = Some(format(reader, body, bytes, end)?),
            b"data" => {
                let left = end.saturating_sub(body);
                let unknown = !(24..u64::MAX >> 1).contains(&size);
                found.cut = !unknown && bytes > left;
                found.sound.push(body..body + if unknown || bytes == 0 { left } else { bytes.min(left) });
                break;
            }
            _ => {}
        }
        let Some(next) = at.checked_add(size.max(24)).and_then(|next| next.checked_next_multiple_of(8)) else { break };
        at = next;
    }
    found.layout(reader)
}

/// What a `WAVEFORMATEX` says. `sample`: the first bytes of the sound.
pub(crate) fn wave_format(format: &[u8], sample: &[u8]) -> Result<Layout> {
    const EXTENSIBLE: u16 = 0xfffe;
    let fields = Fields(format);
    let (channels, rate, byte_rate) = (fields.le16(2), fields.le32(4), fields.le32(8));
    let (block, bits) = (fields.le16(12), fields.le16(14));
    let tag = match fields.le16(0) {
        EXTENSIBLE if format.len() >= 26 => fields.le16(24),
        EXTENSIBLE => 1,
        tag => tag,
    };
    if channels == 0 {
        return Err(damaged("its header announces no channels"));
    }
    let coding = match tag {
        1 | 3 => return samples(tag == 3, channels, rate, byte_rate, block, bits, sample),
        2 | 0x11 => return adpcm(tag, &fields, channels, rate, block),
        6 => Coding::ALaw,
        7 => Coding::MuLaw,
        // Blocks of two frames; a block of 33 is a bare frame.
        0x31 if block == 33 => Coding::Gsm,
        0x31 => Coding::GsmPairs,
        0x65 | 0x28f => Coding::G722,
        0x45 | 0x64 | 0x14 | 0x40 => {
            let bits = if matches!(tag, 0x40) || !(2..=5).contains(&bits) { 4 } else { bits as u8 };
            Coding::G726 { bits, low_first: false }
        }
        0x50 | 0x55 => Coding::Mpeg,
        0x1600 | 0x1610 | 0xff | 0xa106 if sample.starts_with(&[0xff]) => Coding::Adts,
        tag => Coding::Unread(named(tag)),
    };
    let laws = matches!(coding, Coding::ALaw | Coding::MuLaw);
    if laws && block != 0 && block != channels && byte_rate != rate.saturating_mul(u32::from(channels)) {
        return Err(contradiction());
    }
    if matches!(coding, Coding::Gsm | Coding::GsmPairs | Coding::G722 | Coding::G726 { .. }) && channels > 1 {
        return Err(damaged("its header announces more channels than its codec supports"));
    }
    let (block, frames) = match coding {
        Coding::Gsm => (33, 160),
        Coding::GsmPairs => (65, 320),
        Coding::G722 => (u32::from(channels), 2),
        Coding::G726 { bits, .. } => (u32::from(bits), 8),
        _ => (u32::from(channels), 1),
    };
    Ok(Layout { frames, ..Layout::new(coding, channels, rate, block, 0..0) })
}

fn contradiction() -> crate::Error {
    damaged("its header contradicts itself about the sample size")
}

fn samples(
    float: bool,
    channels: u16,
    rate: u32,
    byte_rate: u32,
    block: u16,
    bits: u16,
    sample: &[u8],
) -> Result<Layout> {
    // A header of 14 bytes says nothing of bits.
    let bits = if bits == 0 { block / channels * 8 } else { bits };
    if bits == 0 || bits > 64 || float && !matches!(bits, 32 | 64) {
        return Err(damaged(&format!("its header announces samples of {bits} bits")));
    }
    let least = u32::from(bits.div_ceil(8));
    let fits = |bytes: u32| byte_rate == rate.saturating_mul(bytes * u32::from(channels));
    let told = u32::from(block / channels);
    let bytes = match u32::from(block) {
        0 => least,
        block if block == least * u32::from(channels) => least,
        // 24 bits in 4 bytes, say.
        _ if block.is_multiple_of(channels) && (least..=8).contains(&told) && (fits(told) || byte_rate == 0) => told,
        _ => return Err(contradiction()),
    };
    if bytes > 4 && !(float && bytes == 8) {
        return Err(damaged(&format!("its header announces samples of {bytes} bytes")));
    }
    let low = !float && bytes * 8 > u32::from(bits) && stands_low(sample, bytes as usize, u32::from(bits));
    let pcm = Pcm { bytes: bytes as u8, bits: bits as u8, low, big_endian: false, float, unsigned: bytes == 1 };
    Ok(Layout::blocked(Coding::Pcm(pcm), channels, rate, 0..0))
}

/// Whether samples stand in the low bits of their bytes, as sound cards give them, in place of the high ones, as
/// the format has it: then what is above them repeats their sign.
fn stands_low(sample: &[u8], bytes: usize, bits: u32) -> bool {
    let above = bits as usize / 8;
    let mut bottom = false;
    for one in sample.chunks_exact(bytes) {
        let sign = if one[above - 1] & 0x80 != 0 { 0xff } else { 0 };
        if one[above..].iter().any(|byte| *byte != sign) {
            return false;
        }
        bottom |= one[..bytes - above].iter().any(|byte| *byte != 0);
    }
    bottom
}

fn adpcm(tag: u16, fields: &Fields<'_>, channels: u16, rate: u32, block: u16) -> Result<Layout> {
    let each = block.checked_div(channels).unwrap_or(0);
    let head = if tag == 2 { 7 } else { 4 };
    if channels > 2 || each <= head {
        return Err(damaged("its header announces an impossible block size"));
    }
    // What the block holds decides, as the field behind it may be missing.
    let (coding, frames) = match tag {
        2 => (Coding::Microsoft, (u32::from(each) - 7) * 2 + 2),
        _ => (Coding::ImaWav, (u32::from(each) - 4) * 2 + 1),
    };
    if tag == 0x11 && !matches!(fields.le16(14), 0 | 4) {
        return Ok(Layout::new(Coding::Unread("IMA ADPCM with other than 4 bits"), channels, rate, 1, 0..0));
    }
    Ok(Layout { frames, ..Layout::new(coding, channels, rate, u32::from(block), 0..0) })
}

/// The usual name of what is not read.
fn named(tag: u16) -> &'static str {
    match tag {
        0x10 | 0x17 => "OKI or Dialogic ADPCM",
        0x20 => "Yamaha ADPCM",
        0x22 => "TrueSpeech",
        0x42 | 0x111 => "G.723.1",
        0x57 | 0x38 => "AMR",
        0x58 => "AMR-WB",
        0x61 | 0x62 => "Duck ADPCM",
        0x69 => "Xbox ADPCM",
        0x75 => "Voxware",
        0x83 => "G.729",
        0xff | 0xa106 | 0x1610 => "AAC without frame headers",
        0x130 => "Sipro",
        0x160..=0x163 => "WMA",
        0x200 => "Creative ADPCM",
        0x270 => "ATRAC3",
        0x2000 => "AC-3",
        0x2001 => "DTS",
        0x566f | 0x674f..=0x6771 => "a nonstandard form of Vorbis",
        0x704f => "Opus",
        0xa109 => "Speex",
        0xf1ac => "FLAC",
        _ => "an unknown codec number",
    }
}
