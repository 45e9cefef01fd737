//! What the bytes say they are. The declared encoding and the file name are never asked.

mod foreign;

use super::demux::FreeFormat;
use crate::Encoding;
use crate::types::error::{Code, Error, Result};

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
    W64,
    Caf,
    Au,
    Avi,
    /// GSM 6.10 without a header.
    Gsm,
    Amr,
    AmrWb,
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
            Container::W64 => "w64",
            Container::Caf => "caf",
            Container::Au => "au",
            Container::Avi => "avi",
            Container::Gsm => "gsm",
            Container::Amr | Container::AmrWb => "amr",
        }
    }

    /// What a sentence calls it.
    pub(crate) fn called(self) -> &'static str {
        match self {
            Container::Mp3 => "an MP3 recording",
            Container::Mp4 | Container::M4a => "an MP4 recording",
            Container::Mov => "a QuickTime recording",
            Container::ThreeGp => "a 3GP recording",
            Container::Adts => "an AAC recording",
            Container::Wav => "a WAV recording",
            Container::Aiff => "an AIFF recording",
            Container::Flac => "a FLAC recording",
            Container::Ogg => "an Ogg recording",
            Container::Webm => "a WebM recording",
            Container::Matroska => "a Matroska recording",
            Container::W64 => "a Wave64 recording",
            Container::Caf => "a CAF recording",
            Container::Au => "an AU recording",
            Container::Avi => "an AVI recording",
            Container::Gsm => "a GSM recording",
            Container::Amr | Container::AmrWb => "an AMR recording",
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
            Container::Avi => Some(Encoding::Avi),
            Container::Aiff
            | Container::Flac
            | Container::W64
            | Container::Caf
            | Container::Au
            | Container::Gsm
            | Container::Amr
            | Container::AmrWb => None,
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
            "w64" => self == Container::W64,
            "caf" => self == Container::Caf,
            "au" | "snd" => self == Container::Au,
            "avi" => self == Container::Avi,
            "gsm" => self == Container::Gsm,
            "amr" | "awb" => matches!(self, Container::Amr | Container::AmrWb),
            _ => true,
        }
    }
}

/// What can be sent in place of what cannot be read.
const SEND: &str = "send WAV, MP3, MP4/M4A/3GP, FLAC, Ogg, WebM, AAC, AIFF, CAF, AVI, AMR or GSM";

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
    if foreign::is_mangled(body) {
        return Err(Error::new(
            Code::RecordingDamaged,
            "the recording is damaged: a text conversion replaced some of its bytes; open the file in binary mode, \
             and send it as bytes or as base64",
        ));
    }
    if let Some(what) = foreign::continuation(body) {
        return Err(Error::new(
            Code::RecordingDamaged,
            format!(
                "the recording is damaged: it is a later part of {what}, without the beginning; join all parts in \
                 order, starting with the first"
            ),
        ));
    }
    if let Some(container) = readable(body) {
        return Ok(container);
    }
    // MPEG audio has no magic of its own, and is found inside other files too: asked last.
    let named = foreign::named(body);
    if named.is_none()
        && let Some(container) = mpeg_audio(body).or_else(|| is_gsm(body).then_some(Container::Gsm))
    {
        return Ok(container);
    }
    let found = named.or_else(|| foreign::text_kind(body));
    Err(Error::new(
        Code::RecordingUnsupported,
        match found {
            Some(found) => format!("found {found}; {SEND}"),
            None => format!(
                "found bytes without the header of an audio format; if they are raw samples, pass them as samples \
                 with their sample rate or add a WAV header, otherwise {SEND}"
            ),
        },
    ))
}

/// Whether a recording starts with a name of what it is, as MPEG audio does not.
pub(crate) fn has_magic(body: &[u8]) -> bool {
    readable(body).is_some() || foreign::named(body).is_some()
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
    if (tag(0, b"RIFF") || tag(0, b"RF64") || tag(0, b"BW64")) && tag(8, b"WAVE") {
        return Some(Container::Wav);
    }
    if tag(0, b"RIFF") && tag(8, b"AVI ") {
        return Some(Container::Avi);
    }
    if tag(0, b"riff\x2e\x91\xcf\x11\xa5\xd6") {
        return Some(Container::W64);
    }
    if tag(0, b"caff\0\x01") {
        return Some(Container::Caf);
    }
    if tag(0, b".snd") {
        return Some(Container::Au);
    }
    if tag(0, b"#!AMR\n") {
        return Some(Container::Amr);
    }
    if tag(0, b"#!AMR-WB\n") {
        return Some(Container::AmrWb);
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
        let len = MpegHeader::read(frame)?.len().or_else(|| FreeFormat::measure(frame))?;
        follows(len, |a, b| b[0] == 0xff && b[1] == a[1] && (b[2] ^ a[2]) & 0x0c == 0).then_some(Container::Mp3)
    })
}

/// Whether these are frames of GSM 6.10, each of which starts with the same half byte.
fn is_gsm(body: &[u8]) -> bool {
    let frames = body.chunks_exact(33);
    frames.len() >= 25
        && frames.clone().all(|frame| frame[0] >> 4 == 0xd)
        && frames.clone().any(|f| f[1..] != body[1..33])
}

/// The length of the ADTS frame whose header starts `bytes` (ISO/IEC 13818-7, 6.2).
pub(crate) fn adts_len(bytes: &[u8]) -> Option<usize> {
    let h = bytes.get(..7)?;
    let sync = h[0] == 0xff && h[1] & 0xf6 == 0xf0;
    let rate_index = (h[2] >> 2) & 0x0f;
    let len = usize::from(h[3] & 0x03) << 11 | usize::from(h[4]) << 3 | usize::from(h[5]) >> 5;
    (sync && rate_index < 13 && len > 7).then_some(len)
}

/// The header of an MPEG-1, 2 or 2.5 audio frame (ISO/IEC 11172-3 and 13818-3; MPEG-2.5 as commonly
/// implemented).
#[derive(Debug, Clone, Copy)]
pub(crate) struct MpegHeader {
    pub(crate) mpeg1: bool,
    /// 1 to 3.
    pub(crate) layer: u8,
    pub(crate) rate: u32,
    bytes: [u8; 4],
}

impl MpegHeader {
    pub(crate) fn read(bytes: &[u8]) -> Option<Self> {
        let &[a, b, c, d] = bytes.get(..4)?.first_chunk()?;
        let (version, layer, rate) = ((b >> 3) & 3, (b >> 1) & 3, usize::from((c >> 2) & 3));
        if a != 0xff || b & 0xe0 != 0xe0 || version == 1 || layer == 0 || c >> 4 == 15 || rate == 3 {
            return None;
        }
        let halved = match version {
            3 => 0,
            2 => 1,
            _ => 2,
        };
        let rate = [44_100, 48_000, 32_000][rate] >> halved;
        Some(Self { mpeg1: version == 3, layer: 4 - layer, rate, bytes: [a, b, c, d] })
    }

    /// The length of the frame; none for a free bit rate.
    pub(crate) fn len(&self) -> Option<usize> {
        const BITRATES: [[u32; 15]; 5] = [
            [0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448],
            [0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384],
            [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
            [0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256],
            [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
        ];
        let row = match (self.mpeg1, self.layer) {
            (true, layer) => usize::from(layer) - 1,
            (false, 1) => 3,
            (false, _) => 4,
        };
        let bitrate = BITRATES[row][usize::from(self.bytes[2] >> 4)] * 1000;
        let slots = match (self.layer, self.mpeg1) {
            (1, _) => 12 * bitrate / self.rate,
            (3, false) => 72 * bitrate / self.rate,
            _ => 144 * bitrate / self.rate,
        };
        let slot = if self.layer == 1 { 4 } else { 1 };
        (!self.free()).then_some(slots as usize * slot + self.padding())
    }

    /// Whether the bit rate is one that the header does not name.
    pub(crate) fn free(&self) -> bool {
        self.bytes[2] >> 4 == 0
    }

    /// Bytes that are added to this frame.
    pub(crate) fn padding(&self) -> usize {
        usize::from(self.bytes[2] >> 1 & 1) * if self.layer == 1 { 4 } else { 1 }
    }

    pub(crate) fn mono(&self) -> bool {
        self.bytes[3] >> 6 == 3
    }

    /// Bytes of side information of layer III.
    pub(crate) fn side_info(&self) -> usize {
        match (self.mpeg1, self.mono()) {
            (true, false) => 32,
            (true, true) | (false, false) => 17,
            (false, true) => 9,
        }
    }

    /// Samples of a channel.
    pub(crate) fn samples(&self) -> u64 {
        match (self.layer, self.mpeg1) {
            (1, _) => 384,
            (3, false) => 576,
            _ => 1152,
        }
    }

    /// What all frames of a stream have in common: version and layer, sample rate, and whether it is mono.
    pub(crate) fn stream(&self) -> [u8; 3] {
        [self.bytes[1] & 0x1e, self.bytes[2] & 0x0c, u8::from(self.mono())]
    }
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
        assert!(message(b"RIFF\x00\x00\x00\x00WEBPVP8 ").contains("WebP"));
        let mp3_inside = [&b"FLV\x01"[..], &[0xff, 0xfb, 0x90, 0x00], &[0; 413], &[0xff, 0xfb, 0x90, 0]].concat();
        assert!(message(&mp3_inside).contains("Flash"));
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
