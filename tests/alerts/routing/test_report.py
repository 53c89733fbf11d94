"""What is told of a match: its words, its place, one mention per sentence."""

from dataclasses import replace

import pytest

from alerts.matching.reading import read_article
from alerts.matching.ruleset import compile_rules
from alerts.notification import ChangeNote
from alerts.routing.report import (
    article_note,
    evidence_json,
    is_material,
    matched_rule,
    read_evidence,
)
from tests.alerts.telling import make_rule
from tests.making import NOW, make_article


def test_a_match_tells_each_sentence_once_with_its_place() -> None:
    article = make_article(
        "A first paragraph.",
        "The corridor is a corridor is a corridor. Another corridor opens.",
        headline="Talks",
    )
    rules = compile_rules([make_rule()], [])
    (match,) = rules.match(read_article(article), now=NOW).matches
    evidence = matched_rule(match).note.evidence
    assert [(each.field, each.block) for each in evidence] == [("body", 2), ("body", 2)]
    assert [each.sentence for each in evidence] == [
        "The corridor is a corridor is a corridor.",
        "Another corridor opens.",
    ]
    assert read_evidence(evidence_json(evidence)) == evidence


def test_a_day_without_a_time_stays_a_day() -> None:
    article = make_article()
    day = replace(article, published_at=NOW.date())
    assert article_note(article, 1, NOW).published_at == "2026-11-24T07:00:00Z"
    assert article_note(day, 1, NOW).published_at == "2026-11-24"


@pytest.mark.parametrize(
    ("kinds", "material"),
    [
        (("typo",), False),
        (("layout", "wording"), False),
        (("typo", "number"), True),
        (("negation",), True),
        ((), False),
    ],
)
def test_an_edit_is_material_when_it_says_something_else(
    kinds: tuple[str, ...], material: bool
) -> None:
    changes = [ChangeNote(kind=kind, before="a", after="b") for kind in kinds]
    assert is_material(changes) is material
