"""Make the title of a link fit to be stored and shown: one line of plain text. Pure."""

import re
from html import unescape
from typing import Final

LONGEST_TITLE: Final = 500  # characters; it becomes a subject and a line of a digest
_ENOUGH = 8_000  # characters looked at before the cut
_ESCAPED = 3  # times, by as many systems one after the other
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,500}>")
# Controls, bidi overrides, zero-width signs other than the joiners Persian and emoji need.
_UNSEEN = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff"
    r"\ufffe\uffff\ud800-\udfff]"
)
_ZALGO = re.compile(
    r"([\u0300-\u036f\u0483-\u0489\u1dc0-\u1dff\u20d0-\u20ff]{4})[\u0300-\u036f\u0483-\u0489\u1dc0-\u1dff\u20d0-\u20ff]+"
)


def plain_title(text: str) -> str:
    """Return the title without markup, controls and runs of white space, cut to its limit."""
    text = text[:_ENOUGH]
    if "<" in text:
        text = _TAG.sub(" ", text)
    for _ in range(_ESCAPED):
        if "&" not in text:
            break
        text = unescape(text)
        if "<" in text:  # markup that was escaped once more, as many feeds do
            text = _TAG.sub(" ", text)
    text = _ZALGO.sub(r"\1", _UNSEEN.sub("", text))
    text = " ".join(text.split())
    return text if len(text) <= LONGEST_TITLE else f"{text[: LONGEST_TITLE - 1].rstrip()}…"
