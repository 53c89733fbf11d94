"""Ask the system for a host's addresses, with an end to the wait and to the threads."""

import asyncio
import socket
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from threading import Thread
from typing import Protocol

from crawler.fetch.errors import NameNotResolvedError
from crawler.fetch.printable import printable
from storage.site import registrable_domain

# getaddrinfo cannot be cancelled: a silent DNS server keeps its thread. So names that have
# answered have as many threads for themselves as all others together.
_THREADS = 8
_DISTRUSTED = 600.0  # seconds in which a name that kept us waiting is one of the others
_NAMES = 10_000  # remembered, of those that answered
_NEGATIVE_SECONDS = 60.0
# A lost packet is over sooner: the second quick retry of a fetch (limits.py) asks again.
_TEMPORARY_SECONDS = 5.0
_NEGATIVE_NAMES = 1000
_NEVER = (0.0, "")

Lookup = Callable[[str, int], Sequence[str]]


class Resolver(Protocol):
    """Find the addresses of a host."""

    async def __call__(self, host: str, port: int, /) -> Sequence[str]:
        """Return every address, or raise NameNotResolvedError."""


def _getaddrinfo(host: str, port: int) -> list[str]:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def _lasts(error: Exception) -> float:
    """Return for how many seconds a failure is believed."""
    temporary = isinstance(error, socket.gaierror) and error.errno == socket.EAI_AGAIN
    return _TEMPORARY_SECONDS if temporary else _NEGATIVE_SECONDS


class SystemResolver:
    """Ask getaddrinfo in a few threads; remember for a while which names failed.

    The threads are daemons, one per lookup: one that DNS keeps waiting neither holds up the
    others nor the end of the process. A domain whose DNS is silent is not asked for names under
    it that are new to us: there is no end of them.
    """

    def __init__(
        self,
        timeout: float = 10.0,
        lookup: Lookup = _getaddrinfo,
        *,
        forgetful: bool = False,
        known: Iterable[str] = (),
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        """Be forgetful for askers who have a patience of their own: each lookup is made.

        known: names that answered an earlier process.
        """
        self._timeout = timeout
        self._lookup = lookup
        self._forgetful = forgetful
        self._now = now
        self._for_known = asyncio.Semaphore(_THREADS)
        self._for_others = asyncio.Semaphore(_THREADS)
        # Name → known from when on.
        self._known = OrderedDict[str, float](dict.fromkeys(known, now()))
        # Name, .domain → until when it is believed to fail, and why it did.
        self._failed: OrderedDict[str, tuple[float, str]] = OrderedDict()

    async def __call__(self, host: str, port: int) -> Sequence[str]:
        """Return every address of the host, or raise NameNotResolvedError."""
        now = self._now()
        known, domain = self._is_known(host, now), f".{registrable_domain(host)}"
        for name in (host,) if known else (host, domain):
            until, reason = self._failed.get(name, _NEVER)
            if until > now:
                raise NameNotResolvedError(f"{printable(host)}: a moment ago: {reason}")
        slots = self._for_known if known else self._for_others
        asked = False
        try:
            async with asyncio.timeout(self._timeout):
                await slots.acquire()
                asked = True
                addresses = await self._in_thread(host, port, slots)
        except TimeoutError:
            if not asked:  # not the name's doing
                reason = f"{printable(host)}: too many other names wait for DNS"
                raise NameNotResolvedError(reason) from None
            reason = f"no answer from DNS in {self._timeout:g} s"
            self._remember(host, reason)
            self._remember(domain, reason)
            self._distrust(host, now + _DISTRUSTED)
            raise NameNotResolvedError(f"{printable(host)}: {reason}") from None
        except (OSError, UnicodeError) as error:
            self._remember(host, str(error), _lasts(error))
            raise NameNotResolvedError(f"{printable(host)}: {error}") from error
        if not addresses:
            raise NameNotResolvedError(f"{printable(host)}: no address")
        if host not in self._known:
            self._know(host, now)
        return addresses

    def _is_known(self, host: str, now: float) -> bool:
        since = self._known.get(host)
        return since is not None and since <= now

    def _distrust(self, host: str, until: float) -> None:
        """Let a name that has answered once be one of the others until then."""
        if host in self._known:
            self._know(host, until)

    def _know(self, host: str, since: float) -> None:
        self._known[host] = since
        if len(self._known) > _NAMES:
            self._known.popitem(last=False)

    def _in_thread(
        self, host: str, port: int, slots: asyncio.Semaphore
    ) -> asyncio.Future[Sequence[str]]:
        """Start the lookup; its slot is free again when the thread ends, not the wait."""
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[Sequence[str]] = loop.create_future()

        def settle(found: Sequence[str], error: Exception | None) -> None:
            slots.release()
            if answer.done():
                return
            if error is None:
                answer.set_result(found)
            else:
                answer.set_exception(error)

        def look_up() -> None:
            found: Sequence[str] = ()
            problem: Exception | None = None
            try:
                found = self._lookup(host, port)
            except (OSError, UnicodeError) as error:
                problem = error
            with suppress(RuntimeError):  # the loop was closed meanwhile
                loop.call_soon_threadsafe(settle, found, problem)

        Thread(target=look_up, name=f"dns-{host[:40]}", daemon=True).start()
        return answer

    def _remember(self, name: str, reason: str, seconds: float = _NEGATIVE_SECONDS) -> None:
        if self._forgetful:
            return
        self._failed[name] = self._now() + seconds, reason
        self._failed.move_to_end(name)
        while len(self._failed) > _NEGATIVE_NAMES:
            self._failed.popitem(last=False)
