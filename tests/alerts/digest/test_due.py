"""A digest's window is due once, on days when the clock is changed too."""

from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alerts.digest.due import SETTLE, NotDue, Window, beginning, due_window
from config.digest import Digest
from tests.alerts.digest.issues import make_digest

DAY = timedelta(days=1)
ZONES = ("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Baku")
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri")


def moments(digest: Digest, start: datetime, days: int, step: timedelta) -> list[Window]:
    """Look every step for so many days, as a daemon does; return the windows it sends."""
    sent: list[Window] = []
    now, begin = start, beginning(digest, start)
    while now < start + days * DAY:
        due = due_window(digest, sent[-1].end if sent else begin, now)
        if isinstance(due, Window):
            sent.append(due)
        now += step
    return sent


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("at", [time(2, 30), time(0, 0)])
@pytest.mark.parametrize(
    "start",
    [
        pytest.param(datetime(2026, 3, 5, tzinfo=UTC), id="spring"),
        pytest.param(datetime(2026, 9, 28, tzinfo=UTC), id="autumn"),
        pytest.param(datetime(2028, 2, 25, tzinfo=UTC), id="leap day"),
    ],
)
def test_there_is_one_digest_a_day_and_windows_join(
    zone: str, at: time, start: datetime
) -> None:
    """Limits, row 81: both clock changes, in four zones."""
    digest = make_digest(timezone=zone, at=at)
    sent = moments(digest, start, 40, timedelta(hours=3))
    days = [window.end.astimezone(ZoneInfo(zone)).date() for window in sent]
    assert len(set(days)) == len(days) >= 38
    assert days == [days[0] + n * DAY for n in range(len(days))]
    assert all(a.end == b.start for a, b in pairwise(sent))


def test_an_hour_that_does_not_exist_is_the_first_moment_after_the_gap() -> None:
    digest = make_digest(timezone="Europe/Berlin", at=time(2, 30))
    now = datetime(2026, 3, 29, 12, tzinfo=UTC)
    assert beginning(digest, now) == datetime(2026, 3, 29, 1, 0, tzinfo=UTC), (
        "03:00 summer time"
    )


def test_an_hour_that_comes_twice_is_its_first_coming() -> None:
    digest = make_digest(timezone="Europe/Berlin", at=time(2, 30))
    now = datetime(2026, 10, 25, 12, tzinfo=UTC)
    assert beginning(digest, now) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_missed_runs_make_one_longer_window() -> None:
    digest = make_digest(timezone="UTC", at=time(7))
    last = datetime(2026, 11, 20, 7, tzinfo=UTC)
    due = due_window(digest, last, datetime(2026, 11, 24, 9, tzinfo=UTC))
    assert due == Window(start=last, end=datetime(2026, 11, 24, 7, tzinfo=UTC), runs=4)


def test_a_clock_set_back_makes_no_second_digest() -> None:
    digest = make_digest(timezone="UTC", at=time(7))
    last = datetime(2026, 11, 24, 7, tzinfo=UTC)
    due = due_window(digest, last, datetime(2026, 11, 24, 5, 30, tzinfo=UTC))
    assert due == NotDue(next_at=last + SETTLE)
    due = due_window(digest, last, datetime(2026, 11, 24, 7, 30, tzinfo=UTC))
    assert due == NotDue(next_at=last + DAY + SETTLE)


def test_what_came_just_before_the_hour_is_waited_for() -> None:
    digest = make_digest(timezone="UTC", at=time(7))
    last, hour = datetime(2026, 11, 23, 7, tzinfo=UTC), datetime(2026, 11, 24, 7, tzinfo=UTC)
    assert due_window(digest, last, hour) == NotDue(next_at=hour + SETTLE)
    assert isinstance(due_window(digest, last, hour + SETTLE), Window)


def test_a_weekly_digest_covers_its_week() -> None:
    digest = make_digest(timezone="UTC", at=time(7), days=("mon",))
    monday = datetime(2026, 11, 23, 7, tzinfo=UTC)
    due = due_window(digest, monday - 7 * DAY, datetime(2026, 11, 24, 9, tzinfo=UTC))
    assert due == Window(start=monday - 7 * DAY, end=monday)


def test_after_a_weekend_off_monday_covers_three_days_as_one_run() -> None:
    digest = make_digest(timezone="UTC", at=time(7), days=WEEKDAYS)
    friday, monday = (datetime(2026, 11, day, 7, tzinfo=UTC) for day in (20, 23))
    due = due_window(digest, friday, monday + timedelta(hours=1))
    assert due == Window(start=friday, end=monday, runs=1)


@settings(max_examples=60, deadline=None)
@given(
    zone=st.sampled_from(ZONES),
    at=st.times(),
    looks=st.lists(st.integers(1, 80), min_size=5, max_size=40),
)
def test_however_seldom_we_look_windows_join_without_hole_or_overlap(
    zone: str, at: time, looks: list[int]
) -> None:
    digest = make_digest(timezone=zone, at=at)
    now = datetime(2026, 3, 20, tzinfo=UTC)
    last, sent = beginning(digest, now), []
    for hours in looks:
        now += timedelta(hours=hours)
        due = due_window(digest, last, now)
        if isinstance(due, Window):
            sent.append(due)
            last = due.end
            assert isinstance(due_window(digest, last, now), NotDue)
    assert all(a.end == b.start for a, b in pairwise(sent))
    assert all(window.start < window.end <= now for window in sent)
