"""Fetch for all sources: build the parts, and try again at once what a moment may mend."""

import asyncio
import random
from collections.abc import Callable, Iterable

import httpx

from config.settings import FetchSettings
from config.source import Source
from crawler.clock import Clock, utc_now
from crawler.fetch.body import Room
from crawler.fetch.exchange import Exchange
from crawler.fetch.follow import Follower
from crawler.fetch.identity import user_agent
from crawler.fetch.limits import FETCH_LIMITS, FetchLimits
from crawler.fetch.outage import NetworkDown, NetworkUp
from crawler.fetch.outcome import (
    Deferred,
    Failed,
    FailureKind,
    FetchKind,
    FetchRequest,
    Outcome,
)
from crawler.fetch.pace import Pace
from crawler.fetch.robots_cache import Shelf
from crawler.fetch.transport import GuardedTransport
from crawler.homes import Homes

_RETRIED = frozenset(
    {
        *(FailureKind.DNS, FailureKind.CONNECT, FailureKind.TRUNCATED),
        *(FailureKind.SERVER_ERROR, FailureKind.OUTAGE),
    }
)


class Fetcher:
    """Fetch politely and safely; build one for the life of the process."""

    def __init__(  # noqa: PLR0913 - each is a seam or somebody to ask
        self,
        settings: FetchSettings,
        *,
        limits: FetchLimits = FETCH_LIMITS,
        clock: Clock = utc_now,
        transport: httpx.AsyncBaseTransport | None = None,
        chance: Callable[[], float] = random.random,
        room: Room | None = None,
        homes: Callable[[], Homes] = Homes,
        shelf: Shelf | None = None,
        known: Iterable[str] = (),
    ) -> None:
        """Take what the operator set; everything else has its proper default.

        `room` waits until whoever takes our bodies is no more behind with large ones; `homes`
        says whose house a host is; on the `shelf` files of robots outlive the process;
        `known` are addresses that answered an earlier one.
        """
        self._limits = limits
        self._clock = clock
        self._chance = chance
        self._transport = transport or GuardedTransport(limits=limits.exchange)
        self._follower = Follower(
            Exchange(self._transport, limits, user_agent(settings), room),
            Pace(
                limits,
                in_flight=settings.in_flight,
                gap=settings.gap.total_seconds(),
                chance=chance,
            ),
            limits,
            clock,
            private=frozenset(settings.allow_private),
            homes=homes,
            shelf=shelf,
            known=known,
        )

    async def fetch(self, request: FetchRequest) -> Outcome:
        """Return what came of the request; nothing a server does is raised."""
        outcome = await self._follower.follow(request)
        for wait in self._limits.quick_retries:
            down = isinstance(self.network(request.source), NetworkDown)
            if down or not _worth_a_retry(outcome):
                break
            await asyncio.sleep(wait * (1 + self._chance() / 2))
            again = await self._follower.follow(request)
            if isinstance(again, Deferred):
                break  # the circuit opened meanwhile: the failure is what there is to tell
            outcome = again
        if request.kind is FetchKind.ROBOTS:
            await self._follower.learn_robots(request, outcome)
        return outcome

    def network(self, source: Source | None = None) -> NetworkUp | NetworkDown:
        """Say whether it is our own network that is down; then no source is to blame.

        source: as far as it needs that network, which one of this house does not.
        """
        near = source is not None and self._follower.is_near(source)
        return self._follower.network.verdict(self._clock(), near=near)

    async def close(self) -> None:
        """Close all connections."""
        await self._transport.aclose()


def _worth_a_retry(outcome: Outcome) -> bool:
    return (
        isinstance(outcome, Failed) and outcome.kind in _RETRIED and outcome.retry_after is None
    )
