-- From version 2 to 3: what jobs say is encrypted, apps have scopes and an end. The values are encrypted by the program, in the
-- same transaction.

ALTER TABLE app ADD COLUMN old_secret BLOB;
ALTER TABLE app ADD COLUMN old_until INTEGER;
ALTER TABLE app ADD COLUMN scopes TEXT;
ALTER TABLE app ADD COLUMN expires_at INTEGER;
ALTER TABLE login ADD COLUMN once INTEGER NOT NULL DEFAULT 0;
ALTER TABLE login ADD COLUMN ends_at INTEGER;

ALTER TABLE job RENAME TO plain_job;
DROP INDEX job_by_state;
DROP INDEX job_by_account;
DROP INDEX job_by_call;

CREATE TABLE job (
    id TEXT PRIMARY KEY,
    account TEXT NOT NULL,
    app TEXT,
    api TEXT NOT NULL,
    request BLOB,
    webhook BLOB,
    receiver BLOB,
    state INTEGER NOT NULL,
    starts INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    completed_at INTEGER,
    failed INTEGER,
    response BLOB,
    calls INTEGER NOT NULL,
    call_at INTEGER,
    -- Why the last callback failed, in words without an address.
    call_note TEXT
) STRICT;

INSERT INTO job (rowid, id, account, api, request, webhook, state, starts, created_at, completed_at, failed, response, calls,
    call_at, call_note)
SELECT rowid, id, account, api, CAST(request AS BLOB), CAST(webhook AS BLOB), state, starts, created_at, completed_at, failed,
    CAST(response AS BLOB), calls, call_at, call_note
FROM plain_job;
DROP TABLE plain_job;

CREATE INDEX job_by_state ON job (state, account);
CREATE INDEX job_by_account ON job (account);
CREATE INDEX job_by_call ON job (call_at) WHERE call_at IS NOT NULL;

