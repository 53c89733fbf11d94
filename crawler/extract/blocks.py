"""Make the blocks of an article out of its pieces: each is kept or dropped by its neighbours.

Dropped are the headline again, repeats, lines of links, comments, pull quotes, headings with
nothing below them, and what stands before the first and after the last sentence.
"""

import re
from functools import partial
from itertools import pairwise, takewhile, zip_longest
from typing import Final

from crawler.extract.boilerplate import COMMENTS, SOURCES, speaks_of_outlet
from crawler.extract.noise import ends, is_caption, is_noise, is_sentence, rights_in
from crawler.extract.outline import Outline
from crawler.extract.pieces import HALF, HEADING, LABEL, PARAGRAPH, Piece, pieces_of
from crawler.extract.walls import walls_among
from crawler.extract.weights import Weights
from storage.article import Block, BlockKind

_OF_MANY: Final = re.compile(r"\d{1,3} ?/ ?\d{1,3}(?![\d/.])")
_NUMBER: Final = 9  # characters in which such a number stands
_GALLERY: Final = 4  # pictures
_ASKS: Final = re.compile(r"[?？؟]\W{0,3}$")
_ABOVE: Final = 0.15  # of the text at most stands above a headline
_ENOUGH: Final = 600  # characters that must stand before comments
_ENTICING: Final = 100  # characters before a wall
_ROW: Final = 20  # links
_FOOT: Final = 0.35  # of the text at most stands below them
_MOST_CALLS: Final = 4
_ABOUT: Final = 3
_LONGEST_LAST: Final = 300
_CAPTIONS: Final = 0.25
_FEW: Final = 0.1
_MANY_LINES: Final = 3
_MOST_NOTES: Final = 8
_LONGEST_NOTE: Final = 200
_SHORTEST: Final = 40  # of what may repeat a sentence
_SHORTEST_QUOTE: Final = 20  # where the markup calls it a quote
_LONGEST_QUOTE: Final = 300
_MOST_QUOTES: Final = 100  # more are the text itself, and comparing them costs
_QUOTES: Final = "\"'“”„«»‘’‚‹› ."


def read_blocks(
    outline: Outline, weights: Weights, titles: tuple[str, ...]
) -> tuple[Block, ...]:
    """Return the blocks of the container, tidied; `titles`: the headline, then its rivals."""
    pieces = _tidied(pieces_of(outline, weights), titles)
    return tuple([Block(kind=piece.kind, text=piece.text) for piece in pieces])


def _tidied(pieces: list[Piece], titles: tuple[str, ...]) -> list[Piece]:
    """Drop noise and repeats, what stands before and after the text, idle headings."""
    kept = _before_comments(_unique(_after_headline(pieces, titles[0])))
    kept = _without_walls(_without_galleries(kept))
    kept = _without_captions(_before_links(_without_noise(kept, titles)))
    kept = _without_strays(_without_pull_quotes(kept))
    return _without_calls(_trim(_without_idle_headings(kept)))


def _without_galleries(pieces: list[Piece]) -> list[Piece]:
    """Drop the pictures of a gallery and what is said of each: from "1/50" to "50/50"."""
    numbered = [
        n
        for n, piece in enumerate(pieces)
        if piece.text[0].isdigit() and _OF_MANY.match(piece.text[:_NUMBER])
    ]
    if len(numbered) < _GALLERY:
        return pieces
    first, last = numbered[0], numbered[-1]
    end = last + 1 + _said_of_each(numbered)
    text = _prose(pieces[:first]) + _prose(pieces[end:])
    return pieces[:first] + pieces[end:] if text >= _ENOUGH else pieces


def _without_walls(pieces: list[Piece]) -> list[Piece]:
    """Drop what a wall says in the midst of the text, and whatever little stands behind it."""
    lines = [piece.text if n else "" for n, piece in enumerate(pieces)]
    walls = walls_among(lines)
    if not walls or _tells_of_calls(pieces[: walls[0]]):
        return pieces
    first = walls[0]
    before, after = _prose(pieces[:first]), _prose(pieces[first:])
    if before >= _ENTICING and after < min(before, _ENOUGH):
        return pieces[:first]
    return [piece for n, piece in enumerate(pieces) if n not in walls]


def _said_of_each(numbered: list[int]) -> int:
    """Return how many pieces follow each number, as a rule."""
    steps = sorted(b - a for a, b in pairwise(numbered))
    return steps[len(steps) // 2] - 1


def _before_comments(pieces: list[Piece]) -> list[Piece]:
    """Cut the readers' comments, where a label stands over them and an article above it."""
    short = [(n, piece.text) for n, piece in enumerate(pieces) if len(piece.text) < LABEL]
    for number in [n for n, text in short if COMMENTS.match(text.lower())]:
        if _prose(pieces[:number]) >= min(_ENOUGH, _prose(pieces[number:])):
            return pieces[:number]
    return pieces


def _prose(pieces: list[Piece]) -> int:
    texts = (piece.text for piece in pieces if piece.linked <= HALF)
    return sum(len(text) for text in texts if len(text) >= LABEL)


def _before_links(pieces: list[Piece]) -> list[Piece]:
    """Cut what stands elsewhere on the page, behind a long row of links: notes of its foot."""
    most = _FOOT * sum(len(piece.text) for piece in pieces)
    after, end = 0, len(pieces)
    for number in range(len(pieces) - 1, 0, -1):
        piece, above = pieces[number], pieces[number - 1]
        after += len(piece.text)
        if after > most:
            break
        if piece.links - above.links >= _ROW and piece.around != above.around:
            end = number
    return pieces[:end]


def _without_strays(pieces: list[Piece]) -> list[Piece]:
    """Drop labels that stand loose between paragraphs: credits, names of buttons."""
    total = sum(len(piece.text) for piece in pieces)
    lengths = [len(piece.text) for piece in pieces if piece.stray]
    loose = sum(lengths)
    if loose > 0.3 * total:
        return pieces
    few = loose <= _FEW * total and len(lengths) <= _MOST_NOTES  # all else is in paragraphs
    end = _ASKS.search if few else ends
    kept = [
        piece
        for piece in pieces
        if not piece.stray or len(piece.text) >= LABEL or end(piece.text)
    ]
    while few and kept and kept[-1].stray and len(kept[-1].text) < _LONGEST_NOTE:
        kept.pop()  # a note of the page's own
    return kept


def _without_pull_quotes(pieces: list[Piece]) -> list[Piece]:
    """Drop what repeats a sentence of a paragraph in large letters."""
    quotes = [
        piece
        for piece in pieces
        if (piece.stray or piece.kind is not PARAGRAPH)
        and piece.kind is not HEADING  # it may quote what is said below it
        and (_SHORTEST_QUOTE if piece.kind is BlockKind.QUOTE else _SHORTEST)
        <= len(piece.text)
        <= _LONGEST_QUOTE
    ]
    if not quotes or len(quotes) > _MOST_QUOTES:
        return pieces
    said = {id(piece) for piece in quotes}
    rest = "\n".join(piece.text for piece in pieces if id(piece) not in said).lower()
    repeated = {id(piece) for piece in quotes if piece.text.strip(_QUOTES).lower() in rest}
    return [piece for piece in pieces if id(piece) not in repeated]


def _without_idle_headings(pieces: list[Piece]) -> list[Piece]:
    """Drop a heading whose text was passed over, so that the next heading follows it."""
    return [
        piece
        for piece, following in zip_longest(pieces, pieces[1:])
        if not (
            piece.kind is HEADING
            and following is not None
            and following.after_gap
            and following.kind is HEADING
        )
    ]


def _without_calls(pieces: list[Piece]) -> list[Piece]:
    """Cut what the outlet says of itself below the text, and what leads to nothing."""
    kept = list(pieces)
    for _ in range(_MOST_CALLS):
        if len(kept) < 3 or not _is_call(kept[-1].text):
            break
        kept.pop()
    if len(kept) < len(pieces) and _tells_of_calls(pieces[: len(pieces) // 2]):
        return pieces
    return kept


def _tells_of_calls(pieces: list[Piece]) -> bool:
    """Say whether a text is itself about newsletters, subscriptions and the like."""
    return sum(speaks_of_outlet(piece.text.lower()) for piece in pieces) >= _ABOUT


def _is_call(text: str) -> bool:
    if text.endswith(":") and len(text) < 2 * LABEL:
        return True  # what it leads to was no part of the article
    if len(text) > _LONGEST_LAST:
        return False
    folded = text.lower()
    return SOURCES.match(folded) is not None or speaks_of_outlet(folded)


def _after_headline(pieces: list[Piece], headline: str) -> list[Piece]:
    """Cut what stands above the headline, where it is repeated inside the container."""
    before, total = 0, sum(len(piece.text) for piece in pieces)
    for number, piece in enumerate(pieces):
        if headline and piece.text == headline:
            return pieces[number + 1 :]
        before += len(piece.text)
        if before > _ABOVE * total:
            break
    return pieces


def _without_noise(pieces: list[Piece], titles: tuple[str, ...]) -> list[Piece]:
    kept: list[Piece] = []
    rights = rights_in(pieces)
    for piece in pieces:
        if not is_noise(piece, titles, rights, first=not kept):
            kept.append(piece)
        elif kept and _announces(kept[-1]):
            kept.pop()
    return kept


def _without_captions(pieces: list[Piece]) -> list[Piece]:
    """Drop the words of pictures that stand among the paragraphs, unless they are the text."""
    captions = [n for n, piece in enumerate(pieces) if is_caption(piece.text)]
    if not captions:
        return pieces
    total = sum(len(piece.text) for piece in pieces)
    if sum(len(pieces[n].text) for n in captions) > _CAPTIONS * total:
        return pieces
    return [piece for n, piece in enumerate(pieces) if n not in captions]


def _announces(piece: Piece) -> bool:
    """Tell a label or heading that stood over what was dropped: "Read also"."""
    if piece.kind is HEADING:
        return True
    return piece.text.endswith(":") and len(piece.text) < LABEL


def _unique(pieces: list[Piece]) -> list[Piece]:
    if len({piece.text for piece in pieces}) == len(pieces):
        return pieces
    seen: set[str] = set()
    unique = []
    for piece in pieces:
        text = piece.text
        if len(text) < 40 or text not in seen:
            unique.append(piece)
            seen.add(text)
    return unique


def _trim(pieces: list[Piece]) -> list[Piece]:
    """Cut what stands before the first and after the last block that is a sentence."""
    sentences = [number for number, piece in enumerate(pieces) if is_sentence(piece)]
    if not sentences:
        return pieces
    first, last = sentences[0], sentences[-1]
    while last > first and pieces[last].kind is HEADING:
        last -= 1  # with nothing below it
    while first > 0 and pieces[first - 1].kind is HEADING:
        first -= 1
    for number in range(last + 1, len(pieces)):
        if pieces[number].kind is BlockKind.LIST_ITEM:
            last = number
        elif pieces[number].kind is not HEADING:
            break
    lines = sum(1 for _ in takewhile(partial(_continues, pieces[last]), pieces[last + 1 :]))
    return pieces[first : last + 1 + (lines if lines >= _MANY_LINES else 0)]


def _continues(last: Piece, piece: Piece) -> bool:
    """Tell a line that stands in a paragraph beside the last sentence: a list without items."""
    beside = piece.around == last.around and not (piece.stray or piece.linked)
    return beside and piece.kind is PARAGRAPH
