"""Decide which digest window is due for a reader.

Pure. A window is half-open, [end of the last one, this digest's hour): a missed run makes the
next window longer, never a second mail. The hour is a local one, on days when the clock is
changed too.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from alerts.localtime import at_local
from config.digest import Digest
from config.words import WEEKDAYS

SETTLE = timedelta(seconds=10)  # what was first seen just before the hour is committed by then
_LOOK_BACK = 15  # days: any weekday comes at least twice


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """The time one digest covers."""

    start: datetime
    end: datetime
    runs: int = 1  # it stands for so many: more than 1 after missed ones


@dataclass(frozen=True, slots=True, kw_only=True)
class NotDue:
    """Nothing to send yet."""

    next_at: datetime


def due_window(digest: Digest, last_end: datetime, now: datetime) -> Window | NotDue:
    """Return the window to send now, given where the reader's last one ended."""
    past, coming = _hours(digest, now)
    if last_end >= past[-1]:
        return NotDue(next_at=coming + SETTLE)
    return window_since(digest, last_end, past[-1])


def window_since(digest: Digest, last_end: datetime, end: datetime) -> Window:
    """Return a reader's window from where the last one ended, with the runs it stands for."""
    return Window(start=last_end, end=end, runs=max(1, _runs(digest, last_end, end)))


def beginning(digest: Digest, now: datetime) -> datetime:
    """Return where a new reader's first window begins: at the last hour that has passed.

    So a new reader, or a new installation, has the first digest at the next hour, not at once.
    """
    return _hours(digest, now)[0][-1]


def _runs(digest: Digest, start: datetime, end: datetime) -> int:
    """Count the digest's hours in a span."""
    zone = ZoneInfo(digest.timezone)
    first, last = start.astimezone(zone).date(), end.astimezone(zone).date()
    days = (last - first).days
    moments = (_moment(digest, first + timedelta(days=n), zone) for n in range(days + 1))
    return sum(1 for each in moments if each and start < each <= end)


def _hours(digest: Digest, now: datetime) -> tuple[list[datetime], datetime]:
    """Return the digest's hours that have passed, oldest first, and the next one."""
    zone = ZoneInfo(digest.timezone)
    today = now.astimezone(zone).date()
    moments = [
        moment
        for days in range(-_LOOK_BACK, 9)
        if (moment := _moment(digest, today + timedelta(days=days), zone)) is not None
    ]
    past = [moment for moment in moments if moment + SETTLE <= now]
    return past, next(moment for moment in moments if moment + SETTLE > now)


def _moment(digest: Digest, day: date, zone: ZoneInfo) -> datetime | None:
    if WEEKDAYS[day.weekday()] not in digest.days:
        return None
    return at_local(day, digest.at, zone)
