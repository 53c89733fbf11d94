"""Tell the pictures of the article from those of the page round it, by where they stand.

A picture is the article's if it stands in the container of the body, or before it on the way
down to it, and nothing between says that it belongs to something else.
"""

import re
from functools import lru_cache
from typing import Final

from selectolax.lexbor import LexborNode

from crawler.extract.box import HEADINGS, Box
from crawler.extract.outline import Mark, Outline, number_of

_OUTSIDE: Final = re.compile(
    r"(?:^|\s)(?:[a-z0-9]+[-_]{1,2}){0,2}"
    r"(?:related|recommend(?:ed|ations?)?|teasers?|sidebar|promos?|popular|most-?read|trending|"
    r"footer|nav|newsletter|comments?|more-(?:news|stories)|read-?more|up-?next|advert\w*|ads?|"
    r"social|share|author(?:-?(?:bio|box|info|image|photo|avatar))?|bio|outbrain|taboola|widget|"
    r"latest)(?:[-_]{1,2}(?:list|box|wrapper|wrap|container|block|section|area|items?|inner|"
    r"content|articles?|posts?|stories|news|card|module|panel))?(?=\s|$)"
)
_CAPTIONED: Final = "figcaption,[class*=caption i],[itemprop*=caption i]"
_WORDY: Final = 1500  # characters, white space too: more than the longest text beside a picture
FEW: Final = 2  # pictures that may share a caption
_MOST_SPENT: Final = 4000  # nodes of boxes read on one page; a gallery of hundreds has more
_OUT_TAGS: Final = frozenset(map(number_of, ("nav", "footer", "noscript", "template")))
_LINKS: Final = frozenset(map(number_of, ("a", "li", "aside")))
_CARDS: Final = frozenset(map(number_of, ("h2", "h3", "h4", "form")))
_HEADLINE: Final = frozenset({number_of("h1")})
_FIGURE: Final = number_of("figure")
_FIGURES: Final = frozenset(map(number_of, ("figure", "figcaption", "img", "picture")))


class Neighbourhood:
    """What stands in and above the container of the body, a frame of the outline."""

    def __init__(self, outline: Outline, container: int | None) -> None:
        self.outline = outline
        self.container = container
        self._spent = 0  # nodes read in search of captions
        self._boxes: dict[int, Box] = {}
        self._too_much: dict[int, str | None] = {}  # by frame, which several pictures may share
        # Whether a node and all between it and the container's line are the article's.
        self._kept: dict[int, bool] = {}
        # What is over the container, with its child on the way down; the container: 0.
        self._above: dict[int, int] = {}
        if container is not None:
            self._first, self._end = outline.firsts[container], outline.ends[container]
        node, below = None if container is None else outline.frames[container], 0
        while node is not None:
            self._above[node.mem_id] = below
            below = node.mem_id
            node = node.parent

    def holds(self, mark: Mark) -> bool:
        """Say whether a node stands in the container or before it."""
        if self.container is None:
            return True
        return self.reaches(mark) and self._keeps(mark.node, mark.frame)

    def reaches(self, mark: Mark) -> bool:
        """Say whether a node's place alone lets the container hold it: that costs nothing."""
        container = self.container
        if container is None:
            return True
        _, before, frame = mark
        return before <= self._first or container <= frame < self._end

    def holds_node(self, node: LexborNode) -> bool:
        """Say the same of a node that the outline did not note."""
        if self.container is None:
            return True
        if not self._keeps(node):
            return False
        above = node.parent
        while above is not None and above.mem_id not in self._above:
            node, above = above, above.parent
        if above is None:
            return False
        target = self._above[above.mem_id]
        return target == 0 or _before(node, target)

    def _keeps(self, node: LexborNode, frame: int = -1) -> bool:
        """Say whether nothing between a node and the container's line rules it out.

        `frame` is its own or the one it stands in, where that is known.
        """
        outline = self.outline
        here = outline.frames[frame].mem_id if frame >= 0 else 0
        path: list[int] = []
        kept = True
        above: LexborNode | None = node
        while above is not None:
            key = above.mem_id
            if key in self._above:
                break
            known = self._kept.get(key)
            if known is not None:
                kept = known
                break
            path.append(key)
            itself = -1
            if key == here:
                itself, frame = frame, outline.ups[frame]
                here = outline.frames[frame].mem_id if frame >= 0 else 0
            if above.tag_id not in _FIGURES and self._says_out(above, itself, frame):
                kept = False
                break
            above = above.parent
        self._kept.update(dict.fromkeys(path, kept))
        return kept

    def _says_out(self, node: LexborNode, frame: int, around: int) -> bool:
        """Say whether a node rules out what it holds.

        `frame`: its number, -1: it has none; `around`: that of the frame it stands in.
        """
        number = node.tag_id
        if number in _OUT_TAGS:
            return True
        if number in _LINKS:  # does it lead to another headline?
            inner = node.first_child
            if inner is not None and inner.next is None and inner.first_child is None:
                return False  # a picture alone, as in most links round one
            return self._holds(node, frame, around, _CARDS, "h2,h3,h4,form")
        said = node.attributes.get("class")
        if not said or not _named_out(said):
            return False
        return not (
            self._holds(node, frame, around, _HEADLINE, "h1")
            or (frame >= 0 and self._frames_figure(frame))
        )

    def _holds(
        self, node: LexborNode, frame: int, around: int, tags: frozenset[int], css: str
    ) -> bool:
        """Say whether a tag stands inside a node; the tree is asked last, for it costs."""
        numbers, ends = self.outline.numbers, self.outline.ends
        if frame >= 0:
            return not tags.isdisjoint(numbers[frame + 1 : ends[frame]])
        if around >= 0 and tags.isdisjoint(numbers[around : ends[around]]):
            return False
        return node.css_first(css) is not None

    def _frames_figure(self, frame: int) -> bool:
        """Say whether a figure with a caption is all that a box of the container holds."""
        outline, container = self.outline, self.container
        if container is None or not container < frame < outline.ends[container]:
            return False
        inside = outline.numbers[frame : outline.ends[frame]]
        if _FIGURE not in inside:
            return False
        figure = frame + inside.index(_FIGURE)
        first, last = outline.firsts[frame], outline.lasts[frame]
        return first < last and (first, last) == (outline.firsts[figure], outline.lasts[figure])

    def box(self, node: LexborNode) -> Box | None:
        """Return what a node holds, read once for all pictures in it; None: enough is read."""
        box = self._boxes.get(node.mem_id)
        if box is None and self._spent <= _MOST_SPENT:
            box = self._boxes[node.mem_id] = Box(node)
            self._spent += box.nodes
        return box

    def too_much(self, frame: int) -> str | None:
        """Return the folded text of a frame with too much for a caption; None: it may be one.

        Too much is text, pictures, or a heading, unless something there is called a caption.
        """
        if frame not in self._too_much:
            outline = self.outline
            texts = outline.texts[outline.firsts[frame] : outline.lasts[frame]]
            headed = not HEADINGS.isdisjoint(outline.numbers[frame + 1 : outline.ends[frame]])
            fits = not headed and (not texts or self._is_small(frame, texts))
            fits = fits or (
                not headed and outline.frames[frame].css_first(_CAPTIONED) is not None
            )
            self._too_much[frame] = None if fits else " ".join(texts).casefold()
        return self._too_much[frame]

    def _is_small(self, frame: int, texts: list[str]) -> bool:
        if sum(map(len, texts)) > _WORDY:
            return False
        end, pictures = self.outline.ends[frame], self.outline.marks.get("img", ())
        return sum([frame <= around < end for _, _, around in pictures]) <= FEW

    def above(self, node: LexborNode) -> bool:
        """Say whether a node is the container or over it."""
        return node.mem_id in self._above


@lru_cache(maxsize=4096)
def _named_out(said: str) -> bool:
    return _OUTSIDE.search(said.lower()) is not None


def _before(node: LexborNode, target: int) -> bool:
    sibling = node.next
    while sibling is not None:
        if sibling.mem_id == target:
            return True
        sibling = sibling.next
    return False
