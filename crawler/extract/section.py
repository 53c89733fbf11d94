"""Read the section an article stands in, and its tags."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from crawler.extract.choice import Choice, Found, first_of
from crawler.extract.document import Document
from crawler.extract.filed import Filing
from crawler.extract.json_ld import plain, texts, types_of
from crawler.extract.title_words import fold_title
from storage.article import Provenance

_SECTION_METAS: Final = (
    "article:section", "section", "og:section", "parsely-section", "cxenseparse:category",
    "sailthru.section", "dc.subject", "category", "article.section", "content_category",
)  # fmt: skip
_TAG_METAS: Final = (
    "article:tag",
    "og:article:tag",
    "news_keywords",
    "parsely-tags",
    "sailthru.tags",
    "keywords",
)
_GENERIC: Final = re.compile(
    r"^(?:home|homepage|start(?:seite)?|news|article|accueil|inicio|главная|"
    r"ana səhifə|anasayfa|خانه)$",
    re.IGNORECASE,
)
_COMMAS: Final = re.compile(r"[,;،、|]")
_MACHINE: Final = re.compile(r"[\w-]+:\S")
MAX_TAGS: Final = 40
_MAX_TAG: Final = 80


def read_section(document: Document, newsroom: str, filing: Filing) -> Choice[str]:
    """Return the section's name; what links show is asked for where the head is silent."""
    outlet = fold_title(newsroom)
    found = (each for each in _sections(document) if each.value)
    own = (each for each in found if fold_title(each.value) != outlet)  # some name themselves
    choice = first_of(own, "")
    if choice.value:
        return choice
    section, how = filing.section()
    if section:
        return Choice(section, Provenance.PAGE, note=how)
    return first_of((each for each in _sections(document) if each.value), "")


def _sections(document: Document) -> Iterator[Found[str]]:
    for node in document.articles[:1]:
        for text in texts(node.get("articleSection")):
            yield Found(text[:_MAX_TAG], Provenance.JSON_LD, "articleSection")
    for name in _SECTION_METAS:
        if text := plain(document.meta(name))[:_MAX_TAG]:
            yield Found(text, Provenance.META, name)
    yield from _breadcrumbs(document)


def _breadcrumbs(document: Document) -> Iterator[Found[str]]:
    """Yield the crumbs between the home page and the article, the first of them first."""
    for node in document.lds:
        items = node.get("itemListElement")
        if "BreadcrumbList" not in types_of(node) or not isinstance(items, list):
            continue
        names = [_crumb(item) for item in items if isinstance(item, dict)]
        for name in names[:-1] if len(names) > 1 else names:
            if name and not _GENERIC.match(name) and len(name) < _MAX_TAG:
                yield Found(name, Provenance.JSON_LD, "breadcrumb")


def _crumb(item: dict[str, object]) -> str:
    inner = item.get("item")
    name = item.get("name") or (inner.get("name") if isinstance(inner, dict) else "")
    return plain(name)


def read_tags(document: Document, filing: Filing) -> Choice[tuple[str, ...]]:
    """Return the tags: JSON-LD keywords, else the first meta that has any, else links."""
    choice = first_of((each for each in _tags(document) if each.value), ())
    if not choice.value and (tags := tidy_tags(filing.tags())):
        return Choice(tags, Provenance.PAGE, note="links below the headline")
    return choice


def _tags(document: Document) -> Iterator[Found[tuple[str, ...]]]:
    for node in document.articles[:1]:
        tags = tidy_tags(texts(node.get("keywords")))
        yield Found(tags, Provenance.JSON_LD, "keywords")
    for name in _TAG_METAS:
        if contents := document.metas.get(name):
            tags = tidy_tags(map(plain, contents))
            yield Found(tags, Provenance.META, name)


def tidy_tags(texts: Iterable[str]) -> tuple[str, ...]:
    """Split lists at commas, drop doubles and machine tags ("type:article")."""
    tags: dict[str, str] = {}
    for text in texts:
        for piece in _COMMAS.split(text):
            tag = piece.strip(" #\"'")
            if 1 < len(tag) <= _MAX_TAG and not (":" in tag and _MACHINE.match(tag)):
                tags.setdefault(tag.casefold(), tag)
    return tuple(list(tags.values())[:MAX_TAGS])
