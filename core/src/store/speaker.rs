//! One speaker in the store: read, written, and removed.

use rusqlite::{Connection, OptionalExtension as _, Transaction, params};

use super::deleted;
use super::fault::{self, Outcome, not_found};
use super::profile::{Folded, NewSample, Profile};
use super::row::{COLUMNS, SampleRow, Speaker, of_sample, vector};
use super::vault::{Locker, Vault};
use super::wipe::mark;
use crate::audio::heard_from_bytes;
use crate::rules::REPEATED_SHARE;
use crate::types::enrollment::{Enrollment, Sample};
use crate::types::error::{Code, Error};
use crate::{Problem, SpeakerId};

/// The speaker of an id, whose row was found to be what was written.
pub(super) fn find(connection: &Connection, vault: &Vault, id: &SpeakerId) -> Outcome<Option<(Speaker, Locker)>> {
    let found = connection
        .prepare_cached(&format!("SELECT {COLUMNS} FROM speaker WHERE speaker_id = ?1"))?
        .query_row([id.as_str()], Speaker::read)
        .optional()?;
    let Some(speaker) = found else { return Ok(None) };
    let locker = speaker.locker(connection, vault)?;
    Ok(Some((speaker, locker)))
}

pub(super) fn enrollment(connection: &Connection, vault: &Vault, id: &SpeakerId) -> Outcome<Enrollment> {
    let Some((speaker, locker)) = find(connection, vault, id)? else { return Err(not_found(id).into()) };
    let recordings = read_samples(connection, &speaker, &locker)?;
    Ok(Enrollment { recordings, ..speaker.enrollment() })
}

/// A speaker's row with the recordings.
pub(super) fn whole(connection: &Connection, vault: &Vault, speaker: Speaker) -> Outcome<Enrollment> {
    let locker = speaker.locker(connection, vault)?;
    let recordings = read_samples(connection, &speaker, &locker)?;
    Ok(Enrollment { recordings, ..speaker.enrollment() })
}

pub(super) fn read_samples(connection: &Connection, speaker: &Speaker, locker: &Locker) -> Outcome<Vec<Sample>> {
    let mut statement = connection.prepare_cached(
        "SELECT id, speech_seconds, total_seconds, snr_db, bandwidth_hz, enrolled_at, problems, seal
         FROM sample WHERE speaker = ?1 ORDER BY id",
    )?;
    let mut rows = statement.query([speaker.key])?;
    let mut samples = Vec::new();
    while let Some(row) = rows.next()? {
        let sample = SampleRow {
            speaker: speaker.key,
            id: row.get(0)?,
            speech_seconds: row.get(1)?,
            total_seconds: row.get(2)?,
            snr_db: row.get(3)?,
            bandwidth_hz: row.get(4)?,
            enrolled_at: row.get(5)?,
            problems: row.get_ref(6)?.as_str()?,
        };
        locker.check(&sample.bound(locker), row.get_ref(7)?.as_blob_or_null()?)?;
        samples.push(Sample {
            id: Some(sample.id),
            input: None,
            accepted: true,
            speech_seconds: sample.speech_seconds,
            total_seconds: sample.total_seconds,
            snr_db: sample.snr_db,
            bandwidth_hz: sample.bandwidth_hz,
            enrolled_at: Some(sample.enrolled_at as u64),
            problems: serde_json::from_str::<Vec<Problem>>(sample.problems).unwrap_or_default(),
        });
    }
    Ok(samples)
}

/// A new speaker, of whom nothing is known yet.
pub(super) fn insert_speaker(
    tx: &Transaction<'_>,
    vault: &Vault,
    id: &SpeakerId,
    model: &str,
) -> Outcome<(Speaker, Locker)> {
    tx.prepare_cached(
        "INSERT INTO speaker (speaker_id, model, quality, complete, speech_seconds, total_seconds, recordings, snr_sum,
         bandwidth_sum, changed, expires_at) VALUES (?1, ?2, 'Poor', 0, 0, 0, 0, 0, 0, 0, ?3)",
    )?
    .execute(params![id.as_str(), model, super::consent::default_expiry(tx)?])?;
    let key = tx.last_insert_rowid();
    let locker = vault.make_key(tx, key)?;
    let speaker =
        tx.prepare_cached(&format!("SELECT {COLUMNS} FROM speaker WHERE id = ?1"))?.query_row([key], Speaker::read)?;
    Ok((speaker, locker))
}

/// Adds a recording; its number. `heard`: by what it is known again.
pub(super) fn insert_sample(
    tx: &Transaction<'_>,
    speaker: &Speaker,
    locker: &Locker,
    sample: &NewSample,
    heard: Option<&[u8]>,
    enrolled_at: i64,
) -> Outcome<i64> {
    let problems = serde_json::to_string(&sample.problems)
        .map_err(|error| Error::new(Code::Internal, "a problem could not be written as JSON").because(error))?;
    // The number is known beforehand, as what is encrypted is bound to it; nobody else writes now.
    let last: Option<i64> = tx
        .prepare_cached("SELECT seq FROM sqlite_sequence WHERE name = 'sample'")?
        .query_row([], |row| row.get(0))
        .optional()?;
    let id = last.unwrap_or(0) + 1;
    let row = SampleRow {
        speaker: speaker.key,
        id,
        speech_seconds: sample.speech_seconds,
        total_seconds: sample.total_seconds,
        snr_db: sample.snr_db,
        bandwidth_hz: sample.bandwidth_hz,
        enrolled_at,
        problems: &problems,
    };
    let bound = |kind| of_sample(locker, kind, speaker.key, id, &speaker.model);
    tx.prepare_cached(
        "INSERT INTO sample (id, speaker, speech_seconds, total_seconds, snr_db, bandwidth_hz, enrolled_at, problems,
         vector, heard, seal) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
    )?
    .execute(params![
        id,
        row.speaker,
        row.speech_seconds,
        row.total_seconds,
        row.snr_db,
        row.bandwidth_hz,
        row.enrolled_at,
        row.problems,
        locker.seal(&bound(b's'), &to_blob(&sample.vector))?,
        heard.map(|heard| locker.seal(&bound(b'h'), heard)).transpose()?,
        locker.tag(&row.bound(locker))?,
    ])?;
    Ok(id)
}

/// A recording that was enrolled before: in the registry, or earlier in the same call.
pub(super) enum Earlier {
    Known(i64),
    New(usize),
}

impl Earlier {
    pub(super) fn told(&self, ids: &[(usize, i64)]) -> String {
        let id = match self {
            Self::Known(id) => Some(id),
            Self::New(number) => ids.iter().find(|(place, _)| place == number).map(|(_, id)| id),
        };
        id.map_or_else(|| "an earlier recording".to_owned(), |id| format!("recording {id}"))
    }
}

/// Which earlier recording a new one repeats, if any, and the share of its speech that is in it.
pub(super) fn repeated(
    sample: &NewSample,
    earlier: impl Iterator<Item = (Earlier, Vec<u16>)>,
) -> Option<(Earlier, f64)> {
    let heard = sample.heard.as_ref()?;
    let shares = earlier.map(|(of, kept)| (of, heard.share_in(&kept)));
    shares.max_by(|a, b| a.1.total_cmp(&b.1)).filter(|(_, share)| *share >= REPEATED_SHARE)
}

pub(super) fn read_heard(tx: &Transaction<'_>, speaker: &Speaker, locker: &Locker) -> Outcome<Vec<(i64, Vec<u16>)>> {
    let mut statement =
        tx.prepare_cached("SELECT id, heard FROM sample WHERE speaker = ?1 AND heard IS NOT NULL ORDER BY id")?;
    let mut rows = statement.query([speaker.key])?;
    let mut known = Vec::new();
    while let Some(row) = rows.next()? {
        let id = row.get(0)?;
        let bound = of_sample(locker, b'h', speaker.key, id, &speaker.model);
        known.push((id, heard_from_bytes(&locker.open(&bound, row.get_ref(1)?.as_blob().unwrap_or_default())?)));
    }
    Ok(known)
}

pub(super) fn read_profile(tx: &Transaction<'_>, speaker: &Speaker, locker: &Locker) -> Outcome<Profile> {
    let sealed: Option<Vec<u8>> = tx
        .prepare_cached("SELECT vector_sum FROM voiceprint WHERE speaker = ?1")?
        .query_row([speaker.key], |row| row.get(0))
        .optional()?;
    let vector = match sealed {
        Some(sealed) => vector(locker, &speaker.of_voiceprint(locker), &sealed)?,
        None => Vec::new(),
    };
    Ok(speaker.profile(vector))
}

pub(super) fn write_profile(
    tx: &Transaction<'_>,
    speaker: &mut Speaker,
    locker: &Locker,
    profile: &Profile,
) -> Outcome<()> {
    speaker.set(profile, next_change(tx)?);
    speaker.write(tx, locker)?;
    let sealed = locker.seal(&speaker.of_voiceprint(locker), &to_blob(&profile.vector_sum))?;
    tx.prepare_cached("INSERT OR REPLACE INTO voiceprint (speaker, vector_sum) VALUES (?1, ?2)")?
        .execute(params![speaker.key, sealed])?;
    Ok(())
}

/// Removes a speaker with all that is known of the voice, and remembers that the id was there.
pub(super) fn remove(tx: &Transaction<'_>, vault: &Vault, id: &SpeakerId) -> Outcome<()> {
    let key = tx
        .prepare_cached("DELETE FROM speaker WHERE speaker_id = ?1 RETURNING id")?
        .query_row([id.as_str()], |row| row.get::<_, i64>(0))
        .optional()?;
    let Some(key) = key else {
        let gone = deleted::remembers(tx, vault, id)?;
        return Err(if gone { fault::deleted(id) } else { not_found(id) }.into());
    };
    let changed = next_change(tx)?;
    tx.prepare_cached("INSERT INTO removal (changed, speaker) VALUES (?1, ?2)")?.execute([changed, key])?;
    deleted::remember(tx, vault, id)?;
    mark(tx)
}

/// Counts one more change of the registry.
pub(super) fn next_change(tx: &Transaction<'_>) -> Outcome<i64> {
    Ok(tx
        .prepare_cached("UPDATE counter SET value = value + 1 WHERE name = 'changes' RETURNING value")?
        .query_row([], |row| row.get(0))?)
}

/// The profile made again from the recordings that are left.
pub(super) fn refold(tx: &Connection, speaker: &Speaker, locker: &Locker) -> Outcome<Profile> {
    let mut profile = Profile::default();
    let mut statement = tx.prepare_cached(
        "SELECT id, vector, speech_seconds, total_seconds, snr_db, bandwidth_hz FROM sample WHERE speaker = ?1 ORDER BY id",
    )?;
    let mut rows = statement.query([speaker.key])?;
    while let Some(row) = rows.next()? {
        let bound = of_sample(locker, b's', speaker.key, row.get(0)?, &speaker.model);
        let vector = vector(locker, &bound, row.get_ref(1)?.as_blob().unwrap_or_default())?;
        profile.add(&Folded {
            vector: &vector,
            speech_seconds: row.get(2)?,
            total_seconds: row.get(3)?,
            snr_db: row.get(4)?,
            bandwidth_hz: row.get(5)?,
        });
    }
    Ok(profile)
}

pub(super) fn to_blob(vector: &[f32]) -> Vec<u8> {
    vector.iter().flat_map(|x| x.to_le_bytes()).collect()
}

pub(super) fn from_blob(blob: &[u8]) -> Vec<f32> {
    blob.chunks_exact(4).map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]])).collect()
}
