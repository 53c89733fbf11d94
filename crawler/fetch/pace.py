"""Give every host its turn: one request at a time, a gap between two, 64 over all hosts.

A wait longer than our patience is not slept through: the caller gets the time to come back.
Whoever waits for a host holds no place that another host could use.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Callable

from crawler.fetch.breaker import Circuit
from crawler.fetch.limits import FetchLimits


class TurnFarAwayError(Exception):
    """The host is not to be asked for longer than we wait in place."""

    def __init__(self, seconds: float, reason: str) -> None:
        self.seconds = seconds  # from now
        super().__init__(reason)


class Host:
    """How one host is to be treated, and how many want to ask it."""

    __slots__ = ("circuit", "free_at", "lock", "users")

    def __init__(self) -> None:
        self.lock = asyncio.Lock()
        self.free_at = 0.0  # on the loop's clock
        self.circuit = Circuit()
        self.users = 0  # turns under way or waited for

    def wait(self, now: float) -> tuple[float, str]:
        """Return how many seconds the next request has to wait, and why."""
        if self.circuit.open_until > max(now, self.free_at):
            return self.circuit.open_until - now, "the host keeps failing or asked us to wait"
        return self.free_at - now, "the host asks for a long gap between requests"


class Pace:
    """Hand out turns, and remember what each host did."""

    def __init__(
        self,
        limits: FetchLimits,
        *,
        in_flight: int,
        gap: float,
        chance: Callable[[], float],  # 0 … 1: spreads the requests
    ) -> None:
        self._limits = limits
        self._gap = gap
        self._chance = chance
        self.places = asyncio.Semaphore(in_flight)
        self._hosts: OrderedDict[str, Host] = OrderedDict()

    def turn(self, name: str, *, crawl_delay: float = 0.0, at_once: bool = False) -> "Turn":
        """Return a turn to enter with `async with`; at_once: it follows the host's redirect."""
        gap = max(self._gap, min(crawl_delay, self._limits.longest_crawl_delay))
        gap *= 1 + self._chance() / 2
        return Turn(
            self.host(name), self.places, gap, None if at_once else self._limits.patience
        )

    def host(self, name: str) -> Host:
        """Return what we know of the host, and make it the last to be forgotten."""
        host = self._hosts.get(name)
        if host is None:
            host = self._hosts[name] = Host()
            if len(self._hosts) > self._limits.hosts:
                self._forget()
        self._hosts.move_to_end(name)
        return host

    def _forget(self) -> None:
        """Forget the host that was asked longest ago, unless it is being asked."""
        name, host = next(iter(self._hosts.items()))
        if host.users:
            self._hosts.move_to_end(name)
        else:
            del self._hosts[name]


class Turn:
    """The right to ask one host once."""

    __slots__ = ("_gap", "_host", "_patience", "_places")

    def __init__(
        self, host: Host, places: asyncio.Semaphore, gap: float, patience: float | None
    ) -> None:
        self._host = host
        self._places = places
        self._gap = gap
        self._patience = patience  # None: no wait at all

    async def __aenter__(self) -> None:
        host = self._host
        host.users += 1
        try:
            await host.lock.acquire()
        except BaseException:
            host.users -= 1
            raise
        try:
            if self._patience is not None:
                await self._wait(self._patience)
            await self._places.acquire()
        except BaseException:
            host.users -= 1
            host.lock.release()
            raise

    async def _wait(self, patience: float) -> None:
        seconds, reason = self._host.wait(asyncio.get_running_loop().time())
        if seconds > patience:
            raise TurnFarAwayError(seconds, reason)
        if seconds > 0:
            await asyncio.sleep(seconds)

    async def __aexit__(self, *_: object) -> None:
        host = self._host
        self._places.release()
        host.free_at = asyncio.get_running_loop().time() + self._gap
        host.users -= 1
        host.lock.release()
