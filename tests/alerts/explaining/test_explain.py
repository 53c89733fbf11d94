"""Why a rule fired, and why not: the first clause that failed, and how far it was."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings

from alerts.explaining.explain import (
    UnknownRuleError,
    explain,
    explanation_to_dict,
    render_explanation,
    why,
)
from alerts.language import syntax
from alerts.language.termlists import read_lists
from alerts.matching.compiling import Compiler
from alerts.matching.hits import Hits
from alerts.matching.reading import read_article
from alerts.matching.rule import RuleTrees, compile_rule
from alerts.matching.ruleset import compile_rules
from alerts.matching.vocabulary import Vocabulary
from config.rule import RuleText, Where
from storage.article import Article
from tests.alerts.queries import LISTS, articles, queries
from tests.making import NOW, make_article, make_rule, make_terms

TERMS = [make_terms(name, *spellings) for name, spellings in LISTS.items()]
SPELLINGS = read_lists(TERMS).spellings
ARTICLE = make_article(
    "Ministers met in Baku.",
    "The Zangezur road was long a matter of dispute between them all; the corridor opens.",
    "Drones came. Troops left Lachin; according to a report, drones and men.",
    headline="Football in Baku",
)


def explained(rule: RuleText) -> list[tuple[str, str]]:
    found = why(compile_rules([rule], TERMS), rule.id, read_article(ARTICLE), now=NOW)
    assert not found.fires
    return [(str(failure.why), failure.relaxation) for failure in found.failures]


@pytest.mark.parametrize(
    ("query", "because", "relaxation"),
    [
        (
            "Zangezur NEAR/6 corridor",
            "nearest pair 12 apart, body ¶2",
            "write Zangezur NEAR/12 corridor",
        ),
        (
            "Lachin NOT NEAR/2 troops",
            "excluded by Lachin NEAR/2 troops: body ¶3 “Troops left Lachin”",
            "write Lachin",
        ),
        (
            "corridor ONEAR/20 Zangezur",
            "there in the other order only",
            "write corridor NEAR/20 Zangezur",
        ),
        (
            "Football NEAR/20 Lachin",
            "in different fields: headline and body",
            "write Football AND Lachin",
        ),
        ("Zangezur NEAR/6 Iran", "not found: Iran", "leave out Zangezur NEAR/6 Iran"),
        (
            "ministers SAME/S road",
            "nearest pair 6 apart, body ¶1, in different paragraphs",
            "write ministers AND road",
        ),
        (
            "ATLEAST3(Drone*)",
            "2 of 3 mentions, body ¶3 “Drones”",
            "write ATLEAST2(Drone*)",
        ),
        ("headline:drone*", "not in headline, but in body ¶3 “Drones”", "write drone*"),
        ("Baku AND (mine OR mines)", "not found", "leave out (mine OR mines)"),
        ("Baku AND CASE(SOCAR)", "not found", "leave out CASE(SOCAR)"),
        ("CASE(Report)", "written otherwise: body ¶3 “report”", "write Report"),
        (
            '"Baku ministers"',
            "its words are there, not side by side",
            "write Baku AND ministers",
        ),
        (
            '"report according and"',
            "its words are there, not side by side",
            'write report AND according AND "and"',
        ),
        (
            "Baku AND NOT football",
            "excluded by football: headline “Football”",
            "leave out NOT football",
        ),
        ("Baku AND lang:ru", "the article's lang is en", "leave out lang:ru"),
        ("Baku AND words:>120", "the body has 31 words", "write words:>30"),
        ("Baku AND /[0-9]+/", "finds nothing", "leave out /[0-9]+/"),
        (
            "Tehran OR ATLEAST3(Drone*)",
            "2 of 3 mentions, body ¶3 “Drones”",
            "write ATLEAST2(Drone*)",
        ),
    ],
)
def test_the_failing_clause_says_how_far_it_was(
    query: str, because: str, relaxation: str
) -> None:
    assert explained(make_rule(query)) == [(because, relaxation)]


def test_every_failing_clause_is_told_the_first_first() -> None:
    found = explained(make_rule("Tehran AND Baku AND Meghri"))
    assert [relaxation for _, relaxation in found] == ["leave out Tehran", "leave out Meghri"]


@pytest.mark.parametrize(
    ("rule", "because"),
    [
        (make_rule("Baku", exclude="chess OR headline:football"),
         "excluded by headline:football: headline “Football”"),
        (make_rule("Baku", where=Where(langs=("ru", "fa"))), "the language is en"),
        (make_rule("Baku", where=Where(sources=("trend.az",))),
         "the source is newsroom, newsroom.example"),
        (make_rule("Baku", where=Where(min_words=80)), "31 words"),
        (make_rule("Baku", expires=date(2026, 11, 1)), "the rule has expired"),
        (make_rule(score=(30, {"drone*": 10, "Lachin": 15, "Football": -5, "war": 9})),
         "score 20 of 30: +10 drone*, +15 Lachin, -5 Football"),
    ],
)  # fmt: skip
def test_what_stands_beside_the_query_is_explained_too(rule: RuleText, because: str) -> None:
    assert [reason for reason, _ in explained(rule)] == [because]


def test_an_old_article_is_explained() -> None:
    rule = make_rule("Baku", where=Where(max_age=timedelta(hours=1)))
    rules = compile_rules([rule])
    later = NOW + timedelta(hours=2)
    found = why(rules, "rule", read_article(ARTICLE), now=later)
    assert found.near_miss
    assert str(found.failures[0].why) == "published 2 h ago"


def test_a_rule_that_fires_shows_its_evidence() -> None:
    rules = compile_rules([make_rule("troops NEAR/2 Lachin")])
    found = why(rules, "rule", read_article(ARTICLE), now=NOW)
    assert render_explanation(found) == (
        "rule fires\n"
        "  body ¶3 [13:31] “Troops left Lachin”\n"
        "      Troops left Lachin; according to a report, drones and men."
    )
    assert explanation_to_dict(found)["fires"] is True


def test_a_rule_that_does_not_fire_is_written_out() -> None:
    rules = compile_rules([make_rule("Zangezur NEAR/6 corridor")])
    found = why(rules, "rule", read_article(ARTICLE), now=NOW)
    assert render_explanation(found) == (
        "rule does not fire: 1 clause failed\n"
        "  Zangezur NEAR/6 corridor\n"
        "      nearest pair 12 apart, body ¶2\n"
        "      it would hold if you write Zangezur NEAR/12 corridor"
    )


def test_nobody_is_told_to_leave_out_the_whole_query() -> None:
    rules = compile_rules([make_rule("Gibraltar")])
    found = why(rules, "rule", read_article(ARTICLE), now=NOW)
    assert render_explanation(found) == (
        "rule does not fire: 1 clause failed\n  Gibraltar\n      not found"
    )


def test_a_rule_that_could_not_be_decided_says_so_and_does_not_seem_to_fire() -> None:
    rules = compile_rules([make_rule("Baku", exclude="/(a|aa)+$/")])
    found = why(rules, "rule", read_article(make_article("a" * 60 + "b Baku")), now=NOW)
    assert not found.fires
    assert "/(a|aa)+$/\n      takes more than 100 ms on this article" in render_explanation(
        found
    )


def test_an_unknown_rule_is_an_error_of_its_own() -> None:
    with pytest.raises(UnknownRuleError):
        why(compile_rules([]), "rule", read_article(ARTICLE), now=NOW)


@settings(max_examples=300, deadline=None)
@given(queries, queries, articles)
def test_with_the_named_relaxations_the_rule_fires(
    match: syntax.Query, exclude: syntax.Query, article: Article
) -> None:
    text = make_rule("x", exclude="y", where=Where(langs=("ru",), min_words=9))
    trees = RuleTrees(text=text, match=match, exclude=exclude)
    reading = read_article(article)
    found = explain(trees, SPELLINGS, reading, now=NOW)
    again = found.relaxed or trees
    compiler = Compiler(vocabulary=Vocabulary(), lists=SPELLINGS)
    rule = compile_rule(again, compiler)
    assert rule.fires(Hits(compiler.vocabulary, reading), NOW)
    assert found.fires == (not found.failures)
