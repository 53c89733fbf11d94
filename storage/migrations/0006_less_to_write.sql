-- What made an article dear to store, the dearer the more there were: rows and keys at random
-- places, of which each dirties a page of its own.

-- Candidates for a search: words alone, for the matcher decides where they must stand. It is
-- filled by the block from what the articles hold; see storage/search.py.
DROP TABLE search_index;
CREATE VIRTUAL TABLE search_index USING fts5 (
    words,
    content = '', detail = 'none', tokenize = 'unicode61 remove_diacritics 0'
);
INSERT INTO search_index (search_index, rank) VALUES ('automerge', 8);  -- merge half as often
INSERT INTO search_index (search_index, rank) VALUES ('hashsize', 16777216);  -- a block at once

-- The candidates for a story stand in the writer's memory; see storage/candidates.py.
DROP TABLE sketch_keys;
DROP TABLE name_keys;

-- The ledger in the order in which links were noted, so that those of one poll lie together.
CREATE TABLE links (
    id           INTEGER PRIMARY KEY,
    identity     INTEGER NOT NULL UNIQUE,  -- of the address, see storage/canonical.py
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
INSERT INTO links (identity, url, source_id, way_id, title, published, state, reason, article_id,
                   noted_at, settled_at, next_at, leased_until, attempts, refetches)
SELECT identity, url, source_id, way_id, title, published, state, reason, article_id,
       noted_at, settled_at, next_at, leased_until, attempts, refetches
  FROM ledger
 ORDER BY noted_at;
DROP TABLE ledger;
ALTER TABLE links RENAME TO ledger;
CREATE INDEX ledger_due ON ledger (source_id, next_at) WHERE next_at IS NOT NULL;
CREATE INDEX ledger_troubles ON ledger (state, settled_at) WHERE state IN ('rejected', 'dead');
CREATE INDEX ledger_sums ON ledger (source_id, way_id, state);
