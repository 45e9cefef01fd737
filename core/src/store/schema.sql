-- Version 4. A voiceprint and everything else about a voice goes with its speaker.

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
    changed INTEGER NOT NULL,
    -- From this second on, counted from 1970, the speaker is not recognised; NULL where that never comes.
    expires_at INTEGER,
    -- In an encrypted store: the key of this speaker, wrapped with the key of the store that `kek` names, and a tag over
    -- all other columns under it.
    kek INTEGER,
    data_key BLOB,
    seal BLOB
) STRICT;

CREATE INDEX speaker_by_completeness ON speaker (complete, speaker_id);
CREATE INDEX speaker_by_change ON speaker (changed);
CREATE INDEX speaker_by_expiry ON speaker (expires_at) WHERE expires_at IS NOT NULL;

-- The keys that the speakers' keys are wrapped with: which ones, by fingerprint, and under each the secrets of the store.
-- There is one, and while it is being replaced there are two. A store that is not encrypted has none.
CREATE TABLE keyring (
    id INTEGER PRIMARY KEY,
    fingerprint BLOB NOT NULL,
    secrets BLOB NOT NULL
) STRICT;

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
-- at length 1 it is the voiceprint. It holds 32-bit floats, little end first; in an encrypted store they are encrypted
-- under the speaker's key, as are `vector` and `heard` of a sample.
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
    heard BLOB,
    -- In an encrypted store a tag over the other columns.
    seal BLOB
) STRICT;

CREATE INDEX sample_by_speaker ON sample (speaker);

-- What speakers have consented to, as JSON; in an encrypted store under the speaker's key.
CREATE TABLE consent (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    speaker INTEGER NOT NULL REFERENCES speaker (id) ON DELETE CASCADE,
    record BLOB NOT NULL
) STRICT;

CREATE INDEX consent_by_speaker ON consent (speaker);

-- The proof that a consent was withdrawn, which stays when the voice is gone: by a keyed pseudonym of the id.
CREATE TABLE withdrawal (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    pseudonym BLOB NOT NULL,
    record BLOB NOT NULL
) STRICT;

CREATE INDEX withdrawal_by_pseudonym ON withdrawal (pseudonym);

-- Ids that were deleted, as digests under a key of the store that is not in its file: enough to answer "gone", and no list of ids.
CREATE TABLE deleted (
    digest BLOB PRIMARY KEY
) STRICT, WITHOUT ROWID;
