//! Names of the codecs that are not supported, for error messages.

use symphonia::core::codecs::audio::AudioCodecId;
use symphonia::core::codecs::audio::well_known as known;

/// The usual name of a codec, or else its number.
pub(crate) fn named(codec: AudioCodecId) -> String {
    let name = match codec {
        known::CODEC_ID_AC3 => "AC-3",
        known::CODEC_ID_EAC3 => "E-AC-3",
        known::CODEC_ID_AC4 => "AC-4",
        known::CODEC_ID_DCA => "DTS",
        known::CODEC_ID_WMA => "WMA",
        known::CODEC_ID_SPEEX => "Speex",
        known::CODEC_ID_MP1 => "MP1",
        known::CODEC_ID_MP2 => "MP2",
        known::CODEC_ID_TRUEHD => "TrueHD",
        known::CODEC_ID_TTA => "TTA",
        known::CODEC_ID_WAVPACK => "WavPack",
        known::CODEC_ID_MONKEYS_AUDIO => "Monkey's Audio",
        known::CODEC_ID_MUSEPACK => "Musepack",
        known::CODEC_ID_COOK => "Cook",
        known::CODEC_ID_SIPR => "SIPR",
        known::CODEC_ID_ADPCM_G722 => "G.722",
        known::CODEC_ID_ADPCM_G726 | known::CODEC_ID_ADPCM_G726LE => "G.726",
        other => return other.to_string(),
    };
    name.to_owned()
}

/// The usual name of a codec that an MP4 file names by four characters, or else those.
pub(crate) fn named_by_mp4(code: [u8; 4]) -> String {
    let name = match &code {
        b"samr" => "AMR",
        b"sawb" => "AMR-WB",
        b"sawp" => "AMR-WB+",
        b"ac-3" => "AC-3",
        b"ec-3" => "E-AC-3",
        b"ac-4" => "AC-4",
        b"dtsc" | b"dtsh" | b"dtse" | b"dtsl" => "DTS",
        b"ulaw" => "mu-law",
        b"alaw" => "A-law",
        b"QDM2" | b"QDMC" => "QDesign Music",
        b"agsm" => "GSM",
        code => return code.escape_ascii().to_string(),
    };
    name.to_owned()
}
