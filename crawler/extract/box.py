"""Walk over a figure or a small box once and note its words, its pictures and its headings."""

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from selectolax.lexbor import LexborNode

_CREDIT: Final = re.compile(
    r"credit|copyright|source|photographer|photo-?by|rights|agency|attribution|autor|urheber|"
    r"license|byline|author",
    re.IGNORECASE,
)
_NAMED: Final = re.compile(
    r"legend|description|bildunterschrift|untertitel|(?:img|image|pic|photo|foto|bild)\w*[-_]*"
    r"(?:text|info|desc|title|note|sub)|info-?text",
    re.IGNORECASE,
)
_SKIPPED: Final = frozenset(
    {"script", "style", "noscript", "svg", "button", "-comment", "template", "select", "input"}
)
_BLOCKS: Final = frozenset({"p", "div", "li", "small", "cite", "figcaption", "footer"})
_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "form"})
_MOST_NODES: Final = 400
_DEEPEST: Final = 30


@dataclass(slots=True, kw_only=True)
class Piece:
    """A run of text inside a box, cut where the markup cuts it."""

    text: str = ""
    marked: bool = False  # the markup calls it a credit
    captioned: bool = False  # the markup calls it a caption
    named: bool = False  # its node is named as the words of a picture
    block: bool = False  # it stands on a line of its own
    linked: bool = False


@dataclass(slots=True)
class Box:
    """What a node holds."""

    pieces: list[Piece] = field(default_factory=lambda: [Piece()])
    pictures: list[LexborNode] = field(default_factory=list)
    headings: int = 0
    nodes: int = 0

    @property
    def words(self) -> list[Piece]:
        """Return what the markup calls a caption, with the credits, or else all pieces."""
        if not any(piece.captioned for piece in self.pieces):
            return self.pieces
        return [piece for piece in self.pieces if piece.captioned or piece.marked]

    @property
    def size(self) -> int:
        """Return how many characters stand in the box."""
        return sum(len(piece.text) for piece in self.pieces)


def read_box(node: LexborNode) -> Box:
    """Walk over a node; a box of more than some hundred nodes is only begun."""
    box = Box()
    above = node.parent
    linked = node.tag == "a" or (above is not None and above.tag == "a")
    _into(node, box, Piece(linked=linked), 0)
    for piece in box.pieces:
        piece.text = " ".join(piece.text.split())
    box.pieces = [piece for piece in box.pieces if piece.text]
    return box


def _into(node: LexborNode, box: Box, like: Piece, depth: int) -> None:
    """Read a node's children; `like` holds what is known of the text around."""
    child = node.child
    while child is not None and depth < _DEEPEST and box.nodes < _MOST_NODES:
        box.nodes += 1
        tag = child.tag or ""
        if tag == "-text":
            text = child.text_content or ""
            box.pieces[-1].text += text
            box.pieces[-1].linked |= like.linked and bool(text.strip())
        elif tag == "br":
            box.pieces.append(_piece(like, block=True))
        elif tag in {"img", "amp-img"}:
            box.pictures.append(child)
        elif tag not in _SKIPPED:
            box.headings += tag in _HEADINGS
            _element(child, tag, box, like, depth)
        child = child.next


@lru_cache(maxsize=4096)
def _meaning(said: str) -> tuple[bool, bool, bool]:
    """Return what a class or property makes of its text: a credit, a caption, a picture's."""
    credit, named = _CREDIT.search(said) is not None, _NAMED.search(said) is not None
    return credit, "caption" in said.lower(), named


def _element(node: LexborNode, tag: str, box: Box, like: Piece, depth: int) -> None:
    attributes = node.attributes
    said = attributes.get("class") or attributes.get("itemprop")
    marked, captioned, named = _meaning(said) if said else (False, False, False)
    inner = Piece(
        marked=like.marked or marked,
        captioned=like.captioned or captioned or tag == "figcaption",
        named=like.named or named,
        linked=like.linked or tag == "a",
    )
    cuts = (inner.marked, inner.captioned, inner.named) != (
        like.marked,
        like.captioned,
        like.named,
    )
    if cuts or tag in _BLOCKS or tag == "span":
        box.pieces.append(_piece(inner, block=tag in _BLOCKS))
        _into(node, box, inner, depth + 1)
        box.pieces.append(_piece(like, block=False))
    else:
        _into(node, box, inner, depth + 1)


def _piece(like: Piece, *, block: bool) -> Piece:
    return Piece(marked=like.marked, captioned=like.captioned, named=like.named, block=block)
