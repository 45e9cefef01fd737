//! From scores to log-likelihood ratios: logistic regression on a list of trials.

use std::collections::{BTreeMap, HashMap};

use super::fit::{Fit, LEAST_BEHIND, Row, effective, fitted, table};
use super::metrics::{Rates, Weighed, cllr, rates, softplus, sorted};
use super::scoring::{Extracted, Reference};
use super::{Condition, Evaluation, Options, Trials};
use crate::CallOptions;
use crate::calibration::cohort::Room;
use crate::calibration::{Calibration, Fitted, INPUTS, inputs};
use crate::rules::{self, round};
use crate::types::error::{Code, Error, Result};

/// Fewest trials of either kind that a calibration is made from.
const LEAST_TRIALS: usize = 20;
/// Parts of the speakers for cross-validation.
const FOLDS: usize = 5;
/// The inputs that are always weighed: the cosine, or with a cohort both cosines.
const ALONE: &[usize] = &[0];
const WITH_COHORT: &[usize] = &[0, 5];
/// Which inputs are tried besides, the simplest first: numbers into [`INPUTS`].
const CHOICES: [&[usize]; 4] = [&[], &[1, 2], &[3], &[1, 2, 3, 4]];
/// Shares of the comparisons of two people that may reach the ratio below which it is another person.
const OTHERS_REACH: [f64; 4] = [rules::OTHERS_REACH, 0.3, 0.4, 0.5];
/// The share of a person's recordings that may fall short of that ratio in a corpus that the fit has not heard. Well
/// under what is wanted, as the next corpus may be harder than any on the list.
const CARRIED_OVER: f64 = rules::FALSE_REJECT_RATE / 5.0;
/// Corpora that it takes to see what carries over from some to another.
const LEAST_GROUPS: usize = 3;
/// Inputs besides the cosine are only tried with as many enrolled speakers.
const LEAST_SPEAKERS: usize = 20;
/// And only where the middle nine tenths of the lengths differ by this factor.
const LEAST_SPREAD: f64 = 2.0;
/// By how much of the cost, and at least how many bits, they must lower it on speakers held out.
const LEAST_GAIN: (f64, f64) = (0.05, 0.01);
/// What they may tell without the cosine, as a cost in bits: length and band say nothing of who speaks,
/// and where they seem to, the list was made so.
const BLIND: f64 = 0.97;
/// A calibration and its error rates.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Calibrated {
    /// The calibration, to be written to a file or passed to a registry.
    pub calibration: Calibration,
    /// Equal error rate over all trials in percent.
    pub eer: f64,
    /// Minimum normalised detection cost over all trials at a prior of 0.01.
    pub min_dcf: f64,
    /// Cllr in bits, on held-out corpora or, with fewer than three, on held-out speakers.
    pub cllr: f64,
    /// The minimum Cllr of any monotonic mapping of these scores, on the same trials.
    pub min_cllr: f64,
    /// The quality measures that lowered the cost, in addition to the cosine.
    pub inputs: Vec<&'static str>,
    /// Trials of the same person.
    pub targets: usize,
    /// Trials of different people.
    pub impostors: usize,
    /// The figures by condition, with decisions made by this calibration.
    pub conditions: Vec<Condition>,
    /// Each trial's ratio by this calibration, and whether it is the same person; without those that
    /// could not be scored.
    pub scores: Vec<(f64, bool)>,
    /// The lowest false-accept rate that at least three trials support, with equal weight for each condition;
    /// thresholds for lower rates are extrapolated.
    pub least_false_accept_rate: f64,
}

impl Calibrated {
    /// The error rates of a threshold for this false-accept rate on these trials, with equal weight for each trial.
    pub fn at(&self, false_accept_rate: f64) -> Rates {
        let threshold = self.calibration.threshold(false_accept_rate);
        let share = |target: bool, wrong: fn(f64, f64) -> bool| {
            let of = self.scores.iter().filter(|(_, t)| *t == target);
            let (count, errors) = of.fold((0usize, 0usize), |(count, errors), (llr, _)| {
                (count + 1, errors + usize::from(wrong(*llr, threshold)))
            });
            errors as f64 / count.max(1) as f64
        };
        Rates {
            threshold,
            false_accepts: share(false, |llr, threshold| llr >= threshold),
            false_rejects: share(true, |llr, threshold| llr < threshold),
        }
    }
}

/// Makes a calibration from a list of trials.
///
/// The conditions of the list have equal weight, and within each the two kinds of trial. Scores are normalised with the
/// model's cohort; for a network without one, with the speakers of the list, if there are 30 and it helps. The amount
/// of speech and the telephone band are used if they clearly lower the cost on held-out speakers, with at least 20
/// speakers. Conditions that share speakers are one corpus; with three or more corpora, parameters are chosen that
/// generalise from the others to each.
///
/// # Errors
/// What [`Evaluation::new`] returns, and `trials_invalid` with fewer than 20 trials of either kind
/// that could be scored, or if recordings of the same person score lower than those of different people.
pub fn calibrate(trials: &Trials, options: &Options, call: &CallOptions) -> Result<Calibrated> {
    trials.one_sided()?;
    let extracted = Extracted::new(trials, options, call)?;
    let (mut reference, mut learned) = (Reference::of_model(&extracted), None);
    if reference.cohort.is_none()
        && let Some(list) = Reference::of_list(&extracted, trials)
    {
        let (without, with) = (learn(trials, &extracted, &reference)?, learn(trials, &extracted, &list)?);
        let helps = without.held_out - with.held_out >= LEAST_GAIN.1.max(LEAST_GAIN.0 * without.held_out);
        if helps {
            reference = list;
        }
        learned = Some(if helps { with } else { without });
    }
    let learned = match learned {
        Some(learned) => learned,
        None => learn(trials, &extracted, &reference)?,
    };
    let calibration = learned.calibration;
    let evaluation = Evaluation::of(trials, &extracted, &reference, &|_| Some(&calibration), options);
    let scored = evaluation.scored();
    let ratios =
        scored.iter().map(|s| Weighed { score: s.llr.unwrap_or(f64::NEG_INFINITY), target: s.target, weight: 1.0 });
    let all = rates(&sorted(ratios.collect()));
    let count = |target| scored.iter().filter(|s| s.target == target && s.llr.is_some()).count();
    Ok(Calibrated {
        eer: super::metrics::equal_error_rate(&all).map_or(f64::NAN, |rate| round(100.0 * rate, 2)),
        min_dcf: super::metrics::min_dcf(&all, super::evaluate::PRIOR).map_or(f64::NAN, |cost| round(cost, 3)),
        cllr: round(learned.held_out, 3),
        min_cllr: round(min_cllr(&learned.rows, &learned.fit), 3),
        inputs: learned.choice.iter().skip(1).map(|&input| INPUTS[input]).collect(),
        targets: count(true),
        impostors: count(false),
        conditions: evaluation.conditions().to_vec(),
        scores: scored.iter().filter_map(|s| Some((s.llr?, s.target))).collect(),
        least_false_accept_rate: (LEAST_BEHIND / effective(&learned.rows, false)).min(1.0),
        calibration,
    })
}

/// The calibrations that decide on each condition of a list without having heard its corpus: for each
/// condition the one that was made on all corpora of another list, or the same, but its own.
pub(super) fn left_out(
    trials: &Trials,
    made_on: &Trials,
    extracted: &Extracted,
) -> Result<(HashMap<String, Calibration>, Reference)> {
    let groups = groups(&[trials, made_on]);
    let reference = Reference::of_model(extracted);
    let mut calibrations = HashMap::new();
    let mut numbers: Vec<usize> = trials.iter().filter_map(|trial| groups.get(&*trial.condition)).copied().collect();
    numbers.sort_unstable();
    numbers.dedup();
    for group in numbers {
        let others = made_on.only(|trial| groups.get(&*trial.condition) != Some(&group));
        let made = learn(&others, extracted, &reference)?.calibration;
        for (name, _) in groups.iter().filter(|(_, of)| **of == group) {
            calibrations.insert((*name).to_owned(), made.clone());
        }
    }
    Ok((calibrations, reference))
}

/// What a list teaches.
struct Learned {
    calibration: Calibration,
    rows: Vec<Row>,
    fit: Fit,
    choice: Vec<usize>,
    held_out: f64,
}

fn learn(trials: &Trials, extracted: &Extracted, reference: &Reference) -> Result<Learned> {
    let (rows, seconds) = rows(trials, extracted, reference);
    let count = |target| rows.iter().filter(|row| row.target == target).count();
    let (targets, impostors) = (count(true), count(false));
    if targets < LEAST_TRIALS || impostors < LEAST_TRIALS {
        return Err(Error::new(
            Code::TrialsInvalid,
            format!(
                "only {targets} trials of the same person and {impostors} of different people could be scored; add \
                 trials, as a calibration needs {LEAST_TRIALS} of each"
            ),
        ));
    }
    let base = if reference.cohort.is_some() { WITH_COHORT } else { ALONE };
    let (choice, held_out) = chosen(&rows, seconds, base);
    let fit = fitted(rows.iter(), &choice);
    let fitted = Fitted {
        bias: fit.bias,
        weights: fit.weights,
        seconds: choice.contains(&1).then_some(seconds),
        false_accepts: table(&rows, &fit, false),
        false_rejects: table(&rows, &fit, true),
        no_match: no_match(&rows, &choice, &fit),
    };
    let calibration = Calibration::new(&extracted.model, fitted, reference.cohort.clone());
    if !calibration.rises() {
        return Err(Error::new(
            Code::TrialsInvalid,
            "in this list, recordings of different people score higher than those of the same person; check \
             `target`, which is 1 for the same person",
        ));
    }
    Ok(Learned { calibration, rows, fit, choice, held_out })
}

/// The ratio below which it is another person: as many comparisons of two people reach it as it takes for
/// hardly one of a person in a corpus that the fit has not heard to fall short of it. None with fewer than three
/// corpora.
fn no_match(rows: &[Row], choice: &[usize], fit: &Fit) -> Option<f64> {
    let mut groups: Vec<usize> = rows.iter().map(|row| row.group).collect();
    groups.sort_unstable();
    groups.dedup();
    if groups.len() < LEAST_GROUPS {
        return None;
    }
    let reached = |rows: &[Row], fit: &Fit, share: f64| {
        let table = table(rows, fit, false);
        table.iter().find(|[at, _]| *at == share).map(|[_, ratio]| *ratio)
    };
    let wrong = |group: usize, share: f64| {
        let (kept, left): (Vec<Row>, Vec<Row>) = rows.iter().cloned().partition(|row| row.group != group);
        let fit = fitted(kept.iter(), choice);
        let limit = reached(&kept, &fit, share)?;
        let mut conditions: BTreeMap<usize, (f64, f64)> = BTreeMap::new();
        for row in left.iter().filter(|row| row.target) {
            let (short, all) = conditions.entry(row.condition).or_default();
            *short += f64::from(u8::from(fit.llr(row) < limit));
            *all += 1.0;
        }
        conditions.into_values().map(|(short, all)| short / all).reduce(f64::max)
    };
    let holds =
        |share: &f64| groups.iter().all(|group| wrong(*group, *share).is_none_or(|wrong| wrong <= CARRIED_OVER));
    let share = OTHERS_REACH.into_iter().find(holds).unwrap_or(OTHERS_REACH[OTHERS_REACH.len() - 1]);
    reached(rows, fit, share)
}

/// Which conditions share speakers, and so belong to one corpus.
fn groups<'a>(lists: &[&'a Trials]) -> HashMap<&'a str, usize> {
    let mut groups: BTreeMap<&str, usize> = BTreeMap::new();
    let mut of_speaker: HashMap<&str, usize> = HashMap::new();
    for trial in lists.iter().flat_map(|list| list.iter()) {
        let next = groups.len();
        let group = *groups.entry(&trial.condition).or_insert(next);
        for speaker in [&*trial.enroll_speaker, &*trial.test_speaker] {
            let other = *of_speaker.entry(speaker).or_insert(group);
            if other != group {
                let merge = |number: &mut usize| *number = if *number == group { other } else { *number };
                groups.values_mut().for_each(merge);
                of_speaker.values_mut().for_each(merge);
            }
        }
    }
    groups.into_iter().collect()
}

/// The trials that could be scored, and the seconds of speech of either side that are told apart: the
/// middle nine tenths.
fn rows(trials: &Trials, extracted: &Extracted, reference: &Reference) -> (Vec<Row>, [[f64; 2]; 2]) {
    let groups = groups(&[trials]);
    let mut room = Room::default();
    let prints: Vec<_> =
        trials.iter().filter_map(|trial| Some((trial, reference.prints(trial, extracted, &mut room)?))).collect();
    let middle = |mut seconds: Vec<f64>| {
        seconds.sort_by(f64::total_cmp);
        [0.05, 0.95].map(|share| seconds.get((share * seconds.len() as f64) as usize).copied().unwrap_or(1.0))
    };
    let seconds = [
        middle(prints.iter().map(|(_, (enrolled, _))| enrolled.side.seconds).collect()),
        middle(prints.iter().map(|(_, (_, test))| test.side.seconds).collect()),
    ];
    let mut speakers: HashMap<&str, usize> = HashMap::new();
    let mut conditions: BTreeMap<&str, usize> = BTreeMap::new();
    let mut rows: Vec<Row> = Vec::new();
    for (trial, (enrolled, test)) in &prints {
        let mut speaker = |name| {
            let next = speakers.len();
            *speakers.entry(name).or_insert(next)
        };
        let (enroll_speaker, test_speaker) = (speaker(&trial.enroll_speaker), speaker(&trial.test_speaker));
        let next = conditions.len();
        rows.push(Row {
            inputs: inputs(enrolled, test, seconds),
            target: trial.target,
            weight: 1.0,
            enroll: enroll_speaker,
            test: test_speaker,
            condition: *conditions.entry(&trial.condition).or_insert(next),
            group: groups.get(&*trial.condition).copied().unwrap_or(0),
        });
    }
    let mut counts: HashMap<(usize, bool), f64> = HashMap::new();
    for row in &rows {
        *counts.entry((row.condition, row.target)).or_default() += 1.0;
    }
    for row in &mut rows {
        row.weight = 1.0 / counts.get(&(row.condition, row.target)).copied().unwrap_or(1.0);
    }
    (rows, seconds)
}

/// The inputs that are worth their weights, and the cost on corpora or speakers held out.
fn chosen(rows: &[Row], seconds: [[f64; 2]; 2], base: &[usize]) -> (Vec<usize>, f64) {
    let alone = cross_validated(rows, base);
    let mut speakers: Vec<usize> = rows.iter().filter(|row| row.target).map(|row| row.enroll).collect();
    speakers.sort_unstable();
    speakers.dedup();
    let spread = seconds.iter().all(|[least, most]| most / least >= LEAST_SPREAD);
    let eligible = |choice: &&[usize]| {
        let blind: Vec<usize> = choice.iter().copied().filter(|input| (1..=3).contains(input)).collect();
        speakers.len() >= LEAST_SPEAKERS && (spread || !choice.contains(&1)) && cross_validated(rows, &blind) >= BLIND
    };
    CHOICES[1..]
        .iter()
        .copied()
        .filter(eligible)
        .map(|more| [base, more].concat())
        .map(|choice| (cross_validated(rows, &choice), choice))
        .filter(|(cost, _)| alone - cost >= LEAST_GAIN.1.max(LEAST_GAIN.0 * alone))
        .min_by(|a, b| a.0.total_cmp(&b.0))
        .map_or((base.to_vec(), alone), |(cost, choice)| (choice, cost))
}

/// The cost on each part of the list in turn, by a fit that heard nothing of it: on each corpus where there
/// are three, or else on the speakers of each fold. A list with fewer enrolled speakers than folds is parted
/// by trials instead, and says less.
fn cross_validated(rows: &[Row], choice: &[usize]) -> f64 {
    let mut enrolled: Vec<usize> = rows.iter().filter(|row| row.target).map(|row| row.enroll).collect();
    enrolled.sort_unstable();
    enrolled.dedup();
    let mut groups: Vec<usize> = rows.iter().map(|row| row.group).collect();
    groups.sort_unstable();
    groups.dedup();
    let by_groups = groups.len() >= LEAST_GROUPS;
    let folds = if by_groups { groups.len() } else { FOLDS };
    let place = |speaker: usize| enrolled.binary_search(&speaker).unwrap_or(speaker);
    let by_trials = enrolled.len() < FOLDS;
    let mut scored: Vec<Weighed> = Vec::new();
    for fold in 0..folds {
        let group = groups.get(fold).copied();
        let touches = |at: usize, row: &Row| match (by_groups, by_trials) {
            (true, _) => Some(row.group) == group,
            (false, true) => at % FOLDS == fold,
            (false, false) => place(row.enroll) % FOLDS == fold || place(row.test) % FOLDS == fold,
        };
        let tests = |at: usize, row: &Row| match (by_groups, by_trials) {
            (true, _) => Some(row.group) == group,
            (false, true) => at % FOLDS == fold,
            (false, false) => place(row.enroll) % FOLDS == fold,
        };
        let numbered = rows.iter().enumerate();
        let fit = fitted(numbered.clone().filter(|(at, row)| !touches(*at, row)).map(|(_, row)| row), choice);
        scored.extend(numbered.filter(|(at, row)| tests(*at, row)).map(|(_, row)| Weighed {
            score: fit.llr(row),
            target: row.target,
            weight: row.weight,
        }));
    }
    cllr(&scored).filter(|cost| cost.is_finite()).unwrap_or(f64::INFINITY)
}

/// The least cost of any rising mapping: each trial gets the odds of its neighbours, pooled until
/// they rise (pool adjacent violators).
fn min_cllr(rows: &[Row], fit: &Fit) -> f64 {
    let total = |target| rows.iter().filter(|row| row.target == target).map(|row| row.weight).sum::<f64>();
    let (targets, impostors) = (total(true), total(false));
    let mut order: Vec<&Row> = rows.iter().collect();
    order.sort_by(|a, b| fit.llr(a).total_cmp(&fit.llr(b)));
    // Blocks of (target weight, impostor weight), each as a share of all of its kind.
    let mut blocks: Vec<(f64, f64)> = Vec::new();
    for row in order {
        let (mut t, mut i) = if row.target { (row.weight / targets, 0.0) } else { (0.0, row.weight / impostors) };
        while let Some(&(before_t, before_i)) = blocks.last() {
            // Rising odds: the block before must have the smaller share of targets.
            if before_t * (t + i) < t * (before_t + before_i) {
                break;
            }
            blocks.pop();
            (t, i) = (t + before_t, i + before_i);
        }
        blocks.push((t, i));
    }
    let cost = |(t, i): &(f64, f64)| {
        let llr = (t / i).ln();
        let of = |weight: f64, sign: f64| if weight > 0.0 { weight * softplus(sign * llr) } else { 0.0 };
        of(*t, -1.0) + of(*i, 1.0)
    };
    blocks.iter().map(cost).sum::<f64>() / (2.0 * std::f64::consts::LN_2)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Scores of two normal distributions that are well calibrated by construction: the ratio of
    /// N(m, s) to N(-m, s) at x is 2 m x / s^2.
    fn gaussian_rows(scale: f64) -> Vec<Row> {
        let normal = |at: usize, of: usize| {
            // The quantiles of a logistic curve come close enough to those of a normal one.
            let p = (at as f64 + 0.5) / of as f64;
            (p / (1.0 - p)).ln() / 1.702
        };
        let row = |score: f64, target: bool, speaker: usize| Row {
            inputs: [score, 2.0, 1.0, 0.0, 0.0, 0.0, 0.0],
            target,
            weight: 1.0,
            enroll: speaker,
            test: if target { speaker } else { speaker + 1 },
            condition: 0,
            group: 0,
        };
        let of = |mean: f64, target: bool| {
            (0..500).map(move |at| row(scale * (mean + normal(at, 500)), target, at * 7 % 50)).collect::<Vec<_>>()
        };
        let mut rows = of(1.0, true);
        rows.extend(of(-1.0, false));
        rows
    }

    #[test]
    fn the_ratio_of_two_bells_is_found_whatever_the_scale_of_the_scores() {
        let one = fitted(gaussian_rows(1.0).iter(), &[0]);
        assert!((one.weights[0] - 2.0).abs() < 0.4, "{}", one.weights[0]);
        for scale in [0.001, 0.01, 10.0] {
            let other = fitted(gaussian_rows(scale).iter(), &[0]);
            assert!((one.weights[0] - scale * other.weights[0]).abs() < 1e-6, "{scale}: {}", other.weights[0]);
            assert!(other.bias.abs() < 1e-6);
        }
    }

    #[test]
    fn lengths_that_say_nothing_or_give_the_kinds_away_are_not_weighed() {
        let wide = [[2.0, 20.0]; 2];
        let with = |length: fn(&Row, usize) -> f64| {
            let mut rows = gaussian_rows(1.0);
            for (at, row) in rows.iter_mut().enumerate() {
                (row.inputs[1], row.inputs[2]) = (length(row, at), length(row, at * 31 % 1000));
            }
            rows
        };
        let random = with(|_, at| (at * 7919 % 1000) as f64 / 500.0);
        assert_eq!(chosen(&random, wide, ALONE).0, [0]);
        // The same person's recordings are longer: true of the list, and of nobody's voice.
        let made_so = with(|row, at| f64::from(u8::from(row.target)) + (at * 7919 % 1000) as f64 / 500.0);
        assert_eq!(chosen(&made_so, wide, ALONE).0, [0]);
        // Short recordings move the score of both kinds: here a length is worth something.
        let mut moved = random;
        moved.iter_mut().for_each(|row| row.inputs[0] += 3.0 * row.inputs[2]);
        assert_eq!(chosen(&moved, wide, ALONE).0, [0, 1, 2]);
        assert_eq!(chosen(&moved, [[2.0, 20.0], [3.0, 3.5]], ALONE).0, [0]);
        moved.retain(|row| row.enroll < 15);
        assert_eq!(chosen(&moved, wide, ALONE).0, [0]);
    }

    #[test]
    fn a_calibration_costs_hardly_more_than_the_best_mapping() {
        let rows = gaussian_rows(1.0);
        let fit = fitted(rows.iter(), ALONE);
        let (least, held_out) = (min_cllr(&rows, &fit), cross_validated(&rows, ALONE));
        assert!(least > 0.1 && held_out >= least && held_out < least + 0.03, "{least} {held_out}");
    }

    #[test]
    fn thresholds_rise_as_fewer_may_pass() {
        let rows = gaussian_rows(1.0);
        let fit = fitted(rows.iter(), &[0]);
        let accepts = table(&rows, &fit, false);
        assert!(accepts.windows(2).all(|pair| pair[0][1] <= pair[1][1]) && accepts.len() == 9, "{accepts:?}");
        let wrong = rows.iter().filter(|row| !row.target && fit.llr(row) >= accepts[7][1]).count();
        assert!(wrong <= 6, "{wrong}");
        let rejects = table(&rows, &fit, true);
        assert!(rejects.windows(2).all(|pair| pair[0][1] >= pair[1][1]));
    }

    #[test]
    fn no_threshold_for_a_rate_that_was_not_seen_lies_below_what_was() {
        let mut rows = gaussian_rows(1.0);
        let mut impostors = 0;
        rows.retain(|row| {
            impostors += usize::from(!row.target);
            row.target || impostors % 25 == 0
        });
        let fit = fitted(rows.iter(), &[0]);
        let highest = rows.iter().filter(|row| !row.target).map(|row| fit.llr(row)).fold(f64::MIN, f64::max);
        let (accepts, rejects) = (table(&rows, &fit, false), table(&rows, &fit, true));
        assert_eq!(accepts.iter().map(|[share, _]| *share).collect::<Vec<_>>(), [0.5, 0.4, 0.3, 0.2, 0.05]);
        let (bias, weights) = (fit.bias, fit.weights);
        let fitted = Fitted { bias, weights, false_accepts: accepts, false_rejects: rejects, ..Fitted::default() };
        let calibration = Calibration::new("m", fitted, None);
        assert!((calibration.threshold(0.01) - highest - 5f64.ln()).abs() < 1e-9);
    }

    #[test]
    fn one_trial_that_weighs_as_much_as_many_does_not_count_as_many() {
        let mut rows = gaussian_rows(1.0);
        assert!((effective(&rows, false) - 500.0).abs() < 1e-6);
        let heavy = rows.iter_mut().find(|row| !row.target).unwrap();
        heavy.weight = 500.0;
        assert!(effective(&rows, false) < 4.1);
    }

    #[test]
    fn kinds_that_do_not_overlap_still_give_finite_weights() {
        let mut rows = gaussian_rows(1.0);
        rows.retain(|row| row.target == (row.inputs[0] > 0.0));
        let fit = fitted(rows.iter(), &[0, 1, 2, 3, 4]);
        assert!(fit.weights[0] > 0.0 && fit.bias.is_finite() && fit.weights.iter().all(|weight| weight.is_finite()));
    }

    #[test]
    fn conditions_that_share_speakers_are_one_corpus() {
        let list = "enroll,test,target,condition,enroll_speaker,test_speaker\na,b,1,calls,p1,p1\nc,d,0,rooms,p3,p4\n\
            e,f,1,pairs,p2,p2\ng,h,0,pairs,p2,p1\n";
        let trials = Trials::parse(list.as_bytes(), std::path::Path::new("")).unwrap();
        let found = groups(&[&trials]);
        assert_eq!(found["calls"], found["pairs"]);
        assert_ne!(found["calls"], found["rooms"]);
    }

    /// Three corpora; in the last one a person sounds less like themselves.
    fn corpora(harder: f64) -> Vec<Row> {
        (0..3)
            .flat_map(|group| {
                gaussian_rows(1.0).into_iter().map(move |mut row| {
                    (row.group, row.condition) = (group, group);
                    row.inputs[0] += 2.0 * f64::from(u8::from(row.target));
                    row.inputs[0] -= if group == 2 && row.target { harder } else { 0.0 };
                    row
                })
            })
            .collect()
    }

    #[test]
    fn another_person_is_said_of_fewer_where_some_corpus_is_harder_than_the_rest() {
        let limit = |rows: &[Row]| no_match(rows, ALONE, &fitted(rows.iter(), ALONE)).unwrap();
        let reach = |rows: &[Row]| {
            let fit = fitted(rows.iter(), ALONE);
            let limit = limit(rows);
            let others: Vec<f64> = rows.iter().filter(|row| !row.target).map(|row| fit.llr(row)).collect();
            others.iter().filter(|llr| **llr >= limit).count() as f64 / others.len() as f64
        };
        assert!((reach(&corpora(0.0)) - rules::OTHERS_REACH).abs() < 0.01, "{}", reach(&corpora(0.0)));
        assert!(reach(&corpora(2.0)) > rules::OTHERS_REACH + 0.05, "{}", reach(&corpora(2.0)));
        let two: Vec<Row> = corpora(0.0).into_iter().filter(|row| row.group < 2).collect();
        assert_eq!(no_match(&two, ALONE, &fitted(two.iter(), ALONE)), None);
    }

    #[test]
    fn two_cosines_that_say_the_same_count_alike_whatever_their_scales() {
        let mut rows = gaussian_rows(1.0);
        for (at, row) in rows.iter_mut().enumerate() {
            let noise = (at * 7919 % 1000) as f64 / 250.0;
            (row.inputs[0], row.inputs[5]) = (0.1 * row.inputs[0] + 0.03 * noise, 7.0 * row.inputs[0]);
        }
        let fit = fitted(rows.iter(), WITH_COHORT);
        let deviation = |input: usize| {
            let others: Vec<f64> = rows.iter().filter(|row| !row.target).map(|row| row.inputs[input]).collect();
            let mean = others.iter().sum::<f64>() / others.len() as f64;
            (others.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / others.len() as f64).sqrt()
        };
        let (plain, normalised) = (fit.weights[0] * deviation(0), fit.weights[5] * deviation(5));
        assert!(plain > 0.1 && (plain - normalised).abs() < 1e-9, "{plain} {normalised}");
    }
}
