-- The server's file as version 2 had it, with one job. What the server keeps besides voices. Secrets and tokens stand here as digests only.

CREATE TABLE setting (
    name TEXT PRIMARY KEY,
    value BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE app (
    client_id TEXT PRIMARY KEY,
    account TEXT NOT NULL,
    secret BLOB NOT NULL,
    created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Who may log in with a JSON Web Token, by its `jti`.
CREATE TABLE login (
    id TEXT PRIMARY KEY,
    client_id TEXT NOT NULL REFERENCES app (client_id) ON DELETE CASCADE,
    owner TEXT NOT NULL,
    created_at INTEGER NOT NULL
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

-- `request` and `webhook` may hold tokens inside addresses, so they are emptied when they are done with. `state`: 0
-- waits, 1 runs, 2 is done. `call_at`: when the callback is due; null when none is.
CREATE TABLE job (
    id TEXT PRIMARY KEY,
    account TEXT NOT NULL,
    api TEXT NOT NULL,
    request TEXT,
    webhook TEXT,
    state INTEGER NOT NULL,
    starts INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    completed_at INTEGER,
    failed INTEGER,
    response TEXT,
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

INSERT INTO setting (name, value) VALUES ('key', X'0707070707070707070707070707070707070707070707070707070707070707');
INSERT INTO job (id, account, api, request, webhook, state, starts, created_at, completed_at, response, calls)
VALUES ('one', 'main', '/ai/audio/v1/async/speaker-identify', '{"contentUri":"https://example.com/SECRETOFURL"}',
    'https://example.com/SECRETOFHOOK', 2, 1, 4102444800, 4102444800, '{"speakerId":"speaker_in_question"}', 0);
PRAGMA user_version = 2;
