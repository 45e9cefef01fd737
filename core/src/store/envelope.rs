//! Encryption of what the server keeps besides voices: one data key, wrapped with a key from the same source as that of stores.

use zeroize::Zeroizing;

use super::cipher::{Bound, Cipher, KEY, StoreId, new_key, random, tampered};
use super::fault::Outcome;
use super::keys::StoreKey;
use super::rotate::no_new_key;
use super::vault::{Protection, changed_key};
use crate::types::error::Result;

/// Bytes of a fingerprint, which stands before the wrapped key.
const FINGERPRINT: usize = 8;

/// The data key of one file; none where the file is not encrypted.
pub(crate) struct Envelope {
    file: StoreId,
    cipher: Option<Cipher>,
}

impl Envelope {
    /// A random id for a file that is to be encrypted.
    pub(crate) fn new_id() -> Result<StoreId> {
        let mut id = StoreId::default();
        random(&mut id)?;
        Ok(id)
    }

    /// Passes everything through.
    pub(crate) fn none() -> Self {
        Self { file: StoreId::default(), cipher: None }
    }

    /// A new data key, and the same wrapped. The key that wraps it is made where its file is missing.
    pub(crate) fn create(file: StoreId, protection: &Protection) -> Result<(Self, Vec<u8>)> {
        let given = protection.source().keys_or_new(&file)?;
        let data = new_key()?;
        let wrapped = wrap(given.first().ok_or_else(changed_key)?, &file, &data)?;
        Ok((Self { file, cipher: Some(Cipher::new(&data)) }, wrapped))
    }

    /// Opens a wrapped data key. Where it was wrapped with another key than the one in use, it is returned wrapped anew.
    pub(crate) fn open(file: StoreId, wrapped: &[u8], protection: &Protection) -> Outcome<(Self, Option<Vec<u8>>)> {
        let given = protection.source().keys(&file)?;
        let (fingerprint, sealed) = wrapped.split_at_checked(FINGERPRINT).ok_or_else(tampered)?;
        let number = given.iter().position(|key| key.fingerprint() == fingerprint).ok_or_else(changed_key)?;
        let data = given[number].cipher().open(&of_key(&file), sealed)?;
        let data: &[u8; KEY] = data.first_chunk().ok_or_else(tampered)?;
        let again = if number > 0 { Some(wrap(&given[0], &file, data)?) } else { None };
        Ok((Self { file, cipher: Some(Cipher::new(data)) }, again))
    }

    /// The data key wrapped with the first key of the source; a new one is made before it where the first is in use already.
    pub(crate) fn rotate(file: StoreId, wrapped: &[u8], protection: &Protection) -> Result<Vec<u8>> {
        let source = protection.source();
        let used = wrapped.get(..FINGERPRINT).unwrap_or_default();
        let in_use = |keys: &[StoreKey]| keys.first().is_some_and(|key| key.fingerprint() == used);
        if in_use(&source.keys(&file)?) && !source.add_new(&file)? {
            return Err(no_new_key());
        }
        match Self::open(file, wrapped, protection).map_err(|fault| fault.0)? {
            (_, Some(again)) => Ok(again),
            (_, None) => Err(no_new_key()),
        }
    }

    /// Takes keys that are not in use out of the file's own key file.
    pub(crate) fn forget_old(file: StoreId, protection: &Protection) -> Result<()> {
        let source = protection.source();
        let first = source.keys(&file)?.first().map(StoreKey::fingerprint);
        source.drop_old(&file, &first.into_iter().collect::<Vec<_>>())
    }

    /// Encrypts the value of a column of the row with this name.
    pub(crate) fn seal(&self, row: &str, column: &str, plain: &[u8]) -> Result<Vec<u8>> {
        match &self.cipher {
            Some(cipher) => cipher.seal(&self.of_value(row, column), plain),
            None => Ok(plain.to_vec()),
        }
    }

    /// What [`seal`](Self::seal) made of the same column of the same row.
    pub(crate) fn read(&self, row: &str, column: &str, sealed: &[u8]) -> Outcome<Zeroizing<Vec<u8>>> {
        match &self.cipher {
            Some(cipher) => cipher.open(&self.of_value(row, column), sealed),
            None => Ok(Zeroizing::new(sealed.to_vec())),
        }
    }

    fn of_value(&self, row: &str, column: &str) -> Bound {
        Bound::new(b'e', &self.file).text(row).text(column)
    }
}

fn of_key(file: &StoreId) -> Bound {
    Bound::new(b'w', file)
}

fn wrap(key: &StoreKey, file: &StoreId, data: &[u8; KEY]) -> Result<Vec<u8>> {
    let mut wrapped = key.fingerprint();
    wrapped.extend(key.cipher().seal(&of_key(file), data)?);
    Ok(wrapped)
}
