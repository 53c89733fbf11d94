"""Collect the article's pictures with their captions and credits, the lead image first."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from selectolax.lexbor import LexborNode

from crawler.extract.caption import CAPTIONS, PICTURES, Caption, beside, read_caption
from crawler.extract.choice import Choice
from crawler.extract.credit import clean_credit, split_credit
from crawler.extract.document import Document, join, plain
from crawler.extract.linked_data import article_nodes, resolve
from crawler.extract.neighbourhood import Neighbourhood
from crawler.extract.title import fold_title
from storage.article import Image, Provenance

_FIGURES: Final = f"figure,{CAPTIONS},{PICTURES}"
_ICON: Final = re.compile(
    r"icon|sprite|pixel|spacer|blank|avatar|emoji|logo|badge|1x1", re.IGNORECASE
)
_BARE: Final = frozenset({"img", "amp-img"})
_MOST_FIGURES: Final = 300
_SMALLEST: Final = 100  # pixels; what is narrower is an icon


@dataclass(frozen=True, slots=True, kw_only=True)
class Pictures:
    """The pictures of an article, and their captions as they stand in the page."""

    images: Choice[tuple[Image, ...]]
    captions: frozenset[str]  # whole texts, which the body must not repeat


def read_images(
    document: Document,
    container: LexborNode | None,
    headline: str,
    texts: frozenset[str],
    authors: tuple[str, ...] = (),
) -> Pictures:
    """Return the pictures in the order of the page; the first is the lead image."""
    shown: list[Image] = []
    wholes: set[str] = set()
    seen = {fold_title(each) for each in (headline, *authors)}
    for image, whole in _shown(document, container, texts):
        key = fold_title(image.caption) or image.url
        if key and key not in seen:
            seen.add(key)
            shown.append(image)
        if image.caption:
            wholes |= {whole, image.caption}
    stated = _stated(document)
    images = _merge(stated, tuple(shown))
    where = Provenance.PAGE if shown else (stated[1] if stated else None)
    choice = Choice(value=images, provenance=where)
    return Pictures(images=choice, captions=frozenset(wholes))


def _shown(
    document: Document, container: LexborNode | None, texts: frozenset[str]
) -> Iterator[tuple[Image, str]]:
    """Yield each picture of the article once, with its caption's whole text."""
    around = Neighbourhood(container)
    used: set[int] = set()
    below_headline = document.tree.css_first("h1") is None
    for node in document.tree.css(f"h1,{_FIGURES}")[:_MOST_FIGURES]:
        if node.mem_id in used or (node.tag != "h1" and not around.holds(node)):
            continue
        if node.tag == "h1":
            below_headline = True
            continue
        picture = _picture_of(node, around)
        if node.tag in _BARE:
            if picture is None:
                continue
            caption = beside(node, around, texts, sure=below_headline)
        else:
            used.update(each.mem_id for each in node.css(_FIGURES))
            used |= {picture.mem_id} if picture is not None else set()
            caption = read_caption(node)
            loose = node.tag not in {"figure", "figcaption"} and not below_headline
            if (picture is None or loose) and not (caption.credit and caption.text):
                continue
        yield _image(picture, caption, document.base), caption.whole


def _picture_of(node: LexborNode, around: Neighbourhood) -> LexborNode | None:
    """Return the picture a node speaks of: itself, one in it, or one in the box round it."""
    if node.tag in _BARE:
        return None if _is_icon(node) else node
    box: LexborNode | None = node
    for _ in range(4):
        if box is None or around.above(box):
            return None
        picture = box.css_first(PICTURES)
        if picture is not None:
            return picture
        box = box.parent
    return None


def _is_icon(node: LexborNode) -> bool:
    attributes = node.attributes
    width = re.match(r"\d+", attributes.get("width") or "")
    if width and int(width[0]) < _SMALLEST:
        return True
    said = f"{attributes.get('src') or ''} {attributes.get('class') or ''}"
    return _ICON.search(said) is not None


def _image(picture: LexborNode | None, caption: Caption, base: str) -> Image:
    if picture is None:
        return Image(caption=caption.text, credit=caption.credit)
    alt = " ".join((picture.attributes.get("alt") or "").split())
    url = address(picture, base)
    return Image(url=url, caption=caption.text, credit=caption.credit, alt=alt)


def address(node: LexborNode, base: str) -> str:
    """Return where a picture lies; lazy pages keep that in another attribute than src."""
    attributes = node.attributes
    for key in ("src", "data-src", "data-original", "data-lazy-src"):
        value = (attributes.get(key) or "").strip()
        if value and not value.startswith("data:"):
            return join(base, value)
    sources = attributes.get("srcset") or attributes.get("data-srcset") or ""
    first = sources.split(",")[0].split()
    return join(base, first[0]) if first else ""


def _stated(document: Document) -> tuple[Image, Provenance] | None:
    """Return the picture that JSON-LD or og:image names for the article."""
    for node in article_nodes(document)[:1]:
        for each in resolve(document, node.get("image")):
            url = plain(each.get("url") or each.get("contentUrl") or each.get("name"))
            if "/" in url:
                caption, credit = split_credit(plain(each.get("caption")))
                credit = clean_credit(plain(each.get("creditText")) or credit)
                image = Image(url=join(document.base, url), caption=caption, credit=credit)
                return image, Provenance.JSON_LD
    url = document.meta("og:image", "og:image:url", "twitter:image", "twitter:image:src")
    if not url:
        return None
    alt = document.meta("og:image:alt")
    return Image(url=join(document.base, url), alt=alt), Provenance.META


def _merge(
    stated: tuple[Image, Provenance] | None, shown: tuple[Image, ...]
) -> tuple[Image, ...]:
    """Let what the head states fill what the first shown picture lacks."""
    if stated is None:
        return shown
    image = stated[0]
    if not shown:
        return (image,)
    lead = shown[0]
    if image.caption and not lead.caption:
        known = {fold_title(each.caption) for each in shown}
        if fold_title(image.caption) not in known:
            lead = replace(lead, caption=image.caption, credit=lead.credit or image.credit)
    return (replace(lead, url=lead.url or image.url), *shown[1:])
