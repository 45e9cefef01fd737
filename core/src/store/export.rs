//! A speaker on the way out of a store, and into another.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rusqlite::Connection;

use super::consent;
use super::fault::{Outcome, exists, not_found};
use super::profile::{Folded, NewSample, Profile};
use super::row::of_sample;
use super::speaker::{enrollment, find, from_blob, insert_sample, insert_speaker, write_profile};
use super::sqlite::Sqlite;
use crate::runtime::now;
use crate::types::error::{Code, Error, Result};
use crate::{CallOptions, Enrollment, Export, Print, SpeakerId};

/// Values of a vector, as networks have them.
const VALUES: std::ops::RangeInclusive<usize> = 16..=4096;
/// The most recordings and problems that are taken over.
const MOST: usize = 10_000;
/// The most bytes by which a recording is known again: ten minutes.
const MOST_HEARD: usize = 18_752;

impl Sqlite {
    /// All that is held about a speaker.
    pub(crate) fn export(&self, id: &SpeakerId, voiceprints: bool) -> Result<Export> {
        let consent = self.consent_of(id)?;
        self.with(|connection| {
            let snapshot = connection.transaction()?;
            let enrollment = enrollment(&snapshot, &self.vault, id)?;
            let voiceprints = if voiceprints { Some(prints(&snapshot, self, id)?) } else { None };
            let format = Export::FORMAT.to_owned();
            Ok(Export { format, exported_at: now(), enrollment, consent, voiceprints })
        })
    }

    /// Takes over a speaker who is not enrolled here.
    pub(crate) fn import(&self, export: &Export, model: &str, control: &CallOptions) -> Result<Enrollment> {
        let samples = checked(export, model)?;
        let id = &export.enrollment.speaker_id;
        let valid = export.consent.consents.iter().any(|record| record.is_valid_at(now()));
        self.change(control, |tx| {
            if find(tx, &self.vault, id)?.is_some() {
                return Err(exists(id).into());
            }
            if self.terms.require_consent && !valid {
                return Err(consent::no_consent(id).into());
            }
            let (mut speaker, locker) = insert_speaker(tx, &self.vault, id, model)?;
            let mut profile = Profile::default();
            for (sample, heard, enrolled_at) in &samples {
                insert_sample(tx, &speaker, &locker, sample, heard.as_deref(), *enrolled_at)?;
                profile.add(&Folded { vector: &sample.vector, ..sample.folded() });
            }
            let expires_at = export.consent.expires_at.and_then(|second| i64::try_from(second).ok());
            speaker.expires_at = expires_at.or(speaker.expires_at);
            write_profile(tx, &mut speaker, &locker, &profile)?;
            for record in &export.consent.consents {
                consent::add(tx, speaker.key, &locker, record)?;
            }
            enrollment(tx, &self.vault, id)
        })
    }
}

/// The vectors of a speaker's recordings, in the order of the enrollment.
fn prints(connection: &Connection, store: &Sqlite, id: &SpeakerId) -> Outcome<Vec<Print>> {
    let Some((speaker, locker)) = find(connection, &store.vault, id)? else { return Err(not_found(id).into()) };
    let mut statement = connection.prepare("SELECT id, vector, heard FROM sample WHERE speaker = ?1 ORDER BY id")?;
    let mut rows = statement.query([speaker.key])?;
    let mut prints = Vec::new();
    while let Some(row) = rows.next()? {
        let sample: i64 = row.get(0)?;
        let open = |kind, column| -> Outcome<Option<String>> {
            let Some(sealed) = row.get_ref(column)?.as_blob_or_null()? else { return Ok(None) };
            let bound = of_sample(&locker, kind, speaker.key, sample, &speaker.model);
            Ok(Some(STANDARD.encode(&*locker.open(&bound, sealed)?)))
        };
        prints.push(Print { vector: open(b's', 1)?.unwrap_or_default(), heard: open(b'h', 2)? });
    }
    Ok(prints)
}

type Checked = (NewSample, Option<Vec<u8>>, i64);

/// What an export says, or what is wrong with it: it may come from anybody.
fn checked(export: &Export, model: &str) -> Result<Vec<Checked>> {
    let invalid = |what: &str| Error::new(Code::InvalidOption, format!("the export cannot be imported: {what}"));
    let enrollment = &export.enrollment;
    if export.format != Export::FORMAT {
        return Err(invalid(&format!("its format is not {}", Export::FORMAT)));
    }
    if enrollment.model != model {
        return Err(super::fault::mixed(&enrollment.speaker_id, &enrollment.model, model));
    }
    let Some(prints) = &export.voiceprints else {
        return Err(invalid("it has no voiceprints; export it again with them"));
    };
    if prints.len() != enrollment.recordings.len() || prints.is_empty() || prints.len() > MOST {
        return Err(invalid("it has not one vector for each recording"));
    }
    if export.consent.consents.len() > MOST {
        return Err(invalid("it has too many consent records"));
    }
    export.consent.consents.iter().try_for_each(crate::ConsentRecord::checked)?;
    let bytes = |text: &str| STANDARD.decode(text).map_err(|_| invalid("a vector is not base64"));
    let mut samples = Vec::with_capacity(prints.len());
    for (print, recording) in prints.iter().zip(&enrollment.recordings) {
        let vector = bytes(&print.vector)?;
        let width = vector.len() / 4;
        let same = samples.first().is_none_or(|(first, _, _): &Checked| first.vector.len() == width);
        if vector.len() % 4 != 0 || !VALUES.contains(&width) || !same {
            return Err(invalid("its vectors are not all of one size"));
        }
        let vector = from_blob(&vector);
        let numbers =
            [Some(recording.speech_seconds), Some(recording.total_seconds), recording.snr_db, recording.bandwidth_hz];
        let negative = recording.speech_seconds < 0.0 || recording.total_seconds < recording.speech_seconds - 1.0;
        if !vector.iter().all(|x| x.is_finite()) || !numbers.iter().flatten().all(|x| x.is_finite()) || negative {
            return Err(invalid("a number in it is none that a recording has"));
        }
        let heard = print.heard.as_deref().map(bytes).transpose()?;
        if heard.as_ref().is_some_and(|heard| heard.len() > MOST_HEARD || heard.len() % 2 != 0)
            || recording.problems.len() > MOST
        {
            return Err(invalid("it says more of a recording than there can be"));
        }
        let sample = NewSample {
            vector,
            speech_seconds: recording.speech_seconds,
            total_seconds: recording.total_seconds,
            snr_db: recording.snr_db,
            bandwidth_hz: recording.bandwidth_hz,
            problems: recording.problems.clone(),
            heard: None,
        };
        let enrolled_at = recording.enrolled_at.and_then(|second| i64::try_from(second).ok());
        samples.push((sample, heard, enrolled_at.unwrap_or(now() as i64)));
    }
    Ok(samples)
}
