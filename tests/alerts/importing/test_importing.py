"""Queries of other products are translated, and what changes its meaning is said."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from alerts.importing.dialects import DIALECTS
from alerts.importing.imported import import_to_dict, render_import, render_rule
from alerts.importing.importing import import_query


@pytest.mark.parametrize(
    ("product", "theirs", "ours"),
    [
        ("factiva", "zangezur corridor", '"zangezur corridor"'),
        ("factiva", "iran near5 baku", "iran NEAR/5 baku"),
        ("factiva", "iran/N5/baku", "iran NEAR/5 baku"),
        ("factiva", "iran adj3 baku", "iran ONEAR/3 baku"),
        ("factiva", "iran w/5 baku", "iran ONEAR/5 baku"),
        ("factiva", "iran same baku", "iran SAME/P baku"),
        ("factiva", "iran near500 baku", "iran NEAR/100 baku"),
        ("factiva", "atleast5 karabakh", "ATLEAST5(karabakh)"),
        ("factiva", "diplomat$3", r"/\bdiplomat\w{0,3}\b/i"),
        ("factiva", "hd=(iran or baku) and wc>1000", "headline:(iran OR baku) AND words:>1000"),
        ("factiva", "hlp=drone and la=ru", "hlead:drone AND lang:ru"),
        ("factiva", "a and b or c not d", "(a AND b) OR (c AND NOT d)"),
        ("factiva", "rst=twap and iran", "iran"),
        ("factiva", "baku/F50/ or iran", "hlead:baku OR iran"),
        ("factiva", "(baku or iran)/f100/ and drone", "hlead:(baku OR iran) AND drone"),
        ("factiva", "“caspian sea” or «black sea»", '"caspian sea" OR "black sea"'),
        ("factiva", "iran and date after 20260101", "iran"),
        ("factiva", "iran and pd>20260101", "iran"),
        ("factiva", "date from 20250101 to 20250201 and iran", "iran"),
        ("factiva", "iran and date -7", "iran"),
        ("factiva", "$100 million and iran", '"100 million" AND iran'),
        ("factiva", "au=smith and by=jones", "byline:smith AND byline:jones"),
        ("lexis", "Cyprus OR Paris W/5 Gas", "(Cyprus OR Paris) NEAR/5 Gas"),
        ("lexis", "a PRE/5 b", "a ONEAR/5 b"),
        ("lexis", "a W/S b AND NOT c", "a SAME/S b AND NOT c"),
        ("lexis", "a W/P b", "a SAME/P b"),
        ("lexis", "a W/SEG b", "a AND b"),
        ("lexis", "treat! AND wom*n", "treat* AND wom?n"),
        ("lexis", "HLEAD(drone!) AND LENGTH > 1200", "hlead:drone* AND words:>1200"),
        ("lexis", "ALLCAPS(report)", "CASE(REPORT)"),
        ("lexis", "LANGUAGE(english) AND Cyprus", "lang:en AND Cyprus"),
        ("meltwater", "iran NEAR/5 baku", "iran NEAR/6 baku"),
        ("meltwater", "iran ONEAR/5 baku", "iran ONEAR/6 baku"),
        ("meltwater", "iran NEAR baku", "iran NEAR/5 baku"),
        ("meltwater", '"iran baku"~4', "iran NEAR/5 baku"),
        ("meltwater", "title:iran AND ingress:(a OR b)", "headline:iran AND lead:(a OR b)"),
        ("meltwater", "iran baku NOT c", "iran AND baku AND NOT c"),
        (
            "google",
            "baku OR tehran -football drone",
            "(baku OR tehran) AND NOT football AND drone",
        ),
        ("google", "baku | tehran port", "(baku OR tehran) AND port"),
        ("google", "-football (baku OR chess)", "NOT football AND (baku OR chess)"),
        (
            "google",
            'intitle:baku "shah deniz" site:irna.ir',
            'headline:baku AND "shah deniz" AND source:irna.ir',
        ),
        ("google", "iran AROUND(4) baku", "iran NEAR/5 baku"),
        ("google", "north-south corridor after:2026-01-01", "north-south AND corridor"),
        ("google", "“baku airport” –football", '"baku airport" AND NOT football'),
        ("google", "allintitle: baku tehran", "headline:(baku AND tehran)"),
        ("google", '"zangezur * corridor"', '"zangezur" ONEAR/4 "corridor"'),
        ("google", "#baku & @tehran", "baku AND tehran"),
        ("factiva", "tesla.hd. or bp", "headline:tesla OR bp"),
        ("factiva", "oil ANDNOT gas", "oil AND NOT gas"),
        ("factiva", "oil w/para gas", "oil SAME/P gas"),
        ("factiva", "Marks & Spencer", '"Marks Spencer"'),
        ("factiva", "iran and date in last 2 weeks", "iran"),
        ("factiva", "a near5 (b and c)", "a NEAR/5 b AND a NEAR/5 c"),
        ("lexis", "a W/10 (b W/5 c)", "a NEAR/10 (b OR c) AND b NEAR/5 c"),
        ("lexis", "a NOT W/5 b", "a NOT NEAR/5 b"),
        ("lexis", "bank! BUT NOT river", "bank* AND NOT (river OR rivers)"),
        ("lexis", "a /5 b AND c +3 d & e /s f", "a NEAR/5 b AND c ONEAR/3 d AND e SAME/S f"),
        ("lexis", "LENGTH(>1000) AND oil!", "words:>1000 AND oil*"),
        ("lexis", "Gas AND date geq (01/01/2026)", "Gas"),
        ("lexis", "Gas and date aft 1/1/2026", "Gas"),
        ("lexis", "atl3(Gas) and rumor", "ATLEAST3(Gas) AND (rumor OR rumors)"),
        ("lexis", "city or fox or boy", "city OR cities OR fox OR foxes OR boy OR boys"),
        ("lexis", "bonus or analysis or Houthi", "bonus OR analysis OR Houthi OR Houthis"),
        ("lexis", '"oil price" or oil price', '"oil price" OR "oil price" OR "oil prices"'),
        ("lexis", "CAPS(apple) and stores", "CASE(Apple OR APPLE) AND stores"),
        ("lexis", "plural(bank) and singular(merger)", "banks AND merger"),
        ("lexis", "bank**", r"/\bbank\w{0,2}\b/i"),
        ("factiva", "organi?ation and ab*", r"organi?ation AND /\bab\w*\b/i"),
        ("factiva", "strik?", r"/\bstrik\w\b/i"),
        ("factiva", "oil$10", r"/\boil\w{0,10}\b/i"),
        ("factiva", "hd=oil price and gas", 'headline:"oil price" AND gas'),
        ("factiva", "engineer$3 near5 baku", "engineer* NEAR/5 baku"),
        ("meltwater", "col*r AND *stan", r"/\bcol\w*r\b/i AND /stan\b/i"),
        ("meltwater", 'site:"http://www.bbc.com/news" AND oil', "source:bbc.com AND oil"),
        (
            "talkwalker",
            "gas NEAR/4 (Baku OR (Ganja AND NOT hotel))",
            "gas NEAR/5 Baku OR (gas NEAR/5 Ganja AND NOT hotel)",
        ),
        (
            "lexis",
            "(Cyprus and Gas) w/5 (Paris or Texas)",
            "Cyprus NEAR/5 (Paris OR Texas) AND Gas NEAR/5 (Paris OR Texas)",
        ),
        ("talkwalker", "++Apple AND sourcecountry:us", "CASE(Apple) AND country:us"),
        ("brandwatch", "logitech NEAR/2f keyboard", "logitech ONEAR/3 keyboard"),
        ("brandwatch", "rail NEAR/0f track", "rail ONEAR/1 track"),
        ("brandwatch", "raw:Google+ OR raw:iOS", r"/\bGoogle\+(?!\w)/ OR CASE(iOS)"),
        ("brandwatch", "#COP29 OR @COP29_AZ", r"/\B#COP29\b/i OR /\B@COP29_AZ\b/i"),
        ("brandwatch", "oil <<<the black one>>> AND country:gbr", "oil AND country:gb"),
        ("x", "$BP dividend -is:retweet", r"/\B\$BP\b/i AND dividend"),
        ("cision", 'headline("merger") AND cs("ACE")', 'headline:"merger" AND CASE("ACE")'),
        ("mediacloud", "oil gas AND language:en", "oil AND gas AND lang:en"),
        ("lucene", "oil gas coal", "oil OR gas OR coal"),
        ("lucene", "+oil +(gas OR coal) -football", "oil AND (gas OR coal) AND NOT football"),
        ("lucene", "oil AND gas OR coal", "oil AND gas"),
        ("lucene", "oil OR gas AND NOT coal", "gas AND NOT coal"),
        ("lucene", "NOT football AND baku", "baku AND NOT football"),
        ("lucene", '"oil price"~4', "oil ONEAR/5 price OR price ONEAR/3 oil"),
        ("lucene", '"oil price"~0 AND gas', '"oil price" AND gas'),
        ("lucene", "title:oil^2 AND word_count:[500 TO *]", "headline:oil AND words:>=500"),
        ("lucene", "words:{100 TO 500] AND oil", "words:>100 AND words:<=500 AND oil"),
        ("lucene", "/[cg]ara?/ OR karaba?h", r"/\b[cg]ara?\b/i OR karaba?h"),
        ("google", "the same day near baku", "the AND same AND day AND near AND baku"),
        ("google", "'oil spill' port", "oil AND spill AND port"),
        ("feedly", "oil and NOT drill", "oil AND NOT drill"),
        ("lexis", "LANGUAGE(english OR russian) AND Gas", "lang:(en OR ru) AND Gas"),
        ("lexis", "PUBLICATION(new york times) AND Gas", 'source:"new york times" AND Gas'),
        ("lexis", "u.s. W/3 Paris", "u.s. NEAR/3 Paris"),
        ("brandwatch", "apple AND -author:spam*", "apple AND NOT byline:spam*"),
        ("google", "oil +gas ~export", "oil AND gas AND export"),
        ("factiva", "[oil or gas] and baku", "(oil OR gas) AND baku"),
        ("factiva", "atleast5 oil company and gas", 'ATLEAST5("oil company") AND gas'),
        ("factiva", "wc=500 and oil", "words:>=500 AND words:<=500 AND oil"),
        ("factiva", "oil near 5 gas", "oil NEAR/5 gas"),
        ("factiva", "oil and date after 1 October 2026", "oil"),
        ("factiva", "oil and date this week", "oil"),
        ("factiva", "\ufeff“oil\u200b gas” and hl=coal", '"oil gas" AND headline:coal'),
        ("factiva", "la=(eng or jpn) and oil", "lang:(en OR ja) AND oil"),
        ("lexis", "Cyprus not /5 gas", "Cyprus NOT NEAR/5 gas"),
        ("lexis", "Cyprus not/s gas", "Cyprus NOT SAME/S gas"),
        ("lexis", "Cyprus w / 6 gas", "Cyprus NEAR/6 gas"),
        ("lexis", "Cyprus pre/sent gas", "Cyprus SAME/S gas"),
        ("lexis", "Cyprus +p gas", "Cyprus SAME/P gas"),
        ("lexis", "Cyprus /seg gas", "Cyprus AND gas"),
        ("lexis", "length gt 500 and gas", "words:>500 AND gas"),
        ("lexis", "length(leq 500) and gas", "words:<=500 AND gas"),
        ("lexis", "gas and date(geq (10/13/2026) and leq (10/20/2026))", "gas"),
        ("lexis", "gas and publication-type(newspaper)", "gas"),
        ("lexis", "gas and not source(guardian)", "gas AND NOT source:guardian"),
        ("lexis", "crisis (gas or bonus)", "crisis AND (gas OR bonus)"),
        ("lexis", "col**r", "col??r"),
        ("cision", 'headline:("a b") AND title:c', 'headline:"a b" AND headline:c'),
        ("brandwatch", "{BT} OR {British Telecom}", 'CASE(BT) OR CASE("British Telecom")'),
        ("brandwatch", "raw:{BT}", "CASE(BT)"),
        ("brandwatch", "((a OR b) AND c)~5", "(a OR b) NEAR/6 c"),
        ("brandwatch", "authorFollowers:[1 TO 9] AND oil", "oil"),
        ("meltwater", "metaData.title:oil", "headline:oil"),
        ("talkwalker", "dam SENTENCE crack*", "dam SAME/S crack*"),
        (
            "talkwalker",
            'wordcount:>80 AND domainurl:"a.example"',
            "words:>80 AND source:a.example",
        ),
        (
            "proquest",
            'ti(oil) AND "rare earth" P/3 quota*',
            'headline:oil AND "rare earth" ONEAR/3 quota*',
        ),
        ("proquest", "oil near gas", "oil NEAR/4 gas"),
        ("proquest", "TI,AB(oil) and su.exact(“Trade”)", 'hlead:oil AND tag:"Trade"'),
        ("lexis", "gas and date last 7 days", "gas"),
        ("factiva", "licen?e* and oil", r"/\blicen\we\w*\b/i AND oil"),
        ("factiva", "licen?e* near5 oil", "licen* NEAR/5 oil"),
        ("lexis", "licen*e! and gas", r"/\blicen\we\w*\b/i AND gas"),
        ("proquest", "nutr[*5]", r"/\bnutr\w{0,5}\b/i"),
        ("factiva", "&quot;oil price&quot; and AT&amp;T", '"oil price" AND AT&T'),
        ("meltwater", "＂oil price＂ AND （gas OR ″a b″）", '"oil price" AND (gas OR "a b")'),
        ("proquest", "a or b and c not d", "(a OR (b AND c)) AND NOT d"),
        ("proquest", "oil n/10 gas not la.exact(“Spanish”)", "oil NEAR/10 gas AND NOT lang:es"),
    ],
)
def test_a_query_is_translated(product: str, theirs: str, ours: str) -> None:
    found = import_query(theirs, product)
    assert found.query == ours
    assert found.problems == ()


@pytest.mark.parametrize(
    ("product", "theirs", "reason"),
    [
        ("factiva", "zangezur corridor", "side by side are a phrase"),
        ("factiva", "baku/F50/", "headline and lead, not the first 50 words"),
        ("factiva", "a and b or c", "Factiva binds distance > NOT > AND > OR"),
        ("factiva", "rst=twap and iran", "source codes are not ours: write source:"),
        ("factiva", "xyz=twap and iran", "no field xyz"),
        ("factiva", "iran and date after 20260101", "max_age"),
        ("factiva", "baku near5 diplomat$3", "takes no expression"),
        ("factiva", "iran near500 baku", "at most 100"),
        ("factiva", "a near5 b near5 c", "do not chain"),
        ("lexis", "bank", "finds regular plurals"),
        ("lexis", "a AND NOT b AND c", "LexisNexis binds OR > distance > AND > NOT"),
        ("google", "a b OR c", "Google binds distance > NOT > OR > AND"),
        ("google", "inurl:baku iran", "an address is not searched"),
        ("google", "iran", "synonyms"),
        ("lexis", "iran OR baku W/5 corridor", "LexisNexis binds OR > distance > AND > NOT"),
        ("meltwater", "iran NEAR/5 baku", "the words between are counted"),
        ("meltwater", "iran baku", "must all be found"),
        ("lucene", "oil AND gas OR coal", "Lucene only ranks by it"),
        ("lucene", "oil~1", "list the other spellings in terms:"),
        ("lucene", "oil^2", "a weight only ranks"),
        ("lucene", "date:[2024-01-01 TO now] AND oil", "an alert sees what is new"),
        ("lucene", "_exists_:author AND oil", "whether a field is there"),
        ("feedly", "oil and NOT drill", "Feedly takes it for a word like all others"),
        ("google", "'oil spill' port", "single quotes are none there"),
        ("cision", '"subsid*" AND ev', "Cision finds nothing by a * in quotes"),
        ("factiva", "la=(en or klingon) and oil", "not a language that we know"),
        ("brandwatch", "oil <<<the black one>>>", "a comment"),
        ("brandwatch", "#COP29", "with its sign only, as there; for the bare word write COP29"),
        ("x", "oil from:bbc", "articles are watched here, not posts"),
        ("factiva", "oil, gas", "it joins nothing; did you mean OR"),
        ("factiva", "*stan and oil", "Factiva takes no * before a word: read as meant"),
        ("factiva", "td=oil", "all paragraphs, the lead too"),
        ("factiva", "lp=oil", "the standfirst and the first two paragraphs"),
        ("lexis", "gas w/seg bonus", "anywhere in the article, not in one field of it"),
        ("lexis", "grève! ou débrayage!", "was it meant so, or is it OR"),
        ("lexis", "gas within 5 bonus", "was it meant so, or is it a distance"),
        ("meltwater", "ingress:oil", "the first two paragraphs; its lead may be shorter"),
        ("factiva", "&quot;oil&quot; and gas", "as a page's source writes it: read as meant"),
        ("factiva", "oil near 5 gas", "a distance holds no blanks there: read as meant"),
        ("factiva", "oil and date after -7", "for the same span  where: {max_age: 7d}"),
        ("factiva", "oil and date in last 2 weeks", "{max_age: 14d}"),
        ("google", "oil when:12h", "{max_age: 12h}"),
        ("factiva", "oil and pd=20261001-20261020", "where: has max_age"),
        ("lexis", "oil pre/s gas", "one sentence, in either order: the order is not kept here"),
        ("lexis", "oil and country(aze)", "its index terms are not ours"),
        ("brandwatch", "sentiment:positive oil", "we have no field sentiment"),
        (
            "brandwatch",
            "(oil OR gas)~5",
            "here a distance stands between two terms: a NEAR/5 b",
        ),
        ("proquest", "oil and dtype(news)", "its kinds of documents are not ours"),
    ],
)
def test_a_change_of_meaning_is_said(product: str, theirs: str, reason: str) -> None:
    assert any(reason in change.reason for change in import_query(theirs, product).changes)


@pytest.mark.parametrize(
    ("product", "theirs"),
    [
        ("factiva", "iran near5 (baku or yerevan)"),
        ("factiva", "(a and b) or c"),
        ("meltwater", '"shah deniz" AND (iran OR baku)'),
        ("brandwatch", "title:oil AND (fire OR smoke) NOT url:sport"),
        ("lucene", 'oil AND (baku OR "baku airport")'),
        ("lexis", "bank and merger"),
    ],
)
def test_what_means_the_same_is_not_called_a_change(product: str, theirs: str) -> None:
    changes = import_query(theirs, product).changes
    assert [change for change in changes if "side by side" in change.reason] == []
    assert [change for change in changes if "binds" in change.reason] == []


@pytest.mark.parametrize(
    ("product", "theirs", "place"),
    [
        ("factiva", "oil and\nrst=twap", (2, 1)),
        ("factiva", "oil and la=(en or klingon)", (1, 19)),
        ("factiva", "oil and date after 20260101", (1, 9)),
        ("lucene", "oil AND gas OR coal", (1, 16)),
        ("lucene", "oil AND gas^2", (1, 12)),
        ("lucene", "oil AND\n  gas~1", (2, 6)),
        ("brandwatch", "oil <<<black>>>", (1, 5)),
        ("x", "oil from:bbc", (1, 5)),
        ("factiva", "BP.co. and oil", (1, 1)),
        ("lexis", "Oil and company(bp plc)", (1, 9)),
        ("lucene", "oil AND published_at:>=2026-01-01", (1, 9)),
        ("brandwatch", "oil AND source:(bbc NOT cnn)", (1, 25)),
    ],
)
def test_what_is_left_out_is_told_with_its_place(
    product: str, theirs: str, place: tuple[int, int]
) -> None:
    found = import_query(theirs, product)
    (lost,) = (change for change in found.changes if not change.after)
    assert lost.place == place
    told = "left out: line {}, column {}: {}".format(*place, lost.before)
    assert told in render_import(found)


LOST = {
    **dict.fromkeys(DIALECTS, "url:a"),
    "factiva": "rst=a",
    "lexis": "company(a)",
    "cision": "xyz(a)",
    "x": "from:a",
    "proquest": "dtype(a)",
}


@pytest.mark.parametrize("product", DIALECTS)
@pytest.mark.parametrize(
    ("operator", "theirs"),
    [
        ("NEAR/5", "{lost} NEAR/5 oil"),
        ("NEAR/5", "gas AND (oil NEAR/5 {lost})"),
        ("NEAR/5", "oil NEAR/5 ({lost} OR {lost})"),
        ("NEAR/6", "gas NEAR/5 oil NEAR/6 {lost}"),
        ("W/S", "{lost} W/S oil"),
        ("not w/5", "oil not w/5 {lost}"),
        ("not w/5", "oil AND {lost} not w/5 gas"),
        ("AND NOT", "oil AND NOT {lost}"),
        ("NOT", "oil OR NOT {lost}"),
        ("NOT", "oil AND (NOT ({lost} OR {lost}))"),
        ("atleast3", "atleast3 ({lost}) AND oil"),
        ("caps", "oil AND caps({lost})"),
        ("/f50/", "({lost})/f50/ AND oil"),
    ],
)
def test_an_operator_falls_with_what_it_needs_and_is_told_with_its_place(
    product: str, operator: str, theirs: str
) -> None:
    text = "coal\nAND " + theirs.format(lost=LOST[product])
    found = import_query(text, product)
    (fallen,) = (each for each in found.changes if each.before == operator)
    assert not fallen.after
    assert LOST[product] in fallen.reason
    assert fallen.place == (2, text.splitlines()[1].index(operator) + 1)


@pytest.mark.parametrize(
    ("product", "theirs", "ours", "before"),
    [
        ("factiva", 'oil and date from 01/01/2026 w/10 "x y"', 'oil AND "x y"', "w/10"),
        ("factiva", "ns=cpol near5 Baku", "Baku", "near5"),
        ("factiva", "hd=(ns=cpol) and Baku", "Baku", "hd="),
        ("google", "allintitle: inurl:x", "", "allintitle:"),
        ("lucene", "oil -url:x", "oil", "-"),
        ("lucene", "oil +url:x", "oil", "+"),
        ("meltwater", "url:a near/4 oil near/3 gas", "oil NEAR/4 gas", "near/4"),
        ("factiva", "x near5 rst=a near6 y", "x AND y", "near6"),
        ("lexis", "Paris and company(bp) not w/5 Gas", "Paris", "not w/5"),
        ("meltwater", '"oil"~5 AND gas', '"oil" AND gas', "~5"),
        (
            "brandwatch",
            "source:(bbc NOT (cnn OR fox) OR itv)",
            "source:(bbc OR itv)",
            "NOT fox",
        ),
    ],
)
def test_what_is_left_stands_as_if_the_operator_had_not_been(
    product: str, theirs: str, ours: str, before: str
) -> None:
    found = import_query(theirs, product)
    assert found.query == ours
    assert before in [change.before for change in found.changes if not change.after]


@pytest.mark.parametrize(
    ("product", "theirs", "ours"),
    [
        ("factiva", "Baku not (ns=cpol and oil)", "Baku AND NOT oil"),
        ("factiva", "Baku or not (ns=cpol near5 oil)", "Baku OR NOT oil"),
        ("lucene", "baku -(url:x AND oil)", "baku AND NOT oil"),
        ("lexis", "Paris not w/5 (company(bp) and Gas)", "Paris NOT NEAR/5 Gas"),
    ],
)
def test_an_exclusion_that_lost_a_condition_is_said_to_exclude_more(
    product: str, theirs: str, ours: str
) -> None:
    found = import_query(theirs, product)
    assert found.query == ours
    (wider,) = (each for each in found.changes if "may exclude more" in each.reason)
    assert wider.before in {"not", "not w/5", "-"}


def test_what_is_wrong_in_a_translation_is_pointed_at() -> None:
    many = " or ".join(f"oil{n}" for n in range(40))
    for theirs in ("iran near5 (baku or hd=x)", f"{many} or iran near5 (baku or hd=x)"):
        found = import_query(theirs, "factiva")
        rule = render_rule(found, "harbour").splitlines()
        for told in (render_import(found).splitlines(), rule):
            (caret,) = (n for n, row in enumerate(told) if row.endswith(" ^"))
            assert told[caret - 1][told[caret].index("^") :].startswith("headline:x)")
            assert "to correct: E112" in told[caret - 2]


def test_what_only_looks_other_stands_below_what_means_something_else() -> None:
    found = import_query("title:oil AND gas~1 OR coal AND 'a b'", "meltwater")
    kinds = [line.split(":")[0].strip() for line in render_import(found).splitlines()[1:]]
    assert kinds == sorted(kinds, key=["left out", "changed", "written otherwise"].index)
    assert {"left out", "changed", "written otherwise"} == set(kinds)


def test_a_query_of_which_nothing_is_left_cannot_go_live() -> None:
    (problem,) = import_query("rst=twap", "factiva").problems
    assert problem.said.startswith("E100 nothing of the query is left")


def test_a_query_of_many_groups_is_read_and_one_too_deep_is_named() -> None:
    many = " OR ".join(f"(oil{n} AND gas{n})" for n in range(200))
    assert import_query(many, "meltwater").problems == ()
    for deep in ("title:" * 3000, "atleast5 " * 2000 + "a", "(" * 3000):
        (problem, *_) = import_query(deep, "factiva" if "at" in deep else "meltwater").problems
        assert problem.said.startswith("E119 line 1, column ")
    (long,) = import_query("oil " * 6000, "google").problems
    assert long.said.startswith("E119 longer than 20000 characters")
    assert import_query("not " * 4000 + "oil", "factiva").query == "oil"


def test_what_cannot_go_live_is_left_to_a_person() -> None:
    found = import_query("iran near5 (baku or hd=yerevan)", "factiva")
    (problem,) = found.problems
    assert problem.said.startswith(
        "E112 column 22 of the translation: not possible beside NEAR"
    )
    assert "to correct: E112" in render_import(found)
    assert import_to_dict(found)["problems"] == [problem.said]


@pytest.mark.parametrize(
    ("product", "theirs", "problem"),
    [
        ("factiva", "oil and", "E108 line 1, column 5: and has nothing on its right; write a"),
        (
            "factiva",
            "near5 oil",
            "E108 line 1, column 1: near5 has nothing on its left; write a",
        ),
        ("factiva", "a near5 not b", "E108 line 1, column 3: near5 has nothing on its right"),
        ("factiva", "oil\nor or gas", "E108 line 2, column 4: or has nothing on its left"),
        ("factiva", "((a or b) and c", "E101 line 1, column 1: ( is never closed; write )"),
        ("factiva", "a or b) and c", "E101 line 1, column 7: ) without its (; delete it"),
        ("factiva", "oil and ()", "E100 line 1, column 9: nothing between the parentheses"),
        ("factiva", "oil and atleast3", "E108 line 1, column 9: atleast3 has nothing on its"),
        ("factiva", "oil or not", "E108 line 1, column 8: not has nothing on its right"),
        ("lucene", "oil NOT", "E108 line 1, column 5: NOT has nothing on its right"),
        ("factiva", "hd=", "E123 line 1, column 1: hd= needs a value; hd=word"),
        ("google", '"oil price', 'E101 line 1, column 1: " is never closed; write " after'),
        ("google", "oil 2024..2026", "E102 line 1, column 5: unexpected 2024..2026; put the"),
        (
            "meltwater",
            "oil -gas",
            "E102 line 1, column 5: unexpected -gas; write AND NOT before",
        ),
        ("google", "-football", "E106 column 1 of the translation: only exclusions"),
        ("meltwater", "oil AND –gas", "E102 line 1, column 9: unexpected –gas; write AND NOT"),
        ("cision", "oil ! gas", "E102 line 1, column 5: unexpected !; for other endings write"),
        (
            "lexis",
            "oil w/5gas",
            "E107 line 1, column 5: unexpected w/5gas; LexisNexis reads no",
        ),
        (
            "factiva",
            "oil near5gas",
            "E107 line 1, column 5: unexpected near5gas; Factiva reads",
        ),
        ("factiva", "oil and/or gas", "E105 line 1, column 5: unexpected and/or; write OR"),
        ("cision", "oil within/5 gas", "E107 line 1, column 5: unexpected within/5; Cision"),
        (
            "meltwater",
            "é.title:oil",
            "E121 line 1, column 1: unexpected é.title:oil; Meltwater",
        ),
        ("brandwatch", "oil OR {BT", "E101 line 1, column 8: { is never closed; write }"),
    ],
)
def test_what_nobody_can_read_is_named_with_its_place(
    product: str, theirs: str, problem: str
) -> None:
    assert import_query(theirs, product).problems[0].said.startswith(problem)


@pytest.mark.parametrize(
    ("product", "theirs", "column", "word"),
    [
        ("lexis", "beer and Сarabao", 10, "Сarabao"),
        ("factiva", "hd=“the Сarabao cup”", 9, "Сarabao"),
        ("meltwater", "oil AND Kаzakh*", 9, "Kаzakh"),
    ],
)
def test_a_letter_that_only_looks_right_is_pointed_at_and_left(
    product: str, theirs: str, column: int, word: str
) -> None:
    found = import_query(theirs, product)
    (warning,) = found.warnings
    assert warning.startswith(f"W204 line 1, column {column}: one word in two alphabets")
    assert f"to look at: {warning}" in render_import(found)
    assert import_to_dict(found)["warnings"] == [warning]
    assert found.problems == ()
    assert word in found.query


def test_words_of_one_alphabet_each_are_not_warned_of() -> None:
    assert (
        import_query("Zəngəzur AND Зангезур AND COVID-ом AND Erdoğan", "meltwater").warnings
        == ()
    )


PIECES = ["and", "OR", "not", "AND NOT", "near5", "w/5", "W/S", "(", ")", '"', "hd=", "title:",
          "LENGTH > 5", "atleast5", "a", "iran!", "x*", "~4", "CAPS(", "/N5/", "-x",
          "|", "AROUND(3)", "site:", "+", "-", "^2", "[1 TO 2]", "/a.c/", "raw:", "++x", "#x",
          "<<<", "words:", "lang:", "'", "*x*", "x$2", "NEAR/2f", "plural(", "{",
          "}", "[", "not /5", "pre/s", "SENTENCE", "length gt 5", "date(", ","]  # fmt: skip


@example("factiva", "$")
@example("factiva", ",;")
@given(
    st.sampled_from(sorted(DIALECTS)),
    st.one_of(st.text(max_size=40), st.lists(st.sampled_from(PIECES)).map(" ".join)),
)
def test_no_foreign_text_is_too_strange_to_be_answered(product: str, text: str) -> None:
    found = import_query(text, product)
    assert found.query or not found.changes or all(change.reason for change in found.changes)
