//! The voiceprints of the registry, for comparisons.

use rusqlite::{Connection, OptionalExtension, params};

use super::fault::{Outcome, all_mixed, mixed, not_found};
use super::sqlite::{Sqlite, from_blob};
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

const ENROLLED: &str = "SELECT speaker_id, vector_sum, speech_seconds, bandwidth_sum, complete, model
    FROM speaker JOIN voiceprint ON voiceprint.speaker = speaker.id";

impl Sqlite {
    /// The voices of these speakers, who must all be enrolled completely and with this model.
    pub(crate) fn enrolled(&self, ids: &[SpeakerId], model: &str) -> Result<Vec<Enrolled>> {
        self.with(|connection| {
            let snapshot = connection.transaction()?;
            let mut statement = snapshot.prepare_cached(&format!("{ENROLLED} WHERE speaker_id = ?1"))?;
            let mut found = Vec::with_capacity(ids.len());
            for id in ids {
                match statement.query_row([id.as_str()], read_enrolled).optional()? {
                    None => return Err(not_found(id).into()),
                    Some((_, stored)) if stored != model => return Err(mixed(id, &stored, model).into()),
                    Some((enrolled, _)) => found.push(enrolled),
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
            let mut statement = snapshot.prepare_cached(&format!("{ENROLLED} WHERE speaker.id = ?1"))?;
            let mut found = Vec::with_capacity(keys.len());
            for key in keys {
                if let Some((enrolled, stored)) = statement.query_row([key], read_enrolled).optional()?
                    && stored == model
                {
                    found.push(enrolled);
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
            let mut voices = snapshot.prepare_cached(
                "SELECT speaker.id, vector_sum, complete, speech_seconds, bandwidth_sum FROM speaker
                 JOIN voiceprint ON voiceprint.speaker = speaker.id WHERE changed > ?1 AND model = ?2",
            )?;
            let mut rows = voices.query(params![since, model])?;
            let mut vector: Vec<f32> = Vec::new();
            while let Some(row) = rows.next()? {
                let blob = row.get_ref(1)?.as_blob().unwrap_or_default();
                vector.clear();
                vector.extend(blob.as_chunks().0.iter().map(|bytes| f32::from_le_bytes(*bytes)));
                let side = side(row.get(3)?, row.get(4)?);
                tell(Change::Voice { key: row.get(0)?, vector: &vector, side, complete: row.get(2)? });
            }
            changes(&snapshot)
        })
    }

    /// Who was enrolled with another model than this, in the order of the ids.
    pub(crate) fn enrolled_otherwise(&self, model: &str) -> Result<Vec<(SpeakerId, String)>> {
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

fn read_enrolled(row: &rusqlite::Row<'_>) -> rusqlite::Result<(Enrolled, String)> {
    let mut vector = from_blob(row.get_ref(1)?.as_blob().unwrap_or_default());
    normalize(&mut vector);
    let side = side(row.get(2)?, row.get(3)?);
    let enrolled = Enrolled { id: parsed(row.get(0)?)?, vector, side, complete: row.get(4)? };
    Ok((enrolled, row.get(5)?))
}

/// What a comparison needs to know of the speech behind a voice.
fn side(seconds: f64, bandwidth_sum: f64) -> Side {
    Side { seconds, narrow: rules::is_narrow(Some(bandwidth_sum / seconds.max(f64::MIN_POSITIVE))) }
}
