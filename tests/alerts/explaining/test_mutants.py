"""A clause that no test and no article needs is named, and one that is needed is not."""

from datetime import UTC, datetime

import pytest

from alerts.explaining.mutants import mutants_of, try_without
from alerts.explaining.plan import Archived
from alerts.language.complaint import to_located
from alerts.matching.reading import read_article
from alerts.matching.ruleset import RuleSet, compile_rules
from config.load import load_config
from config.rule import RuleTest
from config.secrets import AnySecret
from storage.article import Article, Block
from tests.making import EXAMPLE, make_rule

NOW = datetime(2026, 11, 24, 7, tzinfo=UTC)


def rule_of(query: str, *, fires: str, not_fires: str = "", exclude: str = "") -> RuleSet:
    tests = [(fires, True), (not_fires, False)]
    examples = tuple(
        RuleTest(text=to_located(text), fires=wanted) for text, wanted in tests if text
    )
    return compile_rules([make_rule(query, exclude=exclude or None, tests=examples)])


@pytest.mark.parametrize(
    ("query", "clauses"),
    [
        pytest.param("Baku AND port", ["Baku", "port"], id="each side of AND"),
        pytest.param(
            "Baku NEAR/5 port", ["the distance in Baku NEAR/5 port"], id="the distance"
        ),
        pytest.param(
            "Baku SAME/S port", ["the nearness in Baku SAME/S port"], id="the sentence"
        ),
        pytest.param(
            "Baku NOT NEAR/5 port",
            ["what is not near in Baku NOT NEAR/5 port"],
            id="what is not near",
        ),
        pytest.param("ATLEAST3(Baku)", ["the number in ATLEAST3(Baku)"], id="the number"),
        pytest.param("headline:Baku", ["the field in headline:Baku"], id="the field"),
        pytest.param("CASE(Report)", ["the case in CASE(Report)"], id="the case"),
        pytest.param("Baku AND NOT cup", ["Baku", "NOT cup"], id="the exclusion"),
        pytest.param(
            "Baku AND NOT (cup OR game)",
            ["Baku", "NOT (cup OR game)", "NOT cup", "NOT game"],
            id="each arm of the exclusion",
        ),
        pytest.param("(Baku AND port) OR cup", ["Baku", "port"], id="within an arm"),
        pytest.param("Baku AND lang:en", ["Baku"], id="what a test cannot say is left"),
        pytest.param("Baku", [], id="one word alone"),
    ],
)
def test_every_clause_is_left_out_once(query: str, clauses: list[str]) -> None:
    (trees,) = compile_rules([make_rule(query)]).trees
    assert [each.clause for each in mutants_of(trees)] == clauses


@pytest.mark.parametrize(
    ("query", "not_fires", "unneeded"),
    [
        pytest.param("Baku AND port", "Baku cup", 1, id="one side is tested"),
        pytest.param("Baku NEAR/2 port", "Baku has no such thing as a port", 0, id="too far"),
        pytest.param("Baku NEAR/2 port", "Baku", 1, id="the distance is not tested"),
        pytest.param("CASE(Report) AND Baku", "a report from Baku", 1, id="small letters"),
    ],
)
def test_a_test_that_fails_without_a_clause_needs_it(
    query: str, not_fires: str, unneeded: int
) -> None:
    rules = rule_of(query, fires="Report: Baku port", not_fires=not_fires)
    found = try_without(rules)
    assert found.unneeded == unneeded
    assert len(found.warnings) == bool(unneeded)


def test_an_article_that_would_fire_without_a_clause_needs_it() -> None:
    rules = rule_of("Baku AND port", fires="Baku port", exclude="cup")
    (warning,) = try_without(rules).warnings
    assert "would pass its tests without: Baku; port; not: cup" in str(warning)
    article = Article(url="https://a.example/", body=(Block(text="The port cup in Baku"),))
    seen = Archived(article_id=1, headline="", seen_at=NOW, reading=read_article(article))
    (warning,) = try_without(rules, [seen]).warnings
    assert "without: Baku; port" in str(warning)
    assert "cup" not in warning.message


def test_each_weight_of_a_score_is_left_out() -> None:
    rule = make_rule(score=(20, {"troops": 10, "drones": 10, "football": -40}))
    (trees,) = compile_rules([rule]).trees
    clauses = [each.clause for each in mutants_of(trees)]
    assert clauses == ["troops: 10", "drones: 10", "football: -40"]
    tested = make_rule(
        score=(20, {"troops": 10, "drones": 10, "football": -40}),
        tests=(RuleTest(text=to_located("troops and drones"), fires=True),),
    )
    (warning,) = try_without(compile_rules([tested])).warnings
    assert "without: football: -40" in str(warning)


def test_the_examples_rules_need_their_clauses_but_where_two_fields_are_compared() -> None:
    config = load_config(EXAMPLE, AnySecret())
    found = try_without(compile_rules(config.rules, config.terms))
    left = [each.message.partition(" would")[0] for each in found.warnings]
    assert left == ["W214 border-incident", "W214 photo-evidence"]
    assert found.unneeded == 2
