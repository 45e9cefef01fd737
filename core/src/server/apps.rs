//! Who may log in to a server.

use std::path::Path;

use super::ledger::Ledger;
use super::private_folder;
use super::secrets::{self, Claims, Digest, Key};
use crate::types::error::{Code, Error, Result};
use crate::{Credentials, SpeakerId};

/// The apps that may log in to a server, in its folder. May be used while the server runs.
pub struct Apps(pub(super) Ledger);

impl Apps {
    /// Opens a server's folder, and creates it if it does not exist.
    ///
    /// # Errors
    /// `store_*`.
    pub fn open(data: impl AsRef<Path>) -> Result<Self> {
        let data = data.as_ref();
        private_folder(data)?;
        super::rolls::check_ledger(data)?;
        Ok(Self(Ledger::open(&data.join("server.db"))?))
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

    /// Gives an app another secret and another JSON Web Token, for the owner whom it acts for. Its sessions end within
    /// a minute.
    ///
    /// # Errors
    /// `invalid_option` if there is none of this id; `store_*`.
    pub fn rotate(&self, client_id: &str, days: Option<u64>) -> Result<Credentials> {
        let (secret, login) = (secrets::token()?, short()?);
        let Some(owner) = self.0.rotate_app(client_id, Digest::of(&secret), &login)? else { return Err(no_such()) };
        self.credentials(&owner, client_id.to_owned(), secret, login, days)
    }

    /// The secret that signs the callbacks of an account. `root`: the server's `callback_secret`, if it has one.
    ///
    /// # Errors
    /// `invalid_option` for an invalid account; `store_*`.
    pub fn callback_secret(&self, account: &str, root: Option<&str>) -> Result<String> {
        if account.parse::<SpeakerId>().is_err() {
            return Err(Error::new(
                Code::InvalidOption,
                "the account is invalid; use 1 to 128 letters, digits and underscores",
            ));
        }
        let root = root.map_or_else(|| self.0.key(), |root| Ok(Key::new(root.as_bytes().to_vec())))?;
        Ok(super::calls::secret(&root, account))
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
            return Err(Error::new(
                Code::InvalidOption,
                "the account or the owner is invalid; use 1 to 128 letters, digits and underscores",
            ));
        }
        self.0.put_app(&client_id, account, Digest::of(&secret))?;
        self.0.put_login(&login, &client_id, owner)?;
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
        let iat = crate::runtime::now();
        let claims = Claims {
            iss: "voiceroll".to_owned(),
            sub: owner.to_owned(),
            aud: client_id.clone(),
            jti: login,
            iat,
            exp: days.map(|days| iat.saturating_add(days.saturating_mul(DAY))),
        };
        let jwt = self.0.key()?.jwt(&claims)?;
        Ok(Credentials::new(client_id, secret, jwt))
    }

    /// The app for trying things out: the same each time for one folder.
    ///
    /// # Errors
    /// `store_*`.
    pub fn development(&self) -> Result<Credentials> {
        let secret = self.0.key()?.derive("development secret");
        self.put("development", "1000", DEVELOPMENT.to_owned(), secret, "development".to_owned(), None)
    }

    /// Removes the test app of `--dev`. Returns whether it existed. The registry of its account stays.
    ///
    /// # Errors
    /// `store_*`.
    pub fn end_development(&self) -> Result<bool> {
        self.0.remove_app(DEVELOPMENT)
    }

    /// The client ids, each with its account and how many may log in to it.
    ///
    /// # Errors
    /// `store_*`.
    pub fn list(&self) -> Result<Vec<(String, String, u64)>> {
        Ok(self.0.apps()?.into_iter().map(|(app, logins)| (app.client_id, app.account, logins)).collect())
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

fn no_such() -> Error {
    Error::new(Code::InvalidOption, "no app has this client id; `voiceroll apps list` lists the apps")
}
