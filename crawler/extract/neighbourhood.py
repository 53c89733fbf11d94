"""Tell the pictures of the article from those of the page round it, by where they stand.

A picture is the article's if it stands in the container of the body, or before it on the way
down to it, and nothing between says that it belongs to something else.
"""

import re
from functools import lru_cache
from typing import Final

from selectolax.lexbor import LexborNode

_OUTSIDE: Final = re.compile(
    r"(?:^|\s)(?:[a-z0-9]+[-_]{1,2}){0,2}"
    r"(?:related|recommend(?:ed|ations?)?|teasers?|sidebar|promos?|popular|most-?read|trending|"
    r"footer|nav|newsletter|comments?|more-(?:news|stories)|read-?more|up-?next|advert\w*|ads?|"
    r"social|share|author(?:-?(?:bio|box|info|image|photo|avatar))?|bio|outbrain|taboola|widget|"
    r"latest)(?:[-_]{1,2}(?:list|box|wrapper|wrap|container|block|section|area|items?|inner|"
    r"content|articles?|posts?|stories|news|card|module|panel))?(?=\s|$)",
    re.IGNORECASE,
)
_OUT_TAGS: Final = frozenset({"nav", "footer", "noscript", "template"})


class Neighbourhood:
    """What stands in and above the container of the body."""

    def __init__(self, container: LexborNode | None) -> None:
        self.container = container.mem_id if container is not None else 0
        self._above: dict[int, int] = {}  # node over the container → its child on the way down
        self._out: dict[int, bool] = {}
        node, below = container, 0
        while node is not None:
            self._above[node.mem_id] = below
            below = node.mem_id
            node = node.parent

    def holds(self, figure: LexborNode) -> bool:
        """Say whether a node stands in the container or before it."""
        if not self.container:
            return True
        node = figure
        while node.mem_id not in self._above:
            above = node.parent
            if above is None or self._is_out(node):
                return False
            figure, node = node, above
        return node.mem_id == self.container or _before(figure, self._above[node.mem_id])

    def above(self, node: LexborNode) -> bool:
        """Say whether a node is the container or over it."""
        return node.mem_id in self._above

    def _is_out(self, node: LexborNode) -> bool:
        key = node.mem_id
        known = self._out.get(key)
        if known is None:
            known = self._out[key] = _says_out(node)
        return known


def _says_out(node: LexborNode) -> bool:
    tag = node.tag
    if tag in _OUT_TAGS:
        return True
    if tag in {"a", "li", "aside"}:
        return node.css_first("h2,h3,h4,form") is not None
    if tag in {"figure", "figcaption", "img", "amp-img", "picture"}:
        return False
    said = node.attributes.get("class")
    return bool(said) and _named_out(said or "") and node.css_first("h1") is None


@lru_cache(maxsize=4096)
def _named_out(said: str) -> bool:
    return _OUTSIDE.search(said) is not None


def _before(node: LexborNode, target: int) -> bool:
    sibling = node.next
    while sibling is not None:
        if sibling.mem_id == target:
            return True
        sibling = sibling.next
    return False
