//! Base64 as programs send it.

/// The bytes of base64, of either alphabet, that may hold white space and stand in a `data:` URL.
pub(crate) fn decode_base64(text: &str) -> Option<Vec<u8>> {
    use base64::Engine as _;
    use base64::alphabet::{STANDARD, URL_SAFE};
    use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
    const CONFIG: GeneralPurposeConfig =
        GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);
    const ENGINE: GeneralPurpose = GeneralPurpose::new(&STANDARD, CONFIG);
    const URL: GeneralPurpose = GeneralPurpose::new(&URL_SAFE, CONFIG);
    let text = without_data_url(text)?;
    if let Ok(bytes) = ENGINE.decode(text) {
        return Some(bytes);
    }
    let packed: Vec<u8> = text.bytes().filter(|byte| !byte.is_ascii_whitespace()).collect();
    ENGINE.decode(&packed).or_else(|_| URL.decode(&packed)).ok()
}

/// What stands behind `data:audio/webm;codecs=opus;base64,`, as browsers write it; all where that is not there.
fn without_data_url(text: &str) -> Option<&str> {
    let text = text.trim_start();
    match text.get(..5) {
        Some(start) if start.eq_ignore_ascii_case("data:") => {
            let (head, rest) = text.split_once(',')?;
            head.trim_end().to_ascii_lowercase().ends_with(";base64").then_some(rest)
        }
        _ => Some(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_may_be_broken_into_lines_and_unpadded() {
        assert_eq!(decode_base64("Vm9pY2U=").unwrap(), b"Voice");
        assert_eq!(decode_base64("Vm9p\nY2U=\n").unwrap(), b"Voice");
        assert_eq!(decode_base64("Vm9p\r\n Y2U").unwrap(), b"Voice");
        assert_eq!(decode_base64("Vm9p\tY2U=").unwrap(), b"Voice");
        assert_eq!(decode_base64("Vm9pY2U*"), None);
        assert_eq!(decode_base64("-_-_").unwrap(), decode_base64("+/+/").unwrap());
        for url in
            ["data:audio/webm;codecs=opus;base64,Vm9pY2U=", " DATA:;BASE64,Vm9p\nY2U", "data:audio/wav;base64,Vm9pY2U"]
        {
            assert_eq!(decode_base64(url).unwrap(), b"Voice");
        }
        for text in ["data:audio/wav,Vm9pY2U=", "data:", "b'Vm9pY2U='", "data:audio/wav;base64"] {
            assert_eq!(decode_base64(text), None, "{text}");
        }
    }
}
