"""Bring forward what was put off by a clock that ran ahead, once it has been set back.

An appointment made while the clock showed a later time lies too far away by as much: sources
would rest, links wait and messages lie for hours or days. Who made one is known by his own
stamp, which lies in the future, too.
"""

from datetime import datetime, timedelta

from storage.stamp import from_text, maybe_from_text, to_text
from storage.transaction import Transaction

AHEAD = timedelta(minutes=1)  # no correction worth a word is smaller
BELIEVED = timedelta(days=62)  # set back further, it is now that the clock is wrong
A_DAY = timedelta(days=1)
LATEST = "SELECT max(last_polled) AS latest FROM sources"

IS_SET_BACK = """
    SELECT EXISTS (SELECT 1 FROM sources WHERE last_polled > :soon)
        OR EXISTS (SELECT 1 FROM outbox
                    WHERE state IN ('pending', 'held') AND created_at > :soon)
        OR coalesce((SELECT state = 'waiting' AND noted_at > :soon
                       FROM ledger ORDER BY id DESC LIMIT 1), 0)
"""
# Leases stay: who holds one is at work and gives it back, or its end is seen at the next start.
BRING_FORWARD = (
    "UPDATE sources SET links_at = :now WHERE links_at > :now",
    """UPDATE sources SET next_at = min(next_at, :now), last_polled = :now
        WHERE last_polled > :soon""",
    "UPDATE ledger SET next_at = :now WHERE next_at > :now AND state = 'waiting'",
    "UPDATE outbox SET due_at = :now WHERE state = 'pending' AND due_at > :now",
    "UPDATE outbox SET due_at = :now WHERE state = 'held' AND created_at > :soon",
    "UPDATE subscriptions SET next_at = :now WHERE next_at > :now",
)

# With the stamps that say so: as long as one lay ahead, all would be due anew every minute.
# A settled link keeps its own, from which an article's lateness is told.
RIGHT_STAMPS = (
    "UPDATE ledger SET next_at = :now WHERE next_at > :now AND noted_at > :soon",
    "UPDATE ledger SET noted_at = :now WHERE noted_at > :soon AND state = 'waiting'",
    """UPDATE outbox SET created_at = :now
        WHERE state IN ('pending', 'held') AND created_at > :soon""",
)
# Cooldowns and storms are counted from here.
TOLD = "UPDATE alert_log SET told_at = :now WHERE told_at > :soon"
# A reader has a digest once a day at most, so a window that ends later than tomorrow was closed
# by the clock that ran ahead. It ends now, and its mail's key is free for when that day comes,
# as is the place of what was written in it.
WINDOWS = "SELECT rowid, key, window_start FROM digest_windows WHERE window_end > ?"
FREE_KEY = "UPDATE outbox SET key = key || :mark WHERE key = :key AND leased_until IS NULL"
CUT = "UPDATE digest_windows SET window_end = :now, key = key || :mark WHERE rowid = :rowid"
DROP = "DELETE FROM digest_windows WHERE rowid = :rowid"
FORGET_ISSUES = """
    DELETE FROM digest_issues
     WHERE window_end > ?
       AND NOT EXISTS (SELECT 1 FROM outbox WHERE kind = 'digest' AND state = 'pending')
"""


def last_look(tx: Transaction) -> datetime | None:
    """Return when any source was last looked at; None: none ever was."""
    row = tx.one(LATEST)
    return maybe_from_text(row["latest"]) if row else None


def bring_forward(tx: Transaction, now: datetime) -> bool:
    """Let what was put off too far be due now; False: the clock was not set back."""
    latest = last_look(tx)
    times = {"now": to_text(now), "soon": to_text(now + AHEAD)}
    row = tx.one(IS_SET_BACK, times)
    if row is None or not row[0]:
        return False
    for statement in BRING_FORWARD:
        tx.execute(statement, times)
    if latest is None or latest - now <= BELIEVED:
        for statement in (*RIGHT_STAMPS, TOLD):
            tx.execute(statement, times)
        _end_windows(tx, now)
    return True


def _end_windows(tx: Transaction, now: datetime) -> None:
    tomorrow = to_text(now + A_DAY)
    tx.execute(FORGET_ISSUES, (tomorrow,))  # but what is still to be sent
    for row in tx.fetch(WINDOWS, (tomorrow,)):
        mark = f"~{now:%Y%m%d}"
        tx.execute(FREE_KEY, {"key": row["key"], "mark": mark})
        if from_text(row["window_start"]) < now:
            tx.execute(CUT, {"now": to_text(now), "mark": mark, "rowid": row["rowid"]})
        else:
            tx.execute(DROP, {"rowid": row["rowid"]})
