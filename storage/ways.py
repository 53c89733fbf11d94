"""Remember the ways in which each source is discovered: feeds, sitemaps, section pages."""

from dataclasses import dataclass
from datetime import datetime

from storage.stamp import maybe_from_text, maybe_to_text, to_text
from storage.transaction import Row, Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class WayState:
    """What we know of one way, and what to send when we ask it again."""

    source_id: str
    url: str
    kind: str = ""  # feed, sitemap, section …: as discovery calls it
    discovered: bool = False  # found by ourselves, not configured
    etag: str = ""
    last_modified: str = ""
    body_hash: str = ""
    last_polled: datetime | None = None  # None: never
    last_success: datetime | None = None  # None: never
    failures: float = 0.0
    last_error: str = ""
    items: int = 0  # at the last success
    shown: str = ""  # which links it showed then, so that a gap can be told; opaque here
    retired_at: datetime | None = None  # None: still polled
    first_read: datetime | None = None  # when its first links were noted; None: none yet


FIND = "SELECT id FROM ways WHERE source_id = ? AND url = ?"

ADD = """
    INSERT INTO ways (source_id, url, kind, discovered, etag, last_modified, body_hash,
                      failures, last_error, items, shown)
    VALUES (?, ?, '', 0, '', '', '', 0, '', 0, '')
"""

FIRST_READ_SINCE = """
    SELECT source_id
      FROM ways
     GROUP BY source_id
    HAVING min(first_read) >= ?
     ORDER BY source_id
"""
OF_SOURCE = "SELECT * FROM ways WHERE source_id = ? ORDER BY id"

READ_WELL = """
    SELECT url FROM ways WHERE last_success NOT NULL AND failures = 0 AND retired_at IS NULL
"""

SAVE = """
    UPDATE ways
       SET kind = :kind, discovered = :discovered, etag = :etag, last_modified = :last_modified,
           body_hash = :body_hash, last_polled = :last_polled, last_success = :last_success,
           failures = :failures, last_error = :last_error, items = :items, shown = :shown,
           retired_at = :retired_at, first_read = :first_read
     WHERE id = :id
"""


def way_id(tx: Transaction, source_id: str, url: str) -> int:
    """Return the number of a way, which is made when it is new."""
    row = tx.one(FIND, (source_id, url))
    if row is not None:
        return int(row["id"])
    return int(tx.execute(ADD, (source_id, url)).lastrowid or 0)


def load_ways(tx: Transaction, source_id: str) -> list[WayState]:
    """Return all ways of a source, retired ones too, in the order in which they were found."""
    return [_way(row) for row in tx.fetch(OF_SOURCE, (source_id,))]


def first_read_since(tx: Transaction, since: datetime) -> list[str]:
    """Return the ids of the sources none of whose ways had been read before."""
    return [str(row["source_id"]) for row in tx.fetch(FIRST_READ_SINCE, (to_text(since),))]


def read_well(tx: Transaction) -> list[str]:
    """Return the addresses of all ways whose last look went well."""
    return [str(row["url"]) for row in tx.fetch(READ_WELL)]


def save_way(tx: Transaction, way: WayState) -> None:
    """Write down what we know of a way; it is made when it is new."""
    number = way_id(tx, way.source_id, way.url)
    tx.execute(
        SAVE,
        {
            "id": number,
            "kind": way.kind,
            "discovered": way.discovered,
            "etag": way.etag,
            "last_modified": way.last_modified,
            "body_hash": way.body_hash,
            "last_polled": maybe_to_text(way.last_polled),
            "last_success": maybe_to_text(way.last_success),
            "failures": way.failures,
            "last_error": way.last_error,
            "items": way.items,
            "shown": way.shown,
            "retired_at": maybe_to_text(way.retired_at),
            "first_read": maybe_to_text(way.first_read),
        },
    )


def _way(row: Row) -> WayState:
    return WayState(
        source_id=row["source_id"],
        url=row["url"],
        kind=row["kind"],
        discovered=bool(row["discovered"]),
        etag=row["etag"],
        last_modified=row["last_modified"],
        body_hash=row["body_hash"],
        last_polled=maybe_from_text(row["last_polled"]),
        last_success=maybe_from_text(row["last_success"]),
        failures=row["failures"],
        last_error=row["last_error"],
        items=row["items"],
        shown=row["shown"],
        retired_at=maybe_from_text(row["retired_at"]),
        first_read=maybe_from_text(row["first_read"]),
    )
