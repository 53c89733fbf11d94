"""The matcher is exact: it says what the slow, obvious evaluator says."""

from hypothesis import HealthCheck, given, settings

from alerts.language import syntax
from alerts.language.printer import print_query
from alerts.language.syntax import is_positive
from alerts.language.termlists import read_lists
from alerts.matching.compiling import Compiler, required
from alerts.matching.hits import Hits
from alerts.matching.reading import read_article, read_prepared
from alerts.matching.ruleset import RuleSet, compile_rules
from alerts.matching.vocabulary import Vocabulary
from storage.article import Article
from storage.prepared import prepare
from tests.alerts.queries import LISTS, articles, queries
from tests.alerts.reference import Reference
from tests.making import NOW, make_rule, make_terms

TERMS = [make_terms(name, *spellings) for name, spellings in LISTS.items()]
SPELLINGS = read_lists(TERMS).spellings
quick = settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.filter_too_much]
)


@quick
@given(queries, articles)
def test_a_clause_holds_when_the_reference_says_so(q: syntax.Query, article: Article) -> None:
    vocabulary = Vocabulary()
    clause = Compiler(vocabulary=vocabulary, lists=SPELLINGS).compile(q)
    hits = Hits(vocabulary, read_article(article))
    assert clause.holds(hits) == Reference(article, LISTS).holds(q)


@quick
@given(queries, articles)
def test_a_clause_that_holds_has_one_of_the_words_it_requires(
    q: syntax.Query, article: Article
) -> None:
    vocabulary = Vocabulary()
    clause = Compiler(vocabulary=vocabulary, lists=SPELLINGS).compile(q)
    hits = Hits(vocabulary, read_article(article))
    needed = required(clause, lambda atom: float(atom % 7))
    if clause.holds(hits) and needed is not None:
        assert not needed[1].isdisjoint(hits.present | hits.beside)


@quick
@given(queries.filter(is_positive), articles)
def test_a_rule_fires_when_the_reference_says_so(q: syntax.Query, article: Article) -> None:
    rules: RuleSet = compile_rules([make_rule(print_query(q))], TERMS)
    matched = rules.match(read_article(article), now=NOW)
    assert bool(matched.matches) == Reference(article, LISTS).holds(q)
    for match in matched.matches:
        for piece in match.evidence:
            assert text_of(article, piece.field, piece.block)[piece.start : piece.end] == (
                piece.words
            )
            assert piece.words.strip() in piece.sentence


@quick
@given(queries.filter(is_positive), articles)
def test_the_folded_text_at_hand_changes_nothing_of_what_fires(
    q: syntax.Query, article: Article
) -> None:
    rules: RuleSet = compile_rules([make_rule(print_query(q))], TERMS)
    at_hand = read_prepared(prepare(article))
    assert rules.match(at_hand, now=NOW) == rules.match(read_article(article), now=NOW)


def text_of(article: Article, field: str, block: int | None) -> str:
    match field:
        case "body":
            return article.body[block or 0].text
        case "caption":
            return article.images[block or 0].caption
        case "credit":
            return article.images[block or 0].credit
        case "tag":
            return article.tags[block or 0]
        case _:
            return str(getattr(article, field))
