"""One compiled rule: whether it fires on an article, and by what."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from fnmatch import fnmatchcase
from zoneinfo import ZoneInfo

from alerts.language.syntax import Query
from alerts.matching.clauses import AllOf, Clause
from alerts.matching.compiling import Compiler, Cost, required
from alerts.matching.evidence import PER_CLAUSE, Evidence, show
from alerts.matching.hits import Hits, Mention
from alerts.matching.reading import Reading
from config.rule import RuleText, Where


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleTrees:
    """A rule with its expressions parsed."""

    text: RuleText
    match: Query | None = None  # None: the score alone decides
    exclude: Query | None = None
    weights: tuple[tuple[Query, int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A rule ready to be asked."""

    trees: RuleTrees
    match: Clause | None
    exclude: Clause | None
    weights: tuple[tuple[Clause, int], ...]
    where: Callable[[Reading, datetime], bool]

    @property
    def text(self) -> RuleText:
        """Return the rule as its analyst wrote it."""
        return self.trees.text

    def fires(self, hits: Hits, now: datetime) -> bool:
        """Tell whether the rule fires; over-time thresholds and mutes are for routing."""
        if self.match is not None and not self.match.holds(hits):
            return False
        if not self.where(hits.reading, now):
            return False
        score = self.text.score
        if score is not None and self.score(hits) < score.threshold:
            return False
        return self.exclude is None or not self.exclude.holds(hits)

    def score(self, hits: Hits) -> int:
        """Return the sum of the weights whose query holds; each counts once per article."""
        return sum(weight for clause, weight in self.weights if clause.holds(hits))

    def evidence(self, hits: Hits) -> tuple[Evidence, ...]:
        """Return the words that make it fire, some of every clause."""
        return show(self._mentions(hits), hits.reading)

    def _mentions(self, hits: Hits) -> Iterator[Mention]:
        clauses = [] if self.match is None else [self.match]
        clauses += [clause for clause, weight in self.weights if weight > 0]
        for clause in clauses:
            for part in clause.parts if isinstance(clause, AllOf) else (clause,):
                yield from part.mentions(hits)[:PER_CLAUSE]


def compile_rule(trees: RuleTrees, compiler: Compiler) -> Rule:
    """Compile a rule whose expressions are free of mistakes."""
    return Rule(
        trees=trees,
        match=None if trees.match is None else compiler.compile(trees.match),
        exclude=None if trees.exclude is None else compiler.compile(trees.exclude),
        weights=tuple((compiler.compile(query), weight) for query, weight in trees.weights),
        where=compile_where(trees.text.where, trees.text.expires, trees.text.timezone),
    )


def compile_where(
    where: Where, expires: date | None, timezone: str
) -> Callable[[Reading, datetime], bool]:
    """Return the test of a rule's filters; what an article does not tell excludes nothing."""
    langs = frozenset(lang.lower() for lang in where.langs) - {"*"}
    sources = tuple(name.lower() for name in where.sources)
    everywhere = not sources or "*" in sources
    end = None if expires is None else midnight(expires, timezone)

    def holds(reading: Reading, now: datetime) -> bool:
        if langs and reading.language and reading.language not in langs:
            return False
        if reading.words < where.min_words or not (everywhere or is_from(reading, sources)):
            return False
        if end is not None and now >= end:
            return False
        age = reading.age(now) if where.max_age is not None else None
        return age is None or where.max_age is None or age <= where.max_age

    return holds


def is_from(reading: Reading, sources: tuple[str, ...]) -> bool:
    """Tell whether a source of the article is among the names or *-patterns."""
    return any(fnmatchcase(name, source) for name in reading.names for source in sources)


def midnight(day: date, timezone: str) -> datetime:
    """Return the moment at which a day begins in a zone."""
    return datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(timezone))


def rule_keys(rule: Rule, cost: Cost) -> frozenset[int] | None:
    """Return atoms of which one must occur for it to fire; None: try every article."""
    by_match = None if rule.match is None else required(rule.match, cost)
    by_score = _score_keys(rule, cost)
    found = [one for one in (by_match, by_score) if one is not None]
    return min(found, key=lambda one: one[0])[1] if found else None


def _score_keys(rule: Rule, cost: Cost) -> tuple[float, frozenset[int]] | None:
    """Return the rarest weights without which the others cannot reach the threshold."""
    if rule.text.score is None or rule.text.score.threshold <= 0:
        return None
    # An exclusion with a positive weight holds without a word: it has no key.
    priced = [(required(clause, cost), weight) for clause, weight in rule.weights if weight > 0]
    priced.sort(key=lambda one: -one[0][0] if one[0] else float("-inf"))
    spare = rule.text.score.threshold
    needed: list[tuple[float, frozenset[int]]] = []
    for keys, weight in priced:
        if weight < spare:
            spare -= weight
        elif keys is None:
            return None
        else:
            needed.append(keys)
    return sum(price for price, _ in needed), frozenset().union(*(k for _, k in needed))
