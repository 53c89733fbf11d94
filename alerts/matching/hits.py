"""Hold what one article and one set of rules have in common: the atoms, and where."""

from collections.abc import Callable, Sequence

from alerts.matching.reading import BESIDE, STORY, Reading
from alerts.matching.vocabulary import Vocabulary

Mention = tuple[int, int]  # positions of its first and its last token
FEW = 8  # atoms; most articles need the positions of no more
_NONE: Sequence[int] = ()


class Hits:
    """One article as one set of rules sees it."""

    __slots__ = (
        "_found",
        "_places",
        "_remembered",
        "_vocabulary",
        "beside",
        "present",
        "reading",
    )

    def __init__(self, vocabulary: Vocabulary, reading: Reading) -> None:
        self.reading = reading
        self.present = vocabulary.present(reading.story_tokens)
        self.beside = vocabulary.present(reading.beside_tokens)
        self._vocabulary = vocabulary
        self._places: dict[str, list[int]] | None = None
        self._found: dict[int, list[int]] = {}
        self._remembered: dict[object, list[Mention]] = {}

    def story(self, atom: int) -> Sequence[int]:
        """Return where an atom stands in the story's own words, in ascending order."""
        if atom not in self.present:
            return _NONE
        if atom not in self._found:
            self._found[atom] = self._look(atom)
        return self._found[atom]

    def _look(self, atom: int) -> list[int]:
        """Search the paragraphs for a few atoms; for more, place every token once."""
        tokens = self._vocabulary.tokens_of(atom, self.reading.story_tokens)
        if len(self._found) < FEW:
            return _merge([self.reading.find(token, STORY) for token in tokens])
        if self._places is None:
            self._places = self.reading.places(STORY)
        return _merge([self._places[token] for token in tokens])

    def positions(self, atom: int, scope: str | None) -> Sequence[int]:
        """Return where an atom stands in a field; None: in the story's own words."""
        if scope is None:
            return self.story(atom)
        if scope == "any":
            return [*self.story(atom), *self._aside(atom)]
        found = self._aside(atom) if scope in BESIDE else self.story(atom)
        if not found:
            return _NONE
        ranges = self.reading.ranges.get(scope, ())
        return [at for at in found if any(low <= at < high for low, high in ranges)]

    def _aside(self, atom: int) -> Sequence[int]:
        if atom not in self.beside:
            return _NONE
        tokens = self._vocabulary.tokens_of(atom, self.reading.beside_tokens)
        return _merge([self.reading.find(token, BESIDE) for token in tokens])

    def remember(self, key: object, find: Callable[["Hits"], list[Mention]]) -> list[Mention]:
        """Return what was found before under the key: one list may serve many rules.

        The key is the clause itself: its id alone could be another's once it is gone.
        """
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


def _merge(places: list[list[int]]) -> list[int]:
    return places[0] if len(places) == 1 else sorted(at for some in places for at in some)
