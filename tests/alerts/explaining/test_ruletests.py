"""The examples beside a rule are run; one that comes out otherwise is an error with its why."""

import pytest

from alerts.explaining.ruletests import run_rule_tests
from alerts.language.complaint import to_located
from alerts.matching.ruleset import compile_rules
from config.rule import TEST_FIELDS, RuleTest, RuleText, Where
from tests.making import make_rule


def example(text: str, *, fires: bool = True, field: str = "body") -> RuleTest:
    return RuleTest(text=to_located(text), fires=fires, field=field)


def run(rule: RuleText) -> list[str]:
    return [str(mistake) for mistake in run_rule_tests(compile_rules([rule]))]


CORRIDOR = "Zangezur NEAR/6 corridor"


@pytest.mark.parametrize(
    "rule",
    [
        make_rule(CORRIDOR, tests=(example("The Zangezur transport corridor opens"),)),
        make_rule(CORRIDOR, tests=(example("A hospital corridor", fires=False),)),
        make_rule("headline:Baku", tests=(example("Baku opens", field="headline"),)),
        make_rule("headline:Baku", tests=(example("Baku opens", fires=False),)),
        make_rule("Baku AND lang:ru AND words:>100", tests=(example("Baku"),)),
        make_rule("Baku", where=Where(langs=("ru",), min_words=80), tests=(example("Baku"),)),
        make_rule("Baku", exclude="chess", tests=(example("Baku chess", fires=False),)),
        make_rule("a SAME/P b", tests=(example("a\n\nb", fires=False), example("a, b"))),
    ],
)
def test_an_example_that_comes_out_right_is_silent(rule: RuleText) -> None:
    assert run(rule) == []


def test_an_example_that_should_match_says_what_failed() -> None:
    text = "Zangezur one two three four five six seven corridor"
    assert run(make_rule(CORRIDOR, tests=(example(text),))) == [
        "query:1:1: E130 rule rule should match this text and does not\n"
        f"    {text}\n"
        "    ^\n"
        "    hint: Zangezur NEAR/6 corridor: nearest pair 8 apart, body ¶1"
    ]


def test_an_example_that_should_not_match_says_by_what_it_did() -> None:
    (message,) = run(make_rule("Baku", tests=(example("In Baku", fires=False),)))
    assert "E130 rule rule should not match this text and does" in message
    assert "hint: it has “Baku”" in message


@pytest.mark.parametrize("field", TEST_FIELDS)
def test_an_example_stands_in_the_field_it_names_and_in_no_other(field: str) -> None:
    tests = tuple(
        example("Baku opens", field=each, fires=each == field) for each in TEST_FIELDS
    )
    assert run_rule_tests(compile_rules([make_rule(f"{field}:Baku", tests=tests)])) == ()
