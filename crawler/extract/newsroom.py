"""Find the outlet's name and its logo."""

import re
from collections.abc import Iterator
from typing import Any, Final

from selectolax.lexbor import LexborNode

from crawler.extract.choice import Choice, Found, first_of
from crawler.extract.document import Document, join
from crawler.extract.json_ld import plain, resolve, types_of
from crawler.extract.outline import number_of
from crawler.extract.signs import holds_any
from storage.article import Logo, Provenance

_METAS: Final = ("og:site_name", "application-name", "apple-mobile-web-app-title", "publisher",
                 "dc.publisher", "al:ios:app_name", "twitter:app:name:iphone")  # fmt: skip
_OUTLETS: Final = frozenset({"NewsMediaOrganization", "Organization", "WebSite", "Corporation"})
# In small letters: so the first letter tells whether any of the words may follow.
_LOGO: Final = re.compile(r"logo|masthead|site-?(?:title|brand)|brand(?:ing)?\b")
_SIGNS: Final = ("logo", "masthead", "site", "brand")  # one stands in whatever _LOGO finds
_PARTNER: Final = re.compile(r"partner|sponsor|footer|store|google-?play|payment|widget")
_SAYING: Final = ("alt", "src", "class", "id", "itemprop")
_FIRST_IMAGES: Final = 25
_PAGE: Final = frozenset(map(number_of, ("body", "html")))
_LINK: Final = number_of("a")
MAX_NAME: Final = 100


def read_newsroom(document: Document, told: str = "") -> Choice[str]:
    """Return the outlet's name as the page gives it, else as the source is configured."""
    found = (each for each in _names(document) if 0 < len(each.value) <= MAX_NAME)
    choice = first_of(found, "")
    return choice if choice.value else Choice(value=told)


def _names(document: Document) -> Iterator[Found[str]]:
    for node in document.articles:
        for each in resolve(document.lds, node.get("publisher")):
            name = plain(each.get("name"))
            if "://" not in name:
                yield Found(name, Provenance.JSON_LD, "publisher")
    for meta in _METAS:
        if name := plain(document.meta(meta)):
            yield Found(name, Provenance.META, meta)
    for node in document.lds:
        if _OUTLETS & set(types_of(node)):
            name = plain(node.get("name"))
            yield Found(name, Provenance.JSON_LD, types_of(node)[0])


def read_logo(document: Document) -> Choice[Logo | None]:
    """Return the logo the page shows, with what JSON-LD says where the page shows none."""
    stated = next(_stated(document), None)
    shown = _shown(document)
    if shown is not None:
        url = shown.url or (stated.url if stated else "")
        return Choice(value=Logo(url=url, alt=shown.alt), provenance=Provenance.PAGE)
    if stated is not None:
        return Choice(value=stated, provenance=Provenance.JSON_LD)
    return Choice(value=None)


def _stated(document: Document) -> Iterator[Logo]:
    publishers = [
        each
        for node in document.articles
        for each in resolve(document.lds, node.get("publisher"))
    ]
    for node in (
        *publishers,
        *(each for each in document.lds if _OUTLETS & set(types_of(each))),
    ):
        for logo in resolve(document.lds, node.get("logo")):
            if url := _url(logo):
                alt = plain(
                    logo.get("caption") or logo.get("alternateName") or logo.get("description")
                )
                if not alt and "://" not in (name := plain(logo.get("name"))):
                    alt = name if name != url else ""
                yield Logo(url=join(document.base, url), alt=alt)


def _url(logo: dict[str, Any]) -> str:
    for key in ("url", "contentUrl", "@id", "name"):
        value = plain(logo.get(key))
        if "/" in value and " " not in value:
            return value
    return ""


def _shown(document: Document) -> Logo | None:
    """Return the first picture before the article that calls itself the logo."""
    for node in _first_pictures(document):
        attributes = node.attributes
        ask = attributes.get
        said = " ".join([ask(key) or "" for key in _SAYING]).lower()
        if (_says_logo(said) or _in_logo(node)) and not _PARTNER.search(said):
            alt = " ".join((attributes.get("alt") or "").split())
            return Logo(url=_address(attributes, document.base), alt=alt[:MAX_NAME])
    return None


def _first_pictures(document: Document) -> list[LexborNode]:
    """Return the pictures up to the headline, which may itself hold the logo."""
    marks = document.outline.marks
    if "img" not in marks:
        return document.tree.css("amp-img")[:_FIRST_IMAGES]
    head = next((before for _, before, _ in marks.get("h1", ())), None)
    return [
        node
        for node, before, _ in marks.get("img", ())[:_FIRST_IMAGES]
        if head is None or before <= head
    ]


def _address(attributes: dict[str, str | None], base: str) -> str:
    url = (attributes.get("src") or attributes.get("data-src") or "").strip()
    return join(base, url) if url and not url.startswith("data:") else ""


def _says_logo(folded: str) -> bool:
    return holds_any(folded, _SIGNS) and _LOGO.search(folded) is not None


def _in_logo(node: LexborNode) -> bool:
    """Say whether a node close above calls itself the logo, or links home from a header."""
    above = node.parent
    for _ in range(3):
        if above is None or (number := above.tag_id) in _PAGE:
            return False
        attributes = above.attributes
        if _says_logo(f"{attributes.get('class') or ''} {attributes.get('id') or ''}".lower()):
            return True
        if number == _LINK and (attributes.get("href") or "").strip() == "/":
            return True
        above = above.parent
    return False
