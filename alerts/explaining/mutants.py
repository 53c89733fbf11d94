"""Find the clauses that nothing would miss: leave each out in turn, and see who notices.

A clause is needed when without it a test of the rule comes out otherwise, or the rule fires
otherwise on an article of the archive. What an article is (source, language, length) no test
can say, so such filters are not tried; arms of OR are usage.py's.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from alerts.explaining.plan import Archived
from alerts.explaining.ruletests import NO_MATTER, read_test, without_filters
from alerts.language.complaint import Complaint, to_mistake
from alerts.language.patterns import PatternTooSlowError
from alerts.language.printer import print_query
from alerts.language.syntax import (
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
    Query,
    Same,
)
from alerts.matching.compiling import Compiler, Lists
from alerts.matching.hits import Hits
from alerts.matching.rule import Rule, RuleTrees, compile_rule
from alerts.matching.ruleset import RuleSet
from alerts.matching.vocabulary import Vocabulary
from config.counting import name_some
from config.errors import Mistake
from config.rule import RuleText

_NAMED = 8  # clauses in one warning
_WHAT = {Case: "the case in ", AtLeast: "the number in ", InField: "the field in "}


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutant:
    """A rule with one clause left out."""

    clause: str  # as the analyst would write it
    offset: int  # where it stands in the query
    trees: RuleTrees


@dataclass(frozen=True, slots=True, kw_only=True)
class Missed:
    """How many clauses were left out in turn, how many nothing missed, and whose they are."""

    clauses: int
    unneeded: int
    warnings: tuple[Mistake, ...]  # one W214 for each rule that has such clauses


def try_without(rules: RuleSet, archive: Iterable[Archived] = ()) -> Missed:
    """Leave out every clause of every rule in turn, and name those that nothing needs."""
    mutants = {trees.text.id: tuple(mutants_of(trees)) for trees in rules.trees}
    untested = {
        trees.text.id: [
            each
            for each in mutants[trees.text.id]
            if not _tests_notice(trees, each, rules.lists)
        ]
        for trees in rules.trees
    }
    left = _unnoticed(rules, untested, archive)
    return Missed(
        clauses=sum(map(len, mutants.values())),
        unneeded=sum(map(len, left.values())),
        warnings=tuple(
            _warning(trees.text, found)
            for trees in rules.trees
            if (found := left[trees.text.id])
        ),
    )


def mutants_of(trees: RuleTrees) -> Iterator[Mutant]:
    """Yield the rule without each of its clauses, arms of its not: and weights."""
    if trees.match is not None:
        for what, clause, weaker in _weaker(trees.match):
            clause_text = f"{what}{print_query(clause)}"
            changed = replace(trees, match=weaker)
            yield Mutant(clause=clause_text, offset=clause.span[0], trees=changed)
    if trees.exclude is not None:
        for _, clause, fewer in _fewer(trees.exclude):
            changed = replace(trees, exclude=fewer)
            yield Mutant(clause=f"not: {print_query(clause)}", offset=0, trees=changed)
    for number, (query, weight) in enumerate(trees.weights):
        others = trees.weights[:number] + trees.weights[number + 1 :]
        changed = replace(trees, weights=others)
        yield Mutant(clause=f"{print_query(query)}: {weight}", offset=0, trees=changed)


def _weaker(query: Query) -> Iterator[tuple[str, Query, Query]]:
    """Yield each clause, what of it is left out, and the query without that."""
    match query:
        case And():
            yield from _without_one(query)
        case Or():
            for number, arm in enumerate(query.operands):
                for what, clause, weaker in _weaker(arm):
                    yield what, clause, _exchanged(query, number, weaker)
        case Near() | Same() | Away():
            yield _anywhere(query)
        case Case() | AtLeast() | InField():
            yield _WHAT[type(query)], query, query.operand
            for what, clause, weaker in _weaker(query.operand):
                yield what, clause, replace(query, operand=weaker)
        case _:
            return


def _anywhere(query: Near | Same | Away) -> tuple[str, Query, Query]:
    if isinstance(query, Away):
        return "what is not near in ", query, query.near.left
    what = "the distance in " if isinstance(query, Near) else "the nearness in "
    return what, query, And(operands=(query.left, query.right))


def _without_one(query: And) -> Iterator[tuple[str, Query, Query]]:
    for number, operand in enumerate(query.operands):
        if not isinstance(operand, Filter | Length):
            yield "", operand, _rest(query, number)
        for what, clause, weaker in _weaker(operand):
            yield what, clause, _exchanged(query, number, weaker)
        if isinstance(operand, Not) and isinstance(operand.operand, Or):
            for what, clause, fewer in _fewer(operand.operand):
                if fewer is not None:
                    yield what, clause, _exchanged(query, number, Not(operand=fewer))


def _fewer(query: Query) -> Iterator[tuple[str, Query, Query | None]]:
    """Yield each arm of an exclusion with what is excluded without it; None: nothing."""
    if not isinstance(query, Or):
        yield "", query, None
        return
    for number, arm in enumerate(query.operands):
        yield "NOT ", arm, _rest(query, number)


def _rest(query: And | Or, number: int) -> Query:
    operands = query.operands[:number] + query.operands[number + 1 :]
    return operands[0] if len(operands) == 1 else replace(query, operands=operands)


def _exchanged(query: And | Or, number: int, by: Query) -> Query:
    operands = (*query.operands[:number], by, *query.operands[number + 1 :])
    return replace(query, operands=operands)


def _tests_notice(trees: RuleTrees, mutant: Mutant, lists: Lists) -> bool:
    """Tell whether a test of the rule comes out otherwise without the clause."""
    compiler = Compiler(vocabulary=Vocabulary(), lists=lists)
    rule = compile_rule(without_filters(trees), compiler)
    other = compile_rule(without_filters(mutant.trees), compiler)
    hits = (Hits(compiler.vocabulary, read_test(test)) for test in trees.text.tests)
    return any(_differ(rule, other, each, NO_MATTER) for each in hits)


def _unnoticed(
    rules: RuleSet, left: dict[str, list[Mutant]], archive: Iterable[Archived]
) -> dict[str, list[Mutant]]:
    """Return the mutants that fire on no article on which their rule does not."""
    compiler = Compiler(vocabulary=Vocabulary(), lists=rules.lists)
    compiled = [
        (
            compile_rule(trees, compiler),
            [(each, compile_rule(each.trees, compiler)) for each in left[trees.text.id]],
        )
        for trees in rules.trees
    ]
    for article in archive:
        hits = Hits(compiler.vocabulary, article.reading)
        for rule, mutants in compiled:
            mutants[:] = [
                pair for pair in mutants if not _differ(rule, pair[1], hits, article.seen_at)
            ]
    return {rule.text.id: [mutant for mutant, _ in mutants] for rule, mutants in compiled}


def _differ(rule: Rule, other: Rule, hits: Hits, now: datetime) -> bool:
    try:
        return rule.fires(hits, now) != other.fires(hits, now)
    except PatternTooSlowError:
        return True  # it may be needed: nothing is claimed of it


def _warning(rule: RuleText, left: list[Mutant]) -> Mistake:
    named = name_some([each.clause for each in left], _NAMED, joined="; ")
    complaint = Complaint(
        code="W214",
        offset=min(each.offset for each in left),
        message=f"{rule.id} would pass its tests without: {named}",
        hint="add a test with no_match: for each: a text that has all the rest",
    )
    return to_mistake(complaint, rule.match or rule.place)
