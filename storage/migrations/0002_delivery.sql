-- What matched, what was told to whom, what is still owed, which digests went out.

CREATE TABLE matches (
    id          INTEGER PRIMARY KEY,
    article_id  INTEGER NOT NULL,
    story_id    INTEGER NOT NULL,
    source_id   TEXT    NOT NULL,
    revision    INTEGER NOT NULL,
    rule_id     TEXT    NOT NULL,
    severity    TEXT    NOT NULL,
    score       INTEGER,               -- NULL: the rule does not add up weights
    evidence    TEXT    NOT NULL,      -- JSON, opaque here
    matched_at  TEXT    NOT NULL,
    UNIQUE (article_id, revision, rule_id)
) STRICT;
CREATE INDEX matches_by_time ON matches (matched_at);
CREATE INDEX matches_by_rule ON matches (rule_id, matched_at);
CREATE INDEX matches_by_story ON matches (story_id);

CREATE TABLE outbox (
    key          TEXT    PRIMARY KEY,  -- rule/story/channel: the Message-ID and the webhook-id
    channel      TEXT    NOT NULL,
    kind         TEXT    NOT NULL,
    state        TEXT    NOT NULL CHECK (state IN ('pending', 'held', 'folded', 'sent', 'dead', 'dropped')),
    urgency      INTEGER NOT NULL,     -- 0 goes first
    payload      TEXT    NOT NULL,     -- JSON, opaque here
    recipients   TEXT    NOT NULL,     -- JSON list of those still owed; []: whomever the channel names
    story_id     INTEGER,              -- NULL: not about one story
    hold         TEXT,                 -- why it waits for others: 'quiet', 'storm/RULE'; NULL: it does not
    folded_into  TEXT,
    created_at   TEXT    NOT NULL,
    due_at       TEXT    NOT NULL,
    leased_until TEXT,                 -- NULL: nobody is sending it
    attempts     INTEGER NOT NULL DEFAULT 0,
    abandoned    INTEGER NOT NULL DEFAULT 0,  -- attempts whose end nobody saw
    escalate_at  TEXT,                 -- NULL: nobody else is told when it is late
    reason       TEXT    NOT NULL DEFAULT '',
    finished_at  TEXT
) STRICT;
CREATE INDEX outbox_due ON outbox (channel, urgency, due_at) WHERE state = 'pending';
CREATE INDEX outbox_held ON outbox (due_at) WHERE state = 'held';
CREATE INDEX outbox_late ON outbox (escalate_at) WHERE escalate_at IS NOT NULL;
CREATE INDEX outbox_finished ON outbox (state, finished_at);

CREATE TABLE alert_log (               -- one row per rule named in a message
    id          INTEGER PRIMARY KEY,
    channel     TEXT    NOT NULL,
    story_id    INTEGER NOT NULL,
    source_id   TEXT    NOT NULL,
    rule_id     TEXT    NOT NULL,
    severity    TEXT    NOT NULL,
    kind        TEXT    NOT NULL CHECK (kind IN ('alert', 'update')),
    key         TEXT    NOT NULL,      -- of the outbox row
    held        INTEGER NOT NULL,      -- 1: it went into a round-up instead of its own message
    subject     TEXT    NOT NULL,
    outlets     INTEGER NOT NULL,
    languages   INTEGER NOT NULL,
    facts       TEXT    NOT NULL,      -- JSON list of the figures already told
    told_at     TEXT    NOT NULL,
    UNIQUE (key, rule_id)
) STRICT;
CREATE INDEX alert_log_by_story ON alert_log (story_id, channel);
CREATE INDEX alert_log_by_rule ON alert_log (rule_id, told_at);

CREATE TABLE channel_states (
    channel       TEXT PRIMARY KEY,
    address       TEXT NOT NULL,       -- fingerprint of where it leads; a new address opens it again
    closed_at     TEXT,                -- NULL: open. Set when the receiver said 410 Gone
    reason        TEXT NOT NULL DEFAULT '',
    failing_since TEXT,                -- NULL: the last attempt went well
    last_sent     TEXT
) STRICT;

CREATE TABLE digest_issues (           -- what was written, once per window, however many read it
    digest_id    TEXT NOT NULL,
    window_start TEXT NOT NULL,
    window_end   TEXT NOT NULL,
    subject      TEXT NOT NULL,
    stories      INTEGER NOT NULL,
    content      BLOB NOT NULL,        -- zlib, opaque here
    composed_at  TEXT NOT NULL,
    PRIMARY KEY (digest_id, window_start, window_end)
) STRICT;

CREATE TABLE digest_windows (          -- exactly one mail per digest, recipient and window
    digest_id    TEXT NOT NULL,
    recipient    TEXT NOT NULL,
    window_start TEXT NOT NULL,
    window_end   TEXT NOT NULL,
    key          TEXT NOT NULL,        -- of the outbox row
    PRIMARY KEY (digest_id, recipient, window_end)
) STRICT;

CREATE TABLE canaries (
    key        TEXT PRIMARY KEY,       -- canary/2026-11-24
    entered_at TEXT NOT NULL,
    due_by     TEXT NOT NULL,
    came_at    TEXT,                   -- NULL: not (yet) come out
    alarmed_at TEXT
) STRICT;
