"""A source's promise is judged by what can be measured; a wrong clock is named, not blamed."""

from dataclasses import replace
from datetime import timedelta

import pytest

from alerts.promise import Objectives, Stage, keep_promise, objectives_of
from config.settings import AlertSettings
from config.source import Source
from storage.lags import Lags, Passage
from tests.making import NOW

MIN, HOUR = 60.0, 3600.0
OBJECTIVES = Objectives(
    seen=timedelta(minutes=30), matched=timedelta(minutes=10), delivered=timedelta(minutes=5)
)


def passages(seconds: list[float], *, channel: str = "") -> tuple[Passage, ...]:
    return tuple(
        Passage(source_id="a", seconds=each, known_at=NOW, channel=channel) for each in seconds
    )


def waiting(seconds: list[float]) -> tuple[Passage, ...]:
    return tuple(replace(each, known_at=None) for each in passages(seconds))


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
        pytest.param([-3 * HOUR] * 10, 0, False, "3 h", id="a zone three hours off"),
        pytest.param(
            [4 * HOUR + n * MIN for n in range(20)], 20, False, "younger than 4 h",
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
    kept = keep_promise(Lags(seen=passages(seconds)), OBJECTIVES)
    assert (kept.seen.late, kept.seen.broken) == (late, broken)
    assert note in str(kept.clock or "")
    assert bool(kept.clock) == bool(note)


@pytest.mark.parametrize(
    ("lags", "late", "of"),
    [
        pytest.param(passages([MIN] * 20), 0, 20, id="all in time"),
        pytest.param(passages([MIN] * 18 + [HOUR] * 2), 2, 20, id="two in twenty late"),
        pytest.param(passages([MIN] * 18) + waiting([HOUR] * 2), 2, 20, id="two still wait"),
        pytest.param(passages([MIN] * 18) + waiting([MIN] * 9), 0, 18, id="in time so far"),
    ],
)
def test_what_still_waits_is_late_once_it_has_waited_too_long(
    lags: tuple[Passage, ...], late: int, of: int
) -> None:
    kept = keep_promise(Lags(matched=lags), OBJECTIVES).matched
    assert (kept.late, kept.spread.count if kept.spread else 0) == (late, of)
    assert kept.broken == (late > 1)


def test_each_stage_breaks_its_own_promise_and_says_what_to_do() -> None:
    late = [MIN] * 36 + [HOUR] * 4
    alerts = passages([MIN] * 36, channel="wire") + passages([HOUR] * 4, channel="desk-mail")
    lags = Lags(seen=passages(late), matched=passages(late), delivered=alerts)
    promise = keep_promise(lags, OBJECTIVES)
    said = {kept.stage: str(kept) for kept in promise.broken}
    assert said[Stage.SEEN].startswith("4 of 40 articles were seen later than 30 min")
    assert said[Stage.MATCHED].startswith("4 of 40 articles were read later than 10 min")
    assert said[Stage.DELIVERED].startswith(
        "4 of 40 alerts came later than 5 min after the match, most of them on desk-mail"
    )
    assert promise.seen.burn == pytest.approx(2.0)
    assert "objective_matched" in promise.matched.advice


def test_a_source_names_its_own_objectives_and_takes_the_rest_from_the_settings() -> None:
    source = Source(
        id="a", url="https://a.example", name="A", objective_delivered=timedelta(minutes=1)
    )
    settings = AlertSettings(objective=timedelta(hours=2))
    found = objectives_of(source, settings)
    assert (found.seen, found.delivered) == (timedelta(hours=2), timedelta(minutes=1))
    assert found.matched == AlertSettings().objective_matched
