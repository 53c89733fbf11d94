"""Tell readers' comments below an article by what stands on each of them."""

import re
from typing import Final

from crawler.extract.anchor import Anchor
from crawler.extract.outline import Outline

_ENOUGH: Final = 200  # characters of prose that make an article, or a part, worth a look
_LONG: Final = 80
_LEAST: Final = 4  # comments
# What stands on each comment of a reader's: a button, or "anna says:".
_BUTTON: Final = re.compile(
    r"\W*(?:reply|antworten?|répondre|responder|rispondi|beantwoorden|reageer|svara?|vastaa|odpowiedz"
    r"|odpovědět|odpovedať|odgovori|válasz|răspunde|ответить|відповісти|отговор|cevapla|yanıtla|cavabla"
    r"|رد|پاسخ|הגב|返信|回复|回覆|답글|trả lời|balas|ตอบกลับ)\W*$"
)
_SAYS: Final = re.compile(
    r"\b(?:says|said|wrote|schrieb|schreibt|sagt|dit|dice|dijo|escribió|disse|scrive|пишет)\s?"
    r"(?::|on \d|am \d)"
)
# After such a word stands one of these, and they are found in a tenth of the time.
_FOLLOWS: Final = re.compile(r"[:\d]")


def readers_comments(
    outline: Outline, inside: list[int], weight: list[int], anchor: Anchor
) -> set[int]:
    """Return what holds readers' comments, below an article."""
    if anchor.passage < 0:
        return set()
    head, told, found = outline.places[anchor.passage], 0, set()
    for frame in inside:
        if frame in anchor.path:
            told += weight[frame]
        elif frame > head:
            if told >= _ENOUGH and weight[frame] >= _ENOUGH and _are_comments(outline, frame):
                found.add(frame)
            else:
                told += weight[frame]
    return found


def _are_comments(outline: Outline, frame: int) -> bool:
    """Tell readers' comments by what stands on each of them: "Reply"."""
    first, end = outline.firsts[frame], outline.lasts[frame]
    if end - first < _LEAST:
        return False
    texts = [each.strip() for each in outline.texts[first:end]]
    short = [each for each in texts if len(each) < _LONG]
    long = len(texts) - len(short)
    if long < _LEAST:
        return False
    buttons = [each for each in short if _BUTTON.match(each.lower())]
    starts = [each[:_LONG] for each in texts]
    said = [each for each in starts if _FOLLOWS.search(each) and _SAYS.search(each.lower())]
    return len(buttons) + len(said) >= max(_LEAST, long // 2)
