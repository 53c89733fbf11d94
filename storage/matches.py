"""Remember which rules matched which article.

Evidence and tellings are JSON that only alerts can read. Whether a match is told is decided
elsewhere.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from storage.stamp import from_text, to_text
from storage.transaction import Row, Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchRow:
    """One rule that matched one revision of an article, before it is stored."""

    rule_id: str
    severity: str
    evidence_json: str
    source_id: str = ""  # of the article
    score: int | None = None  # None: the rule does not add up weights


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """One stored match."""

    article_id: int
    story_id: int
    source_id: str
    revision: int
    rule_id: str
    severity: str
    evidence_json: str
    score: int | None
    matched_at: datetime
    tellings_json: str  # what each channel was told of it, or why not


RECORD = """
    INSERT INTO matches (article_id, story_id, source_id, revision, rule_id, severity, score,
                         evidence, matched_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (article_id, revision, rule_id) DO NOTHING
"""
COLUMNS = """article_id, story_id, source_id, revision, rule_id, severity, evidence, score,
             matched_at, tellings"""
RECORD_TELLINGS = """
    UPDATE matches SET tellings = ? WHERE article_id = ? AND revision = ? AND rule_id = ?
"""
BETWEEN = f"""
    SELECT {COLUMNS} FROM matches
     WHERE matched_at >= ? AND matched_at < ?
     ORDER BY matched_at, id
"""  # noqa: S608 - our own column list
OF_STORY = f"SELECT {COLUMNS} FROM matches WHERE story_id = ? ORDER BY matched_at, id"  # noqa: S608 - our own column list
LATE = f"SELECT {COLUMNS} FROM matches WHERE id > ? AND matched_at < ? ORDER BY id"  # noqa: S608 - our own column list
CONCERNED = """
    SELECT EXISTS (SELECT 1 FROM matches WHERE story_id = :story)
        OR EXISTS (SELECT 1 FROM alert_log WHERE story_id = :story)
"""
RECENT = f"""
    SELECT {COLUMNS} FROM matches
     WHERE rule_id = ? AND matched_at > ?
     ORDER BY matched_at DESC, id DESC
     LIMIT ?
"""  # noqa: S608 - our own column list
_SINCE = "FROM matches WHERE rule_id = ? AND matched_at > ?"
COUNTS = {
    per: f"SELECT count(DISTINCT {column}) AS n {_SINCE}"
    for per, column in (
        ("story", "story_id"),
        ("source", "source_id"),
        ("article", "article_id"),
    )
}
LAST_OF_EACH_RULE = "SELECT rule_id, max(matched_at) AS last FROM matches GROUP BY rule_id"


def is_of_concern(tx: Transaction, story_id: int) -> bool:
    """Say whether a rule ever matched an article of the story, or somebody was told of it."""
    row = tx.one(CONCERNED, {"story": story_id})
    return row is not None and bool(row[0])


def record_matches(
    tx: Transaction,
    article_id: int,
    story_id: int,
    revision: int,
    matches: Iterable[MatchRow],
    now: datetime,
) -> None:
    """Store the matches of one revision; the same match twice is one."""
    at = to_text(now)
    tx.executemany(
        RECORD,
        [
            (article_id, story_id, row.source_id, revision, row.rule_id, row.severity,
             row.score, row.evidence_json, at)
            for row in matches
        ],
    )  # fmt: skip


def record_tellings(
    tx: Transaction, article_id: int, revision: int, tellings: Mapping[str, str]
) -> None:
    """Note by rule what was told of each match of a revision."""
    tx.executemany(
        RECORD_TELLINGS,
        [(text, article_id, revision, rule) for rule, text in tellings.items()],
    )


def matches_between(tx: Transaction, since: datetime, until: datetime) -> list[Match]:
    """Return the matches made in [since, until), oldest first."""
    return [_match(row) for row in tx.fetch(BETWEEN, (to_text(since), to_text(until)))]


def matches_late(tx: Transaction, mark: int, before: datetime) -> list[Match]:
    """Return the matches stored after a mark that bear an earlier time, in that order."""
    return [_match(row) for row in tx.fetch(LATE, (mark, to_text(before)))]


def newest_match(tx: Transaction) -> int:
    """Return the mark of the newest match there is; 0: there is none."""
    row = tx.one("SELECT max(id) AS id FROM matches", ())
    return int(row["id"] or 0) if row else 0


def matches_of_story(tx: Transaction, story_id: int) -> list[Match]:
    """Return every match of a story's articles, oldest first."""
    return [_match(row) for row in tx.fetch(OF_STORY, (story_id,))]


def recent_matches(
    tx: Transaction, rule_id: str, since: datetime, *, limit: int = 10
) -> list[Match]:
    """Return the newest matches of one rule after since, newest first."""
    return [_match(row) for row in tx.fetch(RECENT, (rule_id, to_text(since), limit))]


def count_matches(tx: Transaction, rule_id: str, since: datetime, by: str) -> int:
    """Count what a rule matched after since, by story, source or article."""
    row = tx.one(COUNTS[by], (rule_id, to_text(since)))
    return int(row["n"]) if row else 0


def last_matches(tx: Transaction) -> dict[str, datetime]:
    """Return when each rule last matched; a rule that never did is not in it."""
    return {row["rule_id"]: from_text(row["last"]) for row in tx.fetch(LAST_OF_EACH_RULE, ())}


def _match(row: Row) -> Match:
    return Match(
        article_id=row["article_id"],
        story_id=row["story_id"],
        source_id=row["source_id"],
        revision=row["revision"],
        rule_id=row["rule_id"],
        severity=row["severity"],
        evidence_json=row["evidence"],
        score=row["score"],
        matched_at=from_text(row["matched_at"]),
        tellings_json=row["tellings"],
    )
