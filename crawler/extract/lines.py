"""Read the visible text round the article as lines, with their place.

Taken from the passages of the page's outline, so that no node is visited twice.
"""

from collections.abc import Callable, Sequence
from functools import partial
from itertools import islice, pairwise
from typing import Final, NamedTuple

from crawler.extract.document import Document
from crawler.extract.outline import BREAK, Outline
from storage.article import Block

_LONGEST: Final = 400
_MOST_ABOVE: Final = 10  # no reader looks further up
_MOST_BELOW: Final = 60
_BEGINNING: Final = 3  # lines of text that may be a standfirst or a heading
_MOST_BETWEEN: Final = 9  # lines below one of them that may tell of the article
_SEVERAL: Final = 5  # lines of text


class Line(NamedTuple):
    """One line of visible text."""

    text: str
    linked: bool  # all of its passage is a link
    number: int  # of the passage in the outline


class Lines(NamedTuple):
    """The lines round an article's text, by where they stand."""

    above: Sequence[Line] = ()  # the last ones before the headline
    head: Sequence[Line] = ()  # between headline and body
    below: Sequence[Line] = ()


# There may be hundreds: see the outline's named tuples.
_new_line: Final[Callable[[tuple[object, ...]], Line]] = partial(tuple.__new__, Line)


def read_lines(
    document: Document, headline: str, blocks: tuple[Block, ...], frame: int | None
) -> Lines:
    """Return the lines round the article's text, of up to 400 characters, with their place.

    Those of the body itself are left out: no reader wants them.
    """
    outline = document.outline
    end = len(outline.texts) if frame is None else outline.lasts[frame] + 2 * _MOST_BELOW
    lines = _lines(outline, end)
    texts = {block.text for block in blocks}
    bodies = [n for n, (text, _) in enumerate(lines) if text in texts]
    last = bodies[-1] if bodies else len(lines)
    # Most of the body stands below the headline; a caption it took in may stand above.
    middle = bodies[len(bodies) // 4] if bodies else len(lines)
    head = _head(document, lines, headline, middle)
    beginning = [*islice((n for n in bodies if n > head), _BEGINNING), len(lines)]
    first = beginning[0]
    # A standfirst, a second headline too, may stand above the byline and the stamp.
    inside = [
        line
        for one, following in pairwise(beginning[:-1] if len(bodies) >= _SEVERAL else ())
        for line in lines[one + 1 : min(following, one + 1 + _MOST_BETWEEN)]
    ]
    return Lines(
        above=_last(outline, lines[: max(0, head)]),
        head=_short(outline, [*lines[max(0, head) : first], *inside]),
        below=_short(outline, lines[max(0, head, first, last + 1) : last + 1 + _MOST_BELOW]),
    )


def _lines(outline: Outline, end: int) -> list[tuple[str, int]]:
    """Return the lines, each with the number of its passage."""
    lines: list[tuple[str, int]] = []
    for number, (line, text) in enumerate(zip(outline.lines(end), outline.texts, strict=False)):
        if BREAK in text:
            pieces = (" ".join(piece.split()) for piece in text.split(BREAK))
            lines += [(piece, number) for piece in pieces if piece]
        elif line:
            lines.append((line, number))
    return lines


def _short(outline: Outline, lines: list[tuple[str, int]]) -> list[Line]:
    return [
        _new_line((text, outline.is_link(number), number))
        for text, number in lines
        if len(text) <= _LONGEST
    ]


def _last(outline: Outline, lines: list[tuple[str, int]]) -> list[Line]:
    last = islice((line for line in reversed(lines) if len(line[0]) <= _LONGEST), _MOST_ABOVE)
    return _short(outline, [*last][::-1])


def _head(document: Document, lines: list[tuple[str, int]], headline: str, first: int) -> int:
    """Return the number of the headline's line: the last before the body; -1: there is none."""
    above = range(first - 1, -1, -1)
    found = next((n for n in above if lines[n][0] == headline), None)
    if found is not None:
        return found
    titles = {before for _, before, _ in document.outline.marks.get("h1", ())}
    return next((n for n in above if lines[n][1] in titles), -1) if titles else -1
