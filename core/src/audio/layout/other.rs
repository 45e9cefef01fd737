//! AIFF, CAF and AU.

use super::{Coding, Fields, Layout, MAX_CHUNKS, PLACEHOLDER, Pcm, SEARCHED, damaged, is_chunk, no_data, sound_end};
use crate::audio::source::Reader;
use crate::types::error::Result;

/// AIFF and AIFF-C. The order of the chunks is free.
pub(super) fn aiff(reader: &mut Reader, start: u64, end: u64) -> Result<Layout> {
    let mut common = None;
    let mut sound: Option<(std::ops::Range<u64>, bool)> = None;
    let mut at = start + 12;
    for _ in 0..MAX_CHUNKS {
        let head = reader.at(at, 8)?;
        let size = u64::from(Fields(&head).be32(4));
        let body = at + 8;
        let mut stop = body + size;
        match head.get(..4) {
            None => break,
            Some(b"COMM") => common = Some(reader.at(body, size.min(32) as usize)?),
            Some(b"SSND") => {
                let (until, cut) = sound_end(reader, body, size, end, true)?;
                let offset = u64::from(Fields(&reader.at(body, 8)?).be32(0));
                let from = (body + 8).saturating_add(offset);
                let from = if from < until { from } else { body + 8 };
                sound = Some((from..until.max(from), cut));
                stop = until;
            }
            _ => {}
        }
        if common.is_some() && sound.is_some() {
            break;
        }
        let padded = stop + (size & 1);
        let follows = |reader: &mut Reader, at: u64| -> Result<bool> {
            Ok(at + 8 <= end && is_chunk(&reader.at(at, 8)?, end - at, true))
        };
        at = if follows(reader, padded)? {
            padded
        } else if follows(reader, stop)? {
            stop
        } else {
            let mut place = None;
            for name in [&b"COMM"[..], b"SSND"] {
                if (name == b"COMM") == common.is_none() && place.is_none() {
                    reader.find(body..end.min(body + SEARCHED), name, |at| {
                        place = Some(at);
                        false
                    })?;
                }
            }
            match place {
                Some(place) => place,
                None => break,
            }
        };
    }
    let Some(common) = common.filter(|common| common.len() >= 18) else {
        return Err(damaged("its header does not say how the audio is encoded"));
    };
    let fields = Fields(&common);
    let (channels, frames, bits) = (fields.be16(0), fields.be32(2), fields.be16(6));
    let rate = extended(fields.bytes(8));
    let Some((mut sound, cut)) = sound else { return Err(no_data()) };
    if channels == 0 || bits == 0 && common.len() < 22 {
        return Err(damaged("its header announces no channels or samples of 0 bits"));
    }
    let layout = match (common.len() >= 22).then(|| fields.bytes::<4>(18)) {
        None | Some([b'N', b'O', b'N', b'E'] | [b't', b'w', b'o', b's']) => integer(bits, true)?,
        Some([b's', b'o', b'w', b't']) => integer(bits, false)?,
        Some([b'r', b'a', b'w', b' ']) => Coding::Pcm(Pcm { unsigned: true, ..Pcm::integer(8, true) }),
        Some([b'i', b'n', b'2', b'4']) => integer(24, true)?,
        Some([b'i', b'n', b'3', b'2']) => integer(32, true)?,
        Some([b'4', b'2', b'n', b'i']) => integer(24, false)?,
        Some([b'2', b'3', b'n', b'i']) => integer(32, false)?,
        Some([b'f' | b'F', b'l' | b'L', b'3', b'2']) => float(32, true),
        Some([b'f' | b'F', b'l' | b'L', b'6', b'4']) => float(64, true),
        Some([b'u' | b'U', b'l' | b'L', b'a' | b'A', b'w' | b'W']) => Coding::MuLaw,
        Some([b'a' | b'A', b'l' | b'L', b'a' | b'A', b'w' | b'W']) => Coding::ALaw,
        Some([b'i', b'm', b'a', b'4']) => Coding::ImaQt,
        Some([b'G', b'S', b'M', b' '] | [b'a', b'g', b's', b'm']) => Coding::Gsm,
        Some([b'G', b'7', b'2', b'2']) => Coding::G722,
        Some(code) => Coding::Unread(named(code)),
    };
    let plain = matches!(layout, Coding::Pcm(_) | Coding::MuLaw | Coding::ALaw);
    let mut layout = shaped(layout, channels, rate, sound.clone());
    // What a wrong size lets in behind the samples is none.
    let whole = u64::from(frames) * u64::from(layout.block);
    if plain && frames > 0 && whole < sound.end - sound.start && sound.end == end {
        sound.end = sound.start + whole;
        layout.sound = vec![sound.clone()];
    }
    layout.cut = cut && (!plain || frames == 0 || whole > sound.end - sound.start);
    Ok(layout)
}

/// CAF (Apple's Core Audio Format).
pub(super) fn caf(reader: &mut Reader, start: u64, end: u64) -> Result<Layout> {
    let mut description = None;
    let mut at = start + 8;
    for _ in 0..MAX_CHUNKS {
        let head = reader.at(at, 12)?;
        if head.len() < 12 {
            break;
        }
        let size = Fields(&head).be64(4);
        let body = at + 12;
        match &head[..4] {
            b"desc" => description = Some(reader.at(body, 32)?),
            b"data" => {
                let Some(description) = description else {
                    return Err(damaged("its header does not say how the audio is encoded"));
                };
                let left = end.saturating_sub(body);
                let unknown = !(4..1 << 62).contains(&size);
                let stop = if unknown { end } else { body + size.min(left) };
                let mut layout = described(&description, (body + 4).min(stop)..stop)?;
                layout.cut = !unknown && size > left && size < PLACEHOLDER;
                return Ok(layout);
            }
            _ => {}
        }
        let Some(next) = body.checked_add(size).filter(|next| *next < end) else { break };
        at = next;
    }
    Err(no_data())
}

fn described(description: &[u8], sound: std::ops::Range<u64>) -> Result<Layout> {
    let fields = Fields(description);
    let rate = f64::from_be_bytes(fields.bytes(0));
    let flags = fields.be32(12);
    let (packet, channels, bits) = (fields.be32(16), fields.be32(24), fields.be32(28));
    let Some(channels) = u16::try_from(channels).ok().filter(|channels| *channels > 0) else {
        return Err(damaged("its header announces an impossible number of channels"));
    };
    let rate = if rate.is_finite() && (0.0..4e9).contains(&rate) { rate as u32 } else { 0 };
    let big_endian = flags & 2 == 0;
    let coding = match &fields.bytes::<4>(8) {
        b"lpcm" if flags & 1 != 0 && matches!(bits, 32 | 64) => float(bits as u16, big_endian),
        b"lpcm" if flags & 1 == 0 && (1..=32).contains(&bits) => {
            let bytes = packet.checked_div(u32::from(channels)).unwrap_or(0);
            match integer(bits as u16, big_endian)? {
                Coding::Pcm(pcm) if bytes > u32::from(pcm.bytes) && bytes <= 4 => {
                    Coding::Pcm(Pcm { bytes: bytes as u8, ..pcm })
                }
                coding => coding,
            }
        }
        b"lpcm" => return Err(damaged(&format!("its header announces samples of {bits} bits"))),
        b"ulaw" => Coding::MuLaw,
        b"alaw" => Coding::ALaw,
        b"ima4" => Coding::ImaQt,
        b".mp3" | b".mp2" | b".mp1" => Coding::Mpeg,
        b"agsm" => Coding::Gsm,
        code => Coding::Unread(named(*code)),
    };
    Ok(shaped(coding, channels, rate, sound))
}

/// AU, which Sun and NeXT made.
pub(super) fn au(reader: &mut Reader, start: u64, end: u64) -> Result<Layout> {
    let head = reader.at(start, 24)?;
    if head.len() < 24 {
        return Err(damaged("its header is cut off"));
    }
    let fields = Fields(&head);
    let from = start + u64::from(fields.be32(4)).max(24);
    let size = u64::from(fields.be32(8));
    let left = end.saturating_sub(from);
    let (rate, channels) = (fields.be32(16), fields.be32(20));
    let Some(channels) = u16::try_from(channels).ok().filter(|channels| *channels > 0) else {
        return Err(damaged("its header announces an impossible number of channels"));
    };
    let coding = match fields.be32(12) {
        1 => Coding::MuLaw,
        2 => integer(8, true)?,
        3 => integer(16, true)?,
        4 => integer(24, true)?,
        5 => integer(32, true)?,
        6 => float(32, true),
        7 => float(64, true),
        23 => Coding::G726 { bits: 4, low_first: true },
        24 => Coding::G722,
        25 => Coding::G726 { bits: 3, low_first: true },
        26 => Coding::G726 { bits: 5, low_first: true },
        27 => Coding::ALaw,
        _ => Coding::Unread("an unknown AU encoding"),
    };
    if left == 0 {
        return Err(no_data());
    }
    // The header says what is there, and nothing follows the sound: a size that is too small is wrong too.
    let mut layout = shaped(coding, channels, rate, from..end);
    layout.cut = size > left && size < PLACEHOLDER;
    Ok(layout)
}

fn integer(bits: u16, big_endian: bool) -> Result<Coding> {
    if (1..=32).contains(&bits) {
        return Ok(Coding::Pcm(Pcm::integer(bits, big_endian)));
    }
    Err(damaged(&format!("its header announces samples of {bits} bits")))
}

fn float(bits: u16, big_endian: bool) -> Coding {
    Coding::Pcm(Pcm { float: true, ..Pcm::integer(bits, big_endian) })
}

fn shaped(coding: Coding, channels: u16, rate: u32, sound: std::ops::Range<u64>) -> Layout {
    let (block, frames) = match coding {
        Coding::ImaQt => (34 * u32::from(channels), 64),
        Coding::Gsm => (33, 160),
        Coding::G722 => (u32::from(channels), 2),
        Coding::G726 { bits, .. } => (u32::from(bits), 8),
        _ => return Layout::blocked(coding, channels, rate, sound),
    };
    Layout { frames, ..Layout::new(coding, channels, rate, block, sound) }
}

/// A number of 80 bits, as AIFF writes sample rates.
fn extended(bytes: [u8; 10]) -> u32 {
    let exponent = i32::from(u16::from_be_bytes([bytes[0] & 0x7f, bytes[1]])) - 16383;
    let [_, _, mantissa @ ..] = bytes;
    let value = u64::from_be_bytes(mantissa) as f64 * 2f64.powi(exponent.clamp(-100, 100) - 63);
    if value < 4e9 { value.round() as u32 } else { 0 }
}

fn named(code: [u8; 4]) -> &'static str {
    match &code {
        b"aac " | b"aach" | b"aacp" => "AAC in CAF",
        b"alac" => "ALAC in CAF",
        b"opus" => "Opus in CAF",
        b"flac" => "FLAC in CAF",
        b"QDM2" | b"QDMC" => "QDesign Music",
        b"MAC3" | b"MAC6" => "MACE",
        b"samr" => "AMR",
        b"ilbc" => "iLBC",
        b"ADP4" => "Intel ADPCM",
        _ => "an unknown codec name",
    }
}
