//! From scores to log-likelihood ratios: logistic regression on a list of trials.

use std::collections::{BTreeMap, HashMap};

use super::metrics::{Rates, Weighed, cllr, rates, softplus, sorted};
use super::{Condition, Evaluation, Options, Scored, Trial, Trials};
use crate::Control;
use crate::error::{Code, Error, Result};
use crate::rules::{self, round};
use crate::voice::score::{Calibration, INPUTS, Side, inputs};

/// Fewest trials of either kind that a calibration is made from.
const LEAST_TRIALS: usize = 20;
/// Parts of the speakers for cross-validation.
const FOLDS: usize = 5;
/// A share of trials is believed where at least this many stand behind it.
const LEAST_BEHIND: f64 = 3.0;
/// The shares that a calibration knows thresholds for.
const SHARES: [f64; 10] = [0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001, 0.0005];
/// Which inputs are tried, the simplest first: numbers into [`INPUTS`].
const CHOICES: [&[usize]; 4] = [&[0], &[0, 1, 2], &[0, 3], &[0, 1, 2, 3, 4]];
/// Inputs besides the cosine are only tried with as many enrolled speakers.
const LEAST_SPEAKERS: usize = 20;
/// And only where the middle nine tenths of the lengths differ by this factor.
const LEAST_SPREAD: f64 = 2.0;
/// By how much of the cost, and at least how many bits, they must lower it on speakers held out.
const LEAST_GAIN: (f64, f64) = (0.05, 0.01);
/// What they may tell without the cosine, as a cost in bits: length and band say nothing of who speaks,
/// and where they seem to, the list was made so.
const BLIND: f64 = 0.97;
/// Holds the weights of inputs that say nothing at 0, all inputs having the same deviation; too weak to
/// move the others.
const RIDGE: f64 = 1e-4;

/// A calibration and how good it is.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Calibrated {
    /// What was made, to be written to a file or given to a registry.
    pub calibration: Calibration,
    /// Equal error rate over all trials in percent.
    pub eer: f64,
    /// Least normalised detection cost over all trials at a prior of 0.01.
    pub min_dcf: f64,
    /// Cost of the ratios in bits, on speakers that the calibration had not seen.
    pub cllr: f64,
    /// The least that any monotonous mapping of these scores could reach, on the trials themselves.
    pub min_cllr: f64,
    /// The inputs that lowered the cost, besides the cosine.
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
    /// The least false-accept rate that three of the trials stand behind, each condition counting alike;
    /// thresholds for smaller ones are drawn on from what was seen.
    pub least_false_accept_rate: f64,
}

impl Calibrated {
    /// How often a threshold for this false-accept rate errs on these very trials, all of them
    /// counted alike.
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

/// One trial as the regression sees it.
struct Row {
    inputs: [f64; INPUTS.len()],
    target: bool,
    weight: f64,
    enroll: usize,
    test: usize,
    condition: usize,
}

/// A constant and a weight for each input; 0 for those that were not tried.
#[derive(Clone, Copy)]
struct Fit {
    bias: f64,
    weights: [f64; INPUTS.len()],
}

impl Fit {
    fn llr(&self, row: &Row) -> f64 {
        self.bias + self.weights.iter().zip(row.inputs).map(|(weight, input)| weight * input).sum::<f64>()
    }
}

/// Makes a calibration from a list of trials.
///
/// The conditions of the list count alike, and within each the two kinds of trial. The length of
/// the speech and the telephone band are taken in where that clearly lowers the cost on speakers held
/// out, among at least 20 of them.
///
/// # Errors
/// What [`Evaluation::new`] returns, and `trials_invalid` with fewer than 20 trials of either kind
/// that could be scored, or where one person's recordings sound less alike than two people's.
pub fn calibrate(trials: &Trials, options: &Options, control: &Control) -> Result<Calibrated> {
    let evaluation = Evaluation::new(trials, options, control)?;
    let list: Vec<&Trial> = trials.iter().collect();
    let (rows, seconds) = rows(&list, evaluation.scored());
    let count = |target| rows.iter().filter(|row| row.target == target).count();
    let (targets, impostors) = (count(true), count(false));
    if targets < LEAST_TRIALS || impostors < LEAST_TRIALS {
        return Err(Error::new(
            Code::TrialsInvalid,
            format!(
                "{targets} trials of the same person and {impostors} of different people could be scored; a \
                 calibration needs {LEAST_TRIALS} of each"
            ),
        ));
    }
    let (choice, held_out) = chosen(&rows, seconds);
    let fit = fitted(rows.iter(), choice);
    let lengths_count = choice.contains(&1);
    let calibration = Calibration::new(
        evaluation.model(),
        fit.bias,
        fit.weights,
        lengths_count.then_some(seconds),
        table(&rows, &fit, false),
        table(&rows, &fit, true),
    );
    if !calibration.rises() {
        return Err(Error::new(
            Code::TrialsInvalid,
            "in this list one person's recordings sound less alike than two people's: is `target` the wrong way \
             round? It is 1 for the same person",
        ));
    }
    let scored = evaluation.scored().iter().map(|scored| rescored(scored, &calibration)).collect::<Vec<_>>();
    let cosines = scored.iter().map(|s| Weighed { score: s.cosine, target: s.target, weight: 1.0 }).collect();
    let all = rates(&sorted(cosines));
    Ok(Calibrated {
        eer: super::metrics::equal_error_rate(&all).map_or(f64::NAN, |rate| round(100.0 * rate, 2)),
        min_dcf: super::metrics::min_dcf(&all, super::evaluate::PRIOR).map_or(f64::NAN, |cost| round(cost, 3)),
        cllr: round(held_out, 3),
        min_cllr: round(min_cllr(&rows), 3),
        inputs: choice.iter().skip(1).map(|&input| INPUTS[input]).collect(),
        targets,
        impostors,
        conditions: evaluation.calibrated(&calibration).figures(&list, &scored),
        scores: scored.iter().filter_map(|s| Some((s.llr?, s.target))).collect(),
        least_false_accept_rate: (LEAST_BEHIND / effective(&rows, false)).min(1.0),
        calibration,
    })
}

fn rescored(scored: &Scored, calibration: &Calibration) -> Scored {
    if scored.enrolled_seconds == 0.0 {
        return *scored;
    }
    let (enrolled, test) = sides(scored);
    let llr = calibration.llr(scored.cosine, enrolled, test);
    let decision = rules::decide(llr, scored.test_seconds, calibration, rules::FALSE_ACCEPT_RATE);
    Scored { llr: Some(llr), decision: Some(decision), ..*scored }
}

/// The two sides of a trial. Which of them was narrow does not matter to the inputs.
fn sides(scored: &Scored) -> (Side, Side) {
    (
        Side { seconds: scored.enrolled_seconds, narrow: scored.narrow_sides > 0 },
        Side { seconds: scored.test_seconds, narrow: scored.narrow_sides > 1 },
    )
}

/// The trials that could be scored, and the seconds of speech of either side that are told apart: the
/// middle nine tenths.
fn rows(trials: &[&Trial], scored: &[Scored]) -> (Vec<Row>, [[f64; 2]; 2]) {
    let middle = |of: fn(&Scored) -> f64| {
        let mut seconds: Vec<f64> = scored.iter().filter(|s| s.enrolled_seconds > 0.0).map(of).collect();
        seconds.sort_by(f64::total_cmp);
        [0.05, 0.95].map(|share| seconds.get((share * seconds.len() as f64) as usize).copied().unwrap_or(1.0))
    };
    let seconds = [middle(|s| s.enrolled_seconds), middle(|s| s.test_seconds)];
    let mut speakers: HashMap<&str, usize> = HashMap::new();
    let mut conditions: BTreeMap<&str, usize> = BTreeMap::new();
    let mut rows: Vec<Row> = Vec::new();
    for (trial, scored) in trials.iter().zip(scored).filter(|(_, s)| s.enrolled_seconds > 0.0) {
        let mut speaker = |name| {
            let next = speakers.len();
            *speakers.entry(name).or_insert(next)
        };
        let (enrolled, test) = sides(scored);
        let (enroll_speaker, test_speaker) = (speaker(&trial.enroll_speaker), speaker(&trial.test_speaker));
        let next = conditions.len();
        rows.push(Row {
            inputs: inputs(scored.cosine, enrolled.within(seconds[0]), test.within(seconds[1])),
            target: scored.target,
            weight: 1.0,
            enroll: enroll_speaker,
            test: test_speaker,
            condition: *conditions.entry(&trial.condition).or_insert(next),
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

/// The inputs that are worth their weights, and the cost on speakers held out.
fn chosen(rows: &[Row], seconds: [[f64; 2]; 2]) -> (&'static [usize], f64) {
    let alone = cross_validated(rows, CHOICES[0]);
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
        .map(|choice| (choice, cross_validated(rows, choice)))
        .filter(|(_, cost)| alone - cost >= LEAST_GAIN.1.max(LEAST_GAIN.0 * alone))
        .min_by(|a, b| a.1.total_cmp(&b.1))
        .unwrap_or((CHOICES[0], alone))
}

/// How many trials of a kind the weights leave: as many that counted alike would say as much (Kish).
fn effective(rows: &[Row], target: bool) -> f64 {
    let weights = rows.iter().filter(|row| row.target == target).map(|row| row.weight);
    let (sum, squares) = weights.fold((0.0, 0.0), |(sum, squares), weight| (sum + weight, squares + weight * weight));
    if squares > 0.0 { sum * sum / squares } else { 0.0 }
}

/// The cost on the speakers of each fold in turn, by a fit that heard none of them. A list with
/// fewer enrolled speakers than folds is parted by trials instead, and says less.
fn cross_validated(rows: &[Row], choice: &[usize]) -> f64 {
    let mut enrolled: Vec<usize> = rows.iter().filter(|row| row.target).map(|row| row.enroll).collect();
    enrolled.sort_unstable();
    enrolled.dedup();
    let place = |speaker: usize| enrolled.binary_search(&speaker).unwrap_or(speaker);
    let by_trials = enrolled.len() < FOLDS;
    let mut scored: Vec<Weighed> = Vec::new();
    for fold in 0..FOLDS {
        let touches = |at: usize, row: &Row| match by_trials {
            true => at % FOLDS == fold,
            false => place(row.enroll) % FOLDS == fold || place(row.test) % FOLDS == fold,
        };
        let tests = |at: usize, row: &Row| match by_trials {
            true => at % FOLDS == fold,
            false => place(row.enroll) % FOLDS == fold,
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
fn min_cllr(rows: &[Row]) -> f64 {
    let total = |target| rows.iter().filter(|row| row.target == target).map(|row| row.weight).sum::<f64>();
    let (targets, impostors) = (total(true), total(false));
    let mut order: Vec<&Row> = rows.iter().collect();
    order.sort_by(|a, b| a.inputs[0].total_cmp(&b.inputs[0]));
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

/// Logistic regression by Newton's method; both kinds of trial weigh the same in total, so that
/// what comes out is a likelihood ratio without a prior. Inputs are held against their own mean and
/// deviation meanwhile, as the cosines of one network lie closer together than another's.
fn fitted<'a>(rows: impl Iterator<Item = &'a Row> + Clone, choice: &[usize]) -> Fit {
    let total = |target| rows.clone().filter(|row| row.target == target).map(|row| row.weight).sum::<f64>();
    let (targets, impostors) = (total(true).max(1e-9), total(false).max(1e-9));
    let share = |row: &Row| row.weight / if row.target { targets } else { impostors } / 2.0;
    let scales: Vec<(f64, f64)> = choice
        .iter()
        .map(|&input| {
            let mean = rows.clone().map(|row| share(row) * row.inputs[input]).sum::<f64>();
            let power = rows.clone().map(|row| share(row) * (row.inputs[input] - mean).powi(2)).sum::<f64>();
            (mean, if power.sqrt() > 1e-9 { power.sqrt() } else { f64::INFINITY })
        })
        .collect();
    let size = choice.len() + 1;
    let mut solution = vec![0.0; size];
    for _ in 0..50 {
        let mut gradient = vec![0.0; size];
        let mut curvature = vec![vec![0.0; size]; size];
        for (at, (slope, row)) in gradient.iter_mut().zip(&mut curvature).enumerate().skip(1) {
            *slope = RIDGE * solution[at];
            row[at] = RIDGE;
        }
        for row in rows.clone() {
            let x = |at: usize| match at {
                0 => 1.0,
                _ => (row.inputs[choice[at - 1]] - scales[at - 1].0) / scales[at - 1].1,
            };
            let llr: f64 = solution.iter().enumerate().map(|(at, weight)| weight * x(at)).sum();
            let chance = 1.0 / (1.0 + (-llr).exp());
            let weight = 2.0 * share(row);
            let error = chance - if row.target { 1.0 } else { 0.0 };
            for (a, (slope, cells)) in gradient.iter_mut().zip(&mut curvature).enumerate() {
                *slope += weight * error * x(a);
                for (b, cell) in cells.iter_mut().enumerate() {
                    *cell += weight * chance * (1.0 - chance) * x(a) * x(b);
                }
            }
        }
        let Some(step) = solved(curvature, gradient) else { break };
        let largest = step.iter().fold(0.0f64, |most, x| most.max(x.abs()));
        // Kinds that do not overlap would drive the weights to infinity.
        let scale = if largest > 5.0 { 5.0 / largest } else { 1.0 };
        solution.iter_mut().zip(step).for_each(|(x, step)| *x -= scale * step);
        if largest < 1e-9 {
            break;
        }
    }
    let mut fit = Fit { bias: solution[0], weights: [0.0; INPUTS.len()] };
    for ((&input, (mean, deviation)), weight) in choice.iter().zip(scales).zip(&solution[1..]) {
        fit.weights[input] = weight / deviation;
        fit.bias -= weight * mean / deviation;
    }
    fit
}

/// Solves a small system of equations; nothing where it has no one solution.
fn solved(mut matrix: Vec<Vec<f64>>, mut right: Vec<f64>) -> Option<Vec<f64>> {
    let size = right.len();
    for column in 0..size {
        let pivot = (column..size).max_by(|&a, &b| matrix[a][column].abs().total_cmp(&matrix[b][column].abs()))?;
        if matrix[pivot][column].abs() < 1e-12 {
            return None;
        }
        matrix.swap(column, pivot);
        right.swap(column, pivot);
        let (done, below) = matrix.split_at_mut(column + 1);
        let lead = &done[column];
        for (row, value) in below.iter_mut().zip(column + 1..) {
            let factor = row[column] / lead[column];
            row.iter_mut().zip(lead).skip(column).for_each(|(x, y)| *x -= factor * y);
            right[value] -= factor * right[column];
        }
    }
    for column in (0..size).rev() {
        right[column] /= matrix[column][column];
        for row in 0..column {
            right[row] -= matrix[row][column] * right[column];
        }
    }
    Some(right)
}

/// For each share, the ratio that so many trials of a kind reach (of different people) or fall
/// short of (of one person), all conditions together, each counting alike. Shares that there are
/// not trials enough for are left out; the table ends where it would go on to (see
/// [`Calibration::threshold`]), or further out with the furthest ratio of all.
fn table(rows: &[Row], fit: &Fit, target: bool) -> Vec<[f64; 2]> {
    // Of different people the high ratios do harm, of one person the low ones.
    let sign = if target { -1.0 } else { 1.0 };
    let of = rows.iter().filter(|row| row.target == target);
    let mut ratios: Vec<(f64, f64)> = of.map(|row| (sign * fit.llr(row), row.weight)).collect();
    ratios.sort_by(|a, b| b.0.total_cmp(&a.0));
    let total: f64 = ratios.iter().map(|(_, weight)| weight).sum();
    let reached = |share: f64| {
        let mut left = share * total;
        let passed = ratios.iter().find(|(_, weight)| {
            left -= weight;
            left < 0.0
        });
        passed.map(|(ratio, _)| [share, sign * ratio])
    };
    let count = effective(rows, target);
    let believed = |share: &f64| share * count >= LEAST_BEHIND;
    let mut table: Vec<[f64; 2]> = SHARES.into_iter().filter(believed).filter_map(reached).collect();
    if let Some((furthest, _)) = ratios.first() {
        let believed = table.last().map_or(f64::MIN, |[at, ratio]| sign * ratio + (at * count).ln());
        table.push([1.0 / count, sign * furthest.max(believed)]);
    }
    table
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
            inputs: [score, 2.0, 1.0, 0.0, 0.0],
            target,
            weight: 1.0,
            enroll: speaker,
            test: if target { speaker } else { speaker + 1 },
            condition: 0,
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
        assert_eq!(chosen(&random, wide).0, [0]);
        // The same person's recordings are longer: true of the list, and of nobody's voice.
        let made_so = with(|row, at| f64::from(u8::from(row.target)) + (at * 7919 % 1000) as f64 / 500.0);
        assert_eq!(chosen(&made_so, wide).0, [0]);
        // Short recordings move the score of both kinds: here a length is worth something.
        let mut moved = random;
        moved.iter_mut().for_each(|row| row.inputs[0] += 3.0 * row.inputs[2]);
        assert_eq!(chosen(&moved, wide).0, [0, 1, 2]);
        assert_eq!(chosen(&moved, [[2.0, 20.0], [3.0, 3.5]]).0, [0]);
        moved.retain(|row| row.enroll < 15);
        assert_eq!(chosen(&moved, wide).0, [0]);
    }

    #[test]
    fn a_calibration_costs_hardly_more_than_the_best_mapping() {
        let rows = gaussian_rows(1.0);
        let (least, held_out) = (min_cllr(&rows), cross_validated(&rows, &[0]));
        assert!(least > 0.1 && held_out >= least && held_out < least + 0.03, "{least} {held_out}");
    }

    #[test]
    fn thresholds_rise_as_fewer_may_pass() {
        let rows = gaussian_rows(1.0);
        let fit = fitted(rows.iter(), &[0]);
        let accepts = table(&rows, &fit, false);
        assert!(accepts.windows(2).all(|pair| pair[0][1] <= pair[1][1]) && accepts.len() == 7, "{accepts:?}");
        let wrong = rows.iter().filter(|row| !row.target && fit.llr(row) >= accepts[5][1]).count();
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
        assert_eq!(accepts.iter().map(|[share, _]| *share).collect::<Vec<_>>(), [0.5, 0.2, 0.05]);
        let calibration = Calibration::new("m", fit.bias, fit.weights, None, accepts, rejects);
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
}
