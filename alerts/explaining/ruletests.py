"""Run the examples that stand beside a rule, and say which fail and why.

An example is a text; what an article is (source, language, age, length) it cannot say, so the
filters of the rule are left aside: examples are about words.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

from alerts.explaining.explain import Explanation, explain
from alerts.language.complaint import Complaint, to_mistake
from alerts.language.patterns import PatternTooSlowError
from alerts.language.syntax import And, AtLeast, Case, Filter, InField, Length, Not, Or, Query
from alerts.matching.compiling import Compiler, Lists
from alerts.matching.hits import Hits
from alerts.matching.reading import Reading, read_article
from alerts.matching.rule import RuleTrees, compile_rule
from alerts.matching.ruleset import RuleSet
from alerts.matching.vocabulary import Vocabulary
from config.errors import Mistake
from config.rule import RuleTest, Where
from storage.article import Article, Attribution, Block, Image

NO_MATTER = datetime(2000, 1, 1, tzinfo=UTC)  # a rule without filters does not look at it


def run_rule_tests(rules: RuleSet) -> tuple[Mistake, ...]:
    """Return one mistake E130 for each example that does not come out as its analyst says."""
    return tuple(mistake for trees in rules.trees for mistake in _run_tests(trees, rules.lists))


def _run_tests(trees: RuleTrees, lists: Lists) -> Iterator[Mistake]:
    if not trees.text.tests:
        return
    about_words = without_filters(trees)
    compiler = Compiler(vocabulary=Vocabulary(), lists=lists)
    rule = compile_rule(about_words, compiler)
    for test in trees.text.tests:
        reading = read_test(test)
        try:
            if rule.fires(Hits(compiler.vocabulary, reading), NO_MATTER) == test.fires:
                continue
            complaint = _complaint(test, explain(about_words, lists, reading, now=NO_MATTER))
        except PatternTooSlowError as slow:
            complaint = _too_slow(trees.text.id, slow)
        yield to_mistake(complaint, test.text)


def _too_slow(rule_id: str, slow: PatternTooSlowError) -> Complaint:
    message = f"rule {rule_id} cannot be decided on this text: /{slow}/ takes too long"
    return Complaint(code="E130", offset=0, message=message, hint="a simpler expression")


def _complaint(test: RuleTest, found: Explanation) -> Complaint:
    rule_id = found.rule_id
    if test.fires:
        message = f"rule {rule_id} should match this text and does not"
        reasons = (f"{each.clause}: {each.why}" for each in found.failures)
    else:
        message = f"rule {rule_id} should not match this text and does"
        reasons = (f"it has “{piece.words}”" for piece in found.evidence)
    return Complaint(code="E130", offset=0, message=message, hint="; ".join(reasons))


def read_test(test: RuleTest) -> Reading:
    """Return an example as an article: its text in the field that it stands for."""
    text = test.text.value
    blocks = tuple(Block(text=part.strip()) for part in text.split("\n\n") if part.strip())
    article = Article(url="test:")
    match test.field:
        case "headline":
            article = replace(article, headline=text)
        case "caption":
            article = replace(article, lead_image=Image(caption=text))
        case "credit":
            article = replace(article, lead_image=Image(credit=text))
        case "byline":
            article = replace(article, authors=(text,))
        case "attribution":
            cited = Attribution(name=text, phrase=text, block=0)
            article = replace(article, attributions=(cited,))
        case "section":
            article = replace(article, section=text)
        case "tag":
            article = replace(article, tags=(text,))
        case _:
            article = replace(article, body=blocks)
    return read_article(article)


def without_filters(trees: RuleTrees) -> RuleTrees:
    """Return the rule as if every article were of the right kind."""
    return replace(
        trees,
        text=replace(trees.text, where=Where(), expires=None),
        match=None if trees.match is None else _strip(trees.match),
        exclude=None if trees.exclude is None else _strip(trees.exclude),
        weights=tuple(
            (stripped, weight)
            for query, weight in trees.weights
            if (stripped := _strip(query)) is not None
        ),
    )


def _strip(query: Query) -> Query | None:
    match query:
        case Filter() | Length():
            return None
        case And() | Or():
            kept = tuple(each for one in query.operands if (each := _strip(one)) is not None)
            if len(kept) < 2:
                return kept[0] if kept else None
            return replace(query, operands=kept)
        case Not() | Case() | AtLeast() | InField():
            inner = _strip(query.operand)
            return None if inner is None else replace(query, operand=inner)
        case _:
            return query
