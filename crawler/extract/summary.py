"""Read the standfirst: what the page shows below the headline, else what its head states."""

import re
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Final

from crawler.extract.choice import Choice, Found, choose
from crawler.extract.document import Document
from crawler.extract.lines import Lines
from crawler.extract.phrases import announces
from crawler.extract.title_words import clean_title
from storage.article import Block, Provenance

_NEAR: Final = 3  # lines below the headline
_SHORTEST: Final = 20
_SENTENCE: Final = (".", "!", "?", "…", "。", "؟", "।", ".”", ".»", "”", "»")
MAX_SUMMARY: Final = 2000
_ENDS: Final = ("...", "…", "[…]", "[...]")
_TAG: Final = re.compile(r"<[^>]{0,200}>")
_CUT: Final = re.compile(r"(?:\.\.\.|…|\[…\]|\[\.\.\.\])\s*$")


def read_summary(
    document: Document,
    headline: str,
    blocks: tuple[Block, ...],
    lines: Callable[[], Lines],
) -> Choice[str]:
    """Return the standfirst; the headline again, or the body's beginning cut off, is none.

    Lines are only read where the head of the page states none.
    """
    found = [each for each in _stated(document) if each.value and each.value != headline]
    whole = [each for each in found if not _cut_from_body(each.value, blocks)]
    return choose(whole or list(_shown(lines(), headline)), "")


def _shown(lines: Lines, headline: str) -> Iterator[Found[str]]:
    """Yield the sentence that stands right below the headline and is no text of the body."""
    below = (line for line in lines.head if line.text != headline)
    for line in islice(below, _NEAR):
        sentence = len(line.text) >= _SHORTEST and line.text.endswith(_SENTENCE)
        if sentence and not line.linked and not announces(line.text):
            yield Found(line.text, Provenance.PAGE, "standfirst")
            return


def _stated(document: Document) -> Iterator[Found[str]]:
    for node in document.articles[:1]:
        for key in ("description", "alternativeHeadline", "abstract"):
            value = node.get(key)
            text = clean_summary(value) if isinstance(value, str) else ""
            yield Found(text, Provenance.JSON_LD, key)
    for name in ("og:description", "description", "twitter:description", "dc.description"):
        text = clean_summary(document.meta(name))
        yield Found(text, Provenance.META, name)


def clean_summary(text: str) -> str:
    """Unescape entities, drop markup, fold white space."""
    return clean_title(_TAG.sub(" ", text) if "<" in text else text)[:MAX_SUMMARY]


def _cut_from_body(text: str, blocks: tuple[Block, ...]) -> bool:
    """Say whether the text is only the body's beginning, cut after so many letters."""
    cut = _CUT.search(text) if text.rstrip().endswith(_ENDS) else None
    if cut is None:
        return False
    start = text[: cut.start()].strip()
    body = " ".join(block.text for block in blocks[:6])
    return bool(start) and body.startswith(start[:80])
