//! The apps, and who may log in to them.

use rusqlite::{OptionalExtension as _, Row, TransactionBehavior, params};

use super::{Ledger, failed};
use crate::runtime::now;
use crate::server::scopes::Scopes;
use crate::server::secrets::Digest;
use crate::types::error::Result;

/// A program that may log in.
pub(crate) struct App {
    pub(crate) client_id: String,
    pub(crate) account: String,
    pub(crate) scopes: Scopes,
}

/// An app as its operator sees it.
pub(crate) struct Listed {
    pub(crate) app: App,
    /// How many may log in to it.
    pub(crate) logins: u64,
    /// From when on nobody may; none: no such time.
    pub(crate) expires_at: Option<u64>,
}

/// Whom a login stands for, and how often.
pub(crate) struct Login<'a> {
    pub(crate) id: &'a str,
    pub(crate) owner: &'a str,
    /// Whether it is accepted once only.
    pub(crate) once: bool,
}

impl Ledger {
    /// Adds an app, or gives it another secret.
    pub(crate) fn put_app(&self, client_id: &str, account: &str, secret: Digest) -> Result<()> {
        self.lock()
            .execute(
                "INSERT INTO app (client_id, account, secret, created_at) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT (client_id) DO UPDATE SET secret = excluded.secret",
                params![client_id, account, secret.0, now() as i64],
            )
            .map(drop)
            .map_err(failed)
    }

    /// Gives an app another secret and another login, for the owner whom it acts for. The old ones are good for so many
    /// seconds more; with none its sessions end too. The owner; none if there is no such app.
    pub(crate) fn rotate_app(
        &self,
        client_id: &str,
        secret: Digest,
        login: &str,
        grace: u64,
    ) -> Result<Option<String>> {
        let mut connection = self.lock();
        let tx = connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(failed)?;
        let owner: Option<String> = tx
            .query_row(
                "SELECT owner FROM login WHERE client_id = ?1 ORDER BY created_at DESC LIMIT 1",
                [client_id],
                |row| row.get(0),
            )
            .optional()
            .map_err(failed)?;
        let Some(owner) = owner else { return Ok(None) };
        let (made, until) = (now() as i64, (now() + grace) as i64);
        tx.execute(
            "UPDATE app SET old_secret = CASE WHEN ?4 > 0 THEN secret END, old_until = ?3, secret = ?2 WHERE client_id = ?1",
            params![client_id, secret.0, until, grace as i64],
        )
        .map_err(failed)?;
        if grace == 0 {
            tx.execute("DELETE FROM login WHERE client_id = ?1", [client_id]).map_err(failed)?;
            tx.execute("DELETE FROM session WHERE client_id = ?1", [client_id]).map_err(failed)?;
        } else {
            tx.execute(
                "UPDATE login SET ends_at = min(coalesce(ends_at, ?2), ?2) WHERE client_id = ?1",
                params![client_id, until],
            )
            .map_err(failed)?;
        }
        tx.execute(
            "INSERT INTO login (id, client_id, owner, created_at) VALUES (?1, ?2, ?3, ?4)",
            params![login, client_id, owner, made],
        )
        .map_err(failed)?;
        tx.commit().map_err(failed)?;
        Ok(Some(owner))
    }

    /// Lets somebody log in to an app. Whether there is such an app.
    pub(crate) fn put_login(&self, client_id: &str, login: &Login<'_>) -> Result<bool> {
        let Login { id, owner, once } = login;
        let there = self
            .lock()
            .execute(
                "INSERT INTO login (id, client_id, owner, created_at, once)
                 SELECT ?1, client_id, ?3, ?4, ?5 FROM app WHERE client_id = ?2 ON CONFLICT (id) DO UPDATE SET id = id",
                params![id, client_id, owner, now() as i64, once],
            )
            .map_err(failed)?;
        Ok(there > 0)
    }

    /// What an app may do. Whether there is such an app.
    pub(crate) fn limit_app(&self, client_id: &str, scopes: &Scopes) -> Result<bool> {
        let changed = self
            .lock()
            .execute("UPDATE app SET scopes = ?2 WHERE client_id = ?1", params![client_id, scopes.to_store()])
            .map_err(failed)?;
        Ok(changed > 0)
    }

    /// Until when an app may be used. Whether there is such an app.
    pub(crate) fn expire_app(&self, client_id: &str, at: Option<u64>) -> Result<bool> {
        let changed = self
            .lock()
            .execute("UPDATE app SET expires_at = ?2 WHERE client_id = ?1", params![client_id, at.map(|at| at as i64)])
            .map_err(failed)?;
        Ok(changed > 0)
    }

    /// Apps by account.
    pub(crate) fn apps(&self) -> Result<Vec<Listed>> {
        let connection = self.lock();
        let mut rows = connection
            .prepare(
                "SELECT client_id, account, scopes, expires_at,
                 (SELECT count(*) FROM login WHERE login.client_id = app.client_id)
                 FROM app ORDER BY account, client_id",
            )
            .map_err(failed)?;
        let listed = |row: &Row<'_>| {
            let expires_at = row.get::<_, Option<i64>>(3)?.map(|at| at as u64);
            Ok(Listed { app: read(row)?, logins: row.get::<_, i64>(4)? as u64, expires_at })
        };
        rows.query_map([], listed).and_then(Iterator::collect).map_err(failed)
    }

    /// Removes an app, its logins and its sessions. Whether it was there.
    pub(crate) fn remove_app(&self, client_id: &str) -> Result<bool> {
        let removed = self.lock().execute("DELETE FROM app WHERE client_id = ?1", [client_id]).map_err(failed)?;
        Ok(removed > 0)
    }

    /// The app of an id and a secret.
    pub(crate) fn app(&self, client_id: &str, secret: Digest) -> Result<Option<App>> {
        self.lock()
            .prepare_cached(
                "SELECT client_id, account, scopes FROM app WHERE client_id = ?1
                 AND (secret = ?2 OR old_secret = ?2 AND old_until > ?3)
                 AND (expires_at IS NULL OR expires_at > ?3)",
            )
            .and_then(|mut rows| rows.query_row(params![client_id, secret.0, now() as i64], read).optional())
            .map_err(failed)
    }

    /// Whom a login token stands for, if it is one of this app's. One that is accepted once is used up.
    pub(crate) fn login(&self, id: &str, client_id: &str) -> Result<Option<String>> {
        let mut connection = self.lock();
        let tx = connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(failed)?;
        let found: Option<(String, bool)> = tx
            .query_row(
                "SELECT owner, once FROM login WHERE id = ?1 AND client_id = ?2 AND (ends_at IS NULL OR ends_at > ?3)",
                params![id, client_id, now() as i64],
                |row| Ok((row.get(0)?, row.get(1)?)),
            )
            .optional()
            .map_err(failed)?;
        if let Some((_, true)) = found {
            tx.execute("DELETE FROM login WHERE id = ?1", [id]).map_err(failed)?;
        }
        tx.commit().map_err(failed)?;
        Ok(found.map(|(owner, _)| owner))
    }
}

fn read(row: &Row<'_>) -> rusqlite::Result<App> {
    Ok(App { client_id: row.get(0)?, account: row.get(1)?, scopes: Scopes::stored(row.get(2)?) })
}
