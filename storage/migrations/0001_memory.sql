-- What we remember of the press: articles with their versions, stories, links, sources.
-- Times are UTC text that sorts; a page's own stamps keep what the page said.

CREATE TABLE articles (
    id           INTEGER PRIMARY KEY,  -- ascends with first_seen
    story_id     INTEGER NOT NULL,
    source_id    TEXT    NOT NULL,
    revision     INTEGER NOT NULL,     -- 1: as first seen
    first_seen   TEXT    NOT NULL,
    last_seen    TEXT    NOT NULL,
    fetched_at   TEXT    NOT NULL,     -- of the newest version
    published_at TEXT,                 -- as the page says it; NULL: it does not
    happened_at  INTEGER NOT NULL,     -- seconds: published_at where that is believable, else first_seen
    language     TEXT    NOT NULL,
    origins      TEXT    NOT NULL,     -- JSON list of the agencies it cites; '': none
    fingerprint  INTEGER NOT NULL,     -- of the body's words alone
    signature    BLOB    NOT NULL,     -- see storage/signature.py
    content      BLOB    NOT NULL,     -- the article, compressed; see storage/record.py
    folded       BLOB    NOT NULL      -- what the search index holds of it, compressed against content
) STRICT;
CREATE INDEX articles_by_story ON articles (story_id, source_id);
CREATE INDEX articles_by_time ON articles (first_seen, source_id);  -- with it, sources are counted without reading articles
CREATE INDEX articles_by_fingerprint ON articles (fingerprint);

CREATE TABLE article_urls (            -- every address under which an article is known
    identity   INTEGER PRIMARY KEY,    -- see storage/canonical.py
    article_id INTEGER NOT NULL        -- may be gone: then this is its tombstone
) STRICT;

CREATE TABLE revisions (               -- only of articles that changed
    article_id INTEGER NOT NULL,
    revision   INTEGER NOT NULL,
    seen_at    TEXT    NOT NULL,
    silent     INTEGER NOT NULL,       -- 1: the text changed, the page's last update did not
    changes    TEXT    NOT NULL,       -- JSON: what changed since the revision before
    content    BLOB,                   -- NULL: the newest, which stands in articles
    PRIMARY KEY (article_id, revision)
) STRICT;
CREATE INDEX revisions_by_time ON revisions (seen_at);

CREATE TABLE stories (
    id               INTEGER PRIMARY KEY,
    first_article_id INTEGER NOT NULL, -- the first mover
    first_seen       TEXT    NOT NULL,
    last_seen        TEXT    NOT NULL, -- when an article last joined
    articles         INTEGER NOT NULL
) STRICT;
CREATE INDEX stories_by_time ON stories (last_seen);

-- Candidates for "the same story": shingles and names of the newest articles. Keys are random, so
-- one tree of them all would dirty a page for each; by epochs of 8,192 articles only the newest
-- part is written, and old parts are dropped whole.
CREATE TABLE sketch_keys (
    epoch      INTEGER NOT NULL,       -- article_id / 8192
    key        INTEGER NOT NULL,
    article_id INTEGER NOT NULL,
    PRIMARY KEY (epoch, key, article_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE name_keys (
    epoch      INTEGER NOT NULL,
    key        INTEGER NOT NULL,
    article_id INTEGER NOT NULL,
    PRIMARY KEY (epoch, key, article_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE tombstones (              -- texts that were purged, so that none comes back as new
    fingerprint INTEGER PRIMARY KEY,
    article_id  INTEGER NOT NULL,
    story_id    INTEGER NOT NULL,
    purged_at   TEXT    NOT NULL
) STRICT;

-- Candidates for a search; folding is done before, and the matcher decides after.
CREATE VIRTUAL TABLE search_index USING fts5 (
    headline, body, rest,
    content = '', detail = 'column', tokenize = 'unicode61 remove_diacritics 0'
);
INSERT INTO search_index (search_index, rank) VALUES ('automerge', 8);  -- merge half as often

CREATE TABLE ways (                    -- feeds, sitemaps and section pages, each of one source
    id            INTEGER PRIMARY KEY,
    source_id     TEXT    NOT NULL,
    url           TEXT    NOT NULL,
    kind          TEXT    NOT NULL,
    discovered    INTEGER NOT NULL,    -- 1: found by ourselves, not configured
    etag          TEXT    NOT NULL,
    last_modified TEXT    NOT NULL,
    body_hash     TEXT    NOT NULL,
    last_polled   TEXT,
    last_success  TEXT,
    failures      REAL    NOT NULL,
    last_error    TEXT    NOT NULL,
    items         INTEGER NOT NULL,    -- at the last success
    shown         TEXT    NOT NULL,    -- which links it showed then, to tell a gap: opaque here
    retired_at    TEXT,                -- NULL: still polled
    UNIQUE (source_id, url)
) STRICT;

CREATE TABLE ledger (
    identity     INTEGER PRIMARY KEY,  -- of the address, see storage/canonical.py
    url          TEXT    NOT NULL,
    source_id    TEXT    NOT NULL,
    way_id       INTEGER NOT NULL,
    title        TEXT    NOT NULL,     -- as the way words it, while we wait
    published    TEXT,                 -- as the way says it; NULL: it does not
    state        TEXT    NOT NULL CHECK (state IN ('waiting', 'stored', 'revision_of', 'duplicate_of', 'rejected', 'dead')),
    reason       TEXT    NOT NULL,
    article_id   INTEGER,              -- NULL: none came of it
    noted_at     TEXT    NOT NULL,
    settled_at   TEXT,                 -- NULL: still waiting
    next_at      TEXT,                 -- NULL: nothing more to do
    leased_until TEXT,                 -- NULL: nobody fetches it
    attempts     INTEGER NOT NULL,
    refetches    INTEGER NOT NULL
) STRICT;
CREATE INDEX ledger_due ON ledger (source_id, next_at) WHERE next_at IS NOT NULL;
CREATE INDEX ledger_troubles ON ledger (state, settled_at) WHERE state IN ('rejected', 'dead');
-- No triggers here: a statement that fires one opens a savepoint, and at each savepoint the search
-- index writes out what it has gathered (five times the cost of an article).
CREATE INDEX ledger_sums ON ledger (source_id, way_id, state);

CREATE TABLE sources (
    id           TEXT PRIMARY KEY,
    next_at      TEXT NOT NULL,
    leased_until TEXT,                 -- NULL: nobody polls it
    failures     REAL NOT NULL,        -- hard 1, soft 0.5, temporary 0.25
    last_polled  TEXT,
    last_success TEXT,
    last_new     TEXT,                 -- when it last brought a new link
    explored_at  TEXT,                 -- when its site was searched for ways; NULL: never
    last_error   TEXT NOT NULL,
    told_at      TEXT,                 -- NULL: nobody was told that it fails
    rhythm       TEXT NOT NULL,        -- opaque here
    condition    TEXT NOT NULL,        -- 'ok', 'gone', 'auth', …: opaque here
    enabled      INTEGER NOT NULL
) STRICT;
CREATE INDEX sources_due ON sources (next_at);

CREATE TABLE polls (
    id         INTEGER PRIMARY KEY,
    source_id  TEXT    NOT NULL,
    way        TEXT    NOT NULL,
    polled_at  TEXT    NOT NULL,
    outcome    TEXT    NOT NULL,
    found      INTEGER NOT NULL,
    new        INTEGER NOT NULL,
    reason     TEXT    NOT NULL,
    elapsed_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX polls_by_time ON polls (polled_at);
CREATE INDEX polls_by_source ON polls (source_id, polled_at);

CREATE TABLE gaps (
    id          INTEGER PRIMARY KEY,
    source_id   TEXT NOT NULL,
    way         TEXT NOT NULL,
    since       TEXT NOT NULL,
    until       TEXT NOT NULL,
    declared_at TEXT NOT NULL,
    UNIQUE (source_id, way, since)
) STRICT;
CREATE INDEX gaps_by_time ON gaps (declared_at);
