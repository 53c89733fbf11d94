"""Keep one copy of each article, and every version of it: store what arrives.

An article is new, another version of one that is there, or one that was let go of and stays
away. Reading what is kept is the job of articles.py.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from storage.addresses import article_of, identities, known_addresses, note_addresses
from storage.arrivals import note_arrivals, note_renewed
from storage.article import Access, Article, Stamp
from storage.canonical import identity_key
from storage.change_kinds import Change
from storage.changes import find_changes
from storage.prepared import Imprint, Prepared
from storage.record import from_plain, to_plain_again
from storage.revisions import changes_to_text
from storage.sameness import containment
from storage.search import BLOCK, index_waiting, reindex_text, remember_text
from storage.signature import Signature, unpack, unpack_keys
from storage.stamp import can_be, instant, stamp_to_text, to_text
from storage.stories import Placement, enter_stories, next_story, place
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


Kept = Stored | Revised | Unchanged | Purged


@dataclass(frozen=True, slots=True, kw_only=True)
class Arriving:
    """An article that is to be stored."""

    prepared: Prepared
    at: datetime
    link: str  # that led to it, and that the caller settles; empty: none did
    backlog: bool = False  # it was old already when its way was first looked at


TOMBSTONE = "SELECT article_id FROM tombstones WHERE fingerprint = ?"
NEWEST_ID = "SELECT max(id) AS id FROM articles"
ONE = "SELECT * FROM articles WHERE id = ?"
SIGNATURES = """
    SELECT id, story_id, happened_at, signature
      FROM articles
     WHERE id > ? AND id <= ?
     ORDER BY id
"""

ADD = """
    INSERT INTO articles (id, story_id, source_id, revision, first_seen, last_seen, fetched_at,
                          published_at, happened_at, language, origins, fingerprint, signature,
                          content, folded)
    VALUES (:article_id, :story_id, :source_id, 1, :now, :now, :now, :published_at,
            :happened_at, :language, :origins, :fingerprint, :signature, :content, :folded)
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
THIN_OUT = """
    UPDATE revisions SET content = x'' WHERE article_id = ? AND revision = ? AND revision > 1
"""

_WHOLE = 24  # versions kept whole, beside the first: an edit war shall not fill the disk


def store_article(
    tx: Transaction, prepared: Prepared, now: datetime, *, link: str = ""
) -> Kept:
    """Keep an article: as new, as another version of one that is there, or not at all.

    The link is an address in the ledger that the caller settles with the outcome, in the same
    transaction: what the ledger then says of it is written nowhere else.
    """
    return store_articles(tx, (Arriving(prepared=prepared, at=now, link=link),))[0]


def store_articles(tx: Transaction, arriving: Sequence[Arriving]) -> list[Kept]:
    """Keep the first of the articles as store_article does, at least one; say what they are.

    New ones that have neither address nor text in common are kept together, each step for all
    of them. The caller settles their links before it hands over the rest.
    """
    new: list[tuple[Arriving, dict[int, Row]]] = []
    taken: set[tuple[str, int]] = set()
    for each in arriving:
        marks = _marks(each)
        if not taken.isdisjoint(marks):
            break
        known = known_addresses(tx, identities(each.prepared.imprint))
        found = _find(tx, list(known.values()), each.prepared.signature)
        if found is None:
            taken |= marks
            new.append((each, known))
        elif new:
            break
        else:
            return [_meet(tx, found, each, known)]
    stored = _add(tx, [each for each, _ in new])
    for (each, known), outcome in zip(new, stored, strict=True):
        note_addresses(tx, known, outcome.article_id, each.link)
    return [*stored]


def _marks(one: Arriving) -> set[tuple[str, int]]:
    """Return what no other article that is stored with it may have."""
    keys = {*identities(one.prepared.imprint), identity_key(one.link)}
    return {("text", one.prepared.signature.fingerprint), *(("address", key) for key in keys)}


def _meet(
    tx: Transaction, found: Row | Purged, one: Arriving, known: dict[int, Row]
) -> Revised | Unchanged | Purged:
    """Keep what is new of an article whose address or text is known."""
    if isinstance(found, Purged):
        note_addresses(tx, {}, found.article_id, one.link)
        return found
    outcome = _revisit(tx, found, one.prepared, one.at)
    note_addresses(tx, known, outcome.article_id, one.link)
    return outcome


def _find(tx: Transaction, known: Sequence[Row], signature: Signature) -> Row | Purged | None:
    """Return the article of the first address that has one; the first is the fetched one."""
    for at, url in enumerate(known):
        article_id = article_of(url)
        if article_id is None:
            continue
        row = tx.one(ONE, (article_id,))
        if row is None:
            return Purged(article_id=article_id)
        if at == 0 or _is_kin(row, signature):
            return row
    buried = tx.one(TOMBSTONE, (signature.fingerprint,))
    return None if buried is None else Purged(article_id=buried["article_id"])


def _is_kin(row: Row, signature: Signature) -> bool:
    """Say whether the page that another one calls itself by has a word in common with it.

    Some sites name one address as the canonical one of all their pages.
    """
    other = unpack(row["signature"])
    return other is None or containment(other, signature) >= 0.2


def _add(tx: Transaction, new: Sequence[Arriving]) -> list[Stored]:
    """Store new articles: all of them find their stories before any is written."""
    row = tx.one(NEWEST_ID)
    newest = int(row["id"] or 0) if row else 0
    catch_up(tx, newest)
    story_id = next_story(tx)
    stored, rows = [], []
    for article_id, one in enumerate(new, newest + 1):
        happened = _happened_at(one.prepared.imprint.published_at, one.at)
        placement = place(tx, one.prepared.signature, happened)
        stored.append(_stored(article_id, placement, story_id))
        story_id += stored[-1].new_story
        rows.append(_row(one, stored[-1], int(happened.timestamp())))
        _remember(tx, one.prepared, rows[-1])
    enter_stories(tx, rows)
    tx.executemany(ADD, rows)
    note_arrivals(tx, map(_arrival, new, stored))
    if (newest + len(new)) // BLOCK > newest // BLOCK:
        index_waiting(tx)
    return stored


def _stored(article_id: int, placement: Placement, next_id: int) -> Stored:
    story_id = placement.story_id
    return Stored(
        article_id=article_id,
        story_id=next_id if story_id is None else story_id,
        new_story=story_id is None,
        joined=placement.joined,
        copy=placement.copy_of is not None,
    )


def _row(one: Arriving, stored: Stored, happened_at: int) -> dict[str, Any]:
    own = {
        "article_id": stored.article_id,
        "story_id": stored.story_id,
        "source_id": one.prepared.imprint.source_id,
        "happened_at": happened_at,
    }
    return _columns(one.prepared, one.at) | own


def _arrival(one: Arriving, stored: Stored) -> dict[str, int]:
    return {
        "article_id": stored.article_id,
        "revision": 1,
        "copied": stored.copy,
        "backlog": one.backlog,
    }


def _remember(tx: Transaction, prepared: Prepared, row: dict[str, Any]) -> None:
    """Let later articles find this one, and its block find its text."""
    article_id = row["article_id"]
    candidate = (article_id, row["story_id"], row["happened_at"], prepared.signed)
    tx.candidates.add(article_id, prepared.signature.keys, candidate)
    remember_text(tx, article_id, prepared)


def catch_up(tx: Transaction, newest: int) -> None:
    """Let the writer know the newest articles by their stored signatures, as after a start."""
    candidates = tx.candidates
    if (known := candidates.unknown(newest)) < newest:
        for row in tx.execute(SIGNATURES, (known, newest)):
            candidates.add(row["id"], unpack_keys(row["signature"]), tuple(row))


def _revisit(
    tx: Transaction, row: Row, prepared: Prepared, now: datetime
) -> Revised | Unchanged:
    plain = to_plain_again(row["content"])
    if plain == to_plain_again(prepared.content):
        see_again(tx, row["id"], now)
        return Unchanged(article_id=row["id"], story_id=row["story_id"])
    old, article = from_plain(plain), prepared.article
    walled = _is_walled(old, article)
    changes = () if walled else find_changes(old, article)
    if not changes:
        see_again(tx, row["id"], now)
        if not walled:
            # Nothing that counts as an edit; still, what the page says now is kept.
            reindex_text(tx, row, prepared)
            tx.execute(REFRESH, (prepared.content, prepared.folded, row["id"]))
            note_renewed(tx, row["id"], row["revision"])
        return Unchanged(article_id=row["id"], story_id=row["story_id"])
    silent = old.last_update == article.last_update
    _keep_version(tx, row, changes, silent=silent, now=now)
    reindex_text(tx, row, prepared)
    known = unpack_keys(row["signature"])
    tx.candidates.exchange(row["id"], known, prepared.signature.keys)
    columns = _columns(prepared, now)
    tx.execute(REVISE, columns | {"id": row["id"], "revision": row["revision"] + 1})
    return Revised(
        article_id=row["id"],
        story_id=row["story_id"],
        revision=row["revision"] + 1,
        changes=changes,
        silent=silent,
    )


def see_again(tx: Transaction, article_id: int, now: datetime) -> None:
    """Note that the article's page still says what it said."""
    tx.execute(SEEN, (to_text(now), article_id))


def _is_walled(old: Article, new: Article) -> bool:
    """Say whether the page only shows less of the same article: a wall is no edit."""
    shut = new.access is not Access.OPEN and old.access is Access.OPEN
    return shut and len(new.text) < len(old.text) / 2


def _keep_version(
    tx: Transaction, row: Row, changes: tuple[Change, ...], *, silent: bool, now: datetime
) -> None:
    tx.execute(KEEP_FIRST, {"id": row["id"], "first_seen": row["first_seen"]})
    tx.execute(KEEP_OLD, (row["content"], row["id"], row["revision"]))
    revision = row["revision"] + 1
    tx.execute(
        ADD_REVISION,
        {
            "id": row["id"],
            "revision": revision,
            "now": to_text(now),
            "silent": silent,
            "changes": changes_to_text(changes),
        },
    )
    note_arrivals(
        tx, [{"article_id": row["id"], "revision": revision, "copied": 0, "backlog": 0}]
    )
    tx.execute(THIN_OUT, (row["id"], revision - _WHOLE))


def said(article: Imprint) -> dict[str, Any]:
    """Return the columns that hold what an article says."""
    published = article.published_at
    return {
        "published_at": None if published is None else stamp_to_text(published),
        "language": article.language,
        "origins": json.dumps(article.origins) if article.origins else "",
    }


def _columns(prepared: Prepared, now: datetime) -> dict[str, Any]:
    return said(prepared.imprint) | {
        "now": to_text(now),
        "fingerprint": prepared.signature.fingerprint,
        "signature": prepared.signed,
        "content": prepared.content,
        "folded": prepared.folded,
    }


def _happened_at(stamp: Stamp | None, now: datetime) -> datetime:
    """Return when the article came out, as far as its page can be believed."""
    if stamp is None:
        return now
    published = instant(stamp)
    if not isinstance(stamp, datetime):
        published += timedelta(hours=12)  # a day without a time: its middle is nearest to all
    return published if can_be(published, now) else now
