"""Remember how each channel fares: closed by its receiver, failing since, last success."""

from dataclasses import dataclass
from datetime import datetime

from storage.stamp import maybe_from_text, to_text
from storage.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelState:
    """How one channel fares."""

    channel: str
    address: str  # fingerprint of where it leads
    closed_at: datetime | None  # None: open
    reason: str
    failing_since: datetime | None  # None: the last attempt went well
    last_sent: datetime | None


NOTE_SENT = """
    INSERT INTO channel_states (channel, address, last_sent) VALUES (:channel, :address, :now)
    ON CONFLICT (channel) DO UPDATE
            SET address = :address, closed_at = NULL, reason = '', failing_since = NULL,
                last_sent = :now
"""
NOTE_FAILED = """
    INSERT INTO channel_states (channel, address, reason, failing_since, closed_at)
         VALUES (:channel, :address, :reason, :now, :closed_at)
    ON CONFLICT (channel) DO UPDATE
            SET closed_at = CASE WHEN address = :address THEN coalesce(closed_at, :closed_at)
                                 ELSE :closed_at END,
                address = :address, reason = :reason,
                failing_since = coalesce(failing_since, :now)
"""
FAILING_SINCE = "SELECT failing_since FROM channel_states WHERE channel = ?"
IS_CLOSED = """
    SELECT 1 FROM channel_states WHERE channel = ? AND address = ? AND closed_at IS NOT NULL
"""
REOPEN = "UPDATE channel_states SET closed_at = NULL WHERE channel = ? AND closed_at NOT NULL"
ALL = """
    SELECT channel, address, closed_at, reason, failing_since, last_sent FROM channel_states
     ORDER BY channel
"""


def note_sent(tx: Transaction, channel: str, address: str, now: datetime) -> None:
    """Note that the channel took a message: it is open and well."""
    tx.execute(NOTE_SENT, {"channel": channel, "address": address, "now": to_text(now)})


def failing_since(tx: Transaction, channel: str) -> datetime | None:
    """Return since when a channel has taken nothing; None: its last attempt went well."""
    row = tx.one(FAILING_SINCE, (channel,))
    return maybe_from_text(row["failing_since"]) if row else None


def note_failed(
    tx: Transaction, channel: str, address: str, reason: str, now: datetime, *, closed: bool
) -> None:
    """Note that it took nothing; closed: it asked never to be called again.

    A closed one stays closed, whatever fails after that, until another address takes its place.
    """
    tx.execute(
        NOTE_FAILED,
        {
            "channel": channel,
            "address": address,
            "reason": reason,
            "now": to_text(now),
            "closed_at": to_text(now) if closed else None,
        },
    )


def is_closed(tx: Transaction, channel: str, address: str) -> bool:
    """Tell whether the receiver at this very address asked never to be called again."""
    return tx.one(IS_CLOSED, (channel, address)) is not None


def reopen(tx: Transaction, channel: str) -> bool:
    """Let a closed channel be tried again; False: it was not closed."""
    return tx.execute(REOPEN, (channel,)).rowcount == 1


def channel_states(tx: Transaction) -> list[ChannelState]:
    """Return how every channel that was ever used fares."""
    return [
        ChannelState(
            channel=row["channel"],
            address=row["address"],
            closed_at=maybe_from_text(row["closed_at"]),
            reason=row["reason"],
            failing_since=maybe_from_text(row["failing_since"]),
            last_sent=maybe_from_text(row["last_sent"]),
        )
        for row in tx.fetch(ALL, ())
    ]
