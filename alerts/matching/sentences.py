"""Find where the sentences of a paragraph begin, in five scripts.

A sentence ends at 。！？ at once, and at . ! ? … ؟ ۔ ։ or । before white space, unless the next
word begins in lower case or the full stop belongs to an initial ("J. Bayramov") or a known
abbreviation.
"""

import re

# Begun anew at each end of a long row ("!!!!…"), it would take for ever.
_END = re.compile(
    r"(?<![.!?…؟۔։।])[.!?…؟۔։।]++[\"'»”’)\]]*+\s++(?=[\"'«“‘(\[]*(\S))"
    r"|(?<![。！？])[。！？]++[」』”’）》]*+\s*+(?=(\S))"
)
_LAST_WORD = re.compile(r"([^\W_]+(?:\.[^\W_]+)*)\.$")
_ABBREVIATIONS = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "dr",
        "prof",
        "gen",
        "col",
        "lt",
        "capt",
        "sgt",
        "adm",
        "rep",
        "sen",
        "gov",
        "st",
        "vs",
        "inc",
        "ltd",
        "co",
        "corp",
        "jr",
        "sr",
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sep",
        "sept",
        "oct",
        "nov",
        "dec",
        "approx",
        "fig",
        "г",
        "гг",
        "им",
        "ул",
        "стр",
        "руб",
        "млн",
        "млрд",
        "тыс",
        "т",
        "д",
        "е",
        "др",
        "проф",
        "акад",
        "см",
        "ред",
        "c",
        "ci",
        "və",
        "s",
    ]
)


def sentence_starts(text: str) -> list[int]:
    """Return the offset of each sentence's first character; the first is always 0."""
    return [0, *(match.end() for match in _END.finditer(text) if _ends(text, match))]


def _ends(text: str, match: re.Match[str]) -> bool:
    if match[1] is None:
        return True
    if match[1].islower():
        return False
    if not match[0].startswith(".") or match[0].startswith(".."):
        return True
    word = _LAST_WORD.search(text, max(0, match.start() - 30), match.start() + 1)
    if word is None:
        return True
    name = word[1]
    if name.lower() == "no":  # "No. 5", and "He said no. Troops came"
        return not match[1].isdecimal()
    return not ((len(name) == 1 and name.isalpha()) or name.lower() in _ABBREVIATIONS)
