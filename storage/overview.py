"""Read what the status pages show: many rows at a glance, by a few queries each.

Only reads. What one article or one source is in full is read by its own module.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from storage.stamp import from_text, maybe_from_text, to_text
from storage.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Sums:
    """How much there is."""

    articles: int
    stories: int
    revisions: int  # changed versions
    matches: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryMark:
    """A place in the list of stories, newest first: the page before ended here."""

    last_seen: datetime
    story_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which stories to list."""

    rule_id: str | None = None  # None: whether or not a rule matched
    source_id: str | None = None  # None: of any source
    matched: bool = False  # only those that some rule matched
    before: StoryMark | None = None  # None: from the newest on
    limit: int = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueRow:
    """One digest that was written."""

    digest_id: str
    start: datetime
    end: datetime
    subject: str
    stories: int
    composed_at: datetime
    readers: int


SUMS = """
    SELECT (SELECT count(*) FROM stories) AS stories,
           (SELECT count(*) FROM articles) AS articles,
           (SELECT count(*) FROM revisions WHERE revision > 1) AS revisions,
           (SELECT count(*) FROM matches) AS matches
"""
OF_ONE_RULE = """
    SELECT count(DISTINCT story_id) AS stories, count(DISTINCT article_id) AS articles,
           count(*) AS matches
      FROM matches
     WHERE rule_id = ?
"""
ARTICLES_BY_SOURCE = """
    SELECT source_id, count(*) AS articles, sum(first_seen >= :later) AS lately FROM articles
     WHERE first_seen >= :since AND (:source_id IS NULL OR source_id = :source_id)
     GROUP BY source_id
"""
# The text of a time begins with its hour, so that the index alone answers.
ARTICLES_BY_HOUR = """
    SELECT substr(first_seen, 1, 13) AS hour, count(*) AS articles FROM articles
     WHERE first_seen >= ? AND source_id <> ?
     GROUP BY hour
"""
STORIES = """
    SELECT id, last_seen FROM stories
     WHERE (last_seen < :seen OR (last_seen = :seen AND id < :story))
       {condition}
     ORDER BY last_seen DESC, id DESC
     LIMIT :limit
"""
OF_SOURCE = """AND EXISTS (SELECT 1 FROM articles
                    WHERE articles.story_id = stories.id AND source_id = :source)"""
OF_RULE = """AND id IN (SELECT story_id FROM matches WHERE rule_id = :rule)"""
MATCHED = "AND EXISTS (SELECT 1 FROM matches WHERE matches.story_id = stories.id)"
# The newest articles first, by id: ids ascend with first_seen.
NEWEST = "SELECT id FROM articles WHERE id < :before ORDER BY id DESC LIMIT :limit"
BY_DAY = """
    SELECT rule_id, substr(matched_at, 1, 10) AS day, count(DISTINCT story_id) AS stories
      FROM matches
     WHERE matched_at >= ?
     GROUP BY rule_id, day
"""
ISSUES = """
    SELECT i.digest_id, i.window_start, i.window_end, i.subject, i.stories, i.composed_at,
           (SELECT count(*) FROM digest_windows AS w
             WHERE w.digest_id = i.digest_id AND w.window_end = i.window_end) AS readers
      FROM digest_issues AS i
     ORDER BY i.window_end DESC, i.digest_id
     LIMIT 50
"""
OVERDUE_SOURCE = """
    SELECT min(next_at) AS at FROM sources
     WHERE enabled = 1 AND (leased_until IS NULL OR leased_until < ?)
"""
OVERDUE_MESSAGE = """
    SELECT min(due_at) AS at FROM outbox
     WHERE state = 'pending' AND (leased_until IS NULL OR leased_until < ?)
"""


def sums(tx: Transaction, *, but_of: str = "") -> Sums:
    """Count what is stored, but for what one rule matched."""
    row, left_out = tx.fetch(SUMS)[0], tx.fetch(OF_ONE_RULE, (but_of,))[0]
    return Sums(
        articles=row["articles"] - left_out["articles"],
        stories=row["stories"] - left_out["stories"],
        revisions=row["revisions"],
        matches=row["matches"] - left_out["matches"],
    )


def articles_by_source(
    tx: Transaction, since: datetime, later: datetime, source_id: str | None = None
) -> dict[str, tuple[int, int]]:
    """Return how many articles were first seen since, and since later; None: of all sources."""
    span = {"since": to_text(since), "later": to_text(later), "source_id": source_id}
    rows = tx.fetch(ARTICLES_BY_SOURCE, span)
    return {row["source_id"]: (row["articles"], row["lately"]) for row in rows}


def articles_by_hour(tx: Transaction, since: datetime, *, but_of: str = "") -> Counter[str]:
    """Count the articles, but for one source's, of each hour of UTC, written 2026-11-24T07."""
    begin = since.replace(minute=0, second=0, microsecond=0)
    rows = tx.fetch(ARTICLES_BY_HOUR, (to_text(begin), but_of))
    return Counter({row["hour"]: row["articles"] for row in rows})


def latest_stories(tx: Transaction, wanted: Wanted) -> list[StoryMark]:
    """Return the stories that an article joined last, the newest first."""
    conditions = {
        OF_RULE: wanted.rule_id is not None,
        MATCHED: wanted.matched and wanted.rule_id is None,
        OF_SOURCE: wanted.source_id is not None,
    }
    condition = " ".join(sql for sql, holds in conditions.items() if holds)
    parameters = {
        "seen": to_text(wanted.before.last_seen) if wanted.before else "~",
        "story": wanted.before.story_id if wanted.before else 0,
        "rule": wanted.rule_id,
        "source": wanted.source_id,
        "limit": wanted.limit,
    }
    rows = tx.fetch(STORIES.format(condition=condition), parameters)
    return [
        StoryMark(last_seen=from_text(row["last_seen"]), story_id=row["id"]) for row in rows
    ]


def stories_by_day(tx: Transaction, since: datetime) -> dict[tuple[str, str], int]:
    """Return, per rule id and UTC day (YYYY-MM-DD), how many stories matched."""
    rows = tx.fetch(BY_DAY, (to_text(since),))
    return {(row["rule_id"], row["day"]): row["stories"] for row in rows}


def newest_articles(tx: Transaction, *, before_id: int, limit: int) -> list[int]:
    """Return article ids, the newest first."""
    rows = tx.fetch(NEWEST, {"before": before_id, "limit": limit})
    return [row["id"] for row in rows]


def issues(tx: Transaction) -> list[IssueRow]:
    """Return the fifty newest digests that were written, the newest first."""
    return [
        IssueRow(
            digest_id=row["digest_id"],
            start=from_text(row["window_start"]),
            end=from_text(row["window_end"]),
            subject=row["subject"],
            stories=row["stories"],
            composed_at=from_text(row["composed_at"]),
            readers=row["readers"],
        )
        for row in tx.fetch(ISSUES)
    ]


def oldest_due(tx: Transaction, now: datetime) -> tuple[datetime | None, datetime | None]:
    """Return since when a source, and a message, has been due and taken by nobody."""
    return _at(tx, OVERDUE_SOURCE, now), _at(tx, OVERDUE_MESSAGE, now)


def _at(tx: Transaction, sql: str, now: datetime) -> datetime | None:
    row = tx.one(sql, (to_text(now),))
    return maybe_from_text(row["at"]) if row else None
