"""A length of time is written alike wherever it is told, and exactly where a person set it."""

from datetime import timedelta

import pytest

from alerts.wording import lasting, wording

MIN, HOUR, DAY = 60, 3600, 86_400


@pytest.mark.parametrize(
    ("seconds", "about", "exactly"),
    [
        (0, "0 s", "0 s"),
        (0.25, "0.25 s", "0 s"),
        (1.4, "1 s", "1 s"),
        (119, "119 s", "119 s"),
        (2 * MIN, "2 min", "2 min"),
        (HOUR, "60 min", "1 h"),
        (90 * MIN, "90 min", "90 min"),
        (150 * MIN, "2 h", "150 min"),
        (170 * MIN, "3 h", "170 min"),
        (24 * HOUR, "24 h", "1 d"),
        (36 * HOUR, "36 h", "36 h"),
        (71 * HOUR, "71 h", "71 h"),
        (3 * DAY, "3 d", "3 d"),
        (7 * DAY + 5 * HOUR, "7 d", "173 h"),
        (90, "90 s", "90 s"),
    ],
)
def test_a_length_of_time_is_written_with_one_unit(
    seconds: float, about: str, exactly: str
) -> None:
    span = timedelta(seconds=seconds)
    assert lasting(seconds) == wording("en").span(span) == about
    assert wording("en").exactly(span) == exactly


@pytest.mark.parametrize(
    ("language", "told"), [("az", "3 saat"), ("fa", "3 ساعت"), ("ru", "3 ч"), ("en", "3 h")]
)
def test_it_is_written_in_the_language_of_its_reader(language: str, told: str) -> None:
    assert wording(language).span(timedelta(hours=3)) == told
