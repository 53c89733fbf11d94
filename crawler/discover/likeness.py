"""Learn which links on a page are articles, from the page alone: no outlet is known by name.

Each link is scored by its address, its wording, its place; then the links made alike (addresses
of one template, cards of one markup) vote together, since stories come in lists. Works in any
script: lengths are counted, words are not understood. Pure.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from statistics import median
from typing import Final

from crawler.discover.address import host_of, path_of
from crawler.discover.anchors import Anchor
from crawler.discover.url_shape import UrlShape, url_shape

ARTICLE: Final = 2.5  # the score from which a link counts as an article's
_SLUG: Final = 3  # words of an address that are a headline's
_LONG_NUMBER: Final = re.compile(r"\d{5}")  # no year


@dataclass(frozen=True, slots=True)
class Scored:
    """One link with its score; negative: surely no article."""

    anchor: Anchor
    shape: UrlShape
    score: float


def score_links(anchors: Iterable[Anchor], page_url: str) -> list[Scored]:
    """Return each link with how much it is like an article's."""
    shaped = [(anchor, url_shape(anchor.url)) for anchor in anchors]
    hubs, parts = _hubs([anchor.url for anchor, _ in shaped])
    headlines = _headline_cards([anchor for anchor, _ in shaped])
    single = [
        Scored(
            anchor,
            shape,
            _alone(anchor, shape, page_url)
            - 4.0 * (anchor.url in hubs or anchor.url in parts)
            + _mercy(anchor, shape, anchor.card in headlines),
        )
        for anchor, shape in shaped
    ]
    by_template = _votes(single, lambda each: each.shape.template)
    by_card = _votes(single, lambda each: each.anchor.card)
    return [
        Scored(
            each.anchor,
            each.shape,
            each.score + by_template[each.shape.template] + by_card[each.anchor.card],
        )
        for each in single
    ]


def _alone(anchor: Anchor, shape: UrlShape, page_url: str) -> float:
    """Return what a link's own address, wording and place say."""
    if (shape.depth == 0 and not shape.numbered) or anchor.url == page_url:
        return -9.0
    score = _of_address(shape) + _of_wording(anchor)
    score -= 2.5 * anchor.furniture
    score += 1.0 * anchor.dated + 0.5 * anchor.pictured
    if _house(anchor.url) != _house(page_url):
        score -= 1.5  # a sister site's front page rather than a story
    return score


def _house(url: str) -> str:
    return host_of(url).removeprefix("www.")


def _mercy(anchor: Anchor, shape: UrlShape, in_headlines: bool) -> float:
    """Return what a plain address is forgiven where all else says headline."""
    if shape.listing or anchor.furniture or anchor.weight < 24:
        return 0.0
    address = _of_address(shape)
    if in_headlines:
        return max(0.0, 1.0 - address)
    return max(0.0, -0.5 - address) if anchor.heading or anchor.dated else 0.0


def _headline_cards(anchors: list[Anchor]) -> set[str]:
    """Return the markups under which headlines stand: several links, most of them long."""
    weights: dict[str, list[float]] = defaultdict(list)
    for anchor in anchors:
        if not anchor.furniture:
            weights[anchor.card].append(anchor.weight)
    return {card for card, found in weights.items() if len(found) >= 4 and median(found) >= 30}


def _of_address(shape: UrlShape) -> float:
    if shape.listing:
        return -5.0
    score = 2.0 * shape.dated + 1.5 * shape.numbered
    if shape.words >= _SLUG:
        score += 1.0 + min(shape.words - 2, 4) * 0.4
    elif not (shape.dated or shape.numbered):
        score -= 2.0 if shape.depth > 1 else 3.0
    elif shape.numbered and shape.words == _SLUG - 1:
        score += 0.7
    return score


def _of_wording(anchor: Anchor) -> float:
    if anchor.weight == 0:
        return -0.5
    score = -1.5 if anchor.weight < 14 else 0.0 if anchor.weight < 24 else 1.0
    if anchor.weight >= 40:
        score += 0.7
    return score + (1.5 if anchor.heading and anchor.weight >= 14 else 0.0)


def _hubs(urls: list[str]) -> tuple[set[str], set[str]]:
    """Return the addresses that others of the page lie below, and the parts of single stories.

    What has others below it is a section, unless these are its comments, its pictures: one
    word more behind what is numbered as a story's address is.
    """
    stems = {f"{host_of(url)}{path_of(url).rstrip('/')}": url for url in urls if "?" not in url}
    hubs, parts = set[str](), set[str]()
    for stem, url in stems.items():
        parent, _, last = stem.rpartition("/")
        if parent in stems and _is_part(last, parent):
            parts.add(url)
            continue
        while "/" in parent:
            if parent in stems:
                hubs.add(stems[parent])
            parent = parent.rpartition("/")[0]
    return hubs, parts


def _is_part(last: str, parent: str) -> bool:
    return last.isascii() and last.isalpha() and _LONG_NUMBER.search(parent) is not None


def _votes(scored: list[Scored], key: Callable[[Scored], str]) -> dict[str, float]:
    """Return what the links of each kind say together: at most 1.5 either way.

    Lists and services are not asked: "print" and "share" stand beside each story.
    """
    kinds: dict[str, list[float]] = defaultdict(list)
    for each in scored:
        if not each.shape.listing:
            kinds[key(each)].append(each.score)
    votes = {
        kind: max(-1.5, min(1.5, 0.5 * (median(scores) - 1.0)))
        for kind, scores in kinds.items()
        if len(scores) >= 3
    }
    return defaultdict(float, votes)
