-- Why was I not told? What each channel was told of a match, or why it was told nothing.
ALTER TABLE matches ADD COLUMN tellings TEXT NOT NULL DEFAULT '[]';  -- JSON, opaque here
