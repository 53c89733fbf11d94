"""Judge one block by its own looks: noise of the page, a sentence, or a label."""

import re
from typing import Final

from crawler.extract.boilerplate import ADDRESS, CREDIT, RIGHTS, RIGHTS_SIGNS, STAMP
from crawler.extract.phrases import announces, pleads
from crawler.extract.pieces import LABEL
from crawler.extract.signs import holds_any
from crawler.extract.title import fold_title
from crawler.extract.weights import weigh
from storage.article import Block, BlockKind

END: Final = re.compile(r"[.!?…。！？؟।։]\W{0,3}$")
_SENTENCE: Final = re.compile(r"[.!?…。！？؟।։:;,»”\")]\s*$")
_BRIEF: Final = 12
_WHOLE: Final = 25
_TITLE: Final = 20
_LONGEST_CALL: Final = 250


def is_noise(block: Block, linked: float, titles: tuple[str, ...]) -> bool:
    """Tell a line of links, a label or a stamp from the article's words."""
    text = block.text
    if text == titles[0] or len(text) < 2 or (text[0] in "hw" and ADDRESS.fullmatch(text)):
        return True
    if block.kind is BlockKind.HEADING and _repeats_title(text, titles):
        return True
    if linked > 0.7 and len(text) < 200:
        return True
    if linked > 0.45 and len(text) < 160 and not END.search(text) and "、" not in text:
        return True
    if len(text) >= _LONGEST_CALL:
        return False
    if len(text) < LABEL and CREDIT.match(text):
        return True
    if len(text) < LABEL and (STAMP.search(text) or announces(text)):
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


def is_sentence(block: Block) -> bool:
    """Tell a sentence from a label."""
    if len(block.text) >= 80:
        return True
    weight = weigh(block.text)
    if _BRIEF <= weight < _WHOLE and block.kind is BlockKind.PARAGRAPH:
        return END.search(block.text) is not None  # a question, an answer
    return weight >= 80 or (weight >= 25 and bool(_SENTENCE.search(block.text)))
