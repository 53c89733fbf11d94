"""Judge one piece by its own looks: noise of the page, a sentence, or a label."""

import re
from typing import Final

from crawler.extract.boilerplate import ADDRESS, CREDIT, RIGHTS, RIGHTS_SIGNS, STAMP
from crawler.extract.phrases import announces, pleads
from crawler.extract.pieces import LABEL, Piece
from crawler.extract.signs import holds_any
from crawler.extract.title import fold_title
from crawler.extract.weights import weigh
from storage.article import BlockKind

_END: Final = re.compile(r"[.!?…。！？؟।։]\W{0,3}$")
_TAIL: Final = 4  # letters in which an end stands
_DIGIT: Final = re.compile(r"\d")  # in every stamp
_SENTENCE: Final = frozenset('.!?…。！？؟।։:;,»”")')
_BRIEF: Final = 12
_WHOLE: Final = 25
_TITLE: Final = 20
_LONGEST_CALL: Final = 250


def is_noise(piece: Piece, titles: tuple[str, ...]) -> bool:
    """Tell a line of links, a label or a stamp from the article's words."""
    text, linked, length = piece.text, piece.linked, len(piece.text)
    if text == titles[0] or length < 2 or (text[0] in "hw" and ADDRESS.fullmatch(text)):
        return True
    heading = piece.kind is BlockKind.HEADING
    if heading and _repeats_title(text, titles):
        return True
    if linked and _is_of_links(text, linked):
        return True
    return length < _LONGEST_CALL and _is_words_of_page(text, linked, heading=heading)


def _is_of_links(text: str, linked: float) -> bool:
    if linked > 0.7 and len(text) < 200:
        return True
    return linked > 0.45 and len(text) < 160 and not ends(text) and "、" not in text


def _is_words_of_page(text: str, linked: float, *, heading: bool) -> bool:
    """Tell a short line that announces, pleads, dates, credits or keeps rights."""
    if len(text) < LABEL:
        if CREDIT.match(text) or announces(text):
            return True
        if _DIGIT.search(text) and STAMP.search(text):
            return not heading
    elif linked > 0.25 and announces(text):
        return True
    return pleads(text) or _keeps_rights(text)


def ends(text: str) -> bool:
    """Tell whether a text ends as a sentence does."""
    return _END.search(text, max(0, len(text) - _TAIL)) is not None


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


def is_sentence(piece: Piece) -> bool:
    """Tell a sentence from a label."""
    text = piece.text
    if len(text) >= 80:
        return True
    weight = weigh(text)
    if _BRIEF <= weight < _WHOLE and piece.kind is BlockKind.PARAGRAPH:
        return ends(text)  # a question, an answer
    return weight >= 80 or (weight >= 25 and text[-1] in _SENTENCE)
