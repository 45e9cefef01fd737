//! The diarization error rate: how far who spoke when differs from the truth.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::formats::Turn;
use crate::types::error::{Code, Error, Result};

/// The most speakers of a recording: finding the best mapping takes time that grows with the cube of their number.
const MOST_SPEAKERS: usize = 1000;

/// How the diarization error rate is counted.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
#[non_exhaustive]
pub struct DerOptions {
    /// Seconds about each start and end of a turn of the reference that are left out, half before it and half after it, as
    /// `pyannote.metrics` counts them; md-eval and dscore count each side, so their 0.25 is 0.5 here. Default: 0.
    pub collar: f64,
    /// Whether to leave out the time in which several people speak in the reference. Default: no.
    pub skip_overlap: bool,
}

impl DerOptions {
    /// The defaults.
    pub fn new() -> Self {
        Self::default()
    }

    /// Seconds that are left out about each boundary of the reference, 0 or more.
    pub fn collar(mut self, seconds: f64) -> Self {
        self.collar = seconds;
        self
    }

    /// Whether to leave out the time in which several people speak.
    pub fn skip_overlap(mut self, skip: bool) -> Self {
        self.skip_overlap = skip;
        self
    }
}

/// How far a diarization of one recording, or of all of them, is from the truth. Times are in seconds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Der {
    /// Speech in the reference; where two people speak at once, it counts twice.
    pub speech: f64,
    /// Speech of the reference that the hypothesis has not.
    pub missed: f64,
    /// Speech of the hypothesis that the reference has not.
    pub false_alarm: f64,
    /// Speech that is given to another speaker, under the best one-to-one mapping of speakers.
    pub confusion: f64,
}

impl Der {
    /// The diarization error rate in percent: missed speech, false alarms and confusion over speech. None without speech in
    /// the reference.
    pub fn rate(&self) -> Option<f64> {
        (self.speech > 0.0).then(|| 100.0 * (self.missed + self.false_alarm + self.confusion) / self.speech)
    }

    fn add(&mut self, other: &Self) {
        self.speech += other.speech;
        self.missed += other.missed;
        self.false_alarm += other.false_alarm;
        self.confusion += other.confusion;
    }
}

/// Scores the turns of each recording of `reference`: by the name of the recording, and all of them together. Recordings
/// that `hypothesis` does not have are missed whole.
///
/// # Errors
/// `rttm_invalid` where `reference` is empty, where `hypothesis` has a recording that it does not have, or where a recording
/// has more than 1000 speakers; `invalid_option` for a collar that is not a number from 0 on.
pub fn diarization_error(
    hypothesis: &[Turn],
    reference: &[Turn],
    options: &DerOptions,
) -> Result<(BTreeMap<String, Der>, Der)> {
    if !(options.collar.is_finite() && options.collar >= 0.0) {
        return Err(Error::new(Code::InvalidOption, "the collar must be a number of seconds, 0 or more"));
    }
    let mut recordings: BTreeMap<String, [Vec<&Turn>; 2]> = BTreeMap::new();
    for turn in reference {
        recordings.entry(turn.recording.clone()).or_default()[0].push(turn);
    }
    if recordings.is_empty() {
        return Err(Error::new(Code::RttmInvalid, "the reference has no SPEAKER lines; give the true turns"));
    }
    for turn in hypothesis {
        let found = recordings.get_mut(&turn.recording).ok_or_else(|| {
            Error::new(
                Code::RttmInvalid,
                "the hypothesis has a recording that the reference does not have; the second field of both files must agree",
            )
        })?;
        found[1].push(turn);
    }
    let speakers = |turns: &[&Turn]| turns.iter().map(|turn| turn.speaker.as_str()).collect::<BTreeSet<_>>().len();
    if recordings.values().flatten().any(|turns| speakers(turns) > MOST_SPEAKERS) {
        let sentence =
            format!("a recording has more than {MOST_SPEAKERS} speakers; check the eighth field of its lines");
        return Err(Error::new(Code::RttmInvalid, sentence));
    }
    let mut all = Der::default();
    let scored: BTreeMap<String, Der> = recordings
        .into_iter()
        .map(|(recording, [reference, hypothesis])| {
            let der = score(&reference, &hypothesis, options);
            all.add(&der);
            (recording, der)
        })
        .collect();
    Ok((scored, all))
}

/// A stretch of time in which nobody starts or stops: how long it is, and who speaks, by number.
struct Stretch {
    seconds: f64,
    reference: Vec<usize>,
    hypothesis: Vec<usize>,
}

fn score(reference: &[&Turn], hypothesis: &[&Turn], options: &DerOptions) -> Der {
    let (stretches, [ours, theirs]) = stretches(reference, hypothesis, options);
    let mut together = vec![vec![0.0; theirs]; ours];
    for stretch in &stretches {
        for one in &stretch.reference {
            for other in &stretch.hypothesis {
                together[*one][*other] += stretch.seconds;
            }
        }
    }
    let mapping = assigned(&together);
    let mut der = Der::default();
    for Stretch { seconds, reference, hypothesis } in stretches {
        let mut left = hypothesis.clone();
        let right = reference
            .iter()
            .filter(|one| {
                let found = mapping[**one].and_then(|other| left.iter().position(|left| *left == other));
                found.map(|at| left.swap_remove(at)).is_some()
            })
            .count();
        let (spoken, found) = (reference.len(), hypothesis.len());
        der.speech += seconds * spoken as f64;
        der.missed += seconds * spoken.saturating_sub(found) as f64;
        der.false_alarm += seconds * found.saturating_sub(spoken) as f64;
        der.confusion += seconds * (spoken.min(found) - right) as f64;
    }
    der
}

/// What is scored of a recording, and how many speakers there are on both sides.
fn stretches(reference: &[&Turn], hypothesis: &[&Turn], options: &DerOptions) -> (Vec<Stretch>, [usize; 2]) {
    let sides = [reference, hypothesis];
    let names = sides.map(|side| side.iter().map(|turn| turn.speaker.as_str()).collect::<BTreeSet<_>>());
    let half = options.collar / 2.0;
    // What changes at a moment: by how much on which side for which speaker, or whether it is left out.
    let mut changes: Vec<(f64, Change)> = Vec::new();
    for (side, turns) in sides.into_iter().enumerate() {
        for turn in turns {
            let speaker = names[side].range(..turn.speaker.as_str()).count();
            changes.push((turn.start, Change::Speaks(side, speaker, 1)));
            changes.push((turn.end, Change::Speaks(side, speaker, -1)));
            if side == 0 && half > 0.0 {
                for boundary in [turn.start, turn.end] {
                    changes.push((boundary - half, Change::Collar(1)));
                    changes.push((boundary + half, Change::Collar(-1)));
                }
            }
        }
    }
    changes.sort_by(|a, b| a.0.total_cmp(&b.0));
    let counts = names.map(|names| names.len());
    let mut speaking = counts.map(|count| vec![0i32; count]);
    let (mut collars, mut at) = (0, f64::NEG_INFINITY);
    let mut found = Vec::new();
    for (time, change) in changes {
        let [spoken, heard] = speaking.each_ref().map(|side| who(side));
        let overlapped = options.skip_overlap && spoken.len() > 1;
        if time > at && collars == 0 && !overlapped && !(spoken.is_empty() && heard.is_empty()) {
            found.push(Stretch { seconds: time - at, reference: spoken, hypothesis: heard });
        }
        at = time;
        match change {
            Change::Speaks(side, speaker, by) => speaking[side][speaker] += by,
            Change::Collar(by) => collars += by,
        }
    }
    (found, counts)
}

enum Change {
    Speaks(usize, usize, i32),
    Collar(i32),
}

/// Who speaks, as often as turns of theirs overlap.
fn who(speaking: &[i32]) -> Vec<usize> {
    let turns = speaking.iter().enumerate();
    turns.flat_map(|(speaker, count)| std::iter::repeat_n(speaker, (*count).max(0) as usize)).collect()
}

/// For each row the column that is assigned to it, so that the sum of the values is the greatest: the Hungarian method with
/// potentials, in cubic time.
fn assigned(values: &[Vec<f64>]) -> Vec<Option<usize>> {
    let (rows, columns) = (values.len(), values.first().map_or(0, Vec::len));
    let size = rows.max(columns);
    let cost = |row: usize, column: usize| values.get(row).and_then(|row| row.get(column)).map_or(0.0, |value| -value);
    // Row and column 0 stand for none.
    let (mut row_potentials, mut potentials) = (vec![0.0; size + 1], vec![0.0; size + 1]);
    let mut row_of = vec![0; size + 1];
    for row in 1..=size {
        row_of[0] = row;
        let mut column = 0;
        let (mut least, mut before) = (vec![f64::INFINITY; size + 1], vec![0; size + 1]);
        let mut used = vec![false; size + 1];
        while row_of[column] != 0 {
            used[column] = true;
            let from = row_of[column];
            let (mut step, mut next) = (f64::INFINITY, 0);
            for other in (1..=size).filter(|other| !used[*other]) {
                let reduced = cost(from - 1, other - 1) - row_potentials[from] - potentials[other];
                if reduced < least[other] {
                    (least[other], before[other]) = (reduced, column);
                }
                if least[other] < step {
                    (step, next) = (least[other], other);
                }
            }
            for other in 0..=size {
                if used[other] {
                    row_potentials[row_of[other]] += step;
                    potentials[other] -= step;
                } else {
                    least[other] -= step;
                }
            }
            column = next;
        }
        while column != 0 {
            row_of[column] = row_of[before[column]];
            column = before[column];
        }
    }
    let mut assigned = vec![None; rows];
    for column in 1..=columns {
        if (1..=rows).contains(&row_of[column]) {
            assigned[row_of[column] - 1] = Some(column - 1);
        }
    }
    assigned
}

#[cfg(test)]
mod tests {
    use super::*;

    fn turns(text: &[(f64, f64, &str)]) -> Vec<Turn> {
        text.iter().map(|(start, end, who)| Turn::new("call", *start, *end, *who)).collect()
    }

    fn der(hypothesis: &[(f64, f64, &str)], reference: &[(f64, f64, &str)], options: DerOptions) -> Der {
        diarization_error(&turns(hypothesis), &turns(reference), &options).unwrap().1
    }

    #[test]
    fn errors_are_counted_by_kind_under_the_best_mapping() {
        let reference = [(0.0, 10.0, "a"), (10.0, 20.0, "b"), (25.0, 30.0, "a")];
        let exact = der(&[(0.0, 10.0, "x"), (10.0, 20.0, "y"), (25.0, 30.0, "x")], &reference, DerOptions::new());
        assert_eq!((exact.speech, exact.rate()), (25.0, Some(0.0)));
        let found = der(&[(0.0, 12.0, "x"), (12.0, 18.0, "y"), (22.0, 30.0, "x")], &reference, DerOptions::new());
        assert_eq!((found.missed, found.false_alarm, found.confusion), (2.0, 3.0, 2.0));
        assert_eq!(found.rate(), Some(28.0));
        let nothing = der(&[], &reference, DerOptions::new());
        assert_eq!((nothing.missed, nothing.rate()), (25.0, Some(100.0)));
    }

    #[test]
    fn collars_and_overlaps_are_left_out_where_asked_for() {
        let reference = [(0.0, 10.0, "a"), (8.0, 20.0, "b")];
        let hypothesis = [(0.25, 9.0, "x"), (9.0, 20.0, "y")];
        let whole = der(&hypothesis, &reference, DerOptions::new());
        assert_eq!((whole.speech, whole.missed, whole.confusion), (22.0, 2.25, 0.0));
        let collared = der(&hypothesis, &reference, DerOptions::new().collar(0.5));
        assert_eq!((collared.speech, collared.missed), (20.0, 1.5));
        let skipped = der(&hypothesis, &reference, DerOptions::new().skip_overlap(true));
        assert_eq!((skipped.speech, skipped.missed), (18.0, 0.25));
    }

    #[test]
    fn the_mapping_is_the_best_of_all() {
        // The largest value first would lose: 9 + 1 is less than 8 + 8.
        assert_eq!(assigned(&[vec![9.0, 8.0], vec![8.0, 1.0]]), [Some(1), Some(0)]);
        assert_eq!(assigned(&[vec![1.0], vec![3.0], vec![2.0]]), [None, Some(0), None]);
        assert_eq!(assigned(&[vec![0.0, 0.0, 5.0]]), [Some(2)]);
        assert_eq!(assigned(&[]), Vec::<Option<usize>>::new());
        // Against trying all, on values that a generator of pseudo-random numbers gives.
        let mut state = 7u64;
        let mut next = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 40) as f64
        };
        for _ in 0..200 {
            let values: Vec<Vec<f64>> = (0..4).map(|_| (0..4).map(|_| next()).collect()).collect();
            let sum = |columns: &[usize]| columns.iter().enumerate().map(|(row, column)| values[row][*column]).sum();
            let mut best = 0.0f64;
            for n in 0..256usize {
                let columns: Vec<usize> = (0..4).map(|digit| n >> (2 * digit) & 3).collect();
                if columns.iter().collect::<BTreeSet<_>>().len() == 4 {
                    best = best.max(sum(&columns));
                }
            }
            let found: Vec<usize> = assigned(&values).into_iter().flatten().collect();
            assert_eq!(sum(&found), best);
        }
    }

    #[test]
    fn recordings_that_do_not_fit_together_are_refused() {
        let one = [Turn::new("call", 0.0, 1.0, "a")];
        let other = [Turn::new("another", 0.0, 1.0, "a")];
        assert_eq!(diarization_error(&other, &one, &DerOptions::new()).unwrap_err().code(), "rttm_invalid");
        assert_eq!(diarization_error(&one, &[], &DerOptions::new()).unwrap_err().code(), "rttm_invalid");
        let many: Vec<Turn> = (0..=MOST_SPEAKERS).map(|n| Turn::new("call", 0.0, 1.0, n.to_string())).collect();
        assert_eq!(diarization_error(&many, &one, &DerOptions::new()).unwrap_err().code(), "rttm_invalid");
        let collar = DerOptions::new().collar(-1.0);
        assert_eq!(diarization_error(&one, &one, &collar).unwrap_err().code(), "invalid_option");
        let (by_recording, all) = diarization_error(&[], &[one, other].concat(), &DerOptions::new()).unwrap();
        assert_eq!((by_recording.len(), all.missed), (2, 2.0));
    }
}
