//! Who may log in to a server.

use std::path::Path;
use std::time::Duration;

use super::ledger::{App, Ledger, Listed, Login};
use super::private_folder;
use super::scopes::{Scope, Scopes};
use super::secrets::{self, Claims, Digest, Key};
use crate::types::error::{Code, Error, Result};
use crate::{AuditEntry, AuditReport, Credentials, RegistryOptions, SpeakerId};

/// An app as its operator sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct AppEntry {
    /// Its id.
    pub client_id: String,
    /// Whose registry it uses.
    pub account: String,
    /// What it may do.
    pub scopes: Vec<Scope>,
    /// How many logins it has.
    pub logins: u64,
    /// From when on it cannot be used, in seconds since 1970; none: no such time.
    pub expires_at: Option<u64>,
}

/// The apps that may log in to a server, in its folder. May be used while the server runs.
pub struct Apps(pub(super) Ledger);

impl Apps {
    /// Opens a server's folder, and creates it if it does not exist. The key of its file comes from where the environment
    /// says ([`KeySource::from_env`](crate::KeySource::from_env)).
    ///
    /// # Errors
    /// `store_*`, `key_missing`, `key_wrong`.
    pub fn open(data: impl AsRef<Path>) -> Result<Self> {
        Self::open_with(data, &RegistryOptions::default())
    }

    /// The same with a key that comes from where the options of its registries say.
    ///
    /// # Errors
    /// `store_*`, `key_missing`, `key_wrong`.
    pub fn open_with(data: impl AsRef<Path>, registry: &RegistryOptions) -> Result<Self> {
        let data = data.as_ref();
        private_folder(data)?;
        super::rolls::check_ledger(data)?;
        Ok(Self(Ledger::open(&data.join("server.db"), &registry.protection)?))
    }

    /// Adds an app to an account, and lets `owner`, usually an extension id, log in to it. The secrets
    /// are shown this once.
    ///
    /// # Errors
    /// `invalid_option` for an account or owner that is not letters, digits and underscores;
    /// `store_*`.
    pub fn add(&self, account: &str, owner: &str) -> Result<Credentials> {
        self.add_for(account, owner, None)
    }

    /// The same with a JSON Web Token that runs out after so many days.
    ///
    /// # Errors
    /// As for [`add`](Self::add).
    pub fn add_for(&self, account: &str, owner: &str, days: Option<u64>) -> Result<Credentials> {
        let client_id = short()?;
        self.put(account, owner, client_id, secrets::token()?, short()?, days)
    }

    /// Gives an app another secret and another JSON Web Token, for the owner whom it acts for. The old ones are good for
    /// `grace` more, so that programs can be changed one after the other; with none its sessions end within a minute.
    ///
    /// # Errors
    /// `invalid_option` if there is none of this id; `store_*`.
    pub fn rotate(&self, client_id: &str, days: Option<u64>, grace: Duration) -> Result<Credentials> {
        let (secret, login) = (secrets::token()?, short()?);
        let owner = self.0.rotate_app(client_id, Digest::of(&secret), &login, grace.as_secs())?.ok_or_else(no_such)?;
        self.credentials(&owner, client_id.to_owned(), secret, login, days)
    }

    /// Another JSON Web Token for an app, which lets `owner` log in to it; `once`: a single time.
    ///
    /// # Errors
    /// `invalid_option` if there is none of this id, or for an invalid owner; `store_*`.
    pub fn login(&self, client_id: &str, owner: &str, days: Option<u64>, once: bool) -> Result<String> {
        if owner.parse::<SpeakerId>().is_err() {
            return Err(invalid_words());
        }
        let id = short()?;
        if !self.0.put_login(client_id, &Login { id: &id, owner, once })? {
            return Err(no_such());
        }
        self.jwt(owner, client_id, id, days)
    }

    /// Limits what an app may do. Its sessions follow within a minute.
    ///
    /// # Errors
    /// `invalid_option` if there is none of this id; `store_*`.
    pub fn limit(&self, client_id: &str, scopes: &[Scope]) -> Result<()> {
        if self.0.limit_app(client_id, &Scopes::new(scopes))? { Ok(()) } else { Err(no_such()) }
    }

    /// Sets from which second on, counted from 1970, an app cannot be used; none: no such time. Its sessions follow within
    /// a minute.
    ///
    /// # Errors
    /// `invalid_option` if there is none of this id; `store_*`.
    pub fn expire(&self, client_id: &str, at: Option<u64>) -> Result<()> {
        if self.0.expire_app(client_id, at)? { Ok(()) } else { Err(no_such()) }
    }

    /// The secret that signs the callbacks of an app. `root`: the server's `callback_secret`, if it has one.
    ///
    /// # Errors
    /// `invalid_option` if there is none of this id; `store_*`.
    pub fn callback_secret(&self, client_id: &str, root: Option<&str>) -> Result<String> {
        if !self.0.apps()?.iter().any(|listed| listed.app.client_id == client_id) {
            return Err(no_such());
        }
        let root = root.map_or_else(|| self.0.key().clone(), |root| Key::new(root.as_bytes().to_vec()));
        Ok(super::calls::secret(&root, client_id))
    }

    /// Reads the audit trail of log-ins from end to end, passes each entry to `tell`, and says what is wrong with it. `audit`:
    /// the folder of all trails, as [`RegistryOptions::audit`] names it.
    ///
    /// # Errors
    /// `audit_failed` where it cannot be read.
    pub fn read_audit(
        &self,
        audit: impl AsRef<Path>,
        tell: impl FnMut(&AuditEntry) -> Result<()>,
    ) -> Result<AuditReport> {
        crate::audit::read(&audit.as_ref().join(super::TRAIL), &self.0.key().audit(), 0, tell)
    }

    fn put(
        &self,
        account: &str,
        owner: &str,
        client_id: String,
        secret: String,
        login: String,
        days: Option<u64>,
    ) -> Result<Credentials> {
        if [account, owner].iter().any(|word| word.parse::<SpeakerId>().is_err()) {
            return Err(invalid_words());
        }
        self.0.put_app(&client_id, account, Digest::of(&secret))?;
        self.0.put_login(&client_id, &Login { id: &login, owner, once: false })?;
        self.credentials(owner, client_id, secret, login, days)
    }

    fn credentials(
        &self,
        owner: &str,
        client_id: String,
        secret: String,
        login: String,
        days: Option<u64>,
    ) -> Result<Credentials> {
        let jwt = self.jwt(owner, &client_id, login, days)?;
        Ok(Credentials::new(client_id, secret, jwt))
    }

    fn jwt(&self, owner: &str, client_id: &str, login: String, days: Option<u64>) -> Result<String> {
        let iat = crate::runtime::now();
        let claims = Claims {
            iss: "voiceroll".to_owned(),
            sub: owner.to_owned(),
            aud: client_id.to_owned(),
            jti: login,
            iat,
            exp: days.map(|days| iat.saturating_add(days.saturating_mul(DAY))),
        };
        self.0.key().jwt(&claims)
    }

    /// The app for trying things out: the same each time for one folder.
    ///
    /// # Errors
    /// `store_*`.
    pub fn development(&self) -> Result<Credentials> {
        let secret = self.0.key().derive("development secret");
        self.put("development", "1000", DEVELOPMENT.to_owned(), secret, "development".to_owned(), None)
    }

    /// Removes the test app of `--dev`. Returns whether it existed. The registry of its account stays.
    ///
    /// # Errors
    /// `store_*`.
    pub fn end_development(&self) -> Result<bool> {
        self.0.remove_app(DEVELOPMENT)
    }

    /// The apps, sorted by account.
    ///
    /// # Errors
    /// `store_*`.
    pub fn list(&self) -> Result<Vec<AppEntry>> {
        let entry = |listed: Listed| {
            let Listed { app, logins, expires_at } = listed;
            let App { client_id, account, scopes } = app;
            AppEntry { client_id, account, scopes: scopes.into_vec(), logins, expires_at }
        };
        Ok(self.0.apps()?.into_iter().map(entry).collect())
    }

    /// Removes an app. Its sessions end within a minute.
    ///
    /// # Errors
    /// `invalid_option` if there is none of this id; `store_*`.
    pub fn remove(&self, client_id: &str) -> Result<()> {
        if self.0.remove_app(client_id)? {
            return Ok(());
        }
        Err(no_such())
    }
}

const DEVELOPMENT: &str = "voiceroll_development";
const DAY: u64 = 24 * 3600;

/// An id that nobody guesses.
fn short() -> Result<String> {
    Ok(secrets::token()?[..22].to_owned())
}

fn invalid_words() -> Error {
    Error::new(Code::InvalidOption, "the account or the owner is invalid; use 1 to 128 letters, digits and underscores")
}

fn no_such() -> Error {
    Error::new(Code::InvalidOption, "no app has this client id; `voiceroll apps list` lists the apps")
}
