"""Parse every expression of every rule, and collect all mistakes of all files at once."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from alerts.language.complaint import Complaint, to_mistake
from alerts.language.parser import Parsed, parse
from alerts.language.syntax import Filter, ListRef, Query, walk
from alerts.language.termlists import read_lists, unknown_list
from alerts.matching.rule import RuleTrees
from config.errors import Mistake
from config.rule import RuleText, TermList
from config.text import Located
from config.words import did_you_mean


def query_mistakes(
    rules: Sequence[RuleText],
    terms: Sequence[TermList],
    *,
    known_sources: Collection[str] | None,
    all_lists: bool = True,
) -> list[Mistake]:
    """Return what is wrong with the queries of a configuration that cannot go live anyhow.

    all_lists: the lists are complete, so that one which is not among them is a mistake.
    """
    lists = read_lists(terms)
    reader = RuleReader(lists.spellings, known_sources)
    reader.read(rules)
    found = [*lists.mistakes, *reader.mistakes]
    return [each for each in found if all_lists or not each.message.startswith("E120")]


class RuleReader:
    """Parse rules against the lists and sources that are known."""

    def __init__(self, lists: Mapping[str, object], sources: Collection[str] | None) -> None:
        self.lists = lists
        self.sources = None if sources is None else {name.lower() for name in sources}
        self.mistakes: list[Mistake] = []

    def read(self, rules: Sequence[RuleText]) -> list[RuleTrees]:
        """Return the rules with their expressions parsed; ask `mistakes` before using them."""
        return [self._rule(rule) for rule in rules]

    def _rule(self, rule: RuleText) -> RuleTrees:
        if rule.match is None and rule.score is None:
            hint = "write match: with a query, or score: with weights"
            message = f"rule {rule.id} has neither match: nor score:"
            complaint = Complaint(code="E100", offset=0, message=message, hint=hint)
            self.mistakes.append(to_mistake(complaint, rule.place))
        weights = () if rule.score is None else rule.score.weights
        return RuleTrees(
            text=rule,
            match=None if rule.match is None else self._query(rule.match),
            exclude=None if rule.exclude is None else self._query(rule.exclude),
            weights=tuple((self._query(query), weight) for query, weight in weights),
        )

    def _query(self, text: Located) -> Query:
        parsed = parse(text.value)
        complaints = parsed.complaints
        if "@" in text.value or "source:" in text.value.lower():
            complaints = *complaints, *self._unknown(parsed)
        for complaint in complaints:
            self.mistakes.append(to_mistake(complaint, text))
        return parsed.tree

    def _unknown(self, parsed: Parsed) -> Iterator[Complaint]:
        for query in walk(parsed.tree):
            if isinstance(query, ListRef) and query.name not in self.lists:
                yield unknown_list(query.name, query.span[0], self.lists)
            elif isinstance(query, Filter) and query.kind == "source" and self.sources:
                yield from self._unknown_sources(query)

    def _unknown_sources(self, query: Filter) -> Iterator[Complaint]:
        for value in query.values:
            if self.sources is not None and value not in self.sources:
                hint = (
                    did_you_mean(value, self.sources)
                    or "ids, hosts or tags of config/sources/: add it there, or leave it out"
                )
                message = f"unknown source {value}"
                yield Complaint(code="E131", offset=query.span[0], message=message, hint=hint)


def always_asked(rule: RuleText) -> Mistake:
    """Warn of a rule that no word leads to, so that every article has to be tried."""
    place = rule.match or rule.place
    complaint = Complaint(
        code="W206",
        offset=0,
        message=f"{rule.id} can fire without any one word: it is tried on every article",
        hint="join a word or a list to it with AND",
    )
    return to_mistake(complaint, place)
