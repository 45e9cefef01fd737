//! The credentials of a program on a server.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::error::{Code, Error, Result};

/// The credentials of a program on a server. The `Debug` form hides the secrets.
#[derive(Clone, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Credentials {
    /// The app's id.
    pub client_id: String,
    /// The app's secret.
    pub client_secret: String,
    /// The JSON Web Token of one owner.
    pub jwt: String,
}

impl Credentials {
    /// The credentials of an app, with the JWT of the owner that it acts for.
    pub fn new(client_id: impl Into<String>, client_secret: impl Into<String>, jwt: impl Into<String>) -> Self {
        Self { client_id: client_id.into(), client_secret: client_secret.into(), jwt: jwt.into() }
    }

    /// Reads the credentials from the environment: `VOICEROLL_CLIENT_ID`, `VOICEROLL_CLIENT_SECRET` and
    /// `VOICEROLL_JWT`, or the same three with `RINGCENTRAL_` (the token also as `RINGCENTRAL_JWT_TOKEN`).
    ///
    /// # Errors
    /// `invalid_option` if one is missing; the message says which.
    pub fn from_env() -> Result<Self> {
        Self::from(|name| std::env::var(name).ok())
    }

    fn from(look: impl Fn(&str) -> Option<String>) -> Result<Self> {
        let find = |names: &[&str]| find(&look, names);
        Ok(Self {
            client_id: find(&["VOICEROLL_CLIENT_ID", "RINGCENTRAL_CLIENT_ID"])?,
            client_secret: find(&["VOICEROLL_CLIENT_SECRET", "RINGCENTRAL_CLIENT_SECRET"])?,
            jwt: find(&["VOICEROLL_JWT", "RINGCENTRAL_JWT", "RINGCENTRAL_JWT_TOKEN"])?,
        })
    }
}

/// The address of the server in the environment.
pub(crate) fn server_from_env() -> Result<String> {
    find(&|name| std::env::var(name).ok(), &["VOICEROLL_SERVER", "RINGCENTRAL_SERVER_URL"])
}

fn find(look: &impl Fn(&str) -> Option<String>, names: &[&str]) -> Result<String> {
    let missing = || Error::new(Code::InvalidOption, format!("set {} in the environment", names.join(" or ")));
    names.iter().filter_map(|name| look(name)).find(|value| !value.is_empty()).ok_or_else(missing)
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Credentials").field("client_id", &self.client_id).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn either_prefix_is_read_and_no_secret_is_printed() {
        let names = ["RINGCENTRAL_CLIENT_ID", "VOICEROLL_CLIENT_SECRET", "RINGCENTRAL_JWT_TOKEN"];
        let found = Credentials::from(|name| names.contains(&name).then(|| format!("value of {name}"))).unwrap();
        assert_eq!(found.client_id, "value of RINGCENTRAL_CLIENT_ID");
        assert_eq!(found.jwt, "value of RINGCENTRAL_JWT_TOKEN");
        let printed = format!("{found:?}");
        assert!(!printed.contains("SECRET") && !printed.contains("JWT"), "{printed}");
        let missing = Credentials::from(|_| Some(String::new())).unwrap_err();
        assert_eq!(missing.code(), "invalid_option");
        assert!(missing.to_string().contains("VOICEROLL_CLIENT_ID"));
    }
}
