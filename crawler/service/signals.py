"""Heed signals from the first moment of a run to its last: SIGTERM always ends it with 0."""

import asyncio
import contextlib
import signal
from collections.abc import Iterator
from dataclasses import dataclass, field

from crawler.service.early import ENDING
from crawler.service.scheduler import Bell


@dataclass(slots=True, kw_only=True)
class Told:
    """What a run is told from outside: to stop, or to read its configuration again."""

    stopping: asyncio.Event = field(default_factory=asyncio.Event)
    reload_bell: Bell = field(default_factory=lambda: Bell("reload"))
    reload_all: bool = False  # whether or not files changed

    def stop(self) -> None:
        """Take no more work; what is under way may finish."""
        self.stopping.set()

    def reload(self) -> None:
        """Read the configuration again, whether or not its files changed."""
        self.reload_all = True
        self.reload_bell.ring()


@contextlib.contextmanager
def heeding() -> Iterator[Told]:
    """Heed signals on the running loop while the block runs; after it, none interrupts."""
    loop, told = asyncio.get_running_loop(), Told()
    for number in ENDING:
        loop.add_signal_handler(number, told.stop)
    loop.add_signal_handler(signal.SIGHUP, told.reload)
    try:
        yield told
    finally:
        for number in (*ENDING, signal.SIGHUP):
            loop.remove_signal_handler(number)
            # The work is done; a second SIGTERM must not make an error of a good end.
            signal.signal(number, signal.SIG_IGN)
