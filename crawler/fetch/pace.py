"""Give every host its turn: one request at a time, a gap between two, 64 over all hosts.

A wait longer than our patience is not slept through: the caller gets the time to come back.
Whoever waits for a host holds no place that another host could use. Nor does a slow host: a
turn that lasts gives its place back, and for a while the host waits among its like.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Callable

from crawler.fetch.circuit import Circuit
from crawler.fetch.limits import FetchLimits


class TurnFarAwayError(Exception):
    """The host is not to be asked for longer than we wait in place."""

    def __init__(self, seconds: float, reason: str) -> None:
        self.seconds = seconds  # from now
        super().__init__(reason)


class Host:
    """How one host is to be treated, and how many want to ask it."""

    __slots__ = ("circuit", "free_at", "guests", "lock", "slow_until", "users")

    def __init__(self) -> None:
        self.lock = asyncio.Lock()
        self.guests = asyncio.Lock()  # one at a time waits with those who are at home
        self.free_at = 0.0  # on the loop's clock
        self.circuit = Circuit()
        self.slow_until = 0.0  # until when it waits among the slow
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
        self.limits = limits
        self._gap = gap
        self._chance = chance
        self.places = asyncio.Semaphore(in_flight)
        self.dripping = 0  # turns under way that have given their place back
        self.slow_places = asyncio.Semaphore(max(1, in_flight // 2))
        self._hosts: OrderedDict[str, Host] = OrderedDict()

    def turn(
        self, name: str, *, crawl_delay: float = 0.0, at_once: bool = False, guest: bool = False
    ) -> "Turn":
        """Return a turn to enter with `async with`.

        At once: it follows the host's redirect. A guest was led here from another's house: all
        guests together get no more than every second turn.
        """
        gap = max(self._gap, min(crawl_delay, self.limits.longest_crawl_delay))
        gap *= 1 + self._chance() / 2
        patience = None if at_once else self.limits.patience
        return Turn(self, self.host(name), gap, patience, guest=guest)

    def host(self, name: str) -> Host:
        """Return what we know of the host, and make it the last to be forgotten."""
        host = self._hosts.get(name)
        if host is None:
            host = self._hosts[name] = Host()
            if len(self._hosts) > self.limits.hosts:
                self._forget()
        self._hosts.move_to_end(name)
        return host

    def forgive(self) -> None:
        """Close every circuit: what opened them was our own network."""
        for host in self._hosts.values():
            host.circuit = Circuit()

    def _forget(self) -> None:
        """Forget the host that was asked longest ago, unless it is being asked."""
        name, host = next(iter(self._hosts.items()))
        if host.users:
            self._hosts.move_to_end(name)
        else:
            del self._hosts[name]


class Turn:
    """The right to ask one host once."""

    __slots__ = (
        *("_dripping", "_gap", "_guest", "_held", "_host", "_line"),
        *("_pace", "_patience", "_place", "_timer"),
    )

    def __init__(
        self,
        pace: Pace,
        host: Host,
        gap: float,
        patience: float | None,
        *,
        guest: bool,
    ) -> None:
        self._pace = pace
        self._host = host
        self._gap = gap
        self._patience = patience  # None: no wait at all
        self._guest = guest
        self._line = (host.guests, host.lock) if guest else (host.lock,)
        self._held: list[asyncio.Lock] = []
        self._place: asyncio.Semaphore | None = None  # None: none is held
        self._timer: asyncio.TimerHandle | None = None
        self._dripping = False

    async def __aenter__(self) -> None:
        self._host.users += 1
        try:
            for lock in self._line:
                await lock.acquire()
                self._held.append(lock)
            if self._patience is not None:
                await self._wait(self._patience)
            await self._take_place()
        except BaseException:
            self._leave()
            raise

    async def _wait(self, patience: float) -> None:
        seconds, reason = self._host.wait(asyncio.get_running_loop().time())
        if seconds > patience:
            raise TurnFarAwayError(seconds, reason)
        if seconds > 0:
            await asyncio.sleep(seconds)

    async def _take_place(self) -> None:
        loop, pace = asyncio.get_running_loop(), self._pace
        slow = self._host.slow_until > loop.time()
        place = pace.slow_places if slow else pace.places
        await place.acquire()
        self._place = place
        self._timer = loop.call_later(pace.limits.slow_after, self._be_slow)

    def _be_slow(self) -> None:
        """Give the place to others: what drips costs a socket, and nobody's time."""
        if not self._guest:
            until = asyncio.get_running_loop().time() + self._pace.limits.slow_for
            self._host.slow_until = until
        if (
            self._place is self._pace.places
            and self._pace.dripping < self._pace.limits.slow_most
        ):
            self._give_back()
            self._dripping = True
            self._pace.dripping += 1

    def _give_back(self) -> None:
        if self._place is not None:
            self._place.release()
            self._place = None

    async def __aexit__(self, *_: object) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._give_back()
        self._pace.dripping -= self._dripping
        self._host.free_at = asyncio.get_running_loop().time() + self._gap
        self._leave()

    def _leave(self) -> None:
        while self._held:
            self._held.pop().release()
        self._host.users -= 1
