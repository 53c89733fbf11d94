"""Set messages aside that cannot be delivered, and let a person owe them again or drop them.

A dead letter is a row of the outbox that nobody tries any more.
"""

import json
from collections.abc import Iterable
from datetime import datetime

from storage.outbox import COLUMNS, OutboxRow, outbox_row
from storage.stamp import to_text
from storage.transaction import Transaction

MARK_DEAD = """
    UPDATE outbox SET state = 'dead', leased_until = NULL, finished_at = ?, reason = ?
     WHERE key = ? AND state IN ('pending', 'held')
"""
SPLIT_DEAD = """
    INSERT INTO outbox (key, channel, kind, state, urgency, payload, recipients, story_id,
                        created_at, due_at, attempts, reason, finished_at)
         SELECT key || '#' || :recipient, channel, kind, 'dead', urgency, payload,
                json_array(:recipient), story_id, created_at, due_at, attempts, :reason, :now
           FROM outbox WHERE key = :key
    ON CONFLICT (key) DO UPDATE
            SET state = 'dead', reason = excluded.reason, finished_at = excluded.finished_at
"""
REPLAY = """
    UPDATE outbox
       SET state = 'pending', due_at = ?, leased_until = NULL, finished_at = NULL,
           abandoned = 0, attempts = 0, created_at = ?
     WHERE key = ? AND state IN ('dead', 'dropped')
"""
DROP = """
    UPDATE outbox SET state = 'dropped', finished_at = ?, leased_until = NULL, reason = ?
     WHERE key = ? AND state IN ('pending', 'held', 'dead')
"""
BURY_ORPHANS = f"""
    UPDATE outbox
       SET state = 'dead', leased_until = NULL, finished_at = :now,
           reason = 'the channel is not configured any more'
     WHERE state IN ('pending', 'held') AND due_at <= :before
       AND channel NOT IN (SELECT value FROM json_each(:known))
 RETURNING {COLUMNS}
"""  # noqa: S608 - our own column list


def mark_dead(tx: Transaction, key: str, reason: str, now: datetime) -> None:
    """Stop trying: a person must look."""
    tx.execute(MARK_DEAD, (to_text(now), reason, key))


def mark_recipient_dead(
    tx: Transaction, key: str, recipient: str, reason: str, now: datetime
) -> None:
    """Set one recipient's copy aside as a dead letter of its own (key#recipient)."""
    tx.execute(
        SPLIT_DEAD,
        {"key": key, "recipient": recipient, "reason": reason, "now": to_text(now)},
    )


def replay(tx: Transaction, key: str, now: datetime) -> bool:
    """Owe a dead or dropped message again, under the same key; False: there is none such."""
    return tx.execute(REPLAY, (to_text(now), to_text(now), key)).rowcount == 1


def drop(tx: Transaction, key: str, now: datetime, *, reason: str = "dropped") -> bool:
    """Let a message go unsent; False: there is none waiting or dead under this key."""
    return tx.execute(DROP, (to_text(now), reason, key)).rowcount == 1


def bury_orphans(
    tx: Transaction, known: Iterable[str], before: datetime, now: datetime
) -> list[OutboxRow]:
    """Set aside, and return, what has been due since then on a channel nobody knows."""
    values = {"known": json.dumps(list(known)), "before": to_text(before), "now": to_text(now)}
    return [outbox_row(row) for row in tx.fetch(BURY_ORPHANS, values)]
