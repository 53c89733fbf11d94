# ruff: noqa: E501 - one pattern a line, so that they can be compared
"""Find the time of day beside a day that a person wrote, and the zone it is told in."""

import re
from datetime import UTC, time, timedelta, timezone, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

FURTHEST = timedelta(hours=15)  # no place is further from UTC
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


def clock_beside(text: str, start: int, end: int) -> tuple[time | None, tzinfo | None]:
    """Return the time just after the date, or else just before it."""
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
        return None, None
    minute = int(match["i"] or match["j"] or match["k"] or 0)
    hour = _hour(match, text) % 24
    zone = _ZONE.match(text, match.end())
    return time(hour, minute, int(match["s"] or 0)), _zone(zone)


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
    return read_offset((found["off"] or found["bare"] or "Z").replace(" ", ""))


@lru_cache(maxsize=128)
def read_offset(text: str) -> tzinfo | None:
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
    if span > FURTHEST:
        return None
    return timezone(-span if text[0] in "-−" else span)
