"""Show what goes on on a terminal, a bar with rate and time left; and nothing in a pipe."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from shutil import get_terminal_size
from typing import TextIO

from alerts.wording import lasting

WIDTH, NARROW = 24, 6  # of the bar, where there is room, and where there is little
Advance = Callable[[int], None]


def bar(done: int, total: int, seconds: float, what: str, columns: int = 100) -> str:
    """Write one state of the bar: what is done, how fast, how long it will still take.

    It stays within the terminal's columns: what wraps cannot be taken back.
    """
    share = min(1.0, done / total) if total else 1.0
    rate = done / seconds if seconds > 0 else 0.0
    left = (total - done) / rate if rate and done < total else 0.0
    figures = f"{done:,}/{total:,} · {rate:,.0f}/s · {lasting(left)} left"
    width = max(NARROW, min(WIDTH, columns - len(what) - len(figures) - 3))
    filled = round(share * width)
    drawn = "█" * filled + "░" * (width - filled)
    return f"{what} {drawn} {figures}"[: columns - 1]


@contextmanager
def progress(what: str, total: int, stream: TextIO = sys.stderr) -> Iterator[Advance]:
    """Yield a function that is told how many more are done."""
    if not stream.isatty():
        yield lambda _: None
        return
    started, done, shown = time.monotonic(), 0, 0.0

    def advance(more: int) -> None:
        nonlocal done, shown
        done += more
        now = time.monotonic()
        if now - shown > 0.1 or done >= total:
            shown = now
            columns = get_terminal_size().columns
            stream.write(f"\r\033[K{bar(done, total, now - started, what, columns)}")
            stream.flush()

    try:
        yield advance
    finally:
        stream.write("\r\033[K")
        stream.flush()


@contextmanager
def telling(stream: TextIO = sys.stderr) -> Iterator[Callable[[str], None]]:
    """Yield a function that shows what is under way, one line in the place of the last."""
    if not stream.isatty():
        yield lambda _: None
        return

    def say(words: str) -> None:
        stream.write(f"\r\033[K{words[: get_terminal_size().columns - 1]}")
        stream.flush()

    try:
        yield say
    finally:
        stream.write("\r\033[K")
        stream.flush()
