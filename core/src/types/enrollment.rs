//! What the roll holds for one speaker.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::error::{Code, Error, Result};
use super::inspection::{Inspection, Problem, ProblemCode, Severity};
use super::speaker_id::SpeakerId;

/// What is on the roll for one speaker.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "__bridge", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[non_exhaustive]
pub struct Enrollment {
    /// The speaker's id.
    pub speaker_id: SpeakerId,
    /// How much the enrollment can be relied on.
    pub quality: Quality,
    /// Whether there is speech enough to recognise the voice: at least 12 s.
    pub complete: bool,
    /// Seconds of speech on the roll.
    pub speech_seconds: f64,
    /// Seconds of all recordings on the roll, pauses included.
    pub total_seconds: f64,
    /// Seconds of speech still missing to be complete; 0 once it is.
    pub missing_seconds: f64,
    /// The model that made the voiceprints. Another model's cannot be mixed in.
    pub model: String,
    /// The recordings on the roll, oldest first, and behind them those that this very call refused.
    pub recordings: Vec<Sample>,
}

/// How much an enrollment can be relied on.
///
/// The word is the lowest that any of these measures earns:
///
/// | measure | Average | Good | High |
/// |---|---|---|---|
/// | speech, all recordings | 12 s | 16 s | 24 s |
/// | signal-to-noise ratio, mean over the speech | 10 dB | 15 dB | 20 dB |
/// | bandwidth, mean over the speech | any | any | 4500 Hz |
/// | agreement between recordings (least cosine; any for a single one) | 0.29 | 0.35 | 0.42 |
///
/// Whatever falls short of Average is Poor. Variants are in rising order, and these four are all
/// there will be, as in the old contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "__bridge", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum), uniffi::export(Display))]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "server", schema(description = "How much the enrollment can be relied on."))]
pub enum Quality {
    /// Not to be relied on: see what is missing.
    Poor,
    /// Usable.
    Average,
    /// Reliable.
    Good,
    /// As good as it gets.
    High,
}

impl Quality {
    /// The contract's word.
    pub fn as_str(self) -> &'static str {
        match self {
            Quality::Poor => "Poor",
            Quality::Average => "Average",
            Quality::Good => "Good",
            Quality::High => "High",
        }
    }

    pub(crate) fn parse(word: &str) -> Option<Self> {
        [Quality::Poor, Quality::Average, Quality::Good, Quality::High]
            .into_iter()
            .find(|quality| quality.as_str() == word)
    }
}

impl fmt::Display for Quality {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// One recording of an enrollment: accepted and on the roll, or refused and why. Its audio is not
/// kept.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "__bridge", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[non_exhaustive]
pub struct Sample {
    /// Its number on the roll, for [`remove_sample`](crate::Registry::remove_sample); none where
    /// the recording was refused.
    pub id: Option<i64>,
    /// Which recording of this call it was, from 0; none for those on the roll from before.
    pub input: Option<usize>,
    /// Whether it is on the roll.
    pub accepted: bool,
    /// Seconds of speech in it.
    pub speech_seconds: f64,
    /// Its length in seconds.
    pub total_seconds: f64,
    /// Its signal-to-noise ratio in dB.
    pub snr_db: Option<f64>,
    /// Its bandwidth in Hz.
    pub bandwidth_hz: Option<f64>,
    /// When it was enrolled, in seconds since 1970; none where the recording was refused.
    pub enrolled_at: Option<u64>,
    /// What was wrong with it. Empty for a good recording.
    pub problems: Vec<Problem>,
}

impl Sample {
    /// A recording that was refused, or is yet to be accepted, as it was measured.
    pub(crate) fn refused(found: &Inspection) -> Self {
        Self {
            id: None,
            input: None,
            accepted: false,
            speech_seconds: found.speech_seconds,
            total_seconds: found.duration,
            snr_db: found.snr_db,
            bandwidth_hz: found.bandwidth_hz,
            enrolled_at: None,
            problems: found.problems.clone(),
        }
    }

    /// A recording that nobody measured here.
    #[cfg(feature = "remote")]
    pub(crate) fn unmeasured() -> Self {
        Self {
            id: None,
            input: None,
            accepted: false,
            speech_seconds: 0.0,
            total_seconds: 0.0,
            snr_db: None,
            bandwidth_hz: None,
            enrolled_at: None,
            problems: Vec::new(),
        }
    }
}

/// The error of a call all of whose recordings were refused.
pub(crate) fn all_refused(refused: &[Sample]) -> Error {
    let problems: Vec<Problem> = refused.iter().flat_map(|sample| sample.problems.clone()).collect();
    let why = problems.iter().find(|problem| problem.severity == Severity::Refuse);
    let sentence = match (refused.len(), why) {
        (1, Some(why)) => format!("the recording was refused ({}) and nothing was changed. {}", why.code, why.advice),
        (count, Some(why)) => {
            format!("all {count} recordings were refused ({} first) and nothing was changed. {}", why.code, why.advice)
        }
        (_, None) => "the recording was refused and nothing was changed".to_owned(),
    };
    let another = |sample: &Sample| sample.problems.iter().any(|problem| problem.code == ProblemCode::DifferentVoice);
    let code = if refused.iter().all(another) { Code::DifferentVoice } else { Code::RecordingRefused };
    Error::new(code, sentence).with_problems(problems)
}

/// How a recording is added to an enrollment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Write {
    /// The speaker must not be enrolled.
    Create,
    /// The speaker must be enrolled.
    Update,
    /// Either.
    Either,
}

/// The error for a speaker who is enrolled already.
pub(crate) fn exists(id: &SpeakerId) -> Error {
    Error::new(
        Code::SpeakerExists,
        format!("speaker {id} is already enrolled; use update (or enroll) for the same person, another id for another"),
    )
}

/// The error for a speaker who is not enrolled.
pub(crate) fn not_found(id: &SpeakerId) -> Error {
    Error::new(
        Code::SpeakerNotFound,
        format!("speaker {id} is not enrolled; check the id, or create the enrollment first"),
    )
}

/// The error for a speaker who was deleted.
pub(crate) fn deleted(id: &SpeakerId) -> Error {
    Error::new(Code::SpeakerDeleted, format!("speaker {id} was deleted before; there is nothing left to delete"))
}

/// Which enrollments to list.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ListOptions {
    /// Incomplete enrollments too. Default: no, as in the old contract.
    pub partial: bool,
    /// Which page, from 1. Default: 1.
    pub page: u32,
    /// Enrollments on a page, 1 to 1000. Default: 100.
    pub per_page: u32,
    /// Only those whose ids come after this one, byte by byte; `page` is only echoed then. Default: all.
    pub after: Option<SpeakerId>,
}

impl Default for ListOptions {
    fn default() -> Self {
        Self { partial: false, page: 1, per_page: 100, after: None }
    }
}

impl ListOptions {
    /// The first 100 complete enrollments.
    pub fn new() -> Self {
        Self::default()
    }

    /// Whether incomplete enrollments are listed too.
    pub fn partial(mut self, partial: bool) -> Self {
        self.partial = partial;
        self
    }

    /// Which page, from 1.
    pub fn page(mut self, page: u32) -> Self {
        self.page = page;
        self
    }

    /// How many enrollments on a page, 1 to 1000.
    pub fn per_page(mut self, per_page: u32) -> Self {
        self.per_page = per_page;
        self
    }

    /// Only those whose ids come after this one, such as [`Page::next_after`]: so that additions and deletions between
    /// two pages shift nobody out of sight, as they do where pages are numbered. The number of the page is only echoed
    /// then.
    ///
    /// A server of another make does not know this, and answers by the number of the page: count that too.
    pub fn after(mut self, id: SpeakerId) -> Self {
        self.after = Some(id);
        self
    }

    pub(crate) fn check(&self) -> Result<()> {
        let Self { page, per_page, .. } = *self;
        if page == 0 || !(1..=1000).contains(&per_page) {
            return Err(Error::new(
                Code::InvalidOption,
                format!(
                    "`page` counts from 1 and `per_page` is 1 to 1000, and this is page {page} with {per_page} on each"
                ),
            ));
        }
        Ok(())
    }
}

/// One page of enrollments, in the order of their ids.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "__bridge", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[non_exhaustive]
pub struct Page {
    /// The enrollments; empty behind the last page.
    pub records: Vec<Enrollment>,
    /// Which page this is, from 1.
    pub page: u32,
    /// How many enrollments a page has.
    pub per_page: u32,
    /// How many pages there are.
    pub total_pages: u32,
    /// How many enrollments there are on all pages.
    pub total: u64,
    /// After whom the next page begins: to be given back as `after`. None on the last page, and from a server that knows
    /// its pages by number alone.
    pub next_after: Option<SpeakerId>,
}
