"""Walk over a figure or a small box once and note its words, its pictures and its headings."""

import re
from collections.abc import Callable
from functools import lru_cache, partial
from typing import Final, NamedTuple

from selectolax.lexbor import LexborNode

from crawler.extract.outline import COMMENT, LAST_NUMBER, TEXT, fold_blanks, number_of

_CREDIT: Final = re.compile(
    r"credit|crd\b|copyright|source|photographer|photo-?by|rights|agency|attribution|autor|urheber|"
    r"license|byline|author",
    re.IGNORECASE,
)
_NAMED: Final = re.compile(
    r"legend|description|bildunterschrift|untertitel|(?:img|image|pic|photo|foto|bild)\w*[-_]*"
    r"(?:text|info|desc|title|note|sub)|info-?text",
    re.IGNORECASE,
)
_SKIPPED: Final = (
    "script", "style", "noscript", "svg", "button", "template", "select", "input", "source",
    "meta", "link",
)  # fmt: skip
_MOST_NODES: Final = 400
_DEEPEST: Final = 30
# What to do at a tag, by its number; any other is looked into for its class.
_CHARS, _BREAK, _PICTURE, _PASSED, _BLOCK, _CUT, _HEADING, _LINK, _CAPTION = range(1, 10)
HEADINGS: Final = frozenset(map(number_of, ("h1", "h2", "h3", "h4", "h5", "form")))
_ACTIONS: Final = {
    TEXT: _CHARS,
    COMMENT: _PASSED,
    number_of("br"): _BREAK,
    number_of("img"): _PICTURE,
    **dict.fromkeys(map(number_of, _SKIPPED), _PASSED),
    **dict.fromkeys(map(number_of, ("p", "div", "li", "small", "cite", "footer")), _BLOCK),
    **dict.fromkeys(HEADINGS, _HEADING),
    number_of("span"): _CUT,
    number_of("a"): _LINK,
    number_of("figcaption"): _CAPTION,
}
_QUIET: Final = frozenset(map(number_of, ("small", "cite")))
_A: Final = number_of("a")
_ON_LINES: Final = frozenset({_BLOCK, _CAPTION})  # of their own


class Piece(NamedTuple):
    """A run of text inside a box, cut where the markup cuts it."""

    text: str = ""
    marked: bool = False  # the markup calls it a credit
    captioned: bool = False  # the markup calls it a caption
    named: bool = False  # its node is named as the words of a picture
    block: bool = False  # it stands on a line of its own
    linked: bool = False
    quiet: bool = False  # it stands in small letters, or the markup calls it a source


# A named tuple's own constructor costs twice as much.
_new_piece: Final[Callable[[tuple[object, ...]], Piece]] = partial(tuple.__new__, Piece)


class Box:
    """What a node holds; of more than some hundred nodes only the first."""

    __slots__ = (
        "_block",
        "_like",
        "_linked",
        "_parts",
        "_quiet",
        "headings",
        "nodes",
        "pictures",
        "pieces",
    )

    def __init__(self, node: LexborNode) -> None:
        self.pieces: list[Piece] = []
        self.pictures: list[LexborNode] = []
        self.headings = 0
        self.nodes = 0
        self._parts: list[str] = []  # of the piece that is being read
        self._like = (False, False, False)
        self._block = self._linked = self._quiet = False
        above = node.parent
        linked = node.tag_id == _A or (above is not None and above.tag_id == _A)
        self._read(node, self._like, linked, 0)
        self._cut(self._like, block=False)

    @property
    def words(self) -> list[Piece]:
        """Return what the markup calls a caption, with the credits, or else all pieces."""
        if not any(piece.captioned for piece in self.pieces):
            return self.pieces
        return [
            piece
            for number, piece in enumerate(self.pieces)
            if piece.captioned or piece.marked or (number and piece.quiet)
        ]

    @property
    def size(self) -> int:
        """Return how many characters stand in the box."""
        return sum(len(piece.text) for piece in self.pieces)

    def _cut(self, like: tuple[bool, bool, bool], *, block: bool, quiet: bool = False) -> None:
        """End a piece and begin another."""
        if self._parts:
            text = fold_blanks("".join(self._parts))
            if text:
                self.pieces.append(
                    _new_piece((text, *self._like, self._block, self._linked, self._quiet))
                )
            self._parts = []
        self._like, self._block, self._linked, self._quiet = like, block, False, quiet

    def _read(  # noqa: C901, PLR0912 - one loop, as in the outline
        self,
        node: LexborNode,
        like: tuple[bool, bool, bool],
        linked: bool,
        depth: int,
    ) -> None:
        """Read a node's children; `like` is what is known of the text around."""
        if depth >= _DEEPEST:
            return
        ask = _ACTIONS.get
        for child in node.iter(True):
            if self.nodes >= _MOST_NODES:
                return
            self.nodes += 1
            number = child.tag_id
            action = ask(number, 0)
            if action == _CHARS:
                text = child.text_content
                if text:
                    self._parts.append(text)
                    if linked and not text.isspace():
                        self._linked = True
            elif action == _PASSED:
                pass
            elif action == _BREAK:
                self._cut(like, block=True)
            elif action == _PICTURE or (number > LAST_NUMBER and child.tag == "amp-img"):
                self.pictures.append(child)
            else:
                self._element(child, action, like, linked or action == _LINK, depth)

    def _element(
        self,
        node: LexborNode,
        action: int,
        like: tuple[bool, bool, bool],
        linked: bool,
        depth: int,
    ) -> None:
        if action == _HEADING and not like[1]:
            self.headings += 1  # in a caption it is the words of the picture
        attributes = node.attributes
        said = attributes.get("class") or attributes.get("itemprop")
        inner = like
        if said or action == _CAPTION:
            marked, captioned, named = _meaning(said or "")
            inner = (
                like[0] or marked,
                like[1] or captioned or action == _CAPTION,
                like[2] or named,
            )
        block = action in _ON_LINES
        if block or action == _CUT or inner != like:
            self._cut(inner, block=block, quiet=node.tag_id in _QUIET)
            self._read(node, inner, linked, depth + 1)
            self._cut(like, block=False)
        else:
            self._read(node, inner, linked, depth + 1)


@lru_cache(maxsize=4096)
def _meaning(said: str) -> tuple[bool, bool, bool]:
    """Return what a class or property makes of its text: a credit, a caption, a picture's."""
    credit, named = _CREDIT.search(said) is not None, _NAMED.search(said) is not None
    return credit, "caption" in said.lower(), named
