-- What each origin's robots.txt said, so that it counts over a restart as it does without one.
CREATE TABLE robots (
    origin  TEXT PRIMARY KEY,
    size    INTEGER NOT NULL,          -- bytes, unpacked
    packed  BLOB,                      -- zlib; NULL: there is none
    read_at TEXT NOT NULL,
    expires TEXT NOT NULL
) STRICT;
CREATE INDEX robots_by_time ON robots (read_at);
