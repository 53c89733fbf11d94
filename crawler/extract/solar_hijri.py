"""Turn a day of the Solar Hijri calendar, which Iran and Afghanistan print, into ours.

Pure arithmetic: eight leap years in each cycle of 33 hold from 1206 to 1498 (1827 to 2119).
"""

from datetime import date, timedelta

_EPOCH = date(2024, 3, 20)  # the first day of 1403
_EPOCH_YEAR = 1403
_LEAP_PLACES = frozenset({1, 5, 9, 13, 17, 22, 26, 30})  # year % 33


def is_leap(year: int) -> bool:
    """Say whether the year has 366 days."""
    return year % 33 in _LEAP_PLACES


def from_solar_hijri(year: int, month: int, day: int) -> date:
    """Return the Gregorian day; raise ValueError for a day that calendar does not have."""
    if not (
        1300 <= year <= 1498 and 1 <= month <= 12 and 1 <= day <= month_length(year, month)
    ):
        raise ValueError(f"no such day: {year}-{month}-{day}")
    step = 1 if year >= _EPOCH_YEAR else -1
    span = range(_EPOCH_YEAR, year) if step > 0 else range(year, _EPOCH_YEAR)
    days = step * sum(365 + is_leap(each) for each in span)
    days += sum(month_length(year, each) for each in range(1, month)) + day - 1
    return _EPOCH + timedelta(days=days)


def month_length(year: int, month: int) -> int:
    """Return how many days the month has."""
    if month <= 6:
        return 31
    return 30 if month <= 11 or is_leap(year) else 29
