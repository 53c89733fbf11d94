"""Walk down a weighed page to the frame of the article, and past what is another's."""

from typing import Final

from crawler.extract.anchor import Anchor
from crawler.extract.outline import Outline, number_of
from crawler.extract.strangers import (
    beside_item,
    has_heading,
    holds_headline,
    main_article,
    other_columns,
    other_pieces,
)
from crawler.extract.verdicts import named_body

_ARTICLE: Final = number_of("article")
_LEAVES: Final = frozenset(map(number_of, ("p", "blockquote", "li", "td")))
_ENOUGH: Final = 200  # characters of prose that make a part worth a look
_LOOKED_AT: Final = 20  # articles of a page: more are a list, and looking costs
_CLIMB: Final = 4
_WIDER: Final = 1.4
_DOWN: Final = 0.75  # walk down while one child holds this share of the weight


def descend(outline: Outline, weight: list[int], out: list[bool], anchor: Anchor) -> int:
    """Walk down from the body while one child holds most of the weight."""
    here, hinted = 0, False
    while inside := _weighty(outline, here, weight):
        best = max(inside, key=weight.__getitem__)
        if len(inside) == 1 and weight[best] >= _DOWN * weight[here]:
            here = best  # nothing stands beside it
            continue
        doubtful = weight[best] < _DOWN * weight[here] or _is_doubtful(
            best, inside, weight, anchor
        )
        others = other_pieces(outline, inside, weight, anchor) if doubtful else set()
        if not others and best not in anchor.path:
            others = beside_item(outline, inside, weight, anchor)
        others |= other_columns(outline, inside, weight, anchor)
        for frame in others:
            _strike(outline, frame, weight, out)
        inside = [frame for frame in inside if frame not in others]
        if doubtful and _are_entries(outline, inside, anchor):
            break
        child, hinted = _child(outline, here, inside, weight, hinted=hinted)
        if child is None:
            break
        here = child
    return here


def _weighty(outline: Outline, here: int, weight: list[int]) -> list[int]:
    """Return the frames right inside one that hold prose; what stands in them is leapt over."""
    inside, ends = [], outline.ends
    frame, end = here + 1, ends[here]
    while frame < end:
        if weight[frame]:
            inside.append(frame)
        frame = ends[frame]
    return inside


def _child(
    outline: Outline, here: int, inside: list[int], weight: list[int], *, hinted: bool
) -> tuple[int | None, bool]:
    """Return where to go down, and whether an <article> deeper down hinted at it."""
    best = max(inside, key=weight.__getitem__)
    articles = [frame for frame in inside if outline.numbers[frame] == _ARTICLE]
    if (
        len(articles) > 1
        and sum(weight[a] for a in articles) >= _DOWN * weight[here]
        and sum(has_heading(outline, a) for a in articles[:_LOOKED_AT]) > 1
    ):
        best = _first_article(outline, articles, weight)
    elif weight[best] < _DOWN * weight[here]:
        found = None if hinted else main_article(outline, here, weight)
        if found is None:
            return None, hinted
        best, hinted = found, True
    if outline.numbers[best] in _LEAVES and len(inside) > 1:
        return None, hinted
    return best, hinted


def _are_entries(outline: Outline, inside: list[int], anchor: Anchor) -> bool:
    """Tell the titled articles below one headline, as on a live page, from articles apart."""
    articles = [frame for frame in inside if outline.numbers[frame] == _ARTICLE]
    return (
        len(articles) > 1
        and anchor.passage >= 0
        and anchor.path.isdisjoint(articles)
        and articles[0] > outline.places[anchor.passage]
        and has_heading(outline, articles[0])
    )


def _is_doubtful(best: int, inside: list[int], weight: list[int], anchor: Anchor) -> bool:
    """Tell whether other prose stands nearer to the headline than the most of it does."""
    if anchor.passage < 0 or best in anchor.path:
        return False
    head = max(anchor.path)
    return any(
        weight[frame] >= _ENOUGH
        and (frame in anchor.path or head < frame < best or best < head)
        for frame in inside
        if frame != best
    )


def _strike(outline: Outline, frame: int, weight: list[int], out: list[bool]) -> None:
    """Rule out a frame and all in it, and take its weight from what is around."""
    for inside in range(frame, outline.ends[frame]):
        out[inside] = True
    struck, above = weight[frame], frame
    while above >= 0:
        weight[above] -= struck
        above = outline.ups[above]


def widen(outline: Outline, frame: int, weight: list[int]) -> int:
    """Climb to a frame around that is marked as the body and holds little more.

    A part of the body, often its first paragraph, may stand beside the frame of the rest; or
    the body is cut into rows of one class.
    """
    here, best = frame, frame
    for _ in range(_CLIMB):
        below, here = here, outline.ups[here]
        if here <= 0 or weight[here] > _WIDER * weight[frame]:
            break
        if weight[here] > weight[below] and _has_twin(outline, below, weight):
            best = here
        if named_body(outline.frames[here].attributes):
            best = here
    return best


def _has_twin(outline: Outline, frame: int, weight: list[int]) -> bool:
    """Tell whether a neighbour with prose has the same tag and classes."""
    names = outline.frames[frame].attributes.get("class")
    number = outline.numbers[frame]
    return bool(names) and any(
        other != frame
        and outline.numbers[other] == number
        and outline.frames[other].attributes.get("class") == names
        for other in _weighty(outline, outline.ups[frame], weight)
    )


def _first_article(outline: Outline, articles: list[int], weight: list[int]) -> int:
    """Return the article with the headline, or the first with a good part of the weight."""
    titled = [frame for frame in articles[:_LOOKED_AT] if holds_headline(outline, frame)]
    if len(titled) == 1 and weight[titled[0]] >= _ENOUGH:
        return titled[0]
    most = max(weight[frame] for frame in articles)
    return next(frame for frame in articles if weight[frame] >= 0.4 * most)
