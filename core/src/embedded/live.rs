//! What sessions on a stream need of a registry.

use std::ops::Range;

use super::Embedded;
use super::diarize::{self, Conversation, PAUSE, Roll};
use crate::types::error::Result;
use crate::voice::diarization::{Window, turns, voices};
use crate::{CallOptions, Candidates, ConsentRecord, ErrorKind, Identification, Recording, Segment, SpeakerId};

/// Who speaks in the newest part of a stream.
pub(crate) struct Heard {
    pub(crate) turns: Vec<Segment>,
    /// How much was heard of the voice of the last of them, in seconds.
    pub(crate) last_seconds: f64,
}

impl Embedded {
    /// Whether a speaker may be enrolled, before anybody speaks, and the seconds of speech that are enrolled already.
    pub(crate) fn expected(&self, id: &SpeakerId, consent: Option<&ConsentRecord>) -> Result<f64> {
        consent.map_or(Ok(()), ConsentRecord::checked)?;
        self.store.expect(id, crate::types::enrollment::Write::Either, self.engine()?.model(), consent)?;
        match self.store.get(id) {
            Ok(enrollment) => Ok(enrollment.speech_seconds),
            Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::Gone) => Ok(0.0),
            Err(error) => Err(error),
        }
    }

    /// Who may be named in a stream. It is one attempt at each of them, and stands in the audit trail before anybody is named.
    pub(crate) fn roll(&self, known: &Candidates, control: &CallOptions) -> Result<Roll> {
        self.asking(
            control,
            "identify",
            None,
            |_| "begun",
            || {
                known.check()?;
                self.attempted(known)?;
                diarize::roll(self, known)
            },
        )
    }

    /// The same a while later, as somebody may have been deleted, or have withdrawn a consent.
    pub(crate) fn roll_again(&self, known: &Candidates) -> Result<Roll> {
        diarize::roll(self, known)
    }

    /// Whose the windows over some speech are. `narrow`: whether only the telephone band carries voice.
    pub(crate) fn heard(
        &self,
        speech: &[Range<usize>],
        windows: &[Window],
        narrow: bool,
        roll: &Roll,
        control: &CallOptions,
    ) -> Result<Heard> {
        let found = voices(windows, None, self.engine()?.clustering(), control)?;
        let turns = turns(speech, windows, &found, PAUSE);
        let last = turns.last().map(|turn| turn.voice);
        let heard = Conversation {
            turns: turns.into_iter().map(|turn| (turn, None)).collect(),
            voices: found.prints(windows),
            narrow,
            problems: Vec::new(),
        };
        let names = diarize::names(self, &heard, roll)?;
        let mut turns = diarize::segments(&heard, &names, |_| true);
        self.hide(&mut turns);
        let last_seconds = last.and_then(|voice| heard.voices.get(voice)).map_or(0.0, |(_, seconds)| *seconds);
        Ok(Heard { turns, last_seconds })
    }

    /// What [`identify`](Self::identify) finds, for an attempt that [`roll`](Self::roll) has counted.
    pub(crate) fn identify_counted(
        &self,
        recording: &Recording,
        known: &Candidates,
        control: &CallOptions,
    ) -> Result<Identification> {
        self.asking(control, "identify", None, |_| "done", || self.identified(recording, known, control))
    }
}
