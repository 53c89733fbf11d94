"""Read the visible text round the article as lines, with their place.

Taken from the passages of the page's outline, so that no node is visited twice.
"""

from collections.abc import Callable
from enum import IntEnum
from functools import partial
from typing import Final, NamedTuple

from crawler.extract.document import Document
from crawler.extract.outline import BREAK, Passage, fold_blanks
from storage.article import Block

_LONGEST: Final = 400
_MOST_BELOW: Final = 60


class Place(IntEnum):
    """Where a line stands."""

    ABOVE = 0  # before the headline
    HEAD = 1  # between headline and body
    BELOW = 2


class Line(NamedTuple):
    """One line of visible text."""

    text: str
    place: Place
    linked: bool  # all of it is a link
    passage: int  # its number in the outline


# There may be hundreds: see the outline's named tuples.
_new_line: Final[Callable[[tuple[object, ...]], Line]] = partial(tuple.__new__, Line)


def read_lines(
    document: Document, headline: str, blocks: tuple[Block, ...], frame: int | None
) -> tuple[Line, ...]:
    """Return the lines round the article's text, of up to 400 characters, with their place.

    Those of the body itself are left out: no reader wants them.
    """
    outline = document.outline
    end = len(outline.passages) if frame is None else outline.lasts[frame] + 2 * _MOST_BELOW
    lines = _lines(outline.passages[:end])
    texts = {block.text for block in blocks}
    bodies = [n for n, (text, _, _) in enumerate(lines) if text in texts]
    last = bodies[-1] if bodies else len(lines)
    # Most of the body stands below the headline; a caption it took in may stand above.
    middle = bodies[len(bodies) // 4] if bodies else len(lines)
    head = _head(document, lines, headline, middle)
    first = next((n for n in bodies if n > head), len(lines))
    parts = (
        (Place.ABOVE, lines[: max(0, head)]),
        (Place.HEAD, lines[max(0, head) : first]),
        (Place.BELOW, lines[max(0, head, first, last + 1) : last + 1 + _MOST_BELOW]),
    )
    return tuple(
        [
            _new_line((text, place, linked, passage))
            for place, part in parts
            for text, linked, passage in part
            if len(text) <= _LONGEST
        ]
    )


def _lines(passages: list[Passage]) -> list[tuple[str, bool, int]]:
    lines: list[tuple[str, bool, int]] = []
    for number, (text, _, linked, _, _) in enumerate(passages):
        all_linked = linked > 0 and linked >= 0.9 * len(text.strip())
        for piece in (text,) if BREAK not in text else text.split(BREAK):
            if folded := fold_blanks(piece):
                lines.append((folded, all_linked, number))  # noqa: PERF401 - most are one
    return lines


def _head(
    document: Document, lines: list[tuple[str, bool, int]], headline: str, first: int
) -> int:
    """Return the number of the headline's line: the last before the body; -1: there is none."""
    found = [n for n, (text, _, _) in enumerate(lines[:first]) if text == headline]
    if found:
        return found[-1]
    titles = [before for _, before, _ in document.outline.marks.get("h1", ())]
    shown = [n for n, (_, _, passage) in enumerate(lines[:first]) if passage in titles]
    return shown[-1] if shown else -1
