"""Read the dates of feeds and sitemaps; a date that cannot be is no date, nor is a guess.

Pure. The article's page has the last word on its date: these order links and date gaps. What
feeds should write is read here; what people write instead, as on a page.
"""

import re
from datetime import date, datetime, time, tzinfo
from email.utils import parsedate_to_datetime
from typing import Final

from storage.article import Stamp
from storage.stamp import can_be, instant

_LONGEST: Final = 100
# As RFC 822 has it, with the zones its library knows: all others it takes for none.
_MAIL = re.compile(
    r"(?:[a-z]+,? +)?\d{1,2}[ -][a-z]{3}[ -]\d{2,4} +\d{1,2}:\d\d(?::\d\d)?"
    r"(?: *[+-]\d{4}| +(?:gmt|utc?|z|[ecmp][sd]t))?(?: *\([\w ]*\))?",
    re.ASCII | re.IGNORECASE,
)
_EITHER_ORDER = re.compile(r"(?<!\d)(?:0?[1-9]|1[0-2])/(?:0?[1-9]|1[0-2])/\d")
_AFTER_24 = re.compile(r"(?<!\d)24:(?!00)\d\d")  # of this day or the next: it is taken for both
_WHOLE_YEAR = re.compile(r"\d{4}")
_TIME = r"(?:[ T,]+(?P<t>\d\d?:\d\d(?::\d\d)?))?"
_ORDERS = (
    re.compile(r"(?P<y>\d{4})[./](?P<m>\d{1,2})[./](?P<d>\d{1,2})" + _TIME),
    re.compile(r"(?P<d>\d{1,2})\.(?P<m>\d{1,2})\.(?P<y>\d{4})" + _TIME),
)


def read_date(text: str, zone: tzinfo, now: datetime) -> Stamp | None:
    """Return the instant or the day that text names; None: it names none that can be."""
    text = text.strip()
    if not text or len(text) > _LONGEST:
        return None
    for read in _IN_FIGURES if text[0].isdigit() else _WITH_A_WEEKDAY:
        try:
            stamp = read(text, zone)
            if stamp is not None:
                return stamp if can_be(instant(stamp), now) else None
        except (ValueError, OverflowError, TypeError, IndexError):
            continue
    return None


def _iso(text: str, zone: tzinfo) -> Stamp | None:
    if len(text) in (8, 10):
        return date.fromisoformat(text)
    return _in_zone(datetime.fromisoformat(text), zone)


def _rfc822(text: str, zone: tzinfo) -> Stamp | None:
    return _in_zone(parsedate_to_datetime(text), zone) if _MAIL.fullmatch(text) else None


def _numbers(text: str, zone: tzinfo) -> Stamp | None:
    for order in _ORDERS:
        match = order.fullmatch(text)
        if match:
            day = date(int(match["y"]), int(match["m"]), int(match["d"]))
            if not match["t"]:
                return day
            return datetime.combine(day, time.fromisoformat(match["t"].zfill(5)), zone)
    return None


def _as_on_a_page(text: str, zone: tzinfo) -> Stamp | None:
    """Read other spellings, months in other languages, named zones, seconds since 1970."""
    doubtful = _EITHER_ORDER.search(text) or _AFTER_24.search(text)
    if doubtful or not _WHOLE_YEAR.search(text):
        return None
    # Few feeds come here, and its patterns take milliseconds to compile.
    from crawler.extract.stamp import read_machine, read_written

    written = read_written(text) or read_machine(text)
    return written.in_zone(zone) if written else None


def _in_zone(moment: datetime, zone: tzinfo) -> datetime:
    return moment.replace(tzinfo=zone) if moment.tzinfo is None else moment


_IN_FIGURES = (_iso, _rfc822, _numbers, _as_on_a_page)
_WITH_A_WEEKDAY = (_rfc822, _as_on_a_page)
