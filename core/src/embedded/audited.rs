//! Writes the calls of a registry to its audit trail.

use zeroize::Zeroizing;

use crate::audit::{AuditEntry, AuditReport, Event, Trail, read};
use crate::embedded::Embedded;
use crate::runtime::apart;
use crate::types::error::{Code, Error, Result};
use crate::types::hex;
use crate::{CallOptions, SpeakerId, Verification};

impl Embedded {
    /// Does what changes the store, once the trail says that it is to be done. What came of it is written afterwards; where
    /// that fails the change stands, as the trail knows of it.
    pub(crate) fn changing<T>(
        &self,
        control: &CallOptions,
        action: &'static str,
        id: Option<&SpeakerId>,
        work: impl FnOnce() -> Result<T>,
    ) -> Result<T> {
        let Some(trail) = &self.trail else { return work() };
        self.note(trail, control.acting(), action, id, "begun", true)?;
        let result = work();
        let outcome = result.as_ref().map_or_else(Error::code, |_| "done");
        let _ = self.note(trail, control.acting(), action, id, outcome, true);
        result
    }

    /// Does what asks whose voice it is. Nobody gets an answer that the trail does not know of.
    pub(crate) fn asking<T>(
        &self,
        control: &CallOptions,
        action: &'static str,
        id: Option<&SpeakerId>,
        outcome: impl FnOnce(&T) -> &'static str,
        work: impl FnOnce() -> Result<T>,
    ) -> Result<T> {
        let result = work();
        if let Some(trail) = &self.trail {
            let outcome = result.as_ref().map_or_else(Error::code, outcome);
            self.note(trail, control.acting(), action, id, outcome, false)?;
        }
        result
    }

    fn note(
        &self,
        trail: &Trail,
        actor: Option<&str>,
        action: &'static str,
        id: Option<&SpeakerId>,
        outcome: &str,
        sure: bool,
    ) -> Result<()> {
        let (key, speaker) = self.store.audit_key(id)?;
        let changes = self.store.changes()?;
        let event = Event { actor, action, speaker: speaker.as_deref(), outcome, changes, sure };
        // It waits for other writers of the trail.
        apart(|| trail.write(&key, &event))
    }

    /// Reads the trail, passes each entry to `tell`, and reports its faults.
    pub(crate) fn read_trail(&self, tell: impl FnMut(&AuditEntry) -> Result<()>) -> Result<AuditReport> {
        let folder = self.trail.as_ref().map(Trail::folder).ok_or_else(|| {
            Error::new(
                Code::InvalidOption,
                "the registry was opened without an audit trail; pass its folder with --audit or VOICEROLL_AUDIT",
            )
        })?;
        let (key, _): (Zeroizing<Vec<u8>>, _) = self.store.audit_key(None)?;
        read(folder, &key, self.store.changes()?, tell)
    }

    /// What stands for a speaker in the trail.
    pub(crate) fn audit_pseudonym(&self, id: &SpeakerId) -> Result<String> {
        Ok(self.store.audit_key(Some(id))?.1.as_deref().map(hex).unwrap_or_default())
    }
}

/// The decision of a verification, and no score.
pub(crate) fn decided(found: &Verification) -> &'static str {
    found.decision.as_str()
}
