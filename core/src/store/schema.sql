-- Version 3. A voiceprint and everything else about a voice goes with its speaker.

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
    bandwidth_sum REAL NOT NULL,
    -- Which change of the roll touched the speaker last.
    changed INTEGER NOT NULL
) STRICT;

CREATE INDEX speaker_by_completeness ON speaker (complete, speaker_id);
CREATE INDEX speaker_by_change ON speaker (changed);

-- How many changes the roll has seen, and which of them removed a speaker: by this a process that
-- keeps the roll's voices in memory follows what others do. A removal holds a row number, no id.
CREATE TABLE counter (
    name TEXT PRIMARY KEY,
    value INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

INSERT INTO counter (name, value) VALUES ('changes', 0);

CREATE TABLE removal (
    changed INTEGER PRIMARY KEY,
    speaker INTEGER NOT NULL
) STRICT;

-- Apart from the speaker, so that listing does not read vectors. `vector_sum` folds the samples;
-- at length 1 it is the voiceprint. It holds 32-bit floats, little end first.
CREATE TABLE voiceprint (
    speaker INTEGER PRIMARY KEY REFERENCES speaker (id) ON DELETE CASCADE,
    vector_sum BLOB NOT NULL
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
    vector BLOB NOT NULL,
    -- By what the same sound is known again: 16 bits for each 64 ms of speech, little end first.
    heard BLOB
) STRICT;

CREATE INDEX sample_by_speaker ON sample (speaker);

-- Ids that were deleted, as digests under the key in `STORE-key`: enough to answer "gone", and no list of ids.
CREATE TABLE deleted (
    digest BLOB PRIMARY KEY
) STRICT, WITHOUT ROWID;
