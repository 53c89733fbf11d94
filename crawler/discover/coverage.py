"""Reconcile the ways of one source: how much of all its articles does each show. Pure."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from crawler.discover.outcome import Way
from storage.canonical import identity_key
from storage.found import Found
from storage.stamp import maybe_instant


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """What one way showed of what all ways of its source show."""

    way: Way
    links: int
    share: float  # of all different articles of all ways
    only_here: int  # articles that no other way shows
    newest: datetime | None  # None: it tells no dates


def cover(shown: Mapping[Way, Sequence[Found]]) -> tuple[Coverage, ...]:
    """Return the coverage of each way, in the order in which they came.

    An article is the same under http and https, with and without tracking, AMP or mobile.
    """
    keys = {way: {identity_key(link.url) for link in links} for way, links in shown.items()}
    ways_of = Counter(key for of_way in keys.values() for key in of_way)
    return tuple(
        Coverage(
            way=way,
            links=len(keys[way]),
            share=len(keys[way]) / len(ways_of) if ways_of else 0.0,
            only_here=sum(1 for key in keys[way] if ways_of[key] == 1),
            newest=newest_of(links),
        )
        for way, links in shown.items()
    )


def newest_of(links: Sequence[Found]) -> datetime | None:
    """Return when the newest of the links was published; None: none of them says."""
    dates = (maybe_instant(link.published) for link in links)
    return max((date for date in dates if date is not None), default=None)
