"""Keep every version of an article: what its page says now, beside what it said before.

An edit makes a new revision, never an overwrite. Whose page it is was found by storing.py.
"""

from dataclasses import dataclass
from datetime import datetime

from storage.ages import keep_ages
from storage.arrivals import note_arrivals, note_renewed
from storage.article import Access, Article
from storage.change_kinds import Change
from storage.changes import find_changes
from storage.columns import columns_of
from storage.prepared import Prepared
from storage.record import from_plain, to_plain_again
from storage.revisions import changes_to_text
from storage.search import reindex_text
from storage.signature import unpack_keys
from storage.stamp import to_text
from storage.transaction import Row, Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Revised:
    """The article was there, and says something else now."""

    article_id: int
    story_id: int
    revision: int
    changes: tuple[Change, ...]
    silent: bool  # the text changed, and the page's own last update did not


@dataclass(frozen=True, slots=True, kw_only=True)
class Unchanged:
    """The article was there, word for word."""

    article_id: int
    story_id: int


SEEN = "UPDATE articles SET last_seen = ? WHERE id = ?"
REFRESH = "UPDATE articles SET content = ?, folded = ? WHERE id = ?"
REVISE = """
    UPDATE articles
       SET revision = :revision, last_seen = :now, fetched_at = :now,
           published_at = :published_at, language = :language, origins = :origins,
           fingerprint = :fingerprint, signature = :signature, content = :content,
           folded = :folded
     WHERE id = :id
"""
KEEP_FIRST = """
    INSERT OR IGNORE INTO revisions (article_id, revision, seen_at, silent, changes, content)
    VALUES (:id, 1, :first_seen, 0, '[]', NULL)
"""
KEEP_OLD = "UPDATE revisions SET content = ? WHERE article_id = ? AND revision = ?"
ADD_REVISION = """
    INSERT INTO revisions (article_id, revision, seen_at, silent, changes, content)
    VALUES (:id, :revision, :now, :silent, :changes, NULL)
"""
THIN_OUT = """
    UPDATE revisions SET content = x'' WHERE article_id = ? AND revision = ? AND revision > 1
"""

_WHOLE = 24  # versions kept whole, beside the first: an edit war shall not fill the disk


def revise(tx: Transaction, row: Row, prepared: Prepared, now: datetime) -> Revised | Unchanged:
    """Keep what the page of a stored article says now, as a new revision if that is an edit."""
    plain = to_plain_again(row["content"])
    if plain != to_plain_again(prepared.content):
        old = from_plain(plain)
        prepared = keep_ages(old, prepared)
        if not _is_walled(old, prepared.article):
            if changes := find_changes(old, prepared.article):
                silent = old.last_update == prepared.article.last_update
                return _keep_edit(tx, row, prepared, now, changes=changes, silent=silent)
            # Nothing that counts as an edit; still, what the page says now is kept.
            reindex_text(tx, row, prepared)
            tx.execute(REFRESH, (prepared.content, prepared.folded, row["id"]))
            note_renewed(tx, row["id"], row["revision"])
    see_again(tx, row["id"], now)
    return Unchanged(article_id=row["id"], story_id=row["story_id"])


def see_again(tx: Transaction, article_id: int, now: datetime) -> None:
    """Note that the article's page still says what it said."""
    tx.execute(SEEN, (to_text(now), article_id))


def _is_walled(old: Article, new: Article) -> bool:
    """Say whether the page only shows less of the same article: a wall is no edit."""
    shut = new.access is not Access.OPEN and old.access is Access.OPEN
    return shut and len(new.text) < len(old.text) / 2


def _keep_edit(
    tx: Transaction,
    row: Row,
    prepared: Prepared,
    now: datetime,
    *,
    changes: tuple[Change, ...],
    silent: bool,
) -> Revised:
    """Keep what the page said beside what it says now."""
    revised = Revised(
        article_id=row["id"],
        story_id=row["story_id"],
        revision=row["revision"] + 1,
        changes=changes,
        silent=silent,
    )
    _keep_version(tx, row, revised, now)
    reindex_text(tx, row, prepared)
    known = unpack_keys(row["signature"])
    tx.candidates.exchange(row["id"], known, prepared.signature.keys)
    tx.execute(
        REVISE, columns_of(prepared, now) | {"id": row["id"], "revision": revised.revision}
    )
    return revised


def _keep_version(tx: Transaction, row: Row, revised: Revised, now: datetime) -> None:
    article_id, revision = revised.article_id, revised.revision
    tx.execute(KEEP_FIRST, {"id": article_id, "first_seen": row["first_seen"]})
    tx.execute(KEEP_OLD, (row["content"], article_id, row["revision"]))
    tx.execute(
        ADD_REVISION,
        {
            "id": article_id,
            "revision": revision,
            "now": to_text(now),
            "silent": revised.silent,
            "changes": changes_to_text(revised.changes),
        },
    )
    arrival = {"article_id": article_id, "revision": revision, "copied": 0, "backlog": 0}
    note_arrivals(tx, [arrival])
    tx.execute(THIN_OUT, (article_id, revision - _WHOLE))
