"""Remember every address ever seen and the one state it ended in.

A link waits, is claimed with a lease, and is settled. A settled link may be due again, to look
whether its article changed. What was purged keeps its row, so that it never comes back as new.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from storage.article import Stamp
from storage.canonical import identity_key
from storage.stamp import (
    from_text,
    maybe_from_text,
    maybe_to_text,
    stamp_from_text,
    to_text,
)
from storage.transaction import Row, Transaction


class LedgerState(StrEnum):
    """What became of an address."""

    WAITING = "waiting"
    STORED = "stored"
    REVISION_OF = "revision_of"
    DUPLICATE_OF = "duplicate_of"
    REJECTED = "rejected"
    DEAD = "dead"


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A link that is due to be fetched, and ours until the lease ends."""

    url: str
    source_id: str
    way: str  # the URL of the feed, sitemap or section page that led here
    attempts: int  # this one included
    article_id: int | None  # None: it is fetched for the first time
    title: str
    published: Stamp | None
    noted_at: datetime
    first_look: bool = False  # its way was then read for the first time


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """What became of a link."""

    state: LedgerState
    reason: str = ""
    article_id: int | None = None  # None: none came of it
    again: datetime | None = None  # when it is looked at once more; None: never


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerRow:
    """One address as it stands in the ledger."""

    url: str
    source_id: str
    way: str
    state: LedgerState
    reason: str
    article_id: int | None  # None: none came of it
    attempts: int
    noted_at: datetime
    settled_at: datetime | None  # None: still waiting
    next_at: datetime | None  # None: nothing more to do


CLAIM = """
    UPDATE ledger
       SET leased_until = :leased_until,
           attempts = attempts + 1
     WHERE identity IN (
               SELECT identity
                 FROM ledger
                WHERE source_id = :source_id
                  AND next_at <= :now
                  AND (leased_until IS NULL OR leased_until <= :now)
                ORDER BY article_id NOT NULL, next_at
                LIMIT :limit
           )
 RETURNING *,
           (SELECT url FROM ways WHERE id = way_id) AS way,
           (SELECT noted_at <= first_read FROM ways WHERE id = way_id) AS first_look
"""

SETTLE = """
    UPDATE ledger
       SET state = CASE WHEN article_id IS NULL THEN :state ELSE state END,
           reason = :reason,
           article_id = coalesce(:article_id, article_id),
           title = CASE WHEN :article_id IS NULL THEN title ELSE '' END,
           settled_at = :now,
           next_at = :again,
           attempts = CASE WHEN :again IS NULL THEN attempts ELSE 0 END,
           leased_until = NULL
     WHERE identity = :identity
"""

FREE = """
    UPDATE ledger
       SET leased_until = NULL, attempts = attempts - 1
     WHERE identity = ?
"""

RETRY = """
    UPDATE ledger
       SET next_at = :at, reason = :reason, leased_until = NULL,
           attempts = attempts - :uncounted
     WHERE identity = :identity
"""

ONE = """
    SELECT *, (SELECT url FROM ways WHERE id = way_id) AS way FROM ledger WHERE identity = ?
"""

DUE = "SELECT count(*) FROM (SELECT 1 FROM ledger WHERE source_id = ? AND next_at <= ? LIMIT ?)"


def count_due(tx: Transaction, source_id: str, now: datetime, most: int) -> int:
    """Return how many of a source's links are due; counted up to `most`."""
    row = tx.one(DUE, (source_id, to_text(now), most))
    return 0 if row is None else int(row[0])


def claim_links(
    tx: Transaction, source_id: str, now: datetime, limit: int, lease: timedelta
) -> list[Waiting]:
    """Take up to limit links that are due; nobody else gets them until the lease ends.

    Those never read go first: what is new shall not wait for second looks at what is known.
    """
    rows = tx.fetch(
        CLAIM,
        {
            "source_id": source_id,
            "now": to_text(now),
            "leased_until": to_text(now + lease),
            "limit": limit,
        },
    )
    rows.sort(key=lambda row: (row["article_id"] is not None, str(row["next_at"])))
    return [_waiting(row) for row in rows]


def settle(tx: Transaction, url: str, ending: Ending, now: datetime) -> None:
    """Write down what became of a link, and end its lease.

    A link that once became an article keeps its state, whatever later looks at it find; the
    reason says what that was.
    """
    tx.execute(
        SETTLE,
        {
            "identity": identity_key(url),
            "state": ending.state,
            "reason": ending.reason,
            "article_id": ending.article_id,
            "now": to_text(now),
            "again": maybe_to_text(ending.again),
        },
    )


def free_links(tx: Transaction, urls: Iterable[str]) -> None:
    """Give back links that were claimed and not tried: they are due as they were."""
    tx.executemany(FREE, [(identity_key(url),) for url in urls])


def retry_link(
    tx: Transaction, url: str, at: datetime, reason: str, *, counted: bool = True
) -> None:
    """End the lease and let the link be due again at the given time.

    Not counted: it was not the link's doing that nothing came of it.
    """
    again = {"identity": identity_key(url), "at": to_text(at), "reason": reason}
    tx.execute(RETRY, again | {"uncounted": 0 if counted else 1})


def load_link(tx: Transaction, url: str) -> LedgerRow | None:
    """Return what the ledger says of an address; None: it was never seen."""
    row = tx.one(ONE, (identity_key(url),))
    return None if row is None else ledger_row(row)


def _waiting(row: Row) -> Waiting:
    return Waiting(
        url=row["url"],
        source_id=row["source_id"],
        way=row["way"],
        attempts=row["attempts"],
        article_id=row["article_id"],
        title=row["title"],
        published=None if row["published"] is None else stamp_from_text(row["published"]),
        noted_at=from_text(row["noted_at"]),
        first_look=bool(row["first_look"]),
    )


def ledger_row(row: Row) -> LedgerRow:
    """Return an address from its row, with its way."""
    return LedgerRow(
        url=row["url"],
        source_id=row["source_id"],
        way=row["way"],
        state=LedgerState(row["state"]),
        reason=row["reason"],
        article_id=row["article_id"],
        attempts=row["attempts"],
        noted_at=from_text(row["noted_at"]),
        settled_at=maybe_from_text(row["settled_at"]),
        next_at=maybe_from_text(row["next_at"]),
    )
