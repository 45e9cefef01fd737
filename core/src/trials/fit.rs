//! Logistic regression on trials, and the tables of errors that its ratios make.

use crate::calibration::INPUTS;

/// A share of trials is believed where at least this many stand behind it.
pub(super) const LEAST_BEHIND: f64 = 3.0;
/// The shares that a calibration knows thresholds for.
const SHARES: [f64; 14] = [0.5, 0.4, 0.3, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001, 0.0005, 0.0002, 0.0001];
/// Holds the weights of inputs that say nothing at 0, all inputs having the same deviation; too weak to
/// move the others.
const RIDGE: f64 = 1e-4;

/// One trial as the regression sees it.
#[derive(Clone)]
pub(super) struct Row {
    pub(super) inputs: [f64; INPUTS.len()],
    pub(super) target: bool,
    pub(super) weight: f64,
    pub(super) enroll: usize,
    pub(super) test: usize,
    pub(super) condition: usize,
    /// The conditions that share speakers: a corpus.
    pub(super) group: usize,
}

/// A constant and a weight for each input; 0 for those that were not tried.
#[derive(Clone, Copy)]
pub(super) struct Fit {
    pub(super) bias: f64,
    pub(super) weights: [f64; INPUTS.len()],
}

impl Fit {
    pub(super) fn llr(&self, row: &Row) -> f64 {
        self.bias + self.weights.iter().zip(row.inputs).map(|(weight, input)| weight * input).sum::<f64>()
    }
}

/// How many trials of a kind the weights leave: as many that counted alike would say as much (Kish).
pub(super) fn effective(rows: &[Row], target: bool) -> f64 {
    let weights = rows.iter().filter(|row| row.target == target).map(|row| row.weight);
    let (sum, squares) = weights.fold((0.0, 0.0), |(sum, squares), weight| (sum + weight, squares + weight * weight));
    if squares > 0.0 { sum * sum / squares } else { 0.0 }
}

/// The fit of some inputs. Where both cosines are among them, the plain and the normalised one, they count alike,
/// each by its deviation between different people: they say nearly the same, and a list with few speakers would play
/// one off against the other.
pub(super) fn fitted<'a>(rows: impl Iterator<Item = &'a Row> + Clone, choice: &[usize]) -> Fit {
    if !(choice.contains(&0) && choice.contains(&5)) {
        return regressed(rows, choice);
    }
    let others = rows.clone().filter(|row| !row.target);
    let total = others.clone().map(|row| row.weight).sum::<f64>().max(1e-9);
    let [plain, normalised] = [0, 5].map(|input: usize| {
        let mean = others.clone().map(|row| row.weight * row.inputs[input]).sum::<f64>() / total;
        let power = others.clone().map(|row| row.weight * (row.inputs[input] - mean).powi(2)).sum::<f64>() / total;
        power.sqrt().max(1e-9)
    });
    let joined = |row: &Row| {
        let mut row = row.clone();
        row.inputs[0] = row.inputs[0] / plain + row.inputs[5] / normalised;
        row
    };
    let joined: Vec<Row> = rows.map(joined).collect();
    let rest: Vec<usize> = choice.iter().copied().filter(|input| *input != 5).collect();
    let mut fit = regressed(joined.iter(), &rest);
    fit.weights[5] = fit.weights[0] / normalised;
    fit.weights[0] /= plain;
    fit
}

/// Logistic regression by Newton's method; both kinds of trial weigh the same in total, so that
/// what comes out is a likelihood ratio without a prior. Inputs are compared with their own mean and
/// deviation meanwhile, as the cosines of one network lie closer together than another's.
fn regressed<'a>(rows: impl Iterator<Item = &'a Row> + Clone, choice: &[usize]) -> Fit {
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
pub(super) fn table(rows: &[Row], fit: &Fit, target: bool) -> Vec<[f64; 2]> {
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
