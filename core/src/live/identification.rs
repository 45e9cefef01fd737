//! Identification while people speak.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use bytes::Bytes;

use super::ear::Ear;
use super::slot::Slot;
use crate::audio::{Feed, SAMPLE_RATE};
use crate::embedded::{Embedded, Heard, Roll};
use crate::rules::{self, round};
use crate::runtime::workers::{self, Lane};
use crate::types::error::Result;
use crate::types::live::LiveFormat;
use crate::{CallOptions, Candidates, Identification, LiveSpeaker, LiveUpdate, Segment};

/// Windows that are told apart each time: the last two minutes of speech. What is older is not corrected before the end.
const WINDOWS: usize = 160;

/// A voice that was heard for so long and has no name is nobody who is enrolled, in seconds. A choice: half of the turns of a
/// conversation are about that long.
const DECIDED_SECONDS: f64 = 3.0;

/// So old may be what is known of the speakers who may be named.
const BELIEVED: Duration = Duration::from_secs(5);

/// A session that identifies, for callers without async.
pub(crate) struct Identifying(Arc<Slot<Open>>);

struct Open {
    registry: Arc<Embedded>,
    known: Candidates,
    roll: Roll,
    rolled: Instant,
    control: CallOptions,
    feed: Feed,
    ear: Arc<Mutex<Ear>>,
    segments: Vec<Segment>,
    /// How much was heard of the voice of the last segment, in seconds.
    last_seconds: f64,
}

impl Identifying {
    pub(crate) fn start(
        registry: Arc<Embedded>,
        known: Candidates,
        format: LiveFormat,
        control: CallOptions,
    ) -> Result<Self> {
        let roll = registry.roll(&known, &control)?;
        let ear = Arc::new(Mutex::new(Ear::new(Arc::clone(&registry), (WINDOWS, usize::MAX), false)?));
        let feed = Feed::new(format, registry.limits, Arc::<Mutex<Ear>>::clone(&ear))?;
        let patience = registry.live_idle;
        let rolled = Instant::now();
        let open = Open { registry, known, roll, rolled, control, feed, ear, segments: Vec::new(), last_seconds: 0.0 };
        Ok(Self(Slot::new(open, patience)))
    }

    pub(crate) fn push(&self, bytes: &[u8]) -> Result<LiveUpdate> {
        self.0.with(|open| {
            open.feed.push(bytes)?;
            open.update()
        })
    }

    /// Who spoke when in all of it. `control`: in place of the session's own.
    pub(crate) fn finish(&self, control: Option<&CallOptions>) -> Result<Identification> {
        let Open { registry, known, control: own, feed, .. } = self.0.finish()?;
        registry.identify_counted(&feed.finish(), &known, &control.unwrap_or(&own).started())
    }

    pub(crate) fn cancel(&self) {
        self.0.cancel();
    }
}

impl Open {
    fn update(&mut self) -> Result<LiveUpdate> {
        if self.rolled.elapsed() >= BELIEVED {
            self.roll = self.registry.roll_again(&self.known)?;
            self.rolled = Instant::now();
        }
        let mut ear = self.ear.lock().unwrap_or_else(PoisonError::into_inner);
        let mut changed = 0..0;
        if ear.take_new() > 0
            && let Some(first) = ear.windows().first()
        {
            let from = first.span.start;
            let mut speech = ear.monitor().speech_from(from);
            if let Some(first) = speech.first_mut() {
                first.start = first.start.max(from);
            }
            let Heard { turns, last_seconds } = self.registry.heard(
                &speech,
                ear.windows(),
                ear.monitor().is_narrow(),
                &self.roll,
                &CallOptions::new(),
            )?;
            let segments = joined(&self.segments, turns, from as f64 / f64::from(SAMPLE_RATE));
            let same = self.segments.iter().zip(&segments).take_while(|(before, now)| before == now).count();
            // An update can only replace segments: to remove the last ones, it repeats the one before them.
            let first = same.min(segments.len().saturating_sub(1));
            if self.segments != segments {
                changed = first..segments.len();
            }
            (self.segments, self.last_seconds) = (segments, last_seconds);
        }
        let seconds = ear.monitor().seconds();
        let speaker = self.segments.last().filter(|_| ear.is_speaking()).map(|last| LiveSpeaker {
            start: last.start,
            speaker_id: last.speaker_id.clone(),
            confidence: last.confidence,
            decided: last.speaker_id.is_some() || self.last_seconds >= DECIDED_SECONDS,
        });
        // It is not known yet who speaks after the last segment.
        let lag = self.segments.last().map_or(0.0, |last| seconds - last.end);
        Ok(LiveUpdate {
            duration: round(seconds, 3),
            speech_seconds: round(ear.monitor().speech_seconds(), 3),
            momentary_dbfs: ear.monitor().momentary_dbfs(),
            speaker: speaker.filter(|_| lag <= rules::CLUSTERING.window),
            segments: self.segments[changed].to_vec(),
        })
    }
}

/// Segments as they were up to `from`, in seconds, and as they are now from there on.
fn joined(before: &[Segment], now: Vec<Segment>, from: f64) -> Vec<Segment> {
    let mut all: Vec<Segment> = before.iter().filter(|segment| segment.start < from).cloned().collect();
    if let Some(last) = all.last_mut() {
        last.end = last.end.min(round(from, 3));
        if let Some(first) = now.first().filter(|first| first.speaker_id == last.speaker_id && first.start <= last.end)
        {
            last.end = first.end;
            all.extend(now.into_iter().skip(1));
            return all;
        }
    }
    all.extend(now);
    all
}

/// An identification while people speak: [`Registry::live_identification`](crate::Registry::live_identification) starts it.
///
/// Dropping it is [`cancel`](Self::cancel). A session that gets no sound for a minute
/// ([`RegistryOptions::live_idle`](crate::RegistryOptions::live_idle)) ends by itself; then its methods fail with
/// `session_idle`, and after its end with `session_ended`.
pub struct LiveIdentification(Arc<Identifying>);

impl LiveIdentification {
    pub(crate) fn new(session: Identifying) -> Self {
        Self(Arc::new(session))
    }

    /// Takes the next bytes, any number of them, and returns who speaks, as far as it can be said now. A few milliseconds of
    /// work for each second of sound, on threads that only live sessions use.
    ///
    /// # Errors
    /// `recording_too_large` and `recording_too_long` beyond the limits of a recording: these bytes are not taken, and the
    /// session can be finished. `recording_*` for a container that cannot be read, and `speaker_*` or `consent_missing` when
    /// a candidate was deleted or has withdrawn the consent; these end the session.
    pub async fn push(&self, bytes: impl Into<Bytes>) -> Result<LiveUpdate> {
        let (session, bytes) = (Arc::clone(&self.0), bytes.into());
        workers::run(Lane::Live, move || session.push(&bytes)).await
    }

    /// Returns what [`Registry::identify`](crate::Registry::identify) returns for a recording of all that was pushed, and
    /// ends the session, whether or not this succeeds.
    ///
    /// # Errors
    /// As for [`Registry::identify`](crate::Registry::identify).
    pub async fn finish(&self) -> Result<Identification> {
        let session = Arc::clone(&self.0);
        workers::run(Lane::Heavy, move || session.finish(None)).await
    }

    /// The same in the calling thread, with options in place of the session's own.
    #[cfg(feature = "server")]
    pub(crate) fn finish_with(&self, control: &CallOptions) -> Result<Identification> {
        self.0.finish(Some(control))
    }

    /// Ends the session; nothing of it is kept.
    pub fn cancel(&self) {
        self.0.cancel();
    }
}

/// Never what was said.
impl std::fmt::Debug for LiveIdentification {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("LiveIdentification").finish_non_exhaustive()
    }
}
