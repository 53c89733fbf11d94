"""Read the articles that are kept, each in its newest version."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from storage.article import Article
from storage.canonical import identity_key
from storage.record import from_plain, to_plain_again
from storage.stamp import from_text, to_text
from storage.transaction import Row, Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredArticle:
    """An article as we keep it."""

    id: int
    story_id: int
    revision: int  # 1: as first seen
    article: Article  # its newest version, without candidates
    first_seen: datetime
    last_seen: datetime
    fetched_at: datetime  # of the newest version


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """There is no such article."""

    purged: bool  # it was there once
    purged_at: datetime | None = None  # None: it was not, or nobody noted when


BY_URL = """
    SELECT coalesce((SELECT nullif(article_id, 0) FROM article_urls WHERE identity = :key),
                    (SELECT article_id FROM ledger WHERE identity = :key)) AS article_id
"""
PURGED_AT = "SELECT purged_at FROM tombstones WHERE article_id = ?"
NEWEST_ID = "SELECT max(id) AS id FROM articles"
ONE = "SELECT * FROM articles WHERE id = ?"
SOME = "SELECT * FROM articles WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id"
IDS_BETWEEN = "SELECT id FROM articles WHERE first_seen >= ? AND first_seen < ? ORDER BY id"
# The ids come from the index alone: else all rows of the span would be read and sorted.
BETWEEN = """
    SELECT * FROM articles
     WHERE id IN (SELECT id FROM articles
                   WHERE first_seen >= ? AND first_seen < ? AND id > ?
                   ORDER BY id
                   LIMIT ?)
     ORDER BY id
"""


def load_article(tx: Transaction, article_id: int) -> StoredArticle | Missing:
    """Return the newest version of an article."""
    row = tx.one(ONE, (article_id,))
    if row is None:
        return _missing(tx, article_id)
    return _stored(row)


def _missing(tx: Transaction, article_id: int) -> Missing:
    """Return what is known of an article that is not there: ids ascend, none is given twice."""
    newest = tx.one(NEWEST_ID)
    if newest is None or not 0 < article_id < (newest["id"] or 0):
        return Missing(purged=False)
    tombstone = tx.one(PURGED_AT, (article_id,))
    return Missing(
        purged=True, purged_at=None if tombstone is None else from_text(tombstone["purged_at"])
    )


def load_articles(tx: Transaction, ids: Iterable[int]) -> list[StoredArticle]:
    """Return the newest versions of those articles that are there, by ascending id."""
    return [_stored(row) for row in tx.fetch(SOME, (json.dumps(list(ids)),))]


def article_by_url(tx: Transaction, url: str) -> StoredArticle | Missing:
    """Return the article that is known under an address, in whatever dress, or it led to."""
    known = tx.one(BY_URL, {"key": identity_key(url)})
    article_id = known and known["article_id"]
    return load_article(tx, article_id) if article_id else Missing(purged=False)


def articles_between(
    tx: Transaction, since: datetime, until: datetime, *, after_id: int = 0, limit: int = 1000
) -> list[StoredArticle]:
    """Return the articles first seen in a span, oldest first; page on with after_id."""
    span = (to_text(since), to_text(until), after_id, limit)
    return [_stored(row) for row in tx.fetch(BETWEEN, span)]


def article_ids_between(tx: Transaction, since: datetime, until: datetime) -> list[int]:
    """Return the numbers of the articles first seen in a span, oldest first."""
    return [row["id"] for row in tx.fetch(IDS_BETWEEN, (to_text(since), to_text(until)))]


def _stored(row: Row) -> StoredArticle:
    return StoredArticle(
        id=row["id"],
        story_id=row["story_id"],
        revision=row["revision"],
        article=from_plain(to_plain_again(row["content"])),
        first_seen=from_text(row["first_seen"]),
        last_seen=from_text(row["last_seen"]),
        fetched_at=from_text(row["fetched_at"]),
    )
