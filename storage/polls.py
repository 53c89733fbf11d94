"""Remember each poll of each way, and what came of it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from storage.stamp import from_text, to_text
from storage.transaction import Row, Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Poll:
    """One poll of one way of a source, and what came of it."""

    source_id: str
    way: str
    polled_at: datetime
    outcome: str  # a word of the crawler's: new, unchanged, failed, disallowed …
    found: int = 0
    new: int = 0
    reason: str = ""  # empty: nothing to explain
    elapsed: timedelta = timedelta()


ADD_POLL = """
    INSERT INTO polls (source_id, way, polled_at, outcome, found, new, reason, elapsed_ms)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
"""

POLLS = """
    SELECT * FROM polls
     WHERE polled_at >= :since AND polled_at < :until
       AND (:source_id IS NULL OR source_id = :source_id)
     ORDER BY polled_at, id
"""


def record_poll(tx: Transaction, poll: Poll) -> None:
    """Write down one poll of one way."""
    milliseconds = round(poll.elapsed.total_seconds() * 1000)
    row = (
        poll.source_id,
        poll.way,
        to_text(poll.polled_at),
        poll.outcome,
        poll.found,
        poll.new,
    )
    tx.execute(ADD_POLL, (*row, poll.reason, milliseconds))


def polls_between(
    tx: Transaction, since: datetime, until: datetime, source_id: str | None = None
) -> list[Poll]:
    """Return the polls of a span, oldest first; None: of all sources."""
    span = {"since": to_text(since), "until": to_text(until), "source_id": source_id}
    return [_poll(row) for row in tx.fetch(POLLS, span)]


def _poll(row: Row) -> Poll:
    return Poll(
        source_id=row["source_id"],
        way=row["way"],
        polled_at=from_text(row["polled_at"]),
        outcome=row["outcome"],
        found=row["found"],
        new=row["new"],
        reason=row["reason"],
        elapsed=timedelta(milliseconds=row["elapsed_ms"]),
    )
