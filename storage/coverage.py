"""Count what became of the addresses in the ledger, and name those that came to nothing."""

from collections import Counter
from datetime import datetime

from storage.ledger import LedgerRow, LedgerState, ledger_row
from storage.stamp import to_text
from storage.transaction import Transaction

# Grouped as the index is ordered, so that nothing is sorted.
SUMS = "SELECT source_id, state, count(*) AS links FROM ledger"
BY_STATE = "GROUP BY source_id, way_id, state"

COVERAGE = """
    SELECT ways.url AS way, state, count(*) AS links
      FROM ledger
      JOIN ways ON ways.id = way_id
     WHERE ledger.source_id = ?
     GROUP BY way_id, state
     ORDER BY way_id
"""

TROUBLES = """
    SELECT *, (SELECT url FROM ways WHERE id = way_id) AS way
      FROM ledger
     WHERE source_id = :source_id AND state IN ('rejected', 'dead')
       AND settled_at >= :since AND settled_at < :until
     ORDER BY settled_at DESC
     LIMIT :limit
"""


def links_by_source(
    tx: Transaction, source_id: str | None = None
) -> dict[str, Counter[LedgerState]]:
    """Return, per source, how many addresses stand in each state; None: of all sources."""
    if source_id is None:
        rows = tx.fetch(f"{SUMS} {BY_STATE}")
    else:
        rows = tx.fetch(f"{SUMS} WHERE source_id = ? {BY_STATE}", (source_id,))
    found: dict[str, Counter[LedgerState]] = {}
    for row in rows:
        found.setdefault(row["source_id"], Counter())[LedgerState(row["state"])] += row["links"]
    return found


def ledger_sums(tx: Transaction) -> dict[LedgerState, int]:
    """Return how many addresses stand in each state."""
    sums = sum(links_by_source(tx).values(), Counter[LedgerState]())
    return {state: sums[state] for state in LedgerState}


def coverage(tx: Transaction, source_id: str) -> dict[str, dict[LedgerState, int]]:
    """Return, for each way of a source, what became of the links it was first to show."""
    ways: dict[str, dict[LedgerState, int]] = {}
    for row in tx.fetch(COVERAGE, (source_id,)):
        ways.setdefault(row["way"], {})[LedgerState(row["state"])] = int(row["links"])
    return ways


def troubled_links(
    tx: Transaction, source_id: str, since: datetime, until: datetime, limit: int
) -> list[LedgerRow]:
    """Return a source's addresses that were rejected or died in a span, the latest first."""
    asked = {
        "source_id": source_id,
        "since": to_text(since),
        "until": to_text(until),
        "limit": limit,
    }
    return [ledger_row(row) for row in tx.fetch(TROUBLES, asked)]
