//! What of a store is encrypted, and with which key.
//!
//! Every speaker has a key of its own, which encrypts the voiceprints and all else that is known of the voice. It stands
//! in the speaker's row, wrapped with the key of the store, which is kept elsewhere ([`KeySource`]). A speaker who is
//! deleted takes that key along: what may be left of the voice in some copy of a page cannot be read any more.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

use rusqlite::{Connection, OptionalExtension as _, Transaction, TransactionBehavior, params};
use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

use super::cipher::{Bound, Cipher, KEY, StoreId, new_key, tampered};
use super::deleted;
use super::fault::{Fault, Outcome};
use super::files::beside;
use super::keys::{KeySource, StoreKey};
use crate::SpeakerId;
use crate::types::error::{Code, Error, Result};

/// What opens very many speakers' data; nothing where the store is not encrypted.
pub(super) struct Opener(pub(super) Option<(Arc<Ring>, StoreId)>);

/// How a store is to be protected.
#[derive(Debug, Clone, Default)]
pub(crate) struct Protection {
    /// None where nothing was said: what the environment says.
    pub(crate) source: Option<KeySource>,
    /// None where nothing was said: encrypted, unless the store was made otherwise.
    pub(crate) encrypted: Option<bool>,
}

impl Protection {
    pub(super) fn source(&self) -> KeySource {
        self.source.clone().unwrap_or_default()
    }
}

/// The keys of one open store. Without any the store is not encrypted.
pub(crate) struct Vault {
    pub(super) store: StoreId,
    path: PathBuf,
    keys: Option<Keys>,
}

struct Keys {
    source: KeySource,
    ring: RwLock<Arc<Ring>>,
}

/// The keys of the store's keyring, by their numbers; the highest is in use.
pub(super) struct Ring {
    pub(super) keys: HashMap<i64, Cipher>,
    pub(super) secrets: Secrets,
}

/// What the key of a store keeps besides the keys of speakers.
pub(super) struct Secrets {
    /// Under which deleted ids are remembered, and which makes pseudonyms.
    pub(super) deleted: Zeroizing<[u8; KEY]>,
    /// Which encrypts records that outlast speakers.
    pub(super) records: Zeroizing<[u8; KEY]>,
    /// Whether there may be speakers that were not encrypted yet.
    pub(super) encrypting: bool,
}

impl Secrets {
    fn new(deleted: Zeroizing<[u8; KEY]>, encrypting: bool) -> Result<Self> {
        Ok(Self { deleted, records: new_key()?, encrypting })
    }

    /// The same once everybody is encrypted.
    pub(super) fn finished(&self) -> Self {
        Self { deleted: self.deleted.clone(), records: self.records.clone(), encrypting: false }
    }

    pub(super) fn seal(&self, cipher: &Cipher, store: &StoreId, number: i64) -> Result<Vec<u8>> {
        let mut bytes = Zeroizing::new(Vec::with_capacity(2 * KEY + 1));
        bytes.extend_from_slice(self.deleted.as_ref());
        bytes.extend_from_slice(self.records.as_ref());
        bytes.push(u8::from(self.encrypting));
        cipher.seal(&of_secrets(store, number), &bytes)
    }

    fn open(cipher: &Cipher, store: &StoreId, number: i64, sealed: &[u8]) -> Outcome<Self> {
        let bytes = cipher.open(&of_secrets(store, number), sealed)?;
        let parts = bytes.split_first_chunk::<KEY>();
        let parts = parts.and_then(|(deleted, rest)| Some((deleted, rest.split_first_chunk::<KEY>()?)));
        let Some((deleted, (records, [encrypting]))) = parts else { return Err(tampered().into()) };
        Ok(Self { deleted: Zeroizing::new(*deleted), records: Zeroizing::new(*records), encrypting: *encrypting != 0 })
    }
}

fn of_secrets(store: &StoreId, number: i64) -> Bound {
    Bound::new(b'r', store).int(number)
}

/// What a speaker's key is bound to.
fn of_key(store: &StoreId, speaker: i64) -> Bound {
    Bound::new(b'k', store).int(speaker)
}

/// What protects one speaker's data. It passes everything through where the store is not encrypted.
pub(crate) struct Locker {
    cipher: Option<Cipher>,
    store: StoreId,
}

impl Locker {
    /// What to bind a ciphertext of this store to.
    pub(super) fn bound(&self, kind: u8) -> Bound {
        Bound::new(kind, &self.store)
    }

    pub(super) fn seal(&self, bound: &Bound, plain: &[u8]) -> Result<Vec<u8>> {
        self.cipher.as_ref().map_or_else(|| Ok(plain.to_vec()), |cipher| cipher.seal(bound, plain))
    }

    pub(super) fn open(&self, bound: &Bound, sealed: &[u8]) -> Outcome<Zeroizing<Vec<u8>>> {
        match &self.cipher {
            Some(cipher) => cipher.open(bound, sealed),
            None => Ok(Zeroizing::new(sealed.to_vec())),
        }
    }

    /// A tag over what a row says; none where the store is not encrypted.
    pub(super) fn tag(&self, bound: &Bound) -> Result<Option<Vec<u8>>> {
        self.cipher.as_ref().map(|cipher| cipher.seal(bound, &[])).transpose()
    }

    /// Fails unless a row says what it said when it was written.
    pub(super) fn check(&self, bound: &Bound, tag: Option<&[u8]>) -> Outcome<()> {
        match &self.cipher {
            Some(cipher) => cipher.open(bound, tag.unwrap_or_default()).map(drop),
            None => Ok(()),
        }
    }
}

impl Vault {
    /// Opens the keys of a store that may be written to; encrypts it first where that is to be.
    pub(super) fn open(connection: &mut Connection, path: &Path, protection: &Protection) -> Outcome<Self> {
        let store = store_id(connection)?;
        if !is_encrypted(connection)? && !encrypt(connection, &store, path, protection)? {
            return Ok(Self { store, path: path.to_owned(), keys: None });
        }
        let vault = Self::of_encrypted(connection, path, protection, store)?;
        if vault.ring(connection)?.secrets.encrypting {
            super::encrypt::finish(connection, &vault)?;
        }
        // What was in there is among the secrets by now.
        let _ = std::fs::remove_file(beside(path, "-key"));
        Ok(vault)
    }

    /// The same for a store that is only read.
    pub(super) fn look(connection: &Connection, path: &Path, protection: &Protection) -> Outcome<Self> {
        let store = store_id(connection)?;
        if !is_encrypted(connection)? {
            return Ok(Self { store, path: path.to_owned(), keys: None });
        }
        let vault = Self::of_encrypted(connection, path, protection, store)?;
        if vault.ring(connection)?.secrets.encrypting {
            return Err(Fault(Error::new(
                Code::StoreReadOnly,
                "the encryption of the store was interrupted; open it once for writing to finish it",
            )));
        }
        Ok(vault)
    }

    fn of_encrypted(connection: &Connection, path: &Path, protection: &Protection, store: StoreId) -> Outcome<Self> {
        let source = protection.source();
        let ring = RwLock::new(Arc::new(read_ring(connection, &store, &source)?));
        Ok(Self { store, path: path.to_owned(), keys: Some(Keys { source, ring }) })
    }

    #[cfg(feature = "cli")]
    pub(crate) fn is_encrypted(&self) -> bool {
        self.keys.is_some()
    }

    pub(super) fn source(&self) -> Result<&KeySource> {
        self.keys.as_ref().map(|keys| &keys.source).ok_or_else(|| {
            Error::new(
                Code::InvalidOption,
                "the store is not encrypted, so it has no key; encrypt it with `voiceroll key encrypt`",
            )
        })
    }

    /// The keys, read again where the store has others by now.
    pub(super) fn ring(&self, connection: &Connection) -> Outcome<Arc<Ring>> {
        let Some(keys) = &self.keys else { return Err(encrypted_meanwhile().into()) };
        let known = Arc::clone(&keys.ring.read().unwrap_or_else(PoisonError::into_inner));
        let newest: Option<i64> =
            connection.prepare_cached("SELECT max(id) FROM keyring")?.query_row([], |row| row.get(0))?;
        if newest.is_some_and(|newest| known.keys.contains_key(&newest)) {
            return Ok(known);
        }
        self.read_again(connection)
    }

    pub(super) fn read_again(&self, connection: &Connection) -> Outcome<Arc<Ring>> {
        let Some(keys) = &self.keys else { return Err(encrypted_meanwhile().into()) };
        let ring = Arc::new(read_ring(connection, &self.store, &keys.source)?);
        *keys.ring.write().unwrap_or_else(PoisonError::into_inner) = Arc::clone(&ring);
        Ok(ring)
    }

    /// Gives a speaker, by row number, a key.
    pub(super) fn make_key(&self, tx: &Transaction<'_>, speaker: i64) -> Outcome<Locker> {
        if self.keys.is_none() {
            return if is_encrypted(tx)? { Err(encrypted_meanwhile().into()) } else { Ok(self.plain()) };
        }
        let ring = self.ring(tx)?;
        let (number, cipher) = ring.current()?;
        let key = new_key()?;
        let wrapped = cipher.seal(&of_key(&self.store, speaker), key.as_ref())?;
        tx.prepare_cached("UPDATE speaker SET kek = ?2, data_key = ?3 WHERE id = ?1")?
            .execute(params![speaker, number, wrapped])?;
        Ok(Locker { cipher: Some(Cipher::new(&key)), store: self.store })
    }

    /// What protects the data of the speaker with this row number and this wrapped key.
    pub(super) fn locker(
        &self,
        connection: &Connection,
        speaker: i64,
        kek: Option<i64>,
        wrapped: Option<&[u8]>,
    ) -> Outcome<Locker> {
        let Some(keys) = &self.keys else {
            return if wrapped.is_some() { Err(encrypted_meanwhile().into()) } else { Ok(self.plain()) };
        };
        let (Some(kek), Some(wrapped)) = (kek, wrapped) else { return Err(tampered().into()) };
        let mut ring = Arc::clone(&keys.ring.read().unwrap_or_else(PoisonError::into_inner));
        if !ring.keys.contains_key(&kek) {
            ring = self.read_again(connection)?;
        }
        let cipher = Some(ring.unwrap(&self.store, speaker, kek, wrapped)?);
        Ok(Locker { cipher, store: self.store })
    }

    /// The keys as of now, for reading all speakers in one transaction.
    pub(super) fn opener(&self, connection: &Connection) -> Outcome<Opener> {
        if self.keys.is_none() {
            return Ok(Opener(None));
        }
        let mut ring = self.ring(connection)?;
        let numbers: Vec<i64> = connection
            .prepare_cached("SELECT id FROM keyring")?
            .query_map([], |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        if numbers.iter().any(|number| !ring.keys.contains_key(number)) {
            ring = self.read_again(connection)?;
        }
        Ok(Opener(Some((ring, self.store))))
    }

    fn plain(&self) -> Locker {
        Locker { cipher: None, store: self.store }
    }

    /// What protects records that outlast speakers.
    pub(super) fn records(&self, connection: &Connection) -> Outcome<Locker> {
        match &self.keys {
            None => Ok(self.plain()),
            Some(_) => {
                let ring = self.ring(connection)?;
                Ok(Locker { cipher: Some(Cipher::new(&ring.secrets.records)), store: self.store })
            }
        }
    }

    /// The key under which deleted ids are remembered; none in a store that has none yet.
    pub(super) fn key_of_deleted(&self, connection: &Connection) -> Outcome<Option<Zeroizing<Vec<u8>>>> {
        Ok(match &self.keys {
            None => deleted::kept(&self.path),
            Some(_) => Some(Zeroizing::new(self.ring(connection)?.secrets.deleted.to_vec())),
        })
    }

    /// The same, made where there is none.
    pub(super) fn key_to_remember(&self, connection: &Connection) -> Outcome<Zeroizing<Vec<u8>>> {
        match self.key_of_deleted(connection)? {
            Some(key) => Ok(key),
            None => deleted::make_key(&self.path),
        }
    }

    /// What stands for a speaker in records that are kept beside the store or longer than the speaker.
    pub(super) fn pseudonym(&self, connection: &Connection, id: &SpeakerId) -> Outcome<Vec<u8>> {
        Ok(pseudonym(&self.key_to_remember(connection)?, id))
    }

    /// The same; none where no record can have one, as there is no key yet.
    pub(super) fn pseudonym_if_any(&self, connection: &Connection, id: &SpeakerId) -> Outcome<Option<Vec<u8>>> {
        Ok(self.key_of_deleted(connection)?.map(|key| pseudonym(&key, id)))
    }
}

pub(super) fn pseudonym(key: &[u8], id: &SpeakerId) -> Vec<u8> {
    let digest = Sha256::new().chain_update(key).chain_update(b"pseudonym").chain_update(id.as_str());
    digest.finalize()[..16].to_vec()
}

impl Ring {
    /// The key in use, and its number.
    pub(super) fn current(&self) -> Result<(i64, &Cipher)> {
        let newest = self.keys.iter().max_by_key(|(number, _)| **number);
        newest.map(|(number, cipher)| (*number, cipher)).ok_or_else(changed_key)
    }

    pub(super) fn unwrap(&self, store: &StoreId, speaker: i64, kek: i64, wrapped: &[u8]) -> Outcome<Cipher> {
        let Some(cipher) = self.keys.get(&kek) else { return Err(changed_key().into()) };
        let key = cipher.open(&of_key(store, speaker), wrapped)?;
        Ok(Cipher::new(key.first_chunk().ok_or_else(tampered)?))
    }

    /// A speaker's key, wrapped with the key in use in place of another.
    pub(super) fn rewrap(&self, store: &StoreId, speaker: i64, kek: i64, wrapped: &[u8]) -> Outcome<Vec<u8>> {
        let Some(old) = self.keys.get(&kek) else { return Err(changed_key().into()) };
        let key = old.open(&of_key(store, speaker), wrapped)?;
        Ok(self.current()?.1.seal(&of_key(store, speaker), &key)?)
    }
}

pub(super) fn encrypted_meanwhile() -> Error {
    Error::new(Code::KeyMissing, "the store was encrypted by another program since it was opened; open it again")
}

pub(super) fn changed_key() -> Error {
    Error::new(Code::KeyWrong, "the key does not fit the store; pass the key that the store was last used with")
}

pub(super) fn is_encrypted(connection: &Connection) -> Outcome<bool> {
    Ok(connection.prepare_cached("SELECT EXISTS (SELECT 1 FROM keyring)")?.query_row([], |row| row.get(0))?)
}

/// Which store this is: made from its random salt, which itself stays in the file.
fn store_id(connection: &Connection) -> Outcome<StoreId> {
    let salt: Vec<u8> =
        connection.prepare_cached("SELECT value FROM setting WHERE name = 'salt'")?.query_row([], |row| row.get(0))?;
    let digest = Sha256::new().chain_update(b"voiceroll: the id of a store").chain_update(salt).finalize();
    let mut id = [0; 16];
    id.copy_from_slice(&digest[..16]);
    Ok(id)
}

/// The keys of the keyring that the source has.
fn read_ring(connection: &Connection, store: &StoreId, source: &KeySource) -> Outcome<Ring> {
    let given = source.keys(store)?;
    let mut statement = connection.prepare("SELECT id, fingerprint, secrets FROM keyring ORDER BY id DESC")?;
    let mut rows = statement.query([])?;
    let (mut keys, mut secrets) = (HashMap::new(), None);
    while let Some(row) = rows.next()? {
        let number: i64 = row.get(0)?;
        let fingerprint = row.get_ref(1)?.as_blob().unwrap_or_default();
        let Some(key) = given.iter().find(|key| key.fingerprint() == fingerprint) else { continue };
        let cipher = key.cipher();
        let found = Secrets::open(&cipher, store, number, row.get_ref(2)?.as_blob().unwrap_or_default())?;
        secrets.get_or_insert(found);
        keys.insert(number, cipher);
    }
    match secrets {
        Some(secrets) => Ok(Ring { keys, secrets }),
        None => Err(changed_key().into()),
    }
}

/// Gives a store its first key, unless it is to stay as it is. What is in there is encrypted later.
fn encrypt(connection: &mut Connection, store: &StoreId, path: &Path, protection: &Protection) -> Outcome<bool> {
    let tx = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let there = |sql: &str| -> Outcome<bool> {
        Ok(tx.query_row(sql, [], |row| row.get::<_, bool>(0)).optional()?.unwrap_or(false))
    };
    // Another process may have been faster.
    if is_encrypted(&tx)? {
        return Ok(true);
    }
    if there("SELECT EXISTS (SELECT 1 FROM speaker WHERE data_key IS NOT NULL)")? {
        return Err(tampered().into());
    }
    let stays = there("SELECT EXISTS (SELECT 1 FROM setting WHERE name = 'unencrypted')")?;
    match protection.encrypted {
        Some(false) => {
            tx.execute("INSERT OR IGNORE INTO setting (name, value) VALUES ('unencrypted', x'01')", [])?;
            tx.commit()?;
            return Ok(false);
        }
        None if stays => return Ok(false),
        _ => {}
    }
    let source = protection.source();
    let given = source.keys_or_new(store)?;
    let key: &StoreKey = given.first().ok_or_else(changed_key)?;
    let old = deleted::kept(path).and_then(|key| Some(Zeroizing::new(*key.first_chunk()?)));
    let some = there("SELECT EXISTS (SELECT 1 FROM speaker)")?;
    let secrets = Secrets::new(old.map_or_else(new_key, Ok)?, some)?;
    let sealed = secrets.seal(&key.cipher(), store, 1)?;
    tx.execute(
        "INSERT INTO keyring (id, fingerprint, secrets) VALUES (1, ?1, ?2)",
        params![key.fingerprint(), sealed],
    )?;
    tx.execute("DELETE FROM setting WHERE name = 'unencrypted'", [])?;
    tx.commit()?;
    Ok(true)
}
