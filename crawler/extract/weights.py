"""Find the frame that holds the article: by the weight of its prose, names second.

A name like "share" or "related" may rule a subtree out only while it holds a minority of the
page's prose: 17 % of news pages carry such a word on an ancestor of most of their body.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from crawler.extract.anchor import Anchor, find_anchor
from crawler.extract.descent import descend, widen
from crawler.extract.outline import Outline, number_of
from crawler.extract.ruled_out import drop_strangers
from crawler.extract.verdicts import is_comments, is_out, named_body

_WIDE: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_MAYBE_WIDE: Final = re.compile(r"[\u3040-\ud7af]")  # one range is passed over twice as fast
_LATIN: Final = 1.3  # bytes a letter in UTF-8; less, and at most a sixth are wide
_FOOTER: Final = number_of("footer")
_MINORITY: Final = 0.5
_WRAPPED: Final = 0.8
_LARGE: Final = 0.25
_ENOUGH: Final = 200  # characters that must remain before comments are ruled out for sure
_ABOVE: Final = 0.25
_PROSE: Final = 25
_LINKED: Final = 0.5


@dataclass(frozen=True, slots=True)
class Weights:
    """Where the prose of a page stands."""

    container: int  # the frame that holds the article
    out: list[bool]  # of each frame: ruled out by a name or a tag, its own or one around it
    judged: Sequence[int]  # of each frame, not 0: its own name was looked at
    weight: list[int]  # prose below each frame
    headline: int = -1  # the passage that shows the headline; -1: none does


def weigh(text: str) -> int:
    """Return how much a text counts: its letters, those of wide scripts twice."""
    length = len(text)
    # Of Latin letters few take more than one byte: to count bytes is five times as fast.
    if text.isascii() or len(text.encode(errors="ignore")) < _LATIN * length:
        return length
    if not _MAYBE_WIDE.search(text):
        return length
    return length + len(_WIDE.findall(text))


def prose(text: str, linked: int, least: int = _PROSE) -> int:
    """Return the weight of a passage's text; 0: too short or mostly links."""
    text = text.strip()
    weight = weigh(text)
    if weight <= least or linked > _LINKED * len(text):
        return 0
    return weight if weight >= _LONG or text[-1] in _ENDS else weight // 3


_NEAR: Final = 3  # frames up from which an item is looked for
# Text in these is seldom an article's own: headings, and items that are often teasers.
_NOTHING: Final = frozenset(map(number_of, ("h1", "h2", "h3", "h4", "h5", "h6", "th")))
_LITTLE: Final = frozenset(map(number_of, ("li", "td", "dd", "dt")))
_ENDS: Final = frozenset('.!?…。！？؟।։»”"')
_LONG: Final = 100


def find_container(outline: Outline, headline: str = "") -> Weights:
    """Weigh the page and walk down to the frame of the article."""
    anchor = find_anchor(outline, headline)
    found = _find(outline, _PROSE, anchor)
    if sum(found.weight[:1]) < _ENOUGH:
        return _find(outline, 0, anchor)  # a dialogue, a poem, an item of two lines
    return found


def _find(outline: Outline, least: int, anchor: Anchor) -> Weights:
    size = len(outline.frames)
    own = [0] * size
    numbers, ups = outline.numbers, outline.ups
    items: dict[int, bool] = {}  # of a frame: it stands in an item
    for text, frame, linked in zip(outline.texts, outline.places, outline.linked, strict=True):
        length = len(text)
        if linked > _LINKED * length or numbers[frame] in _NOTHING:
            continue  # most are labels and links
        if length <= least and (2 * length <= least or text.isascii()):
            continue  # of a wide script the text would count twice
        if weighed := prose(text, linked, least):
            if (item := items.get(up := ups[frame])) is None:
                item = items[up] = _is_in_item(outline, up)
            own[frame] += weighed // 3 if item or numbers[frame] in _LITTLE else weighed
    below = _below(own, ups)
    out = _ruled_out(outline, below, anchor)
    kept = _kept_below(outline, own, out, anchor)
    if kept[0] == 0:
        out = _footers(outline)
        kept = _kept_below(outline, own, out, anchor)
    container = widen(outline, descend(outline, kept, out, anchor), kept)
    drop_strangers(outline, container, kept, out)
    return Weights(container, out, below, kept, anchor.passage)


def _pass_over_above(outline: Outline, own: list[int], anchor: Anchor) -> None:
    """Count for nothing what stands above the headline, where an article stands below it."""
    if anchor.passage < 0 or outline.numbers[outline.places[anchor.passage]] not in _NOTHING:
        return
    head = outline.places[anchor.passage]
    above, below = sum(own[:head]), sum(own[head:])
    if above and below >= max(_ENOUGH, _ABOVE * above):
        for frame in range(head):
            if own[frame] and outline.lasts[frame] <= anchor.passage:
                own[frame] = 0


def _footers(outline: Outline) -> list[bool]:
    """Tell which frames stand in a footer: no text there is an article's, whatever is left."""
    out = [False] * len(outline.ups)
    for frame in range(1, len(out)):
        out[frame] = out[outline.ups[frame]] or outline.numbers[frame] == _FOOTER
    return out


def _is_in_item(outline: Outline, frame: int) -> bool:
    """Tell a frame that is an item of a list or a table, or stands in one."""
    for _ in range(_NEAR):
        if frame <= 0:
            return False
        if outline.numbers[frame] in _LITTLE:
            return True
        frame = outline.ups[frame]
    return False


def _kept_below(outline: Outline, own: list[int], out: list[bool], anchor: Anchor) -> list[int]:
    kept = [0 if ruled_out else weight for weight, ruled_out in zip(own, out, strict=True)]
    _pass_over_above(outline, kept, anchor)
    return _below(kept, outline.ups)


def _below(own: list[int], ups: list[int]) -> list[int]:
    """Return the sum of own weights below each frame; frames stand in document order."""
    sums = own.copy()
    for frame in range(len(ups) - 1, 0, -1):
        if below := sums[frame]:
            sums[ups[frame]] += below
    return sums


def _ruled_out(outline: Outline, weight: list[int], anchor: Anchor) -> list[bool]:
    """Tell which frames with prose are ruled out; of the others nobody asks."""
    out = [False] * len(weight)
    total = weight[0] if weight else 0
    ups = outline.ups
    for frame in range(1, len(weight)):
        if not weight[frame]:
            continue
        if out[ups[frame]]:
            out[frame] = True
        else:
            node, tag = outline.frames[frame], outline.numbers[frame]
            if tag == _FOOTER:
                out[frame] = True  # however little there is besides
            elif frame in anchor.path:
                continue  # what holds the headline holds the article, whatever its name
            elif weight[frame] < _MINORITY * total:
                out[frame] = is_out(node, tag) and not (
                    _is_body(outline, frame, weight)
                    or _is_beside(outline, frame, weight, anchor)
                )
            elif total - weight[frame] >= _ENOUGH:
                out[frame] = is_comments(node)
    return out


def _is_body(outline: Outline, frame: int, weight: list[int]) -> bool:
    """Tell whether what is named away is also marked as the body, or only wraps what is."""
    if weight[frame] < _ENOUGH:
        return False
    if named_body(outline.frames[frame].attributes):
        return True
    marked, child = 0, frame + 1
    while child < outline.ends[frame]:
        if weight[child] and named_body(outline.frames[child].attributes):
            marked += weight[child]
        child = outline.ends[child]
    return marked > _WRAPPED * weight[frame]


def _is_beside(outline: Outline, frame: int, weight: list[int], anchor: Anchor) -> bool:
    """Tell whether what is named away is most of a large part that holds the headline."""
    if weight[frame] < _ENOUGH or not anchor.path or is_comments(outline.frames[frame]):
        return False
    part = frame
    while part not in anchor.path:
        part = outline.ups[part]
    return weight[part] >= _LARGE * weight[0] and weight[frame] >= _MINORITY * weight[part]
