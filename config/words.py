"""Read the small words of a configuration: durations, times, days, zones, addresses, ids.

Pure: each function takes what stands in the file and returns its value, or raises Misread with
a message that completes "'key' …" and a hint that shows what to write.
"""

import re
from collections.abc import Iterable
from datetime import date, time, timedelta
from difflib import get_close_matches
from functools import cache
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
DURATION = re.compile(r"(?:\d+[smhdw])+")
IN_WORDS = re.compile(r"(\d+)\s*(sec|second|min|minute|hour|hr|day|week)s?", re.IGNORECASE)
RATES = {"hourly": "1h", "daily": "1d", "weekly": "1w"}
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
SLUG = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
LANGUAGE_NAMES = {
    "albanian": "sq", "arabic": "ar", "armenian": "hy", "azerbaijani": "az", "azeri": "az",
    "belarusian": "be", "bulgarian": "bg", "chinese": "zh", "croatian": "hr", "czech": "cs",
    "danish": "da", "dutch": "nl", "english": "en", "estonian": "et", "farsi": "fa",
    "finnish": "fi", "french": "fr", "georgian": "ka", "german": "de", "greek": "el",
    "hebrew": "he", "hindi": "hi", "hungarian": "hu", "indonesian": "id", "italian": "it",
    "japanese": "ja", "kazakh": "kk", "korean": "ko", "kurdish": "ku", "kyrgyz": "ky",
    "latvian": "lv", "lithuanian": "lt", "norwegian": "no", "pashto": "ps", "persian": "fa",
    "polish": "pl", "portuguese": "pt", "romanian": "ro", "russian": "ru", "serbian": "sr",
    "slovak": "sk", "slovenian": "sl", "spanish": "es", "swedish": "sv", "tajik": "tg",
    "thai": "th", "turkish": "tr", "turkmen": "tk", "ukrainian": "uk", "urdu": "ur",
    "uzbek": "uz", "vietnamese": "vi",
}  # fmt: skip
WRITTEN = ("en", "az", "fa", "ru")  # the languages of alerts and digests (alerts/words/)
CRON_FIELD = re.compile(r"[\d*/,A-Za-z-]+")
EMAIL = re.compile(r"[^\s@<>,;]+@[^\s@<>,;]+")


class Misread(ValueError):  # noqa: N818 - it says what was wrong with the word, not with us
    """A word is not of the form its key wants; a person must correct it."""

    def __init__(self, message: str, hint: str = "") -> None:
        self.message, self.hint = message, hint
        super().__init__(message)


def duration(word: str) -> timedelta:
    """Read "15m", "6h", "30d", "1h30m"."""
    if not DURATION.fullmatch(word):
        said = IN_WORDS.fullmatch(word)
        meant = f"{said[1]}{said[2][0].lower()}" if said else RATES.get(word.lower())
        hint = f"write {meant}" if meant else "write a number and s, m, h, d or w: 15m, 6h, 30d"
        raise Misread(f"E005 is no duration: {word!r}", hint)
    parts = re.findall(r"(\d+)([smhdw])", word)
    try:
        return sum((timedelta(**{UNITS[unit]: int(n)}) for n, unit in parts), timedelta())
    except OverflowError as error:
        raise Misread(f"E005 is longer than can be counted: {word!r}") from error


def written_duration(value: timedelta) -> str:
    """Write a duration as an analyst would."""
    seconds = int(value.total_seconds())
    for unit, size in (("d", 86400), ("h", 3600), ("m", 60)):
        if seconds and seconds % size == 0:
            return f"{seconds // size}{unit}"
    return f"{seconds}s"


def clock_time(word: str) -> time:
    """Read "07:00"; "24:00" and seconds are refused."""
    found = re.fullmatch(r"(\d{1,2}):(\d{2})", word)
    if not found or int(found[1]) > 23 or int(found[2]) > 59:
        raise Misread(f"is no time of day: {word!r}", "write hours and minutes: 07:00")
    return time(int(found[1]), int(found[2]))


def day(word: str) -> date:
    """Read "2026-11-24"."""
    try:
        return date.fromisoformat(word)
    except ValueError as error:
        raise Misread(f"is no date: {word!r}", _as_date(word)) from error


def _as_date(word: str) -> str:
    """Say how a day is written that people wrote otherwise."""
    if timed := re.match(r"(\d{4}-\d\d-\d\d)[T ]", word):
        return f"a day has no hour here, it begins at midnight: {timed[1]}"
    if dotted := re.fullmatch(r"(\d{1,2})([./])(\d{1,2})[./](\d{4})", word):
        first, second, year = dotted[1].zfill(2), dotted[3].zfill(2), dotted[4]
        other = f", or {year}-{first}-{second}" if dotted[2] == "/" else ""
        return f"write year-month-day: {year}-{second}-{first}{other}"
    return "write the day's date, year-month-day: 2027-01-31"


def weekday(word: str) -> str:
    """Read "mon" or "Monday"."""
    short = word.lower()[:3]
    if short not in WEEKDAYS or not word.isalpha():
        raise Misread(f"is no day of the week: {word!r}", f"write one of {', '.join(WEEKDAYS)}")
    return short


@cache
def zones() -> frozenset[str]:
    """Return every IANA zone this machine knows."""
    return frozenset(available_timezones())


@cache
def zone(word: str) -> str:
    """Read an IANA time zone name."""
    try:
        ZoneInfo(word)
    except (OSError, ValueError, KeyError) as error:  # ZoneInfoNotFoundError is a KeyError
        raise _no_zone(word) from error
    return word


def _no_zone(word: str) -> Misread:
    if word.upper().startswith(("GMT+", "GMT-", "UTC+", "UTC-")):
        hint = "write a place, such as Asia/Baku: a difference knows no summer time"
        return Misread(f"E006 is no IANA time zone: {word!r}", hint)
    near = did_you_mean(word, zones()) or did_you_mean(
        word.rpartition("/")[2].title(), {z.rpartition("/")[2] for z in zones()}
    )
    return Misread(f"E006 is no IANA time zone: {word!r}", near or "write such as Asia/Baku")


def slug(word: str) -> str:
    """Read an id: history hangs on it, so it must be stable and plain."""
    if not SLUG.fullmatch(word):
        if EMAIL.fullmatch(word):
            hint = "addresses stand in channels.yaml (to:); write the id of such a channel"
            raise Misread(f"is no id: {word!r}", hint)
        plain = re.sub(r"[^a-z0-9._-]+", "-", word.lower()).strip("-._")[:64]
        raise Misread(
            f"is no id: {word!r}",
            "use small letters, digits and - . _" + (f", such as {plain}" if plain else ""),
        )
    return word


def web_address(word: str) -> str:
    """Read an http or https URL with a host and without a password."""
    try:
        parts = urlsplit(word)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise Misread(f"is no URL: {word!r}", "write such as https://example.org/") from error
    if parts.scheme not in {"http", "https"} or not host or re.search(r"[\s\\]", word):
        bare = re.fullmatch(r"[\w-]+(\.[\w-]+)+(/\S*)?", word)
        hint = f"write https://{word}" if bare else "write such as https://example.org/"
        raise Misread(f"is no URL: {word!r}", hint)
    if parts.username or parts.password:
        raise Misread("must not hold a user name or password", "no secret stands in a file")
    return word


def language(word: str) -> str:
    """Read a BCP 47 language tag: "en", "az", "zh-Hans"."""
    if word.lower() in LANGUAGE_NAMES:
        raise Misread(
            f"is no language tag: {word!r}", f"did you mean {LANGUAGE_NAMES[word.lower()]}?"
        )
    if not LANGUAGE.fullmatch(word):
        raise Misread(f"is no language tag: {word!r}", "write such as en, az, ru, fa")
    return word


def country(word: str) -> str:
    """Read an ISO 3166 country code of two letters."""
    if not re.fullmatch(r"[A-Za-z]{2}", word):
        raise Misread(f"is no country code: {word!r}", "write two letters: AZ, IR, GE")
    return word.upper()


def pattern(word: str) -> str:
    """Read a regular expression over URLs."""
    try:
        re.compile(word)
    except re.error as error:
        raise Misread(
            f"is no regular expression: {error.msg} at sign {(error.pos or 0) + 1}"
        ) from error
    if len(word) > 500:
        raise Misread("is longer than 500 characters")
    return word


def cron(word: str) -> str:
    """Read the five fields of cron; what they mean is the scheduler's matter."""
    fields = word.split()
    if len(fields) != 5 or not all(CRON_FIELD.fullmatch(each) for each in fields):
        raise Misread(
            f"is no cron line: {word!r}",
            "write five fields: minute hour day month weekday, such as */10 6-22 * * mon-fri",
        )
    return word


def email_address(word: str) -> str:
    """Read "desk@example.org" or "Desk <desk@example.org>"."""
    found = re.fullmatch(r"[^<>\r\n]*<([^<>]+)>", word)
    if not EMAIL.fullmatch(found[1] if found else word):
        raise Misread(f"is no e-mail address: {word!r}", "write such as desk@example.org")
    return word


def one_of(word: str, words: tuple[str, ...]) -> str:
    """Read one of a few words, whatever its case."""
    if word.lower() not in words:
        near = did_you_mean(word.lower(), words)
        raise Misread(f"must be one of {', '.join(words)}, not {word!r}", near)
    return word.lower()


def nearest(word: str, known: Iterable[str]) -> str:
    """Return the known word that was probably meant; empty: none is near."""
    near = get_close_matches(word, sorted(known), n=1, cutoff=0.6)
    return near[0] if near else ""


def did_you_mean(word: str, known: Iterable[str], mark: str = "") -> str:
    """Return the hint that names the nearest known word; empty: none is near."""
    near = nearest(word, known)
    return f"did you mean {mark}{near}?" if near else ""
