-- What a day can be told again from: in which order it happened, and what was live then.

CREATE TABLE arrivals (                -- articles that came in and edits of them, as they were stored
    id         INTEGER PRIMARY KEY,
    article_id INTEGER NOT NULL,
    revision   INTEGER NOT NULL,
    copied     INTEGER NOT NULL,       -- 1: its words were those of an article already there
    backlog    INTEGER NOT NULL,       -- 1: it was old already when its way was first looked at
    renewed    INTEGER NOT NULL DEFAULT 0  -- 1: what is kept of it is of later, though nothing counts as an edit
) STRICT;
CREATE UNIQUE INDEX arrivals_by_article ON arrivals (article_id, revision);

ALTER TABLE outbox ADD COLUMN begun INTEGER;  -- newest arrival when its sending began, or it was folded; NULL: neither

CREATE TABLE configurations (          -- what was live, and since when
    id                INTEGER PRIMARY KEY,
    since             TEXT NOT NULL,
    version           TEXT NOT NULL,   -- of presswatch
    fingerprint       TEXT NOT NULL,   -- see config/files.py
    rules_fingerprint TEXT NOT NULL,
    files             TEXT             -- JSON: name → hash of its bytes; NULL: they were gone before they could be kept
) STRICT;

CREATE TABLE configuration_files (     -- each text once, however many configurations have it
    hash    TEXT PRIMARY KEY,          -- SHA-256
    content BLOB NOT NULL              -- zlib
) STRICT;
