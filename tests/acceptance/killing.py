"""Doors that a process dies at: the nth step before or after a fetch or a commit."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar, TypeVar

from config.source import Source
from crawler.fetch.outage import NetworkDown, NetworkUp
from crawler.fetch.outcome import FetchRequest, Outcome
from crawler.watch.look import Fetches
from storage.database import Database
from storage.transaction import Transaction

T = TypeVar("T")


class Killed(BaseException):
    """The process is dead: nothing of it does anything more."""


@dataclass(slots=True)
class Fate:
    """Let the process die at one of its steps."""

    at: int  # 0: never
    steps: int = 0

    def step(self) -> None:
        """Pass one border between two steps; once dead, every border is the last."""
        self.steps += 1
        if self.at and self.steps >= self.at:
            raise Killed


class MortalFetcher:
    """Fetch, unless the process dies before or after."""

    def __init__(self, real: Fetches, fate: Fate) -> None:
        self._real = real
        self._fate = fate

    async def fetch(self, request: FetchRequest) -> Outcome:
        self._fate.step()
        outcome = await self._real.fetch(request)
        self._fate.step()
        return outcome

    def network(self, source: Source | None = None) -> NetworkUp | NetworkDown:
        return self._real.network(source)


class MortalDatabase(Database):
    """Write, unless the process dies before or after the commit."""

    fate: ClassVar[Fate] = Fate(at=0)

    async def write(self, work: Callable[[Transaction], T]) -> T:
        self.fate.step()
        result = await super().write(work)
        self.fate.step()
        return result
