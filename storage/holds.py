"""Keep messages back until they can go out together: for the night, a storm, a first look.

What is held waits in the outbox under the name of its hold; when the time has come it goes by
itself or is folded into one message for all.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from storage.outbox import COLUMNS, OutboxEntry, OutboxRow, enqueue, outbox_row
from storage.stamp import to_text
from storage.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """A group of held messages whose time has come."""

    channel: str
    hold: str
    count: int


DUE_HOLDS = """
    SELECT channel, hold, count(*) AS n FROM outbox
     WHERE state = 'held' GROUP BY channel, hold HAVING min(due_at) <= ?
"""
HELD = f"""
    SELECT {COLUMNS} FROM outbox
     WHERE state = 'held' AND channel = ? AND hold = ? ORDER BY urgency, created_at, rowid
"""  # noqa: S608 - our own column list
RELEASE = """
    UPDATE outbox SET state = 'pending', hold = NULL, due_at = ?
     WHERE key = ? AND state = 'held'
"""
RIPEN = "UPDATE outbox SET due_at = ? WHERE state = 'held' AND hold = ?"
FOLD = """
    UPDATE outbox
       SET state = 'folded', folded_into = ?, finished_at = ?,
           begun = coalesce(begun, (SELECT max(id) FROM arrivals), 0)
     WHERE key = ? AND state = 'held'
"""

ROUND_UP_OF = f"""
    SELECT {COLUMNS} FROM outbox WHERE key = (SELECT folded_into FROM outbox WHERE key = ?)
"""  # noqa: S608 - our own column list


def due_holds(tx: Transaction, now: datetime) -> list[Hold]:
    """Return the groups of held messages of which at least one's time has come."""
    rows = tx.fetch(DUE_HOLDS, (to_text(now),))
    return [Hold(channel=row["channel"], hold=row["hold"], count=row["n"]) for row in rows]


def held(tx: Transaction, hold: Hold) -> list[OutboxRow]:
    """Return every message of a group, the loudest first."""
    return [outbox_row(row) for row in tx.fetch(HELD, (hold.channel, hold.hold))]


def release(tx: Transaction, key: str, now: datetime) -> None:
    """Let a held message go by itself."""
    tx.execute(RELEASE, (to_text(now), key))


def ripen(tx: Transaction, hold: str, now: datetime) -> None:
    """Let what is held under a name wait no longer."""
    tx.execute(RIPEN, (to_text(now), hold))


def fold(tx: Transaction, keys: Iterable[str], into: OutboxEntry, now: datetime) -> None:
    """Send one message in the place of several held ones."""
    enqueue(tx, [into], now)
    tx.executemany(FOLD, [(into.key, to_text(now), key) for key in keys])


def round_up_of(tx: Transaction, key: str) -> OutboxRow | None:
    """Return the message that went in the place of a held one; None: none did."""
    row = tx.one(ROUND_UP_OF, (key,))
    return outbox_row(row) if row else None
