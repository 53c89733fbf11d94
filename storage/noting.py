"""Write down in the ledger the links that nobody has seen before.

What becomes of them then is the job of ledger.py.
"""

import json
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from storage.canonical import LONGEST_URL, UnusableUrl, canonical_url, identity_key
from storage.found import Found
from storage.ledger import LedgerState
from storage.stamp import stamp_to_text, to_text
from storage.transaction import Transaction
from storage.ways import way_id
from storage.whole import whole

_AT_ONCE = 500  # links looked up in one statement

# A link that was left to another source is as good as unseen, once one may read it.
KNOWN = """
    SELECT identity
      FROM ledger
     WHERE identity IN (SELECT value FROM json_each(?))
       AND NOT (state = 'rejected' AND reason LIKE 'left to %')
"""
LEAVE = """
    INSERT OR IGNORE INTO ledger (identity, url, source_id, way_id, title, published, state,
                                  reason, noted_at, settled_at, next_at, attempts)
    VALUES (:identity, :url, :source_id, :way_id, :title, :published, 'rejected',
            :reason, :noted_at, :noted_at, NULL, 0)
"""

NOTE = """
    INSERT OR REPLACE INTO ledger (identity, url, source_id, way_id, title, published, state,
                                   reason, noted_at, settled_at, next_at, attempts)
    VALUES (:identity, :url, :source_id, :way_id, :title, :published, :state, :reason,
            :noted_at, :settled_at, :next_at, 0)
"""


def note_links(
    tx: Transaction,
    source_id: str,
    found: Iterable[Found],
    now: datetime,
    *,
    most: int | None = None,
) -> list[str]:
    """Write down the links nobody has seen before and return their canonical URLs, in order.

    An address no article can stand under is written down, too: rejected, with the reason. After
    `most` new ones the rest is left for another time; None: all are written down.
    """
    links = list(found)
    ways = _way_ids(tx, source_id, links)
    known: set[int] = set()
    new: list[str] = []
    rows: list[dict[str, Any]] = []
    for place, link in enumerate(links):
        if most is not None and len(new) >= most:
            break
        if place % _AT_ONCE == 0:
            known |= _known(tx, links[place : place + _AT_ONCE])
        key = identity_key(link.url)
        if key in known:
            continue
        known.add(key)
        # Links found together are fetched in the order in which they were found.
        due = now - timedelta(microseconds=len(links) - place)
        row = _noted(link, now, due)
        rows.append(row | {"identity": key, "source_id": source_id, "way_id": ways[link.way]})
        if not row["reason"]:
            new.append(row["url"])
    tx.executemany(NOTE, rows)
    return new


def leave_links(
    tx: Transaction, source_id: str, left: Iterable[tuple[Found, str]], now: datetime
) -> None:
    """Write down the links that a source leaves to others, each with whose it is.

    Known ones stay as they are; and as soon as its own source lists one, it waits to be read.
    """
    noted = list(left)
    ways = _way_ids(tx, source_id, (link for link, _ in noted))
    rows = []
    for link, owner in noted:
        row = _noted(link, now, now) | {"identity": identity_key(link.url)}
        reason = row["reason"] or f"left to {owner}, whose it is"
        rows.append(row | {"source_id": source_id, "way_id": ways[link.way], "reason": reason})
    tx.executemany(LEAVE, rows)


def _way_ids(tx: Transaction, source_id: str, links: Iterable[Found]) -> dict[str, int]:
    """Return the ids of the ways that led to the links, each looked up once."""
    return {way: way_id(tx, source_id, way) for way in {link.way for link in links}}


def _known(tx: Transaction, links: Iterable[Found]) -> set[int]:
    """Return the keys of those links that were seen before."""
    keys = json.dumps([identity_key(link.url) for link in links])
    return {row["identity"] for row in tx.fetch(KNOWN, (keys,))}


def _noted(link: Found, now: datetime, due: datetime) -> dict[str, Any]:
    """Return what is written down of a new link: that it is due, or why it never will be."""
    reason, url = "", whole(link.url)[:LONGEST_URL]
    try:
        url = canonical_url(link.url)
    except UnusableUrl as error:
        reason = str(error)
    return {
        "url": url,
        "title": whole(link.title),
        "published": None if link.published is None else stamp_to_text(link.published),
        "state": LedgerState.REJECTED if reason else LedgerState.WAITING,
        "reason": reason,
        "noted_at": to_text(now),
        "settled_at": to_text(now) if reason else None,
        "next_at": None if reason else to_text(due),
    }
