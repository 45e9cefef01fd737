//! Who may log in to a server.

use std::path::Path;

use super::ledger::Ledger;
use super::private_folder;
use super::secrets::{self, Claims, Digest};
use crate::error::{Code, Error, Result};
use crate::{Credentials, SpeakerId};

/// The apps that may log in to a server, in its folder. May be used while the server runs.
pub struct Apps(pub(super) Ledger);

impl Apps {
    /// Opens a server's folder, and makes it where there is none.
    ///
    /// # Errors
    /// `store_*`.
    pub fn open(data: impl AsRef<Path>) -> Result<Self> {
        let data = data.as_ref();
        private_folder(data)?;
        Ok(Self(Ledger::open(&data.join("server.db"))?))
    }

    /// Adds an app to an account, and lets `owner`, usually an extension id, log in to it. The secrets
    /// are shown this once.
    ///
    /// # Errors
    /// `invalid_option` for an account or owner that is not letters, digits and underscores;
    /// `store_*`.
    pub fn add(&self, account: &str, owner: &str) -> Result<Credentials> {
        let client_id = secrets::token()?[..22].to_owned();
        let login = secrets::token()?[..22].to_owned();
        self.put(account, owner, client_id, secrets::token()?, login)
    }

    fn put(&self, account: &str, owner: &str, client_id: String, secret: String, login: String) -> Result<Credentials> {
        if [account, owner].iter().any(|word| word.parse::<SpeakerId>().is_err()) {
            return Err(Error::new(
                Code::InvalidOption,
                "an account and an owner are 1 to 128 letters, digits and underscores",
            ));
        }
        self.0.put_app(&client_id, account, Digest::of(&secret))?;
        self.0.put_login(&login, &client_id, owner)?;
        let claims = Claims {
            iss: "voiceroll".to_owned(),
            sub: owner.to_owned(),
            aud: client_id.clone(),
            jti: login,
            iat: crate::enrollment::now(),
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
        self.put("development", "1000", "voiceroll_development".to_owned(), secret, "development".to_owned())
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
    /// `invalid_option` where there is none of this id; `store_*`.
    pub fn remove(&self, client_id: &str) -> Result<()> {
        if self.0.remove_app(client_id)? {
            return Ok(());
        }
        Err(Error::new(Code::InvalidOption, "there is no app of this client id; `voiceroll apps list` shows them"))
    }
}
