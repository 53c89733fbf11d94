"""Read the nodes that call themselves a byline by rel, itemprop or class."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice
from typing import Final

from selectolax.lexbor import LexborNode

from crawler.extract.byline import Names, person
from crawler.extract.byline_leads import has_lead, strip_lead
from crawler.extract.byline_lines import named_after
from crawler.extract.choice import Found
from crawler.extract.document import Document
from crawler.extract.lines import Line
from crawler.extract.names import fold_doubles, is_handle, is_personal, read_names
from crawler.extract.outline import number_of
from crawler.extract.stamp_span import cut_stamp
from storage.article import Provenance

# To look through a class for a word is what costs: words that share letters are sought at once.
_MARKUP: Final = (
    "[rel~=author],[itemprop~=author],address,[class*=byline i],[data-testid*=byline i],"
    "[class*=aut i]:is([class*=author i],[class*=autor i],[class*=auteur i]),"
    "[class*=ter i]:is([class*=writer i],[class*=reporter i])"
)
_CALLED: Final = (
    ".author,.autor,.auteur,.author-name,.post-author,.byline,.username,.entry-author"
)
# Where links to authors' own pages lead, for a page whose classes say nothing.
_PORTRAIT: Final = re.compile(
    "/(?:author|autor|auteur|profil|people/|person|journalist|redakt|contributor|columnist"
    "|staff/|by/|reporter|writer)"
)
_OUTSIDE: Final = re.compile(
    r"comment|(?<!post-)(?<!entry-)(?<!article-)footer|related|sidebar|teaser|recommend|"
    r"most-?read|popular|social|share|bio\b|about|follow|image|photo|caption|copyright|"
    r"(?<!v)card|promo|menu|nav\b|authori[sz]",
    re.IGNORECASE,
)
_LONGEST_BYLINE: Final = 200
_BODY: Final = number_of("body")  # of a blog's page, "single-author": its text is no byline
_LONGEST_NAME: Final = 4  # words; more are several names without a comma
_MOST_MARKUP: Final = 12  # nodes read; the byline is among the first
_MOST_LINKS: Final = 60  # the newest of each columnist may stand above the headline
BY_CLASS: Final = "class byline"
OUTSIDE: Final = "outside byline"


def in_markup(document: Document) -> Iterator[Names]:
    """Yield the names of nodes that call themselves a byline, by the kind of their mark."""
    groups: dict[str, list[str]] = {"rel": [], "itemprop": [], "class": [], "outside": []}
    # What matches in several ways is found as often, one after the other.
    for node in dict.fromkeys(document.outline.frames[0].css(_MARKUP)[:_MOST_MARKUP]):
        kind = "" if node.tag_id == _BODY else _kind_of(node)
        if not kind:
            continue
        if _stands_outside(node):
            kind = "outside"
        text = " ".join(node.text(separator=" ").split())
        text = named_after(text) or cut_stamp(text)
        if len(text) > _LONGEST_BYLINE:
            continue
        joined = _fitting(text, kind)
        if not joined and has_lead(text):
            joined = list(person(strip_lead(text)))
        if not joined or (len(joined) == 1 and len(joined[0].split()) > _LONGEST_NAME):
            joined = _fitting(node.text(separator=", "), kind) or joined
        groups[kind] += joined
    for kind, names in groups.items():
        yield Found(fold_doubles(names), Provenance.PAGE, f"{kind} byline")


def handles_in_markup(document: Document) -> Iterator[Names]:
    """Yield the one word, or the desk, that a node called the author holds."""
    for node in document.outline.frames[0].css(_CALLED)[:_MOST_MARKUP]:
        if not _stands_outside(node) and not _named_outside(node.attributes.get("class") or ""):
            text = " ".join(node.text(separator=" ").split())
            yield Found(person(cut_stamp(text)), Provenance.PAGE, BY_CLASS)


def in_links(document: Document, lines: Iterable[Line]) -> Iterator[Names]:
    """Yield the names in some lines that lead to pages about authors."""
    outline = document.outline
    passages = {line.number for line in lines if outline.linked[line.number]}
    frames = sorted({outline.places[passage] for passage in passages})
    links = (node for frame in frames for node in outline.frames[frame].css("a"))
    portraits = (node for node in links if _PORTRAIT.search(node.attrs.get("href") or ""))
    texts = (node.text(separator=" ") for node in islice(portraits, _MOST_LINKS))
    names = (name for text in texts for name in read_names(text) if is_personal(name))
    yield Found(fold_doubles(names), Provenance.PAGE, "link to an author")


def _kind_of(node: LexborNode) -> str:
    attributes = node.attributes
    if "author" in (attributes.get("rel") or "").split() or node.tag == "address":
        return "rel"
    if "author" in (attributes.get("itemprop") or ""):
        return "itemprop"
    return "" if _named_outside(attributes.get("class") or "") else "class"


def _fitting(text: str, kind: str) -> list[str]:
    names = [each for each in read_names(text) if _fits(each, kind)]
    return [text] if not names and kind == "rel" and is_handle(text) else names


def _fits(name: str, kind: str) -> bool:
    return is_personal(name) or (kind != "class" and " " not in name)


def _stands_outside(node: LexborNode) -> bool:
    above = node.parent
    for _ in range(6):
        if above is None or (tag := above.tag) in {"body", "main"}:
            return False
        if tag in {"footer", "aside", "nav", "figure", "li"} or _named_outside(
            above.attributes.get("class") or ""
        ):
            return tag != "li"
        above = above.parent
    return False


@lru_cache(maxsize=1 << 12)
def _named_outside(said: str) -> bool:
    return _OUTSIDE.search(said) is not None
