"""Cut the passages of the container into pieces: a block each, and what speaks against it.

What a name rules out is passed over, a passage is split at empty lines, and spans that are no
text of the article are cut out.
"""

import re
from collections.abc import Callable
from functools import lru_cache, partial
from typing import Final, NamedTuple

from crawler.extract.outline import BREAK, Cut, Outline, fold_blanks, number_of
from crawler.extract.signs import holds_any
from crawler.extract.verdicts import is_out
from crawler.extract.weights import Weights
from storage.article import BlockKind

# A member of an enumeration is looked up in three times the time of a name; it is asked for at
# each piece.
PARAGRAPH: Final = BlockKind.PARAGRAPH
HEADING: Final = BlockKind.HEADING
_HEADINGS: Final = frozenset(map(number_of, ("h1", "h2", "h3", "h4", "h5", "h6")))
_H1: Final = number_of("h1")
_SPAN: Final = number_of("span")
_PRE: Final = number_of("pre")
_KINDS: Final = {
    number_of("blockquote"): BlockKind.QUOTE,
    number_of("li"): BlockKind.LIST_ITEM,
    number_of("dd"): BlockKind.LIST_ITEM,
    **dict.fromkeys(_HEADINGS, HEADING),
}
_PROPER: Final = _HEADINGS | frozenset(
    map(number_of, ("p", "li", "blockquote", "td", "dd", "dt", "pre"))
)
# An empty line, or a new one that is set in: "<br>　…", "<br>&nbsp;&nbsp;&nbsp;…".
_GAP: Final = re.compile(
    rf"{BREAK}\s*?{BREAK}\s*|{BREAK}[ \t\r\n]*(?:[\u2002\u2003\u3000]|\xa0[\xa0 ]\xa0)\s*"
)
_BLANK_LINE: Final = re.compile(r"\n[^\S\n]*\n")
_SUBHEADING: Final = re.compile(
    r"sub-?_?(?:head|title)|cross-?_?head|inter-?_?tit|zwischen-?_?(?:titel|ueberschrift)|ladillo"
    r"|(?:section|paragraph)-?_?(?:title|head)",
    re.IGNORECASE,
)
# What is said of a link to those who do not see its sign.
_WINDOW: Final = re.compile(
    r"\s?\([^()]{0,30}\b(?:new (?:window|tab)|neue[mns]? (?:fenster|tab)"
    r"|nouvel(?:le)? (?:fenêtre|onglet)|nueva (?:ventana|pestaña)|nova (?:janela|aba|guia)"
    r"|nuova (?:finestra|scheda)|nytt (?:fönster|vindu)|nyt vindue|nieuw (?:venster|tabblad)"
    r"|nowym oknie|external link|externer link|lien externe|enlace externo)\b[^()]{0,20}\)",
    re.IGNORECASE,
)
_SIGNS: Final = "\u00ad\u200b\ufeff\u2060"
_JUNK: Final = str.maketrans(dict.fromkeys(_SIGNS, ""))
_ABOVE: Final = 0.25  # as much of the text above a headline must stand below it
_ENOUGH: Final = 200
LABEL: Final = 60  # a text that is shorter may be a label
HALF: Final = 0.5


class Piece(NamedTuple):
    """What may become a block of the article, and what speaks for or against it."""

    text: str  # white space folded
    kind: BlockKind
    linked: float  # share of its text that stands in links
    stray: bool  # it stands in no paragraph, heading or item, but loose in a box
    after_gap: bool  # links were passed over before it
    links: int  # how many passages of links stand before it
    around: int  # the frame round its own


# As in the outline: a named tuple's own constructor costs twice as much.
_new_piece: Final[Callable[[tuple[object, ...]], Piece]] = partial(tuple.__new__, Piece)
_UNKNOWN: Final = object()


def squeeze(text: str) -> str:
    """Fold white space and drop soft hyphens and zero-width signs."""
    text = fold_blanks(text)
    if not text.isascii() and holds_any(text, _SIGNS):
        return " ".join(text.translate(_JUNK).split())
    return text


def pieces_of(outline: Outline, weights: Weights) -> list[Piece]:
    """Return the pieces of the container as they stand."""
    pieces: list[Piece] = []
    kinds: dict[int, BlockKind | None] = {
        weights.container: _KINDS.get(outline.numbers[weights.container], PARAGRAPH)
    }
    gap, links = False, 0
    texts, places, linkeds, cuts = outline.texts, outline.places, outline.linked, outline.cuts
    for passage in _below_headline(outline, weights):
        text, frame, linked = texts[passage], places[passage], linkeds[passage]
        kind = kinds.get(frame, _UNKNOWN)
        if kind is _UNKNOWN:
            kind = _kind(outline, weights, kinds, frame)
        mostly = linked > 0 and linked > HALF * len(text)
        links += mostly
        if kind is None:
            gap = gap or mostly
            continue
        if linked or passage in cuts:
            text = _own_text(text, cuts.get(passage), linked)
        share = linked / max(1, len(text.strip())) if linked else 0.0
        stray = kind is not HEADING and outline.numbers[frame] not in _PROPER
        if stray and len(text) < LABEL and _heads(outline, frame):
            kind, stray = HEADING, False
        for folded in _lines_of(outline, passage, text):
            if folded:
                place = stray, gap, links, outline.ups[frame]
                pieces.append(_new_piece((folded, kind, share, *place)))
        gap = False
    return _without_signs(pieces)


def _without_signs(pieces: list[Piece]) -> list[Piece]:
    """Drop soft hyphens and zero-width signs; few pages hold one, so all is asked at once."""
    if not holds_any("".join([piece.text for piece in pieces]), _SIGNS):
        return pieces
    return [piece._replace(text=text) for piece in pieces if (text := squeeze(piece.text))]


def _lines_of(outline: Outline, passage: int, text: str) -> list[str]:
    """Return what is left of a passage's text, white space folded, cut at empty lines."""
    if BREAK in text:
        return list(map(fold_blanks, _GAP.split(text)))
    if outline.numbers[outline.places[passage]] == _PRE:
        return list(map(fold_blanks, _BLANK_LINE.split(text)))
    if text is outline.texts[passage]:
        return [outline.line(passage)]
    return [fold_blanks(text)]


def _heads(outline: Outline, frame: int) -> bool:
    """Tell a box that is named as a sub-heading."""
    named = outline.frames[frame].attributes.get("class")
    return bool(named) and _names_subheading(named or "")


@lru_cache(maxsize=1 << 12)
def _names_subheading(named: str) -> bool:
    return _SUBHEADING.search(named) is not None


def _below_headline(outline: Outline, weights: Weights) -> range:
    """Return the container's passages, without the kicker and labels above the headline."""
    inside = outline.within(weights.container)
    above = weights.headline - outline.firsts[weights.container]
    if not 0 < above < len(inside):
        return inside
    told, below = _amount(outline, inside[:above]), _amount(outline, inside[above:])
    entitled = outline.numbers[outline.places[weights.headline]] in _HEADINGS
    # A line in the same words may stand anywhere.
    least = min(told, max(_ENOUGH, _ABOVE * told)) if entitled else told
    return inside[above:] if below >= least else inside


def _amount(outline: Outline, passages: range) -> int:
    """Return how much prose passages hold; labels and links are none."""
    here = slice(passages.start, passages.stop)
    return sum(
        len(text)
        for text, linked in zip(outline.texts[here], outline.linked[here], strict=True)
        if len(text) >= LABEL and linked <= HALF * len(text)
    )


def _kind(
    outline: Outline,
    weights: Weights,
    kinds: dict[int, BlockKind | None],
    frame: int,
) -> BlockKind | None:
    """Return what a frame of the container makes of its text; None: it is out or elsewhere."""
    path = [frame]
    while (frame := outline.ups[frame]) not in kinds:
        path.append(frame)
    kind = kinds[frame]
    for each in reversed(path):
        if kind is not None:
            tag = outline.numbers[each]
            ruled_out = weights.out[each]
            if not weights.judged[each]:
                ruled_out = is_out(outline.frames[each], tag)
            if ruled_out or tag == _H1:
                kind = None
            elif kind is PARAGRAPH or tag in _HEADINGS:
                kind = _KINDS.get(tag, kind)
        kinds[each] = kind
    return kind


def _own_text(text: str, cut: Cut | None, linked: int) -> str:
    """Return a passage without spans that are no text, and without what a link's sign says."""
    text = _without_spans(text, cut) if cut else text
    return _WINDOW.sub("", text) if linked and "(" in text else text


def _without_spans(text: str, cut: Cut) -> str:
    out = [(start, end) for node, start, end in cut.spans if is_out(node, _SPAN)]
    if not out:
        return text
    parts = cut.parts.copy()
    for start, end in out:
        parts[start:end] = [""] * (end - start)
    return "".join(parts)
