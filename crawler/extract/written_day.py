# ruff: noqa: E501 - one pattern a line, so that they can be compared
"""Find the day that a person wrote in a short folded text, in whatever calendar and order."""

import re
from collections.abc import Iterator
from datetime import date
from functools import cache

from crawler.extract.month_names import BY_LANGUAGE, SOLAR_HIJRI, month_number, month_pattern
from crawler.extract.solar_hijri import from_solar_hijri

# What stands between a day, a month's name and a year: "7. Dezember 2023", "7 de diciembre de
# 2023", "7-ci dekabr, 2023", "ב-7 בדצמבר 2023", "2023. gada 7. decembris", "2023 m. gruodžio 7 d."
_AFTER_DAY = r"(?:st|nd|rd|th|er|[°º]|ª|o|a|\.|-?[a-z]{2})?[\s.,،/-]*(?:(?:de|of|di|d'|mes|del|ב|ই)[\s.,-]*)?ב?"
# The Arab east names a month twice: "كانون الأول/ديسمبر".
_AFTER_MONTH = r"(?:\s?/\s?[^\W\d_]+(?:\s[^\W\d_]+)?)?[\s.,،/'’-]*(?:(?:de|of|del|il|року|عام|سنة|لسنة)[\s.,]*)?"
# What names the number before it a year, folded: "2023. gada", "2023-yil", "2023 წლის", "2023-cü il".
_YEAR_WORD = r"m\.|gada|год[а-я]*|г\.|ж\.|жыл[а-яғ]*|(?:-c[iu]\s)?il|-?\s?yil\w*|-?\s?иил\w*|թ\.|წლის|წ\.|ko(?!\w)"


# A search passes over all but digits in C where a pattern begins with one: what may not stand
# before it is looked for behind it.
_DAY = r"(?P<d>\d(?<!\d\d)\d?)"


@cache
def _named(language: str) -> tuple[re.Pattern[str], ...]:
    """Return day-month-year, month-day-year and two with the year in front."""
    month = f"(?P<m>{month_pattern(language)})"
    day, year = r"(?P<d>\d{1,2})", r"(?P<y>(?:1[34]|19|20|25)\d\d|(?<=['’])\d\d)(?!\d)"
    return (
        re.compile(
            rf"{_DAY}{_AFTER_DAY}(?<![^\W\d_][^\W\d_][^\W\d_]){month}{_AFTER_MONTH}{year}"
        ),
        re.compile(
            rf"(?<![^\W\d_]){month}[\s.]*{day}(?:st|nd|rd|th)?(?!\d)[\s.,]+(?:at\s)?{year}"
        ),
        re.compile(rf"(?<!\d){year}[\s.-]*(?:{_YEAR_WORD})[\s.,]*{day}(?!\d)[\s.-]*{month}"),
        re.compile(rf"(?<!\d){year}[\s.,-]*(?:{_YEAR_WORD})?[\s.,]*{month}[\s.]*{day}(?!\d)"),
    )


_YEAR_FIRST = re.compile(
    r"(?P<y>[12](?<!\d\d)(?:(?<=1)[349]|(?<=2)[05])\d\d)(?:\s*[./-]\s*|\s(?=\d\d\s?/)|(?:\(\w{3,4}\))?\s*[年년]\s*|\sоны\s)(?P<m>\d{1,2})(?:\s*[./-]\s*|\s*[月월]\s*|\sсарын\s)(?P<d>\d{1,2})(?!\d)"
)
_DAY_FIRST = re.compile(
    r"(?P<a>\d(?<![\d.:/-]\d)\d?)\s?(?P<s>[./|-])\s?(?P<b>\d{1,2})\s?(?P=s)\s?(?P<y>(?:1[34]|19|20|25)\d\d|\d\d)(?![\d:/-]|\.\d)"
)
_LONG_YEAR = re.compile(r"[12](?:[34]|(?<=1)9|(?<=2)[05])\d\d")
_DAY_AND_YEAR = re.compile(r"\d(?:st|nd|rd|th)?[\s.,]+(?:at\s)?[12]\d\d\d(?!\d)")
_YEAR_AND_WORD = re.compile(r"[\d'’]\d?\d\d[\s.,-]*[^\W\d_]")
_YEAR_NAMED = re.compile(rf"\d\d\d\d[\s.-]*(?:{_YEAR_WORD})")
_THAI_LETTER = re.compile("[\u0e01-\u0e2e]")
_THAI = re.compile(
    r"(?P<d>\d{1,2})\s*(?P<m>[\u0e01-\u0e4e.]{4,12}?)\s*(?:[พค]\.?ศ\.?\s*)?(?P<y>\d{4}|\d\d)(?![\d:.])"
)
_JAPANESE_ERA = re.compile(
    r"(?P<e>令和|平成)\s*(?P<y>\d{1,2}|元)\s*年\s*(?P<m>\d{1,2})\s*月\s*(?P<d>\d{1,2})\s*日"
)
_ERAS = {"令和": 2018, "平成": 1988}  # the year before each began
_MINGUO = re.compile(
    r"(?<!\d)(?P<y>1[0-3]\d)\s*(?:年|[./-])\s*(?P<m>\d{1,2})\s*(?:月|[./-])\s*(?P<d>\d{1,2})(?![\d:])"
)
_REPUBLIC = 1911  # the year before the one from which Taiwan counts
_BUDDHIST = 543
OTHER_CALENDARS_END = 1600  # years before are Iran's
OTHER_CALENDARS_BEGIN = 2500  # years after are Thailand's
# Where a date in figures begins with the year, of two figures too: "23.12.07".
_YEAR_LEADS = frozenset({"ko", "ja", "zh", "hu", "lt"})
_VIETNAMESE = re.compile(
    r"(?P<d>\d{1,2})\s*thang\s*(?P<m>\d{1,2})\s*,?\s*(?:nam\s*)?(?P<y>\d{4})"
)


@cache
def _yearless(language: str) -> tuple[re.Pattern[str], ...]:
    """Return day-month and month-day in words, and both in figures."""
    month = f"(?P<m>{month_pattern(language)})"
    day, first = r"(?P<d>\d{1,2})", r"(?P<d>\d(?<![\d.:/-]\d)\d?)"
    return (
        re.compile(rf"{first}{_AFTER_DAY}(?<![^\W\d_][^\W\d_][^\W\d_]){month}\.?"),
        re.compile(rf"(?<![^\W\d_]){month}[\s.]*{day}(?:st|nd|rd|th)?(?![\d:])"),
        re.compile(
            r"(?P<a>\d(?<![\d.:/-]\d)\d?)(?:\.\s?|/|月)(?P<b>\d{1,2})(?:\.(?!\d)|日|(?![\d.:/]))"
        ),
    )


_MONTH_LEADS = frozenset({"ja", "zh", "ko"})


def day_of_some_year(text: str, language: str) -> tuple[int, int, str] | None:
    """Return the first month and day that a text tells without a year, and what is left of it."""
    for pattern in _yearless(language if language in BY_LANGUAGE else ""):
        if (found := pattern.search(text)) is None:
            continue
        parts = found.groupdict()
        if "a" in parts:
            one, other = int(parts["a"]), int(parts["b"])
            month, day = (one, other) if language in _MONTH_LEADS else (other, one)
        else:
            month, day = month_number(parts["m"], language), int(parts["d"])
        if 1 <= month <= 12 and 1 <= day <= 31:
            return month, day, f"{text[: found.start()]} {text[found.end() :]}"
    return None


def nearest_before(month: int, day: int, latest: date) -> date | None:
    """Return the last such day that is not later than another; None: there was none lately."""
    for year in (latest.year, latest.year - 1):
        made = make_day(year, month, day)
        if made is not None and made <= latest:
            return made
    return None


def next_such_day(month: int, day: int, earliest: date) -> date | None:
    """Return the first such day that is not earlier than another; None: there is none soon."""
    for year in (earliest.year, earliest.year + 1):
        made = make_day(year, month, day)
        if made is not None and made >= earliest:
            return made
    return None


def first_day(text: str, language: str, month_first: bool) -> tuple[date, int, int] | None:
    """Return the first day of a text, with where it begins and ends."""
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
        day_first, month_first, year_named, year_first = _named(
            language if language in BY_LANGUAGE else ""
        )
        yield _YEAR_FIRST
        yield day_first
        if _DAY_AND_YEAR.search(text):
            yield month_first
        if _YEAR_NAMED.search(text):
            yield year_named
        if _YEAR_AND_WORD.search(text):
            yield year_first
    if not text.isascii():
        yield from _of_the_east(text)
    if language == "zh":
        yield _MINGUO
    if "thang" in text:
        yield _VIETNAMESE
    yield _DAY_FIRST


def _of_the_east(text: str) -> Iterator[re.Pattern[str]]:
    if _THAI_LETTER.search(text):
        yield _THAI
    if "年" in text:
        yield _JAPANESE_ERA


def _day_of(match: re.Match[str], language: str, month_first: bool) -> date | None:
    parts = match.groupdict()
    if "a" in parts:
        return _in_figures(match, language, month_first)
    if "e" in parts:
        passed = 1 if parts["y"] == "元" else int(parts["y"])
        return make_day(_ERAS[parts["e"]] + passed, int(parts["m"]), int(parts["d"]))
    word, year = parts["m"], int(parts["y"])
    month = int(word) if word.isdigit() else month_number(word, language)
    if 100 <= year < 200:
        year += _REPUBLIC
    if year < 100:  # of a Thai date: the short year is Buddhist, or now and then ours
        year += 2000 + (_BUDDHIST - 43 if year > 40 else 0)
    return make_day(year, month, int(parts["d"]))


def _in_figures(match: re.Match[str], language: str, month_first: bool) -> date | None:
    """Return the day of three numbers, the order of which the language or the page tells."""
    first, second, last = int(match["a"]), int(match["b"]), int(match["y"])
    if last < 100 and language in _YEAR_LEADS:
        return make_day(2000 + first, second, last)
    year = last + 2000 if last < 100 else last
    if first != second and max(first, second) <= 12:
        named = _WEEKDAY.search(match.string, 0, match.start())
        if named and (told := _on_weekday(named[1], year, first, second)):
            return told
    # A system may say that a page of another language is American.
    american = month_first and (match["s"] == "/" or language == "en")
    swapped = second > 12 or (american and first <= 12)
    day, month = (second, first) if swapped else (first, second)
    return make_day(year, month, day)


def _on_weekday(named: str, year: int, first: int, second: int) -> date | None:
    """Return the one of both readings that falls on the weekday named before it."""
    days = (make_day(year, second, first), make_day(year, first, second))
    fitting = [day for day in days if day and day.weekday() == _WEEKDAYS.index(named)]
    return fitting[0] if len(fitting) == 1 else None


_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WEEKDAY = re.compile(r"(?<![^\W\d_])(mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\.?,?\s$")


def make_day(year: int, month: int, day: int) -> date | None:
    """Return a day of our calendar, of Iran's or of Thailand's, told apart by the year."""
    try:
        if year < OTHER_CALENDARS_END:
            return from_solar_hijri(year, month % SOLAR_HIJRI, day)
        if year > OTHER_CALENDARS_BEGIN:  # the Buddhist era, which Thai pages print
            year -= _BUDDHIST
        return date(year, month, day)
    except ValueError:
        return None
