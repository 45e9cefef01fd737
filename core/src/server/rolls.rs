//! The registries of the accounts: opened, and compared with what the server knows of them, so that a file that was
//! removed, emptied or set back is noticed before anything in it is acknowledged.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use axum::extract::State;
use axum::http::StatusCode;

use super::auth::Caller;
use super::fault::Fault;
use super::ledger::{Ledger, Roll};
use super::{Inner, Shared};
use crate::embedded::Embedded;
use crate::store::{missing, unwritten};
use crate::types::error::{Code, Error, Result};
use crate::{CallOptions, ErrorKind, Registry, RegistryOptions, SpeakerId};

/// So long it is believed what was found about the stores.
const BELIEVED: Duration = Duration::from_secs(5);
/// Rolls that are looked into each time; of the others it is seen whether their files are there.
const LOOKED_INTO: usize = 64;
/// What must find room on the disk.
const PROBE: usize = 64 << 10;

/// The registries that are open, by account.
#[derive(Default)]
pub(crate) struct Rolls {
    open: Mutex<HashMap<String, Open>>,
    /// Accounts whose registries could not be opened, to be looked at again.
    broken: Mutex<HashSet<String>>,
    found: tokio::sync::Mutex<Option<(Instant, std::result::Result<(), String>)>>,
}

#[derive(Clone)]
struct Open {
    registry: Registry,
    store: Arc<Embedded>,
}

impl Rolls {
    fn broken(&self) -> MutexGuard<'_, HashSet<String>> {
        self.broken.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<String, Open>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

pub(super) fn path(data: &Path, account: &str) -> PathBuf {
    data.join("accounts").join(account).join("voices.db")
}

/// Opens the registry of an account, if it is what was left there.
fn open(ledger: &Ledger, options: RegistryOptions, data: &Path, account: &str) -> Result<Open> {
    let known = ledger.roll(account)?;
    let options = if known.is_some() { options.existing() } else { options };
    let path = path(data, account);
    super::warn_of_others(&path);
    // A trail belongs to one store.
    let mut options = options;
    options.audit = options.audit.map(|folder| folder.join(account));
    let registry = options.open(path)?;
    let store = registry.store().ok_or_else(missing)?;
    let (mark, changes) = store.store.mark()?;
    if let Some(known) = known {
        if known.mark != mark {
            return Err(set_back("belongs to another registry"));
        }
        if changes < known.changes {
            return Err(set_back("lacks changes that clients got a confirmation for"));
        }
    }
    ledger.note_roll(account, &Roll { mark, changes })?;
    Ok(Open { registry, store })
}

fn set_back(what: &str) -> Error {
    Error::new(
        Code::StoreMissing,
        format!(
            "the store of this account {what}; restore the right file with its -wal file, or accept it as it is \
             with `voiceroll serve --accept-roll ACCOUNT`"
        ),
    )
}

/// Fails where the registry of any account is not what was left there. `accepted`: accounts whose registries are
/// taken as they are.
pub(super) fn check(ledger: &Ledger, options: &RegistryOptions, data: &Path, accepted: &[String]) -> Result<()> {
    for account in accepted {
        ledger.forget_roll(account)?;
    }
    for (account, _) in ledger.rolls()? {
        let folder = data.join("accounts").join(&account);
        if !folder.exists() && !ledger.has_apps(&account)? {
            // The account was deleted, as the documentation says how.
            ledger.forget_roll(&account)?;
            continue;
        }
        open(ledger, options.clone(), data, &account)
            .map_err(|error| error.in_place(&format!("the registry in the folder accounts/{account}")))?;
    }
    Ok(())
}

/// Fails where registries are there and the server's own file, which knows them, is not.
pub(super) fn check_ledger(data: &Path) -> Result<()> {
    let there = |path: &Path| std::fs::metadata(path).is_ok_and(|found| found.len() > 0);
    if there(&data.join("server.db")) {
        return Ok(());
    }
    let Ok(accounts) = std::fs::read_dir(data.join("accounts")) else { return Ok(()) };
    if accounts.flatten().any(|account| there(&account.path().join("voices.db"))) {
        return Err(Error::new(
            Code::StoreMissing,
            "server.db is missing or empty, but the folder `accounts` contains registries; restore server.db and \
             its -wal file from a backup, or move the folder `accounts` away to start from scratch",
        ));
    }
    Ok(())
}

impl Inner {
    /// The registry of a caller's account, whose audit trail names the caller.
    pub(super) async fn registry_of(self: &Arc<Self>, caller: &Caller) -> Result<Registry> {
        Ok(self.registry(&caller.account).await?.with(CallOptions::new().actor(&caller.actor)))
    }

    /// The registry of an account: a file of its own, so that no account can see another's.
    pub(super) async fn registry(self: &Arc<Self>, account: &str) -> Result<Registry> {
        let found = self.rolls.lock().get(account).cloned();
        if let Some(found) = found {
            if found.store.store.is_there() {
                return Ok(found.registry);
            }
            self.rolls.lock().remove(account);
        }
        let (shared, name) = (Arc::clone(self), account.to_owned());
        let opened = self.blocking(move || open(&shared.ledger, shared.options.clone(), &shared.data, &name)).await;
        let opened = opened.inspect_err(|error| {
            tracing::error!(code = error.code(), account, "a registry cannot be used: {error}");
            self.rolls.broken().insert(account.to_owned());
        })?;
        self.rolls.broken().remove(account);
        Ok(self.rolls.lock().entry(account.to_owned()).or_insert(opened).registry.clone())
    }

    /// Takes a speaker who was deleted out of the results of jobs, then acknowledges the deletion. Also of one who was not
    /// there: when it was deleted, this may have failed.
    pub(super) async fn forgotten(
        self: &Arc<Self>,
        account: &Arc<str>,
        id: SpeakerId,
        deleted: Result<()>,
    ) -> Result<()> {
        let not_there = |error: &Error| matches!(error.kind(), ErrorKind::Gone | ErrorKind::NotFound);
        if deleted.as_ref().err().is_none_or(not_there) {
            let (shared, name, _naming) = (Arc::clone(self), Arc::clone(account), self.naming.write().await);
            self.blocking(move || shared.ledger.forget_speaker(&name, &id)).await?;
        }
        deleted?;
        self.acknowledge(account).await
    }

    /// Erases who has expired, in the rolls that are in use; others are looked at when they are.
    pub(super) async fn purge(self: &Arc<Self>) {
        let open: Vec<_> = self.rolls.lock().iter().map(|(name, open)| (name.clone(), open.registry.clone())).collect();
        for (account, registry) in open {
            let purged = async {
                if registry.expired().await?.is_empty() {
                    return Ok(());
                }
                for id in registry.purge().await? {
                    let (shared, name, _naming) = (Arc::clone(self), account.clone(), self.naming.write().await);
                    self.blocking(move || shared.ledger.forget_speaker(&name, &id)).await?;
                }
                self.acknowledge(&account).await
            };
            if let Err(error) = purged.await {
                tracing::error!(code = error.code(), account, "who has expired could not be erased: {error}");
            }
        }
    }

    /// Notes a change of a registry before it is acknowledged, and fails where it was made to a file that was set back.
    pub(super) async fn acknowledge(self: &Arc<Self>, account: &str) -> Result<()> {
        let found = self.rolls.lock().get(account).cloned();
        let (shared, name) = (Arc::clone(self), account.to_owned());
        self.blocking(move || {
            let Some(found) = found else { return Err(missing()) };
            // In this order: others go on changing it.
            let known = shared.ledger.roll(&name)?;
            let (mark, changes) = found.store.store.mark()?;
            match known {
                Some(known) if known.mark != mark || changes < known.changes => {
                    return Err(set_back("was replaced by an older version while it was open"));
                }
                _ => {}
            }
            // The change stands, whether or not this can be noted.
            if let Err(error) = shared.ledger.note_roll(&name, &Roll { mark, changes }) {
                tracing::error!(code = error.code(), "the change counter of a registry could not be stored: {error}");
            }
            Ok(())
        })
        .await
    }

    /// Why the server could not do its work now, if that is so.
    fn examine(&self) -> std::result::Result<(), String> {
        let said = |error: Error| error.to_string();
        self.ledger.answers().map_err(said)?;
        self.ledger.check_files().map_err(said)?;
        crate::inspect::warm().map_err(said)?;
        self.find_room().map_err(said)?;
        let (mut broken, mut why) = (0, String::new());
        let mut note = |account: &str, error: &Error| {
            tracing::error!(code = error.code(), account, "a registry cannot be used: {error}");
            broken += 1;
            why = error.to_string();
        };
        let open: Vec<_> = self.rolls.lock().iter().map(|(account, open)| (account.clone(), open.clone())).collect();
        for (account, open) in open.iter().take(LOOKED_INTO) {
            if let Err(error) = open.store.store.examine() {
                note(account, &error);
            }
        }
        let broken_before: Vec<_> = self.rolls.broken().iter().take(LOOKED_INTO).cloned().collect();
        for account in broken_before {
            match self::open(&self.ledger, self.options.clone(), &self.data, &account) {
                Ok(_) => drop(self.rolls.broken().remove(&account)),
                Err(error) => note(&account, &error),
            }
        }
        for (account, _) in self.ledger.rolls().map_err(said)? {
            let looked_into = open.iter().take(LOOKED_INTO).any(|(other, _)| *other == account)
                || self.rolls.broken().contains(&account);
            let there = std::fs::metadata(path(&self.data, &account)).is_ok_and(|found| found.len() > 0);
            if !looked_into && !there {
                note(&account, &missing());
            }
        }
        if broken > 0 { Err(format!("the registries of {broken} accounts cannot be used: {why}")) } else { Ok(()) }
    }

    /// Whether there is room on the disk.
    fn find_room(&self) -> Result<()> {
        let probe = self.scratch.join("room");
        let written = std::fs::write(&probe, vec![0; PROBE]);
        let _ = std::fs::remove_file(&probe);
        written.map_err(|fault| {
            let text =
                format!("the server's folder is not writable ({}); check its permissions and the disk", fault.kind());
            unwritten(&fault, text)
        })
    }
}

/// Whether the server can do its work: its file and the registries answer and can be written, there is room on the
/// disk, and the network is loaded.
#[utoipa::path(get, path = "/ready", tag = "server", responses(
    (status = 200, body = Object),
    (status = 503, description = "The server is not ready; the message gives the reason", body = crate::contract::ErrorBody<'static>),
))]
pub(super) async fn ready(State(state): State<Shared>) -> std::result::Result<axum::Json<serde_json::Value>, Fault> {
    // One look at a time, and none if there was one just now: anybody may ask.
    let mut found = state.rolls.found.lock().await;
    let fresh = found.as_ref().filter(|(when, _)| when.elapsed() < BELIEVED).map(|(_, found)| found.clone());
    let now = match fresh {
        Some(now) => now,
        None => {
            let shared = Arc::clone(&state);
            let now = tokio::task::spawn_blocking(move || shared.examine()).await.map_err(|_| Fault::internal())?;
            *found = Some((Instant::now(), now.clone()));
            now
        }
    };
    match now {
        Ok(()) => Ok(axum::Json(serde_json::json!({ "status": "ready" }))),
        Err(why) => Err(Fault::new(StatusCode::SERVICE_UNAVAILABLE, "CMN-201", why)),
    }
}
