"""Hold each source to its promise: 95 of 100 articles seen within the objective. Pure.

An article is measured from the time its page gives to the time we first saw its address. What
was there before we watched is no lateness of ours; a publisher whose clock or zone is wrong
cannot be measured at all, and is named instead of blamed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

PROMISED = 0.95  # of the articles are seen within the objective
BACKLOG_S = 86_400.0  # older when first seen: it was there before we watched
FEW = 5  # articles in a day; of fewer, one late one says nothing
EARLY_S = -120.0  # seen so long before it was published: no clock is that good
STEP_S = 1800.0  # time zones lie half an hour apart


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """How a time is spread, in seconds."""

    count: int
    p50: float
    p95: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """How a source's promise fares over a time."""

    spread: Spread | None  # None: nothing to measure
    objective_s: float
    late: int = 0  # articles seen later than the objective
    clock_note: str = ""  # empty: its clock seems right

    @property
    def burn(self) -> float:
        """Return how much of the error budget is spent: beyond 1 the promise is broken."""
        if self.spread is None:
            return 0.0
        return self.late / self.spread.count / (1 - PROMISED)

    @property
    def broken(self) -> bool:
        """Tell whether the promise is broken, as far as can be said."""
        return (
            self.spread is not None
            and self.spread.count >= FEW
            and self.burn > 1
            and not self.clock_note
        )

    def __str__(self) -> str:
        """Write it for a person."""
        if self.clock_note:
            return self.clock_note
        if self.spread is None:
            return "nothing to measure"
        most = self.objective_s / 60
        half, nearly_all = self.spread.p50 / 60, self.spread.p95 / 60
        return (
            f"{self.late} of {self.spread.count} articles were seen later than {most:.0f} min "
            f"after publication (half within {half:.0f}, 95 % within {nearly_all:.0f} min)"
        )


def keep_promise(seconds: Sequence[float], objective: timedelta) -> Kept:
    """Judge a source by how many seconds after publication its articles were seen."""
    believed = [each for each in seconds if 0 <= each <= BACKLOG_S]
    limit = objective.total_seconds()
    return Kept(
        spread=spread(believed),
        objective_s=limit,
        late=sum(each > limit for each in believed),
        clock_note=clock_note([each for each in seconds if each <= BACKLOG_S]),
    )


def spread(seconds: Sequence[float]) -> Spread | None:
    """Return how the seconds are spread; None: there are none."""
    if not seconds:
        return None
    ordered = sorted(seconds)
    return Spread(
        count=len(ordered),
        p50=ordered[(len(ordered) - 1) // 2],
        p95=ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))],
    )


def clock_note(seconds: Sequence[float]) -> str:
    """Say so when a publisher's stamps are off, ahead or behind; empty: they seem right."""
    if len(seconds) < FEW:
        return ""
    ordered = sorted(seconds)
    early = [each for each in ordered if each < EARLY_S]
    if len(early) * 2 >= len(ordered):
        ahead = -early[len(early) // 2]
        return (
            f"{len(early)} of its last {len(ordered)} articles were stamped after we had seen "
            f"them, by {_span(ahead)}: its clock, or the timezone in its file, is wrong"
        )
    least, middle = ordered[0], ordered[len(ordered) // 2]
    # Never once fresh, and all alike: a zone that is off shifts every article by the same.
    if least >= 2 * STEP_S - 600 and middle - least < STEP_S:
        return (
            f"none of its last {len(ordered)} articles was younger than {_span(least)} when it "
            f"appeared: its timezone here is wrong, or it stamps long before it publishes"
        )
    return ""


def _span(seconds: float) -> str:
    return f"{seconds / 60:.0f} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"
