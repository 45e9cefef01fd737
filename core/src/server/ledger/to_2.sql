-- From version 1 to 2.

-- Why the last callback of a job failed, in words without an address.
ALTER TABLE job ADD COLUMN call_note TEXT;

DROP INDEX job_by_state;
CREATE INDEX job_by_state ON job (state, account);
CREATE INDEX job_by_account ON job (account);

-- Which accounts have a roll, what marks its file as theirs, and how many changes it had seen when one was last
-- acknowledged: a file that has seen fewer is not what was left there.
CREATE TABLE roll (
    account TEXT PRIMARY KEY,
    mark BLOB NOT NULL,
    changes INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
