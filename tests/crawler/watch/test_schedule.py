"""A source is looked at when it is worth it, never sooner than the publisher can bear."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from config.settings import PollSettings
from config.source import Source
from crawler.discover.outcome import PublisherAsks
from crawler.rhythm import Rhythm
from crawler.watch.schedule import LastLook, back_off, next_check, next_refetch, retry_in
from tests.making import NOW, make_source

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
POLL = PollSettings()
EVEN = Rhythm(hours=(10.0,) * 24, weekdays=(34.3,) * 7, days=10.0, as_of=NOW)  # one an hour
QUIET = Rhythm(hours=(0.1,) * 24, weekdays=(0.34,) * 7, days=20.0, as_of=NOW)
BUSY = Rhythm(hours=(1000.0,) * 24, weekdays=(3430.0,) * 7, days=10.0, as_of=NOW)
NIGHT = Rhythm(hours=(0.0,) * 12 + (20.0,) * 12, weekdays=(34.3,) * 7, days=10.0, as_of=NOW)


def wait(
    rhythm: Rhythm = EVEN, source: Source | None = None, jitter: float = 0.0, **last: Any
) -> timedelta:
    look = LastLook(**last)
    return (
        next_check(NOW, source or make_source(), POLL, rhythm, last=look, jitter=jitter) - NOW
    )


@pytest.mark.parametrize(
    ("rhythm", "waits"),
    [
        pytest.param(Rhythm(), POLL.every, id="not yet known: as settings say"),
        pytest.param(EVEN, 42 * MINUTE, id="one an hour: when most of one has come"),
        pytest.param(BUSY, POLL.shortest, id="a torrent: the shortest"),
        pytest.param(QUIET, POLL.longest, id="hardly anything: the longest"),
        pytest.param(NIGHT, 5 * HOUR, id="silent until noon: not before noon"),
    ],
)
def test_the_wait_follows_the_rhythm(rhythm: Rhythm, waits: timedelta) -> None:
    assert wait(rhythm) == pytest.approx(waits, abs=30 * MINUTE if rhythm is NIGHT else MINUTE)


@pytest.mark.parametrize(
    ("last", "waits"),
    [
        pytest.param({"asks": PublisherAsks(ttl=3 * HOUR)}, 3 * HOUR, id="ttl"),
        pytest.param({"max_age": 2 * HOUR}, 2 * HOUR, id="max-age"),
        pytest.param({"max_age": timedelta(days=10**6)}, DAY, id="row 57: max-age of 10^12"),
        pytest.param({"asks": PublisherAsks(ttl=timedelta(days=9000))}, DAY, id="endless ttl"),
        pytest.param({"retry_after": 7 * HOUR}, 7 * HOUR, id="Retry-After"),
        pytest.param({"retry_after": MINUTE}, 42 * MINUTE, id="row 54: no sooner than usual"),
        pytest.param({"retry_after": timedelta(days=9)}, DAY, id="row 54: a day at most"),
        pytest.param(
            {"asks": PublisherAsks(skip_hours=frozenset({7, 8}))}, 2 * HOUR, id="hour"
        ),
        pytest.param(
            {"asks": PublisherAsks(skip_days=frozenset({NOW.weekday()}))}, 17 * HOUR, id="days"
        ),
        pytest.param({"drained": 0.4, "took": 10 * MINUTE}, 42 * MINUTE, id="enough overlap"),
        pytest.param({"drained": 1.0, "took": 40 * MINUTE}, 20 * MINUTE, id="none: sooner"),
        pytest.param({"drained": 0.8, "took": 40 * MINUTE}, 25 * MINUTE, id="little: sooner"),
        pytest.param({"drained": 1.0, "took": 2 * MINUTE}, 5 * MINUTE, id="not below shortest"),
        pytest.param({"failures": 1.0}, 84 * MINUTE, id="one hard failure"),
        pytest.param({"failures": 0.5}, 59 * MINUTE, id="a soft one"),
        pytest.param({"failures": 0.25}, 50 * MINUTE, id="a temporary one"),
        pytest.param({"failures": 99.0}, DAY, id="many: daily"),
    ],
)
def test_row_54_row_57_the_wait_heeds_what_the_last_look_said(
    last: dict[str, Any], waits: timedelta
) -> None:
    assert wait(**last) == pytest.approx(waits, abs=MINUTE)


def test_row_54_row_57_nobody_puts_a_look_off_for_longer_than_a_day() -> None:
    rarely = replace(make_source(), every=9 * DAY)
    assert wait(QUIET, rarely) == DAY
    assert wait(QUIET, rarely, retry_after=99 * DAY, max_age=99 * DAY) == DAY


def test_every_is_the_operators_word() -> None:
    source = replace(make_source(), every=2 * MINUTE)
    assert wait(QUIET, source, asks=PublisherAsks(ttl=HOUR), max_age=HOUR) == 2 * MINUTE
    assert wait(QUIET, source, failures=2.0) == 8 * MINUTE
    assert wait(QUIET, source, retry_after=HOUR) == HOUR
    assert wait(QUIET, replace(source, every=timedelta(seconds=1))) == MINUTE


def test_cron_is_the_operators_word_in_the_sources_zone() -> None:
    source = replace(make_source(), cron="30 9 * * 2", timezone="Asia/Baku")
    at = next_check(NOW, source, POLL, EVEN, last=LastLook(), jitter=1.0)
    assert at == datetime(2026, 12, 1, 5, 30, tzinfo=UTC)
    failed = next_check(NOW, source, POLL, EVEN, last=LastLook(failures=1), jitter=0.0)
    assert failed - NOW < 2 * HOUR


def test_a_cron_line_that_is_none_still_lets_the_source_be_seen_daily() -> None:
    assert wait(EVEN, replace(make_source(), cron="whenever")) == DAY


@settings(deadline=None)
@given(
    failures=st.floats(0, 1e6),
    ttl=st.integers(0, 99_999),
    retry=st.integers(1, 10**9),
    drained=st.floats(0, 1),
    took=st.integers(0, 10**6),
    jitter=st.floats(-1, 1),
    hours=st.frozensets(st.integers(0, 23), max_size=23),
    days=st.frozensets(st.integers(0, 6), max_size=6),
    rhythm=st.sampled_from([Rhythm(), EVEN, QUIET, BUSY, NIGHT]),
)
def test_whatever_is_asked_the_next_look_is_between_a_minute_and_a_day(
    failures: float,
    ttl: int,
    retry: int,
    drained: float,
    took: int,
    jitter: float,
    hours: frozenset[int],
    days: frozenset[int],
    rhythm: Rhythm,
) -> None:
    asks = PublisherAsks(ttl=timedelta(minutes=ttl), skip_hours=hours, skip_days=days)
    waited = wait(
        rhythm,
        jitter=jitter,
        failures=failures,
        asks=asks,
        retry_after=timedelta(seconds=retry),
        drained=drained,
        took=timedelta(seconds=took),
    )
    assert MINUTE <= waited <= DAY


def test_jitter_spreads_by_a_tenth() -> None:
    assert wait(jitter=-1.0) < wait(jitter=0.0) < wait(jitter=1.0)
    assert wait(jitter=1.0) / wait(jitter=0.0) == pytest.approx(1.1)


def test_back_off_never_shortens_a_long_wait() -> None:
    assert back_off(2 * DAY, 3.0) == 2 * DAY


@pytest.mark.parametrize(
    ("age", "next_age"),
    [
        (timedelta(), 15 * MINUTE),
        (15 * MINUTE, HOUR),
        (16 * MINUTE, HOUR),
        (5 * HOUR, 6 * HOUR),
        (6 * HOUR, 24 * HOUR),
        (24 * HOUR, None),
    ],
)
def test_a_fresh_article_is_looked_at_on_a_falling_schedule(
    age: timedelta, next_age: timedelta | None
) -> None:
    at = next_refetch(NOW, NOW + age, POLL.refetch)
    assert at == (None if next_age is None else NOW + next_age)


def test_an_article_is_tried_again_soon_and_for_more_than_an_hour() -> None:
    assert [retry_in(attempts) / MINUTE for attempts in range(1, 6)] == [1, 5, 20, 50, 50]
