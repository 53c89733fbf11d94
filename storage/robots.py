"""Remember what each origin's robots.txt said, so that a restart need not ask all of them."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from storage.stamp import from_text, to_text
from storage.transaction import Transaction

KEPT = timedelta(days=30)  # RFC 9309, 2.4: no longer than that while it is out of reach
_MOST = 20_000  # origins; those read longest ago go first
_LARGEST = 8 * 1024  # bytes, packed; that of a large outlet takes 2,000


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptRobots:
    """What one origin's robots.txt said when it was last read."""

    size: int  # bytes, unpacked
    packed: bytes | None  # None: there is none
    read_at: datetime
    expires: datetime


FIND = "SELECT size, packed, read_at, expires FROM robots WHERE origin = ?"
KEEP = """
    INSERT OR REPLACE INTO robots (origin, size, packed, read_at, expires)
    VALUES (:origin, :size, :packed, :read_at, :expires)
"""
DROP = "DELETE FROM robots WHERE origin = ?"
FORGET_OLD = "DELETE FROM robots WHERE read_at < ?"
FORGET_MOST = """
    DELETE FROM robots
     WHERE origin IN (SELECT origin FROM robots ORDER BY read_at DESC LIMIT -1 OFFSET ?)
"""


def find_robots(tx: Transaction, origin: str) -> KeptRobots | None:
    """Return what the origin's file said; None: it was not read of late, or was too large."""
    row = tx.one(FIND, (origin,))
    if row is None:
        return None
    return KeptRobots(
        size=row["size"],
        packed=row["packed"],
        read_at=from_text(row["read_at"]),
        expires=from_text(row["expires"]),
    )


def keep_robots(tx: Transaction, origin: str, robots: KeptRobots, *, most: int = _MOST) -> None:
    """Write down what the origin's file says, and forget the oldest ones."""
    if robots.packed is not None and len(robots.packed) > _LARGEST:
        tx.execute(DROP, (origin,))
        return
    row = {"origin": origin, "size": robots.size, "packed": robots.packed}
    times = {"read_at": to_text(robots.read_at), "expires": to_text(robots.expires)}
    tx.execute(KEEP, row | times)
    tx.execute(FORGET_OLD, (to_text(robots.read_at - KEPT),))
    tx.execute(FORGET_MOST, (most,))
