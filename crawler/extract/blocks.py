"""Make the blocks of an article out of the passages of its container.

What a name rules out is passed over, a passage is split at empty lines, spans that are no text
of the article are cut out, and what is left is tidied by its own looks: lines of links, the
headline again, headings with nothing below them.
"""

import re
from itertools import zip_longest
from typing import Final, NamedTuple

from crawler.extract.boilerplate import (
    ADDRESS,
    CALLS,
    CALLS_SIGNS,
    COMMENTS,
    CREDIT,
    RIGHTS,
    RIGHTS_SIGNS,
    STAMP,
)
from crawler.extract.outline import BREAK, Outline, Passage, number_of
from crawler.extract.phrases import announces, pleads
from crawler.extract.signs import holds_any
from crawler.extract.title import fold_title
from crawler.extract.verdicts import is_out
from crawler.extract.weights import Weights, weigh
from storage.article import Block, BlockKind

_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_KINDS: Final = {
    "blockquote": BlockKind.QUOTE,
    "li": BlockKind.LIST_ITEM,
    "dd": BlockKind.LIST_ITEM,
    **dict.fromkeys(_HEADINGS, BlockKind.HEADING),
}
_PROPER: Final = frozenset(
    map(number_of, ("p", "li", "blockquote", "td", "dd", "dt", "pre", *_HEADINGS))
)
_GAP: Final = re.compile(rf"{BREAK}\s*?{BREAK}\s*")
_SENTENCE: Final = re.compile(r"[.!?…。！？؟।։:;,»”\")]\s*$")
_END: Final = re.compile(r"[.!?…。！？؟।։]\W{0,3}$")
_ASKS: Final = re.compile(r"[?？؟]\W{0,3}$")
_ABOVE: Final = 0.15  # of the text at most stands above a headline
_LABEL: Final = 60
_BRIEF: Final = 12
_ENOUGH: Final = 600  # characters that must stand before comments
_HALF: Final = 0.5
_ROW: Final = 20  # links
_FOOT: Final = 0.35  # of the text at most stands below them
_WHOLE: Final = 25
_TITLE: Final = 20
_LONGEST_CALL: Final = 250
_MOST_CALLS: Final = 4
_LONGEST_LAST: Final = 300
_FEW: Final = 0.1
_MOST_NOTES: Final = 8
_LONGEST_NOTE: Final = 200
_MOST_QUOTES: Final = 100  # more are the text itself, and comparing them costs
_QUOTES: Final = "\"'“”„«»‘’‚‹› ."
_SIGNS: Final = "\u00ad\u200b\ufeff\u2060"
_JUNK: Final = str.maketrans(dict.fromkeys(_SIGNS, ""))


class Piece(NamedTuple):
    """A block that may become the article's, and what speaks for or against it."""

    block: Block
    linked: float  # share of its text that stands in links
    stray: bool  # it stands in no paragraph, heading or item, but loose in a box
    after_gap: bool  # links were passed over before it
    links: int  # how many passages of links stand before it
    around: int  # the frame round its own


def squeeze(text: str) -> str:
    """Fold white space and drop soft hyphens and zero-width signs."""
    # White space other than a blank, and signs of no width, are not printable.
    if text.isprintable() and "  " not in text:
        return text.strip(" ")
    text = " ".join(text.split())
    if not text.isascii() and holds_any(text, _SIGNS):
        return " ".join(text.translate(_JUNK).split())
    return text


def read_blocks(
    outline: Outline, weights: Weights, titles: tuple[str, ...]
) -> tuple[Piece, ...]:
    """Return the pieces of the container, tidied; `titles`: the headline, then its rivals."""
    return tidy(pieces_of(outline, weights), titles)


def pieces_of(outline: Outline, weights: Weights) -> list[Piece]:
    """Return the pieces of the container as they stand."""
    pieces: list[Piece] = []
    kinds: dict[int, BlockKind | None] = {
        weights.container: _KINDS.get(outline.tag(weights.container), BlockKind.PARAGRAPH)
    }
    gap, links = False, 0
    for passage in _below_headline(outline, weights):
        frame = passage.frame
        kind = kinds[frame] if frame in kinds else _kind(outline, weights, kinds, frame)
        linked = passage.linked > 0.5 * len(passage.text)
        links += linked
        if kind is None:
            gap = gap or linked
        else:
            place = outline.numbers[frame] not in _PROPER, gap, links, outline.ups[frame]
            pieces += _pieces(passage, kind, place)
            gap = False
    return pieces


def _below_headline(outline: Outline, weights: Weights) -> list[Passage]:
    """Return the container's passages, without the kicker and labels above the headline."""
    inside = outline.within(weights.container)
    above = weights.headline - outline.firsts[weights.container]
    if not 0 < above < len(inside):
        return inside
    return inside if _amount(inside[:above]) > _amount(inside[above:]) else inside[above:]


def _amount(passages: list[Passage]) -> int:
    """Return how much prose passages hold; labels and links are none."""
    return sum(
        len(text)
        for text, _, linked, _, _ in passages
        if len(text) >= _LABEL and linked <= _HALF * len(text)
    )


def _kind(
    outline: Outline,
    weights: Weights,
    kinds: dict[int, BlockKind | None],
    frame: int,
) -> BlockKind | None:
    """Return what a frame of the container makes of its text; None: it is out or elsewhere."""
    path: list[int] = []
    while frame not in kinds and frame > weights.container:
        path.append(frame)
        frame = outline.ups[frame]
    kind = kinds.get(frame)
    for each in reversed(path):
        if kind is not None:
            tag = outline.tag(each)
            ruled_out = weights.out[each]
            if not weights.judged[each]:
                ruled_out = is_out(outline.frames[each], tag)
            if ruled_out or tag == "h1":
                kind = None
            elif kind is BlockKind.PARAGRAPH or tag in _HEADINGS:
                kind = _KINDS.get(tag, kind)
        kinds[each] = kind
    return kind


def _pieces(
    passage: Passage, kind: BlockKind, place: tuple[bool, bool, int, int]
) -> list[Piece]:
    text = _without_spans(passage) if passage.spans else passage.text
    share = passage.linked / max(1, len(text.strip())) if passage.linked else 0.0
    if BREAK not in text:
        text = squeeze(text)
        return [Piece(Block(kind=kind, text=text), share, *place)] if text else []
    texts = map(squeeze, _GAP.split(text))
    return [Piece(Block(kind=kind, text=each), share, *place) for each in texts if each]


def _without_spans(passage: Passage) -> str:
    parts = list(passage.parts)
    for node, start, end in passage.spans:
        if is_out(node, "span"):
            parts[start:end] = [""] * (end - start)
    return "".join(parts)


def tidy(pieces: list[Piece], titles: tuple[str, ...]) -> tuple[Piece, ...]:
    """Drop noise and repeats, what stands before and after the text, idle headings."""
    kept = _before_comments(_unique(_after_headline(pieces, titles[0])))
    kept = _before_links(_without_noise(kept, titles))
    kept = _without_strays(_without_pull_quotes(kept))
    return tuple(_without_calls(_trim(_without_idle_headings(kept))))


def _before_comments(pieces: list[Piece]) -> list[Piece]:
    """Cut the readers' comments, where a label stands over them and an article above it."""
    for number in [n for n, piece in enumerate(pieces) if _is_over_comments(piece)]:
        if _prose(pieces[:number]) >= min(_ENOUGH, _prose(pieces[number:])):
            return pieces[:number]
    return pieces


def _is_over_comments(piece: Piece) -> bool:
    text = piece.block.text
    return len(text) < _LABEL and COMMENTS.match(text) is not None


def _prose(pieces: list[Piece]) -> int:
    texts = (piece.block.text for piece in pieces if piece.linked <= _HALF)
    return sum(len(text) for text in texts if len(text) >= _LABEL)


def _before_links(pieces: list[Piece]) -> list[Piece]:
    """Cut what stands elsewhere on the page, behind a long row of links: notes of its foot."""
    most = _FOOT * sum(len(piece.block.text) for piece in pieces)
    after, end = 0, len(pieces)
    for number in range(len(pieces) - 1, 0, -1):
        piece, above = pieces[number], pieces[number - 1]
        after += len(piece.block.text)
        if after > most:
            break
        if piece.links - above.links >= _ROW and piece.around != above.around:
            end = number
    return pieces[:end]


def _without_strays(pieces: list[Piece]) -> list[Piece]:
    """Drop labels that stand loose between paragraphs: credits, names of buttons."""
    total = sum(len(piece.block.text) for piece in pieces)
    lengths = [len(piece.block.text) for piece in pieces if piece.stray]
    loose = sum(lengths)
    if loose > 0.3 * total:
        return pieces
    few = loose <= _FEW * total and len(lengths) <= _MOST_NOTES  # all else is in paragraphs
    end = _ASKS if few else _END
    kept = [
        piece
        for piece in pieces
        if not piece.stray or len(piece.block.text) >= _LABEL or end.search(piece.block.text)
    ]
    while few and kept and kept[-1].stray and len(kept[-1].block.text) < _LONGEST_NOTE:
        kept.pop()  # a note of the page's own
    return kept


def _without_pull_quotes(pieces: list[Piece]) -> list[Piece]:
    """Drop what repeats a sentence of a paragraph in large letters."""
    quotes = [piece for piece in pieces if _may_be_pull_quote(piece)]
    if not quotes or len(quotes) > _MOST_QUOTES:
        return pieces
    whole = "\n".join(piece.block.text for piece in pieces)
    repeated = {
        id(piece) for piece in quotes if whole.count(piece.block.text.strip(_QUOTES)) > 1
    }
    return [piece for piece in pieces if id(piece) not in repeated]


def _may_be_pull_quote(piece: Piece) -> bool:
    kind = piece.block.kind
    if kind is BlockKind.HEADING or not 40 <= len(piece.block.text) <= 300:
        return False  # a sub-heading may quote what is said below it
    return piece.stray or kind is not BlockKind.PARAGRAPH


def _without_idle_headings(pieces: list[Piece]) -> list[Piece]:
    """Drop a heading whose text was passed over, so that the next heading follows it."""
    heading = BlockKind.HEADING
    return [
        piece
        for piece, following in zip_longest(pieces, pieces[1:])
        if not (
            piece.block.kind is heading
            and following is not None
            and following.after_gap
            and following.block.kind is heading
        )
    ]


def _without_calls(pieces: list[Piece]) -> list[Piece]:
    """Cut what the outlet says of itself below the text, and what leads to nothing."""
    kept = list(pieces)
    for _ in range(_MOST_CALLS):
        if len(kept) < 3 or not _is_call(kept[-1].block.text):
            break
        kept.pop()
    return kept


def _is_call(text: str) -> bool:
    if text.endswith(":") and len(text) < 2 * _LABEL:
        return True  # what it leads to was no part of the article
    if len(text) > _LONGEST_LAST:
        return False
    folded = text.lower()
    return holds_any(folded, CALLS_SIGNS) and CALLS.search(folded) is not None


def _after_headline(pieces: list[Piece], headline: str) -> list[Piece]:
    """Cut what stands above the headline, where it is repeated inside the container."""
    before, total = 0, sum(len(piece.block.text) for piece in pieces)
    for number, piece in enumerate(pieces):
        if headline and piece.block.text == headline:
            return pieces[number + 1 :]
        before += len(piece.block.text)
        if before > _ABOVE * total:
            break
    return pieces


def _without_noise(pieces: list[Piece], titles: tuple[str, ...]) -> list[Piece]:
    kept: list[Piece] = []
    for piece in pieces:
        if not is_noise(piece.block, piece.linked, titles if not kept else titles[:1]):
            kept.append(piece)
        elif kept and _announces(kept[-1].block):
            kept.pop()
    return kept


def _announces(block: Block) -> bool:
    """Tell a label or heading that stood over what was dropped: "Read also"."""
    if block.kind is BlockKind.HEADING:
        return True
    return block.text.endswith(":") and len(block.text) < _LABEL


def is_noise(block: Block, linked: float, titles: tuple[str, ...]) -> bool:
    """Tell a line of links, a label or a stamp from the article's words."""
    text = block.text
    if text == titles[0] or len(text) < 2 or (text[0] in "hw" and ADDRESS.fullmatch(text)):
        return True
    if block.kind is BlockKind.HEADING and _repeats_title(text, titles):
        return True
    if linked > 0.7 and len(text) < 200:
        return True
    if linked > 0.45 and len(text) < 160 and not _END.search(text) and "、" not in text:
        return True
    if len(text) >= _LONGEST_CALL:
        return False
    if len(text) < _LABEL and CREDIT.match(text):
        return True
    if len(text) < _LABEL and (STAMP.search(text) or announces(text)):
        return block.kind is not BlockKind.HEADING or announces(text)
    return pleads(text) or (linked > 0.25 and announces(text)) or _keeps_rights(text)


def _repeats_title(text: str, titles: tuple[str, ...]) -> bool:
    """Tell a heading that is a part of the headline, or a title of the page, with a kicker."""
    if len(text) < _TITLE:
        return False
    folded = fold_title(text)
    return text in titles[0] or any(
        len(title) >= _TITLE and title in folded for title in map(fold_title, titles)
    )


def _keeps_rights(text: str) -> bool:
    return holds_any(text, RIGHTS_SIGNS) and RIGHTS.search(text) is not None


def _unique(pieces: list[Piece]) -> list[Piece]:
    seen: set[str] = set()
    unique = []
    for piece in pieces:
        text = piece.block.text
        if len(text) < 40 or text not in seen:
            unique.append(piece)
            seen.add(text)
    return unique


def _trim(pieces: list[Piece]) -> list[Piece]:
    """Cut what stands before the first and after the last block that is a sentence."""
    sentences = [number for number, piece in enumerate(pieces) if is_sentence(piece.block)]
    if not sentences:
        return pieces
    first, last = sentences[0], sentences[-1]
    while first > 0 and pieces[first - 1].block.kind is BlockKind.HEADING:
        first -= 1
    for number in range(last + 1, len(pieces)):
        if pieces[number].block.kind is BlockKind.LIST_ITEM:
            last = number
        elif pieces[number].block.kind is not BlockKind.HEADING:
            break
    return pieces[first : last + 1]


def is_sentence(block: Block) -> bool:
    """Tell a sentence from a label."""
    if len(block.text) >= 80:
        return True
    weight = weigh(block.text)
    if _BRIEF <= weight < _WHOLE and block.kind is BlockKind.PARAGRAPH:
        return _END.search(block.text) is not None  # a question, an answer
    return weight >= 80 or (weight >= 25 and bool(_SENTENCE.search(block.text)))
