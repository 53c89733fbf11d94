"""Find the few recent articles that may tell the same story, by their shingles and their names.

The keys of the newest articles stand in the writer's memory: they are random, so that on disk
every article would dirty a page for each of its twenty keys. What is remembered says nothing
that the stored signatures do not say, from which it is read after a start (storing.py). So a
restart changes nothing. Pure: it knows no database.

What was rolled back is named no more: it may stay at hand until its number is given again.
"""

from collections.abc import Collection, Iterable, Sequence
from itertools import chain

from storage.listed import Listed
from storage.recent import Mark, Recent
from storage.signature import Keys

Candidate = tuple[int, int, int, bytes]  # id, story, seconds it happened at, stored signature

_EPOCH = 8192  # articles; old ones are forgotten by the epoch
# So many epochs are known: 50,000 articles by shingles; names count only within two days.
_SHINGLES, _NAMES = 6, 2
_CANDIDATES = 4  # with 6 no more copies found their story, and one more a false one
_LISTED = 16  # newest articles of one name
_FIGURED = 64  # and of one figure: only who shares one is asked for shared names
# So many of the newest articles are at hand as they are compared; others are read, a page each.
_AT_HAND = 16_384
# Bytes of a signature at hand: a long article's is read, once it is committed.
_LARGEST = 2048


class Candidates:
    """What the writer knows of the newest articles; it is rolled back with the transaction."""

    def __init__(self) -> None:
        self._shingles = Recent(1 << 19)
        self._names = Listed(_LISTED)
        self._figures = Listed(_FIGURED)
        self._at_hand: list[Candidate | None] = [None] * _AT_HAND  # by id modulo their number
        self._large: list[int] = []  # at hand until the next commit
        self._newest = 0  # the newest article that is known
        self._committed = 0

    def unknown(self, newest: int) -> int:
        """Return the article after which those are unknown; newest: of all there are."""
        return max(self._newest, _first(_SHINGLES, newest) - 1)

    def by_words(self, keys: Keys) -> list[int]:
        """Return the ids of articles that share the rarest shingles."""
        lists = self._shingles.having(keys.shingles, self._oldest(_SHINGLES))
        return _most_alike([(ids, ids) for ids in lists])

    def by_names(self, keys: Keys) -> list[int]:
        """Return the ids of articles that share a figure and names, or two rare figures."""
        oldest = self._oldest(_NAMES)
        figures = self._figures.having(keys.figures, oldest)
        figured = set(chain.from_iterable(figures))
        if not figured:
            return []
        names = self._names.having(keys.names, oldest)
        return _most_alike(
            [(ids, figured.intersection(ids)) for ids in names] + _twice(figures)
        )

    def add(self, article_id: int, keys: Keys, candidate: Candidate | None = None) -> None:
        """Let later articles find this one, the newest, as a candidate; None: it is read.

        A candidate need not be stored yet, if it is before the commit.
        """
        self._shingles.add(article_id, keys.shingles)
        self._names.add(article_id, keys.names)
        self._figures.add(article_id, keys.figures)
        self._newest = article_id
        self._at_hand[article_id % _AT_HAND] = candidate
        if candidate is not None and len(candidate[-1]) > _LARGEST:
            self._large.append(article_id % _AT_HAND)

    def at_hand(self, article_id: int) -> Candidate | None:
        """Return an article that one of the other calls named; None: it has to be read."""
        candidate = self._at_hand[article_id % _AT_HAND]
        return candidate if candidate is not None and candidate[0] == article_id else None

    def exchange(self, article_id: int, old: Keys, new: Keys) -> None:
        """Let an article be found by its new keys, no more by its old ones.

        What is not known yet will be read as it is then stored.
        """
        if self.at_hand(article_id) is not None:
            self._at_hand[article_id % _AT_HAND] = None
        kinds: tuple[tuple[Recent | Listed, int], ...] = (
            (self._shingles, _SHINGLES),
            (self._names, _NAMES),
            (self._figures, _NAMES),
        )
        for (known, epochs), before, after in zip(kinds, old, new, strict=True):
            if self._oldest(epochs) <= article_id <= self._newest:
                known.drop(article_id, set(before).difference(after))
                known.add(article_id, sorted(set(after).difference(before)))

    def mark(self) -> tuple[Mark, int, int, int]:
        """Return a mark to which undo can go back, up to the next commit."""
        names, figures = self._names.mark(), self._figures.mark()
        return self._shingles.mark(), names, figures, self._newest

    def undo(self, mark: tuple[Mark, int, int, int] | None = None) -> None:
        """Forget what was rolled back: all since the mark; None: since the last commit."""
        shingles, names, figures, self._newest = mark or (None, None, None, self._committed)
        self._shingles.undo(shingles)
        self._names.undo(names)
        self._figures.undo(figures)

    def commit(self) -> None:
        """Let what was done since the last commit stand; old articles are forgotten."""
        self._shingles.commit(self._oldest(_SHINGLES))
        self._names.commit(self._oldest(_NAMES))
        self._figures.commit(self._oldest(_NAMES))
        for place in self._large:
            self._at_hand[place] = None
        self._large.clear()
        self._committed = self._newest

    def _oldest(self, epochs: int) -> int:
        return max(_first(epochs, self._newest), 1)


def _first(epochs: int, newest: int) -> int:
    """Return the oldest article that is known once the newest is there."""
    return max(newest // _EPOCH - epochs + 1, 0) * _EPOCH


def _twice(figures: Iterable[Sequence[int]]) -> list[tuple[Sequence[int], Collection[int]]]:
    """Return the lists of rare figures with those articles that stand in two of them."""
    rare = [ids for ids in figures if len(ids) <= _LISTED]
    once: set[int] = set()
    twice: set[int] = set()
    for ids in rare:
        twice.update(once.intersection(ids))
        once.update(ids)
    return [(ids, twice.intersection(ids)) for ids in rare] if twice else []


def _most_alike(lists: Iterable[tuple[Sequence[int], Collection[int]]]) -> list[int]:
    """Return the articles in the shortest lists; of each list, only those beside it count."""
    weights: dict[int, float] = {}
    for ids, counted in lists:
        # What an outlet prints below everything it writes counts little.
        weight = 1 / len(ids)
        for article_id in counted:
            weights[article_id] = weights.get(article_id, 0.0) + weight
    best = sorted(zip(weights.values(), weights, strict=True), reverse=True)
    return [article_id for _, article_id in best[:_CANDIDATES]]
