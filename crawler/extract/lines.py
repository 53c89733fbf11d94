"""Read the visible text round the headline as lines, with their place.

Only asked where the head of the page leaves something open: a byline, a stamp, a logo.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from selectolax.lexbor import LexborNode

from crawler.extract.document import Document
from storage.article import Block

_SKIPPED: Final = frozenset(
    "script style noscript template svg iframe select option textarea head object".split()  # noqa: SIM905 - a row of tags
)
_INLINE: Final = frozenset(
    "a b i em strong span u s small font mark abbr cite q time bdi bdo wbr sub sup".split()  # noqa: SIM905 - a row of tags
)
MOST_LINES: Final = 1500
_LONGEST: Final = 400
_DEEPEST: Final = 150
_MACHINE: Final = re.compile(r"\d{4}-\d{2}-\d{2}")


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


class _Walk:
    def __init__(self) -> None:
        self.lines: list[tuple[str, bool]] = []
        self._parts: list[str] = []
        self._free = 0  # characters outside links

    def flush(self) -> None:
        if not self._parts:
            return
        if text := " ".join("".join(self._parts).split()):
            self.lines.append((text, self._free == 0))
        self._parts, self._free = [], 0

    def into(self, node: LexborNode, depth: int, *, link: bool) -> None:
        child = node.child
        while child is not None and len(self.lines) < MOST_LINES:
            tag = child.tag or ""
            if tag == "-text":
                self._text(child.text_content or "", link=link)
            elif tag == "br":
                self.flush()
            elif tag not in _SKIPPED and tag != "-comment" and depth < _DEEPEST:
                self._element(child, tag, depth, link=link)
            child = child.next

    def _text(self, text: str, *, link: bool) -> None:
        self._parts.append(text)
        self._free += 0 if link else len(text.strip())

    def _element(self, node: LexborNode, tag: str, depth: int, *, link: bool) -> None:
        inline = tag in _INLINE
        if not inline:
            self.flush()
        if tag == "time" and (stamp := node.attributes.get("datetime")):
            self._time(node, stamp)
        else:
            # Neighbouring spans are set apart by styles, not by a blank in the text.
            self._parts.append(" ")
            self.into(node, depth + 1, link=link or tag == "a")
            self._parts.append(" ")
        if not inline:
            self.flush()

    def _time(self, node: LexborNode, stamp: str) -> None:
        """Take the machine's stamp for the person's: "3 hours ago" tells nothing later."""
        text = stamp if _MACHINE.search(stamp) else node.text()
        self._text(f" {text} ", link=False)


def read_lines(
    document: Document, headline: str, blocks: tuple[Block, ...]
) -> tuple[Line, ...]:
    """Return the page's lines of up to 400 characters, each with its place."""
    root = document.tree.body
    if root is None:
        return ()
    walk = _Walk()
    walk.into(root, 0, link=False)
    walk.flush()
    return tuple(_placed(walk.lines, headline, blocks))


def _placed(
    lines: list[tuple[str, bool]], headline: str, blocks: tuple[Block, ...]
) -> Iterator[Line]:
    texts = {block.text for block in blocks}
    heads = [index for index, (text, _) in enumerate(lines) if headline and text == headline]
    bodies = [index for index, (text, _) in enumerate(lines) if text in texts]
    first = bodies[0] if bodies else len(lines)
    last = bodies[-1] if bodies else -1
    head = max((index for index in heads if index < first), default=heads[0] if heads else -1)
    for index, (text, linked) in enumerate(lines):
        if len(text) > _LONGEST:
            continue
        if head >= 0 and index < head:
            place = Place.ABOVE
        elif index < first:
            place = Place.HEAD
        else:
            place = Place.BODY if index <= last else Place.BELOW
        yield Line(text=text, place=place, linked=linked)
