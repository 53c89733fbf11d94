"""Tell the life of a story: who told it when, and who changed what later."""

from dataclasses import dataclass
from datetime import datetime

from storage.change_kinds import Change
from storage.revisions import changes_from_text
from storage.stamp import from_text
from storage.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """One thing that happened to a story."""

    at: datetime  # when we saw it
    article_id: int
    source_id: str
    revision: int  # 1: the article appeared; later ones: it was changed
    changes: tuple[Change, ...] = ()
    silent: bool = False


APPEARED = "SELECT id, source_id, first_seen FROM articles WHERE story_id = ?"
CHANGED = """
    SELECT article_id, source_id, revisions.revision, seen_at, changes, silent
      FROM revisions
      JOIN articles ON articles.id = article_id
     WHERE story_id = ? AND revisions.revision > 1
"""


def load_timeline(tx: Transaction, story_id: int) -> list[Moment]:
    """Return what happened to a story, oldest first; nothing: there is no such story."""
    moments = [
        Moment(
            at=from_text(row["first_seen"]),
            article_id=row["id"],
            source_id=row["source_id"],
            revision=1,
        )
        for row in tx.fetch(APPEARED, (story_id,))
    ]
    moments += [
        Moment(
            at=from_text(row["seen_at"]),
            article_id=row["article_id"],
            source_id=row["source_id"],
            revision=row["revision"],
            changes=changes_from_text(row["changes"]),
            silent=bool(row["silent"]),
        )
        for row in tx.fetch(CHANGED, (story_id,))
    ]
    return sorted(moments, key=lambda moment: (moment.at, moment.article_id, moment.revision))
