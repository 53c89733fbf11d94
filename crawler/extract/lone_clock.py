# ruff: noqa: E501 - rows of words
"""Read a time of day that stands apart from its day: "14:35", "aktualisiert um 16:05"."""

import re
from collections.abc import Iterable
from datetime import date, time, tzinfo
from typing import Final

from crawler.extract.clock import clock_in
from crawler.extract.month_names import fold_date
from crawler.extract.stamp import Written
from crawler.extract.written_day import day_of_some_year, next_such_day

_TIME: Final = re.compile(
    r"\d(?:[:：٫.]\s?\d\d|\s?[h時时시点點]\s?\d\d|\s?[ap]\.?m)", re.IGNORECASE
)
_DIGIT: Final = re.compile(r"\d")
_WORD: Final = re.compile(r"[^\W\d_]+")
_MIDNIGHT: Final = time(0)  # of players, and of systems that know a day alone
_MOST_LETTERS: Final = 16  # beside a time with a label
_SHORT: Final = 60
# Beside a time that stands alone, folded.
_BESIDE: Final = frozenset(
    fold_date(
        "at um à om kl klo o godz h hs hrs uhr uur hour time uhrzeit heure hora ora alle ore saat vaxt час время "
        "ч в у о ώρα στις ساعت الساعة في שעה בשעה เวลา น lúc giờ pukul jam 時刻 시간"
    ).split()
)


def may_be_time(text: str) -> bool:
    """Say whether a text may hold a time of day."""
    return _TIME.search(text) is not None


def completed(last: Written, text: str, language: str, *, labelled: bool) -> Written | None:
    """Return the stamp that a folded text without a year tells beside the last stamp.

    With a label it is one of its own, of the same day or of the one it names; without, the time
    of the last stamp.
    """
    day, rest = last.day, text
    if labelled and (told := day_of_some_year(text, language)) is not None:
        month, number, rest = told
        if (later := next_such_day(month, number, day)) is None:
            return None
        day = later
    clock, zone, rest = clock_in(rest)
    if clock is None:
        return None
    if labelled:
        fits = sum(map(len, _WORD.findall(rest))) <= _MOST_LETTERS
    else:
        fits = last.clock is None and clock != _MIDNIGHT and _announces_time(rest)
    return Written(day, clock, zone or last.zone) if fits else None


def clock_alone(texts: Iterable[str]) -> tuple[time, tzinfo | None] | None:
    """Return the time of day that is a text of its own, if there is but one."""
    found = []
    for text in texts:
        if len(text) <= _SHORT and may_be_time(text):
            clock, zone, rest = clock_in(fold_date(text))
            if clock is not None and _announces_time(rest):
                found.append((clock, zone))
    return found[0] if len(found) == 1 and found[0][0] != _MIDNIGHT else None


def clock_of(
    day: date, texts: Iterable[str], language: str
) -> tuple[time, tzinfo | None] | None:
    """Return the time beside a day that texts tell without its year: "5 March, 14:20"."""
    for text in texts:
        if len(text) <= _SHORT and may_be_time(text):
            told = day_of_some_year(fold_date(text), language)
            if told is not None and told[:2] == (day.month, day.day):
                clock, zone, rest = clock_in(told[2])
                if clock is not None and not _DIGIT.search(rest):
                    return clock, zone
    return None


def _announces_time(rest: str) -> bool:
    """Say whether words do no more than announce a time of day: "Saat:", "Uhr"."""
    return not _DIGIT.search(rest) and _BESIDE.issuperset(_WORD.findall(rest))
