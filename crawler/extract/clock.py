# ruff: noqa: E501 - one pattern a line, so that they can be compared
"""Find the time of day beside a day that a person wrote, and the zone it is told in."""

import re
from datetime import UTC, time, timedelta, timezone, tzinfo
from functools import lru_cache
from itertools import islice
from zoneinfo import ZoneInfo

FURTHEST = timedelta(hours=15)  # no place is further from UTC
# Folded as dates are: marks dropped, so "مساءً" and "μ.μ." stand without theirs.
_AFTERNOON = (
    r"p\.?\s?m\b\.?|م(?!\w)|مساء|ب\.?ظ|بعد\s?از\s?ظهر|μ\.?\s?μ|petang\b|malam\b|ptg\b|পিএম"
)
_MORNING = r"a\.?\s?m\b\.?|ص(?!\w)|صباحا|ق\.?ظ|π\.?\s?μ|pagi\b|এএম"
_CLOCK = re.compile(  # what may not stand before it is looked for behind its first digit: see _DAY
    r"(?P<h>\d(?<![\d./-]\d)(?<!\d:\d)(?:(?<=[01])\d|(?<=2)[0-4])?)"
    r"(?:(?:[:：٫]\s?|\s?h\s?|\sgio\s)(?P<i>[0-5]\d)(?::(?P<s>[0-5]\d))?|\.(?P<j>[0-5]\d)(?=\s*(?:uhr|am|pm|a\.m|p\.m|kl|h\b|$|[,|)\s]))"
    r"|\s*[時时시点點]\s*(?P<k>[0-5]?\d)\s*[分분]|\s*(?P<u>uhr)|(?=\s*[ap]\.?m\b))"
    rf"\s*(?:(?P<pm>{_AFTERNOON})|(?P<am>{_MORNING}))?(?![\d/]|\.\d|-(?!$|\d\d? [^\W\d]))"
)
_YEAR = re.compile(r"(?<!\d)(?:1[34]|19|20)\d\d(?!\d)")
_HALF_BEFORE = re.compile(
    r"(?:(?P<pm>午後|오후|저녁|下午|傍晚|晚上|晚間|晚间|(?<!\w)pm|शाम|दोपहर|বিকাল|সন্ধ্যা)"
    r"|(?P<am>午前|오전|새벽|上午|凌晨|(?<!\w)am))\s*$"
)
_FAR = 30  # characters between a day and its time
_NEAR = 4
_ZONE = re.compile(
    r"[\s,(]*(?:(?:uhr|uur|hrs|ч\.|น\.)[\s,(]*)?(?:(?P<base>utc|gmt)\s*(?P<off>[+\-−]\s?\d{1,2}(?::?\d{2})?)?|(?P<bare>[+-]\d{2}:?\d{2})"
    r"|(?P<name>[a-zмск]{2,4})\b)"
)
# Hours from UTC; a name that two places use (CST, IST) is the one the press means most.
_ZONE_HOURS = {
    "est": -5.0, "edt": -4.0, "cst": -6.0, "cdt": -5.0, "mst": -7.0, "mdt": -6.0, "pst": -8.0, "pdt": -7.0,
    "akst": -9.0, "akdt": -8.0, "hst": -10.0, "brt": -3.0, "wet": 0.0, "bst": 1.0, "wat": 1.0, "cet": 1.0,
    "cest": 2.0, "mez": 1.0, "mesz": 2.0, "sast": 2.0, "eet": 2.0, "eest": 3.0, "eat": 3.0, "idt": 3.0,
    "msk": 3.0, "мск": 3.0, "trt": 3.0, "irst": 3.5, "azt": 4.0, "gst": 4.0, "pkt": 5.0, "ist": 5.5,
    "npt": 5.75, "wib": 7.0, "ict": 7.0, "wita": 8.0, "sgt": 8.0, "hkt": 8.0, "myt": 8.0, "pht": 8.0,
    "awst": 8.0, "wit": 9.0, "jst": 9.0, "kst": 9.0, "acst": 9.5, "aest": 10.0, "acdt": 10.5, "aedt": 11.0,
    "nzst": 12.0, "nzdt": 13.0,
}  # fmt: skip
_ZONE_AREAS = {
    "et": "America/New_York",
    "ct": "America/Chicago",
    "pt": "America/Los_Angeles",
}  # summer or winter, by the day


def clock_beside(text: str, start: int, end: int) -> tuple[time | None, tzinfo | None]:
    """Return the time of day nearest to the date between `start` and `end`."""
    match = _CLOCK.search(text, end)
    gap = match.start() - end if match else _FAR + 1
    if gap > _FAR or _YEAR.search(text, end, end + gap):  # it is another date's time
        match, gap = None, len(text)
    if gap > _NEAR:
        for before in _CLOCK.finditer(text, 0, start):
            if start - before.end() < gap:
                match = before
    if match is None:
        return None, None
    zone = _ZONE.match(text, match.end())
    return _time(match, text), _zone(zone)


def clock_in(text: str) -> tuple[time | None, tzinfo | None, str]:
    """Return the one time of day of a text, its zone, and the text without the two."""
    found = list(islice(_CLOCK.finditer(text), 2))
    if len(found) != 1:
        return None, None, text
    named = _ZONE.match(text, found[0].end())
    zone = _zone(named)
    end = named.end() if named and zone else found[0].end()
    return _time(found[0], text), zone, f"{text[: found[0].start()]} {text[end:]}"


def _time(match: re.Match[str], text: str) -> time:
    minute = int(match["i"] or match["j"] or match["k"] or 0)
    return time(_hour(match, text), minute, int(match["s"] or 0))


def _hour(match: re.Match[str], text: str) -> int:
    hour, before = int(match["h"]) % 24, _HALF_BEFORE.search(text, 0, match.start())
    if hour < 12 and (match["pm"] or (before and before["pm"])):
        return hour + 12
    return 0 if hour == 12 and (match["am"] or (before and before["am"])) else hour


def _zone(found: re.Match[str] | None) -> tzinfo | None:
    if found is None:
        return None
    if found["name"] in _ZONE_AREAS:
        return ZoneInfo(_ZONE_AREAS[found["name"]])
    if found["name"]:
        hours = _ZONE_HOURS.get(found["name"])
        return (
            None if hours is None else timezone(timedelta(hours=hours), found["name"].upper())
        )
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
