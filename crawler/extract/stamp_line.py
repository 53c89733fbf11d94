# ruff: noqa: E501 - rows of words
"""Tell a line that dates the article and says nothing else: "Published 5 March, updated 16:05".

Shorter ones are told by their looks (boilerplate.py); a long one looks like a sentence.
"""

import re
from typing import Final

from crawler.extract.labels import PUBLISHED, UPDATED, beginnings_of
from crawler.extract.month_names import fold_date, month_pattern

_LONGEST: Final = 200
_DATED: Final = re.compile(
    r"\d\d\d\d|\d\d?[./-]\s?\d\d?[./-]|\d\s?[:.h時时]\s?\d\d|\d[\s.]{1,2}[^\W\d_]{3}|[^\W\d_]{3}\.?\s\d"
)
_WORD: Final = re.compile(r"[^\W\d_]+")
_MONTHS: Final = re.compile(month_pattern(""))
_KNOWN: Final = frozenset(
    fold_date(
        "a m p am pm de di of del la las el le les il du au on at the um à om kl klo o godz h hs hrs uhr uur "
        "hours horas ore ora alle ч в у г года год рік року р ساعت الساعة م هـ στις เวลา น lúc giờ pukul "
        "年 月 日 時 分 点 時分 月日 年月日 時間 년 월 일 시 분 오전 오후 gmt utc est edt et cet cest ist msk мск wib hkt kst jst bst "
        "local time monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun"
    ).split()
)
_STRANGE: Final = (
    0.38  # of a line's letters and digits may be other words: weekdays, the outlet
)
_DENSE: Final = "\u2e80"  # from here on a letter is a word


def is_stamp_line(text: str) -> bool:
    """Say whether a text is made of stamps and their labels."""
    if len(text) > _LONGEST or not _DATED.search(text):
        return False
    folded = fold_date(text)
    if not (labels := _labels(folded)) and len(text) > _LONGEST // 4:
        return False
    for start, end in reversed(labels):
        folded = f"{folded[:start]} {folded[end:]}"
    strange = sum(map(_weight, filter(_is_strange, _WORD.findall(folded))))
    return strange <= _STRANGE * sum(not letter.isspace() for letter in text)


def _labels(folded: str) -> list[tuple[int, int]]:
    begun = beginnings_of(folded)
    return sorted((*UPDATED.spans(folded, begun), *PUBLISHED.spans(folded, begun)))


def _is_strange(word: str) -> bool:
    return word not in _KNOWN and not _MONTHS.fullmatch(word)


def _weight(word: str) -> int:
    return sum(3 if letter > _DENSE else 1 for letter in word)
