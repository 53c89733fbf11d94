"""Sitemaps of any size give their newest links; an index gives its sitemaps, and no more."""

import gzip
import json
import zlib
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from config.source import Source
from crawler.discover.discovery import discover_links
from crawler.discover.outcome import Discovered, Fault, Undiscoverable, Way, WayKind
from crawler.discover.sitemap import MOST_URLS, NEWEST
from tests.making import NOW, make_source

BASE = "https://newsroom.example"
URL = f"{BASE}/sitemap.xml"
SITEMAP = Way(kind=WayKind.SITEMAP, url=URL)
HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
NS = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def read(
    body: str | bytes, way: Way = SITEMAP, source: Source | None = None
) -> Discovered | Undiscoverable:
    raw = body.encode() if isinstance(body, str) else body
    return discover_links(raw, way.url, None, source or make_source(), now=NOW, way=way)


def links(body: str | bytes, source: Source | None = None) -> Discovered:
    outcome = read(body, source=source)
    assert isinstance(outcome, Discovered), outcome
    return outcome


def urlset(*entries: str, ns: str = NS) -> str:
    return f"{HEAD}<urlset {ns}>{''.join(entries)}</urlset>"


def url(path: object, lastmod: object = "") -> str:
    return f"<url><loc>{BASE}/{path}</loc><lastmod>{lastmod}</lastmod></url>"


def index(*entries: tuple[str, object]) -> str:
    maps = "".join(
        f"<sitemap><loc>{loc}</loc>{f'<lastmod>{when}</lastmod>' if when else ''}</sitemap>"
        for loc, when in entries
    )
    return f"{HEAD}<sitemapindex {NS}>{maps}</sitemapindex>"


NEWS = urlset(
    f"<url><loc>{BASE}/1</loc><lastmod>2026-11-24</lastmod><n:news>"
    "<n:publication><n:name>Newsroom</n:name></n:publication>"
    "<n:publication_date>2026-11-24T06:00:00Z</n:publication_date>"
    "<n:title>Ministers &amp; corridor</n:title></n:news>"
    f"<i:image><i:loc>{BASE}/picture.jpg</i:loc></i:image></url>",
    ns=f'{NS} xmlns:n="http://www.google.com/schemas/sitemap-news/0.9" '
    'xmlns:i="http://www.google.com/schemas/sitemap-image/1.1"',
)


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(NEWS, id="as it is"),
        pytest.param(gzip.compress(NEWS.encode()), id="gzip"),
        pytest.param(
            gzip.compress(NEWS[:200].encode()) + gzip.compress(NEWS[200:].encode()), id="two"
        ),
        pytest.param(f"\n<!-- cached -->\n{NEWS}", id="something before the prolog"),
        pytest.param(f"{NEWS[:-9]}<url><loc>{BASE}/2", id="the tail cut off"),
    ],
)
def test_a_news_sitemap_gives_link_title_and_date(body: str | bytes) -> None:
    (found,) = links(body).links
    assert (found.url, found.title) == (f"{BASE}/1", "Ministers & corridor")
    assert found.published == datetime(2026, 11, 24, 6, tzinfo=UTC)


def test_a_moment_without_a_zone_is_told_in_the_sources_country() -> None:
    body = urlset(url("a", "2026-11-24T06:00:00"))
    (found,) = links(body, replace(make_source(), country="TR")).links
    assert found.published == datetime(2026, 11, 24, 3, tzinfo=UTC)


def test_the_newest_come_first_and_days_stay_days() -> None:
    found = links(urlset(url("a", "2026-11-20"), url("b", "2026-11-24"), url("c"))).links
    assert [(f.url[-1], f.published) for f in found] == [
        ("b", date(2026, 11, 24)),
        ("a", date(2026, 11, 20)),
        ("c", None),
    ]


def test_what_is_two_weeks_older_than_the_newest_is_archive() -> None:
    read_ = links(
        urlset(url("a", "2024-07-24"), url("b", "2024-07-10"), url("c", "2024-07-09"))
    )
    assert [f.url[-1] for f in read_.links] == ["a", "b"]
    assert read_.left_out == {"archive": 1}


def test_a_list_of_addresses_is_a_sitemap_too() -> None:
    found = links(f"{BASE}/news/1\n{BASE}/news/2\n").links
    assert [f.url[-1] for f in found] == ["1", "2"]


def test_of_100_000_dated_addresses_the_newest_2000_of_the_first_50_000_are_taken() -> None:
    stamps = [(NOW - timedelta(minutes=60_000 - n)).isoformat() for n in range(60_000)]
    read_ = links(urlset(*(url(n, stamps[n]) for n in range(60_000))))
    assert [f.url for f in read_.links] == [
        f"{BASE}/{n}" for n in range(MOST_URLS - 1, MOST_URLS - 1 - NEWEST, -1)
    ]
    assert read_.warnings == (f"more than {MOST_URLS} addresses; the rest was not read",)


def test_of_many_undated_addresses_both_ends_are_taken() -> None:
    found = [f.url.rpartition("/")[2] for f in links(urlset(*map(url, range(5000)))).links]
    assert (found[0], found[-1], len(found)) == ("0", "4999", NEWEST)


def test_row_50_off_site_addresses_are_left_out() -> None:
    foreign = "<url><loc>https://elsewhere.example/1</loc></url>"
    read_ = links(
        urlset(foreign, url("1"), f"<url><loc>{URL[:8]}www.newsroom.example/2</loc></url>")
    )
    assert [f.url[-1] for f in read_.links] == ["1", "2"]
    assert read_.left_out == {"another site": 1}


def test_a_source_of_one_language_is_confined_to_its_part_of_the_site() -> None:
    source = replace(make_source(), url=f"{BASE}/en/")
    read_ = links(urlset(url("en/1"), url("az/1")), source)
    assert [f.url for f in read_.links] == [f"{BASE}/en/1"]
    assert read_.left_out == {"another part of the site": 1}
    assert len(links(urlset(url("news/1")), source).links) == 1  # it does not have that part


def test_an_index_gives_its_sitemaps_that_changed_lately_those_of_news_first() -> None:
    read_ = links(
        index(
            (f"{BASE}/2019.xml", "2019-12-31"),
            (f"{BASE}/images.xml", "2026-11-24"),
            (f"{BASE}/posts.xml", "2026-11-23"),
            (f"{BASE}/news.xml", "2026-11-23T12:00:00Z"),
        )
    )
    assert [way.url.rpartition("/")[2] for way in read_.ways] == [
        "news.xml",
        "posts.xml",
        "images.xml",
    ]
    assert all(way.index == URL and way.polled == URL for way in read_.ways)
    assert read_.links == ()


@pytest.mark.parametrize(
    ("named", "chosen"),
    [
        pytest.param(["a", "b", "c"], ["a", "b", "c"], id="a few that tell nothing: all"),
        pytest.param(
            [f"m{n}" for n in range(90)], ["m0", "m1", "m2", "m87", "m88", "m89"], id="ends"
        ),
        pytest.param(["2026-10", "2026-11", *"abcdefg"], ["2026-11"], id="this month's"),
    ],
)
def test_of_an_index_without_dates(named: list[str], chosen: list[str]) -> None:
    read_ = links(index(*((f"{BASE}/{name}", "") for name in named)))
    assert [way.url.rpartition("/")[2] for way in read_.ways] == chosen


@pytest.mark.parametrize(
    ("named", "chosen"),
    [
        pytest.param([(URL, ""), (f"http{URL[5:]}", "")], [], id="itself, in whatever scheme"),
        pytest.param(
            [(f"{BASE}/posts.xml", "2026-10-24"), (f"{BASE}/old.xml", "2024-10-24")],
            ["posts.xml"],
            id="none changed lately: the newest",
        ),
        pytest.param(
            [(f"{BASE}/posts.xml", "2026-10-24"), (f"{BASE}/author.xml", "")],
            ["posts.xml", "author.xml"],
            id="the newest beside one that tells nothing",
        ),
    ],
)
def test_of_an_index_with_dates(named: list[tuple[str, str]], chosen: list[str]) -> None:
    assert [way.url.rpartition("/")[2] for way in links(index(*named)).ways] == chosen


BROKEN = urlset(url(1, "2026-11-24"), url("2?a=1&b=2"), ns=NS)


@pytest.mark.parametrize(
    ("body", "paths"),
    [
        pytest.param(BROKEN, ["1", "2?a=1&b=2"], id="a bare ampersand"),
        pytest.param(
            BROKEN.replace("</lastmod>", "", 1), ["1", "2?a=1&b=2"], id="a tag left open"
        ),
        pytest.param(f"{BROKEN[:-60]}<url><loc>{BASE}/hal", ["1"], id="cut off"),
        pytest.param(
            f"# all of them\r\n{BASE}/1\r\n\r\n{BASE}/2 b\r\n#x", ["1", "2%20b"], id="lines"
        ),
        pytest.param(
            urlset(url(1), ns='xmlns="http://www.google.com/schemas/sitemap/0.90/"'),
            ["1"],
            id="a namespace mistyped",
        ),
    ],
)
def test_a_sitemap_is_read_however_it_is_written(body: str, paths: list[str]) -> None:
    assert [link.url.removeprefix(f"{BASE}/") for link in links(body).links] == paths


def test_the_words_of_a_news_sitemap_count_in_a_mistyped_namespace() -> None:
    mistyped = NEWS.replace("http://www.google.com/schemas/sitemap-news/0.9", "https://x/news/")
    (found,) = links(mistyped).links
    assert (found.title, found.published) == (
        "Ministers & corridor",
        datetime(2026, 11, 24, 6, tzinfo=UTC),
    )


def test_row_50_an_index_listed_by_an_index_is_refused() -> None:
    child = Way(kind=WayKind.SITEMAP, url=f"{BASE}/child.xml", index=URL)
    outcome = read(index((f"{BASE}/deeper.xml", "")), child)
    assert isinstance(outcome, Undiscoverable)
    assert outcome.fault is Fault.NESTED_INDEX


def test_row_50_an_endless_index_is_read_within_its_limits() -> None:
    many = index(*((f"{BASE}/{n}.xml", "2026-11-24") for n in range(5000)))
    foreign = index(("https://elsewhere.example/x.xml", "2026-11-24"), (URL, "2026-11-24"))
    assert len(links(many).ways) == 200
    assert links(foreign).ways == ()


def test_row_50_of_a_huge_sitemap_the_first_50_000_are_read_and_2000_kept() -> None:
    dated = [url(f"dated/{n}", "2026-11-23") for n in range(NEWEST // 2 + 1)]
    undated = [url(f"undated/{n}") for n in range(50_000 - len(dated))]
    read_ = links(urlset(*dated, *undated, url("news/behind-them", "2026-11-24")))
    assert len(read_.links) == NEWEST
    assert not any("behind" in link.url for link in read_.links)
    assert read_.warnings == ("more than 50000 addresses; the rest was not read",)


def test_the_links_of_an_indexed_sitemap_count_for_the_index() -> None:
    child = Way(kind=WayKind.SITEMAP, url=f"{BASE}/child.xml", index=URL)
    outcome = read(urlset(url("1")), child)
    assert isinstance(outcome, Discovered)
    assert outcome.links[0].way == URL


BOMB = zlib.compressobj(9, wbits=31)
BOMB_BYTES = BOMB.compress(b"<urlset>" + b" " * 60_000_000) + BOMB.flush()


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        pytest.param(BOMB_BYTES, Fault.TOO_LARGE, id="row 4: a gzip bomb"),
        pytest.param(gzip.compress(NEWS.encode())[:-20], Fault.TOO_LARGE, id="gzip cut off"),
        pytest.param(b"\x1f\x8b" + b"x" * 50, Fault.TOO_LARGE, id="no gzip after all"),
        pytest.param(b"<html><body>404</body></html>", Fault.NOT_A_SITEMAP, id="an error page"),
        pytest.param(b"hello", Fault.NOT_A_SITEMAP, id="some text"),
        pytest.param(b"<urlset><<", Fault.BROKEN, id="broken from the start"),
        pytest.param(
            b'<!DOCTYPE urlset [<!ENTITY a "b">]><urlset><url><loc>&a;</loc></url></urlset>',
            Fault.XML_ENTITIES,
            id="row 30: entities",
        ),
        pytest.param(b"<urlset>" + b"<url>" * 500, Fault.TOO_DEEP, id="row 33: depth"),
    ],
)
def test_what_is_no_sitemap_says_why(body: bytes, fault: Fault) -> None:
    outcome = read(body)
    assert isinstance(outcome, Undiscoverable), outcome
    assert outcome.fault is fault


def test_row_5_a_highly_packed_but_honest_sitemap_passes() -> None:
    body = urlset(*(url(f"news/{n:06}", "2026-11-24") for n in range(20_000))).encode()
    packed = gzip.compress(body)
    assert len(links(packed).links) == NEWEST


def test_a_feed_where_a_sitemap_should_be_is_read_as_what_it_is() -> None:
    outcome = links(json.dumps({"version": "https://jsonfeed.org/version/1", "items": []}))
    assert outcome.way.kind is WayKind.FEED
