"""Read a cron line as cron does and say when it next rings, over both changes of the clocks.

Pure. Five fields; weekdays 0 and 7 are Sunday; day and weekday, both given, are alternatives. A
time that spring leaves out rings when the clock has jumped; one that autumn repeats rings once,
unless the line asks for every hour.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Final

_MONTH_NAMES: Final = "jan feb mar apr may jun jul aug sep oct nov dec"
_MONTHS: Final = _MONTH_NAMES.split()
_WEEKDAYS: Final = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]
_NICKNAMES: Final = {
    "@hourly": "0 * * * *",
    "@daily": "0 0 * * *",
    "@midnight": "0 0 * * *",
    "@weekly": "0 0 * * 0",
    "@monthly": "0 0 1 * *",
    "@yearly": "0 0 1 1 *",
    "@annually": "0 0 1 1 *",
}
_PART = re.compile(r"(\*|[a-z0-9]+)(?:-([a-z0-9]+))?(?:/(\d+))?")
_YEARS: Final = 9  # 29 February skips eight years round 2100


class CronError(ValueError):
    """The line is no cron line: a person must correct it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cron:
    """When a cron line rings, in its own zone."""

    minutes: frozenset[int]
    hours: frozenset[int]
    days: frozenset[int]
    months: frozenset[int]
    weekdays: frozenset[int]  # 0 is Sunday, as cron means it
    any_hour: bool
    any_day: bool
    any_weekday: bool

    def rings_on(self, day: date) -> bool:
        """Return whether the line rings on a day at all."""
        if day.month not in self.months:
            return False
        of_month, of_week = day.day in self.days, day.isoweekday() % 7 in self.weekdays
        if self.any_day or self.any_weekday:
            return of_month and of_week
        return of_month or of_week


def parse_cron(text: str) -> Cron:
    """Return the line as a value; raise CronError with what is wrong."""
    fields = _NICKNAMES.get(text.strip().lower(), text).lower().split()
    if len(fields) != 5:
        raise CronError(f"a cron line has five fields, {text!r} has {len(fields)}")
    minute, hour, day, month, weekday = fields
    return Cron(
        minutes=_values(minute, 0, 59),
        hours=_values(hour, 0, 23),
        days=_values(day, 1, 31),
        months=_values(month, 1, 12, _MONTHS, 1),
        weekdays=frozenset(each % 7 for each in _values(weekday, 0, 7, _WEEKDAYS)),
        any_hour=hour.startswith("*"),
        any_day=day.startswith("*"),
        any_weekday=weekday.startswith("*"),
    )


def next_ring(cron: Cron, after: datetime, zone: tzinfo) -> datetime | None:
    """Return the first ring later than after, in UTC; None: it never rings (30 February)."""
    today = after.astimezone(zone).date()
    for offset in range(-1, _YEARS * 366):
        try:
            day = today + timedelta(days=offset)
        except OverflowError:
            return None
        if cron.rings_on(day):
            rings = [at for at in _rings(cron, day, zone) if at > after]
            if rings:
                return min(rings)
    return None


def _rings(cron: Cron, day: date, zone: tzinfo) -> Iterator[datetime]:
    for hour in cron.hours:
        for minute in cron.minutes:
            local = datetime.combine(day, time(hour, minute), zone)
            yield local.astimezone(UTC)
            if cron.any_hour:
                yield local.replace(fold=1).astimezone(UTC)


def _values(
    field: str, low: int, high: int, names: list[str] | None = None, first: int = 0
) -> frozenset[int]:
    values: set[int] = set()
    for part in field.split(","):
        match = _PART.fullmatch(part)
        if match is None:
            raise CronError(f"{part!r} is nothing cron knows")
        begin, end, step = match.groups()
        if begin == "*":
            start, stop = low, high
        else:
            start = _value(begin, low, high, names or [], first)
            stop = _value(end, low, high, names or [], first) if end else start
            stop = high if step and not end else stop
            stop = 7 if high == 7 and stop == 0 < start else stop  # fri-sun
        if start > stop or (step and int(step) == 0):
            raise CronError(f"{part!r} is an empty range")
        values.update(range(start, stop + 1, int(step or 1)))
    return frozenset(values)


def _value(word: str, low: int, high: int, names: list[str], first: int) -> int:
    value = names.index(word[:3]) + first if word[:3] in names else -1
    if word.isascii() and word.isdigit():
        value = int(word[:9])
    if not low <= value <= high:
        raise CronError(f"{word!r} is not between {low} and {high}")
    return value
