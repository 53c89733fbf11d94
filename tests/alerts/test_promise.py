"""A source's promise is judged by what can be measured; a wrong clock is named, not blamed."""

from datetime import timedelta

import pytest

from alerts.promise import keep_promise

MIN, HOUR = 60.0, 3600.0
OBJECTIVE = timedelta(minutes=30)


@pytest.mark.parametrize(
    ("seconds", "late", "broken", "note"),
    [
        pytest.param([], 0, False, "", id="nothing to measure"),
        pytest.param([5 * MIN] * 40, 0, False, "", id="in time"),
        pytest.param([5 * MIN] * 39 + [HOUR], 1, False, "", id="one in forty is in the budget"),
        pytest.param([5 * MIN] * 36 + [HOUR] * 4, 4, True, "", id="four in forty are not"),
        pytest.param([HOUR] * 4, 4, False, "", id="too few to say"),
        pytest.param([30 * HOUR] * 40, 0, False, "", id="was there before we watched"),
        pytest.param([-55 * MIN] * 10, 0, False, "55 min", id="stamps from the future"),
        pytest.param([-3 * HOUR] * 10, 0, False, "3.0 h", id="a zone three hours off"),
        pytest.param(
            [4 * HOUR + n * MIN for n in range(20)], 20, False, "younger than 4.0 h",
            id="a zone that makes everything old",
        ),
        pytest.param(
            [n * 10 * MIN for n in range(40)], 36, True, "", id="late, but not all alike"
        ),
        pytest.param([-30.0] * 10, 0, False, "", id="a few seconds are no wrong clock"),
    ],
)  # fmt: skip
def test_a_promise_is_broken_by_those_seen_too_late_and_a_wrong_clock_is_named(
    seconds: list[float], late: int, broken: bool, note: str
) -> None:
    kept = keep_promise(seconds, OBJECTIVE)
    assert (kept.late, kept.broken) == (late, broken)
    assert note in kept.clock_note
    assert bool(kept.clock_note) == bool(note)


def test_what_is_said_names_the_figures() -> None:
    kept = keep_promise([5 * MIN] * 36 + [HOUR] * 4, OBJECTIVE)
    assert str(kept).startswith("4 of 40 articles were seen later than 30 min")
    assert kept.burn == pytest.approx(2.0)
