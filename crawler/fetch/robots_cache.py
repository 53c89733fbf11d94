"""Keep what each origin's robots.txt says: for a day, and longer only while it is out of reach.

What was read is left to the next process, too: a start asks no origin for what we know. The
texts of all origins are kept, packed; the parsed rules only of as many as fit: parsed they are
ten times as large as the text.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from config.source import Source
from crawler.clock import Clock
from crawler.fetch.outcome import (
    Deferred,
    Failed,
    FailureKind,
    Fetched,
    FetchKind,
    FetchRequest,
    Gone,
    Outcome,
    Refused,
)
from crawler.fetch.robots import Closed, Open, Packed, Rules, pack, read_robots
from crawler.fetch.target import Target
from storage.robots import KEPT, KeptRobots

_FRESH = timedelta(hours=24)  # RFC 9309, 2.4
_SHORTEST = timedelta(hours=1)  # whatever Cache-Control says
_LOOK_AGAIN = timedelta(minutes=10)  # when it was out of reach
_ORIGINS = 20_000
# What would meet every page of the host, too: no reason to ask the page.
_OF_THE_HOST = frozenset(
    {
        *(FailureKind.DNS, FailureKind.CONNECT, FailureKind.TLS),
        *(FailureKind.TIMEOUT, FailureKind.TOO_SLOW, FailureKind.TRUNCATED),
    }
)
_LARGE = 32 * 1024  # bytes
_TEXT_BYTES = 16 * 1024 * 1024  # packed; 20,000 of the press take half of it
_PARSED_BYTES = 4 * 1024 * 1024  # of text: parsed 40 MB
_EMPTY = pack(b"")


class Shelf(Protocol):
    """Where files outlive the process."""

    async def find(self, origin: str) -> KeptRobots | None:
        """Return what an earlier process read; None: nothing."""

    async def keep(self, origin: str, robots: KeptRobots) -> None:
        """Leave what was read to the next process."""


@dataclass(slots=True, kw_only=True)
class _Known:
    """What we know of one origin."""

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    file: Packed | None = None  # None: there is none, or it was never reached
    verdict: Rules | None = None  # Open or Closed; None: as the text says
    expires: datetime | None = None  # None: never asked
    read_at: datetime | None = None


class RobotsCache:
    """Answer for every origin which rules count now."""

    def __init__(
        self,
        token: str,
        fetch: Callable[[FetchRequest], Awaitable[Outcome]],
        clock: Clock,
        *,
        shelf: Shelf | None = None,
        text_bytes: int = _TEXT_BYTES,
        parsed_bytes: int = _PARSED_BYTES,
    ) -> None:
        self._token = token
        self._most_text = text_bytes
        self._most_parsed = parsed_bytes
        self._fetch = fetch
        self._clock = clock
        self._shelf = shelf
        self._known: OrderedDict[str, _Known] = OrderedDict()
        self._text_bytes = 0
        self._parsed: OrderedDict[str, tuple[Packed, Rules]] = OrderedDict()
        self._parsed_bytes = 0

    async def rules(
        self, target: Target, source: Source
    ) -> Rules | Deferred | Refused | Failed:
        """Return the rules for the target's origin, fetched when they are not at hand.

        What keeps us from the host as a whole (no address, no connection, a refusal) is
        returned as it is: it would meet the page, too.
        """
        origin = target.origin
        known = self._of(origin)
        if not self._counts(known):
            async with known.lock:
                if known.expires is None:
                    await self._recall(origin, known)
                if not self._counts(known):
                    obstacle = await self._renew(origin, known, source)
                    if obstacle:
                        return obstacle
        return known.verdict or await self._parse(origin, known.file or _EMPTY)

    async def learn(self, origin: str, outcome: Outcome) -> None:
        """Take up what came of an origin's robots.txt that was asked for its own sake."""
        await self._take(origin, self._of(origin), outcome)

    def _of(self, origin: str) -> _Known:
        known = self._known.get(origin)
        if known is None:
            known = self._known[origin] = _Known()
        self._known.move_to_end(origin)
        return known

    def _counts(self, known: _Known) -> bool:
        return known.expires is not None and known.expires > self._clock()

    async def _recall(self, origin: str, known: _Known) -> None:
        """Go on with what an earlier process read."""
        kept = await self._shelf.find(origin) if self._shelf else None
        if kept is None or kept.read_at > self._clock():  # the clock ran ahead then
            return
        if kept.packed is None:
            known.verdict = Open()
        else:
            self._keep(known, Packed(kept.size, kept.packed))
            known.read_at = kept.read_at
        known.expires = kept.expires
        self._forget()

    async def _renew(
        self, origin: str, known: _Known, source: Source
    ) -> Deferred | Refused | Failed | None:
        url = f"{origin}/robots.txt"
        outcome = await self._fetch(FetchRequest(url=url, kind=FetchKind.ROBOTS, source=source))
        return await self._take(origin, known, outcome)

    async def _take(
        self, origin: str, known: _Known, outcome: Outcome
    ) -> Deferred | Refused | Failed | None:
        now = self._clock()
        has_rules = known.read_at is not None and now - known.read_at <= KEPT
        match outcome:
            case Deferred() | Refused():
                return outcome
            case Failed(kind=kind) if kind in _OF_THE_HOST:
                return None if has_rules else outcome
            case Fetched(body=body, max_age=asked):
                self._keep(known, pack(body))
                known.verdict, known.read_at = None, now
                known.expires = now + (_FRESH if asked is None else max(asked, _SHORTEST))
                await self._leave(origin, known, now)
            case _ if _absent(outcome):
                self._keep(known, None)
                known.verdict, known.read_at = Open(), None
                known.expires = now + _FRESH
                await self._leave(origin, known, now)
            case _:
                if not has_rules:
                    known.verdict = Closed(_why(outcome))
                known.expires = now + _LOOK_AGAIN
        self._forget()
        return None

    async def _leave(self, origin: str, known: _Known, now: datetime) -> None:
        """Leave what the origin answered to the next process."""
        if self._shelf is not None and known.expires is not None:
            size, packed = known.file or (0, None)
            kept = KeptRobots(size=size, packed=packed, read_at=now, expires=known.expires)
            await self._shelf.keep(origin, kept)

    async def _parse(self, origin: str, file: Packed) -> Rules:
        """Return the rules of the file, parsed now or lately."""
        found = self._parsed.get(origin)
        if found is not None and found[0] is file:
            self._parsed.move_to_end(origin)
            return found[1]
        if file.size > _LARGE:  # 500 KiB of rules take 150 ms: the loop goes on meanwhile
            rules = await asyncio.to_thread(read_robots, file, self._token)
        else:
            rules = read_robots(file, self._token)
        found = self._parsed.pop(origin, None)
        self._parsed[origin] = (file, rules)
        self._parsed_bytes += file.size - (found[0].size if found else 0)
        while self._parsed_bytes > self._most_parsed and len(self._parsed) > 1:
            _, (dropped, _) = self._parsed.popitem(last=False)
            self._parsed_bytes -= dropped.size
        return rules

    def _keep(self, known: _Known, file: Packed | None) -> None:
        self._text_bytes += _packed(file) - _packed(known.file)
        known.file = file

    def _forget(self) -> None:
        """Forget the origins that were asked for longest ago, as long as there are too many."""
        while len(self._known) > _ORIGINS or self._text_bytes > self._most_text:
            origin, known = next(iter(self._known.items()))
            if known.lock.locked():
                return
            del self._known[origin]
            self._text_bytes -= _packed(known.file)


def _packed(file: Packed | None) -> int:
    return 0 if file is None else len(file.data)


def _absent(outcome: Outcome) -> bool:
    """Say whether there is no robots.txt: RFC 9309, 2.3.1.2 and 2.3.1.3."""
    match outcome:
        case Gone():
            return True
        case Failed(kind=FailureKind.RATE_LIMITED):
            return False  # it is there, but we ask too often
        case Failed(kind=FailureKind.REDIRECTS):
            return True
        case Failed(status=status):
            return status is not None and 400 <= status < 500
        case _:
            return False


def _why(outcome: Outcome) -> str:
    return getattr(outcome, "reason", "") or "robots.txt is out of reach"
