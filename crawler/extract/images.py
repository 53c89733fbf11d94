"""Collect the article's pictures with their captions and credits, the lead image first."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from selectolax.lexbor import LexborNode

from crawler.extract.box import Box
from crawler.extract.caption import (
    LONGEST_BESIDE,
    NO_CAPTION,
    Caption,
    Context,
    beside,
    figure_caption,
    marked_caption,
)
from crawler.extract.choice import Choice
from crawler.extract.credit import clean_credit, split_credit
from crawler.extract.document import Document, join
from crawler.extract.json_ld import plain, resolve, types_of
from crawler.extract.neighbourhood import Neighbourhood
from crawler.extract.outline import Mark, number_of
from crawler.extract.ruled_out import card_round
from crawler.extract.signs import holds_any
from crawler.extract.title_words import fold_title
from storage.article import Image, Provenance

_ICONS: Final = (
    "icon", "sprite", "pixel", "spacer", "blank", "avatar", "emoji", "logo", "badge", "1x1"
)  # fmt: skip
_DIGITS: Final = re.compile(r"\d+")
_MARKED: Final = "[class*=caption i],[itemprop~=caption]"
_UNKNOWN: Final = -1  # the outline does not note the pictures of AMP pages
_MOST_NAMED: Final = 20
_MOST_FIGURES: Final = 300
_SHORT: Final = 200  # a paragraph that may be a caption the body took in
_FIGURE: Final = number_of("figure")
_SMALLEST: Final = 100  # pixels; what is narrower is an icon


@dataclass(frozen=True, slots=True, kw_only=True)
class Pictures:
    """The pictures of an article, and their captions as they stand in the page."""

    images: Choice[tuple[Image, ...]]
    captions: frozenset[str]  # whole texts, which the body must not repeat


def read_images(
    document: Document,
    container: int | None,
    headline: str,
    texts: frozenset[str],
    authors: tuple[str, ...] = (),
) -> Pictures:
    """Return the pictures in the order of the page; the first is the lead image."""
    shown: list[Image] = []
    wholes: set[str] = set()
    seen = {fold_title(each) for each in (headline, *authors)}
    gallery = _Gallery(document, container, texts)
    found = list(gallery.pictures())
    if not any(image.caption for image, _ in found):
        found = [*gallery.named(), *found]
    for image, whole in found:
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


class _Gallery:
    """The pictures of one page, each taken once."""

    def __init__(
        self, document: Document, container: int | None, texts: frozenset[str]
    ) -> None:
        self.document = document
        self.around = Neighbourhood(document.outline, container)
        self.texts = texts
        self.told = frozenset(_told(document))
        self.used: set[int] = set()
        self.captions: dict[int, Caption] = {}

    def pictures(self) -> Iterator[tuple[Image, str]]:
        """Yield each picture of the article once, with its caption's whole text."""
        marks = self.document.outline.marks
        head = next((before for _, before, _ in marks.get("h1", ())), -1)
        pictured = {frame for _, _, frame in marks.get("img", ())}
        for node, _, frame in marks.get("figcaption", ()):
            above, inside = node.parent, range(frame, self.document.outline.ends[frame])
            if above is None or above.tag_id != _FIGURE or not pictured.isdisjoint(inside):
                self._mark(node)
        for tag, mark in self._in_order():
            if mark.node.mem_id in self.used:
                continue
            if tag == "figure":
                found = self._figure(mark.node) if self._holds(mark) else None
            else:
                found = self._bare(mark, sure=mark.before >= head)
            if found is not None:
                yield found

    def _holds(self, mark: Mark) -> bool:
        if mark.before == _UNKNOWN:
            return self.around.holds_node(mark.node)
        return self.around.holds(mark)

    def _in_order(self) -> list[tuple[str, Mark]]:
        """Return figures and pictures as the page has them, a figure before what it holds."""
        marks = self.document.outline.marks
        figures, pictures = marks.get("figure", []), marks.get("img")
        if pictures is None:
            found = self.document.tree.css("amp-img")
            pictures = [Mark(node, _UNKNOWN, _UNKNOWN) for node in found]
        nodes = [("figure", mark) for mark in figures] + [("img", mark) for mark in pictures]
        if figures:
            nodes.sort(key=_place)
        return nodes[:_MOST_FIGURES]

    def _mark(self, node: LexborNode) -> None:
        """Note a caption that the markup calls so outside figures, by its picture."""
        box: LexborNode | None = node
        for _ in range(4):
            if box is None or box.tag == "figure" or self.around.above(box):
                return
            picture = box.css_first("img,amp-img")
            if picture is not None:
                self.captions.setdefault(picture.mem_id, marked_caption(node, box))
                return
            box = box.parent

    def _figure(self, node: LexborNode) -> tuple[Image, str] | None:
        box = Box(node)
        self.used.update(picture.mem_id for picture in box.pictures)
        caption = figure_caption(box)
        for picture in box.pictures:
            attributes = picture.attributes
            if not _is_icon(attributes):
                if not caption.text:
                    caption = self.captions.get(picture.mem_id, caption)
                return self._image(attributes, caption)
        if not caption.text or node.css_first("blockquote") is not None:
            return None  # who said it is no caption
        return self._image({}, caption)

    def _bare(self, mark: Mark, *, sure: bool) -> tuple[Image, str] | None:
        node, before, frame = mark
        if before != _UNKNOWN and not self.around.reaches(mark):
            return None  # of two in three no attribute is read
        attributes = node.attributes
        if _is_icon(attributes) or not self._holds(mark) or self._announces(mark):
            return None
        caption = self.captions.get(node.mem_id, NO_CAPTION)
        if not (sure or (caption.text and caption.credit)):
            caption = NO_CAPTION
        if not caption.text and (before == _UNKNOWN or self._worth_reading(before)):
            context = Context(self.around, self.texts, self.told, sure)
            caption = beside(node, attributes.get("alt") or "", frame, context)
        kept = sure or caption.text or before == _UNKNOWN
        return self._image(attributes, caption) if kept else None

    def _announces(self, mark: Mark) -> bool:
        """Say whether a picture is another article's, which a card in the text announces."""
        outline, container = self.document.outline, self.around.container
        return container is not None and card_round(outline, container, mark) is not None

    def _worth_reading(self, before: int) -> bool:
        """Say whether the passage that follows a picture could be its caption."""
        outline = self.document.outline
        lengths = map(len, outline.texts[before : before + 2])
        for length, passage in sorted(zip(lengths, (before, before + 1), strict=False)):
            if length <= _SHORT:
                return True
            if length <= 2 * LONGEST_BESIDE:
                folded = outline.line(passage)
                if folded not in self.texts or split_credit(folded)[1]:
                    return True
        return False

    def _image(self, attributes: dict[str, str | None], caption: Caption) -> tuple[Image, str]:
        alt = " ".join((attributes.get("alt") or "").split())
        url = address(attributes, self.document.base)
        image = Image(url=url, caption=caption.text, credit=caption.credit, alt=alt)
        return image, caption.whole

    def named(self) -> Iterator[tuple[Image, str]]:
        """Yield what calls itself a caption by its class and has a picture or a credit."""
        for node in self.document.outline.frames[0].css(_MARKED)[:_MOST_NAMED]:
            if not self.around.holds_node(node):
                continue
            self.captions.clear()
            self._mark(node)
            caption = next(iter(self.captions.values()), None) or figure_caption(Box(node))
            if caption.text and (caption.credit or self.captions):
                yield self._image({}, caption)


def _told(document: Document) -> Iterator[str]:
    """Yield what JSON-LD says of the pictures that it describes apart from the article."""
    for node in document.lds:
        if "ImageObject" in types_of(node):
            for key in ("caption", "description"):
                if text := plain(node.get(key)):
                    yield fold_title(text)


def _place(each: tuple[str, Mark]) -> tuple[int, str]:
    return each[1][1], each[0]


def _is_icon(attributes: dict[str, str | None]) -> bool:
    width = _DIGITS.match(attributes.get("width") or "")
    if width and int(width[0]) < _SMALLEST:
        return True
    said = f"{attributes.get('src') or ''} {attributes.get('class') or ''}".lower()
    return holds_any(said, _ICONS)


def address(attributes: dict[str, str | None], base: str) -> str:
    """Return where a picture lies; lazy pages keep that in another attribute than src."""
    for key in ("src", "data-src", "data-original", "data-lazy-src"):
        value = (attributes.get(key) or "").strip()
        if value and not value.startswith("data:"):
            return join(base, value)
    sources = attributes.get("srcset") or attributes.get("data-srcset") or ""
    first = sources.split(",")[0].split()
    return join(base, first[0]) if first else ""


def _stated(document: Document) -> tuple[Image, Provenance] | None:
    """Return the picture that JSON-LD or og:image names for the article."""
    for node in document.articles[:1]:
        for each in resolve(document.lds, node.get("image")):
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
    if not lead.url:
        lead = replace(lead, url=image.url)
    return (lead, *shown[1:])
