"""Collect the links of a page with what speaks for or against each. Judges nothing. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

from crawler.discover.address import absolute
from crawler.discover.wording import plain_title

MOST_ANCHORS: Final = 6000  # looked at; section.MOST_LINKS cuts what is chosen
_HEADING_NEAR: Final = 4  # levels up to a heading that still is the link's own
_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_FURNITURE_ROLES: Final = ("navigation", "menu", "contentinfo", "menubar")
_FURNITURE_TAGS: Final = frozenset({"nav", "footer", "form", "menu"})
_FURNITURE: Final = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|navigation|menu|submenu|footer|breadcrumbs?|social|share|sharing|"
    r"cookie|consent|pagination|pager|paging|tags?|login|toolbar|topbar|masthead|subscribe|"
    r"newsletter|copyright|langs?|language)(?:$|[\s_-])",
    re.IGNORECASE,
)


@dataclass(slots=True, kw_only=True)
class Anchor:
    """One address a page links to; several links to one address are one anchor."""

    url: str
    place: int  # which link of the page it is
    title: str = ""
    weight: float = 0.0  # length of the title in letters, a CJK sign counting as two and a half
    heading: bool = False
    furniture: bool = False  # stands only in menus, footers, bars
    dated: bool = False  # a <time> stands beside it
    pictured: bool = False
    card: str = ""  # tags and classes of it and its parents: what repeats in a list of stories


LINKS: Final = "a[href]"
# What a script makes into a link: <div data-href=…>, <div onclick="location='…'">
CLICKED: Final = "a[href], [data-href], [data-url], [onclick*='location']"
_GOES_TO: Final = re.compile(r"location(?:\.href)?\s*=\s*['\"]([^'\"]+)['\"]")


def collect_anchors(tree: LexborHTMLParser, base: str, selector: str = LINKS) -> list[Anchor]:
    """Return the selected links in order, one per address, its best wording kept.

    A selected element that is no link itself stands for the first link inside it.
    """
    around = _Surroundings(tree)
    found: dict[str, Anchor] = {}
    for place, selected in enumerate(tree.css(selector)[:MOST_ANCHORS]):
        node, href = _link_of(selected)
        url = absolute(href, base) if href else None
        if node is not None and url:
            anchor = _anchor(node, url, place, around)
            known = found.get(url)
            found[url] = _joined(known, anchor) if known else anchor
    return list(found.values())


def _link_of(selected: LexborNode) -> tuple[LexborNode | None, str]:
    """Return the link that an element is or holds, and its address."""
    attributes = selected.attributes
    href = attributes.get("href") or ""
    if selected.tag == "a" and not href.startswith(("javascript:", "#")):
        return selected, href
    clicked = attributes.get("data-href") or attributes.get("data-url")
    goes = None if clicked else _GOES_TO.search(attributes.get("onclick") or "")
    if clicked or goes:
        return selected, clicked or (goes[1] if goes else "")
    node = selected.css_first(LINKS)
    return node, (node.attributes.get("href") or "") if node else ""


def weight_of(title: str) -> float:
    """Return how long a title is, whatever its script."""
    wide = sum(
        1
        for sign in title
        if "\u2e80" <= sign <= "\u9fff"
        or "\uac00" <= sign <= "\ud7a3"
        or "\u3040" <= sign <= "\u30ff"
    )
    return len(title) + 1.5 * wide


@dataclass(frozen=True, slots=True)
class _Place:
    """What an element and those it stands in are."""

    furniture: bool
    heading: int  # how many levels up the next heading element is; 99: there is none
    dated: bool
    signature: str
    parent: "_Place | None"

    def card(self) -> str:
        """Return the signatures of the element and three above it."""
        signatures, place = [], self
        for _ in range(4):
            signatures.append(place.signature)
            if place.parent is None:
                break
            place = place.parent
        return "/".join(signatures)


class _Surroundings:
    """Look at each element that holds links once, however many links it holds."""

    def __init__(self, tree: LexborHTMLParser) -> None:
        self._dated = _parents_of_times(tree)
        self._places: dict[int, _Place] = {}

    def of(self, node: LexborNode) -> _Place:
        """Return what is known of an element's place, its parents' first."""
        way: list[LexborNode] = []
        at: LexborNode | None = node
        while at is not None and at.mem_id not in self._places and at.tag not in _TOP:
            way.append(at)
            at = at.parent
        place = None if at is None else self._places.get(at.mem_id)
        for element in reversed(way):
            place = self._places[element.mem_id] = self._place(element, place)
        return place or _NOWHERE

    def _place(self, node: LexborNode, parent: _Place | None) -> _Place:
        attributes = node.attributes
        tag, classes = node.tag or "", attributes.get("class") or ""
        above = parent or _NOWHERE
        first = classes[:200].split(None, 1)[:1]
        return _Place(
            furniture=above.furniture or _is_furniture(tag, classes, attributes),
            heading=0 if tag in _HEADINGS else above.heading + 1,
            dated=node.mem_id in self._dated,
            signature=f"{tag}.{first[0]}" if first else tag,
            parent=parent,
        )


_TOP: Final = ("html", "body")
_NOWHERE: Final = _Place(furniture=False, heading=99, dated=False, signature="", parent=None)


def _parents_of_times(tree: LexborHTMLParser) -> set[int]:
    """Return the ids of what holds a <time> at most four levels below it."""
    ids: set[int] = set()
    for node in tree.css("time, [datetime]")[:MOST_ANCHORS]:
        parent = node.parent
        for _ in range(4):
            if parent is None or parent.tag in ("body", "main", "html"):
                break
            ids.add(parent.mem_id)
            parent = parent.parent
    return ids


def _anchor(node: LexborNode, url: str, place: int, around: _Surroundings) -> Anchor:
    inner = node.css_first("h1, h2, h3, h4, h5, h6")
    title = _title(node, inner)
    at = around.of(node)
    return Anchor(
        url=url,
        place=place,
        title=title,
        weight=weight_of(title),
        heading=at.heading <= _HEADING_NEAR or inner is not None,
        furniture=at.furniture,
        dated=_is_dated(at),
        pictured=node.css_first("img, picture, svg image") is not None,
        card=at.card(),
    )


def _is_dated(place: _Place) -> bool:
    at: _Place | None = place
    for _ in range(4):
        if at is None:
            return False
        if at.dated:
            return True
        at = at.parent
    return False


def _title(node: LexborNode, heading: LexborNode | None) -> str:
    """Return what the link says: the heading inside it before all its text."""
    text = plain_title((heading or node).text(separator=" "))
    if text:
        return text
    attributes = node.attributes
    picture = node.css_first("img[alt]")
    return plain_title(
        attributes.get("aria-label")
        or attributes.get("title")
        or (picture.attributes.get("alt") if picture else "")
        or ""
    )


def _is_furniture(tag: str, classes: str, attributes: Mapping[str, str | None]) -> bool:
    if tag in _FURNITURE_TAGS or attributes.get("role") in _FURNITURE_ROLES:
        return True
    names = f"{classes} {attributes.get('id') or ''}"[:300]
    return len(names) > 1 and _FURNITURE.search(names) is not None


def _joined(known: Anchor, other: Anchor) -> Anchor:
    """Return one anchor of two with the same address: picture, headline and "read more"."""
    best, rest = (other, known) if _worth(other) > _worth(known) else (known, other)
    best.place = min(known.place, other.place)
    best.heading |= rest.heading
    best.dated |= rest.dated
    best.pictured |= rest.pictured
    best.furniture &= rest.furniture
    return best


def _worth(anchor: Anchor) -> tuple[bool, bool, float]:
    return anchor.heading and anchor.weight > 0, not anchor.furniture, anchor.weight
