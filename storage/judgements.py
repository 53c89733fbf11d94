"""Remember what people said of matches: useful, or noise. The last word on a match counts.

A match is judged as a whole, whatever revisions of the article the rule matched.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from storage.stamp import from_text, to_text
from storage.transaction import Row, Transaction


class Verdict(StrEnum):
    """What was said of a match."""

    USEFUL = "useful"
    NOISE = "noise"


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What somebody said of one rule's match of one article."""

    article_id: int
    rule_id: str
    verdict: Verdict
    judge: str  # who, or by which mail or page; empty: nobody knows
    judged_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchToJudge:
    """One rule's match of one article, and what was said of it."""

    story_id: int
    article_id: int
    rule_id: str
    said: Judgement | None  # None: nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgementTally:
    """How many matches of one rule were found useful, and how many noise."""

    rule_id: str
    useful: int
    noise: int


# Told of one article, a mail may name a rule that matched another one of the same story.
MATCHED = """
    SELECT article_id FROM matches
     WHERE rule_id = :rule
       AND (article_id = :article
            OR story_id = (SELECT story_id FROM articles WHERE id = :article))
     ORDER BY article_id <> :article, id
     LIMIT 1
"""
JUDGE = """
    INSERT INTO judgements (article_id, rule_id, verdict, judge, judged_at)
         VALUES (?, ?, ?, ?, ?)
    ON CONFLICT (article_id, rule_id) DO UPDATE
            SET verdict = excluded.verdict, judge = excluded.judge,
                judged_at = excluded.judged_at
"""
TAKE_BACK = "DELETE FROM judgements WHERE article_id = ? AND rule_id = ?"
_COLUMNS = "article_id, rule_id, verdict, judge, judged_at"
ONE = f"SELECT {_COLUMNS} FROM judgements WHERE article_id = ? AND rule_id = ?"  # noqa: S608 - our own column list
# Of a story's articles that a rule matched, the one that was judged last speaks for the story.
_MATCHES = """
    SELECT story_id, article_id, rule_id, verdict, judge, judged_at
      FROM matches LEFT JOIN judgements USING (article_id, rule_id)
"""
OF_STORY = f"{_MATCHES} WHERE story_id = ? ORDER BY matches.id"
OF_RULE = f"""
    {_MATCHES}
     WHERE rule_id = :rule AND story_id IN (SELECT value FROM json_each(:stories))
     ORDER BY judged_at IS NOT NULL, judged_at, matches.id DESC
"""  # noqa: S608 - our own words
SINCE = f"""
    SELECT {_COLUMNS} FROM judgements
     WHERE judged_at > :since AND (:rule IS NULL OR rule_id = :rule)
     ORDER BY judged_at DESC, article_id DESC, rule_id
"""  # noqa: S608 - our own column list
TALLY = """
    SELECT rule_id, sum(verdict = 'useful') AS useful, sum(verdict = 'noise') AS noise
      FROM judgements WHERE judged_at > ? GROUP BY rule_id ORDER BY rule_id
"""


def matched_article(tx: Transaction, article_id: int, rule_id: str) -> int | None:
    """Return the article whose match is meant: this one, or the first of its story.

    None: the rule matched no article of the story.
    """
    row = tx.one(MATCHED, {"article": article_id, "rule": rule_id})
    return int(row["article_id"]) if row else None


def judge(tx: Transaction, judgement: Judgement) -> None:
    """Remember a judgement; it takes the place of an earlier one."""
    tx.execute(
        JUDGE,
        (judgement.article_id, judgement.rule_id, judgement.verdict, judgement.judge,
         to_text(judgement.judged_at)),
    )  # fmt: skip


def take_back(tx: Transaction, article_id: int, rule_id: str) -> bool:
    """Forget what was said of a match; False: nothing was."""
    return tx.execute(TAKE_BACK, (article_id, rule_id)).rowcount == 1


def load_judgement(tx: Transaction, article_id: int, rule_id: str) -> Judgement | None:
    """Return what was said of a match; None: nothing."""
    row = tx.one(ONE, (article_id, rule_id))
    return _judgement(row) if row else None


def judgements_since(
    tx: Transaction, since: datetime, rule_id: str | None = None
) -> list[Judgement]:
    """Return what was said after since, of all rules or of one, the newest first."""
    rows = tx.fetch(SINCE, {"since": to_text(since), "rule": rule_id})
    return [_judgement(row) for row in rows]


def matches_of_story_to_judge(tx: Transaction, story_id: int) -> list[MatchToJudge]:
    """Return each match of a story's articles once, in the order they came."""
    found = [_to_judge(row) for row in tx.fetch(OF_STORY, (story_id,))]
    return list({(each.article_id, each.rule_id): each for each in found}.values())


def stories_to_judge(
    tx: Transaction, rule_id: str, story_ids: Iterable[int]
) -> dict[int, MatchToJudge]:
    """Return per story the rule's match that was judged last; else its first match."""
    rows = tx.fetch(OF_RULE, {"rule": rule_id, "stories": json.dumps(list(story_ids))})
    return {row["story_id"]: _to_judge(row) for row in rows}


def tally_judgements(tx: Transaction, since: datetime) -> list[JudgementTally]:
    """Count by rule what was said after since; a rule nobody judged is not in it."""
    return [
        JudgementTally(rule_id=row["rule_id"], useful=row["useful"], noise=row["noise"])
        for row in tx.fetch(TALLY, (to_text(since),))
    ]


def _to_judge(row: Row) -> MatchToJudge:
    return MatchToJudge(
        story_id=row["story_id"],
        article_id=row["article_id"],
        rule_id=row["rule_id"],
        said=_judgement(row) if row["verdict"] else None,
    )


def _judgement(row: Row) -> Judgement:
    return Judgement(
        article_id=row["article_id"],
        rule_id=row["rule_id"],
        verdict=Verdict(row["verdict"]),
        judge=row["judge"],
        judged_at=from_text(row["judged_at"]),
    )
