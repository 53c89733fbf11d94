"""What a source showed while we looked away is exactly what declared gaps cover."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.discover.overlap import FirstLook, Missed, Overlap, compare, remember
from storage.found import Found
from tests.making import NOW

MINUTE = timedelta(minutes=1)


def found(n: int, published: datetime | date | None = None) -> Found:
    return Found(url=f"https://newsroom.example/news/{n}", way="feed", published=published)


def window(numbers: Sequence[int]) -> list[Found]:
    return [found(n) for n in numbers]


@pytest.mark.parametrize(
    ("before", "now", "outcome"),
    [
        pytest.param([], [1, 2], FirstLook(), id="nothing was shown before"),
        pytest.param([1, 2], [], FirstLook(), id="nothing is shown now"),
        pytest.param([1, 2], [2, 1], Overlap(drained=0), id="the same in another order"),
        pytest.param([1, 2], [2, 3, 4, 5], Overlap(drained=0.75), id="one of four is known"),
        pytest.param([1, 2], [3], Missed(since=NOW - MINUTE, until=NOW), id="nothing"),
    ],
)
def test_two_looks_are_compared(before: list[int], now: list[int], outcome: object) -> None:
    remembered = remember(window(before))
    assert compare(remembered, window(now), looked=NOW - MINUTE, now=NOW) == outcome


def test_the_same_link_in_another_dress_is_in_common() -> None:
    remembered = remember(window([1, 2]))
    dressed = [Found(url="http://www.newsroom.example/news/2?utm_source=rss", way="feed")]
    assert compare(remembered, dressed, looked=NOW, now=NOW) == Overlap(drained=0)


def test_a_gap_ends_with_the_oldest_article_now_shown() -> None:
    shown = [found(8, NOW - 5 * MINUTE), found(7, NOW - 9 * MINUTE)]
    missed = compare(remember(window([1])), shown, looked=NOW - 60 * MINUTE, now=NOW)
    assert missed == Missed(since=NOW - 60 * MINUTE, until=NOW - 9 * MINUTE)


def test_articles_that_stay_pinned_hide_no_gap() -> None:
    pinned = found(0, NOW - timedelta(days=30))
    before = [pinned, *(found(n, NOW - timedelta(hours=n)) for n in range(1, 6))]
    shown = [pinned, found(7, NOW - 3 * MINUTE), found(8, NOW - 2 * MINUTE)]
    missed = compare(remember(before), shown, looked=NOW - 30 * MINUTE, now=NOW)
    assert missed == Missed(since=NOW - 30 * MINUTE, until=NOW - 3 * MINUTE)


def test_articles_taken_back_are_no_gap() -> None:
    before = [found(n, NOW - timedelta(hours=n)) for n in range(1, 9)]
    shown = before[4:]
    outcome = compare(remember(before), shown, looked=NOW - MINUTE, now=NOW)
    assert outcome == Overlap(drained=0)


def test_new_addresses_for_old_articles_are_no_gap() -> None:
    before = [found(n, NOW - timedelta(hours=n)) for n in range(1, 9)]
    shown = [found(100 + n, NOW - timedelta(hours=n)) for n in range(1, 5)] + before[4:]
    outcome = compare(remember(before), shown, looked=NOW - MINUTE, now=NOW)
    assert outcome == Overlap(drained=0.5)


def test_a_memory_that_cannot_be_read_is_none() -> None:
    assert compare("\x00 ''", window([1]), looked=NOW, now=NOW) == FirstLook()


@settings(deadline=None, max_examples=60)
@given(
    size=st.integers(1, 8),
    pins=st.integers(0, 2),
    pauses=st.lists(st.integers(1, 30), min_size=1, max_size=60),
    polled=st.lists(st.booleans(), min_size=400, max_size=400),
)
def test_missed_articles_are_exactly_those_that_declared_gaps_cover(
    size: int, pins: int, pauses: list[int], polled: list[bool]
) -> None:
    """A site shows its newest `size` articles, and some old ones pinned above them.

    Each minute we look, or an outage forbids it.
    """
    # A window of one with pins is not told apart from an article taken back.
    pins = pins if size >= 2 * pins + 2 else 0
    pinned = [found(-n, NOW - timedelta(days=n)) for n in range(1, pins + 1)]
    published: list[tuple[int, datetime]] = []
    at = NOW
    for n, pause in enumerate(pauses):
        published.append((n, at))
        at += pause * MINUTE
    seen: set[int] = set()
    gaps: list[Missed] = []
    remembered, looked = "", None
    for minute in range(int((at - NOW) / MINUTE) + 1):
        now = NOW + minute * MINUTE + MINUTE / 2
        if not polled[minute % len(polled)] or not pauses:
            continue
        shown = [(n, when) for n, when in published if when <= now][-size:]
        links = pinned + [found(n, when) for n, when in reversed(shown)]
        outcome = compare(remembered, links, looked=looked, now=now)
        if isinstance(outcome, Missed):
            gaps.append(outcome)
        remembered, looked = remember(links), now
        seen.update(n for n, _ in shown)
    if looked is None:
        return
    first = min(seen)
    missed = {n for n, when in published if n not in seen and n > first and when <= looked}
    covered = {n for n, when in published if any(gap.since < when < gap.until for gap in gaps)}
    assert missed == covered
