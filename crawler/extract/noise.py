"""Judge one piece by its own looks: noise of the page, a sentence, or a label."""

import re
from typing import Final

from crawler.extract.boilerplate import (
    ADDRESS,
    CAPTION_SIGNS,
    CAPTIONED,
    CREDIT,
    REPORTER,
    RIGHTS,
    RIGHTS_SIGNS,
    STAMP,
)
from crawler.extract.phrases import announces, pleads
from crawler.extract.pieces import HEADING, LABEL, PARAGRAPH, Piece
from crawler.extract.signs import holds_any
from crawler.extract.stamp_line import is_stamp_line
from crawler.extract.title_words import fold_title
from crawler.extract.weights import weigh

_END: Final = re.compile(r"[.!?…。！？؟।։]\W{0,3}$")
_TAIL: Final = 4  # letters in which an end stands
_DIGIT: Final = re.compile(r"\d")  # in every stamp
_SENTENCE: Final = frozenset('.!?…。！？؟।։:;,»”")')
_BRIEF: Final = 12
_WHOLE: Final = 25
_TITLE: Final = 20
_LONGEST_CALL: Final = 250
_LONGEST_CAPTION: Final = 500
_CREDIT: Final = 120  # letters in which a credit stands
_BUTTON_ROW: Final = re.compile(r"(?:\[[^\[\]]{1,30}\]\W{0,3}){2,8}")  # "[ Print ] [ Back ]"
_NETWORKS: Final = frozenset(
    ("facebook", "twitter", "x", "whatsapp", "telegram", "linkedin", "pinterest", "reddit",
     "messenger", "bluesky", "threads", "flipboard", "instagram", "tumblr", "viber", "vk",
     "email", "e-mail", "mail", "print", "share", "send", "line", "youtube", "tiktok", "pocket")
)  # fmt: skip
_BUTTONS: Final = 3
_MOSTLY: Final = 0.6
_WHOLLY: Final = 0.95


def rights_in(pieces: list[Piece]) -> list[str]:
    """Return which signs of kept rights stand anywhere in a text: in most none does."""
    whole = "\n".join([piece.text for piece in pieces if len(piece.text) < _LONGEST_CALL])
    return [sign for sign in RIGHTS_SIGNS if sign in whole]


def is_noise(piece: Piece, titles: tuple[str, ...], rights: list[str], *, first: bool) -> bool:
    """Tell a line of links, a label or a stamp from the article's words.

    `rights`: the signs of kept rights that may stand in it.
    `first`: nothing of the text stands above it, as above a title in another wording.
    """
    text, linked, length = piece.text, piece.linked, len(piece.text)
    if text == titles[0] or _says_nothing(text):
        return True
    if first and _DIGIT.search(text) and is_stamp_line(text):
        return True
    heading = piece.kind is HEADING
    if heading and _repeats_title(text, titles, first=first):
        return True
    if linked and _is_of_links(text, linked):
        return True
    return length < _LONGEST_CALL and _is_words_of_page(text, linked, rights, heading=heading)


def is_caption(text: str) -> bool:
    """Tell the words of a picture by who took it, named at their end."""
    if len(text) > _LONGEST_CAPTION:
        return False
    tail = text[-_TAIL:]
    if text[-1] in _SENTENCE and ")" not in tail and "]" not in tail:
        return False  # as most paragraphs; no credit ends so
    end = text[-_CREDIT:].lower()
    return holds_any(end, CAPTION_SIGNS) and CAPTIONED.search(end) is not None


def _says_nothing(text: str) -> bool:
    """Tell a sign alone, an address, a rule: "***"."""
    if len(text) < 2:
        return True
    start = text[0]
    if start.isalnum():
        return start in "hw" and ADDRESS.fullmatch(text) is not None
    if start == "[" and _BUTTON_ROW.fullmatch(text):
        return True
    return not any(map(str.isalnum, text))


def _is_of_links(text: str, linked: float) -> bool:
    """Tell a line of links; a sentence that is one for the most part is text."""
    if linked > 0.7 and len(text) < 200:
        said = linked < _WHOLLY and len(text) >= LABEL and ends(text) and ":" not in text
        return not said
    return linked > 0.45 and len(text) < 160 and not ends(text) and "、" not in text


def _is_words_of_page(text: str, linked: float, rights: list[str], *, heading: bool) -> bool:
    """Tell a short line that announces, pleads, dates, credits or keeps rights."""
    if len(text) < LABEL:
        if CREDIT.match(text.lower()) or announces(text):
            return True
        if ("기자" in text or "특파원" in text) and REPORTER.fullmatch(text):
            return True
        if _DIGIT.search(text) and STAMP.search(text):
            return not heading
    elif linked > 0.25 and announces(text):
        return True
    if pleads(text) or (holds_any(text, rights) and RIGHTS.search(text)):
        return True
    return _names_networks(text)


def _names_networks(text: str) -> bool:
    """Tell a bar to share by, whose buttons have no more than a name each."""
    if text.split(maxsplit=1)[0].lower() not in _NETWORKS:
        return False
    words = text.lower().split()
    if len(words) < _BUTTONS:
        return False
    return sum(word in _NETWORKS for word in words) > _MOSTLY * len(words)


def ends(text: str) -> bool:
    """Tell whether a text ends as a sentence does."""
    return _END.search(text, max(0, len(text) - _TAIL)) is not None


def _repeats_title(text: str, titles: tuple[str, ...], *, first: bool) -> bool:
    """Tell a heading that is a part of the headline, or a title of the page, with a kicker."""
    if len(text) < _TITLE:
        return False
    if first and text in titles[0]:
        return True
    folded = fold_title(text)
    known = map(fold_title, titles if first else titles[:1])
    return any(len(title) >= _TITLE and title in folded for title in known)


def is_sentence(piece: Piece) -> bool:
    """Tell a sentence from a label."""
    text = piece.text
    if len(text) >= 80:
        return True
    weight = weigh(text)
    if _BRIEF <= weight < _WHOLE and piece.kind is PARAGRAPH:
        return ends(text)  # a question, an answer
    return weight >= 80 or (weight >= _WHOLE and (text[-1] in _SENTENCE or _is_thai(text[-1])))


def _is_thai(letter: str) -> bool:
    """Tell a letter of Thai or Lao, whose sentences end in no mark."""
    return "\u0e00" <= letter <= "\u0eff"
