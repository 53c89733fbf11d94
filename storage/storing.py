"""Keep one copy of each article, and every version of it: store what arrives.

An article is new, another version of one that is there, or one that was let go of and stays
away. Reading what is kept is the job of articles.py.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from storage.article import Access, Article, Stamp
from storage.canonical import identity_key, is_front_page, same_site
from storage.change_kinds import Change
from storage.changes import find_changes
from storage.prepared import Imprint, Prepared
from storage.record import from_plain, to_plain_again
from storage.revisions import changes_to_text
from storage.sameness import containment
from storage.search import BLOCK, index_waiting, reindex_text, remember_text
from storage.signature import Signature, unpack, unpack_keys
from storage.stamp import instant, stamp_to_text, to_text
from storage.stories import enter_story, place
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


OF_URL = """
    SELECT (SELECT article_id FROM article_urls WHERE identity = :key) AS own,
           (SELECT article_id FROM ledger WHERE identity = :key) AS told,
           EXISTS (SELECT 1 FROM ledger WHERE identity = :key) AS linked
"""
# Before the ledger says where an address led: what was known of the address itself.
KEEP_URL = """
    INSERT OR IGNORE INTO article_urls (identity, article_id)
    SELECT identity, coalesce(article_id, 0) FROM ledger WHERE identity = ?
"""
ADD_URL = """
    INSERT INTO article_urls (identity, article_id) VALUES (?, ?)
    ON CONFLICT (identity) DO UPDATE SET article_id = excluded.article_id WHERE article_id = 0
"""
TOMBSTONE = "SELECT article_id FROM tombstones WHERE fingerprint = ?"
NEWEST_ID = "SELECT max(id) AS id FROM articles"
ONE = "SELECT * FROM articles WHERE id = ?"
SIGNATURES = "SELECT id, signature FROM articles WHERE id > ? AND id <= ? ORDER BY id"

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
THIN_OUT = """
    UPDATE revisions SET content = x'' WHERE article_id = ? AND revision = ? AND revision > 1
"""

NOWHERE = 0  # for an article: the address has none of its own
_WHOLE = 24  # versions kept whole, beside the first: an edit war shall not fill the disk
_EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)  # docs/security.md, row 40
_AHEAD = timedelta(hours=24)


def store_article(
    tx: Transaction, prepared: Prepared, now: datetime, *, link: str = ""
) -> Stored | Revised | Unchanged | Purged:
    """Keep an article: as new, as another version of one that is there, or not at all.

    The link is an address in the ledger that the caller settles with the outcome, in the same
    transaction: what the ledger then says of it is written nowhere else.
    """
    keys = _identities(prepared.imprint)
    known = [tx.fetch(OF_URL, {"key": key})[0] for key in keys]
    row = _find(tx, known, prepared.signature)
    outcome: Stored | Revised | Unchanged | Purged
    if row is None:
        outcome = _add(tx, prepared, now)
    elif isinstance(row, Purged):
        outcome = row
    else:
        outcome = _revisit(tx, row, prepared, now)
    _note_addresses(tx, dict(zip(keys, known, strict=True)), outcome, link)
    return outcome


def _note_addresses(
    tx: Transaction,
    known: dict[int, Row],
    outcome: Stored | Revised | Unchanged | Purged,
    link: str,
) -> None:
    """Write down which article the addresses are of, but for a link of which the ledger tells.

    A link that led to the article of another address, or to a text that stays away, is none of
    its addresses. A canary is fetched under a link that no way led to.
    """
    own = {} if isinstance(outcome, Purged) else known
    if link:
        key = identity_key(link)
        if key in own and _will_tell(own[key], outcome.article_id):
            own = {other: row for other, row in own.items() if other != key}
        else:
            tx.execute(KEEP_URL, (key,))
    if own:
        tx.executemany(ADD_URL, [(key, outcome.article_id) for key in own])


def _will_tell(known: Row, article_id: int) -> bool:
    """Say whether an address's row in the ledger, once settled, is all that is said of it."""
    alone = known["linked"] and known["own"] is None
    return bool(alone) and known["told"] in (None, article_id)


def _identities(article: Imprint) -> tuple[int, ...]:
    """Return the keys of the article's addresses, the fetched one first.

    A page may name another address for itself only within its own house, and no front page.
    """
    own, canonical = article.url, article.canonical_url
    if not canonical or not same_site(own, canonical) or is_front_page(canonical):
        return (identity_key(own),)
    return tuple(dict.fromkeys((identity_key(own), identity_key(canonical))))


def _find(tx: Transaction, known: Sequence[Row], signature: Signature) -> Row | Purged | None:
    """Return the article of the first address that has one; the first is the fetched one."""
    for at, url in enumerate(known):
        article_id = url["told"] if url["own"] is None else url["own"]
        if article_id in (None, NOWHERE):
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


def _add(tx: Transaction, prepared: Prepared, now: datetime) -> Stored:
    row = tx.one(NEWEST_ID)
    newest = int(row["id"] or 0) if row else 0
    article_id = newest + 1
    happened = _happened_at(prepared.imprint.published_at, now)
    catch_up(tx, newest)
    placement = place(tx, prepared.signature, happened)
    story_id = enter_story(tx, article_id, placement.story_id, now)
    happened_at = int(happened.timestamp())
    own = {
        "id": article_id,
        "story_id": story_id,
        "source_id": prepared.imprint.source_id,
        "happened_at": happened_at,
    }
    tx.execute(ADD, _columns(prepared, now) | own)
    candidate = (article_id, story_id, happened_at, prepared.signed)
    tx.candidates.add(article_id, prepared.signature.keys, candidate)
    remember_text(tx, article_id, prepared)
    if article_id % BLOCK == 0:
        index_waiting(tx)
    return Stored(
        article_id=article_id,
        story_id=story_id,
        new_story=placement.story_id is None,
        joined=placement.joined,
        copy=placement.copy_of is not None,
    )


def catch_up(tx: Transaction, newest: int) -> None:
    """Let the writer know the newest articles by their stored signatures, as after a start."""
    candidates = tx.candidates
    if (known := candidates.unknown(newest)) < newest:
        for row in tx.execute(SIGNATURES, (known, newest)):
            candidates.add(row["id"], unpack_keys(row["signature"]))


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
    tx.execute(THIN_OUT, (row["id"], row["revision"] + 1 - _WHOLE))


def _columns(prepared: Prepared, now: datetime) -> dict[str, Any]:
    article = prepared.imprint
    published = article.published_at
    return {
        "now": to_text(now),
        "published_at": None if published is None else stamp_to_text(published),
        "language": article.language,
        "origins": json.dumps(article.origins) if article.origins else "",
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
    return published if _EARLIEST <= published <= now + _AHEAD else now
