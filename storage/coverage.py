"""Count what became of the addresses in the ledger, and name those that came to nothing."""

from datetime import datetime

from storage.ledger import LedgerRow, LedgerState, ledger_row
from storage.stamp import to_text
from storage.transaction import Transaction

SUMS = """
    SELECT source_id, state, count(*) AS links FROM ledger GROUP BY source_id, way_id, state
"""

SUMS_OF_SOURCE = """
    SELECT state, count(*) AS links FROM ledger WHERE source_id = ? GROUP BY way_id, state
"""

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
     WHERE state = :state AND settled_at >= :since AND settled_at < :until
     ORDER BY settled_at DESC
     LIMIT :limit
"""


def ledger_sums(tx: Transaction, source_id: str | None = None) -> dict[LedgerState, int]:
    """Return how many addresses stand in each state; None: of all sources."""
    sums = dict.fromkeys(LedgerState, 0)
    rows = tx.fetch(SUMS) if source_id is None else tx.fetch(SUMS_OF_SOURCE, (source_id,))
    for row in rows:
        sums[LedgerState(row["state"])] += int(row["links"])
    return sums


def coverage(tx: Transaction, source_id: str) -> dict[str, dict[LedgerState, int]]:
    """Return, for each way of a source, what became of the links it was first to show."""
    ways: dict[str, dict[LedgerState, int]] = {}
    for row in tx.fetch(COVERAGE, (source_id,)):
        ways.setdefault(row["way"], {})[LedgerState(row["state"])] = int(row["links"])
    return ways


def troubled_links(
    tx: Transaction, state: LedgerState, since: datetime, until: datetime, limit: int = 100
) -> list[LedgerRow]:
    """Return the addresses that were rejected or died in a span, the latest first."""
    span = {
        "state": state,
        "since": to_text(since),
        "until": to_text(until),
        "limit": limit,
    }
    return [ledger_row(row) for row in tx.fetch(TROUBLES, span)]
