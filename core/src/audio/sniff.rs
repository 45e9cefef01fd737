//! What the bytes say they are. The declared encoding and the file name are never asked.

use crate::Encoding;
use crate::error::{Code, Error, Result};

/// The containers that can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Container {
    Mp3,
    Mp4,
    M4a,
    Mov,
    ThreeGp,
    Adts,
    Wav,
    Aiff,
    Flac,
    Ogg,
    Webm,
    Matroska,
}

impl Container {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Container::Mp3 => "mp3",
            Container::Mp4 => "mp4",
            Container::M4a => "m4a",
            Container::Mov => "mov",
            Container::ThreeGp => "3gp",
            Container::Adts => "adts",
            Container::Wav => "wav",
            Container::Aiff => "aiff",
            Container::Flac => "flac",
            Container::Ogg => "ogg",
            Container::Webm => "webm",
            Container::Matroska => "matroska",
        }
    }

    pub(crate) fn is_mp4_family(self) -> bool {
        matches!(self, Container::Mp4 | Container::M4a | Container::Mov | Container::ThreeGp)
    }

    /// The encoding to declare for this container, where the contract has one.
    pub(crate) fn contract_encoding(self) -> Option<Encoding> {
        match self {
            Container::Mp3 => Some(Encoding::Mpeg),
            Container::Mp4 | Container::M4a | Container::Mov | Container::ThreeGp => Some(Encoding::Mp4),
            Container::Adts => Some(Encoding::Aac),
            Container::Wav => Some(Encoding::Wav),
            Container::Ogg => Some(Encoding::Ogg),
            Container::Webm | Container::Matroska => Some(Encoding::Webm),
            Container::Aiff | Container::Flac => None,
        }
    }

    /// Whether a declared encoding fits. `Mpeg` also fits MP4, because the guide tells callers so;
    /// `Aac` fits AAC wherever it is stored.
    pub(crate) fn fits(self, declared: Encoding, codec: &str) -> bool {
        match declared {
            Encoding::Mpeg => codec == "mp3" || self.is_mp4_family(),
            Encoding::Aac => codec == "aac",
            _ => self.contract_encoding() == Some(declared),
        }
    }

    /// Whether a file name's extension fits; an extension that says nothing about audio does.
    pub(crate) fn fits_extension(self, extension: &str) -> bool {
        match extension {
            "mp3" => self == Container::Mp3,
            "mp4" | "m4a" | "m4b" | "mov" | "3gp" | "3g2" => self.is_mp4_family(),
            "aac" => self == Container::Adts || self.is_mp4_family(),
            "wav" | "wave" => self == Container::Wav,
            "aif" | "aiff" | "aifc" => self == Container::Aiff,
            "flac" => matches!(self, Container::Flac | Container::Ogg),
            "ogg" | "oga" | "opus" => self == Container::Ogg,
            "webm" | "weba" | "mkv" | "mka" => matches!(self, Container::Webm | Container::Matroska),
            _ => true,
        }
    }
}

/// Names the container of a recording from its first bytes, at most 64 KiB of them.
///
/// # Errors
/// `recording_empty`, or `recording_unsupported` with what was found and what to do.
pub(crate) fn sniff(head: &[u8]) -> Result<Container> {
    if head.is_empty() {
        return Err(Error::new(
            Code::RecordingEmpty,
            "the recording is empty (0 bytes); check that the upload or the recorder finished",
        ));
    }
    let body = skip_id3(head);
    if let Some(container) = readable(body) {
        return Ok(container);
    }
    // MPEG audio has no magic of its own, and is found inside other files too: asked last.
    let named = unreadable(body);
    if named.is_none()
        && let Some(container) = mpeg_audio(body)
    {
        return Ok(container);
    }
    let found = named.or_else(|| text_kind(body).map(str::to_owned));
    let found = found.unwrap_or_else(|| "bytes of no known audio format".to_owned());
    Err(Error::new(
        Code::RecordingUnsupported,
        format!("found {found}; send MP3, MP4/M4A/3GP with AAC, WAV, FLAC, Ogg, WebM, AAC or AIFF"),
    ))
}

/// The bytes after any ID3v2 tags at the start.
pub(crate) fn skip_id3(head: &[u8]) -> &[u8] {
    let mut body = head;
    while let Some(len) = id3_len(body) {
        match body.get(len..) {
            Some(rest) => body = rest,
            None => return &[],
        }
    }
    body
}

/// The length of an ID3v2 tag at the start of `bytes`, header and footer included.
pub(crate) fn id3_len(bytes: &[u8]) -> Option<usize> {
    let header = bytes.get(..10)?;
    let size = &header[6..10];
    if !header.starts_with(b"ID3") || size.iter().any(|b| b & 0x80 != 0) {
        return None;
    }
    let len = size.iter().fold(0usize, |len, b| len << 7 | usize::from(*b));
    let footer = if header[5] & 0x10 != 0 { 10 } else { 0 };
    Some(10 + len + footer)
}

fn readable(body: &[u8]) -> Option<Container> {
    let tag = |at: usize, text: &[u8]| body.get(at..at + text.len()) == Some(text);
    if tag(0, b"RIFF") && tag(8, b"WAVE") {
        return Some(Container::Wav);
    }
    if tag(0, b"FORM") && (tag(8, b"AIFF") || tag(8, b"AIFC")) {
        return Some(Container::Aiff);
    }
    if tag(0, b"fLaC") {
        return Some(Container::Flac);
    }
    if tag(0, b"OggS") && !tag(28, b"Speex   ") {
        return Some(Container::Ogg);
    }
    if tag(0, &[0x1a, 0x45, 0xdf, 0xa3]) {
        let head = &body[..body.len().min(64)];
        let webm = head.windows(4).any(|w| w == b"webm");
        return Some(if webm { Container::Webm } else { Container::Matroska });
    }
    if tag(4, b"ftyp") {
        return Some(match body.get(8..12) {
            Some(b"M4A " | b"M4B ") => Container::M4a,
            Some(b"qt  ") => Container::Mov,
            Some([b'3', b'g', ..]) => Container::ThreeGp,
            _ => Container::Mp4,
        });
    }
    if [&b"moov"[..], b"mdat", b"moof", b"wide"].iter().any(|atom| tag(4, atom)) {
        return Some(Container::Mov);
    }
    None
}

/// Finds MPEG audio or ADTS frames: a header alone is 11 bits of luck, so the next header must
/// stand where the first one says it does. Junk before the first frame is allowed for.
fn mpeg_audio(body: &[u8]) -> Option<Container> {
    (0..body.len().saturating_sub(4)).filter(|&at| body[at] == 0xff).find_map(|at| {
        let frame = &body[at..];
        let follows = |len: usize, same: fn(&[u8], &[u8]) -> bool| match frame.get(len..len + 4) {
            Some(next) => same(frame, next),
            None => at == 0 && frame.len() <= len,
        };
        if let Some(len) = adts_len(frame) {
            return follows(len, |a, b| b[0] == 0xff && b[1] == a[1] && b[2] == a[2]).then_some(Container::Adts);
        }
        let len = mp3_frame_len(frame)?;
        follows(len, |a, b| b[0] == 0xff && b[1] == a[1] && (b[2] ^ a[2]) & 0x0c == 0).then_some(Container::Mp3)
    })
}

/// The length of the ADTS frame whose header starts `bytes` (ISO/IEC 13818-7, 6.2).
fn adts_len(bytes: &[u8]) -> Option<usize> {
    let h = bytes.get(..7)?;
    let sync = h[0] == 0xff && h[1] & 0xf6 == 0xf0;
    let rate_index = (h[2] >> 2) & 0x0f;
    let len = usize::from(h[3] & 0x03) << 11 | usize::from(h[4]) << 3 | usize::from(h[5]) >> 5;
    (sync && rate_index < 13 && len > 7).then_some(len)
}

/// The length of the MPEG-1/2/2.5 audio frame, layers I to III, whose header starts `bytes`
/// (ISO/IEC 11172-3 and 13818-3; MPEG-2.5 as commonly implemented).
pub(crate) fn mp3_frame_len(bytes: &[u8]) -> Option<usize> {
    const BITRATES: [[usize; 15]; 5] = [
        [0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448],
        [0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384],
        [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
        [0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256],
        [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
    ];
    let h = bytes.get(..4)?;
    if h[0] != 0xff || h[1] & 0xe0 != 0xe0 {
        return None;
    }
    let (version, layer) = ((h[1] >> 3) & 3, (h[1] >> 1) & 3);
    let (bitrate_index, rate_index) = (usize::from(h[2] >> 4), usize::from((h[2] >> 2) & 3));
    if version == 1 || layer == 0 || bitrate_index == 0 || bitrate_index == 15 || rate_index == 3 {
        return None;
    }
    let mpeg1 = version == 3;
    let rate = [44_100, 48_000, 32_000][rate_index]
        >> match version {
            3 => 0,
            2 => 1,
            _ => 2,
        };
    let row = match (mpeg1, layer) {
        (true, 3) => 0,
        (true, 2) => 1,
        (true, _) => 2,
        (false, 3) => 3,
        (false, _) => 4,
    };
    let bitrate = BITRATES[row][bitrate_index] * 1000;
    let padding = usize::from((h[2] >> 1) & 1);
    Some(match (layer, mpeg1) {
        (3, _) => (12 * bitrate / rate + padding) * 4,
        (1, false) => 72 * bitrate / rate + padding,
        _ => 144 * bitrate / rate + padding,
    })
}

/// Names what cannot be read, so that the sender knows what went wrong.
fn unreadable(body: &[u8]) -> Option<String> {
    const NAMES: &[(usize, &[u8], &str)] = &[
        (8, b"AVI ", "an AVI video"),
        (8, b"WEBP", "a WebP image, which holds no sound (WebM was probably meant)"),
        (0, b"RF64", "an RF64 file"),
        (0, b"riff", "a Wave64 file"),
        (0, b"#!AMR", "an AMR recording"),
        (28, b"Speex   ", "Speex sound in Ogg"),
        (0, b"caff", "a CAF file"),
        (0, b".snd", "an AU file"),
        (0, b"MThd", "a MIDI file, which holds notes and no sound"),
        (0, &[0x30, 0x26, 0xb2, 0x75], "a Windows Media file"),
        (0, b"FLV", "a Flash video"),
        (0, &[0, 0, 1, 0xba], "an MPEG program stream"),
        (0, &[0x0b, 0x77], "an AC-3 stream"),
        (0, b"wvpk", "a WavPack file"),
        (0, b"MAC ", "a Monkey's Audio file"),
        (0, b"\x89PNG", "a PNG image"),
        (0, &[0xff, 0xd8, 0xff], "a JPEG image"),
        (0, b"GIF8", "a GIF image"),
        (0, b"%PDF", "a PDF document"),
        (0, b"PK\x03\x04", "a ZIP archive"),
        (0, &[0x1f, 0x8b], "a gzip archive"),
    ];
    for (at, magic, name) in NAMES {
        if body.get(*at..at + magic.len()) == Some(*magic) {
            return Some((*name).to_owned());
        }
    }
    if body.first() == Some(&0x47) && body.get(188) == Some(&0x47) {
        return Some("an MPEG transport stream".to_owned());
    }
    None
}

/// Tells text from audio: an error page or a base64 string is a frequent upload.
fn text_kind(body: &[u8]) -> Option<&'static str> {
    let head = &body[..body.len().min(1024)];
    let text = match std::str::from_utf8(head) {
        Ok(text) => text,
        Err(error) if error.error_len().is_none() => std::str::from_utf8(&head[..error.valid_up_to()]).ok()?,
        Err(_) => return None,
    };
    if text.chars().any(|c| c.is_control() && !c.is_whitespace()) {
        return None;
    }
    let trimmed = text.trim_start();
    let base64 = |c: char| c.is_ascii_alphanumeric() || "+/=\r\n".contains(c);
    Some(match trimmed.chars().next() {
        None => "only white space",
        Some('{' | '[') => "JSON text (an error message from a server, perhaps)",
        Some('<') => "an HTML or XML page (an error message from a server, perhaps)",
        _ if trimmed.starts_with("data:") => "a data: address; decode its base64 part first",
        _ if text.len() > 64 && text.chars().all(base64) => "base64 text; decode it first",
        _ => "plain text",
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn message(head: &[u8]) -> String {
        sniff(head).unwrap_err().to_string()
    }

    #[test]
    fn what_cannot_be_read_is_named() {
        assert!(message(b"").contains("empty"));
        assert!(message(b"RIFF\x00\x00\x00\x00AVI LIST").contains("AVI"));
        assert!(message(b"RIFF\x00\x00\x00\x00WEBPVP8 ").contains("WebP"));
        let mp3_inside =
            [&b"RIFF\0\0\0\0AVI LIST"[..], &[0xff, 0xfb, 0x90, 0x00], &[0; 413], &[0xff, 0xfb, 0x90, 0]].concat();
        assert!(message(&mp3_inside).contains("AVI"));
        assert!(message(b"Hello there").contains("plain text"));
        assert!(message(b"{\"error\":\"not found\"}").contains("JSON"));
        assert!(message("SUQzBAAAAAAAI1RTU0UAAAAPAAADTGF2ZjU5".repeat(4).as_bytes()).contains("base64"));
        assert!(message(&[0x47; 400]).contains("transport stream"));
    }

    #[test]
    fn encodings_fit_as_the_contract_uses_them() {
        assert!(Container::M4a.fits(Encoding::Mpeg, "aac"));
        assert!(Container::M4a.fits(Encoding::Aac, "aac"));
        assert!(Container::Adts.fits(Encoding::Aac, "aac"));
        assert!(!Container::Wav.fits(Encoding::Mpeg, "pcm_s16le"));
        assert!(!Container::Flac.fits(Encoding::Wav, "flac"));
    }

    proptest! {
        #[test]
        fn any_bytes_get_an_answer(bytes in proptest::collection::vec(any::<u8>(), 0..4096)) {
            let _ = sniff(&bytes);
        }
    }
}
