"""Find why a query does not hold on an article, how far it is from it, and what would help.

Each failure names a relaxation; the relaxed query carries them all, and it holds.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from alerts.explaining.reason import Reason, Spot, because, spot
from alerts.language.lexeme import JOINERS
from alerts.language.patterns import PatternTooSlowError
from alerts.language.printer import print_query
from alerts.language.spelling import raw_tokens
from alerts.language.syntax import (
    MAX_DISTANCE,
    MIN_MENTIONS,
    And,
    AtLeast,
    Away,
    Case,
    Filter,
    InField,
    Length,
    Near,
    Not,
    Or,
    Pattern,
    Phrase,
    Query,
    Same,
    Word,
)
from alerts.matching.compiling import Compiler
from alerts.matching.evidence import show
from alerts.matching.hits import Hits, Mention, count_apart

NOWHERE = Spot(field="any")
_FAR, MISSING = 3, 20  # what makes the nearest arm of an OR: a near miss before a missing word


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """One clause that kept a rule from firing."""

    clause: str  # as the analyst would write it
    why: Reason  # how far it was from holding
    relaxation: str  # what would make it hold
    cost: int = MISSING


@dataclass(frozen=True, slots=True, kw_only=True)
class Relaxed:
    """A query that holds, and what it took; None: the clause had to go altogether."""

    query: Query | None
    failures: tuple[Failure, ...] = ()

    @property
    def cost(self) -> int:
        """Return how much had to be given up."""
        return sum(failure.cost for failure in self.failures)


class Relaxer:
    """Hold the article while one rule's queries are taken apart."""

    def __init__(self, compiler: Compiler, hits: Hits) -> None:
        self.compiler = compiler
        self.hits = hits

    def holds(self, query: Query, where: Compiler) -> bool:
        """Tell whether a query holds; one that takes too long does not."""
        try:
            return where.compile(query).holds(self.hits)
        except PatternTooSlowError:
            return False

    def mentions(self, query: Query, where: Compiler) -> list[Mention]:
        """Return where a query stands in the article."""
        try:
            return where.compile(query).mentions(self.hits)
        except PatternTooSlowError:
            return []

    def place(self, query: Query, where: Compiler) -> Spot | None:
        """Return where a query stands, with its words; None: nowhere."""
        pieces = show(self.mentions(query, where)[:1], self.hits.reading)
        return spot(pieces[0]) if pieces else None

    def excluded(self, query: Query, where: Compiler) -> Reason:
        """Say that a query holds which must not."""
        place, what = self.place(query, where), print_query(query)
        if place is None:
            return because("excluded", what=what)
        return because("excluded_at", what=what, place=place)

    def relax(self, query: Query, where: Compiler | None = None) -> Relaxed:
        """Return the query, relaxed as far as it must be to hold."""
        where = where or self.compiler
        if self.holds(query, where):
            return Relaxed(query=query)
        match query:
            case And():
                return self._all(query, where)
            case Or():
                return self._either(query, where)
            case Near() | Same() | Away():
                return self._distant(query, where)
            case AtLeast():
                return self._count(query, where)
            case Case():
                return self._case(query, where)
            case InField():
                return self._field(query, where)
            case _:
                return self._leaf(query, where)

    def _all(self, query: And, where: Compiler) -> Relaxed:
        parts = [self.relax(operand, where) for operand in query.operands]
        kept = tuple(part.query for part in parts if part.query is not None)
        failures = tuple(failure for part in parts for failure in part.failures)
        if len(kept) < 2:
            return Relaxed(query=kept[0] if kept else None, failures=failures)
        return Relaxed(query=And(operands=kept), failures=failures)

    def _either(self, query: Or, where: Compiler) -> Relaxed:
        """Return the arm that is nearest; of words of which none is found, all of them."""
        arms = [self.relax(arm, where) for arm in query.operands]
        nearest = min(arms, key=lambda arm: (len(arm.failures), arm.cost))
        words = all(isinstance(arm, Word | Phrase | Case) for arm in query.operands)
        if words and nearest.query is None:
            return _drop(query, nearest.failures[0].why)
        return nearest

    def _leaf(self, query: Query, where: Compiler) -> Relaxed:
        match query:
            case Not():
                return _drop(query, self.excluded(query.operand, where), _FAR)
            case Length():
                return self._length(query)
            case Filter():
                return _drop(query, self._fact(query), _FAR)
            case Word() | Phrase():
                return self._phrase(query, where)
            case Pattern():
                return _drop(query, because("finds_nothing"))
            case _:
                return _drop(query, because("no_spelling"))

    def _fact(self, query: Filter) -> Reason:
        reading = self.hits.reading
        facts = {
            "lang": reading.language,
            "country": reading.country,
            "type": reading.access,
            "source": ", ".join(sorted(reading.names)),
        }
        fact = facts[query.kind]
        if not fact:
            return because("no_fact", kind=query.kind)
        return because("fact", kind=query.kind, fact=fact)

    def _length(self, query: Length) -> Relaxed:
        count = self.hits.reading.words
        bound = {">": count - 1, ">=": count, "<": count + 1, "<=": count}[query.comparison]
        if bound < 0:
            return _drop(query, because("empty"), _FAR)
        relaxed = replace(query, count=bound)
        why = because("length", n=count)
        return Relaxed(query=relaxed, failures=(_failure(query, why, relaxed),))

    def _phrase(self, query: Word | Phrase, where: Compiler) -> Relaxed:
        words = tuple(map(_word, raw_tokens(query.text)))
        if len(words) > 1:
            apart = And(operands=words)
            if self.holds(apart, where):
                why = because("not_adjacent")
                return Relaxed(query=apart, failures=(_failure(query, why, apart),))
        return _drop(query, because("not_found"))

    def _distant(self, query: Near | Same | Away, where: Compiler) -> Relaxed:
        if isinstance(query, Away):
            return self._away(query, where)
        return self._close(query, where)

    def _close(self, query: Near | Same, where: Compiler) -> Relaxed:
        sides = [query.left, query.right]
        missing = [print_query(side) for side in sides if not self.holds(side, where)]
        if missing:
            why = because("missing", what=", ".join(missing))
            return _drop(query, why, MISSING * len(missing))
        both = And(operands=(query.left, query.right))
        options: list[Query] = [*self._wider(query, where), both]
        relaxed = next(option for option in options if self.holds(option, where))
        why = self._nearest(query, where)
        return Relaxed(query=relaxed, failures=(_failure(query, why, relaxed),))

    def _away(self, query: Away, where: Compiler) -> Relaxed:
        """Return what is to be found, without what must not be near it."""
        left = query.near.left
        if not self.holds(left, where):
            return self.relax(left, where)
        why = self.excluded(query.near, where)
        return Relaxed(query=left, failures=(_failure(query, why, left),))

    def _wider(self, query: Near | Same, where: Compiler) -> Iterable[Query]:
        if isinstance(query, Same):
            return [replace(query, unit="P")]
        distance = self._distance(query, where, ordered=query.ordered)
        unordered = self._distance(query, where, ordered=False)
        return [
            replace(query, within=max(steps, query.within), ordered=ordered)
            for steps, ordered in ((distance, query.ordered), (unordered, False))
            if 0 < steps <= MAX_DISTANCE
        ]

    def _distance(self, query: Near | Same, where: Compiler, *, ordered: bool) -> int:
        """Return how many words the nearest pair is apart; 0: there is no pair."""
        pair = self._pair(query, where, ordered=ordered)
        return pair[1][0] - pair[0][1] if pair else 0

    def _pair(
        self, query: Near | Same, where: Compiler, *, ordered: bool
    ) -> tuple[Mention, Mention] | None:
        left, right = self.mentions(query.left, where), self.mentions(query.right, where)
        pairs = _neighbours(left, right)
        if not ordered:
            pairs += _neighbours(right, left)
        return min(pairs, key=lambda pair: pair[1][0] - pair[0][1], default=None)

    def _nearest(self, query: Near | Same, where: Compiler) -> Reason:
        ordered = isinstance(query, Near) and query.ordered
        pair = self._pair(query, where, ordered=ordered)
        turned = self._pair(query, where, ordered=False)
        if pair is None and turned is None:
            return because("single")
        if pair is None:
            return because("turned")
        reading = self.hits.reading
        first, second = reading.part_at(pair[0][1]), reading.part_at(pair[1][0])
        if first.field != second.field or (first.field != "body" and first is not second):
            return because(
                "fields", one=Spot(field=first.field), other=Spot(field=second.field)
            )
        place = spot(show([pair[0]], reading)[0], words=False)
        apart = "apart"
        if isinstance(query, Same):
            apart = "apart_sentences" if first is second else "apart_paragraphs"
        return because(apart, n=pair[1][0] - pair[0][1], place=place)

    def _count(self, query: AtLeast, where: Compiler) -> Relaxed:
        found = count_apart(self.mentions(query.operand, where))
        if not self.holds(query.operand, where) or not found:
            return _drop(query, because("no_mention"))
        relaxed = query.operand if found < MIN_MENTIONS else replace(query, count=found)
        place = self.place(query.operand, where) or NOWHERE
        why = because("mentions", n=found, of=query.count, place=place)
        return Relaxed(query=relaxed, failures=(_failure(query, why, relaxed),))

    def _case(self, query: Case, where: Compiler) -> Relaxed:
        if not where.exact and self.holds(query.operand, where):
            why = because("otherwise", place=self.place(query.operand, where) or NOWHERE)
            failure = _failure(query, why, query.operand)
            return Relaxed(query=query.operand, failures=(failure,))
        inner = self.relax(query.operand, replace(where, exact=True))
        if inner.query is None:
            whole = len(inner.failures) == 1
            return _drop(query, inner.failures[0].why) if whole else inner
        return Relaxed(query=Case(operand=inner.query), failures=inner.failures)

    def _field(self, query: InField, where: Compiler) -> Relaxed:
        for relaxed in (query.operand, InField(field="any", operand=query.operand)):
            if self.holds(relaxed, where):
                why = _elsewhere(query.field, self.place(relaxed, where))
                return Relaxed(query=relaxed, failures=(_failure(query, why, relaxed),))
        inner = self.relax(query.operand, replace(where, scope=query.field))
        if inner.query is None:
            failures = tuple(
                replace(failure, clause=print_query(query) if len(inner.failures) == 1
                        else f"{query.field}:{failure.clause}")
                for failure in inner.failures
            )  # fmt: skip
            return Relaxed(query=None, failures=failures)
        relaxed = InField(field=query.field, operand=inner.query)
        return Relaxed(query=relaxed, failures=inner.failures)


def _neighbours(first: list[Mention], second: list[Mention]) -> list[tuple[Mention, Mention]]:
    """Pair each mention with the nearest that begins after it ends."""
    pairs: list[tuple[Mention, Mention]] = []
    at = 0
    for one in sorted(first, key=lambda mention: mention[1]):
        while at < len(second) and second[at][0] <= one[1]:
            at += 1
        if at < len(second):
            pairs.append((one, second[at]))
    return pairs


def _elsewhere(field: str, place: Spot | None) -> Reason:
    if place is None:
        return because("elsewhere_spread", field=Spot(field=field))
    return because("elsewhere", field=Spot(field=field), place=place)


def _word(token: str) -> Word | Phrase:
    """Return a word of a phrase as it is found alone; "and" needs its quotes there."""
    return Phrase(text=token) if token.lower() in JOINERS else Word(text=token)


def _failure(query: Query, why: Reason, relaxed: Query) -> Failure:
    return Failure(
        clause=print_query(query),
        why=why,
        relaxation=f"write {print_query(relaxed)}",
        cost=_FAR,
    )


def _drop(query: Query, why: Reason, cost: int = MISSING) -> Relaxed:
    clause = print_query(query)
    clause = f"({clause})" if isinstance(query, Or) else clause
    failure = Failure(clause=clause, why=why, relaxation=f"leave out {clause}", cost=cost)
    return Relaxed(query=None, failures=(failure,))
