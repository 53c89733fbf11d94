"""Choose who wrote the article: JSON-LD, meta, byline markup, or the line below the headline.

A person beats the outlet's own name, whichever fact gave it.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any, Final

from selectolax.lexbor import LexborNode

from crawler.extract.agencies import is_agency
from crawler.extract.choice import Choice, Found, choose
from crawler.extract.document import Document
from crawler.extract.json_ld import plain, resolve, types_of
from crawler.extract.lines import Line, Place
from crawler.extract.names import fold_doubles, has_lead, is_personal, read_names
from crawler.extract.stamp_span import cut_stamp
from storage.article import Provenance

_METAS: Final = (
    "author", "article:author", "article:author_name", "dc.creator", "dcterms.creator",
    "parsely-author", "sailthru.author", "byl", "cxenseparse:author", "authors", "creator",
    "dc.author", "og:article:author", "og:author", "citation_author", "article.author",
    "cxenseparse:recs:author", "content-author", "vr:author", "news_authors", "byline",
)  # fmt: skip
_MARKUP: Final = (
    "[rel~=author],[itemprop~=author],address,[class*=byline i],[class*=author i],"
    "[class*=autor i],[data-testid*=byline i],[class*=writer i],[class*=reporter i]"
)
_OUTSIDE: Final = re.compile(
    r"comment|footer|related|sidebar|teaser|recommend|most-?read|popular|social|share|bio\b|"
    r"about|follow|image|photo|caption|copyright|card|promo|menu|nav\b",
    re.IGNORECASE,
)
# A name that shares its line with a stamp and nothing else: "Nigar Bayramli | 7 December 2023".
_LONE: Final = re.compile(r"[^\W\d_][\w.’'-]+(?:\s+[^\W\d_][\w.’'-]*){1,3}")
_TYPED: Final = "author (Person)"
_LONGEST_NAME: Final = 4  # words; more are several names without a comma
_MOST_LINES: Final = 60  # of a page without a text, hundreds stand below the headline
_MOST_MARKUP: Final = 12  # nodes read; the byline is among the first

Names = Found[tuple[str, ...]]


def read_authors(
    document: Document, lines: Callable[[], Iterable[Line]], newsroom: str
) -> Choice[tuple[str, ...]]:
    """Choose the authors; markup and lines are only asked where the head names no person."""
    found = [*_in_json_ld(document), *_in_metas(document)]
    if not any(_has_person(each, newsroom) for each in found):
        found += [*_in_markup(document), *_in_lines(lines())]
    found = [_without_outlet(each, newsroom) for each in found if each.value]
    persons = [n for n, each in enumerate(found) if _has_person(each, newsroom)]
    return choose(found, (), persons[0] if persons else 0)


def _has_person(found: Names, newsroom: str) -> bool:
    typed = found.note == _TYPED
    return any(
        (is_personal(name) or is_agency(name) or typed)
        and name.casefold() != newsroom.casefold()
        for name in found.value
    )


def _without_outlet(found: Names, newsroom: str) -> Names:
    """Drop the outlet's own name where a person's stands beside it."""
    others = tuple(name for name in found.value if name.casefold() != newsroom.casefold())
    if not any(map(is_personal, others)):
        return found
    return Found(value=others, provenance=found.provenance, note=found.note)


def _in_json_ld(document: Document) -> Iterator[Names]:
    for node in document.articles:
        for key in ("author", "creator"):
            nodes = list(resolve(document.lds, node.get(key)))
            names = [name for each in nodes for name in _names_of(each)]
            people = [each for each in nodes if "Person" in types_of(each)]
            note = _TYPED if people and len(people) == len(nodes) else key
            yield Found(value=fold_doubles(names), provenance=Provenance.JSON_LD, note=note)


def _names_of(node: dict[str, Any]) -> tuple[str, ...]:
    """Return the names of one author; an organisation's stays whole, as do mere initials."""
    name = node.get("name")
    texts = name if isinstance(name, list) else [name]
    types = types_of(node)
    whole = tuple(text for each in texts if (text := plain(each)) and "://" not in text)
    if types and "Person" not in types:
        return whole
    names = tuple(found for each in texts for found in read_names(plain(each)))
    return names or (() if types else whole)


def _in_metas(document: Document) -> Iterator[Names]:
    for key in _METAS:
        if contents := document.metas.get(key):
            names = fold_doubles(name for each in contents for name in read_names(each))
            yield Found(value=names, provenance=Provenance.META, note=key)


def _in_markup(document: Document) -> Iterator[Names]:
    """Yield the names of nodes that call themselves a byline, the first kind that has any."""
    groups: dict[str, list[str]] = {"rel": [], "itemprop": [], "class": []}
    for node in document.tree.css(_MARKUP)[:_MOST_MARKUP]:
        kind = _kind_of(node)
        text = " ".join(node.text(separator=" ").split())
        text = named_after(text) or cut_stamp(text)
        if kind and len(text) <= 200 and not _stands_outside(node):
            joined, apart = _fitting(text, kind), _fitting(node.text(separator=", "), kind)
            long = len(joined) == 1 and len(joined[0].split()) > _LONGEST_NAME
            groups[kind] += apart if apart and (long or not joined) else joined
    for kind, names in groups.items():
        yield Found(
            value=fold_doubles(names), provenance=Provenance.PAGE, note=f"{kind} byline"
        )


_POSTED: Final = re.compile(
    r"^(?:posted|published|written|veröffentlicht|geschrieben|erstellt|publié|publicado|"
    r"pubblicato|опубликовано|gepostet)\b.*?\s((?:by|von|par|por|da|door)\s+\S.*)$",
    re.IGNORECASE,
)


def named_after(text: str) -> str:
    """Return "by A" of "Posted on September 21, 2020 by A"; empty: it is no such line."""
    found = _POSTED.match(text)
    return cut_stamp(found[1]) if found else ""


def _kind_of(node: LexborNode) -> str:
    attributes = node.attributes
    if "author" in (attributes.get("rel") or "").split() or node.tag == "address":
        return "rel"
    if "author" in (attributes.get("itemprop") or ""):
        return "itemprop"
    return "" if _OUTSIDE.search(attributes.get("class") or "") else "class"


def _fitting(text: str, kind: str) -> list[str]:
    return [each for each in read_names(text) if _fits(each, kind)]


def _fits(name: str, kind: str) -> bool:
    return is_personal(name) or (kind != "class" and " " not in name)


def _stands_outside(node: LexborNode) -> bool:
    above = node.parent
    for _ in range(6):
        if above is None or above.tag in {"body", "main"}:
            return False
        if above.tag in {"footer", "aside", "nav", "figure", "li"} or _OUTSIDE.search(
            above.attributes.get("class") or ""
        ):
            return above.tag != "li"
        above = above.parent
    return False


def _in_lines(lines: Iterable[Line]) -> Iterator[Names]:
    """Yield the names of lines between headline and body that begin as bylines do."""
    below = (line for line in lines if line.place is Place.HEAD)
    for line in islice(below, _MOST_LINES):
        if len(line.text) > 160:
            continue
        text = named_after(line.text) or cut_stamp(line.text)
        if has_lead(text) or (text != line.text and _LONE.fullmatch(text.strip(" |·•,-–—/"))):
            names = tuple(n for n in read_names(text) if is_personal(n))
            yield Found(value=names, provenance=Provenance.PAGE, note="line below the headline")
