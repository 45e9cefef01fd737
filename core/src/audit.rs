//! The audit trail: who did what to whose voice, in a file that only grows.
//!
//! Each line has a digest of itself and the line before it, keyed with a secret of the store: lines that were changed, removed or
//! inserted are found, and nobody can compute the digests without the store's key. Before a change is made a line says what is to be
//! done, and where it cannot be written nothing is done; afterwards another one says what came of it.

use std::fmt;
use std::fs::{File, OpenOptions};
use std::io::{BufRead as _, BufReader, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

use hmac::{Hmac, KeyInit as _, Mac as _};
use serde::{Deserialize, Serialize};
use sha2::Sha256;

use crate::runtime::now;
use crate::types::error::{Code, Error, Result};
use crate::types::{MOST_FAULTS, hex};

/// A file that is longer is followed by another one.
const LONGEST: u64 = 16 << 20;
/// The longest line that is read.
const LINE: u64 = 65_536;
/// The most characters of what the caller says.
const SAID: usize = 256;

/// One line of an audit trail.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "__bridge", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[non_exhaustive]
pub struct AuditEntry {
    /// Its number in the trail, from 1.
    pub number: u64,
    /// When, in seconds since 1970, by the clock of the machine.
    pub time: u64,
    /// Who: what [`RegistryOptions::actor`](crate::RegistryOptions::actor) says, or the user of the operating system.
    pub actor: String,
    /// What: `enroll`, `delete`, `verify` and so on.
    pub action: String,
    /// Of whom: a pseudonym, which [`Registry::audit_pseudonym`](crate::Registry::audit_pseudonym) makes of an id; none
    /// where it is of nobody in particular.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub speaker: Option<String>,
    /// What came of it: `begun` before a change, then `done`, a decision such as `match`, or the code of an error.
    pub outcome: String,
    /// How many changes the store had seen then.
    pub changes: i64,
    /// The digest of this entry and the one before, in hexadecimal digits.
    pub digest: String,
}

/// The result of verifying an audit trail.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "__bridge", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[non_exhaustive]
pub struct AuditReport {
    /// How many entries there are.
    pub entries: u64,
    /// The number of the first one. More than 1 where older files were taken away.
    pub first: u64,
    /// The faults, in words, 100 at most; empty for an intact trail.
    pub faults: Vec<String>,
}

impl AuditReport {
    /// Adds a fault, if there is room.
    fn fault(&mut self, fault: String) {
        if self.faults.len() < MOST_FAULTS {
            self.faults.push(fault);
        }
    }
}

/// Writes a trail. Several processes may write one.
pub(crate) struct Trail {
    folder: PathBuf,
    actor: String,
}

/// What is to be written.
pub(crate) struct Event<'a> {
    /// None: the actor of the trail.
    pub(crate) actor: Option<&'a str>,
    pub(crate) action: &'static str,
    pub(crate) speaker: Option<&'a [u8]>,
    pub(crate) outcome: &'a str,
    pub(crate) changes: i64,
    /// Whether it must be on the disk before anything else is done.
    pub(crate) sure: bool,
}

/// Where a trail ends.
#[derive(Default)]
struct End {
    number: u64,
    digest: String,
}

impl Trail {
    pub(crate) fn open(folder: &Path, actor: Option<&str>) -> Result<Self> {
        let mut builder = std::fs::DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(folder).map_err(|fault| unwritten(&fault))?;
        let actor = actor.map_or_else(user, str::to_owned);
        Ok(Self { folder: folder.to_owned(), actor: actor.chars().take(SAID).collect() })
    }

    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Adds an entry. Its number and digest follow from the last one, so one writer comes after the other.
    pub(crate) fn write(&self, key: &[u8], event: &Event<'_>) -> Result<()> {
        self.append(key, event).map_err(|fault| unwritten(&fault))
    }

    fn append(&self, key: &[u8], event: &Event<'_>) -> std::io::Result<()> {
        let lock = private(OpenOptions::new().create(true).append(true)).open(self.folder.join("lock"))?;
        lock.lock()?;
        let files = files(&self.folder)?;
        let mut number = files.last().map_or(1, |(number, _)| *number);
        let path = |number: u64| self.folder.join(format!("{number:08}.jsonl"));
        let mut file = private(OpenOptions::new().create(true).read(true).append(true)).open(path(number))?;
        let mut end = last(&mut file)?;
        if end.number == 0
            && let Some((_, before)) = files.len().checked_sub(2).and_then(|at| files.get(at))
        {
            end = last(&mut private(OpenOptions::new().read(true).append(true)).open(before)?)?;
        }
        if file.metadata()?.len() > LONGEST {
            number += 1;
            file = private(OpenOptions::new().create(true).append(true)).open(path(number))?;
        }
        let mut entry = AuditEntry {
            number: end.number + 1,
            time: now(),
            actor: event.actor.map_or_else(|| self.actor.clone(), |actor| actor.chars().take(SAID).collect()),
            action: event.action.to_owned(),
            speaker: event.speaker.map(hex),
            outcome: event.outcome.to_owned(),
            changes: event.changes,
            digest: String::new(),
        };
        entry.digest = digest(key, &end.digest, &entry).map_err(std::io::Error::other)?;
        let mut line = serde_json::to_vec(&entry)?;
        line.push(b'\n');
        file.write_all(&line)?;
        if event.sure { file.sync_data() } else { Ok(()) }
    }
}

/// Shows no folder.
impl fmt::Debug for Trail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Trail")
    }
}

/// Reads a trail, passes each entry to `tell`, and reports its faults. `changes`: the number of changes of the store.
pub(crate) fn read(
    folder: &Path,
    key: &[u8],
    changes: i64,
    mut tell: impl FnMut(&AuditEntry) -> Result<()>,
) -> Result<AuditReport> {
    let mut report = AuditReport { entries: 0, first: 0, faults: Vec::new() };
    let mut before: Option<AuditEntry> = None;
    let mut newest = 0;
    let all = files(folder).map_err(|fault| unread(&fault))?;
    for (_, path) in &all {
        let mut lines = BufReader::new(File::open(path).map_err(|fault| unread(&fault))?);
        loop {
            let mut line = Vec::new();
            let length = lines.by_ref().take(LINE).read_until(b'\n', &mut line).map_err(|fault| unread(&fault))?;
            if length == 0 {
                break;
            }
            let place = before.as_ref().map_or(0, |entry| entry.number) + 1;
            let Ok(entry) = serde_json::from_slice::<AuditEntry>(&line) else {
                report.fault(format!("after entry {} there is an invalid line", place - 1));
                continue;
            };
            let follows = match &before {
                Some(before) if before.number + 1 != entry.number => {
                    let (from, to) = (before.number, entry.number);
                    report.fault(format!("entry {from} is followed by entry {to}: entries were removed or inserted"));
                    false
                }
                // What the first entry of a trail follows is known only where it is the first of all.
                None if entry.number > 1 => false,
                _ => true,
            };
            let link = before.as_ref().map_or("", |before| &before.digest);
            if follows && digest(key, link, &entry)? != entry.digest {
                report.fault(format!("entry {}, or the one before it, was changed", entry.number));
            }
            if report.entries == 0 {
                report.first = entry.number;
            }
            report.entries += 1;
            // A backup that was put back on purpose begins anew from where it was.
            let restored = entry.action == "restore" && entry.outcome == "done";
            newest = if restored { entry.changes } else { newest.max(entry.changes) };
            tell(&entry)?;
            before = Some(entry);
        }
    }
    if changes < newest {
        report.fault(format!(
            "the store has {changes} changes and the trail {newest}: the store was replaced by an older one"
        ));
    }
    if changes > newest && report.entries > 0 {
        report.fault(format!(
            "the store has {changes} changes and the trail ends at {newest}: its end was removed, or the store was changed \
             without the trail"
        ));
    }
    Ok(report)
}

fn private(options: &mut OpenOptions) -> &mut OpenOptions {
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(options, 0o600);
    options
}

/// The files of a trail, in their order.
fn files(folder: &Path) -> std::io::Result<Vec<(u64, PathBuf)>> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        let number = path.file_stem().and_then(|name| name.to_str()?.parse().ok());
        if let Some(number) = number.filter(|_| path.extension().is_some_and(|ending| ending == "jsonl")) {
            files.push((number, path));
        }
    }
    files.sort();
    Ok(files)
}

/// The last entry of a file. A line that a crash cut off is taken away: nothing was done that it tells of.
fn last(file: &mut File) -> std::io::Result<End> {
    let length = file.metadata()?.len();
    let start = length.saturating_sub(2 * LINE);
    file.seek(SeekFrom::Start(start))?;
    let mut tail = Vec::new();
    (&mut *file).take(2 * LINE).read_to_end(&mut tail)?;
    if let Some(torn) = tail.iter().rev().position(|byte| *byte == b'\n').filter(|torn| *torn > 0) {
        file.set_len(length - torn as u64)?;
        tail.truncate(tail.len() - torn);
    } else if !tail.is_empty() && !tail.contains(&b'\n') {
        file.set_len(start)?;
        tail.clear();
    }
    let line = tail.split(|byte| *byte == b'\n').rev().find(|line| !line.is_empty());
    Ok(match line.and_then(|line| serde_json::from_slice::<AuditEntry>(line).ok()) {
        Some(entry) => End { number: entry.number, digest: entry.digest },
        None => End::default(),
    })
}

/// The digest of an entry and the one before it: an HMAC-SHA-256 of all parts, each with its length before it.
fn digest(key: &[u8], before: &str, entry: &AuditEntry) -> Result<String> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key)
        .map_err(|_| Error::new(Code::Internal, "the audit trail has a key of the wrong size"))?;
    let number = entry.number.to_string();
    let (time, changes) = (entry.time.to_string(), entry.changes.to_string());
    let speaker = entry.speaker.as_deref().unwrap_or_default();
    for part in
        ["voiceroll: audit", before, &number, &time, &entry.actor, &entry.action, speaker, &entry.outcome, &changes]
    {
        mac.update(&(part.len() as u64).to_le_bytes());
        mac.update(part.as_bytes());
    }
    Ok(hex(&mac.finalize().into_bytes()))
}

/// The user of the operating system whose process this is.
fn user() -> String {
    #[cfg(target_os = "linux")]
    if let Ok(own) = std::fs::metadata("/proc/self") {
        return format!("uid {}", std::os::unix::fs::MetadataExt::uid(&own));
    }
    let named = ["USER", "USERNAME"].iter().find_map(|name| std::env::var(name).ok());
    named.unwrap_or_else(|| "unknown".to_owned())
}

fn unwritten(fault: &std::io::Error) -> Error {
    let text = format!(
        "the audit trail could not be written ({}), and nothing was changed; check the folder, its rights and its disk",
        fault.kind()
    );
    match fault.kind() {
        std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => Error::new(Code::StoreFull, text),
        _ => Error::new(Code::AuditFailed, text),
    }
}

fn unread(fault: &std::io::Error) -> Error {
    Error::new(Code::AuditFailed, format!("the audit trail could not be read ({}); check its folder", fault.kind()))
}
