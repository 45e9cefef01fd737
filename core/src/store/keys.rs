//! Where the key of a store comes from.

use std::ffi::{OsStr, OsString};
use std::fmt;
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

use super::cipher::{Cipher, KEY, StoreId, new_key};
use super::fault::unwritten;
use crate::types::error::{Code, Error, Result};
use crate::types::hex;

/// The most bytes that are read for keys.
const MOST: u64 = 65_536;

/// What stands in a key file that Voiceroll makes.
const HEADER: &str = "# The key of a Voiceroll store or server. Without it the voices in the store cannot be read by anybody, and must\n\
    # be enrolled again. Keep a copy in a safe place, apart from the store and its backups.\n";

/// Where the key of an encrypted store comes from.
///
/// Each source gives one or more keys of 64 hexadecimal digits, with spaces or line breaks between them; lines that start
/// with `#` are comments. The first key is the one in use; the others open what was encrypted with them before
/// ([`Registry::rotate_key`](crate::Registry::rotate_key)).
#[derive(Clone, PartialEq, Eq)]
pub struct KeySource(From);

#[derive(Clone, PartialEq, Eq)]
enum From {
    Folder(PathBuf),
    File(PathBuf),
    Variable(OsString),
    Command(OsString),
}

impl KeySource {
    /// A folder with a file for each store, under a name made from the store's own random id. The file is made with the
    /// store, readable by its owner alone.
    pub fn folder(path: impl Into<PathBuf>) -> Self {
        Self(From::Folder(path.into()))
    }

    /// A file. It is made, readable by its owner alone, where a store is encrypted and there is none.
    pub fn file(path: impl Into<PathBuf>) -> Self {
        Self(From::File(path.into()))
    }

    /// An environment variable that holds the key.
    pub fn variable(name: impl Into<OsString>) -> Self {
        Self(From::Variable(name.into()))
    }

    /// A command line for the system's shell that prints the key, such as the client of a vault.
    pub fn command(line: impl Into<OsString>) -> Self {
        Self(From::Command(line.into()))
    }

    /// What the environment says: `VOICEROLL_KEY` holds the key, `VOICEROLL_KEY_COMMAND` a command that prints it,
    /// `VOICEROLL_KEY_FILE` names a file, `VOICEROLL_KEY_DIR` a folder; where all are unset, the folder `keys` in the
    /// user's data folder.
    pub fn from_env() -> Self {
        let named = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty());
        if named("VOICEROLL_KEY").is_some() {
            return Self::variable("VOICEROLL_KEY");
        }
        if let Some(line) = named("VOICEROLL_KEY_COMMAND") {
            return Self::command(line);
        }
        if let Some(path) = named("VOICEROLL_KEY_FILE") {
            return Self::file(path);
        }
        let folder = named("VOICEROLL_KEY_DIR").map(PathBuf::from).or_else(|| {
            let folders = directories::ProjectDirs::from("", "", "voiceroll")?;
            Some(folders.data_dir().join("keys"))
        });
        Self::folder(folder.unwrap_or_default())
    }

    /// The file that holds the key of a store, where it is in a file.
    pub(super) fn path(&self, store: &StoreId) -> Result<Option<PathBuf>> {
        match &self.0 {
            From::Folder(folder) if folder.as_os_str().is_empty() => Err(Error::new(
                Code::KeyMissing,
                "there is no home folder to keep the store's key in; set VOICEROLL_KEY_FILE, VOICEROLL_KEY or \
                 VOICEROLL_KEY_COMMAND",
            )),
            From::Folder(folder) => Ok(Some(folder.join(format!("{}.key", hex(store))))),
            From::File(path) => Ok(Some(path.clone())),
            From::Variable(_) | From::Command(_) => Ok(None),
        }
    }

    /// The keys that there are, the one in use first.
    pub(super) fn keys(&self, store: &StoreId) -> Result<Vec<StoreKey>> {
        let text = match &self.0 {
            From::Folder(_) | From::File(_) => read_file(self.path(store)?.as_deref())?,
            From::Variable(name) => match std::env::var_os(name) {
                Some(text) => Zeroizing::new(text.into_encoded_bytes()),
                None => return Err(missing("the environment variable for it is not set")),
            },
            From::Command(line) => printed(line)?,
        };
        parse(&text)
    }

    /// The keys that there are; where there is no file yet, it is made with a new one.
    pub(super) fn keys_or_new(&self, store: &StoreId) -> Result<Vec<StoreKey>> {
        match self.keys(store) {
            Err(error) if error.code() == Code::KeyMissing.as_str() => match self.path(store)? {
                Some(path) if !path.exists() => {
                    write_file(&path, &[&StoreKey(new_key()?)], matches!(self.0, From::Folder(_)))?;
                    // Of several who make one at once, the first one counts for all.
                    self.keys(store)
                }
                _ => Err(error),
            },
            found => found,
        }
    }

    /// Puts a new key in front of those in the file. False where the keys are not in a file: whoever keeps them there
    /// adds one.
    pub(super) fn add_new(&self, store: &StoreId) -> Result<bool> {
        let Some(path) = self.path(store)? else { return Ok(false) };
        let _alone = lock(&path)?;
        let new = StoreKey(new_key()?);
        let old = self.keys(store)?;
        let all: Vec<&StoreKey> = std::iter::once(&new).chain(&old).collect();
        replace_file(&path, &all)?;
        Ok(true)
    }

    /// Whether nothing but this store uses its key file.
    pub(super) fn is_own_file(&self) -> bool {
        matches!(self.0, From::Folder(_))
    }

    /// Leaves in the store's own file the keys with these fingerprints alone.
    pub(super) fn drop_old(&self, store: &StoreId, used: &[Vec<u8>]) -> Result<()> {
        let Some(path) = self.path(store)?.filter(|_| self.is_own_file()) else { return Ok(()) };
        let _alone = lock(&path)?;
        let all = self.keys(store)?;
        let kept: Vec<&StoreKey> = all.iter().filter(|key| used.contains(&key.fingerprint())).collect();
        if kept.is_empty() { Ok(()) } else { replace_file(&path, &kept) }
    }
}

impl Default for KeySource {
    fn default() -> Self {
        Self::from_env()
    }
}

/// Says what it is, and no path, name or command.
impl fmt::Debug for KeySource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.0 {
            From::Folder(_) => "KeySource::folder",
            From::File(_) => "KeySource::file",
            From::Variable(_) => "KeySource::variable",
            From::Command(_) => "KeySource::command",
        })
    }
}

/// A key that wraps the keys of a store's speakers.
pub(super) struct StoreKey(Zeroizing<[u8; KEY]>);

impl StoreKey {
    /// By what a store knows the key again; it says nothing of the key itself.
    pub(super) fn fingerprint(&self) -> Vec<u8> {
        let digest = Sha256::new().chain_update(b"voiceroll: which key of a store").chain_update(self.0.as_ref());
        digest.finalize()[..8].to_vec()
    }

    pub(super) fn cipher(&self) -> Cipher {
        Cipher::new(&self.0)
    }
}

fn missing(what: &str) -> Error {
    Error::new(
        Code::KeyMissing,
        format!("the store is encrypted, and {what}; restore the key, or pass it with --key-file or VOICEROLL_KEY"),
    )
}

fn read_file(path: Option<&Path>) -> Result<Zeroizing<Vec<u8>>> {
    let unread = || missing("its key file is missing");
    let file = std::fs::File::open(path.ok_or_else(unread)?).map_err(|fault| match fault.kind() {
        std::io::ErrorKind::NotFound => unread(),
        kind => missing(&format!("its key file could not be read ({kind})")),
    })?;
    // Room for all of it at once: a vector that grows leaves copies behind.
    let mut text = Zeroizing::new(Vec::with_capacity(MOST as usize));
    file.take(MOST)
        .read_to_end(&mut text)
        .map_err(|fault| missing(&format!("its key file could not be read to the end ({})", fault.kind())))?;
    Ok(text)
}

fn printed(line: &OsStr) -> Result<Zeroizing<Vec<u8>>> {
    let (shell, option) = if cfg!(windows) { ("cmd", "/C") } else { ("sh", "-c") };
    let failed = || missing("the command that prints its key failed");
    let mut child = Command::new(shell)
        .args([OsStr::new(option), line])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|_| failed())?;
    let mut text = Zeroizing::new(Vec::with_capacity(MOST as usize));
    let read = child.stdout.take().map(|out| out.take(MOST).read_to_end(&mut text));
    let ended = child.wait().map_err(|_| failed())?;
    if !ended.success() || !matches!(read, Some(Ok(_))) {
        return Err(failed());
    }
    Ok(text)
}

fn parse(text: &[u8]) -> Result<Vec<StoreKey>> {
    let lines = text.split(|byte| *byte == b'\n').filter(|line| !line.trim_ascii_start().starts_with(b"#"));
    let words = lines.flat_map(|line| line.split(u8::is_ascii_whitespace)).filter(|word| !word.is_empty());
    let keys = words.map(|word| digits(word).map(StoreKey)).collect::<Option<Vec<_>>>();
    match keys {
        None => Err(Error::new(
            Code::KeyWrong,
            "the key is invalid; pass 64 hexadecimal digits, as `openssl rand -hex 32` prints",
        )),
        Some(keys) if keys.is_empty() => Err(missing("its key is empty")),
        Some(keys) => Ok(keys),
    }
}

fn digits(word: &[u8]) -> Option<Zeroizing<[u8; KEY]>> {
    let mut key = Zeroizing::new([0; KEY]);
    if word.len() != 2 * KEY {
        return None;
    }
    for (byte, two) in key.iter_mut().zip(word.chunks_exact(2)) {
        let digit = |at: usize| char::from(two[at]).to_digit(16);
        *byte = (digit(0)? << 4 | digit(1)?) as u8;
    }
    Some(key)
}

/// The text of a key file.
fn text(keys: &[&StoreKey]) -> Zeroizing<Vec<u8>> {
    let mut text = Zeroizing::new(Vec::with_capacity(HEADER.len() + (2 * KEY + 1) * keys.len()));
    text.extend_from_slice(HEADER.as_bytes());
    for key in keys {
        for byte in key.0.iter() {
            text.extend([byte >> 4, byte & 15].map(|digit| b"0123456789abcdef"[usize::from(digit)]));
        }
        text.push(b'\n');
    }
    text
}

/// Held by one process at a time while it changes a key file, which may be that of several stores.
fn lock(path: &Path) -> Result<std::fs::File> {
    let mut name = path.as_os_str().to_owned();
    name.push(".lock");
    let mut options = std::fs::OpenOptions::new();
    options.create(true).append(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let locked = options.open(PathBuf::from(name)).and_then(|file| file.lock().map(|()| file));
    locked.map_err(|fault| {
        let text =
            format!("the store's key file could not be locked ({}); check the rights of its folder", fault.kind());
        unwritten(&fault, text)
    })
}

/// Makes a key file where there is none. Whoever comes second leaves the first one's.
fn write_file(path: &Path, keys: &[&StoreKey], own_folder: bool) -> Result<()> {
    let unmade = |fault: std::io::Error| {
        let text = format!("the store's key file could not be made ({}); check the rights of its folder", fault.kind());
        unwritten(&fault, text)
    };
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        let mut builder = std::fs::DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        if own_folder {
            std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        }
        builder.create(folder).map_err(unmade)?;
    }
    let _ = own_folder;
    let part = part(path, keys).map_err(unmade)?;
    // A link fails where the name is taken, and a whole file appears at once.
    let linked = std::fs::hard_link(&part, path);
    let linked = match linked {
        // Some file systems have no links.
        Err(fault) if fault.kind() != std::io::ErrorKind::AlreadyExists && !path.exists() => {
            std::fs::rename(&part, path)
        }
        _ => Ok(()),
    };
    let _ = std::fs::remove_file(&part);
    linked.map_err(unmade)?;
    sync_folder(path);
    Ok(())
}

fn replace_file(path: &Path, keys: &[&StoreKey]) -> Result<()> {
    let unmade = |fault: std::io::Error| {
        let text = format!("the store's key file could not be written ({}); nothing was changed", fault.kind());
        unwritten(&fault, text)
    };
    let part = part(path, keys).map_err(unmade)?;
    std::fs::rename(&part, path).map_err(unmade)?;
    sync_folder(path);
    Ok(())
}

/// A file beside another, of this process and thread alone, with keys in it.
fn part(path: &Path, keys: &[&StoreKey]) -> std::io::Result<PathBuf> {
    let mut own = [0; 8];
    getrandom::fill(&mut own).map_err(|fault| std::io::Error::other(fault.to_string()))?;
    let mut name = path.as_os_str().to_owned();
    name.push(format!(".{}.new", hex(&own)));
    let part = PathBuf::from(name);
    let mut options = std::fs::OpenOptions::new();
    options.create_new(true).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&part)?;
    file.write_all(&text(keys)).and_then(|()| file.sync_all()).inspect_err(|_| {
        let _ = std::fs::remove_file(&part);
    })?;
    Ok(part)
}

/// The name of a new file survives a loss of power too.
pub(super) fn sync_folder(path: &Path) {
    #[cfg(unix)]
    if let Some(folder) = path.parent() {
        let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        let _ = std::fs::File::open(folder).and_then(|folder| folder.sync_all());
    }
    #[cfg(not(unix))]
    let _ = path;
}
