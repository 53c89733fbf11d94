"""All rules as one value that an article is matched against.

An index leads from each atom to the rules that need it (the rarest such words of each rule), so
the cost of an article grows with the rules that may match it, not with the rules there are.
"""

import logging
import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from alerts.collector import collector_at_rest
from alerts.language.patterns import BUDGET, PatternTooSlowError
from alerts.language.termlists import read_lists
from alerts.matching.compiling import Compiler, Lists, either, needed
from alerts.matching.evidence import Evidence
from alerts.matching.hits import Hits
from alerts.matching.reading import Reading
from alerts.matching.rule import Rule, RuleTrees, compile_rule, rule_keys
from alerts.matching.rulereader import RuleReader, always_asked
from alerts.matching.vocabulary import Vocabulary
from config.errors import ConfigError, Mistake
from config.rule import RuleText, TermList

MANY = 1000  # rules of a desk; a query typed into the search page is one
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleMatch:
    """A rule that fires on an article, with the words that made it."""

    rule: RuleText
    evidence: tuple[Evidence, ...]
    score: int | None = None  # None: the rule has no score


@dataclass(frozen=True, slots=True, kw_only=True)
class Matched:
    """All that the rules say of one article."""

    matches: tuple[RuleMatch, ...]  # in the rules' order
    set_aside: tuple[tuple[str, str], ...] = ()  # rule id, why it could not be decided


NOTHING = Matched(matches=())


class RuleSet:
    """The compiled rules; made by compile_rules, never changed."""

    __slots__ = (
        "_always",
        "_either",
        "_index",
        "_needed",
        "_vocabulary",
        "lists",
        "rules",
        "trees",
        "warnings",
    )

    def __init__(
        self,
        trees: Sequence[RuleTrees],
        lists: Lists,
        warnings: Sequence[Mistake] = (),
        frequencies: Mapping[str, int] | None = None,
    ) -> None:
        self._vocabulary = Vocabulary()
        compiler = Compiler(vocabulary=self._vocabulary, lists=lists)
        self.trees = tuple(trees)
        self.lists = lists
        self.rules = tuple(compile_rule(tree, compiler) for tree in trees)
        self._index, self._always = _index(self.rules, self._vocabulary, frequencies or {})
        matches = [rule.match for rule in self.rules]
        self._needed = [frozenset() if each is None else needed(each) for each in matches]
        self._either = [() if each is None else either(each) for each in matches]
        late = [always_asked(self.rules[number].text) for number in sorted(self._always)]
        self.warnings = (*warnings, *late)

    def only(self, rule_ids: Collection[str]) -> "RuleSet":
        """Return the set of those rules alone."""
        return RuleSet([t for t in self.trees if t.text.id in rule_ids], self.lists)

    def match(self, reading: Reading, *, now: datetime) -> Matched:
        """Return every rule that fires on the article, with its evidence."""
        if self._passes_over(reading):
            return NOTHING
        hits = Hits(self._vocabulary, reading)
        matches: list[RuleMatch] = []
        set_aside: list[tuple[str, str]] = []
        for number in self._candidates(hits):
            rule = self.rules[number]
            try:
                if rule.fires(hits, now):
                    matches.append(_match(rule, hits))
            except PatternTooSlowError as slow:
                seconds = f"{BUDGET * 1000:.0f} ms"
                set_aside.append((rule.text.id, f"/{slow}/ took more than {seconds}"))
            except Exception as error:
                log.exception("rule %s failed and is set aside for this article", rule.text.id)
                set_aside.append((rule.text.id, f"failed: {error!r}"))
        return Matched(matches=tuple(matches), set_aside=tuple(set_aside))

    def nearly(self, reading: Reading, *, now: datetime) -> tuple[str, ...]:
        """Return the rules of which the article has every needed word, and that do not fire.

        They are worth an explanation; why() says how many clauses kept them from firing.
        """
        hits = Hits(self._vocabulary, reading)
        found = []
        for number in self._candidates(hits):
            rule = self.rules[number]
            if self._needed[number] <= hits.present:
                with suppress(PatternTooSlowError):
                    if not rule.fires(hits, now):
                        found.append(rule.text.id)
        return tuple(found)

    def _passes_over(self, reading: Reading) -> bool:
        """Tell, without cutting it into fields, that no rule has its words in the article."""
        words = reading.words_at_hand
        if words is None or self._always:
            return False
        return not self._having(self._vocabulary.present(words), ())

    def _candidates(self, hits: Hits) -> list[int]:
        """Return the rules whose necessary words are there, in order."""
        return self._having(hits.present, hits.beside)

    def _having(self, present: set[int], beside: Iterable[int]) -> list[int]:
        """Return the rules that these atoms lead to and that have all they need."""
        rules_of, needed = self._index.__getitem__, self._needed
        found = self._always.union(*map(rules_of, present), *map(rules_of, beside))
        left = [number for number in found if needed[number] <= present]
        return sorted(number for number in left if self._has_either(number, present))

    def _has_either(self, number: int, present: set[int]) -> bool:
        for atoms in self._either[number]:  # noqa: SIM110 - a generator costs twice as much
            if atoms.isdisjoint(present):
                return False
        return True


def compile_rules(
    rules: Sequence[RuleText],
    terms: Sequence[TermList] = (),
    *,
    known_sources: Collection[str] | None = None,
    frequencies: Mapping[str, int] | None = None,
) -> RuleSet:
    """Check and compile all rules; raises ConfigError with every mistake of every one.

    known_sources: ids, hosts and tags that source: may name; None: not checked.
    frequencies: in how many articles of the archive a folded token stands; it only makes
    matching faster. What many rules are made of is frozen: no collection while articles are
    matched has to walk it.
    """
    with collector_at_rest(freeze=len(rules) >= MANY):
        return _compile(rules, terms, known_sources, frequencies)


def _compile(
    rules: Sequence[RuleText],
    terms: Sequence[TermList],
    known_sources: Collection[str] | None,
    frequencies: Mapping[str, int] | None,
) -> RuleSet:
    lists = read_lists(terms)
    reader = RuleReader(lists.spellings, known_sources)
    trees = reader.read(rules)
    mistakes = [*lists.mistakes, *reader.mistakes]
    if any(not mistake.warning for mistake in mistakes):
        raise ConfigError(mistakes)
    return RuleSet(trees, lists.spellings, mistakes, frequencies)


def _match(rule: Rule, hits: Hits) -> RuleMatch:
    score = None if rule.text.score is None else rule.score(hits)
    return RuleMatch(rule=rule.text, evidence=rule.evidence(hits), score=score)


def _index(
    rules: Sequence[Rule], vocabulary: Vocabulary, frequencies: Mapping[str, int]
) -> tuple[list[tuple[int, ...]], frozenset[int]]:
    """Return, per atom, the rules to try when it occurs; and the rules to try always."""
    prices = [_price(name, frequencies) for name in vocabulary.names]
    index: list[list[int]] = [[] for _ in prices]
    always: list[int] = []
    for number, rule in enumerate(rules):
        keys = rule_keys(rule, prices.__getitem__)
        if keys is None:
            always.append(number)
        for atom in keys or ():
            index[atom].append(number)
    return [tuple(numbers) for numbers in index], frozenset(always)


def _price(name: str, frequencies: Mapping[str, int]) -> float:
    """Estimate how often a word stands in the press; without an archive, by its length."""
    stem = name.partition("*")[0].partition("?")[0]
    if name == stem and name in frequencies:
        return float(frequencies[name])
    widened = 1.0 if name == stem else 6.0
    return widened * 1000 * math.exp(-0.5 * len(stem))
