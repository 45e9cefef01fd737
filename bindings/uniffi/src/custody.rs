// SPDX-License-Identifier: Apache-2.0
//! Consent, retention, keys, audit and backups of a store file.

use std::time::Duration;

use voiceroll::{
    AuditEntry, AuditReport, CheckReport, ConsentRecord, ConsentState, Enrollment, Export, KeySource, RegistryOptions,
    Restored, SpeakerId, bridge,
};

use crate::error::Result;
use crate::{CallOptions, Registry};

/// How a store is opened: where its key comes from, and what is kept of its use. For the key give one source at most;
/// without one, the environment says it, or a folder of the user is used. Without the key nobody can read the voiceprints.
#[derive(Default, uniffi::Record)]
pub struct Custody {
    /// Opens the store read-only; calls that would change it fail.
    #[uniffi(default = false)]
    pub read_only: bool,
    /// A folder with a key file for each store.
    #[uniffi(default = None)]
    pub key_folder: Option<String>,
    /// The file of the key; it is created if it does not exist.
    #[uniffi(default = None)]
    pub key_file: Option<String>,
    /// The environment variable that holds the key.
    #[uniffi(default = None)]
    pub key_variable: Option<String>,
    /// A command that prints the key.
    #[uniffi(default = None)]
    pub key_command: Option<String>,
    /// Whether the store is encrypted. By default it is, unless it was created with false.
    #[uniffi(default = None)]
    pub encrypted: Option<bool>,
    /// Whether nobody is enrolled or recognised without a valid consent record.
    #[uniffi(default = false)]
    pub require_consent: bool,
    /// Whether answers say no more than the decision: no confidence, ratio or score.
    #[uniffi(default = false)]
    pub decisions_only: bool,
    /// How often in an hour a speaker may be verified, or named as a candidate. By default there is no limit.
    #[uniffi(default = None)]
    pub attempts_per_hour: Option<u32>,
    /// The folder of an audit trail of every change and every recognition.
    #[uniffi(default = None)]
    pub audit: Option<String>,
    /// The actor in the audit trail. By default the user of the operating system.
    #[uniffi(default = None)]
    pub actor: Option<String>,
}

impl Custody {
    pub(crate) fn options(self, mut options: RegistryOptions) -> Result<RegistryOptions> {
        if self.read_only {
            options = options.read_only(true);
        }
        let path = |name: Option<String>| name.map(|name| bridge::path(name.as_bytes())).transpose();
        let sources = [
            path(self.key_folder)?.map(KeySource::folder),
            path(self.key_file)?.map(KeySource::file),
            self.key_variable.map(KeySource::variable),
            self.key_command.map(KeySource::command),
        ];
        let mut sources = sources.into_iter().flatten();
        if let Some(source) = sources.next() {
            options = options.key(source);
        }
        if sources.next().is_some() {
            Err(bridge::invalid("the key has several sources; pass one of them"))?;
        }
        if let Some(encrypted) = self.encrypted {
            options = options.encrypted(encrypted);
        }
        if let Some(folder) = path(self.audit)? {
            options = options.audit(folder);
        }
        if let Some(actor) = self.actor {
            options = options.actor(actor);
        }
        if let Some(most) = self.attempts_per_hour {
            options = options.attempts_per_hour(most);
        }
        Ok(options.require_consent(self.require_consent).decisions_only(self.decisions_only))
    }
}

/// Puts a backup in the place of the store `path` that nobody has open. `replace` moves a store that exists aside; speakers
/// who were deleted from it since the backup are erased from the restored one.
#[uniffi::export(default(replace = false, custody))]
pub fn restore(backup: String, path: String, replace: bool, custody: Custody) -> Result<Restored> {
    let options = custody.options(voiceroll::Registry::options())?;
    let (backup, path) = (bridge::path(backup.as_bytes())?, bridge::path(path.as_bytes())?);
    Ok(bridge::guard(|| options.restore(backup, path, replace))?)
}

/// Consent, expiry and export, also for a registry on a server of this project; and what needs a store file, which is
/// `Unsupported` for a registry on a server.
#[uniffi::export]
impl Registry {
    /// Records a consent of an enrolled speaker. One that is recorded already is not recorded twice.
    #[uniffi::method(default(options))]
    pub async fn record_consent(&self, speaker_id: String, consent: ConsentRecord, options: CallOptions) -> Result<()> {
        let id: SpeakerId = speaker_id.parse()?;
        let (registry, steering) = self.steered(options)?;
        steering.end(registry.record_consent(&id, consent)).await
    }

    /// What a speaker consented to and withdrew, and when the speaker expires; also of one who withdrew.
    #[uniffi::method(default(options))]
    pub async fn consent(&self, speaker_id: String, options: CallOptions) -> Result<ConsentState> {
        let id: SpeakerId = speaker_id.parse()?;
        let (registry, steering) = self.steered(options)?;
        steering.end(registry.consent(&id)).await
    }

    /// Deletes a speaker at once, as `delete` does, and keeps the proof that the consent was withdrawn.
    #[uniffi::method(default(options))]
    pub async fn withdraw_consent(&self, speaker_id: String, options: CallOptions) -> Result<()> {
        let id: SpeakerId = speaker_id.parse()?;
        let (registry, steering) = self.steered(options)?;
        steering.end(registry.withdraw_consent(&id)).await
    }

    /// Sets when a speaker expires: from then on nobody is recognised as this speaker, and `purge` erases.
    #[uniffi::method(default(at = None, options))]
    pub async fn expire(&self, speaker_id: String, at: Option<u64>, options: CallOptions) -> Result<()> {
        let id: SpeakerId = speaker_id.parse()?;
        let (registry, steering) = self.steered(options)?;
        steering.end(registry.expire(&id, at)).await
    }

    /// How many seconds new speakers are kept; null: until they are deleted.
    #[uniffi::method(default(options))]
    pub async fn retention(&self, options: CallOptions) -> Result<Option<u64>> {
        let (registry, steering) = self.steered(options)?;
        Ok(steering.end(registry.retention()).await?.map(|time| time.as_secs()))
    }

    /// Sets how many seconds speakers are kept who are enrolled from now on; null: until they are deleted.
    #[uniffi::method(default(options))]
    pub async fn set_retention(&self, seconds: Option<u64>, options: CallOptions) -> Result<()> {
        let (registry, steering) = self.steered(options)?;
        steering.end(registry.set_retention(seconds.map(Duration::from_secs))).await
    }

    /// The speakers who have expired and whom `purge` would erase, sorted by id.
    #[uniffi::method(default(options))]
    pub async fn expired(&self, options: CallOptions) -> Result<Vec<String>> {
        let (registry, steering) = self.steered(options)?;
        Ok(steering.end(registry.expired()).await?.iter().map(ToString::to_string).collect())
    }

    /// Erases the speakers who have expired, as `delete` does.
    #[uniffi::method(default(options))]
    pub async fn purge(&self, options: CallOptions) -> Result<Vec<String>> {
        let (registry, steering) = self.steered(options)?;
        Ok(steering.end(registry.purge()).await?.iter().map(ToString::to_string).collect())
    }

    /// Everything that is held about a speaker, as JSON text; docs/lawful.md describes its form.
    #[uniffi::method(default(voiceprints = false, options))]
    pub async fn export_speaker(&self, speaker_id: String, voiceprints: bool, options: CallOptions) -> Result<String> {
        let id: SpeakerId = speaker_id.parse()?;
        let (registry, steering) = self.steered(options)?;
        let export = steering.end(registry.export_speaker(&id, voiceprints)).await?;
        Ok(serde_json::to_string(&export).unwrap_or_default())
    }

    /// Enrolls a speaker from what `export_speaker` of another store of the same model returned, with voiceprints. It
    /// trusts the text: no recording is compared.
    #[uniffi::method(default(options))]
    pub async fn import_speaker(&self, export: String, options: CallOptions) -> Result<Enrollment> {
        let export: Export =
            serde_json::from_str(&export).map_err(|_| bridge::invalid("the export is not JSON of an export"))?;
        let (registry, steering) = self.steered(options)?;
        steering.end(registry.import_speaker(&export)).await
    }

    /// Replaces the key of the store. `forget_old` also removes the old one from the key file: earlier backups can then
    /// not be opened.
    #[uniffi::method(default(forget_old = false, options))]
    pub async fn rotate_key(&self, forget_old: bool, options: CallOptions) -> Result<u64> {
        let (registry, steering) = self.steered(options)?;
        steering.end(registry.rotate_key(forget_old)).await
    }

    /// Reads the audit trail and reports entries that were changed, removed or inserted.
    #[uniffi::method(default(options))]
    pub async fn verify_audit(&self, options: CallOptions) -> Result<AuditReport> {
        let (registry, steering) = self.steered(options)?;
        steering.end(registry.verify_audit()).await
    }

    /// The entries of the audit trail, oldest first.
    #[uniffi::method(default(options))]
    pub async fn audit_entries(&self, options: CallOptions) -> Result<Vec<AuditEntry>> {
        let (registry, steering) = self.steered(options)?;
        steering.end(registry.audit_entries()).await
    }

    /// The pseudonym of a speaker in the audit trail.
    #[uniffi::method(default(options))]
    pub async fn audit_pseudonym(&self, speaker_id: String, options: CallOptions) -> Result<String> {
        let id: SpeakerId = speaker_id.parse()?;
        let (registry, steering) = self.steered(options)?;
        steering.end(registry.audit_pseudonym(&id)).await
    }

    /// Writes a copy of the store into a new file, while others use it. It needs the same key; see `restore`.
    #[uniffi::method(default(options))]
    pub async fn backup(&self, to: String, options: CallOptions) -> Result<()> {
        let to = bridge::path(to.as_bytes())?;
        let (registry, steering) = self.steered(options)?;
        steering.end(registry.backup(&to)).await
    }

    /// Reads everything in the store, and the audit trail if there is one, and reports what was changed.
    #[uniffi::method(default(options))]
    pub async fn check(&self, options: CallOptions) -> Result<CheckReport> {
        let (registry, steering) = self.steered(options)?;
        steering.end(registry.check()).await
    }
}
