//! Reads the voiceprints of very many speakers, decrypting on all cores while the file is read.

use std::collections::VecDeque;
use std::ops::Range;
use std::thread::{self, ScopedJoinHandle};

use rusqlite::{Connection, params};

use super::cipher::{Bound, tampered};
use super::fault::Outcome;
use super::roll::{Change, side};
use super::row::of_voiceprint;
use super::vault::{Opener, Vault};
use crate::calibration::Side;
use crate::runtime::workers;
use crate::types::error::{Code, Error};

/// Voices that are decrypted together. Fewer than this are decrypted where they are read.
const BATCH: usize = 4096;

/// One voice as it stands in the store; the ranges are in [`Batch::bytes`].
struct Row {
    key: i64,
    changed: i64,
    kek: Option<i64>,
    complete: bool,
    side: Side,
    wrapped: Option<Range<usize>>,
    sealed: Range<usize>,
}

#[derive(Default)]
struct Batch {
    rows: Vec<Row>,
    bytes: Vec<u8>,
}

/// Voices that were decrypted: where each ends in `vectors`.
struct Voices {
    rows: Vec<(Row, usize)>,
    vectors: Vec<f32>,
}

/// Tells of the voices of one model that were changed after `since`.
///
/// What is checked here is that a voiceprint is of this speaker, model and change; the rest of a row is when the speaker
/// is read for a decision.
pub(super) fn load(
    connection: &Connection,
    vault: &Vault,
    since: i64,
    model: &str,
    tell: &mut impl FnMut(Change<'_>),
) -> Outcome<()> {
    let mut voices = connection.prepare_cached(
        "SELECT speaker.id, vector_sum, complete, speech_seconds, bandwidth_sum, changed, kek, data_key FROM speaker
         JOIN voiceprint ON voiceprint.speaker = speaker.id WHERE changed > ?1 AND model = ?2",
    )?;
    let mut rows = voices.query(params![since, model])?;
    let opener = vault.opener(connection)?;
    let decrypt = |batch: Batch| decrypted(batch, model, &opener);
    let mut told = |voices: Voices| {
        let mut from = 0;
        for (row, to) in voices.rows {
            let vector = voices.vectors.get(from..to).unwrap_or_default();
            tell(Change::Voice { key: row.key, vector, side: row.side, complete: row.complete });
            from = to;
        }
    };
    thread::scope(|scope| {
        let mut under_way: VecDeque<ScopedJoinHandle<'_, Outcome<Voices>>> = VecDeque::new();
        let mut batch = Batch::default();
        while let Some(row) = rows.next()? {
            batch.push(row)?;
            if batch.rows.len() == BATCH {
                let full = std::mem::take(&mut batch);
                under_way.push_back(scope.spawn(move || decrypt(full)));
                if under_way.len() > workers::cores()
                    && let Some(first) = under_way.pop_front()
                {
                    told(joined(first)?);
                }
            }
        }
        for one in under_way {
            told(joined(one)?);
        }
        told(decrypt(batch)?);
        Ok(())
    })
}

fn joined(handle: ScopedJoinHandle<'_, Outcome<Voices>>) -> Outcome<Voices> {
    handle.join().map_err(|_| Error::new(Code::Internal, "a thread that decrypted voiceprints stopped"))?
}

impl Batch {
    fn push(&mut self, row: &rusqlite::Row<'_>) -> Outcome<()> {
        let sealed = self.keep(row.get_ref(1)?.as_blob().unwrap_or_default());
        let wrapped = row.get_ref(7)?.as_blob_or_null()?.map(|wrapped| self.keep(wrapped));
        self.rows.push(Row {
            key: row.get(0)?,
            changed: row.get(5)?,
            kek: row.get(6)?,
            complete: row.get(2)?,
            side: side(row.get(3)?, row.get(4)?),
            wrapped,
            sealed,
        });
        Ok(())
    }

    fn keep(&mut self, bytes: &[u8]) -> Range<usize> {
        let start = self.bytes.len();
        self.bytes.extend_from_slice(bytes);
        start..self.bytes.len()
    }
}

fn decrypted(batch: Batch, model: &str, opener: &Opener) -> Outcome<Voices> {
    let mut voices = Voices { rows: Vec::with_capacity(batch.rows.len()), vectors: Vec::new() };
    let mut plain = Vec::new();
    for row in batch.rows {
        let sealed = batch.bytes.get(row.sealed.clone()).unwrap_or_default();
        let vector = match &opener.0 {
            None if row.wrapped.is_none() => sealed,
            Some((ring, store)) => {
                let wrapped = row.wrapped.clone().and_then(|range| batch.bytes.get(range));
                let (Some(kek), Some(wrapped)) = (row.kek, wrapped) else { return Err(tampered().into()) };
                let bound = of_voiceprint(Bound::new(b'v', store), row.key, row.changed, model);
                ring.unwrap(store, row.key, kek, wrapped)?.open_into(&bound, sealed, &mut plain)?;
                &plain
            }
            None => return Err(super::vault::encrypted_meanwhile().into()),
        };
        voices.vectors.extend(vector.as_chunks().0.iter().map(|bytes| f32::from_le_bytes(*bytes)));
        let end = voices.vectors.len();
        voices.rows.push((row, end));
    }
    Ok(voices)
}
