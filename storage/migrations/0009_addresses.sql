-- What an address became stands in the ledger, and was written a second time, at a random place of
-- another tree. From here on article_urls holds only what the ledger does not say: addresses that
-- are no links, and links that led to the article of another address (0: they have none themselves).
INSERT OR IGNORE INTO article_urls (identity, article_id)
SELECT identity, 0 FROM ledger WHERE article_id IS NOT NULL;

DELETE FROM article_urls
 WHERE article_id = (SELECT article_id FROM ledger WHERE ledger.identity = article_urls.identity);
