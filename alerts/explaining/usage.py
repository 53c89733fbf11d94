"""Find the arms of OR that nothing ever used: neither a rule's tests nor the archive."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from alerts.explaining.plan import Archived
from alerts.explaining.ruletests import read_test
from alerts.language.complaint import Complaint, to_mistake
from alerts.language.patterns import PatternTooSlowError
from alerts.language.printer import print_query
from alerts.language.syntax import Case, InField, Or, Query, children
from alerts.matching.compiling import Compiler
from alerts.matching.hits import Hits
from alerts.matching.reading import Reading
from alerts.matching.ruleset import RuleSet
from alerts.matching.vocabulary import Vocabulary
from config.counting import name_some
from config.errors import Mistake
from config.rule import RuleText

_NAMED = 8  # arms in one warning: a list of spellings has dozens


@dataclass(frozen=True, slots=True, kw_only=True)
class _Arm:
    query: Query
    where: Compiler  # the field and the case it stands in


def unused_arms(rules: RuleSet, archive: Iterable[Archived] = ()) -> tuple[Mistake, ...]:
    """Return a warning W213 for each rule with arms that held on no example and no article."""
    compiler = Compiler(vocabulary=Vocabulary(), lists=rules.lists)
    open_arms: dict[str, list[_Arm]] = {
        trees.text.id: list(_arms(trees.match, compiler))
        for trees in rules.trees
        if trees.match is not None
    }
    for arms in open_arms.values():  # all words are to be known before the first reading
        for arm in arms:
            arm.where.compile(arm.query)
    for rule, reading in _fired(rules, archive):
        if open_arms.get(rule.id):
            hits = Hits(compiler.vocabulary, reading)
            open_arms[rule.id] = [arm for arm in open_arms[rule.id] if not _holds(arm, hits)]
    return tuple(
        _warning(trees.text, left)
        for trees in rules.trees
        if (left := open_arms.get(trees.text.id))
    )


def _fired(rules: RuleSet, archive: Iterable[Archived]) -> Iterator[tuple[RuleText, Reading]]:
    for trees in rules.trees:
        for test in trees.text.tests:
            if test.fires:
                yield trees.text, read_test(test)
    for each in archive:
        for match in rules.match(each.reading, now=each.seen_at).matches:
            yield match.rule, each.reading


def _arms(query: Query, where: Compiler) -> Iterator[_Arm]:
    if isinstance(query, InField):
        where = replace(where, scope=query.field)
    elif isinstance(query, Case):
        where = replace(where, exact=True)
    elif isinstance(query, Or):
        yield from (_Arm(query=operand, where=where) for operand in query.operands)
    for child in children(query):
        yield from _arms(child, where)


def _holds(arm: _Arm, hits: Hits) -> bool:
    try:
        return arm.where.compile(arm.query).holds(hits)
    except PatternTooSlowError:
        return True  # it may be used: nothing is claimed of it


def _warning(rule: RuleText, arms: list[_Arm]) -> Mistake:
    named = name_some([print_query(arm.query) for arm in arms], _NAMED)
    complaint = Complaint(
        code="W213",
        offset=min(arm.query.span[0] for arm in arms),
        message=f"nothing ever used {named}: no test, no article of the archive",
        hint="add a test for each, or leave it out",
    )
    return to_mistake(complaint, rule.match or rule.place)
