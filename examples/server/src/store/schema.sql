-- A device. The fingerprint is that of its certificate, NULL if it enrolled while signatures were not checked.
CREATE TABLE devices (
    key TEXT PRIMARY KEY,
    fingerprint TEXT UNIQUE,
    renewal_expected INTEGER NOT NULL DEFAULT 0,
    user_enrollment INTEGER NOT NULL,
    name TEXT,
    serial TEXT,
    product TEXT,
    version TEXT,
    supervised INTEGER,
    unlock_token BLOB,
    bootstrap_token BLOB
) STRICT;

-- A channel with a push token and a queue of its own: that of a device, with the same key, or that of one of its users.
CREATE TABLE enrollments (
    key TEXT PRIMARY KEY,
    device TEXT NOT NULL REFERENCES devices (key) ON DELETE CASCADE,
    shared_ipad_user INTEGER NOT NULL,
    user_name TEXT,
    topic TEXT,
    push_magic TEXT,
    push_token BLOB,
    awaiting_configuration INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX users ON enrollments (device);

-- A command in one of the states `waiting`, `sent`, `postponed`, `succeeded` and `failed`. The number is the order of the queue.
-- A finished command keeps no request, since it may contain a password.
CREATE TABLE commands (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    enrollment TEXT NOT NULL REFERENCES enrollments (key) ON DELETE CASCADE,
    uuid TEXT NOT NULL UNIQUE,
    request_type TEXT NOT NULL,
    request BLOB,
    state TEXT NOT NULL DEFAULT 'waiting',
    deliveries INTEGER NOT NULL DEFAULT 0,
    reason TEXT,
    response BLOB
) STRICT;
CREATE INDEX queues ON commands (enrollment, state, number);

-- The latest status reports of declarative management, as JSON.
CREATE TABLE reports (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    enrollment TEXT NOT NULL REFERENCES enrollments (key) ON DELETE CASCADE,
    report BLOB NOT NULL
) STRICT;
CREATE INDEX reports_of_enrollments ON reports (enrollment, number);

-- The latest messages that could not be read, for inspection. The enrollment is NULL if the message does not reveal it.
CREATE TABLE unreadable (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    enrollment TEXT,
    reason TEXT NOT NULL,
    body BLOB NOT NULL
) STRICT;

PRAGMA user_version = 1;
