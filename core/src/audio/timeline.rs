//! Where decoded sound belongs in time: the silence that a container leaves out, and what an edit
//! list cuts away.

use super::mp4::{Edit, Track};

/// Times that are ahead of the sound by less than this, in seconds, are rounded or jitter.
const JITTER: f64 = 0.05;

/// A track may be said to end with its last frame, which was padded, in seconds.
const LAST_FRAME: f64 = 0.3;

/// Silence that is put in altogether, at most, in seconds. What would go beyond is taken for a
/// clock that was set anew, and skipped: a few bytes shall not cost hours of work.
const MOST_SILENCE: f64 = 600.0;

/// The time of one track, in seconds, as its packets arrive.
#[derive(Default)]
pub(crate) struct Timeline {
    /// How far the sound reaches, with what the decoder dropped of it.
    reached: f64,
    /// What is taken from the packets' times.
    offset: Option<f64>,
    filled: f64,
    edits: Vec<Edit>,
    edit: usize,
    began: bool,
    /// Number and time of the samples that start fragments.
    starts: Vec<(u64, f64)>,
    fragment: usize,
    shift: f64,
    packets: u64,
    /// When the track ends, where its container says so.
    ends: f64,
}

/// What to hand on of a block: silence before it, and a part of it, in samples.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Piece {
    pub(crate) silence: usize,
    pub(crate) sound: std::ops::Range<usize>,
}

impl Timeline {
    /// For a track of an MP4 file.
    /// `origin`: when the first of all tracks begins, for a movie in fragments.
    pub(crate) fn of_movie(edits: Vec<Edit>, track: Option<&Track>, origin: f64) -> Self {
        let starts = track.filter(|track| track.scale > 0).map_or_else(Vec::new, |track| {
            let seconds = |time: u64| time as f64 / f64::from(track.scale);
            track.starts.iter().map(|(sample, time)| (*sample, seconds(*time) - origin)).collect()
        });
        // The list alone says when the sound begins.
        Self { edits, starts, offset: Some(0.0), ends: track.map_or(0.0, Track::ends), ..Self::default() }
    }

    /// The time of a packet of another track, which may come before the first of this one.
    pub(crate) fn other(&mut self, time: f64) {
        if !self.began {
            self.offset = Some(self.offset.map_or(time, |offset| offset.min(time)));
        }
    }

    /// Where a packet's sound belongs, from its time; to be asked for each packet, in their order.
    pub(crate) fn place(&mut self, time: f64) -> f64 {
        if let Some(&(sample, start)) = self.starts.get(self.fragment)
            && sample <= self.packets
        {
            self.shift = start - time;
            self.fragment += 1;
        }
        self.packets += 1;
        time + self.shift
    }

    /// How many samples of silence precede a packet's sound, of so many hertz.
    pub(crate) fn gap(&mut self, time: f64, rate: u32) -> usize {
        let offset = *self.offset.get_or_insert(time);
        let ahead = time - offset - self.reached;
        if !self.began {
            self.began = true;
            // What an encoder put before the start has a time below zero.
            if ahead < 0.0 {
                self.reached = ahead;
            }
        }
        if !ahead.is_finite() || ahead <= JITTER {
            return 0;
        }
        if self.filled + ahead > MOST_SILENCE {
            self.offset = Some(offset + ahead);
            return 0;
        }
        self.filled += ahead;
        (ahead * f64::from(rate)).round() as usize
    }

    /// The parts of the next block of audio or silence that belong to the result, piece by piece.
    pub(crate) fn pieces(&mut self, frames: usize, rate: u32) -> Vec<Piece> {
        let rate = f64::from(rate);
        let from = self.reached;
        self.reached += frames as f64 / rate;
        if self.edits.is_empty() {
            return vec![Piece { silence: 0, sound: 0..frames }];
        }
        let sample = |time: f64| ((time - from) * rate).round().clamp(0.0, frames as f64) as usize;
        let mut pieces = Vec::new();
        while let Some(edit) = self.edits.get_mut(self.edit).filter(|edit| edit.from < self.reached) {
            let mut before = std::mem::take(&mut edit.silence_before);
            if self.filled + before > MOST_SILENCE {
                before = 0.0;
            }
            self.filled += before;
            pieces.push(Piece { silence: (before * rate).round() as usize, sound: sample(edit.from)..sample(edit.to) });
            if edit.to > self.reached {
                break;
            }
            self.edit += 1;
        }
        pieces
    }

    /// Sound that the decoder left out, which takes its time all the same.
    pub(crate) fn dropped(&mut self, frames: usize, rate: u32) {
        self.reached += frames as f64 / f64::from(rate);
    }

    /// How many samples of silence end the track, which its container says to last longer than its sound.
    pub(crate) fn end(&mut self, rate: u32) -> usize {
        let ahead = self.ends - self.reached;
        if self.edits.is_empty()
            && ahead.is_finite()
            && ahead > JITTER.max(LAST_FRAME)
            && self.filled + ahead < MOST_SILENCE
        {
            return (ahead * f64::from(rate)).round() as usize;
        }
        0
    }

    /// Whether the rest is not needed.
    pub(crate) fn is_over(&self) -> bool {
        !self.edits.is_empty() && self.edit >= self.edits.len()
    }
}
