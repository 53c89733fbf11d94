"""Read who wrote the article as the head of the page states it: JSON-LD, metas, a preview."""

from collections.abc import Iterator
from typing import Any, Final

from crawler.extract.byline import Names, person
from crawler.extract.byline_leads import is_lead
from crawler.extract.choice import Found
from crawler.extract.document import Document
from crawler.extract.json_ld import plain, resolve, types_of
from crawler.extract.names import fold_doubles, read_names
from storage.article import Provenance

_METAS: Final = (
    "author", "article:author", "article:author_name", "dc.creator", "dcterms.creator",
    "parsely-author", "sailthru.author", "byl", "cxenseparse:author", "authors", "creator",
    "dc.author", "og:article:author", "og:author", "citation_author", "article.author",
    "cxenseparse:recs:author", "content-author", "vr:author", "news_authors", "byline",
    "content_author",
)  # fmt: skip
TYPED: Final = "author (Person)"


def in_json_ld(document: Document) -> Iterator[Names]:
    """Yield the authors and creators of the page's articles."""
    for node in document.articles:
        for key in ("author", "creator"):
            nodes = list(resolve(document.lds, node.get(key)))
            names = [name for each in nodes for name in _names_of(each)]
            people = [each for each in nodes if "Person" in types_of(each)]
            note = TYPED if people and len(people) == len(nodes) else key
            yield Found(fold_doubles(names), Provenance.JSON_LD, note)


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


def in_metas(document: Document, *, handles: bool = False) -> Iterator[Names]:
    """Yield the names of metas; or, where none is a person's, one word by which one goes."""
    read = person if handles else read_names
    for key in _METAS:
        if contents := document.metas.get(key):
            names = fold_doubles(name for each in contents for name in read(each))
            yield Found(names, Provenance.META, key)


def in_card(document: Document) -> Iterator[Names]:
    """Yield what a link's preview shows in its lines: "Written by", then the name."""
    for number in "12":
        label = document.meta(f"twitter:label{number}")
        if label and is_lead(label):
            names = person(document.meta(f"twitter:data{number}"))
            yield Found(names, Provenance.META, f"twitter:data{number}")


def described(document: Document) -> Iterator[Names]:
    """Yield the one person whom JSON-LD describes, though no article there names an author."""
    people = {plain(node.get("name")) for node in document.lds if "Person" in types_of(node)}
    if len(people) == 1:
        yield Found(person(people.pop()), Provenance.JSON_LD, "Person")
