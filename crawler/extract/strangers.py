"""Tell the article from other articles around and inside it: teasers, cards, data tables."""

import re
from typing import Final

from crawler.extract.anchor import Anchor
from crawler.extract.comments import readers_comments
from crawler.extract.outline import Mark, Outline, number_of

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
_LOOKED_AT: Final = 20  # links of a card
_SHORT: Final = 25
_CAPTIONS: Final = 0.25
_LONG: Final = 80
_CLOCK: Final = re.compile(r"[^\d]{0,12}\d{1,2}[:.h]\d\d\b(?!\.\d)")
_HEADINGS: Final = frozenset(map(number_of, ("h2", "h3", "h4", "h5")))
_TITLES: Final = frozenset(map(number_of, ("h1", "h2", "h3")))
_PROPER: Final = frozenset(map(number_of, ("p", "li", "blockquote", "td", "dd", "pre")))
_ALL_HEADINGS: Final = _TITLES | _HEADINGS
_H1_ONLY: Final = frozenset({number_of("h1")})
_ARTICLE: Final = number_of("article")
_LINK: Final = number_of("a")
_FORM: Final = number_of("form")
_TD: Final = number_of("td")
_TABLE: Final = number_of("table")


def main_article(outline: Outline, here: int, weight: list[int]) -> int | None:
    """Return the <article> below a frame that must be the page's own; None: none stands out."""
    inside = range(here + 1, outline.ends[here])
    least = max(_ENOUGH, _SHARE * weight[here])
    found = [each for each in _of_tag(outline, inside, _ARTICLE) if weight[each] >= least]
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
    proper = sum(weight[frame] for frame in inside if outline.numbers[frame] in _PROPER)
    among = proper > _HALF * total  # paragraphs: a part of them may be headed by a link
    found = {
        frame
        for frame in inside
        if weight[frame] >= _ENOUGH
        and frame not in anchor.path
        and outline.numbers[frame] not in _PROPER
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
        and outline.numbers[frame] not in _PROPER
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


def _of_tag(outline: Outline, inside: range, tag: int) -> list[int]:
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


def drop_strangers(
    outline: Outline, container: int, weight: list[int], out: list[bool]
) -> None:
    """Rule out, inside the container, what is another article's or no text at all."""
    end = outline.ends[container]
    dropped = {
        *_inner_articles(outline, range(container + 1, end), weight, container),
        *_cards(outline, container, weight),
        *_pictured_cards(outline, container, weight),
        *_forms(outline, range(container + 1, end), weight, container),
        *_data_tables(outline, range(container + 1, end), weight, container),
        *_captions(outline, container, weight),
    }
    for frame in dropped:
        within = range(frame, outline.ends[frame])
        out[within.start : within.stop] = [True] * len(within)


def _inner_articles(
    outline: Outline, inside: range, weight: list[int], container: int
) -> list[int]:
    found = _of_tag(outline, inside, _ARTICLE)
    total = sum(weight[frame] for frame in found)
    if total > _HALF * weight[container]:
        return []
    return [frame for frame in found if weight[frame] < _MINOR * weight[container]]


def _cards(outline: Outline, container: int, weight: list[int]) -> list[int]:
    """Return the frames round a heading that is one link, with no more than a teaser's text."""
    cards = []
    first, last = outline.firsts[container], outline.lasts[container]
    for passage, frame in enumerate(outline.places[first:last], first):
        if frame == container or outline.numbers[frame] not in _HEADINGS:
            continue
        if outline.linked[passage] < 0.8 * len(outline.texts[passage].strip()):
            continue
        while (up := outline.ups[frame]) > container and weight[up] <= _CARD:
            frame = up
        cards.append(frame)
    if sum(weight[frame] for frame in set(cards)) > _HALF * weight[container]:
        return []
    return cards


def _pictured_cards(outline: Outline, container: int, weight: list[int]) -> set[int]:
    """Return the boxes in which a picture announces another article."""
    found = (card_round(outline, container, mark) for mark in outline.marks.get("img", ()))
    cards = {card for card in found if card is not None}
    return cards if sum(weight[card] for card in cards) <= _HALF * weight[container] else set()


def card_round(outline: Outline, container: int, picture: Mark) -> int | None:
    """Return the frame in which a picture announces another article; None: it does not.

    The picture is a link, and a line beside it leads to the same page.
    """
    node, before, frame = picture
    first, last = outline.firsts[container], outline.lasts[container]
    if not (first <= before < last and container < frame < outline.ends[container]):
        return None
    above = node.parent
    if above is None or above.tag_id != _LINK:
        return None
    box = _worded(outline, container, frame)
    if box == container or outline.numbers[box] in _PROPER:
        return None
    inside = outline.within(box)
    linked = [outline.linked[passage] for passage in inside]
    total = sum(len(outline.texts[passage].strip()) for passage in inside)
    if max(linked) < _SHORT or total - sum(linked) > _CARD:
        return None
    there = above.attributes.get("href")
    links = outline.frames[box].css("a")
    same = sum(link.attributes.get("href") == there for link in links[:_LOOKED_AT])
    return box if same > 1 else None


def _forms(outline: Outline, inside: range, weight: list[int], container: int) -> list[int]:
    """Return the boxes round a form, with what is said above and below it."""
    boxes = []
    for form in _of_tag(outline, inside, _FORM):
        box = outline.ups[form]
        if box != container and outline.numbers[box] not in _PROPER and weight[box] <= _CARD:
            boxes.append(box)
    return boxes if sum(weight[box] for box in boxes) <= _MINOR * weight[container] else []


def _captions(outline: Outline, container: int, weight: list[int]) -> set[int]:
    """Return the boxes inside the container that hold a picture and a line: its caption."""
    first, last = outline.firsts[container], outline.lasts[container]
    boxes: set[int] = set()
    others: set[int] = set()
    for _, before, frame in outline.marks.get("img", ()):
        if first <= before <= last and container < frame < outline.ends[container]:
            box = _worded(outline, container, frame)
            if outline.numbers[box] not in _PROPER and box != container:
                (boxes if _holds_line(outline, box) else others).add(box)
    if not boxes or sum(weight[box] for box in boxes) > _CAPTIONS * weight[container]:
        return set()  # a list of things, each with its picture
    # Where one box of a name holds more than a line, its like are no captions, however short.
    names = {_name(outline, box) for box in others}
    return {box for box in boxes if _name(outline, box) not in names}


def _worded(outline: Outline, container: int, frame: int) -> int:
    """Return the next frame round a picture that holds a word."""
    while frame > container and outline.firsts[frame] == outline.lasts[frame]:
        frame = outline.ups[frame]
    return frame


def _holds_line(outline: Outline, frame: int) -> bool:
    texts = outline.texts[outline.firsts[frame] : outline.lasts[frame]]
    if len(texts) > _LINES:
        return False
    lengths = [len(text.strip()) for text in texts]
    return sum(lengths) <= _CARD and sum(length > _SHORT for length in lengths) == 1


def _name(outline: Outline, frame: int) -> tuple[int, str | None]:
    return outline.numbers[frame], outline.frames[frame].attributes.get("class")


def _data_tables(
    outline: Outline, inside: range, weight: list[int], container: int
) -> list[int]:
    """Return the tables whose cells hold no prose, where there is an article beside them."""
    tables = {frame: [0, 0] for frame in _of_tag(outline, inside, _TABLE)}
    around: dict[int, int] = {}  # passage → the table it stands in, the inner one of two
    for table in tables:
        around.update(dict.fromkeys(outline.within(table), table))
    for passage, table in around.items():
        length = len(outline.texts[passage].strip())
        tables[table][0] += length
        tables[table][1] += length if length >= _LONG else 0
    return [
        table
        for table, (total, prose) in tables.items()
        if weight[container] - weight[table] > _ENOUGH and prose < _HALF * total
    ]
