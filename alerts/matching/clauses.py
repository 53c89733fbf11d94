"""Decide on one article whether a clause holds, and find its mentions.

Every clause answers two questions: `holds`, as cheaply as it can, since most candidates fail;
and `mentions`, for evidence, distances and counts. A clause that does not hold has no mentions;
one that holds may have none (a filter, an exclusion).
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from operator import itemgetter
from typing import Protocol

import regex

from alerts.language.patterns import search_times
from alerts.matching.hits import Hits, Mention, count_apart, join

_LAST = 1 << 62  # past every position


class Clause(Protocol):
    """One compiled construct of the rule language."""

    def holds(self, hits: Hits) -> bool:
        """Tell whether the article satisfies it."""

    def mentions(self, hits: Hits) -> list[Mention]:
        """Return where; in order, each once."""


class Term:
    """One word in the story's own words: by far the most frequent clause."""

    __slots__ = ("atom",)

    def __init__(self, atom: int) -> None:
        self.atom = atom

    def holds(self, hits: Hits) -> bool:
        """Tell whether the article satisfies it."""
        return self.atom in hits.present

    def mentions(self, hits: Hits) -> list[Mention]:
        """Return where; in order, each once."""
        return [(at, at) for at in hits.story(self.atom)]


class Words:
    """A word or phrase, in a field, perhaps letter by letter as typed."""

    __slots__ = ("atoms", "exact", "scope")

    def __init__(
        self,
        atoms: tuple[int, ...],
        scope: str | None,
        exact: tuple[Callable[[str], bool], ...] = (),
    ) -> None:
        self.atoms = atoms
        self.scope = scope
        self.exact = exact

    def holds(self, hits: Hits) -> bool:
        """Tell whether the article satisfies it."""
        if self.scope is None:
            present = hits.present
            for atom in self.atoms:
                if atom not in present:
                    return False
        return bool(self.mentions(hits))

    def mentions(self, hits: Hits) -> list[Mention]:
        """Return where; in order, each once."""
        starts = set(hits.positions(self.atoms[0], self.scope))
        for step, atom in enumerate(self.atoms[1:], 1):
            if not starts:
                return []
            starts &= {at - step for at in hits.positions(atom, self.scope)}
        last = len(self.atoms) - 1
        reading = hits.reading
        return [
            (at, at + last)
            for at in sorted(starts)
            # A phrase does not run from one paragraph into the next.
            if (not last or reading.part_end(at) >= at + last) and self._is_exact(at, hits)
        ]

    def _is_exact(self, start: int, hits: Hits) -> bool:
        return all(
            same(hits.reading.raw_token(at)) for at, same in enumerate(self.exact, start)
        )


class AnyOf:
    """At least one of its arms; single words are kept as a set."""

    __slots__ = ("arms", "atoms", "others")

    def __init__(self, arms: tuple[Clause, ...]) -> None:
        self.arms = arms
        self.atoms = frozenset(arm.atom for arm in arms if isinstance(arm, Term))
        self.others = tuple(arm for arm in arms if not isinstance(arm, Term))

    def holds(self, hits: Hits) -> bool:
        """Tell whether the article satisfies it."""
        if not self.atoms.isdisjoint(hits.present):
            return True
        return any(arm.holds(hits) for arm in self.others)

    def mentions(self, hits: Hits) -> list[Mention]:
        """Return where; in order, each once."""
        return hits.remember(self, self._find)

    def _find(self, hits: Hits) -> list[Mention]:
        places = (at for atom in self.atoms & hits.present for at in hits.story(atom))
        found = [(at, at) for at in sorted(places)]
        return join([found, *(arm.mentions(hits) for arm in self.others)])


class AllOf:
    """Every one of its parts; the cheapest is asked first."""

    __slots__ = ("parts", "quick")

    def __init__(self, parts: tuple[Clause, ...]) -> None:
        self.parts = parts
        self.quick = tuple(sorted(parts, key=lambda part: _COST.get(type(part), 0)))

    def holds(self, hits: Hits) -> bool:
        """Tell whether the article satisfies it."""
        for part in self.quick:  # noqa: SIM110 - all() over a generator costs twice as much
            if not part.holds(hits):
                return False
        return True

    def mentions(self, hits: Hits) -> list[Mention]:
        """Return where; in order, each once."""
        if not self.holds(hits):
            return []
        return join([part.mentions(hits) for part in self.parts])


class NotThat:
    """The absence of something."""

    __slots__ = ("inner",)

    def __init__(self, inner: Clause) -> None:
        self.inner = inner

    def holds(self, hits: Hits) -> bool:
        """Tell whether the article satisfies it."""
        return not self.inner.holds(hits)

    def mentions(self, hits: Hits) -> list[Mention]:
        """Return nothing: what is absent has no place."""
        return []


class Close:
    """Two units so many words apart, or in one sentence or paragraph, in one field.

    A mention is the stretch from the first word of the one to the last word of the other.
    """

    __slots__ = ("left", "ordered", "right", "unit", "within")

    def __init__(
        self, left: Clause, right: Clause, within: int, *, ordered: bool = False, unit: str = ""
    ) -> None:
        self.left = left
        self.right = right
        self.within = within
        self.ordered = ordered
        self.unit = unit  # "S", "P", or empty for a distance in words

    def holds(self, hits: Hits) -> bool:
        """Tell whether the article satisfies it."""
        return self.left.holds(hits) and self.right.holds(hits) and bool(self.mentions(hits))

    def mentions(self, hits: Hits) -> list[Mention]:
        """Return where; in order, each once."""
        left, right = self.left.mentions(hits), self.right.mentions(hits)
        found = self._after(left, right, hits)
        if not self.ordered:
            found += self._after(right, left, hits)
        return _tightest(found)

    def reaching(
        self, first: list[Mention], second: list[Mention], hits: Hits
    ) -> Iterator[Mention]:
        """Yield each of the first that has one of the second so near behind it."""
        return (one for one in first if self._after([one], second, hits))

    def reached(
        self, first: list[Mention], second: list[Mention], hits: Hits
    ) -> Iterator[Mention]:
        """Yield each of the second that stands so near behind one of the first, once."""
        done = 0
        for start, end in sorted(first, key=itemgetter(1)):
            limit = self._limit(start, end, hits)
            at = max(done, bisect_right(second, (end, _LAST)))
            while at < len(second) and second[at][0] <= limit:
                if not self.unit or second[at][1] <= limit:
                    yield second[at]
                at += 1
            done = max(done, at)

    def _after(
        self, first: Sequence[Mention], second: Sequence[Mention], hits: Hits
    ) -> list[Mention]:
        """Return the tightest stretch from each of the first to one of the second behind it."""
        found: list[Mention] = []
        for start, end in first:
            limit = self._limit(start, end, hits)
            best = 0
            at = bisect_right(second, (end, _LAST))
            while at < len(second) and second[at][0] <= min(limit, best or limit):
                last = second[at][1]
                if (not self.unit or last <= limit) and (not best or last < best):
                    best = last
                at += 1
            if best:
                found.append((start, best))
        return found

    def _limit(self, start: int, end: int, hits: Hits) -> int:
        """Return the last position at which the second unit may begin."""
        if not self.unit:
            return end + self.within
        until = hits.reading.sentence_end if self.unit == "S" else hits.reading.part_end
        limit = until(start)
        return limit if end <= limit else -1


class Apart:
    """A mention of one unit that another is not near to, nor a part of."""

    __slots__ = ("close", "left")

    def __init__(self, close: Close) -> None:
        self.left = close.left
        self.close = close

    def holds(self, hits: Hits) -> bool:
        """Tell whether the article satisfies it."""
        if not self.left.holds(hits):
            return False
        return not self.close.right.holds(hits) or bool(self.mentions(hits))

    def mentions(self, hits: Hits) -> list[Mention]:
        """Return where; in order, each once."""
        left, right = self.left.mentions(hits), self.close.right.mentions(hits)
        near = {*_sharing(left, right), *self.close.reaching(left, right, hits)}
        if not self.close.ordered:
            near.update(self.close.reached(right, left, hits))
        return [one for one in left if one not in near]


def _sharing(some: list[Mention], others: list[Mention]) -> Iterator[Mention]:
    """Yield those that have a word in common with one of the others, and are not that one."""
    longest = max((end - start for start, end in some), default=0)
    for start, end in others:
        at = bisect_left(some, (start - longest, 0))
        while at < len(some) and some[at][0] <= end:
            if some[at][1] >= start and some[at] != (start, end):
                yield some[at]
            at += 1


def _tightest(found: list[Mention]) -> list[Mention]:
    """Return the stretches that hold no other one, in order."""
    kept: list[Mention] = []
    for mention in sorted(set(found), key=lambda one: (-one[0], one[1])):
        if not kept or mention[1] < kept[-1][1]:
            kept.append(mention)
    return kept[::-1]


class Often:
    """So many mentions that do not overlap."""

    __slots__ = ("count", "inner")

    def __init__(self, count: int, inner: Clause) -> None:
        self.count = count
        self.inner = inner

    def holds(self, hits: Hits) -> bool:
        """Tell whether the article satisfies it."""
        return self.inner.holds(hits) and bool(self.mentions(hits))

    def mentions(self, hits: Hits) -> list[Mention]:
        """Return where; in order, each once."""
        found = self.inner.mentions(hits)
        return found if count_apart(found) >= self.count else []


class Matching:
    """A regular expression on the original text of a field."""

    __slots__ = ("compiled", "scope")

    def __init__(self, compiled: regex.Pattern[str], scope: str | None) -> None:
        self.compiled = compiled
        self.scope = scope

    def holds(self, hits: Hits) -> bool:
        """Tell whether the article satisfies it."""
        return bool(self._search(hits, first_only=True))

    def mentions(self, hits: Hits) -> list[Mention]:
        """Return the words that it touches; in order, each once."""
        parts = hits.reading.parts_in(self.scope)
        found: set[Mention] = set()
        for number, start, end in self._search(hits, first_only=False):
            if (touched := parts[number].tokens_between(start, end)) is not None:
                found.add(touched)
        return sorted(found)

    def _search(self, hits: Hits, *, first_only: bool) -> list[tuple[int, int, int]]:
        texts = [part.raw for part in hits.reading.parts_in(self.scope)]
        return search_times(self.compiled, texts, first_only=first_only)


class Fact:
    """What an article is, not what it says."""

    __slots__ = ("test",)

    def __init__(self, test: Callable[[Hits], bool]) -> None:
        self.test = test

    def holds(self, hits: Hits) -> bool:
        """Tell whether the article satisfies it."""
        return self.test(hits)

    def mentions(self, hits: Hits) -> list[Mention]:
        """Return nothing: a fact about an article has no place in it."""
        return []


_COST: dict[type, int] = {
    Fact: 0, Term: 0, AnyOf: 1, Words: 2, NotThat: 3, Close: 4, Apart: 4, Often: 4, AllOf: 3,
    Matching: 9,
}  # fmt: skip
