"""From a home page alone, every way to a site's articles is found and measured."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from config.source import SourceKind
from crawler.discover.auto import (
    MOST_REQUESTS,
    RECHECK,
    Answer,
    Candidate,
    Explored,
    NoAnswer,
    Role,
    Search,
    begin,
    conclude,
    configured_ways,
    explore,
    is_recheck_due,
    look_at,
)
from crawler.discover.listing import report, source_id, to_json, to_yaml
from crawler.discover.outcome import Way, WayKind
from tests.making import NOW, make_source

BASE = "https://newsroom.example"
STAMP = (NOW - timedelta(hours=1)).isoformat()
OLD = (NOW - timedelta(days=90)).isoformat()


def card(n: int) -> str:
    link = f'<a href="/news/ministers-discuss-corridor-{n}">Ministers talk {n} times</a>'
    return f'<div class="card"><h2>{link}</h2></div>'


def home(*numbers: int, head: str = "", menu: str = "") -> str:
    return (
        f'<!DOCTYPE html><html lang="en-GB"><head><title>Newsroom | Home</title>{head}</head>'
        f"<body><nav>{menu}</nav><main>{''.join(map(card, numbers))}</main></body></html>"
    )


def feed(*numbers: int, stamp: str = STAMP, more: str = "") -> str:
    items = "".join(
        f"<item><title>t</title><link>{BASE}/news/ministers-discuss-corridor-{n}</link>"
        f"<pubDate>{stamp}</pubDate></item>"
        for n in numbers
    )
    return (
        '<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>f</title>'
        f"{more}{items}</channel></rss>"
    )


def sitemap(*numbers: int, stamp: str = STAMP) -> str:
    return "".join(
        (
            "<urlset>",
            *(
                f"<url><loc>{BASE}/news/ministers-discuss-corridor-{n}</loc><lastmod>{stamp}</lastmod></url>"
                for n in numbers
            ),
            "</urlset>",
        )
    )


def index(*paths: str) -> str:
    maps = "".join(f"<sitemap><loc>{BASE}{path}</loc></sitemap>" for path in paths)
    return f"<sitemapindex>{maps}</sitemapindex>"


FEED_LINK = '<link rel="alternate" type="application/rss+xml" title="All" href="/all.xml">'


NOT_THERE = NoAnswer(reason="404")


async def look(
    pages: Mapping[str, str], nothing: NoAnswer = NOT_THERE, **changes: object
) -> tuple[Explored, list[str]]:
    asked: list[str] = []

    async def fetch(candidate: Candidate) -> Answer | NoAnswer:
        asked.append(candidate.way.url.removeprefix(BASE))
        body = pages.get(asked[-1] or "/")
        if body is None:
            return nothing
        return Answer(url=candidate.way.url, body=body.encode())

    source = replace(make_source(), **changes)  # type: ignore[arg-type]
    return await explore(source, fetch, read_here, NOW), asked


async def read_here(
    search: Search, candidate: Candidate, answer: Answer | NoAnswer, now: datetime
) -> Search:
    return look_at(search, candidate, answer, now)


def ways(explored: Explored) -> set[tuple[str, str]]:
    return {(way.way.kind.value, way.way.url.removeprefix(BASE)) for way in explored.ways}


async def test_a_feed_named_by_the_home_page_and_a_sitemap_named_by_robots() -> None:
    explored, asked = await look(
        {
            "/": home(1, 2, 3, head=FEED_LINK),
            "/robots.txt": f"User-agent: *\nSITEMAP: {BASE}/news.xml\nSitemap: https://o.example/x",
            "/all.xml": feed(1, 2),
            "/news.xml": sitemap(2, 3, 4),
        }
    )
    assert ways(explored) == {("section", ""), ("feed", "/all.xml"), ("sitemap", "/news.xml")}
    assert len(asked) == 4  # no guessing where the site tells
    by_kind = {each.way.kind: each for each in explored.ways}
    assert by_kind[WayKind.FEED].share == 0.5
    assert by_kind[WayKind.SITEMAP].only_here == 1
    assert by_kind[WayKind.SECTION].only_here == 0
    assert (explored.name, explored.language) == ("Newsroom", "en")


async def test_common_places_are_tried_where_nothing_is_named_until_one_works() -> None:
    explored, asked = await look(
        {"/": home(1), "/rss.xml": feed(1, 2), "/sitemap.xml": sitemap(3)}
    )
    assert ways(explored) == {
        ("section", ""),
        ("feed", "/rss.xml"),
        ("sitemap", "/sitemap.xml"),
    }
    assert "/atom.xml" not in asked
    assert explored.dropped == {}


async def test_of_an_index_the_way_is_the_index() -> None:
    pages = {
        "/": home(),
        "/sitemap.xml": index("/a.xml", "/b-news.xml"),
        "/b-news.xml": sitemap(1),
    }
    explored, _ = await look(pages)
    assert ways(explored) == {("sitemap", "/sitemap.xml")}


async def test_where_only_pages_lead_to_articles_the_menu_is_followed() -> None:
    menu = '<a href="/politics">Politics</a><a href="/about">About</a>'
    explored, _ = await look(
        {"/": home(1, 2, menu=menu), "/politics": home(3, 4, 5, menu=menu)}
    )
    assert ways(explored) == {("section", ""), ("section", "/politics")}
    assert [each.only_here for each in explored.ways] == [2, 3]


@pytest.mark.parametrize(
    ("pages", "url", "why"),
    [
        pytest.param(
            {"/all.xml": feed(1, stamp=OLD)}, "/all.xml", "newest article", id="stale"
        ),
        pytest.param(
            {"/all.xml": "<html>Error"}, "/all.xml", "an HTML page", id="an error page"
        ),
        pytest.param({"/all.xml": feed()}, "/all.xml", "no items", id="an empty feed"),
        pytest.param(
            {"/sitemap.xml": sitemap(7, stamp=OLD)}, "/sitemap.xml", "an archive", id="archive"
        ),
        pytest.param(
            {"/sitemap.xml": sitemap(7, stamp="")}, "/sitemap.xml", "no dates", id="no dates"
        ),
        pytest.param(
            {"/all.xml": feed(1, 2), "/2.xml": feed(2, 1)},
            "/2.xml",
            "are all in",
            id="twice",
        ),
    ],
)
async def test_what_is_of_no_use_is_left_out_with_its_reason(
    pages: dict[str, str], url: str, why: str
) -> None:
    head = FEED_LINK + FEED_LINK.replace("all", "2")
    explored, _ = await look({"/": home(1, 2, 3, head=head), **pages})
    assert why in explored.dropped[BASE + url]
    assert url not in {path for _, path in ways(explored)}


async def test_a_site_that_shows_nothing_has_no_ways_and_the_report_says_so() -> None:
    explored, _ = await look({"/": home()})
    assert explored.ways == ()
    assert "none: name feeds" in report(explored)


@pytest.mark.parametrize(
    ("nothing", "asked", "requests", "advice"),
    [
        pytest.param(
            NoAnswer(reason="connect: refused", out_of_reach=True),
            2,
            2,
            "the site cannot be reached",
            id="out of reach: nothing more is asked of it",
        ),
        pytest.param(
            NoAnswer(reason="robots: x disallows it (Disallow: /)", sent=False),
            14,
            0,
            "its robots.txt keeps us out",
            id="kept out: what was not sent is no request",
        ),
        pytest.param(
            NoAnswer(reason="bot_wall: HTTP 403"),
            14,
            14,
            "its own address cannot be read",
            id="a wall: its feed may stand before it",
        ),
    ],
)
async def test_why_nothing_was_found_is_said_with_what_to_do(
    nothing: NoAnswer, asked: int, requests: int, advice: str
) -> None:
    explored, urls = await look({}, nothing)
    assert (len(urls), explored.requests) == (asked, requests)
    assert f"none: {advice}" in report(explored)


async def test_the_feeds_of_an_opml_are_looked_at_as_far_as_they_are_the_sites() -> None:
    opml = "".join(
        f'<outline text="t" xmlUrl="{url}"/>'
        for url in (f"{BASE}/all.xml", "https://other.example/x.xml")
    )
    explored, asked = await look({"/": f"<opml><body>{opml}</body>", "/all.xml": feed(1, 2)})
    assert ways(explored) == {("feed", "/all.xml")}
    assert not any("other" in url for url in asked)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Local news | Néws-Room", "Néws-Room"),
        ("Port Weekly – Home", "Port Weekly"),
        ("Новости: Порт", "Новости"),
    ],
)
async def test_a_site_is_named_by_the_part_of_its_title_that_its_host_is_named_after(
    title: str, name: str
) -> None:
    explored, _ = await look({"/": home(1).replace("Newsroom | Home", title)})
    assert explored.name == name


async def test_a_hostile_site_is_asked_a_bounded_number_of_times() -> None:
    many = "".join(FEED_LINK.replace("all", f"a{n}") for n in range(500))
    maps = "\n".join(f"Sitemap: {BASE}/s{n}.xml" for n in range(500))
    pages = {"/": home(1, head=many), "/robots.txt": maps}
    pages |= {f"/s{n}.xml": index(*(f"/t{n}-{m}.xml" for m in range(90))) for n in range(20)}
    _, asked = await look(pages)
    assert len(asked) <= MOST_REQUESTS
    assert all(path.startswith("/") or not path for path in asked)


async def test_a_feed_that_only_repeats_the_main_feed_is_not_polled() -> None:
    head = FEED_LINK + FEED_LINK.replace("all", "sport") + FEED_LINK.replace("all", "law")
    old = feed(71, 72, 73, stamp=OLD).partition("<item>")[2].rpartition("</channel>")[0]
    pages = {
        "/": home(1, head=head),
        "/all.xml": feed(*range(10)),
        "/sport.xml": feed(1, 2, more=f"<item>{old}"),
        "/law.xml": feed(3, 99),
    }
    explored, _ = await look(pages)
    assert {path for kind, path in ways(explored) if kind == "feed"} == {"/all.xml", "/law.xml"}
    assert (
        explored.dropped[f"{BASE}/sport.xml"]
        == f"its latest articles are all in {BASE}/all.xml"
    )


@settings(max_examples=100, deadline=None)
@given(
    body=st.one_of(st.binary(max_size=300), st.text(max_size=300).map(str.encode)),
    role=st.sampled_from(list(Role)),
    kind=st.sampled_from(list(WayKind)),
)
def test_any_answer_leads_to_a_further_state(body: bytes, role: Role, kind: WayKind) -> None:
    candidate = Candidate(role=role, way=Way(kind=kind, url=f"{BASE}/x"), why="named")
    search = look_at(begin(make_source()), candidate, Answer(url=f"{BASE}/x", body=body), NOW)
    assert f"{BASE}/x" in search.asked
    assert report(conclude(search, NOW))


async def test_the_result_is_a_report_yaml_and_json() -> None:
    hub = '<atom:link rel="hub" href="https://hub.example/"/>'
    explored, _ = await look(
        {"/": home(1, head=FEED_LINK), "/all.xml": feed(1, 2, more=hub)}, id="", name=""
    )
    assert f"feed         {BASE}/all.xml  2 articles, 100% of all, 1 only here" in report(
        explored
    )
    assert "hub https://hub.example/" in report(explored)
    assert to_yaml(explored) == (
        '  - id: newsroom\n    name: "Newsroom"\n    url: "https://newsroom.example"\n'
        '    kind: auto\n    language: "en"\n'
    )
    assert to_json(explored)["requests"] == explored.requests


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://www.report.az/en/", "report"),
        ("https://en.trend.az/", "trend"),
        ("https://www.bbc.co.uk/news", "bbc"),
        ("http://127.0.0.1:8000/", "127-0-0-1"),
    ],
)
def test_a_source_gets_a_short_id(url: str, name: str) -> None:
    assert source_id(url) == name


def test_a_search_is_made_again_now_and_then_and_sooner_in_trouble() -> None:
    assert is_recheck_due(None, NOW, troubled=False)
    assert not is_recheck_due(NOW, NOW + timedelta(days=1), troubled=False)
    assert is_recheck_due(NOW, NOW + timedelta(days=1), troubled=True)
    assert is_recheck_due(NOW, NOW + RECHECK, troubled=False)


def test_a_source_of_one_kind_is_polled_where_it_says() -> None:
    source = replace(make_source(), kind=SourceKind.FEED)
    assert [way.kind for way in configured_ways(source)] == [WayKind.FEED]
    named = replace(source, feeds=(f"{BASE}/a", f"{BASE}/b"))
    assert [way.url for way in configured_ways(named)] == [f"{BASE}/a", f"{BASE}/b"]
    assert configured_ways(make_source()) == ()
