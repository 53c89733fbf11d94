"""Figures are told apart from dates, in every script."""

import pytest

from alerts.routing.facts import facts_of
from tests.making import make_article


@pytest.mark.parametrize(
    ("headline", "facts"),
    [
        ("12 killed, 17 hurt", {"12", "17"}),
        ("12,000 flee as 3.5% of homes burn", {"12000", "3.5"}),
        ("12 000 человек, 3,5 процента", {"12000", "3.5"}),
        ("۱۷ نفر کشته شدند", {"17"}),
        ("١٧ قتيلا", {"17"}),
        ("Talks on December 5, 2023 at 12:30", set()),
        ("Переговоры 5 декабря в 12.30", set()),
        ("5 dekabr 2026", set()),
        ("On 2026-11-24 the 3rd May plan", set()),
        ("No figures at all", set()),
    ],
)
def test_a_headline_states(headline: str, facts: set[str]) -> None:
    assert facts_of(make_article("Words.", headline=headline)) == facts


def test_a_translation_states_the_same() -> None:
    english = make_article(
        "The fire killed 12 and hurt 17 on 5 December.", headline="12 killed"
    )
    russian = make_article("Погибли 12, ранены 17 человек 5 декабря.", headline="Погибли 12")
    persian = make_article("در آتش‌سوزی ۱۲ کشته و ۱۷ زخمی شدند.", headline="۱۲ کشته")
    assert facts_of(english) == facts_of(russian) == facts_of(persian)


def test_news_stands_at_the_top() -> None:
    article = make_article("One.", "Two.", "Three.", "In the war 900 died.", headline="Talks")
    assert facts_of(article) == set()


def test_row_34_a_text_of_nothing_but_months_is_read_through_once() -> None:
    """Begun anew at each of them, it would hold the writer for hours."""
    assert facts_of(make_article("jan" * 150_000, headline="Talks")) == set()
