-- From version 1 to 2.

ALTER TABLE speaker ADD COLUMN changed INTEGER NOT NULL DEFAULT 1;
CREATE INDEX speaker_by_change ON speaker (changed);
INSERT INTO setting (name, value) VALUES ('changes', 1);

CREATE TABLE removal (
    changed INTEGER PRIMARY KEY,
    speaker INTEGER NOT NULL
) STRICT;

ALTER TABLE voiceprint DROP COLUMN vector;
