-- What people said of matches: was it worth telling? The last word on an article and a rule counts.
CREATE TABLE judgements (
    article_id INTEGER NOT NULL,
    rule_id    TEXT    NOT NULL,
    verdict    TEXT    NOT NULL CHECK (verdict IN ('useful', 'noise')),
    judge      TEXT    NOT NULL,       -- who, or by which mail or page; '': nobody knows
    judged_at  TEXT    NOT NULL,
    PRIMARY KEY (article_id, rule_id)
) STRICT;
CREATE INDEX judgements_by_time ON judgements (judged_at);
