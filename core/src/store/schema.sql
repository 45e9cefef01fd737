-- Version 1. A voiceprint and everything else about a voice goes with its speaker.

CREATE TABLE setting (
    name TEXT PRIMARY KEY,
    value BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE speaker (
    id INTEGER PRIMARY KEY,
    speaker_id TEXT NOT NULL UNIQUE,
    model TEXT NOT NULL,
    quality TEXT NOT NULL,
    complete INTEGER NOT NULL,
    speech_seconds REAL NOT NULL,
    total_seconds REAL NOT NULL,
    recordings INTEGER NOT NULL,
    agreement REAL,
    snr_sum REAL NOT NULL,
    bandwidth_sum REAL NOT NULL
) STRICT;

CREATE INDEX speaker_by_completeness ON speaker (complete, speaker_id);

-- Apart from the speaker, so that listing does not read vectors. `vector_sum` folds the
-- samples, `vector` is that sum at length 1. Both are 32-bit floats, little end first.
CREATE TABLE voiceprint (
    speaker INTEGER PRIMARY KEY REFERENCES speaker (id) ON DELETE CASCADE,
    vector_sum BLOB NOT NULL,
    vector BLOB NOT NULL
) STRICT;

CREATE TABLE sample (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    speaker INTEGER NOT NULL REFERENCES speaker (id) ON DELETE CASCADE,
    speech_seconds REAL NOT NULL,
    total_seconds REAL NOT NULL,
    snr_db REAL,
    bandwidth_hz REAL,
    enrolled_at INTEGER NOT NULL,
    problems TEXT NOT NULL,
    vector BLOB NOT NULL
) STRICT;

CREATE INDEX sample_by_speaker ON sample (speaker);

-- Ids that were deleted, as salted digests: enough to answer "gone", and no list of ids.
CREATE TABLE deleted (
    digest BLOB PRIMARY KEY
) STRICT, WITHOUT ROWID;
