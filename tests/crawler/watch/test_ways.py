"""An auto source's ways come and go with its site; none is forgotten."""

from dataclasses import replace
from datetime import timedelta

import pytest

from crawler.discover.outcome import Way, WayKind
from crawler.watch.ways import is_search_due, known_ways, merge_ways
from storage.sources import SourceState
from storage.ways import WayState
from tests.making import NOW

HOUR = timedelta(hours=1)


def way(path: str) -> Way:
    return Way(kind=WayKind.FEED, url=f"https://newsroom.example/{path}")


def saved(path: str, failures: float = 0.0) -> WayState:
    return WayState(
        source_id="newsroom",
        url=way(path).url,
        kind="feed",
        discovered=True,
        failures=failures,
    )


def state(*ways: WayState, **changes: object) -> SourceState:
    plain = SourceState(source_id="newsroom", next_at=NOW, explored_at=NOW, ways=ways)
    return replace(plain, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("of", "later", "due"),
    [
        pytest.param(state(), HOUR, True, id="no way is known"),
        pytest.param(state(saved("a")), 24 * HOUR, False, id="a day ago"),
        pytest.param(state(saved("a")), 7 * 24 * HOUR, True, id="a week ago"),
        pytest.param(state(saved("a"), failures=2.0), 11 * HOUR, False, id="trouble, just now"),
        pytest.param(
            state(saved("a"), failures=2.0), 12 * HOUR, True, id="trouble, half a day"
        ),
        pytest.param(state(saved("a"), explored_at=None), HOUR, True, id="never searched"),
        pytest.param(
            state(replace(saved("a"), retired_at=NOW)), HOUR, True, id="all ways are retired"
        ),
    ],
)
def test_a_site_is_searched_again(of: SourceState, later: timedelta, due: bool) -> None:
    assert is_search_due(of, NOW + later) is due


def test_a_new_way_is_added_and_one_that_works_is_kept() -> None:
    plan = merge_ways(state(saved("a")), [way("b")], NOW)
    assert plan.ways == (way("b"), way("a"))
    assert plan.retired == ()


def test_a_way_that_fails_and_is_not_found_again_is_retired() -> None:
    of = state(saved("a", failures=3.0), saved("b"))
    plan = merge_ways(of, [way("b")], NOW)
    assert plan.ways == (way("b"),)
    assert plan.retired == (replace(saved("a", failures=3.0), retired_at=NOW),)


def test_a_way_that_fails_but_is_found_again_stays() -> None:
    assert merge_ways(state(saved("a", failures=3.0)), [way("a")], NOW).ways == (way("a"),)


def test_a_search_that_finds_nothing_changes_nothing() -> None:
    plan = merge_ways(state(saved("a", failures=9.0)), [], NOW)
    assert plan.ways == (way("a"),)
    assert plan.retired == ()


def test_retired_and_configured_ways_are_no_discovered_ones() -> None:
    of = state(replace(saved("a"), retired_at=NOW), replace(saved("b"), discovered=False))
    assert known_ways(of) == ()
