//! What is done to a server's whole folder: backups, checks, another key.

use std::path::{Path, PathBuf};

use super::ledger::Ledger;
use super::{TRAIL, private_folder};
use crate::types::error::{Code, Error, Result};

use crate::{CheckReport, Registry, RegistryOptions, blocking};

/// A server's folder as a whole. May be used while the server runs.
pub struct Folder {
    data: PathBuf,
    ledger: Ledger,
    options: RegistryOptions,
}

impl Folder {
    /// Opens the folder of a server, with the options of its registries.
    ///
    /// # Errors
    /// `store_missing` where there is none; `store_*`, `key_missing`, `key_wrong`.
    pub fn open(data: impl AsRef<Path>, options: RegistryOptions) -> Result<Self> {
        let data = data.as_ref().to_owned();
        let file = data.join("server.db");
        if !file.exists() {
            return Err(Error::new(
                Code::StoreMissing,
                "this folder has no server.db; pass the folder of a server with --data",
            ));
        }
        Ok(Self { ledger: Ledger::open(&file, &options.protection)?, data, options })
    }

    /// Copies the server's file and the registries of all accounts to a new folder, which a server can be started on. Every
    /// change that was acknowledged before is in it, and each registry is at least as new as the server's file says. It is
    /// encrypted with the same keys; they are not in it.
    ///
    /// # Errors
    /// `invalid_option` where there is a folder of that name; `store_*`, `key_*`.
    pub fn backup(&self, to: impl AsRef<Path>) -> Result<()> {
        let to = to.as_ref();
        if to.exists() {
            return Err(Error::new(
                Code::InvalidOption,
                "the folder for the backup already exists; choose another name",
            ));
        }
        // The name appears when all of it is there. A process that is killed leaves the other one, which nothing else has.
        let mut part = to.as_os_str().to_owned();
        part.push(format!(".{}.part", uuid::Uuid::new_v4()));
        let part = PathBuf::from(part);
        let copied = self.copy(&part).and_then(|()| std::fs::rename(&part, to).map_err(|fault| super::unmade(&fault)));
        if copied.is_err() {
            let _ = std::fs::remove_dir_all(&part);
        }
        copied
    }

    fn copy(&self, to: &Path) -> Result<()> {
        private_folder(to)?;
        // First, as registries may be newer than it says, but not older.
        self.ledger.copy(&to.join("server.db"))?;
        for account in self.accounts()? {
            let folder = to.join("accounts").join(&account);
            private_folder(&folder)?;
            self.registry(&account)?.backup(&folder.join("voices.db"))?;
        }
        Ok(())
    }

    /// Checks the server's file, the registry of every account, and their audit trails if `options` name their folder. By
    /// account; the server's file and the trail of log-ins have an empty name.
    ///
    /// # Errors
    /// `store_*`, `key_*` where something cannot be opened at all.
    pub fn check(&self) -> Result<Vec<(String, CheckReport)>> {
        let mut own = CheckReport { speakers: 0, recordings: 0, faults: self.ledger.faults()? };
        let trail = self.options.audit.as_ref().map(|folder| folder.join(TRAIL)).filter(|folder| folder.exists());
        if let Some(trail) = trail {
            let found = crate::audit::read(&trail, &self.ledger.key().audit(), 0, |_| Ok(()))?;
            found.faults.into_iter().for_each(|fault| own.fault(format!("the audit trail of log-ins: {fault}")));
        }
        let mut found = vec![(String::new(), own)];
        for account in self.accounts()? {
            let report = self.registry(&account)?.check()?;
            found.push((account, report));
        }
        Ok(found)
    }

    /// Puts another key in the place of that of every registry and of the server's file, as
    /// [`Registry::rotate_key`](crate::Registry::rotate_key) does; how many speakers' keys were wrapped.
    ///
    /// # Errors
    /// As for `Registry::rotate_key`.
    pub fn rotate_keys(&self, forget_old: bool) -> Result<u64> {
        let mut wrapped = 0;
        for account in self.accounts()? {
            wrapped += self.registry(&account)?.rotate_key(forget_old)?;
        }
        self.ledger.rotate(&self.options.protection, forget_old)?;
        Ok(wrapped)
    }

    fn accounts(&self) -> Result<Vec<String>> {
        let mut names: Vec<String> = self.ledger.rolls()?.into_iter().map(|(account, _)| account).collect();
        names.retain(|account| super::rolls::path(&self.data, account).exists());
        names.sort();
        Ok(names)
    }

    fn registry(&self, account: &str) -> Result<blocking::Registry> {
        let mut options = self.options.clone().existing();
        options.audit = options.audit.map(|folder| folder.join(account));
        let opened: Result<Registry> = options.open(super::rolls::path(&self.data, account));
        Ok(opened.map_err(|error| error.in_place(&format!("the registry in the folder accounts/{account}")))?.into())
    }
}
