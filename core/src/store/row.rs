//! A speaker's row, and what the ciphertexts of a speaker are bound to.

use rusqlite::{Row, Transaction, params};

use super::cipher::Bound;
use super::fault::Outcome;
use super::profile::Profile;
use super::vault::{Locker, Vault};
use crate::SpeakerId;
use crate::rules::{self, round};
use crate::types::enrollment::{Enrollment, Quality};

/// The columns that [`Speaker::read`] reads, which come first in a query.
pub(super) const COLUMNS: &str = "speaker.id, speaker_id, model, quality, complete, speech_seconds, total_seconds, \
                                  recordings, agreement, snr_sum, bandwidth_sum, changed, expires_at, kek, data_key, seal";

/// All that a speaker's row says.
pub(super) struct Speaker {
    pub(super) key: i64,
    pub(super) id: SpeakerId,
    pub(super) model: String,
    quality: Quality,
    pub(super) complete: bool,
    pub(super) speech_seconds: f64,
    total_seconds: f64,
    pub(super) recordings: i64,
    agreement: Option<f64>,
    snr_sum: f64,
    pub(super) bandwidth_sum: f64,
    pub(super) changed: i64,
    pub(super) expires_at: Option<i64>,
    kek: Option<i64>,
    data_key: Option<Vec<u8>>,
    seal: Option<Vec<u8>>,
}

impl Speaker {
    pub(super) fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        let damaged =
            |column| rusqlite::Error::InvalidColumnType(column, "speaker".to_owned(), rusqlite::types::Type::Text);
        Ok(Self {
            key: row.get(0)?,
            id: SpeakerId::parse(row.get::<_, String>(1)?).map_err(|_| damaged(1))?,
            model: row.get(2)?,
            quality: Quality::parse(row.get_ref(3)?.as_str()?).ok_or_else(|| damaged(3))?,
            complete: row.get(4)?,
            speech_seconds: row.get(5)?,
            total_seconds: row.get(6)?,
            recordings: row.get(7)?,
            agreement: row.get(8)?,
            snr_sum: row.get(9)?,
            bandwidth_sum: row.get(10)?,
            changed: row.get(11)?,
            expires_at: row.get(12)?,
            kek: row.get(13)?,
            data_key: row.get(14)?,
            seal: row.get(15)?,
        })
    }

    /// What protects the speaker's data. Fails where the row is not what was written.
    pub(super) fn locker(&self, connection: &rusqlite::Connection, vault: &Vault) -> Outcome<Locker> {
        let locker = vault.locker(connection, self.key, self.kek, self.data_key.as_deref())?;
        locker.check(&self.bound(&locker), self.seal.as_deref())?;
        Ok(locker)
    }

    fn bound(&self, locker: &Locker) -> Bound {
        let bound = locker.bound(b'p').int(self.key).text(self.id.as_str()).text(&self.model);
        let bound = bound.text(self.quality.as_str()).int(i64::from(self.complete)).int(self.recordings);
        let bound = bound.real(self.speech_seconds).real(self.total_seconds).maybe_real(self.agreement);
        bound.real(self.snr_sum).real(self.bandwidth_sum).int(self.changed).maybe_int(self.expires_at)
    }

    /// What the voiceprint is bound to: the speaker, the model, and the change that wrote it.
    pub(super) fn of_voiceprint(&self, locker: &Locker) -> Bound {
        of_voiceprint(locker.bound(b'v'), self.key, self.changed, &self.model)
    }

    /// What is known of the speaker, folded over the recordings.
    pub(super) fn profile(&self, vector_sum: Vec<f32>) -> Profile {
        Profile {
            speech_seconds: self.speech_seconds,
            total_seconds: self.total_seconds,
            recordings: self.recordings as usize,
            agreement: self.agreement,
            snr_sum: self.snr_sum,
            bandwidth_sum: self.bandwidth_sum,
            vector_sum,
        }
    }

    /// Takes over what is known now.
    pub(super) fn set(&mut self, profile: &Profile, changed: i64) {
        self.quality = rules::quality(&profile.evidence(), &self.model);
        self.complete = rules::is_complete(profile.speech_seconds);
        self.speech_seconds = profile.speech_seconds;
        self.total_seconds = profile.total_seconds;
        self.recordings = profile.recordings as i64;
        // SQLite stores what is no number as NULL.
        self.agreement = profile.agreement.filter(|agreement| !agreement.is_nan());
        self.snr_sum = profile.snr_sum;
        self.bandwidth_sum = profile.bandwidth_sum;
        self.changed = changed;
    }

    /// Writes the row, with the tag over it.
    pub(super) fn write(&self, tx: &Transaction<'_>, locker: &Locker) -> Outcome<()> {
        tx.prepare_cached(
            "UPDATE speaker SET quality = ?2, complete = ?3, speech_seconds = ?4, total_seconds = ?5, recordings = ?6,
             agreement = ?7, snr_sum = ?8, bandwidth_sum = ?9, changed = ?10, expires_at = ?11, seal = ?12 WHERE id = ?1",
        )?
        .execute(params![
            self.key,
            self.quality.as_str(),
            self.complete,
            self.speech_seconds,
            self.total_seconds,
            self.recordings,
            self.agreement,
            self.snr_sum,
            self.bandwidth_sum,
            self.changed,
            self.expires_at,
            locker.tag(&self.bound(locker))?,
        ])?;
        Ok(())
    }

    /// What the caller gets of it, without the recordings.
    pub(super) fn enrollment(self) -> Enrollment {
        Enrollment {
            speaker_id: self.id,
            quality: self.quality,
            complete: self.complete,
            speech_seconds: round(self.speech_seconds, 3),
            total_seconds: round(self.total_seconds, 3),
            missing_seconds: rules::missing_seconds(self.speech_seconds),
            model: self.model,
            recordings: Vec::new(),
        }
    }
}

/// See [`Speaker::of_voiceprint`].
pub(super) fn of_voiceprint(bound: Bound, speaker: i64, changed: i64, model: &str) -> Bound {
    bound.int(speaker).int(changed).text(model)
}

/// What a recording's vector is bound to (`kind` `s`), and what its sound is known again by (`h`).
pub(super) fn of_sample(locker: &Locker, kind: u8, speaker: i64, sample: i64, model: &str) -> Bound {
    locker.bound(kind).int(speaker).int(sample).text(model)
}

/// What a recording's row says, but for what is encrypted.
pub(super) struct SampleRow<'a> {
    pub(super) speaker: i64,
    pub(super) id: i64,
    pub(super) speech_seconds: f64,
    pub(super) total_seconds: f64,
    pub(super) snr_db: Option<f64>,
    pub(super) bandwidth_hz: Option<f64>,
    pub(super) enrolled_at: i64,
    pub(super) problems: &'a str,
}

impl SampleRow<'_> {
    pub(super) fn bound(&self, locker: &Locker) -> Bound {
        let bound = locker.bound(b'm').int(self.speaker).int(self.id).int(self.enrolled_at).text(self.problems);
        let bound = bound.real(self.speech_seconds).real(self.total_seconds);
        bound.maybe_real(self.snr_db).maybe_real(self.bandwidth_hz)
    }
}

/// Reads the vector that stands in a column, encrypted where the store is.
pub(super) fn vector(locker: &Locker, bound: &Bound, sealed: &[u8]) -> Outcome<Vec<f32>> {
    Ok(super::speaker::from_blob(&locker.open(bound, sealed)?))
}
