-- How a source is was written at every poll and read by no one: it is judged from what happened to it.
ALTER TABLE sources DROP COLUMN condition;
