//! What is not read, by its name, so that the sender knows what went wrong.

/// Names a format that is not read.
pub(super) fn named(body: &[u8]) -> Option<String> {
    const NAMES: &[(usize, &[u8], &str)] = &[
        (8, b"WEBP", "a WebP image, which has no audio (WebM was probably meant)"),
        (0, b"#!AMR", "AMR with several channels"),
        (28, b"Speex   ", "Speex sound in Ogg"),
        (0, b"NIST_1A", "a SPHERE file"),
        (0, b"#!SILK", "a SILK recording"),
        (1, b"#!SILK", "a SILK recording"),
        (0, b"Creative Voice File", "a VOC file"),
        (0, b"MThd", "a MIDI file, which has notes and no audio"),
        (0, &[0x30, 0x26, 0xb2, 0x75], "a Windows Media file (WMA)"),
        (0, b".RMF", "a RealMedia file"),
        (0, b".ra\xfd", "a RealAudio file"),
        (0, b"FLV", "a Flash video"),
        (0, &[0, 0, 1, 0xba], "an MPEG program stream"),
        (0, &[0, 0, 1, 0xb3], "an MPEG video without sound"),
        (0, &[0x0b, 0x77], "an AC-3 stream"),
        (0, &[0x7f, 0xfe, 0x80, 0x01], "a DTS stream"),
        (0, b"wvpk", "a WavPack file"),
        (0, b"MAC ", "a Monkey's Audio file"),
        (0, b"MPCK", "a Musepack file"),
        (0, b"MP+", "a Musepack file"),
        (0, b"TTA1", "a TTA file"),
        (0, b"DSD ", "a DSD file"),
        (0, b"FRM8", "a DSD file"),
        (8, b"8SVX", "an 8SVX file"),
        (0, b"\x89PNG", "a PNG image"),
        (0, &[0xff, 0xd8, 0xff], "a JPEG image"),
        (0, b"GIF8", "a GIF image"),
        (0, b"%PDF", "a PDF document"),
        (0, b"PK\x03\x04", "a ZIP archive"),
        (0, b"Rar!", "a RAR archive"),
        (0, b"7z\xbc\xaf", "a 7-Zip archive"),
        (0, &[0x1f, 0x8b], "a gzip archive"),
    ];
    for (at, magic, name) in NAMES {
        if body.get(*at..at + magic.len()) == Some(*magic) {
            return Some((*name).to_owned());
        }
    }
    let head = &body[..body.len().min(1024)];
    if body.starts_with(b"--") && memchr::memmem::find(head, b"Content-Disposition").is_some() {
        return Some("a multipart form; send the file that is in it".to_owned());
    }
    if body.first() == Some(&0x47) && body.get(188) == Some(&0x47) {
        return Some("an MPEG transport stream".to_owned());
    }
    // LOAS: a sync word and a length that leads to the next.
    let loas = |at: usize| match body.get(at..at + 3) {
        Some([0x56, b, c]) if b >> 5 == 7 => Some(at + 3 + (usize::from(b & 0x1f) << 8 | usize::from(*c))),
        _ => None,
    };
    if loas(0).and_then(loas).and_then(loas).is_some() {
        return Some("AAC in LATM".to_owned());
    }
    None
}

/// Whether bytes were taken for text and written anew in UTF-8: what was no letter became a mark of
/// replacement, or two bytes in place of one.
pub(super) fn is_mangled(body: &[u8]) -> bool {
    let text = match std::str::from_utf8(body) {
        Ok(text) => text,
        Err(error) if error.error_len().is_none() => std::str::from_utf8(&body[..error.valid_up_to()]).unwrap_or(""),
        Err(_) => return false,
    };
    let (mut all, mut foreign, mut replaced, mut controls) = (0usize, 0, 0, 0);
    for letter in text.chars() {
        all += 1;
        foreign += usize::from(!letter.is_ascii());
        replaced += usize::from(letter == '\u{fffd}');
        controls += usize::from(letter.is_ascii_control() && !letter.is_ascii_whitespace());
    }
    replaced >= 16 && replaced * 100 >= all || all >= 1000 && controls * 100 >= all && foreign * 10 >= all
}

/// Of what this is a later part.
pub(super) fn continuation(body: &[u8]) -> Option<&'static str> {
    const CLUSTER: [u8; 4] = [0x1f, 0x43, 0xb6, 0x75];
    // A cluster begins with its time; what precedes the first in a part are blocks of one track.
    let cluster = |at: usize| {
        let after = body.get(at + 4..).unwrap_or_default();
        after.iter().take(9).any(|byte| *byte == 0xe7)
    };
    if body.starts_with(&CLUSTER) && cluster(0) {
        return Some("a WebM recording");
    }
    let is_block = |at: usize| {
        let Some([0xa3, rest @ ..]) = body.get(at..) else { return None };
        let (len, size) = vint(rest)?;
        let head = rest.get(len..len + 4)?;
        (head[0] & 0xf0 == 0x80 && size >= 4).then_some(at + 1 + len + size)
    };
    if let Some(next) = is_block(0)
        && (is_block(next).is_some() || body.get(next..next + 4) == Some(&CLUSTER))
    {
        return Some("a WebM recording");
    }
    let readable = [&b"RIFF"[..], b"RF64", b"OggS", b"fLaC", b"FORM", b"caff", b"ID3", &[0x1a, 0x45, 0xdf, 0xa3]];
    let mp4 = [&b"ftyp"[..], b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot"];
    let is_mp4 = |names: &[&[u8]]| names.iter().any(|name| body.get(4..8) == Some(*name));
    if is_mp4(&[b"moof", b"styp", b"sidx"]) {
        return Some("an MP4 recording");
    }
    if body.starts_with(b"OggS") && body.get(5).is_some_and(|kind| kind & 2 == 0) {
        return Some("an Ogg recording");
    }
    if readable.iter().any(|magic| body.starts_with(magic)) || is_mp4(&mp4) || body.first() == Some(&0xff) {
        return None;
    }
    let found = memchr::memmem::find(body, &CLUSTER).filter(|at| cluster(*at));
    found.map(|_| "a WebM recording")
}

/// A size of Matroska, and how many bytes it takes.
fn vint(bytes: &[u8]) -> Option<(usize, usize)> {
    let len = bytes.first()?.leading_zeros() as usize + 1;
    let mut value = usize::from(bytes[0]) & (0xff >> len.min(8));
    for byte in bytes.get(1..len)? {
        value = value << 8 | usize::from(*byte);
    }
    (len <= 4).then_some((len, value))
}

/// Tells text from audio: an error page or a base64 string is a frequent upload.
pub(super) fn text_kind(body: &[u8]) -> Option<String> {
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
    let base64 = |c: char| c.is_ascii_alphanumeric() || "+/-_=\r\n".contains(c);
    let bytes_of_python = trimmed.starts_with("b'") || trimmed.starts_with("b\"");
    let kind = match trimmed.chars().next() {
        None => "only whitespace",
        Some('{' | '[') => "JSON text (an error message from a server, perhaps)",
        Some('<') => "an HTML or XML page (an error message from a server, perhaps)",
        _ if trimmed.starts_with("data:") => "a data: address; decode its base64 part first",
        _ if bytes_of_python => "the text form of a Python bytes object; write the bytes themselves",
        _ if text.len() > 64 && text.chars().all(base64) => "base64 text; decode it first",
        _ => "plain text",
    };
    Some(kind.to_owned())
}
