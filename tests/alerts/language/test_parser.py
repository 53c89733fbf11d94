"""Every mistake of a query is found at once, at its place, with what to write instead."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alerts.language.parser import MAX_QUERY, parse, parse_query
from alerts.language.term import parse_term
from config.errors import ConfigError


@pytest.mark.parametrize(
    ("text", "code", "offset", "hint"),
    [
        pytest.param("", "E100", 0, "at least one", id="empty"),
        pytest.param("Baku AND ()", "E100", 10, "", id="empty group"),
        pytest.param('Iran AND "Baku', "E101", 9, "close", id="unclosed quote"),
        pytest.param("(Baku OR (Iran)", "E101", 0, ")", id="unclosed parenthesis"),
        pytest.param("Baku)", "E101", 4, "delete", id="stray parenthesis"),
        pytest.param("Iran AND /ab", "E101", 9, "/", id="unclosed regular expression"),
        pytest.param("Baku & Iran", "E102", 5, "AND", id="foreign operator"),
        pytest.param("Baku, Iran", "E102", 4, "OR", id="comma"),
        pytest.param("hd=Baku", "E102", 2, "headline:Baku", id="Factiva field"),
        pytest.param("hlp=(Baku)", "E102", 3, "hlead:( … )", id="Factiva field, a group"),
        pytest.param("Baku AND wc>200", "E102", 11, "words:>200", id="Factiva length"),
        pytest.param("Baku AND la=en", "E102", 11, "lang:en", id="Factiva language"),
        pytest.param("Baku AND rst=twap", "E102", 12, "source:(…)", id="Factiva source code"),
        pytest.param("Baku date after 2026", "E103", 5, "Baku AND date", id="date as a word"),
        pytest.param("date after 2026", "E103", 5, "max_age", id="Factiva date"),
        pytest.param("date after -7", "E102", 11, "max_age: 7d", id="Factiva days ago"),
        pytest.param(
            "Iran NOT Heydar Aliyev",
            "E103",
            16,
            '"Heydar Aliyev", or Heydar AND',
            id="NOT two words",
        ),
        pytest.param("Baku same Iran", "E103", 5, "Baku SAME/P Iran", id="Factiva same"),
        pytest.param("Bakı VƏ Tehran", "E103", 5, "Bakı AND Tehran", id="Azerbaijani and"),
        pytest.param("МИД Ирана И Баку", "E103", 4, '"МИД Ирана" AND Баку', id="Russian and"),
        pytest.param("باکو یا تهران", "E103", 5, "باکو OR تهران", id="Persian or"),
        pytest.param("Baku and/or Iran", "E103", 5, "Baku OR Iran", id="and/or"),
        pytest.param("باکو، تهران", "E102", 4, "OR or AND between", id="Persian comma"),
        pytest.param("analy$e", "E102", 5, "analy?e", id="Factiva open letter"),
        pytest.param("pd>20260101", "E102", 2, "max_age", id="Factiva date"),
        pytest.param("#baku", "E100", 0, "begins a remark", id="a hash tag"),
        pytest.param("atleast3(Baku)", "E105", 0, "ATLEAST3(", id="Factiva atleast"),
        pytest.param("ATLEAST4 Baku", "E102", 0, "ATLEAST4(Baku)", id="no parentheses"),
        pytest.param("Baku+Iran", "E102", 4, "AND", id="a plus for AND"),
        pytest.param("‘Baku’ AND Iran", "E102", 0, "the plain '", id="quotes of Word"),
        pytest.param("Iran!", "E102", 4, "word*", id="LexisNexis truncation"),
        pytest.param("NOT NOT Baku AND Iran", "E102", 4, "once", id="NOT twice"),
        pytest.param("Zangezur corridor", "E103", 9, '"Zangezur corridor"', id="side by side"),
        pytest.param(
            "headline:Zangezur corridor",
            "E103",
            18,
            'headline:"Zangezur corridor", or headline:(Zangezur AND corridor)',
            id="side by side behind a field",
        ),
        pytest.param("@a @b", "E103", 3, "AND", id="two lists side by side"),
        pytest.param("Baku AND Iran OR Iraq", "E104", 14, "(Baku AND Iran) OR", id="mixed"),
        pytest.param("Baku and Iran", "E105", 5, "AND", id="lower-case operator"),
        pytest.param("NOT Baku", "E106", 0, "not:", id="only exclusions"),
        pytest.param("Baku NEAR Iran", "E107", 5, "NEAR/5", id="NEAR without distance"),
        pytest.param("Baku near5 Iran", "E107", 5, "NEAR/6", id="Factiva near, Meltwater's"),
        pytest.param("Baku adj3 Iran", "E107", 5, "ONEAR/3", id="Factiva adj"),
        pytest.param("Baku /N5/ Iran", "E107", 5, "NEAR/5", id="Factiva /N5/"),
        pytest.param("Baku/N5/Iran", "E107", 4, "NEAR/5", id="Factiva /N5/ without spaces"),
        pytest.param("Baku w/5 Iran", "E107", 5, "ONEAR/5", id="w/5 of two products"),
        pytest.param("AND Baku", "E108", 0, "before", id="nothing on the left"),
        pytest.param("Baku OR", "E108", 5, "after", id="nothing on the right"),
        pytest.param("Baku NEAR/5", "E108", 5, "after", id="NEAR with nothing on the right"),
        pytest.param("Baku OR NOT Iran", "E109", 8, "AND NOT", id="OR NOT"),
        pytest.param("Baku NEAR/101 Iran", "E110", 5, "SAME/P", id="too far"),
        pytest.param("Baku NEAR/0 Iran", "E110", 5, "", id="no distance at all"),
        pytest.param("Baku NEAR/3 Iran NEAR/3 Iraq", "E111", 17, "AND", id="chained"),
        pytest.param("Baku NEAR/3 (Iran AND Iraq)", "E112", 18, "OR", id="AND inside NEAR"),
        pytest.param("headline:Baku NEAR/3 Iran", "E112", 0, "outside", id="field inside NEAR"),
        pytest.param("Baku SAME/S /x+/", "E112", 12, "words", id="regex inside SAME"),
        pytest.param('Baku AND ""', "E113", 9, "", id="empty phrase"),
        pytest.param("Baku OR __", "E113", 8, "write a word", id="no word"),
        pytest.param("_++", "E113", 0, "write a word", id="signs that tell, and no word"),
        pytest.param("ـ", "E113", 0, "write a word", id="a sign that folds to nothing"),
        pytest.param("/(ab/", "E114", 4, "", id="bad regex"),
        pytest.param("/x*/", "E114", 1, "", id="regex that finds nothing at all"),
        pytest.param("/a(?R)?b/", "E114", 2, "", id="recursion"),
        pytest.param("/(?:foo){e<=3}/", "E114", 8, "", id="fuzzy matching"),
        pytest.param("/ab/m", "E114", 4, "i", id="unknown flag"),
        pytest.param(f"/{'a' * 501}/", "E114", 501, "", id="long regex"),
        pytest.param("/(a+)+b/", "E115", 5, "limit", id="nested repetition"),
        pytest.param("/((a{2,3})b){4,}/", "E115", 12, "limit", id="nested counts"),
        pytest.param("/a{5000}/", "E115", 2, "", id="huge count"),
        pytest.param("ATLEAST1(Baku)", "E116", 0, "ATLEAST3", id="too few"),
        pytest.param("ATLEAST51(Baku)", "E116", 0, "ATLEAST3", id="too many"),
        pytest.param("ATLEAST(Baku)", "E116", 0, "ATLEAST3", id="no number"),
        pytest.param("*aku", "E117", 0, "beginning", id="leading star"),
        pytest.param("Ba*ku", "E117", 2, "beginning", id="inner star"),
        pytest.param("Baku?", "E117", 4, "strik*", id="question mark at the end"),
        pytest.param("Baku OR Ba*", "E118", 8, "more", id="too short before the star"),
        pytest.param("이*", "E118", 0, "more", id="one syllable"),
        pytest.param("中?国", "E117", 1, "strik*", id="no open letter where none is a word's"),
        pytest.param("中*国", "E117", 1, "beginning", id="no inner star there either"),
        pytest.param("headlin:Baku", "E121", 0, "headline", id="unknown field"),
        pytest.param("words:12 AND Baku", "E122", 0, "words:>120", id="words without a sign"),
        pytest.param("Baku AND source:", "E123", 9, "source:value", id="filter without value"),
        pytest.param("source:(a AND b)", "E123", 10, "OR", id="AND in a filter"),
        pytest.param("lang:(en ru) AND Baku", "E123", 9, "OR", id="a filter's values need OR"),
        pytest.param("source:(a OR) AND Baku", "E123", 0, "OR", id="OR with nothing behind it"),
        pytest.param("Baku AND source:irna*", "E123", 16, "whole", id="a star in a filter"),
        pytest.param("headline:(a AND lead:Baku)", "E125", 16, "AND", id="a field deep in one"),
        pytest.param("headline：Baku", "E102", 8, "plain sign", id="a full-width colon"),
        pytest.param(
            "headline :Baku", "E102", 9, "without a blank", id="a blank before a colon"
        ),
        pytest.param("Baku ＡＮＤ Iran", "E105", 5, "AND", id="a full-width operator"),
        pytest.param("CAPS(Nato)", "E105", 0, "CASE(NATO)", id="LexisNexis CAPS"),
        pytest.param("case(Report)", "E105", 0, "CASE(Report)", id="CASE in small letters"),
        pytest.param("Baku w/s Iran", "E107", 5, "SAME/S", id="LexisNexis w/s"),
        pytest.param("Baku SAME/X Iran", "E107", 5, "SAME/P", id="no such unit"),
        pytest.param("Baku /5 Iran", "E107", 5, "NEAR/5", id="Westlaw /5"),
        pytest.param(
            "Baku NEAR /5 Iran", "E107", 5, "NEAR/5", id="a blank before the distance"
        ),
        pytest.param("Baku NEAR(5) Iran", "E107", 5, "NEAR/5", id="a distance in parentheses"),
        pytest.param("Baku NEAR/-1 Iran", "E107", 5, "whole number", id="a distance below one"),
        pytest.param("Baku AROUND(5) Iran", "E107", 5, "NEAR/5", id="Google AROUND"),
        pytest.param("Baku AND NOT NEAR/5 Iran", "E108", 13, "without AND", id="and not near"),
        pytest.param("a NOT NEAR/5 b NEAR/5 c", "E111", 15, "AND", id="a chain from not near"),
        pytest.param("a NOT NEAR/5 (b AND c)", "E112", 16, "OR", id="AND beside not near"),
        pytest.param("https://irna.ir/a", "E102", 0, "source:irna.ir", id="an address"),
        pytest.param("Baku AND date:2026", "E121", 9, "max_age", id="a date"),
        pytest.param(
            "words>120 AND Baku", "E102", 5, "words:>120", id="a length without colon"
        ),
        pytest.param("#COP29", "E100", 0, "hashtag", id="a hashtag is a comment"),
        pytest.param("lang:english AND Baku", "E124", 5, "lang:en", id="language by name"),
        pytest.param("country:gbr AND Baku", "E124", 8, "country:gb", id="three letters"),
        pytest.param("HLEAD(Baku)", "E102", 0, "hlead:( … )", id="a field of LexisNexis"),
        pytest.param("publication(irna)", "E102", 0, "source:( … )", id="its publication"),
        pytest.param("company(SOCAR)", "E102", 0, "write the words", id="its index terms"),
        pytest.param("ATL5(Baku)", "E105", 0, "ATLEAST5(term)", id="ATLEAST in short"),
        pytest.param("cs(ACE)", "E105", 0, "CASE( … )", id="Cision's case"),
        pytest.param("raw:ACE", "E102", 0, "CASE(ACE)", id="Brandwatch's case"),
        pytest.param("++ACE AND Iran", "E102", 0, "CASE(ACE)", id="Talkwalker's case"),
        pytest.param("Baku NEAR/5f Iran", "E107", 5, "ONEAR/6", id="Brandwatch's order"),
        pytest.param('"Baku port"~4', "E102", 11, "a NEAR/5 b", id="words between"),
        pytest.param("Aliyev~1", "E102", 6, "list the spellings", id="a fuzzy word"),
        pytest.param("Baku^2", "E102", 4, "only ranks", id="a weight"),
        pytest.param("_exists_:author", "E121", 0, "no rule asks", id="a field that is there"),
        pytest.param("*stan", "E117", 0, r"/stan\b/i", id="a star in front"),
        pytest.param("col*r", "E117", 3, r"/\bcol\w*r\b/i", id="a star inside"),
        pytest.param("country:Iran AND Baku", "E124", 8, "country:az", id="country by name"),
        pytest.param("type:pay AND Baku", "E124", 5, "paywalled", id="unknown type"),
        pytest.param("headline:lead:Baku", "E125", 9, "AND", id="field in a field"),
    ],
)
def test_a_mistake_is_named_at_its_place_with_a_way_out(
    text: str, code: str, offset: int, hint: str
) -> None:
    errors = [each for each in parse(text).complaints if not each.warning]
    assert [(each.code, each.offset) for each in errors] == [(code, offset)]
    assert hint in errors[0].hint


@pytest.mark.parametrize(
    ("text", "code", "offset"),
    [
        ("“Baku port”", "W201", 0),
        ("«Baku port»", "W201", 0),
        ('Iran AND "oil pipeline*"', "W202", 22),
        ("us AND Iran", "W203", 0),
        ("Кarabakh", "W204", 0),
        ("Baku NEAR/50 Iran", "W205", 5),
        ('"Baku AND Iran"', "W207", 6),
        ('"in @ports now"', "W207", 4),
        ('"@ports"', "W207", 1),
        ("C++ AND Baku", "W209", 1),
        ("U.S. AND Baku", "W209", 0),
        ('"$100 million"', "W209", 1),
    ],
)
def test_a_doubt_is_a_warning_and_the_query_works(text: str, code: str, offset: int) -> None:
    parsed = parse(text)
    assert [(each.code, each.offset) for each in parsed.complaints] == [(code, offset)]
    assert parsed.usable


def test_all_mistakes_are_told_at_once() -> None:
    text = 'Baku Iran AND (Ba* or headlin:x OR "") AND Iran NEAR'
    codes = [each.code for each in parse(text).complaints if not each.warning]
    assert codes == ["E103", "E118", "E105", "E121", "E113", "E107", "E108"]


def test_a_message_shows_line_column_caret_and_hint() -> None:
    with pytest.raises(ConfigError) as caught:
        parse_query("Baku AND\nZangezur corridor")
    assert str(caught.value) == (
        "query:2:10: E103 two terms side by side: Zangezur corridor\n"
        "    Zangezur corridor\n"
        "             ^\n"
        '    hint: "Zangezur corridor", or Zangezur AND corridor, or Zangezur OR corridor'
    )


def test_a_hint_shows_a_query_of_several_lines_on_one() -> None:
    (mistake,) = parse("Baku\n  AND Tehran\nOR Moscow").complaints
    assert mistake.hint.startswith("(Baku AND Tehran) OR Moscow … or Baku AND (Tehran OR")


@pytest.mark.parametrize("text", ["(" * 3000 + "a", "NOT " * 3000 + "a", "a OR " * 5000 + "a"])
def test_nesting_and_length_are_bounded(text: str) -> None:
    assert not parse(text).usable


def test_the_longest_query_is_still_parsed() -> None:
    text = " OR ".join(["Zangezur"] * 1600)
    assert len(text) < MAX_QUERY
    assert parse(text).usable


PIECES = [
    "AND", "OR", "NOT", "(", ")", '"', "a", "Baku*", "@x", "/", "NEAR/5", "SAME/S", "CASE(",
    "ATLEAST3(", "headline:", "source:", "words:>5", "near5", "#", "“", "*", "?", "w/5", "]",
]  # fmt: skip


@given(st.one_of(st.text(max_size=60), st.lists(st.sampled_from(PIECES)).map(" ".join)))
def test_no_text_is_too_strange_to_be_answered(text: str) -> None:
    parsed = parse(text)
    assert all(0 <= each.offset <= len(text) for each in parsed.complaints)


@pytest.mark.parametrize(
    ("term", "codes"),
    [
        ("foreign minister*", []),
        ('"Shah Deniz"', []),
        ("Nagorno-Karabakh", []),
        ("@other", []),
        ("", ["E113"]),
        ("Baku OR Bakı", ["E102"]),
        ("CASE(Report)", ["E102"]),
        ("*ran", ["E117"]),
        ("us", ["W203"]),
        ("who", ["W203"]),
        ("oil", []),
    ],
)
def test_a_list_holds_spellings(term: str, codes: list[str]) -> None:
    assert [each.code for each in parse_term(term).complaints] == codes
