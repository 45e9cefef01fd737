//! Where in the recording someone speaks, and how far the voice stands above the noise.
//!
//! The detector answers for frames of 16 ms; everything here is counted in these.

use std::ops::Range;

use super::SAMPLE_RATE;

/// Samples of one detector frame: 16 ms.
pub(crate) const FRAME: usize = 256;

/// Frames in a second.
pub(crate) const FRAMES_PER_SECOND: f64 = SAMPLE_RATE as f64 / FRAME as f64;

/// What the detector says of one frame.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Frame {
    /// The probability of speech, 0 to 1.
    pub(crate) voice: f32,
    /// Mean power without offset; full scale is 1.
    pub(crate) power: f32,
}

impl Frame {
    fn decibels(self) -> f32 {
        10.0 * (self.power + 1e-12).log10()
    }
}

/// From this certainty on a frame may be speech. The detector is trained so that a half would be
/// right; a little more takes less of the edges and of music for speech. Chosen, with the range
/// below, on the enrollment recordings of the development set.
const VOICE: f32 = 0.65;

/// Speech is at most this much softer than the loud frames about it. The truth of the recordings
/// that the detector learned from ends 24 dB below the active level, and the loudest tenth of
/// frames stands a few dB above that.
const DYNAMIC_RANGE_DB: f32 = 26.0;

/// A pause shorter than this inside speech counts as speech.
const BRIDGED_SECONDS: f64 = 0.3;

/// A sound shorter than this is not speech.
const SHORTEST_SECONDS: f64 = 0.1;

/// How long a stretch is compared with the loud frames in and about it.
const BLOCK_SECONDS: f64 = 10.0;

/// The stretches of speech in a recording, in frames.
#[derive(Debug, Clone, Default)]
pub(crate) struct Speech {
    pub(crate) segments: Vec<Range<usize>>,
    frames: usize,
}

impl Speech {
    pub(crate) fn find(frames: &[Frame]) -> Self {
        let floor = loudness_floor(frames);
        let block = (BLOCK_SECONDS * FRAMES_PER_SECOND) as usize;
        let spoken = |at: usize| frames[at].voice >= VOICE && frames[at].decibels() > floor[at / block];
        let bridged = (BRIDGED_SECONDS * FRAMES_PER_SECOND) as usize;
        let shortest = (SHORTEST_SECONDS * FRAMES_PER_SECOND) as usize;
        let mut segments: Vec<Range<usize>> = Vec::new();
        for at in (0..frames.len()).filter(|&at| spoken(at)) {
            match segments.last_mut() {
                Some(last) if at - last.end <= bridged => last.end = at + 1,
                _ => segments.push(at..at + 1),
            }
        }
        segments.retain(|segment| segment.len() > shortest);
        Self { segments, frames: frames.len() }
    }

    pub(crate) fn seconds(&self) -> f64 {
        self.speech_frames() as f64 / FRAMES_PER_SECOND
    }

    fn speech_frames(&self) -> usize {
        self.segments.iter().map(ExactSizeIterator::len).sum()
    }

    /// The longest stretch without speech, at the start and the end too, in seconds.
    pub(crate) fn longest_pause(&self) -> f64 {
        let starts = self.segments.iter().map(|segment| segment.start).chain([self.frames]);
        let ends = [0].into_iter().chain(self.segments.iter().map(|segment| segment.end));
        let longest = starts.zip(ends).map(|(start, end)| start - end).max().unwrap_or(0);
        longest as f64 / FRAMES_PER_SECOND
    }

    /// Mean power over the speech; over everything where there is none.
    pub(crate) fn power(&self, frames: &[Frame]) -> f64 {
        let all = 0..frames.len();
        let segments = if self.segments.is_empty() { std::slice::from_ref(&all) } else { &self.segments };
        let count: usize = segments.iter().map(ExactSizeIterator::len).sum();
        let sum: f64 =
            segments.iter().flat_map(|segment| &frames[segment.clone()]).map(|frame| f64::from(frame.power)).sum();
        sum / count.max(1) as f64
    }

    /// How far the voice stands above the noise, in dB, -20 to 60; none without speech, or where
    /// every pause is digitally silent.
    ///
    /// The noise is the mean power in the pauses. In a recording with hardly any pause it is that
    /// where the detector is least sure of a voice; as those frames hold soft speech then, the
    /// softest frames are looked at too.
    pub(crate) fn snr_db(&self, frames: &[Frame]) -> Option<f64> {
        const SHARE: f64 = 0.04;
        const TRUSTED_BELOW_DB: f64 = 20.0;
        /// Noise wavers, and the frames least like speech, or softest, are its softer moments: by
        /// 1.5 dB on the enrollment recordings of the development set.
        const NOISE_ABOVE_ITS_SOFT_MOMENTS: f64 = 1.4;
        const DIGITAL_SILENCE: f32 = 1e-9;
        /// Where what is not digitally silent is nearly all speech, its pauses were silenced.
        const SPOKEN: f64 = 0.9;

        let spoken = self.speech_frames();
        let heard: Vec<Frame> = frames.iter().copied().filter(|frame| frame.power > DIGITAL_SILENCE).collect();
        let take = (SHARE * heard.len() as f64) as usize;
        let silenced = frames.len() - heard.len() > take && spoken as f64 > SPOKEN * heard.len() as f64;
        if spoken == 0 || take < 2 || silenced {
            return None;
        }
        let total: f64 = heard.iter().map(|frame| f64::from(frame.power)).sum();
        let ratio = |noise: f64| {
            let voice = (total - noise * heard.len() as f64).max(0.0) / spoken.min(heard.len()) as f64;
            (10.0 * (voice / noise).log10()).clamp(-20.0, 60.0)
        };
        let pauses: Vec<f64> = self
            .pauses(frames)
            .map(|frame| f64::from(frame.power))
            .filter(|&power| power > DIGITAL_SILENCE.into())
            .collect();
        if pauses.len() >= take {
            return Some(ratio(pauses.iter().sum::<f64>() / pauses.len() as f64));
        }
        let ratio = |soft: f64| ratio(NOISE_ABOVE_ITS_SOFT_MOMENTS * soft);
        let voice = smoothed(&heard, 3);
        let mut order: Vec<usize> = (0..heard.len()).collect();
        order.select_nth_unstable_by(take, |&a, &b| voice[a].total_cmp(&voice[b]));
        let doubtful = order[..take].iter().map(|&at| f64::from(heard[at].power)).sum::<f64>() / take as f64;
        let by_doubt = ratio(doubtful);
        let mut softest: Vec<f32> = heard.windows(5).map(|w| w.iter().map(|f| f.power).sum::<f32>() / 5.0).collect();
        let at = take.min(softest.len().saturating_sub(1));
        let (_, soft, _) = softest.select_nth_unstable_by(at, f32::total_cmp);
        let larger = by_doubt.max(ratio(f64::from(*soft)));
        // The one takes soft speech for noise, the other what happens to be soft: between the two.
        Some(if by_doubt < TRUSTED_BELOW_DB { (by_doubt + larger) / 2.0 } else { larger })
    }

    /// The frames without speech, but for what sounds on about the speech.
    fn pauses<'a>(&self, frames: &'a [Frame]) -> impl Iterator<Item = &'a Frame> {
        const BEFORE: usize = 3;
        const AFTER: usize = 6;
        let mut pause = vec![true; frames.len()];
        for segment in &self.segments {
            pause[segment.start.saturating_sub(BEFORE)..(segment.end + AFTER).min(frames.len())].fill(false);
        }
        frames.iter().zip(pause).filter_map(|(frame, pause)| pause.then_some(frame))
    }
}

/// The detector's certainty, averaged over `radius` frames on each side.
fn smoothed(frames: &[Frame], radius: usize) -> Vec<f32> {
    let mut sums = Vec::with_capacity(frames.len() + 1);
    let mut sum = 0.0f64;
    sums.push(0.0);
    for frame in frames {
        sum += f64::from(frame.voice);
        sums.push(sum);
    }
    (0..frames.len())
        .map(|at| {
            let (from, to) = (at.saturating_sub(radius), (at + radius + 1).min(frames.len()));
            ((sums[to] - sums[from]) / (to - from) as f64) as f32
        })
        .collect()
}

/// For each block, the level under which a frame is too soft to be speech, in dB: below the
/// loudest tenth of the voiced frames in the block and its two neighbours.
fn loudness_floor(frames: &[Frame]) -> Vec<f32> {
    let block = (BLOCK_SECONDS * FRAMES_PER_SECOND) as usize;
    let blocks: Vec<&[Frame]> = frames.chunks(block).collect();
    (0..blocks.len())
        .map(|at| {
            let near = &blocks[at.saturating_sub(1)..(at + 2).min(blocks.len())];
            let mut levels: Vec<f32> = near
                .iter()
                .flat_map(|block| block.iter())
                .filter(|frame| frame.voice > 0.5)
                .map(|frame| frame.decibels())
                .collect();
            if levels.is_empty() {
                return f32::INFINITY;
            }
            let tenth = (levels.len() * 9 / 10).min(levels.len() - 1);
            let (_, loud, _) = levels.select_nth_unstable_by(tenth, f32::total_cmp);
            *loud - DYNAMIC_RANGE_DB
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frames(pattern: &[(f64, f32, f32)]) -> Vec<Frame> {
        pattern
            .iter()
            .flat_map(|&(seconds, voice, power)| {
                std::iter::repeat_n(Frame { voice, power }, (seconds * FRAMES_PER_SECOND) as usize)
            })
            .collect()
    }

    #[test]
    fn short_pauses_count_as_speech_and_long_ones_do_not() {
        let frames =
            frames(&[(1.0, 0.0, 1e-6), (2.0, 0.9, 1e-2), (0.2, 0.0, 1e-6), (2.0, 0.9, 1e-2), (1.5, 0.0, 1e-6)]);
        let speech = Speech::find(&frames);
        assert_eq!(speech.segments.len(), 1);
        assert!((speech.seconds() - 4.2).abs() < 0.1, "{}", speech.seconds());
        assert!((speech.longest_pause() - 1.5).abs() < 0.1);
    }

    #[test]
    fn the_ratio_is_that_of_voice_and_noise() {
        let frames = frames(&[(4.0, 0.9, 1.1e-2), (0.5, 0.05, 0.8e-3), (0.5, 0.1, 1.2e-3)]);
        let snr = Speech::find(&frames).snr_db(&frames).unwrap();
        assert!((snr - 10.0).abs() < 1.0, "{snr}");
    }

    #[test]
    fn without_frames_there_is_nothing() {
        let speech = Speech::find(&[]);
        assert_eq!((speech.seconds(), speech.longest_pause(), speech.snr_db(&[])), (0.0, 0.0, None));
    }
}
