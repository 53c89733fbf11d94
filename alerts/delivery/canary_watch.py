"""Let a canary in each day, and alarm the operators when it does not come out.

The alarm goes straight to the operators' channels: the outbox and its dispatcher may be the
very thing that stands still. What cannot be told straight is owed, and the log has it anyway.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import structlog

from alerts.canary import CANARIES, RULE_ID, TIME, canary_article, canary_key, is_due
from alerts.delivery.channels.outcome import Sent
from alerts.delivery.open_channels import LiveChannel
from alerts.delivery.operators import Notice, Operators, owe
from alerts.delivery.render import render
from alerts.notification import from_json
from storage.article import Article
from storage.canaries import CanaryRow, enter_canary, latest_canary, take_overdue
from storage.database import Database
from storage.matches import recent_matches
from storage.outbox import OutboxEntry, OutboxState, enqueue, list_messages
from storage.transaction import Transaction

log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class CanaryWatch:
    """The one who lets canaries in and waits for them."""

    database: Database
    let_in: Callable[[Article], Awaitable[object]]  # the real path: store, match, route, owe
    channel: str  # where canaries must come out
    at: time  # local
    zone: ZoneInfo
    channels: Mapping[str, LiveChannel]
    operators: Operators
    clock: Callable[[], datetime]

    async def step(self) -> int:
        """Let a canary in if it is time, alarm for those that are late; return how many."""
        now = self.clock()
        latest = await self.database.read(latest_canary)
        if is_due(latest.entered_at if latest else None, self.at, self.zone, now):
            await self._enter(now)
        late = await self.database.write(lambda tx: take_overdue(tx, now))
        for canary in late:
            await self._alarm(canary, now)
        return len(late)

    async def _enter(self, now: datetime) -> None:
        key = canary_key(now)
        await self.database.write(lambda tx: enter_canary(tx, key, now, now + TIME))
        try:
            await self.let_in(canary_article(now))
        except Exception:  # a path that breaks is what the canary is for: the alarm will come
            log.exception("the canary could not enter", canary=key)

    async def _alarm(self, canary: CanaryRow, now: datetime) -> None:
        stage = await self.database.read(lambda tx: stage_reached(tx, canary))
        log.error("the canary did not come out", canary=canary.key, stage=stage)
        lines = (
            f"It entered at {canary.entered_at:%Y-%m-%d %H:%M} UTC and should have come out at "
            f"{self.channel} by {canary.due_by:%H:%M}.",
            stage,
            "Until this is mended, silence proves nothing.",
        )
        notice = Notice(
            topic=canary.key,
            subject="presswatch: the canary did not come out",
            lines=lines,
            about=self.channel,
        )
        for entry in owe(self.operators, notice, now):
            if not await self._tell(entry):
                await self.database.write(lambda tx, entry=entry: enqueue(tx, [entry], now))  # type: ignore[misc]  # entry is bound here

    async def _tell(self, entry: OutboxEntry) -> bool:
        channel = self.channels.get(entry.channel)
        if channel is None:
            return False
        message = render(entry.key, from_json(entry.payload), channel.voice)
        try:
            return isinstance(await channel.sender.send(message), Sent)
        except Exception:  # an alarm that fails must not stop the others
            log.exception("an alarm could not be sent", channel=entry.channel)
            return False


def stage_reached(tx: Transaction, canary: CanaryRow) -> str:
    """Say how far a canary came."""
    matches = recent_matches(tx, RULE_ID, canary.entered_at - timedelta(seconds=1), limit=1)
    if not matches:
        return "No rule matched it: it was not stored, or the rules did not see it."
    messages = [row for row in list_messages(tx, limit=500) if row.key.startswith(CANARIES)]
    owed = [row for row in messages if row.created_at >= canary.entered_at]
    if not owed:
        return "It was stored and matched, but no message was owed."
    if owed[0].state is OutboxState.PENDING and not owed[0].attempts:
        return "A message was owed, but nobody tried to deliver it."
    return f"It could not be delivered: {owed[0].reason or owed[0].state}"
