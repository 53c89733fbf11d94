"""Read the dates of feeds and sitemaps; a date that cannot be is no date.

Pure. The article's page has the last word on its date: these only order links and date gaps, so
the forms that feeds really use are read and no language is guessed.
"""

import re
from datetime import UTC, date, datetime, time, tzinfo
from email.utils import parsedate_to_datetime
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from storage.article import Stamp
from storage.stamp import can_be, instant

_LONGEST: Final = 64
_TIME = r"(?:[ T,]+(?P<t>\d\d?:\d\d(?::\d\d)?))?"
_ORDERS = (
    re.compile(r"(?P<y>\d{4})[./](?P<m>\d{1,2})[./](?P<d>\d{1,2})" + _TIME),
    re.compile(r"(?P<d>\d{1,2})\.(?P<m>\d{1,2})\.(?P<y>\d{4})" + _TIME),
)


def zone_of(name: str | None) -> tzinfo:
    """Return the zone that dates without one are in: UTC where the source names none."""
    try:
        return ZoneInfo(name) if name else UTC
    except (ZoneInfoNotFoundError, ValueError):
        return UTC


def read_date(text: str, zone: tzinfo, now: datetime) -> Stamp | None:
    """Return the instant or the day that text names; None: it names none that can be."""
    text = text.strip()
    if not text or len(text) > _LONGEST:
        return None
    for read in (_iso, _rfc822, _numbers):
        try:
            stamp = read(text)
            if stamp is not None:
                return _sane(stamp, zone, now)
        except (ValueError, OverflowError, TypeError, IndexError):
            continue
    return None


def _sane(stamp: Stamp, zone: tzinfo, now: datetime) -> Stamp | None:
    if isinstance(stamp, datetime) and stamp.tzinfo is None:
        stamp = stamp.replace(tzinfo=zone)
    return stamp if can_be(instant(stamp), now) else None


def _iso(text: str) -> Stamp:
    if len(text) == 10:
        return date.fromisoformat(text)
    return datetime.fromisoformat(text)


def _rfc822(text: str) -> Stamp:
    return parsedate_to_datetime(text)


def _numbers(text: str) -> Stamp | None:
    for order in _ORDERS:
        match = order.fullmatch(text)
        if match:
            day = date(int(match["y"]), int(match["m"]), int(match["d"]))
            if not match["t"]:
                return day
            return datetime.combine(day, time.fromisoformat(match["t"].zfill(5)))
    return None
