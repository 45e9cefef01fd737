//! From scores to log-likelihood ratios: logistic regression on a list of trials.

use std::collections::{BTreeMap, HashMap};

use super::metrics::{Rates, Weighed, cllr, rates, softplus, sorted};
use super::{Condition, Evaluation, Options, Scored, Trial, Trials};
use crate::error::{Code, Error, Result};
use crate::rules::{self, round};
use crate::voice::score::{Calibration, INPUTS, Side, inputs};
use crate::{Control, Decision};

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
/// Holds the weights of inputs that say nothing at 0; too weak to move the others.
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
    /// Each trial's ratio by this calibration, and whether it is the same person.
    pub scores: Vec<(f64, bool)>,
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
/// the speech and the telephone band are taken in where that lowers the cost on speakers held out.
///
/// # Errors
/// What [`Evaluation::new`] returns, and `trials_invalid` with fewer than 20 trials of either kind
/// that could be scored.
pub fn calibrate(trials: &Trials, options: &Options, control: &Control) -> Result<Calibrated> {
    let evaluation = Evaluation::new(trials, options, control)?;
    let list: Vec<&Trial> = trials.iter().collect();
    let rows = rows(&list, evaluation.scored());
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
    let (choice, held_out) = CHOICES
        .into_iter()
        .map(|choice| (choice, cross_validated(&rows, choice)))
        .min_by(|a, b| a.1.total_cmp(&b.1))
        .unwrap_or((CHOICES[0], f64::NAN));
    let fit = fitted(rows.iter(), choice);
    let calibration = Calibration::new(
        evaluation.model(),
        fit.bias,
        fit.weights,
        table(&rows, &fit, false),
        table(&rows, &fit, true),
    );
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
        scores: scored.iter().map(|s| (s.llr, s.target)).collect(),
        calibration,
    })
}

fn rescored(scored: &Scored, calibration: &Calibration) -> Scored {
    if scored.decision == Decision::TooLittleSpeech {
        return *scored;
    }
    let (enrolled, test) = sides(scored);
    let llr = calibration.llr(scored.cosine, enrolled, test);
    let decision = rules::decide(llr, scored.test_seconds, calibration, rules::FALSE_ACCEPT_RATE);
    Scored { llr, decision, ..*scored }
}

/// The two sides of a trial. Which of them was narrow does not matter to the inputs.
fn sides(scored: &Scored) -> (Side, Side) {
    (
        Side { seconds: scored.enrolled_seconds, narrow: scored.narrow_sides > 0 },
        Side { seconds: scored.test_seconds, narrow: scored.narrow_sides > 1 },
    )
}

fn rows(trials: &[&Trial], scored: &[Scored]) -> Vec<Row> {
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
            inputs: inputs(scored.cosine, enrolled, test),
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
    rows
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
/// what comes out is a likelihood ratio without a prior.
fn fitted<'a>(rows: impl Iterator<Item = &'a Row> + Clone, choice: &[usize]) -> Fit {
    let total = |target| rows.clone().filter(|row| row.target == target).map(|row| row.weight).sum::<f64>();
    let (targets, impostors) = (total(true).max(1e-9), total(false).max(1e-9));
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
            let x = |at: usize| if at == 0 { 1.0 } else { row.inputs[choice[at - 1]] };
            let llr: f64 = solution.iter().enumerate().map(|(at, weight)| weight * x(at)).sum();
            let chance = 1.0 / (1.0 + (-llr).exp());
            let weight = row.weight / if row.target { targets } else { impostors };
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
    let mut weights = [0.0; INPUTS.len()];
    choice.iter().zip(&solution[1..]).for_each(|(&input, weight)| weights[input] = *weight);
    Fit { bias: solution[0], weights }
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
/// not trials enough for are left out.
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
    let believed = |share: &f64| share * ratios.len() as f64 >= LEAST_BEHIND;
    SHARES.into_iter().filter(believed).filter_map(reached).collect()
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
        let (one, ten) = (gaussian_rows(1.0), gaussian_rows(10.0));
        let (a, b) = (fitted(one.iter(), &[0]), fitted(ten.iter(), &[0]));
        assert!((a.weights[0] - 2.0).abs() < 0.4, "{}", a.weights[0]);
        assert!((a.weights[0] - 10.0 * b.weights[0]).abs() < 0.01 && a.bias.abs() < 1e-6);
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
        assert!(accepts.windows(2).all(|pair| pair[0][1] <= pair[1][1]) && accepts.len() == 6, "{accepts:?}");
        let wrong = rows.iter().filter(|row| !row.target && fit.llr(row) >= accepts[5][1]).count();
        assert!(wrong <= 6, "{wrong}");
        let rejects = table(&rows, &fit, true);
        assert!(rejects.windows(2).all(|pair| pair[0][1] >= pair[1][1]));
    }

    #[test]
    fn kinds_that_do_not_overlap_still_give_finite_weights() {
        let mut rows = gaussian_rows(1.0);
        rows.retain(|row| row.target == (row.inputs[0] > 0.0));
        let fit = fitted(rows.iter(), &[0, 1, 2, 3, 4]);
        assert!(fit.bias.is_finite() && fit.weights.iter().all(|weight| weight.is_finite()));
    }
}
