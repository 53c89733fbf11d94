"""Look at the ways of one source for links nobody has seen: fetch, discover, note.

What the pages say is discovered in a worker process; what was found, which gaps there are and
when to look again is one work of the writer. It fetches no article.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Protocol

import structlog

from config.settings import PollSettings
from config.source import Source
from crawler.clock import Clock
from crawler.discover.auto import NoAnswer, configured_ways
from crawler.discover.outcome import Discovered, Undiscoverable, Way, WayKind
from crawler.discover.overlap import Missed, Overlap, compare, remember
from crawler.discover.websub import announced
from crawler.fetch.outage import NetworkDown, NetworkUp
from crawler.fetch.outcome import (
    Deferred,
    Failed,
    Fetched,
    FetchKind,
    FetchRequest,
    NotModified,
    reason_of,
)
from crawler.fetch.outcome import Outcome as FetchOutcome
from crawler.homes import NOBODY_ELSE, Homes
from crawler.watch.notes import (
    NO_WAY,
    Timing,
    WayLook,
    failed_look,
    leave_to_others,
    write_looks,
)
from crawler.watch.ways import WayPlan, is_search_due, known_ways, merge_ways
from crawler.workers.pool import Undone, Workers
from crawler.workers.work import read_way
from storage.database import Database
from storage.found import Found
from storage.polls import Poll
from storage.sources import SourceState
from storage.ways import WayState

log = structlog.get_logger(__name__)
MOST_CHILDREN = 20  # sitemaps of an index read in one look


class Fetches(Protocol):
    """Whoever fetches for us."""

    async def fetch(self, request: FetchRequest) -> FetchOutcome:
        """Return what came of the request."""

    def network(self, source: Source | None = None) -> NetworkUp | NetworkDown:
        """Say whether it is our own network that is down; for a source, if it needs it."""


class FindsWays(Protocol):
    """Whoever finds the ways of a source that names none."""

    async def ways(self, source: Source, now: datetime) -> tuple[Way, ...] | NoAnswer:
        """Return what was found; empty: nothing that leads to articles."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What one look at a source came to."""

    source_id: str
    ways: int = 0
    found: int = 0
    new: int = 0
    first: bool = False  # it was then read for the first time
    reasons: tuple[str, ...] = field(default=())  # why ways failed; empty: all went well

    @property
    def failed(self) -> bool:
        """Tell whether nothing at all could be looked at."""
        return bool(self.reasons) and len(self.reasons) >= max(1, self.ways)


class Looker:
    """Look at sources."""

    def __init__(
        self,
        database: Database,
        fetcher: Fetches,
        workers: Workers,
        finder: FindsWays,
        clock: Clock,
        listening: Callable[[], bool] = lambda: False,
    ) -> None:
        self._database = database
        self._fetcher = fetcher
        self._workers = workers
        self._finder = finder
        self._clock = clock
        self._listening = listening  # whether hubs can reach us

    async def look(
        self,
        source: Source,
        state: SourceState,
        poll: PollSettings,
        jitter: float,
        homes: Homes = NOBODY_ELSE,
    ) -> Looked:
        """Look at every way of the source and write down what was found."""
        now = self._clock()
        plan, state = await self._plan(source, state, now)
        known = {each.url: replace(each, retired_at=None) for each in state.ways}
        looks = [
            await self._look(source, way, known.get(way.polled, new_way(source, way)))
            for way in plan.ways
        ]
        looks = [leave_to_others(each, source, homes) for each in looks]
        timing = Timing(
            now=self._clock(),
            poll=poll,
            jitter=jitter,
            listening=self._listening(),
            network=self._fetcher.network(source),
            unanswered=plan.unanswered or NO_WAY,
        )
        new = await self._database.write(
            lambda tx: write_looks(tx, source, state, looks, timing, retired=plan.retired)
        )
        reasons = tuple(each.poll.reason for each in looks if each.weight)
        if not looks:
            reasons = (timing.unanswered.reason,)
        for reason in reasons:
            if isinstance(timing.network, NetworkDown):
                break  # it is said once, for all
            log.warning("source not read", source=source.id, reason=reason)
        return Looked(
            source_id=source.id,
            ways=len(looks),
            found=sum(each.poll.found for each in looks),
            new=new,
            first=new > 0 and all(each.first_read is None for each in state.ways),
            reasons=reasons,
        )

    async def _plan(
        self, source: Source, state: SourceState, now: datetime
    ) -> tuple[WayPlan, SourceState]:
        """Return the ways to look at; a source that names none is searched now and then."""
        named = configured_ways(source)
        if named:
            return WayPlan(ways=named), state
        if not is_search_due(state, now):
            return WayPlan(ways=known_ways(state)), state
        found = await self._finder.ways(source, now)
        if isinstance(found, NoAnswer):
            plan = replace(merge_ways(state, (), now), unanswered=found)
        else:
            plan = merge_ways(state, found, now)
        return plan, replace(state, explored_at=now)

    async def _look(self, source: Source, way: Way, before: WayState) -> WayLook:
        request = FetchRequest(
            url=way.url,
            kind=FETCH_KINDS[way.kind],
            source=source,
            etag=before.etag or None,
            last_modified=before.last_modified or None,
            body_hash=before.body_hash or None,
        )
        outcome = await self._fetcher.fetch(request)
        now = self._clock()
        match outcome:
            case Fetched():
                return await self._read(source, way, before, outcome)
            case NotModified():
                state = replace(
                    before,
                    last_polled=now,
                    last_success=now,
                    failures=0.0,
                    last_error="",
                    etag=outcome.etag or before.etag,
                    last_modified=outcome.last_modified or before.last_modified,
                )
                said = Poll(source_id=source.id, way=way.polled, polled_at=now,
                            outcome="unchanged", found=before.items)  # fmt: skip
                return WayLook(way=way, state=state, poll=said, max_age=outcome.max_age)
            case Deferred(until=until, reason=reason):
                return failed_look(way, before, reason, 0.0, now, retry_after=until - now)
            case Failed(kind=kind, retry_after=after):
                reason = f"{way.url}: {reason_of(outcome)}"
                return failed_look(way, before, reason, kind.weight, now, retry_after=after)
            case _:
                return failed_look(way, before, f"{way.url}: {reason_of(outcome)}", 1.0, now)

    async def _read(self, source: Source, way: Way, before: WayState, page: Fetched) -> WayLook:
        now = self._clock()
        found = await self._discover(source, way, page)
        if not isinstance(found, Discovered):
            return failed_look(way, before, f"{way.url}: {found}", 0.5, now)
        links = list(found.links)
        for child in found.ways[:MOST_CHILDREN]:
            links += await self._child(source, child)
        hub, topic = announced(page.headers.get("link", ""), found.hub, found.topic)
        window = compare(before.shown, links, looked=before.last_success, now=now)
        state = replace(
            before,
            etag=page.etag or "",
            last_modified=page.last_modified or "",
            body_hash="" if found.ways else page.body_hash,
            last_polled=now,
            last_success=now,
            failures=0.0,
            last_error="",
            items=len(links),
            shown=remember(links) if links else before.shown,
            kind=found.way.kind.value,
        )
        said = Poll(source_id=source.id, way=way.polled, polled_at=now, outcome="read",
                    found=len(links), reason="; ".join(found.warnings)[:500],
                    elapsed=timedelta(seconds=page.elapsed))  # fmt: skip
        return WayLook(
            way=way,
            state=state,
            poll=said,
            links=tuple(links),
            gap=window if isinstance(window, Missed) else None,
            drained=window.drained if isinstance(window, Missed | Overlap) else 0.0,
            max_age=page.max_age,
            asks=found.asks,
            hub=hub,
            topic=topic or way.url,
        )

    async def _discover(self, source: Source, way: Way, page: Fetched) -> Discovered | str:
        """Discover in a worker; a text says why it could not be."""
        now = self._clock()
        done = await self._workers.run(
            read_way, page.body, way, page.content_type, source, now, of=source.id
        )
        if isinstance(done, Undone):
            return f"{done.fault}: {done.reason}"
        if isinstance(done.value, Undiscoverable):
            return f"{done.value.fault}: {done.value.reason}"
        return done.value

    async def _child(self, source: Source, way: Way) -> tuple[Found, ...]:
        """Read one sitemap of an index; a broken one leaves the others alone."""
        outcome = await self._fetcher.fetch(
            FetchRequest(url=way.url, kind=FetchKind.SITEMAP, source=source)
        )
        if not isinstance(outcome, Fetched):
            return ()
        found = await self._discover(source, way, outcome)
        return found.links if isinstance(found, Discovered) else ()


FETCH_KINDS = {
    WayKind.FEED: FetchKind.FEED,
    WayKind.SITEMAP: FetchKind.SITEMAP,
    WayKind.SECTION: FetchKind.PAGE,
}


def new_way(source: Source, way: Way) -> WayState:
    """Return the state of a way that was never looked at."""
    return WayState(
        source_id=source.id,
        url=way.polled,
        kind=way.kind.value,
        discovered=not configured_ways(source),
    )
