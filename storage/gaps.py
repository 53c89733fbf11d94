"""Remember the spans in which a way may have shown articles that we did not see."""

from dataclasses import dataclass
from datetime import datetime

from storage.stamp import from_text, to_text
from storage.transaction import Row, Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A span in which a way may have shown articles that we did not see."""

    source_id: str
    way: str
    since: datetime
    until: datetime


DECLARE = """
    INSERT INTO gaps (source_id, way, since, until, declared_at)
    VALUES (:source_id, :way, :since, :until, :now)
    ON CONFLICT DO UPDATE SET until = max(until, excluded.until)
"""

GAPS = """
    SELECT * FROM gaps
     WHERE declared_at >= :since AND declared_at < :until
       AND (:source_id IS NULL OR source_id = :source_id)
     ORDER BY declared_at, id
"""


def declare_gap(
    tx: Transaction, source_id: str, way: str, since: datetime, until: datetime, now: datetime
) -> None:
    """Say that a way may have shown articles that we did not see, from then to then."""
    gap = {"source_id": source_id, "way": way, "since": to_text(since), "until": to_text(until)}
    tx.execute(DECLARE, gap | {"now": to_text(now)})


def gaps_between(
    tx: Transaction, since: datetime, until: datetime, source_id: str | None = None
) -> list[Gap]:
    """Return the gaps declared in a span, oldest first; None: of all sources."""
    span = {"since": to_text(since), "until": to_text(until), "source_id": source_id}
    return [_gap(row) for row in tx.fetch(GAPS, span)]


def _gap(row: Row) -> Gap:
    return Gap(
        source_id=row["source_id"],
        way=row["way"],
        since=from_text(row["since"]),
        until=from_text(row["until"]),
    )
