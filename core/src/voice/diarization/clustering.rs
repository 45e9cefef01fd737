//! Which windows of a recording are the same voice.
//!
//! First neighbours in the space of voiceprints are joined (Ward's method) to a few more groups
//! than there can be people. Then a hidden Markov model is fitted, in which each person is a mean
//! drawn from one distribution of all people and each window is that mean with noise: variational
//! Bayes takes away the people that the windows do not need. Both are textbook methods; the second
//! is that of F. Landini et al., "Bayesian HMM clustering of x-vector sequences (VBx)", 2022, with
//! spherical covariances.

use super::windows::Window;
use crate::CallOptions;
use crate::audio::SAMPLE_RATE;
use crate::calibration::{cosine, normalize};
use crate::rules::{Clustering, Model};
use crate::types::error::Result;

/// The voices of a recording.
#[derive(Debug, Clone, Default)]
pub(crate) struct Voices {
    /// Whose voice each window is, from 0 in the order of their first words.
    pub(crate) labels: Vec<usize>,
    /// How sure that is, 0 to 1.
    pub(crate) posterior: Vec<f32>,
    pub(crate) count: usize,
}

impl Voices {
    /// Each voice's voiceprint, the mean over its windows weighted by their confidence, and its
    /// seconds.
    pub(crate) fn prints(&self, windows: &[Window]) -> Vec<(Vec<f32>, f64)> {
        let size = windows.first().map_or(0, |window| window.vector.len());
        let mut prints = vec![(vec![0.0f32; size], 0.0); self.count];
        let mut end = 0;
        for ((window, &label), &sure) in windows.iter().zip(&self.labels).zip(&self.posterior) {
            let (sum, seconds) = &mut prints[label];
            let weight = sure * window.seconds() as f32;
            sum.iter_mut().zip(&window.vector).for_each(|(sum, x)| *sum += weight * x);
            // Overlapping windows share time.
            *seconds += window.span.end.saturating_sub(end.max(window.span.start)) as f64 / f64::from(SAMPLE_RATE);
            end = end.max(window.span.end);
        }
        prints.iter_mut().for_each(|(sum, _)| normalize(sum));
        prints
    }
}

/// Finds the voices: `wanted` of them, or as many as the windows speak for.
pub(crate) fn voices(
    windows: &[Window],
    wanted: Option<usize>,
    rules: &Clustering,
    control: &CallOptions,
) -> Result<Voices> {
    if windows.is_empty() {
        return Ok(Voices::default());
    }
    let points: Vec<Point> = windows.iter().map(|window| Point { weight: 1.0, mean: window.vector.clone() }).collect();
    let groups = match wanted {
        Some(count) => count.min(windows.len()),
        None => rules.most_voices.min(windows.len() / rules.least_windows).max(1),
    };
    let mut labels = ward(points, groups, rules.block, control)?;
    let mut count = groups;
    if wanted.is_none() {
        // In hours every habit of a voice has evidence enough to pass for a person: beyond a block
        // of windows it is the share of the talk that counts. A guess: no hour of known truth was at hand.
        let blocks = (windows.len() as f64 / rules.block as f64).max(1.0);
        let model = Model { parsimony: rules.count_unknown.parsimony * blocks, ..rules.count_unknown };
        let posteriors = fit(windows, &labels, groups, &model, rules.within, control)?;
        let found = numbered(&posteriors, groups);
        (labels, count) = merged(windows, found, rules);
    }
    Ok(numbered(&fit(windows, &labels, count, &rules.count_given, rules.within, control)?, count))
}

/// How many voices the speech of an enrollment has in it, 1 or 2 and more, and the share of its
/// windows that are not the first voice's. Slower than [`voices`] to believe in a second one: a
/// single speaker should hardly ever be taken for two.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct SecondVoice {
    pub(crate) speakers: u32,
    pub(crate) share: f64,
}

/// Looks for a second voice in windows over some 10 to 60 s of speech.
pub(crate) fn second_voice(windows: &[Window], rules: &Clustering, control: &CallOptions) -> Result<SecondVoice> {
    let strict = Clustering { count_unknown: rules.second_voice, alike: rules.second_alike, ..*rules };
    let found = voices(windows, None, &strict, control)?;
    let mut sizes = vec![0usize; found.count];
    found.labels.iter().for_each(|&label| sizes[label] += 1);
    let most = sizes.iter().max().copied().unwrap_or(0);
    let share = 1.0 - most as f64 / windows.len().max(1) as f64;
    Ok(if found.count > 1 && share >= rules.second_share {
        SecondVoice { speakers: found.count as u32, share }
    } else {
        SecondVoice { speakers: found.count.min(1) as u32, share: 0.0 }
    })
}

/// Gives the windows of voices that hardly speak to the nearest others, and makes one of voices
/// that sound too much alike.
fn merged(windows: &[Window], found: Voices, rules: &Clustering) -> (Vec<usize>, usize) {
    let Voices { mut labels, mut count, .. } = found;
    while count > 1 {
        let mut sizes = vec![0usize; count];
        let mut means = vec![vec![0.0f32; windows[0].vector.len()]; count];
        for (window, &label) in windows.iter().zip(&labels) {
            sizes[label] += 1;
            means[label].iter_mut().zip(&window.vector).for_each(|(sum, x)| *sum += x);
        }
        let pairs = (0..count).flat_map(|a| (0..count).filter(move |&b| a != b).map(move |b| (a, b)));
        let alike = |&(a, b): &(usize, usize)| cosine(&means[a], &means[b]);
        let smallest = (0..count).min_by_key(|&at| sizes[at]).unwrap_or(0);
        let small = sizes[smallest] < rules.least_windows;
        let nearest = pairs
            .filter(|pair| !small || pair.0 == smallest)
            .max_by(|a, b| alike(a).total_cmp(&alike(b)))
            .filter(|pair| small || alike(pair) > rules.alike);
        let Some((gone, kept)) = nearest else { break };
        for label in &mut labels {
            if *label == gone {
                *label = kept;
            }
            *label -= usize::from(*label > gone);
        }
        count -= 1;
    }
    (labels, count)
}

/// Labels in the order of their first words; those that nobody has are skipped.
fn numbered(posteriors: &[f32], groups: usize) -> Voices {
    let mut names: Vec<Option<usize>> = vec![None; groups];
    let mut voices = Voices::default();
    for row in posteriors.chunks_exact(groups) {
        let best = (0..groups).max_by(|&a, &b| row[a].total_cmp(&row[b])).unwrap_or(0);
        let label = *names[best].get_or_insert_with(|| {
            voices.count += 1;
            voices.count - 1
        });
        voices.labels.push(label);
        voices.posterior.push(row[best].clamp(0.0, 1.0));
    }
    voices
}

/// A group of windows: how many, and their mean.
#[derive(Clone)]
struct Point {
    weight: f32,
    mean: Vec<f32>,
}

/// Joins points to `groups` groups and returns the group of each. More points than `block` are
/// first thinned out, block by block in their order, so that the cost grows with their number and
/// not with its square.
fn ward(points: Vec<Point>, groups: usize, block: usize, control: &CallOptions) -> Result<Vec<usize>> {
    if points.len() <= block {
        return joined(&points, groups, control);
    }
    let thinned = (block / 8).max(groups);
    let (mut labels, mut merged) = (Vec::with_capacity(points.len()), Vec::new());
    for part in points.chunks(block) {
        let own = joined(part, thinned, control)?;
        let first = merged.len();
        let found = own.iter().max().map_or(0, |most| most + 1);
        merged.extend((0..found).map(|label| {
            let mut sum = Point { weight: 0.0, mean: vec![0.0; part[0].mean.len()] };
            for (point, _) in part.iter().zip(&own).filter(|(_, group)| **group == label) {
                add(&mut sum, point);
            }
            sum
        }));
        labels.extend(own.iter().map(|label| first + label));
    }
    let above = ward(merged, groups, block, control)?;
    Ok(labels.into_iter().map(|label| above[label]).collect())
}

fn add(sum: &mut Point, other: &Point) {
    let weight = sum.weight + other.weight;
    for (mean, x) in sum.mean.iter_mut().zip(&other.mean) {
        *mean = (*mean * sum.weight + x * other.weight) / weight;
    }
    sum.weight = weight;
}

/// Ward's method on at most a block of points: joins the two groups whose joining adds least to
/// the squared distances from the means, over and over.
fn joined(points: &[Point], groups: usize, control: &CallOptions) -> Result<Vec<usize>> {
    let count = points.len();
    let mut groups_left: Vec<Option<Point>> = points.iter().cloned().map(Some).collect();
    let mut owner: Vec<usize> = (0..count).collect();
    let cost = |a: &Point, b: &Point| {
        let apart: f32 = a.mean.iter().zip(&b.mean).map(|(x, y)| (x - y) * (x - y)).sum();
        apart * a.weight * b.weight / (a.weight + b.weight)
    };
    let mut costs = vec![f32::INFINITY; count * count];
    for a in 0..count {
        control.check()?;
        for b in a + 1..count {
            let value = cost(&points[a], &points[b]);
            costs[a * count + b] = value;
            costs[b * count + a] = value;
        }
    }
    let least = |costs: &[f32], row: usize| {
        let row = &costs[row * count..(row + 1) * count];
        (0..count).min_by(|&a, &b| row[a].total_cmp(&row[b])).map_or((0, f32::INFINITY), |at| (at, row[at]))
    };
    let mut nearest: Vec<(usize, f32)> = (0..count).map(|row| least(&costs, row)).collect();
    for _ in groups..count {
        let Some(a) = (0..count).min_by(|&a, &b| nearest[a].1.total_cmp(&nearest[b].1)) else { break };
        let (b, apart) = nearest[a];
        let Some(gone) = (apart < f32::INFINITY).then(|| groups_left[b].take()).flatten() else { break };
        let Some(kept) = groups_left[a].as_mut() else { break };
        add(kept, &gone);
        let kept = kept.clone();
        owner.iter_mut().filter(|owner| **owner == b).for_each(|owner| *owner = a);
        for other in 0..count {
            let value = match &groups_left[other] {
                Some(point) if other != a => cost(&kept, point),
                _ => f32::INFINITY,
            };
            costs[a * count + other] = value;
            costs[other * count + a] = value;
            costs[b * count + other] = f32::INFINITY;
            costs[other * count + b] = f32::INFINITY;
        }
        nearest[b].1 = f32::INFINITY;
        for row in 0..count {
            if groups_left[row].is_some() && (row == a || nearest[row].0 == a || nearest[row].0 == b) {
                nearest[row] = least(&costs, row);
            } else if costs[row * count + a] < nearest[row].1 {
                nearest[row] = (a, costs[row * count + a]);
            }
        }
    }
    let mut names = vec![usize::MAX; count];
    let mut next = 0;
    Ok(owner
        .into_iter()
        .map(|owner| {
            if names[owner] == usize::MAX {
                names[owner] = next;
                next += 1;
            }
            names[owner]
        })
        .collect())
}

/// Rounds of the fit, at most, and the gain per window below which it ends.
const ROUNDS: usize = 40;
const GAIN: f64 = 1e-5;

/// How much of each window its first group gets at the start.
const START: f32 = 0.9;

/// Fits the model; how likely each window is each group, row by row.
fn fit(
    windows: &[Window],
    labels: &[usize],
    groups: usize,
    model: &Model,
    within: f64,
    control: &CallOptions,
) -> Result<Vec<f32>> {
    if groups == 1 {
        return Ok(vec![1.0; windows.len()]);
    }
    let size = windows[0].vector.len();
    let Model { evidence, parsimony, stay } = *model;
    // Within a voice the variance of all numbers together is `within`, between voices the rest: a
    // vector has length 1. Scaled so that the variance within a voice is 1.
    let between = (1.0 - within) / within;
    let scale = (size as f64 / within * between).sqrt();
    let mut posteriors = vec![(1.0 - START) / groups as f32; windows.len() * groups];
    for (row, &label) in posteriors.chunks_exact_mut(groups).zip(labels) {
        row[label] += START;
    }
    let mut prior = vec![1.0 / groups as f64; groups];
    let mut likelihoods = vec![0.0f64; windows.len() * groups];
    let mut before = f64::NEG_INFINITY;
    for _ in 0..ROUNDS {
        control.check()?;
        let (mut means, mut penalties, mut bound) = (vec![0.0f32; groups * size], vec![0.0f64; groups], 0.0);
        for group in 0..groups {
            let mean = &mut means[group * size..(group + 1) * size];
            let mut share = 0.0f64;
            for (window, row) in windows.iter().zip(posteriors.chunks_exact(groups)) {
                let weight = row[group];
                if weight > 1e-6 {
                    share += f64::from(weight);
                    mean.iter_mut().zip(&window.vector).for_each(|(sum, x)| *sum += weight * x);
                }
            }
            let spread = 1.0 / (1.0 + evidence / parsimony * share * between);
            let factor = (evidence / parsimony * spread * scale) as f32;
            mean.iter_mut().for_each(|x| *x *= factor);
            let length: f64 = mean.iter().map(|x| f64::from(*x).powi(2)).sum();
            let full = size as f64 * spread;
            penalties[group] = 0.5 * between * (full + length);
            bound += 0.5 * parsimony * (size as f64 * spread.ln() - full - length + size as f64);
        }
        for (window, row) in windows.iter().zip(likelihoods.chunks_exact_mut(groups)) {
            for (group, slot) in row.iter_mut().enumerate() {
                let mean = &means[group * size..(group + 1) * size];
                let dot: f32 = window.vector.iter().zip(mean).map(|(x, y)| x * y).sum();
                *slot = evidence * (scale * f64::from(dot) - penalties[group]);
            }
        }
        bound += forward_backward(&mut likelihoods, &mut prior, stay, &mut posteriors);
        if bound - before < GAIN * windows.len() as f64 {
            break;
        }
        before = bound;
    }
    Ok(posteriors)
}

/// Posteriors from log likelihoods, under a chain that stays with probability `stay` and otherwise
/// goes anywhere by the prior; the prior is made anew. Returns the log likelihood of all.
/// `likelihoods` is used up.
fn forward_backward(likelihoods: &mut [f64], prior: &mut [f64], stay: f64, posteriors: &mut [f32]) -> f64 {
    let groups = prior.len();
    let count = likelihoods.len() / groups;
    let mut total = 0.0;
    let mut forward = vec![0.0f64; count * groups];
    let mut scales = vec![0.0f64; count];
    for at in 0..count {
        let row = &mut likelihoods[at * groups..(at + 1) * groups];
        let most = row.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        row.iter_mut().for_each(|x| *x = (*x - most).exp());
        total += most;
        let (done, rest) = forward.split_at_mut(at * groups);
        let mut sum = f64::MIN_POSITIVE;
        for group in 0..groups {
            let reached = match at {
                0 => prior[group],
                _ => stay * done[(at - 1) * groups + group] + (1.0 - stay) * prior[group],
            };
            rest[group] = reached * row[group];
            sum += rest[group];
        }
        rest[..groups].iter_mut().for_each(|x| *x /= sum);
        scales[at] = sum;
        total += sum.ln();
    }
    let mut entered = vec![0.0f64; groups];
    let mut backward = vec![1.0f64; groups];
    for at in (0..count).rev() {
        let mut sum = f64::MIN_POSITIVE;
        for group in 0..groups {
            sum += forward[at * groups + group] * backward[group];
        }
        for group in 0..groups {
            let posterior = forward[at * groups + group] * backward[group] / sum;
            posteriors[at * groups + group] = posterior as f32;
            if at == 0 {
                entered[group] += posterior;
            }
        }
        if at > 0 {
            let row = &likelihoods[at * groups..(at + 1) * groups];
            let mut jump = 0.0;
            for group in 0..groups {
                backward[group] *= row[group] / scales[at];
                let entry = prior[group] * backward[group];
                entered[group] += (1.0 - stay) * entry;
                jump += entry;
            }
            backward.iter_mut().for_each(|x| *x = stay * *x + (1.0 - stay) * jump);
        }
    }
    let sum: f64 = entered.iter().sum::<f64>().max(f64::MIN_POSITIVE);
    prior.iter_mut().zip(&entered).for_each(|(prior, entered)| *prior = entered / sum);
    total
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::CLUSTERING;

    const SIZE: usize = 64;

    /// Numbers that look random, about as many above 0 as below.
    fn noise(seed: u64) -> impl Iterator<Item = f32> {
        let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
        std::iter::repeat_with(move || {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            (state >> 40) as f32 / (1u64 << 23) as f32 - 1.0
        })
    }

    /// Windows of people who take turns of 5 windows each.
    fn talk(people: &[u64], count: usize) -> (Vec<Window>, Vec<usize>) {
        let who: Vec<usize> = (0..count).map(|at| at / 5 % people.len()).collect();
        let window = |(at, &who): (usize, &usize)| {
            let person = noise(1 + people[who]).take(SIZE);
            let mut vector: Vec<f32> =
                person.zip(noise(1000 + at as u64)).map(|(person, own)| person + 1.1 * own).collect();
            normalize(&mut vector);
            Window { span: at * 12_000..at * 12_000 + 24_000, vector }
        };
        (who.iter().enumerate().map(window).collect(), who)
    }

    #[test]
    fn people_are_told_apart_in_short_talks_and_in_hours() {
        for (people, count) in [(1, 60), (2, 12), (2, 60), (3, 60), (4, 400), (3, 2000)] {
            let (windows, who) = talk(&[1, 2, 3, 4][..people], count);
            for wanted in [None, Some(people)] {
                let found = voices(&windows, wanted, &CLUSTERING, &CallOptions::new()).unwrap();
                assert_eq!(found.count, people, "{people} people, {count} windows, {wanted:?}");
                let wrong = found.labels.iter().zip(&who).filter(|(a, b)| a != b).count();
                assert!(wrong * 50 <= count, "{wrong} of {count}");
                let prints = found.prints(&windows);
                let seconds: f64 = prints.iter().map(|(_, seconds)| seconds).sum();
                assert!((seconds - (0.75 * count as f64 + 0.75)).abs() < 0.01, "{seconds}");
            }
        }
    }

    #[test]
    fn a_second_voice_is_heard_and_none_made_up() {
        let (mut windows, _) = talk(&[1], 40);
        let alone = second_voice(&windows, &CLUSTERING, &CallOptions::new()).unwrap();
        assert_eq!(alone, SecondVoice { speakers: 1, share: 0.0 });
        windows.extend(talk(&[2], 15).0);
        let found = second_voice(&windows, &CLUSTERING, &CallOptions::new()).unwrap();
        assert_eq!(found.speakers, 2);
        assert!((found.share - 15.0 / 55.0).abs() < 0.05, "{}", found.share);
    }

    #[test]
    fn windows_that_are_all_the_same_or_empty_are_no_trouble() {
        let same = Window { span: 0..24_000, vector: vec![0.0; SIZE] };
        for count in [0, 1, 2, 50] {
            for wanted in [None, Some(3)] {
                let found = voices(&vec![same.clone(); count], wanted, &CLUSTERING, &CallOptions::new()).unwrap();
                assert_eq!(found.labels.len(), count);
                assert!(found.labels.iter().all(|&label| label < found.count));
            }
        }
    }
}
