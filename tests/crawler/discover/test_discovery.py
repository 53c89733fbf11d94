"""One door for all documents: what a body is decides, what was expected names the fault."""

import gzip
import json
from dataclasses import replace

import pytest

from config.source import Source, SourceKind
from crawler.charset import codec_of, decode
from crawler.discover.choice import Choice
from crawler.discover.discovery import discover_links
from crawler.discover.outcome import Discovered, Fault, Undiscoverable, Way, WayKind
from crawler.discover.overlap import remember
from tests.making import NOW, make_source

BASE = "https://newsroom.example"
FEED = f"<rss><channel><item><link>{BASE}/1</link></item></channel></rss>"
PAGE = '<html><body><a href="/news/ministers-discuss-corridor">Ministers discuss corridor</a>'


def read(
    body: str | bytes, source: Source | None = None, url: str = f"{BASE}/way"
) -> Discovered | Undiscoverable:
    raw = body.encode() if isinstance(body, str) else body
    return discover_links(raw, url, None, source or make_source(), now=NOW)


NAMED = replace(
    make_source(),
    feeds=(f"{BASE}/f",),
    sitemaps=(f"{BASE}/s",),
    sections=(f"{BASE}/p",),
    kind=SourceKind.FEED,
)


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/f", WayKind.FEED),
        ("/s", WayKind.SITEMAP),
        ("/p", WayKind.SECTION),
        ("", WayKind.FEED),
    ],
)
def test_without_a_way_the_source_says_what_its_address_should_be(
    path: str, kind: WayKind
) -> None:
    assert read("", NAMED, BASE + path).way.kind is kind


def test_the_home_page_of_an_auto_source_is_a_section() -> None:
    outcome = read(PAGE)
    assert isinstance(outcome, Discovered)
    assert outcome.way.kind is WayKind.SECTION


def test_a_feed_where_a_page_was_expected_is_read_as_the_feed_it_is() -> None:
    outcome = read(FEED)
    assert isinstance(outcome, Discovered)
    assert outcome.way.kind is WayKind.FEED


def test_row_4_a_gzip_file_of_parts_without_number_is_refused() -> None:
    outcome = read(gzip.compress(b"") * 2_000 + gzip.compress(FEED.encode()))
    assert isinstance(outcome, Undiscoverable)
    assert outcome.fault is Fault.TOO_LARGE


def test_a_feed_of_more_than_15_mib_is_refused() -> None:
    outcome = read(FEED + " " * (15 << 20))
    assert isinstance(outcome, Undiscoverable)
    assert outcome.fault is Fault.TOO_LARGE


@pytest.mark.parametrize(
    ("feed", "fault"),
    [
        pytest.param({"items": [], "version": "1"}, Fault.NOT_A_FEED, id="another version"),
        pytest.param({"items": ["x" * (1 << 20)]}, Fault.TOO_LARGE, id="more than a MiB"),
        pytest.param([1], Fault.NOT_A_FEED, id="a list"),
    ],
)
def test_json_that_is_no_feed(feed: object, fault: Fault) -> None:
    outcome = read(json.dumps(feed))
    assert isinstance(outcome, Undiscoverable)
    assert outcome.fault is fault


@pytest.mark.parametrize(("depth", "read_whole"), [(90, True), (120, False)])
def test_row_33_xml_deeper_than_100_is_refused(depth: int, read_whole: bool) -> None:
    nested = "<b>" * depth + "</b>" * depth
    outcome = read(f"<rss><channel><item><link>{BASE}/1</link>{nested}</item></channel></rss>")
    if read_whole:
        assert isinstance(outcome, Discovered)
    else:
        assert isinstance(outcome, Undiscoverable)
        assert outcome.fault is Fault.TOO_DEEP


@pytest.mark.parametrize(
    ("depth", "fault"),
    [(60, Fault.TOO_DEEP), (200_000, Fault.BROKEN)],  # the second beyond Python's recursion
)
def test_row_33_json_deeper_than_50_is_refused(depth: int, fault: Fault) -> None:
    outcome = read('{"items": ' + "[" * depth + "]" * depth + "}")
    assert isinstance(outcome, Undiscoverable)
    assert outcome.fault is fault


def test_a_json_feed_with_hubs_and_items_of_odd_kinds() -> None:
    feed = {
        "version": "https://jsonfeed.org/version/1",
        "hubs": [{"type": "rssCloud", "url": "/r"}, {"type": "WebSub", "url": "/hub"}],
        "items": [None, 7, {"id": f"{BASE}/1"}, {"external_url": f"{BASE}/2", "id": 3}],
    }
    outcome = read(json.dumps(feed))
    assert isinstance(outcome, Discovered)
    assert [link.url for link in outcome.links] == [f"{BASE}/1", f"{BASE}/2"]
    assert outcome.hub == f"{BASE}/hub"


def test_title_and_link_of_a_feeds_picture_are_not_its_own() -> None:
    image = "<image><title>Logo</title><link>https://elsewhere.example/</link></image>"
    body = f"<rss><channel>{image}<title>Newsroom</title><link>{BASE}/</link></channel></rss>"
    outcome = read(body)
    assert isinstance(outcome, Discovered)
    assert outcome.title == "Newsroom"


def test_a_guid_that_is_no_permalink_is_no_address() -> None:
    guid = f'<guid isPermaLink="false">{BASE}/?p=1</guid>'
    outcome = read(f"<rss><channel><item><title>x</title>{guid}</item></channel></rss>")
    assert isinstance(outcome, Discovered)
    assert outcome.left_out == {"unusable address": 1}


def test_doubles_are_one_link_with_the_best_of_both() -> None:
    choice = Choice(make_source())
    choice.offer(f"{BASE}/1", "", None, "a")
    choice.offer(f"{BASE}/1", "Headline", NOW, "a")
    choice.offer(f"{BASE}", "Home", None, "a")
    assert [(link.title, link.published) for link in choice.links] == [("Headline", NOW)]
    assert choice.left_out == {"double": 1, "the home page": 1}


@pytest.mark.parametrize("key", ["include", "exclude"])
def test_row_93_a_rule_that_takes_too_long_leaves_its_link_out(key: str) -> None:
    source = make_source()
    rule = (r"(a|a|aa)+(b|b)+$",)
    choice = Choice(
        replace(source, include=rule) if key == "include" else replace(source, exclude=rule)
    )
    choice.offer(f"{BASE}/{'a' * 200}", "", None, "a")
    assert choice.left_out == {"its rule took too long": 1}


@pytest.mark.parametrize(
    ("body", "content_type", "text"),
    [
        (b"\xff\xfeh\x00i\x00", None, "hi"),
        (b"<\x00a\x00", None, "<a"),
        ("привет, мир: это новости дня".encode("cp1251"), None, "привет, мир: это новости дня"),
        (b"\x1b$B%K%e\x1b(B", "text/html; charset=iso-2022-jp", "ニュ"),
        (b"caf\xe9", 'text/html; charset="latin1"', "café"),
        ("café".encode(), "text/html; charset=latin1", "café"),
        ("<meta charset=koi8-r>да".encode("koi8-r"), None, "<meta charset=koi8-r>да"),
        (
            "<?xml version='1.0' encoding='iso-8859-5'?><a>да</a>".encode("iso-8859-5"),
            None,
            "<?xml version='1.0' encoding='iso-8859-5'?><a>да</a>",
        ),
    ],
)
def test_row_36_bytes_become_text(body: bytes, content_type: str | None, text: str) -> None:
    assert decode(body, content_type) == text


def test_labels_are_those_of_browsers_only() -> None:
    assert codec_of(" ISO-8859-1 ") == "cp1252"
    assert codec_of("zlib_codec") is None


def test_an_empty_look_is_nothing_to_remember() -> None:
    assert remember([]) == ""


def test_a_way_of_an_index_is_polled_under_the_indexs_address() -> None:
    way = Way(kind=WayKind.SITEMAP, url=f"{BASE}/a.xml", index=f"{BASE}/i.xml")
    assert way.polled == f"{BASE}/i.xml"
