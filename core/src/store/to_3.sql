-- From version 2 to 3.

ALTER TABLE sample ADD COLUMN heard BLOB;
