# ruff: noqa: E501 - one pattern a line, so that they can be compared
"""Find the day that a person wrote in a short folded text, in whatever calendar and order."""

import re
from collections.abc import Iterator
from datetime import date
from functools import cache

from crawler.extract.month_names import SOLAR_HIJRI, month_number, month_pattern
from crawler.extract.solar_hijri import from_solar_hijri

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
