"""Read the standfirst: what the page shows below the headline, else what its head states."""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import chain, islice
from typing import Final

from crawler.extract.byline_leads import has_lead
from crawler.extract.choice import Choice, Found, first_of
from crawler.extract.credit import split_credit
from crawler.extract.document import Document
from crawler.extract.furniture import is_furniture
from crawler.extract.lines import Lines
from crawler.extract.outline import Outline, number_of
from crawler.extract.phrases import announces
from crawler.extract.stamp import read_written
from crawler.extract.title_words import clean_title
from storage.article import Block, BlockKind, Provenance

_NEAR: Final = 3  # lines below the headline
_SHORTEST: Final = 20
_BELOW_HEAD: Final = 12  # passages
_LONGEST: Final = 600
_CAPTION: Final = number_of("figcaption")
# How newsrooms call it in the class of its box, in a dozen languages.
_NAME: Final = re.compile(
    r"(?:^|[\s_-])(?:stand-?first|dec?k|sub-?(?:title|head(?:ing|line)?|deck)|(?:news-?|article-?|post-?)?lead(?:in)?|lede"
    r"|excerpt|intro(?:duction)?|ingress|vorspann|unterzeile|chap[oô]|entradilla|bajada|sumario|summary|copete|sottotitolo|catenaccio|ondertitel"
    r"|manchet|underrubrik|spot|anons|preview|preview-?text|zajawka|perex|intro-?text|linha-?fina|subtitulo|bigode|description-?lead|dropline)(?:$|[\s_-])",
    re.IGNORECASE,
)
_NOT_ITS_NAME: Final = re.compile(
    r"with-summary|image|img|caption|credit|media|photo|picture|figure|byline|meta|date|author|video|time",
    re.IGNORECASE,
)
_YEAR: Final = re.compile(r"\b(?:19|20)\d\d\b|\b\d{1,2}\.\d{1,2}\.\d{2}\b")
_LONGEST_STAMP: Final = 100
# Letters, by its tag, of a line without a mark at its end.
_LEAST_HEADING: Final = 30
_LEAST: Final = {
    number_of("h2"): _LEAST_HEADING,
    number_of("h3"): _LEAST_HEADING,
    number_of("p"): 60,
}
_SENTENCE: Final = (".", "!", "?", "…", "。", "؟", "।", ".”", ".»", "”", "»")
MAX_SUMMARY: Final = 2000
_ENDS: Final = ("...", "…", "[…]", "[...]", "(…)", "(...)")
_TAG: Final = re.compile(r"<[^>]{0,200}>")
_CUT: Final = re.compile(r"(?:\.\.\.|…|[\[(]…[\])]|[\[(]\.\.\.[\])])\s*$")


def read_summary(
    document: Document,
    headline: str,
    blocks: tuple[Block, ...],
    lines: Callable[[], Lines],
) -> Choice[str]:
    """Return the standfirst; the headline again, or the body's beginning cut off, is none.

    Lines are only read where the head of the page states none.
    """
    if named := _named(document, headline, blocks):
        return first_of(chain([named], _stated(document)), "")
    found = (each for each in _stated(document) if each.value and each.value != headline)
    choice = first_of((each for each in found if not _cut_from_body(each.value, blocks)), "")
    if choice.value:
        return choice
    shown = _shown(document.outline, lines(), headline)
    return first_of(chain(shown, _heading(blocks, headline)), "")


def _named(document: Document, headline: str, blocks: tuple[Block, ...]) -> Found[str] | None:
    """Return what stands below the headline in a box that is named for a standfirst."""
    outline = document.outline
    first = blocks[0].text if blocks else ""
    head = next((before for _, before, _ in outline.marks.get("h1", ())), -1)
    if head < 0:
        lines = outline.lines()
        head = lines.index(headline) if headline in lines else _above(lines, first)
    for passage in range(head + 1, min(head + 1 + _BELOW_HEAD, len(outline.texts))):
        frame, text = outline.places[passage], outline.line(passage)
        if _SHORTEST <= len(text) <= _LONGEST and _is_named(outline, frame):
            told = text != headline and not outline.is_link(passage) and _tells(text)
            return Found(text, Provenance.PAGE, "standfirst") if told else None
        if text == first or len(text) > _LONGEST:
            return None
    return None


def _above(lines: list[str], first: str) -> int:
    """Return where a standfirst may begin on a page that does not show its headline."""
    return max(-1, lines.index(first) - _BELOW_HEAD) if first in lines else len(lines)


def _tells(text: str) -> bool:
    """Tell a standfirst from what else stands there: a byline, a stamp, words of a picture."""
    if announces(text) or is_furniture(text) or _CUT.search(text) or split_credit(text)[1]:
        return False
    if text.endswith(_SENTENCE) or len(text) > _LONGEST_STAMP:
        return True
    dated = _YEAR.search(text) and read_written(text) is not None
    return not (dated or (has_lead(text) and "|" in text))


def _is_named(outline: Outline, frame: int) -> bool:
    """Tell whether a frame, or the one round it, is named for a standfirst."""
    for each in (frame, outline.ups[frame]):
        said = outline.frames[each].attributes.get("class") if each > 0 else None
        if said and _names_standfirst(said):
            return True
    return False


@lru_cache(maxsize=1 << 12)
def _names_standfirst(said: str) -> bool:
    return _NAME.search(said) is not None and _NOT_ITS_NAME.search(said) is None


def _shown(outline: Outline, lines: Lines, headline: str) -> Iterator[Found[str]]:
    """Yield the sentence that stands right below the headline and is no text of the body.

    What is the first there, in a heading or a long line, needs no mark at its end.
    """
    below = (line for line in lines.head if line.text != headline)
    for number, line in enumerate(islice(below, _NEAR)):
        tag = outline.numbers[outline.places[line.number]]
        if tag == _CAPTION:
            continue
        sentence = len(line.text) >= _SHORTEST and line.text.endswith(_SENTENCE)
        if number == 0 and not sentence:
            least = _LEAST.get(tag, _LONGEST)
            sentence = len(line.text) >= least and _tells(line.text)
        if sentence and not line.linked and not announces(line.text):
            yield Found(line.text, Provenance.PAGE, "standfirst")
            return


def _heading(blocks: tuple[Block, ...], headline: str) -> Iterator[Found[str]]:
    """Yield the heading that a body begins with, but the headline or a part of it."""
    for block in blocks[:1] if len(blocks) > 1 else ():
        text = block.text
        heads = block.kind is BlockKind.HEADING and len(text) >= _LEAST_HEADING
        if heads and text not in headline and headline not in text and _tells(text):
            yield Found(text, Provenance.PAGE, "standfirst")


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
