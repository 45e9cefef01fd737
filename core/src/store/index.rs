//! Search for the most similar of very many speakers: 8-bit copies of the registry's voiceprints in memory, scanned
//! linearly. Candidates are ranked by the same ratio that decides in the end, and what
//! comes out is rescored from the store, so the copies decide only who is a candidate.

use std::collections::HashMap;
use std::sync::{PoisonError, RwLock};
use std::thread;

use pulp::Arch;

use super::roll::{Change, Enrolled};
use super::sqlite::Sqlite;
use crate::calibration::cohort::Room;
use crate::calibration::vectors::{dots, encode};
use crate::calibration::{Calibration, Print, Side};
use crate::runtime::apart;
use crate::runtime::workers;
use crate::types::error::Result;

/// How many candidates are rescored exactly. `bench/index` measures what is lost.
pub(crate) const CANDIDATES: usize = 64;

/// Below this many voices one thread is faster than the start of a second one.
const WORTH_A_THREAD: usize = 20_000;

/// The voices of one store and model, kept up to date with it.
#[derive(Default)]
pub(crate) struct Index {
    voices: RwLock<Voices>,
}

/// Voices as they are compared, in 8 bits, and what each adds to a ratio.
#[derive(Default, Clone)]
struct Voices {
    /// The registry's count of changes when it was last read.
    changes: i64,
    width: usize,
    codes: Vec<i8>,
    lines: Vec<Steep>,
    keys: Vec<i64>,
    complete: Vec<bool>,
    places: HashMap<i64, usize>,
}

/// What one voice makes of its inner product of codes with another.
#[derive(Default, Clone, Copy)]
struct Steep {
    /// From the inner product to the cosine, but for the other's own factor.
    scale: f32,
    /// What the cosine is multiplied by in the ratio, besides the other's share, and what is added.
    slope: f32,
    offset: f32,
}

impl Index {
    /// The voices that are nearest to one, the nearest first, with their exact LLRs.
    pub(crate) fn nearest(
        &self,
        store: &Sqlite,
        calibration: &Calibration,
        test: &Print,
        only_complete: bool,
    ) -> Result<Vec<(f64, Enrolled)>> {
        self.follow(store, calibration)?;
        let keys = apart(|| {
            let voices = self.voices.read().unwrap_or_else(PoisonError::into_inner);
            let slope = calibration.line(test.side, test.place, 1).slope;
            voices.candidates(&test.vector, slope as f32, only_complete, CANDIDATES)
        });
        let mut room = Room::default();
        let mut found: Vec<(f64, Enrolled)> = store
            .enrolled_by_key(&keys, calibration.model())?
            .into_iter()
            .filter(|enrolled| enrolled.complete || !only_complete)
            .map(|enrolled| {
                let print = calibration.print_among(&enrolled.vector, enrolled.side, &mut room);
                (calibration.score(&print, test), enrolled)
            })
            .collect();
        found.sort_by(|a, b| b.0.total_cmp(&a.0));
        Ok(found)
    }

    /// How many voices there are to be told apart.
    pub(crate) fn len(&self, store: &Sqlite, calibration: &Calibration) -> Result<usize> {
        self.follow(store, calibration)?;
        Ok(apart(|| self.voices.read().unwrap_or_else(PoisonError::into_inner).keys.len()))
    }

    /// Takes over what has changed in the store. No lock is held while the store is read; a second thread with the same
    /// changes drops them.
    fn follow(&self, store: &Sqlite, calibration: &Calibration) -> Result<()> {
        loop {
            let known = apart(|| self.voices.read().unwrap_or_else(PoisonError::into_inner).changes);
            if store.changes()? == known {
                return Ok(());
            }
            let mut removed = Vec::new();
            let mut news = Voices::default();
            let mut raw = Raw::default();
            let changes = store.changes_since(known, calibration.model(), |change| match change {
                Change::Removed(key) => removed.push(key),
                // A speaker with no recording left has no voice.
                Change::Voice { key, vector: [], .. } => removed.push(key),
                Change::Voice { key, vector, side, complete } => {
                    raw.push(key, vector, side, complete);
                    if raw.keys.len() == Raw::MOST {
                        news.extend(&raw, calibration);
                        raw.clear();
                    }
                }
            })?;
            news.extend(&raw, calibration);
            let taken = apart(|| {
                let mut voices = self.voices.write().unwrap_or_else(PoisonError::into_inner);
                let as_known = voices.changes == known;
                if as_known {
                    voices.take(&removed, news);
                    voices.changes = changes;
                }
                as_known
            });
            if taken {
                return Ok(());
            }
        }
    }
}

/// Voices on their way from the store, so many at once that several threads are worth their start.
#[derive(Default)]
struct Raw {
    vectors: Vec<f32>,
    keys: Vec<(i64, Side, bool)>,
    width: usize,
}

impl Raw {
    const MOST: usize = 65_536;

    fn push(&mut self, key: i64, vector: &[f32], side: Side, complete: bool) {
        // Vectors of another size than the first would be a damaged store; they match nothing.
        self.width = if self.width == 0 { vector.len() } else { self.width };
        if vector.len() == self.width {
            self.vectors.extend_from_slice(vector);
            self.keys.push((key, side, complete));
        }
    }

    fn clear(&mut self) {
        self.vectors.clear();
        self.keys.clear();
    }
}

impl Voices {
    /// Takes voices up as they are compared.
    fn extend(&mut self, raw: &Raw, calibration: &Calibration) {
        self.width = if self.keys.is_empty() { raw.width } else { self.width };
        if raw.keys.is_empty() || raw.width != self.width {
            return;
        }
        let threads = if raw.keys.len() < WORTH_A_THREAD / 10 { 1 } else { workers::cores() };
        let part = raw.keys.len().div_ceil(threads);
        let made = |keys: &[(i64, Side, bool)], vectors: &[f32]| {
            let (mut codes, mut lines, mut room) = (Vec::with_capacity(vectors.len()), Vec::new(), Room::default());
            for ((_, side, _), vector) in keys.iter().zip(vectors.chunks_exact(raw.width)) {
                let print = calibration.print_among(vector, *side, &mut room);
                let line = calibration.line(print.side, print.place, 0);
                let scale = encode(&print.vector, &mut codes);
                lines.push(Steep { scale, slope: line.slope as f32, offset: line.offset as f32 });
            }
            (codes, lines)
        };
        let made = &made;
        let parts = raw.keys.chunks(part).zip(raw.vectors.chunks(part * raw.width));
        let parts: Vec<_> = if threads == 1 {
            parts.map(|(keys, vectors)| made(keys, vectors)).collect()
        } else {
            thread::scope(|scope| {
                let all: Vec<_> = parts.map(|(keys, vectors)| scope.spawn(move || made(keys, vectors))).collect();
                all.into_iter().filter_map(|one| one.join().ok()).collect()
            })
        };
        // A part that was lost would put all others in wrong places.
        if parts.iter().map(|(_, lines)| lines.len()).sum::<usize>() != raw.keys.len() {
            return;
        }
        for (codes, lines) in parts {
            self.codes.extend(codes);
            self.lines.extend(lines);
        }
        for &(key, _, complete) in &raw.keys {
            self.keys.push(key);
            self.complete.push(complete);
        }
    }

    fn take(&mut self, removed: &[i64], news: Voices) {
        for key in removed {
            self.remove(*key);
        }
        if self.keys.is_empty() {
            let changes = self.changes;
            *self = news;
            self.changes = changes;
            self.places = HashMap::new();
        } else {
            if news.width != self.width {
                return;
            }
            self.index_places();
            for (at, key) in news.keys.iter().enumerate() {
                let codes = &news.codes[at * news.width..(at + 1) * news.width];
                match self.places.get(key) {
                    Some(&place) => {
                        self.codes[place * self.width..(place + 1) * self.width].copy_from_slice(codes);
                        self.lines[place] = news.lines[at];
                        self.complete[place] = news.complete[at];
                    }
                    None => {
                        self.places.insert(*key, self.keys.len());
                        self.codes.extend_from_slice(codes);
                        self.lines.push(news.lines[at]);
                        self.keys.push(*key);
                        self.complete.push(news.complete[at]);
                    }
                }
            }
        }
    }

    /// Where each key stands; made when the first change comes in, as many never see one.
    fn index_places(&mut self) {
        if self.places.len() != self.keys.len() {
            self.places = self.keys.iter().enumerate().map(|(place, key)| (*key, place)).collect();
        }
    }

    /// Moves the last voice into the place of the one removed, whose bytes are overwritten.
    fn remove(&mut self, key: i64) {
        self.index_places();
        let Some(place) = self.places.remove(&key) else { return };
        let last = self.keys.len() - 1;
        let (from, to) = (last * self.width, place * self.width);
        self.codes.copy_within(from..from + self.width, to);
        self.codes[from..].fill(0);
        self.codes.truncate(from);
        self.lines.swap_remove(place);
        self.complete.swap_remove(place);
        self.keys.swap_remove(place);
        if place < last {
            self.places.insert(self.keys[place], place);
        }
    }

    /// The keys of the voices with the highest ratio by their 8-bit copies. `slope`: the other voice's
    /// share of what a cosine is multiplied by; what it adds is the same for all.
    fn candidates(&self, vector: &[f32], slope: f32, only_complete: bool, count: usize) -> Vec<i64> {
        if vector.len() != self.width || self.keys.is_empty() {
            return Vec::new();
        }
        let mut codes = Vec::with_capacity(vector.len());
        let scale = encode(vector, &mut codes);
        let query = Query { codes, scale, slope };
        let threads = if self.keys.len() < WORTH_A_THREAD { 1 } else { workers::cores() };
        let part = self.keys.len().div_ceil(threads);
        let scan = |first: usize| self.scan(first, (first + part).min(self.keys.len()), &query, only_complete, count);
        let mut found: Vec<(f32, i64)> = if threads == 1 {
            scan(0)
        } else {
            thread::scope(|scope| {
                let others: Vec<_> = (1..threads).map(|n| scope.spawn(move || scan(n * part))).collect();
                let mut found = scan(0);
                found.extend(others.into_iter().filter_map(|other| other.join().ok()).flatten());
                found
            })
        };
        found.sort_by(|a, b| b.0.total_cmp(&a.0));
        found.truncate(count);
        found.into_iter().map(|(_, key)| key).collect()
    }

    /// The best of some places. Only what beats the worst of the best so far is looked at twice.
    fn scan(&self, first: usize, end: usize, query: &Query, only_complete: bool, count: usize) -> Vec<(f32, i64)> {
        const BLOCK: usize = 512;
        let mut best: Vec<(f32, i64)> = Vec::with_capacity(2 * count);
        let mut bar = f32::NEG_INFINITY;
        let mut sums = [0i32; BLOCK];
        let arch = Arch::new();
        for block in (first..end).step_by(BLOCK) {
            let size = BLOCK.min(end - block);
            let codes = &self.codes[block * self.width..(block + size) * self.width];
            arch.dispatch(|| dots(codes, &query.codes, &mut sums[..size]));
            for (at, sum) in sums[..size].iter().enumerate() {
                let place = block + at;
                let line = self.lines[place];
                let score = *sum as f32 * (line.scale * query.scale) * (line.slope + query.slope) + line.offset;
                if score > bar && (self.complete[place] || !only_complete) {
                    best.push((score, self.keys[place]));
                    if best.len() == 2 * count {
                        best.select_nth_unstable_by(count - 1, |a, b| b.0.total_cmp(&a.0));
                        best.truncate(count);
                        bar = best.iter().map(|(score, _)| *score).fold(f32::INFINITY, f32::min);
                    }
                }
            }
        }
        best
    }
}

/// The voice that others are compared with.
struct Query {
    codes: Vec<i8>,
    scale: f32,
    slope: f32,
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::calibration::Fitted;
    use crate::calibration::cohort::Cohort;

    fn vector(seed: u64, width: usize) -> Vec<f32> {
        let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
        let mut vector: Vec<f32> = (0..width)
            .map(|_| {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                (state >> 40) as f32 / (1u64 << 24) as f32 - 0.5
            })
            .collect();
        crate::calibration::normalize(&mut vector);
        vector
    }

    /// Ratios that rise with the cosine, and fall with the seconds enrolled.
    fn calibration(cohort: Option<Arc<Cohort>>) -> Calibration {
        let weights =
            if cohort.is_some() { [2.0, -3.0, 0.0, 0.0, 0.0, 1.0, 0.0] } else { [9.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0] };
        Calibration::new("m", Fitted { weights, ..Fitted::default() }, cohort.map(|cohort| (cohort, true)))
    }

    fn side(seconds: f64) -> Side {
        Side { seconds, narrow: false }
    }

    fn taken(voices: impl Iterator<Item = (i64, Vec<f32>, bool)>) -> Voices {
        let mut raw = Raw::default();
        voices.for_each(|(key, vector, complete)| raw.push(key, &vector, side(1.0 + (key % 20) as f64), complete));
        let mut voices = Voices::default();
        voices.extend(&raw, &calibration(None));
        voices
    }

    fn voices(count: u64) -> Voices {
        taken((0..count).map(|n| (n as i64, vector(n, 192), n % 2 == 0)))
    }

    fn found(voices: &Voices, vector: &[f32], only_complete: bool, count: usize) -> Vec<i64> {
        voices.candidates(vector, 4.5, only_complete, count)
    }

    #[test]
    fn the_nearest_are_found_among_many_on_one_thread_and_on_several() {
        for count in [1000, 50_000] {
            let voices = voices(count);
            for target in [0, 500, count - 2] {
                let mut near = vector(target, 192);
                near.iter_mut().zip(vector(count + 7, 192)).for_each(|(x, noise)| *x += 0.5 * noise);
                assert_eq!(found(&voices, &near, false, CANDIDATES)[0], target as i64);
            }
        }
    }

    #[test]
    fn voices_are_ranked_by_the_ratio_that_decides_and_not_by_the_cosine() {
        let cohort =
            Arc::new(Cohort::new(&(9000..9060).map(|n| vector(n, 64)).collect::<Vec<_>>(), vector(9999, 64), 12));
        let calibration = calibration(Some(cohort));
        let mut raw = Raw::default();
        let common = vector(7777, 64);
        // Half of them sound alike, so that their cosines are worth less.
        let voice = |n: u64| {
            let mut own = vector(n, 64);
            own.iter_mut().zip(&common).for_each(|(x, c)| *x += if n.is_multiple_of(2) { 1.5 * c } else { 0.0 });
            own
        };
        (0..400).for_each(|n| raw.push(n as i64, &voice(n), side(1.0 + (n % 20) as f64), true));
        let mut voices = Voices::default();
        voices.extend(&raw, &calibration);
        let mut tested = voice(10);
        tested.iter_mut().zip(vector(5555, 64)).for_each(|(x, noise)| *x += noise);
        let test = calibration.print(&tested, side(8.0));
        let ratio = |n: &u64| calibration.score(&calibration.print(&voice(*n), side(1.0 + (n % 20) as f64)), &test);
        let cosine =
            |n: &u64| crate::calibration::cosine(&calibration.print(&voice(*n), side(1.0)).vector, &test.vector);
        let ranked = |by: &dyn Fn(&u64) -> f64| {
            let mut all: Vec<u64> = (0..400).collect();
            all.sort_by(|a, b| by(b).total_cmp(&by(a)));
            all.into_iter().map(|n| n as i64).collect::<Vec<_>>()
        };
        let slope = calibration.line(test.side, test.place, 1).slope as f32;
        let (by_ratio, by_cosine) = (ranked(&ratio), ranked(&cosine));
        assert_ne!(by_ratio[..10], by_cosine[..10]);
        // Rounded to 8 bits, two neighbours may change places, but none of the first ten is lost.
        let candidates = voices.candidates(&test.vector, slope, false, 20);
        assert!(by_ratio[..10].iter().all(|key| candidates.contains(key)), "{by_ratio:?} {candidates:?}");
    }

    #[test]
    fn incomplete_voices_are_left_out_where_asked() {
        let voices = voices(100);
        let odd = vector(31, 192);
        assert_eq!(found(&voices, &odd, false, 1), [31]);
        let found = found(&voices, &odd, true, 64);
        assert!(!found.contains(&31) && found.len() == 50);
    }

    #[test]
    fn what_is_removed_is_overwritten_and_the_rest_stays_findable() {
        let mut voices = voices(10);
        voices.take(&[3, 9, 77], Voices::default());
        assert_eq!(voices.keys.len(), 8);
        assert_eq!(voices.codes.len(), 8 * 192);
        for n in [0, 4, 8] {
            assert_eq!(found(&voices, &vector(n, 192), false, 1), [n as i64]);
        }
        let news = taken([(4, vector(1004, 192), true), (12, vector(12, 192), true)].into_iter());
        voices.take(&[], news);
        assert_eq!(found(&voices, &vector(1004, 192), false, 1), [4]);
        assert_eq!(found(&voices, &vector(12, 192), false, 1), [12]);
    }

    #[test]
    fn a_vector_of_another_width_finds_nobody() {
        assert!(found(&voices(10), &vector(1, 64), false, 1).is_empty());
        assert!(found(&Voices::default(), &vector(1, 64), false, 1).is_empty());
    }
}
