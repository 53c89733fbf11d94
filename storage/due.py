"""Say which sources have links to read, whether or not the source itself is due.

Each source knows when the earliest of its links is due; it is settled anew at the end of each
run. So what is due is found without a look at the ledger.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from storage.stamp import to_text
from storage.transaction import Transaction

CLAIM_READING = """
    UPDATE sources
       SET links_at = :leased_until
     WHERE id IN (
               SELECT id
                 FROM sources
                WHERE links_at <= :now
                  AND enabled
                ORDER BY links_at
                LIMIT :limit
           )
 RETURNING id
"""
SETTLE_READING = """
    UPDATE sources
       SET links_at = (SELECT min(next_at)
                         FROM ledger
                        WHERE source_id = sources.id AND next_at IS NOT NULL)
"""
SETTLE_READING_OF = f"{SETTLE_READING} WHERE id = ?"
FREE_LINKS = """
    UPDATE ledger
       SET leased_until = NULL, attempts = max(attempts - 1, 0)
     WHERE leased_until IS NOT NULL
"""
FREE_SOURCES = "UPDATE sources SET leased_until = NULL WHERE leased_until IS NOT NULL"

FREE_LINKS_OF = """
    UPDATE ledger SET leased_until = NULL, attempts = max(attempts - 1, 0)
     WHERE source_id = ? AND next_at IS NOT NULL AND leased_until IS NOT NULL
"""
FREE_SOURCE = "UPDATE sources SET leased_until = NULL WHERE id = ?"


def claim_reading(tx: Transaction, now: datetime, limit: int, lease: timedelta) -> list[str]:
    """Take up to limit sources that have links to read, those that wait longest first."""
    claim = {"now": to_text(now), "leased_until": to_text(now + lease), "limit": limit}
    return [str(row["id"]) for row in tx.fetch(CLAIM_READING, claim)]


def settle_reading(tx: Transaction, source_id: str) -> None:
    """Write down when the source's links are next due; this ends the claim."""
    tx.execute(SETTLE_READING_OF, (source_id,))


def free_reading(tx: Transaction) -> int:
    """Take back what a dead process was reading; only the one daemon may, at its start.

    What it had begun counts as not tried: a page is not given up on for our own crashes.
    """
    links = tx.execute(FREE_LINKS, ()).rowcount
    tx.execute(SETTLE_READING, ())
    return links + tx.execute(FREE_SOURCES, ()).rowcount


def free_sources(tx: Transaction, ids: Iterable[str]) -> None:
    """Take back what broken-off runs of these sources were reading."""
    for source_id in ids:
        tx.execute(FREE_LINKS_OF, (source_id,))
        tx.execute(FREE_SOURCE, (source_id,))
        settle_reading(tx, source_id)
