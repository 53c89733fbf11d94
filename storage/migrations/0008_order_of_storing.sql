-- A clock that is set back lives some hours again: what matches in them bears a time of a window
-- that has been sent. It is known by coming after the newest match that was there then.
ALTER TABLE digest_issues ADD COLUMN last_match INTEGER;  -- id; NULL: none was, or nobody noted it
