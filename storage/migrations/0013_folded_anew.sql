-- Words are folded otherwise than before (languages without blanks, apostrophes that are letters,
-- signs that SQLite takes for letters), and a query can only be narrowed by the same fold. What is
-- empty here is folded again from the article when it is put into the index.
UPDATE articles SET folded = x'';
DROP TABLE search_index;
CREATE VIRTUAL TABLE search_index USING fts5 (
    words,
    content = '', detail = 'none', tokenize = 'unicode61 remove_diacritics 0'
);
INSERT INTO search_index (search_index, rank) VALUES ('automerge', 8);  -- merge half as often
INSERT INTO search_index (search_index, rank) VALUES ('hashsize', 16777216);  -- a block at once
