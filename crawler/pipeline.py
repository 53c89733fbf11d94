"""Run one source: look at its ways if it is due, then read the links that are.

One source's run touches nothing of another's; whatever goes wrong stays inside it.
"""

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

import structlog

from crawler.clock import Clock
from crawler.health import Health
from crawler.live import Holder
from crawler.look import Looked, Looker
from crawler.read import Reader
from storage.sources import SourceState

log = structlog.get_logger(__name__)
MOST_LINKS = 300  # articles read in one run; limits.md "trap rules"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """What one run of a source came to."""

    source_id: str
    looked: Looked | None  # None: it was not due, only its links were
    read: Counter[str] = field(default_factory=Counter)  # outcome → links


class Pipeline:
    """Run sources."""

    def __init__(
        self, looker: Looker, reader: Reader, live: Holder, health: Health, clock: Clock
    ) -> None:
        self._looker = looker
        self._reader = reader
        self._live = live
        self._health = health
        self._clock = clock
        self._chance: Callable[[], float] = lambda: random.uniform(-1, 1)  # noqa: S311 - spreads polls, guards nothing

    async def run(self, source_id: str, state: SourceState | None) -> Ran:
        """Run one source; with a state its ways are looked at, without only links are read."""
        live = self._live()
        source = live.sources.get(source_id)
        if source is None:  # taken out of the configuration since it was claimed
            return Ran(source_id=source_id, looked=None)
        poll = live.config.settings.poll
        self._health.running += 1
        try:
            looked = (
                await self._looker.look(source, state, poll, self._chance()) if state else None
            )
            read = await self._reader.read(source, poll, MOST_LINKS)
        finally:
            self._health.running -= 1
        self._health.last_poll = self._clock()
        if read["stored"] or read["revised"]:
            self._health.last_commit = self._health.last_poll
        if looked and (looked.new or read):
            log.info("source read", source=source_id, new=looked.new, **read)
        return Ran(source_id=source_id, looked=looked, read=read)
