"""What is counted is told apart from when, what is named from what a sentence begins with."""

from dataclasses import replace

import pytest

from alerts.routing.counted import in_groups
from alerts.routing.facts import Facts, facts_of
from storage.article import Attribution
from tests.making import make_article


def figures(facts: Facts) -> set[str]:
    return {fact.key for fact in facts.leading if not fact.is_name}


def names(facts: Facts) -> list[str]:
    return [fact.shown for fact in facts.leading if fact.is_name]


@pytest.mark.parametrize(
    ("headline", "counted"),
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
        # In words, as all eight languages have them.
        ("Five dead, three missing", {"5", "3"}),
        ("Погибли пятеро, ищут троих", {"5", "3"}),
        ("Beş nəfər ölüb, üçü itkin düşüb", {"5", "3"}),
        ("Ölenlerin sayısı sekize değil yediye, üçü çocuk", {"3"}),
        ("Cinco muertos y tres desaparecidos", {"5", "3"}),
        ("Cinq morts, trois disparus", {"5", "3"}),
        ("Fünf Tote, drei Vermisste", {"5", "3"}),
        ("پنج کشته و سه ناپدید", {"5", "3"}),
        # A rate is no clock time, a word that begins like a month is none.
        ("Rate kept at 7.25%, not 12.75", {"7.25", "12.75"}),
        ("40 marines in 5 decades", {"40", "5"}),
        ("Um 17.30 Uhr am 3. März, a las 18.00 horas del 5 de mayo", set()),
        ("2 octobre, 7 Kasım, 11 iyulda, 4 березня, 3 تیر", set()),
        # Orders of size say the same in figures and in words.
        ("1.3 million barrels", {"1300000"}),
        ("1,3 млн баррелей", {"1300000"}),
        ("12 тысяч домов", {"12000"}),
        ("12 min ev, 12 bin ev", {"12000"}),
        ("3,8 Mrd. Euro", {"3800000000"}),
        # Which one of a row, and which telling of the wire.
        ("Одиннадцатая встреча", set()),
        ("UPDATE 3-Fires on tankers are out", set()),
    ],
)
def test_a_headline_states(headline: str, counted: set[str]) -> None:
    assert figures(facts_of(make_article("Words.", headline=headline))) == counted


def test_a_translation_states_the_same() -> None:
    english = make_article(
        "The fire killed 12 and hurt 17 on 5 December.", headline="12 killed"
    )
    russian = make_article("Погибли 12, ранены 17 человек 5 декабря.", headline="Погибли 12")
    persian = make_article("در آتش‌سوزی ۱۲ کشته و ۱۷ زخمی شدند.", headline="۱۲ کشته")
    assert (
        figures(facts_of(english)) == figures(facts_of(russian)) == figures(facts_of(persian))
    )


def test_news_stands_at_the_top_but_what_stands_below_is_told_too() -> None:
    below = "Words.", "Words.", "Here 7 spoke.", "Words.", "In the war 900 died."
    facts = facts_of(make_article("Words.", *below, headline="Talks"))
    assert figures(facts) == set()
    assert facts.stated >= {"7", "900"}


@pytest.mark.parametrize(
    ("figure", "told", "new"),
    [
        pytest.param("74", {"74.5"}, False, id="rounded"),
        pytest.param("1000", {"1400"}, False, id="over a thousand"),
        pytest.param("40", {"38"}, True, id="a toll that grew"),
        pytest.param("12", {"12"}, False, id="the same"),
        pytest.param("3", set(), True, id="nothing was told"),
    ],
)
def test_a_figure_is_new(figure: str, told: set[str], *, new: bool) -> None:
    facts = facts_of(make_article("Words.", headline=f"Now {figure} hurt"))
    assert bool(facts.unknown(frozenset(told))) is new


FIRE = "A fire broke out in Sumgayit, the mayor of Baku, Eldar Azizov, said on Monday."


@pytest.mark.parametrize(
    ("text", "language", "new"),
    [
        pytest.param(FIRE, "en", [], id="nobody new"),
        pytest.param("The fire was put out, said Rashad Nabiyev.", "en", ["Rashad Nabiyev"],
                     id="somebody who was not named"),
        pytest.param("The fire of Sumgait is out, says Azizov.", "en", [], id="spelt anew"),
        pytest.param("Wind fans the fire. Rain may come on Tuesday in March.", "en", [],
                     id="what begins a sentence, days and months"),
        pytest.param("The fire is out, AP reports.", "en", [],
                     id="what is too short to be known by its sound"),
        pytest.param("Пожар потушен, сообщил Рашад Набиев.", "ru", [], id="a new language"),
        pytest.param("Das Feuer ist nach einer Nacht voller Angst gelöscht.", "de", [],
                     id="a language that writes nouns so"),
    ],
)  # fmt: skip
def test_a_name_is_new_to_who_was_told_in_its_language(
    text: str, language: str, new: list[str]
) -> None:
    told = facts_of(make_article(FIRE, headline="Fire")).stated
    article = make_article(text, headline="Fire", language=language)
    assert [fact.shown for fact in facts_of(article).unknown(told)] == new


def test_an_agency_that_is_cited_is_no_news() -> None:
    cited = Attribution(name="Associated Press", phrase="reports", block=0, agency=True)
    plain = make_article("It is out, the Associated Press reports.", headline="Fire")
    assert names(facts_of(plain)) == ["Associated Press"]
    assert names(facts_of(replace(plain, attributions=(cited,)))) == []


def test_long_figures_are_written_in_groups() -> None:
    assert [in_groups(each) for each in ("950", "9500", "25200", "1300000.5")] == [
        "950", "9500", "25\u00a0200", "1\u00a0300\u00a0000.5",
    ]  # fmt: skip


def test_what_an_older_version_told_and_endless_digits_are_no_figures() -> None:
    facts = facts_of(make_article("9" * 5_000, headline="Now 12 hurt"))
    assert [fact.key for fact in facts.unknown(frozenset({"1.234.56", ""}))] == ["12"]


def test_a_page_of_names_and_figures_is_read_as_far_as_news_goes() -> None:
    names = " ".join(f"Mx{a}{b}{c}rdn" for a in "bdfg" for b in "klmn" for c in "prst")
    article = make_article(*(f"{names} {number}." for number in range(9_000)), headline="Talks")
    assert len(facts_of(article).stated) <= 2_001


def test_row_34_a_text_of_nothing_but_months_is_read_through_once() -> None:
    """Begun anew at each of them, it would hold the writer for hours."""
    assert figures(facts_of(make_article("jan" * 150_000, headline="Talks"))) == set()
