"""Weigh the body found in the markup against the articleBody that JSON-LD states.

A fourth of the pages state one; nine in ten of those are right, most of them without a break
between paragraphs. So it is a check, and a way to find the passages when the check fails.
"""

import re
from html import unescape
from typing import Any, Final

from crawler.extract.document import Document
from crawler.extract.outline import Outline
from crawler.extract.pieces import squeeze
from storage.article import Block

_ENOUGH: Final = 400  # characters; a shorter one is often the teaser
_PROBE: Final = 40
_LETTERS: Final = 60  # of which as many as a probe has are no blanks
_FOUND: Final = 0.4  # of the stated text must be in the body we found
_MARKED: Final = 0.6
_TAG: Final = re.compile(r"<[a-zA-Z/][^>]{0,300}>")
_LESS: Final = 0.5


def stated_text(document: Document) -> str:
    """Return the longest articleBody of the page; empty: it states none of any length."""
    texts = (_text(node) for node in document.lds)
    return max(texts, key=len, default="")


def _text(node: dict[str, Any]) -> str:
    body = node.get("articleBody")
    if not isinstance(body, str) or len(body) < _ENOUGH:
        return ""
    return _TAG.sub("\n", unescape(body)) if "&" in body or "<" in body else body


def mend(blocks: tuple[Block, ...], outline: Outline, stated: str) -> tuple[Block, ...]:
    """Return the blocks, or what the page states instead where they hold little of it."""
    if not stated:
        return blocks
    if _surely_holds(blocks, stated):
        return blocks
    whole = _bare(stated)
    found = sum(len(block.text) for block in blocks if _probe(block.text) in whole)
    if found >= _FOUND * len(whole):
        return blocks
    marked = _marked_by(outline, whole)
    if sum(len(block.text) for block in marked) >= _MARKED * len(whole):
        return marked
    if sum(len(block.text) for block in blocks) >= _LESS * len(whole):
        return blocks  # stated, but nowhere to be seen: it may be anything
    lines = (squeeze(line) for line in stated.split("\n"))
    return tuple(Block(text=line) for line in lines if line)


def _surely_holds(blocks: tuple[Block, ...], stated: str) -> bool:
    """Say whether enough blocks begin in the stated text letter by letter, white space too.

    Most do; to fold all white space away costs five times as much.
    """
    wanted = _FOUND * len(stated)
    for block in blocks:
        start = block.text[:_LETTERS]
        if len(start) - start.count(" ") >= _PROBE and start in stated:
            wanted -= len(block.text)
            if wanted <= 0:
                return True
    return False


def _marked_by(outline: Outline, whole: str) -> tuple[Block, ...]:
    """Return the passages of the page that the stated text holds."""
    blocks: dict[str, Block] = {}
    for text in map(squeeze, outline.texts):
        if len(text) > _PROBE and _probe(text) in whole:
            blocks.setdefault(text, Block(text=text))
    return tuple(blocks.values())


def _bare(text: str) -> str:
    return "".join(text.split())


def _probe(text: str) -> str:
    """Return a text's first letters: enough to find it by, and cheaper than all of it."""
    return _bare(text[: 4 * _PROBE])[:_PROBE]
