"""Measure how many bare parses an extractor's work on a page costs.

Each page is parsed and read in turn, in CPU time of this thread (that of the process moves only
with the clock's tick while a timer counts it). A page's figure is the lowest of the rounds; the
sum of all pages' figures is divided by that of their parses. The parse is that of the page's
bytes by lexbor, its tree freed at once, as in any loop over pages: keeping all trees nearly
doubles it, for fresh memory must be had for each, and flatters the ratio.
"""

import signal
import time
from collections.abc import Callable, Sequence
from types import FrameType
from typing import Final, TypeVar

from selectolax.lexbor import LexborHTMLParser

from benchmarks.truth import Page

T = TypeVar("T")
# Five runs at a load of 12 to 18 lay within 4 % of each other; a quiet machine and
# a busy one 8 % apart.
NOISE: Final = 0.15
_LONGEST: Final = 20.0  # CPU seconds of one page


class _Overdue(Exception):  # noqa: N818 - the word for a page, not a fault of ours
    """A reader took too long over a page."""


def read_all(
    pages: Sequence[tuple[Page, bytes]], read: Callable[[Page, bytes], T], rounds: int
) -> tuple[list[T | None], float]:
    """Return what was read of each page (None: it took too long), and the ratio."""
    answers: list[T | None] = [None] * len(pages)
    parsed = [float("inf")] * len(pages)
    done = [float("inf")] * len(pages)
    for _ in range(rounds):
        for number, (page, html) in enumerate(pages):
            begun = time.thread_time()
            LexborHTMLParser(html)
            between = time.thread_time()
            answers[number] = _limited(read, page, html)
            ended = time.thread_time()
            parsed[number] = min(parsed[number], between - begun)
            done[number] = min(done[number], ended - between)
    return answers, sum(done) / sum(parsed)


def _limited(read: Callable[[Page, bytes], T], page: Page, html: bytes) -> T | None:
    def stop(_number: int, _frame: FrameType | None) -> None:
        raise _Overdue

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, _LONGEST)
    try:
        return read(page, html)
    except _Overdue:
        return None
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
