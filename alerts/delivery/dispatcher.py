"""Deliver what the outbox owes: claim with a lease, render, send, mark.

Channels work beside each other, so that a hung one delays no other. The attempt is counted
before the message is sent, and the answer of the receiver is all that ends it.
"""

import asyncio
import random
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import structlog

from alerts.delivery.channels.outcome import Dead, Outcome, PartlySent, Sent, TryAgain
from alerts.delivery.message import Message
from alerts.delivery.open_channels import LiveChannel
from alerts.delivery.operators import Operators, dead_letters, escalation, owe
from alerts.delivery.render import render
from alerts.delivery.retry import ABANDONED_MOST, rest_after
from alerts.delivery.settle import Attempt, settle
from alerts.delivery.templating import TemplateProblem, Templates
from alerts.digest.issue import issue_message
from alerts.notification import NotificationKind, from_json
from alerts.routing.roundup import gather
from alerts.wording import wording
from storage.alert_log import record_told
from storage.channel_states import is_closed
from storage.database import Database
from storage.dead_letters import bury_orphans
from storage.errors import TemporaryDatabaseError
from storage.holds import due_holds, fold, held, release
from storage.outbox import (
    OutboxRow,
    OutboxState,
    claim_due,
    enqueue,
    free_leases,
    list_messages,
    next_due,
    put_off,
    take_late,
)
from storage.transaction import Transaction

log = structlog.get_logger()
ORPHANED = timedelta(hours=1)  # a channel may be gone for the length of an edit
SLACK = timedelta(seconds=30)  # a sender is stopped before somebody else may claim its message
LONGEST_REST = timedelta(hours=1)  # of a channel, whatever its receiver asks for


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivered:
    """What one step did."""

    sent: int = 0
    again: int = 0  # to be tried again
    dead: int = 0
    folded: int = 0  # went into a round-up


@dataclass(slots=True, kw_only=True)
class Dispatcher:
    """The one who delivers."""

    database: Database
    channels: Mapping[str, LiveChannel]
    operators: Operators
    clock: Callable[[], datetime]
    patience: timedelta = timedelta(seconds=5)  # until another try to note what was sent
    jitter: Callable[[], float] = field(default=lambda: random.uniform(-1, 1))  # noqa: S311 - spreads retries, guards nothing
    # Address → until when it asked to be left alone. A start forgets it: one call more.
    _resting: dict[str, datetime] = field(default_factory=dict, init=False)

    async def recover(self) -> int:
        """Take back what a dead process was sending; call it once, before the first step."""
        now = self.clock()

        def free(tx: Transaction) -> int:
            freed = free_leases(tx)
            for row in freed:
                if rest := rest_after(row.abandoned):
                    put_off(tx, row.key, now + rest)
            return len(freed)

        return await self.database.write(free)

    async def step(self) -> Delivered:
        """Deliver everything that is due now, every channel beside the others."""
        folded = await self.prepare()
        # One channel that breaks must not cut another off in the middle of a mail.
        done = await asyncio.gather(*map(self.deliver, self.channels), return_exceptions=True)
        counts: Counter[str] = Counter()
        for result in done:
            if isinstance(result, BaseException):
                raise result
            counts.update(result)
        return Delivered(
            sent=counts["sent"], again=counts["again"], dead=counts["dead"], folded=folded
        )

    async def prepare(self) -> int:
        """Release what was held and escalate what is late; return how many were folded."""
        now = self.clock()
        return await self.database.write(lambda tx: self._prepare(tx, now))

    async def deliver(
        self, name: str, stopping: Callable[[], bool] = lambda: False
    ) -> Counter[str]:
        """Deliver what is due on one channel, message by message, until told to stop."""
        channel, counts = self.channels[name], Counter[str]()
        try:
            # A message begun as we leave is cut off, and comes a second time after the start.
            while not (stopping() or self._rests(channel)):
                row = await self._claim(channel)
                if row is None:
                    break
                outcome = await self._send(channel, row)
                self._heed(channel, outcome)
                counts[await self._settle(channel, row, outcome)] += 1
        finally:
            if counts:
                await channel.sender.close()
        return counts

    def _heed(self, channel: LiveChannel, outcome: Outcome) -> None:
        """Leave a receiver alone, with all its messages, that asks us to wait."""
        if isinstance(outcome, TryAgain) and outcome.after is not None:
            self._resting[channel.address] = self.clock() + min(outcome.after, LONGEST_REST)

    def _rests(self, channel: LiveChannel) -> bool:
        """Tell whether a channel is left alone: not for longer, because the clock went back."""
        now = self.clock()
        return now < self._resting.get(channel.address, now) <= now + LONGEST_REST

    async def next_due(self) -> datetime | None:
        """Return when there may be something to do; None: nothing waits."""
        return await self.database.read(next_due)

    def _prepare(self, tx: Transaction, now: datetime) -> int:
        folded = 0
        for hold in due_holds(tx, now):
            rows = held(tx, hold)
            if len(rows) == 1:
                release(tx, rows[0].key, now)
                continue
            channel = self.channels.get(hold.channel)
            words = wording(channel.voice.language if channel else "en")
            roundup = gather(hold, rows, words, now)
            fold(tx, [row.key for row in rows], roundup.entry, now)
            record_told(tx, roundup.told)
            folded += len(rows)
        for row in bury_orphans(tx, self.channels, now - ORPHANED, now):
            dead = list_messages(tx, state=OutboxState.DEAD, channel=row.channel)
            notice = dead_letters(row.channel, dead, now)
            enqueue(tx, owe(self.operators, notice, now), now)
        for row in take_late(tx, now):
            enqueue(tx, escalation(self.operators, row, now), now)
        return folded

    async def _claim(self, channel: LiveChannel) -> OutboxRow | None:
        now = self.clock()
        rows = await self.database.write(
            lambda tx: claim_due(tx, now, limit=1, lease=channel.lease, channel=channel.id)
        )
        return rows[0] if rows else None

    async def _send(self, channel: LiveChannel, row: OutboxRow) -> Outcome:
        if row.abandoned >= ABANDONED_MOST:
            return Dead(reason=f"{row.abandoned} attempts ended without an answer of ours")
        closed = await self.database.read(lambda tx: is_closed(tx, channel.id, channel.address))
        if closed:
            return Dead(reason="this receiver asked never to be called again (410 Gone)")
        try:
            message = await self._message(channel, row)
            async with asyncio.timeout((channel.lease - SLACK).total_seconds()):
                return await channel.sender.send(message)
        except TimeoutError:
            return TryAgain(reason="no answer in the time of the lease", ambiguous=True)
        except Exception as error:  # one bad message must not stop its channel
            log.exception("a message could not be sent", key=row.key, channel=channel.id)
            return TryAgain(reason=f"{type(error).__name__}: {error}"[:300])

    async def _message(self, channel: LiveChannel, row: OutboxRow) -> Message:
        if row.kind == NotificationKind.DIGEST:
            return await self.database.read(lambda tx: issue_message(tx, row))
        notification = from_json(row.payload)
        try:
            return render(row.key, notification, channel.voice, to=row.recipients)
        except TemplateProblem as problem:  # an alert must not wait for a template to be mended
            log.warning("a template cannot be used, ours is", problem=str(problem))
            own = replace(channel.voice, templates=Templates())
            return render(row.key, notification, own, to=row.recipients)

    async def _settle(self, channel: LiveChannel, row: OutboxRow, outcome: Outcome) -> str:
        _tell_log(channel.id, row, outcome)
        attempt = Attempt(
            channel=channel,
            row=row,
            operators=self.operators,
            now=self.clock(),
            jitter=self.jitter(),
        )
        while True:
            try:
                return await self.database.write(lambda tx: settle(tx, attempt, outcome))
            except TemporaryDatabaseError:
                # A disk that is full just now is no reason to send it once more.
                await asyncio.sleep(self.patience.total_seconds())


def _tell_log(channel: str, row: OutboxRow, outcome: Outcome) -> None:
    about = {"key": row.key, "channel": channel, "attempt": row.attempts}
    match outcome:
        case Sent():
            log.info("sent", **about)
        case TryAgain(reason=reason, ambiguous=ambiguous):
            log.warning("not sent, tried again", reason=reason, ambiguous=ambiguous, **about)
        case Dead(reason=reason):
            log.error("not sent, a person must look", reason=reason, **about)
        case PartlySent():
            counts = {
                "delivered": len(outcome.delivered),
                "refused": len(outcome.refused),
                "deferred": len(outcome.deferred),
            }
            log.warning("sent to some", **counts, **about)
