"""Decide which ways of an auto source are polled, and when its site is searched for others.

Pure: what was found is handed in. Ways come and go: a site gets a new feed, moves an old one; a
way that fails and is not found again is retired, never forgotten.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from crawler.discover.auto import NoAnswer, is_recheck_due
from crawler.discover.outcome import Way, WayKind
from storage.sources import SourceState
from storage.ways import WayState

TROUBLED = 2.0  # failures in a row, weighed, after which the site is searched again sooner
_FAILING = 1.0  # of one way


@dataclass(frozen=True, slots=True, kw_only=True)
class WayPlan:
    """What is polled now, and what is not any more."""

    ways: tuple[Way, ...]
    retired: tuple[WayState, ...] = ()  # to be saved
    unanswered: NoAnswer | None = None  # why a search found no way: the site did not answer


def known_ways(state: SourceState) -> tuple[Way, ...]:
    """Return the ways that an earlier search found and that are still polled."""
    return tuple(
        Way(kind=WayKind(each.kind), url=each.url)
        for each in state.ways
        if each.discovered and each.retired_at is None and each.kind
    )


def is_search_due(state: SourceState, now: datetime) -> bool:
    """Say whether the site is to be searched: never yet, long ago, or nothing works."""
    troubled = state.failures >= TROUBLED
    return not known_ways(state) or is_recheck_due(state.explored_at, now, troubled=troubled)


def merge_ways(state: SourceState, found: Sequence[Way], now: datetime) -> WayPlan:
    """Return what to poll after a search; one that found nothing changes nothing."""
    known = known_ways(state)
    if not found:
        return WayPlan(ways=known)
    urls = {way.polled for way in found}
    failing = {each.url for each in _lost(state.ways, urls) if each.failures >= _FAILING}
    kept = [way for way in known if way.url not in urls | failing]
    retired = (replace(each, retired_at=now) for each in state.ways if each.url in failing)
    return WayPlan(ways=(*found, *kept), retired=tuple(retired))


def _lost(states: Iterable[WayState], found: set[str]) -> Iterable[WayState]:
    return (s for s in states if s.discovered and s.retired_at is None and s.url not in found)
