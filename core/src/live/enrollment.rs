//! Enrollment while somebody speaks.

use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;

use super::ear::Ear;
use super::slot::Slot;
use crate::audio::Feed;
use crate::embedded::Embedded;
use crate::rules::{self, round};
use crate::runtime::workers::{self, Lane};
use crate::types::enrollment::{Enroll, Write};
use crate::types::error::Result;
use crate::types::live::LiveFormat;
use crate::voice::diarization::second_voice;
use crate::{CallOptions, ConsentRecord, Enrollment, LiveStatus, Recordings, SpeakerId};

/// Windows that a second voice is looked for in: fewer say nothing, and more than an inspection looks at are not made.
const LEAST_WINDOWS: usize = 8;
const MOST_WINDOWS: usize = 80;

/// It is looked for after each so many windows.
const EACH: usize = 2;

/// How a session enrolls.
pub(crate) struct Manner {
    pub(crate) force: bool,
    pub(crate) consent: Option<Arc<ConsentRecord>>,
    pub(crate) control: CallOptions,
}

/// A session that enrolls, for callers without async.
pub(crate) struct Enrolling(Arc<Slot<Open>>);

struct Open {
    registry: Arc<Embedded>,
    id: SpeakerId,
    manner: Manner,
    /// Seconds of speech that were enrolled before.
    already: f64,
    feed: Feed,
    ear: Arc<Mutex<Ear>>,
    /// How many people speak, and the share of all but the first of them.
    speakers: Option<(u32, f64)>,
}

impl Enrolling {
    pub(crate) fn start(registry: Arc<Embedded>, id: SpeakerId, format: LiveFormat, manner: Manner) -> Result<Self> {
        let already = registry.expected(&id, manner.consent.as_deref())?;
        let windows = if registry.engine()?.known().is_some() { MOST_WINDOWS } else { 0 };
        let ear = Arc::new(Mutex::new(Ear::new(Arc::clone(&registry), (windows, windows), true)?));
        let feed = Feed::new(format, registry.limits, Arc::<Mutex<Ear>>::clone(&ear))?;
        let patience = registry.live_idle;
        let open = Open { registry, id, manner, already, feed, ear, speakers: None };
        Ok(Self(Slot::new(open, patience)))
    }

    pub(crate) fn push(&self, bytes: &[u8]) -> Result<LiveStatus> {
        self.0.with(|open| {
            open.feed.push(bytes)?;
            open.status()
        })
    }

    /// Enrolls what was said. `control`: in place of the session's own.
    pub(crate) fn finish(&self, control: Option<&CallOptions>) -> Result<Enrollment> {
        let Open { registry, id, manner, feed, .. } = self.0.finish()?;
        let recordings = Recordings(vec![feed.finish()]);
        let Manner { force, consent, control: own } = manner;
        let enroll = Enroll { id, write: Write::Either, recordings, force, consent };
        registry.write(&enroll, &control.unwrap_or(&own).started())
    }

    pub(crate) fn cancel(&self) {
        self.0.cancel();
    }
}

impl Open {
    fn status(&mut self) -> Result<LiveStatus> {
        let mut ear = self.ear.lock().unwrap_or_else(PoisonError::into_inner);
        if ear.new_windows() >= EACH && ear.windows().len() >= LEAST_WINDOWS {
            ear.take_new();
            let found = second_voice(ear.windows(), self.registry.engine()?.clustering(), &CallOptions::new())?;
            self.speakers = Some((found.speakers.max(1), found.share));
        }
        let found = match ear.inspection() {
            Some(found) => found.clone(),
            None => ear.monitor().inspection(),
        };
        let mut problems = found.problems;
        let (speakers, share) = self.speakers.unzip();
        problems.extend(share.and_then(rules::second_voice));
        problems.sort_by_key(|problem| problem.severity);
        Ok(LiveStatus {
            duration: round(ear.monitor().seconds(), 3),
            speech_seconds: found.speech_seconds,
            missing_seconds: rules::missing_seconds(self.already + found.speech_seconds),
            speaking: ear.is_speaking(),
            momentary_dbfs: ear.monitor().momentary_dbfs(),
            level_dbfs: found.level_dbfs,
            peak_dbfs: found.peak_dbfs,
            clipped_ratio: found.clipped_ratio,
            snr_db: found.snr_db,
            speakers: speakers.filter(|_| found.speech_seconds >= rules::LEAST_SPEECH_SECONDS),
            problems,
        })
    }
}

/// An enrollment while somebody speaks: [`Registry::live_enrollment`](crate::Registry::live_enrollment) starts it.
///
/// Dropping it is [`cancel`](Self::cancel). A session that gets no sound for a minute
/// ([`RegistryOptions::live_idle`](crate::RegistryOptions::live_idle)) ends by itself; then its methods fail with
/// `session_idle`, and after its end with `session_ended`.
pub struct LiveEnrollment(Arc<Enrolling>);

impl LiveEnrollment {
    pub(crate) fn new(session: Enrolling) -> Self {
        Self(Arc::new(session))
    }

    /// Takes the next bytes, any number of them, and returns how it goes. A few milliseconds of work for each second of
    /// sound, on threads that only live sessions use.
    ///
    /// # Errors
    /// `recording_too_large` and `recording_too_long` beyond the limits of a recording: these bytes are not taken, and the
    /// session can be finished. `recording_*` for a container that cannot be read, which ends the session.
    pub async fn push(&self, bytes: impl Into<Bytes>) -> Result<LiveStatus> {
        let (session, bytes) = (Arc::clone(&self.0), bytes.into());
        workers::run(Lane::Live, move || session.push(&bytes)).await
    }

    /// Enrolls the speaker with all that was pushed, exactly as [`Registry::enroll`](crate::Registry::enroll) enrolls a
    /// recording of these bytes, and ends the session, whether or not this succeeds. Samples are enrolled as a WAV
    /// recording.
    ///
    /// # Errors
    /// As for [`Registry::enroll`](crate::Registry::enroll).
    pub async fn finish(&self) -> Result<Enrollment> {
        let session = Arc::clone(&self.0);
        workers::run(Lane::Heavy, move || session.finish(None)).await
    }

    /// The same in the calling thread, with options in place of the session's own.
    #[cfg(feature = "server")]
    pub(crate) fn finish_with(&self, control: &CallOptions) -> Result<Enrollment> {
        self.0.finish(Some(control))
    }

    /// Ends the session; nothing of it is kept.
    pub fn cancel(&self) {
        self.0.cancel();
    }
}

/// Never what was said.
impl std::fmt::Debug for LiveEnrollment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("LiveEnrollment").finish_non_exhaustive()
    }
}
