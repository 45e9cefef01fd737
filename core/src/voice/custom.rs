//! Speaker networks that users bring: their front end is read from the file's own metadata, and
//! what does not work is said when the file is loaded.

use std::path::Path;

use sha2::{Digest, Sha256};

use super::fbank::{Filterbank, Floor, FrontEnd, Level, Mel, Normalize, PreEmphasis, Window};
use super::network::{Layout, Network, options};
use super::{Engine, LEAST_SAMPLES, Runner, cosine, known};
use crate::audio::SAMPLE_RATE;
use crate::error::{Code, Error, Result};

/// The largest file that is taken for a speaker network, in bytes; the largest public ones stay
/// under it.
const LARGEST: u64 = 1 << 30;

/// Values of an embedding, at least and at most.
const WIDTH: std::ops::RangeInclusive<usize> = 16..=4096;

/// Loads an ONNX file, reads how it wants to be fed, and tries it out.
pub(crate) fn load(path: &Path) -> Result<Engine> {
    let size = std::fs::metadata(path).map_err(unread)?.len();
    if size > LARGEST {
        return Err(invalid(&format!("it has {size} bytes, more than the {LARGEST} that are taken")));
    }
    let bytes = std::fs::read(path).map_err(unread)?;
    let digest: String = Sha256::digest(&bytes).iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    let model =
        options().load(bytes).map_err(|fault| invalid(&format!("it is no ONNX file that can be run: {fault}")))?;
    let declared = |key: &str| model.metadata().get(key).map(str::to_owned);
    let (front_end, layout) = front_end(&declared).map_err(|why| invalid(&why))?;
    let width = number(&declared, "output_dim").map_err(|why| invalid(&why))?;
    let network = Network::custom(model, layout, front_end.bands).map_err(|why| invalid(&why))?;
    let engine =
        Engine::new(format!("onnx-{digest}"), Filterbank::new(front_end), Runner::Onnx(Box::new(network)), None)?;
    try_out(&engine, width).map_err(|why| invalid(&why))?;
    // Any export of a known network is that network.
    match known::recognised(&engine.answer()?) {
        Some(known) => Engine::new(known.model.to_owned(), engine.filterbank, engine.runner, Some(known)),
        None => Ok(engine),
    }
}

/// The number that a file's metadata give for a key, if they do.
fn number(declared: &dyn Fn(&str) -> Option<String>, key: &str) -> Result<Option<f64>, String> {
    let Some(text) = declared(key) else { return Ok(None) };
    let value = text.trim().parse::<f64>().ok().filter(|value| value.is_finite());
    value.map(Some).ok_or_else(|| format!("its metadata say `{text}` for `{key}`, which is no number"))
}

pub(super) fn unread(error: std::io::Error) -> Error {
    Error::new(Code::IoFailed, format!("the model could not be read ({})", error.kind()))
}

pub(super) fn invalid(why: &str) -> Error {
    Error::new(Code::ModelInvalid, format!("this speaker network cannot be used: {why}"))
}

/// The front end that a file's metadata describe. The keys are those of sherpa-onnx; what a key
/// leaves open is what the named toolkit trains with.
fn front_end(declared: &dyn Fn(&str) -> Option<String>) -> Result<(FrontEnd, Layout), String> {
    let number = |key: &str| number(declared, key);
    let framework = declared("framework").unwrap_or_default().to_lowercase();
    let mut front_end = match framework.as_str() {
        "wespeaker" => FrontEnd { window: Window::Hamming, level: Level::Scale(32768.0), ..FrontEnd::kaldi() },
        "3d-speaker" | "3dspeaker" => FrontEnd::kaldi(),
        "nemo" => nemo(),
        "" => {
            return Err(
                "its metadata do not say which `framework` it is from: `wespeaker`, `3d-speaker` or `nemo`, with \
             `sample_rate`, `normalize_samples`, `feature_normalize_type` as sherpa-onnx wants them"
                    .to_owned(),
            );
        }
        other => return Err(format!("its framework `{other}` is not known; `wespeaker`, `3d-speaker` and `nemo` are")),
    };
    if let Some(rate) = number("sample_rate")?
        && rate != f64::from(SAMPLE_RATE)
    {
        return Err(format!("it works at {rate} Hz and Voiceroll at {SAMPLE_RATE} Hz"));
    }
    for (key, made) in [("window_size_ms", 25.0), ("window_stride_ms", 10.0)] {
        if let Some(wanted) = number(key)?.filter(|wanted| *wanted != made) {
            return Err(format!("its metadata say {wanted} for `{key}`; {made} is made"));
        }
    }
    match number("normalize_samples")?.filter(|_| framework != "nemo") {
        None => {}
        Some(0.0) => front_end.level = Level::Scale(32768.0),
        Some(1.0) => front_end.level = Level::Scale(1.0),
        Some(other) => return Err(format!("its metadata say {other} for `normalize_samples`; it is 0 or 1")),
    }
    if let Some(bands) = number("feat_dim")? {
        if !(8.0..=256.0).contains(&bands) || bands.fract() != 0.0 {
            return Err(format!("its metadata ask for {bands} bands; 8 to 256 can be made"));
        }
        front_end.bands = bands as usize;
    }
    match declared("window_type").as_deref() {
        None => {}
        Some("hamming") => front_end.window = Window::Hamming,
        Some("hann" | "hanning") => front_end.window = Window::Hann,
        Some("povey") => front_end.window = Window::Povey,
        Some(other) => return Err(format!("its window `{other}` is not known; hamming, hann and povey are")),
    }
    match declared("feature_normalize_type").as_deref() {
        None => {}
        Some("") => front_end.normalize = Normalize::None,
        Some("global-mean") => front_end.normalize = Normalize::Mean,
        Some("per_feature") => front_end.normalize = Normalize::MeanAndDeviation,
        Some(other) => {
            return Err(format!(
                "its `feature_normalize_type` `{other}` is not known; global-mean and per_feature are"
            ));
        }
    }
    let layout = if framework == "nemo" { Layout::BandsFirst } else { Layout::FramesFirst };
    Ok((front_end, layout))
}

/// The preprocessor of NeMo's TitaNet and its kin.
fn nemo() -> FrontEnd {
    FrontEnd {
        window: Window::Hann,
        mel: Mel::Slaney,
        range_hz: (0.0, 8000.0),
        remove_offset: false,
        pre_emphasis: PreEmphasis::Whole(0.97),
        // 2^-24, as in its configuration.
        floor: Floor::Add(5.960_464_5e-8),
        padded: true,
        normalize: Normalize::MeanAndDeviation,
        ..FrontEnd::kaldi()
    }
}

/// Runs the network on noise of two lengths and colours: what comes out must be a vector of the
/// same width, the declared one if any, finite, the same each time, and not the same for everything.
fn try_out(engine: &Engine, declared: Option<f64>) -> Result<(), String> {
    let mut seed = 1u32;
    let mut noise = |count: usize, colour: f32| -> Vec<f32> {
        let mut last = 0.0;
        (0..count)
            .map(|_| {
                seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                last = colour * last + 0.1 * (seed as f32 / u32::MAX as f32 - 0.5);
                last
            })
            .collect()
    };
    let (first, second) = (noise(32_000, 0.9), noise(48_000, -0.5));
    let (a, again, b) = (engine.try_embed(&first)?, engine.try_embed(&first)?, engine.try_embed(&second)?);
    let short = engine
        .try_embed(&first[..LEAST_SAMPLES])
        .map_err(|fault| format!("it needs more than half a second of speech at a time ({fault})"))?;
    if !WIDTH.contains(&a.len()) {
        return Err(format!("its output has {} values; {} to {} are taken", a.len(), WIDTH.start(), WIDTH.end()));
    }
    if a.len() != b.len() || a.len() != short.len() {
        return Err("the width of its output changes with the length of the speech".to_owned());
    }
    if declared.is_some_and(|declared| declared != a.len() as f64) {
        return Err(format!("its output has {} values, and its metadata say another number for `output_dim`", a.len()));
    }
    if a.iter().chain(&b).chain(&short).any(|x| !x.is_finite()) {
        return Err("its output holds values that are no numbers".to_owned());
    }
    if a != again {
        return Err("it gives another output for the same speech each time".to_owned());
    }
    if cosine(&a, &b) > 0.999_999 {
        return Err("its output is the same whatever it hears".to_owned());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(pairs: &[(&str, &str)]) -> Result<(FrontEnd, Layout), String> {
        let pairs: Vec<(String, String)> = pairs.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
        front_end(&|key| pairs.iter().find(|(k, _)| k == key).map(|(_, v)| v.clone()))
    }

    #[test]
    fn keys_decide_and_toolkits_fill_the_gaps() {
        let (wespeaker, layout) = with(&[("framework", "wespeaker"), ("normalize_samples", "0")]).unwrap();
        assert_eq!((wespeaker.window, wespeaker.level), (Window::Hamming, Level::Scale(32768.0)));
        assert_eq!(layout, Layout::FramesFirst);
        let (speaker_3d, _) = with(&[("framework", "3d-speaker"), ("normalize_samples", "1")]).unwrap();
        assert_eq!((speaker_3d.window, speaker_3d.level), (Window::Povey, Level::Scale(1.0)));
        let (nemo, layout) = with(&[("framework", "nemo"), ("feat_dim", "64")]).unwrap();
        assert_eq!((nemo.bands, nemo.normalize, layout), (64, Normalize::MeanAndDeviation, Layout::BandsFirst));
    }

    /// Half a second of a glide over a tone, as in `tests/models/features.py`.
    fn signal() -> Vec<f32> {
        use std::f64::consts::TAU;
        (0..8000)
            .map(|n| {
                let t = f64::from(n) / 16_000.0;
                let glide = 0.25 * (TAU * (100.0 * t + 5900.0 * t * t)).sin();
                (glide + 0.1 * (TAU * 440.0 * t).sin() + 0.01) as f32
            })
            .collect()
    }

    #[test]
    fn features_are_those_of_the_toolkits() {
        let text = include_str!("../../../tests/models/features.json");
        let expected: serde_json::Value = serde_json::from_str(text).unwrap();
        for framework in ["wespeaker", "3d-speaker", "nemo"] {
            let normalize = if framework == "wespeaker" { "0" } else { "1" };
            let (front_end, _) = with(&[("framework", framework), ("normalize_samples", normalize)]).unwrap();
            let features = Filterbank::new(front_end).features(&signal());
            let expected = &expected[framework];
            assert_eq!(features.len() / 80, expected["count"].as_u64().unwrap() as usize, "{framework}");
            for (frame, bands) in expected["frames"].as_object().unwrap() {
                let frame: usize = frame.parse().unwrap();
                for (band, value) in bands.as_array().unwrap().iter().enumerate() {
                    let (found, value) = (features[frame * 80 + band], value.as_f64().unwrap() as f32);
                    assert!((found - value).abs() < 0.02, "{framework} frame {frame} band {band}: {found} {value}");
                }
            }
        }
    }

    #[test]
    fn what_cannot_be_done_is_said() {
        let why = |pairs: &[(&str, &str)]| with(pairs).unwrap_err();
        assert!(why(&[]).contains("framework"));
        assert!(why(&[("framework", "other")]).contains("`other`"));
        assert!(why(&[("framework", "wespeaker"), ("sample_rate", "8000")]).contains("8000 Hz"));
        assert!(why(&[("framework", "wespeaker"), ("feat_dim", "many")]).contains("no number"));
        assert!(why(&[("framework", "wespeaker"), ("window_type", "kaiser")]).contains("kaiser"));
        assert!(why(&[("framework", "nemo"), ("window_size_ms", "20")]).contains("`window_size_ms`"));
        assert!(why(&[("framework", "wespeaker"), ("normalize_samples", "2")]).contains("0 or 1"));
    }
}
