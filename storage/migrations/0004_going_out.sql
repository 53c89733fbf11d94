-- What going out needs to know between two looks.

ALTER TABLE ways ADD COLUMN first_read TEXT;  -- the first look that succeeded; NULL: there was none
UPDATE ways SET first_read = '2000-01-01T00:00:00.000000Z' WHERE last_success IS NOT NULL;

-- Which sources have links to read is a look at the sources, not at every link.

ALTER TABLE sources ADD COLUMN links_at TEXT;  -- when the earliest of its links is due, or its reading's lease ends; NULL: none is

UPDATE sources
   SET links_at = (SELECT min(next_at)
                     FROM ledger
                    WHERE source_id = sources.id AND next_at IS NOT NULL);

CREATE INDEX sources_reading ON sources (links_at) WHERE links_at IS NOT NULL;
