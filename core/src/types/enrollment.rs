//! The enrollment of one speaker.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::consent::ConsentRecord;
use super::error::{Code, Error, Result};
use super::inspection::{Inspection, Problem, ProblemCode, Severity};
use super::recording::Recordings;
use super::speaker_id::SpeakerId;

/// The enrollment of one speaker.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "__bridge", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[non_exhaustive]
pub struct Enrollment {
    /// The speaker's id.
    pub speaker_id: SpeakerId,
    /// How reliable the enrollment is.
    pub quality: Quality,
    /// Whether there is enough speech for comparisons: at least 12 s.
    pub complete: bool,
    /// Enrolled seconds of speech.
    pub speech_seconds: f64,
    /// Duration of all enrolled recordings in seconds, including pauses.
    pub total_seconds: f64,
    /// Seconds of speech still needed for a complete enrollment; 0 if it is complete.
    pub missing_seconds: f64,
    /// The model that made the voiceprints. Voiceprints of different models cannot be mixed.
    pub model: String,
    /// The enrolled recordings, oldest first, followed by those that this call refused.
    pub recordings: Vec<Sample>,
}

/// How reliable an enrollment is.
///
/// The quality is the lowest that any of these measures reaches:
///
/// | measure | Average | Good | High |
/// |---|---|---|---|
/// | speech, all recordings | 12 s | 16 s | 24 s |
/// | signal-to-noise ratio, mean over the speech | 10 dB | 15 dB | 20 dB |
/// | bandwidth, mean over the speech | any | any | 4500 Hz |
/// | agreement between recordings (minimum cosine; any for a single one) | 0.29 | 0.35 | 0.42 |
///
/// Under Average it is Poor. The variants are in rising order, and there will be no others, as in RingCentral's API.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "__bridge", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum), uniffi::export(Display))]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "server", schema(description = "How reliable the enrollment is."))]
pub enum Quality {
    /// Not reliable: more or better speech is needed.
    Poor,
    /// Usable.
    Average,
    /// Reliable.
    Good,
    /// The best quality.
    High,
}

impl Quality {
    /// The name in the API.
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

/// One recording of an enrollment: accepted, or refused with the reasons. Its audio is not stored.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "__bridge", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[non_exhaustive]
pub struct Sample {
    /// Its number in the enrollment, for [`remove_sample`](crate::Registry::remove_sample); none if the recording was
    /// refused.
    pub id: Option<i64>,
    /// The index of the recording in this call, from 0; none for earlier recordings.
    pub input: Option<usize>,
    /// Whether it is part of the enrollment.
    pub accepted: bool,
    /// Seconds of speech in it.
    pub speech_seconds: f64,
    /// Its length in seconds.
    pub total_seconds: f64,
    /// Its signal-to-noise ratio in dB.
    pub snr_db: Option<f64>,
    /// Its bandwidth in Hz.
    pub bandwidth_hz: Option<f64>,
    /// When it was enrolled, in seconds since 1970; none if the recording was refused.
    pub enrolled_at: Option<u64>,
    /// Its problems; empty for a good recording.
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
        (1, Some(why)) => format!("the recording was refused ({}), and nothing was changed. {}", why.code, why.advice),
        (count, Some(why)) => {
            format!(
                "all {count} recordings were refused (the first: {}), and nothing was changed. {}",
                why.code, why.advice
            )
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

/// What is to be enrolled.
pub(crate) struct Enroll {
    pub(crate) id: SpeakerId,
    pub(crate) write: Write,
    pub(crate) recordings: Recordings,
    pub(crate) force: bool,
    pub(crate) consent: Option<Arc<ConsentRecord>>,
}

/// The error for a speaker who is enrolled already.
pub(crate) fn exists(id: &SpeakerId) -> Error {
    Error::new(
        Code::SpeakerExists,
        format!(
            "speaker {id} is already enrolled; use update (or enroll) for the same person, or another id for \
             another person"
        ),
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
    Error::new(Code::SpeakerDeleted, format!("speaker {id} was already deleted; nothing is left to delete"))
}

/// Options of a list: which enrollments it contains.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ListOptions {
    /// Whether to include incomplete enrollments. Default: false, as in RingCentral's API.
    pub partial: bool,
    /// The page number, from 1. Default: 1.
    pub page: u32,
    /// Enrollments per page, 1 to 1000. Default: 100.
    pub per_page: u32,
    /// Only speakers whose ids sort after this one, byte by byte; `page` is then ignored and returned as passed.
    /// Default: all.
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

    /// Whether to include incomplete enrollments.
    pub fn partial(mut self, partial: bool) -> Self {
        self.partial = partial;
        self
    }

    /// The page number, from 1.
    pub fn page(mut self, page: u32) -> Self {
        self.page = page;
        self
    }

    /// Enrollments per page, 1 to 1000.
    pub fn per_page(mut self, per_page: u32) -> Self {
        self.per_page = per_page;
        self
    }

    /// Only speakers whose ids sort after this one, such as [`Page::next_after`]. Unlike page numbers, this skips no
    /// speaker if others are added or deleted between two pages. The page number is then ignored and returned as
    /// passed.
    ///
    /// Servers other than Voiceroll's ignore this and use the page number, so increase that as well.
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
                    "page {page} with {per_page} per page does not exist; `page` starts at 1, and `per_page` is 1 \
                     to 1000"
                ),
            ));
        }
        Ok(())
    }
}

/// One page of enrollments, sorted by id.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "__bridge", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[non_exhaustive]
pub struct Page {
    /// The enrollments; empty after the last page.
    pub records: Vec<Enrollment>,
    /// The number of this page, from 1.
    pub page: u32,
    /// The page size.
    pub per_page: u32,
    /// The number of pages.
    pub total_pages: u32,
    /// The number of enrollments on all pages.
    pub total: u64,
    /// The id to pass as `after` for the next page. None on the last page, and from a server that supports only page
    /// numbers.
    pub next_after: Option<SpeakerId>,
}
