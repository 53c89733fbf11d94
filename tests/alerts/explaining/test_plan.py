"""What a plan says of an edit is exactly what the edited rules then do."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alerts.explaining.advice import NOISY, advise
from alerts.explaining.plan import Archived, plan, plan_to_dict, render_plan
from alerts.explaining.usage import unused_arms
from alerts.language.complaint import to_located
from alerts.language.printer import print_query
from alerts.language.syntax import is_positive
from alerts.matching.reading import read_article
from alerts.matching.ruleset import RuleSet, compile_rules
from config.rule import RuleTest
from storage.article import Article
from tests.alerts.queries import LISTS, articles, queries
from tests.making import NOW, make_article, make_rule, make_terms

TERMS = [make_terms(name, *spellings) for name, spellings in LISTS.items()]


def archive_of(*articles: Article, step: timedelta = timedelta(hours=1)) -> list[Archived]:
    return [
        Archived(
            article_id=number,
            headline=article.headline,
            seen_at=NOW + number * step,
            reading=read_article(article),
        )
        for number, article in enumerate(articles)
    ]


def live(rules: RuleSet, archive: list[Archived]) -> dict[tuple[str, int], object]:
    return {
        (match.rule.id, each.article_id): match.evidence
        for each in archive
        for match in rules.match(each.reading, now=each.seen_at).matches
    }


positive = queries.filter(is_positive).map(print_query)


@settings(max_examples=100, deadline=None)
@given(st.lists(positive, max_size=3), st.lists(positive, max_size=3), st.lists(articles))
def test_a_plan_is_what_live_matching_does(
    old: list[str], new: list[str], found: list[Article]
) -> None:
    before = compile_rules([make_rule(q, id=f"r{n}") for n, q in enumerate(old)], TERMS)
    after = compile_rules([make_rule(q, id=f"r{n}") for n, q in enumerate(new)], TERMS)
    archive = archive_of(*found)
    was, is_now = live(before, archive), live(after, archive)
    planned = plan(before, after, archive)
    newly = {(r.rule_id, d.article_id): d.evidence for r in planned.rules for d in r.newly}
    ceases = {(r.rule_id, d.article_id): d.evidence for r in planned.rules for d in r.ceases}
    assert newly == {key: is_now[key] for key in is_now.keys() - was.keys()}
    assert ceases == {key: was[key] for key in was.keys() - is_now.keys()}


BAKU, PORT = (
    make_article("Baku is rich", headline="One"),
    make_article("A port", headline="Two"),
)


def test_a_plan_shows_headlines_and_evidence_of_both_sides() -> None:
    old, new = compile_rules([make_rule("Baku")]), compile_rules([make_rule("port")])
    planned = plan(old, new, archive_of(BAKU, PORT))
    assert render_plan(planned) == (
        "rule: +1 newly fire, -1 cease\n"
        "  + 2026-11-24 #1 Two\n"
        "      body ¶1 “port”\n"
        "  - 2026-11-24 #0 One\n"
        "      body ¶1 “Baku”\n"
        "2 articles; at most 1 new in one day"
    )
    assert plan_to_dict(planned)["articles"] == 2


def test_a_changed_term_list_changes_the_rules_that_use_it() -> None:
    old = compile_rules([make_rule("@city")], [make_terms("city", "Baku")])
    new = compile_rules([make_rule("@city")], [make_terms("city", "Baku", "port")])
    planned = plan(old, new, archive_of(BAKU, PORT))
    assert [d.headline for rule in planned.rules for d in rule.newly] == ["Two"]


def test_an_edit_that_changes_nothing_plans_nothing() -> None:
    rules = compile_rules([make_rule("Baku")])
    again = compile_rules([make_rule("Baku # the capital")])
    assert render_plan(plan(rules, again, archive_of(BAKU))) == "no difference on 1 article"


def test_an_edit_is_refused_by_its_loudest_day() -> None:
    archive = archive_of(*[BAKU] * 60, step=timedelta(minutes=30))
    planned = plan(compile_rules([]), compile_rules([make_rule("Baku")]), archive)
    assert planned.most_new_in_a_day == 34  # from 07:00 to midnight, two an hour
    assert planned.refused(33)
    assert not planned.refused(34)


def codes(warnings: tuple[object, ...]) -> list[str]:
    return [str(warning).split("warning: ")[1].split()[0] for warning in warnings]


def test_a_noisy_rule_is_named() -> None:
    archive = archive_of(*[BAKU] * (NOISY + 1), step=timedelta(minutes=1))
    assert codes(advise(compile_rules([make_rule("Baku")]), archive)) == ["W210"]


def test_a_rule_silent_for_ninety_days_is_named() -> None:
    archive = archive_of(PORT, PORT, step=timedelta(days=91))
    assert codes(advise(compile_rules([make_rule("Baku")]), archive)) == ["W210"]


def test_an_exclusion_that_takes_most_matches_is_named_with_what_it_takes() -> None:
    rules = compile_rules([make_rule("Baku", exclude="rich")])
    (warning,) = advise(rules, archive_of(BAKU, BAKU, make_article("Baku")))
    assert codes((warning,)) == ["W211"]
    assert "One" in warning.hint


def test_a_rule_that_another_one_contains_is_named() -> None:
    rules = compile_rules([make_rule("Baku AND rich", id="a"), make_rule("Baku", id="b")])
    warnings = advise(rules, archive_of(*[BAKU] * 5, make_article("Baku")))
    assert codes(warnings) == ["W212"]
    assert "matches of b too" in warnings[0].message


@pytest.mark.parametrize(
    ("tested", "archive", "unused"),
    [
        pytest.param((), [], "Baku, port, rail*", id="nothing ever fired"),
        pytest.param(("Baku opens",), [], "port, rail*", id="a test used one"),
        pytest.param(("Baku opens",), [PORT], "rail*", id="the archive used another"),
    ],
)
def test_arms_that_nothing_used_are_named_in_one_warning(
    tested: tuple[str, ...], archive: list[Article], unused: str
) -> None:
    tests = tuple(RuleTest(text=to_located(text), fires=True) for text in tested)
    rules = compile_rules([make_rule("(Baku OR port OR rail*) AND NOT sea", tests=tests)])
    (warning,) = unused_arms(rules, archive_of(*archive))
    assert warning.message.split("used ")[1].split(":")[0] == unused


def test_of_a_long_list_that_nothing_used_the_first_are_named_and_the_rest_counted() -> None:
    rules = compile_rules([make_rule(" OR ".join(f"word{n}" for n in range(30)))])
    (warning,) = unused_arms(rules)
    assert "word7 and 22 more:" in warning.message
    assert "word8" not in warning.message


def test_a_rule_whose_arms_were_all_used_is_not_named() -> None:
    tests = tuple(RuleTest(text=to_located(text), fires=True) for text in ("Baku", "a port"))
    assert not unused_arms(compile_rules([make_rule("Baku OR port", tests=tests)]))
