"""Count what a digest reports: articles read, bodies missing, dead letters, silent issues."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from storage.stamp import from_text, maybe_from_text, to_text
from storage.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadTally:
    """The dead letters of one channel."""

    channel: str
    count: int
    reason: str  # of the newest


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyTally:
    """How many articles of a source came without a body."""

    source_id: str
    articles: int
    without: int


READ = """
    SELECT count(*) AS n FROM articles
     WHERE first_seen >= ? AND first_seen < ? AND source_id <> ?
"""
FIRST = "SELECT min(first_seen) AS at FROM articles"
# The fingerprint is of the body's words alone: none, and it is 0.
BODIES = """
    SELECT source_id, count(*) AS n, sum(fingerprint = 0) AS without FROM articles
     WHERE first_seen >= ? AND first_seen < ? GROUP BY source_id
"""
DEAD = """
    SELECT channel, count(*) AS n, reason, max(finished_at) FROM outbox
     WHERE state = 'dead' AND finished_at >= ? AND finished_at < ? GROUP BY channel
"""
EARLIER = """
    SELECT DISTINCT story_id, rule_id FROM matches
     WHERE matched_at < :before AND (:mark IS NULL OR id <= :mark)
       AND story_id IN (SELECT value FROM json_each(:stories))
"""
TIMES = """
    SELECT DISTINCT rule_id, story_id, matched_at FROM matches
     WHERE matched_at >= ? AND matched_at < ?
"""
ISSUES = """
    SELECT stories FROM digest_issues WHERE digest_id = ? AND window_end <= ?
     ORDER BY window_end DESC LIMIT 400
"""


def articles_read(
    tx: Transaction, since: datetime, until: datetime, *, but_of: str = ""
) -> int:
    """Return how many articles were first seen in [since, until), but for one source's."""
    row = tx.one(READ, (to_text(since), to_text(until), but_of))
    return int(row["n"]) if row else 0


def first_article(tx: Transaction) -> datetime | None:
    """Return when our memory begins; None: it is empty."""
    row = tx.one(FIRST)
    return maybe_from_text(row["at"]) if row else None


def bodies(tx: Transaction, since: datetime, until: datetime) -> list[BodyTally]:
    """Return per source how many articles came, and how many without a body."""
    return [
        BodyTally(source_id=row["source_id"], articles=row["n"], without=row["without"])
        for row in tx.fetch(BODIES, (to_text(since), to_text(until)))
    ]


def dead_letters(tx: Transaction, since: datetime, until: datetime) -> list[DeadTally]:
    """Return the dead letters of a span by channel."""
    return [
        DeadTally(channel=row["channel"], count=row["n"], reason=row["reason"])
        for row in tx.fetch(DEAD, (to_text(since), to_text(until)))
    ]


def earlier_matches(
    tx: Transaction, stories: Iterable[int], before: datetime, *, mark: int | None = None
) -> dict[int, set[str]]:
    """Return which rules had matched which of these stories before then, and up to a mark."""
    found: dict[int, set[str]] = {}
    values = {"before": to_text(before), "mark": mark, "stories": json.dumps(list(stories))}
    for row in tx.fetch(EARLIER, values):
        found.setdefault(row["story_id"], set()).add(row["rule_id"])
    return found


def match_times(
    tx: Transaction, since: datetime, until: datetime
) -> list[tuple[str, int, datetime]]:
    """Return (rule id, story id, time) of the matches in [since, until)."""
    rows = tx.fetch(TIMES, (to_text(since), to_text(until)))
    return [(row["rule_id"], row["story_id"], from_text(row["matched_at"])) for row in rows]


def silent_issues(tx: Transaction, digest_id: str, until: datetime) -> int:
    """Return how many issues in a row, up to then, had no story."""
    silent = 0
    for row in tx.fetch(ISSUES, (digest_id, to_text(until))):
        if row["stories"]:
            break
        silent += 1
    return silent
