"""Cut the stamp out of a line, so that the names before or after it are left alone."""

import re
from typing import Final

from crawler.extract.labels import PUBLISHED, UPDATED
from crawler.extract.month_names import fold_date, month_pattern

_MONTHS: Final = re.compile(rf"(?<![^\W\d_]){month_pattern('')}(?![^\W_])")
_NUMBER: Final = re.compile(r"\d")


def cut_stamp(line: str) -> str:
    """Return the line up to its stamp, or after it where the line begins with one.

    Works on words: folding may change a word's length, never the number of words.
    """
    if not _NUMBER.search(line):
        return line
    words = line.split()
    stamped = [_NUMBER.search(word) is not None for word in words]
    first = stamped.index(True)
    before = _before_label(words, first)
    if before > 0:
        return " ".join(words[:before])
    last = len(stamped) - 1 - stamped[::-1].index(True)
    return " ".join(words[last + 1 :])


def _before_label(words: list[str], end: int) -> int:
    """Step back over the month, weekday mark and label that stand before the first digit."""
    while end > 0:
        if length := _label_before(words, end):
            end -= length
            continue
        word = fold_date(words[end - 1]).strip(".,:;|()-–—•·/")
        if word and not (
            _MONTHS.fullmatch(word)
            or UPDATED.is_one(word)
            or PUBLISHED.is_one(word)
            or word in _SMALL
        ):
            break
        end -= 1
    return end


def _label_before(words: list[str], end: int) -> int:
    """Return of how many words the label is that ends there: "fecha de publicación"."""
    for length in range(min(_LONGEST_LABEL, end), 1, -1):
        folded = fold_date(" ".join(words[end - length : end])).strip(".,:;|()-–—•·/ ")
        if UPDATED.is_one(folded) or PUBLISHED.is_one(folded):
            return length
    return 0


_LONGEST_LABEL: Final = 4
_SMALL: Final = frozenset(
    "on at am um le el il den the of last first zuletzt dernière mise à date "  # noqa: SIM905 - a row of words
    "mon tue wed thu fri sat sun monday tuesday wednesday thursday friday saturday sunday "
    "montag dienstag mittwoch donnerstag freitag samstag sonntag lundi mardi mercredi jeudi "
    "vendredi samedi dimanche lunes martes miercoles jueves viernes sabado domingo".split()
)
