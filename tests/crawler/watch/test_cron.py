"""A cron line rings when cron would ring it, and survives both changes of the clocks."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from crawler.watch.cron import CronError, next_ring, parse_cron

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("line", "after", "rings"),
    [
        pytest.param("30 7 * * *", "2026-11-24 06:29", "2026-11-24 06:30", id="every day"),
        pytest.param("30 7 * * *", "2026-11-24 06:30", "2026-11-25 06:30", id="strictly later"),
        pytest.param("*/20 * * * *", "2026-11-24 06:41", "2026-11-24 07:00", id="a step"),
        pytest.param("0 9 * * 1", "2026-11-24 06:00", "2026-11-30 08:00", id="1 is Monday"),
        pytest.param("0 9 * * 0", "2026-11-24 06:00", "2026-11-29 08:00", id="0 is Sunday"),
        pytest.param("0 9 * * 7", "2026-11-24 06:00", "2026-11-29 08:00", id="7 is Sunday"),
        pytest.param("0 9 * * mon-fri", "2026-11-27 09:00", "2026-11-30 08:00", id="names"),
        pytest.param("0 9 * * fri-sun", "2026-11-27 09:00", "2026-11-28 08:00", id="to Sunday"),
        pytest.param("0 9 13 * 5", "2026-11-24 06:00", "2026-11-27 08:00", id="day or weekday"),
        pytest.param("0 0 29 2 *", "2026-11-24 06:00", "2028-02-28 23:00", id="leap day"),
        pytest.param("@daily", "2026-11-24 06:00", "2026-11-24 23:00", id="a nickname"),
        pytest.param("30 2 * * *", "2026-03-28 12:00", "2026-03-29 01:30", id="in spring"),
        pytest.param("30 2 * * *", "2026-10-24 12:00", "2026-10-25 00:30", id="autumn, first"),
        pytest.param("30 2 * * *", "2026-10-25 00:30", "2026-10-26 01:30", id="autumn, once"),
        pytest.param("30 * * * *", "2026-10-25 00:30", "2026-10-25 01:30", id="every hour"),
        pytest.param("5,10 8-10/2 * * *", "2026-11-24 07:06", "2026-11-24 07:10", id="lists"),
    ],
)
def test_a_line_rings(line: str, after: str, rings: str) -> None:
    at = next_ring(parse_cron(line), datetime.fromisoformat(after).replace(tzinfo=UTC), BERLIN)
    assert at == datetime.fromisoformat(rings).replace(tzinfo=UTC)


def test_a_day_that_never_comes_never_rings() -> None:
    assert next_ring(parse_cron("0 0 30 2 *"), datetime(2026, 1, 1, tzinfo=UTC), UTC) is None


@pytest.mark.parametrize(
    "line",
    [
        *("", "* * * *", "60 * * * *", "* 24 * * *", "* * 0 * *", "* * * 13 *", "* * * * 8"),
        *("*/0 * * * *", "5-1 * * * *", "x * * * *", "1.5 * * * *", "* * * foo *", "٣ * * * *"),
    ],
)
def test_what_is_no_cron_line_is_refused(line: str) -> None:
    with pytest.raises(CronError):
        parse_cron(line)
