"""Read the visible text round the article as lines, with their place.

Taken from the passages of the page's outline, so that no node is visited twice.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from crawler.extract.document import Document
from crawler.extract.outline import BREAK
from storage.article import Block

_LONGEST: Final = 400
_MOST_BELOW: Final = 60


class Place(IntEnum):
    """Where a line stands."""

    ABOVE = 0  # before the headline
    HEAD = 1  # between headline and body
    BODY = 2
    BELOW = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of visible text."""

    text: str
    place: Place
    linked: bool  # all of it is a link
    passage: int  # its number in the outline


def read_lines(
    document: Document, headline: str, blocks: tuple[Block, ...]
) -> tuple[Line, ...]:
    """Return the lines round the article's text, of up to 400 characters, with their place."""
    lines = list(_lines(document))
    texts = {block.text for block in blocks}
    bodies = [n for n, (text, _, _) in enumerate(lines) if text in texts]
    last = bodies[-1] if bodies else len(lines)
    # Most of the body stands below the headline; a caption it took in may stand above.
    middle = bodies[len(bodies) // 4] if bodies else len(lines)
    head = _head(document, lines, headline, middle)
    first = next((n for n in bodies if n > head), len(lines))
    return tuple(
        Line(text=text, place=_place(n, head, first, last), linked=linked, passage=passage)
        for n, (text, linked, passage) in enumerate(lines[: last + 1 + _MOST_BELOW])
        if len(text) <= _LONGEST
    )


def _lines(document: Document) -> Iterator[tuple[str, bool, int]]:
    for number, passage in enumerate(document.outline.passages):
        linked = passage.linked > 0 and passage.linked >= 0.9 * len(passage.text.strip())
        for piece in passage.text.split(BREAK):
            if text := " ".join(piece.split()):
                yield text, linked, number


def _head(
    document: Document, lines: list[tuple[str, bool, int]], headline: str, first: int
) -> int:
    """Return the number of the headline's line: the last before the body; -1: there is none."""
    found = [n for n, (text, _, _) in enumerate(lines[:first]) if text == headline]
    if found:
        return found[-1]
    titles = [before for _, before in document.outline.marks.get("h1", ())]
    shown = [n for n, (_, _, passage) in enumerate(lines[:first]) if passage in titles]
    return shown[0] if shown else -1


def _place(number: int, head: int, first: int, last: int) -> Place:
    if number < head:
        return Place.ABOVE
    if number < first:
        return Place.HEAD
    return Place.BODY if number <= last else Place.BELOW
