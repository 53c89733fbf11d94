# ruff: noqa: E501 - one pattern a line, so that they can be compared
"""Read one written stamp, machine's or person's, into a day with or without a time.

Pure. What a page calls its date (label, meta, attribute) is decided in dates.py.
"""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from email.utils import parsedate_to_datetime
from functools import cache, lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from crawler.extract.month_names import SOLAR_HIJRI, fold_date, month_number, month_pattern
from crawler.extract.solar_hijri import from_solar_hijri
from storage.article import Stamp

MAX_LENGTH = 120  # longer text is a sentence, not a stamp
_FURTHEST = timedelta(hours=15)  # no place is further from UTC


class Written(NamedTuple):
    """A stamp as it stands on the page, before anybody says in which zone."""

    day: date
    clock: time | None = None  # None: the page tells no time
    zone: tzinfo | None = None  # None: the page names none

    def in_zone(self, zone: tzinfo) -> Stamp:
        """Return the stamp; the zone counts only where the page names none."""
        if self.clock is None:
            return self.day
        return datetime.combine(self.day, self.clock, self.zone or zone)


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
    return None


def _from_iso(text: str) -> Written | None:
    """Read the usual spelling as C does, 20 times as fast; None: it needs a closer look."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    offset = moment.utcoffset()
    return None if offset is not None and abs(offset) > _FURTHEST else _split(moment)


def _from_parts(found: re.Match[str]) -> Written | None:
    year, month, day, hour, minute, second, fraction, zone = found.groups()
    try:
        whole = date(int(year), int(month), int(day))
        if hour is None:
            return Written(day=whole)
        micro = int(((fraction or "") + "000000")[:6])
        clock = time(int(hour) % 24, int(minute), min(int(second or 0), 59), micro)
        return Written(day=whole, clock=clock, zone=_offset(zone) if zone else None)
    except ValueError:
        return None


@lru_cache(maxsize=128)
def _offset(text: str) -> tzinfo | None:
    """Read "Z", "+04", "+0400", "+04:00", "UTC", "GMT"."""
    if text.upper() in {"Z", "UTC", "GMT"}:
        return UTC
    digits = re.sub(r"\D", "", text).ljust(2, "0")
    hours, minutes = (
        (digits[:2], digits[2:4]) if len(digits) > 3 else (digits[:-2] or digits, "0")
    )
    if len(digits) <= 2:
        hours, minutes = digits if len(text) > 2 else text[1:], "0"
    span = timedelta(hours=int(hours), minutes=int(minutes or 0))
    if span > _FURTHEST:
        return None
    return timezone(-span if text[0] in "-−" else span)


def _from_mail(text: str) -> Written | None:
    try:
        return _split(parsedate_to_datetime(text))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _split(moment: datetime) -> Written:
    return Written(moment.date(), moment.time(), moment.tzinfo)


# What stands between a day, a month's name and a year: "7. Dezember 2023", "7 de diciembre de
# 2023", "7-ci dekabr, 2023", "ב-7 בדצמבר 2023", "2023. gada 7. decembris", "2023 m. gruodžio 7 d."
_AFTER_DAY = r"(?:st|nd|rd|th|er|º|ª|o|a|\.|-?[a-z]{2})?[\s.,/-]*(?:(?:de|of|di|d'|mes|del|ב|ই)[\s.,-]*)?ב?"
_AFTER_MONTH = r"[\s.,/'’-]*(?:(?:de|of|del|il|року|عام|سنة|لسنة)[\s.,]*)?"


@cache
def _named(language: str) -> tuple[re.Pattern[str], ...]:
    """Return day-month-year, month-day-year and year-month-day with the month as a word."""
    month = f"(?P<m>{month_pattern(language)})"
    day, year = r"(?P<d>\d{1,2})", r"(?P<y>(?:1[34]|19|20|25)\d\d)(?!\d)"
    return (
        re.compile(
            rf"(?<!\d){day}{_AFTER_DAY}(?<![^\W\d_][^\W\d_][^\W\d_]){month}{_AFTER_MONTH}{year}"
        ),
        re.compile(
            rf"(?<![^\W\d_]){month}[\s.]*{day}(?:st|nd|rd|th)?(?!\d)[\s.,]+(?:at\s)?{year}"
        ),
        re.compile(rf"(?<!\d){year}\.?\s*gada\s{day}\.\s*{month}"),
        re.compile(
            rf"(?<!\d){year}[\s.,]*(?:m\.|gada|год[а-я]*|г\.|ж\.|жыл[а-я]*|il)?[\s.,]*{month}[\s.]*{day}(?!\d)"
        ),
    )


_YEAR_FIRST = re.compile(
    r"(?<!\d)(?P<y>(?:1[34]|19|20|25)\d\d)(?:\s*[./-]\s*|\s*[年년]\s*)(?P<m>\d{1,2})(?:\s*[./-]\s*|\s*[月월]\s*)(?P<d>\d{1,2})(?!\d)"
)
_DAY_FIRST = re.compile(
    r"(?<![\d.:/-])(?P<a>\d{1,2})\s?(?P<s>[./|-])\s?(?P<b>\d{1,2})\s?(?P=s)\s?(?P<y>(?:1[34]|19|20|25)\d\d|\d\d)(?![\d:/-]|\.\d)"
)
_LONG_YEAR = re.compile(r"[12](?:[34]|(?<=1)9|(?<=2)[05])\d\d")
_DAY_AND_YEAR = re.compile(r"\d(?:st|nd|rd|th)?[\s.,]+(?:at\s)?[12]\d\d\d(?!\d)")
_VIETNAMESE = re.compile(
    r"(?P<d>\d{1,2})\s*thang\s*(?P<m>\d{1,2})\s*,?\s*(?:nam\s*)?(?P<y>\d{4})"
)
_CLOCK = re.compile(
    r"(?<![\d.:/-])(?P<h>[01]?\d|2[0-4])"
    r"(?:[:：h٫](?P<i>[0-5]\d)(?::(?P<s>[0-5]\d))?|\.(?P<j>[0-5]\d)(?=\s*(?:uhr|am|pm|a\.m|p\.m|kl|h\b|$|[,|)\s]))"
    r"|\s*[時시]\s*(?P<k>[0-5]?\d)\s*[分분]|\s*(?P<u>uhr)|(?=\s*[ap]\.?m\b))"
    r"\s*(?P<p>[ap]\.?\s?m\b\.?|ص|م(?!\w))?(?![\d/-]|\.\d)"
)
_YEAR = re.compile(r"(?<!\d)(?:1[34]|19|20)\d\d(?!\d)")
_AFTERNOON_BEFORE = re.compile(r"(午後|오후|下午|(?<!\w)pm)\s*$")
_ZONE = re.compile(
    r"[\s,(]*(?:(?P<base>utc|gmt)\s*(?P<off>[+\-−]\s?\d{1,2}(?::?\d{2})?)?|(?P<bare>[+-]\d{2}:?\d{2})"
    r"|(?P<name>et|est|edt|ct|cst|cdt|mst|mdt|pst|pdt|bst|cet|cest|mez|mesz|eet|eest|msk|мск|trt|azt|irst|jst|kst|ist|aest|aedt|sgt|pkt|wib)\b)"
)
# Hours from UTC; a name that two places use (CST, IST) is the one the press means most.
_ZONE_HOURS = {
    "est": -5.0, "edt": -4.0, "cst": -6.0, "cdt": -5.0, "mst": -7.0, "mdt": -6.0, "pst": -8.0, "pdt": -7.0,
    "bst": 1.0, "cet": 1.0, "cest": 2.0, "mez": 1.0, "mesz": 2.0, "eet": 2.0, "eest": 3.0, "msk": 3.0,
    "мск": 3.0, "trt": 3.0, "azt": 4.0, "irst": 3.5, "jst": 9.0, "kst": 9.0, "ist": 5.5, "aest": 10.0,
    "aedt": 11.0, "sgt": 8.0, "pkt": 5.0, "wib": 7.0,
}  # fmt: skip
_ZONE_AREAS = {
    "et": "America/New_York",
    "ct": "America/Chicago",
}  # summer or winter, by the day


def read_written(text: str, *, language: str = "", month_first: bool = False) -> Written | None:
    """Find the first date a person wrote in a short text, and the time beside it."""
    if len(text) > MAX_LENGTH:
        return None
    folded = fold_date(text)
    if (found := _first_day(folded, language, month_first)) is None:
        return None
    day, start, end = found
    return _clock_beside(folded, start, end)._replace(day=day)


def _first_day(text: str, language: str, month_first: bool) -> tuple[date, int, int] | None:
    found: tuple[date, int, int] | None = None
    for pattern in _patterns_for(text, language):
        for match in pattern.finditer(text):
            if found is not None and match.start() >= found[1]:
                break
            if (day := _day_of(match, language, month_first)) is not None:
                found = day, match.start(), match.end()
                break
    return found


def _patterns_for(text: str, language: str) -> Iterator[re.Pattern[str]]:
    """Yield the patterns that may match: each needs a sign, and most of them a whole year."""
    if _LONG_YEAR.search(text):
        day_first, month_first, latvian, year_first = _named(language)
        yield _YEAR_FIRST
        yield day_first
        if _DAY_AND_YEAR.search(text):
            yield month_first
        if "gada" in text:
            yield latvian
        yield year_first
    if "thang" in text:
        yield _VIETNAMESE
    yield _DAY_FIRST


def _day_of(match: re.Match[str], language: str, month_first: bool) -> date | None:
    parts = match.groupdict()
    year = int(parts["y"])
    if "a" in parts:
        first, second = int(parts["a"]), int(parts["b"])
        swapped = second > 12 or (month_first and parts["s"] == "/" and first <= 12)
        day, month = (second, first) if swapped else (first, second)
    else:
        day, word = int(parts["d"]), parts["m"]
        month = int(word) if word.isdigit() else month_number(word, language)
    return _make_day(year + 2000 if year < 100 else year, month, day)


def _make_day(year: int, month: int, day: int) -> date | None:
    try:
        if year < 1600:
            return from_solar_hijri(year, month % SOLAR_HIJRI, day)
        if year > 2500:  # the Buddhist era, which Thai pages print
            year -= 543
        return date(year, month, day)
    except ValueError:
        return None


def _clock_beside(text: str, start: int, end: int) -> Written:
    """Return the time just after the date, or else just before it, on a day to be replaced."""
    match = _CLOCK.search(text, end)
    if (
        match is None
        or match.start() - end > 30
        or _YEAR.search(text, end, match.start())  # it is another date's time
    ):
        match = None
        for match in _CLOCK.finditer(text, 0, start):  # noqa: B007 - the last of them
            pass
    if match is None:
        return Written(day=date.min)
    minute = int(match["i"] or match["j"] or match["k"] or 0)
    hour = _hour(match, text) % 24
    zone = _ZONE.match(text, match.end())
    return Written(
        day=date.min, clock=time(hour, minute, int(match["s"] or 0)), zone=_zone(zone)
    )


def _hour(match: re.Match[str], text: str) -> int:
    hour, half = int(match["h"]), (match["p"] or "").replace(".", "").strip()
    afternoon = half.startswith(("p", "م")) or _AFTERNOON_BEFORE.search(text, 0, match.start())
    if afternoon and hour < 12:
        return hour + 12
    return 0 if half.startswith(("a", "ص")) and hour == 12 else hour


def _zone(found: re.Match[str] | None) -> tzinfo | None:
    if found is None:
        return None
    if found["name"] in _ZONE_AREAS:
        return ZoneInfo(_ZONE_AREAS[found["name"]])
    if found["name"]:
        return timezone(timedelta(hours=_ZONE_HOURS.get(found["name"], 0)))
    return _offset((found["off"] or found["bare"] or "Z").replace(" ", ""))
