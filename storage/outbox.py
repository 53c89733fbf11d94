"""Keep every message that is owed until somebody has taken it.

A message is claimed with a lease, its attempt is counted before it is sent, and only an answer
of the receiver ends it. A crash at any point leaves a row that comes back when its lease ends.
What a payload says, and when to try again, is decided elsewhere; what is given up on goes to
storage/dead_letters.py.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from storage.stamp import from_text, maybe_from_text, maybe_to_text, to_text
from storage.transaction import Row, Transaction


class OutboxState(StrEnum):
    """What became of a message."""

    PENDING = "pending"
    HELD = "held"  # waits to be gathered with others
    FOLDED = "folded"  # went out inside a round-up
    SENT = "sent"
    DEAD = "dead"  # a person must look
    DROPPED = "dropped"  # a person looked and let it go


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboxEntry:
    """One message that is owed, as routing hands it over."""

    key: str  # rule/story/channel: the e-mail's Message-ID and the webhook's webhook-id
    channel: str
    kind: str
    payload: str  # JSON, opaque here
    due_at: datetime
    urgency: int = 2  # 0 goes first
    recipients: tuple[str, ...] = ()  # empty: whomever the channel names
    story_id: int | None = None  # None: not about one story
    hold: str | None = None  # None: goes by itself
    escalate_at: datetime | None = None  # None: nobody else is told when it is late
    replaces: bool = False  # a row of the same key that nobody has begun to send


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboxRow:
    """One message as it stands in the outbox."""

    key: str
    channel: str
    kind: str
    state: OutboxState
    payload: str
    recipients: tuple[str, ...]
    story_id: int | None
    hold: str | None
    created_at: datetime
    due_at: datetime
    attempts: int  # the one under way included
    abandoned: int  # attempts whose end nobody saw: the process died, or the lease ran out
    reason: str
    finished_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NotTaken:
    """A message that waits for another try."""

    key: str
    created_at: datetime
    due_at: datetime
    tries: int  # that the receiver answered, or not in time


COLUMNS = """key, channel, kind, state, payload, recipients, story_id, hold, created_at, due_at,
             attempts, abandoned, reason, finished_at"""
ENQUEUE = """
    INSERT INTO outbox (key, channel, kind, state, urgency, payload, recipients, story_id, hold,
                        created_at, due_at, escalate_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (key) DO NOTHING
"""
REPLACE = """
    UPDATE outbox SET payload = ?, urgency = min(urgency, ?), due_at = min(due_at, ?)
     WHERE key = ? AND state IN ('pending', 'held') AND attempts = 0
"""
CLAIM_DUE = f"""
    UPDATE outbox
       SET leased_until = :leased_until,
           attempts = attempts + 1,
           abandoned = abandoned + (leased_until IS NOT NULL),
           begun = coalesce(begun, (SELECT max(id) FROM arrivals), 0)
     WHERE key IN (
               SELECT key
                 FROM outbox
                WHERE state = 'pending'
                  AND (:channel IS NULL OR channel = :channel)
                  AND due_at <= :now
                  AND (leased_until IS NULL OR leased_until <= :now)
                ORDER BY urgency, due_at, rowid
                LIMIT :limit
           )
 RETURNING {COLUMNS}, urgency
"""  # noqa: S608 - our own column list
MARK_SENT = """
    UPDATE outbox
       SET state = 'sent', leased_until = NULL, finished_at = ?, reason = ?, recipients = '[]'
     WHERE key = ? AND state != 'sent'
"""
# The attempt is the fence: a sender whose lease ran out cannot undo what the next one did.
MARK_RETRY = """
    UPDATE outbox SET leased_until = NULL, due_at = ?, reason = ?, recipients = ?
     WHERE key = ? AND attempts = ? AND state = 'pending'
"""
FREE_LEASES = f"""
    UPDATE outbox SET leased_until = NULL, abandoned = abandoned + 1
     WHERE state = 'pending' AND leased_until IS NOT NULL
 RETURNING {COLUMNS}
"""  # noqa: S608 - our own column list
NOT_TAKEN = """
    SELECT key, created_at, due_at, attempts - abandoned AS tries
      FROM outbox
     WHERE state = 'pending' AND channel = ? AND due_at > ? AND leased_until IS NULL
       AND attempts > abandoned
"""
BRING_FORWARD = "UPDATE outbox SET due_at = min(due_at, ?) WHERE key = ?"
PUT_OFF = "UPDATE outbox SET due_at = max(due_at, ?) WHERE key = ?"
TAKE_LATE = f"""
    UPDATE outbox SET escalate_at = NULL
     WHERE escalate_at <= ? AND state IN ('pending', 'dead')
 RETURNING {COLUMNS}
"""  # noqa: S608 - our own column list
ONE = f"SELECT {COLUMNS} FROM outbox WHERE key = ?"  # noqa: S608 - our own column list
LIST = f"""
    SELECT {COLUMNS} FROM outbox
     WHERE (:state IS NULL OR state = :state) AND (:channel IS NULL OR channel = :channel)
     ORDER BY created_at DESC, rowid DESC LIMIT :limit
"""  # noqa: S608 - our own column list
NEXT_DUE = """
    SELECT min(at) AS at FROM (
        SELECT max(due_at, coalesce(leased_until, '')) AS at FROM outbox WHERE state = 'pending'
         UNION ALL SELECT due_at FROM outbox WHERE state = 'held')
"""
SUMS = "SELECT state, count(*) AS n FROM outbox GROUP BY state"
# What was sent long ago keeps its row (the key must never be sent again) and loses its words.
FORGET_WORDS = """
    UPDATE outbox SET payload = '{}'
     WHERE state IN ('sent', 'folded', 'dropped') AND finished_at < ? AND payload != '{}'
"""


def enqueue(tx: Transaction, entries: Iterable[OutboxEntry], now: datetime) -> int:
    """Owe these messages, each key once; return how many are new."""
    new = 0
    for entry in entries:
        if entry.replaces and _replace(tx, entry):
            continue
        state = OutboxState.HELD if entry.hold else OutboxState.PENDING
        new += tx.execute(
            ENQUEUE,
            (entry.key, entry.channel, entry.kind, state, entry.urgency, entry.payload,
             json.dumps(entry.recipients), entry.story_id, entry.hold, to_text(now),
             to_text(entry.due_at), maybe_to_text(entry.escalate_at)),
        ).rowcount  # fmt: skip
    return new


def claim_due(
    tx: Transaction,
    now: datetime,
    *,
    limit: int,
    lease: timedelta,
    channel: str | None = None,
) -> list[OutboxRow]:
    """Take up to limit due messages, the loudest first; nobody else gets them in the lease."""
    rows = tx.fetch(
        CLAIM_DUE,
        {
            "now": to_text(now),
            "leased_until": to_text(now + lease),
            "channel": channel,
            "limit": limit,
        },
    )
    rows.sort(key=lambda row: (row["urgency"], row["due_at"]))  # RETURNING has no order
    return [outbox_row(row) for row in rows]


def mark_sent(tx: Transaction, key: str, now: datetime, *, note: str = "") -> None:
    """Note that the receiver has it: even a sender whose lease ran out may say so."""
    tx.execute(MARK_SENT, (to_text(now), note, key))


def mark_retry(
    tx: Transaction, row: OutboxRow, at: datetime, reason: str, *, owed: Sequence[str] = ()
) -> bool:
    """Try again then for those still owed; False: somebody else holds the row by now."""
    recipients = json.dumps(tuple(owed) or row.recipients)
    done = tx.execute(MARK_RETRY, (to_text(at), reason, recipients, row.key, row.attempts))
    return done.rowcount == 1


def free_leases(tx: Transaction) -> list[OutboxRow]:
    """Give back what a dead process was sending; only the one daemon may, at its start."""
    return [outbox_row(row) for row in tx.fetch(FREE_LEASES, ())]


def not_taken(tx: Transaction, channel: str, now: datetime) -> list[NotTaken]:
    """Return what a channel failed to take and that waits for another try."""
    return [
        NotTaken(
            key=row["key"],
            created_at=from_text(row["created_at"]),
            due_at=from_text(row["due_at"]),
            tries=row["tries"],
        )
        for row in tx.fetch(NOT_TAKEN, (channel, to_text(now)))
    ]


def bring_forward(tx: Transaction, keys: Iterable[str], at: datetime) -> None:
    """Let messages be due then, at the latest."""
    tx.executemany(BRING_FORWARD, [(to_text(at), key) for key in keys])


def put_off(tx: Transaction, key: str, at: datetime) -> None:
    """Let a message wait until then, at least."""
    tx.execute(PUT_OFF, (to_text(at), key))


def take_late(tx: Transaction, now: datetime) -> list[OutboxRow]:
    """Return, once, the messages that should have been delivered by now."""
    return [outbox_row(row) for row in tx.fetch(TAKE_LATE, (to_text(now),))]


def load_message(tx: Transaction, key: str) -> OutboxRow | None:
    """Return one message; None: there is no such key."""
    row = tx.one(ONE, (key,))
    return outbox_row(row) if row else None


def list_messages(
    tx: Transaction,
    *,
    state: OutboxState | None = None,
    channel: str | None = None,
    limit: int = 100,
) -> list[OutboxRow]:
    """Return messages, the newest first."""
    rows = tx.fetch(LIST, {"state": state, "channel": channel, "limit": limit})
    return [outbox_row(row) for row in rows]


def next_due(tx: Transaction) -> datetime | None:
    """Return when the next message may go; None: nothing waits."""
    row = tx.one(NEXT_DUE, ())
    return maybe_from_text(row["at"]) if row else None


def outbox_sums(tx: Transaction) -> dict[OutboxState, int]:
    """Count messages by state."""
    return {OutboxState(row["state"]): row["n"] for row in tx.fetch(SUMS, ())}


def forget_words(tx: Transaction, before: datetime) -> int:
    """Empty the payloads of messages that ended before then; their keys stay for ever."""
    return tx.execute(FORGET_WORDS, (to_text(before),)).rowcount


def _replace(tx: Transaction, entry: OutboxEntry) -> bool:
    done = tx.execute(REPLACE, (entry.payload, entry.urgency, to_text(entry.due_at), entry.key))
    return done.rowcount == 1


def outbox_row(row: Row) -> OutboxRow:
    """Return a message from a row of COLUMNS."""
    return OutboxRow(
        key=row["key"],
        channel=row["channel"],
        kind=row["kind"],
        state=OutboxState(row["state"]),
        payload=row["payload"],
        recipients=tuple(json.loads(row["recipients"])),
        story_id=row["story_id"],
        hold=row["hold"],
        created_at=from_text(row["created_at"]),
        due_at=from_text(row["due_at"]),
        attempts=row["attempts"],
        abandoned=row["abandoned"],
        reason=row["reason"],
        finished_at=maybe_from_text(row["finished_at"]),
    )
