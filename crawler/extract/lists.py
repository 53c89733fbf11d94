"""Tell a list of articles by its looks: texts that stand under links to other pages."""

import re
from typing import Final
from urllib.parse import urlsplit

from crawler.extract.document import Document
from crawler.extract.outline import Outline, number_of
from storage.article import Block

_FILED: Final = re.compile(
    r"/(?:tags?|categor(?:y|ies)|kategorien?|authors?|autor(?:en|es)?|auteurs?|topics?|themen?"
    r"|search|archives?)/[^/]+/?$",
    re.IGNORECASE,
)
_TITLES: Final = frozenset(map(number_of, ("h1", "h2", "h3", "h4")))
_LITTLE: Final = 250
_BRIEF: Final = 600
_LINK: Final = 20  # letters of a title at least
_MANY: Final = 6  # announced articles that make a list
_FEW: Final = 4  # rows that make one, at the address of a list
_PROSE: Final = 40
_MOSTLY: Final = 0.6
_TEASER: Final = 400  # characters below one link at most


def is_of_teasers(blocks: tuple[Block, ...]) -> bool:
    """Tell texts of other articles, each cut short: "The ministers met again in …"."""
    cut = sum(block.text.endswith(("...", "…", "[…]", "[...]")) for block in blocks)
    return cut >= _MANY and cut > _MOSTLY * len(blocks)


def is_list(
    document: Document, frame: int | None, headline: str, length: int, *, stated: bool
) -> bool:
    """Tell a list of articles by its looks; `stated`: the page calls itself an article."""
    if _is_led(document, frame, headline) or _is_index(document, frame, within=not stated):
        return True
    return not stated and _is_filed(document, frame, length)


def _is_led(document: Document, frame: int | None, headline: str) -> bool:
    """Tell a page whose text stands under links to other pages, a teaser below each."""
    outline = document.outline
    if frame is None or _announced(outline, headline) < _MANY:
        return False
    inside = outline.within(frame)
    titles = [each for each in inside if outline.numbers[outline.places[each]] in _TITLES]
    own = theirs = 0
    led = not titles and _leads(outline, _title_above(outline, frame), headline)
    for passage in inside:
        length = len(outline.texts[passage].strip())
        if outline.numbers[outline.places[passage]] in _TITLES:
            led = _leads(outline, passage, headline)
        elif length >= _PROSE and (led or outline.linked[passage] <= length // 2):
            own, theirs = (own, theirs + length) if led else (own + length, theirs)
    leads = sum(_leads(outline, each, headline) for each in titles) or 1
    return own < _BRIEF and theirs > own and theirs <= _TEASER * leads


def _is_index(document: Document, frame: int | None, *, within: bool) -> bool:
    """Tell an undated page whose entries are a link each, and a few words on it.

    `within`: the link may stand among the words.
    """
    if frame is None or is_dated(document):
        return False
    own = theirs = entries = 0
    led = False
    for passage in document.outline.within(frame):
        length = len(document.outline.texts[passage].strip())
        linked = document.outline.linked[passage]
        if linked > 0.8 * length:
            led = led or length >= _LINK
        elif length >= _PROSE:
            begins = led or (within and linked >= max(_LINK, 0.2 * length))
            entries += begins
            own, theirs = (own, theirs + length) if begins else (own + length, theirs)
            led = False
    return entries >= _MANY and 4 * own < theirs <= _TEASER * entries


def _is_filed(document: Document, frame: int | None, length: int) -> bool:
    """Tell the page of a tag, an author or a search by its address: it links to articles."""
    if not _FILED.search(urlsplit(document.url).path):
        return False
    if length < _LITTLE:
        return _announced(document.outline, "") >= _MANY
    return frame is not None and not is_dated(document) and _is_of_rows(document.outline, frame)


def _is_of_rows(outline: Outline, frame: int) -> bool:
    """Tell rows that hold a link each, and hardly a word above the first."""
    inside = outline.within(frame)
    rows = [n for n in inside if outline.linked[n] >= _LINK]
    own = sum(
        length
        for n in inside
        if (length := len(outline.texts[n].strip())) >= _PROSE and outline.linked[n] < _LINK
    )
    return len(rows) >= _FEW and own < _BRIEF


def _announced(outline: Outline, headline: str) -> int:
    """Return how many headings of the page announce another article."""
    numbers = outline.numbers
    shown = (each for each, place in enumerate(outline.places) if numbers[place] in _TITLES)
    return sum(_leads(outline, each, headline) for each in shown)


def _leads(outline: Outline, passage: int | None, headline: str) -> bool:
    """Tell a heading that is one link, and not the headline: it announces another article."""
    if passage is None or outline.numbers[outline.places[passage]] not in _TITLES:
        return False
    text = " ".join(outline.texts[passage].split())
    return outline.linked[passage] > 0.8 * len(text) and text != headline


def _title_above(outline: Outline, frame: int) -> int | None:
    """Return the heading that stands next above a frame."""
    above = range(outline.firsts[frame] - 1, -1, -1)
    return next(
        (each for each in above if outline.numbers[outline.places[each]] in _TITLES), None
    )


def is_dated(document: Document) -> bool:
    """Tell whether the page states when it was published: what reports an error does not."""
    return bool(document.meta("article:published_time")) or any(
        node.get("datePublished") for node in document.articles
    )
