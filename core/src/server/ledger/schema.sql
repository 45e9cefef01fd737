-- Version 3. What the server keeps besides voices. Secrets and tokens stand here as digests only.

CREATE TABLE setting (
    name TEXT PRIMARY KEY,
    value BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE app (
    client_id TEXT PRIMARY KEY,
    account TEXT NOT NULL,
    secret BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    -- The secret before this one, while it is still good.
    old_secret BLOB,
    old_until INTEGER,
    -- Separated by spaces; null: all that the old contract needs.
    scopes TEXT,
    expires_at INTEGER
) STRICT, WITHOUT ROWID;

-- Who may log in with a JSON Web Token, by its `jti`. `once`: it is used up by a login.
CREATE TABLE login (
    id TEXT PRIMARY KEY,
    client_id TEXT NOT NULL REFERENCES app (client_id) ON DELETE CASCADE,
    owner TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    once INTEGER NOT NULL DEFAULT 0,
    ends_at INTEGER
) STRICT, WITHOUT ROWID;

CREATE INDEX login_by_app ON login (client_id);

-- `previous` is the refresh token before this one, which is still good for a while: the answer that
-- brought the new one may have been lost.
CREATE TABLE session (
    id TEXT PRIMARY KEY,
    client_id TEXT NOT NULL REFERENCES app (client_id) ON DELETE CASCADE,
    owner TEXT NOT NULL,
    access BLOB NOT NULL UNIQUE,
    access_until INTEGER NOT NULL,
    refresh BLOB NOT NULL UNIQUE,
    refresh_until INTEGER NOT NULL,
    previous BLOB UNIQUE,
    previous_until INTEGER
) STRICT, WITHOUT ROWID;

CREATE INDEX session_by_app ON session (client_id, owner);

-- `request`, `webhook` and `response` are encrypted. `request` and `webhook` may hold tokens inside addresses, so they are
-- emptied when they are done with. `receiver`: a digest of the host of `webhook`. `state`: 0 waits, 1 runs, 2 is done.
-- `call_at`: when the callback is due; null when none is.
CREATE TABLE job (
    id TEXT PRIMARY KEY,
    account TEXT NOT NULL,
    -- The app that submitted it.
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

CREATE INDEX job_by_state ON job (state, account);
CREATE INDEX job_by_account ON job (account);
CREATE INDEX job_by_call ON job (call_at) WHERE call_at IS NOT NULL;

-- Which accounts have a roll, what marks its file as theirs, and how many changes it had seen when one was last
-- acknowledged: a file that has seen fewer is not what was left there.
CREATE TABLE roll (
    account TEXT PRIMARY KEY,
    mark BLOB NOT NULL,
    changes INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
