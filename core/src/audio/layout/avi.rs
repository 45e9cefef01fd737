//! AVI: the sound stands in chunks between those of the picture.

use super::riff::wave_format;
use super::{Fields, Layout, MAX_CHUNKS, damaged, no_data};
use crate::audio::source::Reader;
use crate::types::error::Result;

/// Chunks of sound that are kept, and chunks that are walked over, at most.
const SOUND: usize = 500_000;
const WALKED: usize = 4_000_000;

struct Stream {
    number: usize,
    format: Vec<u8>,
}

/// The first sound stream of an AVI file that can be decoded, or else the first.
pub(super) fn avi(reader: &mut Reader, start: u64, end: u64) -> Result<Layout> {
    let mut streams = Vec::new();
    let mut number = 0;
    let mut sound: Vec<Vec<std::ops::Range<u64>>> = Vec::new();
    // The lists that were entered end here; what they hold needs no stack.
    let mut at = start + 12;
    let (mut kept, mut kind) = (0, [0u8; 4]);
    for _ in 0..WALKED {
        let head = reader.at(at, 12)?;
        if head.len() < 8 || kept >= SOUND || streams.len() > MAX_CHUNKS {
            break;
        }
        let size = u64::from(Fields(&head).le32(4));
        let body = at + 8;
        let stop = body.saturating_add(size).min(end);
        match &head[..4] {
            // Lists and the parts of a long file are entered.
            b"LIST" if matches!(head.get(8..12), Some(b"hdrl" | b"strl" | b"movi" | b"rec ")) => {
                at = body + 4;
                continue;
            }
            b"RIFF" => {
                at = body + 4;
                continue;
            }
            b"strh" => {
                kind = Fields(&reader.at(body, 4)?).bytes(0);
                number += 1;
            }
            b"strf" if &kind == b"auds" => {
                let format = reader.at(body, usize::try_from(size.min(64)).unwrap_or(64))?;
                streams.push(Stream { number: number - 1, format });
                sound.push(Vec::new());
                kind = [0; 4];
            }
            [tens, ones, b'w', b'b'] if tens.is_ascii_digit() && ones.is_ascii_digit() => {
                let of = usize::from(tens - b'0') * 10 + usize::from(ones - b'0');
                if let Some(chunks) = streams.iter().position(|stream| stream.number == of).map(|at| &mut sound[at])
                    && body < stop
                {
                    kept += 1;
                    chunks.push(body..stop);
                }
            }
            _ => {}
        }
        at = body.saturating_add(size).saturating_add(size & 1);
        if at >= end {
            break;
        }
    }
    let mut refused = None;
    for (stream, chunks) in streams.iter().zip(sound) {
        if stream.format.len() < 14 {
            continue;
        }
        let sample = match chunks.first() {
            Some(first) => reader.at(first.start, usize::try_from(first.end - first.start).unwrap_or(0).min(4096))?,
            None => Vec::new(),
        };
        match wave_format(&stream.format, &sample) {
            Ok(layout) if chunks.is_empty() || matches!(layout.coding, super::Coding::Unread(_)) => {
                refused.get_or_insert(Ok(Layout { sound: chunks, ..layout }));
            }
            Ok(layout) => return Ok(Layout { sound: chunks, ..layout }),
            Err(error) => _ = refused.get_or_insert(Err(error)),
        }
    }
    match refused {
        Some(Ok(layout)) if layout.sound.is_empty() => Err(no_data()),
        Some(layout) => layout,
        None if number == 0 => Err(damaged("its header is cut off")),
        None => Err(crate::Error::new(
            crate::types::error::Code::RecordingNoSound,
            "the file is a video without sound; send a recording with speech in it",
        )),
    }
}
