"""Hold what one article and one set of rules have in common: the atoms, and where."""

from collections.abc import Callable, Sequence

from alerts.reading import BESIDE, Reading
from alerts.vocabulary import Vocabulary

Mention = tuple[int, int]  # positions of its first and its last token
_NONE: Sequence[int] = ()


class Hits:
    """One article as one set of rules sees it."""

    __slots__ = ("_remembered", "beside", "present", "reading", "story")

    def __init__(self, vocabulary: Vocabulary, reading: Reading) -> None:
        self.reading = reading
        self.story = vocabulary.find(reading.story)
        self.beside = vocabulary.find(reading.beside)
        self.present = set(self.story)
        self._remembered: dict[int, list[Mention]] = {}

    def positions(self, atom: int, scope: str | None) -> Sequence[int]:
        """Return where an atom stands in a field; None: in the story's own words."""
        if scope is None:
            return self.story.get(atom, _NONE)
        if scope == "any":
            return [*self.story.get(atom, _NONE), *self.beside.get(atom, _NONE)]
        found = (self.beside if scope in BESIDE else self.story).get(atom)
        if not found:
            return _NONE
        ranges = self.reading.ranges.get(scope, ())
        return [at for at in found if any(low <= at < high for low, high in ranges)]

    def remember(self, key: int, find: Callable[["Hits"], list[Mention]]) -> list[Mention]:
        """Return what was found before under the key: one list may serve many rules."""
        if key not in self._remembered:
            self._remembered[key] = find(self)
        return self._remembered[key]


def join(mentions: Sequence[list[Mention]]) -> list[Mention]:
    """Return all mentions in order, each once."""
    if len(mentions) == 1:
        return mentions[0]
    return sorted({one for some in mentions for one in some})


def count_apart(mentions: Sequence[Mention]) -> int:
    """Return how many mentions there are at most that do not overlap."""
    count, free = 0, -1
    for start, end in sorted(mentions, key=lambda one: one[1]):
        if start > free:
            count += 1
            free = end
    return count
