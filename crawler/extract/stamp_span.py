"""Cut the stamp out of a line, so that the names before or after it are left alone."""

import re
from itertools import dropwhile
from typing import Final

from crawler.extract.labels import PUBLISHED, UPDATED
from crawler.extract.month_names import fold_date, month_pattern

_MONTHS: Final = re.compile(rf"(?<![^\W\d_]){month_pattern('')}(?![^\W_])")
_NUMBER: Final = re.compile(r"\d")
_NEXT_NUMBER: Final = re.compile(r"\d?[./-]\d")
_TO_LAST_NUMBER: Final = re.compile(r".*\d\S*", re.DOTALL)


def cut_stamp(line: str) -> str:
    """Return the line up to its stamp, or after it where the line begins with one.

    Works on words: folding may change a word's length, never the number of words.
    """
    number = _NUMBER.search(line)
    if number is None:
        return line
    words = line[: number.end()].split()  # up to the first that holds a digit
    before = _before_label(words, len(words) - 1, line[number.end() :])
    if before > 0:
        return " ".join(words[:before])
    words = _TO_LAST_NUMBER.sub("", line, count=1).split()
    return " ".join(dropwhile(lambda word: word.lower() in _AFTER_CLOCK, words))


def _before_label(words: list[str], end: int, rest: str) -> int:
    """Step back over the month, weekday mark and label that stand before the first digit.

    One month at most: "Anna Maier, May 7", "Omar Martin, 12 May" and "Eva Decker 12.5.2024".
    """
    named = False
    while end > 0:
        word = fold_date(words[end - 1]).strip(_EDGES)
        if word.rpartition(" ")[2] in _LABEL_ENDS and (length := _label_before(words, end)):
            end -= length
        elif not word or word in _SMALL or _is_label(word):
            end -= 1
        elif not named and _MONTHS.fullmatch(word) and not _tells_month(rest):
            named = True
            end -= 1
        else:
            break
    return end


def _tells_month(rest: str) -> bool:
    """Say whether what follows a stamp's first digit tells the month."""
    if _NEXT_NUMBER.match(rest):
        return True
    return any(_MONTHS.fullmatch(fold_date(word).strip(_EDGES)) for word in rest.split()[:2])


def _label_before(words: list[str], end: int) -> int:
    """Return of how many words the label is that ends there: "fecha de publicación"."""
    for length in range(min(_LONGEST_LABEL, end), 1, -1):
        if _is_label(fold_date(" ".join(words[end - length : end])).strip(_EDGES)):
            return length
    return 0


def _is_label(folded: str) -> bool:
    return UPDATED.is_one(folded) or PUBLISHED.is_one(folded)


_AFTER_CLOCK: Final = frozenset(
    ("uhr", "uur", "hrs", "am", "pm", "a.m.", "p.m.", "cet", "cest", "mez", "mesz", "est",
     "edt", "pst", "pdt", "et", "gmt", "utc", "bst", "ist")
)  # fmt: skip
_EDGES: Final = ".,:;|()-–—•·/ "
_LONGEST_LABEL: Final = 4
_LABEL_ENDS: Final = frozenset(
    label.rpartition(" ")[2] for label in UPDATED.words | PUBLISHED.words if " " in label
)
_SMALL: Final = frozenset(
    "on at am um le el il den dne dnia op på от в the of last first zuletzt dernière mise à "  # noqa: SIM905 - a row of words
    "mo di mi fr lun mar mer jeu ven dim mié jue vie sáb пн вт ср чт пт сб вс pzt çar "
    "date mon tue wed thu fri sat sun monday tuesday wednesday thursday friday saturday sunday "
    "montag dienstag mittwoch donnerstag freitag samstag sonntag lundi mardi mercredi jeudi "
    "vendredi samedi dimanche lunes martes miercoles jueves viernes sabado domingo".split()
)
