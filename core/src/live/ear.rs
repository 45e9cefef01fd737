//! Listens to a stream: measurements, and voiceprints of what was said last.

use std::sync::Arc;

use crate::audio::{Monitor, Sink};
use crate::embedded::Embedded;
use crate::types::error::Result;
use crate::voice::diarization::{Following, Window};
use crate::{CallOptions, Inspection};

/// Somebody speaks who was heard within so long, in seconds: the detector bridges shorter pauses.
const SPEAKING_SECONDS: f64 = 0.4;

pub(super) struct Ear {
    registry: Arc<Embedded>,
    monitor: Monitor,
    following: Following,
    /// How many windows are still to be made.
    left: usize,
    /// Windows that nobody looked at yet.
    new: usize,
    /// What was measured so far, if `measured` was asked for.
    inspection: Option<Inspection>,
}

impl Ear {
    /// `windows`: how many are kept, and how many are made in all. `measured`: whether an inspection is wanted.
    pub(super) fn new(registry: Arc<Embedded>, windows: (usize, usize), measured: bool) -> Result<Self> {
        let monitor = Monitor::new()?;
        let inspection = measured.then(|| monitor.inspection());
        let (kept, left) = windows;
        Ok(Self { registry, monitor, following: Following::new(kept), left, new: 0, inspection })
    }

    pub(super) fn monitor(&self) -> &Monitor {
        &self.monitor
    }

    pub(super) fn inspection(&self) -> Option<&Inspection> {
        self.inspection.as_ref()
    }

    pub(super) fn windows(&self) -> &[Window] {
        self.following.windows()
    }

    /// How many windows there are that were not there the last time.
    pub(super) fn take_new(&mut self) -> usize {
        std::mem::take(&mut self.new)
    }

    /// How many windows there are that were not there the last time, to be asked again.
    pub(super) fn new_windows(&self) -> usize {
        self.new
    }

    /// Whether somebody speaks at the moment.
    pub(super) fn is_speaking(&self) -> bool {
        self.monitor.pause_seconds().is_some_and(|pause| pause <= SPEAKING_SECONDS)
    }

    fn look(&mut self) -> Result<()> {
        self.monitor.look();
        if self.left > 0 {
            let speech = self.monitor.speech_from(self.following.next());
            let made = self.following.follow(
                self.registry.engine()?,
                &speech,
                self.monitor.end(),
                self.monitor.recent(),
                &CallOptions::new(),
            )?;
            self.left = self.left.saturating_sub(made);
            self.new += made;
        }
        if self.inspection.is_some() {
            self.inspection = Some(self.monitor.inspection());
        }
        Ok(())
    }
}

impl Sink for Ear {
    fn block(&mut self, rate: u32, channels: &mut [Vec<f32>]) -> Result<()> {
        self.monitor.block(rate, channels)?;
        if self.monitor.is_due() { self.look() } else { Ok(()) }
    }
}
