"""Read the nodes that call themselves a byline by rel, itemprop or class."""

import re
from collections.abc import Collection, Iterable, Iterator
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
from crawler.extract.names import MAX_NAME, fold_doubles, is_handle, is_personal, read_names
from crawler.extract.outline import number_of
from crawler.extract.stamp_span import cut_stamp
from storage.article import Provenance

_STATED: Final = "[rel~=author],[itemprop~=author],address"
# To look through a class for a word is what costs: words that share letters are sought at once.
_MARKUP: Final = (
    f"{_STATED},[data-testid*=byline i],"
    "[class*=y i]:is([class*=byline i],[class*=yazar i]),"
    "[class*=t i]:is([class*=aut i]:is([class*=author i],[class*=autor i],[class*=auteur i]),"
    "[class*=ter i]:is([class*=writer i],[class*=reporter i]))"
)
# Classes of which each says that a node holds the author and nothing else.
_CALLED: Final = frozenset(
    ("author", "autor", "auteur", "author-name", "post-author", "entry-author", "byline")
)
# Where links to authors' own pages lead, for a page whose classes say nothing.
_PORTRAIT: Final = re.compile(
    "/(?:author|autor|auteur|profil|people/|person|journalist|redakt|contributor|columnist"
    "|staff/|by/|reporter|writer|yazar|muhabir|szerzo|avtor|forfatter|skribent|toimittaja|firmas?/)"
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
HANDLE: Final = "handle byline"


def in_markup(
    document: Document, near: Collection[str] = (), *, classes: bool = True
) -> Iterator[Names]:
    """Yield the names of nodes that call themselves a byline, by the kind of their mark.

    Of those in a box of another kind only what is one of the lines near the headline. To look
    through all classes is dear: `classes` says whether what they name can matter.
    """
    groups: dict[str, list[str]] = {
        kind: [] for kind in ("rel", "itemprop", "class", "outside", "handle")
    }
    # What matches in several ways is found as often, one after the other.
    nodes = document.outline.frames[0].css(_MARKUP if classes else _STATED)
    for node in dict.fromkeys(nodes[:_MOST_MARKUP]):
        kind = "" if node.tag_id == _BODY else _kind_of(node)
        outside = bool(kind) and _stands_outside(node)
        if not kind or (outside and not near):
            continue
        text = " ".join(node.text(separator=" ").split())
        if outside and text not in near:
            continue
        names = _marked(node, text, kind)
        groups["outside" if outside else kind] += names
        if not names and kind == "class" and len(text) <= MAX_NAME and _is_called(node):
            groups["handle"] += person(cut_stamp(text))
    for kind, names in groups.items():
        yield Found(fold_doubles(names), Provenance.PAGE, f"{kind} byline")


def _marked(node: LexborNode, text: str, kind: str) -> list[str]:
    """Return the names of a node that calls itself a byline."""
    text = named_after(text) or cut_stamp(text)
    if len(text) > _LONGEST_BYLINE:
        return []
    names = _fitting(text, kind)
    if not names and has_lead(text):
        names = list(person(strip_lead(text)))
    if len(names) == 1 and len(names[0].split()) >= _LONGEST_NAME:
        parts = _fitting(node.text(separator=", "), kind)
        if len(parts) > 1 and all(" " in part for part in parts):
            return parts  # each in a link of its own
    if not names or (len(names) == 1 and len(names[0].split()) > _LONGEST_NAME):
        names = _fitting(node.text(separator=", "), kind) or names
    return names


def in_links(document: Document, lines: Iterable[Line]) -> Iterator[Names]:
    """Yield the names in some lines that lead to pages about authors."""
    outline = document.outline
    passages = {line.number for line in lines if outline.linked[line.number]}
    frames = sorted({outline.places[passage] for passage in passages})
    links = (node for frame in frames for node in outline.links(frame))
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


def _is_called(node: LexborNode) -> bool:
    return not _CALLED.isdisjoint((node.attributes.get("class") or "").lower().split())


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
