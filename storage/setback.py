"""Bring forward what was put off by a clock that ran ahead, once it has been set back.

An appointment made while the clock showed a later time lies too far away by as much: sources
would rest, links wait and messages lie for hours or days. Who made one is known by his own
stamp, which lies in the future, too.
"""

from datetime import datetime, timedelta

from storage.stamp import to_text
from storage.transaction import Transaction

AHEAD = timedelta(minutes=1)  # no correction worth a word is smaller

IS_SET_BACK = """
    SELECT EXISTS (SELECT 1 FROM sources WHERE last_polled > :soon)
        OR EXISTS (SELECT 1 FROM outbox
                    WHERE state IN ('pending', 'held') AND created_at > :soon)
        OR coalesce((SELECT noted_at FROM ledger ORDER BY id DESC LIMIT 1), '') > :soon
"""
# Leases stay: who holds one is at work and gives it back, or its end is seen at the next start.
BRING_FORWARD = (
    "UPDATE sources SET links_at = :now WHERE links_at > :now",
    """UPDATE sources SET next_at = min(next_at, :now), last_polled = :now
        WHERE last_polled > :soon""",
    """UPDATE ledger SET next_at = :now
        WHERE next_at > :now AND (state = 'waiting' OR noted_at > :soon)""",
    "UPDATE outbox SET due_at = :now WHERE state = 'pending' AND due_at > :now",
    "UPDATE outbox SET due_at = :now WHERE state = 'held' AND created_at > :soon",
    "UPDATE subscriptions SET next_at = :now WHERE next_at > :now",
)


def bring_forward(tx: Transaction, now: datetime) -> bool:
    """Let what was put off too far be due now; False: the clock was not set back."""
    times = {"now": to_text(now), "soon": to_text(now + AHEAD)}
    row = tx.one(IS_SET_BACK, times)
    if row is None or not row[0]:
        return False
    for statement in BRING_FORWARD:
        tx.execute(statement, times)
    return True
