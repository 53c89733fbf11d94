"""Collect the article's pictures with their captions and credits, the lead image first."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, Final

from selectolax.lexbor import LexborNode

from crawler.extract.choice import Choice
from crawler.extract.credit import clean_credit, split_credit
from crawler.extract.document import Document, join, plain
from crawler.extract.linked_data import article_nodes, resolve
from crawler.extract.title import fold_title, inner_text
from storage.article import Image, Provenance

_FIGURES: Final = "figure,figcaption,[class*=caption i],[itemprop~=caption],amp-img + div"
_CREDIT: Final = re.compile(
    r"credit|copyright|source|photographer|photo-?by|rights|agency|attribution|autor|urheber|license|byline|author",
    re.IGNORECASE,
)
_OUTSIDE: Final = re.compile(
    r"(?:^|[\s_-])(?:related|recommend\w*|teasers?|cards?|sidebar|promos?|popular|most-?read|trending|footer|nav|"
    r"newsletter|comments?|more-(?:news|stories)|read-?more|up-?next|advert\w*|ads?|social|share|"
    r"author-?\w*|bio|outbrain|taboola|widget)(?:$|[\s_-])",
    re.IGNORECASE,
)
_NOISE: Final = re.compile(
    r"^(?:advertisement|anzeige|werbung|loading|image|photo|foto|bild|caption|video|play|close|"
    r"view (?:gallery|image).*|open image.*|share.*|\d+\s*/\s*\d+|full ?screen|expand|zoom\w*|swipe.*)$",
    re.IGNORECASE,
)
MAX_CAPTION: Final = 1500
_MOST_FIGURES: Final = 120


def read_images(
    document: Document, container: LexborNode | None, headline: str
) -> Choice[tuple[Image, ...]]:
    """Return the pictures in the order of the page; the first is the lead image."""
    shown = tuple(_shown(document, container, headline))
    stated = _stated(document)
    images = _merge(stated, shown)
    provenance = Provenance.PAGE if shown else (Provenance.META if images else None)
    return Choice(value=images, provenance=provenance)


def _shown(
    document: Document, container: LexborNode | None, headline: str
) -> Iterator[Image]:
    inside = Neighbourhood(container)
    seen: set[str] = set()
    used: set[int] = set()
    for node in document.tree.css(_FIGURES)[:_MOST_FIGURES]:
        if node.mem_id in used or not inside.holds(node):
            continue
        _mark(node, used)
        image = _read(node, document.base)
        key = fold_title(image.caption) or image.url
        if not key or key in seen or (image.caption and key == fold_title(headline)):
            continue
        seen.add(key)
        yield image


class Neighbourhood:
    """Tell the pictures of the article from those of the page round it."""

    def __init__(self, container: LexborNode | None) -> None:
        self.above: dict[int, int] = {}  # node over the container → which child leads to it
        node, below = container, 0
        while node is not None:
            self.above[node.mem_id] = below
            node, below = node.parent, node.mem_id
        self.container = container.mem_id if container is not None else 0
        self.outside: dict[int, bool] = {}

    def holds(self, figure: LexborNode) -> bool:
        """Say whether a figure stands in the article's container, or above it on the way down."""
        if not self.container:
            return True
        node: LexborNode | None = figure
        while node is not None and node.mem_id not in self.above:
            if self._out(node):
                return False
            figure, node = node, node.parent
        if node is None:
            return False
        return node.mem_id == self.container or self._before(figure, self.above[node.mem_id])

    def _before(self, node: LexborNode, target: int) -> bool:
        sibling = node.next
        while sibling is not None:
            if sibling.mem_id == target:
                return True
            sibling = sibling.next
        return False

    def _out(self, node: LexborNode) -> bool:
        key = node.mem_id
        if key not in self.outside:
            tag = node.tag
            name = node.attributes.get("class") or ""
            self.outside[key] = (
                tag in {"aside", "nav", "footer", "noscript", "template"}
                or (tag == "a" and _has_heading(node))
                or (tag not in {"figure", "figcaption"} and bool(_OUTSIDE.search(name)))
            )
        return self.outside[key]


def _has_heading(node: LexborNode) -> bool:
    return node.css_first("h2,h3,h4") is not None


def _mark(node: LexborNode, used: set[int]) -> None:
    used.update(each.mem_id for each in node.css(_FIGURES))


def _read(node: LexborNode, base: str) -> Image:
    """Read one figure, or a caption that stands beside its picture."""
    picture = node.css_first("img,amp-img")
    if picture is None and node.tag != "figure" and node.parent is not None:
        picture = node.parent.css_first("img,amp-img")
    caption, credit = _caption(node)
    return Image(
        url=_address(picture, base) if picture is not None else "",
        caption=caption,
        credit=credit,
        alt=_alt(picture),
    )


def _caption(node: LexborNode) -> tuple[str, str]:
    """Return caption and credit of a figure; marked credits are cut out of the caption."""
    scope = node
    if node.tag == "figure":
        inner = node.css_first("figcaption,[class*=caption i],[itemprop~=caption]")
        if inner is None:
            return "", ""
        scope = inner
    credits: list[str] = []
    parts: list[str] = []
    _gather(scope, parts, credits, 0)
    text = " ".join("".join(parts).split())
    credit = " ".join(dict.fromkeys(each for each in credits if each))
    caption, written = split_credit(text)
    if not caption.strip(" .()[]/|-–—:") or _NOISE.match(caption) or len(caption) > MAX_CAPTION:
        caption = ""
    return caption, clean_credit(credit) or written


def _gather(node: LexborNode, parts: list[str], credits: list[str], depth: int) -> None:
    child = node.child
    while child is not None and depth < 30:
        tag = child.tag or ""
        if tag == "-text":
            parts.append(child.text_content or "")
        elif tag in {"script", "style", "noscript", "svg", "button", "-comment", "template"}:
            pass
        elif _CREDIT.search(child.attributes.get("class") or child.attributes.get("itemprop") or ""):
            credits.append(" ".join(inner_text(child).split()))
        else:
            parts.append(" " if tag in {"br", "p", "div", "span"} else "")
            _gather(child, parts, credits, depth + 1)
            parts.append(" " if tag in {"br", "p", "div", "span"} else "")
        child = child.next


def _alt(node: LexborNode | None) -> str:
    return " ".join((node.attributes.get("alt") or "").split()) if node is not None else ""


def _address(node: LexborNode, base: str) -> str:
    attributes = node.attributes
    for key in ("src", "data-src", "data-original", "data-lazy-src"):
        value = (attributes.get(key) or "").strip()
        if value and not value.startswith("data:"):
            return join(base, value)
    first = (attributes.get("srcset") or attributes.get("data-srcset") or "").split(",")[0].split()
    return join(base, first[0]) if first else ""


def _stated(document: Document) -> Image | None:
    """Return the picture that JSON-LD or og:image names for the article."""
    for node in article_nodes(document)[:1]:
        for each in resolve(document, node.get("image")):
            url = _text(each.get("url") or each.get("contentUrl")) or _text(each.get("name"))
            if url and "/" in url:
                caption, credit = split_credit(plain(each.get("caption")))
                credit = plain(each.get("creditText")) or credit
                return Image(url=join(document.base, url), caption=caption, credit=clean_credit(credit))
    url = document.meta("og:image", "og:image:url", "twitter:image", "twitter:image:src")
    return Image(url=join(document.base, url), alt=document.meta("og:image:alt")) if url else None


def _text(value: Any) -> str:
    return plain(value)


def _merge(stated: Image | None, shown: tuple[Image, ...]) -> tuple[Image, ...]:
    """Put the stated picture first unless it is one that the page shows."""
    if stated is None:
        return shown
    if not shown:
        return (stated,)
    lead = shown[0]
    if not lead.caption and stated.caption:
        lead = replace(lead, caption=stated.caption, credit=lead.credit or stated.credit)
    return (replace(lead, url=lead.url or stated.url), *shown[1:])


Lines = Callable[[], object]
