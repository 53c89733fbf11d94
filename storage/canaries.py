"""Remember each day's canary: when it entered, when it came out, whether we alarmed."""

from dataclasses import dataclass
from datetime import datetime

from storage.stamp import from_text, maybe_from_text, to_text
from storage.transaction import Row, Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class CanaryRow:
    """One canary."""

    key: str  # canary/2026-11-24
    entered_at: datetime
    due_by: datetime
    came_at: datetime | None  # None: not (yet) come out


ENTER = """
    INSERT INTO canaries (key, entered_at, due_by) VALUES (?, ?, ?)
    ON CONFLICT (key) DO NOTHING
"""
CAME = "UPDATE canaries SET came_at = ? WHERE came_at IS NULL"
TAKE_OVERDUE = """
    UPDATE canaries SET alarmed_at = :now
     WHERE came_at IS NULL AND alarmed_at IS NULL AND due_by <= :now
 RETURNING key, entered_at, due_by, came_at
"""
LATEST = """
    SELECT key, entered_at, due_by, came_at FROM canaries
     ORDER BY entered_at DESC LIMIT 1
"""


def enter_canary(tx: Transaction, key: str, now: datetime, due_by: datetime) -> bool:
    """Note that a canary was let in; False: this one was before."""
    return tx.execute(ENTER, (key, to_text(now), to_text(due_by))).rowcount == 1


def canary_came(tx: Transaction, now: datetime) -> None:
    """Note that a canary came out at its channel, and with it those before it."""
    tx.execute(CAME, (to_text(now),))


def take_overdue(tx: Transaction, now: datetime) -> list[CanaryRow]:
    """Return, once, the canaries that should have come out by now."""
    return [_canary(row) for row in tx.fetch(TAKE_OVERDUE, {"now": to_text(now)})]


def latest_canary(tx: Transaction) -> CanaryRow | None:
    """Return the newest canary; None: none was ever let in."""
    row = tx.one(LATEST, ())
    return _canary(row) if row else None


def _canary(row: Row) -> CanaryRow:
    return CanaryRow(
        key=row["key"],
        entered_at=from_text(row["entered_at"]),
        due_by=from_text(row["due_by"]),
        came_at=maybe_from_text(row["came_at"]),
    )
