//! Error rates by condition, with confidence intervals and baselines.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::Serialize;

use super::background::standardized;
use super::calibrate;
use super::extract::{self, Options};
use super::metrics::{Dice, Weighed, cllr, equal_error_rate, min_dcf, rates, sorted};
use super::scoring::{Extracted, Reference};
use super::{Trial, Trials};
use crate::calibration::cohort::Room;
use crate::calibration::{Calibration, cosine};
use crate::rules::{self, round};
use crate::store::Profile;
use crate::types::error::Result;
use crate::{CallOptions, Decision, Quality};

/// Share of trials of the same person that the detection cost assumes.
pub(super) const PRIOR: f64 = 0.01;
/// Draws behind an interval.
const DRAWS: usize = 1000;
/// Trials of the same person that a condition needs for a rate of one quality word.
const LEAST_TARGETS: usize = 20;
/// The score of a trial that could not be made for want of speech: it never passes.
const UNHEARD: f64 = -1.0;

/// A list of trials, scored.
#[derive(Debug, Clone)]
pub struct Evaluation {
    model: String,
    scored: Vec<Scored>,
    conditions: Vec<Condition>,
    one_sided: Vec<String>,
    by_quality: Vec<ByQuality>,
}

/// One trial and its score.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct Scored {
    /// Whether it is the same person.
    pub target: bool,
    /// Cosine of the two voiceprints, -1 to 1; -1 if a side has too little speech.
    pub cosine: f64,
    /// The calibrated log-likelihood ratio, natural logarithm. None if a side has no speech to
    /// compare, or the model has no calibration.
    pub llr: Option<f64>,
    /// Seconds of speech enrolled.
    pub enrolled_seconds: f64,
    /// Seconds of speech tested.
    pub test_seconds: f64,
    /// The number of sides with telephone bandwidth, 0 to 2.
    pub narrow_sides: u32,
    /// The quality that the enrollment would have.
    pub quality: Quality,
    /// The decision with the default settings; none if the model has no calibration.
    pub decision: Option<Decision>,
}

/// The error rates of one condition, in percent.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Condition {
    /// Its name in the list.
    pub condition: String,
    /// Equal error rate of the calibrated ratios; of the cosines where the model has no calibration.
    pub eer: f64,
    /// Lower end of the 95 % interval, resampling speakers.
    pub eer_low: f64,
    /// Its upper end.
    pub eer_high: f64,
    /// Equal error rate of the cosines of voiceprints alone.
    pub eer_cosine: f64,
    /// Minimum normalised detection cost at a prior of 0.01.
    pub min_dcf: f64,
    /// Equal error rate with equal weight for each enrolled speaker.
    pub eer_by_speaker: Option<f64>,
    /// Equal error rate of the quietest moments alone, room and device: a low one means that a low
    /// `eer` proves little. None if a recording has no such moments.
    pub eer_quiet: Option<f64>,
    /// Cllr in bits, over the trials with enough speech; 0 is perfect, 1 is uninformative.
    pub cllr: Option<f64>,
    /// Trials of the same person.
    pub targets: usize,
    /// Trials of different people.
    pub impostors: usize,
    /// Trials with a side without enough speech; they count as no match.
    pub unheard: usize,
    /// Decisions with the default settings for the same person: shares of match, undecided, no match and too little
    /// speech. None, like the next three, if the model has no calibration.
    pub same: Option<[f64; 4]>,
    /// The same for different people.
    pub different: Option<[f64; 4]>,
    /// Shares of the same person's and of other people's recordings that the same-speaker check would refuse.
    pub guard_refuses: Option<[f64; 2]>,
    /// Shares of the same person's and of other people's recordings that would be reported as duplicates, in a registry
    /// with one other speaker.
    pub called_duplicate: Option<[f64; 2]>,
    /// Error rates with less speech, if asked for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub cuts: Vec<Cut>,
}

/// The error rate where one side has only so much speech.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Cut {
    /// Seconds of speech enrolled; none if the tested side was cut.
    pub enrolled_seconds: Option<f64>,
    /// Seconds of speech tested; none if the enrolled side was cut.
    pub test_seconds: Option<f64>,
    /// Equal error rate in percent.
    pub eer: f64,
    /// That of the same trials uncut.
    pub eer_uncut: f64,
    /// Trials of the same person with as much speech.
    pub targets: usize,
    /// Trials of different people with as much speech.
    pub impostors: usize,
}

/// The error rate of enrollments with one quality word.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[non_exhaustive]
pub struct ByQuality {
    /// The quality.
    pub quality: Quality,
    /// Equal error rate in percent: the mean over the conditions that have all words that occur.
    pub eer: f64,
    /// How many conditions these are.
    pub conditions: usize,
    /// Trials of the same person.
    pub targets: usize,
    /// Trials of different people.
    pub impostors: usize,
}

impl Evaluation {
    /// Reads all recordings and scores all trials.
    ///
    /// # Errors
    /// What a recording that cannot be read gives, with its line; `trials_invalid` if no condition has
    /// trials of both kinds; `model_invalid`; `cancelled`, `timed_out`.
    pub fn new(trials: &Trials, options: &Options, call: &CallOptions) -> Result<Self> {
        trials.one_sided()?;
        let extracted = Extracted::new(trials, options, call)?;
        let calibration = extracted.calibration.as_ref();
        Ok(Self::of(trials, &extracted, &Reference::default(), &|_| calibration, options))
    }

    /// The same with held-out calibrations: each corpus (the conditions that share speakers) is evaluated with a
    /// calibration made on all other corpora of `made_on`.
    ///
    /// # Errors
    /// The same, and those of [`calibrate`](super::calibrate()).
    pub fn left_out(trials: &Trials, made_on: &Trials, options: &Options, call: &CallOptions) -> Result<Self> {
        trials.one_sided()?;
        let extracted = Extracted::new(&trials.with(made_on), options, call)?;
        let (calibrations, reference) = calibrate::left_out(trials, made_on, &extracted)?;
        Ok(Self::of(trials, &extracted, &reference, &|condition| calibrations.get(condition), options))
    }

    /// The error rates of a scored list, with the calibration of each condition.
    pub(super) fn of<'a>(
        trials: &Trials,
        extracted: &Extracted,
        reference: &Reference,
        calibration: &dyn Fn(&str) -> Option<&'a Calibration>,
        options: &Options,
    ) -> Self {
        let mut room = Room::default();
        let scored: Vec<Scored> = trials
            .iter()
            .map(|trial| score(trial, extracted, reference, calibration(&trial.condition), &mut room))
            .collect();
        let list: Vec<&Trial> = trials.iter().collect();
        let mut by_condition: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (at, trial) in list.iter().enumerate() {
            by_condition.entry(&trial.condition).or_default().push(at);
        }
        let of = |(name, of): (&str, Vec<usize>)| {
            let trials: Vec<&Trial> = of.iter().map(|&at| list[at]).collect();
            let scored: Vec<Scored> = of.iter().map(|&at| scored[at]).collect();
            let mut found = figures(name, &trials, &scored, calibration(name))?;
            found.eer_quiet = quiet_floor(&trials, extracted);
            found.cuts = if options.cuts { cut_figures(&trials, extracted) } else { Vec::new() };
            Some(found)
        };
        let conditions = by_condition.into_iter().filter_map(of).collect();
        let by_quality = quality_figures(&list, &scored, extracted);
        let one_sided = trials.one_sided().unwrap_or_default();
        Self { model: extracted.model.clone(), scored, conditions, one_sided, by_quality }
    }

    /// The model that was measured.
    pub fn model(&self) -> &str {
        &self.model
    }

    /// The trials in the order of the list.
    pub fn scored(&self) -> &[Scored] {
        &self.scored
    }

    /// The error rates by the quality of the enrollments, with all conditions together: words for
    /// which there are trials of both kinds, from Poor to High.
    pub fn by_quality(&self) -> &[ByQuality] {
        &self.by_quality
    }

    /// The figures of each condition that has trials of both kinds, in the order of their names.
    pub fn conditions(&self) -> &[Condition] {
        &self.conditions
    }

    /// The conditions that have trials of one kind alone, and so no figures.
    pub fn one_sided(&self) -> &[String] {
        &self.one_sided
    }
}

impl Scored {
    /// Whether a side has too little speech for any answer.
    fn too_short(&self) -> bool {
        self.enrolled_seconds == 0.0 || self.test_seconds < rules::LEAST_TEST_SECONDS
    }
}

fn score(
    trial: &Trial,
    extracted: &Extracted,
    reference: &Reference,
    calibration: Option<&Calibration>,
    room: &mut Room,
) -> Scored {
    let Some((enrolled, test)) = extracted.sides(trial) else {
        return Scored {
            target: trial.target,
            cosine: UNHEARD,
            llr: None,
            enrolled_seconds: 0.0,
            test_seconds: 0.0,
            narrow_sides: 0,
            quality: Quality::Poor,
            decision: calibration.map(|_| Decision::TooLittleSpeech),
        };
    };
    let (side, other) = (enrolled.side(), test.sample.side());
    // A calibration in the making leaves the trial's own speakers out of its cohort.
    let mut prints = || match calibration?.cohort() {
        Some(cohort) if reference.cohort.as_ref().is_some_and(|(own, _)| own == cohort) => {
            reference.prints(trial, extracted, room)
        }
        _ => Some((calibration?.print(&enrolled.vector_sum, side), calibration?.print(&test.sample.vector, other))),
    };
    let llr = prints().and_then(|(one, other)| Some(calibration?.score(&one, &other)));
    let decided = |(llr, calibration)| rules::decide(llr, other.seconds, calibration, rules::FALSE_ACCEPT_RATE);
    Scored {
        target: trial.target,
        cosine: cosine(&enrolled.vector_sum, &test.sample.vector),
        llr,
        enrolled_seconds: side.seconds,
        test_seconds: other.seconds,
        narrow_sides: u32::from(side.narrow) + u32::from(other.narrow),
        quality: rules::quality(&enrolled.evidence(), &extracted.model),
        decision: llr.zip(calibration).map(decided),
    }
}

/// What decides: the ratio, or the cosine where there is no calibration. A side without speech never passes.
fn weighed(scored: &[Scored], calibrated: bool) -> Vec<Weighed> {
    let value = |s: &Scored| if calibrated { s.llr.unwrap_or(f64::NEG_INFINITY) } else { s.cosine };
    scored.iter().map(|s| Weighed { score: value(s), target: s.target, weight: 1.0 }).collect()
}

fn figures(name: &str, trials: &[&Trial], scored: &[Scored], calibration: Option<&Calibration>) -> Option<Condition> {
    let ratios = weighed(scored, calibration.is_some());
    let all = rates(&sorted(ratios.clone()));
    let (eer_low, eer_high) = interval(trials, &ratios);
    let eer_cosine = equal_error_rate(&rates(&sorted(weighed(scored, false))))?;
    let percent = |rate: f64| round(100.0 * rate, 2);
    let answers = |target: bool| {
        let of: Vec<&Scored> = scored.iter().filter(|s| s.target == target).collect();
        let share = |wanted| of.iter().filter(|s| s.decision == Some(wanted)).count() as f64 / of.len().max(1) as f64;
        calibration.map(|_| {
            [Decision::Match, Decision::Undecided, Decision::NoMatch, Decision::TooLittleSpeech]
                .map(|wanted| percent(share(wanted)))
        })
    };
    let both = |passes: &dyn Fn(f64, &Calibration) -> bool| {
        calibration.map(|calibration| {
            [true, false].map(|target| {
                let of: Vec<f64> = scored.iter().filter(|s| s.target == target).filter_map(|s| s.llr).collect();
                percent(of.iter().filter(|llr| passes(**llr, calibration)).count() as f64 / of.len().max(1) as f64)
            })
        })
    };
    let extracted = scored.iter().filter_map(|s| Some(Weighed { score: s.llr?, target: s.target, weight: 1.0 }));
    Some(Condition {
        condition: name.to_owned(),
        eer: percent(equal_error_rate(&all)?),
        eer_low: percent(eer_low),
        eer_high: percent(eer_high),
        eer_cosine: percent(eer_cosine),
        min_dcf: round(min_dcf(&all, PRIOR)?, 3),
        eer_by_speaker: by_speaker(trials, &ratios).map(percent),
        eer_quiet: None,
        cllr: cllr(&extracted.collect::<Vec<_>>()).map(|bits| round(bits, 3)),
        targets: scored.iter().filter(|s| s.target).count(),
        impostors: scored.iter().filter(|s| !s.target).count(),
        unheard: scored.iter().filter(|s| s.too_short()).count(),
        same: answers(true),
        different: answers(false),
        guard_refuses: both(&|llr, calibration| rules::different_voice(llr, calibration).is_some()),
        called_duplicate: both(&|llr, calibration| {
            llr >= rules::roll_threshold(rules::DUPLICATE_FALSE_ALARMS, 1, calibration)
        }),
        cuts: Vec::new(),
    })
}

/// Every enrolled speaker counts the same, among trials of either kind.
fn by_speaker(trials: &[&Trial], scores: &[Weighed]) -> Option<f64> {
    let mut counts: HashMap<(&str, bool), f64> = HashMap::new();
    for trial in trials {
        *counts.entry((&trial.enroll_speaker, trial.target)).or_default() += 1.0;
    }
    let weighed = trials.iter().zip(scores).map(|(trial, score)| Weighed {
        weight: 1.0 / counts.get(&(trial.enroll_speaker.as_str(), trial.target)).copied().unwrap_or(1.0),
        ..*score
    });
    equal_error_rate(&rates(&sorted(weighed.collect())))
}

/// The 95 % interval of the equal error rate when speakers, not trials, are drawn: a trial counts
/// as often as its speakers were drawn, one between two people by the product.
fn interval(trials: &[&Trial], scores: &[Weighed]) -> (f64, f64) {
    let mut numbers: HashMap<&str, usize> = HashMap::new();
    let mut number = |name| {
        let next = numbers.len();
        *numbers.entry(name).or_insert(next)
    };
    let mut order: Vec<(usize, usize, Weighed)> = trials
        .iter()
        .zip(scores)
        .map(|(trial, score)| (number(&trial.enroll_speaker), number(&trial.test_speaker), *score))
        .collect();
    order.sort_by(|a, b| b.2.score.total_cmp(&a.2.score));
    let speakers = numbers.len();
    let mut dice = Dice(1);
    let mut drawn: Vec<f64> = (0..DRAWS)
        .filter_map(|_| {
            let mut times = vec![0.0; speakers];
            (0..speakers).for_each(|_| times[dice.roll(speakers)] += 1.0);
            let resampled: Vec<Weighed> = order
                .iter()
                .map(|&(a, b, trial)| Weighed {
                    weight: if trial.target { times[a] } else { times[a] * times[b] },
                    ..trial
                })
                .collect();
            equal_error_rate(&rates(&resampled))
        })
        .collect();
    drawn.sort_by(f64::total_cmp);
    let at = |share: f64| drawn.get((share * drawn.len() as f64) as usize).copied().unwrap_or(f64::NAN);
    (at(0.025), at(0.975))
}

/// How well the quietest moments tell the recordings apart.
fn quiet_floor(trials: &[&Trial], voices: &Extracted) -> Option<f64> {
    let mut paths: Vec<_> = trials.iter().flat_map(|trial| trial.enroll.iter().chain([&trial.test])).collect();
    paths.sort_unstable();
    paths.dedup();
    let extracted: Vec<_> = paths.into_iter().filter_map(|path| Some((path, voices.voice(path)?))).collect();
    let rows: Vec<&[f32]> = extracted.iter().map(|(_, voice)| voice.quiet.as_slice()).collect();
    let standard: HashMap<_, _> = extracted.iter().map(|(path, _)| path.as_path()).zip(standardized(&rows)).collect();
    let scored: Vec<Weighed> = trials
        .iter()
        .filter_map(|trial| {
            let test = standard.get(trial.test.as_path())?;
            let sides = trial.enroll.iter().filter_map(|path| standard.get(path.as_path()));
            let likeness: Vec<f64> = sides.map(|side| cosine(side, test)).collect();
            let score = likeness.iter().sum::<f64>() / likeness.len().max(1) as f64;
            Some(Weighed { score, target: trial.target, weight: 1.0 })
        })
        .collect();
    equal_error_rate(&rates(&sorted(scored))).map(|rate| round(100.0 * rate, 1))
}

fn cut_figures(trials: &[&Trial], extracted: &Extracted) -> Vec<Cut> {
    let figure = |pairs: Vec<(f64, f64, bool)>, enrolled_seconds, test_seconds| {
        let eer = |value: fn(&(f64, f64, bool)) -> f64| {
            let scored = pairs.iter().map(|pair| Weighed { score: value(pair), target: pair.2, weight: 1.0 });
            equal_error_rate(&rates(&sorted(scored.collect()))).map(|rate| round(100.0 * rate, 2))
        };
        let targets = pairs.iter().filter(|pair| pair.2).count();
        Some(Cut {
            enrolled_seconds,
            test_seconds,
            eer: eer(|pair| pair.0)?,
            eer_uncut: eer(|pair| pair.1)?,
            targets,
            impostors: pairs.len() - targets,
        })
    };
    let enrolled_cut = |seconds: f64| {
        let pairs = trials.iter().filter_map(|trial| {
            let (long, test) = extracted.sides(trial)?;
            let short = cut_profile(trial, extracted, seconds)?;
            Some((extracted.likeness(&short, &test.sample), extracted.likeness(&long, &test.sample), trial.target))
        });
        figure(pairs.collect(), Some(seconds), None)
    };
    let test_cut = |seconds: f64| {
        let pairs = trials.iter().filter_map(|trial| {
            let (long, test) = extracted.sides(trial)?;
            Some((
                extracted.likeness(&long, &test.cut(seconds)?),
                extracted.likeness(&long, &test.sample),
                trial.target,
            ))
        });
        figure(pairs.collect(), None, Some(seconds))
    };
    let enrolled = extract::ENROLLED_CUTS.into_iter().filter_map(enrolled_cut);
    enrolled.chain(extract::TEST_CUTS.into_iter().filter_map(test_cut)).collect()
}

/// What the registry would hold if each of the trial's recordings had had only so much speech.
fn cut_profile(trial: &Trial, extracted: &Extracted, seconds: f64) -> Option<Profile> {
    let cut: Option<Vec<_>> = trial.enroll.iter().map(|path| extracted.voice(path)?.cut(seconds)).collect();
    extract::enrolled(cut?.iter())
}

/// The error rates of enrollments by their quality word: all trials of the list, and with `cuts`
/// also each as if less speech had been enrolled. Conditions differ more than qualities do, so each
/// condition gives a rate of its own, and the mean is taken over those that have all of the words.
fn quality_figures(trials: &[&Trial], scored: &[Scored], extracted: &Extracted) -> Vec<ByQuality> {
    let spoken = trials.iter().zip(scored).filter(|(_, s)| s.enrolled_seconds > 0.0);
    let whole = spoken.map(|(trial, s)| (trial.condition.as_str(), s.quality, s.llr.unwrap_or(s.cosine), s.target));
    let mut all: Vec<(&str, Quality, f64, bool)> = whole.collect();
    for seconds in extract::ENROLLED_CUTS {
        all.extend(trials.iter().filter_map(|trial| {
            let (short, test) = (cut_profile(trial, extracted, seconds)?, extracted.voice(&trial.test)?);
            let likeness = extracted.likeness(&short, &test.sample);
            Some((
                trial.condition.as_str(),
                rules::quality(&short.evidence(), &extracted.model),
                likeness,
                trial.target,
            ))
        }));
    }
    let words = [Quality::Poor, Quality::Average, Quality::Good, Quality::High];
    let of_word = |quality| {
        let mut by_condition: BTreeMap<&str, Vec<Weighed>> = BTreeMap::new();
        for &(condition, _, score, target) in all.iter().filter(|(_, word, ..)| *word == quality) {
            by_condition.entry(condition).or_default().push(Weighed { score, target, weight: 1.0 });
        }
        by_condition.retain(|_, trials| trials.iter().filter(|trial| trial.target).count() >= LEAST_TARGETS);
        (quality, by_condition)
    };
    let mut found: Vec<_> = words.into_iter().map(of_word).filter(|(_, conditions)| !conditions.is_empty()).collect();
    let names: Vec<BTreeSet<&str>> = found.iter().map(|(_, conditions)| conditions.keys().copied().collect()).collect();
    let shared = |name: &str| names.iter().all(|names| names.contains(name));
    if names.iter().flatten().any(|name| shared(name)) {
        found.iter_mut().for_each(|(_, conditions)| conditions.retain(|name, _| shared(name)));
    }
    found
        .into_iter()
        .map(|(quality, conditions)| {
            let count = |target| conditions.values().flatten().filter(|trial| trial.target == target).count();
            let (targets, impostors) = (count(true), count(false));
            let rates: Vec<f64> =
                conditions.into_values().filter_map(|trials| equal_error_rate(&rates(&sorted(trials)))).collect();
            let eer = rates.iter().sum::<f64>() / rates.len() as f64;
            ByQuality { quality, eer: round(100.0 * eer, 2), conditions: rates.len(), targets, impostors }
        })
        .filter(|found| found.conditions > 0)
        .collect()
}
