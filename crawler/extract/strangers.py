"""Tell the article from other articles around it, on the way down to its container."""

import re
from typing import Final

from crawler.extract.anchor import Anchor
from crawler.extract.comments import readers_comments
from crawler.extract.outline import Outline, number_of

_ENOUGH: Final = 200  # characters of prose that make an article worth a look
_SHARE: Final = 0.08
_CLEAR: Final = 2.0  # times the weight of the next
_MINOR: Final = 0.3
_KEPT: Final = 0.12
_THEIRS: Final = 0.6
_HALF: Final = 0.5
_ITEM: Final = 60
_CARD: Final = 300
_LINES: Final = 4
_SHORT: Final = 25
_LONG: Final = 80
_CLOCK: Final = re.compile(r"[^\d]{0,12}\d{1,2}[:.h]\d\d\b(?!\.\d)")
_HEADINGS: Final = frozenset(map(number_of, ("h2", "h3", "h4", "h5")))
_TITLES: Final = frozenset(map(number_of, ("h1", "h2", "h3")))
PROPER: Final = frozenset(map(number_of, ("p", "li", "blockquote", "td", "dd", "pre")))
_ALL_HEADINGS: Final = _TITLES | _HEADINGS
_H1_ONLY: Final = frozenset({number_of("h1")})
_ARTICLE: Final = number_of("article")
_TD: Final = number_of("td")


def main_article(outline: Outline, here: int, weight: list[int]) -> int | None:
    """Return the <article> below a frame that must be the page's own; None: none stands out."""
    inside = range(here + 1, outline.ends[here])
    least = max(_ENOUGH, _SHARE * weight[here])
    found = [each for each in of_tag(outline, inside, _ARTICLE) if weight[each] >= least]
    if not found:
        return None
    titled = [frame for frame in found if holds_headline(outline, frame)]
    if len(titled) == 1:
        return titled[0]
    found.sort(key=lambda frame: -weight[frame])
    if len(found) == 1 or weight[found[0]] >= _CLEAR * weight[found[1]]:
        return found[0]
    return None


def other_pieces(
    outline: Outline, inside: list[int], weight: list[int], anchor: Anchor
) -> set[int]:
    """Return the neighbours that have a title of their own, which is not the headline."""
    comments = readers_comments(outline, inside, weight, anchor)
    inside = [frame for frame in inside if frame not in comments]
    total = sum(weight[frame] for frame in inside)
    proper = sum(weight[frame] for frame in inside if outline.numbers[frame] in PROPER)
    among = proper > _HALF * total  # paragraphs: a part of them may be headed by a link
    found = {
        frame
        for frame in inside
        if weight[frame] >= _ENOUGH
        and frame not in anchor.path
        and outline.numbers[frame] not in PROPER
        and (
            (anchor.passage >= 0 and _is_entitled(outline, frame))
            or (not among and _leads_elsewhere(outline, frame))
        )
    }
    kept = total - sum(weight[frame] for frame in found)
    return comments | found if kept >= max(_ENOUGH, _KEPT * total) else comments


def other_columns(
    outline: Outline, inside: list[int], weight: list[int], anchor: Anchor
) -> set[int]:
    """Return the cells beside that which holds the headline and most of a row's prose."""
    cells = [frame for frame in inside if outline.numbers[frame] == _TD]
    own = [frame for frame in cells if frame in anchor.path]
    if not own or weight[own[0]] < _HALF * sum(weight[frame] for frame in cells):
        return set()
    return set(cells) - set(own)


def beside_item(
    outline: Outline, inside: list[int], weight: list[int], anchor: Anchor
) -> set[int]:
    """Return the lists of teasers beside an item of two sentences below the headline."""
    if not any(weight[frame] >= _ITEM for frame in inside if frame in anchor.path):
        return set()
    return {
        frame
        for frame in inside
        if frame not in anchor.path
        and outline.numbers[frame] not in PROPER
        and weight[frame] >= _ENOUGH
        and _is_of_teasers(outline, frame)
    }


def _is_of_teasers(outline: Outline, frame: int) -> bool:
    """Tell a list of links with a few words below each, and hardly a word besides."""
    leads = own = theirs = below = 0
    for passage in outline.within(frame):
        length = len(outline.texts[passage].strip())
        if outline.linked[passage] >= _THEIRS * length:  # the hour may stand before it
            if length >= _SHORT:
                leads, below = leads + 1, 0
        elif length >= _SHORT:
            below += length
            if leads and below <= _CARD:
                theirs += length
            else:
                own += length
    return leads >= _LINES and own <= _MINOR * theirs


def _is_entitled(outline: Outline, frame: int) -> bool:
    """Tell a part that begins with an h1, or is an <article> that begins with a heading."""
    frames = outline.numbers[frame : outline.ends[frame]]
    titles = _TITLES if _ARTICLE in frames else _H1_ONLY
    if titles.isdisjoint(frames):
        return False  # as most
    for passage in outline.within(frame):
        if _CLOCK.match(outline.texts[passage]):
            return False  # an entry of a live page
        if outline.numbers[outline.places[passage]] in titles:
            return True
        if len(outline.texts[passage]) > 2 * _LONG:
            return False
    return False


def _leads_elsewhere(outline: Outline, frame: int) -> bool:
    """Tell a part whose prose stands for the most under headings that are links."""
    leads, theirs, total = False, 0, 0
    if _ALL_HEADINGS.isdisjoint(outline.numbers[frame : outline.ends[frame]]):
        return False
    for passage in outline.within(frame):
        number = outline.numbers[outline.places[passage]]
        length = len(outline.texts[passage].strip())
        if number in _ALL_HEADINGS:
            leads = outline.linked[passage] >= 0.8 * length
        elif length >= _LONG:
            total += length
            theirs += length if leads else 0
    return theirs > 0 and theirs >= _THEIRS * total


def of_tag(outline: Outline, inside: range, tag: int) -> list[int]:
    """Return the frames of a tag among those of a range; most ranges hold none."""
    numbers = outline.numbers[inside.start : inside.stop]
    if tag not in numbers:
        return []
    return [frame for frame, number in zip(inside, numbers, strict=True) if number == tag]


def holds_headline(outline: Outline, frame: int) -> bool:
    """Tell whether an <h1> stands inside a frame."""
    end = outline.ends[frame]
    return any(
        frame < outline.places[number] < end
        for _, number, _ in outline.marks.get("h1", ())
        if number < len(outline.texts)
    )


def has_heading(outline: Outline, frame: int) -> bool:
    """Tell whether a heading stands in a frame before any long text: a piece of its own."""
    if _TITLES.isdisjoint(outline.numbers[frame : outline.ends[frame]]):
        return False
    for passage in outline.within(frame):
        if outline.numbers[outline.places[passage]] in _TITLES:
            return True
        if len(outline.texts[passage]) > 2 * _LONG:
            return False
    return False
