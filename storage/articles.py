"""Keep one copy of each article, and every version of it."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from storage.article import Access, Article
from storage.canonical import identity_key, is_front_page, same_site
from storage.change_kinds import Change
from storage.changes import find_changes
from storage.folded import Folded
from storage.record import from_plain, to_plain, to_plain_again, to_record
from storage.revisions import changes_to_text
from storage.sameness import containment
from storage.search import index_text, pack_folded, unindex_text, unpack_folded
from storage.signature import Signature, pack, unpack
from storage.stamp import from_text, instant, stamp_to_text, to_text
from storage.stories import (
    enter_story,
    index_signature,
    place,
    unindex_signature,
)
from storage.transaction import Row, Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """The article is new to us."""

    article_id: int
    story_id: int
    new_story: bool
    joined: str = ""  # why it joined its story: "exact", "contained", "rewritten", "names"
    copy: bool = False  # its words are those of an article already there


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Purged:
    """The article was there, and was let go of when it had grown old; it does not come back."""

    article_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredArticle:
    """An article as we keep it."""

    id: int
    story_id: int
    revision: int  # 1: as first seen
    article: Article  # its newest version, without candidates
    folded: Folded
    first_seen: datetime
    last_seen: datetime
    fetched_at: datetime  # of the newest version


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """There is no such article."""

    purged: bool  # it was there once


OF_URLS = """
    SELECT identity, article_id FROM article_urls WHERE identity IN (?, ?)
"""
ADD_URL = "INSERT OR IGNORE INTO article_urls (identity, article_id) VALUES (?, ?)"
TOMBSTONE = "SELECT article_id FROM tombstones WHERE fingerprint = ?"
NEWEST_ID = "SELECT max(id) AS id FROM articles"
NEXT_ID = "SELECT coalesce(max(id), 0) + 1 AS id FROM articles"

ADD = """
    INSERT INTO articles (id, story_id, source_id, revision, first_seen, last_seen, fetched_at,
                          published_at, happened_at, language, origins, fingerprint, signature,
                          content, folded)
    VALUES (:id, :story_id, :source_id, 1, :now, :now, :now, :published_at, :happened_at,
            :language, :origins, :fingerprint, :signature, :content, :folded)
"""
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
ONE = "SELECT * FROM articles WHERE id = ?"
SOME = "SELECT * FROM articles WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id"
IDS_BETWEEN = "SELECT id FROM articles WHERE first_seen >= ? AND first_seen < ? ORDER BY id"
BETWEEN = """
    SELECT * FROM articles
     WHERE first_seen >= ? AND first_seen < ? AND id > ?
     ORDER BY id
     LIMIT ?
"""

_EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)  # limits.md row 40
_AHEAD = timedelta(hours=24)


def store_article(
    tx: Transaction, article: Article, signature: Signature, folded: Folded, now: datetime
) -> Stored | Revised | Unchanged | Purged:
    """Keep an article: as new, as another version of one that is there, or not at all."""
    keys = _identities(article)
    row = _find(tx, keys, signature)
    if isinstance(row, Purged):
        return row
    if row is not None:
        tx.executemany(ADD_URL, [(key, row["id"]) for key in keys])
        return _revisit(tx, row, article, signature, folded, now)
    return _add(tx, keys, article, signature, folded, now)


def load_article(tx: Transaction, article_id: int) -> StoredArticle | Missing:
    """Return the newest version of an article."""
    row = tx.one(ONE, (article_id,))
    if row is None:
        newest = tx.one(NEWEST_ID)  # ids ascend, so one below it that is gone was there once
        return Missing(purged=newest is not None and 0 < article_id < (newest["id"] or 0))
    return _stored(row)


def load_articles(tx: Transaction, ids: Iterable[int]) -> list[StoredArticle]:
    """Return the newest versions of those articles that are there, by ascending id."""
    return [_stored(row) for row in tx.fetch(SOME, (json.dumps(list(ids)),))]


def article_by_url(tx: Transaction, url: str) -> StoredArticle | Missing:
    """Return the article that is known under an address, in whatever dress."""
    key = identity_key(url)
    known = tx.fetch(OF_URLS, (key, key))
    return load_article(tx, known[0]["article_id"]) if known else Missing(purged=False)


def articles_between(
    tx: Transaction, since: datetime, until: datetime, *, after_id: int = 0, limit: int = 1000
) -> list[StoredArticle]:
    """Return the articles first seen in a span, oldest first; page on with after_id."""
    span = (to_text(since), to_text(until), after_id, limit)
    return [_stored(row) for row in tx.fetch(BETWEEN, span)]


def article_ids_between(tx: Transaction, since: datetime, until: datetime) -> list[int]:
    """Return the numbers of the articles first seen in a span, oldest first."""
    return [row["id"] for row in tx.fetch(IDS_BETWEEN, (to_text(since), to_text(until)))]


def _identities(article: Article) -> tuple[int, ...]:
    """Return the keys of the article's addresses, the fetched one first.

    A page may name another address for itself only within its own house, and no front page.
    """
    own, canonical = article.url, article.canonical_url
    if not canonical or not same_site(own, canonical) or is_front_page(canonical):
        return (identity_key(own),)
    return tuple(dict.fromkeys((identity_key(own), identity_key(canonical))))


def _find(tx: Transaction, keys: tuple[int, ...], signature: Signature) -> Row | Purged | None:
    known = {r["identity"]: r["article_id"] for r in tx.fetch(OF_URLS, (keys[0], keys[-1]))}
    for key in keys:
        if key not in known:
            continue
        row = tx.one(ONE, (known[key],))
        if row is None:
            return Purged(article_id=known[key])
        if key == keys[0] or _is_kin(row, signature):
            return row
    buried = tx.one(TOMBSTONE, (signature.fingerprint,))
    return None if buried is None else Purged(article_id=buried["article_id"])


def _is_kin(row: Row, signature: Signature) -> bool:
    """Say whether the page that another one calls itself by has a word in common with it.

    Some sites name one address as the canonical one of all their pages.
    """
    other = unpack(row["signature"])
    return other is None or containment(other, signature) >= 0.2


def _add(
    tx: Transaction,
    keys: tuple[int, ...],
    article: Article,
    signature: Signature,
    folded: Folded,
    now: datetime,
) -> Stored:
    next_id = tx.one(NEXT_ID)
    article_id = int(next_id["id"]) if next_id else 1
    happened = _happened_at(article, now)
    placement = place(tx, signature, happened)
    story_id = enter_story(tx, article_id, placement.story_id, now)
    columns = _columns(article, signature, folded, now)
    tx.execute(
        ADD,
        columns
        | {
            "id": article_id,
            "story_id": story_id,
            "source_id": article.source_id,
            "happened_at": int(happened.timestamp()),
        },
    )
    tx.executemany(ADD_URL, [(key, article_id) for key in keys])
    index_text(tx, article_id, folded)
    index_signature(tx, article_id, signature)
    return Stored(
        article_id=article_id,
        story_id=story_id,
        new_story=placement.story_id is None,
        joined=placement.joined,
        copy=placement.copy_of is not None,
    )


def _revisit(
    tx: Transaction,
    row: Row,
    article: Article,
    signature: Signature,
    folded: Folded,
    now: datetime,
) -> Revised | Unchanged:
    plain = to_plain_again(row["content"])
    old = from_plain(plain)
    changes = () if _is_walled(old, article) else find_changes(old, article)
    if not changes:
        _refresh(tx, row, old, article, folded, now)
        return Unchanged(article_id=row["id"], story_id=row["story_id"])
    silent = old.last_update == article.last_update
    _keep_version(tx, row, changes, silent=silent, now=now)
    unindex_text(tx, row["id"], unpack_folded(row["folded"], plain))
    index_text(tx, row["id"], folded)
    _move_signature(tx, row, signature)
    columns = _columns(article, signature, folded, now)
    tx.execute(REVISE, columns | {"id": row["id"], "revision": row["revision"] + 1})
    return Revised(
        article_id=row["id"],
        story_id=row["story_id"],
        revision=row["revision"] + 1,
        changes=changes,
        silent=silent,
    )


def _refresh(
    tx: Transaction, row: Row, old: Article, article: Article, folded: Folded, now: datetime
) -> None:
    """Note that the article still stands, and what its page says about it now."""
    tx.execute(SEEN, (to_text(now), row["id"]))
    before, after = to_plain(old), to_plain(article)
    if before == after or _is_walled(old, article):
        return
    unindex_text(tx, row["id"], unpack_folded(row["folded"], before))
    index_text(tx, row["id"], folded)
    tx.execute(REFRESH, (to_record(after), pack_folded(folded, after), row["id"]))


def _is_walled(old: Article, new: Article) -> bool:
    """Say whether the page only shows less of the same article: a wall is no edit."""
    shut = new.access is not Access.OPEN and old.access is Access.OPEN
    return shut and len(new.text) < len(old.text) / 2


def _keep_version(
    tx: Transaction, row: Row, changes: tuple[Change, ...], *, silent: bool, now: datetime
) -> None:
    tx.execute(KEEP_FIRST, {"id": row["id"], "first_seen": row["first_seen"]})
    tx.execute(KEEP_OLD, (row["content"], row["id"], row["revision"]))
    tx.execute(
        ADD_REVISION,
        {
            "id": row["id"],
            "revision": row["revision"] + 1,
            "now": to_text(now),
            "silent": silent,
            "changes": changes_to_text(changes),
        },
    )


def _move_signature(tx: Transaction, row: Row, signature: Signature) -> None:
    old = unpack(row["signature"])
    if old is not None:
        unindex_signature(tx, row["id"], old)
    index_signature(tx, row["id"], signature)


def _columns(
    article: Article, signature: Signature, folded: Folded, now: datetime
) -> dict[str, Any]:
    plain = to_plain(article)
    origins = dict.fromkeys(cited.name for cited in article.attributions if cited.agency)
    published = article.published_at
    return {
        "now": to_text(now),
        "published_at": None if published is None else stamp_to_text(published),
        "language": article.language,
        "origins": json.dumps(list(origins)) if origins else "",
        "fingerprint": signature.fingerprint,
        "signature": pack(signature),
        "content": to_record(plain),
        "folded": pack_folded(folded, plain),
    }


def _happened_at(article: Article, now: datetime) -> datetime:
    """Return when the article came out, as far as its page can be believed."""
    if article.published_at is None:
        return now
    published = instant(article.published_at)
    if not isinstance(article.published_at, datetime):
        published += timedelta(hours=12)  # a day without a time: its middle is nearest to all
    return published if _EARLIEST <= published <= now + _AHEAD else now


def _stored(row: Row) -> StoredArticle:
    plain = to_plain_again(row["content"])
    return StoredArticle(
        id=row["id"],
        story_id=row["story_id"],
        revision=row["revision"],
        article=from_plain(plain),
        folded=unpack_folded(row["folded"], plain),
        first_seen=from_text(row["first_seen"]),
        last_seen=from_text(row["last_seen"]),
        fetched_at=from_text(row["fetched_at"]),
    )
