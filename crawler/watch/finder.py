"""Find the ways of a source that names none, by asking its own pages.

The decisions are crawler/discover's and are taken in a worker process, since they read what a
stranger wrote; here they meet the network.
"""

from dataclasses import replace
from datetime import datetime
from functools import partial

import structlog

from config.source import Source
from crawler.discover.auto import (
    Answer,
    Candidate,
    Explored,
    NoAnswer,
    Role,
    Search,
    explore,
    look_at,
)
from crawler.discover.outcome import Way
from crawler.fetch.outage import NetworkDown
from crawler.fetch.outcome import (
    Deferred,
    Disallowed,
    Failed,
    FailureKind,
    Fetched,
    FetchKind,
    FetchRequest,
    Outcome,
    RefusalKind,
    Refused,
    reason_of,
)
from crawler.watch.look import FETCH_KINDS, Fetches
from crawler.workers.pool import Done, Workers

log = structlog.get_logger(__name__)
_OF_THE_HOST = frozenset({FailureKind.DNS, FailureKind.CONNECT, FailureKind.TLS})


class Finder:
    """Ask a source's own pages for its feeds, sitemaps and section pages."""

    def __init__(self, fetcher: Fetches, workers: Workers) -> None:
        self._fetcher = fetcher
        self._workers = workers

    async def ways(self, source: Source, now: datetime) -> tuple[Way, ...] | NoAnswer:
        """Return the ways worth polling, or why the site could not be searched for them."""
        explored = await self.explore(source, now)
        ways = tuple(each.way for each in explored.ways)
        found = ", ".join(f"{way.kind} {way.url}" for way in ways)
        if found:
            log.info("ways found", source=source.id, requests=explored.requests, ways=found)
        if not ways and (silent := explored.unanswered):
            return replace(silent, reason=f"{source.url}: {silent.reason}")
        return ways

    async def explore(self, source: Source, now: datetime) -> Explored:
        """Search the source's site; stop asking where our own network is down."""
        return await explore(source, partial(self._ask, source), self._read, now)

    async def _ask(self, source: Source, candidate: Candidate) -> Answer | NoAnswer:
        if isinstance(self._fetcher.network(source), NetworkDown):
            return NoAnswer(reason="no network", sent=False, out_of_reach=True)
        robots = candidate.role is Role.ROBOTS
        kind = FetchKind.ROBOTS if robots else FETCH_KINDS[candidate.way.kind]
        outcome = await self._fetcher.fetch(
            FetchRequest(url=candidate.way.url, kind=kind, source=source)
        )
        if isinstance(outcome, Fetched):
            return Answer(url=outcome.url, body=outcome.body, content_type=outcome.content_type)
        return _no_answer(outcome)

    async def _read(
        self, search: Search, candidate: Candidate, answer: Answer | NoAnswer, now: datetime
    ) -> Search:
        if isinstance(answer, NoAnswer):
            return look_at(search, candidate, answer, now)
        done = await self._workers.run(
            look_at, search, candidate, answer, now, of=search.source.id
        )
        if isinstance(done, Done):
            return done.value
        # What cannot be read leads nowhere.
        return look_at(search, candidate, NoAnswer(reason=done.reason), now)


def _no_answer(outcome: Outcome) -> NoAnswer:
    reason = reason_of(outcome)
    match outcome:
        case Failed(kind=kind):
            silent = kind in _OF_THE_HOST
            return NoAnswer(reason=reason, weight=kind.weight, out_of_reach=silent)
        case Refused(kind=kind):
            blocked = kind is RefusalKind.BLOCKED_ADDRESS
            return NoAnswer(reason=reason, sent=False, out_of_reach=blocked)
        case Disallowed() | Deferred():
            return NoAnswer(reason=reason, sent=False)
        case _:
            return NoAnswer(reason=reason)
