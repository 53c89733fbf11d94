"""Tell whether an English page writes the month first, where its source and `lang` do not say.

Of 12/9/2016 the page's other stamps tell more than its language: one that can be read in one
way only, or days in words or in its address, if they are close to one reading alone. Not today:
the same page, looked at a week later, would tell another day.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import chain, islice
from typing import Final

from crawler.extract.stamp import read_written

_FIGURES: Final = re.compile(
    r"(?<![\d.:/-])(\d{1,2})([./-])(\d{1,2})\2((?:19|20)\d\d|\d\d)(?![\d:/-]|\.\d)"
)
_WORDS: Final = re.compile(
    r"\d{1,2}(?:st|nd|rd|th)? [A-Z][a-z]{2,8} \d{4}|[A-Z][a-z]{2,8}\.? \d{1,2}, \d{4}"
)
_CLOSE: Final = timedelta(days=4)
_FAR: Final = timedelta(days=20)
_MONTHS: Final = 12
_MOST: Final = 40  # stamps looked at
_SHORT: Final = 2  # digits of a year without its century


def in_doubt(texts: Iterable[str]) -> bool:
    """Say whether one of the texts holds a day in figures that can be read in two ways."""
    return any(
        first != second and max(first, second) <= _MONTHS
        for first, second, _ in _figures(texts)
    )


def month_leads(texts: Sequence[str], days: Iterable[date]) -> bool:
    """Say whether a page of these texts, on which these days stand, writes the month first."""
    doubtful = []
    for first, second, year in _figures(texts):
        if first > _MONTHS >= second:
            return False
        if second > _MONTHS >= first:
            return True
        if first != second:
            doubtful.append((year, first, second))
    if not doubtful:
        return False
    year, first, second = doubtful[0]
    known = [*days, *_in_words(texts)]
    month_first = _nearest(year, first, second, known)
    return month_first <= _CLOSE and _nearest(year, second, first, known) >= _FAR


def _figures(texts: Iterable[str]) -> Iterable[tuple[int, int, int]]:
    """Yield the three numbers of each stamp in figures."""
    for found in islice(chain.from_iterable(map(_FIGURES.finditer, texts)), _MOST):
        first, _, second, year = found.groups()
        yield int(first), int(second), int(year) + (2000 if len(year) == _SHORT else 0)


def _in_words(texts: Iterable[str]) -> Iterable[date]:
    """Yield the first days that name their month."""
    for found in islice(chain.from_iterable(map(_WORDS.finditer, texts)), _MOST):
        if stamp := read_written(found[0], language="en"):
            yield stamp.day


def _nearest(year: int, month: int, day: int, known: list[date]) -> timedelta:
    """Return how far a reading is from the nearest day that is known."""
    try:
        read = date(year, month, day)
    except ValueError:
        return timedelta.max
    return min((abs(each - read) for each in known), default=timedelta.max)
