//! Tokens and their digests, and the JSON Web Tokens that apps log in with.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::types::error::{Code, Error, Result};

/// What is stored of a token: enough to know it again.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Digest(pub(crate) [u8; 32]);

impl Digest {
    pub(crate) fn of(token: &str) -> Self {
        Self(Sha256::digest(token.as_bytes()).into())
    }

    pub(crate) fn read(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Digest")
    }
}

/// 256 random bits.
pub(crate) fn random() -> Result<[u8; 32]> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(|fault| {
        Error::new(Code::IoFailed, "the system could not provide random numbers").because(fault.to_string())
    })?;
    Ok(bytes)
}

/// A new token of 256 random bits, as text.
pub(crate) fn token() -> Result<String> {
    Ok(URL_SAFE_NO_PAD.encode(random()?))
}

/// The server's own key, for what it signs.
#[derive(Clone)]
pub(crate) struct Key(zeroize::Zeroizing<Vec<u8>>);

/// What a login token says.
#[derive(Serialize, Deserialize)]
pub(crate) struct Claims {
    pub(crate) iss: String,
    /// Whom it stands for: the owner of the session.
    pub(crate) sub: String,
    /// The app that may use it.
    pub(crate) aud: String,
    /// Under which it can be revoked.
    pub(crate) jti: String,
    pub(crate) iat: u64,
    /// When it runs out; none for one that is good until it is revoked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) exp: Option<u64>,
}

/// The one header that is written, and the only algorithm that is taken.
const HEADER: &str = r#"{"alg":"HS256","typ":"JWT"}"#;

impl Key {
    pub(crate) fn new(bytes: Vec<u8>) -> Self {
        Self(bytes.into())
    }

    pub(super) fn bytes(&self) -> &[u8] {
        &self.0
    }

    fn mac(&self, message: &str) -> Hmac<Sha256> {
        // HMAC takes keys of any length.
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0).unwrap_or_else(|_| Hmac::new(&Default::default()));
        mac.update(message.as_bytes());
        mac
    }

    /// A secret that this key alone can make again.
    pub(crate) fn derive(&self, purpose: &str) -> String {
        URL_SAFE_NO_PAD.encode(self.mac(purpose).finalize().into_bytes())
    }

    /// By what a value is known again without the value itself.
    pub(super) fn mark(&self, value: &str) -> Vec<u8> {
        self.mac(value).finalize().into_bytes()[..16].to_vec()
    }

    /// The key of the server's own audit trail.
    pub(super) fn audit(&self) -> Vec<u8> {
        self.mac("voiceroll: audit of log-ins").finalize().into_bytes().to_vec()
    }

    /// The signature of a callback: hexadecimal.
    pub(crate) fn sign_hex(&self, message: &str) -> String {
        crate::types::hex(&self.mac(message).finalize().into_bytes())
    }

    /// A JSON Web Token (RFC 7519) with HMAC and SHA-256.
    pub(crate) fn jwt(&self, claims: &Claims) -> Result<String> {
        let claims = serde_json::to_string(claims)
            .map_err(|fault| Error::new(Code::Internal, "a login token could not be written").because(fault))?;
        let body = format!("{}.{}", URL_SAFE_NO_PAD.encode(HEADER), URL_SAFE_NO_PAD.encode(claims));
        let signature = URL_SAFE_NO_PAD.encode(self.mac(&body).finalize().into_bytes());
        Ok(format!("{body}.{signature}"))
    }

    /// The claims of a token that this key signed.
    pub(crate) fn read_jwt(&self, token: &str) -> Option<Claims> {
        let (body, signature) = token.trim().rsplit_once('.')?;
        let (header, claims) = body.split_once('.')?;
        if URL_SAFE_NO_PAD.decode(header).ok()? != HEADER.as_bytes() {
            return None;
        }
        self.mac(body).verify_slice(&URL_SAFE_NO_PAD.decode(signature).ok()?).ok()?;
        serde_json::from_slice(&URL_SAFE_NO_PAD.decode(claims).ok()?).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_tokens_of_the_same_key_and_algorithm_are_read() {
        let key = Key::new(vec![1; 32]);
        let claims =
            || Claims { iss: "i".into(), sub: "s".into(), aud: "a".into(), jti: "j".into(), iat: 1, exp: None };
        let token = key.jwt(&claims()).unwrap();
        assert_eq!(key.read_jwt(&token).unwrap().sub, "s");
        assert!(Key::new(vec![2; 32]).read_jwt(&token).is_none());
        let (_, rest) = token.split_once('.').unwrap();
        let none = URL_SAFE_NO_PAD.encode(r#"{"alg":"none","typ":"JWT"}"#);
        assert!(key.read_jwt(&format!("{none}.{rest}")).is_none());
        assert!(key.read_jwt("").is_none());
        assert!(key.read_jwt("a.b.c").is_none());
    }
}
