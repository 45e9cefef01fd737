//! What the trials of a list are scored with: voices, and what they are compared with.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use std::sync::Arc;

use super::extract::{self, Options, Voice, Voices};
use super::{Trial, Trials};
use crate::CallOptions;
use crate::calibration::cohort::{Cohort, Room};
use crate::calibration::{Calibration, Print, cosine, normalize, print};
use crate::models::Choice;
use crate::store::{NewSample, Profile};
use crate::types::error::Result;

/// A list has to have as many speakers for them to be a cohort.
const LEAST_COHORT: usize = 30;
/// The share of a list's speakers that count as the nearest ones, as in the cohorts that ship.
const NEAREST: f64 = 0.1875;

/// The recordings of a list as a model hears them.
pub(super) struct Extracted {
    pub(super) model: String,
    pub(super) calibration: Option<Calibration>,
    /// The cohort that ships with the model.
    cohort: Option<Arc<Cohort>>,
    pub(super) voices: Voices,
}

impl Extracted {
    pub(super) fn new(trials: &Trials, options: &Options, control: &CallOptions) -> Result<Self> {
        let engine = Choice::new(options.model.as_deref(), None)?.load()?;
        let engine = engine.as_ref();
        let calibration = match &options.calibration {
            Some(path) => Some(engine.fitting(Calibration::read(path)?)?),
            None => engine.calibration().cloned(),
        };
        let voices = extract::extract(trials, engine, options.cuts, &control.started())?;
        Ok(Self { model: engine.model().to_owned(), calibration, cohort: engine.cohort().cloned(), voices })
    }

    pub(super) fn voice(&self, path: &Path) -> Option<&Voice> {
        self.voices.get(path)?.as_ref()
    }

    /// What the registry would hold after the trial's recordings were enrolled, and the one tested.
    pub(super) fn sides(&self, trial: &Trial) -> Option<(Profile, &Voice)> {
        let enrolled = trial.enroll.iter().filter_map(|path| self.voice(path)).map(|voice| &voice.sample);
        Some((extract::enrolled(enrolled)?, self.voice(&trial.test)?))
    }

    /// How alike two sides are by the calibration, or else by the cosine.
    pub(super) fn likeness(&self, enrolled: &Profile, test: &NewSample) -> f64 {
        match &self.calibration {
            Some(calibration) => {
                let enrolled = calibration.print(&enrolled.vector_sum, enrolled.side());
                calibration.score(&enrolled, &calibration.print(&test.vector, test.side()))
            }
            None => cosine(&enrolled.vector_sum, &test.vector),
        }
    }
}

/// What scores are compared with while a calibration is made.
#[derive(Default)]
pub(super) struct Reference {
    /// The cohort, and whether it is the model's own.
    pub(super) cohort: Option<(Arc<Cohort>, bool)>,
    /// Which of its voices is whose; a person is not compared with themselves.
    members: HashMap<String, usize>,
}

impl Reference {
    /// The model's own cohort, if it has one.
    pub(super) fn of_model(extracted: &Extracted) -> Self {
        Self { cohort: extracted.cohort.clone().map(|cohort| (cohort, true)), members: HashMap::new() }
    }

    /// The speakers of a list, where there are enough; for a network that nobody knows.
    pub(super) fn of_list(extracted: &Extracted, trials: &Trials) -> Option<Self> {
        let mut vectors: BTreeMap<&str, BTreeMap<&Path, &[f32]>> = BTreeMap::new();
        for trial in trials.iter() {
            let enrolled = trial.enroll.iter().map(|path| (path, &trial.enroll_speaker));
            for (path, speaker) in enrolled.chain([(&trial.test, &trial.test_speaker)]) {
                if let Some(voice) = extracted.voice(path) {
                    vectors.entry(speaker).or_default().insert(path, &voice.sample.vector);
                }
            }
        }
        if vectors.len() < LEAST_COHORT {
            return None;
        }
        let members = vectors.keys().enumerate().map(|(at, name)| ((*name).to_owned(), at)).collect();
        let mean = |of: BTreeMap<&Path, &[f32]>| {
            let mut sum = vec![0.0; of.values().next().map_or(0, |vector| vector.len())];
            of.values().for_each(|vector| sum.iter_mut().zip(*vector).for_each(|(sum, x)| *sum += x));
            normalize(&mut sum);
            sum
        };
        let voices: Vec<Vec<f32>> = vectors.into_values().map(mean).collect();
        let nearest = (NEAREST * voices.len() as f64).round() as usize;
        Some(Self { cohort: Some((Arc::new(Cohort::new(&voices, Vec::new(), nearest)), false)), members })
    }

    /// The two sides of a trial, ready to be compared.
    pub(super) fn prints(&self, trial: &Trial, extracted: &Extracted, room: &mut Room) -> Option<(Print, Print)> {
        let (enrolled, test) = extracted.sides(trial)?;
        let cohort = self.cohort.as_ref().map(|(cohort, _)| cohort.as_ref());
        let speakers = [&trial.enroll_speaker, &trial.test_speaker];
        let mut left_out: Vec<usize> = speakers.iter().filter_map(|name| self.members.get(*name)).copied().collect();
        left_out.dedup();
        let mut ready = |vector: &[f32], side| print(cohort, vector, side, &left_out, room);
        Some((ready(&enrolled.vector_sum, enrolled.side()), ready(&test.sample.vector, test.sample.side())))
    }
}
