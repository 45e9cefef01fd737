//! Error rates of scored trials.

/// How often a threshold errs.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct Rates {
    /// The threshold: scores from it on pass for the same person.
    pub threshold: f64,
    /// Share of trials of different people that pass, 0 to 1.
    pub false_accepts: f64,
    /// Share of trials of the same person that do not, 0 to 1.
    pub false_rejects: f64,
}

/// A score, its truth, and how much it counts.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Weighed {
    pub(crate) score: f64,
    pub(crate) target: bool,
    pub(crate) weight: f64,
}

/// Sorts by falling score.
pub(crate) fn sorted(mut trials: Vec<Weighed>) -> Vec<Weighed> {
    trials.sort_by(|a, b| b.score.total_cmp(&a.score));
    trials
}

/// The rates at every threshold between two different scores, from the strictest on; `trials` by
/// falling score. Nothing where either kind of trial is missing.
pub(crate) fn rates(trials: &[Weighed]) -> Vec<Rates> {
    let total = |target| trials.iter().filter(|t| t.target == target).map(|t| t.weight).sum::<f64>();
    let (targets, impostors) = (total(true), total(false));
    if targets <= 0.0 || impostors <= 0.0 {
        return Vec::new();
    }
    let mut rates = vec![Rates { threshold: f64::INFINITY, false_accepts: 0.0, false_rejects: 1.0 }];
    let (mut passed, mut wrong) = (0.0, 0.0);
    for (at, trial) in trials.iter().enumerate() {
        if trial.target {
            passed += trial.weight
        } else {
            wrong += trial.weight
        }
        if trials.get(at + 1).is_none_or(|next| next.score < trial.score) {
            rates.push(Rates {
                threshold: trial.score,
                false_accepts: wrong / impostors,
                false_rejects: (1.0 - passed / targets).max(0.0),
            });
        }
    }
    rates
}

/// The rate at which false accepts and false rejects are equally frequent, 0 to 1: the mean of
/// both where they come closest.
pub(crate) fn equal_error_rate(rates: &[Rates]) -> Option<f64> {
    let gap = |rates: &Rates| (rates.false_accepts - rates.false_rejects).abs();
    let closest = rates.iter().min_by(|a, b| gap(a).total_cmp(&gap(b)))?;
    Some((closest.false_accepts + closest.false_rejects) / 2.0)
}

/// The least cost of any threshold where a share `prior` of trials is of the same person and both
/// errors cost the same, over the cost of always answering alike (NIST SRE plans).
pub(crate) fn min_dcf(rates: &[Rates], prior: f64) -> Option<f64> {
    let cost = |rates: &Rates| prior * rates.false_rejects + (1.0 - prior) * rates.false_accepts;
    let least = rates.iter().map(cost).min_by(f64::total_cmp)?;
    Some((least / prior.min(1.0 - prior)).min(1.0))
}

/// The cost of log-likelihood ratios in bits: 0 is perfect, 1 knows nothing (Brümmer and du Preez,
/// 2006). Scores are taken for natural logarithms.
pub(crate) fn cllr(trials: &[Weighed]) -> Option<f64> {
    let mean = |target: bool, sign: f64| {
        let (sum, weight) = trials
            .iter()
            .filter(|t| t.target == target)
            .fold((0.0, 0.0), |(sum, weight), t| (sum + t.weight * softplus(sign * t.score), weight + t.weight));
        (weight > 0.0).then(|| sum / weight)
    };
    Some((mean(true, -1.0)? + mean(false, 1.0)?) / (2.0 * std::f64::consts::LN_2))
}

/// ln(1 + e^x), also where e^x overflows.
pub(crate) fn softplus(x: f64) -> f64 {
    x.max(0.0) + (-x.abs()).exp().ln_1p()
}

/// The corners of a detection error trade-off curve.
pub fn det_points(scores: &[(f64, bool)]) -> Vec<Rates> {
    let all = rates(&sorted(scores.iter().map(|&(score, target)| Weighed { score, target, weight: 1.0 }).collect()));
    // Between two corners only one of the rates changes.
    let straight = |a: &Rates, b: &Rates| a.false_accepts == b.false_accepts || a.false_rejects == b.false_rejects;
    let corner = |at: usize| match (at.checked_sub(1).and_then(|before| all.get(before)), all.get(at + 1)) {
        (Some(before), Some(after)) => !straight(before, after),
        _ => true,
    };
    all.iter().enumerate().filter(|(at, _)| corner(*at)).map(|(_, point)| *point).collect()
}

/// A small generator of random numbers for resampling, the same on every machine (splitmix64).
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    /// A number from 0 up to `below`.
    pub(crate) fn roll(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut x = self.0;
        x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((u128::from(x ^ (x >> 31)) * below as u128) >> 64) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn weighed(targets: &[f64], impostors: &[f64]) -> Vec<Weighed> {
        let of = |scores: &[f64], target| {
            scores.iter().map(|&score| Weighed { score, target, weight: 1.0 }).collect::<Vec<_>>()
        };
        sorted([of(targets, true), of(impostors, false)].concat())
    }

    #[test]
    fn scores_that_part_the_kinds_have_no_error_and_equal_ones_half() {
        let apart = rates(&weighed(&[3.0, 4.0], &[1.0, 2.0]));
        assert_eq!((equal_error_rate(&apart), min_dcf(&apart, 0.01)), (Some(0.0), Some(0.0)));
        let alike = rates(&weighed(&[1.0, 1.0], &[1.0, 1.0]));
        assert_eq!((equal_error_rate(&alike), min_dcf(&alike, 0.01)), (Some(0.5), Some(1.0)));
        assert_eq!(equal_error_rate(&rates(&weighed(&[1.0], &[]))), None);
    }

    #[test]
    fn one_error_in_four_on_each_side_is_a_quarter() {
        let rates = rates(&weighed(&[1.0, 5.0, 6.0, 7.0], &[0.0, 0.5, 0.6, 5.5]));
        assert_eq!(equal_error_rate(&rates), Some(0.25));
    }

    #[test]
    fn a_ratio_of_one_costs_one_bit_and_sure_right_ones_nothing() {
        assert!((cllr(&weighed(&[0.0], &[0.0])).unwrap() - 1.0).abs() < 1e-12);
        assert!(cllr(&weighed(&[50.0], &[-50.0])).unwrap() < 1e-12);
        assert!(cllr(&weighed(&[-800.0], &[800.0])).unwrap() > 1000.0);
    }

    #[test]
    fn a_trade_off_curve_keeps_both_ends_of_each_step() {
        let scores = [(5.0, true), (4.0, true), (3.0, false), (2.0, true), (1.0, false), (0.0, false)];
        let corners: Vec<(f64, f64)> = det_points(&scores)
            .iter()
            .map(|p| ((p.false_accepts * 3.0).round(), (p.false_rejects * 3.0).round()))
            .collect();
        assert_eq!(corners, [(0.0, 3.0), (0.0, 1.0), (1.0, 1.0), (1.0, 0.0), (3.0, 0.0)]);
    }

    #[test]
    fn weight_counts_like_repetition() {
        let mut once = weighed(&[1.0, 3.0], &[0.0, 2.0]);
        let twice = weighed(&[1.0, 1.0, 3.0], &[0.0, 2.0]);
        once.iter_mut().filter(|t| t.score == 1.0).for_each(|t| t.weight = 2.0);
        assert_eq!(equal_error_rate(&rates(&once)), equal_error_rate(&rates(&twice)));
    }
}
