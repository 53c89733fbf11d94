"""Collect the links of a page with what speaks for or against each. Judges nothing. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

from crawler.discover.address import absolute
from crawler.discover.wording import plain_title

MOST_ANCHORS: Final = 6000  # looked at; limits.md "Links per page" cuts what is chosen
_UP: Final = 12  # ancestors looked at
_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
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


def collect_anchors(
    tree: LexborHTMLParser, base: str, selector: str = "a[href]"
) -> list[Anchor]:
    """Return the selected links in order, one per address, its best wording kept.

    A selected element that is no link itself stands for the first link inside it.
    """
    dated = _parents_of_times(tree)
    found: dict[str, Anchor] = {}
    for place, selected in enumerate(tree.css(selector)[:MOST_ANCHORS]):
        node = selected if selected.tag == "a" else selected.css_first("a[href]")
        if node is None:
            continue
        url = absolute(node.attributes.get("href") or "", base)
        if url:
            anchor = _anchor(node, url, place, dated)
            known = found.get(url)
            found[url] = _joined(known, anchor) if known else anchor
    return list(found.values())


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


def _anchor(node: LexborNode, url: str, place: int, dated: set[int]) -> Anchor:
    title = _title(node)
    parents = list(_parents(node))
    return Anchor(
        url=url,
        place=place,
        title=title,
        weight=weight_of(title),
        heading=any(p.tag in _HEADINGS for p in parents[:4])
        or node.css_first("h1, h2, h3, h4, h5, h6") is not None,
        furniture=any(_is_furniture(p) for p in (node, *parents)),
        dated=any(p.mem_id in dated for p in (node, *parents[:3])),
        pictured=node.css_first("img, picture, svg image") is not None,
        card="/".join(_signature(p) for p in (node, *parents[:3])),
    )


def _title(node: LexborNode) -> str:
    """Return what the link says: the heading inside it before all its text."""
    heading = node.css_first("h1, h2, h3, h4, h5, h6")
    text = plain_title((heading or node).text(separator=" "))
    if text:
        return text
    picture = node.css_first("img[alt]")
    return plain_title(
        node.attributes.get("aria-label")
        or node.attributes.get("title")
        or (picture.attributes.get("alt") if picture else "")
        or ""
    )


def _parents(node: LexborNode) -> Iterator[LexborNode]:
    parent = node.parent
    for _ in range(_UP):
        if parent is None or parent.tag in ("body", "html"):
            return
        yield parent
        parent = parent.parent


def _is_furniture(node: LexborNode) -> bool:
    if node.tag in _FURNITURE_TAGS:
        return True
    attributes = node.attributes
    names = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"[:300]
    return (
        attributes.get("role") in ("navigation", "menu", "contentinfo", "menubar")
        or _FURNITURE.search(names) is not None
    )


def _signature(node: LexborNode) -> str:
    classes = (node.attributes.get("class") or "")[:200].split()
    return f"{node.tag}.{classes[0]}" if classes else str(node.tag)


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
