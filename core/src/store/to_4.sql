-- From version 3 to 4: encryption, consent and retention.

ALTER TABLE speaker ADD COLUMN expires_at INTEGER;
ALTER TABLE speaker ADD COLUMN kek INTEGER;
ALTER TABLE speaker ADD COLUMN data_key BLOB;
ALTER TABLE speaker ADD COLUMN seal BLOB;
CREATE INDEX speaker_by_expiry ON speaker (expires_at) WHERE expires_at IS NOT NULL;

ALTER TABLE sample ADD COLUMN seal BLOB;

CREATE TABLE keyring (
    id INTEGER PRIMARY KEY,
    fingerprint BLOB NOT NULL,
    secrets BLOB NOT NULL
) STRICT;

CREATE TABLE consent (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    speaker INTEGER NOT NULL REFERENCES speaker (id) ON DELETE CASCADE,
    record BLOB NOT NULL
) STRICT;

CREATE INDEX consent_by_speaker ON consent (speaker);

CREATE TABLE withdrawal (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    pseudonym BLOB NOT NULL,
    record BLOB NOT NULL
) STRICT;

CREATE INDEX withdrawal_by_pseudonym ON withdrawal (pseudonym);
