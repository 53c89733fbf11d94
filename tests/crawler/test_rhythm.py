"""A source's rhythm is learned by hour and weekday; silence against it is named."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.rhythm import (
    Rhythm,
    Silent,
    Speaking,
    is_silent,
    observe,
    rhythm_from_text,
    rhythm_to_text,
)
from tests.making import NOW

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
MONDAY = datetime.fromisoformat("2026-11-02T00:00:00+00:00")


def office_hours(since: datetime, until: datetime) -> Iterator[datetime]:
    """Yield two articles an hour from 8 to 18 on working days."""
    at = since
    while at < until:
        if at.weekday() < 5 and 8 <= at.hour < 18:
            yield at + timedelta(minutes=10)
            yield at + timedelta(minutes=40)
        at += HOUR


def learned(weeks: int = 3, until: datetime | None = None) -> Rhythm:
    rhythm, at = observe(Rhythm(), (), MONDAY - DAY), MONDAY
    while at < (until or MONDAY + weeks * 7 * DAY):
        rhythm = observe(rhythm, office_hours(at, at + HOUR), at + HOUR)
        at += HOUR
    return rhythm


def test_a_rhythm_knows_hours_and_weekdays() -> None:
    rhythm = learned()
    tuesday = MONDAY + 22 * DAY
    assert rhythm.rate(tuesday + 10 * HOUR) == pytest.approx(2, rel=0.3)
    assert rhythm.rate(tuesday + 3 * HOUR) < 0.02
    assert rhythm.rate(tuesday + 4 * DAY + 10 * HOUR) < 0.05
    assert rhythm.expected(tuesday, tuesday + DAY) == pytest.approx(20, rel=0.3)


def test_a_quiet_night_and_a_quiet_weekend_are_no_silence() -> None:
    rhythm = learned(until=MONDAY + 18 * DAY + 18 * HOUR)  # Friday evening of the third week
    for hours in range(0, 62, 3):
        assert isinstance(is_silent(rhythm, MONDAY + 18 * DAY + (18 + hours) * HOUR), Speaking)


def test_a_quiet_working_day_is_silence_and_says_since_when() -> None:
    rhythm = learned(until=MONDAY + 18 * DAY + 18 * HOUR)
    silent = is_silent(rhythm, MONDAY + 21 * DAY + 16 * HOUR)
    assert isinstance(silent, Silent)
    assert silent.since == MONDAY + 18 * DAY + 17 * HOUR + timedelta(minutes=40)
    assert silent.usual < 3 * DAY
    assert silent.expected > 10


def test_a_source_that_is_hardly_known_is_never_called_silent() -> None:
    rhythm = observe(observe(Rhythm(), (), NOW), [NOW], NOW + HOUR)
    assert isinstance(is_silent(rhythm, NOW + 300 * DAY), Speaking)
    assert isinstance(is_silent(Rhythm(), NOW), Speaking)


def test_what_the_first_look_finds_is_no_rhythm_yet() -> None:
    rhythm = observe(Rhythm(), [NOW - n * HOUR for n in range(50)], NOW)
    assert rhythm.total == 0
    assert rhythm.last == NOW


def test_old_counts_fade() -> None:
    rhythm = learned()
    assert observe(rhythm, (), MONDAY + 49 * DAY).total == pytest.approx(
        rhythm.total / 2, rel=0.1
    )


def test_articles_in_the_order_in_which_they_come_make_the_same_rhythm() -> None:
    start = observe(Rhythm(), (), NOW)
    times = [NOW + n * HOUR for n in (5, 1, 3)]
    assert observe(start, times, NOW + DAY) == observe(start, sorted(times), NOW + DAY)


@settings(deadline=None)
@given(
    st.lists(
        st.datetimes(min_value=datetime(2020, 1, 1), max_value=datetime(2030, 1, 1)).map(  # noqa: DTZ001 - bounds of a strategy are naive
            lambda at: at.replace(tzinfo=NOW.tzinfo)
        ),
        max_size=20,
    )
)
def test_a_rhythm_survives_its_text(times: list[datetime]) -> None:
    rhythm = observe(observe(Rhythm(), (), NOW), times, NOW + DAY)
    text = rhythm_to_text(rhythm)
    assert rhythm_to_text(rhythm_from_text(text)) == text
    assert len(text) < 400
    assert rhythm_from_text(text).total == pytest.approx(rhythm.total, rel=0.01)


@pytest.mark.parametrize(
    "text", ["", "x", "2 " * 36, "1 " + "nan " * 35, "1 - - x 0" + " 0" * 31]
)
def test_what_is_no_rhythm_is_one_not_yet_learned(text: str) -> None:
    assert rhythm_from_text(text).total == 0
