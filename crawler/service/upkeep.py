"""Keep store and process in order while nobody looks: let go of what has grown old.

A little at a time, so that no commit of an article waits long behind it.
"""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta

import structlog

from alerts.delivery.operators import Notice, operators_of, owe
from crawler.allocator import give_back
from crawler.clock import Clock
from crawler.live.configuration import Holder
from storage.configurations import forget_configurations
from storage.database import Database
from storage.doctor import Finding
from storage.outbox import enqueue, forget_words
from storage.retention import purge
from storage.search import BLOCK, index_waiting
from storage.setback import last_look

log = structlog.get_logger(__name__)
PAYLOADS_KEPT = timedelta(days=30)  # of messages that ended; their keys stay for ever
DAY = timedelta(days=1)
LEAP = timedelta(days=2)  # nobody was here for so long, or the clock is wrong


class Upkeep:
    """Do the chores of the store, once in a while."""

    def __init__(
        self,
        database: Database,
        live: Holder,
        clock: Clock,
        examine_room: Callable[[], Finding],
    ) -> None:
        """Take what says how much room there is on the disk."""
        self._database = database
        self._examine_room = examine_room
        self._live = live
        self._clock = clock
        self._last: datetime | None = None  # when the chores were last done
        self._spare_until: datetime | None = None

    async def step(self) -> None:
        """Complete the index, empty what was sent, purge what is old, mind the disk."""
        now = self._clock()
        while await self._database.write(index_waiting) >= BLOCK:
            pass  # after a change of the index all articles wait
        await self._database.write(lambda tx: forget_words(tx, now - PAYLOADS_KEPT))
        if not await self._leapt(now):
            await self._purge(now)
        await self._warn_of_room(now)
        await asyncio.to_thread(give_back)

    async def _leapt(self, now: datetime) -> bool:
        """Tell whether the clock has leapt: by a wrong one nothing is purged for a day."""
        last = self._last or await self._database.read(last_look) or now
        self._last = now
        if now - last > LEAP:
            self._spare_until = now + DAY
            log.warning("the clock leapt; nothing old is purged for a day", by=str(now - last))
        return self._spare_until is not None and now < self._spare_until

    async def _warn_of_room(self, now: datetime) -> None:
        """Tell the operators once a day that the disk is nearly full, while mail still goes."""
        found = await asyncio.to_thread(self._examine_room)
        if not found.problem:
            return
        log.warning("the disk is nearly full", found=found.what)
        config = self._live().config
        notice = Notice(
            topic=f"room/{now:%Y%m%d}",
            subject="presswatch: the disk is nearly full",
            lines=(f"{found.what}.", f"{found.problem[0].upper()}{found.problem[1:]}."),
        )
        operators = operators_of(config.settings.alerts.operator, config.channels)
        owed = owe(operators, notice, now)
        await self._database.write(lambda tx: enqueue(tx, owed, now))

    async def _purge(self, now: datetime) -> None:
        kept = self._live().config.settings.retention
        gone = 0
        while purged := await self._database.write(
            lambda tx: purge(tx, now, keep=kept.articles, by_source=kept.by_source)
        ):
            gone += purged
        if gone:
            log.info("old articles purged", articles=gone)
        await self._database.write(forget_configurations)
