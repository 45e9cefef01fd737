-- From version 1 to 2.

ALTER TABLE speaker ADD COLUMN changed INTEGER NOT NULL DEFAULT 1;
CREATE INDEX speaker_by_change ON speaker (changed);
CREATE TABLE counter (
    name TEXT PRIMARY KEY,
    value INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

INSERT INTO counter (name, value) VALUES ('changes', 1);

CREATE TABLE removal (
    changed INTEGER PRIMARY KEY,
    speaker INTEGER NOT NULL
) STRICT;

ALTER TABLE voiceprint DROP COLUMN vector;
