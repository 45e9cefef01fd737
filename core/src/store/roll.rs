//! The voiceprints of the registry, for comparisons.

use rusqlite::{Connection, OptionalExtension};

use super::consent::permit;
use super::fault::{Outcome, all_mixed, mixed, not_found};
use super::load::load;
use super::row::{COLUMNS, Speaker, vector};
use super::speaker::find;
use super::sqlite::Sqlite;
use super::vault::Locker;
use crate::SpeakerId;
use crate::calibration::Side;
use crate::calibration::normalize;
use crate::rules::{self, incomplete};
use crate::types::error::Result;

/// An enrolled voice. It has no `Debug` form: that would show the voiceprint.
#[derive(Clone)]
pub(crate) struct Enrolled {
    pub(crate) id: SpeakerId,
    pub(crate) vector: Vec<f32>,
    pub(crate) side: Side,
    pub(crate) complete: bool,
}

/// A change of the registry for the search index.
pub(crate) enum Change<'a> {
    /// A speaker, by row number, is no longer there.
    Removed(i64),
    /// A speaker is new, or sounds different now.
    Voice { key: i64, vector: &'a [f32], side: Side, complete: bool },
}

impl Sqlite {
    /// The voices of these speakers, who must all be enrolled completely and with this model.
    pub(crate) fn enrolled(&self, ids: &[SpeakerId], model: &str) -> Result<Vec<Enrolled>> {
        self.with(|connection| {
            let snapshot = connection.transaction()?;
            let mut found = Vec::with_capacity(ids.len());
            for id in ids {
                match find(&snapshot, &self.vault, id)? {
                    None => return Err(not_found(id).into()),
                    Some((speaker, _)) if speaker.model != model => {
                        return Err(mixed(id, &speaker.model, model).into());
                    }
                    Some((speaker, locker)) => {
                        permit(&snapshot, self.terms, &speaker, &locker, None)?;
                        found.extend(enrolled(&snapshot, speaker, &locker)?);
                    }
                }
            }
            // Who is not there at all comes first: more recordings will not help.
            match found.iter().find(|enrolled| !enrolled.complete) {
                Some(enrolled) => Err(incomplete(&enrolled.id, enrolled.side.seconds).into()),
                None => Ok(found),
            }
        })
    }

    /// Fails where everybody who could be looked for was enrolled with another model than this: nobody would ever be
    /// found.
    pub(crate) fn expect_any(&self, model: &str) -> Result<()> {
        self.with(|connection| {
            let there = |which: &str| -> Outcome<bool> {
                let sql = format!("SELECT EXISTS (SELECT 1 FROM speaker WHERE complete = 1 AND model {which} ?1)");
                Ok(connection.prepare_cached(&sql)?.query_row([model], |row| row.get(0))?)
            };
            if !there("=")? && there("<>")? { Err(all_mixed(model).into()) } else { Ok(()) }
        })
    }

    /// The model of the voiceprint that was written last; none in an empty store.
    pub(crate) fn model(&self) -> Result<Option<String>> {
        self.with(|connection| {
            let mut newest = connection.prepare_cached("SELECT model FROM speaker ORDER BY changed DESC LIMIT 1")?;
            Ok(newest.query_row([], |row| row.get(0)).optional()?)
        })
    }

    /// The voices behind row numbers; those that are gone by now are left out.
    pub(crate) fn enrolled_by_key(&self, keys: &[i64], model: &str) -> Result<Vec<Enrolled>> {
        self.with(|connection| {
            let snapshot = connection.transaction()?;
            let by_key = format!("SELECT {COLUMNS} FROM speaker WHERE id = ?1");
            let mut statement = snapshot.prepare_cached(&by_key)?;
            let mut found = Vec::with_capacity(keys.len());
            for key in keys {
                if let Some(speaker) = statement.query_row([key], Speaker::read).optional()?
                    && speaker.model == model
                {
                    let locker = speaker.locker(&snapshot, &self.vault)?;
                    if permit(&snapshot, self.terms, &speaker, &locker, None).is_err() {
                        continue;
                    }
                    found.extend(enrolled(&snapshot, speaker, &locker)?);
                }
            }
            Ok(found)
        })
    }

    /// How many changes the registry has seen.
    pub(crate) fn changes(&self) -> Result<i64> {
        self.with(|connection| changes(connection))
    }

    /// Reports every change after `since` to voiceprints of one model, removals first, and returns the new change
    /// counter.
    pub(crate) fn changes_since(&self, since: i64, model: &str, mut tell: impl FnMut(Change<'_>)) -> Result<i64> {
        self.with(|connection| {
            let snapshot = connection.transaction()?;
            if since > 0 {
                let mut removals = snapshot.prepare_cached("SELECT speaker FROM removal WHERE changed > ?1")?;
                let mut rows = removals.query([since])?;
                while let Some(row) = rows.next()? {
                    tell(Change::Removed(row.get(0)?));
                }
            }
            load(&snapshot, &self.vault, since, model, &mut tell)?;
            changes(&snapshot)
        })
    }

    /// Who was enrolled with another model than this, in the order of the ids.
    pub(crate) fn outdated(&self, model: &str) -> Result<Vec<(SpeakerId, String)>> {
        self.with(|connection| {
            let mut statement = connection
                .prepare_cached("SELECT speaker_id, model FROM speaker WHERE model <> ?1 ORDER BY speaker_id")?;
            let mut rows = statement.query([model])?;
            let mut found = Vec::new();
            while let Some(row) = rows.next()? {
                found.push((parsed(row.get(0)?)?, row.get(1)?));
            }
            Ok(found)
        })
    }
}

fn changes(connection: &Connection) -> Outcome<i64> {
    Ok(connection
        .prepare_cached("SELECT value FROM counter WHERE name = 'changes'")?
        .query_row([], |row| row.get(0))?)
}

fn parsed(id: String) -> rusqlite::Result<SpeakerId> {
    SpeakerId::parse(id)
        .map_err(|_| rusqlite::Error::InvalidColumnType(0, "speaker".to_owned(), rusqlite::types::Type::Text))
}

/// The voice of a speaker; none where there is no recording of it left.
fn enrolled(connection: &Connection, speaker: Speaker, locker: &Locker) -> Outcome<Option<Enrolled>> {
    let sealed: Option<Vec<u8>> = connection
        .prepare_cached("SELECT vector_sum FROM voiceprint WHERE speaker = ?1")?
        .query_row([speaker.key], |row| row.get(0))
        .optional()?;
    let Some(sealed) = sealed else { return Ok(None) };
    let mut vector = vector(locker, &speaker.of_voiceprint(locker), &sealed)?;
    normalize(&mut vector);
    let side = side(speaker.speech_seconds, speaker.bandwidth_sum);
    Ok(Some(Enrolled { id: speaker.id, vector, side, complete: speaker.complete }))
}

/// What a comparison needs to know of the speech behind a voice.
pub(super) fn side(seconds: f64, bandwidth_sum: f64) -> Side {
    Side { seconds, narrow: rules::is_narrow(Some(bandwidth_sum / seconds.max(f64::MIN_POSITIVE))) }
}
