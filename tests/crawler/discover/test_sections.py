"""The articles on a section page are found by selector, by pattern, or learned."""

import json
from dataclasses import replace

import pytest

from config.source import Source
from crawler.discover.discovery import discover_links
from crawler.discover.outcome import Discovered, Fault, Undiscoverable, Way, WayKind
from crawler.discover.traps import trap_in
from tests.making import NOW, make_source

BASE = "https://newsroom.example"
SECTION = Way(kind=WayKind.SECTION, url=f"{BASE}/world")


def read(body: str | bytes, source: Source | None = None) -> Discovered | Undiscoverable:
    raw = body.encode() if isinstance(body, str) else body
    return discover_links(raw, SECTION.url, None, source or make_source(), now=NOW, way=SECTION)


def paths(body: str, source: Source | None = None) -> list[str]:
    outcome = read(body, source)
    assert isinstance(outcome, Discovered), outcome
    return [link.url.removeprefix(BASE) for link in outcome.links]


MENU = """
<header><a href="/"><img src="/logo.png" alt="The Newsroom of the whole Caspian region"></a>
<nav><ul><li><a href="/world">World</a></li><li><a href="/politics">Politics</a></li>
<li><a href="/opinion-and-analysis">Opinion and analysis</a></li>
<li><a href="/special-report-on-the-caspian">Special report: The Caspian</a></li>
</ul></nav></header>
"""
FOOTER = """
<div class="tags">
<a href="/tag/zangezur-transport-corridor-project">Zangezur transport corridor</a></div>
<div class="pagination"><a href="/world?page=2">2</a>
<a href="/world/page/3">Next page of stories</a></div>
<footer><a href="/about">About the Newsroom and its people</a>
<a href="/privacy-policy-and-cookies">Privacy policy and cookies of the Newsroom</a>
<a href="/author/nigar-bayramli">Nigar Bayramli, correspondent</a>
<a href="https://social.example/newsroom/status/1234567890">Follow us on the social network</a>
<a href="mailto:desk@newsroom.example">Write to the desk of the Newsroom</a></footer>
"""


def page(main: str) -> str:
    head = "<!DOCTYPE html><html><head><title>World</title></head>"
    return f"{head}<body>{MENU}<main>{main}</main>{FOOTER}"


ENGLISH = [
    ("/world/ministers-discuss-corridor-in-moscow", "Ministers discuss corridor in Moscow"),
    ("/world/navy-commander-visits-baku", "Navy commander visits Baku for talks"),
    ("/politics/embassy-in-tehran-reopens", "Embassy in Tehran reopens after a year"),
]
NUMBERED = [
    ("/news/184512", "Назирлər Москвада дəhlizi müzakirə etdilər"),
    ("/news/184498", "Hərbi dəniz qüvvələrinin komandanı Bakıya gəldi"),
    ("/news/184477", "Tehrandakı səfirlik bir ildən sonra açıldı"),
]
RUSSIAN = [
    ("/2026/11/24/a7791.shtml", "Министры обсудили коридор на встрече в Москве"),
    ("/2026/11/24/a7788.shtml", "Командующий флотом прибыл в Баку с визитом"),
    ("/2026/11/23/a7701.shtml", "Посольство в Тегеране откроется через год"),
]
PERSIAN = [
    (f"/fa/news/{n}/%D9%88%D8%B2%DB%8C%D8%B1%D8%A7%D9%86", title)
    for n, title in (
        (91234, "وزیران درباره کریدور زنگزور گفتگو کردند"),
        (91230, "فرمانده نیروی دریایی وارد باکو شد"),
        (91199, "سفارت در تهران پس از یک سال بازگشایی شد"),
    )
]
JAPANESE = [
    ("/articles/AST1F3JMHT1FPOMB008M.html", "外相がモスクワで回廊を協議した"),
    ("/articles/AST1B1PT4T1BUQIP02PM.html", "海軍司令官がバクーを訪問、協力強化へ"),
    ("/articles/AST191TY8T19ULFA03KM.html", "テヘランの大使館、一年ぶりに再開"),
]
ARTICLE_IDS = [
    ("/article.php3?id_article=2214", "Le maire renonce au parking"),
    ("/article.php3?id_article=2213", "Vendanges : dix jours d'avance"),
    ("/article.php3?id_article=2211", "La fibre arrive, enfin"),
]
COMMAS = [
    ("/artykul/88117,basen-zamkniety,id,t.html", "Basen zamknięty do odwołania"),
    ("/artykul/88115,nowy-dyrektor,id,t.html", "Nowy dyrektor filharmonii"),
    ("/artykul/88101,zuzlowcy-z-medalem,id,t.html", "Żużlowcy z medalem"),
]
QUERIES = [
    ("/index.php?newsid=55121", "Ministers discuss corridor in Moscow"),
    ("/index.php?newsid=55119", "Navy commander visits Baku for talks"),
    ("/index.php?newsid=55102", "Embassy in Tehran reopens after a year"),
]
LISTS = [
    pytest.param(links, id=name)
    for name, links in (
        ("slugs", ENGLISH),
        ("numbers", NUMBERED),
        ("dates", RUSSIAN),
        ("Persian", PERSIAN),
        ("Japanese", JAPANESE),
        ("queries", QUERIES),
        ("queries of another kind", ARTICLE_IDS),
        ("commas", COMMAS),
    )
]


def cards(links: list[tuple[str, str]]) -> str:
    return "".join(
        f'<div class="card"><a href="{path}"><img src="/i.jpg" alt=""></a>'
        f'<h3><a href="{path}">{title}</a></h3><p>Some words.</p>'
        f'<a href="{path}#more">Read more</a><a href="{path}?share=x">Share</a></div>'
        for path, title in links
    )


def rows(links: list[tuple[str, str]]) -> str:
    return (
        "<ul>"
        + "".join(f'<li><a href="{path}">{title}</a></li>' for path, title in links)
        + "</ul>"
    )


@pytest.mark.parametrize("links", LISTS)
@pytest.mark.parametrize("form", [cards, rows])
def test_the_articles_of_a_page_are_learned_in_any_script_and_nothing_else(
    links: list[tuple[str, str]], form: object
) -> None:
    assert callable(form)
    outcome = read(page(form(links)))
    assert isinstance(outcome, Discovered)
    found = [(link.url.removeprefix(BASE), link.title) for link in outcome.links]
    assert found == links


def test_a_card_that_a_script_makes_into_a_link_is_one() -> None:
    (one, first), (two, second), (three, third) = ENGLISH
    clicked = (
        f'<div role="link" data-href="{one}"><h3>{first}</h3></div>'
        f"<div onclick=\"window.location.href='{two}'\"><h3>{second}</h3></div>"
        f'<a href="javascript:;" data-url="{three}"><h3>{third}</h3></a>'
    )
    assert paths(page(clicked)) == [one, two, three]


STATE = {
    "menu": [{"label": "World", "url": "/world"}],
    "feed": [{"headlines": {"basic": title}, "canonical_url": path} for path, title in ENGLISH],
}
ITEMS = {
    "@type": "ItemList",
    "itemListElement": [{"url": f"{BASE}{path}", "name": title} for path, title in ENGLISH],
}


@pytest.mark.parametrize(
    "script",
    [
        pytest.param(
            f'<script type="application/json">{json.dumps(STATE)}</script>', id="JSON"
        ),
        pytest.param(
            f"<script>window.__STATE__ = {json.dumps(STATE)};(function(){{}})()</script>",
            id="a variable, with the program behind it",
        ),
        pytest.param(
            f'<script type="application/ld+json">{json.dumps(ITEMS)}</script>', id="JSON-LD"
        ),
        pytest.param(
            f"<script>window.x = {{'a': }}</script><script type='application/json'>"
            f"{json.dumps(STATE)}</script>",
            id="beside what cannot be read",
        ),
    ],
)
def test_a_page_that_a_script_has_yet_to_draw_gives_the_links_in_its_data(script: str) -> None:
    assert paths(page(script)) == [path for path, _ in ENGLISH]


@pytest.mark.parametrize(
    "data",
    [
        pytest.param('{"a":' * 5000, id="row 33: depth"),
        pytest.param(f"[{','.join(['{}'] * 400_000)}]", id="more than a MiB"),
        pytest.param(
            '{"url": "\\ud800", "title": "Ministers discuss corridor"}', id="half a sign"
        ),
    ],
)
def test_hostile_data_in_a_page_is_no_link(data: str) -> None:
    assert paths(page(f'<script type="application/json">{data}</script>')) == []


def test_comments_prints_and_copies_beside_a_story_do_not_hide_it() -> None:
    stories = [
        (f"/vesti/{4410230 + n}/most-{n}", title) for n, (_, title) in enumerate(RUSSIAN)
    ]
    body = "".join(
        f'<div class="n"><a href="https://www.newsroom.example{path}">{title}</a>'
        f'<a href="/amp{path}">AMP</a><a href="{path}/print">Print</a>'
        f'<a href="{path}/komentari">12 comments</a><a href="{path}?pos=1">{title}</a></div>'
        for path, title in stories
    )
    assert paths(page(body)) == [f"https://www.newsroom.example{path}" for path, _ in stories]


def test_a_section_with_pages_of_its_own_is_none_however_long_its_name() -> None:
    menu = "".join(
        f'<li><a href="/sekce/{slug}/">{slug}</a><a href="/sekce/{slug}/video/">Video</a></li>'
        for slug in ("volby-do-zastupitelstev-2026", "soutez-o-nejhezci-stromek")
    )
    assert paths(page(f"<ul>{menu}</ul>{rows(ENGLISH)}")) == [path for path, _ in ENGLISH]


def test_what_was_paid_for_is_no_story() -> None:
    paid = [("/story/sponsored/2026/11/24/why-your-roof-matters/", "Why your roof matters now")]
    assert paths(page(cards([*ENGLISH, *paid]))) == [path for path, _ in ENGLISH]


def test_one_single_card_is_found() -> None:
    assert paths(page(cards(ENGLISH[:1]))) == [ENGLISH[0][0]]


def test_a_page_without_articles_warns() -> None:
    outcome = read(page(""))
    assert isinstance(outcome, Discovered)
    assert outcome.links == ()
    assert outcome.warnings == ("no link of the page looks like an article's",)


def test_a_selector_is_the_operators_word() -> None:
    source = replace(make_source(), link_selector=".card h3")
    other = '<a href="/world/other-story-of-today">Another story of today</a>'
    body = f'<div class="card"><h3><a href="/x">X</a></h3></div>{other}'
    assert paths(page(body), source) == ["/x"]


@pytest.mark.parametrize(
    ("selector", "warning"),
    [
        ("main a[", "link_selector cannot be used"),
        (".nowhere", "link_selector selects nothing on this page"),
    ],
)
def test_a_selector_that_fails_is_told(selector: str, warning: str) -> None:
    outcome = read(page(rows(ENGLISH)), replace(make_source(), link_selector=selector))
    assert isinstance(outcome, Discovered)
    assert outcome.warnings[0].startswith(warning)


def test_patterns_choose_and_exclude() -> None:
    source = replace(make_source(), include=(r"/w\d+$",), exclude=(r"/w2$",))
    body = rows([("/w1", "x"), ("/w2", "y"), ("/story-of-the-day-in-full", "Story of the day")])
    outcome = read(page(body), source)
    assert paths(page(body), source) == ["/w1"]
    assert isinstance(outcome, Discovered)
    assert outcome.left_out["excluded"] == 1


def test_row_93_a_pattern_that_hangs_costs_a_moment_and_one_link() -> None:
    source = replace(make_source(), include=(r"^(\w+\W?)+$",))
    body = rows([("/" + "a" * 60 + "!", "x")])
    outcome = read(page(body), source)
    assert isinstance(outcome, Discovered)
    assert outcome.links == ()


def test_base_href_and_other_sites() -> None:
    body = '<base href="/az/"><a href="story-of-the-day-in-full">Story of the day in full</a>'
    foreign = (
        '<a href="https://elsewhere.example/story-of-the-day-in-full">Story of the day</a>'
    )
    assert paths(body + foreign) == ["/az/story-of-the-day-in-full"]


@pytest.mark.parametrize(
    ("path", "trap"),
    [
        ("/a/b/a/b/a/b", "path repeats itself"),
        ("/" + "x/" * 25, "path too deep"),
        ("/" + "/".join(map(str, range(25))), "path too deep"),
        ("/news/1;jsessionid=0A1B2C3D4E", ""),
        ("/news/1?PHPSESSID=0a1b2c3d4e", ""),
        ("/calendar/2026/11", "calendar"),
        ("/events?tribe-bar-date=2026-11", "calendar"),
        ("/list?year=2031&month=4", "calendar"),
        ("/report.pdf", "a file, no page"),
        ("/news/2026/11/24/ministers-discuss-corridor", ""),
        ("/news/a/b/a", ""),
        ("/kalender-reform-stirs-debate", ""),
    ],
)
def test_row_49_traps_are_recognised(path: str, trap: str) -> None:
    assert trap_in(BASE + path) == trap


def test_row_49_a_flood_of_links_is_cut() -> None:
    flood = rows(
        [(f"/news/{n}/story-number-of-the-day", f"Story of the day {n}") for n in range(5000)]
    )
    assert len(paths(page(flood))) == 2000


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        pytest.param("<div>" * 100_000, Fault.TOO_DEEP, id="depth"),
        pytest.param(
            f"<p {' '.join(f'a{n}=1' for n in range(40_000))}>",
            Fault.TOO_LARGE,
            id="attributes",
        ),
        pytest.param("<b><i>" * 150, Fault.TOO_DEEP, id="formatting elements"),
        pytest.param("<p>x" * 60_000, Fault.TOO_LARGE, id="elements"),
        pytest.param("<p>" + "x" * 6_000_000, Fault.TOO_LARGE, id="row 35: one line"),
        pytest.param("<script>" * 1_000, None, id="scripts without end"),
        pytest.param(
            "<script></SCRIPT>" + "<div>" * 2000, Fault.TOO_DEEP, id="behind a script"
        ),
        pytest.param("<script>" * 60_000, Fault.TOO_DEEP, id="a flood of open scripts"),
        pytest.param("<!--" * 100_000, None, id="row 35: an open comment"),
        pytest.param("%PDF-1.4", Fault.BINARY, id="row 41: a PDF"),
        pytest.param("\x00" * 600, Fault.BINARY, id="row 41: zeros"),
    ],
)
def test_row_33_row_34_row_35_row_41_a_hostile_page_is_refused_before_it_is_parsed(
    body: str, fault: Fault | None
) -> None:
    outcome = read(f"<html><body>{body}" if not body.startswith(("%", "\x00")) else body)
    assert (outcome.fault if isinstance(outcome, Undiscoverable) else None) is fault


def test_a_script_full_of_markup_is_no_hostile_page() -> None:
    script = "<script>var t = '" + "<div " * 5000 + "';</script>"
    assert paths(page(script + rows(ENGLISH))) == [path for path, _ in ENGLISH]
