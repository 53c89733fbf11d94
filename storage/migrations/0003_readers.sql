-- Who has left a digest, what their links are signed with, and the small pictures of articles.

CREATE TABLE left_digests (            -- a reader who left stays in digests.yaml, and has no mail
    digest_id TEXT NOT NULL,
    recipient TEXT NOT NULL,
    left_at   TEXT NOT NULL,
    PRIMARY KEY (digest_id, recipient)
) STRICT;

CREATE TABLE signing_keys (            -- made here, known nowhere else
    name TEXT PRIMARY KEY,
    key  BLOB NOT NULL
) STRICT;

CREATE TABLE thumbnails (              -- one per article whose picture was asked for
    article_id   INTEGER PRIMARY KEY,
    content_type TEXT NOT NULL,
    content      BLOB,                 -- NULL: there is none, the reason says why
    reason       TEXT NOT NULL DEFAULT '',
    at           TEXT NOT NULL
) STRICT;
