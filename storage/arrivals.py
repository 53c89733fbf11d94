"""Remember in which order articles came in and were edited.

Ids of articles order no edits, and clocks are set back. What came of an article follows from
what was there before it: in this order a day can be gone through again.
"""

from collections.abc import Iterable

from storage.transaction import Transaction

NOTE = """
    INSERT OR REPLACE INTO arrivals (article_id, revision, copied, backlog)
    VALUES (:article_id, :revision, :copied, :backlog)
"""
RENEW = "UPDATE arrivals SET renewed = 1 WHERE article_id = ? AND revision = ?"
NEWEST = "SELECT max(id) AS id FROM arrivals"


def note_arrivals(tx: Transaction, rows: Iterable[dict[str, int]]) -> None:
    """Write down what is stored, in its order."""
    tx.executemany(NOTE, rows)


def note_renewed(tx: Transaction, article_id: int, revision: int) -> None:
    """Note that other words than came in are kept as this version of an article."""
    tx.execute(RENEW, (article_id, revision))


def newest_arrival(tx: Transaction) -> int:
    """Return the number of the newest arrival; 0: there was none."""
    row = tx.one(NEWEST)
    return int(row["id"] or 0) if row else 0
