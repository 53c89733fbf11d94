"""Follow one request over its redirects: every hop is vetted, allowed and paced anew.

The one place where manners (robots, pace, circuit) meet the wire. What an answer means is
decided in verdict.py; what a server does never raises here.
"""

import asyncio
import contextlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import timedelta

from config.source import Source
from crawler.clock import Clock
from crawler.fetch.errors import BlockedAddressError, ExchangeError
from crawler.fetch.exchange import Exchange
from crawler.fetch.limits import FetchLimits
from crawler.fetch.outage import Attempt, Network, NetworkDown
from crawler.fetch.outcome import (
    Deferred,
    Disallowed,
    Failed,
    FailureKind,
    FetchKind,
    FetchRequest,
    Outcome,
    RefusalKind,
    Refused,
)
from crawler.fetch.pace import Pace, TurnFarAwayError
from crawler.fetch.printable import printable
from crawler.fetch.robots import Closed, Rules
from crawler.fetch.robots_cache import RobotsCache, Shelf
from crawler.fetch.target import (
    Target,
    UrlRefusedError,
    configured_ports,
    read_target,
    servers_of,
)
from crawler.fetch.verdict import Journey, Redirect, judge
from crawler.homes import Homes

# Failures that speak of the host, not of the one page.
_OF_THE_HOST = frozenset(
    {
        *(FailureKind.DNS, FailureKind.CONNECT, FailureKind.TIMEOUT, FailureKind.TOO_SLOW),
        *(FailureKind.TRUNCATED, FailureKind.SERVER_ERROR, FailureKind.OUTAGE),
        FailureKind.RATE_LIMITED,
    }
)
_UNREACHED = frozenset({FailureKind.DNS, FailureKind.CONNECT, FailureKind.TIMEOUT})


@dataclass(slots=True, kw_only=True)
class _Trip:
    """Where one request has been so far."""

    request: FetchRequest
    seconds: float  # still left for the wire
    asked: list[str] = field(default_factory=list)
    server: str = ""  # of the last hop
    spent: float = 0.0


class Follower:
    """Follow requests; build one for the life of the process."""

    def __init__(  # noqa: PLR0913 - each is a part, or somebody to ask
        self,
        exchange: Exchange,
        pace: Pace,
        limits: FetchLimits,
        clock: Clock,
        *,
        private: frozenset[str],
        homes: Callable[[], Homes] = Homes,
        shelf: Shelf | None = None,
        known: Iterable[str] = (),
    ) -> None:
        self._exchange = exchange
        self._pace = pace
        self._limits = limits
        self._clock = clock
        self._private = private  # ids of sources that may use private addresses
        self._homes = homes
        self._robots = RobotsCache(exchange.product, self.follow, clock, shelf=shelf)
        self.network = Network(servers_of(known))

    def is_near(self, source: Source) -> bool:
        """Tell whether the source may use private addresses."""
        return source.id in self._private

    async def follow(self, request: FetchRequest) -> Outcome:
        """Return what came of the request, after at most the allowed number of redirects."""
        now = self._clock()
        if down := self.network.keeps_back(now, near=self.is_near(request.source)):
            return Deferred(url=request.url, until=now + down.wait(now), reason="no network")
        trip = _Trip(request=request, seconds=self._limits.exchange.total)
        url: str = request.url
        base: str | None = None
        while True:
            try:
                target = _read(url, base, request.source)
                step = await self._hop(trip, target)
            except UrlRefusedError as refusal:
                reason = f"{refusal} (redirected by {base})" if base else str(refusal)
                return Refused(url=request.url, kind=refusal.kind, reason=reason)
            except TurnFarAwayError as far:
                until = self._clock() + timedelta(seconds=far.seconds)
                return Deferred(url=request.url, until=until, reason=str(far))
            if not isinstance(step, Redirect):
                return step
            url, base = step.location, target.url

    async def learn_robots(self, request: FetchRequest, outcome: Outcome) -> None:
        """Let the host's pages go by a robots.txt that was asked for its own sake."""
        with contextlib.suppress(UrlRefusedError):
            await self._robots.learn(_read(request.url, None, request.source).origin, outcome)

    async def _hop(self, trip: _Trip, target: Target) -> Outcome | Redirect:
        """Ask one target, if we may, when it is its turn."""
        objection = self._object(trip, target)
        if objection:
            return objection
        request = trip.request
        crawl_delay = 0.0
        if request.kind is not FetchKind.ROBOTS and request.source.robots:
            rules = await self._robots.rules(target, request.source)
            if isinstance(rules, Deferred | Refused | Failed):
                return replace(rules, url=target.url)
            if not rules.allows(target.url):
                return _disallowed(target, rules)
            crawl_delay = rules.crawl_delay
        goes_on = trip.server == target.server
        trip.asked.append(target.url)
        trip.server = target.server
        guest = bool(self._homes().of_another(request.source.id, target.host))
        async with self._pace.turn(
            target.server, crawl_delay=crawl_delay, at_once=goes_on, guest=guest
        ):
            return await self._ask(trip, target, guest=guest)

    def _object(self, trip: _Trip, target: Target) -> Refused | Failed | None:
        """Return why the trip must not go on to the target."""
        request, asked = trip.request, trip.asked
        robots = request.kind is FetchKind.ROBOTS
        allowed = self._limits.robots_redirects if robots else self._limits.redirects
        reason = ""
        if target.url in asked:
            reason = f"redirected in a circle to {printable(target.url)}"
        elif len(asked) > allowed:
            reason = f"more than {allowed} redirects"
        if reason:
            return Failed(url=request.url, kind=FailureKind.REDIRECTS, reason=reason)
        declared = request.source.url.lower().startswith("https:")
        if asked and declared and target.scheme == "http" and asked[-1].startswith("https:"):
            reason = f"redirected from https to {printable(target.url)}"
            return Refused(url=request.url, kind=RefusalKind.DOWNGRADE, reason=reason)
        return None

    async def _ask(self, trip: _Trip, target: Target, *, guest: bool) -> Outcome | Redirect:
        loop = asyncio.get_running_loop()
        started = loop.time()
        request = trip.request
        outcome: Outcome | Redirect
        try:
            answer = await self._exchange.ask(
                request,
                target,
                allow_private=self.is_near(request.source),
                seconds=trip.seconds,
            )
        except BlockedAddressError as error:
            kind = RefusalKind.BLOCKED_ADDRESS
            return Refused(url=target.url, kind=kind, reason=str(error))
        except ExchangeError as error:
            outcome = Failed(url=target.url, kind=error.kind, reason=printable(str(error)))
        else:
            trip.spent += loop.time() - started
            outcome = judge(answer, self._journey(trip, target), self._limits)
        trip.seconds -= loop.time() - started
        near = self.is_near(request.source)
        self._note_network(target.server, outcome, near=near)
        if not isinstance(self.network.verdict(self._clock(), near=near), NetworkDown):
            self._note_host(target.server, outcome, loop.time(), guest=guest)
        return outcome

    def _journey(self, trip: _Trip, target: Target) -> Journey:
        return Journey(
            request=trip.request,
            url=target.url,
            redirects=tuple(trip.asked[:-1]),
            fetched_at=self._clock(),
            elapsed=trip.spent,
        )

    def _note_network(self, name: str, outcome: Outcome | Redirect, *, near: bool) -> None:
        """Remember whether the host answered, for judging our own network."""
        reached = not (isinstance(outcome, Failed) and outcome.kind in _UNREACHED)
        attempt = Attempt(host=name, at=self._clock(), reached=reached, near=near)
        if self.network.note(attempt):
            self._pace.forgive()

    def _note_host(
        self, name: str, outcome: Outcome | Redirect, now: float, *, guest: bool
    ) -> None:
        """Remember what the host, which is to blame for it, did: for its circuit.

        What another source was led to there says nothing of how the host treats its own.
        """
        host = self._pace.host(name)
        kind = outcome.kind if isinstance(outcome, Failed) else None
        if guest:
            return
        if not isinstance(outcome, Failed) or kind not in _OF_THE_HOST:
            host.circuit = host.circuit.succeeded()
            return
        wait = outcome.retry_after.total_seconds() if outcome.retry_after else None
        if kind is FailureKind.RATE_LIMITED and wait is None:
            wait = 0.0  # it asks us to wait, and leaves to us how long
        host.circuit = host.circuit.failed(now, asked_to_wait=wait)


def _read(url: str, base: str | None, source: Source) -> Target:
    try:
        return read_target(url, base)
    except UrlRefusedError as refusal:
        if refusal.kind is not RefusalKind.PORT:
            raise
    return read_target(url, base, ports=configured_ports(source))


def _disallowed(target: Target, rules: Rules) -> Disallowed | Failed:
    if isinstance(rules, Closed):
        reason = f"robots.txt is out of reach, so nothing is fetched: {rules.reason}"
        return Failed(url=target.url, kind=FailureKind.ROBOTS_UNREACHABLE, reason=reason)
    rule = printable(rules.why_not(target.url))
    said = f" ({rule})" if rule else ""
    return Disallowed(url=target.url, reason=f"{target.origin}/robots.txt disallows it{said}")
