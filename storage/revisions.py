"""Look back at the versions of an article that changed."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from storage.article import Article
from storage.change_kinds import Change, ChangeKind
from storage.record import from_plain, to_plain_again
from storage.stamp import from_text, to_text
from storage.transaction import Row, Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """One version of an article."""

    article_id: int
    revision: int  # 1: as first seen
    seen_at: datetime
    silent: bool  # the text changed, and the page's own last update did not
    changes: tuple[Change, ...]  # since the revision before
    article: Article | None  # None: so many came after it that only its changes are kept


OF_ARTICLE = """
    SELECT article_id, revisions.revision, seen_at, silent, changes,
           coalesce(revisions.content, articles.content) AS content
      FROM revisions
      JOIN articles ON articles.id = article_id
     WHERE article_id = ? AND revisions.revision > ?
     ORDER BY revisions.revision
"""
MATCHED_BETWEEN = """
    SELECT article_id, revisions.revision, seen_at, silent, changes,
           coalesce(revisions.content, articles.content) AS content
      FROM revisions
      JOIN articles ON articles.id = article_id
     WHERE seen_at >= ? AND seen_at < ? AND revisions.revision > 1
       AND EXISTS (SELECT 1 FROM matches WHERE matches.story_id = articles.story_id)
     ORDER BY seen_at, article_id
"""


def load_revisions(tx: Transaction, article_id: int, *, after: int = 0) -> list[Revision]:
    """Return an article's versions after that one, oldest first; none if it never changed."""
    return [_revision(row) for row in tx.fetch(OF_ARTICLE, (article_id, after))]


def matched_revisions(tx: Transaction, since: datetime, until: datetime) -> list[Revision]:
    """Return the changed versions seen in a span, of stories a rule matched, oldest first."""
    rows = tx.fetch(MATCHED_BETWEEN, (to_text(since), to_text(until)))
    return [_revision(row) for row in rows]


def changes_to_text(changes: Iterable[Change]) -> str:
    """Return changes as the database keeps them."""
    plain = [[change.kind, change.before, change.after] for change in changes]
    return json.dumps(plain)  # ASCII: a lone surrogate of a broken page stays harmless


def changes_from_text(text: str) -> tuple[Change, ...]:
    """Return the changes that changes_to_text wrote."""
    return tuple(
        Change(kind=ChangeKind(kind), before=before, after=after)
        for kind, before, after in json.loads(text)
    )


def _revision(row: Row) -> Revision:
    return Revision(
        article_id=row["article_id"],
        revision=row["revision"],
        seen_at=from_text(row["seen_at"]),
        silent=bool(row["silent"]),
        changes=changes_from_text(row["changes"]),
        article=from_plain(to_plain_again(row["content"])) if row["content"] else None,
    )
