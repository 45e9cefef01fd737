//! What a registry does for those who are enrolled, besides recognising them: consent, retention, and what is held about
//! one person. All of it is done where the store is; a registry on a server answers `not_supported`.

use std::path::Path;
use std::time::Duration;

use crate::audit::{AuditEntry, AuditReport};
use crate::embedded::Embedded;
use crate::operations::{Consents, Expire, ExportSpeaker, RecordConsent, WithdrawConsent};
use crate::runtime::apart;
use crate::store::restore;
use crate::types::error::Result;
use crate::{
    CallOptions, CheckReport, ConsentRecord, ConsentState, Enrollment, Export, Registry, RegistryOptions, Restored,
    SpeakerId, blocking,
};

impl RegistryOptions {
    /// Puts a backup in the place of a store that nobody has open. The backup is checked first. A store that is there is
    /// moved aside if `replace` is set, and those who were deleted from it since the backup was made are erased from what is
    /// put back.
    ///
    /// # Errors
    /// `store_tampered` for a backup that is not whole, `invalid_option` where there is a store and `replace` is not set,
    /// `store_busy` where a program has it open, `key_missing`, `key_wrong`, `store_*`.
    pub fn restore(&self, backup: impl AsRef<Path>, store: impl AsRef<Path>, replace: bool) -> Result<Restored> {
        let restored = apart(|| restore(backup.as_ref(), store.as_ref(), &self.protection, replace))?;
        if self.audit.is_some() {
            let embedded = Embedded::open(store.as_ref(), self.clone().existing())?;
            embedded.asking(&CallOptions::new(), "restore", None, |()| "done", || Ok(()))?;
        }
        Ok(restored)
    }
}

/// Defines methods of both registries at once that a server of this project has too.
macro_rules! methods_of_both {
    ($($(#[doc = $doc:literal])* $name:ident($($arg:ident: $type:ty),*) -> $answer:ty { $verb:expr })*) => {
        /// Consent, expiry and export, also for a registry on a server of this project; another server answers
        /// `not_supported`.
        impl Registry {
            $(
                $(#[doc = $doc])*
                pub async fn $name(&self, $($arg: $type),*) -> Result<$answer> {
                    self.run($verb).await
                }
            )*
        }

        /// Consent, expiry and export, also for a registry on a server of this project; another server answers
        /// `not_supported`.
        impl blocking::Registry {
            $(
                $(#[doc = $doc])*
                pub fn $name(&self, $($arg: $type),*) -> Result<$answer> {
                    self.run($verb)
                }
            )*
        }
    };
}

methods_of_both! {
    /// Keeps a consent of an enrolled speaker. One that is kept already is not kept twice.
    ///
    /// # Errors
    /// `speaker_not_found`, `invalid_option` for a record that says nothing or too much, `store_*`.
    record_consent(id: &SpeakerId, consent: ConsentRecord) -> () { RecordConsent(id.clone(), consent) }

    /// What a speaker consented to and withdrew, and until when the speaker is kept; also of a speaker who withdrew.
    ///
    /// # Errors
    /// `speaker_not_found`, `store_*`.
    consent(id: &SpeakerId) -> ConsentState { Consents(id.clone()) }

    /// Deletes the speaker with all that is stored of the voice, at once, and keeps the proof that the consent was
    /// withdrawn: what it was, and when.
    ///
    /// # Errors
    /// As for `delete`.
    withdraw_consent(id: &SpeakerId) -> () { WithdrawConsent(id.clone()) }

    /// Sets from which second on, counted from 1970, a speaker is not recognised (`speaker_expired`) and is erased by the
    /// next `purge`; none: never.
    ///
    /// # Errors
    /// `speaker_not_found`, `store_*`.
    expire(id: &SpeakerId, at: Option<u64>) -> () { Expire(id.clone(), at) }

    /// Everything that is held about a speaker; `voiceprints`: those too.
    ///
    /// # Errors
    /// `speaker_not_found`, `store_*`.
    export_speaker(id: &SpeakerId, voiceprints: bool) -> Export { ExportSpeaker(id.clone(), voiceprints) }
}

/// Defines methods of both registries at once.
macro_rules! methods {
    ($($(#[doc = $doc:literal])* $name:ident($($arg:ident: $type:ty as $held:expr),*) -> $answer:ty {
        |$embedded:ident, $control:ident| $work:expr
    })*) => {
        /// Consent, retention, and what is held about one person. For a registry on a server these fail with
        /// `not_supported`.
        impl Registry {
            $(
                $(#[doc = $doc])*
                #[allow(clippy::redundant_locals, reason = "some arguments are taken as they are")]
                pub async fn $name(&self, $($arg: $type),*) -> Result<$answer> {
                    $(let $arg = $held;)*
                    self.here(move |$embedded: &Embedded, $control: &CallOptions| $work).await
                }
            )*
        }

        /// Consent, retention, and what is held about one person. For a registry on a server these fail with
        /// `not_supported`.
        impl blocking::Registry {
            $(
                $(#[doc = $doc])*
                #[allow(clippy::redundant_locals, reason = "some arguments are taken as they are")]
                pub fn $name(&self, $($arg: $type),*) -> Result<$answer> {
                    $(let $arg = $held;)*
                    self.here(move |$embedded: &Embedded, $control: &CallOptions| $work)
                }
            )*
        }
    };
}

methods! {
    /// How long speakers are kept who are enrolled from now on; none: until they are deleted.
    ///
    /// # Errors
    /// `store_*`.
    retention() -> Option<Duration> {
        |embedded, _control| Ok(embedded.store.retention()?.map(Duration::from_secs))
    }

    /// Sets how long speakers are kept who are enrolled from now on, in whole seconds. It is kept in the store.
    ///
    /// # Errors
    /// `store_*`.
    set_retention(time: Option<Duration> as time) -> () {
        |embedded, control| embedded.changing(control, "set_retention", None, || {
            embedded.store.set_retention(time.map(|time| time.as_secs()), control)
        })
    }

    /// Those who have expired and whom `purge` would erase, in the order of the ids.
    ///
    /// # Errors
    /// `store_*`.
    expired() -> Vec<SpeakerId> {
        |embedded, _control| embedded.store.expired()
    }

    /// Erases those who have expired, as `delete` does; who they were.
    ///
    /// # Errors
    /// `store_*`.
    purge() -> Vec<SpeakerId> {
        |embedded, control| embedded.changing(control, "purge", None, || embedded.store.purge(control))
    }

    /// Enrolls a speaker from what another store of the same model exported, with voiceprints. What is in there is trusted to
    /// be of that person: no voice is heard.
    ///
    /// # Errors
    /// `speaker_exists`, `model_mismatch`, `invalid_option` for an export that cannot be taken over, `store_*`.
    import_speaker(export: &Export as export.clone()) -> Enrollment {
        |embedded, control| embedded.changing(control, "import", Some(&export.enrollment.speaker_id), || {
            embedded.store.import(&export, embedded.engine()?.model(), control)
        })
    }

    /// Puts another key in the place of the one that encrypts the store, and returns how many speakers' keys were wrapped
    /// with it. Voiceprints are not touched, others go on reading and writing, and what was interrupted is finished by the
    /// next call.
    ///
    /// Where the key is in a file, a new one is made there and the old one stays behind it, as backups need it; `forget_old`
    /// takes it out of the store's own file in the folder for keys, and no backup from before can be opened any more. Where
    /// the key comes from elsewhere ([`KeySource::variable`](crate::KeySource::variable),
    /// [`KeySource::command`](crate::KeySource::command)), the new one must come before the old one there.
    ///
    /// # Errors
    /// `invalid_option` where the store is not encrypted or no new key is there, `key_missing`, `key_wrong`, `store_*`.
    rotate_key(forget_old: bool as forget_old) -> u64 {
        |embedded, control| {
            embedded.changing(control, "rotate_key", None, || embedded.store.rotate_key(forget_old, control))
        }
    }

    /// Reads the audit trail from end to end, and says what is wrong with it: entries that were changed, taken out or put in,
    /// and a store that is older than its trail.
    ///
    /// # Errors
    /// `invalid_option` where the registry was opened without a trail
    /// ([`RegistryOptions::audit`](crate::RegistryOptions::audit)), `audit_failed` where it cannot be read.
    verify_audit() -> AuditReport {
        |embedded, _control| embedded.read_trail(|_| Ok(()))
    }

    /// The entries of the audit trail, the oldest first.
    ///
    /// # Errors
    /// As for `verify_audit`.
    audit_entries() -> Vec<AuditEntry> {
        |embedded, _control| {
            let mut all = Vec::new();
            embedded.read_trail(|entry| {
                all.push(entry.clone());
                Ok(())
            })?;
            Ok(all)
        }
    }

    /// Writes a copy of the store as it is now into a new file, while others use it. It is encrypted with the same key as
    /// the store, and it holds the wrapped keys of those who are enrolled now.
    ///
    /// # Errors
    /// `invalid_option` where there is a file of that name, `store_full`, `store_*`.
    backup(to: &Path as to.to_owned()) -> () {
        |embedded, control| embedded.asking(control, "backup", None, |()| "done", || embedded.store.backup(&to))
    }

    /// Reads everything in the store, and the audit trail if there is one, and says what is not as it was written: pages,
    /// rows, ciphertexts, and voiceprints that are not those of their recordings.
    ///
    /// # Errors
    /// `store_*` where it cannot be read at all.
    check() -> CheckReport {
        |embedded, control| {
            let mut report = embedded.store.check_all(control)?;
            if embedded.trail.is_some() {
                embedded.read_trail(|_| Ok(()))?.faults.into_iter().for_each(|fault| report.fault(fault));
            }
            Ok(report)
        }
    }

    /// What stands for a speaker in the audit trail.
    ///
    /// # Errors
    /// `store_*`.
    audit_pseudonym(id: &SpeakerId as id.clone()) -> String {
        |embedded, _control| embedded.audit_pseudonym(&id)
    }
}
