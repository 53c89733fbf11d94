"""Read the stamps that a page shows its readers: "Last update: July 24, 2024 00:56"."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from crawler.extract.labels import PUBLISHED, UPDATED
from crawler.extract.lines import Line, Place
from crawler.extract.month_names import fold_date
from crawler.extract.stamp import MAX_LENGTH, Written, read_written

_DIGIT: Final = re.compile(r"\d")
_YEAR: Final = re.compile(r"\d{4}|\d[./-]\d{1,2}[./-]\d\d")
_REACH: Final = 60  # characters between a label and the end of its stamp


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """The stamps of the lines near the article."""

    updated: tuple[Written, ...] = ()  # labelled as an update
    published: tuple[Written, ...] = ()  # labelled as the publication
    bare: tuple[Written, ...] = ()  # in the head of the article, without a label


def read_shown(lines: Iterable[Line], language: str, *, month_first: bool) -> Shown:
    """Sort the stamps of the lines by what their labels call them."""
    updated: list[Written] = []
    published: list[Written] = []
    bare: list[Written] = []
    for line in lines:
        if line.place is Place.BODY or len(line.text) > 200 or not _DIGIT.search(line.text):
            continue
        for label, text in _pieces(fold_date(line.text)):
            stamp = read_written(text, language=language, month_first=month_first)
            if stamp is None:
                continue
            if label == "updated":
                updated.append(stamp)
            elif label == "published" and line.place is not Place.BELOW:
                published.append(stamp)
            elif line.place is Place.HEAD and not line.linked:
                bare.append(stamp)
    return Shown(updated=tuple(updated), published=tuple(published), bare=tuple(bare))


def _pieces(text: str) -> Iterator[tuple[str, str]]:
    """Cut a folded line at its labels; a piece reaches to the next label."""
    if not _YEAR.search(text):
        return
    marks = sorted(
        [(found.start(), found.end(), "updated") for found in UPDATED.finditer(text)]
        + [(found.start(), found.end(), "published") for found in PUBLISHED.finditer(text)]
    )
    if not marks or marks[0][0] > 0:
        yield "", text[: marks[0][0] if marks else MAX_LENGTH]
    for index, (_, end, label) in enumerate(marks):
        stop = marks[index + 1][0] if index + 1 < len(marks) else len(text)
        yield label, text[end : min(stop, end + _REACH)]
