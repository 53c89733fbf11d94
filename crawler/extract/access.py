"""Say how much of an article a page shows: all of it, what stands before a wall, nothing."""

import re
from collections.abc import Iterator
from typing import Final

from crawler.extract.document import Document
from crawler.extract.outline import Outline
from crawler.extract.signs import holds_any
from crawler.extract.verdicts import name_of
from crawler.extract.walls import LONGEST, calls, labels, signs_in
from storage.article import Access, Block

_TEASER: Final = 1500
_WALLED: Final = 2500
_SHORTEST: Final = 15  # letters of a wall
_BEGINNING: Final = 40  # letters by which a block is found again in the page
_ABOVE: Final = 15  # passages between a wall and the text
_BELOW: Final = 12
_LINKED: Final = 0.3  # of a label: it leads to another article
_LEGAL: Final = re.compile(r"©|\bcopyright\b", re.IGNORECASE)  # to whom a wire may be sold
_CUT: Final = re.compile(r"(?:\w|[,…]|\.\.\.)$")
_CUTTING: Final = 80  # letters of a text that breaks off at least
_WALL: Final = re.compile(
    r"(?:pay|plus|app|reg|premium|log-?in|member|meter|subscri\w*|abo|gate|soft|hard|article)[-_]?wall",
    re.IGNORECASE,
)
_NEXT: Final = 3  # passages below the text, the first of which stands in the wall


def length_of(blocks: tuple[Block, ...]) -> int:
    """Return how many characters the blocks hold."""
    return sum([len(block.text) for block in blocks])


def access_of(document: Document, blocks: tuple[Block, ...], frame: int | None) -> Access:
    """Return how much of the article the page shows. `frame`: where its text stands."""
    length = length_of(blocks)
    if not length:
        return Access.NO_BODY
    if length >= _WALLED:
        return Access.OPEN
    free = {str(node.get("isAccessibleForFree", "")).lower() for node in document.lds}
    if "false" in free and length < _TEASER:
        return Access.PAYWALLED
    if "true" not in free and _has_wall(document.outline, blocks, frame):
        return Access.PAYWALLED
    if _breaks_off(document.outline, blocks):
        return Access.PAYWALLED
    return Access.OPEN


def _breaks_off(outline: Outline, blocks: tuple[Block, ...]) -> bool:
    """Tell a text that ends within a sentence, above a box that is named for a wall."""
    last = blocks[-1].text
    if len(last) < _CUTTING or not _CUT.search(last):
        return False
    _, end = _span(outline, blocks)
    return any(
        _WALL.search(name_of(outline.frames[frame].attributes))
        for below in range(end + 1, min(end + 1 + _NEXT, len(outline.texts)))
        for frame in _around(outline, below)
    )


def _around(outline: Outline, passage: int) -> Iterator[int]:
    """Yield the frames round a passage that the text above does not stand in."""
    frame = outline.places[passage]
    while frame > 0 and outline.firsts[frame] == passage:
        yield frame
        frame = outline.ups[frame]


def _has_wall(outline: Outline, blocks: tuple[Block, ...], frame: int | None) -> bool:
    """Tell whether a wall stands near the text; what menus and other articles say is none."""
    begin, end = 0, len(outline.texts)
    if frame is not None:
        begin, end = max(0, outline.firsts[frame] - _ABOVE), outline.lasts[frame] + _BELOW
    near = enumerate(outline.texts[begin:end], begin)
    short = [n for n, each in near if _SHORTEST < len(each) < LONGEST]
    folded = "\n".join([outline.texts[n] for n in short]).lower()
    signs = signs_in(folded)
    if not signs:
        return False
    told = {block.text for block in blocks}
    walls = [n for n in short if holds_any(outline.texts[n].lower(), signs)]
    first, last = _span(outline, blocks) if walls else (0, 0)
    return any(
        _is_wall(outline, n, above=n < first)
        for n in walls
        if first - _ABOVE <= n <= last + _BELOW and outline.line(n) not in told
    )


def _is_wall(outline: Outline, passage: int, *, above: bool) -> bool:
    text = outline.line(passage)
    if calls(text):
        return True
    if _LEGAL.search(text):
        return False
    return outline.linked[passage] <= _LINKED * len(text) and labels(text, first=above)


def _span(outline: Outline, blocks: tuple[Block, ...]) -> tuple[int, int]:
    """Return the passages in which the text begins and ends; all, where it is not found."""
    begin, end = (block.text[:_BEGINNING] for block in (blocks[0], blocks[-1]))
    lines = outline.lines()
    first = next((n for n, line in enumerate(lines) if begin in line), 0)
    last = next((n for n in range(len(lines) - 1, -1, -1) if end in lines[n]), len(lines))
    return first, last
