"""Whatever bytes come, discovery answers with a value and keeps its limits."""

import json
import string

from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.discover.discovery import discover_links
from crawler.discover.outcome import Discovered, Undiscoverable, Way, WayKind
from tests.making import NOW, make_source

SCRAPS = (
    *(
        "<rss>",
        "</rss>",
        "<channel>",
        "<item>",
        "</item>",
        "<title>",
        "</title>",
        "<link>",
        "</link>",
    ),
    *(
        '<feed xmlns="http://www.w3.org/2005/Atom">',
        "<entry>",
        "</entry>",
        '<link href="',
        '"/>',
        "'",
    ),
    *(
        "<urlset>",
        "<url>",
        "<loc>",
        "</loc>",
        "</url>",
        "</urlset>",
        "<sitemapindex>",
        "<sitemap>",
    ),
    *(
        "<lastmod>",
        "</lastmod>",
        "<pubDate>",
        "</pubDate>",
        "2026-11-24",
        "9999-99-99T99:99:99Z",
    ),
    *(
        "<!DOCTYPE html>",
        "<html>",
        "<a href=/news/",
        ">",
        "</a>",
        "<base href=",
        "<time>",
        "<h2>",
    ),
    *(
        "https://newsroom.example/",
        "http://[::1",
        "//",
        "javascript:",
        "\\",
        "%",
        "%zz",
        "#",
        "?id=1",
    ),
    *(
        "<![CDATA[",
        "]]>",
        "<!--",
        "-->",
        "<?xml version='1.0' encoding='",
        "utf-16",
        "'?>",
        "&",
        "&#x110000;",
    ),
    *(
        "<ttl>",
        "٣",
        "</ttl>",
        "<hour>",
        "99999",
        "</hour>",
        "\ufeff",
        "\u202e",
        "\x00",
        "\ud800",
        "&nbsp;",
        "\x1f\x8b",
    ),
)
texts = st.lists(st.one_of(st.sampled_from(SCRAPS), st.text(max_size=8)), max_size=60).map(
    "".join
)
bodies = st.one_of(
    st.binary(max_size=400), texts.map(lambda t: t.encode("utf-8", "surrogatepass"))
)
types = st.one_of(
    st.none(), st.text(string.printable, max_size=40), st.just("text/xml; charset=idna")
)
ways = st.builds(
    Way,
    kind=st.sampled_from(list(WayKind)),
    url=st.just("https://newsroom.example/way"),
    index=st.sampled_from(["", "https://newsroom.example/index.xml"]),
)


def check(outcome: Discovered | Undiscoverable) -> None:
    assert outcome.way.url == "https://newsroom.example/way"
    if isinstance(outcome, Discovered):
        for link in outcome.links:
            assert link.url.startswith(("http://", "https://"))
            assert len(link.url) <= 2083
            assert len(link.title) <= 500
            (link.url + link.title).encode()  # no lone surrogate reaches the database
            assert link.way == outcome.way.polled
            assert link.published is None or link.published.year >= 1989
        assert len(outcome.links) <= 2000
        assert len(outcome.ways) <= 200
    else:
        assert outcome.reason


@settings(max_examples=300, deadline=None)
@given(body=bodies, content_type=types, way=ways)
def test_any_bytes_give_a_value_within_limits(
    body: bytes, content_type: str | None, way: Way
) -> None:
    check(discover_links(body, way.url, content_type, make_source(), now=NOW, way=way))


leaves = st.one_of(st.none(), st.booleans(), st.floats(), st.integers(), st.text(max_size=20))
values = st.recursive(leaves, lambda inner: st.lists(inner, max_size=3), max_leaves=5)
keys = st.sampled_from(["id", "url", "title", "date_published", "external_url"])


@settings(max_examples=150, deadline=None)
@given(
    items=st.lists(st.one_of(values, st.dictionaries(keys, values)), max_size=5), head=values
)
def test_any_json_feed_gives_a_value(items: list[object], head: object) -> None:
    feed: dict[str, object] = {"version": "https://jsonfeed.org/version/1.1", "items": items}
    feed |= {"title": head, "home_page_url": head, "hubs": head, "feed_url": head}
    way = Way(kind=WayKind.FEED, url="https://newsroom.example/way")
    body = json.dumps(feed).encode()
    check(discover_links(body, way.url, None, make_source(), now=NOW, way=way))


@settings(max_examples=60, deadline=None)
@given(cut=st.integers(0, 700), flip=st.integers(0, 700), byte=st.integers(0, 255))
def test_a_damaged_feed_still_gives_a_value_and_no_half_link(
    cut: int, flip: int, byte: int
) -> None:
    items = "".join(
        f"<item><title>T{n}</title><link>https://newsroom.example/news/{n}/end</link></item>"
        for n in range(8)
    )
    whole = bytearray(
        f'<rss version="2.0"><channel><title>N</title>{items}</channel></rss>'.encode()
    )
    way = Way(kind=WayKind.FEED, url="https://newsroom.example/way")
    outcome = discover_links(bytes(whole[:cut]), way.url, None, make_source(), now=NOW, way=way)
    check(outcome)
    if isinstance(outcome, Discovered):
        assert all(link.url.endswith("/end") for link in outcome.links)
    whole[flip % len(whole)] = byte
    check(discover_links(bytes(whole), way.url, None, make_source(), now=NOW, way=way))
