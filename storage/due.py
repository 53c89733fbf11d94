"""Say which sources have links that are due, whether or not the source itself is."""

from collections.abc import Iterable
from datetime import datetime

from storage.stamp import to_text
from storage.transaction import Transaction

SOURCES_WITH_DUE_LINKS = """
    SELECT DISTINCT source_id
      FROM ledger
     WHERE next_at <= :now
       AND (leased_until IS NULL OR leased_until <= :now)
     LIMIT :limit
"""
FREE_LINKS = "UPDATE ledger SET leased_until = NULL WHERE leased_until IS NOT NULL"
FREE_SOURCES = "UPDATE sources SET leased_until = NULL WHERE leased_until IS NOT NULL"

FREE_LINKS_OF = """
    UPDATE ledger SET leased_until = NULL
     WHERE source_id = ? AND next_at IS NOT NULL AND leased_until IS NOT NULL
"""
FREE_SOURCE = "UPDATE sources SET leased_until = NULL WHERE id = ?"


def sources_with_due_links(tx: Transaction, now: datetime, limit: int) -> list[str]:
    """Return ids of sources that have a link to read now."""
    rows = tx.fetch(SOURCES_WITH_DUE_LINKS, {"now": to_text(now), "limit": limit})
    return [str(row["source_id"]) for row in rows]


def free_reading(tx: Transaction) -> int:
    """Take back what a dead process was reading; only the one daemon may, at its start."""
    links = tx.execute(FREE_LINKS, ()).rowcount
    return links + tx.execute(FREE_SOURCES, ()).rowcount


def free_sources(tx: Transaction, ids: Iterable[str]) -> None:
    """Take back what broken-off runs of these sources were reading."""
    for source_id in ids:
        tx.execute(FREE_LINKS_OF, (source_id,))
        tx.execute(FREE_SOURCE, (source_id,))
