"""Measure how many bare parses an extractor's work on a page costs.

Each page is parsed and read in turn, in CPU time of this thread (that of the process moves only
with the clock's tick while a timer counts it). A page's figure is the lowest of the rounds; the
sum of all pages' figures is divided by that of their parses. The parse is that of the page's
bytes by lexbor, its tree freed at once, as in any loop over pages: keeping all trees nearly
doubles it, for fresh memory must be had for each, and flatters the ratio.
"""

import contextlib
import signal
import time
from collections.abc import Callable, Sequence
from types import FrameType
from typing import Final, TypeVar

from selectolax.lexbor import LexborHTMLParser

from benchmarks.truth import Page

T = TypeVar("T")
# Six runs on two cores that eighteen processes wanted, and one with the cores to itself, lay so
# far above or below their median.
NOISE: Final = 0.15
_LONGEST: Final = 20.0  # CPU seconds of one page


class Overdue(Exception):  # noqa: N818 - the word for a page, not a fault of ours
    """A reader took too long over a page."""


def limited(read: Callable[[Page, bytes], T], page: Page, html: bytes) -> T:
    """Read a page; raise Overdue after 20 CPU seconds."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise Overdue(page.id)

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, _LONGEST)
    try:
        return read(page, html)
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def pace(
    pages: Sequence[tuple[Page, bytes]], read: Callable[[Page, bytes], object], rounds: int
) -> float:
    """Return the CPU time of reading all pages over that of parsing them."""
    parsed = [float("inf")] * len(pages)
    done = [float("inf")] * len(pages)
    for _ in range(rounds):
        for number, (page, html) in enumerate(pages):
            begun = time.thread_time()
            LexborHTMLParser(html)
            between = time.thread_time()
            with contextlib.suppress(Overdue):  # counted with the time it had
                limited(read, page, html)
            ended = time.thread_time()
            parsed[number] = min(parsed[number], between - begun)
            done[number] = min(done[number], ended - between)
    return sum(done) / sum(parsed)
