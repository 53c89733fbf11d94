"""Read one stamp, machine's or person's, into a day with or without a time.

Pure. What a page calls its date (label, meta, attribute) is decided in dates.py.
"""

import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from email.utils import parsedate_to_datetime
from typing import NamedTuple

from crawler.extract.clock import FURTHEST, clock_beside, read_offset
from crawler.extract.month_names import fold_date
from crawler.extract.written_day import (
    OTHER_CALENDARS_BEGIN,
    OTHER_CALENDARS_END,
    first_day,
    make_day,
)
from storage.article import Stamp

MAX_LENGTH = 120  # longer text is a sentence, not a stamp


class Written(NamedTuple):
    """A stamp as it stands on the page, before anybody says in which zone."""

    day: date
    clock: time | None = None  # None: the page tells no time
    zone: tzinfo | None = None  # None: the page names none

    def in_zone(self, zone: tzinfo) -> Stamp:
        """Return the stamp; the zone counts only where the page names none."""
        if self.clock is None:
            return self.day
        if self.zone is UTC or (self.zone is not None and not _is_of_place(self, zone)):
            zone = self.zone
        return datetime.combine(self.day, self.clock, zone)


def _is_of_place(stamp: Written, place: tzinfo) -> bool:
    """Say whether a place calls its own zone so: IST is Israel's, too, and CST China's."""
    name = stamp.zone.tzname(None) if isinstance(stamp.zone, timezone) else None
    if name is None or name.startswith("UTC") or stamp.clock is None:
        return False
    return name == datetime.combine(stamp.day, stamp.clock, place).tzname()


_ISO = re.compile(
    r"\s*(\d{4})-(\d{1,2})-(\d{1,2})"
    r"(?:(?:\s*T|\s+)(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,:](\d+))?)?\s*(Z|UTC|GMT|[+\-−]\d{1,2}(?::?\d{2})?(?::\d{2})?)?"
    r"(?:\[[^\]]*\])?)?\s*",
    re.ASCII | re.IGNORECASE,
)
_COMPACT = re.compile(
    r"\s*((?:19|20)\d{2})(\d{2})(\d{2})(?:T?(\d{2}):?(\d{2}):?(\d{2})?()\s*(Z|[+-]\d{2}:?\d{2})?)?\s*",
    re.ASCII,
)
_EPOCH = re.compile(r"\s*(\d{10})(\d{3})?\s*", re.ASCII)
_MAIL = re.compile(r"\s*(?:[A-Z][a-z]{2},\s*)?\d{1,2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}")
# As Java and `date` write a moment: "Mon Aug 03 12:45:00 EDT 2015".
_UNIX = re.compile(
    r"\s*[A-Z][a-z]{2} ([A-Z][a-z]{2}) +(\d{1,2}) (\d\d:\d\d(?::\d\d)?)"
    r"(?: ([A-Z]{2,5}|[+-]\d{4}))? (\d{4})\s*"
)

# Two elements without a blank between them: "March 5, 202414:20".
_GLUED = re.compile(r"(?<=20\d\d)(?<!\d20\d\d)(?=\d?\d:[0-5]\d)")

# 24:00 is the end of its day (ISO 8601); 24:15 is what clocks that count from 1 make of 0:15.
_END_OF_DAY = re.compile(r"(?<![\d:./-])24(?:[:.h]00|\s*(?:uhr|[時时시点點]))(?!:?[1-9])")
_MIDNIGHT = time()
_DAY = timedelta(days=1)


def read_machine(text: str) -> Written | None:
    """Read ISO 8601 in its many spellings, seconds since 1970, or a date as mail writes it."""
    if len(text) > MAX_LENGTH:
        return None
    if text[10:11] == "T" and (stamp := _from_iso(text)):
        return stamp
    if found := _ISO.fullmatch(text) or _COMPACT.fullmatch(text):
        return _from_parts(found)
    if found := _EPOCH.fullmatch(text):
        return _split(datetime.fromtimestamp(int(found[1]), UTC))
    if _MAIL.match(text):
        return _from_mail(text)
    if found := _UNIX.fullmatch(text):
        month, day, clock, zone, year = found.groups("")
        return read_written(f"{month} {day}, {year} {clock} {zone}")
    return None


def _from_iso(text: str) -> Written | None:
    """Read the usual spelling as C does, 20 times as fast; None: it needs a closer look."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    if not OTHER_CALENDARS_END < moment.year < OTHER_CALENDARS_BEGIN:
        return None
    offset = moment.utcoffset()
    return None if offset is not None and abs(offset) > FURTHEST else _split(moment)


def _from_parts(found: re.Match[str]) -> Written | None:
    year, month, day, hour, minute, second, fraction, zone = found.groups()
    try:
        whole = make_day(int(year), int(month), int(day))
        if whole is None:
            return None
        if hour is None:
            return Written(day=whole)
        micro = int(((fraction or "") + "000000")[:6])
        clock = time(int(hour) % 24, int(minute), min(int(second or 0), 59), micro)
        if hour == "24" and clock == _MIDNIGHT:
            whole += _DAY
        return Written(day=whole, clock=clock, zone=read_offset(zone) if zone else None)
    except ValueError:
        return None


def _from_mail(text: str) -> Written | None:
    try:
        stamp = _split(parsedate_to_datetime(text))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    if stamp.zone is None and (read := read_written(text)):  # it knows few zones by name
        return stamp._replace(zone=read.zone)
    return stamp


def _split(moment: datetime) -> Written:
    return Written(moment.date(), moment.time(), moment.tzinfo)


def read_written(text: str, *, language: str = "", month_first: bool = False) -> Written | None:
    """Find the first date a person wrote in a short text, and the time beside it."""
    if len(text) > MAX_LENGTH:
        return None
    folded = fold_date(text)
    if ":" in folded:
        folded = _GLUED.sub(" ", folded)
    if (found := first_day(folded, language, month_first)) is None:
        return None
    day, start, end = found
    clock, zone = clock_beside(folded, start, end)
    if clock == _MIDNIGHT and _END_OF_DAY.search(folded):
        day += _DAY
    return Written(day, clock, zone)
