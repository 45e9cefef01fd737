//! How what is stored of a voice is encrypted: authenticated encryption, bound to the place where it belongs.
//!
//! AES-256-GCM-SIV, as a million voiceprints have to be decrypted before the first search: one takes 1.7 µs with its key, and
//! 4.2 µs with XChaCha20-Poly1305. A nonce that comes twice by chance shows no more than that two texts are the same.

use aes_gcm_siv::Aes256GcmSiv;
use aes_gcm_siv::aead::array::Array;
use aes_gcm_siv::aead::inout::InOutBuf;
use aes_gcm_siv::aead::{AeadInOut, KeyInit};
use zeroize::Zeroizing;

use super::fault::Outcome;
use crate::types::error::{Code, Error, Result};

/// Bytes of a key.
pub(super) const KEY: usize = 32;
const NONCE: usize = 12;
const TAG: usize = 16;

/// A key that encrypts: a speaker's, or the one that speakers' keys are wrapped with. Its memory is overwritten when it
/// is dropped.
pub(crate) struct Cipher(Aes256GcmSiv);

/// The compiler says so here of the part that holds the key, as it depends on a feature of the crate.
const _: () = {
    const fn wiped<T: zeroize::ZeroizeOnDrop>() {}
    wiped::<aes::Aes256>();
};

impl Cipher {
    pub(super) fn new(key: &[u8; KEY]) -> Self {
        Self(Aes256GcmSiv::new(key.into()))
    }

    /// The nonce, which is random, what was encrypted, and the tag.
    pub(crate) fn seal(&self, bound: &Bound, plain: &[u8]) -> Result<Vec<u8>> {
        let mut nonce = [0; NONCE];
        random(&mut nonce)?;
        let mut sealed = Vec::with_capacity(NONCE + plain.len() + TAG);
        sealed.extend_from_slice(&nonce);
        sealed.extend_from_slice(plain);
        let body = InOutBuf::from(sealed.get_mut(NONCE..).unwrap_or_default());
        let tag = self
            .0
            .encrypt_inout_detached(&Array(nonce), &bound.0, body)
            .map_err(|_| Error::new(Code::Internal, "the data could not be encrypted"))?;
        sealed.extend_from_slice(&tag);
        Ok(sealed)
    }

    /// What [`seal`](Self::seal) made, decrypted in place of what `into` held.
    pub(crate) fn open_into(&self, bound: &Bound, sealed: &[u8], into: &mut Vec<u8>) -> Outcome<()> {
        let parts = sealed.split_first_chunk::<NONCE>();
        let parts = parts.and_then(|(nonce, rest)| Some((nonce, rest.split_last_chunk::<TAG>()?)));
        let Some((nonce, (body, tag))) = parts else { return Err(tampered().into()) };
        into.clear();
        into.extend_from_slice(body);
        self.0
            .decrypt_inout_detached(&Array(*nonce), &bound.0, InOutBuf::from(into.as_mut_slice()), &Array(*tag))
            .map_err(|_| tampered().into())
    }

    /// What [`seal`](Self::seal) made. Its memory is overwritten when it is dropped.
    pub(crate) fn open(&self, bound: &Bound, sealed: &[u8]) -> Outcome<Zeroizing<Vec<u8>>> {
        // Room for all of it at once: a vector that grows leaves copies behind.
        let mut plain = Zeroizing::new(Vec::with_capacity(sealed.len()));
        self.open_into(bound, sealed, &mut plain)?;
        Ok(plain)
    }
}

/// What a ciphertext belongs to. It decrypts only where all of this is the same, so that nothing can be moved from one
/// place to another.
#[derive(Clone)]
pub(crate) struct Bound(Vec<u8>);

/// Which store a ciphertext is of.
pub(super) type StoreId = [u8; 16];

impl Bound {
    /// `kind` tells the purposes of ciphertexts apart.
    pub(super) fn new(kind: u8, store: &StoreId) -> Self {
        let mut bytes = Vec::with_capacity(256);
        bytes.push(kind);
        bytes.extend_from_slice(store);
        Self(bytes)
    }

    pub(super) fn int(mut self, number: i64) -> Self {
        self.0.extend_from_slice(&number.to_le_bytes());
        self
    }

    /// SQLite has one zero.
    pub(super) fn real(mut self, number: f64) -> Self {
        self.0.extend_from_slice(&(number + 0.0).to_le_bytes());
        self
    }

    pub(super) fn maybe_real(self, number: Option<f64>) -> Self {
        // It stores what is no number as NULL.
        match number.filter(|number| !number.is_nan()) {
            Some(number) => self.int(1).real(number),
            None => self.int(0),
        }
    }

    pub(super) fn maybe_int(self, number: Option<i64>) -> Self {
        match number {
            Some(number) => self.int(1).int(number),
            None => self.int(0),
        }
    }

    pub(super) fn text(mut self, text: &str) -> Self {
        self = self.int(text.len() as i64);
        self.0.extend_from_slice(text.as_bytes());
        self
    }
}

/// Random bytes of the operating system.
pub(super) fn random(bytes: &mut [u8]) -> Result<()> {
    getrandom::fill(bytes).map_err(|fault| {
        Error::new(Code::IoFailed, "the operating system returned no random numbers; try again")
            .because(fault.to_string())
    })
}

/// A new key.
pub(super) fn new_key() -> Result<Zeroizing<[u8; KEY]>> {
    let mut key = Zeroizing::new([0; KEY]);
    random(key.as_mut())?;
    Ok(key)
}

pub(crate) fn tampered() -> Error {
    Error::new(
        Code::StoreTampered,
        "a part of the store was changed, moved or replaced outside Voiceroll, so it is not used; run `voiceroll check`, and \
         restore the store from a backup",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sealed_opens_with_the_same_key_in_the_same_place_alone() {
        let (key, other) = (Cipher::new(&[1; KEY]), Cipher::new(&[2; KEY]));
        let place = || Bound::new(b'v', &[7; 16]).int(1).text("ada");
        let sealed = key.seal(&place(), b"a voiceprint").unwrap();
        assert!(key.open(&place(), &sealed).is_ok_and(|plain| **plain == b"a voiceprint"[..]));
        let refused = |opened: Outcome<Zeroizing<Vec<u8>>>| opened.is_err_and(|f| f.0.code() == "store_tampered");
        assert!(refused(other.open(&place(), &sealed)));
        assert!(refused(key.open(&Bound::new(b'v', &[7; 16]).int(2).text("ada"), &sealed)));
        for byte in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[byte] ^= 1;
            assert!(refused(key.open(&place(), &changed)), "byte {byte}");
        }
        for length in 0..sealed.len() {
            assert!(refused(key.open(&place(), &sealed[..length])), "{length} bytes");
        }
    }

    #[test]
    fn the_same_text_is_never_sealed_the_same_way_twice() {
        let (key, place) = (Cipher::new(&[1; KEY]), Bound::new(b'v', &[7; 16]));
        assert_ne!(key.seal(&place, b"x").unwrap(), key.seal(&place, b"x").unwrap());
    }
}
