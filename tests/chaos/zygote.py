"""Fork daemons: each order on standard input becomes a process that runs the daemon.

    python -m tests.chaos.zygote

The interpreter has loaded everything before it forks, so that a thousand lives take minutes
rather than an hour; what runs in a life is run_daemon itself, with real workers, real files and
real sockets. Only its clock is handed in: the real one, moved by what a file says.
"""

import asyncio
import json
import os
import signal
import sys
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, ClassVar, TypeVar

from config.source import Source
from crawler.app import Ports
from crawler.clock import utc_now
from crawler.fetch.outage import NetworkDown, NetworkUp
from crawler.fetch.outcome import FetchRequest, Outcome
from crawler.places import Places
from crawler.service.daemon import run_daemon
from crawler.watch.look import Fetches
from storage.database import Database
from storage.transaction import Transaction

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class FileClock:
    """The real clock, moved on by as many seconds as a file says."""

    file: Path

    def __call__(self) -> datetime:
        """Return the time as this world has it."""
        return utc_now() + timedelta(seconds=float(self.file.read_text(encoding="ascii")))


@dataclass(slots=True)
class Border:
    """Count the borders between two steps, and die at one of them."""

    at: int  # 0: at none
    passed: int = 0

    def step(self) -> None:
        """Pass one border."""
        self.passed += 1
        if self.passed == self.at:
            os.kill(os.getpid(), signal.SIGKILL)


@dataclass(slots=True)
class MortalFetcher:
    """Fetch, and pass a border before and after."""

    real: Fetches
    border: Border

    async def fetch(self, request: FetchRequest) -> Outcome:
        """Return what came of the request."""
        self.border.step()
        outcome = await self.real.fetch(request)
        self.border.step()
        return outcome

    def network(self, source: Source | None = None) -> NetworkUp | NetworkDown:
        """Say whether our own network is down."""
        return self.real.network(source)


class MortalDatabase(Database):
    """Write, and pass a border before and after the commit."""

    border: ClassVar[Border] = Border(at=0)

    async def write(self, work: Callable[[Transaction], T]) -> T:
        """Write one work."""
        self.border.step()
        result = await super().write(work)
        self.border.step()
        return result


def say(line: str) -> None:
    """Write a line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def live(order: dict[str, Any]) -> None:
    """Be the daemon until told to stop, or dead."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.setsid()
    log = os.open(order["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    nothing = os.open(os.devnull, os.O_RDONLY)
    for number, file in ((0, nothing), (1, log), (2, log)):
        os.dup2(file, number)
    border = MortalDatabase.border = Border(at=order["border"])
    ports = Ports(
        clock=FileClock(Path(order["clock"])),
        fetcher=lambda real: MortalFetcher(real, border),
        database=MortalDatabase,
    )
    places = Places(config=Path(order["config"]), data=Path(order["data"]))
    asyncio.run(run_daemon(places, order["environ"], say=say, ports=ports))


def main() -> None:
    """Fork for every order, print the child's id; children are collected by the kernel."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            try:
                live(json.loads(line))
            except BaseException:  # noqa: BLE001 - written where the test looks for it
                traceback.print_exc()
                sys.stderr.flush()
                os._exit(1)
            os._exit(0)
        say(str(child))


if __name__ == "__main__":
    main()
