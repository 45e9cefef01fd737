//! How a network that a user brought wants to be fed, from the file's own metadata.

use super::fbank::{Floor, FrontEnd, Level, Mel, Normalize, PreEmphasis, Window};
use super::network::Layout;
use crate::audio::SAMPLE_RATE;

/// The front end that a file's metadata describe. The keys are those of sherpa-onnx; what a key
/// leaves open is what the named toolkit trains with.
pub(super) fn front_end(declared: &dyn Fn(&str) -> Option<String>) -> Result<(FrontEnd, Layout), String> {
    let number = |key: &str| number(declared, key);
    let framework = declared("framework").unwrap_or_default().to_lowercase();
    let mut front_end = match framework.as_str() {
        "wespeaker" => FrontEnd { window: Window::Hamming, level: Level::Scale(32768.0), ..FrontEnd::kaldi() },
        "3d-speaker" | "3dspeaker" => FrontEnd::kaldi(),
        "nemo" => nemo(),
        "" => {
            return Err(
                "its metadata lack `framework`; set it to `wespeaker`, `3d-speaker` or `nemo`, with `sample_rate`, \
             `normalize_samples` and `feature_normalize_type` as in sherpa-onnx"
                    .to_owned(),
            );
        }
        other => {
            return Err(format!("its framework `{other}` is unknown; it must be `wespeaker`, `3d-speaker` or `nemo`"));
        }
    };
    if let Some(rate) = number("sample_rate")?
        && rate != f64::from(SAMPLE_RATE)
    {
        return Err(format!("its sample rate is {rate} Hz; it must be {SAMPLE_RATE} Hz"));
    }
    for (key, made) in [("window_size_ms", 25.0), ("window_stride_ms", 10.0)] {
        if let Some(wanted) = number(key)?.filter(|wanted| *wanted != made) {
            return Err(format!("its metadata say {wanted} for `{key}`; it must be {made}"));
        }
    }
    match number("normalize_samples")?.filter(|_| framework != "nemo") {
        None => {}
        Some(0.0) => front_end.level = Level::Scale(32768.0),
        Some(1.0) => front_end.level = Level::Scale(1.0),
        Some(other) => return Err(format!("its metadata say {other} for `normalize_samples`; it must be 0 or 1")),
    }
    if let Some(bands) = number("feat_dim")? {
        if !(8.0..=256.0).contains(&bands) || bands.fract() != 0.0 {
            return Err(format!("its metadata say {bands} for `feat_dim`; it must be 8 to 256"));
        }
        front_end.bands = bands as usize;
    }
    match declared("window_type").as_deref() {
        None => {}
        Some("hamming") => front_end.window = Window::Hamming,
        Some("hann" | "hanning") => front_end.window = Window::Hann,
        Some("povey") => front_end.window = Window::Povey,
        Some(other) => return Err(format!("its window `{other}` is unknown; it must be hamming, hann or povey")),
    }
    match declared("feature_normalize_type").as_deref() {
        None => {}
        Some("") => front_end.normalize = Normalize::None,
        Some("global-mean") => front_end.normalize = Normalize::Mean,
        Some("per_feature") => front_end.normalize = Normalize::MeanAndDeviation,
        Some(other) => {
            return Err(format!(
                "its `feature_normalize_type` `{other}` is unknown; it must be global-mean or per_feature"
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

/// The number that a file's metadata give for a key, if they do.
pub(super) fn number(declared: &dyn Fn(&str) -> Option<String>, key: &str) -> Result<Option<f64>, String> {
    let Some(text) = declared(key) else { return Ok(None) };
    let value = text.trim().parse::<f64>().ok().filter(|value| value.is_finite());
    value.map(Some).ok_or_else(|| format!("its metadata say `{text}` for `{key}`; it must be a number"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::voice::fbank::Filterbank;

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
        assert!(why(&[("framework", "wespeaker"), ("feat_dim", "many")]).contains("must be a number"));
        assert!(why(&[("framework", "wespeaker"), ("window_type", "kaiser")]).contains("kaiser"));
        assert!(why(&[("framework", "nemo"), ("window_size_ms", "20")]).contains("`window_size_ms`"));
        assert!(why(&[("framework", "wespeaker"), ("normalize_samples", "2")]).contains("0 or 1"));
    }
}
