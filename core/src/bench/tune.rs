//! What `bench/conversations.py --tune` needs: clustering again and again without listening again.

use std::error::Error;
use std::fs;
use std::ops::Range;
use std::path::Path;

use serde_json::{Value, json};

use crate::audio::{self, SAMPLE_RATE};
use crate::models::Choice;
use crate::rules::{Clustering, Model};
use crate::voice::diarization::{Window, second_voice, turns, voices, windows};
use crate::{CallOptions, Limits, Recording};

/// The constants with those of `changed` in their place.
fn rules(usual: &Clustering, changed: &Value) -> Clustering {
    let number = |name: &str, usual: f64| changed[name].as_f64().unwrap_or(usual);
    let model = |name: &str, usual: Model| Model {
        evidence: changed[name]["evidence"].as_f64().unwrap_or(usual.evidence),
        parsimony: changed[name]["parsimony"].as_f64().unwrap_or(usual.parsimony),
        stay: changed[name]["stay"].as_f64().unwrap_or(usual.stay),
    };
    Clustering {
        window: number("window", usual.window),
        step: number("step", usual.step),
        most_voices: number("most_voices", usual.most_voices as f64) as usize,
        least_windows: number("least_windows", usual.least_windows as f64) as usize,
        alike: number("alike", usual.alike),
        within: number("within", usual.within),
        count_unknown: model("count_unknown", usual.count_unknown),
        count_given: model("count_given", usual.count_given),
        pause: number("pause", usual.pause),
        second_voice: model("second_voice", usual.second_voice),
        second_alike: number("second_alike", usual.second_alike),
        second_share: number("second_share", usual.second_share),
        ..*usual
    }
}

/// Writes the windows of every recording in a folder beside it: counts of stretches and windows,
/// size of a vector, spans in seconds, vectors; all as 32-bit floats, little end first. `changed`:
/// constants of the clustering in the place of those that ship.
///
/// # Errors
/// A recording that cannot be read, a file that cannot be written.
pub fn listen(model: &Path, folder: &Path, changed: &Value) -> Result<(), Box<dyn Error>> {
    let engine = &*Choice::new(Some(model), None)?.load()?;
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let kinds = ["flac", "wav", "mp3", "m4a", "ogg", "webm"];
        if !path.extension().and_then(|kind| kind.to_str()).is_some_and(|kind| kinds.contains(&kind)) {
            continue;
        }
        let control = CallOptions::new();
        let analysis = audio::analyze(&Recording::from_path(&path), &Limits::default(), &control, false)?;
        let windows = windows(engine, &analysis, &rules(engine.clustering(), changed), &control)?;
        let speech = analysis.speech_spans();
        let size = windows.first().map_or(0, |window| window.vector.len());
        let mut values = vec![speech.len() as f32, windows.len() as f32, size as f32];
        let second = |samples: usize| samples as f32 / SAMPLE_RATE as f32;
        for span in speech.iter().chain(windows.iter().map(|window| &window.span)) {
            values.extend([second(span.start), second(span.end)]);
        }
        values.extend(windows.iter().flat_map(|window| &window.vector));
        let bytes: Vec<u8> = values.iter().flat_map(|value| value.to_le_bytes()).collect();
        fs::write(path.with_extension("windows"), bytes)?;
    }
    Ok(())
}

fn read(path: &Path) -> Result<(Vec<Range<usize>>, Vec<Window>), Box<dyn Error>> {
    let bytes = fs::read(path)?;
    let values: Vec<f32> = bytes.chunks_exact(4).map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]])).collect();
    let [speech, count, size] = [values[0] as usize, values[1] as usize, values[2] as usize];
    let sample = |seconds: f32| (f64::from(seconds) * f64::from(SAMPLE_RATE)).round() as usize;
    let (spans, vectors) = values[3..].split_at(2 * (speech + count));
    let spans: Vec<Range<usize>> = spans.chunks_exact(2).map(|span| sample(span[0])..sample(span[1])).collect();
    let windows = spans[speech..]
        .iter()
        .zip(vectors.chunks_exact(size.max(1)))
        .map(|(span, vector)| Window { span: span.clone(), vector: vector.to_vec() })
        .collect();
    Ok((spans[..speech].to_vec(), windows))
}

/// For each line of `wanted.jsonl` (`file`, `speakers` or null, `rules`) a line of `found.jsonl`
/// with `segments` and the number of `speakers`.
///
/// # Errors
/// A file that cannot be read or written.
pub fn cluster(model: &Path, folder: &Path) -> Result<(), Box<dyn Error>> {
    let engine = Choice::new(Some(model), None)?.load()?;
    let mut found = String::new();
    for line in fs::read_to_string(folder.join("wanted.jsonl"))?.lines() {
        let wanted: Value = serde_json::from_str(line)?;
        let rules = rules(engine.clustering(), &wanted["rules"]);
        let file = folder.join(wanted["file"].as_str().unwrap_or_default()).with_extension("windows");
        let (speech, windows) = read(&file)?;
        let count = wanted["speakers"].as_u64().map(|count| count as usize);
        let voices = voices(&windows, count, &rules, &CallOptions::new())?;
        let second = |samples: usize| samples as f64 / f64::from(SAMPLE_RATE);
        let segments: Vec<Value> = turns(&speech, &windows, &voices, rules.pause)
            .iter()
            .map(|turn| json!({ "start": second(turn.span.start), "end": second(turn.span.end), "speaker_id": turn.voice }))
            .collect();
        let second = second_voice(&windows, &rules, &CallOptions::new())?;
        let line = json!({ "speakers": voices.count, "segments": segments, "second_share": second.share });
        found += &format!("{line}\n");
    }
    fs::write(folder.join("found.jsonl"), found)?;
    Ok(())
}
