"""Rule out, inside the container, what is no text of its article: cards, forms, tables."""

from typing import Final

from crawler.extract.outline import Mark, Outline, number_of
from crawler.extract.strangers import PROPER, of_tag

_ENOUGH: Final = 200  # characters of prose that make an article worth a look
_MINOR: Final = 0.3
_HALF: Final = 0.5
_CARD: Final = 300
_LINES: Final = 4
_LOOKED_AT: Final = 20  # links of a card
_SHORT: Final = 25
_CAPTIONS: Final = 0.25
_LONG: Final = 80
_HEADINGS: Final = frozenset(map(number_of, ("h2", "h3", "h4", "h5")))
_ARTICLE: Final = number_of("article")
_LINK: Final = number_of("a")
_FORM: Final = number_of("form")
_TABLE: Final = number_of("table")


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
    found = of_tag(outline, inside, _ARTICLE)
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
    if box == container or outline.numbers[box] in PROPER:
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
    for form in of_tag(outline, inside, _FORM):
        box = outline.ups[form]
        if box != container and outline.numbers[box] not in PROPER and weight[box] <= _CARD:
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
            if outline.numbers[box] not in PROPER and box != container:
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
    tables = {frame: [0, 0] for frame in of_tag(outline, inside, _TABLE)}
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
