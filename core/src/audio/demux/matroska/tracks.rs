//! What a Matroska file says of its tracks.

use symphonia::core::audio::Channels;
use symphonia::core::codecs::audio::AudioCodecParameters;
use symphonia::core::codecs::audio::well_known::{
    CODEC_ID_AAC, CODEC_ID_ALAC, CODEC_ID_FLAC, CODEC_ID_MP1, CODEC_ID_MP2, CODEC_ID_MP3, CODEC_ID_OPUS,
    CODEC_ID_VORBIS,
};

use crate::audio::demux::{Codec, Track};
use crate::audio::layout;

/// Tracks that are kept, at most.
const MOST: usize = 100;

/// A sound track by its number in blocks.
pub(super) struct Entry {
    pub(super) number: u32,
    /// What every frame begins with, and is left out of the file.
    pub(super) stripped: Vec<u8>,
}

/// A number as long as its first byte says, and what follows it.
pub(super) fn vint(bytes: &[u8]) -> Option<(u64, &[u8])> {
    let len = bytes.first()?.leading_zeros() as usize + 1;
    let (number, rest) = bytes.split_at_checked(len).filter(|_| len <= 8)?;
    let first = u64::from(number[0]) & (0xff >> len);
    Some((number[1..].iter().fold(first, |value, byte| value << 8 | u64::from(*byte)), rest))
}

/// The elements in an element, each cut where its parent ends.
pub(super) fn children(mut bytes: &[u8]) -> impl Iterator<Item = (u32, &[u8])> {
    std::iter::from_fn(move || {
        let len = bytes.first()?.leading_zeros() as usize + 1;
        let (id, rest) = bytes.split_at_checked(len).filter(|_| len <= 4)?;
        let id = id.iter().fold(0u32, |value, byte| value << 8 | u32::from(*byte));
        let (size, rest) = vint(rest)?;
        let size = usize::try_from(size).unwrap_or(usize::MAX).min(rest.len());
        let (body, rest) = rest.split_at(size);
        bytes = rest;
        Some((id, body))
    })
}

pub(super) fn number(body: &[u8]) -> u64 {
    body.iter().take(8).fold(0, |value, byte| value << 8 | u64::from(*byte))
}

pub(super) fn signed(body: &[u8]) -> i64 {
    let negative = body.first().is_some_and(|byte| byte & 0x80 != 0);
    body.iter().take(8).fold(if negative { -1 } else { 0 }, |value, byte| value << 8 | i64::from(*byte))
}

fn float(body: &[u8]) -> f64 {
    match body.len() {
        4 => body.try_into().map_or(0.0, |bytes| f64::from(f32::from_be_bytes(bytes))),
        8 => body.try_into().map_or(0.0, f64::from_be_bytes),
        _ => 0.0,
    }
}

#[derive(Default)]
struct Described<'a> {
    number: u32,
    is_sound: bool,
    is_default: bool,
    codec: &'a [u8],
    private: &'a [u8],
    delay: u64,
    rate: f64,
    channels: u64,
    bits: u64,
    stripped: Vec<u8>,
    packed: bool,
}

/// The sound tracks, those that are played by default first, and whether there are others.
pub(super) fn read(body: &[u8]) -> (Vec<Entry>, Vec<Track>, bool) {
    let (mut entries, mut tracks, mut picture) = (Vec::new(), Vec::new(), false);
    let mut found: Vec<_> =
        children(body).filter(|(id, _)| *id == 0xae).take(MOST).map(|(_, body)| described(body)).collect();
    found.sort_by_key(|track| !track.is_default);
    for track in found {
        if !track.is_sound {
            picture = true;
            continue;
        }
        // Opus tells of its delay in its own header.
        let opus = track.codec == b"A_OPUS" || track.codec == b"A_VORBIS";
        let delay = if opus { 0.0 } else { track.delay.min(1_000_000_000) as f64 / 1e9 };
        tracks.push(Track { id: track.number, codec: codec(&track), delay });
        entries.push(Entry { number: track.number, stripped: track.stripped });
    }
    (entries, tracks, picture)
}

fn described(body: &[u8]) -> Described<'_> {
    let mut track = Described { is_default: true, rate: 8000.0, channels: 1, ..Described::default() };
    for (id, body) in children(body) {
        match id {
            0xd7 => track.number = u32::try_from(number(body)).unwrap_or(0),
            0x83 => track.is_sound = number(body) == 2,
            0x88 => track.is_default = number(body) != 0,
            0x86 => track.codec = trimmed(body),
            0x63a2 => track.private = body,
            0x56aa => track.delay = number(body),
            0xe1 => {
                for (id, body) in children(body) {
                    match id {
                        0xb5 => track.rate = float(body),
                        0x9f => track.channels = number(body),
                        0x6264 => track.bits = number(body),
                        _ => {}
                    }
                }
            }
            0x6d80 => encoded(body, &mut track),
            _ => {}
        }
    }
    track
}

/// Notes how the frames of a track are packed.
fn encoded(body: &[u8], track: &mut Described<'_>) {
    for (_, encoding) in children(body).filter(|(id, _)| *id == 0x6240) {
        for (id, body) in children(encoding) {
            match id {
                0x5034 => {
                    let field = |wanted| children(body).find(|(id, _)| *id == wanted).map(|(_, body)| body);
                    // 3 leaves out what all frames begin with; all else is a packing.
                    match field(0x4254).map_or(0, number) {
                        3 => track.stripped = field(0x4255).unwrap_or_default().to_vec(),
                        _ => track.packed = true,
                    }
                }
                0x5035 => track.packed = true,
                _ => {}
            }
        }
    }
}

fn trimmed(name: &[u8]) -> &[u8] {
    let end = name.iter().position(|byte| *byte == 0).unwrap_or(name.len());
    &name[..end]
}

fn codec(track: &Described<'_>) -> Codec {
    if track.packed {
        return Codec::Unread("packed or encrypted frames".to_owned());
    }
    let channels = u16::try_from(track.channels).unwrap_or(u16::MAX).max(1);
    let rate = if track.rate.is_finite() { track.rate.clamp(0.0, 4e9) as u32 } else { 0 };
    let plain = |coding| Codec::Plain(layout::Layout::blocked(coding, channels, rate, 0..0));
    let bits = u16::try_from(track.bits).unwrap_or(0);
    let id = match track.codec {
        b"A_OPUS" => CODEC_ID_OPUS,
        b"A_VORBIS" => CODEC_ID_VORBIS,
        b"A_FLAC" => CODEC_ID_FLAC,
        b"A_ALAC" => CODEC_ID_ALAC,
        b"A_MPEG/L1" => CODEC_ID_MP1,
        b"A_MPEG/L2" => CODEC_ID_MP2,
        b"A_MPEG/L3" => CODEC_ID_MP3,
        b"A_PCM/INT/LIT" | b"A_PCM/INT/BIG" if (1..=32).contains(&bits) => {
            let mut pcm = layout::Pcm::integer(bits, track.codec.ends_with(b"BIG"));
            pcm.unsigned = pcm.bytes == 1;
            return plain(layout::Coding::Pcm(pcm));
        }
        b"A_PCM/FLOAT/IEEE" if matches!(bits, 32 | 64) => {
            return plain(layout::Coding::Pcm(layout::Pcm { float: true, ..layout::Pcm::integer(bits, false) }));
        }
        b"A_MS/ACM" => return acm(track.private),
        codec if codec.starts_with(b"A_AAC") => CODEC_ID_AAC,
        codec => return Codec::Unread(named(codec)),
    };
    let mut params = AudioCodecParameters::new();
    params.for_codec(id).with_sample_rate(rate).with_channels(Channels::Discrete(channels));
    let private = match id {
        CODEC_ID_VORBIS => vorbis(track.private).unwrap_or_default(),
        // Behind the magic and the head of a block of metadata.
        CODEC_ID_FLAC => match track.private.strip_prefix(b"fLaC") {
            Some(rest) => rest.get(4..38).unwrap_or_default().to_vec(),
            None => track.private.to_vec(),
        },
        CODEC_ID_AAC if track.private.len() < 2 => crate::audio::aac::config(rate, channels).unwrap_or_default(),
        _ => track.private.to_vec(),
    };
    if !private.is_empty() {
        params.with_extra_data(private.into());
    }
    Codec::Known(params)
}

/// Sound with the header that WAV gives it.
fn acm(private: &[u8]) -> Codec {
    match layout::wave_format(private, &[]) {
        Ok(layout) => match layout.coding {
            layout::Coding::Mpeg => {
                let mut params = AudioCodecParameters::new();
                params.for_codec(CODEC_ID_MP3).with_sample_rate(layout.rate);
                Codec::Known(params)
            }
            layout::Coding::Unread(name) => Codec::Unread(name.to_owned()),
            layout::Coding::ImaWav | layout::Coding::Microsoft | layout::Coding::ImaQt => {
                Codec::Unread("ADPCM in Matroska".to_owned())
            }
            _ => Codec::Plain(layout),
        },
        Err(_) => Codec::Unread("an unknown codec number".to_owned()),
    }
}

/// The headers of Vorbis that its decoder wants, of the three that are laced together.
fn vorbis(private: &[u8]) -> Option<Vec<u8>> {
    let (&2, mut rest) = private.split_first()? else { return None };
    let mut sizes = [0usize; 2];
    for size in &mut sizes {
        while let Some((&byte, after)) = rest.split_first() {
            rest = after;
            *size += usize::from(byte);
            if byte < 255 {
                break;
            }
        }
    }
    let (identification, rest) = rest.split_at_checked(sizes[0])?;
    let (_, setup) = rest.split_at_checked(sizes[1])?;
    Some([identification, setup].concat())
}

fn named(codec: &[u8]) -> String {
    match codec {
        b"A_AC3" => "AC-3".to_owned(),
        b"A_EAC3" => "E-AC-3".to_owned(),
        b"A_TRUEHD" => "TrueHD".to_owned(),
        b"A_TTA1" => "TTA".to_owned(),
        b"A_WAVPACK4" => "WavPack".to_owned(),
        codec if codec.starts_with(b"A_DTS") => "DTS".to_owned(),
        codec => codec.iter().take(32).copied().filter(u8::is_ascii_graphic).map(char::from).collect(),
    }
}
