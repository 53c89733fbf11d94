"""Read the stamps that a page shows its readers: "Last update: July 24, 2024 00:56"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from crawler.extract.aged import read_aged
from crawler.extract.document import Document
from crawler.extract.labels import PUBLISHED, UPDATED, beginnings_of
from crawler.extract.lines import Line, Lines
from crawler.extract.lone_clock import completed, may_be_time
from crawler.extract.month_names import fold_date
from crawler.extract.stamp import MAX_LENGTH, Written, read_written
from storage.article import Block

# Begins with one sign of one class, so that the search passes over all others in C.
_PLAIN_YEAR: Final = re.compile(r"\d(?:\d\d\d|[./-]\d{1,2}[./-]\d\d)")
# Of eras, of Thailand and with an apostrophe, too.
YEAR: Final = re.compile(
    r"\d(?:\d\d\d|[./-]\d{1,2}[./-]\d\d|年\s?\d|\s?[\u0e01-\u0e2e]\S{2,10} \d\d|, [’']\d\d)"
)
_BESIDE: Final = 2  # passages between a day and the time that belongs to it
_ABOVE: Final = 2  # lines above the headline that may tell the article's age
_DIGIT: Final = re.compile(r"\d")
_DENSE: Final = "\u2e80"  # from here on labels stand behind their stamps, too: "3/5 16:05 更新"
_PARTS: Final = re.compile(r"[(|・、]")
_APART: Final = "\0"  # stands in no page's text
_LONGEST: Final = 200
CLOSE: Final = 8  # lines above the headline
# What a stamp is by its label, its place and whether it stands in a link, where that is not the
# label or else the place.
_KINDS: Final = {
    ("published", "below", False): "below",
    ("published", "below", True): "below",
    ("published", "headline", False): "headline",
    ("published", "foot", False): "below",
    ("published", "foot", True): "below",
    ("", "above", True): "",
    ("", "head", True): "linked",
    ("", "below", False): "",
    ("", "below", True): "",
    ("published", "near", False): "below",
    ("published", "near", True): "below",
    ("", "foot", True): "",
    ("", "near", True): "",
}
_FOOT: Final = 4  # lines right below the text
_NEAR: Final = 10  # lines below it
_SHORT: Final = 60  # a stamp and a name
_AGED: Final = 120  # two ages with their labels
_REACH: Final = 60  # characters between a label and the end of its stamp


# How agencies and offices begin a text: "BAKU, Nov. 24, 2026 /Wire/ --", "Bern (24.11.2026).".
_DATELINE: Final = re.compile(
    r"(?:[^\d()]{0,40}[(,–—-]\s*)?"
    r"(\d[^()–—:„\"/]{5,24}|[^\W\d_]{3,9}\.? \d{1,2}, \d{4})\s*[)–—:„\"/-]"
)
_BEGINNINGS: Final = 2  # blocks


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """The stamps of the lines near the article."""

    updated: tuple[Written, ...] = ()  # labelled as an update
    published: tuple[Written, ...] = ()  # labelled as the publication
    bare: tuple[Written, ...] = ()  # in the head of the article, without a label
    far: tuple[Written, ...] = ()  # in a link, or just above the headline
    below: tuple[Written, ...] = ()  # labelled as the publication, below the text
    loose: tuple[Written, ...] = ()  # alone right below the text, or in the headline itself


def read_shown(lines: Lines, language: str, headline: str, *, month_first: bool) -> Shown:
    """Sort the stamps of the lines by what their labels call them, and by their place."""
    sorter = _Sorter(language, month_first=month_first)
    for place, line in _placed(lines, headline):
        if len(line.text) <= _LONGEST and (YEAR.search(line.text) or sorter.lends_to(line)):
            sorter.read(place, line)
    found = sorter.found
    return Shown(
        updated=tuple(found.get("updated", ())),
        published=tuple(found.get("published", ())),
        bare=tuple(found.get("head", ())),
        far=(*found.get("linked", ()), *reversed(found.get("above", []))),
        below=tuple(found.get("below", ())),
        loose=(*found.get("foot", ()), *found.get("headline", ())),
    )


class _Sorter:
    """The stamps found so far; the last may lend its day to a time that stands alone."""

    def __init__(self, language: str, *, month_first: bool) -> None:
        self.found: dict[str, list[Written]] = {}
        self._language = language
        self._month_first = month_first
        self._last: tuple[Written, str, int] | None = None  # with its kind and its passage

    def lends_to(self, line: Line) -> bool:
        """Say whether a line stands right behind the last stamp, and may hold a time."""
        near = self._last is not None and line.number - self._last[2] <= _BESIDE
        return near and may_be_time(line.text)

    def read(self, place: str, line: Line) -> None:
        """Sort the stamps of one line."""
        folded = fold_date(line.text)
        for label, text in _pieces(folded):
            kind = _KINDS.get((label, place, line.linked), label or place)
            if kind in {"foot", "near"}:
                kind = _kind_at_foot(folded, kind)
            if kind:
                self._take(kind, label, text, line)

    def _take(self, kind: str, label: str, text: str, line: Line) -> None:
        stamp = read_written(text, language=self._language, month_first=self._month_first)
        if stamp is None and self._last is not None and self.lends_to(line):
            last, its_kind, _ = self._last
            stamp = completed(last, text, self._language, labelled=bool(label))
            if stamp is None:
                self._last = None  # a player's time stands between
            elif not label:  # the last one's own time
                self.found[its_kind].pop()
                kind = its_kind
        if stamp is not None:
            self.found.setdefault(kind, []).append(stamp)
            self._last = stamp, kind, line.number


def read_ages(
    lines: Lines, language: str, headline: str, now: datetime, *, updates: bool
) -> Shown:
    """Return the stamps near the headline that are told against the page's own now.

    `updates`: no others are wanted, so that a line without a number and a label is passed over.
    """
    found: dict[str, list[Written]] = {"published": [], "updated": [], "": []}
    for line in (*lines.above[-_ABOVE:], *lines.head, *lines.below[:1]):
        if len(line.text) > _AGED or line.text == headline:
            continue
        if updates and not _DIGIT.search(line.text):
            continue
        folded = fold_date(line.text)
        if not updates or UPDATED.stand_in(folded):
            _note_ages(folded, language, now, found)
    return Shown(
        updated=tuple(found["updated"]),
        published=tuple(found["published"]),
        bare=tuple(found[""]),
    )


def _note_ages(
    folded: str, language: str, now: datetime, found: dict[str, list[Written]]
) -> None:
    last = None
    for label, text in _pieces(folded):
        stamp = read_aged(text.strip(), language, now)
        if stamp is None and label and last is not None:
            stamp = completed(last, text, language, labelled=True)
        if stamp is not None:
            found[label].append(stamp)
            last = stamp


def read_datelines(blocks: Sequence[Block], language: str) -> Iterator[Written]:
    """Yield the days with which the first blocks of a text begin, and that it ends with."""
    for block in blocks[:_BEGINNINGS]:
        found = _DATELINE.match(block.text)
        if found and (stamp := read_written(found[1], language=language)):
            yield stamp
    for block in blocks[-1:]:
        short = len(block.text) <= _SHORT and YEAR.search(block.text)
        if short and (stamp := read_written(block.text, language=language)):
            yield stamp


def shows_update(document: Document) -> bool:
    """Say whether any short text holds a year and a word for "updated": cheaper than lines.

    All short texts are searched at once, and only those with a year are looked at apart.
    """
    texts = document.outline.texts
    whole = _APART.join([each for each in texts if len(each) <= 2 * _LONGEST])
    end = 0
    while found := _PLAIN_YEAR.search(whole, end):
        start = whole.rfind(_APART, 0, found.start()) + 1
        end = whole.find(_APART, found.end())
        end = end if end >= 0 else len(whole)
        if UPDATED.stand_in(fold_date(whole[start:end])):
            return True
    return False


def _placed(lines: Lines, headline: str) -> Iterator[tuple[str, Line]]:
    """Yield the lines with the name of their place."""
    for line in lines.above[-CLOSE:]:
        yield "above", line
    for line in lines.head:
        yield "headline" if line.text == headline else "head", line
    for number, line in enumerate(lines.below):
        place = "foot" if number < _FOOT else "near" if number < _NEAR else "below"
        yield place, line


def _kind_at_foot(folded: str, place: str) -> str:
    """Return what a stamp below the text is: told ("on 19 May, posted by"), or alone."""
    if PUBLISHED.stand_in(folded):
        return "below"
    return "foot" if place == "foot" and len(folded) <= _SHORT else ""


def _last_part(text: str) -> str:
    return _PARTS.split(text)[-1][-_REACH:]


def _unlabelled(text: str, marks: list[tuple[int, int, str]]) -> str:
    """Return what stands before the first label, and is not what that is said of."""
    if not marks:
        return text[:MAX_LENGTH]
    start, end, _ = marks[0]
    stop = marks[1][0] if len(marks) > 1 else len(text)
    if text[start] > _DENSE and not _DIGIT.search(text, end, stop):
        return text[: start - len(_last_part(text[:start]))]
    return text[:start]


def _pieces(text: str) -> Iterator[tuple[str, str]]:
    """Cut a folded line at its labels; a piece reaches to the next label."""
    begun = beginnings_of(text)
    marks = sorted(
        [(*span, "updated") for span in UPDATED.spans(text, begun)]
        + [(*span, "published") for span in PUBLISHED.spans(text, begun)]
    )
    if not marks or marks[0][0] > 0:
        yield "", _unlabelled(text, marks)
    for index, (start, end, label) in enumerate(marks):
        stop = marks[index + 1][0] if index + 1 < len(marks) else len(text)
        if text[start] > _DENSE and not _DIGIT.search(text, end, stop):
            before = marks[index - 1][1] if index else 0
            yield label, _last_part(text[before:start])
        else:
            yield label, text[end : min(stop, end + _REACH)]
