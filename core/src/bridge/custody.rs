//! How the store of a registry is opened: its key, whether consent is required, and the audit trail.

use std::path::PathBuf;

use super::invalid;
use crate::types::error::Result;
use crate::{KeySource, RegistryOptions};

/// The settings of a store, beside those of its network.
#[derive(Default)]
pub(super) struct Custody {
    pub(super) read_only: Option<bool>,
    pub(super) key_folder: Option<PathBuf>,
    pub(super) key_file: Option<PathBuf>,
    pub(super) key_variable: Option<String>,
    pub(super) key_command: Option<String>,
    pub(super) encrypted: Option<bool>,
    pub(super) require_consent: Option<bool>,
    pub(super) decisions_only: Option<bool>,
    pub(super) attempts_per_hour: Option<u32>,
    pub(super) audit: Option<PathBuf>,
    pub(super) actor: Option<String>,
}

impl Custody {
    pub(super) fn options(self, mut options: RegistryOptions) -> Result<RegistryOptions> {
        if let Some(read_only) = self.read_only {
            options = options.read_only(read_only);
        }
        let sources = [
            self.key_folder.map(KeySource::folder),
            self.key_file.map(KeySource::file),
            self.key_variable.map(KeySource::variable),
            self.key_command.map(KeySource::command),
        ];
        let mut sources = sources.into_iter().flatten();
        if let Some(source) = sources.next() {
            options = options.key(source);
        }
        if sources.next().is_some() {
            return Err(invalid(
                "the key has several sources; pass one of `key_folder`, `key_file`, `key_variable` and `key_command`",
            ));
        }
        if let Some(encrypted) = self.encrypted {
            options = options.encrypted(encrypted);
        }
        if let Some(require) = self.require_consent {
            options = options.require_consent(require);
        }
        if let Some(only) = self.decisions_only {
            options = options.decisions_only(only);
        }
        if let Some(most) = self.attempts_per_hour {
            options = options.attempts_per_hour(most);
        }
        if let Some(folder) = self.audit {
            options = options.audit(folder);
        }
        if let Some(actor) = self.actor {
            options = options.actor(actor);
        }
        Ok(options)
    }

    /// Refuses them where there is no store file: a `require_consent` that nothing heeds would be wrong.
    pub(super) fn none(&self) -> Result<()> {
        let given = [
            ("read_only", self.read_only.is_some()),
            ("key_folder", self.key_folder.is_some()),
            ("key_file", self.key_file.is_some()),
            ("key_variable", self.key_variable.is_some()),
            ("key_command", self.key_command.is_some()),
            ("encrypted", self.encrypted.is_some()),
            ("require_consent", self.require_consent.is_some()),
            ("decisions_only", self.decisions_only.is_some()),
            ("attempts_per_hour", self.attempts_per_hour.is_some()),
            ("audit", self.audit.is_some()),
            ("actor", self.actor.is_some()),
        ];
        match given.iter().find(|(_, given)| *given) {
            Some((name, _)) => Err(invalid(format!("`{name}` is an option of a store file; pass `path` with it"))),
            None => Ok(()),
        }
    }
}
