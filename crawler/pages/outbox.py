"""Look at the messages that are, or were, owed, and at the channels that take them."""

from dataclasses import dataclass
from datetime import datetime

from config.channel import Channel
from crawler.pages.answer import Ask, BadAsk
from storage.channel_states import ChannelState, channel_states
from storage.outbox import OutboxRow, OutboxState, list_messages, outbox_sums
from storage.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageLine:
    """One message that was owed, and what became of it."""

    key: str
    channel: str
    kind: str
    state: str
    story_id: int | None
    created_at: datetime
    due_at: datetime
    attempts: int
    reason: str
    finished_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelLine:
    """One channel and how it does."""

    id: str
    kind: str
    condition: str  # well | failing | closed | unused
    reason: str
    failing_since: datetime | None
    last_sent: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outbox:
    """Messages, the newest first."""

    sums: dict[str, int]
    state: str | None  # only those in this state
    messages: tuple[MessageLine, ...]
    channels: tuple[ChannelLine, ...]


async def outbox(ask: Ask) -> Outbox:
    """Look at the messages that are, or were, owed."""
    state = ask.word("state")
    if state is not None and state not in set(OutboxState):
        raise BadAsk(f"state must be one of {', '.join(OutboxState)}")
    limit = ask.whole("limit", 100, least=1, most=500)
    channels = ask.state.live().config.channels

    def look(tx: Transaction) -> Outbox:
        states = {each.channel: each for each in channel_states(tx)}
        wanted = OutboxState(state) if state else None
        return Outbox(
            sums={each.value: n for each, n in outbox_sums(tx).items()},
            state=state,
            messages=tuple(
                message_line(row) for row in list_messages(tx, state=wanted, limit=limit)
            ),
            channels=tuple(channel_line(each, states.get(each.id)) for each in channels),
        )

    return await ask.database.read(look)


def channel_line(channel: Channel, state: ChannelState | None) -> ChannelLine:
    """Return how one channel does; None: nothing went over it yet."""
    condition = "unused"
    if state is not None:
        condition = (
            "closed" if state.closed_at else "failing" if state.failing_since else "well"
        )
    return ChannelLine(
        id=channel.id,
        kind=channel.kind.value,
        condition=condition,
        reason=state.reason if state else "",
        failing_since=state.failing_since if state else None,
        last_sent=state.last_sent if state else None,
    )


def message_line(row: OutboxRow) -> MessageLine:
    """Return one message's line; what it says stays out of it."""
    return MessageLine(
        key=row.key,
        channel=row.channel,
        kind=row.kind,
        state=row.state.value,
        story_id=row.story_id,
        created_at=row.created_at,
        due_at=row.due_at,
        attempts=row.attempts,
        reason=row.reason,
        finished_at=row.finished_at,
    )
