-- How often a link was looked at again was written at every look, and nobody ever asked.
ALTER TABLE ledger DROP COLUMN refetches;
