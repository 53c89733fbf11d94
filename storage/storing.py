"""Keep one copy of each article: store what arrives.

An article is new, another version of one that is there, or one that was let go of and stays
away. Keeping its versions is the job of revising.py, reading what is kept that of
articles.py.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from storage.addresses import article_of, identities, known_addresses, note_addresses
from storage.arrivals import note_arrivals
from storage.article import Stamp
from storage.canonical import identity_key
from storage.columns import columns_of
from storage.prepared import Prepared
from storage.revising import Revised, Unchanged, revise
from storage.sameness import containment
from storage.search import BLOCK, index_waiting, remember_text
from storage.signature import Signature, unpack, unpack_keys
from storage.stamp import can_be, instant
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
    outcome = revise(tx, found, one.prepared, one.at)
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
    return columns_of(one.prepared, one.at) | own


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


def _happened_at(stamp: Stamp | None, now: datetime) -> datetime:
    """Return when the article came out, as far as its page can be believed."""
    if stamp is None:
        return now
    published = instant(stamp)
    if not isinstance(stamp, datetime):
        published += timedelta(hours=12)  # a day without a time: its middle is nearest to all
    return published if can_be(published, now) else now
