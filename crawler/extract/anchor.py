"""Find the passage in which a page shows the headline: the text begins behind it."""

from typing import Final, NamedTuple

from crawler.extract.outline import BREAK, Outline, number_of

_HEADINGS: Final = frozenset(map(number_of, ("h1", "h2", "h3")))
_H1: Final = number_of("h1")
_START: Final = 12  # characters of a headline that are looked for
_SHORTEST: Final = 10
_ALIKE: Final = 0.34  # of the words of the shorter one
_SAME: Final = 0.7


class Anchor(NamedTuple):
    """Where the headline stands."""

    passage: int  # its number; -1: the page does not show it
    path: frozenset[int]  # the frames round it


def find_anchor(outline: Outline, headline: str) -> Anchor:
    """Return where the headline stands: in an h1, else in a heading, else in a line."""
    number = _shown(outline, headline) if len(headline) >= _SHORTEST else -1
    if number < 0 or outline.numbers[outline.places[number]] not in _HEADINGS:
        # The line may stand in a box to share the article by, and the h1 have other quotes.
        title = _alike_h1(outline, headline, _ALIKE if number < 0 else _SAME)
        number = title if title >= 0 else number
    if number < 0:
        return Anchor(-1, frozenset())
    path, frame = set(), outline.places[number]
    while frame >= 0:
        path.add(frame)
        frame = outline.ups[frame]
    return Anchor(number, frozenset(path))


def _shown(outline: Outline, headline: str) -> int:
    start, best, rank = headline[:_START], -1, 0
    for number, shown in enumerate(outline.texts):
        if start not in shown or len(shown) > 4 * len(headline) + 200:
            continue
        tag = outline.numbers[outline.places[number]]
        first = shown.lstrip().partition(BREAK)[0] if BREAK in shown else shown
        text = " ".join(first.split())
        if tag == _H1 and headline in text:
            return number
        if text != headline:
            continue
        linked = outline.linked[number]
        now = 3 if tag in _HEADINGS and not linked else 2 if not linked else 1
        if now > rank:
            best, rank = number, now
    return best if rank > 1 else -1


def _alike_h1(outline: Outline, headline: str, share: float) -> int:
    """Return the first h1 that words the headline otherwise, with a share of its words."""
    wanted = _words(headline)
    for _, number, _ in outline.marks.get("h1", ()):
        if number < len(outline.texts):
            text = outline.texts[number]
            found = _words(text)
            if (
                outline.numbers[outline.places[number]] == _H1
                and len(text.strip()) >= _SHORTEST
                and len(found & wanted) >= share * min(len(found), len(wanted))
            ):
                return number
    return -1


def _words(text: str) -> set[str]:
    """Return the words of a title; where the script sets none apart, its letters."""
    words = set(text.casefold().split())
    return words if len(words) > 2 else set(text)
