//! The voiceprints of the recordings of a list of trials, extracted once each.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::Trials;
use super::background::quiet_profile;
use crate::audio::{self, SAMPLE_RATE};
use crate::runtime::workers;
use crate::store::{NewSample, Profile};
use crate::types::error::{Error, ErrorKind, Result};
use crate::voice::Engine;
use crate::{CallOptions, Limits, Recording, rules};

/// Options of an evaluation.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Options {
    /// An ONNX speaker network in place of the built-in one; see `Registry::options().model`.
    pub model: Option<PathBuf>,
    /// A calibration in place of the model's own.
    pub calibration: Option<PathBuf>,
    /// Also measure error rates against the seconds of speech enrolled and tested.
    pub cuts: bool,
}

impl Options {
    /// The built-in model, whole recordings.
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes another speaker network.
    pub fn model(mut self, path: impl Into<PathBuf>) -> Self {
        self.model = Some(path.into());
        self
    }

    /// Takes another calibration.
    pub fn calibration(mut self, path: impl Into<PathBuf>) -> Self {
        self.calibration = Some(path.into());
        self
    }

    /// Whether error rates are also measured against the seconds of speech.
    pub fn cuts(mut self, cuts: bool) -> Self {
        self.cuts = cuts;
        self
    }
}

/// Seconds of speech that enrolled recordings are cut to.
pub(crate) const ENROLLED_CUTS: [f64; 4] = [3.0, 6.0, 12.0, 24.0];
/// Seconds of speech that tested recordings are cut to.
pub(crate) const TEST_CUTS: [f64; 3] = [2.0, 4.0, 8.0];
/// What is cut, in seconds of a recording's best speech: more than `rules::ENGINE_SECONDS`, so that
/// the cuts show whether listening to more would help.
const CUT_FROM_SECONDS: f64 = 30.0;

/// The voiceprints of one recording. It has no `Debug` form, as that would show a voiceprint.
#[derive(Clone)]
pub(crate) struct Voice {
    pub(crate) sample: NewSample,
    /// Voiceprints of the first seconds of its speech, where it has as many.
    pub(crate) cuts: Vec<(f64, Vec<f32>)>,
    /// The vector of its quietest frames: room and device, not speech.
    pub(crate) quiet: Vec<f32>,
}

impl Voice {
    /// The same recording as if it had held only its first seconds of speech.
    pub(crate) fn cut(&self, seconds: f64) -> Option<NewSample> {
        let (_, vector) = self.cuts.iter().find(|(length, _)| *length == seconds)?;
        Some(NewSample { vector: vector.clone(), speech_seconds: seconds, ..self.sample.clone() })
    }
}

/// Several recordings enrolled as one voice, as the registry does it; none if there are none.
pub(crate) fn enrolled<'a>(samples: impl Iterator<Item = &'a NewSample>) -> Option<Profile> {
    let mut profile = Profile::default();
    samples.for_each(|sample| profile.add(&sample.folded()));
    (profile.recordings > 0).then_some(profile)
}

/// The recordings of a list by their paths; none for one without enough speech.
pub(crate) type Voices = HashMap<PathBuf, Option<Voice>>;

/// Processes every recording of a list, with one thread per core.
pub(crate) fn extract(trials: &Trials, engine: &Engine, cuts: bool, control: &CallOptions) -> Result<Voices> {
    let mut lines: HashMap<&Path, u64> = HashMap::new();
    for trial in trials.iter() {
        for path in trial.enroll.iter().chain([&trial.test]) {
            lines.entry(path).or_insert(trial.line);
        }
    }
    let mut paths: Vec<(&Path, u64)> = lines.into_iter().collect();
    paths.sort_unstable_by_key(|(_, line)| *line);
    let (next, done) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let extracted = Mutex::new(Voices::with_capacity(paths.len()));
    let fault: Mutex<Option<Error>> = Mutex::new(None);
    std::thread::scope(|scope| {
        for _ in 0..workers::cores() {
            scope.spawn(|| {
                while let Some((path, line)) = paths.get(next.fetch_add(1, Ordering::Relaxed)) {
                    match workers::guarded(|| voice(path, engine, cuts, &control.quietly())) {
                        Ok(voice) => drop(lock(&extracted).insert(path.to_path_buf(), voice)),
                        Err(error) => {
                            next.store(paths.len(), Ordering::Relaxed);
                            lock(&fault).get_or_insert(located(error, *line));
                        }
                    }
                    control.report((done.fetch_add(1, Ordering::Relaxed) + 1) as f64 / paths.len() as f64);
                }
            });
        }
    });
    match fault.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner) {
        Some(error) => Err(error),
        None => Ok(extracted.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner)),
    }
}

fn lock<T>(shared: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    shared.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

fn located(error: Error, line: u64) -> Error {
    match error.kind() {
        ErrorKind::Cancelled | ErrorKind::Timeout => error,
        _ => error.on_line(line),
    }
}

fn voice(path: &Path, engine: &Engine, cuts: bool, control: &CallOptions) -> Result<Option<Voice>> {
    control.check()?;
    let analysis = audio::analyze(&Recording::from_path(path), &Limits::default(), control, true)?;
    let found = &analysis.inspection;
    if found.speech_seconds < rules::LEAST_SPEECH_SECONDS {
        return Ok(None);
    }
    let speech = analysis.best_speech(rules::ENGINE_SECONDS, control)?;
    let mut shorter = Vec::new();
    if cuts {
        let uncut = analysis.best_speech(CUT_FROM_SECONDS, control)?;
        for seconds in ENROLLED_CUTS.into_iter().chain(TEST_CUTS) {
            if let Some(cut) = uncut.get(..(seconds * f64::from(SAMPLE_RATE)) as usize) {
                shorter.push((seconds, engine.voiceprint(cut, control)?));
            }
        }
    }
    let end = analysis.inspection.duration.min(60.0) * f64::from(SAMPLE_RATE);
    let start = analysis.samples(std::slice::from_ref(&(0..end as usize)), control)?;
    Ok(Some(Voice {
        sample: NewSample {
            vector: engine.voiceprint(&speech, control)?,
            speech_seconds: found.speech_seconds,
            total_seconds: found.duration,
            snr_db: found.snr_db,
            bandwidth_hz: found.bandwidth_hz,
            problems: Vec::new(),
            heard: None,
        },
        cuts: shorter,
        quiet: quiet_profile(&start),
    }))
}
