"""Tell the article from other articles around and inside it: teasers, cards, data tables."""

from typing import Final

from crawler.extract.outline import Outline, number_of

_ENOUGH: Final = 200  # characters of prose that make an article worth a look
_SHARE: Final = 0.08
_CLEAR: Final = 2.0  # times the weight of the next
_MINOR: Final = 0.3
_HALF: Final = 0.5
_CARD: Final = 300
_LONG: Final = 80
_HEADINGS: Final = frozenset(map(number_of, ("h2", "h3", "h4", "h5")))
_TITLES: Final = frozenset(map(number_of, ("h1", "h2", "h3")))
_ARTICLE: Final = number_of("article")
_TABLE: Final = number_of("table")


def main_article(outline: Outline, here: int, weight: list[int]) -> int | None:
    """Return the <article> below a frame that must be the page's own; None: none stands out."""
    end = outline.ends[here]
    found = [
        frame
        for frame in range(here + 1, end)
        if weight[frame] >= max(_ENOUGH, _SHARE * weight[here])
        and outline.numbers[frame] == _ARTICLE
    ]
    if not found:
        return None
    titled = [frame for frame in found if holds_headline(outline, frame)]
    if len(titled) == 1:
        return titled[0]
    found.sort(key=lambda frame: -weight[frame])
    if len(found) == 1 or weight[found[0]] >= _CLEAR * weight[found[1]]:
        return found[0]
    return None


def holds_headline(outline: Outline, frame: int) -> bool:
    """Tell whether an <h1> stands inside a frame."""
    end = outline.ends[frame]
    return any(
        frame < outline.passages[number].frame < end
        for _, number, _ in outline.marks.get("h1", ())
        if number < len(outline.passages)
    )


def has_heading(outline: Outline, frame: int) -> bool:
    """Tell whether a heading stands in a frame before any long text: a piece of its own."""
    for passage in outline.within(frame):
        if outline.numbers[passage.frame] in _TITLES:
            return True
        if len(passage.text) > 2 * _LONG:
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
        *_data_tables(outline, range(container + 1, end), weight, container),
    }
    if not dropped:
        return
    for frame in range(container + 1, end):
        if frame in dropped or outline.ups[frame] in dropped:
            dropped.add(frame)
            out[frame] = True


def _inner_articles(
    outline: Outline, inside: range, weight: list[int], container: int
) -> list[int]:
    found = [frame for frame in inside if outline.numbers[frame] == _ARTICLE]
    total = sum(weight[frame] for frame in found)
    if total > _HALF * weight[container]:
        return []
    return [frame for frame in found if weight[frame] < _MINOR * weight[container]]


def _cards(outline: Outline, container: int, weight: list[int]) -> list[int]:
    """Return the frames round a heading that is one link, with no more than a teaser's text."""
    cards = []
    for passage in outline.within(container):
        frame = passage.frame
        if frame == container or outline.numbers[frame] not in _HEADINGS:
            continue
        if passage.linked < 0.8 * len(passage.text.strip()):
            continue
        while (up := outline.ups[frame]) > container and weight[up] <= _CARD:
            frame = up
        cards.append(frame)
    if sum(weight[frame] for frame in set(cards)) > _HALF * weight[container]:
        return []
    return cards


def _data_tables(
    outline: Outline, inside: range, weight: list[int], container: int
) -> list[int]:
    """Return the tables whose cells hold no prose, where there is an article beside them."""
    tables = {frame: [0, 0] for frame in inside if outline.numbers[frame] == _TABLE}
    if not tables:
        return []
    around: dict[int, int] = {}  # frame → the table it stands in
    for frame in inside:
        table = frame if frame in tables else around.get(outline.ups[frame])
        if table is not None:
            around[frame] = table
    for passage in outline.within(container):
        if (table := around.get(passage.frame)) is not None:
            length = len(passage.text.strip())
            tables[table][0] += length
            tables[table][1] += length if length >= _LONG else 0
    return [
        table
        for table, (total, prose) in tables.items()
        if weight[container] - weight[table] > 2 * _ENOUGH and prose < _HALF * total
    ]
