"""Tell a list of articles by its looks: texts that stand under links to other pages."""

import re
from collections.abc import Collection
from typing import Final
from urllib.parse import urlsplit

from crawler.extract.document import Document
from crawler.extract.outline import Outline, number_of
from crawler.extract.self_named import SelfNamed
from storage.article import Block

_FILED: Final = re.compile(
    r"/(?:tags?|categor(?:y|ies)|kategorien?|authors?|autor(?:en|es|e|i)?|auteurs?|by|yazar(?:lar)?|avtory?"
    r"|redacteurs?|penulis|label|etiqueta|etiket|teg|keyword|topics?|themen?"
    r"|search|archives?)/[^/]+/?$|/(?:page|pagin[ae]|p[aá]gina|seite|sayfa|strona|str[aá]nka|sida"
    r"|side|oldal)[-/]?\d{1,3}/?$",
    re.IGNORECASE,
)
_ASKED: Final = re.compile(  # what a search or a list's further pages are asked for
    r"(?:^|&)(?:(?:q|query|s|search\w*|keywords?|suche?|busca|buscar|recherche|ricerca|cerca|szukaj"
    r"|hledat|arama|ara|poisk)=(?!\d+(?:&|$))[^&]|(?:page|paged|pagina|seite|sayfa|strona|pg)=\d)",
    re.IGNORECASE,
)
_MONTH: Final = re.compile(r"/(?:19|20)\d\d[-/](?:0[1-9]|1[0-2])/?$")
_TITLES: Final = frozenset(map(number_of, ("h1", "h2", "h3", "h4")))
_CUT_SHORT: Final = ("...", "…", "[…]", "[...]")
_LITTLE: Final = 250
_BRIEF: Final = 600
_LINK: Final = 20  # letters of a title at least
_MANY: Final = 6  # announced articles that make a list
_FEW: Final = 4  # rows that make one, at the address of a list
_PROSE: Final = 40
_MOSTLY: Final = 0.6
_TEASER: Final = 400  # characters below one link at most
_LONGEST: Final = 600  # below any one of them
_HARDLY: Final = 60


def is_of_teasers(blocks: tuple[Block, ...]) -> bool:
    """Tell texts of other articles, each cut short: "The ministers met again in …"."""
    cut = len([block for block in blocks if block.text.endswith(_CUT_SHORT)])
    return cut >= _MANY and cut > _MOSTLY * len(blocks)


def is_list(
    document: Document,
    named: SelfNamed,
    frame: int | None,
    headline: str,
    length: int,
    *,
    stated: bool,
) -> bool:
    """Tell a list of articles by its looks; `stated`: the page calls itself an article."""
    outline = document.outline
    links = _title_links(outline)
    leads = {passage for passage, text in links.items() if text != headline}
    if frame is not None:
        if len(leads) >= _MANY and _is_led(outline, frame, leads):
            return True
        if not named.dated and (
            _is_index(outline, frame, within=not stated)
            or _is_shelf(outline, frame, headline, leads)
        ):
            return True
    return not stated and _is_filed(document, named, frame, length, announced=len(links))


def _title_links(outline: Outline) -> dict[int, str]:
    """Return the headings of the page that are one link each: most announce another article."""
    links = {}
    for title in [n for n, number in enumerate(outline.numbers) if number in _TITLES]:
        for passage in outline.within(title):
            if outline.places[passage] == title and (linked := outline.linked[passage]):
                text = " ".join(outline.texts[passage].split())
                if linked > 0.8 * len(text):
                    links[passage] = text
    return links


def _is_led(outline: Outline, frame: int, leads: Collection[int]) -> bool:
    """Tell a page whose text stands under links to other pages, a teaser below each."""
    inside = outline.within(frame)
    titles = [each for each in inside if outline.numbers[outline.places[each]] in _TITLES]
    own = theirs = 0
    led = not titles and _title_above(outline, frame) in leads
    for passage in inside:
        length = len(outline.texts[passage].strip())
        if outline.numbers[outline.places[passage]] in _TITLES:
            led = passage in leads
        elif length >= _PROSE and (led or outline.linked[passage] <= length // 2):
            own, theirs = (own, theirs + length) if led else (own + length, theirs)
    leading = sum(each in leads for each in titles) or 1
    return own < _BRIEF and theirs > own and theirs <= _TEASER * leading


def _is_index(outline: Outline, frame: int, *, within: bool) -> bool:
    """Tell an undated page whose entries are a link each, and a few words on it.

    `within`: the link may stand among the words.
    """
    inside = outline.linked[outline.firsts[frame] : outline.lasts[frame]]
    links = len(inside) - inside.count(0)
    if links < _MANY:
        return False
    own = theirs = entries = 0
    led = False
    for passage in outline.within(frame):
        if 4 * own >= _TEASER * links:
            return False  # more than as many entries could outweigh
        length = len(outline.texts[passage].strip())
        linked = outline.linked[passage]
        if linked > 0.8 * length:
            led = led or length >= _LINK
        elif length >= _PROSE:
            begins = led or (within and linked >= max(_LINK, 0.2 * length))
            entries += begins
            own, theirs = (own, theirs + length) if begins else (own + length, theirs)
            led = False
    return entries >= _MANY and 4 * own < theirs <= _TEASER * entries


def _is_shelf(outline: Outline, frame: int, headline: str, leads: Collection[int]) -> bool:
    """Tell an undated page of few entries, with hardly a word that none of them leads."""
    inside = outline.within(frame)
    if len([each for each in leads if each in inside]) < _FEW:
        return False
    begun = next((n + 1 for n in outline.within(0) if outline.line(n) == headline), 0)
    entries: dict[int, int] = {}  # letters below each
    entry = -1
    own = after = 0
    led = False
    for passage in range(max(begun, inside.start), inside.stop):
        length = len(outline.texts[passage].strip())
        if outline.numbers[outline.places[passage]] in _TITLES:
            led = passage in leads
            if led:
                entry, entries[passage] = passage, 0
                own, after = own + after, 0
        elif length >= _PROSE and led:
            entries[entry] += length
        elif length >= _PROSE and outline.linked[passage] <= length // 2:
            after += length
    told = sum(map(bool, entries.values()))
    if len(entries) < _FEW or 2 * told < _FEW or max(entries.values()) > _LONGEST:
        return False
    return own < _HARDLY and after < _LITTLE and not _jumps(outline, entries)


def _jumps(outline: Outline, passages: Collection[int]) -> bool:
    """Tell links to other places of the same page among some passages."""
    return any(
        len(address) > 1 and address.startswith("#")
        for node, passage in zip(outline.anchors, outline.anchored, strict=True)
        if passage in passages and (address := node.attributes.get("href") or "")
    )


def _is_filed(
    document: Document, named: SelfNamed, frame: int | None, length: int, *, announced: int
) -> bool:
    """Tell the page of a tag, an author, a month or a search by its address and its links.

    `announced`: how many headings of the page are links.
    """
    address = urlsplit(document.url)
    if _MONTH.search(address.path) and not named.dated:
        return True
    if not (_FILED.search(address.path) or _ASKED.search(address.query)):
        return False
    if length < _LITTLE:
        return announced >= _MANY
    return frame is not None and not named.dated and _is_of_rows(document.outline, frame)


def _is_of_rows(outline: Outline, frame: int) -> bool:
    """Tell rows that hold a link each, and hardly a word that does not stand below one."""
    rows = own = 0
    led = False
    for passage in outline.within(frame):
        length = len(outline.texts[passage].strip())
        if (linked := outline.linked[passage]) >= _LINK:
            rows, led = rows + 1, linked > 0.8 * length
        elif length >= _PROSE:
            own += 0 if led and length <= _TEASER else length
            led = False
    return rows >= _FEW and own < _BRIEF


def _title_above(outline: Outline, frame: int) -> int | None:
    """Return the heading that stands next above a frame."""
    above = range(outline.firsts[frame] - 1, -1, -1)
    return next(
        (each for each in above if outline.numbers[outline.places[each]] in _TITLES), None
    )
