//! What somebody changes in the file is an error, never a match.

use rusqlite::Connection;
use rusqlite::types::Value;

use super::common::{clip, id};
use super::{Safe, code};

/// What anybody who recognises, reads or adds comes across.
fn found(safe: &Safe) -> bool {
    let registry = safe.open().unwrap();
    let ada = id("ada");
    let codes = [
        registry.get(&ada).map(drop),
        registry.verify(&ada, &clip("ada-3.webm")).map(drop),
        registry.enroll(&ada, clip("ada-1.mp3")).map(drop),
        registry.list(voiceroll::ListOptions::new().partial(true)).map(drop),
    ]
    .map(|result| result.err().map(|error| error.code()));
    codes.contains(&Some("store_tampered"))
}

/// Another value of the same kind.
fn other(value: Value) -> Value {
    match value {
        Value::Null => Value::Integer(1),
        Value::Integer(number) => Value::Integer(number ^ 1),
        Value::Real(number) => Value::Real(number + 0.001),
        Value::Text(text) if text.starts_with('[') => Value::Text("[ ]".to_owned()),
        Value::Text(text) if text == "Poor" => Value::Text("High".to_owned()),
        Value::Text(text) if ["Average", "Good", "High"].contains(&&*text) => Value::Text("Poor".to_owned()),
        Value::Text(text) => Value::Text(text + "x"),
        Value::Blob(mut bytes) => {
            let middle = bytes.len() / 2;
            bytes[middle] ^= 1;
            Value::Blob(bytes)
        }
    }
}

#[test]
fn a_change_of_any_field_is_noticed() {
    let original = Safe::with_people();
    for (table, columns, whose) in [
        (
            "speaker",
            &[
                "model",
                "quality",
                "complete",
                "speech_seconds",
                "total_seconds",
                "recordings",
                "agreement",
                "snr_sum",
                "bandwidth_sum",
                "changed",
                "expires_at",
                "data_key",
                "seal",
            ][..],
            "id",
        ),
        ("voiceprint", &["vector_sum"], "speaker"),
        (
            "sample",
            &["speech_seconds", "total_seconds", "snr_db", "bandwidth_hz", "enrolled_at", "problems", "heard", "seal"],
            "speaker",
        ),
    ] {
        for column in columns {
            let safe = original.copied();
            let connection = safe.sql();
            let ada: i64 =
                connection.query_row("SELECT id FROM speaker WHERE speaker_id = 'ada'", [], |r| r.get(0)).unwrap();
            let select = format!("SELECT {column} FROM {table} WHERE {whose} = ?1");
            let value: Value = connection.query_row(&select, [ada], |row| row.get(0)).unwrap();
            let update = format!("UPDATE {table} SET {column} = ?2 WHERE {whose} = ?1");
            connection.execute(&update, rusqlite::params![ada, other(value)]).unwrap();
            assert!(found(&safe), "{table}.{column}");
        }
    }
}

#[test]
fn another_speakers_voice_is_not_taken_for_ones_own() {
    let moves: [&str; 4] = [
        "UPDATE voiceprint SET vector_sum = (SELECT vector_sum FROM voiceprint WHERE speaker = 1) WHERE speaker = 2",
        "UPDATE voiceprint SET vector_sum = (SELECT vector_sum FROM voiceprint WHERE speaker = 1) WHERE speaker = 2;
         UPDATE speaker SET (kek, data_key, seal, changed) = (SELECT kek, data_key, seal, changed FROM speaker WHERE id = 1)
            WHERE id = 2",
        "UPDATE speaker SET speaker_id = 'x' WHERE id = 1; UPDATE speaker SET speaker_id = 'ada' WHERE id = 2;
         UPDATE speaker SET speaker_id = 'ben' WHERE id = 1",
        "PRAGMA foreign_keys = OFF; UPDATE speaker SET id = 9, speaker_id = 'y' WHERE id = 2; UPDATE voiceprint SET speaker = 9 WHERE speaker = 2;
         UPDATE speaker SET id = 2, speaker_id = 'x' WHERE id = 1; UPDATE speaker SET speaker_id = 'ben' WHERE id = 2;
         UPDATE voiceprint SET speaker = 2 WHERE speaker = 1",
    ];
    let original = Safe::with_people();
    for sql in moves {
        let safe = original.copied();
        safe.sql().execute_batch(sql).unwrap();
        let verified = safe.open().unwrap().verify(&id("ben"), &clip("ada-3.webm"));
        assert_eq!(code(verified), "store_tampered", "{sql}");
    }
}

#[test]
fn an_old_voiceprint_or_row_is_not_taken_for_the_present_one() {
    let row = |connection: &Connection, sql: &str| -> Vec<Value> {
        let read = |row: &rusqlite::Row<'_>| (0..).map_while(|at| row.get(at).ok()).map(Ok).collect();
        connection.query_row(sql, [], read).unwrap()
    };
    for part in ["voiceprint", "speaker"] {
        let safe = Safe::with_people();
        let select = match part {
            "voiceprint" => "SELECT vector_sum FROM voiceprint WHERE speaker = 2",
            _ => {
                "SELECT quality, complete, speech_seconds, total_seconds, recordings, agreement, snr_sum, bandwidth_sum,
                    changed, seal FROM speaker WHERE id = 2"
            }
        };
        let old = row(&safe.sql(), select);
        safe.open().unwrap().enroll(&id("ben"), clip("ben-1.wav")).unwrap();
        let update = match part {
            "voiceprint" => "UPDATE voiceprint SET vector_sum = ?1 WHERE speaker = 2",
            _ => {
                "UPDATE speaker SET (quality, complete, speech_seconds, total_seconds, recordings, agreement, snr_sum,
                    bandwidth_sum, changed, seal) = (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) WHERE id = 2"
            }
        };
        safe.sql().execute(update, rusqlite::params_from_iter(old)).unwrap();
        assert_eq!(code(safe.open().unwrap().verify(&id("ben"), &clip("ben-2.ogg"))), "store_tampered", "{part}");
    }
}

#[test]
fn a_voice_that_was_put_in_without_the_key_is_not_recognised() {
    let safe = Safe::with_people();
    safe.sql()
        .execute_batch(
            "UPDATE speaker SET kek = NULL, data_key = NULL, seal = NULL WHERE id = 2;
             UPDATE voiceprint SET vector_sum = zeroblob(768) WHERE speaker = 2",
        )
        .unwrap();
    assert_eq!(code(safe.open().unwrap().verify(&id("ben"), &clip("ben-1.wav"))), "store_tampered");
    // Nor is the store taken for one that was never encrypted.
    safe.sql().execute("DELETE FROM keyring", []).unwrap();
    assert_eq!(code(safe.open()), "store_tampered");
}
