"""Turn a query's tree into clauses, and find the words without which it cannot hold."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

from alerts.language.patterns import compile_pattern
from alerts.language.spelling import raw_tokens, typed_tokens
from alerts.language.syntax import (
    And,
    AtLeast,
    Away,
    Case,
    Filter,
    InField,
    Length,
    ListRef,
    Near,
    Not,
    Or,
    Pattern,
    Phrase,
    Query,
    Same,
    Word,
)
from alerts.matching.clauses import (
    AllOf,
    AnyOf,
    Apart,
    Clause,
    Close,
    Fact,
    Matching,
    NotThat,
    Often,
    Term,
    Words,
)
from alerts.matching.hits import Hits
from alerts.matching.reading import STORY
from alerts.matching.vocabulary import Vocabulary

Lists = Mapping[str, tuple[Query, ...]]  # list name → its spellings, other lists taken in
STORY_FIELDS = frozenset((*STORY, "lead", "hlead"))
_EVERYTHING = 1 << 62  # positions within one sentence or paragraph are not counted


@dataclass(frozen=True, slots=True, kw_only=True)
class Compiler:
    """What a query is compiled with: the words known so far, the lists, and where it stands."""

    vocabulary: Vocabulary
    lists: Lists
    scope: str | None = None  # the field it stands in; None: the story's own words
    exact: bool = False  # inside CASE()
    shared: dict[tuple[str, str | None, bool], Clause] = field(default_factory=dict)

    def compile(self, query: Query) -> Clause:
        """Return the clause that decides the query."""
        match query:
            case Word() | Phrase():
                return self._words(query.text)
            case ListRef():
                return self._list(query.name)
            case And():
                return AllOf(tuple(map(self.compile, query.operands)))
            case Or():
                return AnyOf(tuple(map(self.compile, query.operands)))
            case Not():
                return NotThat(self.compile(query.operand))
            case Near() | Same():
                return self._close(query)
            case Away():
                return Apart(self._close(query.near))
            case _:
                return self._around(query)

    def _close(self, query: Near | Same) -> Close:
        left, right = self.compile(query.left), self.compile(query.right)
        if isinstance(query, Same):
            return Close(left, right, _EVERYTHING, unit=query.unit)
        return Close(left, right, query.within, ordered=query.ordered)

    def _around(self, query: Query) -> Clause:
        match query:
            case Case():
                return replace(self, exact=True).compile(query.operand)
            case InField():
                return replace(self, scope=query.field).compile(query.operand)
            case AtLeast():
                return Often(query.count, self.compile(query.operand))
            case Pattern():
                ignore = query.ignore_case
                return Matching(compile_pattern(query.pattern, ignore_case=ignore), self.scope)
            case Filter() | Length():
                return Fact(fact(query))
            case _:
                message = f"not a query: {query!r}"
                raise TypeError(message)

    def _words(self, text: str) -> Clause:
        tokens = typed_tokens(text)
        atoms = tuple(map(self.vocabulary.atom, tokens))
        if len(atoms) == 1 and self.scope is None and not self.exact:
            return Term(atoms[0])
        exact = tuple(map(_same_letters, raw_tokens(text))) if self.exact else ()
        return Words(atoms, self.scope, exact)

    def _list(self, name: str) -> Clause:
        key = name, self.scope, self.exact
        if key not in self.shared:
            self.shared[key] = AnyOf(tuple(map(self.compile, self.lists[name])))
        return self.shared[key]


def fact(query: Filter | Length) -> Callable[[Hits], bool]:
    """Return the test of a filter on what an article is."""
    if isinstance(query, Length):
        return _COMPARE[query.comparison](query.count)
    values = frozenset(query.values)
    match query.kind:
        case "source":
            return lambda hits: not values.isdisjoint(hits.reading.names)
        case "lang":
            return lambda hits: hits.reading.language in values
        case "country":
            return lambda hits: hits.reading.country in values
        case _:
            return lambda hits: hits.reading.access in values


_COMPARE: dict[str, Callable[[int], Callable[[Hits], bool]]] = {
    ">": lambda count: lambda hits: hits.reading.words > count,
    "<": lambda count: lambda hits: hits.reading.words < count,
    ">=": lambda count: lambda hits: hits.reading.words >= count,
    "<=": lambda count: lambda hits: hits.reading.words <= count,
}


@lru_cache(maxsize=10_000)
def _same_letters(typed: str) -> Callable[[str], bool]:
    """Return the test that a token is written as typed, its wildcards aside."""
    visible = _visible(typed)
    if "*" not in visible and "?" not in visible:
        return lambda token: _visible(token) == visible
    shape = re.escape(visible).replace(r"\*", ".*").replace(r"\?", ".")
    compiled = re.compile(shape, re.DOTALL)
    return lambda token: compiled.fullmatch(_visible(token)) is not None


def _visible(word: str) -> str:
    """Return a word as it is read: soft hyphens, joiners and tatweels are not seen."""
    if word.isascii():
        return word
    seen = (c for c in word if c != "ـ" and unicodedata.category(c) != "Cf")
    return unicodedata.normalize("NFC", "".join(seen))


Cost = Callable[[int], float]  # how often an atom is expected in the press
Required = tuple[float, frozenset[int]]


def required(clause: Clause, cost: Cost) -> Required | None:
    """Return the rarest set of atoms of which one must be present; None: there is none."""
    match clause:
        case Term():
            return cost(clause.atom), frozenset((clause.atom,))
        case Words():
            rarest = min(clause.atoms, key=cost)
            return cost(rarest), frozenset((rarest,))
        case AnyOf():
            return _union([required(arm, cost) for arm in clause.arms])
        case AllOf():
            found = [one for part in clause.parts if (one := required(part, cost))]
            return min(found, key=lambda one: one[0], default=None)
        case Close():
            sides = [required(clause.left, cost), required(clause.right, cost)]
            known = [side for side in sides if side]
            return min(known, key=lambda one: one[0], default=None)
        case Often():
            return required(clause.inner, cost)
        case Apart():
            return required(clause.left, cost)
        case _:
            return None


def needed(clause: Clause) -> frozenset[int]:
    """Return the atoms that must all stand in the story's own words."""
    match clause:
        case Term():
            return frozenset((clause.atom,))
        case Words() if clause.scope is None or clause.scope in STORY_FIELDS:
            return frozenset(clause.atoms)
        case AllOf():
            return frozenset().union(*map(needed, clause.parts))
        case Close():
            return needed(clause.left) | needed(clause.right)
        case Often():
            return needed(clause.inner)
        case Apart():
            return needed(clause.left)
        case _:
            return frozenset()


def either(clause: Clause) -> tuple[frozenset[int], ...]:
    """Return sets of atoms of each of which one must stand in the story's own words."""
    match clause:
        case AnyOf() if not clause.others:
            return (clause.atoms,)
        case AllOf():
            return tuple(atoms for part in clause.parts for atoms in either(part))
        case Close():
            return (*either(clause.left), *either(clause.right))
        case Often():
            return either(clause.inner)
        case Apart():
            return either(clause.left)
        case _:
            return ()


def _union(arms: list[Required | None]) -> Required | None:
    known = [arm for arm in arms if arm is not None]
    if len(known) < len(arms):
        return None
    return sum(price for price, _ in known), frozenset().union(*(atoms for _, atoms in known))
