-- Feeds whose hub tells us what is new (WebSub), instead of our asking.

CREATE TABLE subscriptions (
    token        TEXT    PRIMARY KEY,  -- last segment of our callback's address: unguessable
    source_id    TEXT    NOT NULL,
    way          TEXT    NOT NULL,     -- the feed, as it is polled
    hub          TEXT    NOT NULL,
    topic        TEXT    NOT NULL,     -- what the feed calls itself
    secret       TEXT    NOT NULL,
    wanted       TEXT    NOT NULL CHECK (wanted IN ('subscribe', 'unsubscribe')),
    next_at      TEXT    NOT NULL,     -- when the hub is asked, or asked again
    failures     INTEGER NOT NULL,     -- requests in a row that it did not take, or never confirmed
    expires_at   TEXT,                 -- end of the lease; NULL: it has not confirmed one
    delivered_at TEXT,                 -- NULL: it has delivered nothing
    reason       TEXT    NOT NULL,     -- why it is not as wanted
    UNIQUE (source_id, way)
) STRICT;
CREATE INDEX subscriptions_due ON subscriptions (next_at);
