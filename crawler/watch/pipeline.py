"""Run one source: look at its ways if it is due, then read the links that are.

One source's run touches nothing of another's; whatever goes wrong stays inside it.
"""

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import structlog

from alerts.routing.backlog import ONE_MESSAGE
from crawler.clock import Clock
from crawler.health import Health
from crawler.live.configuration import Holder
from crawler.watch.look import Looked, Looker
from crawler.watch.read import Reader
from storage.errors import DatabaseError
from storage.sources import SourceState

log = structlog.get_logger(__name__)
# After a full disk: sooner would ask the publishers for the same pages again and again.
RESUME = timedelta(seconds=30)
MOST_LINKS = 300  # articles read in one run (docs/security.md, row 49)
TURN = timedelta(minutes=1)  # for reading; what is left waits until others had theirs


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
        self._interrupted: dict[str, datetime] = {}  # source → when its leases are given back
        self._chance: Callable[[], float] = lambda: random.uniform(-1, 1)  # noqa: S311 - spreads polls, guards nothing

    async def run(
        self, source_id: str, state: SourceState | None, *, longest: timedelta = TURN
    ) -> Ran:
        """Run one source; with a state its ways are looked at, without only links are read."""
        live = self._live()
        source = live.sources.get(source_id)
        if source is None:  # taken out of the configuration since it was claimed
            return Ran(source_id=source_id, looked=None)
        poll = live.config.settings.poll
        self._health.running += 1
        try:
            looked = (
                await self._looker.look(source, state, poll, self._chance(), live.homes)
                if state
                else None
            )
            read = await self._reader.read(source, poll, MOST_LINKS, longest)
        except DatabaseError:
            self._interrupted[source_id] = self._clock() + RESUME
            raise
        finally:
            self._health.running -= 1
        self._health.last_poll = self._clock()
        if read["stored"] or read["revised"]:
            self._health.last_commit = self._health.last_poll
        if looked and (looked.new or read):
            first = {"first_look": ONE_MESSAGE} if looked.first else {}
            log.info("source read", source=source_id, new=looked.new, **read, **first)
        return Ran(source_id=source_id, looked=looked, read=read)

    def interrupted(self, now: datetime) -> list[str]:
        """Return sources whose run the database broke off, and whose leases may end now."""
        return [source for source, at in self._interrupted.items() if at <= now]

    def resume(self, sources: list[str]) -> None:
        """Forget that these runs were broken off: their leases have been given back."""
        for source in sources:
            self._interrupted.pop(source, None)
