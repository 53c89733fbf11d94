"""Rules fire on what their analyst meant, show the words, and never bring each other down."""

from datetime import date, timedelta

import pytest

from alerts.matching.reading import read_article
from alerts.matching.ruleset import RuleMatch, compile_rules
from config.errors import ConfigError
from config.rule import RuleText, Where
from storage.article import Article, Attribution, Block
from tests.making import NOW, make_article, make_rule, make_source, make_terms

TERMS = [
    make_terms("zangezur", "Zangezur", "Zangazur", "Zəngəzur*", "Зангезур*", "زنگزور"),
    make_terms("corridor", "corridor*", "dəhliz*", "коридор*", "کریدور", "route"),
    make_terms("military", "troop*", "drone*", "missile*", "military exercise*"),
    make_terms("all", "@zangezur", "@military"),
]


def match(rule: RuleText, *paragraphs: str, headline: str = "Headline") -> list[RuleMatch]:
    reading = read_article(make_article(*paragraphs, headline=headline))
    return list(compile_rules([rule], TERMS).match(reading, now=NOW).matches)


@pytest.mark.parametrize(
    ("query", "text", "fires"),
    [
        pytest.param("strike", "STRIKE at the port", True, id="case does not matter"),
        pytest.param("strike", "Striker scores twice", False, id="whole words only"),
        pytest.param("strik*", "Striker scores twice", True, id="a star for endings"),
        pytest.param("wom?n", "Women of Baku", True, id="one open letter"),
        pytest.param("wom?n", "Womaan", False, id="exactly one"),
        pytest.param('"port strike"', "Strike at the port", False, id="a phrase keeps order"),
        pytest.param('"oil pipeline*"', "Two oil pipelines", True, id="star in a phrase"),
        pytest.param('"Baku airport"', "Baku's airport", True, id="a possessive is no word"),
        pytest.param("Amir-Abdollahian", "Amir Abdollahian", True, id="a hyphen is a space"),
        pytest.param("CASE(Report)", "according to Report.", True, id="the agency"),
        pytest.param("CASE(Report)", "according to a report", False, id="not the noun"),
        pytest.param("Baku NEAR/3 port", "Baku one two port", True, id="three words away"),
        pytest.param("Baku NEAR/2 port", "Baku one two port", False, id="not two"),
        pytest.param("Baku NEAR/2 port", "port of Baku", True, id="NEAR in either order"),
        pytest.param("Baku ONEAR/2 port", "port of Baku", False, id="ONEAR in this one only"),
        pytest.param("Iran NEAR/1 (Baku OR Iran)", "Iran Baku the", True, id="a list beside"),
        pytest.param("Iran NEAR/1 (Iran OR Baku)", "the Iran Baku", True, id="in any order"),
        pytest.param("Baku NEAR/5 Baku", "Baku is rich", False, id="one word is no pair"),
        pytest.param("Baku NEAR/5 Baku", "Baku is Baku", True, id="two are"),
        pytest.param("Baku NEAR/5 port", "In Baku. A port.", True, id="NEAR crosses sentences"),
        pytest.param("rico NOT NEAR/2 puerto", "Puerto Rico", False, id="not beside"),
        pytest.param("rico NOT NEAR/2 puerto", "Puerto Rico. The RICO", True, id="one alone"),
        pytest.param("rico NOT NEAR/2 puerto", "Rico, one two Puerto", True, id="three away"),
        pytest.param("rico NOT NEAR/2 puerto", "Puerto", False, id="it must be there"),
        pytest.param("rico NOT ONEAR/2 puerto", "Puerto Rico", True, id="not behind"),
        pytest.param('rico NOT NEAR/2 "puerto rico"', "Puerto Rico", False, id="a part of it"),
        pytest.param("a NOT SAME/S bee", "A bee. A bee.", False, id="in one sentence"),
        pytest.param("a NOT SAME/S bee", "A bee. An a.", True, id="in one of its own"),
        pytest.param("ATLEAST2(a NOT NEAR/1 b)", "A b, then A, then A", True, id="two alone"),
        pytest.param("ATLEAST2(a NOT NEAR/1 b)", "A b, then A, then c", False, id="only one"),
        pytest.param("Baku SAME/S port", "In Baku. A port.", False, id="SAME/S does not"),
        pytest.param("Baku SAME/P port", "In Baku. A port.", True, id="one paragraph"),
        pytest.param("ATLEAST3(@military)", "Drones, troops", False, id="two mentions"),
        pytest.param("ATLEAST3(@military)", "Drones, troops, drones", True, id="three"),
        pytest.param("ATLEAST2(Karabakh OR Nagorno-Karabakh)", "Nagorno-Karabakh", False,
                     id="one mention is not counted twice"),
        pytest.param("Baku AND NOT port", "Baku port", False, id="excluded"),
        pytest.param("words:>2 AND Baku", "Baku is rich", True, id="longer than two words"),
        pytest.param("words:>3 AND Baku", "Baku is rich", False, id="not longer than three"),
        pytest.param(r"/\d+\s?(cm|metres)\b/", "fell by 12 cm", True, id="a regex"),
        pytest.param("/BAKU/", "Baku", False, id="a regex keeps case"),
        pytest.param("/BAKU/i", "Baku", True, id="unless it says i"),
        pytest.param("@all AND Baku", "Troops in Baku", True, id="a list of lists"),
        pytest.param("@zangezur NEAR/6 @corridor", "ZƏNGƏZUR DƏHLİZİ", True, id="Azerbaijani"),
        pytest.param("@zangezur NEAR/6 @corridor", "о Зангезурском коридоре", True, id="ru"),
        pytest.param("@zangezur NEAR/6 @corridor", "كریدور زنگزور", True, id="Arabic kaf"),
        pytest.param("中国", "中国外交部发言人", True, id="Chinese has no blanks"),
        pytest.param("中国", "中立国", False, id="its letters stand side by side"),
        pytest.param("中国*", "中国外交部", True, id="a star changes nothing there"),
        pytest.param("東京 NEAR/3 都庁", "東京の都庁", True, id="Japanese, in letters"),
        pytest.param("東京 SAME/S 都庁", "東京です。都庁は", False, id="its sentences"),
        pytest.param("กรุงเทพ", "ในกรุงเทพมหานคร", True, id="Thai"),
        pytest.param("북한*", "북한은 미사일을", True, id="two Korean syllables and a star"),
        pytest.param("пам'ят*", "пам’яті", True, id="a star after an apostrophe"),
        pytest.param("пам'ят*", "ять і пам", False, id="its parts alone"),
        pytest.param("पाकिस्तानी*", "पाकिस्तानीयों", True, id="a star after a vowel sign"),
        pytest.param("CASE(Report)", "says Re\u00adport", True, id="soft hyphens are not seen"),
        pytest.param("CASE(café)", "a cafe\u0301 in", True, id="an accent written apart"),
        pytest.param("CASE(cafe)", "a cafe\u0301 in", False, id="it is one of its letters"),
        pytest.param("Apple", "Apple™ says", True, id="a trademark's sign"),
    ],
)  # fmt: skip
def test_a_query_fires(query: str, text: str, fires: bool) -> None:
    assert bool(match(make_rule(query), text)) is fires


def test_a_phrase_does_not_run_into_the_next_paragraph_and_a_distance_may() -> None:
    assert not match(make_rule('"in Baku"'), "They met in", "Baku is rich")
    assert match(make_rule("met NEAR/3 Baku"), "They met in", "Baku is rich")


def test_a_distance_never_crosses_fields() -> None:
    rule = make_rule("summit NEAR/5 Baku")
    assert not match(rule, "Baku prepares", headline="Summit")


def test_the_evidence_shows_field_paragraph_characters_words_and_sentence() -> None:
    text = "It rained. The new Zangazur transport corridor opens. People came."
    (found,) = match(make_rule("@zangezur NEAR/6 @corridor"), "First.", text)
    (piece,) = found.evidence
    assert (piece.field, piece.block, piece.place) == ("body", 1, "body ¶2")
    assert text[piece.start : piece.end] == piece.words == "Zangazur transport corridor"
    assert piece.sentence == "The new Zangazur transport corridor opens."


def test_an_accent_that_is_written_apart_belongs_to_the_word_that_is_shown() -> None:
    (found,) = match(make_rule("cafe"), "The cafe\u0301 opens.")
    assert [piece.words for piece in found.evidence] == ["cafe\u0301"]


def test_short_beginnings_of_several_lengths_are_found_beside_long_ones() -> None:
    texts = {"북한*": "북한은", "Д'Ан*": "д'Анжу", "Baku*": "Bakuvians", "об'є*": "об'єкт"}
    rules = compile_rules([make_rule(query, id=query) for query in texts])
    for query, text in texts.items():
        matched = rules.match(read_article(make_article(text)), now=NOW).matches
        assert [each.rule.id for each in matched] == [query]


def test_a_separate_exclusion_holds_a_rule_back() -> None:
    rule = make_rule("Lachin SAME/P @military", exclude="headline:(football OR chess)")
    assert match(rule, "Troops in Lachin", headline="Clash")
    assert not match(rule, "Troops in Lachin", headline="Football in Lachin")


def test_weights_add_up_once_each() -> None:
    weights = {"@military": 10, "@zangezur": 15, "ultimatum": 20, "football": -40}
    rule = make_rule(score=(30, weights))
    assert not match(rule, "Troops, drones, missiles, troops, Zangezur")
    (found,) = match(rule, "Troops in Zangezur after an ultimatum")
    assert found.score == 45
    assert not match(rule, "Football troops in Zangezur after an ultimatum")


def test_match_and_score_must_both_hold() -> None:
    rule = make_rule("Baku", score=(10, {"troop*": 10}))
    assert match(rule, "Troops in Baku")
    assert not match(rule, "Troops in Iran")
    assert not match(rule, "Baku")


@pytest.mark.parametrize(
    ("where", "fires"),
    [
        (Where(), True),
        (Where(langs=("en", "az")), True),
        (Where(langs=("ru",)), False),
        (Where(sources=("*",)), True),
        (Where(sources=("newsroom.example",)), True),
        (Where(sources=("*.example",)), True),
        (Where(sources=("trend.az",)), False),
        (Where(min_words=3), True),
        (Where(min_words=4), False),
        (Where(max_age=timedelta(hours=2)), True),
        (Where(max_age=timedelta(minutes=30)), False),
    ],
)
def test_filters_on_what_an_article_is(where: Where, fires: bool) -> None:
    reading = read_article(make_article("Baku is rich", published_at=NOW - timedelta(hours=1)))
    rules = compile_rules([make_rule("Baku", where=where)])
    assert bool(rules.match(reading, now=NOW).matches) is fires


def test_an_article_without_a_date_or_language_is_not_filtered_away() -> None:
    reading = read_article(make_article("Baku", published_at=None, language=""))
    where = Where(langs=("ru",), max_age=timedelta(hours=1))
    assert compile_rules([make_rule("Baku", where=where)]).match(reading, now=NOW).matches


def test_an_expired_rule_is_silent_from_the_first_minute_of_its_day() -> None:
    reading = read_article(make_article("Baku"))
    rule = make_rule("Baku", expires=date(2026, 11, 25), timezone="Asia/Baku")
    rules = compile_rules([rule])
    evening = NOW.replace(hour=19, minute=59)
    assert rules.match(reading, now=evening).matches
    assert not rules.match(reading, now=evening + timedelta(minutes=1)).matches


def test_fields_and_filters() -> None:
    article = Article(
        url="https://www.irna.ir/1",
        headline="Talks",
        body=(Block(text="A minister spoke."),),
        attributions=(Attribution(name="Foreign Ministry", phrase="said", block=0),),
        section="Sport news",
    )
    reading = read_article(article, source=make_source("irna"))
    rules = compile_rules(
        [
            make_rule('attribution:"Foreign Ministry"', id="attribution"),
            make_rule("section:sport*", id="section"),
            make_rule("any:sport*", id="any"),
            make_rule("sport*", id="story"),
            make_rule("minister AND source:(irna.ir OR presstv.ir)", id="source"),
            make_rule("minister AND source:presstv.ir", id="other source"),
        ]
    )
    fired = [found.rule.id for found in rules.match(reading, now=NOW).matches]
    assert fired == ["attribution", "section", "any", "source"]


def test_row_93_a_slow_expression_costs_a_tenth_of_a_second_and_its_own_rule() -> None:
    rules = compile_rules([make_rule("/(a|aa)+$/", id="slow"), make_rule("Baku", id="good")])
    reading = read_article(make_article("a" * 60 + "b Baku"))
    matched = rules.match(reading, now=NOW)
    assert [found.rule.id for found in matched.matches] == ["good"]
    assert matched.set_aside == (("slow", "/(a|aa)+$/ took more than 100 ms"),)


def test_row_93_an_expression_sees_a_hundred_thousand_characters() -> None:
    rules = compile_rules([make_rule("/Baku/", id="far"), make_rule("Baku", id="words")])
    for long, expected in ((99_000, ["far", "words"]), (101_000, ["words"])):
        article = make_article("x" * 50_000, "y " * (long // 2 - 25_000) + "Baku", headline="H")
        matched = rules.match(read_article(article), now=NOW)
        assert [found.rule.id for found in matched.matches] == expected


def test_all_mistakes_of_all_rules_and_lists_come_at_once() -> None:
    rules = [
        make_rule("Zangezur corridor", id="a"),
        make_rule("@zangezr", id="b"),
        make_rule("Baku", id="c", exclude="NOT x"),
        make_rule(id="d"),
    ]
    terms = [*TERMS, make_terms("loop", "@pool"), make_terms("pool", "@loop"), make_terms("no")]
    with pytest.raises(ConfigError) as caught:
        compile_rules(rules, terms)
    codes = [m.message.split()[0] for m in caught.value.mistakes if not m.warning]
    assert codes == ["E100", "E132", "E132", "E103", "E120", "E106", "E100"]
    assert "did you mean @zangezur?" in str(caught.value)


def test_a_list_that_no_query_can_name_is_a_mistake() -> None:
    with pytest.raises(ConfigError) as caught:
        compile_rules([make_rule("Baku")], [make_terms("gas fields", "Shah Deniz")])
    (mistake,) = caught.value.mistakes
    assert "E102 no query can name the list gas fields" in str(mistake)
    assert "gas-fields" in str(mistake)


def test_an_unknown_source_in_a_query_is_an_error_when_the_sources_are_known() -> None:
    rules = [make_rule("Baku AND source:newsrom")]
    assert len(compile_rules(rules).rules) == 1
    with pytest.raises(ConfigError, match=r"E131 unknown source newsrom\b"):
        compile_rules(rules, known_sources=["newsroom"])


def test_several_spellings_without_brackets_are_doubted() -> None:
    terms = make_terms("sea", "Caspian Sea, Khazar")
    (warning,) = compile_rules([make_rule("@sea")], [terms]).warnings
    assert warning.message.startswith("W208 @sea is one spelling with a comma in it")
    assert "sea: [Caspian Sea, Khazar]" in warning.hint


def test_a_rule_without_any_word_is_tried_always_and_said_so() -> None:
    rules = compile_rules([make_rule("/[0-9]+ cm/", id="regex")])
    assert "W206" in str(rules.warnings[0])
    reading = read_article(make_article("12 cm"))
    assert rules.match(reading, now=NOW).matches


def test_a_word_repeated_a_hundred_thousand_times_does_not_hold_us_up() -> None:
    reading = read_article(make_article("Baku Iran " * 50_000))
    query = "ATLEAST50(Baku NEAR/100 Iran) AND Baku SAME/P Iran"
    (found,) = compile_rules([make_rule(query)]).match(reading, now=NOW).matches
    assert len(found.evidence) <= 24
